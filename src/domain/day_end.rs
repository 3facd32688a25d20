//! The end of the archive's day: what is out with a decision on each, what was signed for and is not in
//! the computer yet, and a sign-for register that takes no more rows (A07-g5a, A07-g5c).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::handover::Handover;
use super::loan::Loan;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

/// A day that was closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DayEnd {
    /// Number, version, times. Who made it closed the day.
    pub meta: Meta,
    /// The day.
    pub day: Day,
    /// The rows of its sign-for register.
    pub rows: Vec<Number>,
    /// Those of them without an electronic entry (A07-g5c).
    pub unfinished: Vec<Number>,
    /// Why they are left so.
    pub reason: String,
    /// The loans that were out, with what was decided of each.
    pub out: Vec<(Number, String)>,
}

/// A day closed.
///
/// # Errors
/// Refused for one who does not carry it; for a day that is closed or to come; without a reason where a
/// row has no electronic entry (A07-g5c); and while nothing was decided today of a loan that is
/// overdue.
pub fn close(
    number: Number,
    day: Day,
    reason: &str,
    closed: bool,
    rows: &[Handover],
    out: &[Loan],
    context: &Context,
) -> Result<DayEnd, Refusal> {
    context.may_take(ArchiveStep::CloseDay)?;
    let mut checks = Checks::new();
    checks.require(day <= context.today(), || {
        Problem::new("in-the-future").field("day")
    });
    checks.require(!closed, || {
        Problem::new("day-closed").clause("A07-g5a").arg("day", day)
    });
    let reason = clean::body(reason);
    let unfinished: Vec<Number> = rows
        .iter()
        .filter(|row| row.filled.is_none())
        .map(|row| row.meta.number)
        .collect();
    checks.require(unfinished.is_empty() || !reason.is_empty(), || {
        let names: Vec<String> = unfinished.iter().map(ToString::to_string).collect();
        Problem::required("reason")
            .clause("A07-g5c")
            .arg("rows", names.join(" "))
    });
    for loan in out.iter().filter(|loan| loan.days_overdue(day) > 0) {
        checks.require(decided_on(loan, day, context).is_some(), || {
            Problem::new("loan-undecided")
                .clause("A11-19.5b")
                .arg("loan", loan.meta.number)
                .arg("borrower", &loan.details.borrower)
        });
    }
    checks.done()?;
    let out = out.iter().map(|loan| {
        let decided = decided_on(loan, day, context);
        let text = decided.map(|said| said.text.clone());
        (loan.meta.number, text.unwrap_or_default())
    });
    Ok(DayEnd {
        meta: Meta::new(number, context),
        day,
        rows: rows.iter().map(|row| row.meta.number).collect(),
        unfinished,
        reason,
        out: out.collect(),
    })
}

/// What was decided of a loan on a day, the latest.
fn decided_on<'a>(loan: &'a Loan, day: Day, context: &Context) -> Option<&'a Said> {
    let offset = context.profile.utc_offset_minutes;
    let decided = loan.course.decided.iter().rev();
    decided.into_iter().find(|said| said.at.day(offset) == day)
}
