//! The destruction of a file (SM6): proposed once its time is over, reviewed, approved by somebody else,
//! carried out with a method and a witness; the record of it stays and holds nobody's data
//! (A12-3.2.8a to A12-3.2.8c, A11-25, A13-a5e).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, FileSort, Grade};
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::procedure::{self, ArchiveStep, Row, Stand};
use super::refusal::{Checks, Problem, Refusal};
use super::retention::{self, Keeping};
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// Why a file may go. Positions stand in records: variants are only appended.
    Ground {
        /// Its time is over (A12-3.2.8a).
        Expired = "expired",
        /// Its time is over and it is without value (A11-25).
        Worthless = "worthless",
        /// It is void (A13-a5e).
        Void = "void",
    }
}

named! {
    /// Where a destruction stands. Positions stand in records and index keys: variants are only appended.
    DestructionState {
        /// Proposed.
        Proposed = "proposed",
        /// Reviewed (A12-3.2.8b).
        Reviewed = "reviewed",
        /// Approved (A12-3.2.8b).
        Approved = "approved",
        /// Carried out (A12-3.2.8c).
        Destroyed = "destroyed",
        /// Refused: the file is kept. Ours.
        Kept = "kept",
    }
}

impl DestructionState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Destroyed | Self::Kept)
    }
}

/// The record of a destruction. It holds number, kind and dates of the file, and nothing of whom it was
/// about: it stays when that is gone (A12-3.2.8c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Destruction {
    /// Number, version, times. Who made it proposed it.
    pub meta: Meta,
    /// The file.
    pub file: Number,
    /// Its class.
    pub class: String,
    /// Its number within the class.
    pub class_no: u32,
    /// What it was about.
    pub sort: FileSort,
    /// Its grade.
    pub grade: Grade,
    /// How many pieces.
    pub pieces: u32,
    /// When it was filed.
    pub filed_on: Day,
    /// Since when its time is over; none for what is void.
    pub past_on: Option<Day>,
    /// Why it may go.
    pub ground: Ground,
    /// Where it stands.
    pub state: DestructionState,
    /// Reviewed.
    pub reviewed: Option<Said>,
    /// Approved.
    pub approved: Option<Said>,
    /// Refused, with the reason.
    pub refused: Option<Said>,
    /// How it was carried out, from the profile's list.
    pub method: String,
    /// Who watched.
    pub witness: String,
    /// Who carried it out, and when.
    pub destroyed: Option<Said>,
    /// The copies of the store that were made while the file was in it, newest first; at most
    /// [`MOST_COPIES`].
    pub copies: Vec<StoreCopy>,
    /// How many copies before those.
    pub earlier_copies: u32,
}

/// So many copies are named in the record of a destruction.
pub const MOST_COPIES: usize = 200;

/// A copy of the store that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StoreCopy {
    /// When.
    pub at: Stamp,
    /// Where to.
    pub place: String,
}

impl Destruction {
    /// The same with the copies of the store that still hold what was destroyed, newest first.
    #[must_use]
    pub fn with_copies(mut self, mut copies: Vec<StoreCopy>) -> Self {
        let earlier = copies.len().saturating_sub(MOST_COPIES);
        self.earlier_copies = u32::try_from(earlier).unwrap_or(u32::MAX);
        copies.truncate(MOST_COPIES);
        self.copies = copies;
        self
    }
}

/// Whether a file may be proposed on a day.
pub fn keeping(file: &ArchiveFile, context: &Context) -> Keeping {
    let custody = &file.custody;
    let today = context.today();
    let longer = custody.kept_until.is_some_and(|until| today < until);
    let (void, held) = (custody.void.is_some(), custody.hold.is_some());
    let years = context.profile.archive.keep_years;
    match retention::keeping(file.filed_on, years, void, held, today) {
        Keeping::Expired if longer && !void => Keeping::Kept,
        keeping => keeping,
    }
}

/// A destruction proposed.
///
/// # Errors
/// Refused for one who does not carry it; for a file that is out, held, within its time (A12-3.2.8a) or
/// not marked as without value where the site asks for that (A11-25).
pub fn propose(
    number: Number,
    file: &ArchiveFile,
    context: &Context,
) -> Result<Destruction, Refusal> {
    context.may_take(ArchiveStep::ProposeDestruction)?;
    file.must_be_here()?;
    let custody = &file.custody;
    let years = context.profile.archive.keep_years;
    let past_on = years.and_then(|years| retention::past_keeping(file.filed_on, years));
    if let Some(loan) = file.loan {
        return Err(Problem::new("already-lent").arg("loan", loan).into());
    }
    let stays = match keeping(file, context) {
        Keeping::Expired => None,
        Keeping::Held => Some(Problem::new("file-held")),
        Keeping::NoPeriod => Some(Problem::new("no-keeping-period").clause("A11-25")),
        Keeping::Kept => {
            let until = custody.kept_until.max(past_on).unwrap_or_default();
            Some(
                Problem::new("still-kept")
                    .clause("A12-3.2.8a")
                    .arg("until", until),
            )
        }
    };
    if let Some(problem) = stays {
        return Err(problem.arg("number", file.meta.number).into());
    }
    let ground = if custody.void.is_some() {
        Ground::Void
    } else if custody.worthless.is_some() {
        Ground::Worthless
    } else if context.profile.archive.worthless {
        let problem = Problem::new("not-appraised").clause("A11-25");
        return Err(problem.arg("number", file.meta.number).into());
    } else {
        Ground::Expired
    };
    Ok(Destruction {
        meta: Meta::new(number, context),
        file: file.meta.number,
        class: file.details.class.clone(),
        class_no: custody.class_no,
        sort: file.details.sort,
        grade: file.details.grade,
        pieces: file.details.pieces,
        filed_on: file.filed_on,
        past_on: past_on.filter(|_| ground != Ground::Void),
        ground,
        state: DestructionState::Proposed,
        reviewed: None,
        approved: None,
        refused: None,
        method: String::new(),
        witness: String::new(),
        destroyed: None,
        copies: Vec::new(),
        earlier_copies: 0,
    })
}

named! {
    /// What can be done with a destruction.
    DestructionStepKind {
        /// Reviewed (A12-3.2.8b).
        Review = "review-destruction",
        /// Approved (A12-3.2.8b).
        Approve = "approve-destruction",
        /// Carried out (A12-3.2.8c).
        Destroy = "destroy-file",
        /// Refused. Ours.
        Refuse = "refuse-destruction",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DestructionStep {
    /// It is in order.
    ReviewDestruction {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// It may be carried out.
    ApproveDestruction {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// It is carried out.
    DestroyFile {
        /// How, from the profile's list.
        method: String,
        /// Who watches.
        #[serde(default)]
        witness: String,
    },
    /// The file is kept.
    RefuseDestruction {
        /// Why.
        reason: String,
        /// Until when at least.
        #[serde(default)]
        kept_until: Option<Day>,
    },
}

impl DestructionStep {
    /// Which step it is.
    pub const fn kind(&self) -> DestructionStepKind {
        match self {
            Self::ReviewDestruction { .. } => DestructionStepKind::Review,
            Self::ApproveDestruction { .. } => DestructionStepKind::Approve,
            Self::DestroyFile { .. } => DestructionStepKind::Destroy,
            Self::RefuseDestruction { .. } => DestructionStepKind::Refuse,
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<DestructionStepKind, DestructionState>] = &[
    Row {
        step: DestructionStepKind::Review,
        from: &[DestructionState::Proposed],
        to: Some(DestructionState::Reviewed),
        who: ArchiveStep::ReviewDestruction,
        clause: "A12-3.2.8b",
        on: true,
    },
    Row {
        step: DestructionStepKind::Approve,
        from: &[DestructionState::Reviewed],
        to: Some(DestructionState::Approved),
        who: ArchiveStep::ApproveDestruction,
        clause: "A12-3.2.8b",
        on: true,
    },
    Row {
        step: DestructionStepKind::Destroy,
        from: &[DestructionState::Approved],
        to: Some(DestructionState::Destroyed),
        who: ArchiveStep::Destroy,
        clause: "A12-3.2.8c",
        on: true,
    },
    Row {
        step: DestructionStepKind::Refuse,
        from: &[DestructionState::Proposed],
        to: Some(DestructionState::Kept),
        who: ArchiveStep::ReviewDestruction,
        clause: "",
        on: false,
    },
    Row {
        step: DestructionStepKind::Refuse,
        from: &[DestructionState::Reviewed],
        to: Some(DestructionState::Kept),
        who: ArchiveStep::ApproveDestruction,
        clause: "",
        on: false,
    },
];

/// Whether somebody may take a step of a destruction, apart from what it asks for.
///
/// # Errors
/// Refused from a state that the step does not lead on from, and for one who does not carry it.
pub fn may(
    destruction: &Destruction,
    step: DestructionStepKind,
    context: &Context,
) -> Result<(), Refusal> {
    let stand = Stand {
        number: destruction.meta.number,
        state: destruction.state,
        group: "destruction-state",
    };
    let (id, state_id) = (DestructionStepKind::id, DestructionState::id);
    procedure::find(ROWS, stand, step, id, state_id, context).map(drop)
}

fn check(
    destruction: &Destruction,
    file: &ArchiveFile,
    step: &DestructionStep,
    context: &Context,
) -> Result<(), Refusal> {
    let me = context.operator.meta.number;
    let mut checks = Checks::new();
    if step.kind() != DestructionStepKind::Refuse {
        let held = file.custody.hold.is_some();
        checks.require(!held, || {
            Problem::new("file-held").arg("number", file.meta.number)
        });
        if let Some(loan) = file.loan {
            checks.add(Problem::new("already-lent").arg("loan", loan));
        }
    }
    let reviewer = destruction.reviewed.as_ref().map(|said| said.by);
    match step {
        DestructionStep::ReviewDestruction { .. } => {
            let own = destruction.meta.created_by == me;
            checks.require(!own, || Problem::new("own-request").clause("A12-3.2.8b"));
        }
        DestructionStep::ApproveDestruction { .. } => {
            let own = destruction.meta.created_by == me;
            checks.require(!own, || Problem::new("own-request").clause("A12-3.2.8b"));
            checks.require(reviewer != Some(me), || {
                Problem::new("approved-twice").clause("A12-3.2.8b")
            });
        }
        DestructionStep::DestroyFile { method, witness } => {
            let methods = &context.profile.archive.methods;
            let known = methods.iter().any(|known| known.id == method.trim());
            checks.require(known, || {
                let key = if method.trim().is_empty() {
                    "required"
                } else {
                    "unknown-method"
                };
                Problem::new(key).field("method").clause("A11-25")
            });
            let witness = clean::name(witness);
            let asked = context.profile.archive.witness;
            checks.require(!asked || !witness.is_empty(), || {
                Problem::required("witness").clause("A12-3.2.8c")
            });
            checks.require(
                witness.is_empty() || witness != context.operator.name,
                || {
                    Problem::new("own-witness")
                        .field("witness")
                        .clause("A12-3.2.8c")
                },
            );
            checks.ask(
                context.accept,
                Problem::new("destroy-for-good").arg("number", destruction.file),
            );
        }
        DestructionStep::RefuseDestruction { reason, kept_until } => {
            checks.require(!clean::body(reason).is_empty(), || {
                Problem::required("reason")
            });
            let later = kept_until.is_some_and(|until| until > context.today());
            checks.require(later, || match kept_until {
                None => Problem::required("kept_until"),
                Some(_) => Problem::new("due-in-the-past").field("kept_until"),
            });
        }
    }
    checks.done()
}

/// One step on, with the file as it is then; a refused one is kept until the day that is named.
///
/// # Errors
/// Refused from a state that the step does not lead on from and for one who does not carry it; where
/// reviewer, approver and proposer are not three (A12-3.2.8b); for a file that was held or lent
/// meanwhile; with a method that is not on the list (A11-25), without a witness where one is asked for,
/// or with one who carries it out as well. Whoever carries it out is asked once more.
pub fn step(
    destruction: &Destruction,
    file: &ArchiveFile,
    step: &DestructionStep,
    context: &Context,
) -> Result<(Destruction, Option<ArchiveFile>), Refusal> {
    let stand = Stand {
        number: destruction.meta.number,
        state: destruction.state,
        group: "destruction-state",
    };
    let (id, state_id) = (DestructionStepKind::id, DestructionState::id);
    let row = procedure::find(ROWS, stand, step.kind(), id, state_id, context)?;
    check(destruction, file, step, context)?;
    if matches!(step, DestructionStep::DestroyFile { .. }) {
        file.must_be_here()?;
    }
    let me = context.operator.meta.number;
    let said = |text: &str| {
        Some(Said {
            text: clean::body(text),
            at: context.now,
            by: me,
        })
    };
    let mut next = Destruction {
        meta: destruction.meta.changed(context),
        state: row.to.unwrap_or(destruction.state),
        ..destruction.clone()
    };
    let mut kept = None;
    match step {
        DestructionStep::ReviewDestruction { note } => next.reviewed = said(note),
        DestructionStep::ApproveDestruction { note } => next.approved = said(note),
        DestructionStep::DestroyFile { method, witness } => {
            method.trim().clone_into(&mut next.method);
            next.witness = clean::name(witness);
            next.destroyed = said("");
        }
        DestructionStep::RefuseDestruction { reason, kept_until } => {
            next.refused = said(reason);
            let mut custody = file.custody.clone();
            custody.kept_until = *kept_until;
            kept = Some(ArchiveFile {
                meta: file.meta.changed(context),
                custody,
                ..file.clone()
            });
        }
    }
    Ok((next, kept))
}
