//! Records that have exactly this: a telephone, the number of another system, or the borrower.

use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};
use crate::text::clean;

/// Of one number at most so many records are looked at: no register uses a number more often.
const MOST: usize = 64;

/// Records of a kind that have a number in another system, the newest first.
pub(in crate::desk) fn with_external(
    overlay: &Overlay,
    kind: Kind,
    external: &str,
) -> Result<Vec<Record>, Fault> {
    let external = clean::name(external);
    if external.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = having(overlay, keys::external(&external), kind)?;
    found.retain(|record| of_another_system(record) == Some(&external));
    Ok(found)
}

/// Records of a kind with exactly this telephone, the newest first.
pub(in crate::desk) fn with_phone(
    overlay: &Overlay,
    kind: Kind,
    digits: &str,
) -> Result<Vec<Record>, Fault> {
    if digits.is_empty() {
        return Ok(Vec::new());
    }
    having(overlay, keys::phone(digits), kind)
}

/// The numbers of records of a kind with exactly this telephone, at most so many, the newest first.
pub(super) fn numbers_with_phone(
    overlay: &Overlay,
    kind: Kind,
    digits: &str,
    limit: usize,
) -> Result<Vec<Number>, Fault> {
    numbers(overlay, keys::phone(digits), kind, limit)
}

/// Loans to a borrower of exactly this name, the newest first.
pub(in crate::desk) fn lent_to(overlay: &Overlay, borrower: &str) -> Result<Vec<Record>, Fault> {
    let borrower = clean::name(borrower);
    if borrower.is_empty() {
        return Ok(Vec::new());
    }
    having(overlay, keys::lent_to(&borrower), Kind::Loan)
}

fn having(overlay: &Overlay, prefix: Vec<u8>, kind: Kind) -> Result<Vec<Record>, Fault> {
    let numbers = numbers(overlay, prefix, kind, MOST)?;
    let records = numbers.into_iter().map(|number| overlay.record(number));
    records.filter_map(Result::transpose).collect()
}

fn numbers(
    overlay: &Overlay,
    mut prefix: Vec<u8>,
    kind: Kind,
    limit: usize,
) -> Result<Vec<Number>, Fault> {
    prefix.push(kind.code());
    let rows = overlay.scan_prefix(&prefix, Order::Backward, limit)?;
    let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
    Ok(numbers.collect())
}

fn of_another_system(record: &Record) -> Option<&String> {
    match record {
        Record::Customer(customer) => Some(&customer.details.external),
        Record::Intake(intake) => Some(&intake.details.external),
        Record::Complaint(complaint) => Some(&complaint.details.external),
        Record::File(file) => Some(&file.details.external),
        _ => None,
    }
}
