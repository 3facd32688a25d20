//! Requests to read, borrow, copy, carry out or give outside what is in the archive (SM5): what they
//! state, who endorses and who approves them, and what a granted one is good for (A11-17 to A11-24).

mod machine;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use machine::{AccessStep, AccessStepKind, Next, lend, next_steps, step};

use super::archive::{ArchiveFile, Grade};
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::profile::{Permission, Profile};
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// What is asked for. Positions stand in records: variants are only appended.
    #[derive(Default)]
    Purpose {
        /// To read a file (A11-18.1).
        #[default]
        Read = "read",
        /// To borrow one (A11-19.2).
        Borrow = "borrow",
        /// To copy or excerpt (A11-23.1).
        Copy = "copy",
        /// To carry it out of the house (A11-23.2).
        Carry = "carry",
        /// To give data to somebody outside (A11-24).
        Disclose = "disclose",
    }
}

named! {
    /// What an outsider shows (A11-18.4a).
    IdentityPaper {
        /// A letter of introduction.
        Letter = "letter",
        /// A work card.
        WorkCard = "work-card",
    }
}

named! {
    /// Where a request stands. Positions stand in records and index keys: variants are only appended.
    AccessState {
        /// Asked for.
        Requested = "requested",
        /// Stamped and signed by the applicant's unit (A11-18.2).
        Endorsed = "endorsed",
        /// An outsider who showed a paper (A11-18.4a).
        Registered = "registered",
        /// Approved by all who have to.
        Granted = "granted",
        /// Used: read, lent, copied, carried, given.
        Used = "used",
        /// Refused, with a reason. Ours.
        Refused = "refused",
        /// Taken back. Ours.
        Withdrawn = "withdrawn",
    }
}

impl AccessState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Used | Self::Refused | Self::Withdrawn)
    }

    /// Whether it waits for an approval.
    pub const fn is_to_be_approved(self) -> bool {
        matches!(self, Self::Endorsed | Self::Registered)
    }
}

/// What a request states.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AccessDetails {
    /// What is asked for.
    pub purpose: Purpose,
    /// The file.
    pub file: Option<Number>,
    /// What of it (A11-18.1: the object).
    pub object: String,
    /// What for (A11-18.1: the purpose).
    pub aim: String,
    /// Why (A11-18.1: the reason).
    pub reason: String,
    /// Who reads, borrows or receives (A11-18.1: who the reader is).
    pub reader: String,
    /// The reader's unit or department.
    pub unit: String,
    /// A telephone.
    pub phone: String,
    /// Whether the reader is from outside (A11-18.4a).
    pub outsider: bool,
    /// What an outsider shows.
    pub paper: Option<IdentityPaper>,
    /// Its number.
    pub paper_no: String,
    /// How many pieces or copies.
    pub copies: u32,
    /// Which pieces are borrowed, by number; the first ones where none is named.
    pub which: Vec<u32>,
    /// Back by then, for a loan.
    pub due: Option<Day>,
    /// The loan that is to be renewed.
    pub renews: Option<Number>,
    /// Who carries it, by name (A11-23.2).
    pub carrier: String,
    /// How it is kept safe on the way (A11-23.2).
    pub measure: String,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Access {
    /// Number, version, times. Who made it is the applicant.
    pub meta: Meta,
    /// What was entered.
    pub details: Box<AccessDetails>,
    /// The grade of the file when it was asked for.
    pub grade: Grade,
    /// Whether the file was important then (A11-23.1).
    pub important: bool,
    /// Where it stands.
    pub state: AccessState,
    /// Endorsed: the name of the unit's head, and who entered it.
    pub endorsed: Option<Said>,
    /// The approvals, in their order.
    pub approvals: Vec<(ArchiveStep, Said)>,
    /// Signed for in the register by who borrows (A11-19.5a).
    pub signed: Option<Said>,
    /// Refused.
    pub refused: Option<Said>,
    /// Used.
    pub used: Option<Said>,
    /// Taken back.
    pub withdrawn: Option<Said>,
    /// The loan it led to.
    pub loan: Option<Number>,
    /// The number of the copy it led to; 0 for none (A11-23.1).
    pub copy_no: u32,
}

/// Whether a request is granted and signed for, so that the file can be handed out (A11-19.5a).
pub fn can_be_lent(access: &Access) -> bool {
    access.state == AccessState::Granted
        && access.details.purpose == Purpose::Borrow
        && access.signed.is_some()
}

impl Access {
    /// The approvals that it needs, in their order.
    pub fn chain(&self, profile: &Profile) -> Vec<ArchiveStep> {
        let graded = self.grade > Grade::None;
        let rules = &profile.archive;
        let mut chain = match self.details.purpose {
            Purpose::Read if graded => vec![ArchiveStep::ApproveGraded],
            Purpose::Borrow | Purpose::Carry if graded => {
                vec![ArchiveStep::ApproveLoan, ArchiveStep::ApproveGraded]
            }
            Purpose::Borrow | Purpose::Carry => vec![ArchiveStep::ApproveLoan],
            Purpose::Copy if graded || self.important => vec![ArchiveStep::ApproveCopy],
            Purpose::Read | Purpose::Copy => vec![ArchiveStep::ApproveReading],
            Purpose::Disclose => rules.outside.clone(),
        };
        if rules.circle && self.details.outsider && self.details.purpose != Purpose::Disclose {
            chain.push(ArchiveStep::WidenCircle);
        }
        chain
    }

    /// The approval that it waits for now.
    pub fn waits_for(&self, profile: &Profile) -> Option<ArchiveStep> {
        let waits = self.state.is_to_be_approved();
        let given = |step: &ArchiveStep| self.approvals.iter().any(|(known, _)| known == step);
        let mut chain = self.chain(profile).into_iter();
        chain.find(|step| !given(step)).filter(|_| waits)
    }

    /// Whether somebody takes part in it: made, endorsed or approved it, or is to do so next.
    pub fn takes_part(&self, context: &Context) -> bool {
        let me = context.operator.meta.number;
        let next = match self.state {
            AccessState::Requested => Some(ArchiveStep::Endorse),
            _ => self.waits_for(context.profile),
        };
        let endorsed = self.endorsed.iter();
        let mut said = endorsed.chain(self.approvals.iter().map(|(_, said)| said));
        self.meta.created_by == me
            || said.any(|said| said.by == me)
            || next.is_some_and(|step| context.may_take(step).is_ok())
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let details = &mut self.details;
        let mut texts = vec![
            &mut details.object,
            &mut details.aim,
            &mut details.reason,
            &mut details.reader,
            &mut details.paper_no,
            &mut details.measure,
        ];
        let said = [
            &mut self.endorsed,
            &mut self.refused,
            &mut self.used,
            &mut self.withdrawn,
        ];
        texts.extend(said.into_iter().flatten().map(|said| &mut said.text));
        texts.extend(self.approvals.iter_mut().map(|(_, said)| &mut said.text));
        texts
    }
}

fn checked(
    mut details: AccessDetails,
    file: &ArchiveFile,
    context: &Context,
) -> Result<AccessDetails, Refusal> {
    let mut checks = Checks::new();
    for text in [
        &mut details.object,
        &mut details.reader,
        &mut details.unit,
        &mut details.paper_no,
        &mut details.carrier,
    ] {
        *text = clean::name(text);
    }
    for text in [&mut details.aim, &mut details.reason, &mut details.measure] {
        *text = clean::body(text);
    }
    super::phone::settle(&mut details.phone, "phone", &mut checks);
    details.file = Some(file.meta.number);
    if details.object.is_empty() {
        details.object.clone_from(&file.details.title);
    }
    let is_loan = details.purpose == Purpose::Borrow;
    let clause = match details.purpose {
        Purpose::Read | Purpose::Copy => "A11-18.1",
        Purpose::Borrow | Purpose::Carry => "A11-19.2",
        Purpose::Disclose => "A11-24",
    };
    for (text, field) in [
        (&details.aim, "aim"),
        (&details.reason, "reason"),
        (&details.reader, "reader"),
        (&details.unit, "unit"),
    ] {
        checks.require(!text.is_empty(), || Problem::required(field).clause(clause));
    }
    if details.outsider {
        checks.require(details.paper.is_some(), || {
            Problem::required("paper_kind").clause("A11-18.4a")
        });
        checks.require(!details.paper_no.is_empty(), || {
            Problem::required("paper_no").clause("A11-18.4a")
        });
    }
    if is_loan {
        details.copies = details.copies.max(1);
        let (which, copies) = (&mut details.which, &mut details.copies);
        super::loan::settle_pieces(which, copies, file, &mut checks);
        checks.require(details.copies <= file.details.pieces, || {
            Problem::new("more-than-there-are")
                .field("copies")
                .clause("A11-19.5a")
                .arg("pieces", file.details.pieces)
        });
    }
    if details.renews.is_some() && !context.profile.loans.renewals {
        checks.add(Problem::new("no-renewals").clause("A11-19.5b"));
    }
    if details.purpose == Purpose::Carry {
        let graded = file.details.grade > Grade::None || file.details.important;
        checks.require(!details.carrier.is_empty(), || {
            Problem::required("carrier").clause("A11-23.2")
        });
        checks.require(!graded || !details.measure.is_empty(), || {
            Problem::required("measure").clause("A11-23.2")
        });
    }
    checks.done()?;
    Ok(details)
}

/// A request made. `carrier` is the operator of the name of who carries, where there is one.
///
/// # Errors
/// Refused for one who may not ask; with object, purpose, reason or reader empty (A11-18.1); for an
/// outsider without a paper (A11-18.4a); for a carrier who is not among those designated, and without
/// a measure (A11-23.2); for a renewal where the site allows none.
pub fn apply(
    number: Number,
    details: AccessDetails,
    file: &ArchiveFile,
    carrier: Option<&super::operator::Operator>,
    context: &Context,
) -> Result<Access, Refusal> {
    context.may_take(ArchiveStep::Apply)?;
    let details = checked(details, file, context)?;
    if details.purpose == Purpose::Carry {
        let carriers = context.profile.archive.steps.get(&ArchiveStep::Carry);
        let roles = carriers.map(|it| it.roles.as_slice()).unwrap_or_default();
        let designated =
            carrier.is_some_and(|it| it.active && it.roles.iter().any(|role| roles.contains(role)));
        if !designated {
            return Err(Problem::new("carrier-not-designated")
                .field("carrier")
                .clause("A11-23.2")
                .into());
        }
    }
    let state = if details.outsider {
        AccessState::Registered
    } else {
        AccessState::Requested
    };
    Ok(Access {
        meta: Meta::new(number, context),
        grade: file.details.grade,
        important: file.details.important,
        details: Box::new(details),
        state,
        endorsed: None,
        approvals: Vec::new(),
        signed: None,
        refused: None,
        used: None,
        withdrawn: None,
        loan: None,
        copy_no: 0,
    })
}

/// Whether somebody may open a file, given the requests for it that were granted (A11-17, A11-22c).
///
/// A file without a grade is open to whoever may see files. A graded one is open to who keeps it and
/// to who approves reading it, and to nobody else without a request of their own.
///
/// # Errors
/// Refused for everybody else, with who could approve.
pub fn may_open(
    file: &ArchiveFile,
    granted: &[Access],
    context: &Context,
) -> Result<Option<Number>, Refusal> {
    let me = context.operator.meta.number;
    let own = granted.iter().find(|access| {
        let reads = access.details.purpose != Purpose::Disclose;
        reads && access.state == AccessState::Granted && access.meta.created_by == me
    });
    if let Some(access) = own {
        return Ok(Some(access.meta.number));
    }
    context.may(Permission::FileSee).map_err(|mut refusal| {
        for problem in &mut refusal.problems {
            problem.clause.get_or_insert_with(|| "A11-17".to_owned());
        }
        refusal
    })?;
    if file.details.grade == Grade::None || file.details.keeper == Some(me) {
        return Ok(None);
    }
    match context.may_take(ArchiveStep::ApproveGraded) {
        Ok(()) => Ok(None),
        Err(_) => Err(graded(file, context).into()),
    }
}

/// Why a graded file stays closed.
fn graded(file: &ArchiveFile, context: &Context) -> Problem {
    let steps = &context.profile.archive.steps;
    let grant = steps.get(&ArchiveStep::ApproveGraded);
    let roles = grant.map(|it| it.roles.as_slice()).unwrap_or_default();
    let who: Vec<&str> = roles.iter().map(|role| role.id()).collect();
    Problem::new("graded-file")
        .clause("A11-22c")
        .arg("number", file.meta.number)
        .arg("grade", file.details.grade.id())
        .arg("roles", who.join(" "))
}
