//! Which version of a record a change is made from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::number::Number;

/// A record as the asker last saw it. A change made from an older version is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct At {
    /// The record.
    pub number: Number,
    /// The version it was changed from.
    pub version: u32,
}
