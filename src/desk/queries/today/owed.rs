//! To whom a call or a visit is owed, who has been quiet, and in which order customers are to be visited
//! (A01-16, A01-25, A01-27, A05-4.6a, A14-1.2): ranges of the orders in which customers were last reached.

use std::collections::BTreeSet;

use super::{Found, Gathered, each_number, owners, place};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::{Looking, MOST_LATE};
use crate::desk::reached::{self, By, Standing};
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::follow_up::{self, Occasion};
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::Fault;

/// The range of an order that was last reached before a day.
fn until(by: By, owner: Option<Number>, day: Day, context: &Context) -> (Vec<u8>, Vec<u8>) {
    let from = reached::of_owner(owner, by);
    let at = Stamp::start_of(day, context.profile.utc_offset_minutes);
    let to = [from.as_slice(), &keys::stamp_bytes(at)].concat();
    (from, to)
}

/// A customer with how they stand.
fn read(looking: &Looking, number: Number) -> Result<Option<(Customer, Standing)>, Fault> {
    let standing = reached::standing(looking.overlay, number)?;
    Ok(match (looking.overlay.record(number)?, standing) {
        (Some(Record::Customer(customer)), Some(standing)) => Some((customer, standing)),
        _ => None,
    })
}

/// What is owed to customers with whom it is not planned (A01-16, A01-27, A14-1.2).
pub(super) fn gather(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let rules = &context.profile.follow_ups;
    let offset = context.profile.utc_offset_minutes;
    // Silence is over the period, the others are owed on its last day.
    let ranges = [
        (By::ClosedCall, rules.closed_days, 1),
        (By::Call, rules.call_days, 1),
        (By::Visit, rules.visit_days, 1),
        (By::Any, rules.quiet_days, 0),
    ];
    let mut seen = BTreeSet::new();
    for owner in owners(looking, context) {
        for (by, days, beyond) in ranges {
            let Some(days) = days else { continue };
            let day = follow_up::before(context.today(), days.into()).plus(beyond);
            let (from, to) = until(by, owner, day, context);
            let mut left = into.most;
            into.truncated |= each_number(looking, &from, &to, |number| {
                if !seen.insert(number) {
                    return Ok(true);
                }
                let Some((customer, standing)) = read(looking, number)? else {
                    return Ok(true);
                };
                let touched = standing.last.touched(offset);
                let planned = planned(looking, number)?;
                let owed = follow_up::owed(&customer, &touched, &planned, context);
                if let Some((occasion, since)) = owed {
                    into.rows.push(Found {
                        since: Some(since),
                        ..Found::new(place(super::OWED, since, number), number, occasion)
                    });
                    left -= 1;
                }
                Ok(left > 0)
            })?;
        }
    }
    Ok(())
}

/// The contacts that are planned with a customer.
fn planned(looking: &Looking, customer: Number) -> Result<Vec<follow_up::FollowUp>, Fault> {
    let numbers = kin::of_all_cards(looking.overlay, customer, keys::planned, MOST_LATE)?;
    let mut planned = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(Record::FollowUp(it)) = looking.overlay.record(number)? {
            planned.push(it);
        }
    }
    Ok(planned)
}

/// The customers with whom there was no contact for longer than the quiet period (A01-27).
pub(super) fn quiet(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let Some(days) = context.profile.follow_ups.quiet_days else {
        return Ok(());
    };
    let offset = context.profile.utc_offset_minutes;
    let day = follow_up::before(context.today(), days.into());
    for owner in owners(looking, context) {
        let (from, to) = until(By::Any, owner, day, context);
        let mut left = into.most;
        into.truncated |= each_number(looking, &from, &to, |number| {
            if let Some((customer, standing)) = read(looking, number)? {
                let touched = standing.last.touched(offset);
                let since = follow_up::quiet_since(&customer, &touched, context);
                into.rows.extend(since.map(|since| Found {
                    since: Some(since),
                    ..Found::new(place(0, since, number), number, Occasion::Quiet)
                }));
                left -= 1;
            }
            Ok(left > 0)
        })?;
    }
    Ok(())
}

/// The customers with whom business was closed and who would never be called again: the site sets no interval
/// for that, and no contact is planned (A14-1.2).
pub(super) fn uncalled(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    if follow_up::calls_closed(context) {
        return Ok(());
    }
    let offset = context.profile.utc_offset_minutes;
    for owner in owners(looking, context) {
        let from = reached::of_owner(owner, By::ClosedCall);
        let mut left = into.most;
        into.truncated |= each_number(looking, &from, &keys::end_of(&from), |number| {
            if let Some(standing) = reached::standing(looking.overlay, number)?
                && kin::of_all_cards(looking.overlay, number, keys::planned, 1)?.is_empty()
            {
                let last = standing.last.call.unwrap_or(standing.registered);
                let since = last.day(offset);
                into.rows.push(Found {
                    since: Some(since),
                    ..Found::new(place(0, since, number), number, Occasion::NoInterval)
                });
                left -= 1;
            }
            Ok(left > 0)
        })?;
    }
    Ok(())
}

/// The customers in the order in which they are to be visited (A05-4.6a, A01-25).
pub(super) fn to_visit(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let offset = context.profile.utc_offset_minutes;
    for owner in owners(looking, context) {
        let from = reached::of_owner(owner, By::Turn);
        let mut left = into.most;
        into.truncated |= each_number(looking, &from, &keys::end_of(&from), |number| {
            if let Some(standing) = reached::standing(looking.overlay, number)? {
                let visit = standing.last.visit.map(|at| at.day(offset));
                let source = u8::from(standing.last.matter.is_none());
                // Whoever was never visited comes before all who were.
                into.rows.push(Found {
                    since: Some(visit.unwrap_or(standing.registered.day(offset))),
                    ..Found::new(
                        place(source, visit.unwrap_or_default(), number),
                        number,
                        Occasion::Visit,
                    )
                });
                left -= 1;
            }
            Ok(left > 0)
        })?;
    }
    Ok(())
}

/// What a customer said since the last visit (A05-4.6a).
pub(super) fn matters(looking: &Looking, customer: Number) -> Result<Vec<Number>, Fault> {
    let standing = reached::standing(looking.overlay, customer)?;
    let visit = standing.and_then(|standing| standing.last.visit);
    reached::matters(looking.overlay, customer, visit)
}
