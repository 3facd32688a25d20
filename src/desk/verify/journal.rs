//! What the journal says the store must hold: every frame read once, held against the chain, and
//! taken apart.

use std::collections::BTreeMap;

use super::VerifyReport;
use crate::desk::engine::Desk;
use crate::desk::frame::{Body, Entry, Opened, Place};
use crate::desk::keyspace as keys;
use crate::desk::looks;
use crate::desk::values;
use crate::domain::number::Number;
use crate::store::codec::{self, Print, print};
use crate::store::journal::{BadPlace, Hash};
use crate::store::{Fault, Frame, Vault, hex};

/// The last version of a record in the journal.
pub(super) struct Latest {
    pub(super) version: u32,
    /// The print of its value; none where it cannot be read any more.
    pub(super) value: Option<Print>,
}

/// Many rows taken together, whatever their order: how many, and their prints laid over each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) rows: u64,
    prints: Print,
}

impl Sum {
    pub(super) fn add(&mut self, key: &[u8], value: &[u8]) {
        self.rows += 1;
        for (sum, byte) in self.prints.iter_mut().zip(print(&[key, value])) {
            *sum ^= byte;
        }
    }
}

/// What the journal says.
#[derive(Default)]
pub(super) struct Told {
    /// The last version of every record.
    pub(super) latest: BTreeMap<Number, Latest>,
    /// The slot that each subject's key was first said to be in.
    pub(super) slots: BTreeMap<Number, u32>,
    /// The table of histories.
    pub(super) history: Sum,
    /// The table of requests done.
    pub(super) requests: Sum,
    /// The tables of looks.
    pub(super) looks: Sum,
    /// The hash of every frame at which there is a checkpoint.
    pub(super) hashes: BTreeMap<u64, Hash>,
    bad: Vec<(&'static str, String)>,
}

impl Desk {
    /// Walks the chain.
    pub(super) fn verify_journal(
        &self,
        head: Option<&str>,
        report: &mut VerifyReport,
    ) -> Result<Told, Fault> {
        let checkpoints = self.home.checkpoints.names()?;
        let mut told = Told::default();
        let mut seen_head = head.is_none();
        let upto = self.head().seq;
        let walked = self.home.journal.verify(upto, &mut |frame| {
            seen_head |= head.is_some_and(|head| hex(&frame.hash).starts_with(head));
            if checkpoints.iter().any(|(seq, _)| *seq == frame.seq) {
                told.hashes.insert(frame.seq, frame.hash);
            }
            told.frame(frame, &self.home.vault);
        })?;
        report.frames = walked.frames;
        for BadPlace {
            segment,
            offset,
            seq,
            what,
        } in walked.bad
        {
            let place = format!("{segment} @{offset} #{seq} {what}");
            report.note("journal-damaged", place);
        }
        for (key, place) in told.bad.drain(..) {
            report.note(key, place);
        }
        if !seen_head {
            report.note("head-not-in-chain", head.unwrap_or_default());
        }
        Ok(told)
    }
}

impl Told {
    fn frame(&mut self, frame: &Frame, vault: &Vault) {
        let Ok(body) = Body::unpack(&frame.payload) else {
            self.bad.push(("frame-unreadable", frame.seq.to_string()));
            return;
        };
        for (key, value) in looks::entries(frame.seq, &body.looks).unwrap_or_default() {
            self.looks.add(&key, &value);
        }
        for (at, entry) in body.entries.iter().enumerate() {
            self.entry(
                frame.seq,
                u32::try_from(at).unwrap_or(u32::MAX),
                entry,
                vault,
            );
        }
    }

    fn entry(&mut self, seq: u64, at: u32, entry: &Entry, vault: &Vault) {
        if let (Some(first), true) = (entry.changes.first(), entry.request != 0)
            && let Ok(value) = codec::pack(&first.number)
        {
            self.requests.add(&keys::request(entry.request), &value);
        }
        for (change, index) in entry.changes.iter().zip(0_u32..) {
            let number = change.number;
            let last = self.latest.get(&number);
            let expected = last.map_or(1, |last| last.version.saturating_add(1));
            if change.version != expected {
                self.bad.push(("version-gap", number.to_string()));
            }
            let place = Place {
                seq,
                entry: at,
                change: index,
            };
            if let Ok(value) = codec::pack(&place) {
                let key = keys::history(number, change.version);
                self.history.add(&key, &value);
            }
            let slot = *self.slots.entry(change.subject).or_insert(change.slot);
            if slot != change.slot {
                self.bad.push(("key-changed", change.subject.to_string()));
            }
            let value = match change.open(vault) {
                Ok(Opened::Record(record)) => {
                    values::encode(&record).ok().map(|value| print(&[&value]))
                }
                Ok(Opened::Destroyed) => None,
                Err(_) => {
                    self.bad.push(("seal-broken", number.to_string()));
                    None
                }
            };
            let version = change.version;
            self.latest.insert(number, Latest { version, value });
        }
    }
}
