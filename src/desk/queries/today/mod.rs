//! Whom somebody is to contact today: what was planned, and what follows from cards and contacts.
//!
//! Each source gives the places of its rows in its own order; only the records of the rows that are
//! shown are read again. The cards are a range of keys. Who was not reached for long follows from the
//! contacts of each customer, and whom a campaign or a holiday is for from the customer, so of one's
//! customers at most [`MOST_WALKED`] are looked at, once for all of these; an answer that stops there says
//! that there may be more.

mod asked;
mod births;
mod cards;
mod contacts;
mod owed;
mod planned;

pub(super) use contacts::visited_until;

use super::search::Hunt;
use super::{Looking, MOST_LATE, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::follow_up::Occasion;
use crate::domain::greeting::Greeting;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// Of one's customers so many are looked at, the longest known first.
const MOST_WALKED: usize = 2_000;

/// The sources in the order in which their rows stand.
const PLANNED: u8 = 0;
const PLAN: u8 = 1;
const BIRTHDAYS: u8 = 2;
const HOLIDAYS: u8 = 3;
const OWED: u8 = 4;
const CAMPAIGNS: u8 = 5;
const CARDS: u8 = 6;

/// A row before its record is read: where it stands, whom it is about, why and since when.
struct Found {
    place: Vec<u8>,
    number: Number,
    occasion: Occasion,
    since: Option<Day>,
    matters: Vec<Number>,
    /// The campaign that the customer is to be told of.
    serves: Option<Number>,
    /// The birthday to be greeted.
    greeting: Option<Greeting>,
}

impl Found {
    fn new(place: Vec<u8>, number: Number, occasion: Occasion) -> Self {
        Self {
            place,
            number,
            occasion,
            since: None,
            matters: Vec::new(),
            serves: None,
            greeting: None,
        }
    }
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
        Filter::ToConfirm => cards::gather(looking, context, &mut gathered)?,
        Filter::Quiet => owed::quiet(looking, context, &mut gathered)?,
        Filter::ToVisit => owed::to_visit(looking, context, &mut gathered)?,
        _ => {
            planned::gather(looking, context, &mut gathered)?;
            planned::plan(looking, context, &mut gathered)?;
            births::gather(looking, context, &mut gathered)?;
            cards::gather(looking, context, &mut gathered)?;
            one_by_one(looking, context, &mut gathered)?;
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
            if let Some(serves) = found.serves {
                row.serves = looking.serves(serves)?;
            }
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

/// What follows from each customer of whoever asks, in one walk.
fn one_by_one(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let owes = owed::is_asked_for(context);
    let asked = asked::Asked::of(looking, context)?;
    if !owes && asked.is_nothing() {
        return Ok(());
    }
    walk(looking, context, into, |customer, rows| {
        if owes {
            rows.extend(owed::of(looking, context, customer)?);
        }
        asked.gather(looking, customer, rows)
    })
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

/// Walks the customers of whoever asks, the longest known first.
fn walk(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
    mut each: impl FnMut(&Customer, &mut Vec<Found>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    for filter in whose(context) {
        let tag = index::tag(Kind::Customer, filter);
        let from = index::list_prefix(Kind::Customer, tag, Sort::Oldest);
        let (numbers, more) = numbers(looking, &from, &keys::end_of(&from), MOST_WALKED)?;
        into.truncated |= more;
        for number in numbers {
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)? {
                each(&customer, &mut into.rows)?;
            }
        }
    }
    Ok(())
}
