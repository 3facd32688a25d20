//! The loan register: who has which file until when (A11-19.5a, A11-19.5b), struck out on return
//! and never removed (A11-20).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::ArchiveFile;
use super::calendar::{DayUnit, Due};
use super::context::{Context, Meta};
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// What the borrower enters (A11-19.5a).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LoanDetails {
    /// Who takes it.
    pub borrower: String,
    /// The borrower's department or firm.
    pub unit: String,
    /// A telephone to call when it is overdue.
    pub phone: String,
    /// How many pieces are taken.
    pub copies: u32,
    /// What for.
    pub reason: String,
    /// Back on this day at the latest; the last day allowed when empty.
    pub due: Option<Day>,
}

/// The rule as it was on the day of the loan; a later change of the profile does not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoanRule {
    /// At most so many days.
    pub max_days: u32,
    /// Counted in working or calendar days.
    pub unit: DayUnit,
    /// Whether the day of the loan counts.
    pub loan_day_counts: bool,
    /// The clause it comes from.
    pub clause: String,
}

/// The end of a loan (A11-20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedIn {
    /// When it came back.
    pub at: Stamp,
    /// Who received it.
    pub receiver: Number,
    /// What was noticed.
    pub note: String,
}

/// One row of the loan register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Loan {
    /// Number, version, times.
    pub meta: Meta,
    /// The file.
    pub file: Number,
    /// The name of the material, as it was lent.
    pub title: String,
    /// What was entered.
    pub details: LoanDetails,
    /// When it was lent.
    pub lent_at: Stamp,
    /// The last day on which it is not overdue.
    pub due: Day,
    /// Whether the last day reaches into a year whose holidays are not announced.
    pub provisional: bool,
    /// The rule it was lent under.
    pub rule: LoanRule,
    /// How many pieces have come back so far.
    pub pieces_back: u32,
    /// The return, once all is back.
    pub checked_in: Option<CheckedIn>,
}

impl Loan {
    /// Whether it is still out.
    pub fn is_open(&self) -> bool {
        self.checked_in.is_none()
    }

    /// Days by which it is overdue on a day; 0 when it is not (A11-19.5b). Computed, never stored.
    pub fn days_overdue(&self, today: Day) -> i64 {
        if self.is_open() {
            (today.0 - self.due.0).num_days().max(0)
        } else {
            0
        }
    }
}

/// The last day on which a file lent on a day must be back, with the days counted (A11-19.5b).
pub fn last_day(lent_on: Day, context: &Context) -> Due {
    let rules = &context.profile.loans;
    context
        .calendar
        .due(lent_on.0, rules.max_days, rules.unit, rules.loan_day_counts)
}

/// A file lent.
///
/// # Errors
/// Refused without the permission; when the file is out; with one of name of material, copies,
/// loan time, reason or borrower empty (A11-19.5a); with a due day past the limit (A11-19.5b).
pub fn check_out(
    number: Number,
    file: &ArchiveFile,
    mut details: LoanDetails,
    context: &Context,
) -> Result<(Loan, ArchiveFile), Refusal> {
    context.may(Permission::LoanCheckOut)?;
    if let Some(loan) = file.loan {
        return Err(Problem::new("already-lent")
            .arg("loan", loan)
            .clause("A11-20")
            .into());
    }
    let mut checks = Checks::new();
    let clause = "A11-19.5a";
    for text in [
        &mut details.borrower,
        &mut details.unit,
        &mut details.reason,
    ] {
        *text = clean::name(text);
    }
    checks.require(!details.borrower.is_empty(), || {
        Problem::required("borrower").clause(clause)
    });
    phone::settle(&mut details.phone, "phone", &mut checks);
    checks.require(details.copies > 0, || {
        Problem::required("copies").clause(clause)
    });
    checks.require(details.copies <= file.details.pieces, || {
        Problem::new("more-than-there-are")
            .field("copies")
            .clause(clause)
            .arg("pieces", file.details.pieces)
    });
    checks.require(!details.reason.is_empty(), || {
        Problem::required("reason").clause(clause)
    });
    let today = context.today();
    let limit = last_day(today, context);
    let last = Day(limit.date);
    let due = details.due.unwrap_or(last);
    checks.require(due <= last, || {
        Problem::new("loan-too-long")
            .field("due")
            .clause(&context.profile.loans.clause)
            .arg("days", context.profile.loans.max_days)
            .arg("last", last)
    });
    checks.require(due >= today, || {
        Problem::new("due-in-the-past").field("due")
    });
    checks.done()?;
    details.due = Some(due);
    let rules = &context.profile.loans;
    let loan = Loan {
        meta: Meta::new(number, context),
        file: file.meta.number,
        title: file.details.title.clone(),
        details,
        lent_at: context.now,
        due,
        provisional: limit.provisional && due == last,
        rule: LoanRule {
            max_days: rules.max_days,
            unit: rules.unit,
            loan_day_counts: rules.loan_day_counts,
            clause: rules.clause.clone(),
        },
        pieces_back: 0,
        checked_in: None,
    };
    let file = ArchiveFile {
        meta: file.meta.changed(context),
        loan: Some(number),
        ..file.clone()
    };
    Ok((loan, file))
}

/// Pieces of a loan back. With all of them back the row is struck from the open list and stays
/// readable (A11-20); with some missing the loan stays open.
///
/// # Errors
/// Refused without the permission, when it is back already, or with more pieces than were lent.
pub fn check_in(
    loan: &Loan,
    file: &ArchiveFile,
    pieces: u32,
    note: &str,
    context: &Context,
) -> Result<(Loan, Option<ArchiveFile>), Refusal> {
    context.may(Permission::LoanCheckIn)?;
    if !loan.is_open() {
        return Err(Problem::new("already-back")
            .arg("loan", loan.meta.number)
            .into());
    }
    let missing = loan.details.copies.saturating_sub(loan.pieces_back);
    let mut checks = Checks::new();
    checks.require(pieces > 0, || Problem::required("pieces"));
    checks.require(pieces <= missing, || {
        Problem::new("more-than-lent")
            .field("pieces")
            .arg("missing", missing)
    });
    checks.done()?;
    let pieces_back = loan.pieces_back.saturating_add(pieces);
    let complete = pieces_back >= loan.details.copies;
    let checked_in = complete.then(|| CheckedIn {
        at: context.now,
        receiver: context.operator.meta.number,
        note: clean::body(note),
    });
    let loan = Loan {
        meta: loan.meta.changed(context),
        pieces_back,
        checked_in,
        ..loan.clone()
    };
    let file = complete.then(|| ArchiveFile {
        meta: file.meta.changed(context),
        loan: None,
        ..file.clone()
    });
    Ok((loan, file))
}
