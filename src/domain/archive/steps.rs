//! What is done to a file while it is kept: sorted, confirmed, held, found void or without value,
//! damaged, repaired, put into the computer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ArchiveFile, Damage, Electronic, Lack, Transfer, check_unit};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::named::named;
use crate::domain::procedure::{self, ArchiveStep, Row, Stand};
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::stamp::Day;
use crate::text::clean;

named! {
    /// What can be done to a file.
    FileStepKind {
        /// Sorted and prepared (A13-a2).
        Sort = "sort-file",
        /// Its electronic part is there (A07-g5c, A07-n.8).
        Digitise = "digitise-file",
        /// What is in it is right (A03-4.1.2c).
        Confirm = "confirm-file",
        /// Something is damaged (A11-15, A13-a5d).
        Damage = "damage-file",
        /// What was damaged is repaired.
        Repair = "repair-file",
        /// It is not where it belongs (A13-a5c).
        Miss = "miss-file",
        /// It is found again.
        Find = "find-file",
        /// Held against destruction.
        Hold = "hold-file",
        /// No longer held.
        Release = "release-file",
        /// Found to be without value (A11-25).
        Appraise = "appraise-file",
        /// Void (A13-a5e).
        Void = "void-file",
        /// Up to date with what its customer bought (A03-4.1.2b-2).
        Update = "update-file",
        /// Handed over for good, to be signed for (A13-a7a).
        Transfer = "transfer-file",
        /// Signed for by the other side: it has left (A13-a7a).
        TakeOver = "take-over-file",
        /// Not handed over after all. Ours.
        Keep = "keep-file",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FileStep {
    /// It is sorted and prepared.
    SortFile {},
    /// Its electronic part.
    DigitiseFile {
        /// Pages that were scanned.
        #[serde(default)]
        pages: Option<u32>,
        /// The name of the scan, or where it lies.
        reference: String,
    },
    /// What is in it is right.
    ConfirmFile {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// Something is damaged.
    DamageFile {
        /// What.
        text: String,
    },
    /// What was damaged is repaired.
    RepairFile {
        /// Who repaired it, and how.
        text: String,
        /// When.
        #[serde(default)]
        repaired_on: Option<Day>,
    },
    /// It is not where it belongs.
    MissFile {
        /// Where it was looked for.
        text: String,
    },
    /// It is found again.
    FindFile {
        /// Where.
        text: String,
    },
    /// Hold it against destruction.
    HoldFile {
        /// Why.
        reason: String,
    },
    /// Let it go.
    ReleaseFile {
        /// Why.
        reason: String,
    },
    /// It is without value.
    AppraiseFile {
        /// Why.
        reason: String,
    },
    /// It is void.
    VoidFile {
        /// Why.
        reason: String,
    },
    /// It is up to date.
    UpdateFile {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// Hand it over for good.
    TransferFile {
        /// The department of the profile, or who outside takes it.
        to: String,
        /// Who receives it there, by name.
        receiver: String,
        /// Why.
        reason: String,
    },
    /// The other side signs for it.
    TakeOverFile {
        /// Anything to say, such as where the signed list lies.
        #[serde(default)]
        note: String,
    },
    /// It is not handed over after all.
    KeepFile {
        /// Why.
        reason: String,
    },
}

impl FileStep {
    /// Which step it is.
    pub const fn kind(&self) -> FileStepKind {
        match self {
            Self::SortFile {} => FileStepKind::Sort,
            Self::DigitiseFile { .. } => FileStepKind::Digitise,
            Self::ConfirmFile { .. } => FileStepKind::Confirm,
            Self::DamageFile { .. } => FileStepKind::Damage,
            Self::RepairFile { .. } => FileStepKind::Repair,
            Self::MissFile { .. } => FileStepKind::Miss,
            Self::FindFile { .. } => FileStepKind::Find,
            Self::HoldFile { .. } => FileStepKind::Hold,
            Self::ReleaseFile { .. } => FileStepKind::Release,
            Self::AppraiseFile { .. } => FileStepKind::Appraise,
            Self::VoidFile { .. } => FileStepKind::Void,
            Self::UpdateFile { .. } => FileStepKind::Update,
            Self::TransferFile { .. } => FileStepKind::Transfer,
            Self::TakeOverFile { .. } => FileStepKind::TakeOver,
            Self::KeepFile { .. } => FileStepKind::Keep,
        }
    }

    /// What is said with it, and the field it is typed in; none where nothing has to be.
    fn said(&self) -> Option<(&str, &'static str)> {
        match self {
            Self::SortFile {}
            | Self::ConfirmFile { .. }
            | Self::UpdateFile { .. }
            | Self::TakeOverFile { .. } => None,
            Self::DigitiseFile { reference, .. } => Some((reference, "reference")),
            Self::DamageFile { text }
            | Self::RepairFile { text, .. }
            | Self::MissFile { text }
            | Self::FindFile { text } => Some((text, "text")),
            Self::HoldFile { reason }
            | Self::ReleaseFile { reason }
            | Self::AppraiseFile { reason }
            | Self::VoidFile { reason }
            | Self::TransferFile { reason, .. }
            | Self::KeepFile { reason } => Some((reason, "reason")),
        }
    }
}

const fn row(step: FileStepKind, who: ArchiveStep, clause: &'static str) -> Row<FileStepKind, ()> {
    Row {
        step,
        from: &[()],
        to: None,
        who,
        clause,
        on: false,
    }
}

/// Who may do what to a file.
pub const ROWS: &[Row<FileStepKind, ()>] = &[
    row(FileStepKind::Sort, ArchiveStep::Receive, "A13-a2"),
    row(FileStepKind::Digitise, ArchiveStep::Receive, "A07-g5c"),
    row(
        FileStepKind::Confirm,
        ArchiveStep::ConfirmFile,
        "A03-4.1.2c",
    ),
    row(FileStepKind::Damage, ArchiveStep::Inspect, "A11-15"),
    row(FileStepKind::Repair, ArchiveStep::Inspect, "A11-15"),
    row(FileStepKind::Miss, ArchiveStep::Inspect, "A13-a5c"),
    row(FileStepKind::Find, ArchiveStep::Inspect, "A13-a5c"),
    row(FileStepKind::Hold, ArchiveStep::Hold, ""),
    row(FileStepKind::Release, ArchiveStep::Hold, ""),
    row(
        FileStepKind::Appraise,
        ArchiveStep::ProposeDestruction,
        "A11-25",
    ),
    row(
        FileStepKind::Void,
        ArchiveStep::ProposeDestruction,
        "A13-a5e",
    ),
    row(
        FileStepKind::Update,
        ArchiveStep::UpdateFile,
        "A03-4.1.2b-2",
    ),
    row(FileStepKind::Transfer, ArchiveStep::TransferFile, "A13-a7a"),
    row(FileStepKind::TakeOver, ArchiveStep::TakeOver, "A13-a7a"),
    row(FileStepKind::Keep, ArchiveStep::TransferFile, ""),
];

/// What can be done to a file as it is.
pub fn next_steps(file: &ArchiveFile) -> Vec<&'static Row<FileStepKind, ()>> {
    let custody = &file.custody;
    if file.must_be_here().is_err() {
        return Vec::new();
    }
    let offered = |step: FileStepKind| match step {
        FileStepKind::Sort => custody.sorted.is_none(),
        FileStepKind::Repair => custody.to_repair().next().is_some(),
        FileStepKind::Miss => custody.missing.is_none() && file.loan.is_none(),
        FileStepKind::Find => custody.missing.is_some(),
        FileStepKind::Hold => custody.hold.is_none(),
        FileStepKind::Release => custody.hold.is_some(),
        FileStepKind::Appraise => custody.worthless.is_none(),
        FileStepKind::Void => custody.void.is_none(),
        FileStepKind::Confirm => custody.confirmed.is_none(),
        FileStepKind::Digitise | FileStepKind::Damage => true,
        FileStepKind::Update => custody.to_update.is_some(),
        FileStepKind::Transfer => custody.transfer.is_none(),
        FileStepKind::TakeOver | FileStepKind::Keep => custody.transfer.is_some(),
    };
    ROWS.iter().filter(|row| offered(row.step)).collect()
}

/// One of these done.
///
/// # Errors
/// Refused for one who does not carry it, without what it asks for, where there is nothing to do, and
/// for sorting a file that lacks what a whole one has, which is named (A11-04b, A13-a2).
pub fn step(
    file: &ArchiveFile,
    step: &FileStep,
    context: &Context,
) -> Result<ArchiveFile, Refusal> {
    let stand = Stand {
        number: file.meta.number,
        state: (),
        group: "file",
    };
    let row = procedure::find(
        ROWS,
        stand,
        step.kind(),
        FileStepKind::id,
        |()| "kept",
        context,
    )?;
    file.must_be_here()?;
    let offered = next_steps(file).iter().any(|row| row.step == step.kind());
    if !offered {
        return Err(Problem::new("nothing-to-change").into());
    }
    match step {
        FileStep::UpdateFile { .. } => check_unit(file, context)?,
        FileStep::TakeOverFile { .. } => may_sign_for(file, context)?,
        _ => {}
    }
    let mut checks = Checks::new();
    let text = step.said().map(|(text, _)| clean::body(text));
    if let (Some((_, field)), Some("")) = (step.said(), text.as_deref()) {
        let problem = Problem::required(field);
        checks.add(if row.clause.is_empty() {
            problem
        } else {
            problem.clause(row.clause)
        });
    }
    check(file, step, context, &mut checks);
    checks.done()?;
    let said = Said {
        text: text.unwrap_or_default(),
        at: context.now,
        by: context.operator.meta.number,
    };
    let mut next = ArchiveFile {
        meta: file.meta.changed(context),
        ..file.clone()
    };
    bring(&mut next, step, said);
    if let Some(transfer) = &mut next.custody.transfer
        && transfer.taken.is_some()
    {
        // Its place is free again.
        transfer.left_on = Some(context.today());
        next.details.place = String::new();
    }
    Ok(next.settled(context))
}

/// A file that goes to a department is signed for by its people, and never by the one who handed it
/// over; whoever takes it outside signs on paper, and the archive says so (A13-a7a).
fn may_sign_for(file: &ArchiveFile, context: &Context) -> Result<(), Refusal> {
    let Some(transfer) = &file.custody.transfer else {
        return Ok(());
    };
    let units = &context.profile.complaints.departments;
    if !units.iter().any(|unit| unit.id == transfer.to) {
        return context.may_take(ArchiveStep::TransferFile);
    }
    if !context.is_of(&transfer.to) {
        let problem = Problem::new("not-the-receiving-department").clause("A13-a7a");
        return Err(problem.arg("unit", &transfer.to).into());
    }
    if transfer.given.by == context.operator.meta.number {
        return Err(Problem::new("same-person").clause("A13-a7a").into());
    }
    Ok(())
}

fn check(file: &ArchiveFile, step: &FileStep, context: &Context, checks: &mut Checks) {
    match step {
        FileStep::SortFile {} => {
            // The electronic part comes after the papers are sorted.
            let lacks = file.lacks(context.profile);
            for lack in lacks.into_iter().filter(|lack| *lack != Lack::Electronic) {
                checks.add(
                    Problem::new("file-lacks")
                        .clause("A11-04b")
                        .arg("lack", lack.id()),
                );
            }
        }
        FileStep::RepairFile { repaired_on, .. } => match repaired_on {
            None => checks.add(Problem::required("repaired_on").clause("A11-15")),
            Some(day) if *day > context.today() => {
                checks.add(Problem::new("in-the-future").field("repaired_on"));
            }
            Some(_) => {}
        },
        FileStep::TransferFile { to, receiver, .. } => {
            for (text, field) in [(to, "to_whom"), (receiver, "receiver")] {
                checks.require(!clean::name(text).is_empty(), || {
                    Problem::required(field).clause("A13-a7a")
                });
            }
            if let Some(loan) = file.loan {
                checks.add(Problem::new("already-lent").arg("loan", loan));
            }
            checks.require(file.custody.hold.is_none(), || {
                Problem::new("file-held-stays").arg("number", file.meta.number)
            });
        }
        FileStep::DigitiseFile { pages, .. } => {
            checks.require(pages.is_some_and(|pages| pages > 0), || {
                Problem::required("pages").clause("A07-n.6")
            });
        }
        _ => {}
    }
}

fn bring(file: &mut ArchiveFile, step: &FileStep, said: Said) {
    let custody = &mut file.custody;
    match step {
        FileStep::SortFile {} => custody.sorted = Some(said),
        FileStep::DigitiseFile { pages, .. } => {
            custody.electronic = Some(Electronic {
                pages: pages.unwrap_or_default(),
                reference: said.text.clone(),
                filled: Some(said),
            });
        }
        FileStep::ConfirmFile { note } => {
            custody.confirmed = Some(Said {
                text: clean::body(note),
                ..said
            });
        }
        FileStep::DamageFile { .. } => custody.damages.push(Damage {
            found: said,
            repaired: None,
            repaired_on: None,
        }),
        FileStep::RepairFile { repaired_on, .. } => {
            for damage in &mut custody.damages {
                if damage.repaired.is_none() {
                    damage.repaired = Some(said.clone());
                    damage.repaired_on = *repaired_on;
                }
            }
        }
        FileStep::MissFile { .. } => custody.missing = Some(said),
        FileStep::FindFile { .. } => custody.missing = None,
        FileStep::HoldFile { .. } => custody.hold = Some(said),
        FileStep::ReleaseFile { .. } => custody.hold = None,
        FileStep::AppraiseFile { .. } => custody.worthless = Some(said),
        FileStep::VoidFile { .. } => custody.void = Some(said),
        FileStep::UpdateFile { .. } => custody.to_update = None,
        FileStep::TransferFile { to, receiver, .. } => {
            custody.transfer = Some(Transfer {
                to: clean::name(to),
                receiver: clean::name(receiver),
                given: said,
                taken: None,
                left_on: None,
            });
        }
        FileStep::TakeOverFile { note } => {
            if let Some(transfer) = &mut custody.transfer {
                transfer.taken = Some(Said {
                    text: clean::body(note),
                    ..said
                });
            }
        }
        FileStep::KeepFile { .. } => custody.transfer = None,
    }
}
