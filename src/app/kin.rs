//! What can be done with customers and with what they have to do with each other: the steps, why one
//! cannot be taken, and the question that a visit may bring (A14-3.3).

use super::App;
use super::custody::NextStep;
use super::effect::Tag;
use super::facts::Facts;
use super::list::Part;
use super::popup::Then;
use crate::desk::contract::{At, Command, Filter, Query, Visits};
use crate::domain::context::Context;
use crate::domain::customer::{self, Mark};
use crate::domain::handout;
use crate::domain::intake::Channel;
use crate::domain::introduction::{self, IntroductionStepKind};
use crate::domain::listed::Listed;
use crate::domain::merging;
use crate::domain::number::Kind;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::domain::refusal::Refusal;
use crate::domain::visiting::Met;
use crate::domain::{relation, service_item};

/// What a customer buys or is quoted is entered by this.
const ENTRY: &str = "new-entry";
/// The customers of a group are listed by this.
const GROUP: &str = "list-group";
/// A customer becomes a prospect, or is none any more, by this.
const PROSPECT: &str = "mark-prospect";
/// A customer is of good credit, or is not any more, by this.
const GOOD_CREDIT: &str = "mark-good-credit";

const fn step(id: &'static str, clause: &'static str, on: bool) -> NextStep {
    NextStep { id, clause, on }
}

/// The steps that a record can take from where it stands, those that lead on first.
pub fn next_steps(record: &Record) -> Vec<NextStep> {
    match record {
        Record::Customer(_) => vec![
            step("new-relation", "A14-3.1", false),
            step("new-handout", "A14-3.1b", false),
            step("new-introduction", "A14-3.4.2", false),
            step(PROSPECT, "A14-3.3", false),
            step(GOOD_CREDIT, "A01-06", false),
            step(ENTRY, "A01-13", false),
            step("merge-customers", "A01-21", false),
        ],
        Record::Relation(it) => {
            let mut steps = Vec::new();
            let group = !it.details.group.is_empty();
            steps.extend(group.then_some(step(GROUP, "A14-3.2", true)));
            steps.extend(it.is_open().then_some(step("end-relation", "", false)));
            steps
        }
        Record::Introduction(it) => {
            use IntroductionStepKind as Kind;
            let clause = |kind| match kind {
                Kind::Consent | Kind::Make => "A14-3.4.2",
                Kind::Approve => "A11-24",
                Kind::Succeed => "A14-3.4.3",
                Kind::Refuse | Kind::Fail => "",
            };
            let on = |kind| !matches!(kind, Kind::Refuse | Kind::Fail);
            let kinds = introduction::possible_steps(it).into_iter();
            kinds
                .map(|kind| step(kind.id(), clause(kind), on(kind)))
                .collect()
        }
        Record::Handout(it) if it.is_open() => vec![step("friend-arrived", "A14-3.1b", true)],
        Record::ServiceItem(it) if it.is_open() => vec![
            step("retire-item", "A01-09", true),
            step("change-service-item", "A01-09", false),
        ],
        Record::Merge(it) if it.is_open() => vec![step("undo-merge", "A01-21", true)],
        _ => Vec::new(),
    }
}

/// The command of a step that asks for nothing; none where it has a form or is a look.
pub fn bare(record: &Record, id: &str) -> Option<Command> {
    let Record::Customer(customer) = record else {
        return None;
    };
    let mark = match id {
        PROSPECT => Mark::Prospect,
        GOOD_CREDIT => Mark::GoodCredit,
        _ => return None,
    };
    Some(Command::MarkCustomer {
        at: At {
            number: customer.meta.number,
            version: customer.meta.version,
        },
        mark,
        set: !customer.is(mark),
    })
}

/// What the rules say of a step of a record, as far as the record alone decides it; none where another
/// area knows.
pub fn tried(record: &Record, command: &Command, context: &Context) -> Option<Result<(), Refusal>> {
    Some(match (record, command) {
        (_, Command::Relate { .. } | Command::MergeCustomers { .. }) => {
            context.may(Permission::CustomerChange)
        }
        (_, Command::Introduce { .. } | Command::GiveMaterial { .. }) => {
            context.may(Permission::IntakeLog)
        }
        (Record::Customer(_), Command::RecordTransaction { .. }) => {
            context.may_take(ArchiveStep::RecordTransaction)
        }
        (Record::Customer(it), Command::MarkCustomer { mark, set, .. }) => {
            customer::mark(it, *mark, *set, context).map(drop)
        }
        (Record::Relation(it), Command::StepRelation { step, .. }) => {
            relation::step(it, step, context).map(drop)
        }
        (Record::Introduction(it), Command::StepIntroduction { step, .. }) => {
            introduction::step(it, step, context).map(drop)
        }
        (Record::Handout(it), Command::StepHandout { .. }) => handout::may_arrive(it, context),
        (Record::ServiceItem(it), Command::StepServiceItem { step, .. }) => {
            service_item::step(it, step, true, context).map(drop)
        }
        (_, Command::ChangeServiceItem { .. }) => context.may_take(ArchiveStep::KeepCatalogue),
        (Record::Merge(it), Command::StepMerge { .. }) => merging::may_undo(it, context),
        _ => return None,
    })
}

/// Whether the records of a kind are what this is about.
pub const fn is_one(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Relation | Kind::Introduction | Kind::Handout | Kind::ServiceItem | Kind::Merge
    )
}

/// Why nothing new can be made in the register of one of these kinds.
pub fn why_not_new(kind: Kind, facts: &Facts) -> Option<String> {
    match kind {
        Kind::Relation => facts.refused(|context| context.may(Permission::CustomerChange)),
        Kind::Introduction | Kind::Handout => {
            facts.refused(|context| context.may(Permission::IntakeLog))
        }
        Kind::ServiceItem => facts.refused(|context| context.may_take(ArchiveStep::KeepCatalogue)),
        _ => Some(facts.t("why-merged-from-a-card")),
    }
}

impl App {
    /// Lists the customers of the group that the selected relation is to; whether the step was that.
    pub(crate) fn list_group(&mut self, id: &str) -> bool {
        let Some((_, Record::Relation(relation))) = self.selected() else {
            return false;
        };
        if id != GROUP {
            return false;
        }
        let group = Listed::new(&relation.details.group);
        self.go(Tab::Customers);
        if let Some(pane) = self.pane_of(Tab::Customers) {
            pane.shown = 0;
            pane.records.filter = Filter::OfGroup(group);
            pane.records.find.clear();
        }
        self.fetch(Tab::Customers, Part::Start);
        true
    }

    /// After a visit of a customer it is asked how often they came (A14-3.3).
    pub(crate) fn ask_for_visits(&mut self, record: &Record) {
        let asked = self.facts.profile.customers.prospect_visits.is_some();
        let came = match record {
            Record::Intake(it) => it.details.channel == Some(Channel::Visit),
            Record::Registration(it) => it.met() == Some(Met::SalesOffice),
            _ => false,
        };
        if asked && came && record.meta().version == 1 {
            self.look(Tag::Visits, Query::Visits(record.number()));
        }
    }

    /// How often a customer came is known: whoever came often enough may be a prospect.
    pub(crate) fn took_visits(&mut self, visits: Option<Visits>) {
        let Some(visits) = visits else {
            return;
        };
        if let Some(at) = visits.raise {
            let site = self.facts.of_card("sales_site", &visits.site);
            let args: [(&'static str, &dyn std::fmt::Display); 3] = [
                ("name", &visits.name),
                ("count", &visits.count),
                ("site", &site),
            ];
            let key = if site.is_empty() {
                "confirm-prospect"
            } else {
                "confirm-prospect-at"
            };
            let question = self.facts.tw(key, &args);
            self.confirm(vec![question], Then::Mark(at, Mark::Prospect, true));
        }
    }
}
