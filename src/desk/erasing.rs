//! What a destruction does to the data (SM6): the keys of its subjects are overwritten, their records
//! leave the present state, and the present state and the search index are written anew, so that no
//! file of the store holds them in plain any more.
//!
//! The record of the destruction in the journal is the decision. What follows from it can be repeated,
//! and is at the next opening where it was interrupted.

use super::contract::{Filter, Sort};
use super::engine::Desk;
use super::index;
use super::keyspace as keys;
use super::overlay::Overlay;
use super::stage;
use crate::domain::destruction::DestructionState;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// Whether a record that was just written is a destruction to be carried out on the data.
pub(super) fn erases(record: &Record) -> bool {
    matches!(record, Record::Destruction(it) if it.state == DestructionState::Destroyed)
}

impl Desk {
    /// Carries out on the data every destruction that was decided and not finished.
    ///
    /// # Errors
    /// Any fault of the store or of the keys; it is tried again at the next opening.
    pub(super) fn finish_destructions(&mut self) -> Result<(), Fault> {
        let mut pending = Vec::new();
        for (number, file) in self.destructions()? {
            if self.home.store.get(&keys::erased(number))?.is_none() {
                pending.push((number, file));
            }
        }
        if pending.is_empty() {
            return Ok(());
        }
        for (_, file) in &pending {
            self.erase(*file)?;
        }
        self.compact()?;
        let mut overlay = Overlay::new(&*self.home.store);
        for (number, _) in pending {
            overlay.put(keys::erased(number), Some(Vec::new()));
        }
        self.home.store.commit(&overlay.into_staged().batch)?;
        self.home.store.flush()
    }

    /// The destructions that were carried out, each with its file.
    fn destructions(&self) -> Result<Vec<(Number, Number)>, Fault> {
        let overlay = Overlay::new(&*self.home.store);
        let tag = index::tag(Kind::Destruction, Filter::Closed);
        let prefix = index::list_prefix(Kind::Destruction, tag, Sort::Oldest);
        let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        let mut found = Vec::new();
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Destruction(it)) = overlay.record(number)?
                && it.state == DestructionState::Destroyed
            {
                found.push((number, it.file));
            }
        }
        Ok(found)
    }

    /// Overwrites the keys of a file and of what went into it, and takes their records out.
    fn erase(&mut self, file: Number) -> Result<(), Fault> {
        let mut overlay = Overlay::new(&*self.home.store);
        let mut numbers = vec![file];
        let prefix = keys::belongs_to(file);
        let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        numbers.extend(rows.iter().filter_map(|(key, _)| keys::number_at_end(key)));
        let mut place = 0;
        while let Some(number) = numbers.get(place).copied() {
            let rows = overlay.scan_prefix(&keys::remarks(number), Order::Forward, usize::MAX)?;
            numbers.extend(rows.iter().filter_map(|(key, _)| keys::number_at_end(key)));
            place += 1;
        }
        let mut slots: Vec<u32> = Vec::new();
        for number in numbers {
            let record = overlay.record(number)?;
            let subject = record.as_ref().map_or(number, Record::subject);
            slots.extend(overlay.unpacked::<u32>(&keys::slot(subject))?);
            if let Some(record) = record {
                stage::remove_record(&mut overlay, &record)?;
            }
        }
        let batch = overlay.into_staged().batch;
        slots.sort_unstable();
        slots.dedup();
        self.home.vault.destroy_all(&slots)?;
        self.home.store.commit(&batch)?;
        Ok(())
    }
}
