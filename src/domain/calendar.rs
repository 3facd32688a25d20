//! The working-day calendar.

use serde::{Deserialize, Serialize};

/// In what kind of days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayUnit {
    /// Only days on which the desk works.
    Working,
    /// Every day.
    Calendar,
}
