//! How long a file is kept, and what beats the end of its time (A12-3.2.8, A11-25, A13-a5e).

use chrono::{Datelike, Months};

use super::named::named;
use super::stamp::Day;

named! {
    /// Whether a file may be proposed for destruction.
    Keeping {
        /// Its time is not over.
        Kept = "kept",
        /// Its time is over, or it is void.
        Expired = "expired",
        /// Somebody holds it, whatever its time.
        Held = "held",
        /// The profile gives it no time: destruction is not offered.
        NoPeriod = "no-period",
    }
}

/// The day from which on a file is past a keeping period of so many years. One of 29 February is
/// past it on 1 March where the last year has no such day (A12-3.2.8a); none for a day that no
/// calendar has.
pub fn past_keeping(start: Day, years: u32) -> Option<Day> {
    let end = start
        .0
        .checked_add_months(Months::new(years.checked_mul(12)?))?;
    if end.day() == start.0.day() {
        return Some(Day(end));
    }
    end.succ_opt().map(Day)
}

/// The last day of filing of which a keeping period of so many years is over on a day.
pub fn last_past(today: Day, years: u32) -> Option<Day> {
    let start = today
        .0
        .checked_sub_months(Months::new(years.checked_mul(12)?))?;
    // What was filed on a 29 February is kept until 1 March of a year without one.
    let is_past = |day: &Day| past_keeping(*day, years).is_some_and(|end| end <= today);
    let mut days = std::iter::successors(start.succ_opt(), chrono::NaiveDate::pred_opt);
    days.by_ref().take(4).map(Day).find(is_past)
}

/// Whether a file may be proposed for destruction on a day: a hold beats everything, what is void
/// is past its time at once (A13-a5e), and without a period nothing is (X7).
pub fn keeping(start: Day, years: Option<u32>, void: bool, held: bool, today: Day) -> Keeping {
    if held {
        return Keeping::Held;
    }
    if void {
        return Keeping::Expired;
    }
    match years.map(|years| past_keeping(start, years)) {
        None => Keeping::NoPeriod,
        Some(end) if end.is_some_and(|end| today >= end) => Keeping::Expired,
        Some(_) => Keeping::Kept,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    #[test]
    fn ten_years_are_over_on_the_same_day_and_for_29_february_on_1_march() {
        let of = |start: &str, today: &str| keeping(day(start), Some(10), false, false, day(today));
        assert_eq!(of("2015-03-01", "2025-02-28"), Keeping::Kept);
        assert_eq!(of("2015-03-01", "2025-03-01"), Keeping::Expired);
        assert_eq!(of("2016-02-29", "2026-02-28"), Keeping::Kept);
        assert_eq!(of("2016-02-29", "2026-03-01"), Keeping::Expired);
        assert_eq!(past_keeping(day("2016-02-29"), 8), Some(day("2024-02-29")));
        for (today, last) in [
            ("2025-03-01", "2015-03-01"),
            ("2025-02-28", "2015-02-28"),
            ("2026-02-28", "2016-02-28"),
            ("2026-03-01", "2016-03-01"),
        ] {
            assert_eq!(last_past(day(today), 10), Some(day(last)), "{today}");
        }
    }

    #[test]
    fn a_hold_beats_all_and_without_a_period_only_what_is_void_goes() {
        let (start, today) = (day("2015-03-01"), day("2025-03-01"));
        assert_eq!(keeping(start, Some(10), true, true, today), Keeping::Held);
        assert_eq!(keeping(start, None, false, false, today), Keeping::NoPeriod);
        assert_eq!(keeping(start, None, true, false, today), Keeping::Expired);
        assert_eq!(
            keeping(today, Some(10), true, false, today),
            Keeping::Expired
        );
    }
}
