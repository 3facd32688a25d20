//! Who may look at what, and which looks are written down (A11-02, A11-17, A12-3.1.7b).
//!
//! A look without the permission is refused in the same words at every door, with who could; the
//! attempt is written down like the look itself.

use super::{Looking, list};
use crate::desk::contract::{Answer, Failure, ListQuery, Query, Reply};
use crate::desk::engine::Known;
use crate::desk::looks::{Look, Noted};
use crate::domain::archive::Grade;
use crate::domain::context::Context;
use crate::domain::look::{self, LookKind};
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::permit::{self, PermitKind};
use crate::domain::profile::Permission;
use crate::domain::record::Record;

/// Refuses a look that the asker may not have; the permit it is done under, where one is needed.
pub(super) fn check(
    looking: &Looking,
    context: &Context,
    query: &Query,
) -> Result<Option<Number>, Failure> {
    match query {
        Query::List(list) => {
            look::may_see(list.kind, context)?;
            if list.full {
                context.may(Permission::Export)?;
                return leave(looking.known, PermitKind::Export, "", context);
            }
        }
        Query::Get(number) | Query::History(number) => {
            return may_open(looking, context, *number);
        }
        Query::Reveal(number) => {
            let permit = may_open(looking, context, *number)?;
            if !look::may_have_whole(number.kind, context) {
                context.may(Permission::ContactReveal)?;
            }
            return Ok(permit);
        }
        Query::Preview(number) | Query::Remarks(number) => {
            may_see(looking, context, *number)?;
        }
        Query::Search { .. } => {
            if super::search::kinds(context).is_empty() {
                look::may_see(Kind::Customer, context)?;
            }
        }
        Query::Caller { .. } | Query::Contacts { .. } => look::may_see(Kind::Customer, context)?,
        Query::Handling { .. } => context.may(Permission::Report)?,
        Query::Looks(looks) if looks.operator == Some(context.operator.meta.number) => {}
        Query::Looks(_) => context.may(Permission::LooksSee)?,
        Query::Backup { place } => {
            context.may(Permission::Backup)?;
            return leave(looking.known, PermitKind::Backup, place, context);
        }
        Query::Hello | Query::Operators | Query::Counts | Query::Permits => {}
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

/// Refuses whoever may not see a record at all. A remark is seen with its record.
pub(super) fn may_see(looking: &Looking, context: &Context, number: Number) -> Result<(), Failure> {
    match number.kind {
        Kind::Credential => Err(Failure::Missing(number)),
        Kind::Remark => match looking.overlay.record(number)? {
            Some(Record::Remark(remark)) => Ok(look::may_see(remark.about.kind, context)?),
            _ => Err(Failure::Missing(number)),
        },
        kind => Ok(look::may_see(kind, context)?),
    }
}

/// Refuses whoever may not open a record; the permit under which somebody else's form is read.
fn may_open(
    looking: &Looking,
    context: &Context,
    number: Number,
) -> Result<Option<Number>, Failure> {
    may_see(looking, context, number)?;
    if number.kind != Kind::Customer {
        return Ok(None);
    }
    match looking.overlay.record(number)? {
        Some(record) => leave_to_read(looking.known, context, &record),
        None => Ok(None),
    }
}

fn leave_to_read(
    known: &Known,
    context: &Context,
    record: &Record,
) -> Result<Option<Number>, Failure> {
    match record {
        Record::Customer(customer)
            if permit::is_anothers(customer, context.operator.meta.number) =>
        {
            leave(known, PermitKind::Read, "", context)
        }
        _ => Ok(None),
    }
}

/// A record as somebody may have it without opening it: in full for one who may open it so, else
/// masked.
pub(in crate::desk) fn as_seen(known: &Known, context: &Context, mut record: Record) -> Record {
    let whole = look::may_have_whole(record.number().kind, context)
        && leave_to_read(known, context, &record).is_ok();
    if !whole {
        mask::record(&mut record, None);
    }
    record
}

/// Whether a record is a graded file or a loan of one (A11-22a).
fn is_graded(looking: &Looking, record: &Record) -> bool {
    match record {
        Record::File(file) => file.details.grade > Grade::None,
        Record::Loan(loan) => match looking.overlay.record(loan.file) {
            Ok(Some(Record::File(file))) => file.details.grade > Grade::None,
            _ => false,
        },
        _ => false,
    }
}

/// What is to be written down of a look that was answered.
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
    let opened = |what, number: Number| {
        let look = Look {
            about: Some(number),
            ..blank(what)
        };
        look::is_personal(number.kind).then(|| Noted::new(look))
    };
    let first = |noted: Noted| Noted {
        first: !refused,
        ..noted
    };
    let graded = |record: Option<&Record>| record.is_some_and(|it| is_graded(looking, it));
    match (query, answer) {
        (Query::Get(_) | Query::Reveal(_), Ok(Reply::Record(None))) => None,
        (Query::Get(number) | Query::Reveal(number), _) => {
            let what = match query {
                Query::Reveal(_) => LookKind::Reveal,
                _ => LookKind::Open,
            };
            let record = match answer {
                Ok(Reply::Record(Some(row))) => Some(&row.record),
                _ => None,
            };
            let noted = opened(what, *number)?;
            Some(if graded(record) { first(noted) } else { noted })
        }
        (Query::History(number), _) => {
            let record = match answer {
                Ok(Reply::History(versions)) => Some(&versions.first()?.record),
                _ => None,
            };
            let noted = opened(LookKind::Open, *number)?;
            Some(if graded(record) { first(noted) } else { noted })
        }
        (Query::Preview(number) | Query::Remarks(number), _) if refused => {
            opened(LookKind::Open, *number)
        }
        (Query::Contacts { customer, .. }, _) if refused => opened(LookKind::Open, *customer),
        (Query::List(list), _) if list.full => {
            let look = Look {
                detail: listed(list),
                ..blank(LookKind::Export)
            };
            let noted = Noted {
                further: list.after.is_some() || list.before.is_some(),
                ..Noted::new(look)
            };
            Some(first(noted))
        }
        (Query::List(list), _) => searched(blank(LookKind::Search), &list.find, listed(list)),
        (Query::Search { text, .. }, _) => searched(blank(LookKind::Search), text, String::new()),
        (Query::Caller { digits }, _) => {
            let about = match answer {
                Ok(Reply::Caller(card)) if card.exact => match card.customers.as_slice() {
                    [only] => Some(only.meta.number),
                    _ => None,
                },
                _ => None,
            };
            let look = Look {
                about,
                ..blank(LookKind::Search)
            };
            searched(look, digits, String::new())
        }
        (Query::Backup { place }, _) => {
            let look = Look {
                detail: place.clone(),
                ..blank(LookKind::Backup)
            };
            Some(first(Noted::new(look)))
        }
        _ => None,
    }
}

/// A search is written down when it is for an identity, and when it was refused.
fn searched(look: Look, words: &str, where_to: String) -> Option<Noted> {
    let typed = look::identity(words);
    if typed.is_none() && !look.refused {
        return None;
    }
    let typed = typed.unwrap_or_default();
    let detail = [where_to, mask::phone(&typed)];
    let detail: Vec<&str> = detail
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let look = Look {
        detail: detail.join(" "),
        ..look
    };
    Some(Noted {
        typed,
        ..Noted::new(look)
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
