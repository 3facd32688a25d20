//! The working-day calendar.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// In what kind of days a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayUnit {
    /// Only days on which the desk works.
    Working,
    /// Every day.
    Calendar,
}

/// placeholder
#[derive(Debug, Clone, Default)]
pub struct Calendar;

/// placeholder
#[derive(Debug, Clone)]
pub struct Due {
    /// d
    pub date: NaiveDate,
    /// p
    pub provisional: bool,
}

impl Calendar {
    /// b
    pub fn builtin() -> Self {
        Self
    }

    /// d
    pub fn due(&self, from: NaiveDate, n: u32, _unit: DayUnit, _start_counts: bool) -> Due {
        Due { date: from + Days::new(u64::from(n)), provisional: false }
    }
}
