//! Commands on requests to read, borrow, copy, carry or give outside what is in the archive.

use super::{Decision, OfKind, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::domain::access::{self, Access};
use crate::domain::archive::ArchiveFile;
use crate::domain::loan::Loan;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::RequestAccess { details } => {
            let number = scene.number(Kind::Access)?;
            let file = named_file(scene, details.file)?;
            let carrier = details.carrier.trim();
            let carrier = scene.operator(|it| !carrier.is_empty() && it.name == carrier)?;
            let access = access::apply(number, details.clone(), &file, carrier.as_ref(), context)?;
            Ok(Decision::one("request-access", access))
        }
        Command::StepAccess { at, step } => {
            let present: Access = scene.at(*at)?;
            let access = access::step(&present, step, context)?;
            Ok(Decision::one(step.kind().id(), access))
        }
        Command::Lend { at } => {
            let present: Access = scene.at(*at)?;
            lend(scene, &present)
        }
        Command::LendFile { file } => {
            context.may(Permission::LoanCheckOut)?;
            let mut ready = requests(scene, *file)?;
            ready.retain(access::can_be_lent);
            match ready.as_slice() {
                [only] => lend(scene, only),
                [] => {
                    let problem = Problem::new("request-first").clause("A11-19.4");
                    Err(Failure::Refused(problem.into()))
                }
                several => {
                    let numbers: Vec<String> = several
                        .iter()
                        .map(|it| it.meta.number.to_string())
                        .collect();
                    let problem = Problem::new("several-requests").clause("A11-19.4");
                    Err(Failure::Refused(
                        problem.arg("numbers", numbers.join(" ")).into(),
                    ))
                }
            }
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// What a granted request asks for, lent.
fn lend(scene: Scene, present: &Access) -> Result<Decision, Failure> {
    let file = named_file(scene, present.details.file)?;
    let renewed: Option<Loan> = match present.details.renews {
        Some(loan) => Some(scene.record(loan)?),
        None => None,
    };
    let number = scene.number(Kind::Loan)?;
    let (access, loan, file) =
        access::lend(number, present, &file, renewed.as_ref(), &scene.context)?;
    let mut records: Vec<Record> = vec![loan.into(), access.into()];
    records.extend(file.map(Record::from));
    Ok(Decision {
        what: "lend",
        records,
    })
}

/// The file that a request names.
fn named_file(scene: Scene, number: Option<Number>) -> Result<ArchiveFile, Failure> {
    let file = match number {
        Some(number) => scene.living(number)?,
        None => None,
    };
    file.ok_or_else(|| {
        let problem = match number {
            Some(number) => Problem::new("no-such-file").arg("number", number),
            None => Problem::required("file"),
        };
        Failure::Refused(problem.field("file").into())
    })
}

/// The requests for a file that are not over.
pub(super) fn requests(scene: Scene, file: Number) -> Result<Vec<Access>, Failure> {
    let prefix = keys::asked(file);
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(scene.overlay.record(number)?.and_then(Access::pick));
    }
    Ok(found)
}

/// Refuses whoever may not open a file (A11-17, A11-22c).
pub(super) fn may_open(scene: Scene, file: &ArchiveFile) -> Result<(), Failure> {
    let granted = requests(scene, file.meta.number)?;
    access::may_open(file, &granted, &scene.context)?;
    Ok(())
}
