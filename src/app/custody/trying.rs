//! Whether a step can be taken now: the rules are asked with nothing filled in.

use super::steps::{KEEP_FORM, LEND, PROPOSE};
use crate::app::facts::Facts;
use crate::app::forms::{self, registers};
use crate::app::profiling::{self, PROFILE};
use crate::app::{following, kin};
use crate::desk::contract::{At, Command};
use crate::domain::access;
use crate::domain::context::Context;
use crate::domain::hint;
use crate::domain::instruction;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::registration::{self};
use crate::domain::shift;
use crate::domain::survey::{self};
use crate::domain::{
    archive, destruction, handover, incident, inspection, loan, measure, occupancy, task,
    transaction,
};

/// The command of a step with nothing filled in.
pub(super) fn empty(record: &Record, id: &str, facts: &Facts) -> Option<Command> {
    let at = at(record);
    match id {
        LEND => return Some(Command::Lend { at }),
        PROPOSE => return Some(Command::ProposeDestruction { file: at }),
        KEEP_FORM => {
            let Record::Registration(row) = record else {
                return None;
            };
            return Some(Command::KeepForm {
                day: row.day,
                manager: Some(row.meta.created_by),
            });
        }
        _ => {}
    }
    if let Some(command) = kin::bare(record, id) {
        return Some(command);
    }
    let Some(form) = registers::form_of(id) else {
        return registers::bare(at, id).ok();
    };
    let form = forms::about(form, record, facts);
    registers::command(&form).ok()
}

fn at(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
    }
}

/// What the rules say of a step of a record, as far as the record alone decides it.
fn tried(
    facts: &Facts,
    record: &Record,
    command: &Command,
    context: &Context,
) -> Result<(), Refusal> {
    if let Some(tried) = kin::tried(record, command, context) {
        return tried;
    }
    match (record, command) {
        (Record::File(file), Command::StepFile { step, .. }) => {
            archive::step(file, step, context).map(drop)
        }
        (Record::File(file), Command::RecordTransaction { details }) => {
            let of = transaction::Of {
                file: Some(file),
                ..transaction::Of::default()
            };
            transaction::record(file.meta.number, details.clone(), of, context).map(drop)
        }
        (Record::Hint(it), Command::StepHint { step, .. }) => {
            hint::step(it, step, context).map(drop)
        }
        (Record::ShiftSheet(it), Command::StepShift { step, .. }) => {
            let mut operators = facts.operators.iter().filter(|it| it.active);
            let there = operators.any(|known| Some(known.meta.number) == it.details.to);
            shift::step(it, step, there, context).map(drop)
        }
        (_, Command::RaiseTask { .. }) => context.may_take(ArchiveStep::RaiseTask),
        (Record::Task(it), Command::StepTask { step, .. }) => {
            task::step(it, step, None, context).map(drop)
        }
        (Record::Registration(it), Command::HandInForm { day, reason }) => {
            let rows = std::slice::from_ref(it);
            registration::hand_in(*day, reason, rows, context).map(drop)
        }
        (Record::Registration(it), Command::KeepForm { day, .. }) => {
            registration::keep(*day, std::slice::from_ref(it), context).map(drop)
        }
        (Record::Registration(it), Command::StepRegistration { step, .. }) => {
            let beside = registration::Beside::default();
            registration::step(it, step, &beside, context).map(drop)
        }
        (Record::Survey(it), Command::StepSurvey { step, .. }) => {
            survey::may(it, step.kind(), context).map(drop)
        }
        (Record::Survey(it), Command::LogAnswer { details }) => {
            let number = it.meta.number;
            survey::log_answer(number, details.clone(), it, None, None, context).map(drop)
        }
        (Record::Survey(it), Command::DraftMeasure { details }) => {
            measure::may_draft(context)?;
            survey::with_measure(it, it.meta.number, &details.aspect, context).map(drop)
        }
        (Record::Occupancy(it), Command::StepOccupancy { step, .. }) => {
            occupancy::step(it, step, context).map(drop)
        }
        (Record::Instruction(it), Command::StepInstruction { step, .. }) => {
            instruction::step(it, step, context).map(drop)
        }
        (Record::File(file), Command::ProposeDestruction { .. }) => {
            destruction::propose(file.meta.number, file, context).map(drop)
        }
        (Record::Handover(it), Command::StepHandover { step, .. }) => {
            let around = handover::Around { row: 1, file: None };
            handover::step(it, step, around, context).map(drop)
        }
        (Record::Handover(it), Command::DecideFine { key, .. }) => {
            let Some(list) = handover::checklist(&it.details, context) else {
                return Err(Problem::new("no-checklist")
                    .arg("value", &it.details.checklist)
                    .into());
            };
            handover::decide(it, list, key, true, "", None, context).map(drop)
        }
        (Record::Access(it), Command::StepAccess { step, .. }) => {
            access::step(it, step, context).map(drop)
        }
        (Record::Access(_), Command::Lend { .. }) => {
            context.may(crate::domain::profile::Permission::LoanCheckOut)
        }
        (Record::Loan(it), Command::StepLoan { step, .. }) => {
            loan::step(it, step, context).map(drop)
        }
        (Record::Loan(it), Command::DecideFine { key, .. }) => {
            loan::decide_fine(it, key, true, "", context).map(drop)
        }
        (Record::Inspection(it), Command::StepInspection { step, .. }) => {
            inspection::step(it, step, context).map(drop)
        }
        (Record::Incident(it), Command::StepIncident { step, .. }) => {
            incident::step(it, step, context).map(drop)
        }
        (Record::Destruction(it), Command::StepDestruction { step, .. }) => {
            destruction::may(it, step.kind(), context)
        }
        _ => Ok(()),
    }
}

/// Why a step of a record cannot be taken now, apart from what is not filled in yet.
pub fn why_not(record: &Record, id: &str, facts: &Facts) -> Option<String> {
    if let Some(permission) = following::needed(id) {
        return facts.refused(|context| context.may(permission));
    }
    if id == PROFILE {
        return profiling::why_not_fill(facts);
    }
    let command = empty(record, id, facts)?;
    facts.refused(|context| tried(facts, record, &command, context))
}
