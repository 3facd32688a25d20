//! What is typed and not yet saved. A draft belongs to an operator and a form and outlives the
//! program; keeping it is the shell's business (`keeper`), this is only what it is.

use serde::{Deserialize, Serialize};

use super::forms::FormId;
use crate::desk::contract::At;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;

/// Names one draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DraftId {
    /// Whose it is.
    pub operator: Number,
    /// Distinguishes the operator's drafts.
    pub key: u64,
}

/// A form that was left, or killed with the program.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// Which form.
    pub form: FormId,
    /// The record it is about, as it was when the form was opened.
    pub about: Option<At>,
    /// Name and value of each field that has one.
    pub fields: Vec<(String, String)>,
    /// Of a form about a record: name and value of each field that holds another value by now than
    /// it was filled with. None where that was not kept.
    #[serde(default)]
    pub filled: Option<Vec<(String, String)>>,
    /// When it was last typed in.
    pub at: Stamp,
}

impl Draft {
    /// A few words that tell one draft from another: the longest text typed.
    pub fn gist(&self) -> &str {
        let told = self.fields.iter().filter(|(name, _)| {
            matches!(
                name.as_str(),
                "text"
                    | "name"
                    | "caller"
                    | "complainant"
                    | "title"
                    | "borrower"
                    | "reason"
                    | "phone"
                    | "note"
            )
        });
        told.map(|(_, value)| value.as_str())
            .max_by_key(|value| value.len())
            .unwrap_or_default()
    }
}
