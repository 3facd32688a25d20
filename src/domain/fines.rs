//! The fines of a month: what every hand-over and loan did wrong in it, what each costs step by step
//! with doubling and repeats, what was decided, and how many hand-overs were on time and whole
//! (A07-f1 to A07-f10, A07-f8).

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::Datelike;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::fine::{self, Fine, Violation};
use super::handover::{self, FineDecision, Handover};
use super::loan::{self, Loan};
use super::number::Number;
use super::refusal::Refusal;
use super::role::Role;
use super::stamp::{Day, Stamp};

/// A calendar month.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, from 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month of a day.
    pub fn of(day: Day) -> Self {
        Self {
            year: day.0.year(),
            month: day.0.month(),
        }
    }

    /// Its first day.
    pub fn begins(self) -> Day {
        Day::of(self.year, self.month, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn ends(self) -> Day {
        let last = self.next().begins().0.pred_opt();
        Day(last.unwrap_or_default())
    }

    /// The month before.
    #[must_use]
    pub const fn before(self) -> Self {
        match self.month {
            0 | 1 => Self {
                year: self.year.saturating_sub(1),
                month: 12,
            },
            month => Self {
                month: month - 1,
                ..self
            },
        }
    }

    /// The month after.
    #[must_use]
    pub const fn next(self) -> Self {
        match self.month {
            12.. => Self {
                year: self.year.saturating_add(1),
                month: 1,
            },
            month => Self {
                month: month + 1,
                ..self
            },
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month) = text.trim().split_once('-').ok_or(())?;
        let (year, month) = (year.parse().map_err(drop)?, month.parse().map_err(drop)?);
        Day::of(year, month, 1).map(Self::of).ok_or(())
    }
}

/// One violation of the month with what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FineRow {
    /// The hand-over or loan.
    pub number: Number,
    /// Which of its violations.
    pub key: String,
    /// Whose.
    pub person: String,
    /// In which post.
    pub post: Role,
    /// The day it is of.
    pub on: Day,
    /// What it costs, step by step.
    pub fine: Fine,
    /// What was decided of it.
    pub decision: Option<FineDecision>,
}

/// How many hand-overs of a department were due in the month, on time and whole (A07-f8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DepartmentRates {
    /// The department.
    pub department: String,
    /// Due in the month.
    pub due: u64,
    /// Of these signed for in time.
    pub on_time: u64,
    /// Of these whole when the archive first looked.
    pub whole: u64,
}

/// The fines of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MonthFines {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The violations, in the order in which they count.
    pub rows: Vec<FineRow>,
    /// The rates, by department.
    pub rates: Vec<DepartmentRates>,
}

/// The fines of a month, from the hand-overs and loans that may have to do with it.
pub fn month(
    month: Month,
    handovers: &[Handover],
    loans: &[Loan],
    context: &Context,
) -> MonthFines {
    let mut found: Vec<(Violation, Number, String, Option<FineDecision>)> = Vec::new();
    let mut departments: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for handover in handovers {
        let Some(list) = handover::checklist(&handover.details, context) else {
            continue;
        };
        let of = |key: &str| handover.fines.iter().find(|fine| fine.key == key).cloned();
        for (key, violation) in handover::violations(handover, list, context) {
            found.push((violation, handover.meta.number, key.clone(), of(&key)));
        }
        if Month::of(handover.due) == month {
            let counted = departments.entry(&list.department).or_default();
            counted.push((handover, list));
        }
    }
    for loan in loans {
        let fines = &loan.course.fines;
        for (key, violation) in loan::violations(loan, context) {
            let decision = fines.iter().find(|fine| fine.key == key).cloned();
            found.push((violation, loan.meta.number, key, decision));
        }
    }
    found.retain(|(violation, ..)| Month::of(violation.on) == month);
    found.sort_by(|one, other| {
        let place = |it: &(Violation, Number, String, _)| (it.0.on, it.1, it.2.clone());
        place(one).cmp(&place(other))
    });
    let violations: Vec<Violation> = found.iter().map(|(it, ..)| it.clone()).collect();
    let fines = fine::propose(&violations, &context.profile.archive.fines);
    let rows = found.into_iter().zip(fines);
    let rows = rows.map(|((violation, number, key, decision), fine)| FineRow {
        number,
        key,
        person: violation.person,
        post: violation.post,
        on: violation.on,
        fine,
        decision,
    });
    let rates = departments.into_iter().map(|(department, counted)| {
        let (due, on_time, whole) = handover::rates(counted.into_iter(), context);
        DepartmentRates {
            department: department.to_owned(),
            due,
            on_time,
            whole,
        }
    });
    MonthFines {
        month,
        at: context.now,
        // What costs nothing is no fine.
        rows: rows.filter(|row| row.fine.sum() > 0).collect(),
        rates: rates.collect(),
    }
}

/// Holds a share of pay that is to be withheld with a fine against the site's bounds and the person's
/// violations of the month (A07-f6c).
///
/// # Errors
/// As [`fine::withhold`].
pub fn withhold(
    fines: &MonthFines,
    number: Number,
    key: &str,
    percent: u32,
    context: &Context,
) -> Result<(), Refusal> {
    let row = fines
        .rows
        .iter()
        .find(|row| row.number == number && row.key == key);
    let same = |other: &&FineRow| {
        row.is_some_and(|row| row.person == other.person && row.post == other.post)
    };
    let count = fines.rows.iter().filter(same);
    let violations = count.map(|row| row.fine.ordinal).max().unwrap_or(0);
    let post = row.map_or(Role::Borrower, |row| row.post);
    fine::withhold(post, violations, percent, &context.profile.archive.fines)
}
