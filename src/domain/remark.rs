//! Remarks: what a colleague or manager has to say on a record, beside it and never in it (A01-05).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::number::Number;
use super::record::Record;
use super::refusal::{Problem, Refusal};
use crate::text::clean;

/// A remark on a record. It is never changed; who made it and when is in its meta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Remark {
    /// Number, version, times.
    pub meta: Meta,
    /// The record.
    pub about: Number,
    /// The subject of that record, under whose key the remark is sealed.
    pub subject: Number,
    /// What is remarked.
    pub text: String,
}

/// A remark made on a record that the maker may see; the record stays as it is (A01-05).
///
/// # Errors
/// Refused without a text.
pub fn add(
    number: Number,
    about: &Record,
    text: &str,
    context: &Context,
) -> Result<Remark, Refusal> {
    let text = clean::body(text);
    if text.is_empty() {
        return Err(Problem::required("text").clause("A01-05").into());
    }
    Ok(Remark {
        meta: Meta::new(number, context),
        about: about.number(),
        subject: about.subject(),
        text,
    })
}
