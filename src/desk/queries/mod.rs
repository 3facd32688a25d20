//! Looks: what a door shows is read from the indexes, as much as is shown and no more.

mod access;
mod analysis;
mod approvals;
mod at_hand;
mod birthdays;
mod caller;
mod campaigns;
mod dealings;
mod dossiers;
mod exact;
mod filing;
mod handling;
mod history;
mod inspections;
mod leasing;
mod lessons;
mod list;
mod looking;
mod looks;
mod monthly;
mod named;
mod preview;
mod register;
mod requests;
mod search;
mod surveys;
mod ties;
mod timeline;
mod today;
mod trade;
mod trial;
mod units;
mod veiling;
mod walk;

use super::contract::{Answer, Failure, Notice, Query, Reply, Row};
use super::keyspace as keys;
use super::kin;
use super::looks::Noted;
use crate::desk::contract::{Filter, ListQuery, Page};
use crate::domain::context::Context;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::record::Record;
use crate::domain::remark::Remark;
use crate::domain::stamp::Day;
use crate::store::{Fault, Note, Order, hex};

pub(super) use access::{conceal, conceal_closed, may_see, shown};
pub(super) use caller::customers_with_phone;
pub(super) use dossiers::redact;
pub(super) use exact::{lent_to, with_external, with_phone};
pub(super) use leasing::{by_registration, registrations_of, same};
pub(super) use looking::Looking;
pub(super) use surveys::{answers, occupants};
use veiling::{findable, guarded_page, is_for, masked, masked_card, masked_page};

/// No answer has more rows than this, whatever was asked for.
const MOST_ROWS: usize = 1_000;
/// Late rows are counted up to this many.
const MOST_LATE: usize = 1_000;

/// What was noticed while the store was opened; its words are those of the note.
fn noticed(note: &Note) -> Notice {
    let args = note.args().into_iter();
    Notice {
        key: note.key().to_owned(),
        args: args.map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

/// Answers a look that is open to everybody at the desk, also before anybody has signed in: who
/// works here and what the site is.
pub(super) fn open_to_all(
    looking: &Looking,
    operator: Option<&Operator>,
    query: &Query,
) -> Option<Reply> {
    match query {
        Query::Hello => Some(Reply::Hello {
            site: looking.known.site.clone().map(Box::new),
            operator: operator.cloned().map(Box::new),
            profile: Box::new(looking.known.profile.clone()),
            now: looking.now,
            calendar: None,
            notices: {
                let mut notices: Vec<Notice> = looking.home.notes.iter().map(noticed).collect();
                // What cannot be read is told by whoever reads it next.
                let own = operator.map(|operator| leasing::reminders(looking, operator));
                notices.extend(own.and_then(Result::ok).unwrap_or_default());
                let surveys = operator.map(|operator| surveys::reminders(looking, operator));
                notices.extend(surveys.and_then(Result::ok).unwrap_or_default());
                notices
            },
        }),
        Query::Operators => Some(Reply::Operators(
            looking.known.operators.values().cloned().collect(),
        )),
        _ => None,
    }
}

/// Answers a look, and says what is to be written down of it.
pub(super) fn look(looking: &Looking, context: &Context, query: &Query) -> (Answer, Option<Noted>) {
    let (answer, permit) = match access::check(looking, context, query) {
        Ok(permit) => (answer(looking, context, query, permit), permit),
        Err(failure) => (Err(failure), None),
    };
    let noted = access::noted(looking, context, query, &answer, permit);
    let answer = answer.and_then(|reply| Ok(dossiers::finish(looking, context, query, reply)?));
    (answer, noted)
}

/// A page of a list as whoever asks sees it.
fn listed(looking: &Looking, context: &Context, list: &ListQuery) -> Result<Page, Fault> {
    let page = match list.filter {
        Filter::ForMe => approvals::page(looking, context, list)?,
        Filter::Lessons => lessons::page(looking, context, list)?,
        Filter::ToFile if list.kind == Kind::Customer => filing::page(looking, list)?,
        Filter::OfGroup(group) if list.kind == Kind::Customer => ties::page(looking, group, list)?,
        Filter::Expired => list::expired(looking, list)?,
        Filter::ForUnit | Filter::LateForUnit => units::page(looking, context, list)?,
        Filter::Today
        | Filter::ToConfirm
        | Filter::Quiet
        | Filter::ToVisit
        | Filter::NoInterval => today::page(looking, context, list)?,
        Filter::ToTell(campaign) => campaigns::to_tell(looking, campaign, list)?,
        Filter::NoDossier => dossiers::without(looking, list)?,
        _ if list.kind == Kind::Instruction => {
            list::shown(looking, list, |it| access::may_find(looking, context, it))?
        }
        _ if dossiers::joins(looking, list) => dossiers::found(looking, list)?,
        _ => list::page(looking, list)?,
    };
    let page = if list.kind == Kind::Dossier {
        dossiers::each_once(looking, page)?
    } else {
        page
    };
    let page = if list.find.trim().is_empty() {
        page
    } else {
        findable(looking, context, page)
    };
    Ok(if list.full {
        guarded_page(looking, context, page)
    } else {
        masked_page(looking, context, page)
    })
}

fn answer(looking: &Looking, context: &Context, query: &Query, permit: Option<Number>) -> Answer {
    let whole = |number| access::may_read(looking, context, number);
    Ok(match query {
        Query::List(list) => Reply::Page(listed(looking, context, list)?),
        Query::Get(number)
        | Query::GetOnCall(number)
        | Query::Preview(number)
        | Query::Reveal(number)
        | Query::Print(number) => {
            let seen = !matches!(query, Query::Preview(_)) && whole(*number);
            Reply::Record(one(looking, context, *number, seen)?)
        }
        Query::Beside(file) => {
            let page = beside(looking, context, *file)?;
            Reply::Page(masked_page(looking, context, page))
        }
        Query::Search { text, limit } => {
            let kinds = search::kinds(context);
            let text = sought(looking, text)?;
            let page = search::everywhere(looking, &text, &kinds, *limit)?;
            let page = findable(looking, context, page);
            Reply::Page(masked_page(looking, context, page))
        }
        Query::Caller { digits } => {
            let (digits, mut card) = caller::card(looking, digits)?;
            card.ownership = leasing::of_caller(looking, context, &card, &digits)?;
            Reply::Caller(masked_card(looking, context, card, &digits))
        }
        Query::Dossier(customer) => {
            let number = dossiers::of(looking, *customer)?.unwrap_or(*customer);
            Reply::Record(one(looking, context, number, whole(number))?)
        }
        Query::Contacts { customer, limit } => {
            Reply::Page(contacts(looking, context, *customer, *limit)?)
        }
        Query::History(number) => {
            let whole = whole(*number);
            let shown = |record: &mut Record| dossiers::redact(record, false, context);
            Reply::History(history::versions(looking, *number, whole, shown)?)
        }
        Query::Counts => Reply::Counts(looking.counts(context)?),
        Query::AtHand => at_hand::answer(looking, context)?,
        Query::Handling { from, to } => Reply::Handling(handling::rows(looking, *from, *to)?),
        Query::PrintDay(day) => Reply::Page(printed(looking, context, *day)?),
        Query::Analysis(quarter) => {
            Reply::Analysis(Box::new(analysis::report(looking, context, *quarter)?))
        }
        Query::AnalysisRows {
            quarter,
            cell,
            limit,
        } => {
            let limit = (*limit as usize).clamp(1, MOST_ROWS);
            let page = analysis::rows(looking, context, *quarter, cell, limit)?;
            Reply::Page(masked_page(looking, context, page))
        }
        Query::ToFile | Query::FileFigures | Query::FileIndex { .. } => {
            return filing::answer(looking, context, query);
        }
        Query::Requests(_)
        | Query::Monthly(..)
        | Query::Transactions(_)
        | Query::Standing { .. }
        | Query::ContactsOfFile(_)
        | Query::PrintForms(_)
        | Query::Ownership(_)
        | Query::Visits(_)
        | Query::Twins(_)
        | Query::InspectionsDue => return computed(looking, context, query),
        Query::Looks(query) => Reply::Looks(looks::rows(looking, query)?),
        Query::Remarks(number) => {
            let whole = whole(*number);
            Reply::Remarks(remarks(looking, *number, whole)?)
        }
        Query::Permits => {
            let newest_first = looking.known.permits.values().rev();
            Reply::Permits(newest_first.cloned().collect())
        }
        Query::TryAdopt {
            before,
            record,
            existing,
            customer,
        } => {
            return trial::adopt(looking, context, before, record, *existing, customer);
        }
        Query::PreviewSteps { numbers, step } => {
            return preview::steps(looking, context, numbers, step);
        }
        Query::Backup { .. } => {
            let head = looking.home.journal.head();
            Reply::Head {
                seq: head.seq,
                hash: hex(&head.hash),
                permit,
            }
        }
        // `open_to_all` has answered these.
        Query::Hello | Query::Operators => return Err(Failure::internal()),
    })
}

/// What is searched for: the number of a card that went into another finds that one (A01-21).
fn sought(looking: &Looking, text: &str) -> Result<String, Fault> {
    let Ok(number) = text.trim().parse::<Number>() else {
        return Ok(text.to_owned());
    };
    Ok(kin::survivor(looking.overlay, number)?.to_string())
}

/// The loan of a file and the requests that wait for it; what a survey came to.
fn beside(looking: &Looking, context: &Context, file: Number) -> Result<Page, Fault> {
    let file = match looking.overlay.record(file)? {
        Some(Record::File(file)) => file,
        Some(Record::Survey(survey)) => return surveys::beside(looking, survey),
        _ => return Ok(list::loose_page(Vec::new())),
    };
    let mut rows = Vec::new();
    if let Some(loan) = file.loan {
        rows.extend(looking.overlay.record(loan)?);
    }
    let waits = |record: &Record| match record {
        Record::Access(access) => !access.state.is_final() && !access.meta.void,
        _ => false,
    };
    for number in access::asked(looking, file.meta.number)? {
        rows.extend(looking.overlay.record(number)?.filter(waits));
    }
    let rows = rows.into_iter().map(|record| looking.row(record));
    let rows = rows.filter(|row| is_for(looking, context, row));
    Ok(list::loose_page(rows.collect()))
}

/// What there was with a customer, as far as the asker may see it.
fn contacts(
    looking: &Looking,
    context: &Context,
    customer: Number,
    limit: u32,
) -> Result<Page, Fault> {
    let limit = (limit as usize).clamp(1, MOST_ROWS);
    let mut rows = timeline::rows(looking, customer, limit)?;
    rows.retain(|row| is_for(looking, context, row));
    Ok(masked_page(looking, context, list::loose_page(rows)))
}

/// The contacts that were had with the customer of a file (A03-5.1.4).
fn of_file(looking: &Looking, context: &Context, file: Number) -> Result<Page, Fault> {
    let customer = match looking.overlay.record(file)? {
        Some(Record::File(file)) => file.details.customer,
        _ => None,
    };
    let Some(customer) = customer else {
        return Ok(list::loose_page(Vec::new()));
    };
    let mut rows = caller::contacts(looking, customer, MOST_ROWS)?;
    rows.retain(|row| row.record.number().kind == Kind::FollowUp && is_for(looking, context, row));
    Ok(masked_page(looking, context, list::loose_page(rows)))
}

/// A record, in full or masked.
fn one(
    looking: &Looking,
    context: &Context,
    number: Number,
    whole: bool,
) -> Result<Option<Box<Row>>, Fault> {
    let number = access::read_as(looking, number)?;
    let Some(record) = looking.overlay.record(number)? else {
        return Ok(None);
    };
    let mut row = looking.row(record);
    if number.kind == Kind::Customer {
        let ties = ties::of(looking, number)?;
        row.ties = (!ties.is_nothing()).then(|| Box::new(ties));
        if let Record::Customer(card) = &row.record {
            let owned = leasing::of_card(looking, context, &card.details)?;
            row.ownership = owned.map(Box::new);
        }
    }
    let row = if whole {
        row
    } else {
        masked(looking, context, row, None)
    };
    Ok(Some(Box::new(row)))
}

/// The rows of the register of a day, each as far as the asker may open it.
fn printed(looking: &Looking, context: &Context, day: Day) -> Result<Page, Fault> {
    let rows = register::rows(looking, day)?.into_iter();
    let concealed = rows.map(|row| {
        let whole = access::may_read(looking, context, row.record.number());
        if whole {
            row
        } else {
            masked(looking, context, row, None)
        }
    });
    Ok(list::loose_page(concealed.collect()))
}

/// Answers what is put together from many records: reports, and the entries in a file.
fn computed(looking: &Looking, context: &Context, query: &Query) -> Answer {
    Ok(match query {
        Query::Requests(quarter) => {
            Reply::Requests(Box::new(requests::figures(looking, *quarter)?))
        }
        Query::Monthly(kind, month) => {
            Reply::Monthly(Box::new(monthly::report(looking, *kind, *month, context)?))
        }
        Query::Transactions(of) => Reply::Transactions(trade::entries(looking, context, *of)?),
        Query::Standing { customer, file } => {
            Reply::Standing(trade::standing(looking, *customer, *file)?)
        }
        Query::ContactsOfFile(file) => Reply::Page(of_file(looking, context, *file)?),
        Query::PrintForms(day) => Reply::Page(leasing::forms(looking, context, *day)?),
        Query::Ownership(phone) => return leasing::ownership(looking, context, phone),
        Query::Visits(customer) => Reply::Visits(ties::visits(looking, *customer)?),
        Query::Twins(customer) => {
            let page = list::loose_page(caller::twins(looking, *customer)?);
            Reply::Page(masked_page(looking, context, page))
        }
        _ => Reply::InspectionsDue(inspections::due(looking)?),
    })
}

/// The remarks on a record, oldest first (A01-05).
fn remarks(looking: &Looking, about: Number, whole: bool) -> Result<Vec<Remark>, Fault> {
    let prefix = keys::remarks(about);
    let rows = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, MOST_ROWS)?;
    let mut remarks = Vec::with_capacity(rows.len());
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(mut record) = looking.overlay.record(number)? {
            if !whole {
                mask::record(&mut record, None);
            }
            if let Record::Remark(remark) = record {
                remarks.push(remark);
            }
        }
    }
    Ok(remarks)
}
