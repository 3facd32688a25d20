//! A loan as another system had it, with the file it is of.

use super::adopt;
use super::archive::{ArchiveFile, FileDetails};
use super::context::{Context, Meta};
use super::loan::{self, CheckedIn, Loan, LoanDetails};
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// When a loan began and ended in another system, and what was noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Course {
    /// When it was lent; now where the other system does not say.
    pub lent_at: Option<Stamp>,
    /// When it came back; none while it is out.
    pub returned_at: Option<Stamp>,
    /// What was noticed: on the return, or behind the reason while it is out.
    pub note: String,
}

/// The file of a loan that is not there yet.
///
/// # Errors
/// As [`adopt::file`].
pub fn file(
    number: Number,
    import: Number,
    external: &str,
    title: &str,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    let name = if title.is_empty() { external } else { title };
    let details = FileDetails {
        title: name.to_owned(),
        external: external.to_owned(),
        ..FileDetails::default()
    };
    adopt::file(number, import, details, context)
}

/// A loan taken over, and its file where it is out with this loan from now on. Its last day is
/// computed by the rule of the site from the day on which it was lent: other systems have others, or
/// none (A11-19.5b).
///
/// # Errors
/// Refused without the permission to import, without a borrower (A11-19.5a), with a telephone that is
/// none, or when the file is out with another loan (A11-20).
pub fn loan(
    number: Number,
    import: Number,
    file: &ArchiveFile,
    mut details: LoanDetails,
    course: &Course,
    context: &Context,
) -> Result<(Loan, Option<ArchiveFile>), Refusal> {
    context.may(Permission::Import)?;
    let is_out = course.returned_at.is_none();
    if let (true, Some(other)) = (is_out, file.loan) {
        let problem = Problem::new("already-lent").arg("loan", other);
        return Err(problem.field("file").clause("A11-20").into());
    }
    let mut checks = Checks::new();
    for text in [
        &mut details.borrower,
        &mut details.unit,
        &mut details.reason,
    ] {
        *text = clean::name(text);
    }
    checks.require(!details.borrower.is_empty(), || {
        Problem::required("borrower").clause("A11-19.5a")
    });
    phone::settle(&mut details.phone, "phone", &mut checks);
    checks.done()?;
    let note = clean::body(&course.note);
    if is_out && !note.is_empty() {
        let mut said = vec![std::mem::take(&mut details.reason), clean::name(&note)];
        said.retain(|text| !text.is_empty());
        details.reason = said.join(" / ");
    }
    details.copies = details.copies.max(1);
    let lent_at = course.lent_at.unwrap_or(context.now);
    let limit = loan::last_day(lent_at.day(context.profile.utc_offset_minutes), context);
    let due = details.due.unwrap_or(Day(limit.date));
    details.due = Some(due);
    let meta = Meta {
        import: Some(import),
        ..Meta::new(number, context)
    };
    let loan = Loan {
        meta,
        file: file.meta.number,
        title: file.details.title.clone(),
        lent_at,
        due,
        provisional: limit.provisional && due == Day(limit.date),
        rule: loan::rule(context),
        pieces_back: if is_out { 0 } else { details.copies },
        checked_in: course.returned_at.map(|at| CheckedIn {
            at,
            receiver: context.operator.meta.number,
            note,
        }),
        course: Box::default(),
        details,
    };
    let file = is_out.then(|| ArchiveFile {
        loan: Some(number),
        ..file.clone()
    });
    Ok((loan, file))
}
