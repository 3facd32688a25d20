//! Permits: leave given by the one who may to read, copy or export what is otherwise closed, once
//! or standing (A12-3.1.7b).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Meta;
use super::named::named;
use super::number::Number;
use super::stamp::Day;

named! {
    /// What a permit is for.
    PermitKind {
        /// Reading a form of somebody else.
        Read = "read",
        /// Exporting a list.
        Export = "export",
        /// Copying the store.
        Backup = "backup",
    }
}

/// What is entered of a permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitDetails {
    /// What for.
    pub what: PermitKind,
    /// For whom; everybody whose post may do it otherwise when none.
    pub operator: Option<Number>,
    /// From this day on.
    pub from: Day,
    /// To this day, included.
    pub to: Day,
    /// Where a copy may go; anywhere when empty.
    #[serde(default)]
    pub place: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A permit. The one who gave it is in its meta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Permit {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: PermitDetails,
    /// Taken back before its time.
    pub revoked: bool,
}
