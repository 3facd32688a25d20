//! What a hand-over did wrong, as violations that may cost something, what was decided of them, and
//! how many were on time and whole (A07-f1 to A07-f10).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Checklist, Condition, Handover, HandoverState as State, lacking};
use crate::domain::archive::FileSort;
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::fine::{self, FineRules, Offence, Violation};
use crate::domain::procedure::ArchiveStep;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::stamp::{Day, Stamp};
use crate::text::clean;

/// What was decided of a fine (A07-f9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FineDecision {
    /// Which of the hand-over's violations.
    pub key: String,
    /// Confirmed, or waived.
    pub confirmed: bool,
    /// Why, by whom and when.
    pub said: Said,
    /// Percent of the month's performance pay that are withheld with it (A07-f6c).
    pub percent: Option<u32>,
}

/// What a hand-over did wrong up to a day, each under the key by which it is decided.
pub fn violations(
    handover: &Handover,
    list: &Checklist,
    context: &Context,
) -> Vec<(String, Violation)> {
    if handover.state == State::Withdrawn {
        return Vec::new();
    }
    let offset = context.profile.utc_offset_minutes;
    let day = |at: Stamp| at.day(offset);
    let violation = |on: Day, items: Vec<(Offence, u32)>| Violation {
        on,
        person: handover.details.giver.clone(),
        post: list.post,
        items,
        again: None,
    };
    let mut found = Vec::new();
    // In time is what was signed for in time, and where that is asked for also whole in time.
    let done = if list.whole_by_then {
        handover.whole.as_ref()
    } else {
        handover.taken.as_ref()
    };
    let done = done.map_or(context.today(), |said| day(said.at));
    if done > handover.due {
        let first_late = handover.due.0.succ_opt().map_or(handover.due, Day);
        found.push((
            "late".to_owned(),
            violation(first_late, vec![(Offence::Late, 1)]),
        ));
    }
    let is_visit = handover.details.sort != FileSort::NewCar;
    if is_visit && !handover.contact_verified {
        let on = day(handover.meta.created_at);
        found.push((
            "contact".to_owned(),
            violation(on, vec![(Offence::Contact, 1)]),
        ));
    }
    if let Some(received) = &handover.received {
        let items = offences(handover, list);
        let papers = violation(day(received.at), items);
        // What costs nothing here is no violation.
        let amount = fine::base(&papers, &context.profile.archive.fines);
        if amount > 0 {
            found.push(("papers".to_owned(), papers));
        }
        found.extend(repeats(handover, list, amount, context));
    }
    found.sort_by_key(|(_, violation)| violation.on);
    found
}

/// An order that was not followed in time is another violation each time (A07-f10b).
fn repeats(
    handover: &Handover,
    list: &Checklist,
    amount: u64,
    context: &Context,
) -> Vec<(String, Violation)> {
    let offset = context.profile.utc_offset_minutes;
    // Where the papers cost nothing themselves, being late with them is what is repeated.
    let rules = &context.profile.archive.fines;
    let late = || late_amount(list, rules);
    let amount = if amount > 0 { amount } else { late() };
    let mut found = Vec::new();
    for correction in &handover.corrections {
        let done = correction.done.as_ref().map(|done| done.at.day(offset));
        let ordered = correction.ordered.at.day(offset);
        let missed = fine::missed(ordered, done, context.today(), context.calendar);
        for on in missed {
            let key = format!("again-{}", on.0.format("%Y-%m-%d"));
            found.push((
                key,
                Violation {
                    on,
                    person: correction.person.clone(),
                    post: list.post,
                    items: Vec::new(),
                    again: Some(amount),
                },
            ));
        }
    }
    found
}

fn late_amount(list: &Checklist, rules: &FineRules) -> u64 {
    let late = Violation {
        on: Day::default(),
        person: String::new(),
        post: list.post,
        items: vec![(Offence::Late, 1)],
        again: None,
    };
    fine::base(&late, rules)
}

/// What was wrong with the papers when the archive first looked.
fn offences(handover: &Handover, list: &Checklist) -> Vec<(Offence, u32)> {
    let count = |wanted: Offence| {
        let papers = handover.papers.iter().filter(|paper| {
            let item = list.items.iter().find(|item| item.id == paper.item);
            let found = paper.found.unwrap_or(paper.brought);
            item.is_some_and(|item| lacking(item, found, &handover.details))
                && offence(found) == Some(wanted)
        });
        u32::try_from(papers.count()).unwrap_or(u32::MAX)
    };
    [
        Offence::UserSignature,
        Offence::StaffSignature,
        Offence::Paper,
    ]
    .into_iter()
    .map(|offence| (offence, count(offence)))
    .filter(|(_, count)| *count > 0)
    .collect()
}

const fn offence(found: Condition) -> Option<Offence> {
    match found {
        Condition::Whole | Condition::NotNeeded => None,
        Condition::NoUserSignature => Some(Offence::UserSignature),
        Condition::NoStaffSignature => Some(Offence::StaffSignature),
        Condition::Missing | Condition::Copy | Condition::OneSide | Condition::Wrong => {
            Some(Offence::Paper)
        }
    }
}

/// What is decided of one of several violations (A07-f9).
///
/// # Errors
/// Refused for everybody but who carries it, without a reason, for a violation that there is not, and
/// for one that was decided already.
pub fn decision(
    known: &[(String, Violation)],
    decided: &[FineDecision],
    key: &str,
    confirmed: bool,
    reason: &str,
    context: &Context,
) -> Result<FineDecision, Refusal> {
    context.may_take(ArchiveStep::DecideFine)?;
    if !known.iter().any(|(known, _)| known == key) {
        return Err(Problem::new("no-such-violation").arg("value", key).into());
    }
    if decided.iter().any(|fine| fine.key == key) {
        return Err(Problem::new("fine-decided").clause("A07-f9").into());
    }
    let text = clean::body(reason);
    if text.is_empty() {
        return Err(Problem::required("reason").clause("A07-f9").into());
    }
    Ok(FineDecision {
        key: key.to_owned(),
        confirmed,
        said: Said {
            text,
            at: context.now,
            by: context.operator.meta.number,
        },
        percent: None,
    })
}

/// A fine confirmed or waived, with a share of the month's pay withheld or without (A07-f9, A07-f6c).
///
/// # Errors
/// As [`decision`]. Whether the share is within its bounds is for whoever knows the month.
pub fn decide(
    handover: &Handover,
    list: &Checklist,
    key: &str,
    confirmed: bool,
    reason: &str,
    percent: Option<u32>,
    context: &Context,
) -> Result<Handover, Refusal> {
    let known = violations(handover, list, context);
    let decided = decision(&known, &handover.fines, key, confirmed, reason, context)?;
    let mut next = Handover {
        meta: handover.meta.changed(context),
        ..handover.clone()
    };
    next.fines.push(FineDecision { percent, ..decided });
    Ok(next)
}

/// Of hand-overs due in a time: how many there were, how many were signed for in time, how many were
/// whole when the archive first looked (A07-f8).
pub fn rates<'a>(
    handovers: impl Iterator<Item = (&'a Handover, &'a Checklist)>,
    context: &Context,
) -> (u64, u64, u64) {
    let offset = context.profile.utc_offset_minutes;
    let (mut due, mut on_time, mut whole) = (0, 0, 0);
    for (handover, list) in handovers.filter(|(it, _)| it.state != State::Withdrawn) {
        due += 1;
        let taken = handover.taken.as_ref().map(|said| said.at.day(offset));
        on_time += u64::from(taken.is_some_and(|taken| taken <= handover.due));
        let first = handover.received.is_some() && offences(handover, list).is_empty();
        whole += u64::from(first);
    }
    (due, on_time, whole)
}
