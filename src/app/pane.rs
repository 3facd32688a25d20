//! One pane: its list, what stands beside the selected record, the form that is open in it.

use super::alike::Alikes;
use super::facts::{Facts, tab_of};
use super::form::Form;
use super::list::List;
use super::reveal::Revealed;
use super::trade::Stands;
use crate::desk::contract::{CallerCard, Filter, Row, Sort};
use crate::domain::complaint;
use crate::domain::follow_up;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::exchange::lists::{
    FILE_FILTERS, FOLLOW_UP_FILTERS, INSTRUCTION_FILTERS, REGISTRATION_FILTERS, TASK_FILTERS,
    listed_filters,
};
use crate::keys::Layer;
use crate::text::edit::Edit;

/// What belongs beside the selected record and is fetched for it.
#[derive(Debug, Default)]
pub struct Side {
    /// The record it was fetched for, and its version: a file lent since has another loan.
    pub of: Option<(Number, u32)>,
    /// Its contacts, or the loan a file is out on.
    pub rows: Vec<Row>,
    /// Something changed since it was fetched.
    pub behind: bool,
}

/// One pane.
#[derive(Debug)]
pub struct Pane {
    /// Which one.
    pub tab: Tab,
    /// Its list.
    pub records: List,
    /// The registers beside it: loans and the archive's procedures, the measures of complaints.
    pub others: Vec<List>,
    /// Something changed since the lists were fetched.
    pub behind: bool,
    /// Which list is shown: 0 is that of the records, the others follow.
    pub shown: usize,
    /// The form that is open.
    pub form: Option<Form>,
    /// The words being typed to narrow the list.
    pub find: Option<Edit>,
    /// What stands beside the selected record.
    pub side: Side,
    /// The selected record in full, while it is revealed.
    pub revealed: Option<Revealed>,
    /// What is open and may be the same matter as the form.
    pub alikes: Alikes,
    /// How the customer of the entry that is typed stands.
    pub stands: Stands,
    /// Who calls, while a number is typed: the digits and what is known.
    pub caller: Option<(String, CallerCard)>,
}

impl Pane {
    /// A pane without rows.
    pub fn new(tab: Tab) -> Self {
        Self {
            tab,
            records: match tab {
                Tab::Approvals => List::approvals(),
                Tab::FollowUps => List::today(),
                _ => List::new(kind_of(tab)),
            },
            others: other_kinds(tab)
                .iter()
                .map(|kind| List::new(*kind))
                .collect(),
            behind: false,
            shown: 0,
            form: None,
            find: None,
            side: Side::default(),
            revealed: None,
            alikes: Alikes::default(),
            stands: Stands::default(),
            caller: None,
        }
    }

    /// A row as it is shown: in full while it is revealed.
    pub fn shown<'a>(&'a self, row: &'a Row) -> &'a Row {
        let same = |revealed: &&Revealed| {
            let (shown, whole) = (row.record.meta(), revealed.row.record.meta());
            (shown.number, shown.version) == (whole.number, whole.version)
        };
        self.revealed
            .as_ref()
            .filter(same)
            .map_or(row, |it| &it.row)
    }

    /// The list that is shown.
    pub fn list(&self) -> &List {
        let place = self.shown.checked_sub(1);
        let other = place.and_then(|place| self.others.get(place));
        other.unwrap_or(&self.records)
    }

    /// The same, to change.
    pub fn list_mut(&mut self) -> &mut List {
        self.list_at(self.shown)
    }

    /// One of its lists, to change.
    pub fn list_at(&mut self, place: usize) -> &mut List {
        let place = place.checked_sub(1);
        match place.and_then(|place| self.others.get_mut(place)) {
            Some(other) => other,
            None => &mut self.records,
        }
    }

    /// Whether another list than that of the records is shown.
    pub const fn register(&self) -> bool {
        self.shown > 0
    }

    /// The key layer of the pane.
    pub const fn layer(&self) -> Layer {
        layer_of(self.tab)
    }

    /// The filters its list offers.
    pub fn filters(&self, facts: &Facts) -> Vec<Filter> {
        match self.list().kind {
            _ if self.tab == Tab::Approvals => vec![Filter::ForMe],
            Kind::Intake => {
                let kinds = facts.profile.kinds.iter().filter_map(|kind| {
                    IntakeKind::ALL
                        .iter()
                        .copied()
                        .find(|known| known.id() == kind.id())
                });
                let mut filters = vec![Filter::Current, Filter::Open, Filter::Closed];
                if !facts.profile.repairs.terms.is_empty() {
                    filters.push(Filter::Late);
                }
                filters.extend(kinds.map(Filter::OfKind));
                filters
            }
            Kind::Complaint => {
                let states = complaint::states(&facts.profile).into_iter();
                let mut filters = vec![
                    Filter::Current,
                    Filter::Open,
                    Filter::Closed,
                    Filter::Late,
                    Filter::Major,
                    Filter::Waiting,
                    Filter::Lessons,
                ];
                filters.extend(states.map(Filter::InState));
                filters
            }
            kind @ (Kind::Measure | Kind::Handover) => {
                let mut filters = vec![
                    Filter::Current,
                    Filter::Open,
                    Filter::Closed,
                    Filter::Late,
                    Filter::Waiting,
                ];
                filters.extend((kind == Kind::Handover).then_some(Filter::ToFile));
                filters
            }
            kind @ (Kind::Loan | Kind::Registration | Kind::ServiceItem | Kind::Survey) => {
                let mut filters = vec![Filter::Current, Filter::Open, Filter::Closed, Filter::Late];
                filters.extend(of_registrations(kind, facts));
                filters
            }
            Kind::File => {
                let mut filters = vec![Filter::Current];
                filters.extend(FILE_FILTERS);
                filters.extend(listed(Kind::File, facts));
                filters
            }
            Kind::Access | Kind::Incident | Kind::Destruction | Kind::Introduction => vec![
                Filter::Current,
                Filter::Open,
                Filter::Closed,
                Filter::Waiting,
            ],
            Kind::Inspection
            | Kind::Relation
            | Kind::Handout
            | Kind::Merge
            | Kind::Occupancy
            | Kind::Hint
            | Kind::ShiftSheet => {
                vec![Filter::Current, Filter::Open, Filter::Closed]
            }
            Kind::DayEnd
            | Kind::Transaction
            | Kind::DutyShift
            | Kind::Campaign
            | Kind::Dossier
            | Kind::Answer => vec![Filter::Current],
            Kind::PlanLine => {
                let mut filters = vec![Filter::Current, Filter::Open, Filter::Closed, Filter::Late];
                filters.extend(mine(facts));
                let units = facts.profile.complaints.departments.iter();
                filters.extend(units.map(|it| Filter::OfUnit(Listed::new(&it.id))));
                filters
            }
            kind @ (Kind::FollowUp | Kind::Instruction) => {
                let own: &[Filter] = match kind {
                    Kind::FollowUp => &FOLLOW_UP_FILTERS,
                    _ => &INSTRUCTION_FILTERS,
                };
                let mut filters = own.to_vec();
                let called = facts.computed(follow_up::calls_closed).unwrap_or_default();
                filters.retain(|filter| !called || *filter != Filter::NoInterval);
                filters.extend(mine(facts));
                filters.push(Filter::Current);
                filters
            }
            Kind::Task => {
                let mut filters = vec![Filter::Current];
                filters.extend(TASK_FILTERS);
                filters.extend(mine(facts));
                filters
            }
            _ => of_customers(facts),
        }
    }

    /// The orders its list offers.
    pub fn sorts(&self) -> Vec<Sort> {
        match self.list().kind {
            _ if self.tab == Tab::Approvals => vec![Sort::Newest],
            Kind::Intake | Kind::Complaint => {
                vec![Sort::Newest, Sort::Oldest, Sort::Due, Sort::Age]
            }
            Kind::Measure
            | Kind::Loan
            | Kind::Handover
            | Kind::Task
            | Kind::FollowUp
            | Kind::Registration
            | Kind::Survey
            | Kind::Instruction
            | Kind::ServiceItem
            | Kind::Campaign
            | Kind::PlanLine
            | Kind::Hint
            | Kind::DutyShift => {
                vec![Sort::Newest, Sort::Oldest, Sort::Due]
            }
            Kind::Access
            | Kind::Inspection
            | Kind::Incident
            | Kind::Destruction
            | Kind::DayEnd
            | Kind::Answer
            | Kind::Relation
            | Kind::Introduction
            | Kind::Handout
            | Kind::Merge
            | Kind::Dossier
            | Kind::ShiftSheet
            | Kind::Transaction => vec![Sort::Newest, Sort::Oldest],
            _ => vec![Sort::Newest, Sort::Oldest, Sort::Name],
        }
    }
}

/// The filters of registrations beside the usual ones; of other kinds there are none.
fn of_registrations(kind: Kind, facts: &Facts) -> impl Iterator<Item = Filter> {
    let rules = facts.profile.registration.as_ref();
    let releases = rules.is_some_and(|rules| rules.protect_days.is_some());
    let own = REGISTRATION_FILTERS.into_iter();
    let own = own.filter(move |it| releases || *it != Filter::Released);
    own.filter(move |_| kind == Kind::Registration)
}

/// The filters of the list of customers.
fn of_customers(facts: &Facts) -> Vec<Filter> {
    let mut filters = vec![
        Filter::Current,
        Filter::Key,
        Filter::Closed,
        Filter::Potential,
        Filter::Prospect,
        Filter::Retired,
        Filter::All,
    ];
    let files = facts.profile.archive.per_customer;
    filters.extend(files.then_some(Filter::ToFile));
    let profiles = facts.profile.dossier.is_some();
    filters.extend(profiles.then_some(Filter::NoDossier));
    filters.extend(listed(Kind::Customer, facts));
    filters
}

/// The kind of records on a tab.
pub const fn kind_of(tab: Tab) -> Kind {
    match tab {
        Tab::Intake => Kind::Intake,
        Tab::Complaints | Tab::Approvals => Kind::Complaint,
        Tab::Archive => Kind::File,
        Tab::Customers => Kind::Customer,
        Tab::FollowUps => Kind::FollowUp,
    }
}

/// The kinds of the registers beside the records of a tab.
const fn other_kinds(tab: Tab) -> &'static [Kind] {
    match tab {
        Tab::Intake => &[Kind::Hint, Kind::ShiftSheet, Kind::Occupancy],
        Tab::Complaints => &[Kind::Measure],
        Tab::FollowUps => &[
            Kind::Campaign,
            Kind::PlanLine,
            Kind::Survey,
            Kind::Answer,
            Kind::Instruction,
        ],
        Tab::Customers => &[
            Kind::Relation,
            Kind::Introduction,
            Kind::Handout,
            Kind::ServiceItem,
            Kind::Merge,
            Kind::Dossier,
            Kind::Transaction,
        ],
        Tab::Archive => &[
            Kind::Loan,
            Kind::Handover,
            Kind::Access,
            Kind::Inspection,
            Kind::Incident,
            Kind::Destruction,
            Kind::DayEnd,
            Kind::Task,
            Kind::Registration,
            Kind::DutyShift,
        ],
        Tab::Approvals => &[],
    }
}

/// What is for whoever is at the terminal.
fn mine(facts: &Facts) -> Option<Filter> {
    let me = facts.operator.as_ref()?.meta.number;
    Some(Filter::OfOwner(Listed::new(&me.to_string())))
}

/// The key layer of a tab.
pub const fn layer_of(tab: Tab) -> Layer {
    match tab {
        Tab::Intake => Layer::Intake,
        Tab::Complaints => Layer::Complaints,
        Tab::Archive => Layer::Archive,
        Tab::Customers => Layer::Customers,
        Tab::Approvals => Layer::Approvals,
        Tab::FollowUps => Layer::FollowUps,
    }
}

/// The tab of a key layer, where the layer belongs to one.
pub fn tab_of_layer(layer: Layer) -> Option<Tab> {
    Tab::ALL.iter().copied().find(|tab| layer_of(*tab) == layer)
}

/// The key of the words for a filter.
pub fn filter_key(filter: Filter, kind: Kind) -> String {
    match filter {
        Filter::Current => format!("filter-current-{}", kind.id()),
        Filter::All => "filter-all".to_owned(),
        Filter::Open => format!("filter-open-{}", kind.id()),
        Filter::Closed => format!("filter-closed-{}", kind.id()),
        Filter::Late => "filter-late".to_owned(),
        Filter::OfKind(kind) => format!("intake-kind-{}", kind.id()),
        Filter::InState(state) => format!("complaint-state-{}", state.id()),
        Filter::Waiting => "filter-waiting".to_owned(),
        Filter::ForMe => "filter-for-me".to_owned(),
        Filter::Major => "filter-major".to_owned(),
        Filter::Lessons => "filter-lessons".to_owned(),
        Filter::Key => "filter-key".to_owned(),
        Filter::Retired => "filter-retired".to_owned(),
        Filter::OnLoan => "filter-on-loan".to_owned(),
        Filter::OnShelf => "filter-on-shelf".to_owned(),
        Filter::Incomplete => "filter-incomplete".to_owned(),
        Filter::Unplaced => "filter-unplaced".to_owned(),
        Filter::PaperOnly => "filter-paper-only".to_owned(),
        Filter::ToRepair => "filter-to-repair".to_owned(),
        Filter::Missing => "filter-missing".to_owned(),
        Filter::Graded => "filter-graded".to_owned(),
        Filter::Held => "filter-held".to_owned(),
        Filter::Expired => "filter-expired".to_owned(),
        Filter::ToFile => format!("filter-to-file-{}", kind.id()),
        Filter::OfClass(_) => "filter-of-class".to_owned(),
        Filter::OfUnit(_) => "filter-of-unit".to_owned(),
        Filter::OfSite(_) => "filter-of-site".to_owned(),
        Filter::FromSource(_) => "filter-from-source".to_owned(),
        Filter::OfBusiness(_) => "filter-of-business".to_owned(),
        Filter::ToUpdate => "filter-to-update".to_owned(),
        Filter::Left => "filter-left".to_owned(),
        Filter::ForUnit => "filter-for-unit".to_owned(),
        Filter::LateForUnit => "filter-late-for-unit".to_owned(),
        Filter::Today => "filter-today".to_owned(),
        Filter::ToConfirm => "filter-to-confirm".to_owned(),
        Filter::Quiet => "filter-quiet".to_owned(),
        Filter::ToVisit => "filter-to-visit".to_owned(),
        Filter::OfOwner(_) if matches!(kind, Kind::Instruction | Kind::Task) => {
            "filter-given-to".to_owned()
        }
        Filter::OfOwner(_) => "filter-of-owner".to_owned(),
        Filter::Unanswered => "filter-unanswered".to_owned(),
        Filter::Unaccepted => "filter-unaccepted".to_owned(),
        Filter::Potential => "filter-potential".to_owned(),
        Filter::Prospect => "filter-prospect".to_owned(),
        Filter::OfTrade(_) => "filter-of-trade".to_owned(),
        Filter::OfGroup(_) => "filter-of-group".to_owned(),
        Filter::ToTell(_) => "filter-to-tell".to_owned(),
        Filter::Serving(_) => "filter-serving".to_owned(),
        Filter::NoDossier => "filter-no-profile".to_owned(),
        Filter::ToKeep => "filter-to-keep".to_owned(),
        Filter::Released => "filter-released".to_owned(),
        Filter::NoInterval => "filter-no-interval".to_owned(),
    }
}

/// The words for a filter; one by a list of the profile names its entry.
pub fn filter_label(filter: Filter, kind: Kind, facts: &Facts) -> String {
    let key = filter_key(filter, kind);
    let (id, name) = match (filter, kind) {
        (Filter::OfClass(id), Kind::File) => (id, facts.class(id.id())),
        (Filter::OfClass(id), _) => (id, facts.of_card("customer_class", id.id())),
        (Filter::OfUnit(id), _) => (id, facts.department(id.id())),
        (Filter::OfOwner(id), _) => {
            let name = id.id().parse().map(|number| facts.operator_name(number));
            (id, name.unwrap_or_default())
        }
        (Filter::OfTrade(id), _) => (id, facts.of_card("customer_line", id.id())),
        (Filter::OfSite(id), _) => (id, facts.of_card("sales_site", id.id())),
        (Filter::FromSource(id), _) => (id, facts.of_card("customer_source", id.id())),
        (Filter::OfBusiness(id), _) => (id, facts.texts.name("business", id.id())),
        (Filter::OfGroup(id) | Filter::ToTell(id) | Filter::Serving(id), _) => {
            (id, id.id().to_owned())
        }
        _ => return facts.t(&key),
    };
    let name = if name.is_empty() {
        id.id().to_owned()
    } else {
        name
    };
    facts.tw(&key, &[("name", &name)])
}

/// The filters by the lists of the profile that a kind has.
fn listed(kind: Kind, facts: &Facts) -> Vec<Filter> {
    let profile = &facts.profile;
    let ids = |name: &str| -> Vec<String> {
        let choices = match (kind, name) {
            (Kind::File, "class") => &profile.archive.classes,
            (Kind::File, _) => &profile.complaints.departments,
            (_, "business") => {
                let businesses = profile.customers.businesses.iter();
                return businesses.map(|it| it.id().to_owned()).collect();
            }
            (_, name) => {
                let field = match name {
                    "class" => "customer_class",
                    "site" => "sales_site",
                    "trade" => "customer_line",
                    // Groups are no list of the profile.
                    "group" => "",
                    _ => "customer_source",
                };
                let entries = profile.customers.entries(field).into_iter();
                return entries.map(|[id, ..]| id.to_owned()).collect();
            }
        };
        choices.iter().map(|choice| choice.id.clone()).collect()
    };
    let filters = listed_filters(kind).iter();
    let filters = filters.flat_map(|(name, of)| {
        let ids = ids(name);
        ids.into_iter().map(move |id| of(Listed::new(&id)))
    });
    filters.collect()
}

/// The key of the words for an order.
pub const fn sort_key(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "sort-newest",
        Sort::Oldest => "sort-oldest",
        Sort::Name => "sort-name",
        Sort::Due => "sort-due",
        Sort::Age => "sort-age",
    }
}

/// The tab a record is shown on.
pub fn home_of(number: Number) -> Option<Tab> {
    tab_of(number.kind)
}
