//! What a customer bought and was quoted, and what was learnt of them: on the card, on cards that went into
//! it, and in the customer's files (A01-06, A01-13, A03-4.1.2a-3).

use super::keyspace as keys;
use super::kin;
use super::overlay::Overlay;
use crate::domain::archive::ArchiveFile;
use crate::domain::customer::{Customer, Mark};
use crate::domain::number::{Kind, Number};
use crate::domain::preference::Standing;
use crate::domain::record::Record;
use crate::domain::transaction::Transaction;
use crate::store::{Fault, Order};

/// The entries among records.
fn entries(
    overlay: &Overlay,
    numbers: impl IntoIterator<Item = Number>,
) -> Result<Vec<Transaction>, Fault> {
    let mut found = Vec::new();
    for number in numbers
        .into_iter()
        .filter(|it| it.kind == Kind::Transaction)
    {
        if let Some(Record::Transaction(entry)) = overlay.record(number)? {
            found.extend((!entry.meta.void).then_some(entry));
        }
    }
    Ok(found)
}

/// The entries of a customer over all their cards, those in files among them, the oldest first.
pub(super) fn of_customer(overlay: &Overlay, customer: Number) -> Result<Vec<Transaction>, Fault> {
    let numbers = kin::of_all_cards(overlay, customer, keys::contacts, usize::MAX)?;
    Ok(by_day(entries(overlay, numbers)?))
}

/// The entries in a file and those on the card of its customer, the oldest first (A03-4.1.2a-3).
pub(super) fn of_file(overlay: &Overlay, file: &ArchiveFile) -> Result<Vec<Transaction>, Fault> {
    let mut found = in_file(overlay, file.meta.number)?;
    if let Some(customer) = file.details.customer {
        let customer = kin::survivor(overlay, customer)?;
        let others = of_customer(overlay, customer)?;
        found.extend(others.into_iter().filter(|it| it.details.file.is_none()));
    }
    Ok(by_day(found))
}

fn in_file(overlay: &Overlay, file: Number) -> Result<Vec<Transaction>, Fault> {
    let rows = overlay.scan_prefix(&keys::belongs_to(file), Order::Forward, usize::MAX)?;
    entries(
        overlay,
        rows.iter().filter_map(|(key, _)| keys::number_at_end(key)),
    )
}

fn by_day(mut entries: Vec<Transaction>) -> Vec<Transaction> {
    entries.sort_by_key(|it| (it.on(), it.meta.number));
    entries
}

/// How a customer stands before an entry: with an earlier purchase on the card or in any file, and of good
/// credit (A01-06, A01-13).
pub(super) fn standing(
    overlay: &Overlay,
    card: Option<&Customer>,
    file: Option<&ArchiveFile>,
) -> Result<Standing, Fault> {
    let mut earlier = match card {
        Some(card) => of_customer(overlay, card.meta.number)?,
        None => Vec::new(),
    };
    if let Some(file) = file {
        earlier.extend(in_file(overlay, file.meta.number)?);
    }
    Ok(Standing {
        returning: earlier.iter().any(Transaction::is_purchase),
        good_credit: card.is_some_and(|card| card.is(Mark::GoodCredit)),
    })
}

/// The files of a customer over all their cards.
pub(super) fn files(overlay: &Overlay, customer: Number) -> Result<Vec<ArchiveFile>, Fault> {
    let mut found = Vec::new();
    for card in kin::cards(overlay, customer)? {
        let rows = overlay.scan_prefix(&keys::of_customer(card), Order::Forward, usize::MAX)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::File(file)) = overlay.record(number)? {
                found.extend((!file.meta.void).then_some(file));
            }
        }
    }
    Ok(found)
}
