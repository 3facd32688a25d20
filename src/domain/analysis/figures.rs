//! The figures of a quarter: plain data as it is shown, exported and frozen with the approval.
//!
//! All of it is whole numbers: shares in tenths of a percent, times in minutes. What each number
//! counts is said by its cell.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cell::{Cell, Outcome};
use super::quarter::Quarter;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;

/// One line of a distribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What is counted.
    pub cell: Cell,
    /// How many.
    pub count: u64,
    /// Their share of the whole, in tenths of a percent.
    pub share: u32,
    /// The share of this line and all lines above it, in tenths of a percent.
    pub cumulative: u32,
}

/// How long it took from the complaint to its answer, in whole minutes (A08-r2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// Arithmetic mean, rounded down.
    pub mean: u32,
    /// The middle one; of an even number the mean of the middle two, rounded down.
    pub median: u32,
    /// The longest.
    pub longest: u32,
}

/// Times from complaint to answer, over those that were answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Times {
    /// How many were answered.
    pub count: u64,
    /// By the clock.
    pub clock: Span,
    /// In hours of work.
    pub work: Span,
    /// The complaint that took longest by the clock.
    pub longest: Option<Number>,
}

/// What a department had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DepartmentFigures {
    /// The department; empty where nobody had it yet.
    pub department: String,
    /// How many.
    pub count: u64,
    /// How many of them came to each result, in the order of [`Outcome::ALL`].
    pub outcomes: Vec<(Outcome, u64)>,
    /// How many answered ones there are, and their mean and longest time by the clock (A08-r2).
    pub answered: u64,
    /// Minutes from complaint to answer by the clock: the mean.
    pub mean: u32,
    /// The same: the longest.
    pub longest: u32,
}

/// How satisfied customers are (A08-n5, A13-c3d).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SatisfactionFigures {
    /// How many were asked, reached or not.
    pub asked: u64,
    /// How many said how satisfied they are.
    pub rated: u64,
    /// Their share of those asked, in tenths of a percent.
    pub rated_share: u32,
    /// What they said, from the best to the worst; shares are of those who said something.
    pub scale: Vec<Line>,
}

/// Complaints of one category that one department caused, two or more of them, with the preventive
/// measures in force against that (A08-r1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recurring {
    /// How many.
    pub line: Line,
    /// Preventive measures that were approved and not given up; none is said to be so.
    pub measures: Vec<Number>,
}

/// A quarter beside others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TrendLine {
    /// The quarter.
    pub quarter: Quarter,
    /// Complaints made in it.
    pub count: u64,
    /// Those of them with a step that was late.
    pub late: u64,
    /// Those of them that were answered.
    pub answered: u64,
    /// Minutes from complaint to answer by the clock: the mean.
    pub mean: u32,
}

/// The figures of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figures {
    /// The quarter.
    pub quarter: Quarter,
    /// As they were then.
    pub at: Stamp,
    /// Complaints made in the quarter.
    pub total: u64,
    /// By category, the most frequent first.
    pub categories: Vec<Line>,
    /// Sales and after-sales apart; nothing where the site does not ask (A08-s0).
    pub services: Vec<Line>,
    /// What came twice or more, the most frequent first (A08-r1).
    pub recurring: Vec<Recurring>,
    /// By channel, in the order of the register.
    pub channels: Vec<Line>,
    /// By the department that caused them, the most frequent first (A08-r3.2).
    pub causes: Vec<Line>,
    /// By the department that has them, in the order of their names.
    pub departments: Vec<DepartmentFigures>,
    /// By result.
    pub outcomes: Vec<Line>,
    /// By state; only states in which some are.
    pub states: Vec<Line>,
    /// By somebody who had complained earlier in the quarter.
    pub repeated: Line,
    /// Taken up again.
    pub reopened: Line,
    /// Late.
    pub late: Line,
    /// By the step that was late; shares are of all complaints.
    pub late_in: Vec<Line>,
    /// Major.
    pub major: Line,
    /// Satisfaction.
    pub satisfaction: SatisfactionFigures,
    /// From complaint to answer.
    pub times: Times,
    /// The four earlier quarters and this one, the oldest first.
    pub trend: Vec<TrendLine>,
}

impl Figures {
    /// The departments that have complaints of the quarter and are to analyse them (A13-c5b).
    pub fn responsible(&self) -> impl Iterator<Item = &str> {
        let departments = self.departments.iter();
        let named = departments.map(|line| line.department.as_str());
        named.filter(|department| !department.is_empty())
    }
}

/// A share in tenths of a percent, rounded to the nearest; of nothing it is nothing.
pub fn share(part: u64, whole: u64) -> u32 {
    if whole == 0 {
        return 0;
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    u32::try_from(tenths).unwrap_or(u32::MAX)
}
