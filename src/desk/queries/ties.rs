//! What a customer has to do with others, the customers of a group, and how often somebody came here
//! (A14-3.1 to A14-3.3).

use super::caller::customers_with_phone;
use super::exact::with_phone;
use super::walk::{self, Table};
use super::{Looking, MOST_ROWS};
use crate::desk::contract::{At, ListQuery, Page, Row, Tie, Ties, Visits};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::attempt;
use crate::domain::customer::{Customer, Mark, Stage};
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::relation::{Relation, RelationKind};
use crate::domain::visiting;
use crate::store::{Fault, Order};

/// What a customer has to do with others.
pub(super) fn of(looking: &Looking, customer: Number) -> Result<Ties, Fault> {
    let overlay = looking.overlay;
    let cards = kin::cards(overlay, customer)?;
    let mut ties = Ties {
        absorbed: cards.iter().skip(1).copied().collect(),
        contacts: contacts(looking, customer)?.len() as u64,
        ..Ties::default()
    };
    for record in kin::related(overlay, customer)? {
        match record {
            Record::Relation(relation) if relation.is_open() => {
                add_relation(looking, &cards, &relation, &mut ties)?;
            }
            Record::Handout(handout) => {
                let given = u64::from(handout.details.count);
                ties.given = ties.given.saturating_add(given);
                ties.arrived = ties.arrived.saturating_add(handout.arrived.len() as u64);
            }
            _ => {}
        }
    }
    if !ties.central.is_empty() {
        ties.attempts = attempt::tried(&kin::follow_ups(overlay, customer)?);
    }
    Ok(ties)
}

fn add_relation(
    looking: &Looking,
    cards: &[Number],
    relation: &Relation,
    ties: &mut Ties,
) -> Result<(), Fault> {
    let details = &relation.details;
    let is_here = |end: Option<Number>| end.is_some_and(|end| cards.contains(&end));
    // What was said of two cards that are one by now is said of nobody.
    if is_here(details.from) && is_here(details.to) {
        return Ok(());
    }
    let back = !is_here(details.from);
    let other = if back { details.from } else { details.to };
    let card = match other {
        Some(other) => kin::card(looking.overlay, other)?,
        None => None,
    };
    let then = if back {
        &relation.from_name
    } else {
        &relation.to_name
    };
    let name = match &card {
        _ if details.kind.is_of_group() => details.group.clone(),
        Some(card) => card.details.name.clone(),
        None => then.clone(),
    };
    match (details.kind, back, &card) {
        (RelationKind::IntroducedBy, true, Some(card)) => {
            ties.brought += 1;
            ties.closed += u64::from(card.is(Mark::Closed));
        }
        (RelationKind::IntroducedBy, false, Some(card)) => {
            ties.matters = open_complaints(looking, card.meta.number)?;
        }
        (RelationKind::Central, ..) => ties.central.push(details.group.clone()),
        _ => {}
    }
    ties.relations.push(Tie {
        relation: relation.meta.number,
        kind: details.kind,
        back,
        other: card.map(|card| card.meta.number).or(other),
        name,
    });
    Ok(())
}

/// The newest contacts of a customer, at most as many as an answer has rows.
fn contacts(looking: &Looking, customer: Number) -> Result<Vec<Number>, Fault> {
    let found = kin::of_all_cards(looking.overlay, customer, keys::contacts, MOST_ROWS)?;
    let is_contact =
        |number: &Number| matches!(number.kind, Kind::Intake | Kind::Complaint | Kind::FollowUp);
    Ok(found.into_iter().filter(is_contact).collect())
}

/// The open complaints of a customer.
fn open_complaints(looking: &Looking, customer: Number) -> Result<Vec<Number>, Fault> {
    let mut open = Vec::new();
    for number in contacts(looking, customer)? {
        if number.kind == Kind::Complaint
            && let Some(Record::Complaint(complaint)) = looking.overlay.record(number)?
            && !complaint.state.is_final()
        {
            open.push(number);
        }
    }
    Ok(open)
}

/// A page of the customers of a group, its central persons first, each with what they have to do with
/// others (A14-3.2); with words, of those that they find.
pub(super) fn page(looking: &Looking, group: Listed, query: &ListQuery) -> Result<Page, Fault> {
    let table = Table::of(keys::in_group(group.id()), 1);
    let there = |central: bool, card: Number| -> Result<bool, Fault> {
        let prefix = keys::in_group_as(group.id(), central, card);
        let first = looking.overlay.scan_prefix(&prefix, Order::Forward, 1)?;
        Ok(!first.is_empty())
    };
    let customer = |at: &[u8], card: Number| -> Result<Option<Record>, Fault> {
        let customer = kin::survivor(looking.overlay, card)?;
        let cards = kin::cards(looking.overlay, customer)?;
        // Whoever stands there several times, by two relations or two cards, is shown at the first place.
        let central = at.first() == Some(&0);
        for one in cards.iter().take_while(|one| !central || **one != card) {
            if there(true, *one)? {
                return Ok(None);
            }
        }
        for one in cards.iter().take_while(|one| !central && **one != card) {
            if there(false, *one)? {
                return Ok(None);
            }
        }
        Ok(kin::card(looking.overlay, customer)?.map(Record::Customer))
    };
    let dress = |record: Record| -> Result<Row, Fault> {
        let number = record.number();
        let mut row = looking.row(record);
        row.ties = Some(Box::new(of(looking, number)?));
        Ok(row)
    };
    walk::page(looking, query, (&table, Order::Forward), customer, dress)
}

/// How often somebody came to one sales site, by requests and registrations, and whether it is to be asked
/// now whether they are a prospect (A14-3.3): of a visit, whoever came with it and the site it was to; of a
/// customer, the site they belong to. Nothing of somebody without a card.
pub(super) fn visits(looking: &Looking, of: Number) -> Result<Option<Visits>, Fault> {
    let rules = &looking.known.profile.customers;
    let (card, said) = match looking.overlay.record(of)? {
        Some(Record::Intake(it)) => {
            let card = match it.details.customer {
                Some(customer) => kin::card(looking.overlay, customer)?,
                None => of_phone(looking, &it.details.phone)?,
            };
            (card, it.details.sales_site)
        }
        Some(Record::Registration(row)) => {
            let card = of_phone(looking, &row.details.phone)?;
            (card, row.details.sales_site)
        }
        _ => {
            let card = kin::card(looking.overlay, of)?;
            let said = card.as_ref().map(|it| it.details.site.clone());
            (card, said.unwrap_or_default())
        }
    };
    let Some(card) = card else {
        return Ok(None);
    };
    let number = card.meta.number;
    let mut intakes = Vec::new();
    for contact in kin::of_all_cards(looking.overlay, number, keys::contacts, MOST_ROWS)? {
        if let Some(Record::Intake(it)) = looking.overlay.record(contact)? {
            intakes.push(it);
        }
    }
    let mut rows = Vec::new();
    for phone in card.details.phones.iter().filter(|it| it.label.is_own()) {
        for record in with_phone(looking.overlay, Kind::Registration, &phone.digits)? {
            if let Record::Registration(row) = record {
                rows.push(row);
            }
        }
        // Whoever came before there was a card is the same visitor.
        for record in with_phone(looking.overlay, Kind::Intake, &phone.digits)? {
            if let Record::Intake(it) = record
                && it.details.customer.is_none()
            {
                intakes.push(it);
            }
        }
    }
    let site = visiting::site(&said, rules);
    let offset = looking.known.profile.utc_offset_minutes;
    let count = visiting::times(site, &intakes, &rows, rules, offset);
    Ok(Some(Visits {
        count,
        raise: is_to_raise(looking, &card, count).then_some(At {
            number,
            version: card.meta.version,
        }),
        name: card.details.name,
        site: site.to_owned(),
    }))
}

/// The card with a telephone as the customer's own, where there is one and no other.
fn of_phone(looking: &Looking, digits: &str) -> Result<Option<Customer>, Fault> {
    let cards = customers_with_phone(looking.overlay, digits, 2)?;
    let [card] = cards.as_slice() else {
        return Ok(None);
    };
    let mut phones = card.details.phones.iter();
    if phones.any(|it| it.digits == digits && it.label.is_own()) {
        return kin::card(looking.overlay, card.meta.number);
    }
    Ok(None)
}

/// Whoever came so often and is no prospect yet may be one.
fn is_to_raise(looking: &Looking, card: &Customer, count: u32) -> bool {
    let often = looking.known.profile.customers.prospect_visits;
    let potential = card.stage() == Some(Stage::Potential);
    potential && !card.is(Mark::Prospect) && often.is_some_and(|often| count >= often)
}
