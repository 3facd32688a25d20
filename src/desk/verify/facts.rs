//! What does not follow from the records, held against the journal: histories, requests, looks, the
//! numbers given, the keys of subjects; and the files beside: checkpoints, drafts.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::Path;

use super::VerifyReport;
use super::journal::{Sum, Told};
use crate::desk::engine::Desk;
use crate::desk::keyspace as keys;
use crate::desk::open::{Rows, place_of};
use crate::domain::number::{Kind, Number};
use crate::store::vault::SlotState;
use crate::store::{Fault, codec};

impl Desk {
    /// Histories, requests, looks, numbers and keys.
    pub(super) fn verify_facts(&self, told: &Told, report: &mut VerifyReport) -> Result<(), Fault> {
        for (key, tables, expected) in [
            ("history-differs", &[keys::HISTORY][..], told.history),
            ("requests-differ", &[keys::REQUESTS], told.requests),
            (
                "looks-differ",
                &[keys::LOOKS_BY, keys::LOOKS_AT],
                told.looks,
            ),
        ] {
            if self.sum(tables)? != expected {
                report.note(key, expected.rows);
            }
        }
        self.verify_numbers(told, report)?;
        self.verify_keys(told, report)
    }

    /// All rows of some tables, taken together.
    fn sum(&self, tables: &[u8]) -> Result<Sum, Fault> {
        let mut sum = Sum::default();
        for table in tables {
            let mut rows = Rows::new(&self.home, vec![*table]);
            while let Some((key, value)) = rows.next()? {
                sum.add(&key, &value);
            }
        }
        Ok(sum)
    }

    /// Numbers are unbroken by kind and year, and the last one given is the last one there is.
    fn verify_numbers(&self, told: &Told, report: &mut VerifyReport) -> Result<(), Fault> {
        let mut last: BTreeMap<(Kind, u16), u32> = BTreeMap::new();
        for number in told.latest.keys() {
            let last = last.entry((number.kind, number.year)).or_default();
            // A credential's number is its operator's, and not every operator has one. Numbers come
            // in their order, so the first of several missing is met first.
            if number.kind != Kind::Credential && number.seq != *last + 1 {
                let seq = *last + 1;
                report.note("number-gap", Number { seq, ..*number });
            }
            *last = number.seq;
        }
        let mut expected = BTreeMap::new();
        for ((kind, year), seq) in last {
            expected.insert(keys::last_number(kind, year), codec::pack(&seq)?);
        }
        self.compare(keys::NUMBERS, &expected, "numbers-differ", report)
    }

    /// Every subject has a key of its own that can be used or was destroyed, and the store says the
    /// same as the journal.
    fn verify_keys(&self, told: &Told, report: &mut VerifyReport) -> Result<(), Fault> {
        let mut taken = BTreeSet::new();
        let mut expected = BTreeMap::new();
        for (subject, slot) in &told.slots {
            expected.insert(keys::slot(*subject), codec::pack(slot)?);
            if !taken.insert(*slot) {
                report.note("key-shared", subject);
            }
            match self.home.vault.state(*slot) {
                SlotState::Living | SlotState::Destroyed => {}
                SlotState::Damaged | SlotState::Unmade => report.note("key-missing", subject),
            }
        }
        // A slot that is in use must not be handed out again.
        let next = self.home.store.get(keys::NEXT_SLOT)?;
        let next: Option<u32> = next.map(|value| codec::unpack(&value)).transpose()?;
        if taken.last().is_some_and(|last| next <= Some(*last)) {
            report.note("slots-differ", next.unwrap_or_default());
        }
        self.compare(keys::SLOTS, &expected, "slots-differ", report)
    }

    /// A table that must hold exactly these rows.
    fn compare(
        &self,
        table: u8,
        expected: &BTreeMap<Vec<u8>, Vec<u8>>,
        finding: &'static str,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        let mut found = 0;
        let mut rows = Rows::new(&self.home, vec![table]);
        while let Some((key, value)) = rows.next()? {
            found += usize::from(expected.contains_key(&key));
            if expected.get(&key) != Some(&value) {
                report.note(finding, place_of(&key));
            }
        }
        if found < expected.len() {
            report.note(finding, expected.len() - found);
        }
        Ok(())
    }

    /// Every checkpoint is whole and of a frame of this chain.
    pub(super) fn verify_checkpoints(
        &self,
        told: &Told,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        for (seq, name) in self.home.checkpoints.names()? {
            match self.home.checkpoints.open(&name) {
                Ok(found) if told.hashes.get(&seq) == Some(&found.head().hash) => {}
                Ok(_) | Err(Fault::Foreign { .. }) => report.note("checkpoint-stray", name),
                Err(Fault::Damaged { .. }) => report.note("checkpoint-damaged", name),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    /// Nothing but drafts lies where the drafts are.
    pub(super) fn verify_drafts(&self, report: &mut VerifyReport) -> Result<(), Fault> {
        let dir = self.home.drafts();
        let names = self.home.files.list(&dir);
        let names = names.map_err(|error| Fault::io("list", &dir, error))?;
        let ending = |name: &String| Path::new(name).extension().map(OsStr::to_owned);
        let is_ours =
            |name: &String| ending(name).is_some_and(|ending| ending == "draft" || ending == "new");
        for name in names.iter().filter(|name| !is_ours(name)) {
            report.note("draft-strange", name.escape_debug());
        }
        Ok(())
    }
}
