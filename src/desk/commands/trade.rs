//! Commands on what customers buy and are quoted, and on what is learnt of them.

use super::{Decision, Scene, is_for_commands};
use crate::desk::contract::Failure;
use crate::desk::{kin, trade};
use crate::domain::archive::ArchiveFile;
use crate::domain::customer::{self, Customer};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::transaction::{self, Of, TransactionDetails};

/// An entry on a customer's card, or in a file.
pub(super) fn entry(scene: Scene, details: &TransactionDetails) -> Result<Decision, Failure> {
    let context = &scene.context;
    let file = details.file.map(|file| opened(scene, file)).transpose()?;
    let card = whose(scene, details, file.as_ref())?;
    let of = Of {
        card: card.as_ref(),
        file: file.as_ref(),
        standing: trade::standing(scene.overlay, card.as_ref(), file.as_ref())?,
    };
    let number = scene.number(Kind::Transaction)?;
    let entry = transaction::record(number, details.clone(), of, context)?;
    let mut files = match &card {
        Some(card) => trade::files(scene.overlay, card.meta.number)?,
        None => Vec::new(),
    };
    if let Some(file) = file.filter(|it| files.iter().all(|own| own.meta.number != it.meta.number))
    {
        files.push(file);
    }
    files.retain(|file| transaction::is_to_update(file, &entry));
    let waiting = files
        .iter()
        .map(|file| transaction::to_update(file, &entry, context).into());
    let waiting: Vec<Record> = waiting.collect();
    let closed = card.filter(|_| entry.is_purchase());
    let closed = closed.and_then(|card| customer::closed(&card, context));
    let mut records: Vec<Record> = vec![entry.into()];
    records.extend(waiting);
    records.extend(closed.map(Record::from));
    Ok(Decision {
        what: "record-transaction",
        records,
    })
}

/// The file that an entry is made in, by whoever may open it.
fn opened(scene: Scene, file: Number) -> Result<ArchiveFile, Failure> {
    let Some(Record::File(file)) = scene.overlay.record(file)?.filter(is_for_commands) else {
        let problem = Problem::new("no-such-file").field("file");
        return Err(Failure::Refused(problem.arg("number", file).into()));
    };
    super::access::may_open(scene, &file)?;
    Ok(file)
}

/// The card of whoever an entry is about: that of the file where it is made in one.
fn whose(
    scene: Scene,
    details: &TransactionDetails,
    file: Option<&ArchiveFile>,
) -> Result<Option<Customer>, Failure> {
    let named = scene.customer(details.customer)?;
    let Some(file) = file else { return Ok(named) };
    let of_file = match file.details.customer {
        Some(customer) => kin::card(scene.overlay, customer)?,
        None => None,
    };
    let number = |card: &Option<Customer>| card.as_ref().map(|card| card.meta.number);
    if named.is_some() && number(&named) != number(&of_file) {
        let problem = Problem::new("not-the-customer-s-file").field("file");
        return Err(Failure::Refused(
            problem.arg("number", file.meta.number).into(),
        ));
    }
    Ok(of_file)
}
