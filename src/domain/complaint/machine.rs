//! The complaint procedures as tables: from which state which step leads where, by whose
//! permission, under which guards and by which clause.
//!
//! A procedure grows by rows here and by variants appended to [`StepKind`] and
//! [`ComplaintState`]; nothing else names a state. Rows with `plus` are ours and not the
//! regulations'; the profile switches them on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Complaint, ComplaintAnswer, ComplaintState as State, solution_due};
use crate::domain::context::Context;
use crate::domain::intake::Channel;
use crate::domain::named::named;
use crate::domain::profile::{Permission, Procedure, Profile};
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::stamp::Day;
use crate::text::clean;

named! {
    /// What can be done to a complaint. Variants are only ever appended.
    StepKind {
        /// Written down.
        Record = "record",
        /// Given to a department and a handler.
        Assign = "assign",
        /// The complainant answered.
        Answer = "answer",
        /// Closed.
        Close = "close",
        /// Taken back by the complainant.
        Withdraw = "withdraw",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Give it to a department and a person in it.
    Assign {
        /// The department, from the profile's list.
        department: String,
        /// The person, in the department's words.
        handler: String,
        /// Anything to tell them.
        note: String,
    },
    /// What the complainant was told.
    Answer {
        /// What was said.
        text: String,
        /// How.
        channel: Option<Channel>,
    },
    /// Nothing is left to do.
    Close {
        /// In words.
        note: String,
    },
    /// The complainant takes it back.
    Withdraw {
        /// Why.
        reason: String,
    },
}

impl Step {
    /// Which step it is.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Assign { .. } => StepKind::Assign,
            Self::Answer { .. } => StepKind::Answer,
            Self::Close { .. } => StepKind::Close,
            Self::Withdraw { .. } => StepKind::Withdraw,
        }
    }

    /// What is written beside the step in the trail.
    pub fn note(&self) -> String {
        let text = match self {
            Self::Assign { note, .. } | Self::Close { note } => note,
            Self::Answer { text, .. } => text,
            Self::Withdraw { reason } => reason,
        };
        clean::body(text)
    }
}

/// What a step asks for before it may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// A department of the profile and a handler are named.
    DepartmentAndHandler,
    /// The answer has words and a channel.
    AnswerGiven,
    /// The complainant has been answered before.
    Answered,
    /// A reason is given.
    Reason,
}

/// One row of a procedure.
#[derive(Debug, Clone, Copy)]
pub struct Transition {
    /// The step.
    pub step: StepKind,
    /// From these states.
    pub from: &'static [State],
    /// To this one.
    pub to: State,
    /// By whom: the roles of this permission in the profile.
    pub permission: Permission,
    /// What it asks for.
    pub guards: &'static [Guard],
    /// The clause behind it; empty for a row that is ours.
    pub clause: &'static str,
    /// Ours, not the regulations': on only where the profile says so.
    pub plus: bool,
}

const OPEN: &[State] = &[State::Recorded, State::Assigned, State::Answered];

const fn row(
    step: StepKind,
    from: &'static [State],
    to: State,
    permission: Permission,
    guards: &'static [Guard],
    clause: &'static str,
) -> Transition {
    Transition {
        step,
        from,
        to,
        permission,
        guards,
        clause,
        plus: clause.is_empty(),
    }
}

const WITHDRAW: Transition = row(
    StepKind::Withdraw,
    OPEN,
    State::Withdrawn,
    Permission::ComplaintWithdraw,
    &[Guard::Reason],
    "",
);

const DEALERSHIP: &[Transition] = &[
    row(
        StepKind::Assign,
        &[State::Recorded, State::Assigned],
        State::Assigned,
        Permission::ComplaintAssign,
        &[Guard::DepartmentAndHandler],
        "A08-n2d",
    ),
    row(
        StepKind::Answer,
        &[State::Assigned, State::Answered],
        State::Answered,
        Permission::ComplaintAnswer,
        &[Guard::AnswerGiven],
        "A08-n4b",
    ),
    row(
        StepKind::Close,
        &[State::Answered],
        State::Closed,
        Permission::ComplaintClose,
        &[Guard::Answered],
        "A08-n7",
    ),
    WITHDRAW,
];

const PROPERTY: &[Transition] = &[
    row(
        StepKind::Assign,
        &[State::Recorded, State::Assigned],
        State::Assigned,
        Permission::ComplaintAssign,
        &[Guard::DepartmentAndHandler],
        "A13-c3b",
    ),
    row(
        StepKind::Answer,
        &[State::Recorded, State::Assigned, State::Answered],
        State::Answered,
        Permission::ComplaintAnswer,
        &[Guard::AnswerGiven],
        "A13-c3d",
    ),
    row(
        StepKind::Close,
        &[State::Answered],
        State::Closed,
        Permission::ComplaintClose,
        &[Guard::Answered],
        "A05-4.3c",
    ),
    WITHDRAW,
];

/// The rows of a procedure.
pub fn table(procedure: Procedure) -> &'static [Transition] {
    match procedure {
        Procedure::Dealership => DEALERSHIP,
        Procedure::Property => PROPERTY,
    }
}

fn is_on(transition: &Transition, profile: &Profile) -> bool {
    !transition.plus || profile.complaints.withdraw
}

/// The row for a step from a state, if the procedure has one.
pub(super) fn find(state: State, step: StepKind, profile: &Profile) -> Option<&'static Transition> {
    table(profile.complaints.procedure)
        .iter()
        .find(|transition| {
            transition.step == step
                && transition.from.contains(&state)
                && is_on(transition, profile)
        })
}

/// The steps that lead on from a state.
pub fn next_steps(state: State, profile: &Profile) -> Vec<&'static Transition> {
    table(profile.complaints.procedure)
        .iter()
        .filter(|transition| transition.from.contains(&state) && is_on(transition, profile))
        .collect()
}

/// Why there is no such step from here: what would come first.
pub(super) fn no_such_step(complaint: &Complaint, step: StepKind, profile: &Profile) -> Refusal {
    let next: Vec<&str> = next_steps(complaint.state, profile)
        .iter()
        .map(|row| row.step.id())
        .collect();
    let clause = table(profile.complaints.procedure)
        .iter()
        .find(|row| row.step == step)
        .map(|row| row.clause);
    let mut problem = Problem::new(if complaint.state.is_final() {
        "already-closed"
    } else if step == StepKind::Close {
        "answer-first"
    } else {
        "step-not-yet"
    })
    .arg("number", complaint.meta.number)
    .arg("state", complaint.state.id())
    .arg("step", step.id())
    .arg("next", next.join(" "));
    problem.clause = clause
        .filter(|clause| !clause.is_empty())
        .map(str::to_owned);
    problem.into()
}

/// Checks the guards of a row.
pub(super) fn check(
    transition: &Transition,
    complaint: &Complaint,
    step: &Step,
    context: &Context,
) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    let required = |field: &str| {
        let problem = Problem::required(field);
        if transition.clause.is_empty() {
            problem
        } else {
            problem.clause(transition.clause)
        }
    };
    for guard in transition.guards {
        match (guard, step) {
            (
                Guard::DepartmentAndHandler,
                Step::Assign {
                    department,
                    handler,
                    ..
                },
            ) => {
                let known = &context.profile.complaints.departments;
                if department.trim().is_empty() {
                    checks.add(required("department"));
                } else if !known.iter().any(|known| known.id == department.trim()) {
                    let problem = Problem::new("unknown-department").field("department");
                    checks.add(problem.arg("value", department.trim()));
                }
                checks.require(!clean::name(handler).is_empty(), || required("handler"));
            }
            (Guard::AnswerGiven, Step::Answer { text, channel }) => {
                checks.require(!text.trim().is_empty(), || required("text"));
                checks.require(channel.is_some(), || required("channel"));
            }
            (Guard::Answered, _) => checks.require(complaint.answer.is_some(), || {
                Problem::new("answer-first").clause(transition.clause)
            }),
            (Guard::Reason, Step::Withdraw { reason }) => {
                checks.require(!reason.trim().is_empty(), || required("reason"));
            }
            _ => checks.add(Problem::new("step-not-yet").arg("step", step.kind().id())),
        }
    }
    checks.done()
}

/// Writes what the step brought into the record.
pub(super) fn apply(complaint: &mut Complaint, step: &Step, context: &Context) {
    match step {
        Step::Assign {
            department,
            handler,
            ..
        } => {
            department.trim().clone_into(&mut complaint.department);
            complaint.handler = clean::name(handler);
            let due = solution_due(context.today(), context);
            complaint.provisional = due.as_ref().is_some_and(|due| due.provisional);
            complaint.due = due.map(|due| Day(due.date));
        }
        Step::Answer { channel, .. } => {
            if let Some(channel) = *channel {
                complaint.answer = Some(ComplaintAnswer {
                    text: step.note(),
                    channel,
                    at: context.now,
                    by: context.operator.meta.number,
                });
            }
        }
        Step::Close { .. } | Step::Withdraw { .. } => {}
    }
}
