//! What waits for somebody at the desk: instructions, suggestions, tasks that were dispatched (A09-1.4b,
//! A09-1.4c, A04-4b).

use super::{ApprovalKind, Waiting};
use crate::domain::context::Context;
use crate::domain::instruction::InstructionState;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;

/// Whether a record may wait for somebody, whatever the profile.
pub(super) fn may_wait(record: &Record) -> bool {
    match record {
        Record::Instruction(it) => matches!(
            it.state,
            InstructionState::Given | InstructionState::Suggested
        ),
        Record::Task(task) => task.unaccepted().is_some(),
        _ => false,
    }
}

/// What a record waits for.
pub(super) fn waiting(record: &Record, context: &Context) -> Option<Waiting> {
    let meta = record.meta();
    if meta.void {
        return None;
    }
    let wait = |kind, clause: &str| Waiting {
        number: meta.number,
        kind,
        posts: Vec::new(),
        to: None,
        asked_by: meta.created_by,
        since: meta.created_at,
        clause: Some(clause.to_owned()),
    };
    match record {
        Record::Instruction(it) if it.state == InstructionState::Given => Some(Waiting {
            to: it.details.operator,
            ..wait(ApprovalKind::Instruction, "A09-1.4b")
        }),
        Record::Instruction(it) if it.state == InstructionState::Suggested => {
            let steps = &context.profile.archive.steps;
            let grant = steps.get(&ArchiveStep::AnswerSuggestion);
            Some(Waiting {
                posts: grant.map(|grant| grant.roles.clone()).unwrap_or_default(),
                ..wait(ApprovalKind::Suggestion, "A09-1.4c")
            })
        }
        Record::Task(task) => {
            let dispatch = task.unaccepted()?;
            Some(Waiting {
                to: Some(dispatch.to),
                asked_by: dispatch.given.by,
                since: dispatch.given.at,
                ..wait(ApprovalKind::Task, "A04-4b")
            })
        }
        _ => None,
    }
}
