//! Repairs, from the acceptance to the answer: every request gets a response, every response leads to
//! a solution, every solution is answered back to the customer (A05-4.3a to A05-4.3c).
//!
//! A repair is a request of the register; what its chain gathers stands in it. The procedure is a
//! table (`machine`): a step, from which states, to which. Closing is the register's own. A term runs
//! for what the customer is owed, whoever has the repair meanwhile.

mod machine;
mod steps;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use machine::{ROWS, Row, next_steps, step};
pub use steps::{RepairStep, RepairStepKind};

use super::complaint::course::{Hand, Said};
use super::context::Context;
use super::deadline::{self, Deadline, Term};
use super::intake::{Channel, Intake, IntakeKind, IntakeState as State};
use super::named::named;
use super::profile::Profile;
use super::refusal::Problem;
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// What the customer is owed next.
    Owed {
        /// A response to the request (A05-4.3a).
        Response = "response",
        /// A solution, once there was a response (A05-4.3b).
        Solution = "solution",
        /// An answer, once it is solved (A05-4.3c).
        Answer = "answer",
    }
}

impl Owed {
    /// What is owed in a state; nothing once the customer was answered, and where it ended.
    pub const fn of(state: State) -> Option<Self> {
        match state {
            State::Accepted | State::Assigned => Some(Self::Response),
            State::Responded => Some(Self::Solution),
            State::Solved => Some(Self::Answer),
            State::Recorded | State::Answered | State::Closed => None,
        }
    }
}

/// A term of a repair that was not kept. It stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RepairBreach {
    /// The state that should have been left by then.
    pub state: State,
    /// By whom.
    pub handler: String,
    /// By when.
    pub due: Stamp,
    /// When it was left.
    pub done: Stamp,
}

/// What the chain of a repair gathered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Repair {
    /// The person who has it.
    pub handler: String,
    /// Who had it, the latest last.
    pub hands: Vec<Hand>,
    /// What the customer was told first (A05-4.3a).
    pub response: Option<Said>,
    /// How it was solved (A05-4.3b).
    pub solution: Option<Said>,
    /// What the customer was told in the end, by which channel (A05-4.3c).
    pub answer: Option<(Channel, Said)>,
    /// Since when what is owed now is owed.
    pub since: Option<Stamp>,
    /// The day on which it is due, where the profile has a term for it.
    pub due: Option<Day>,
    /// The moment of that day from which on it is late.
    pub due_at: Option<Stamp>,
    /// Whether that day reaches into a year whose holidays are not announced.
    pub provisional: bool,
    /// Terms that were not kept.
    pub breaches: Vec<RepairBreach>,
    /// How often it was urged, and when last.
    pub urged: Vec<Said>,
    /// Why it was taken up again, each time.
    pub reopened: Vec<Said>,
}

impl Repair {
    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let said = [self.response.as_mut(), self.solution.as_mut()];
        let answer = self.answer.as_mut().map(|(_, said)| said);
        let said = said.into_iter().flatten().chain(answer);
        let said = said.chain(&mut self.urged).chain(&mut self.reopened);
        let mut texts: Vec<&mut String> = said.map(|said| &mut said.text).collect();
        texts.push(&mut self.handler);
        texts.extend(self.hands.iter_mut().map(|hand| &mut hand.person));
        texts.extend(self.breaches.iter_mut().map(|breach| &mut breach.handler));
        texts
    }

    /// Whether the next step is late now.
    pub fn is_late(&self, now: Stamp) -> bool {
        self.due_at.is_some_and(|due| due < now)
    }
}

/// What stands in the way of closing a repair that was not taken back: a response, a solution, an
/// answer.
pub(super) fn lacks(intake: &Intake) -> Vec<Problem> {
    let none = Repair::default();
    let repair = intake.repair.as_deref().unwrap_or(&none);
    let links = [
        (repair.response.is_none(), "not-responded", "A05-4.3a"),
        (repair.solution.is_none(), "not-solved", "A05-4.3b"),
        (repair.answer.is_none(), "not-answered", "A05-4.3c"),
    ];
    let missing = links.into_iter().filter(|(missing, ..)| *missing);
    missing
        .map(|(_, key, clause)| {
            Problem::new(key)
                .clause(clause)
                .arg("number", intake.meta.number)
        })
        .collect()
}

/// The term that runs for a repair, where the profile has one for what is owed.
pub fn term<'a>(intake: &Intake, profile: &'a Profile) -> Option<&'a Term> {
    profile.repairs.terms.get(&Owed::of(intake.state)?)
}

/// When what is owed is due and why, where the profile has a term for it.
pub fn deadline(intake: &Intake, context: &Context) -> Option<Deadline> {
    let term = term(intake, context.profile)?;
    let since = intake.repair.as_ref()?.since?;
    deadline::deadline(term, since, &[], context)
}

/// Something else is owed in the state that a repair is in: its term begins.
pub(super) fn begin(intake: &mut Intake, context: &Context) {
    if intake.details.kind != IntakeKind::Repair {
        intake.repair = None;
        return;
    }
    let repair = intake.repair.get_or_insert_default();
    repair.since = Some(context.now);
    settle_due(intake, context);
}

fn settle_due(intake: &mut Intake, context: &Context) {
    let due = deadline(intake, context);
    let Some(repair) = &mut intake.repair else {
        return;
    };
    repair.provisional = due.as_ref().is_some_and(|due| due.provisional);
    repair.due_at = due.map(|due| due.at);
    // Midnight ends the day before.
    let day = |at: Stamp| Stamp(at.0.saturating_sub(1)).day(context.profile.utc_offset_minutes);
    repair.due = repair.due_at.map(day);
}

/// The term that ran is closed, late or not; nothing is due any more.
pub(super) fn leave(intake: &mut Intake, context: &Context) {
    let state = intake.state;
    let Some(repair) = &mut intake.repair else {
        return;
    };
    if let Some(due) = repair.due_at.filter(|due| *due < context.now) {
        repair.breaches.push(RepairBreach {
            state,
            handler: repair.handler.clone(),
            due,
            done: context.now,
        });
    }
    (repair.due, repair.due_at, repair.provisional) = (None, None, false);
}

/// An open repair handed over to another person, in the state it is in (A11-19.1b).
#[must_use]
pub fn hand_over(intake: &Intake, handler: &str, context: &Context) -> Intake {
    let mut next = Intake {
        meta: intake.meta.changed(context),
        ..intake.clone()
    };
    give(&mut next, handler, context);
    next
}

fn give(intake: &mut Intake, handler: &str, context: &Context) {
    let repair = intake.repair.get_or_insert_default();
    repair.handler = clean::name(handler);
    repair.hands.push(Hand {
        department: intake.details.department.clone(),
        person: repair.handler.clone(),
        at: context.now,
        by: context.operator.meta.number,
        accepted: None,
    });
}
