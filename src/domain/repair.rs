//! Repairs, from the acceptance to the answer: every request gets a response, every response leads to
//! a solution, every solution is answered back to the customer (A05-4.3a to A05-4.3c).
//!
//! A repair is a request of the register; what its chain gathers stands in it. The rows below are the
//! whole procedure: a step, from which states, to which. Closing is the register's own. A term runs
//! for what the customer is owed, whoever has the repair meanwhile.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::{Hand, Said};
use super::context::Context;
use super::deadline::{self, Deadline, Term};
use super::intake::{Channel, Intake, IntakeKind, IntakeState as State};
use super::named::named;
use super::profile::{Permission, Profile};
use super::refusal::{Checks, Problem, Refusal};
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

named! {
    /// What can be done to a repair.
    RepairStepKind {
        /// Given to a department and a person.
        Assign = "assign-repair",
        /// The customer was told what will be done and when (A05-4.3a).
        Respond = "respond",
        /// It was solved (A05-4.3b).
        Solve = "solve",
        /// The customer was told how it was solved (A05-4.3c).
        Answer = "answer-repair",
        /// The person who has it was urged.
        Urge = "urge-repair",
        /// Taken up again, because it was not solved after all. Ours.
        Reopen = "reopen-repair",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RepairStep {
    /// Give it to a department and a person.
    Assign {
        /// The department, from the profile's list.
        department: String,
        /// The person.
        handler: String,
    },
    /// Tell the customer what will be done and when.
    Respond {
        /// What was said.
        text: String,
        /// What was done, where it was solved at once.
        #[serde(default)]
        solution: String,
    },
    /// It is solved.
    Solve {
        /// What was done.
        text: String,
    },
    /// Tell the customer how it was solved. What comes before it and is not written down yet is
    /// written down with it: somebody was helped at once.
    Answer {
        /// What was said.
        text: String,
        /// How.
        channel: Option<Channel>,
        /// What was said first; asked for where no response is written down.
        #[serde(default)]
        response: String,
        /// What was done; asked for where no solution is written down.
        #[serde(default)]
        solution: String,
    },
    /// Urge whoever has it.
    Urge {
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// Take it up again.
    Reopen {
        /// Why.
        reason: String,
    },
}

impl RepairStep {
    /// Which step it is.
    pub const fn kind(&self) -> RepairStepKind {
        match self {
            Self::Assign { .. } => RepairStepKind::Assign,
            Self::Respond { .. } => RepairStepKind::Respond,
            Self::Solve { .. } => RepairStepKind::Solve,
            Self::Answer { .. } => RepairStepKind::Answer,
            Self::Urge { .. } => RepairStepKind::Urge,
            Self::Reopen { .. } => RepairStepKind::Reopen,
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
    /// Since when the state it is in lasts.
    pub since: Option<Stamp>,
    /// The day on which the next step is due, where the profile has a term for the state.
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

/// A row of the procedure.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The step.
    pub step: RepairStepKind,
    /// From which states.
    pub from: &'static [State],
    /// To which; the same where none.
    pub to: Option<State>,
    /// The clause behind it; empty where it is ours.
    pub clause: &'static str,
}

/// The procedure: what leads on comes first.
pub const ROWS: &[Row] = &[
    Row {
        step: RepairStepKind::Respond,
        from: &[State::Accepted, State::Assigned],
        to: Some(State::Responded),
        clause: "A05-4.3a",
    },
    Row {
        step: RepairStepKind::Solve,
        from: &[State::Responded],
        to: Some(State::Solved),
        clause: "A05-4.3b",
    },
    Row {
        step: RepairStepKind::Answer,
        from: &[State::Solved],
        to: Some(State::Answered),
        clause: "A05-4.3c",
    },
    Row {
        step: RepairStepKind::Assign,
        from: &[State::Accepted, State::Assigned],
        to: Some(State::Assigned),
        clause: "",
    },
    Row {
        step: RepairStepKind::Assign,
        from: &[State::Responded],
        to: None,
        clause: "",
    },
    Row {
        step: RepairStepKind::Urge,
        from: &[State::Assigned, State::Responded, State::Solved],
        to: None,
        clause: "",
    },
    Row {
        step: RepairStepKind::Reopen,
        from: &[State::Solved, State::Answered, State::Closed],
        to: Some(State::Accepted),
        clause: "",
    },
    // All at once.
    Row {
        step: RepairStepKind::Answer,
        from: &[State::Accepted, State::Assigned, State::Responded],
        to: Some(State::Answered),
        clause: "A05-4.3c",
    },
];

/// The rows that a repair can take from where it stands.
pub fn next_steps(intake: &Intake) -> Vec<&'static Row> {
    let is_repair = intake.details.kind == IntakeKind::Repair && intake.complaint.is_none();
    let rows = ROWS.iter().filter(|row| row.from.contains(&intake.state));
    rows.filter(|_| is_repair).collect()
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

fn check(step: &RepairStep, intake: &Intake, row: &Row, context: &Context) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    let mut require = |text: &str, field: &str| {
        if clean::body(text).is_empty() {
            let problem = Problem::required(field);
            checks.add(if row.clause.is_empty() {
                problem
            } else {
                problem.clause(row.clause)
            });
        }
    };
    match step {
        RepairStep::Assign {
            department,
            handler,
        } => {
            require(department, "department");
            require(handler, "handler");
            let known = &context.profile.complaints.departments;
            let is_known = known.iter().any(|known| known.id == department.trim());
            if !is_known && !department.trim().is_empty() {
                let problem = Problem::new("unknown-department").field("department");
                checks.add(problem.arg("value", department));
            }
        }
        RepairStep::Respond { text, .. } | RepairStep::Solve { text } => require(text, "text"),
        RepairStep::Answer {
            text,
            channel,
            response,
            solution,
        } => {
            require(text, "text");
            if channel.is_none() {
                require("", "channel");
            }
            let repair = intake.repair.as_deref();
            before(
                repair.and_then(|repair| repair.response.as_ref()),
                (response, "response", "A05-4.3a"),
                &mut checks,
            );
            before(
                repair.and_then(|repair| repair.solution.as_ref()),
                (solution, "solution", "A05-4.3b"),
                &mut checks,
            );
        }
        RepairStep::Urge { .. } => {
            let handler = intake.repair.as_ref().map(|repair| &repair.handler);
            if handler.is_none_or(String::is_empty) {
                checks.add(Problem::new("nobody-to-urge"));
            }
        }
        RepairStep::Reopen { reason } => require(reason, "reason"),
    }
    checks.done()
}

/// What comes before a step is written down already or comes with it: not both, for what was said
/// is not written over.
fn before(known: Option<&Said>, (text, field, clause): (&str, &str, &str), checks: &mut Checks) {
    let is_given = !clean::body(text).is_empty();
    let problem = match known {
        Some(_) if is_given => Problem::new("repair-said-already").field(field),
        None if !is_given => Problem::required(field),
        _ => return,
    };
    checks.add(problem.clause(clause));
}

/// One step on.
///
/// # Errors
/// Refused without the permission for repairs (A05-4.2b), for a request that is no repair, from a
/// state that has no such step, and without the words that the step is about.
pub fn step(intake: &Intake, step: &RepairStep, context: &Context) -> Result<Intake, Refusal> {
    context.may(Permission::IntakeRepair)?;
    let rows = next_steps(intake);
    let Some(row) = rows.iter().find(|row| row.step == step.kind()) else {
        let next: Vec<&str> = rows.iter().map(|row| row.step.id()).collect();
        let problem = Problem::new("repair-not-yet")
            .arg("number", intake.meta.number)
            .arg("repair-state", intake.state.id())
            .arg("repair-step", step.kind().id())
            .arg("repair-next", next.join(" "));
        let known = ROWS.iter().find(|row| row.step == step.kind());
        let clause = known.map_or("", |row| row.clause);
        return Err(if clause.is_empty() {
            problem
        } else {
            problem.clause(clause)
        }
        .into());
    };
    check(step, intake, row, context)?;
    let mut next = Intake {
        meta: intake.meta.changed(context),
        ..intake.clone()
    };
    let solved_at_once =
        matches!(step, RepairStep::Respond { solution, .. } if !clean::body(solution).is_empty());
    let to = match row.to {
        Some(_) if solved_at_once => State::Solved,
        Some(to) => to,
        None => intake.state,
    };
    // Giving it to somebody else neither ends a term nor begins it anew.
    let turns = Owed::of(to) != Owed::of(intake.state);
    if turns {
        leave(&mut next, context);
    }
    bring(&mut next, step, context);
    next.state = to;
    if turns {
        begin(&mut next, context);
    }
    Ok(next)
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

/// What a step brought is written down.
fn bring(intake: &mut Intake, step: &RepairStep, context: &Context) {
    let said = |text: &str| Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    };
    let repair = intake.repair.get_or_insert_default();
    match step {
        RepairStep::Assign {
            department,
            handler,
        } => {
            department.trim().clone_into(&mut intake.details.department);
            give(intake, handler, context);
        }
        RepairStep::Respond { text, solution } => {
            repair.response = Some(said(text));
            if !clean::body(solution).is_empty() {
                repair.solution = Some(said(solution));
            }
        }
        RepairStep::Solve { text } => repair.solution = Some(said(text)),
        RepairStep::Answer {
            text,
            channel,
            response,
            solution,
        } => {
            repair.response.get_or_insert_with(|| said(response));
            repair.solution.get_or_insert_with(|| said(solution));
            repair.answer = channel.map(|channel| (channel, said(text)));
        }
        RepairStep::Urge { note } => repair.urged.push(said(note)),
        RepairStep::Reopen { reason } => {
            repair.reopened.push(said(reason));
            // What was said then stands in the history; the chain begins anew.
            (repair.response, repair.solution, repair.answer) = (None, None, None);
            intake.outcome = None;
        }
    }
}
