//! Cards that are one customer: which number a card leads to, and which cards are behind it (A01-21).

use std::collections::{BTreeMap, BTreeSet};

use super::keyspace as keys;
use super::overlay::Overlay;
use crate::domain::customer::Customer;
use crate::domain::dossier::{Dossier, joined};
use crate::domain::follow_up::FollowUp;
use crate::domain::merging::Merge;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// The merges under a key that hold.
fn merges(overlay: &Overlay, prefix: &[u8]) -> Result<Vec<Merge>, Fault> {
    let rows = overlay.scan_prefix(prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Merge(merge)) = overlay.record(number)? {
            found.push(merge);
        }
    }
    Ok(found)
}

/// The card that stays of whatever card a number is of; the number itself of one that was never merged.
pub(super) fn survivor(overlay: &Overlay, number: Number) -> Result<Number, Fault> {
    let mut number = number;
    if number.kind != Kind::Customer {
        return Ok(number);
    }
    let mut seen = BTreeSet::new();
    while seen.insert(number) {
        let Some(merge) = merges(overlay, &keys::merged(number))?.pop() else {
            break;
        };
        number = merge.kept;
    }
    Ok(number)
}

/// A card and all cards that went into it, the card itself first.
pub(super) fn cards(overlay: &Overlay, number: Number) -> Result<Vec<Number>, Fault> {
    let mut cards = vec![number];
    let mut place = 0;
    while let Some(card) = cards.get(place).copied() {
        for merge in merges(overlay, &keys::absorbed(card))? {
            if !cards.contains(&merge.absorbed) {
                cards.push(merge.absorbed);
            }
        }
        place += 1;
    }
    Ok(cards)
}

/// Every card that went into another, with the one that stays. They are few: two cards of one customer
/// are the exception.
pub(super) fn absorbed_cards(overlay: &Overlay) -> Result<Vec<(Number, Number)>, Fault> {
    let merges = merges(overlay, keys::MERGED)?.into_iter();
    let pairs = merges.map(|merge| Ok((merge.absorbed, survivor(overlay, merge.kept)?)));
    pairs.collect()
}

/// The same to be looked up: where a card leads of which the number is known.
pub(super) fn moved(overlay: &Overlay) -> Result<BTreeMap<Number, Number>, Fault> {
    Ok(absorbed_cards(overlay)?.into_iter().collect())
}

/// The numbers under the keys of a card and of all that went into it, newest key first, at most so many.
/// What stands behind the card in a key sorts them.
pub(super) fn of_all_cards(
    overlay: &Overlay,
    number: Number,
    prefix: impl Fn(Number) -> Vec<u8>,
    limit: usize,
) -> Result<Vec<Number>, Fault> {
    let found = placed_of_all_cards(overlay, number, prefix, limit)?;
    Ok(found.into_iter().map(|(_, number)| number).collect())
}

/// The same, each with what stands behind the card in its key.
pub(super) fn placed_of_all_cards(
    overlay: &Overlay,
    number: Number,
    prefix: impl Fn(Number) -> Vec<u8>,
    limit: usize,
) -> Result<Vec<(Vec<u8>, Number)>, Fault> {
    let mut found: Vec<(Vec<u8>, Number)> = Vec::new();
    for card in cards(overlay, number)? {
        let prefix = prefix(card);
        for (key, _) in overlay.scan_prefix(&prefix, Order::Backward, limit)? {
            let place = key.get(prefix.len()..).unwrap_or_default().to_vec();
            found.extend(keys::number_at_end(&key).map(|number| (place, number)));
        }
    }
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    // What two cards that are one have to do with each other stands under both.
    found.dedup();
    found.truncate(limit);
    Ok(found)
}

/// The profiles of a customer, the one of the card that stays first; each as it is stored.
pub(super) fn dossiers(overlay: &Overlay, customer: Number) -> Result<Vec<Dossier>, Fault> {
    let mut found = Vec::new();
    for card in cards(overlay, survivor(overlay, customer)?)? {
        let rows = overlay.scan_prefix(&keys::dossier_of(card), Order::Forward, 1)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Dossier(dossier)) = overlay.record(number)? {
                found.push(dossier);
            }
        }
    }
    Ok(found)
}

/// The profile of a customer over all their cards, if there is one (A01-21).
pub(super) fn dossier(overlay: &Overlay, customer: Number) -> Result<Option<Dossier>, Fault> {
    let customer = survivor(overlay, customer)?;
    Ok(whole(&dossiers(overlay, customer)?, customer))
}

/// The profile over some profiles of one customer, as that of the card that stays.
pub(super) fn whole(dossiers: &[Dossier], customer: Number) -> Option<Dossier> {
    let (first, others) = dossiers.split_first()?;
    Some(Dossier {
        customer,
        ..joined(first, others)
    })
}

/// The contacts that were had for a campaign, with one customer over all their cards or with
/// everybody: each as one of the card that stays, so that nobody is counted twice.
pub(super) fn served(
    overlay: &Overlay,
    campaign: Number,
    with: Option<Number>,
) -> Result<Vec<FollowUp>, Fault> {
    let moved = moved(overlay)?;
    let mut prefixes = Vec::new();
    match with {
        Some(customer) => {
            for card in cards(overlay, survivor(overlay, customer)?)? {
                prefixes.push(keys::serving_with(campaign, true, card));
            }
        }
        None => prefixes.push(keys::serving(campaign, true)),
    }
    let mut had = Vec::new();
    for prefix in prefixes {
        let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::FollowUp(mut it)) = overlay.record(number)? {
                let customer = &mut it.details.customer;
                *customer = customer.map(|card| moved.get(&card).copied().unwrap_or(card));
                had.push(it);
            }
        }
    }
    Ok(had)
}

/// The card that stays of whatever card a number is of, if it is there.
pub(super) fn card(overlay: &Overlay, number: Number) -> Result<Option<Customer>, Fault> {
    let record = overlay.record(survivor(overlay, number)?)?;
    Ok(record.and_then(|record| match record {
        Record::Customer(customer) if !customer.meta.void => Some(customer),
        _ => None,
    }))
}

/// The numbers of the follow-ups that were had or tried with a customer, newest first.
pub(super) fn contacted(overlay: &Overlay, number: Number) -> Result<Vec<Number>, Fault> {
    let mut found = of_all_cards(overlay, number, keys::contacts, usize::MAX)?;
    found.retain(|it| it.kind == Kind::FollowUp);
    Ok(found)
}

/// The follow-ups with a customer: those that were had or tried, and those that are planned.
pub(super) fn follow_ups(overlay: &Overlay, number: Number) -> Result<Vec<FollowUp>, Fault> {
    let mut numbers = contacted(overlay, number)?;
    numbers.extend(of_all_cards(overlay, number, keys::planned, usize::MAX)?);
    let mut found = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(Record::FollowUp(it)) = overlay.record(number)?
            && !it.meta.void
        {
            found.push(it);
        }
    }
    Ok(found)
}

/// The records of relations, introductions and material that a customer has to do with, newest first.
pub(super) fn related(overlay: &Overlay, number: Number) -> Result<Vec<Record>, Fault> {
    let numbers = of_all_cards(overlay, number, keys::related, usize::MAX)?;
    let records = numbers.into_iter().map(|number| overlay.record(number));
    records.filter_map(Result::transpose).collect()
}

/// Who brought a customer, who brought that one, and so on, from the customer itself upwards. A circle
/// ends where it closes.
pub(super) fn chain(overlay: &Overlay, number: Number) -> Result<Vec<(Number, String)>, Fault> {
    let mut chain: Vec<(Number, String)> = Vec::new();
    let mut next = Some(survivor(overlay, number)?);
    while let Some(number) = next.take() {
        if chain.iter().any(|(known, _)| *known == number) {
            break;
        }
        let name = card(overlay, number)?.map(|customer| customer.details.name);
        chain.push((number, name.unwrap_or_else(|| number.to_string())));
        next = brought_by(overlay, number)?.pop();
    }
    Ok(chain)
}

/// Who brought a customer, newest first; several only where cards were merged that different people
/// brought. What was said of two cards that are one by now is said of nobody.
fn brought_by(overlay: &Overlay, number: Number) -> Result<Vec<Number>, Fault> {
    let mut found = Vec::new();
    for record in related(overlay, number)? {
        if let Record::Relation(relation) = record
            && let Some((from, to)) = relation.brought()
            && survivor(overlay, from)? == number
        {
            let to = survivor(overlay, to)?;
            found.extend((to != number).then_some(to));
        }
    }
    Ok(found)
}

/// Whether one customer is among those who led to another, by however many in between.
pub(super) fn led_to(overlay: &Overlay, one: Number, other: Number) -> Result<bool, Fault> {
    let mut seen = BTreeSet::new();
    let mut waits = vec![other];
    while let Some(number) = waits.pop() {
        for above in brought_by(overlay, number)? {
            if above == one {
                return Ok(true);
            }
            if seen.insert(above) {
                waits.push(above);
            }
        }
    }
    Ok(false)
}
