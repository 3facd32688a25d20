//! The forms of a repair's steps (A05-4.3a to A05-4.3c).

use super::complaint::CHANNELS;
use super::{FormId, about_of, by_id, listed, named, note, text};
use crate::app::facts::Facts;
use crate::app::field::Field;
use crate::app::form::Form;
use crate::desk::contract::Command;
use crate::domain::intake::{Channel, Intake};
use crate::domain::refusal::Problem;
use crate::domain::repair::{RepairStep, RepairStepKind};

/// The form of a step.
pub const fn form_of(step: RepairStepKind) -> FormId {
    match step {
        RepairStepKind::Assign => FormId::AssignRepair,
        RepairStepKind::Respond => FormId::Respond,
        RepairStepKind::Solve => FormId::Solve,
        RepairStepKind::Answer => FormId::AnswerRepair,
        RepairStepKind::Urge => FormId::UrgeRepair,
        RepairStepKind::Reopen => FormId::ReopenRepair,
    }
}

/// Whether a form is one of a repair's steps.
pub const fn is_step(id: FormId) -> bool {
    matches!(
        id,
        FormId::AssignRepair
            | FormId::Respond
            | FormId::Solve
            | FormId::AnswerRepair
            | FormId::UrgeRepair
            | FormId::ReopenRepair
    )
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::AssignRepair => vec![
            listed("department", &facts.profile.complaints.departments).required(),
            text("handler").required(),
        ],
        FormId::Respond => vec![note("text", 3).required(), note("solution", 3)],
        FormId::AnswerRepair => vec![
            note("response", 3).unseen(),
            note("solution", 3).unseen(),
            note("text", 4).required(),
            named("channel", "reply-channel", CHANNELS.to_vec())
                .required()
                .with(Channel::Call.id()),
        ],
        FormId::UrgeRepair => vec![note("note", 4)],
        FormId::ReopenRepair => vec![note("reason", 3).required()],
        _ => vec![note("text", 4).required()],
    }
}

/// Fills in a repair: who has it is where the next one begins. An answer asks for what should have
/// come before it and did not.
pub fn fill(form: &mut Form, intake: &Intake) {
    form.set("department", &intake.details.department);
    let repair = intake.repair.as_deref();
    if let Some(repair) = repair {
        form.set("handler", &repair.handler);
    }
    if form.id == FormId::AnswerRepair {
        for (name, known) in [
            ("response", repair.and_then(|it| it.response.as_ref())),
            ("solution", repair.and_then(|it| it.solution.as_ref())),
        ] {
            form.demand(name, known.is_none(), known.is_none());
        }
        if let Some(first) = form.fields.iter().find(|field| field.shown) {
            let name = first.name;
            form.go_to(name);
        }
    }
}

/// A step with nothing filled in.
pub fn empty(step: RepairStepKind) -> RepairStep {
    let nothing = String::new;
    match step {
        RepairStepKind::Assign => RepairStep::Assign {
            department: nothing(),
            handler: nothing(),
        },
        RepairStepKind::Respond => RepairStep::Respond {
            text: nothing(),
            solution: nothing(),
        },
        RepairStepKind::Solve => RepairStep::Solve { text: nothing() },
        RepairStepKind::Answer => RepairStep::Answer {
            text: nothing(),
            channel: None,
            response: nothing(),
            solution: nothing(),
        },
        RepairStepKind::Urge => RepairStep::Urge { note: nothing() },
        RepairStepKind::Reopen => RepairStep::Reopen { reason: nothing() },
    }
}

/// The command of a form.
///
/// # Errors
/// Without the repair it is about.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let step = match form.id {
        FormId::AssignRepair => RepairStep::Assign {
            department: words("department"),
            handler: words("handler"),
        },
        FormId::Respond => RepairStep::Respond {
            text: words("text"),
            solution: words("solution"),
        },
        FormId::AnswerRepair => RepairStep::Answer {
            text: words("text"),
            channel: by_id(Channel::ALL, Channel::id, form.value("channel")),
            response: words("response"),
            solution: words("solution"),
        },
        FormId::UrgeRepair => RepairStep::Urge {
            note: words("note"),
        },
        FormId::ReopenRepair => RepairStep::Reopen {
            reason: words("reason"),
        },
        _ => RepairStep::Solve {
            text: words("text"),
        },
    };
    let at = about_of(form)?;
    Ok(Command::StepRepair { at, step })
}
