//! Which lists there are to look at and to export: their kinds, the filters and orders of each,
//! under the names that the command line and file names use.

use crate::desk::contract::{Filter, ListQuery, LooksQuery, Sort};
use crate::domain::complaint::ComplaintState;
use crate::domain::intake::IntakeKind;
use crate::domain::listed::Listed;
use crate::domain::number::Kind;

/// A list, whole or narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// Records of a kind.
    Records(ListQuery),
    /// The log of looks.
    Looks(LooksQuery),
}

impl Listing {
    /// Its name in file names: the kind, and the filter where it is not the usual one.
    pub fn name(&self) -> String {
        match self {
            Self::Looks(_) => LOOKS.to_owned(),
            Self::Records(query) if query.filter == Filter::Current => plural(query.kind),
            Self::Records(query) => {
                let filter = filter_name(query.filter).replace('=', "-");
                format!("{}-{filter}", plural(query.kind))
            }
        }
    }
}

/// The name of the log of looks among the kinds.
pub const LOOKS: &str = "looks";

/// The kinds of records that have lists.
pub const KINDS: &[Kind] = &[
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::File,
    Kind::Loan,
    Kind::Handover,
    Kind::Access,
    Kind::Inspection,
    Kind::Incident,
    Kind::Destruction,
    Kind::DayEnd,
    Kind::Transaction,
    Kind::Task,
    Kind::Registration,
    Kind::DutyShift,
    Kind::FollowUp,
    Kind::Relation,
    Kind::Introduction,
    Kind::Handout,
    Kind::ServiceItem,
    Kind::Merge,
    Kind::Campaign,
    Kind::PlanLine,
    Kind::Dossier,
    Kind::Survey,
    Kind::Answer,
    Kind::Occupancy,
    Kind::Instruction,
    Kind::Hint,
    Kind::ShiftSheet,
    Kind::Operator,
    Kind::Import,
    Kind::Permit,
];

/// The name of a kind's list: `customers`.
pub fn plural(kind: Kind) -> String {
    match kind {
        Kind::Access => "accesses".to_owned(),
        Kind::Occupancy => "occupancies".to_owned(),
        _ => format!("{}s", kind.id()),
    }
}

/// The filters of files beside the usual ones.
pub const FILE_FILTERS: [Filter; 13] = [
    Filter::OnLoan,
    Filter::OnShelf,
    Filter::Incomplete,
    Filter::ToFile,
    Filter::Unplaced,
    Filter::PaperOnly,
    Filter::ToRepair,
    Filter::Missing,
    Filter::Graded,
    Filter::Held,
    Filter::Expired,
    Filter::ToUpdate,
    Filter::Left,
];

/// The filters of tasks beside the usual ones.
pub const TASK_FILTERS: [Filter; 6] = [
    Filter::ForUnit,
    Filter::Unaccepted,
    Filter::LateForUnit,
    Filter::Open,
    Filter::Closed,
    Filter::Late,
];

/// The filters of instructions and suggestions beside the usual ones.
pub const INSTRUCTION_FILTERS: [Filter; 4] = [
    Filter::Open,
    Filter::Unanswered,
    Filter::Closed,
    Filter::Late,
];

/// The filters of follow-ups beside the usual ones.
pub const FOLLOW_UP_FILTERS: [Filter; 8] = [
    Filter::Today,
    Filter::Open,
    Filter::Late,
    Filter::Closed,
    Filter::ToVisit,
    Filter::ToConfirm,
    Filter::Quiet,
    Filter::NoInterval,
];

/// The filters of registrations beside the usual ones.
pub const REGISTRATION_FILTERS: [Filter; 3] = [Filter::ToKeep, Filter::ToFile, Filter::Released];

/// The filters that the list of a kind has.
pub fn filters(kind: Kind) -> Vec<Filter> {
    let mut filters = vec![Filter::Current, Filter::All];
    match kind {
        Kind::Customer => {
            filters.extend([Filter::Key, Filter::Retired, Filter::Closed, Filter::ToFile]);
            filters.extend([Filter::Potential, Filter::Prospect]);
            filters.push(Filter::NoDossier);
        }
        Kind::FollowUp => filters.extend(FOLLOW_UP_FILTERS),
        Kind::Intake => {
            filters.extend([Filter::Open, Filter::Closed, Filter::Late]);
            filters.extend(IntakeKind::ALL.iter().copied().map(Filter::OfKind));
        }
        Kind::Complaint => {
            filters.extend([Filter::Open, Filter::Closed, Filter::Late]);
            filters.extend([Filter::Major, Filter::Waiting, Filter::Lessons]);
            filters.extend(ComplaintState::ALL.iter().copied().map(Filter::InState));
        }
        Kind::File => filters.extend(FILE_FILTERS),
        Kind::Handover | Kind::Access | Kind::Incident | Kind::Destruction => {
            filters.extend([Filter::Open, Filter::Closed, Filter::Waiting]);
            if kind == Kind::Handover {
                filters.extend([Filter::Late, Filter::ToFile]);
            }
        }
        Kind::Inspection
        | Kind::Relation
        | Kind::Handout
        | Kind::Merge
        | Kind::Occupancy
        | Kind::Hint
        | Kind::ShiftSheet => {
            filters.extend([Filter::Open, Filter::Closed]);
        }
        Kind::Introduction => filters.extend([Filter::Open, Filter::Closed, Filter::Waiting]),
        Kind::Survey => filters.extend([Filter::Open, Filter::Closed, Filter::Late]),
        Kind::Instruction => filters.extend(INSTRUCTION_FILTERS),
        Kind::Task => filters.extend(TASK_FILTERS),
        Kind::Loan | Kind::Registration | Kind::PlanLine | Kind::ServiceItem => {
            filters.extend([Filter::Open, Filter::Closed, Filter::Late]);
            if kind == Kind::Registration {
                filters.extend(REGISTRATION_FILTERS);
            }
        }
        _ => {}
    }
    filters
}

/// The filters by a list of the profile that the list of a kind has: the name of each list, which an
/// entry follows as in `class=special`, and how the filter is made of an entry.
pub const fn listed_filters(kind: Kind) -> &'static [ListedFilter] {
    match kind {
        Kind::Customer => &[
            ("class", Filter::OfClass),
            ("site", Filter::OfSite),
            ("source", Filter::FromSource),
            ("business", Filter::OfBusiness),
            ("trade", Filter::OfTrade),
            ("group", Filter::OfGroup),
        ],
        Kind::File => &[("class", Filter::OfClass), ("unit", Filter::OfUnit)],
        Kind::FollowUp => &[
            ("owner", Filter::OfOwner),
            ("to-tell", Filter::ToTell),
            ("serving", Filter::Serving),
        ],
        Kind::PlanLine => &[("unit", Filter::OfUnit), ("owner", Filter::OfOwner)],
        Kind::Instruction | Kind::Task => &[("owner", Filter::OfOwner)],
        Kind::Relation => &[("group", Filter::OfGroup)],
        _ => &[],
    }
}

/// The name of a list of the profile, and the filter of one of its entries.
pub type ListedFilter = (&'static str, fn(Listed) -> Filter);

/// The filter of a name such as `class=special`, where the list of the kind has one.
pub fn listed_filter(kind: Kind, name: &str) -> Option<Filter> {
    let (list, id) = name.split_once('=')?;
    let filters = listed_filters(kind).iter();
    let found = filters.filter(|(known, _)| *known == list && !id.is_empty());
    found.map(|(_, of)| of(Listed::new(id))).next()
}

/// The orders that the list of a kind has.
pub const fn sorts(kind: Kind) -> &'static [Sort] {
    match kind {
        Kind::Customer | Kind::File | Kind::Occupancy => &[Sort::Newest, Sort::Oldest, Sort::Name],
        Kind::Complaint | Kind::Intake => &[Sort::Newest, Sort::Oldest, Sort::Due, Sort::Age],
        Kind::Measure
        | Kind::Task
        | Kind::Registration
        | Kind::DutyShift
        | Kind::Campaign
        | Kind::Hint
        | Kind::Survey
        | Kind::Instruction => &[Sort::Newest, Sort::Oldest, Sort::Due],
        Kind::FollowUp | Kind::Loan | Kind::Handover | Kind::PlanLine | Kind::ServiceItem => {
            &[Sort::Newest, Sort::Oldest, Sort::Name, Sort::Due]
        }
        _ => &[Sort::Newest, Sort::Oldest],
    }
}

/// The name of a filter: `open`, `kind=repair`.
pub fn filter_name(filter: Filter) -> String {
    match filter {
        Filter::Current => "current".to_owned(),
        Filter::All => "all".to_owned(),
        Filter::Open => "open".to_owned(),
        Filter::Closed => "closed".to_owned(),
        Filter::Late => "late".to_owned(),
        Filter::OfKind(kind) => format!("kind={}", kind.id()),
        Filter::InState(state) => format!("state={}", state.id()),
        Filter::Waiting => "waiting".to_owned(),
        Filter::ForMe => "for-me".to_owned(),
        Filter::Major => "major".to_owned(),
        Filter::Lessons => "lessons".to_owned(),
        Filter::Key => "key".to_owned(),
        Filter::Retired => "retired".to_owned(),
        Filter::OnLoan => "on-loan".to_owned(),
        Filter::OnShelf => "on-shelf".to_owned(),
        Filter::Incomplete => "incomplete".to_owned(),
        Filter::Unplaced => "unplaced".to_owned(),
        Filter::PaperOnly => "paper-only".to_owned(),
        Filter::ToRepair => "to-repair".to_owned(),
        Filter::Missing => "missing".to_owned(),
        Filter::Graded => "graded".to_owned(),
        Filter::Held => "held".to_owned(),
        Filter::Expired => "expired".to_owned(),
        Filter::ToFile => "to-file".to_owned(),
        Filter::OfClass(class) => format!("class={}", class.id()),
        Filter::OfUnit(unit) => format!("unit={}", unit.id()),
        Filter::OfSite(site) => format!("site={}", site.id()),
        Filter::FromSource(source) => format!("source={}", source.id()),
        Filter::OfBusiness(business) => format!("business={}", business.id()),
        Filter::ToUpdate => "to-update".to_owned(),
        Filter::Left => "left".to_owned(),
        Filter::ForUnit => "for-unit".to_owned(),
        Filter::LateForUnit => "late-for-unit".to_owned(),
        Filter::Today => "today".to_owned(),
        Filter::ToConfirm => "to-confirm".to_owned(),
        Filter::Quiet => "quiet".to_owned(),
        Filter::ToVisit => "to-visit".to_owned(),
        Filter::OfOwner(owner) => format!("owner={}", owner.id()),
        Filter::Unanswered => "unanswered".to_owned(),
        Filter::Unaccepted => "unaccepted".to_owned(),
        Filter::Potential => "potential".to_owned(),
        Filter::Prospect => "prospect".to_owned(),
        Filter::OfTrade(trade) => format!("trade={}", trade.id()),
        Filter::OfGroup(group) => format!("group={}", group.id()),
        Filter::ToTell(campaign) => format!("to-tell={}", campaign.id()),
        Filter::Serving(what) => format!("serving={}", what.id()),
        Filter::NoDossier => "no-profile".to_owned(),
        Filter::ToKeep => "to-keep".to_owned(),
        Filter::Released => "released".to_owned(),
        Filter::NoInterval => "no-interval".to_owned(),
    }
}

/// The name of an order.
pub const fn sort_name(sort: Sort) -> &'static str {
    match sort {
        Sort::Newest => "newest",
        Sort::Oldest => "oldest",
        Sort::Name => "name",
        Sort::Due => "due",
        Sort::Age => "age",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_named_after_its_kind_and_filter() {
        let query = |kind, filter| {
            Listing::Records(ListQuery {
                kind,
                filter,
                sort: Sort::Newest,
                find: String::new(),
                after: None,
                before: None,
                from_end: false,
                limit: 0,
                full: false,
            })
        };
        assert_eq!(query(Kind::Customer, Filter::Current).name(), "customers");
        let repairs = query(Kind::Intake, Filter::OfKind(IntakeKind::Repair));
        assert_eq!(repairs.name(), "intakes-kind-repair");
        assert_eq!(Listing::Looks(LooksQuery::default()).name(), "looks");
    }

    #[test]
    fn every_kind_with_a_list_names_its_filters_and_orders_once() {
        for kind in KINDS {
            let mut names: Vec<String> = filters(*kind).into_iter().map(filter_name).collect();
            let orders = sorts(*kind).iter().map(|sort| sort_name(*sort).to_owned());
            names.extend(orders);
            let all = names.len();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), all, "{kind:?}");
        }
    }
}
