//! The upkeep of the store, and files that are left for an operator: no records, and nothing of it
//! is in the journal but the look that taking a file out is.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A piece of a file has at most so many bytes.
pub const PIECE: usize = 64 << 10;

/// What is asked of the desk besides records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Care {
    /// Holidays and make-up workdays of years not yet known, in force for everybody at once.
    SetCalendar {
        /// As `profiles/calendar.toml`, as a list of days, or in the JSON shape of holiday-cn.
        text: String,
    },
    /// Writes the present state anew, so that it takes no more room than it needs.
    Compact,
    /// The files in the asker's outbox.
    Outbox,
    /// A piece of a file in the asker's outbox.
    Take {
        /// Its name.
        name: String,
        /// From this byte on.
        offset: u64,
    },
    /// A piece of a file for the asker's outbox, which takes the place of one of its name when it
    /// is whole.
    Put {
        /// Its name.
        name: String,
        /// At this byte; a file is put from its beginning, piece by piece.
        offset: u64,
        /// At most [`PIECE`] bytes.
        piece: Vec<u8>,
        /// The file is whole with this piece.
        last: bool,
    },
    /// A file out of the asker's outbox, for good.
    Discard {
        /// Its name.
        name: String,
    },
}

/// What came of [`Care`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cared {
    /// These years are known now.
    Calendar {
        /// The years that came with the text.
        years: Vec<i32>,
    },
    /// The present state was written anew.
    Compacted {
        /// Its bytes on the disk before.
        before: u64,
        /// And now.
        after: u64,
    },
    /// The files in the asker's outbox, by name.
    Outbox(Vec<Waiting>),
    /// A piece of a file.
    Piece {
        /// The bytes; none behind the end of the file.
        bytes: Vec<u8>,
        /// How long the whole file is.
        size: u64,
    },
    /// Done, and nothing to be told.
    Noted,
}

/// A file that waits in an outbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
}
