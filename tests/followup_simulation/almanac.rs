//! The holidays and the lunar months of two years, written down by hand: from the notices of the State
//! Council, and from the days on which the moon was new.

use crate::csv::{is_leap, on};

/// The first and the last day of each holiday.
const HOLIDAYS: [[(i64, i64, i64); 2]; 14] = [
    [(2024, 1, 1), (2024, 1, 1)],
    [(2024, 2, 10), (2024, 2, 17)],
    [(2024, 4, 4), (2024, 4, 6)],
    [(2024, 5, 1), (2024, 5, 5)],
    [(2024, 6, 10), (2024, 6, 10)],
    [(2024, 9, 15), (2024, 9, 17)],
    [(2024, 10, 1), (2024, 10, 7)],
    [(2025, 1, 1), (2025, 1, 1)],
    [(2025, 1, 28), (2025, 2, 4)],
    [(2025, 4, 4), (2025, 4, 6)],
    [(2025, 5, 1), (2025, 5, 5)],
    [(2025, 5, 31), (2025, 6, 2)],
    [(2025, 10, 1), (2025, 10, 8)],
    [(2026, 1, 1), (2026, 1, 3)],
];

/// The first days of the lunar months from the eleventh of 2023 to the twelfth of 2025: month, whether it is
/// the second of its name, and the day; the last one only says where the month before it ends.
const MONTHS: [(i64, bool, (i64, i64, i64)); 29] = [
    (11, false, (2023, 12, 13)),
    (12, false, (2024, 1, 11)),
    (1, false, (2024, 2, 10)),
    (2, false, (2024, 3, 10)),
    (3, false, (2024, 4, 9)),
    (4, false, (2024, 5, 8)),
    (5, false, (2024, 6, 6)),
    (6, false, (2024, 7, 6)),
    (7, false, (2024, 8, 4)),
    (8, false, (2024, 9, 3)),
    (9, false, (2024, 10, 3)),
    (10, false, (2024, 11, 1)),
    (11, false, (2024, 12, 1)),
    (12, false, (2024, 12, 31)),
    (1, false, (2025, 1, 29)),
    (2, false, (2025, 2, 28)),
    (3, false, (2025, 3, 29)),
    (4, false, (2025, 4, 28)),
    (5, false, (2025, 5, 27)),
    (6, false, (2025, 6, 25)),
    (6, true, (2025, 7, 25)),
    (7, false, (2025, 8, 23)),
    (8, false, (2025, 9, 22)),
    (9, false, (2025, 10, 21)),
    (10, false, (2025, 11, 20)),
    (11, false, (2025, 12, 20)),
    (12, false, (2026, 1, 19)),
    (1, false, (2026, 2, 17)),
    (2, false, (2026, 3, 19)),
];

/// A date as the export writes it.
fn read((year, month, day): (i64, i64, i64)) -> i64 {
    on(year, month, day)
}

/// The first and the last day of the holidays, in their order.
pub fn holidays() -> impl Iterator<Item = (i64, i64)> {
    HOLIDAYS
        .into_iter()
        .map(|[first, last]| (read(first), read(last)))
}

/// A date of birth as the export writes it: `1985-06-10`, `06-10`, `lunar 05-05`, `lunar leap 06-15`.
pub struct Born {
    pub lunar: bool,
    /// In the second month of its name.
    pub leap: bool,
    /// None where month or day is not known.
    anniversary: Option<(i64, i64)>,
}

impl Born {
    /// Reads one.
    pub fn read(text: &str) -> Self {
        let (lunar, rest) = match text.strip_prefix("lunar ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (leap, digits) = match rest.strip_prefix("leap ") {
            Some(digits) => (true, digits),
            None => (false, rest),
        };
        let parts: Vec<&str> = digits.split('-').collect();
        let of = |month: &str, day: &str| Some((month.parse().ok()?, day.parse().ok()?));
        let anniversary = match parts.as_slice() {
            [_, month, day] => of(month, day),
            [month, day] if month.len() == 2 => of(month, day),
            _ => None,
        };
        Self {
            lunar,
            leap,
            anniversary,
        }
    }

    /// Whether it is 29 February.
    pub fn is_leap_day(&self) -> bool {
        !self.lunar && self.anniversary == Some((2, 29))
    }

    /// The days from one to another on which the birthday is.
    pub fn between(&self, first: i64, last: i64) -> Vec<i64> {
        let Some((month, day)) = self.anniversary else {
            return Vec::new();
        };
        let all: Vec<i64> = if self.lunar {
            self.lunar_days(month, day)
        } else {
            let of = |year: i64| match (month, day) {
                (2, 29) if !is_leap(year) => on(year, 2, 28),
                _ => on(year, month, day),
            };
            (2023..=2026).map(of).collect()
        };
        all.into_iter()
            .filter(|day| (first..=last).contains(day))
            .collect()
    }

    /// In every month of that name: in the second one if it is of one and there is one.
    fn lunar_days(&self, month: i64, day: i64) -> Vec<i64> {
        let mut days = Vec::new();
        for (place, (of, second, first)) in MONTHS.iter().enumerate() {
            let Some((_, _, next)) = MONTHS.get(place + 1) else {
                break;
            };
            let has_second = MONTHS[place + 1].0 == *of;
            let is_this = if *second {
                self.leap
            } else {
                !(self.leap && has_second)
            };
            if *of == month && is_this {
                days.push((read(*first) + day - 1).min(read(*next) - 1));
            }
        }
        days
    }
}
