//! What a customer bought and was quoted, as whoever asks may see it, and how they stand before the next
//! purchase (A01-06, A01-13, A03-4.1.2a-3).

use super::{Looking, access};
use crate::desk::{kin, trade};
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::preference::Standing;
use crate::domain::record::Record;
use crate::domain::transaction::Transaction;
use crate::store::Fault;

/// The entries of a customer or of a file, as much of each as whoever asks may see.
pub(super) fn entries(
    looking: &Looking,
    context: &Context,
    of: Number,
) -> Result<Vec<Transaction>, Fault> {
    let overlay = looking.overlay;
    let found = match overlay.record(access::read_as(looking, of)?)? {
        Some(Record::File(file)) => trade::of_file(overlay, &file)?,
        Some(Record::Customer(card)) => trade::of_customer(overlay, card.meta.number)?,
        _ => Vec::new(),
    };
    // Whoever may read a file whole reads what is entered in it so.
    let opened = of.kind == Kind::File && access::may_read(looking, context, of);
    let shown = found.into_iter().filter_map(|entry| {
        let number = entry.meta.number;
        let with_it = opened && entry.details.file == Some(of);
        if with_it || access::may_read(looking, context, number) {
            return Some(entry);
        }
        let mut record = Record::Transaction(entry);
        access::veil(looking, context, &mut record, None);
        match record {
            Record::Transaction(entry) => Some(entry),
            _ => None,
        }
    });
    Ok(shown.collect())
}

/// How a customer stands, by the card and by the file that an entry is to be made in.
pub(super) fn standing(
    looking: &Looking,
    customer: Option<Number>,
    file: Option<Number>,
) -> Result<Standing, Fault> {
    let overlay = looking.overlay;
    let file = match file.map(|file| overlay.record(file)).transpose()?.flatten() {
        Some(Record::File(file)) => Some(file),
        _ => None,
    };
    let customer = file.as_ref().map_or(customer, |file| file.details.customer);
    let card = match customer {
        Some(customer) => kin::card(overlay, customer)?,
        None => None,
    };
    trade::standing(overlay, card.as_ref(), file.as_ref())
}
