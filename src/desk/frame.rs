//! What one journal frame says: who did what when, and the records as they were afterwards.
//!
//! A record's state before a change is its version before, in the frame that its history names;
//! writing it again would double the journal and say nothing new. The records are sealed under
//! the keys of their subjects; what is open are numbers, times, operators and command names.

use serde::{Deserialize, Serialize};

use super::looks::Look;
use super::values;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Unsealed, Vault, codec};

/// The content of a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Body {
    /// When it was written; never before the frame before.
    pub at: Stamp,
    /// One entry for each request in it.
    pub entries: Vec<Entry>,
    /// The looks that ride with it.
    pub looks: Vec<Look>,
}

/// One request that changed something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The request.
    pub request: u64,
    /// Who asked.
    pub operator: Number,
    /// The command's name.
    pub what: String,
    /// The records it changed, the one asked for first.
    pub changes: Vec<Change>,
}

/// One record as it was after a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Change {
    /// The record.
    pub number: Number,
    /// Its version after the change.
    pub version: u32,
    /// The subject whose key seals it.
    pub subject: Number,
    /// The slot of that key.
    pub slot: u32,
    /// The value of the record, sealed.
    pub sealed: Vec<u8>,
}

/// What a change says, once opened.
#[allow(
    clippy::large_enum_variant,
    reason = "opened one at a time and taken apart at once"
)]
pub(super) enum Opened {
    /// The record.
    Record(Record),
    /// The key of its subject was destroyed; nothing of it can be read any more.
    Destroyed,
}

impl Change {
    /// A record, of which `plain` is the encoded form, sealed under the key in a slot.
    pub fn seal(record: &Record, plain: &[u8], slot: u32, vault: &Vault) -> Result<Self, Fault> {
        let number = record.number();
        let version = record.meta().version;
        let sealed = vault.seal(slot, &about(number, version), plain)?;
        Ok(Self {
            number,
            version,
            subject: record.subject(),
            slot,
            sealed,
        })
    }

    /// The record in it.
    pub fn open(&self, vault: &Vault) -> Result<Opened, Fault> {
        match vault.unseal(self.slot, &about(self.number, self.version), &self.sealed)? {
            Unsealed::Plain(plain) => values::decode(self.number, &plain).map(Opened::Record),
            Unsealed::Destroyed => Ok(Opened::Destroyed),
        }
    }
}

fn about(number: Number, version: u32) -> Vec<u8> {
    let mut about = number.to_key().to_vec();
    about.extend_from_slice(&version.to_be_bytes());
    about
}

/// Where a version of a record stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// The frame.
    pub seq: u64,
    /// The entry in it.
    pub entry: u32,
    /// The change in that.
    pub change: u32,
}

/// How far the store has applied the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Applied {
    /// The last frame applied.
    pub seq: u64,
    /// Its hash.
    pub hash: [u8; 32],
    /// When it was written.
    pub at: Stamp,
}

impl Body {
    /// A frame with nothing in it yet.
    pub fn new(at: Stamp) -> Self {
        Self {
            at,
            entries: Vec::new(),
            looks: Vec::new(),
        }
    }

    /// The bytes of a frame. The looks stand after the rest and only where there are some.
    pub fn pack(&self) -> Result<Vec<u8>, Fault> {
        if self.looks.is_empty() {
            codec::pack(&(self.at, &self.entries))
        } else {
            codec::pack(&(self.at, &self.entries, &self.looks))
        }
    }

    /// The body of a frame's bytes.
    pub fn unpack(bytes: &[u8]) -> Result<Self, Fault> {
        if let Ok((at, entries)) = codec::unpack(bytes) {
            return Ok(Self {
                at,
                entries,
                looks: Vec::new(),
            });
        }
        let (at, entries, looks) = codec::unpack(bytes)?;
        Ok(Self { at, entries, looks })
    }
}
