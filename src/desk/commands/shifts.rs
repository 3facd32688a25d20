//! Commands on what a shift leaves behind: hints by place, and the hand-over to the next one.

use super::{Decision, OfKind as _, Scene};
use crate::desk::contract::{Command, Failure, Filter, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::follow_up::{self, FollowUp, FollowUpKind};
use crate::domain::hint::{self, Hint};
use crate::domain::intake::Intake;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::shift::{self, ShiftSheet, ShiftStep};
use crate::store::Order;

/// So many open requests are looked at for those of whoever hands over, the newest first.
const MOST_REQUESTS: usize = 1_000;
/// At most so many of each are on a sheet.
const MOST_LISTED: usize = 200;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::MakeHint { details } => {
            let number = scene.number(Kind::Hint)?;
            let hint = hint::make(number, details.clone(), context)?;
            Ok(Decision::one("make-hint", hint))
        }
        Command::StepHint { at, step } => {
            let present: Hint = scene.at(*at)?;
            let hint = hint::step(&present, step, context)?;
            Ok(Decision::one("withdraw-hint", hint))
        }
        Command::HandOverShift { details } => {
            let number = scene.number(Kind::ShiftSheet)?;
            let known = scene.works_here(details.to)?;
            let (requests, promises) = (requests(scene)?, promises(scene)?);
            let details = details.clone();
            let known = known.is_some();
            let sheet = shift::hand_over(number, details, known, requests, promises, context)?;
            Ok(Decision::one("hand-over-shift", sheet))
        }
        Command::StepShift { at, step } => {
            let present: ShiftSheet = scene.at(*at)?;
            let there = scene.works_here(present.details.to)?;
            let sheet = shift::step(&present, step, there.is_some(), context)?;
            let mut records: Vec<Record> = Vec::new();
            if matches!(step, ShiftStep::TakeOverShift {}) {
                records.extend(taken(scene, &present)?.into_iter().map(Record::from));
            }
            records.insert(0, sheet.into());
            let what = match step {
                ShiftStep::TakeOverShift {} => "take-over-shift",
                ShiftStep::TakeBackShift {} => "take-back-shift",
            };
            Ok(Decision { what, records })
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// The open requests that whoever hands over wrote down.
fn requests(scene: Scene) -> Result<Vec<Number>, Failure> {
    let tag = index::tag(Kind::Intake, Filter::Open);
    let prefix = index::list_prefix(Kind::Intake, tag, Sort::Newest);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Backward, MOST_REQUESTS)?;
    let me = scene.context.operator.meta.number;
    let mut mine = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let intake = scene.overlay.record(number)?.and_then(Intake::pick);
        if intake.is_some_and(|intake| intake.meta.created_by == me) {
            mine.push(number);
        }
        if mine.len() == MOST_LISTED {
            break;
        }
    }
    Ok(mine)
}

/// What whoever hands over promised, and what they planned until the end of the next day.
fn promises(scene: Scene) -> Result<Vec<Number>, Failure> {
    let until = scene.context.today().plus(1);
    let due = open_of(scene, scene.context.operator.meta.number)?;
    let due = due.into_iter().filter(|it| {
        it.details.kind == FollowUpKind::Promise || it.details.day.is_some_and(|day| day <= until)
    });
    let due = due.map(|it| it.meta.number).take(MOST_LISTED);
    Ok(due.collect())
}

/// What an operator has planned, by the keys of what is in their hands.
fn open_of(scene: Scene, operator: Number) -> Result<Vec<FollowUp>, Failure> {
    let prefix = keys::to_do(operator);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(scene.overlay.record(number)?.and_then(FollowUp::pick));
    }
    Ok(found)
}

/// What was promised, in the hands of whoever takes over; what was done meanwhile stays.
fn taken(scene: Scene, sheet: &ShiftSheet) -> Result<Vec<FollowUp>, Failure> {
    let me = scene.context.operator.meta.number;
    let mut taken = Vec::new();
    for number in &sheet.promises {
        let found: Option<FollowUp> = scene.living(*number)?;
        let still =
            found.filter(|it| it.is_open() && it.details.owner == Some(sheet.meta.created_by));
        taken.extend(still.map(|it| follow_up::hand_over(&it, me, &scene.context)));
    }
    Ok(taken)
}
