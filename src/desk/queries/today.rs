//! Whom somebody is to contact today: what was planned, and what follows from cards and contacts.
//!
//! Each source gives the places of its rows in its own order; only the records of the rows that are
//! shown are read again. The cards are a range of keys. Who was not reached for long follows from the
//! contacts of each customer, so of one's customers at most [`MOST_WALKED`] are looked at; an answer that
//! stops there says that there may be more.

use std::ops::ControlFlow;

use super::search::Hunt;
use super::{Looking, MOST_LATE, birthdays, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::follow_up::{self, Occasion, Touched};
use crate::domain::greeting::Greeting;
use crate::domain::intake::{Channel, IntakeKind};
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Order};

/// Of one's customers so many are looked at, the longest known first.
const MOST_WALKED: usize = 2_000;
/// Contacts of a customer read at once.
const CONTACTS: usize = 32;

/// A row before its record is read: where it stands, whom it is about, why and since when.
struct Found {
    place: Vec<u8>,
    number: Number,
    occasion: Occasion,
    since: Option<Day>,
    matters: Vec<Number>,
    greeting: Option<Greeting>,
}

/// What the sources gave.
#[derive(Default)]
struct Gathered {
    rows: Vec<Found>,
    truncated: bool,
}

/// A page of whom somebody is to contact; with words, of those that they find.
pub(super) fn page(looking: &Looking, context: &Context, query: &ListQuery) -> Result<Page, Fault> {
    let mut gathered = Gathered::default();
    match query.filter {
        Filter::ToConfirm => cards(looking, context, &mut gathered)?,
        Filter::Quiet => quiet(looking, context, &mut gathered)?,
        Filter::ToVisit => to_visit(looking, context, &mut gathered)?,
        _ => {
            planned(looking, context, &mut gathered)?;
            births(looking, context, &mut gathered)?;
            cards(looking, context, &mut gathered)?;
            owed(looking, context, &mut gathered)?;
        }
    }
    let Gathered {
        mut rows,
        truncated,
    } = gathered;
    let find = query.find.trim();
    if !find.is_empty() {
        let hunt = Hunt::new(looking, find);
        let mut found = Vec::new();
        for row in rows {
            let record = looking.overlay.record(row.number)?;
            if record.is_some_and(|record| hunt.finds(&record)) {
                found.push(row);
            }
        }
        rows = found;
    }
    rows.sort_by(|one, other| one.place.cmp(&other.place));
    let all = rows.into_iter().map(|row| (Cursor(row.place.clone()), row));
    let part = list::part(all.collect(), query);
    let mut shown = Vec::with_capacity(part.rows.len());
    for (cursor, found) in part.rows {
        if let Some(record) = looking.overlay.record(found.number)? {
            let mut row = looking.row(record);
            row.occasion = Some(found.occasion);
            row.waits = found
                .since
                .map(|day| (looking.today().0 - day.0).num_days());
            row.due = row.due.or(found.since);
            row.matters = found.matters;
            if found.greeting.is_some() {
                row.profiled.get_or_insert_default().greeting = found.greeting;
            }
            shown.push((cursor, row));
        }
    }
    Ok(Page {
        rows: shown,
        before: part.before,
        after: part.after,
        total: (!truncated).then_some(part.total),
        truncated,
    })
}

/// How much somebody has planned, and how much of that is late.
pub(super) fn counts(looking: &Looking, context: &Context) -> Result<(u64, u64), Fault> {
    let tag = index::tag(Kind::FollowUp, mine(context));
    let key = keys::count(Kind::FollowUp, &tag.bytes());
    let from = index::list_prefix(Kind::FollowUp, tag, Sort::Due);
    let to = list::late_until(looking, Kind::FollowUp, &from);
    let late = looking
        .overlay
        .scan(&from, &to, Order::Forward, MOST_LATE)?;
    Ok((
        looking.overlay.unpacked(&key)?.unwrap_or(0),
        late.len() as u64,
    ))
}

fn mine(context: &Context) -> Filter {
    let me = context.operator.meta.number.to_string();
    Filter::OfOwner(Listed::new(&me))
}

/// The customers of whoever asks, and those who are nobody's.
fn whose(context: &Context) -> [Filter; 2] {
    [mine(context), Filter::OfOwner(Listed::new(index::NOBODY))]
}

/// The place of a row: by source, then by day, then by number.
fn place(source: u8, day: Day, number: Number) -> Vec<u8> {
    let mut place = vec![source];
    place.extend_from_slice(&day.ordinal().to_be_bytes());
    place.extend_from_slice(&number.to_key());
    place
}

/// The numbers in a range of keys, and whether there are more.
fn numbers(
    looking: &Looking,
    from: &[u8],
    to: &[u8],
    most: usize,
) -> Result<(Vec<Number>, bool), Fault> {
    let mut rows = looking.overlay.scan(from, to, Order::Forward, most + 1)?;
    let more = rows.len() > most;
    rows.truncate(most);
    let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
    Ok((numbers.collect(), more))
}

/// What was planned up to today, the longest due first.
fn planned(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let tag = index::tag(Kind::FollowUp, mine(context));
    let from = index::list_prefix(Kind::FollowUp, tag, Sort::Due);
    let mut to = from.clone();
    let tomorrow = looking.today().ordinal().saturating_add(1);
    to.extend_from_slice(&tomorrow.to_be_bytes());
    let (numbers, more) = numbers(looking, &from, &to, MOST_LATE)?;
    into.truncated |= more;
    for (order, number) in (0_u32..).zip(numbers) {
        let mut place = vec![0];
        place.extend_from_slice(&order.to_be_bytes());
        into.rows.push(Found {
            place,
            number,
            occasion: Occasion::Planned,
            since: None,
            matters: Vec::new(),
            greeting: None,
        });
    }
    Ok(())
}

/// The birthdays that are to be greeted, in the order of their days (A14-2.4).
fn births(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let (due, more) = birthdays::due(looking, context)?;
    into.truncated |= more;
    into.rows.extend(due.into_iter().map(|born| {
        let number = born.customer.meta.number;
        let mut place = place(1, born.greeting.on, number);
        place.extend_from_slice(born.greeting.key.as_bytes());
        Found {
            place,
            number,
            occasion: Occasion::Birthday,
            since: Some(born.greeting.on),
            matters: Vec::new(),
            greeting: Some(born.greeting),
        }
    }));
    Ok(())
}

/// The cards that are to be confirmed, the longest unconfirmed first (A01-23).
fn cards(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let Some(last) = follow_up::last_unconfirmed(context) else {
        return Ok(());
    };
    for filter in whose(context) {
        let tag = index::tag(Kind::Customer, filter);
        let from = index::list_prefix(Kind::Customer, tag, Sort::Due);
        let mut to = from.clone();
        to.extend_from_slice(&last.ordinal().saturating_add(1).to_be_bytes());
        let (numbers, more) = numbers(looking, &from, &to, MOST_LATE)?;
        into.truncated |= more;
        for number in numbers {
            let Some(Record::Customer(customer)) = looking.overlay.record(number)? else {
                continue;
            };
            into.rows.push(Found {
                place: place(3, customer.confirmed_on, number),
                number,
                occasion: Occasion::Card,
                since: follow_up::unconfirmed_since(&customer, context),
                matters: Vec::new(),
                greeting: None,
            });
        }
    }
    Ok(())
}

/// Walks the customers of whoever asks, the longest known first.
fn walk(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
    each: impl Fn(&Customer, Touched) -> Option<Found>,
) -> Result<(), Fault> {
    for filter in whose(context) {
        let tag = index::tag(Kind::Customer, filter);
        let from = index::list_prefix(Kind::Customer, tag, Sort::Oldest);
        let (numbers, more) = numbers(looking, &from, &keys::end_of(&from), MOST_WALKED)?;
        into.truncated |= more;
        for number in numbers {
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)? {
                let touched = touched(looking, number)?;
                into.rows.extend(each(&customer, touched));
            }
        }
    }
    Ok(())
}

/// The customers to whom a call or a visit is owed, and who has been quiet, without those with whom
/// something is planned already (A01-16, A01-27, A14-1.2).
fn owed(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let rules = &context.profile.follow_ups;
    let days = [
        rules.call_days,
        rules.visit_days,
        rules.closed_days,
        rules.quiet_days,
    ];
    if days.iter().all(Option::is_none) {
        return Ok(());
    }
    let mut found = Gathered::default();
    walk(looking, context, &mut found, |customer, touched| {
        let (occasion, since) = follow_up::owed(customer, &touched, context)?;
        let number = customer.meta.number;
        Some(Found {
            place: place(2, since, number),
            number,
            occasion,
            since: Some(since),
            matters: Vec::new(),
            greeting: None,
        })
    })?;
    into.truncated |= found.truncated;
    for row in found.rows {
        let planned = keys::planned(row.number);
        let rows = looking.overlay.scan_prefix(&planned, Order::Forward, 1)?;
        if rows.is_empty() {
            into.rows.push(row);
        }
    }
    Ok(())
}

/// The customers with whom there was no contact for longer than the quiet period (A01-27).
fn quiet(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    walk(looking, context, into, |customer, touched| {
        let since = follow_up::quiet_since(customer, &touched, context)?;
        let number = customer.meta.number;
        Some(Found {
            place: place(0, since, number),
            number,
            occasion: Occasion::Quiet,
            since: Some(since),
            matters: Vec::new(),
            greeting: None,
        })
    })
}

/// The customers in the order in which they are to be visited (A05-4.6a, A01-25).
fn to_visit(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    walk(looking, context, into, |customer, touched| {
        let number = customer.meta.number;
        let registered = customer
            .meta
            .created_at
            .day(context.profile.utc_offset_minutes);
        let since = touched.visit.unwrap_or(registered);
        // Whoever was never visited comes before all who were.
        let order = touched.visit.unwrap_or_default();
        let source = u8::from(touched.matters.is_empty());
        Some(Found {
            place: place(source, order, number),
            number,
            occasion: Occasion::Visit,
            since: Some(since),
            matters: touched.matters,
            greeting: None,
        })
    })
}

/// A contact with a customer: when and how they were reached; none where nobody was.
fn reached(record: &Record) -> Option<(Stamp, Channel)> {
    if record.meta().void {
        return None;
    }
    match record {
        Record::FollowUp(it) => it.reached(),
        Record::Intake(it) => {
            let channel = it.details.channel.unwrap_or(Channel::Other);
            Some((it.started_at, channel))
        }
        Record::Complaint(it) => Some((it.made_at, Channel::Other)),
        _ => None,
    }
}

/// Whether a contact is a complaint, a suggestion or an objection (A05-4.6a).
fn is_matter(record: &Record) -> bool {
    match record {
        Record::Complaint(_) => true,
        // What became a complaint is counted as that.
        Record::Intake(it) if it.complaint.is_some() => false,
        Record::Intake(it) => matches!(
            it.details.kind,
            IntakeKind::Complaint | IntakeKind::Suggestion | IntakeKind::Objection
        ),
        _ => false,
    }
}

/// Goes through the contacts of a customer, the newest first, until `each` says that it is enough.
fn contacts(
    looking: &Looking,
    customer: Number,
    mut each: impl FnMut(&Record, Day, Channel) -> ControlFlow<()>,
) -> Result<(), Fault> {
    let offset = looking.known.profile.utc_offset_minutes;
    let prefix = keys::contacts(customer);
    let mut end = keys::end_of(&prefix);
    loop {
        let rows = looking
            .overlay
            .scan(&prefix, &end, Order::Backward, CONTACTS)?;
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        end.clone_from(last);
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(record) = looking.overlay.record(number)?
                && let Some((at, channel)) = reached(&record)
                && each(&record, at.day(offset), channel).is_break()
            {
                return Ok(());
            }
        }
    }
}

/// When a customer was last reached, and what they said since the last visit.
fn touched(looking: &Looking, customer: Number) -> Result<Touched, Fault> {
    let mut touched = Touched::default();
    contacts(looking, customer, |record, day, channel| {
        touched.any = touched.any.or(Some(day));
        if touched.visit.is_none() && is_matter(record) {
            touched.matters.push(record.number());
        }
        match channel {
            Channel::Call => touched.call = touched.call.or(Some(day)),
            Channel::Visit => touched.visit = touched.visit.or(Some(day)),
            _ => {}
        }
        if touched.call.is_some() && touched.visit.is_some() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(touched)
}

/// The last visit of a customer up to a day (A01-25).
pub(super) fn visited_until(
    looking: &Looking,
    customer: Number,
    until: Day,
) -> Result<Option<Day>, Fault> {
    let mut visit = None;
    contacts(looking, customer, |_, day, channel| {
        if channel == Channel::Visit && day <= until {
            visit = Some(day);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(visit)
}
