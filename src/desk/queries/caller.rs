//! Who calls: the customer behind a number, what is open, what was last said.

use super::Looking;
use super::exact::numbers_with_phone;
use super::search::Hunt;
use crate::desk::contract::{CallerCard, Row};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::overlay::Overlay;
use crate::desk::words::{FEWEST_DIGITS, typed_phone};
use crate::domain::customer::Customer;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::Fault;

/// At most so many customers are shown while a number is typed.
const MOST_CUSTOMERS: usize = 8;
/// At most so many contacts are read to find the open ones.
const MOST_CONTACTS: usize = 50;
/// At most so many recent contacts are shown.
const MOST_RECENT: usize = 10;

/// Customers with exactly this telephone, the newest first.
pub(in crate::desk) fn customers_with_phone(
    overlay: &Overlay,
    digits: &str,
    limit: usize,
) -> Result<Vec<Customer>, Fault> {
    let mut found = Vec::new();
    for number in numbers_with_phone(overlay, Kind::Customer, digits, limit)? {
        if let Some(Record::Customer(customer)) = overlay.record(number)? {
            found.push(customer);
        }
    }
    Ok(found)
}

/// Customers whose telephone begins or ends so, the newest first.
fn customers_like(looking: &Looking, digits: &str, limit: usize) -> Result<Vec<Customer>, Fault> {
    let hunt = Hunt::telephone(looking, digits);
    let mut records = hunt.records(Kind::Customer, None, None);
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(record) = records.next()?
    {
        if let Record::Customer(customer) = record {
            found.push(customer);
        }
    }
    Ok(found)
}

/// Contacts of a customer, newest first.
pub(super) fn contacts(
    looking: &Looking,
    customer: Number,
    limit: usize,
) -> Result<Vec<Row>, Fault> {
    let customer = kin::survivor(looking.overlay, customer)?;
    let numbers = kin::of_all_cards(looking.overlay, customer, keys::contacts, limit)?;
    looking.rows(numbers)
}

/// The customers with a telephone of a customer's card, but for that customer.
pub(super) fn twins(looking: &Looking, customer: Number) -> Result<Vec<Row>, Fault> {
    let Some(card) = kin::card(looking.overlay, customer)? else {
        return Ok(Vec::new());
    };
    let mut found: Vec<Number> = Vec::new();
    for phone in &card.details.phones {
        for twin in customers_with_phone(looking.overlay, &phone.digits, MOST_CUSTOMERS)? {
            let number = kin::survivor(looking.overlay, twin.meta.number)?;
            if number != card.meta.number && !found.contains(&number) {
                found.push(number);
            }
        }
    }
    looking.rows(found)
}

fn is_open(row: &Row) -> bool {
    match &row.record {
        Record::Intake(intake) => intake.is_open(),
        Record::Complaint(complaint) => !complaint.state.is_final(),
        _ => false,
    }
}

/// Everything known of a number while it is typed, and its digits as they are stored.
pub(super) fn card(looking: &Looking, typed: &str) -> Result<(String, CallerCard), Fault> {
    let digits = typed_phone(typed);
    if digits.len() < FEWEST_DIGITS {
        return Ok((digits, CallerCard::default()));
    }
    let exact = customers_with_phone(looking.overlay, &digits, MOST_CUSTOMERS)?;
    let is_exact = !exact.is_empty();
    let customers = if is_exact {
        exact
    } else {
        customers_like(looking, &digits, MOST_CUSTOMERS)?
    };
    let mut rows: Vec<Row> = Vec::new();
    if is_exact {
        for customer in &customers {
            rows.extend(contacts(looking, customer.meta.number, MOST_CONTACTS)?);
        }
    }
    for kind in [Kind::Intake, Kind::Complaint] {
        for number in numbers_with_phone(looking.overlay, kind, &digits, MOST_CONTACTS)? {
            if rows.iter().all(|row| row.record.number() != number) {
                rows.extend(looking.rows([number])?);
            }
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.record.meta().created_at));
    let open = rows.iter().filter(|row| is_open(row)).cloned().collect();
    rows.truncate(MOST_RECENT);
    let card = CallerCard {
        customers,
        exact: is_exact,
        open,
        recent: rows,
        tastes: Vec::new(),
        ownership: None,
    };
    Ok((digits, card))
}
