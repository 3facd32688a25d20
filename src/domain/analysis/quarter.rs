//! Quarters: the periods of the complaint analysis, from midnight to midnight at the site.

use std::fmt;
use std::str::FromStr;

use chrono::Datelike as _;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::stamp::{Day, Stamp};

/// A quarter of a year (A13-c5a). Written `2024Q2`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Quarter {
    /// The year.
    pub year: u16,
    /// From 1 to 4.
    pub quarter: u8,
}

impl Quarter {
    /// The quarter of a year, where there is one: years from 1900 to 2199, quarters from 1 to 4.
    pub fn of(year: u16, quarter: u8) -> Option<Self> {
        let holds = (1900..2200).contains(&year) && (1..=4).contains(&quarter);
        holds.then_some(Self { year, quarter })
    }

    /// The quarter that a day is in.
    pub fn of_day(day: Day) -> Self {
        let quarter = day.0.month0() / 3 + 1;
        Self {
            year: day.year(),
            quarter: u8::try_from(quarter).unwrap_or(1),
        }
    }

    /// Its first day.
    pub fn first_day(self) -> Day {
        let month = u32::from(self.quarter.saturating_sub(1)) * 3 + 1;
        Day::of(i32::from(self.year), month, 1).unwrap_or_default()
    }

    /// From its first moment to the first that is not in it any more, at an offset of so many
    /// minutes east of UTC.
    pub fn span(self, offset_minutes: i32) -> (Stamp, Stamp) {
        let midnight =
            |day: Day| Stamp::from_local(day.0.and_time(chrono::NaiveTime::MIN), offset_minutes);
        (
            midnight(self.first_day()),
            midnight(self.next().first_day()),
        )
    }

    /// Whether a moment is in it.
    pub fn holds(self, at: Stamp, offset_minutes: i32) -> bool {
        let (from, to) = self.span(offset_minutes);
        (from..to).contains(&at)
    }

    /// The one after it.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.quarter >= 4 {
            Self {
                year: self.year.saturating_add(1),
                quarter: 1,
            }
        } else {
            Self {
                quarter: self.quarter + 1,
                ..self
            }
        }
    }

    /// The one before it.
    #[must_use]
    pub const fn before(self) -> Self {
        if self.quarter <= 1 {
            Self {
                year: self.year.saturating_sub(1),
                quarter: 4,
            }
        } else {
            Self {
                quarter: self.quarter - 1,
                ..self
            }
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}Q{}", self.year, self.quarter)
    }
}

/// The text is no quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a quarter like 2024Q2")]
pub struct NotAQuarter;

impl FromStr for Quarter {
    type Err = NotAQuarter;

    /// Reads `2024Q2`, `2024-q2` and `2024-2`.
    fn from_str(text: &str) -> Result<Self, NotAQuarter> {
        let text = text.trim();
        let (year, rest) = text.split_at_checked(4).ok_or(NotAQuarter)?;
        let quarter = rest.trim_start_matches(['-', 'Q', 'q']);
        let is_digit = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if quarter.len() != 1 || quarter == rest || !is_digit(year) {
            return Err(NotAQuarter);
        }
        let (year, quarter) = (year.parse(), quarter.parse());
        let (Ok(year), Ok(quarter)) = (year, quarter) else {
            return Err(NotAQuarter);
        };
        Self::of(year, quarter).ok_or(NotAQuarter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a13_c5a_the_second_quarter_holds_the_first_of_april_and_the_thirtieth_of_june() {
        let quarter = Quarter::of(2024, 2).unwrap();
        for (at, holds) in [
            ("2024-03-31 23:59:59", false),
            ("2024-04-01 00:00", true),
            ("2024-06-30 23:59:59", true),
            ("2024-07-01 00:00", false),
        ] {
            let at = Stamp::parse(at, 480).unwrap();
            assert_eq!(quarter.holds(at, 480), holds, "{at}");
            assert_eq!(Quarter::of_day(at.day(480)) == quarter, holds, "{at}");
        }
    }

    #[test]
    fn quarters_read_back_and_follow_each_other_over_the_year() {
        let last = Quarter::of(2023, 4).unwrap();
        assert_eq!(last.to_string().parse(), Ok(last));
        assert_eq!("2023-4".parse(), Ok(last));
        assert_eq!("2023q4".parse(), Ok(last));
        assert_eq!(last.next(), Quarter::of(2024, 1).unwrap());
        assert_eq!(last.next().before(), last);
        for wrong in [
            "",
            "2023",
            "20234",
            "2023Q5",
            "2023Q0",
            "Q4",
            "23Q4",
            "二零二三Q4",
        ] {
            assert_eq!(wrong.parse::<Quarter>(), Err(NotAQuarter), "{wrong}");
        }
    }
}
