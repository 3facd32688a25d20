//! Everything that there was with a customer, the newest first: contacts, what is planned, relations and
//! merges, and the loans of their file; of each as much as is shown (A01-02, A01-21).

use super::Looking;
use crate::desk::contract::Row;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// So many of the newest of what there was with a customer over all cards.
pub(super) fn rows(looking: &Looking, customer: Number, limit: usize) -> Result<Vec<Row>, Fault> {
    let customer = kin::survivor(looking.overlay, customer)?;
    let mut found = kin::placed_of_all_cards(looking.overlay, customer, keys::contacts, limit)?;
    found.extend(kin::placed_of_all_cards(
        looking.overlay,
        customer,
        keys::events,
        limit,
    )?);
    found.extend(loans(looking, customer, limit)?);
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.truncate(limit);
    looking.rows(found.into_iter().map(|(_, number)| number))
}

/// The newest loans of the customer's files, each with its place in time.
fn loans(
    looking: &Looking,
    customer: Number,
    limit: usize,
) -> Result<Vec<(Vec<u8>, Number)>, Fault> {
    let mut found = Vec::new();
    for file in kin::of_all_cards(looking.overlay, customer, keys::of_customer, usize::MAX)? {
        let mut prefix = keys::belongs_to(file);
        prefix.push(Kind::Loan.code());
        let rows = looking
            .overlay
            .scan_prefix(&prefix, Order::Backward, limit)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Loan(loan)) = looking.overlay.record(number)?
                && !loan.meta.void
            {
                let place = [&keys::stamp_bytes(loan.lent_at)[..], &number.to_key()].concat();
                found.push((place, number));
            }
        }
    }
    Ok(found)
}
