//! The site and its imports: what the store is for, and what came into it from outside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Meta;
use super::number::Kind;

/// The site. There is one in a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Site {
    /// Number, version, times.
    pub meta: Meta,
    /// The site's name as shown.
    pub name: String,
    /// The profile in force.
    pub profile: String,
    /// The profile's version.
    pub profile_version: u32,
    /// A store for training and tests: it carries a banner and alone accepts a clock that is set.
    pub rehearsal: bool,
}

/// One run of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Import {
    /// Number, version, times; void once it was taken back whole.
    pub meta: Meta,
    /// What its rows became.
    pub kind: Kind,
    /// The name of the file, without folders.
    pub file: String,
}
