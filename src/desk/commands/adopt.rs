//! Imports: begun, filled row by row, taken back whole.

use super::{BYTES_AT_ONCE, Decision, ROWS_AT_ONCE, Scene};
use crate::desk::contract::{Adopted, AdoptedEnd, AdoptedLoan, Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::queries::{customers_with_phone, lent_to, with_external, with_phone};
use crate::domain::adopt::{self, End, Existing, Progress};
use crate::domain::adopt_loan::{self, Course};
use crate::domain::archive::ArchiveFile;
use crate::domain::context::Meta;
use crate::domain::customer::Customer;
use crate::domain::matching;
use crate::domain::number::{Kind, Number};
use crate::domain::phone;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::site::Import;
use crate::store::Order;
use crate::text::clean;

/// Of customers with one telephone at most so many are looked at.
const TWINS: usize = 16;

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
        Command::Adopt {
            import,
            record,
            existing,
            customer,
        } => {
            let known = scene.record::<Import>(*import);
            known.map_err(|failure| match failure {
                Failure::Missing(_) => Failure::Refused(Problem::new("not-an-import").into()),
                other => other,
            })?;
            Ok(Decision {
                what: "adopt",
                records: adopt(scene, *import, record, *existing, customer)?,
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

/// The records that a row becomes, the one it describes first: a new one, or a customer that is
/// there with its empty fields filled.
pub(in crate::desk) fn adopt(
    scene: Scene,
    import: Number,
    record: &Adopted,
    existing: Existing,
    customer: &str,
) -> Result<Vec<Record>, Failure> {
    if let (Adopted::Loan(loan), true) = (record, existing != Existing::New) {
        not_lent_already(scene, loan)?;
    }
    let records = adopted(scene, import, record, customer)?;
    let Some(made) = records.first().filter(|_| existing != Existing::New) else {
        return Ok(records);
    };
    let there = likely(scene, made)?
        .into_iter()
        .find(|there| matching::is_same(made, there));
    match (there, made) {
        (None, _) => Ok(records),
        (Some(Record::Customer(there)), Record::Customer(made)) if existing == Existing::Fill => {
            matching::filled(&there, &made.details, import, &scene.context)
                .map(|filled| vec![filled.into()])
                .ok_or_else(|| already(there.meta.number))
        }
        (Some(there), _) => Err(already(there.number())),
    }
}

fn already(number: Number) -> Failure {
    let problem = Problem::new("already-there").arg("number", number);
    Failure::Refused(problem.into())
}

/// Records that a row may describe.
fn likely(scene: Scene, made: &Record) -> Result<Vec<Record>, Failure> {
    let overlay = scene.overlay;
    Ok(match made {
        Record::Customer(customer) => {
            let details = &customer.details;
            let mut found = with_external(overlay, Kind::Customer, &details.external)?;
            for phone in &details.phones {
                let others = customers_with_phone(overlay, &phone.digits, TWINS)?;
                found.extend(others.into_iter().map(Record::from));
            }
            found
        }
        Record::Intake(it) if it.details.external.is_empty() => {
            with_phone(overlay, Kind::Intake, &it.details.phone)?
        }
        Record::Intake(it) => with_external(overlay, Kind::Intake, &it.details.external)?,
        Record::Complaint(it) if it.details.external.is_empty() => {
            with_phone(overlay, Kind::Complaint, &it.details.phone)?
        }
        Record::Complaint(it) => with_external(overlay, Kind::Complaint, &it.details.external)?,
        Record::File(file) => with_external(overlay, Kind::File, &file.details.external)?,
        Record::Loan(loan) => lent_to(overlay, &loan.details.borrower)?,
        _ => Vec::new(),
    })
}

/// The one customer that a row is about, by their number in the other system or by telephone; none
/// where it could be several.
fn about(scene: Scene, customer: &str, phone: &str) -> Result<Option<Customer>, Failure> {
    let mut found = with_external(scene.overlay, Kind::Customer, customer)?;
    if found.is_empty()
        && let Ok(digits) = phone::normal(phone)
    {
        let others = customers_with_phone(scene.overlay, &digits, 2)?;
        found.extend(others.into_iter().map(Record::from));
    }
    let mut found = found.into_iter();
    Ok(match (found.next(), found.next()) {
        (Some(Record::Customer(only)), None) => Some(only),
        _ => None,
    })
}

fn adopted(
    scene: Scene,
    import: Number,
    record: &Adopted,
    customer: &str,
) -> Result<Vec<Record>, Failure> {
    let context = &scene.context;
    let made: Record = match record {
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
            let mut details = details.clone();
            if details.customer.is_none()
                && let Some(known) = about(scene, customer, &details.phone)?
            {
                details.customer = Some(known.meta.number);
                if details.caller.is_empty() {
                    details.caller = known.details.name;
                }
            }
            let end = ended.as_ref().map(end);
            adopt::intake(number, import, details, end, context)?.into()
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
            let mut details = details.clone();
            if details.customer.is_none()
                && let Some(known) = about(scene, customer, &details.phone)?
            {
                details.customer = Some(known.meta.number);
                if details.complainant.is_empty() {
                    details.complainant = known.details.name;
                }
            }
            let progress = Progress {
                department: department.clone(),
                assigned: *assigned,
                answer: answer.as_ref().map(end),
                closed: *closed,
            };
            adopt::complaint(number, import, details, progress, context)?.into()
        }
        Adopted::File(details) => {
            let number = scene.number(Kind::File)?;
            scene.customer(details.customer)?;
            adopt::file(number, import, details.clone(), context)?.into()
        }
        Adopted::Loan(loan) => return lent(scene, import, loan),
    };
    Ok(vec![made])
}

/// Refuses a loan that is there and still out as what it is; otherwise it would be in its own way.
fn not_lent_already(scene: Scene, loan: &AdoptedLoan) -> Result<(), Failure> {
    let borrower = clean::name(&loan.details.borrower);
    for there in lent_to(scene.overlay, &borrower)? {
        let Record::Loan(there) = there else { continue };
        if !there.is_open()
            || there.details.borrower != borrower
            || Some(there.lent_at) != loan.lent_at
        {
            continue;
        }
        let file = scene.overlay.record(there.file)?;
        if matches!(&file, Some(Record::File(file)) if file.details.external == clean::name(&loan.file))
        {
            return Err(already(there.meta.number));
        }
    }
    Ok(())
}

/// A loan, and its file where that is new or out from now on.
fn lent(scene: Scene, import: Number, loan: &AdoptedLoan) -> Result<Vec<Record>, Failure> {
    let context = &scene.context;
    let mut known = with_external(scene.overlay, Kind::File, &loan.file)?;
    let (file, is_new) = if let Some(Record::File(file)) = known.pop() {
        (file, false)
    } else {
        let number = scene.number(Kind::File)?;
        let file = adopt_loan::file(number, import, &loan.file, &loan.title, context)?;
        (file, true)
    };
    let course = Course {
        lent_at: loan.lent_at,
        returned_at: loan.returned_at,
        note: loan.note.clone(),
    };
    let number = scene.number(Kind::Loan)?;
    let details = loan.details.clone();
    let (loan, out) = adopt_loan::loan(number, import, &file, details, &course, context)?;
    let mut records = vec![Record::from(loan)];
    match (out, is_new) {
        (Some(out), true) => records.push(out.into()),
        (Some(out), false) => {
            let meta = out.meta.changed(context);
            records.push(ArchiveFile { meta, ..out }.into());
        }
        (None, true) => records.push(file.into()),
        (None, false) => {}
    }
    Ok(records)
}

/// A record of an import as it is once that is taken back: gone with it, or without what it filled.
fn taken(scene: Scene, import: Number, record: Record) -> Record {
    match record {
        Record::Customer(customer) if customer.meta.import != Some(import) => {
            matching::emptied(&customer, import, &scene.context).into()
        }
        mut record => {
            let meta = record.meta().changed(&scene.context);
            *record.meta_mut() = Meta { void: true, ..meta };
            record
        }
    }
}

/// The file that goes back on its shelf when an open loan of it is taken back; none where it goes
/// with the same import.
fn shelved(scene: Scene, import: Number, record: &Record) -> Result<Option<Record>, Failure> {
    let Record::Loan(loan) = record else {
        return Ok(None);
    };
    let file = scene.overlay.record(loan.file)?;
    Ok(match file {
        Some(Record::File(file))
            if file.loan == Some(loan.meta.number) && file.meta.import != Some(import) =>
        {
            let meta = file.meta.changed(&scene.context);
            Some(
                ArchiveFile {
                    meta,
                    loan: None,
                    ..file
                }
                .into(),
            )
        }
        _ => None,
    })
}

fn void(scene: Scene, import: &Import) -> Result<Decision, Failure> {
    let prefix = keys::imported(import.meta.number);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, ROWS_AT_ONCE)?;
    let mut last = rows.len() < ROWS_AT_ONCE;
    let mut changed = Vec::with_capacity(rows.len());
    let mut bytes = 0;
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if bytes >= BYTES_AT_ONCE {
            last = false;
            break;
        }
        let value = scene.overlay.get(&keys::record(number))?;
        bytes += value.map_or(0, |value| value.len());
        if let Some(record) = scene.overlay.record(number)? {
            changed.extend(shelved(scene, import.meta.number, &record)?);
            changed.push(taken(scene, import.meta.number, record));
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
    records.append(&mut changed);
    Ok(Decision {
        what: "void-import",
        records,
    })
}
