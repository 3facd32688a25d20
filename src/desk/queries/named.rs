//! Campaigns and surveys that are for customers who are named one by one (A01-07): read by their numbers.

use super::{Looking, campaigns};
use crate::desk::contract::ListQuery;
use crate::desk::kin;
use crate::domain::campaign::Target;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::store::Fault;

/// Whom something is for, with those who are named as the cards that stay of them, by number.
pub(super) fn settled(looking: &Looking, target: &Target) -> Result<Target, Fault> {
    let named = target.named.iter();
    let named = named.map(|number| kin::survivor(looking.overlay, *number));
    let mut named = named.collect::<Result<Vec<Number>, Fault>>()?;
    named.sort_unstable_by_key(|number| number.to_key());
    named.dedup();
    Ok(Target {
        named,
        ..target.clone()
    })
}

/// Those who are named in the order of a page and from its cursor on.
pub(super) fn page(target: &Target, query: &ListQuery) -> Vec<Number> {
    let beyond = |number: &Number| {
        let key = number.to_key();
        let after = query.after.as_ref();
        let before = query.before.as_ref();
        after.is_none_or(|it| key.as_slice() > &*it.0)
            && before.is_none_or(|it| key.as_slice() < &*it.0)
    };
    let mut named = target.named.clone();
    named.retain(beyond);
    if query.before.is_some() || query.from_end {
        named.reverse();
    }
    named
}

/// The customers of some owners who are named and not served yet; and whether there are more.
pub(super) fn whom(
    looking: &Looking,
    owners: &[Option<Number>],
    target: &Target,
    serves: Number,
    most: usize,
) -> Result<(Vec<Number>, bool), Fault> {
    let known = campaigns::served(looking, serves, &target.named, true)?;
    let mut found = Vec::new();
    for number in target.named.iter().filter(|it| !known.contains(it)) {
        if let Some(Record::Customer(customer)) = looking.overlay.record(*number)?
            && target.holds(&customer)
            && owners.contains(&customer.details.owner)
            && !campaigns::served_elsewhere(looking, serves, *number, true)?
        {
            found.push(*number);
        }
    }
    let more = found.len() > most;
    found.truncate(most);
    Ok((found, more))
}
