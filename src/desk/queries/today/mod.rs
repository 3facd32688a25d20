//! Whom somebody is to contact today: what was planned, and what follows from cards and contacts.
//!
//! Each source gives the places of its rows in its own order, the most urgent first and at most
//! [`MOST_LATE`] of each owner; only the records of the rows that are shown are read again. Each is a range
//! of keys that begins with what is due and is read until enough was found, however many customers there
//! are; an answer that stops there says that there may be more.

mod asked;
mod births;
mod cards;
mod owed;
mod planned;

use super::search::Hunt;
use super::{Looking, MOST_LATE, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::follow_up::Occasion;
use crate::domain::greeting::Greeting;
use crate::domain::listed::Listed;
use crate::domain::number::{Kind, Number};
use crate::domain::operator;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// So many keys of a range are read at once.
const PART: usize = 256;

/// The sources in the order in which their rows stand.
const PLANNED: u8 = 0;
const PLAN: u8 = 1;
const BIRTHDAYS: u8 = 2;
const HOLIDAYS: u8 = 3;
const OWED: u8 = 4;
const CAMPAIGNS: u8 = 5;
const CARDS: u8 = 6;
const SURVEYS: u8 = 7;

/// A row before its record is read: where it stands, whom it is about, why and since when.
struct Found {
    place: Vec<u8>,
    number: Number,
    occasion: Occasion,
    since: Option<Day>,
    /// The campaign that the customer is to be told of, or the survey that asks them.
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
            serves: None,
            greeting: None,
        }
    }
}

/// What the sources gave.
struct Gathered {
    rows: Vec<Found>,
    truncated: bool,
    /// So many rows are enough, of each source and owner.
    most: usize,
}

impl Gathered {
    const fn of(most: usize) -> Self {
        Self {
            rows: Vec::new(),
            truncated: false,
            most,
        }
    }
}

/// A source of the list of the day.
type Source = fn(&Looking, &Context, &mut Gathered) -> Result<(), Fault>;

/// All of them, those that cost least first.
const SOURCES: [Source; 8] = [
    planned::gather,
    planned::plan,
    cards::gather,
    owed::gather,
    births::gather,
    asked::holidays,
    asked::campaigns,
    asked::surveys,
];

/// So many rows of the day are counted at most; one more than is told.
const MOST_COUNTED: usize = 100;

/// A page of whom somebody is to contact; with words, of those that they find.
pub(super) fn page(looking: &Looking, context: &Context, query: &ListQuery) -> Result<Page, Fault> {
    let mut gathered = Gathered::of(MOST_LATE);
    match query.filter {
        Filter::ToConfirm => cards::gather(looking, context, &mut gathered)?,
        Filter::Quiet => owed::quiet(looking, context, &mut gathered)?,
        Filter::ToVisit => owed::to_visit(looking, context, &mut gathered)?,
        Filter::NoInterval => owed::uncalled(looking, context, &mut gathered)?,
        _ => {
            for source in SOURCES {
                source(looking, context, &mut gathered)?;
            }
        }
    }
    let Gathered {
        mut rows,
        truncated,
        ..
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
            if query.filter == Filter::ToVisit {
                row.matters = owed::matters(looking, found.number)?;
            }
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

/// How much is on somebody's list of the day, up to [`MOST_COUNTED`], and how much of what they planned
/// is late.
pub(super) fn counts(looking: &Looking, context: &Context) -> Result<(u64, u64), Fault> {
    let mut gathered = Gathered::of(MOST_COUNTED);
    for source in SOURCES {
        if gathered.rows.len() < MOST_COUNTED {
            source(looking, context, &mut gathered)?;
        }
    }
    let open = gathered.rows.len().min(MOST_COUNTED);
    let mut late = 0;
    for owner in people(looking, context) {
        let tag = index::tag(Kind::FollowUp, of(Some(owner)));
        let from = index::list_prefix(Kind::FollowUp, tag, Sort::Due);
        let to = list::late_until(looking, Kind::FollowUp, &from);
        let rows = looking
            .overlay
            .scan(&from, &to, Order::Forward, MOST_LATE)?;
        late += rows.len() as u64;
    }
    Ok((open as u64, late))
}

/// The list of what is an operator's, or nobody's.
fn of(owner: Option<Number>) -> Filter {
    let owner = owner.map_or_else(|| index::NOBODY.to_owned(), |owner| owner.to_string());
    Filter::OfOwner(Listed::new(&owner))
}

/// Whoever asks, and those for whom they stand in today.
pub(super) fn people(looking: &Looking, context: &Context) -> Vec<Number> {
    let me = &context.operator;
    let all = looking.known.operators.values();
    let others = operator::stood_in_for(me, all, context.today());
    std::iter::once(me.meta.number)
        .chain(others.map(|it| it.meta.number))
        .collect()
}

/// Whose customers somebody looks after today: their own, those of whom they stand in for, and nobody's.
fn owners(looking: &Looking, context: &Context) -> Vec<Option<Number>> {
    let people = people(looking, context).into_iter();
    people.map(Some).chain([None]).collect()
}

/// The numbers at the end of a range of keys, one after the other, until `each` wants no more. Says whether
/// there may be more.
pub(super) fn each_number(
    looking: &Looking,
    from: &[u8],
    to: &[u8],
    mut each: impl FnMut(Number) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    each_part(looking, from, to, |numbers| {
        for number in numbers {
            if !each(*number)? {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

/// The same, some at a time.
fn each_part(
    looking: &Looking,
    from: &[u8],
    to: &[u8],
    mut each: impl FnMut(&[Number]) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    let mut from = from.to_vec();
    loop {
        let rows = looking.overlay.scan(&from, to, Order::Forward, PART)?;
        let Some((last, _)) = rows.last() else {
            return Ok(false);
        };
        from.clone_from(last);
        from.push(0);
        let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
        if !each(&numbers.collect::<Vec<_>>())? {
            return Ok(true);
        }
    }
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
