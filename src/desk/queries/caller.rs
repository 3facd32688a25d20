//! Who calls: the customer behind a number, what is open, what was last said.

use super::Looking;
use crate::desk::contract::{CallerCard, Row};
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::desk::tokens;
use crate::domain::customer::Customer;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};
use crate::text::clean;

/// Fewer digits than this fit too many people to be of use.
const FEWEST_DIGITS: usize = 3;
/// At most so many customers are shown while a number is typed.
const MOST_CUSTOMERS: usize = 8;
/// At most so many contacts are read to find the open ones.
const MOST_CONTACTS: usize = 50;
/// At most so many recent contacts are shown.
const MOST_RECENT: usize = 10;

/// Customers with exactly this telephone.
pub(in crate::desk) fn customers_with_phone(
    overlay: &Overlay,
    digits: &str,
    limit: usize,
) -> Result<Vec<Customer>, Fault> {
    customers(overlay, &format!("{digits}\0"), limit)
}

/// Customers whose telephone begins so.
fn customers(overlay: &Overlay, start: &str, limit: usize) -> Result<Vec<Customer>, Fault> {
    let mut found: Vec<Customer> = Vec::new();
    for number in with_phone(overlay, start, Kind::Customer, limit)? {
        if found.iter().any(|known| known.meta.number == number) {
            continue;
        }
        if let Some(Record::Customer(customer)) = overlay.record(number)? {
            found.push(customer);
        }
    }
    Ok(found)
}

/// Records of a kind with a telephone that begins so, the newest of them first.
fn with_phone(
    overlay: &Overlay,
    start: &str,
    kind: Kind,
    limit: usize,
) -> Result<Vec<Number>, Fault> {
    let mut prefix = vec![keys::TOKENS, tokens::PHONE];
    prefix.extend_from_slice(start.as_bytes());
    // With the whole number given, the kind is the next byte of the key; with a part of it,
    // other kinds stand between and are passed over.
    if start.ends_with('\0') {
        prefix.push(kind.code());
        let rows = overlay.scan_prefix(&prefix, Order::Backward, limit)?;
        return Ok(rows
            .iter()
            .filter_map(|(key, _)| keys::number_at_end(key))
            .collect());
    }
    let rows = overlay.scan_prefix(&prefix, Order::Forward, limit.saturating_mul(40))?;
    Ok(rows
        .iter()
        .filter_map(|(key, _)| keys::number_at_end(key))
        .filter(|number| number.kind == kind)
        .take(limit)
        .collect())
}

/// Contacts of a customer, newest first.
pub(super) fn contacts(
    looking: &Looking,
    customer: Number,
    limit: usize,
) -> Result<Vec<Row>, Fault> {
    let prefix = keys::contacts(customer);
    let rows = looking
        .overlay
        .scan_prefix(&prefix, Order::Backward, limit)?;
    looking.rows(rows.iter().filter_map(|(key, _)| keys::number_at_end(key)))
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
    let mut digits = clean::digits(typed);
    for prefix in ["0086", "86"] {
        if digits.len() > 11 && digits.starts_with(prefix) {
            digits.drain(..prefix.len());
        }
    }
    if digits.len() < FEWEST_DIGITS {
        return Ok((digits, CallerCard::default()));
    }
    let exact = customers_with_phone(looking.overlay, &digits, MOST_CUSTOMERS)?;
    let is_exact = !exact.is_empty();
    let customers = if is_exact {
        exact
    } else {
        customers(looking.overlay, &digits, MOST_CUSTOMERS)?
    };
    let mut rows: Vec<Row> = Vec::new();
    if is_exact {
        for customer in &customers {
            rows.extend(contacts(looking, customer.meta.number, MOST_CONTACTS)?);
        }
    }
    let whole = format!("{digits}\0");
    for kind in [Kind::Intake, Kind::Complaint] {
        for number in with_phone(looking.overlay, &whole, kind, MOST_CONTACTS)? {
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
    };
    Ok((digits, card))
}
