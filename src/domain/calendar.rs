//! The working-day calendar: which days are worked, and when a term ends.
//!
//! The regulations count working days and never say which days those are, so holidays and make-up
//! workdays are data: the years known today come with the program, later ones are imported. A year without data follows the weekdays, is said to be so, and makes
//! every term that reaches into it provisional. The hour of the day at which a term ends is not
//! decided here.

mod notices;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::profile::Words;

/// No holiday has more free days in a row.
const LONGEST_HOLIDAY: u64 = 31;

/// In what kind of days a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayUnit {
    /// Only days that are worked.
    Working,
    /// Every day.
    Calendar,
}

/// What a day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// An ordinary working day.
    Working,
    /// An ordinary Saturday or Sunday.
    Weekend,
    /// A free day of this holiday, whatever its weekday.
    Holiday(Words),
    /// A Saturday or Sunday worked in exchange for this holiday.
    MakeUp(Words),
}

impl DayKind {
    /// Whether the day is worked.
    pub const fn is_working(&self) -> bool {
        matches!(self, Self::Working | Self::MakeUp(_))
    }
}

/// A day looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// What it is as far as is known.
    pub kind: DayKind,
    /// Whether the holidays of its year are announced.
    pub announced: bool,
}

/// The end of a term, with what led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Due {
    /// The last day of the term.
    #[schemars(with = "String")]
    pub date: NaiveDate,
    /// Whether a holiday that is not announced yet could still move it.
    pub provisional: bool,
    /// Every day from the first to the last, counted or skipped.
    pub proof: Vec<ProofDay>,
}

/// One day of the proof of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProofDay {
    /// The day.
    #[schemars(with = "String")]
    pub date: NaiveDate,
    /// Why it counts or does not.
    pub kind: DayKind,
    /// Its number in the count, from 1; none when it is skipped or is day 0.
    pub counted: Option<u32>,
}

/// A holiday: free days of one name in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// Its name.
    pub name: Words,
    /// Its first free day.
    pub first: NaiveDate,
    /// Its last.
    pub last: NaiveDate,
}

/// Holidays and make-up workdays of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    listed: BTreeMap<NaiveDate, Listed>,
    announced: BTreeSet<i32>,
    /// The holidays' names in both languages by the Chinese one, for files that have only that.
    names: BTreeMap<String, Words>,
}

/// A day that does not follow its weekday, or is named in a notice all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Listed {
    name: Words,
    off: bool,
    /// The year of the notice: a notice for one year may also move days of the December before.
    notice: i32,
}

impl Calendar {
    /// Whether the holidays of a year are known.
    pub fn is_announced(&self, year: i32) -> bool {
        self.announced.contains(&year)
    }

    /// What a day is.
    pub fn kind(&self, date: NaiveDate) -> Day {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let kind = match (self.listed.get(&date), weekend) {
            (
                Some(Listed {
                    name, off: true, ..
                }),
                _,
            ) => DayKind::Holiday(name.clone()),
            (
                Some(Listed {
                    name, off: false, ..
                }),
                true,
            ) => DayKind::MakeUp(name.clone()),
            (None, true) => DayKind::Weekend,
            // A notice may name a weekday as worked, where it ends an earlier prolongation.
            (_, false) => DayKind::Working,
        };
        Day {
            kind,
            announced: self.is_announced(date.year()),
        }
    }

    /// The holidays that are known and have a free day from one day to another, in their order.
    pub fn holidays(&self, from: NaiveDate, until: NaiveDate) -> Vec<Holiday> {
        let around = Days::new(LONGEST_HOLIDAY);
        let first = from.checked_sub_days(around).unwrap_or(from);
        let last = until.checked_add_days(around).unwrap_or(until);
        let mut found: Vec<Holiday> = Vec::new();
        if first > last {
            return found;
        }
        for (date, listed) in self.listed.range(first..=last).filter(|(_, it)| it.off) {
            match found.last_mut() {
                Some(holiday)
                    if holiday.last.succ_opt() == Some(*date) && holiday.name == listed.name =>
                {
                    holiday.last = *date;
                }
                _ => found.push(Holiday {
                    name: listed.name.clone(),
                    first: *date,
                    last: *date,
                }),
            }
        }
        found.retain(|holiday| holiday.last >= from && holiday.first <= until);
        found
    }

    /// Whether a day is worked, as far as is known.
    pub fn is_working(&self, date: NaiveDate) -> bool {
        self.kind(date).kind.is_working()
    }

    /// The last day of a term of `n` days that begins on `from`.
    ///
    /// `from` is day 0 and not counted unless `start_counts`; the term ends with the `n`th day
    /// counted. Calendar days depend on no announcement and are never provisional.
    pub fn due(&self, from: NaiveDate, n: u32, unit: DayUnit, start_counts: bool) -> Due {
        let mut due = Due {
            date: from,
            provisional: false,
            proof: Vec::new(),
        };
        let mut count = 0;
        for date in from.iter_days() {
            if count == n && date != from {
                break;
            }
            let Day { kind, announced } = self.kind(date);
            let candidate = count < n && (date != from || start_counts);
            let counts = candidate && (unit == DayUnit::Calendar || kind.is_working());
            count += u32::from(counts);
            due.date = date;
            due.provisional |= candidate && unit == DayUnit::Working && !announced;
            due.proof.push(ProofDay {
                date,
                kind,
                counted: counts.then_some(count),
            });
        }
        due
    }

    /// How many days are worked after `from`, up to and including `to`; 0 when `to` is not later.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        from.iter_days()
            .skip(1)
            .take_while(|date| *date <= to)
            .map(|date| u32::from(self.is_working(date)))
            .sum()
    }
}
