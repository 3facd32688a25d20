//! What of the archive waits for somebody's yes: requests, fines, files to be confirmed, leaks,
//! destructions.

use super::{ApprovalKind, Waiting};
use crate::domain::access::{Access, AccessState};
use crate::domain::context::Context;
use crate::domain::destruction::{Destruction, DestructionState};
use crate::domain::handover::{self, Condition, Handover};
use crate::domain::introduction::IntroductionState;
use crate::domain::loan;
use crate::domain::number::Number;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;

/// The time zone furthest east, in which a day begins first.
const FURTHEST_EAST: i32 = 14 * 60;

/// Whether a record may wait for somebody's yes, whatever the profile.
pub(super) fn may_wait(record: &Record) -> bool {
    match record {
        Record::Access(access) => {
            access.state == AccessState::Requested || access.state.is_to_be_approved()
        }
        Record::Handover(handover) => may_cost(handover),
        Record::Loan(loan) => {
            let harmed = loan.course.pieces.iter();
            let harmed = harmed.filter(|it| it.state != loan::PieceState::Back);
            harmed.count() > loan.course.fines.len()
        }
        Record::File(file) => file.custody.to_confirm,
        Record::Incident(incident) => incident.unacknowledged().next().is_some(),
        Record::Destruction(destruction) => !destruction.state.is_final(),
        Record::Introduction(it) => it.state == IntroductionState::Planned,
        _ => false,
    }
}

/// Whether a hand-over may have done something wrong that nobody has decided on: late, not verified,
/// with papers that were not whole, or with a correction that took longer than a day.
fn may_cost(handover: &Handover) -> bool {
    let decided = |key: &str| handover.fines.iter().any(|fine| fine.key == key);
    let in_time = |at: Stamp| at.day(FURTHEST_EAST) <= handover.due;
    let late = !handover.taken.as_ref().is_some_and(|it| in_time(it.at))
        || !handover.whole.as_ref().is_some_and(|it| in_time(it.at));
    let unverified = !handover.contact_verified;
    let papers = handover.papers.iter();
    let wrong = papers.clone().any(|paper| {
        let found = paper.found.unwrap_or(Condition::Whole);
        !matches!(found, Condition::Whole | Condition::NotNeeded)
    });
    let slow = handover.corrections.iter().any(|correction| {
        let ordered = correction.ordered.at;
        let done = correction.done.as_ref();
        done.is_none_or(|done| done.at.seconds_since(ordered) > 86_400)
    });
    let repeats = handover
        .fines
        .iter()
        .any(|fine| fine.key.starts_with("again-"));
    handover.withdrawn.is_none()
        && ((late && !decided("late"))
            || (unverified && !decided("contact"))
            || (wrong && !decided("papers"))
            || (slow && !(repeats && handover.state.is_final())))
}

/// What a record waits for.
pub(super) fn waiting(record: &Record, context: &Context) -> Vec<Waiting> {
    if record.meta().void {
        return Vec::new();
    }
    let wait = |kind, step: ArchiveStep, asked_by: Number, since: Stamp, clause: &str| {
        let grant = context.profile.archive.steps.get(&step);
        let own = grant.and_then(|grant| grant.clause.clone());
        Waiting {
            number: record.number(),
            kind,
            posts: grant.map(|grant| grant.roles.clone()).unwrap_or_default(),
            to: None,
            asked_by,
            since,
            clause: own.or_else(|| (!clause.is_empty()).then(|| clause.to_owned())),
        }
    };
    let meta = record.meta();
    match record {
        Record::Access(access) => access_waits(access, context)
            .map(|(kind, step, since)| wait(kind, step, meta.created_by, since, "A11-18.3"))
            .into_iter()
            .collect(),
        Record::Handover(handover) => {
            let list = handover::checklist(&handover.details, context);
            let found = list.map(|list| handover::violations(handover, list, context));
            let open = found
                .into_iter()
                .flatten()
                .find(|(key, _)| !handover.fines.iter().any(|fine| fine.key == *key));
            let open = open.filter(|_| !context.profile.archive.fines.tariffs.is_empty());
            open.map(|_| {
                let step = ArchiveStep::DecideFine;
                let by = meta.changed_by;
                wait(ApprovalKind::Fine, step, by, meta.changed_at, "A07-f9")
            })
            .into_iter()
            .collect()
        }
        Record::Loan(loan) if !context.profile.archive.fines.tariffs.is_empty() => {
            let found = loan::violations(loan, context);
            let fines = &loan.course.fines;
            let open = found
                .into_iter()
                .find(|(key, _)| !fines.iter().any(|fine| fine.key == *key));
            open.map(|_| {
                let step = ArchiveStep::DecideFine;
                let by = meta.changed_by;
                wait(ApprovalKind::Fine, step, by, meta.changed_at, "A07-f9")
            })
            .into_iter()
            .collect()
        }
        Record::File(file) => {
            let open = file.custody.to_confirm;
            let step = ArchiveStep::ConfirmFile;
            let by = meta.changed_by;
            let line = wait(ApprovalKind::File, step, by, meta.changed_at, "A03-4.1.2c");
            open.then_some(line).into_iter().collect()
        }
        Record::Incident(incident) => {
            let posts: Vec<_> = incident.unacknowledged().collect();
            if posts.is_empty() {
                return Vec::new();
            }
            vec![Waiting {
                number: meta.number,
                kind: ApprovalKind::Leak,
                posts,
                to: None,
                asked_by: meta.created_by,
                since: meta.created_at,
                clause: Some("A11-27b".to_owned()),
            }]
        }
        Record::Destruction(destruction) => destruction_waits(destruction)
            .map(|(kind, step, by, since)| wait(kind, step, by, since, "A12-3.2.8b"))
            .into_iter()
            .collect(),
        Record::Introduction(it) => {
            let step = it.waits_for(context.profile);
            // Two of them are two people.
            let me = context.operator.meta.number;
            let step = step.filter(|_| it.approved.iter().all(|(_, said)| said.by != me));
            let kind = ApprovalKind::Introduction;
            let since = meta.changed_at;
            step.map(|step| wait(kind, step, meta.created_by, since, "A11-24"))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    }
}

fn access_waits(access: &Access, context: &Context) -> Option<(ApprovalKind, ArchiveStep, Stamp)> {
    if access.state == AccessState::Requested {
        let since = access.meta.created_at;
        return Some((ApprovalKind::Endorsement, ArchiveStep::Endorse, since));
    }
    let step = access.waits_for(context.profile)?;
    Some((ApprovalKind::Access, step, access.meta.changed_at))
}

fn destruction_waits(
    destruction: &Destruction,
) -> Option<(ApprovalKind, ArchiveStep, Number, Stamp)> {
    match (destruction.state, &destruction.reviewed) {
        (DestructionState::Proposed, _) => Some((
            ApprovalKind::Review,
            ArchiveStep::ReviewDestruction,
            destruction.meta.created_by,
            destruction.meta.created_at,
        )),
        (DestructionState::Reviewed, Some(reviewed)) => Some((
            ApprovalKind::Destruction,
            ArchiveStep::ApproveDestruction,
            reviewed.by,
            reviewed.at,
        )),
        _ => None,
    }
}
