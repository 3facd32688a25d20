//! What the reports of a month on customers are made of: referrals, relationships, the catalogue (A14-0,
//! A01-04, A01-09).

use std::collections::BTreeMap;

use super::monthly::all;
use super::{Looking, ties};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::context::Context;
use crate::domain::customer::{Customer, Mark};
use crate::domain::fines::Month;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::referrals::{self, Known, Referrals};
use crate::domain::relation::Relation;
use crate::domain::relationships::{self, DealingsWith, Relationships};
use crate::domain::service_item::{self, Catalogue};
use crate::store::Fault;

/// Who brought whom up to the end of a month.
pub(super) fn referrals(
    looking: &Looking,
    month: Month,
    context: &Context,
) -> Result<Referrals, Fault> {
    let mut relations: Vec<Relation> = all(looking, Kind::Relation, |record| match record {
        Record::Relation(it) => Some(it),
        _ => None,
    })?;
    let mut handouts = all(looking, Kind::Handout, |record| match record {
        Record::Handout(it) => Some(it),
        _ => None,
    })?;
    // What was said of a card that went into another is said of that one.
    let ends = relations
        .iter_mut()
        .flat_map(|it| [&mut it.details.from, &mut it.details.to]);
    for end in ends.chain(handouts.iter_mut().map(|it| &mut it.details.customer)) {
        if let Some(number) = *end {
            *end = Some(kin::survivor(looking.overlay, number)?);
        }
    }
    let mut known = BTreeMap::new();
    for number in referrals::mentioned(&relations, &handouts) {
        if let Some(card) = kin::card(looking.overlay, number)? {
            let of = Known {
                closed: card.is(Mark::Closed),
                contacts: ties::of(looking, number)?.contacts,
                name: card.details.name,
            };
            known.insert(number, of);
        }
    }
    Ok(referrals::referrals(
        month, &relations, &handouts, &known, context,
    ))
}

/// What there was with each customer in a month.
pub(super) fn relationships(
    looking: &Looking,
    month: Month,
    context: &Context,
) -> Result<Relationships, Fault> {
    let customers: Vec<Customer> = all(looking, Kind::Customer, |record| match record {
        Record::Customer(it) => Some(it),
        _ => None,
    })?;
    let mut rows = Vec::with_capacity(customers.len());
    for customer in customers {
        let number = customer.meta.number;
        let dealings = relationships::dealings(month, &history(looking, number)?, context);
        rows.push(DealingsWith {
            customer: number,
            name: customer.details.name,
            dealings,
        });
    }
    Ok(relationships::relationships(month, rows, context))
}

/// Everything that is kept of a customer.
fn history(looking: &Looking, customer: Number) -> Result<Vec<Record>, Fault> {
    let numbers = kin::of_all_cards(looking.overlay, customer, keys::contacts, usize::MAX)?;
    let records = numbers.into_iter().map(|it| looking.overlay.record(it));
    records.filter_map(Result::transpose).collect()
}

/// The catalogue of services in a month.
pub(super) fn catalogue(
    looking: &Looking,
    month: Month,
    context: &Context,
) -> Result<Catalogue, Fault> {
    let items = all(looking, Kind::ServiceItem, |record| match record {
        Record::ServiceItem(it) => Some(it),
        _ => None,
    })?;
    Ok(service_item::catalogue(month, &items, context))
}
