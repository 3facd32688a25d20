//! The index made anew, in place, where another version of the program made the one there is.
//!
//! The records stay as they are, so a store whose journal has a damaged frame in its middle comes
//! through it. Which version made an index is written last: a rebuild that was broken off is begun
//! again at the next opening.

use std::collections::BTreeMap;

use super::engine::Desk;
use super::index;
use super::keyspace as keys;
use super::open::Rows;
use super::overlay::Overlay;
use super::reached;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::store::{Batch, Fault, codec};

/// So many changes are written at once.
const CHANGES: usize = 4_000;

/// The mark of the index that this version of the program makes.
pub(super) fn mark() -> Result<(Vec<u8>, Vec<u8>), Fault> {
    Ok((keys::INDEX.to_vec(), codec::pack(&index::VERSION)?))
}

impl Desk {
    /// Makes the index anew unless this version of the program made it.
    pub(super) fn bring_index_up_to_date(&mut self) -> Result<(), Fault> {
        let made_by: Option<u32> = Overlay::new(&*self.home.store).unpacked(keys::INDEX)?;
        if made_by == Some(index::VERSION) {
            return Ok(());
        }
        let mut batch = Batch::default();
        for table in keys::DERIVED.into_iter().chain([keys::COUNTS]) {
            let mut rows = Rows::new(&self.home, vec![table]);
            while let Some((key, _)) = rows.next()? {
                batch.changes.push((key, None));
                self.commit_when_full(&mut batch)?;
            }
        }
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        let mut rows = Rows::new(&self.home, vec![keys::RECORDS]);
        while let Some((key, _)) = rows.next()? {
            let Some(number) = keys::number_at_end(&key) else {
                continue;
            };
            let Some(record) = Overlay::new(&*self.home.store).record(number)? else {
                continue;
            };
            for tag in index::tags(&record) {
                *counts
                    .entry(keys::count(number.kind, &tag.bytes()))
                    .or_default() += 1;
            }
            let entries = index::entries(&record).into_iter();
            batch
                .changes
                .extend(entries.map(|(key, value)| (key, Some(value))));
            self.commit_when_full(&mut batch)?;
        }
        for (key, count) in counts {
            batch.changes.push((key, Some(codec::pack(&count)?)));
        }
        self.home.store.commit(&std::mem::take(&mut batch))?;
        self.reach_anew(&mut batch)?;
        let (key, value) = mark()?;
        batch.changes.push((key, Some(value)));
        self.home.store.commit(&batch)?;
        Ok(())
    }

    /// When each customer was last reached: what follows from the contacts, once these are in.
    fn reach_anew(&self, batch: &mut Batch) -> Result<(), Fault> {
        let mut rows = Rows::new(&self.home, vec![keys::RECORDS, Kind::Customer.code()]);
        while let Some((key, _)) = rows.next()? {
            let overlay = Overlay::new(&*self.home.store);
            let number = keys::number_at_end(&key);
            let record = number.map(|number| overlay.record(number)).transpose()?;
            if let Some(Some(Record::Customer(customer))) = record {
                let rows = reached::entries(&overlay, &customer)?.into_iter();
                batch
                    .changes
                    .extend(rows.map(|(key, value)| (key, Some(value))));
                self.commit_when_full(batch)?;
            }
        }
        Ok(())
    }

    fn commit_when_full(&self, batch: &mut Batch) -> Result<(), Fault> {
        if batch.changes.len() >= CHANGES {
            self.home.store.commit(&std::mem::take(batch))?;
        }
        Ok(())
    }
}
