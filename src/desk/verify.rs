//! Whether everything adds up: the journal's chain, the keys, the records against the journal,
//! the index entries and counts against the records, the numbers.

use std::collections::{BTreeMap, HashSet};

use super::engine::Desk;
use super::frame::{Body, Opened};
use super::index;
use super::keyspace as keys;
use super::looks;
use super::open::{Rows, place_of};
use super::overlay::Overlay;
use super::values;
use crate::domain::number::{Kind, Number};
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
        let latest = self.verify_journal(head, &mut report)?;
        self.home.store.verify()?;
        self.verify_records(&latest, &mut report)?;
        Ok(report)
    }

    /// Walks the chain; the last version of every record comes back, with the print of its value.
    fn verify_journal(
        &self,
        head: Option<&str>,
        report: &mut VerifyReport,
    ) -> Result<BTreeMap<Number, Latest>, Fault> {
        let mut latest: BTreeMap<Number, Latest> = BTreeMap::new();
        let mut seen_head = head.is_none();
        let mut bad: Vec<(&'static str, String)> = Vec::new();
        let mut log = Sum::default();
        let upto = self.head().seq;
        let walked = self.home.journal.verify(upto, &mut |frame| {
            seen_head |= head.is_some_and(|head| hex(&frame.hash).starts_with(head));
            let Ok(body) = Body::unpack(&frame.payload) else {
                bad.push(("frame-unreadable", frame.seq.to_string()));
                return;
            };
            for (key, value) in looks::entries(frame.seq, &body.looks).unwrap_or_default() {
                log.add(&key, &value);
            }
            for change in body.entries.iter().flat_map(|entry| &entry.changes) {
                let expected = latest
                    .get(&change.number)
                    .map_or(1, |last| last.version.saturating_add(1));
                if change.version != expected {
                    bad.push(("version-gap", change.number.to_string()));
                }
                let value = match change.open(&self.home.vault) {
                    Ok(Opened::Record(record)) => {
                        values::encode(&record).ok().map(|value| print(&[&value]))
                    }
                    Ok(Opened::Destroyed) => None,
                    Err(_) => {
                        bad.push(("seal-broken", change.number.to_string()));
                        None
                    }
                };
                latest.insert(
                    change.number,
                    Latest {
                        version: change.version,
                        value,
                    },
                );
            }
        })?;
        report.frames = walked.frames;
        for place in walked.bad {
            let crate::store::journal::BadPlace {
                segment,
                offset,
                seq,
                what,
            } = place;
            report.note(
                "journal-damaged",
                format!("{segment} @{offset} #{seq} {what}"),
            );
        }
        for (key, place) in bad {
            report.note(key, place);
        }
        if self.kept_looks()? != log {
            report.note("looks-differ", log.rows);
        }
        if !seen_head {
            report.note("head-not-in-chain", head.unwrap_or_default());
        }
        Ok(latest)
    }

    /// All rows of the log of looks, taken together.
    fn kept_looks(&self) -> Result<Sum, Fault> {
        let mut sum = Sum::default();
        for table in [keys::LOOKS_BY, keys::LOOKS_AT] {
            let mut rows = Rows::new(&self.home, vec![table]);
            while let Some((key, value)) = rows.next()? {
                sum.add(&key, &value);
            }
        }
        Ok(sum)
    }

    /// Holds the store against the journal's last versions and against its own records.
    fn verify_records(
        &self,
        latest: &BTreeMap<Number, Latest>,
        report: &mut VerifyReport,
    ) -> Result<(), Fault> {
        let mut expected: HashSet<Print> = HashSet::new();
        let mut counts: BTreeMap<Vec<u8>, u64> = BTreeMap::new();
        let mut sequences: BTreeMap<(Kind, u16), (u32, u32)> = BTreeMap::new();
        let mut stored = 0;
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
                *counts.entry(keys::count(number.kind, tag)).or_default() += 1;
            }
            let entries = index::entries(&record);
            expected.extend(entries.iter().map(|(key, value)| print(&[key, value])));
            // A credential's number is its operator's, and not every operator has one.
            if number.kind == Kind::Credential {
                continue;
            }
            let (seen, last) = sequences.entry((number.kind, number.year)).or_default();
            *seen += 1;
            *last = number.seq.max(*last);
        }
        let living = latest.values().filter(|last| last.value.is_some()).count();
        if stored != living {
            report.note("records-missing", living.saturating_sub(stored));
        }
        for ((kind, year), (seen, last)) in sequences {
            if seen != last && living == latest.len() {
                report.note("number-gap", format!("{}-{year}", kind.letters()));
            }
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
        let overlay = Overlay::new(&*self.home.store);
        let mut rows = Rows::new(&self.home, vec![keys::HISTORY]);
        let mut versions = 0_u64;
        while rows.next()?.is_some() {
            versions += 1;
        }
        if versions == 0 && overlay.get(keys::APPLIED)?.is_some() {
            report.note("history-missing", 0);
        }
        Ok(())
    }
}

/// Many rows taken together, whatever their order: how many, and their prints laid over each other.
#[derive(Default, PartialEq, Eq)]
struct Sum {
    rows: u64,
    prints: Print,
}

impl Sum {
    fn add(&mut self, key: &[u8], value: &[u8]) {
        self.rows += 1;
        for (sum, byte) in self.prints.iter_mut().zip(print(&[key, value])) {
            *sum ^= byte;
        }
    }
}

/// The last version of a record in the journal.
struct Latest {
    version: u32,
    /// The print of its value; none where it cannot be read any more.
    value: Option<Print>,
}
