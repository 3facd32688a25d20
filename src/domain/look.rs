//! Looks at somebody's data: who may see what, in full or masked, and what counts as a look and is
//! written down (A09-2.5, A11-02, A11-17).

use super::context::Context;
use super::named::named;
use super::number::{Kind, Number};
use super::procedure::ArchiveStep;
use super::profile::Permission;
use super::refusal::Refusal;

named! {
    /// What somebody did to see something.
    LookKind {
        /// Opened a record in full.
        Open = "open",
        /// Had what is masked shown.
        Reveal = "reveal",
        /// Searched by telephone or another identity.
        Search = "search",
        /// Exported a list.
        Export = "export",
        /// Printed something.
        Print = "print",
        /// Copied the store.
        Backup = "backup",
        /// Signed in.
        SignIn = "sign-in",
        /// Opened a record in full during a call, having checked who the caller is (A11-26.3).
        OnCall = "on-call",
    }
}

/// From so many digits on, what is searched for is somebody's telephone or identity.
const IDENTITY: usize = 7;
/// The digits of a record's number: four of the year, and six at most behind them.
const RECORD_DIGITS: usize = 10;

/// Who takes one of these steps of a request sees requests, as does whoever may make one.
const ASKED: [ArchiveStep; 8] = [
    ArchiveStep::Endorse,
    ArchiveStep::ApproveReading,
    ArchiveStep::ApproveGraded,
    ArchiveStep::ApproveLoan,
    ArchiveStep::ApproveCopy,
    ArchiveStep::ApproveOutside,
    ArchiveStep::ApproveOutsideToo,
    ArchiveStep::WidenCircle,
];

/// Who takes one of these steps sees the registration forms and the duty roster, as does whoever registers.
const FORMS: [ArchiveStep; 4] = [
    ArchiveStep::RuleCollision,
    ArchiveStep::KeepForms,
    ArchiveStep::FileForm,
    ArchiveStep::SetDuty,
];

/// What is needed to see records of a kind, and the clause behind it; none for what everybody at
/// the desk may see.
pub const fn needed(kind: Kind) -> Option<(Permission, Option<&'static str>)> {
    match kind {
        Kind::Customer
        | Kind::Intake
        | Kind::Complaint
        | Kind::Measure
        | Kind::FollowUp
        | Kind::Relation
        | Kind::Introduction
        | Kind::Handout
        | Kind::ServiceItem
        | Kind::Merge
        | Kind::Campaign
        | Kind::PlanLine
        | Kind::Dossier
        | Kind::Survey
        | Kind::Answer
        | Kind::Occupancy
        | Kind::Hint
        | Kind::Transaction
        | Kind::ShiftSheet => Some((Permission::CustomerSee, Some("A11-02"))),
        Kind::Analysis => Some((Permission::Report, None)),
        Kind::File
        | Kind::Loan
        | Kind::Handover
        | Kind::Inspection
        | Kind::Incident
        | Kind::Destruction
        | Kind::DayEnd => Some((Permission::FileSee, Some("A11-17"))),
        Kind::Import => Some((Permission::Import, None)),
        // A remark is seen with its record, an instruction by those it is between, and a credential by
        // nobody; the desk sees to all three.
        // Whoever may ask for a file sees what became of it, and whoever raises or answers tasks sees
        // tasks; that is held against the profile's steps.
        Kind::Access
        | Kind::Task
        | Kind::Registration
        | Kind::DutyShift
        | Kind::Instruction
        | Kind::Operator
        | Kind::Site
        | Kind::Permit
        | Kind::Credential
        | Kind::Remark => None,
    }
}

/// Whether records of a kind hold somebody's data, so that opening one is a look.
pub const fn is_personal(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Customer
            | Kind::Intake
            | Kind::Complaint
            | Kind::File
            | Kind::Loan
            | Kind::Handover
            | Kind::Access
            | Kind::Incident
            | Kind::Transaction
            | Kind::Task
            | Kind::Registration
            | Kind::FollowUp
            | Kind::Relation
            | Kind::Introduction
            | Kind::Handout
            | Kind::Merge
            | Kind::PlanLine
            | Kind::Dossier
            | Kind::Answer
            | Kind::Occupancy
            | Kind::Instruction
            | Kind::ShiftSheet
    )
}

/// Refuses whoever may not see records of a kind (A11-02, A11-17).
///
/// # Errors
/// Refused without the permission.
pub fn may_see(kind: Kind, context: &Context) -> Result<(), Refusal> {
    if kind == Kind::Access && context.may(Permission::FileSee).is_err() {
        let mut steps = ASKED.iter().map(|step| context.may_take(*step));
        let apply = context.may_take(ArchiveStep::Apply);
        return apply.or_else(|refused| steps.find(Result::is_ok).unwrap_or(Err(refused)));
    }
    // An entry on a card is seen with customers, one in a file with files.
    if kind == Kind::Transaction && context.may(Permission::FileSee).is_ok() {
        return Ok(());
    }
    if kind == Kind::Task && context.may(Permission::FileSee).is_err() {
        let raise = context.may_take(ArchiveStep::RaiseTask);
        return raise.or_else(|_| context.may_take(ArchiveStep::AnswerTask));
    }
    if kind == Kind::Registration && permits_reading(context) {
        return Ok(());
    }
    if matches!(kind, Kind::Registration | Kind::DutyShift) {
        let register = context.may_take(ArchiveStep::RegisterCustomer);
        let mut steps = FORMS.iter().map(|step| context.may_take(*step));
        return register.or_else(|refused| steps.find(Result::is_ok).unwrap_or(Err(refused)));
    }
    let Some((permission, clause)) = needed(kind) else {
        return Ok(());
    };
    context.may(permission).map_err(|mut refusal| {
        for problem in &mut refusal.problems {
            if problem.clause.is_none() {
                problem.clause = clause.map(str::to_owned);
            }
        }
        refusal
    })
}

/// Whether somebody permits others to read the registration forms: who does sees what there is to be
/// read, and reads it (A12-3.1.7b).
pub fn permits_reading(context: &Context) -> bool {
    context.profile.permits.read && context.may(Permission::PermitGrant).is_ok()
}

/// Whether somebody gets a record of a kind in full when opening it: who may have it revealed, and
/// who may change it, for a masked record cannot be changed without losing what was masked.
pub fn may_have_whole(kind: Kind, context: &Context) -> bool {
    let changing: &[Permission] = match kind {
        Kind::Customer | Kind::Relation | Kind::Merge | Kind::Dossier => {
            &[Permission::CustomerChange]
        }
        Kind::Intake => &[Permission::IntakeLog, Permission::IntakeRepair],
        Kind::FollowUp | Kind::Introduction | Kind::Handout | Kind::Answer | Kind::Occupancy => {
            &[Permission::IntakeLog]
        }
        Kind::PlanLine => &[Permission::IntakeLog, Permission::PlanKeep],
        Kind::Transaction if context.may_take(ArchiveStep::RecordTransaction).is_ok() => {
            return true;
        }
        Kind::Transaction => &[],
        Kind::Complaint => &[Permission::ComplaintRecord],
        Kind::File | Kind::Handover => &[Permission::FileChange],
        Kind::Loan => &[Permission::LoanCheckOut, Permission::LoanCheckIn],
        _ => return true,
    };
    let mut any = changing.iter().chain([&Permission::ContactReveal]);
    any.any(|permission| context.may(*permission).is_ok())
}

/// The digits of the identity among the words of a search; none where nobody's telephone or
/// identity number is searched for. The number of a record is nobody's.
pub fn identity(text: &str) -> Option<String> {
    long_enough(text.split_whitespace().filter(|word| !is_record(word)))
}

/// The digits of a telephone that was typed as one; none where they are too few to be somebody's.
pub fn telephone(text: &str) -> Option<String> {
    long_enough([text])
}

fn long_enough<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let chars = words.into_iter().flat_map(str::chars);
    let digits: String = chars.filter(|c| c.is_numeric()).collect();
    (digits.chars().count() >= IDENTITY).then_some(digits)
}

/// Whether a word is the number of a record: its letters, a year and so few digits that no
/// telephone is written so.
fn is_record(word: &str) -> bool {
    let number: Result<Number, _> = word.parse();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    digits <= RECORD_DIGITS && number.is_ok_and(|number| (1900..2200).contains(&number.year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_or_identity_number_is_an_identity_and_a_record_number_is_none() {
        for (text, digits) in [
            ("13800138000", Some("13800138000")),
            ("138 0013 8000", Some("13800138000")),
            ("王芳 021-65432100", Some("02165432100")),
            ("5432100", Some("5432100")),
            ("543210", None),
            ("王芳", None),
            ("IN-2024-00012", None),
            ("in2024-12", None),
            ("2024-00012", Some("202400012")),
            ("1990-1234567", Some("19901234567")),
            ("CU-1990-1234567", Some("19901234567")),
        ] {
            assert_eq!(identity(text).as_deref(), digits, "{text}");
        }
    }

    #[test]
    fn what_is_typed_as_a_telephone_is_never_a_record_number() {
        assert_eq!(telephone("CU-2024-00012").as_deref(), Some("202400012"));
        assert_eq!(telephone("IN-2024-1"), None);
    }
}
