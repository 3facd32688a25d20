//! Whose birthday is to be greeted: a source of the list of the day (A14-2.4, A14-2.9.1a).
//!
//! Birthdays stand under their month and day, solar and lunar ones apart, so that a day costs as much as
//! there are birthdays on it.

use std::collections::BTreeSet;

use super::today::{each_number, people};
use super::{Looking, MOST_LATE};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::reached;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::greeting::{self, Greeting};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::Fault;

/// A customer who is to be greeted, or somebody of whose family is.
pub(super) struct Born {
    pub customer: Customer,
    pub greeting: Greeting,
}

/// The birthdays that whoever asks is to greet: of their own customers, of those for whom they stand in, and of
/// those who are nobody's.
/// Whether there may be more is said beside them.
pub(super) fn due(looking: &Looking, context: &Context) -> Result<(Vec<Born>, bool), Fault> {
    let profile = context.profile;
    let mut found = Vec::new();
    let mut more = false;
    let Some(rules) = profile
        .greetings
        .as_ref()
        .filter(|_| profile.dossier.is_some())
    else {
        return Ok((found, more));
    };
    for day in greeting::days(rules, looking.today()) {
        more |= on(looking, context, day, &mut found)?;
    }
    Ok((found, more))
}

fn on(looking: &Looking, context: &Context, day: Day, into: &mut Vec<Born>) -> Result<bool, Fault> {
    let people = people(looking, context);
    let mut numbers = Vec::new();
    for place in greeting::places(day) {
        let from = keys::born(place);
        each_number(looking, &from, &keys::end_of(&from), |number| {
            numbers.push(number);
            Ok(true)
        })?;
    }
    numbers.sort_unstable();
    numbers.dedup();
    let mut seen = BTreeSet::new();
    let mut left = MOST_LATE;
    for number in numbers {
        let Some(Record::Dossier(found)) = looking.overlay.record(number)? else {
            continue;
        };
        // Of several cards that are one all birthdays are looked at once (A01-21).
        let survivor = kin::survivor(looking.overlay, found.customer)?;
        if !seen.insert(survivor) {
            continue;
        }
        // Whose customer it is, without the card.
        let Some(standing) = reached::standing(looking.overlay, survivor)? else {
            continue;
        };
        if standing.owner.is_some_and(|owner| !people.contains(&owner)) {
            continue;
        }
        let (Some(customer), Some(dossier)) = (
            kin::card(looking.overlay, survivor)?,
            kin::dossier(looking.overlay, survivor)?,
        ) else {
            continue;
        };
        let due = greeting::due(&dossier, &customer, day, context);
        if due.len() > left {
            return Ok(true);
        }
        left -= due.len();
        into.extend(due.into_iter().map(|greeting| Born {
            customer: customer.clone(),
            greeting,
        }));
    }
    Ok(false)
}
