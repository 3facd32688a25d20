//! What a destruction does to the data (SM6): the keys of its subjects are overwritten, their records
//! leave the present state, and the present state and the search index are written anew, so that no
//! file of the store holds them in plain any more.
//!
//! The record of the destruction in the journal is the decision. What follows from it can be repeated,
//! and is at the next opening where it was interrupted.

use std::path::Path;

use super::contract::{Filter, Sort};
use super::engine::Desk;
use super::index;
use super::keyspace as keys;
use super::overlay::Overlay;
use super::stage;
use crate::domain::destruction::{Destruction, DestructionState};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// How a file stands in the list of what was destroyed.
fn listed_as(file: Number, filed_on: Day) -> String {
    format!("{file} {filed_on}")
}

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
        for destruction in self.destructions()? {
            let erased = keys::erased(destruction.meta.number);
            if self.home.store.get(&erased)?.is_none() {
                pending.push(destruction);
            }
        }
        if pending.is_empty() {
            return Ok(());
        }
        for destruction in &pending {
            self.erase(destruction.file)?;
        }
        self.compact()?;
        let listed = pending.iter();
        let listed = listed.map(|it| listed_as(it.file, it.filed_on));
        self.home.add_destroyed(listed)?;
        let mut overlay = Overlay::new(&*self.home.store);
        for destruction in pending {
            overlay.put(keys::erased(destruction.meta.number), Some(Vec::new()));
        }
        self.home.store.commit(&overlay.into_staged().batch)?;
        self.home.store.flush()
    }

    /// Destroys again what a list of this store from somewhere else names: this store was made from a
    /// copy that is older than those destructions. Says how many files were here still.
    ///
    /// # Errors
    /// [`Fault::Foreign`] for what is no such list, or one of another store; any other fault of the
    /// store or of the keys, and then it can be done again.
    pub fn destroy_again(&mut self, list: &Path) -> Result<usize, Fault> {
        let names = self.home.read_destroyed(list)?;
        let mut here = Vec::new();
        let overlay = Overlay::new(&*self.home.store);
        for name in &names {
            let number = name.split(' ').next().unwrap_or_default().parse();
            let Ok(number) = number else {
                return Err(Fault::Foreign {
                    path: list.to_owned(),
                });
            };
            // A number that was given again since is that of another file, filed on another day.
            if let Some(Record::File(file)) = overlay.record(number)?
                && listed_as(number, file.filed_on) == *name
            {
                here.push(number);
            }
        }
        self.home.add_destroyed(names)?;
        for number in &here {
            self.erase(*number)?;
        }
        if !here.is_empty() {
            self.compact()?;
        }
        Ok(here.len())
    }

    /// The destructions that were carried out.
    fn destructions(&self) -> Result<Vec<Destruction>, Fault> {
        let overlay = Overlay::new(&*self.home.store);
        let tag = index::tag(Kind::Destruction, Filter::Closed);
        let prefix = index::list_prefix(Kind::Destruction, tag, Sort::Oldest);
        let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        let mut found = Vec::new();
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Destruction(it)) = overlay.record(number)?
                && it.state == DestructionState::Destroyed
            {
                found.push(it);
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
