//! Inspections of the archive: when the next one is due, and what keeps one open (A11-14a, A11-14b,
//! A13-a5c).

use chrono::Months;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::named::named;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;

named! {
    /// What was found on a shelf. Positions stand in records: variants are only appended.
    Finding {
        /// Everything is there and whole.
        InOrder = "in-order",
        /// Something is faded or torn, and wants repair (A11-15, A13-a5d).
        Damaged = "damaged",
        /// Something is not where it belongs.
        Missing = "missing",
    }
}

/// How a shelf was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// The shelf.
    pub shelf: String,
    /// What was found.
    pub finding: Finding,
    /// What is damaged or missing.
    pub note: String,
}

/// How an inspection stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not due before this day.
    NotYet(Day),
    /// Due today.
    Due,
    /// Due since this day.
    Overdue(Day),
}

/// Whether the next inspection is due, so many months after the last one; due at once where there
/// never was one. Overdue begins the day after (A11-14a).
pub fn standing(last: Option<Day>, months: u32, today: Day) -> Standing {
    let due = last.and_then(|last| last.0.checked_add_months(Months::new(months)));
    match due.map(Day) {
        None => Standing::Due,
        Some(due) if today < due => Standing::NotYet(due),
        Some(due) if today == due => Standing::Due,
        Some(due) => Standing::Overdue(due),
    }
}

/// Holds an inspection that is to be closed against the shelves that there are.
///
/// # Errors
/// Refused for each shelf that was not visited, and for damage or loss without a word on what it is
/// (A11-14b).
pub fn may_close(visits: &[Visit], shelves: &[String]) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    for shelf in shelves {
        let visited = visits.iter().any(|visit| visit.shelf == *shelf);
        checks.require(visited, || {
            Problem::new("shelf-not-visited")
                .clause("A11-14b")
                .arg("shelf", shelf)
        });
    }
    for visit in visits {
        let told = visit.finding == Finding::InOrder || !visit.note.trim().is_empty();
        checks.require(told, || {
            Problem::new("finding-without-words")
                .clause("A11-14b")
                .arg("shelf", &visit.shelf)
        });
    }
    checks.done()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day(text.parse().unwrap())
    }

    #[test]
    fn half_a_year_or_a_quarter_after_the_last_one_it_is_due_and_a_day_later_overdue() {
        let last = Some(day("2024-01-15"));
        let half = |today| standing(last, 6, day(today));
        let due = day("2024-07-15");
        assert_eq!(half("2024-07-14"), Standing::NotYet(due));
        assert_eq!(half("2024-07-15"), Standing::Due);
        assert_eq!(half("2024-07-16"), Standing::Overdue(due));
        assert_eq!(standing(last, 3, day("2024-04-15")), Standing::Due);
        assert_eq!(standing(None, 3, day("2024-04-15")), Standing::Due);
    }

    #[test]
    fn a_shelf_that_was_not_visited_keeps_an_inspection_open() {
        let visit = |shelf: &str, finding, note: &str| Visit {
            shelf: shelf.to_owned(),
            finding,
            note: note.to_owned(),
        };
        let shelves = ["A1".to_owned(), "A2".to_owned()];
        let first = visit("A1", Finding::InOrder, "");
        let keys = |visits: &[Visit]| -> Vec<String> {
            let refusal = may_close(visits, &shelves).err();
            let problems = refusal.map(|it| it.problems).unwrap_or_default();
            problems.into_iter().map(|it| it.key).collect()
        };
        assert_eq!(keys(std::slice::from_ref(&first)), ["shelf-not-visited"]);
        let untold = visit("A2", Finding::Damaged, " ");
        assert_eq!(keys(&[first.clone(), untold]), ["finding-without-words"]);
        let told = visit("A2", Finding::Missing, "缺 3 号合同");
        assert_eq!(keys(&[first, told]), Vec::<String>::new());
    }
}
