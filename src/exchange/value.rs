//! What stands in one cell, before it becomes words, a spreadsheet's cell or JSON.

use crate::domain::stamp::{Day, Stamp};

/// What stands in one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Nothing,
    /// A text as it was entered; also what only looks like a number.
    Text(String),
    /// A choice: the name records keep, and what it is called. Several are joined.
    Word {
        /// The name that never changes.
        id: String,
        /// What it is called in the language of the export.
        word: String,
    },
    /// A point in time.
    Time(Stamp),
    /// A day.
    Date(Day),
    /// A count.
    Count(i64),
    /// Yes or no.
    Truth(bool),
}

impl Value {
    /// A text; nothing when it is empty.
    pub fn text(text: &str) -> Self {
        if text.is_empty() {
            Self::Nothing
        } else {
            Self::Text(text.to_owned())
        }
    }
}
