//! The cards that are to be confirmed (A01-23): a range of keys of each list of customers.

use super::{Found, Gathered, numbers, of, owners, place};
use crate::desk::contract::Sort;
use crate::desk::index;
use crate::desk::queries::Looking;
use crate::domain::context::Context;
use crate::domain::follow_up::{self, Occasion};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::store::Fault;

/// The cards that are to be confirmed, the longest unconfirmed first (A01-23).
pub(super) fn gather(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let Some(last) = follow_up::last_unconfirmed(context) else {
        return Ok(());
    };
    for owner in owners(looking, context) {
        let tag = index::tag(Kind::Customer, of(owner));
        let from = index::list_prefix(Kind::Customer, tag, Sort::Due);
        let mut to = from.clone();
        to.extend_from_slice(&last.ordinal().saturating_add(1).to_be_bytes());
        let (numbers, more) = numbers(looking, &from, &to, into.most)?;
        into.truncated |= more;
        for number in numbers {
            let Some(Record::Customer(customer)) = looking.overlay.record(number)? else {
                continue;
            };
            let place = place(super::CARDS, customer.confirmed_on, number);
            into.rows.push(Found {
                since: follow_up::unconfirmed_since(&customer, context),
                ..Found::new(place, number, Occasion::Card)
            });
        }
    }
    Ok(())
}
