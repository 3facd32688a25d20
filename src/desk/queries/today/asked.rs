//! Whom a campaign is for who was not told yet, and who is to be greeted at a holiday (A01-28, A01-31,
//! A14-2.9.2). Both follow from the customer and from the contacts that were had for it.

use std::collections::BTreeSet;

use super::{CAMPAIGNS, Found, Gathered, HOLIDAYS, each_number, owners, place};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::{Looking, campaigns};
use crate::desk::reached::{self, By};
use crate::domain::campaign::Target;
use crate::domain::context::Context;
use crate::domain::follow_up::Occasion;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// Who is to be greeted at the holidays that are there or near: once each where business was closed with
/// them and they are no key customer (A14-2.9.2).
pub(super) fn holidays(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let rules = &context.profile.follow_ups;
    if !rules.holiday_greetings {
        return Ok(());
    }
    let absorbed = kin::absorbed_cards(looking.overlay)?;
    let today = context.today();
    let near = today.plus(rules.holiday_days.unwrap_or_default().into());
    for holiday in context.calendar.holidays(today.0, near.0) {
        let first = Day(holiday.first);
        for owner in owners(looking, context) {
            let from = reached::of_owner(owner, By::Ordinary);
            let mut left = into.most;
            into.truncated |= each_number(looking, &from, &keys::end_of(&from), |number| {
                let mut greeted = false;
                for card in std::iter::once(number).chain(gone_into(&absorbed, number)) {
                    let key = keys::greeted(first, card);
                    let rows = looking.overlay.scan_prefix(&key, Order::Forward, 1)?;
                    greeted |= !rows.is_empty();
                }
                if !greeted {
                    into.rows.push(Found {
                        since: Some(first),
                        ..Found::new(place(HOLIDAYS, first, number), number, Occasion::Holiday)
                    });
                    left -= 1;
                }
                Ok(left > 0)
            })?;
        }
    }
    Ok(())
}

/// The cards that went into a card.
fn gone_into(
    absorbed: &[(Number, Number)],
    kept: Number,
) -> impl Iterator<Item = Number> + use<'_> {
    let those = absorbed.iter().filter(move |(_, into)| *into == kept);
    those.map(|(card, _)| *card)
}

/// Whom the campaigns that are not over are for, until they were told or it is planned (A01-28, A01-31).
pub(super) fn campaigns(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let moved = kin::moved(looking.overlay)?;
    for campaign in campaigns::not_over(looking)? {
        let serves = campaign.meta.number;
        let mut known = BTreeSet::new();
        for had in [true, false] {
            let prefix = keys::serving(serves, had);
            let rows = looking
                .overlay
                .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
            let served = rows.iter();
            let served = served.filter_map(|(key, _)| keys::served_customer(key));
            // Who was told under a card that went into another was told.
            known.extend(served.map(|card| moved.get(&card).copied().unwrap_or(card)));
        }
        let target = &campaign.details.target;
        let (numbers, more) = whom(looking, context, target, &known, into.most)?;
        into.truncated |= more;
        into.rows.extend(numbers.into_iter().map(|number| {
            let mut place = place(CAMPAIGNS, campaign.until(), serves);
            place.extend_from_slice(&number.to_key());
            Found {
                serves: Some(serves),
                ..Found::new(place, number, Occasion::Campaign)
            }
        }));
    }
    Ok(())
}

/// The customers of whoever asks, and those who are nobody's, whom something is for and who are not
/// `served` yet; and whether there may be more. Of the lists in which all of them stand the shortest is
/// read, and only the cards of those who stand in the others too.
pub(super) fn whom(
    looking: &Looking,
    context: &Context,
    target: &Target,
    served: &BTreeSet<Number>,
    most: usize,
) -> Result<(Vec<Number>, bool), Fault> {
    let mut found = Vec::new();
    let mut truncated = false;
    for owner in owners(looking, context) {
        let mut lists = campaigns::lists(target);
        lists.push(super::of(owner));
        let mut sized = Vec::with_capacity(lists.len());
        for filter in lists {
            let tag = index::tag(Kind::Customer, filter);
            let count = keys::count(Kind::Customer, &tag.bytes());
            let count: u64 = looking.overlay.unpacked(&count)?.unwrap_or(0);
            let prefix =
                index::list_prefix(Kind::Customer, tag, crate::desk::contract::Sort::Oldest);
            sized.push((count, prefix));
        }
        sized.sort();
        let mut prefixes = sized.into_iter().map(|(_, prefix)| prefix);
        let (from, to) = campaigns::placed(target).map_or_else(
            || {
                let from = prefixes.next().unwrap_or_default();
                let to = keys::end_of(&from);
                (from, to)
            },
            |from| {
                let to = keys::end_of(&from);
                (from, to)
            },
        );
        let others: Vec<Vec<u8>> = prefixes.collect();
        let mut left = most;
        truncated |= each_number(looking, &from, &to, |number| {
            if served.contains(&number) {
                return Ok(true);
            }
            for list in &others {
                let key = [list.as_slice(), &number.to_key()].concat();
                if looking.overlay.get(&key)?.is_none() {
                    return Ok(true);
                }
            }
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)?
                && target.holds(&customer)
            {
                found.push(number);
                left -= 1;
            }
            Ok(left > 0)
        })?;
    }
    Ok((found, truncated))
}
