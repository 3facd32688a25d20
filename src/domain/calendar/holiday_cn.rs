//! Reading the yearly files of holiday-cn, the public collection of State Council notices.
//!
//! A file holds the days one notice names: most are of its own year, some of the December before.
//! A file without days says that the year is not announced yet, which is not the same as a year
//! without holidays.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{Calendar, Listed};
use crate::domain::profile::Words;

/// What reading one file did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearAdded {
    /// The year of the file.
    pub year: i32,
    /// How many days it names; 0 means the year is not announced and nothing was changed.
    pub days: usize,
}

/// Why a file was not read. Nothing of it is kept then. The texts are in `locale` under
/// [`CalendarFault::id`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarFault {
    /// The file is not of the shape of holiday-cn; in the words of the JSON reader.
    Unreadable(String),
    /// The file of a year names a day that cannot belong to its notice.
    OutsideYear {
        /// The year of the file.
        year: i32,
        /// The day.
        date: NaiveDate,
    },
}

impl CalendarFault {
    /// The key of the text for this fault. It is filled with `detail`, or `year` and `date`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "calendar-fault-unreadable",
            Self::OutsideYear { .. } => "calendar-fault-outside-year",
        }
    }
}

/// For logs and tests: the kind and its values without prose.
impl fmt::Display for CalendarFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(detail) => write!(f, "{}: {detail}", self.id()),
            Self::OutsideYear { year, date } => write!(f, "{}: {year} {date}", self.id()),
        }
    }
}

impl std::error::Error for CalendarFault {}

#[derive(Deserialize)]
struct File {
    year: i32,
    days: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
    date: NaiveDate,
    #[serde(rename = "isOffDay")]
    is_off_day: bool,
}

impl Calendar {
    /// Adds the notice for one year, in the JSON shape of holiday-cn, in place of what an earlier
    /// notice for the same year said. A file of another shape, or with a day outside its year and
    /// the December before, is refused whole.
    pub fn add_holiday_cn(&mut self, json: &str) -> Result<YearAdded, CalendarFault> {
        let file: File = serde_json::from_str(json)
            .map_err(|error| CalendarFault::Unreadable(error.to_string()))?;
        let File { year, days } = file;
        let belongs = |date: NaiveDate| {
            date.year() == year || (date.year() == year.saturating_sub(1) && date.month() == 12)
        };
        if let Some(day) = days.iter().find(|day| !belongs(day.date)) {
            return Err(CalendarFault::OutsideYear {
                year,
                date: day.date,
            });
        }
        let added = YearAdded {
            year,
            days: days.len(),
        };
        if days.is_empty() {
            return Ok(added);
        }
        self.announced.insert(year);
        self.listed.retain(|_, listed| listed.notice != year);
        for Named {
            name,
            date,
            is_off_day,
        } in days
        {
            // A holiday never seen before has no English name; its own is shown in both.
            let known = self.names.get(&name).cloned();
            let name = known.unwrap_or_else(|| Words {
                zh: name.clone(),
                en: name,
            });
            self.listed.insert(
                date,
                Listed {
                    name,
                    off: is_off_day,
                    notice: year,
                },
            );
        }
        Ok(added)
    }
}
