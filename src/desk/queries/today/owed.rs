//! To whom a call or a visit is owed, who has been quiet, and in which order customers are to be visited
//! (A01-16, A01-25, A01-27, A05-4.6a, A14-1.2): what follows from the contacts of each customer.

use super::contacts::touched;
use super::{Found, Gathered, place, walk};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::Looking;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::follow_up::{self, Occasion};
use crate::store::Fault;

/// Whether the site asks for any of it.
pub(super) fn is_asked_for(context: &Context) -> bool {
    let rules = &context.profile.follow_ups;
    let days = [
        rules.call_days,
        rules.visit_days,
        rules.closed_days,
        rules.quiet_days,
    ];
    days.iter().any(Option::is_some)
}

/// What is owed to a customer with whom nothing is planned (A01-16, A01-27, A14-1.2).
pub(super) fn of(
    looking: &Looking,
    context: &Context,
    customer: &Customer,
) -> Result<Option<Found>, Fault> {
    let number = customer.meta.number;
    let touched = touched(looking, number)?;
    let Some((occasion, since)) = follow_up::owed(customer, &touched, context) else {
        return Ok(None);
    };
    let planned = kin::of_all_cards(looking.overlay, number, keys::planned, 1)?;
    Ok(planned.is_empty().then(|| Found {
        since: Some(since),
        ..Found::new(place(super::OWED, since, number), number, occasion)
    }))
}

/// The customers with whom there was no contact for longer than the quiet period (A01-27).
pub(super) fn quiet(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    walk(looking, context, into, |customer, rows| {
        let number = customer.meta.number;
        let touched = touched(looking, number)?;
        rows.extend(
            follow_up::quiet_since(customer, &touched, context).map(|since| Found {
                since: Some(since),
                ..Found::new(place(0, since, number), number, Occasion::Quiet)
            }),
        );
        Ok(())
    })
}

/// The customers in the order in which they are to be visited (A05-4.6a, A01-25).
pub(super) fn to_visit(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    walk(looking, context, into, |customer, rows| {
        let number = customer.meta.number;
        let touched = touched(looking, number)?;
        let registered = customer
            .meta
            .created_at
            .day(context.profile.utc_offset_minutes);
        let since = touched.visit.unwrap_or(registered);
        // Whoever was never visited comes before all who were.
        let order = touched.visit.unwrap_or_default();
        let source = u8::from(touched.matters.is_empty());
        rows.push(Found {
            since: Some(since),
            matters: touched.matters,
            ..Found::new(place(source, order, number), number, Occasion::Visit)
        });
        Ok(())
    })
}
