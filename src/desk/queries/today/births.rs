//! The birthdays that are to be greeted (A14-2.4).

use super::{BIRTHDAYS, Found, Gathered, place};
use crate::desk::queries::{Looking, birthdays};
use crate::domain::context::Context;
use crate::domain::follow_up::Occasion;
use crate::store::Fault;

/// The birthdays that are to be greeted, in the order of their days.
pub(super) fn gather(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let (due, more) = birthdays::due(looking, context)?;
    into.truncated |= more;
    into.rows.extend(due.into_iter().map(|born| {
        let number = born.customer.meta.number;
        let mut place = place(BIRTHDAYS, born.greeting.on, number);
        place.extend_from_slice(born.greeting.key.as_bytes());
        Found {
            since: Some(born.greeting.on),
            greeting: Some(born.greeting),
            ..Found::new(place, number, Occasion::Birthday)
        }
    }));
    Ok(())
}
