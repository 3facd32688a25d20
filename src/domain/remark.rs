//! Remarks: what a colleague or manager has to say on a record, beside it and never in it (A01-05).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Meta;
use super::number::Number;

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
