//! Commands on inspections, leaks, destructions and tasks.

use super::{Decision, Scene, archive, is_for_commands};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::looks;
use crate::domain::archive::ArchiveFile;
use crate::domain::destruction::{self, Destruction, DestructionStep, StoreCopy};
use crate::domain::incident::{self, Incident};
use crate::domain::inspection::scan::{self, OnShelf};
use crate::domain::inspection::{self, Inspection, InspectionStep};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::shelf::Place;
use crate::domain::task::{self, Task, TaskStep};
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::BeginInspection { details } => {
            let number = scene.number(Kind::Inspection)?;
            let inspection = inspection::begin(number, details.clone(), context)?;
            Ok(Decision::one("begin-inspection", inspection))
        }
        Command::StepInspection { at, step } => {
            let present: Inspection = scene.at(*at)?;
            match step {
                InspectionStep::ScanFile { label, shelf } => scan(scene, &present, label, shelf),
                InspectionStep::EndShelf { note } => end_shelf(scene, &present, note),
                _ => {
                    let inspection = inspection::step(&present, step, context)?;
                    Ok(Decision::one(step.id(), inspection))
                }
            }
        }
        Command::ReportIncident { details } => {
            let number = scene.number(Kind::Incident)?;
            let incident = incident::report(number, details.clone(), context)?;
            Ok(Decision::one("report-leak", incident))
        }
        Command::StepIncident { at, step } => {
            let present: Incident = scene.at(*at)?;
            let incident = incident::step(&present, step, context)?;
            Ok(Decision::one(step.kind().id(), incident))
        }
        Command::ProposeDestruction { file } => {
            let file: ArchiveFile = scene.at(*file)?;
            let prefix = keys::to_destroy(file.meta.number);
            let rows = scene.overlay.scan_prefix(&prefix, Order::Forward, 1)?;
            if let Some(known) = rows.first().and_then(|(key, _)| keys::number_at_end(key)) {
                let problem = Problem::new("destruction-on-its-way").arg("number", known);
                return Err(Failure::Refused(problem.into()));
            }
            let number = scene.number(Kind::Destruction)?;
            let destruction = destruction::propose(number, &file, context)?;
            Ok(Decision::one("propose-destruction", destruction))
        }
        Command::StepDestruction { at, step } => {
            let present: Destruction = scene.at(*at)?;
            let file: ArchiveFile = scene.record(present.file)?;
            let (mut next, kept) = destruction::step(&present, &file, step, context)?;
            if matches!(step, DestructionStep::DestroyFile { .. }) {
                // All looks are read for it: only once nothing refuses any more.
                next = next.with_copies(copies_of(scene, &file)?);
            }
            let mut records: Vec<Record> = vec![next.into()];
            records.extend(kept.map(Record::from));
            Ok(Decision {
                what: step.kind().id(),
                records,
            })
        }
        Command::RaiseTask { details } => {
            let number = scene.number(Kind::Task)?;
            let about = details.about.map(|about| scene.overlay.record(about));
            let about = about.transpose()?.flatten();
            let there = details.about.is_none() || about.is_some_and(|it| is_for_commands(&it));
            let operator = scene.works_here(details.operator)?;
            let around = task::Around {
                there,
                operator: operator.as_ref(),
            };
            let task = task::raise(number, details.clone(), around, context)?;
            Ok(Decision::one("raise-task", task))
        }
        Command::StepTask { at, step } => {
            let present: Task = scene.at(*at)?;
            let operator = match step {
                TaskStep::DispatchTask { operator } => scene.works_here(*operator)?,
                _ => None,
            };
            let task = task::step(&present, step, operator.as_ref(), context)?;
            Ok(Decision::one(step.kind().id(), task))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// A file scanned on the shelf that is being inspected; one that was missing is found.
fn scan(scene: Scene, present: &Inspection, label: &str, shelf: &str) -> Result<Decision, Failure> {
    let context = &scene.context;
    let (_, file) = archive::labelled(scene, label)?;
    let next = scan::scan(present, &file, shelf, context)?;
    let found = scan::marked(&file, next.meta.number, false, context);
    let mut records: Vec<Record> = vec![next.into()];
    records.extend(found.map(Record::from));
    Ok(Decision {
        what: "scan-file",
        records,
    })
}

/// The shelf that is being inspected, done with: what was not scanned is missing.
fn end_shelf(scene: Scene, present: &Inspection, note: &str) -> Result<Decision, Failure> {
    let context = &scene.context;
    let files = files_on(scene, &present.visiting)?;
    let here = files.iter().map(|file| OnShelf {
        file: file.meta.number,
        out: file.loan.is_some(),
    });
    let here: Vec<OnShelf> = here.collect();
    let (next, visit) = scan::end(present, &here, note, context)?;
    let missed = files
        .iter()
        .filter(|file| visit.missing.contains(&file.meta.number));
    let number = next.meta.number;
    let mut records: Vec<Record> = vec![next.into()];
    records.extend(
        missed.filter_map(|file| scan::marked(file, number, true, context).map(Record::from)),
    );
    Ok(Decision {
        what: "end-shelf",
        records,
    })
}

/// The files that belong on a shelf, in the order of their places; all of them in that of their numbers
/// where the site wrote down no cabinets.
fn files_on(scene: Scene, shelf: &str) -> Result<Vec<ArchiveFile>, Failure> {
    let shelves = &scene.context.profile.archive.shelves;
    let mut found: Vec<(Option<Place>, ArchiveFile)> = Vec::new();
    let mut add = |number, place| -> Result<(), Failure> {
        let file: Option<ArchiveFile> = scene.living(number)?;
        found.extend(file.map(|file| (place, file)));
        Ok(())
    };
    if shelves.is_empty() {
        let prefix = [keys::RECORDS, Kind::File.code()];
        let rows = scene
            .overlay
            .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            add(number, None)?;
        }
    } else {
        let rows = scene
            .overlay
            .scan_prefix(keys::PLACES, Order::Forward, usize::MAX)?;
        for (key, _) in &rows {
            let place = keys::place_in(key).and_then(|name| Place::find(name, shelves));
            let here = place.filter(|place| place.shelf == shelf);
            if let (Some(place), Some(number)) = (here, keys::number_at_end(key)) {
                add(number, Some(place))?;
            }
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found.into_iter().map(|(_, file)| file).collect())
}

/// The copies of the store that were made since a file came into it, newest first.
fn copies_of(scene: Scene, file: &ArchiveFile) -> Result<Vec<StoreCopy>, Failure> {
    let prefix = [keys::RECORDS, Kind::Operator.code()];
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let operators = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
    Ok(looks::copies(
        scene.overlay,
        operators,
        file.meta.created_at,
    )?)
}
