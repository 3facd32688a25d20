//! Something noticed and dealt with while opening: shown to the operator once, and listed by
//! `verify`. The texts are in the locale files under `note-<key>`. A note is not a fault: the store
//! is open and whole, or says which part of it is not.

use std::path::PathBuf;

use super::fault::{Args, shown};

/// What was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A frame that was being written when the machine or the program stopped was cut off. It was
    /// never acknowledged.
    TornTail {
        /// The segment file.
        segment: String,
        /// How many bytes were cut.
        bytes: u64,
    },
    /// Bytes in the middle of the journal are not what was written. The frames behind them are
    /// still read.
    JournalDamaged {
        /// The segment file.
        segment: String,
        /// Where the damage begins, in bytes from the start of the segment.
        offset: u64,
        /// How many bytes cannot be read.
        bytes: u64,
    },
    /// Slots of the key file cannot be read: what is sealed under them is lost.
    KeysDamaged {
        /// The first such slot.
        first: u32,
        /// How many there are.
        count: u32,
    },
    /// A checkpoint does not add up and was passed over for the one before.
    CheckpointDamaged {
        /// The checkpoint file.
        file: String,
    },
    /// A snapshot left half-written by an earlier start was removed; it held nothing of its own.
    HalfSnapshot {
        /// How many files.
        count: u32,
    },
    /// The snapshots of the present state could not be used and were moved aside; the log was read
    /// instead.
    SnapshotsAside {
        /// How many files.
        count: u32,
    },
    /// The present state was damaged, was kept aside, and is rebuilt from checkpoint and journal.
    StateKeptAside {
        /// Where the damaged one lies now.
        path: PathBuf,
        /// `panic`, `corrupt`, or `sum`.
        why: &'static str,
    },
}

impl Note {
    /// The stable name of this note; the locale has `note-<key>`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::TornTail { .. } => "torn-tail",
            Self::JournalDamaged { .. } => "journal-damaged",
            Self::KeysDamaged { .. } => "keys-damaged",
            Self::CheckpointDamaged { .. } => "checkpoint-damaged",
            Self::HalfSnapshot { .. } => "half-snapshot",
            Self::SnapshotsAside { .. } => "snapshots-aside",
            Self::StateKeptAside { .. } => "state-kept-aside",
        }
    }

    /// The named values that the text of this note may use.
    pub fn args(&self) -> Args {
        match self {
            Self::TornTail { segment, bytes } => {
                vec![("segment", segment.clone()), ("bytes", bytes.to_string())]
            }
            Self::JournalDamaged {
                segment,
                offset,
                bytes,
            } => vec![
                ("segment", segment.clone()),
                ("offset", offset.to_string()),
                ("bytes", bytes.to_string()),
            ],
            Self::KeysDamaged { first, count } => {
                vec![("first", first.to_string()), ("count", count.to_string())]
            }
            Self::CheckpointDamaged { file } => vec![("file", file.clone())],
            Self::HalfSnapshot { count } | Self::SnapshotsAside { count } => {
                vec![("count", count.to_string())]
            }
            Self::StateKeptAside { path, why } => {
                vec![("path", shown(path)), ("why", (*why).to_owned())]
            }
        }
    }

    /// Whether something that had been saved can no longer be read. Everything else was repaired
    /// without loss.
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::JournalDamaged { .. } | Self::KeysDamaged { .. })
    }
}
