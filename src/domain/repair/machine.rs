//! The procedure of a repair: which step leads from where to where, what it asks for, and what it
//! writes down.

use super::steps::{RepairStep, RepairStepKind};
use super::{Owed, begin, give, leave};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::intake::{Intake, IntakeKind, IntakeState as State};
use crate::domain::profile::Permission;
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::text::clean;

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

fn check(step: &RepairStep, intake: &Intake, row: &Row, context: &Context) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    if let RepairStep::Answer {
        response, solution, ..
    } = step
    {
        let repair = intake.repair.as_deref();
        let known = repair.and_then(|repair| repair.response.as_ref());
        before(known, (response, "response", "A05-4.3a"), &mut checks);
        let known = repair.and_then(|repair| repair.solution.as_ref());
        before(known, (solution, "solution", "A05-4.3b"), &mut checks);
    }
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
        RepairStep::Answer { text, channel, .. } => {
            require(text, "text");
            if channel.is_none() {
                require("", "channel");
            }
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
