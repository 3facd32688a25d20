//! Commands on archive files and the loan register.

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::domain::archive::{self, ArchiveFile};
use crate::domain::loan::{self, Loan};
use crate::domain::number::Kind;
use crate::domain::record::Record;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::CreateFile { details } => {
            let number = scene.number(Kind::File)?;
            let customer = scene.customer(details.customer)?;
            let file = archive::create(number, details.clone(), customer.as_ref(), context)?;
            Ok(Decision::one("create-file", file))
        }
        Command::ChangeFile { at, details } => {
            let present: ArchiveFile = scene.at(*at)?;
            let customer = scene.customer(details.customer)?;
            let file = archive::change(&present, details.clone(), customer.as_ref(), context)?;
            Ok(Decision::one("change-file", file))
        }
        Command::CheckOut { file, details } => {
            let file: ArchiveFile = scene.at(*file)?;
            let number = scene.number(Kind::Loan)?;
            let (loan, file) = loan::check_out(number, &file, details.clone(), context)?;
            Ok(Decision {
                what: "check-out",
                records: vec![loan.into(), file.into()],
            })
        }
        Command::CheckIn { at, pieces, note } => {
            let present: Loan = scene.at(*at)?;
            let file: ArchiveFile = scene.record(present.file)?;
            let (loan, file) = loan::check_in(&present, &file, *pieces, note, context)?;
            let mut records: Vec<Record> = vec![loan.into()];
            records.extend(file.map(Record::from));
            Ok(Decision {
                what: "check-in",
                records,
            })
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}
