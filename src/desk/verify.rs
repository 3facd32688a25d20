//! Whether everything adds up: the journal's chain, the keys, the records against the journal,
//! the index entries, counts and search tokens against the records, the numbers, the checkpoints,
//! the drafts.
//!
//! `journal` reads what the store must hold, `facts` holds the rest of the store against it; the
//! records and what follows from them are here.

mod facts;
mod journal;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashSet};

use super::engine::Desk;
use super::finder::Lacking;
use super::index;
use super::keyspace as keys;
use super::open::{Rows, place_of};
use super::overlay::Overlay;
use super::reached;
use super::values;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::store::codec::{self, Print, print};
use crate::store::{Fault, hex};

/// At most so many findings are kept; one is enough to act on.
const MOST_FINDINGS: usize = 100;

/// Something that does not add up. Its words are under `finding-<key>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Names the words.
    pub key: &'static str,
    /// Where: a record number, a frame, a key.
    pub place: String,
}

/// What was looked at, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Frames of the journal read.
    pub frames: u64,
    /// Records read.
    pub records: u64,
    /// Index entries compared.
    pub entries: u64,
    /// The journal's head, in hexadecimal digits.
    pub head: String,
    /// What does not add up; nothing when all is well.
    pub findings: Vec<Finding>,
}

impl VerifyReport {
    fn note(&mut self, key: &'static str, place: impl std::fmt::Display) {
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding {
                key,
                place: format!("{place}"),
            });
        }
    }

    /// Whether all is well.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

impl Desk {
    /// Reads everything and says what does not add up. With `head`, the chain must contain that
    /// hash, as printed on an earlier day.
    ///
    /// # Errors
    /// Any fault that keeps it from reading.
    pub fn verify(&mut self, head: Option<&str>) -> Result<VerifyReport, Fault> {
        let mut report = VerifyReport {
            head: hex(&self.head().hash),
            ..VerifyReport::default()
        };
        let told = self.verify_journal(head, &mut report)?;
        match self.home.store.verify() {
            Err(Fault::Damaged { place, .. }) => report.note("rows-damaged", place),
            other => drop(other?),
        }
        match self.finder.check() {
            // What cannot be read is made anew from the records.
            Err(Fault::Damaged { place, .. }) => {
                report.note("search-damaged", place);
                self.finder.give_up();
            }
            other => other?,
        }
        self.verify_records(&told.latest, &mut report)?;
        self.verify_facts(&told, &mut report)?;
        self.verify_checkpoints(&told, &mut report)?;
        self.verify_drafts(&mut report)?;
        Ok(report)
    }

    /// Holds the store against the journal's last versions and against its own records.
    fn verify_records(
        &self,
        latest: &BTreeMap<Number, journal::Latest>,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        let mut expected: HashSet<Print> = HashSet::new();
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        let mut stored = 0;
        let mut lacking = Lacking::default();
        let mut rows = Rows::new(&self.home, vec![keys::RECORDS]);
        while let Some((key, value)) = rows.next()? {
            report.records += 1;
            let Some(number) = keys::number_at_end(&key) else {
                report.note("key-strange", place_of(&key));
                continue;
            };
            stored += 1;
            match latest.get(&number) {
                None => report.note("not-in-journal", number),
                Some(last) if last.value != Some(print(&[&value])) => {
                    report.note("differs-from-journal", number);
                }
                Some(_) => {}
            }
            let Ok(record) = values::decode(number, &value) else {
                report.note("record-unreadable", number);
                continue;
            };
            for tag in index::tags(&record) {
                *counts
                    .entry(keys::count(number.kind, &tag.bytes()))
                    .or_default() += 1;
            }
            lacking.see(&self.finder, &record)?;
            let entries = index::entries(&record);
            expected.extend(entries.iter().map(|(key, value)| print(&[key, value])));
            if let Record::Customer(customer) = &record {
                let rows = reached::entries(&Overlay::new(&*self.home.store), customer)?;
                expected.extend(rows.iter().map(|(key, value)| print(&[key, value])));
            }
        }
        let living = latest.values().filter(|last| last.value.is_some()).count();
        if stored != living {
            report.note("records-missing", living.saturating_sub(stored));
        }
        lacking.done(&self.finder)?;
        if lacking.count > 0 {
            report.note("search-lacks", lacking.count);
        }
        self.verify_entries(&expected, report)?;
        self.verify_counts(&counts, report)
    }

    fn verify_entries(
        &self,
        expected: &HashSet<Print>,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        let mut found = 0_usize;
        for table in keys::DERIVED {
            let mut rows = Rows::new(&self.home, vec![table]);
            while let Some((key, value)) = rows.next()? {
                report.entries += 1;
                if expected.contains(&print(&[&key, &value])) {
                    found += 1;
                } else {
                    report.note("entry-too-many", place_of(&key));
                }
            }
        }
        if found != expected.len() {
            report.note("entries-missing", expected.len().saturating_sub(found));
        }
        Ok(())
    }

    fn verify_counts(
        &self,
        counts: &BTreeMap<Vec<u8>, u64>,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        let mut stored: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        let mut rows = Rows::new(&self.home, vec![keys::COUNTS]);
        while let Some((key, value)) = rows.next()? {
            stored.insert(key, codec::unpack(&value)?);
        }
        if stored != *counts {
            report.note("counts-differ", stored.len());
        }
        Ok(())
    }
}
