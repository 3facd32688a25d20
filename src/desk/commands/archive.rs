//! Commands on archive files and the loan register.

use std::collections::BTreeSet;

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::domain::archive::{self, ArchiveFile, Around, FileDetails, Grade};
use crate::domain::context::Context;
use crate::domain::label::Label;
use crate::domain::loan::{self, Lent, Loan, Returned};
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::shelf::{self, Place};
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::CreateFile { details } => {
            let number = scene.number(Kind::File)?;
            let customer = scene.customer(details.customer)?;
            let around = around(scene, details, None)?;
            let file =
                archive::create(number, details.clone(), customer.as_ref(), &around, context)?;
            Ok(Decision::one("create-file", file))
        }
        Command::ChangeFile { at, details } => {
            let present: ArchiveFile = scene.at(*at)?;
            super::access::may_open(scene, &present)?;
            let customer = scene.customer(details.customer)?;
            let around = around(scene, details, Some(&present))?;
            let changed = archive::change(
                &present,
                details.clone(),
                customer.as_ref(),
                &around,
                context,
            );
            Ok(Decision::one("change-file", changed?))
        }
        Command::StepFile { at, step } => {
            let present: ArchiveFile = scene.at(*at)?;
            let file = archive::step(&present, step, context)?;
            Ok(Decision::one(step.kind().id(), file))
        }
        Command::RecordTransaction { details } => super::trade::entry(scene, details),
        Command::CheckOut { file, details } => {
            let file: ArchiveFile = scene.at(*file)?;
            let number = scene.number(Kind::Loan)?;
            let lent = Lent::default();
            let (loan, file) = loan::check_out(number, &file, details.clone(), lent, context)?;
            Ok(Decision {
                what: "check-out",
                records: vec![loan.into(), file.into()],
            })
        }
        Command::CheckIn {
            at,
            pieces,
            note,
            which,
            state,
        } => {
            let present: Loan = scene.at(*at)?;
            let file: ArchiveFile = scene.record(present.file)?;
            let returned = Returned {
                pieces: *pieces,
                which,
                state: *state,
                note,
            };
            let (loan, file) = loan::check_in(&present, &file, &returned, context)?;
            let mut records: Vec<Record> = vec![loan.into()];
            records.extend(file.map(Record::from));
            Ok(Decision {
                what: "check-in",
                records,
            })
        }
        Command::ReturnByLabel { label } => {
            let (label, file) = labelled(scene, label)?;
            let loan = file.loan.ok_or_else(|| {
                Refusal::from(Problem::new("not-out").arg("number", file.meta.number))
            })?;
            let present: Loan = scene.record(loan)?;
            let which = loan::scanned_back(&present, label)?;
            let returned = Returned {
                which: &which,
                ..Returned::default()
            };
            let (loan, file) = loan::check_in(&present, &file, &returned, context)?;
            let mut records: Vec<Record> = vec![loan.into()];
            records.extend(file.map(Record::from));
            Ok(Decision {
                what: "check-in",
                records,
            })
        }
        Command::StepLoan { at, step } => {
            let present: Loan = scene.at(*at)?;
            let loan = loan::step(&present, step, context)?;
            Ok(Decision::one(step.id(), loan))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// The file of a scanned label; its number does as well.
pub(super) fn labelled(scene: Scene, text: &str) -> Result<(Label, ArchiveFile), Failure> {
    let typed = text.trim();
    let number = typed
        .parse()
        .ok()
        .filter(|it: &Number| it.kind == Kind::File);
    let label = Label::parse(typed).or(number.map(Label::of));
    let label = label.ok_or_else(|| {
        Refusal::from(
            Problem::new("not-a-label")
                .field("label")
                .arg("value", typed),
        )
    })?;
    let file = scene.living(label.file)?;
    let file =
        file.ok_or_else(|| Refusal::from(Problem::new("no-such-file").arg("number", label.file)))?;
    Ok((label, file))
}

/// What stands around a file that is set up or changed.
pub(super) fn around(
    scene: Scene,
    details: &FileDetails,
    present: Option<&ArchiveFile>,
) -> Result<Around, Failure> {
    let me = present.map(|file| file.meta.number);
    let other = |prefix: Vec<u8>| -> Result<Option<Number>, Failure> {
        let rows = scene.overlay.scan_prefix(&prefix, Order::Forward, 2)?;
        let mut found = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
        Ok(found.find(|number| Some(*number) != me))
    };
    let class = details.class.trim();
    let last = scene
        .overlay
        .scan_prefix(&keys::class(class), Order::Backward, 1)?;
    let last = last.first().and_then(|(key, _)| keys::no_in_class(key));
    let mut of_car = None;
    for car in [&details.vin, &details.plate] {
        let car = car.trim().to_uppercase().replace([' ', '·', '-'], "");
        if of_car.is_none() && !car.is_empty() && details.sort.is_of_car() {
            of_car = other(keys::of_car(&car))?;
        }
    }
    let place = details.place.trim();
    let at_place = if place.is_empty() {
        None
    } else {
        other(keys::at_place(place))?
    };
    let keeper_known = match details.keeper {
        Some(keeper) => scene.operator(|it| it.meta.number == keeper && it.active)?,
        None => None,
    };
    Ok(Around {
        class_no: last.unwrap_or(0).saturating_add(1),
        free: free_place(scene, details)?,
        at_place,
        of_car,
        keeper_known: keeper_known.is_some(),
        custodian_known: custodian_known(scene, details)?,
    })
}

/// Whether somebody keeps the files of the department whose file it is; of one that is the archive's own,
/// whether somebody keeps files at all (A03-4.1.2b-1).
fn custodian_known(scene: Scene, details: &FileDetails) -> Result<bool, Failure> {
    let context = &scene.context;
    if !context.profile.archive.custodians {
        return Ok(true);
    }
    let unit = details.unit.trim();
    let keeps = |it: &Operator| {
        let may = context.profile.may(Permission::FileChange, &it.roles);
        let theirs = Context {
            operator: it,
            ..*context
        };
        it.active && may.is_ok() && (unit.is_empty() || theirs.is_of(unit))
    };
    Ok(scene.operator(keeps)?.is_some())
}

/// The next free place for a file that names none (A11-07).
fn free_place(scene: Scene, details: &FileDetails) -> Result<Option<Place>, Failure> {
    let shelves = &scene.context.profile.archive.shelves;
    if shelves.is_empty() || !details.place.trim().is_empty() {
        return Ok(None);
    }
    let rows = scene
        .overlay
        .scan_prefix(keys::PLACES, Order::Forward, usize::MAX)?;
    let taken = rows.iter().filter_map(|(key, _)| keys::place_in(key));
    let taken: BTreeSet<Place> = taken
        .filter_map(|name| Place::find(name, shelves))
        .collect();
    let graded = details.grade > Grade::None;
    Ok(shelf::next_free(shelves, &details.class, graded, &taken))
}
