//! Commands on hand-overs, the fines that follow from them, and the end of the archive's day.

use super::{Decision, OfKind, Scene};
use crate::desk::contract::{At, Command, Failure};
use crate::desk::contract::{Filter, Sort};
use crate::desk::fining;
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::archive::{self, ArchiveFile, Electronic, FileDetails};
use crate::domain::day_end;
use crate::domain::fines::{self, Month};
use crate::domain::handover::{self, Around, Handover, HandoverStep};
use crate::domain::loan::{self, Loan};
use crate::domain::number::{Kind, Number};
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::{Day, Stamp};
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::BeginHandover { details } => {
            let number = scene.number(Kind::Handover)?;
            let customer = scene.customer(details.customer)?;
            let grant = context.profile.archive.steps.get(&ArchiveStep::Receive);
            let posts = grant.map(|it| it.roles.as_slice()).unwrap_or_default();
            let receives = scene.operator(|operator| {
                operator.active && operator.roles.iter().any(|role| posts.contains(role))
            })?;
            let handover = handover::begin(
                number,
                details.clone(),
                customer.as_ref(),
                receives.is_some(),
                context,
            )?;
            Ok(Decision::one("begin-handover", handover))
        }
        Command::StepHandover { at, step } => stepped(scene, *at, step),
        Command::DecideFine {
            at,
            key,
            confirmed,
            reason,
            percent,
        } => {
            if at.number.kind == Kind::Loan {
                let present: Loan = scene.at(*at)?;
                let loan = loan::decide_fine(&present, key, *confirmed, reason, context)?;
                return Ok(Decision::one("decide-fine", loan));
            }
            let present: Handover = scene.at(*at)?;
            let list = handover::checklist(&present.details, context).ok_or_else(|| {
                let problem = Problem::new("no-checklist");
                Failure::Refused(problem.arg("value", &present.details.checklist).into())
            })?;
            if let Some(percent) = percent {
                let found = handover::violations(&present, list, context);
                let found = found.iter().find(|(known, _)| known == key);
                let on = found.map_or(context.today(), |(_, violation)| violation.on);
                let fines = fining::month(scene.overlay, Month::of(on), context)?;
                fines::withhold(&fines, present.meta.number, key, *percent, context)?;
            }
            let decided =
                handover::decide(&present, list, key, *confirmed, reason, *percent, context)?;
            Ok(Decision::one("decide-fine", decided))
        }
        Command::CloseDay { day, reason } => {
            let number = scene.number(Kind::DayEnd)?;
            let closed = is_closed(scene, *day)?;
            let rows = signed_on(scene, *day)?;
            let out = out_now(scene)?;
            let end = day_end::close(number, *day, reason, closed, &rows, &out, context)?;
            Ok(Decision::one("close-day", end))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

fn stepped(scene: Scene, at: At, step: &HandoverStep) -> Result<Decision, Failure> {
    let context = &scene.context;
    let present: Handover = scene.at(at)?;
    if matches!(step, HandoverStep::SignFor { .. }) && is_closed(scene, context.today())? {
        // A row that comes after the day was closed would stand in a closed register.
        let problem = Problem::new("day-closed").clause("A07-g5a");
        let refusal = problem.arg("day", context.today()).into();
        return Err(Failure::Refused(refusal));
    }
    let rows = signed_on(scene, context.today())?;
    let last = rows.iter().map(|row| row.row).max().unwrap_or(0);
    let mut around = Around {
        row: last.saturating_add(1),
        file: None,
    };
    let mut others: Vec<Record> = Vec::new();
    match step {
        HandoverStep::FilePapers { shelf } => {
            let (file, changed) = filed(scene, &present, shelf)?;
            around.file = Some(file);
            others.extend(changed.map(Record::from));
        }
        HandoverStep::FillElectronic { .. } => others.extend(filled(scene, &present)?),
        _ => {}
    }
    let next = handover::step(&present, step, around, context)?;
    let mut records: Vec<Record> = vec![next.into()];
    records.extend(others);
    Ok(Decision {
        what: step.kind().id(),
        records,
    })
}

/// The file the papers of a hand-over go into: that of the car, where there is one, else a new one
/// (A07-g3a, A07-g5b).
fn filed(
    scene: Scene,
    handover: &Handover,
    shelf: &str,
) -> Result<(Number, Option<ArchiveFile>), Failure> {
    let context = &scene.context;
    let details = &handover.details;
    for car in [&details.vin, &details.plate] {
        if car.is_empty() {
            continue;
        }
        let rows = scene
            .overlay
            .scan_prefix(&keys::of_car(car), Order::Forward, 1)?;
        let found = rows.first().and_then(|(key, _)| keys::number_at_end(key));
        if let Some(number) = found {
            return Ok((number, None));
        }
    }
    let list = handover::checklist(details, context);
    let class = list.map(|list| list.class.clone()).unwrap_or_default();
    let title = [details.person.as_str(), details.plate.as_str()];
    let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let asked = FileDetails {
        title: title.join(" "),
        class,
        customer: details.customer,
        person: details.person.clone(),
        phone: if handover.contact_verified {
            details.phone.clone()
        } else {
            String::new()
        },
        plate: details.plate.clone(),
        vin: details.vin.clone(),
        sort: details.sort,
        place: shelf.to_owned(),
        ..FileDetails::default()
    };
    let number = scene.number(Kind::File)?;
    let customer = scene.customer(details.customer)?;
    let around = super::archive::around(scene, &asked, None)?;
    let made = archive::create(number, asked, customer.as_ref(), &around, context);
    let file = made.map_err(|mut refusal| {
        for problem in &mut refusal.problems {
            if problem.field.as_deref() == Some("place") {
                problem.field = Some("shelf".to_owned());
            }
        }
        refusal
    })?;
    if file.details.place.is_empty() {
        let problem = Problem::required("shelf").clause("A07-n.7");
        return Err(Failure::Refused(problem.into()));
    }
    Ok((number, Some(file)))
}

/// The file of a hand-over with its electronic part (A07-n.8).
fn filled(scene: Scene, handover: &Handover) -> Result<Option<Record>, Failure> {
    let context = &scene.context;
    let (Some((number, _)), Some(scan)) = (&handover.filed, &handover.scan) else {
        return Ok(None);
    };
    let file: ArchiveFile = scene.record(*number)?;
    let mut custody = file.custody.clone();
    let pages = custody.electronic.as_ref().map_or(0, |it| it.pages);
    custody.electronic = Some(Electronic {
        pages: pages.saturating_add(scan.pages),
        reference: scan.reference.text.clone(),
        filled: Some(crate::domain::complaint::course::Said {
            text: String::new(),
            at: context.now,
            by: context.operator.meta.number,
        }),
    });
    let mut file = ArchiveFile {
        meta: file.meta.changed(context),
        custody,
        ..file
    };
    file.custody.lacks = file.lacks(context.profile);
    Ok(Some(file.into()))
}

fn is_closed(scene: Scene, day: Day) -> Result<bool, Failure> {
    let rows = scene
        .overlay
        .scan_prefix(&keys::ended(day), Order::Forward, 1)?;
    Ok(!rows.is_empty())
}

/// The hand-overs that were signed for on a day, in the order of their rows.
pub(super) fn signed_on(scene: Scene, day: Day) -> Result<Vec<Handover>, Failure> {
    let offset = scene.context.profile.utc_offset_minutes;
    let from = Stamp::start_of(day, offset);
    let to = day
        .0
        .succ_opt()
        .map(|next| Stamp::start_of(Day(next), offset));
    let to = to.map_or_else(Vec::new, keys::signed_from);
    let rows = scene
        .overlay
        .scan(&keys::signed_from(from), &to, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(scene.overlay.record(number)?.and_then(Handover::pick));
    }
    Ok(found)
}

/// The loans that are out.
fn out_now(scene: Scene) -> Result<Vec<Loan>, Failure> {
    let tag = index::tag(Kind::Loan, Filter::Open);
    let prefix = index::list_prefix(Kind::Loan, tag, Sort::Due);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(scene.overlay.record(number)?.and_then(Loan::pick));
    }
    Ok(found)
}
