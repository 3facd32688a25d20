//! When a customer was reached, how, and what they said: what the sources of the day look at.

use std::ops::ControlFlow;

use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::Looking;
use crate::domain::follow_up::Touched;
use crate::domain::intake::{Channel, IntakeKind};
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::Fault;

/// So many contacts of a customer are read at first.
const CONTACTS: usize = 32;

/// A contact with a customer: when and how they were reached; none where nobody was.
fn reached(record: &Record) -> Option<(Stamp, Channel)> {
    if record.meta().void {
        return None;
    }
    match record {
        Record::FollowUp(it) => it.reached(),
        Record::Intake(it) => {
            let channel = it.details.channel.unwrap_or(Channel::Other);
            Some((it.started_at, channel))
        }
        Record::Complaint(it) => Some((it.made_at, Channel::Other)),
        _ => None,
    }
}

/// Whether a contact is a complaint, a suggestion or an objection (A05-4.6a).
fn is_matter(record: &Record) -> bool {
    match record {
        Record::Complaint(_) => true,
        // What became a complaint is counted as that.
        Record::Intake(it) if it.complaint.is_some() => false,
        Record::Intake(it) => matches!(
            it.details.kind,
            IntakeKind::Complaint | IntakeKind::Suggestion | IntakeKind::Objection
        ),
        _ => false,
    }
}

/// Goes through the contacts of a customer, the newest first, until `each` says that it is enough.
fn contacts(
    looking: &Looking,
    customer: Number,
    mut each: impl FnMut(&Record, Day, Channel) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let offset = looking.known.profile.utc_offset_minutes;
    let overlay = looking.overlay;
    let mut known = 0;
    // Few contacts are enough for most; where they are not, twice as many are looked at each time.
    let mut most = CONTACTS;
    loop {
        let numbers = kin::of_all_cards(overlay, customer, keys::contacts, most)?;
        for number in numbers.iter().skip(known) {
            if let Some(record) = overlay.record(*number)?
                && let Some((at, channel)) = reached(&record)
                && each(&record, at.day(offset), channel).is_break()
            {
                return Ok(());
            }
        }
        if numbers.len() < most {
            return Ok(());
        }
        known = numbers.len();
        most = most.saturating_mul(2);
    }
}

/// When a customer was last reached, and what they said since the last visit.
pub(super) fn touched(looking: &Looking, customer: Number) -> Result<Touched, Fault> {
    let mut touched = Touched::default();
    contacts(looking, customer, |record, day, channel| {
        touched.any = touched.any.or(Some(day));
        if touched.visit.is_none() && is_matter(record) {
            touched.matters.push(record.number());
        }
        match channel {
            Channel::Call => touched.call = touched.call.or(Some(day)),
            Channel::Visit => touched.visit = touched.visit.or(Some(day)),
            _ => {}
        }
        if touched.call.is_some() && touched.visit.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(touched)
}

/// The last visit of a customer up to a day (A01-25).
pub(in crate::desk::queries) fn visited_until(
    looking: &Looking,
    customer: Number,
    until: Day,
) -> Result<Option<Day>, Fault> {
    let mut visit = None;
    contacts(looking, customer, |_, day, channel| {
        if channel == Channel::Visit && day <= until {
            visit = Some(day);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(visit)
}
