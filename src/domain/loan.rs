//! The loan register: who has which file until when (A11-19.5a, A11-19.5b), struck out on return
//! and never removed (A11-20).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, Custody, Grade};
use super::calendar::{DayUnit, Due};
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::fine::{Offence, Violation};
use super::handover::FineDecision;
use super::label::Label;
use super::named::named;
use super::number::Number;
use super::phone;
use super::procedure::ArchiveStep;
use super::profile::{Choice, Permission};
use super::refusal::{Checks, Problem, Refusal};
use super::role::Role;
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
    /// Which pieces are taken, by number; the first ones where none is named (A07-g6b).
    pub which: Vec<u32>,
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

named! {
    /// How a piece of a loan ended. Positions stand in records: variants are only appended.
    #[derive(Default)]
    PieceState {
        /// Back and whole.
        #[default]
        Back = "back",
        /// Back and damaged (A07-f7).
        Damaged = "damaged",
        /// Lost (A07-f7).
        Lost = "lost",
    }
}

/// How one piece ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PieceBack {
    /// The piece, from 1.
    pub piece: u32,
    /// How.
    pub state: PieceState,
    /// By whom and when, with what was noticed.
    pub said: Said,
}

/// On what a file was lent: the request with its approvals as they were, and the borrower's signature
/// (A11-19.4, A11-19.5a). All are none where the site lends without a request.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Lent {
    /// The request.
    pub request: Option<Number>,
    /// Its approvals.
    pub approvals: Vec<Said>,
    /// The signature.
    pub signed: Option<Said>,
}

/// What happens to a loan between check-out and return.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LoanCourse {
    /// On what it was lent.
    pub lent: Lent,
    /// The grade of the file when it was lent (A11-22c).
    pub grade: Grade,
    /// The pieces that have come back or are lost.
    pub pieces: Vec<PieceBack>,
    /// Asked back before its day, each time.
    pub recalled: Vec<Said>,
    /// The borrower says that it is back.
    pub claimed: Option<Said>,
    /// Renewals: the last day before, and on what it was renewed.
    pub renewed: Vec<(Day, Lent)>,
    /// What was decided at the end of a day on which it was out.
    pub decided: Vec<Said>,
    /// Fines for pieces that were confirmed or waived (A07-f7, A07-f9).
    pub fines: Vec<FineDecision>,
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
    /// What happens to it until then.
    pub course: Box<LoanCourse>,
}

impl Loan {
    /// The pieces that have not come back yet, by their number (A07-g6b).
    pub fn missing(&self) -> Vec<u32> {
        let is_back = |piece: &u32| self.course.pieces.iter().any(|known| known.piece == *piece);
        let lent = match self.details.which.as_slice() {
            [] => (1..=self.details.copies).collect(),
            which => which.to_vec(),
        };
        let missing = lent.into_iter().filter(|piece| !is_back(piece));
        // Of returns that an earlier program counted it is not known which pieces they were.
        let still_out = self.details.copies.saturating_sub(self.pieces_back);
        missing
            .take(usize::try_from(still_out).unwrap_or(0))
            .collect()
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let course = &mut self.course;
        let lent = std::iter::once(&mut course.lent);
        let lent = lent.chain(course.renewed.iter_mut().map(|(_, lent)| lent));
        let mut texts: Vec<&mut String> = lent
            .flat_map(|lent| lent.approvals.iter_mut().chain(&mut lent.signed))
            .map(|said| &mut said.text)
            .collect();
        let said = course.pieces.iter_mut().map(|piece| &mut piece.said);
        let said = said.chain(&mut course.recalled).chain(&mut course.claimed);
        texts.extend(said.chain(&mut course.decided).map(|said| &mut said.text));
        texts.extend(course.fines.iter_mut().map(|fine| &mut fine.said.text));
        texts
    }

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

/// The rule as it is today.
pub(super) fn rule(context: &Context) -> LoanRule {
    let rules = &context.profile.loans;
    LoanRule {
        max_days: rules.max_days,
        unit: rules.unit,
        loan_day_counts: rules.loan_day_counts,
        clause: rules.clause.clone(),
    }
}

/// Where pieces are named, they are ones that the file has, and so many are taken (A07-g6b).
pub(super) fn settle_pieces(
    which: &mut Vec<u32>,
    copies: &mut u32,
    file: &ArchiveFile,
    checks: &mut Checks,
) {
    which.sort_unstable();
    which.dedup();
    let there = 1..=file.details.pieces;
    if let Some(piece) = which.iter().find(|piece| !there.contains(piece)) {
        let problem = Problem::new("no-such-piece").field("which");
        let problem = problem.clause("A07-g6b").arg("piece", piece);
        checks.add(problem.arg("pieces", file.details.pieces));
    } else if !which.is_empty() {
        *copies = u32::try_from(which.len()).unwrap_or(u32::MAX);
    }
}

/// The last day on which a file lent on a day must be back, with the days counted (A11-19.5b).
pub fn last_day(lent_on: Day, context: &Context) -> Due {
    let rules = &context.profile.loans;
    context
        .calendar
        .due(lent_on.0, rules.max_days, rules.unit, rules.loan_day_counts)
}

/// Whether a file may be lent without a request.
///
/// # Errors
/// Refused where the site asks for a request (A11-19.4), for a graded file (A11-22c), and for a
/// borrower of a unit that is none of the house's where the circle is closed (A13-a6a).
fn asks_for_no_request(
    file: &ArchiveFile,
    details: &LoanDetails,
    context: &Context,
) -> Result<(), Refusal> {
    let profile = context.profile;
    let unit = clean::name(&details.unit);
    let of_the_house = |known: &Choice| [&known.id, &known.zh, &known.en].contains(&&unit);
    let outside = profile.archive.circle
        && !unit.is_empty()
        && !profile.complaints.departments.iter().any(of_the_house);
    let clause = if profile.loans.requested {
        "A11-19.4"
    } else if file.details.grade > Grade::None {
        "A11-22c"
    } else if outside {
        "A13-a6a"
    } else {
        return Ok(());
    };
    Err(Problem::new("request-first").clause(clause).into())
}

/// A file lent.
///
/// # Errors
/// Refused without the permission; without a request where one is asked for (A11-19.4, A11-22c,
/// A13-a6a); when the file is out; with one of name of material, copies,
/// loan time, reason or borrower empty (A11-19.5a); with a due day past the limit (A11-19.5b).
pub fn check_out(
    number: Number,
    file: &ArchiveFile,
    mut details: LoanDetails,
    lent: Lent,
    context: &Context,
) -> Result<(Loan, ArchiveFile), Refusal> {
    context.may(Permission::LoanCheckOut)?;
    file.must_be_here()?;
    if lent.request.is_none() {
        asks_for_no_request(file, &details, context)?;
    }
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
    settle_pieces(&mut details.which, &mut details.copies, file, &mut checks);
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
    let loan = Loan {
        meta: Meta::new(number, context),
        file: file.meta.number,
        title: file.details.title.clone(),
        details,
        lent_at: context.now,
        due,
        provisional: limit.provisional && due == last,
        rule: rule(context),
        pieces_back: 0,
        checked_in: None,
        course: Box::new(LoanCourse {
            lent,
            grade: file.details.grade,
            ..LoanCourse::default()
        }),
    };
    let file = ArchiveFile {
        meta: file.meta.changed(context),
        loan: Some(number),
        ..file.clone()
    };
    Ok((loan, file))
}

/// Which pieces are back and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Returned<'a> {
    /// So many of those that are missing, where the pieces are not named.
    pub pieces: u32,
    /// The pieces by number.
    pub which: &'a [u32],
    /// How they are.
    pub state: PieceState,
    /// What was noticed.
    pub note: &'a str,
}

/// Pieces of a loan back. With all of them back the row is struck from the open list and stays
/// readable (A11-20); with some missing the loan stays open (A07-g6b).
///
/// # Errors
/// Refused without the permission, when it is back already, with more pieces than were lent or one
/// that is not out, and for what is lost or damaged without a word on it.
pub fn check_in(
    loan: &Loan,
    file: &ArchiveFile,
    returned: &Returned,
    context: &Context,
) -> Result<(Loan, Option<ArchiveFile>), Refusal> {
    context.may(Permission::LoanCheckIn)?;
    if !loan.is_open() {
        return Err(Problem::new("already-back")
            .arg("loan", loan.meta.number)
            .into());
    }
    let missing = loan.missing();
    let note = clean::body(returned.note);
    let mut checks = Checks::new();
    let back: Vec<u32> = if returned.which.is_empty() {
        checks.require(returned.pieces > 0, || Problem::required("pieces"));
        let left = u32::try_from(missing.len()).unwrap_or(u32::MAX);
        checks.require(returned.pieces <= left, || {
            Problem::new("more-than-lent")
                .field("pieces")
                .arg("missing", left)
        });
        let count = usize::try_from(returned.pieces).unwrap_or(usize::MAX);
        missing.iter().copied().take(count).collect()
    } else {
        let mut which = returned.which.to_vec();
        which.sort_unstable();
        which.dedup();
        for piece in which.iter().filter(|piece| !missing.contains(piece)) {
            let problem = Problem::new("piece-not-out").field("pieces");
            checks.add(problem.clause("A07-g6b").arg("piece", piece));
        }
        which
    };
    let whole = returned.state == PieceState::Back;
    checks.require(whole || !note.is_empty(), || {
        Problem::required("note").clause("A07-f7")
    });
    checks.done()?;
    let said = Said {
        text: note.clone(),
        at: context.now,
        by: context.operator.meta.number,
    };
    let mut course = loan.course.clone();
    let count = u32::try_from(back.len()).unwrap_or(u32::MAX);
    course
        .pieces
        .extend(back.into_iter().map(|piece| PieceBack {
            piece,
            state: returned.state,
            said: said.clone(),
        }));
    let pieces_back = loan.pieces_back.saturating_add(count);
    let complete = pieces_back >= loan.details.copies;
    let checked_in = complete.then_some(CheckedIn {
        at: context.now,
        receiver: context.operator.meta.number,
        note,
    });
    let loan = Loan {
        meta: loan.meta.changed(context),
        pieces_back,
        checked_in,
        course,
        ..loan.clone()
    };
    let file = complete.then(|| ArchiveFile {
        meta: file.meta.changed(context),
        loan: None,
        custody: Box::new(Custody {
            missing: None,
            ..(*file.custody).clone()
        }),
        ..file.clone()
    });
    Ok((loan, file))
}

/// What a scanned label says to a return: the pieces that it stands for (A07-g6b).
///
/// # Errors
/// Refused for the label of a file of which several pieces are out: which of them is back is on the
/// labels of the pieces.
pub fn scanned_back(loan: &Loan, label: Label) -> Result<Vec<u32>, Refusal> {
    match (label.piece, loan.missing().as_slice()) {
        (Some(piece), _) => Ok(vec![piece]),
        (None, [only]) => Ok(vec![*only]),
        (None, missing) => Err(Problem::new("scan-the-pieces")
            .clause("A07-g6b")
            .arg("loan", loan.meta.number)
            .arg("missing", missing.len())
            .into()),
    }
}

/// A loan renewed: its last day is counted anew from today, under the rule of today.
///
/// # Errors
/// Refused where the site allows no renewal, and for a loan that is back.
pub fn renew(loan: &Loan, lent: Lent, context: &Context) -> Result<Loan, Refusal> {
    context.may(Permission::LoanCheckOut)?;
    if !context.profile.loans.renewals {
        return Err(Problem::new("no-renewals").clause("A11-19.5b").into());
    }
    if !loan.is_open() {
        return Err(Problem::new("already-back")
            .arg("loan", loan.meta.number)
            .into());
    }
    let limit = last_day(context.today(), context);
    let mut course = loan.course.clone();
    course.renewed.push((loan.due, lent));
    Ok(Loan {
        meta: loan.meta.changed(context),
        due: Day(limit.date),
        provisional: limit.provisional,
        rule: rule(context),
        course,
        ..loan.clone()
    })
}

/// What can be noted of a loan that is out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LoanStep {
    /// Ask it back before its day.
    RecallLoan {
        /// Why.
        reason: String,
    },
    /// The borrower says that it is back; it is looked for.
    ClaimReturned {
        /// What was said.
        text: String,
    },
    /// What is decided at the end of a day on which it is out.
    DecideLoan {
        /// What.
        text: String,
    },
}

impl LoanStep {
    /// Its name in texts.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::RecallLoan { .. } => "recall-loan",
            Self::ClaimReturned { .. } => "claim-returned",
            Self::DecideLoan { .. } => "decide-loan",
        }
    }
}

/// What a loan did wrong: pieces lost or damaged, each under the key by which it is decided (A07-f7).
pub fn violations(loan: &Loan, context: &Context) -> Vec<(String, Violation)> {
    let offset = context.profile.utc_offset_minutes;
    let pieces = loan.course.pieces.iter();
    let harmed = pieces.filter(|piece| piece.state != PieceState::Back);
    let violation = |piece: &PieceBack| Violation {
        on: piece.said.at.day(offset),
        person: loan.details.borrower.clone(),
        post: Role::Borrower,
        items: vec![(Offence::Piece, 1)],
        again: None,
    };
    harmed
        .map(|piece| (format!("piece-{}", piece.piece), violation(piece)))
        .collect()
}

/// A fine for a piece confirmed or waived (A07-f9).
///
/// # Errors
/// Refused for everybody but who carries it, without a reason, for a violation that there is not, and
/// for one that was decided already.
pub fn decide_fine(
    loan: &Loan,
    key: &str,
    confirmed: bool,
    reason: &str,
    context: &Context,
) -> Result<Loan, Refusal> {
    let known = violations(loan, context);
    let decision =
        super::handover::decision(&known, &loan.course.fines, key, confirmed, reason, context)?;
    let mut course = loan.course.clone();
    course.fines.push(decision);
    Ok(Loan {
        meta: loan.meta.changed(context),
        course,
        ..loan.clone()
    })
}

/// Something noted of a loan.
///
/// # Errors
/// Refused for one who does not carry it, for a loan that is back, and without words.
pub fn step(loan: &Loan, step: &LoanStep, context: &Context) -> Result<Loan, Refusal> {
    match step {
        LoanStep::DecideLoan { .. } => context.may_take(ArchiveStep::CloseDay)?,
        _ => context.may(Permission::LoanCheckIn)?,
    }
    if !loan.is_open() {
        return Err(Problem::new("already-back")
            .arg("loan", loan.meta.number)
            .into());
    }
    let (text, field) = match step {
        LoanStep::RecallLoan { reason } => (reason, "reason"),
        LoanStep::ClaimReturned { text } | LoanStep::DecideLoan { text } => (text, "text"),
    };
    let text = clean::body(text);
    if text.is_empty() {
        return Err(Problem::required(field).into());
    }
    let said = Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    };
    let mut course = loan.course.clone();
    match step {
        LoanStep::RecallLoan { .. } => course.recalled.push(said),
        LoanStep::ClaimReturned { .. } => course.claimed = Some(said),
        LoanStep::DecideLoan { .. } => course.decided.push(said),
    }
    Ok(Loan {
        meta: loan.meta.changed(context),
        course,
        ..loan.clone()
    })
}
