//! The full survey that every year has to have (A03-sa).

use std::fmt;
use std::str::FromStr;

use chrono::Datelike as _;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::SurveyRules;
use crate::domain::stamp::Day;

/// A day of every year, written as `10-01`; never the 29th of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfYear {
    month: u32,
    day: u32,
}

impl DayOfYear {
    /// The day in a year.
    pub fn in_year(self, year: i32) -> Day {
        Day::of(year, self.month, self.day).unwrap_or_default()
    }
}

/// No day that every year has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a day of every year like 10-01")]
pub struct NotADay;

impl FromStr for DayOfYear {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        // A year without a 29th of February says which days every year has.
        let day = Day::parse(&format!("2001-{}", text.trim())).ok_or(NotADay)?;
        Ok(Self {
            month: day.0.month(),
            day: day.0.day(),
        })
    }
}

impl fmt::Display for DayOfYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl Serialize for DayOfYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayOfYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl JsonSchema for DayOfYear {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "DayOfYear".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9]{2}-[0-9]{2}$" })
    }
}

/// What of the yearly survey is to be told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Yearly {
    /// This year, from the day of the reminder on until a full survey is closed.
    pub due: Option<i32>,
    /// Past years in which none was, the earliest first.
    pub missed: Vec<i32>,
}

/// What of the yearly survey is to be told, by the days on which full surveys were closed. Years that had
/// ended, or whose day of the reminder was past, when the site began here are nobody's fault; without such
/// a day nothing is kept watch over (A03-sa).
pub fn yearly(began: Day, closed: &[Day], today: Day, rules: &SurveyRules) -> Yearly {
    let Some(remind_on) = rules.remind_on else {
        return Yearly::default();
    };
    let has = |year: i32| closed.iter().any(|day| day.0.year() == year);
    let first = if began <= remind_on.in_year(began.0.year()) {
        began.0.year()
    } else {
        began.0.year().saturating_add(1)
    };
    let this = today.0.year();
    let missed = (first..this).filter(|year| !has(*year));
    let due = this >= first && today >= remind_on.in_year(this) && !has(this);
    Yearly {
        due: due.then_some(this),
        missed: missed.collect(),
    }
}
