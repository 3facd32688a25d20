//! Imports: begun, filled row by row, taken back whole.

use super::{BYTES_AT_ONCE, Decision, ROWS_AT_ONCE, Scene};
use crate::desk::contract::{Adopted, AdoptedEnd, Command, Failure};
use crate::desk::keyspace as keys;
use crate::domain::adopt::{self, End, Progress};
use crate::domain::context::Meta;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::site::Import;
use crate::store::Order;
use crate::text::clean;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::BeginImport { kind, file } => {
            context.may(Permission::Import)?;
            let meta = Meta::new(scene.number(Kind::Import)?, context);
            let import = Import {
                meta,
                kind: *kind,
                file: clean::name(file),
            };
            Ok(Decision::one("begin-import", import))
        }
        Command::Adopt { import, record } => {
            let known = scene.record::<Import>(*import);
            known.map_err(|failure| match failure {
                Failure::Missing(_) => Failure::Refused(Problem::new("not-an-import").into()),
                other => other,
            })?;
            Ok(Decision {
                what: "adopt",
                records: vec![adopted(scene, *import, record)?],
            })
        }
        Command::VoidImport { at } => {
            context.may(Permission::Import)?;
            let import: Import = scene.at(*at)?;
            void(scene, &import)
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

fn end(end: &AdoptedEnd) -> End {
    (end.at, end.text.clone())
}

fn adopted(scene: Scene, import: Number, record: &Adopted) -> Result<Record, Failure> {
    let context = &scene.context;
    Ok(match record {
        Adopted::Customer(details) => {
            let number = scene.number(Kind::Customer)?;
            adopt::customer(number, import, details.clone(), context)?.into()
        }
        Adopted::Intake {
            details,
            end: ended,
        } => {
            let number = scene.number(Kind::Intake)?;
            scene.customer(details.customer)?;
            adopt::intake(
                number,
                import,
                details.clone(),
                ended.as_ref().map(end),
                context,
            )?
            .into()
        }
        Adopted::Complaint {
            details,
            department,
            assigned,
            answer,
            closed,
        } => {
            let number = scene.number(Kind::Complaint)?;
            scene.customer(details.customer)?;
            let progress = Progress {
                department: department.clone(),
                assigned: *assigned,
                answer: answer.as_ref().map(end),
                closed: *closed,
            };
            adopt::complaint(number, import, details.clone(), progress, context)?.into()
        }
        Adopted::File(details) => {
            let number = scene.number(Kind::File)?;
            scene.customer(details.customer)?;
            adopt::file(number, import, details.clone(), context)?.into()
        }
    })
}

fn void(scene: Scene, import: &Import) -> Result<Decision, Failure> {
    let prefix = keys::imported(import.meta.number);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, ROWS_AT_ONCE)?;
    let mut last = rows.len() < ROWS_AT_ONCE;
    let mut taken = Vec::with_capacity(rows.len());
    let mut bytes = 0;
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if bytes >= BYTES_AT_ONCE {
            last = false;
            break;
        }
        let value = scene.overlay.get(&keys::record(number))?;
        bytes += value.map_or(0, |value| value.len());
        if let Some(mut record) = scene.overlay.record(number)? {
            let meta = record.meta().changed(&scene.context);
            *record.meta_mut() = Meta { void: true, ..meta };
            taken.push(record);
        }
    }
    let meta = Meta {
        void: last,
        ..import.meta.changed(&scene.context)
    };
    let import = Import {
        meta,
        ..import.clone()
    };
    let mut records: Vec<Record> = vec![import.into()];
    records.append(&mut taken);
    Ok(Decision {
        what: "void-import",
        records,
    })
}
