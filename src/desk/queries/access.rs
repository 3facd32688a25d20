//! Who may look at what, and which looks are written down (A11-02, A11-17, A12-3.1.7b).
//!
//! A look without the permission is refused in the same words at every door, with who could; the
//! attempt is written down like the look itself.

use super::{Looking, dossiers, list};
use crate::desk::contract::{Answer, Failure, Filter, ListQuery, LooksQuery, Query, Reply};
use crate::desk::engine::Known;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::looks::{Exported, Look, Noted};
use crate::domain::access::{self, Access, AccessState, Purpose};
use crate::domain::archive::{ArchiveFile, Grade};
use crate::domain::context::Context;
use crate::domain::look::{self, LookKind};
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::permit::{self, PermitKind};
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::store::{Fault, Order};

/// One's own looks are everybody's to see.
fn may_see_looks(
    looking: &Looking,
    context: &Context,
    looks: &LooksQuery,
) -> Result<Option<Number>, Failure> {
    if looks.operator != Some(context.operator.meta.number) {
        context.may(Permission::LooksSee)?;
    }
    if looks.full {
        context.may(Permission::Export)?;
        return leave(looking.known, PermitKind::Export, "", context);
    }
    Ok(None)
}

/// Whoever makes an entry sees how the customer stands before it.
fn may_ask_standing(
    looking: &Looking,
    context: &Context,
    customer: Option<Number>,
    file: Option<Number>,
) -> Result<Option<Number>, Failure> {
    context.may_take(ArchiveStep::RecordTransaction)?;
    for of in customer.into_iter().chain(file) {
        may_open(looking, context, of)?;
    }
    Ok(None)
}

/// The profiles are the company's, and nobody takes one out by themselves (A14-N4.1).
fn may_print_profile(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<Option<Number>, Failure> {
    context.may(Permission::Export)?;
    may_open(looking, context, number)?;
    leave(looking.known, PermitKind::Export, "", context)
}

/// Refuses a look that the asker may not have; the permit it is done under, where one is needed.
pub(super) fn check(
    looking: &Looking,
    context: &Context,
    query: &Query,
) -> Result<Option<Number>, Failure> {
    match query {
        Query::List(list) => {
            // What waits for somebody is of many kinds, and only those they may see are shown.
            if list.filter != Filter::ForMe {
                look::may_see(list.kind, context)?;
            }
            if list.full {
                context.may(Permission::Export)?;
                return leave(looking.known, PermitKind::Export, "", context);
            }
        }
        Query::Get(number) | Query::GetOnCall(number) | Query::History(number) => {
            return may_open(looking, context, *number);
        }
        Query::Print(number) if number.kind == Kind::Dossier => {
            return may_print_profile(looking, context, *number);
        }
        Query::Print(number) => return may_copy(looking, context, *number),
        Query::Dossier(customer) if customer.kind != Kind::Customer => {
            return Err(Failure::Missing(*customer));
        }
        Query::Dossier(customer) => return may_open(looking, context, *customer),
        Query::Reveal(number) => {
            let permit = may_open(looking, context, *number)?;
            let opened = opened_by(looking, *number)?;
            if !look::may_have_whole(opened.kind, context) {
                context.may(Permission::ContactReveal)?;
            }
            return Ok(permit);
        }
        Query::ContactsOfFile(of) | Query::Transactions(of) => {
            let kind = match query {
                Query::Transactions(_) => Kind::Transaction,
                _ => Kind::FollowUp,
            };
            look::may_see(kind, context)?;
            return may_open(looking, context, *of);
        }
        Query::Standing { customer, file } => {
            return may_ask_standing(looking, context, *customer, *file);
        }
        Query::Preview(number) | Query::Beside(number) | Query::Twins(number) => {
            may_see(looking, context, *number)?;
        }
        Query::Remarks(number) => return may_see_remarks(looking, context, *number),
        Query::PreviewSteps { .. } => look::may_see(Kind::Complaint, context)?,
        Query::Search { .. } if !super::search::kinds(context).is_empty() => {}
        Query::Search { .. } | Query::Caller { .. } | Query::Contacts { .. } | Query::Visits(_) => {
            look::may_see(Kind::Customer, context)?;
        }
        Query::TryAdopt { .. } => context.may(Permission::Import)?,
        Query::PrintDay(_) => {
            look::may_see(Kind::Intake, context)?;
            return leave(looking.known, PermitKind::Export, "", context);
        }
        Query::Handling { .. } | Query::Analysis(_) | Query::Requests(_) | Query::Monthly(..) => {
            context.may(Permission::Report)?;
        }
        Query::AnalysisRows { .. } => {
            context.may(Permission::Report)?;
            look::may_see(Kind::Complaint, context)?;
        }
        Query::Looks(looks) => return may_see_looks(looking, context, looks),
        Query::Backup { place } => {
            context.may(Permission::Backup)?;
            return leave(looking.known, PermitKind::Backup, place, context);
        }
        // What is one's own is handed in on paper; the keeper gives nothing away (A12-3.1.7c).
        Query::PrintForms(_) => {
            look::may_see(Kind::Registration, context)?;
            if context.may_take(ArchiveStep::KeepForms).is_ok() {
                return leave(looking.known, PermitKind::Export, "", context);
            }
        }
        Query::Ownership(_) => look::may_see(Kind::Registration, context)?,
        Query::InspectionsDue => look::may_see(Kind::Inspection, context)?,
        Query::ToFile | Query::FileFigures => {
            look::may_see(Kind::File, context)?;
            look::may_see(Kind::Customer, context)?;
        }
        Query::FileIndex { .. } => {
            look::may_see(Kind::File, context)?;
            return leave(looking.known, PermitKind::Export, "", context);
        }
        Query::AtHand => look::may_see(Kind::Hint, context)?,
        Query::Hello | Query::Operators | Query::Counts | Query::Permits => {}
    }
    Ok(None)
}

/// Refuses whoever may not see what was remarked on a record: on a graded file that is of what is in it
/// (A11-22c).
fn may_see_remarks(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<Option<Number>, Failure> {
    may_see(looking, context, number)?;
    let opened = opened_by(looking, number)?;
    let record = looking.overlay.record(opened)?;
    if record.is_some_and(|record| !may_find(looking, context, &record)) {
        return may_open(looking, context, number);
    }
    Ok(None)
}

fn leave(
    known: &Known,
    what: PermitKind,
    place: &str,
    context: &Context,
) -> Result<Option<Number>, Failure> {
    Ok(permit::leave(what, place, known.permits.values(), context)?)
}

/// The number that a record is read under: a card that went into another is opened as that one, and a
/// profile of such a card as that of the card that stays (A01-21).
pub(super) fn read_as(looking: &Looking, number: Number) -> Result<Number, Fault> {
    match number.kind {
        Kind::Dossier => dossiers::read_as(looking, number),
        _ => kin::survivor(looking.overlay, number),
    }
}

/// The record that is opened with a number: of a remark, the one it is made on; of a card that went into
/// another, that one.
pub(super) fn opened_by(looking: &Looking, number: Number) -> Result<Number, Failure> {
    if number.kind != Kind::Remark {
        return Ok(read_as(looking, number)?);
    }
    match looking.overlay.record(number)? {
        Some(Record::Remark(remark)) => Ok(remark.about),
        _ => Err(Failure::Missing(number)),
    }
}

/// Refuses whoever may not see a record at all. A remark is seen with its record.
pub(in crate::desk) fn may_see(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<(), Failure> {
    if number.kind == Kind::Credential {
        return Err(Failure::Missing(number));
    }
    let number = opened_by(looking, number)?;
    look::may_see(number.kind, context)?;
    if number.kind == Kind::Instruction
        && let Some(record) = looking.overlay.record(number)?
    {
        leave_to_read(looking, context, &record)?;
    }
    Ok(())
}

/// Refuses whoever may not open a record; the permit under which somebody else's form is read.
fn may_open(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<Option<Number>, Failure> {
    if number.kind == Kind::Credential {
        return Err(Failure::Missing(number));
    }
    let number = opened_by(looking, number)?;
    match looking.overlay.record(number)? {
        // A request that was granted opens its file to whoever made it (A11-17).
        Some(Record::File(file)) => may_open_file(looking, context, &file),
        Some(Record::Loan(loan)) if of_graded(looking, loan.course.grade, Some(loan.file)) => {
            look::may_see(Kind::Loan, context)?;
            may_open_with(looking, context, loan.file)
        }
        Some(Record::Transaction(entry)) => {
            look::may_see(Kind::Transaction, context)?;
            if let Some(file) = entry.details.file {
                return may_open_entry(looking, context, file);
            }
            look::may_see(Kind::Customer, context)?;
            leave_to_read(looking, context, &entry.into())
        }
        Some(Record::Access(access)) if is_closed(looking, context, &access) => {
            look::may_see(Kind::Access, context)?;
            let part = access.takes_part(context);
            match access.details.file {
                Some(file) if !part => may_open_with(looking, context, file),
                _ => Ok(None),
            }
        }
        Some(record) => {
            look::may_see(number.kind, context)?;
            leave_to_read(looking, context, &record)
        }
        None => {
            look::may_see(number.kind, context)?;
            Ok(None)
        }
    }
}

/// Whether a file was graded when it was lent or asked for, or is so now.
fn of_graded(looking: &Looking, then: Grade, file: Option<Number>) -> bool {
    let now = || match file.map(|file| looking.overlay.record(file)) {
        Some(Ok(Some(Record::File(file)))) => file.details.grade > Grade::None,
        // What cannot be read is nobody's to see.
        Some(Err(_)) => true,
        _ => false,
    };
    then > Grade::None || now()
}

/// Whether a request is for those who take part in it and for who may open its file: one for a graded
/// file, and any other where who asks may see no files.
fn is_closed(looking: &Looking, context: &Context, access: &Access) -> bool {
    context.may(Permission::FileSee).is_err()
        || of_graded(looking, access.grade, access.details.file)
}

/// The requests for a file, the oldest first.
pub(super) fn asked(looking: &Looking, file: Number) -> Result<Vec<Number>, Fault> {
    let prefix = keys::asked(file);
    let rows = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
    Ok(numbers.collect())
}

/// The requests for a file that were granted and not used yet.
fn granted(looking: &Looking, file: Number) -> Result<Vec<Access>, Failure> {
    let mut found = Vec::new();
    for number in asked(looking, file)? {
        if let Some(Record::Access(access)) = looking.overlay.record(number)? {
            found.extend((access.state == AccessState::Granted).then_some(access));
        }
    }
    Ok(found)
}

/// Refuses whoever may not open a file (A11-17, A11-22c); the request under which it is opened.
fn may_open_file(
    looking: &Looking,
    context: &Context,
    file: &ArchiveFile,
) -> Result<Option<Number>, Failure> {
    let granted = granted(looking, file.meta.number)?;
    Ok(access::may_open(file, &granted, context)?)
}

/// Refuses whoever may not open what belongs to a graded file; whoever takes loans back may.
fn may_open_with(
    looking: &Looking,
    context: &Context,
    file: Number,
) -> Result<Option<Number>, Failure> {
    if context.may(Permission::LoanCheckIn).is_ok() {
        return Ok(None);
    }
    match looking.overlay.record(file)? {
        Some(Record::File(file)) => may_open_file(looking, context, &file),
        _ => Ok(None),
    }
}

/// Refuses whoever may not open an entry in a file.
fn may_open_entry(
    looking: &Looking,
    context: &Context,
    file: Number,
) -> Result<Option<Number>, Failure> {
    look::may_see(Kind::File, context)?;
    may_open_with(looking, context, file)
}

/// Whether a record that words have found may be shown to whoever searched: a graded file is found
/// only by who may open it (A11-22c).
pub(super) fn may_find(looking: &Looking, context: &Context, record: &Record) -> bool {
    match record {
        Record::File(file)
            if file.details.grade > Grade::None || context.may(Permission::FileSee).is_err() =>
        {
            may_open_file(looking, context, file).is_ok()
        }
        Record::Loan(loan) if of_graded(looking, loan.course.grade, Some(loan.file)) => {
            may_open_with(looking, context, loan.file).is_ok()
        }
        Record::Access(access) if is_closed(looking, context, access) => {
            may_open(looking, context, access.meta.number).is_ok()
        }
        Record::Transaction(entry) => match entry.details.file {
            Some(file) if of_graded(looking, entry.grade, Some(file)) => {
                may_open_entry(looking, context, file).is_ok()
            }
            Some(_) => look::may_see(Kind::File, context).is_ok(),
            None => look::may_see(Kind::Customer, context).is_ok(),
        },
        Record::Instruction(it) => it.may_see(context).is_ok(),
        _ => true,
    }
}

/// Whether an export shows a record in full: a file that is important or graded only where it may be
/// copied (A11-23.1).
pub(super) fn may_take_out(looking: &Looking, context: &Context, record: &Record) -> bool {
    match record {
        Record::File(file) => may_copy(looking, context, file.meta.number).is_ok(),
        Record::ShiftSheet(_) => !is_between_others(context, record),
        _ => may_find(looking, context, record),
    }
}

/// Refuses to copy or print a file that is important or graded without a granted request for that
/// (A11-23.1); the request under which it is done.
fn may_copy(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<Option<Number>, Failure> {
    let permit = may_open(looking, context, number)?;
    let Some(Record::File(file)) = looking.overlay.record(number)? else {
        return Ok(permit);
    };
    let guarded = file.details.important || file.details.grade > Grade::None;
    if !guarded || context.may_take(ArchiveStep::ApproveCopy).is_ok() {
        return Ok(permit);
    }
    let me = context.operator.meta.number;
    let copies = granted(looking, number)?.into_iter().find(|access| {
        let copies = access.details.purpose == Purpose::Copy;
        copies && access.opens() && access.meta.created_by == me
    });
    let Some(access) = copies else {
        let problem = Problem::new("copy-not-granted").clause("A11-23.1");
        return Err(Failure::Refused(problem.arg("number", number).into()));
    };
    Ok(Some(access.meta.number))
}

fn leave_to_read(
    looking: &Looking,
    context: &Context,
    record: &Record,
) -> Result<Option<Number>, Failure> {
    let known = looking.known;
    match record {
        // What stands on a card, and a profile, is read with its customer.
        Record::Transaction(entry) if entry.details.file.is_none() => {
            let card = entry.details.customer;
            let card = card
                .map(|card| kin::card(looking.overlay, card))
                .transpose()?;
            match card.flatten() {
                Some(customer) => leave_to_read(looking, context, &customer.into()),
                None => Ok(None),
            }
        }
        Record::Dossier(dossier) => match kin::card(looking.overlay, dossier.customer)? {
            Some(customer) => leave_to_read(looking, context, &customer.into()),
            None => Ok(None),
        },
        Record::Customer(customer)
            if permit::is_anothers(customer, context.operator.meta.number) =>
        {
            leave(known, PermitKind::Read, "", context)
        }
        Record::Registration(row) => {
            let me = context.operator.meta.number;
            if row.owner == me || row.meta.created_by == me {
                return Ok(None);
            }
            leave(known, PermitKind::Read, "", context)
        }
        Record::Instruction(it) => {
            it.may_see(context)?;
            Ok(None)
        }
        _ => Ok(None),
    }
}

/// Masks a record that comes without being opened, unless the asker may open it in full; whether
/// it stayed in full.
pub(in crate::desk) fn conceal(looking: &Looking, context: &Context, record: &mut Record) -> bool {
    let whole = match record {
        Record::Remark(remark) => may_read(looking, context, remark.about),
        _ => {
            look::may_have_whole(record.number().kind, context)
                && leave_to_read(looking, context, record).is_ok()
                && may_find(looking, context, record)
                && !is_between_others(context, record)
        }
    };
    if !whole {
        veil(looking, context, record, None);
    }
    whole
}

/// Masks a record as a list shows it: of what is closed to whoever asks nothing shows (A11-22c).
pub(super) fn veil(looking: &Looking, context: &Context, record: &mut Record, known: Option<&str>) {
    if may_find(looking, context, record) {
        if is_graded(looking, record) {
            mask::graded(record);
        }
        mask::record(record, known);
    } else {
        mask::closed(record);
    }
}

/// Conceals of a record that was changed what whoever changed it may not open (A11-22c): a file is held
/// and mended also by people to whom it is closed, and a registration form is kept and ruled on by people
/// who have no leave to read it (A12-3.1.7b).
pub(in crate::desk) fn conceal_closed(looking: &Looking, context: &Context, record: &mut Record) {
    if !may_find(looking, context, record) {
        mask::closed(record);
    } else if matches!(record, Record::Registration(_))
        && leave_to_read(looking, context, record).is_err()
    {
        veil(looking, context, record, None);
    }
}

/// Whether it is a hand-over between others, in which begun forms stand as they were typed.
fn is_between_others(context: &Context, record: &Record) -> bool {
    let me = context.operator.meta.number;
    matches!(record, Record::ShiftSheet(sheet) if !sheet.is_whole_for(me))
}

/// Whether somebody may open a record in full.
pub(super) fn may_read(looking: &Looking, context: &Context, number: Number) -> bool {
    let Ok(opened) = opened_by(looking, number) else {
        return false;
    };
    if let Ok(Some(record)) = looking.overlay.record(opened)
        && is_between_others(context, &record)
    {
        return false;
    }
    match may_open(looking, context, number) {
        // Whoever was granted to read a file reads all of it.
        Ok(Some(permit)) if permit.kind == Kind::Access => true,
        Ok(_) if look::may_have_whole(opened.kind, context) => true,
        // Whoever keeps a graded file or decides on reading it sees what it is.
        Ok(_) => match looking.overlay.record(opened) {
            Ok(Some(Record::File(file))) => file.details.grade > Grade::None,
            Ok(Some(Record::Loan(loan))) => loan.course.grade > Grade::None,
            _ => false,
        },
        Err(_) => false,
    }
}

/// What is to be written down of a record that was shown in full without being asked for.
pub(in crate::desk) fn shown(
    looking: &Looking,
    context: &Context,
    record: &Record,
) -> Option<Noted> {
    let about = match record {
        Record::Remark(remark) => remark.about,
        _ => record.number(),
    };
    look::is_personal(about.kind).then(|| Noted {
        first: is_graded(looking, record),
        ..Noted::new(Look {
            at: looking.now,
            operator: context.operator.meta.number,
            what: LookKind::Open,
            about: Some(about),
            refused: false,
            permit: None,
            detail: String::new(),
        })
    })
}

/// Whether a record is a graded file or a loan of one (A11-22a).
fn is_graded(looking: &Looking, record: &Record) -> bool {
    match record {
        Record::File(file) => file.details.grade > Grade::None,
        Record::Access(access) => of_graded(looking, access.grade, access.details.file),
        Record::Remark(remark) => match looking.overlay.record(remark.about) {
            Ok(Some(Record::Remark(_))) => false,
            Ok(Some(about)) => is_graded(looking, &about),
            _ => false,
        },
        Record::Loan(loan) => of_graded(looking, loan.course.grade, Some(loan.file)),
        _ => false,
    }
}

/// What is to be written down of a look that was answered or refused.
pub(super) fn noted(
    looking: &Looking,
    context: &Context,
    query: &Query,
    answer: &Answer,
    permit: Option<Number>,
) -> Option<Noted> {
    let refused = match answer {
        Ok(_) => false,
        Err(Failure::Refused(_)) => true,
        Err(_) => return None,
    };
    let blank = |what| Look {
        at: looking.now,
        operator: context.operator.meta.number,
        what,
        about: None,
        refused,
        permit,
        detail: String::new(),
    };
    match query {
        Query::Get(number) | Query::History(number) => {
            opened(looking, blank(LookKind::Open), *number, answer)
        }
        Query::Reveal(number) => opened(looking, blank(LookKind::Reveal), *number, answer),
        Query::Dossier(customer) => {
            let shown = came(answer).unwrap_or(*customer);
            opened(looking, blank(LookKind::Open), shown, answer)
        }
        Query::GetOnCall(number) => opened(looking, blank(LookKind::OnCall), *number, answer),
        Query::Print(number) => {
            let noted = opened(looking, blank(LookKind::Print), *number, answer)?;
            Some(Noted {
                first: !refused,
                ..noted
            })
        }
        // Further parts of the index are of the same one.
        Query::PrintDay(_) | Query::PrintForms(_) | Query::FileIndex { after: None } => {
            Some(Noted {
                first: !refused,
                ..Noted::new(Look {
                    detail: match query {
                        Query::PrintDay(day) => format!("register {day}"),
                        Query::PrintForms(day) => format!("registrations {day}"),
                        _ => "file index".to_owned(),
                    },
                    ..blank(LookKind::Print)
                })
            })
        }
        Query::Remarks(number) if matches!(answer, Ok(Reply::Remarks(rows)) if !rows.is_empty()) => {
            opened(looking, blank(LookKind::Open), *number, answer)
        }
        Query::Preview(number) | Query::Remarks(number) if refused => {
            opened(looking, blank(LookKind::Open), *number, answer)
        }
        Query::Contacts { customer, .. } if refused => {
            opened(looking, blank(LookKind::Open), *customer, answer)
        }
        Query::List(list) if list.full => {
            let detail = format!("{} {}", listed(list), mask::sought(&list.find));
            let look = Look {
                detail: detail.trim().to_owned(),
                ..blank(LookKind::Export)
            };
            Some(Noted {
                first: !refused,
                page: exported(list, answer),
                ..Noted::new(look)
            })
        }
        // Its further pages are of the same export.
        Query::Looks(looks) if looks.full && looks.until.is_none() => Some(Noted {
            first: !refused,
            ..Noted::new(Look {
                about: looks.about,
                detail: "looks".to_owned(),
                ..blank(LookKind::Export)
            })
        }),
        Query::List(_) | Query::Search { .. } | Query::Ownership(_) | Query::Caller { .. } => {
            sought(&blank(LookKind::Search), query, answer)
        }
        Query::Monthly(kind, month) if kind.names_customers() => Some(Noted::new(Look {
            detail: format!("{} {month}", kind.id()),
            ..blank(LookKind::Open)
        })),
        Query::Backup { place } => {
            let look = Look {
                detail: place.clone(),
                ..blank(LookKind::Backup)
            };
            Some(Noted {
                first: !refused,
                ..Noted::new(look)
            })
        }
        _ => None,
    }
}

/// A search for a telephone or an identity number.
fn sought(blank: &Look, query: &Query, answer: &Answer) -> Option<Noted> {
    match query {
        Query::List(list) => searched(blank, look::identity(&list.find), &listed(list)),
        Query::Search { text, .. } => searched(blank, look::identity(text), ""),
        Query::Ownership(phone) => searched(blank, look::telephone(phone), ""),
        Query::Caller { digits } => {
            let look = Look {
                about: only_caller(answer),
                ..blank.clone()
            };
            searched(&look, look::telephone(digits), "")
        }
        _ => None,
    }
}

/// The record that came.
fn came(answer: &Answer) -> Option<Number> {
    match answer {
        Ok(Reply::Record(Some(row))) => Some(row.record.number()),
        _ => None,
    }
}

/// The page of an export that was shown.
fn exported(list: &ListQuery, answer: &Answer) -> Option<Exported> {
    let Ok(Reply::Page(page)) = answer else {
        return None;
    };
    let end = page.rows.last().filter(|_| page.after);
    Some(Exported {
        query: ListQuery {
            after: None,
            ..list.clone()
        },
        after: list.after.clone(),
        next: end.map(|(cursor, _)| cursor.clone()),
    })
}

/// A record that was opened, or that somebody tried to open. What is not there was not opened.
fn opened(looking: &Looking, look: Look, number: Number, answer: &Answer) -> Option<Noted> {
    let number = opened_by(looking, number).ok()?;
    if !look::is_personal(number.kind) {
        return None;
    }
    let record = match answer {
        Ok(Reply::Record(row)) => Some(&row.as_ref()?.record),
        Ok(Reply::History(versions)) => Some(&versions.first()?.record),
        _ => None,
    };
    let look = Look {
        about: Some(number),
        ..look
    };
    Some(Noted {
        first: record.is_some_and(|record| is_graded(looking, record)),
        ..Noted::new(look)
    })
}

/// The customer whose number was typed in full, if it is one customer's.
fn only_caller(answer: &Answer) -> Option<Number> {
    match answer {
        Ok(Reply::Caller(card)) if card.exact => match card.customers.as_slice() {
            [only] => Some(only.meta.number),
            _ => None,
        },
        _ => None,
    }
}

/// A search is written down when it is for an identity, and when it was refused.
fn searched(look: &Look, typed: Option<String>, among: &str) -> Option<Noted> {
    if typed.is_none() && !look.refused {
        return None;
    }
    let typed = typed.unwrap_or_default();
    let detail = format!("{among} {}", mask::phone(&typed)).trim().to_owned();
    Some(Noted {
        typed,
        ..Noted::new(Look {
            detail,
            ..look.clone()
        })
    })
}

/// A list in a few words that hold nobody's data: the kind, and the filter where it is not the
/// usual one.
fn listed(query: &ListQuery) -> String {
    let kind = query.kind.id();
    match list::filter_id(query.filter) {
        "current" => kind.to_owned(),
        filter => format!("{kind} {filter}"),
    }
}
