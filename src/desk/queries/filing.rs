//! What is filed and what waits to be: customers without a file, material that was received, the index
//! of files, and the figures by department and class (A11-04a to A11-06, A13-a4).

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::search::Hunt;
use super::{Looking, MOST_ROWS, access, list};
use crate::desk::contract::{Answer, Cursor, Filter, ListQuery, Page, Query, Reply, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::archive::ArchiveFile;
use crate::domain::context::Context;
use crate::domain::filing::{FileFigures, IndexLine, IndexPart, NoFile, Received, Tally, ToFile};
use crate::domain::handover::Handover;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Order};

/// Keys or records read at once.
const ROWS: usize = 500;
/// Of customers so many of the newest are looked at for the line above the archive.
const NEWEST: usize = 5_000;

/// Answers a look at what is filed and what waits to be.
pub(super) fn answer(looking: &Looking, context: &Context, query: &Query) -> Answer {
    Ok(match query {
        Query::ToFile => Reply::ToFile(Box::new(to_file(looking, 1, true)?)),
        Query::FileIndex { after } => Reply::FileIndex(index_part(looking, context, *after)?),
        _ => Reply::FileFigures(Box::new(figures(looking)?)),
    })
}

/// Walks a list by number, the newest first; `each` is given some numbers at a time.
fn walk(
    looking: &Looking,
    (kind, filter): (Kind, Filter),
    mut each: impl FnMut(Vec<Number>) -> Result<ControlFlow<()>, Fault>,
) -> Result<(), Fault> {
    let tag = index::tag(kind, filter);
    let prefix = index::list_prefix(kind, tag, Sort::Newest);
    let mut end = keys::end_of(&prefix);
    loop {
        let page = looking.overlay.scan(&prefix, &end, Order::Backward, ROWS)?;
        let Some((last, _)) = page.last() else {
            return Ok(());
        };
        end.clone_from(last);
        let numbers = page.iter().filter_map(|(key, _)| keys::number_at_end(key));
        if each(numbers.collect())?.is_break() {
            return Ok(());
        }
    }
}

/// The customers of these of whom there is a file.
fn with_file(looking: &Looking, customers: &[Number]) -> Result<BTreeSet<Number>, Fault> {
    let (Some(first), Some(last)) = (customers.iter().min(), customers.iter().max()) else {
        return Ok(BTreeSet::new());
    };
    let (from, to) = (keys::of_customer(*first), keys::of_customer(*last));
    let to = keys::end_of(&to);
    let rows = looking
        .overlay
        .scan(&from, &to, Order::Forward, usize::MAX)?;
    let filed = rows.iter().filter_map(|(key, _)| keys::customer_in(key));
    let mut filed: BTreeSet<Number> = filed.collect();
    // The file of a card that went into another is that one's (A01-21).
    for (absorbed, kept) in kin::absorbed_cards(looking.overlay)? {
        let prefix = keys::of_customer(absorbed);
        let file = looking.overlay.scan_prefix(&prefix, Order::Forward, 1)?;
        if !file.is_empty() {
            filed.insert(kept);
        }
    }
    Ok(filed)
}

/// The customers in use of whom there is no file, the newest first, among so many of the newest.
fn without_file(looking: &Looking, among: usize) -> Result<Vec<Number>, Fault> {
    let mut found = Vec::new();
    let mut read = 0;
    walk(looking, (Kind::Customer, Filter::Current), |numbers| {
        read += numbers.len();
        let filed = with_file(looking, &numbers)?;
        found.extend(numbers.into_iter().filter(|it| !filed.contains(it)));
        Ok(if read < among {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        })
    })?;
    Ok(found)
}

/// The day of a time, and how many days ago that is.
fn since(looking: &Looking, at: Stamp) -> (Day, i64) {
    let day = at.day(looking.known.profile.utc_offset_minutes);
    (day, (looking.today().0 - day.0).num_days())
}

/// A page of the customers without a file (A11-04a), by number; with words, of those that they find.
pub(super) fn page(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let mut numbers = without_file(looking, usize::MAX)?;
    let find = query.find.trim();
    if !find.is_empty() {
        let hunt = Hunt::new(looking, find);
        let mut found = Vec::new();
        for number in numbers {
            let record = looking.overlay.record(number)?;
            if record.is_some_and(|record| hunt.finds(&record)) {
                found.push(number);
            }
        }
        numbers = found;
    }
    let oldest_first = query.sort == Sort::Oldest;
    if oldest_first {
        numbers.reverse();
    }
    let place = |number: &Number| {
        let key = number.to_key();
        let turned = |byte: u8| if oldest_first { byte } else { !byte };
        Cursor(key.into_iter().map(turned).collect())
    };
    let all = numbers.into_iter().map(|number| (place(&number), number));
    let part = list::part(all.collect(), query);
    let mut rows: Vec<(Cursor, Row)> = Vec::new();
    for (place, number) in part.rows {
        if let Some(record) = looking.overlay.record(number)? {
            let created = record.meta().created_at;
            let row = looking.row(record);
            let waits = Some(since(looking, created).1);
            rows.push((place, Row { waits, ..row }));
        }
    }
    Ok(Page {
        rows,
        before: part.before,
        after: part.after,
        total: Some(part.total),
        truncated: false,
    })
}

/// What waits to be filed, the longest first and at most so many of each. In short, only the newest
/// customers are looked at.
fn to_file(looking: &Looking, limit: usize, short: bool) -> Result<ToFile, Fault> {
    let mut found = ToFile::default();
    if looking.known.profile.archive.per_customer {
        let among = if short { NEWEST } else { usize::MAX };
        let numbers = without_file(looking, among)?;
        found.customers_all = numbers.len() as u64;
        for number in numbers.into_iter().rev().take(limit) {
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)? {
                let (since, days) = since(looking, customer.meta.created_at);
                found.customers.push(NoFile {
                    number,
                    name: customer.details.name,
                    by: looking.known.name(customer.meta.created_by),
                    since,
                    days,
                });
            }
        }
    }
    let mut all = Vec::new();
    for kind in [Kind::Handover, Kind::File] {
        walk(looking, (kind, Filter::ToFile), |numbers| {
            all.extend(numbers);
            Ok(ControlFlow::Continue(()))
        })?;
    }
    found.received_all = all.len() as u64;
    for number in all.into_iter().rev() {
        found
            .received
            .extend(match looking.overlay.record(number)? {
                Some(Record::Handover(handover)) => Some(received(looking, &handover)?),
                Some(Record::File(file)) => Some(unsorted(looking, file)),
                _ => None,
            });
    }
    found.received.sort_by_key(|one| (one.since, one.number));
    found.received.truncate(limit);
    Ok(found)
}

/// Papers that were taken in, and the file they go into: that of the car, if there is one (A07-g3a).
fn received(looking: &Looking, handover: &Handover) -> Result<Received, Fault> {
    let details = &handover.details;
    let taken = handover.taken.as_ref().map(|said| said.at);
    let (since, days) = since(looking, taken.unwrap_or(handover.meta.created_at));
    let mut into = None;
    for car in [&details.vin, &details.plate] {
        if into.is_none() && !car.is_empty() {
            let rows = looking
                .overlay
                .scan_prefix(&keys::of_car(car), Order::Forward, 1)?;
            into = rows.first().and_then(|(key, _)| keys::number_at_end(key));
        }
    }
    Ok(Received {
        number: handover.meta.number,
        about: format!("{} {}", details.person, details.plate)
            .trim()
            .to_owned(),
        checklist: details.checklist.clone(),
        papers: handover.brought().map(str::to_owned).collect(),
        from: details.giver.clone(),
        since,
        days,
        into,
    })
}

/// A file that is not sorted yet. What a graded one is about is not told (A11-22a).
fn unsorted(looking: &Looking, file: ArchiveFile) -> Received {
    let (number, since) = (file.meta.number, file.filed_on);
    let from = looking.known.name(file.meta.created_by);
    let mut record = Record::File(file);
    mask::record(&mut record, None);
    let (about, papers) = match record {
        Record::File(file) => (file.details.title, file.details.papers),
        _ => (String::new(), Vec::new()),
    };
    Received {
        number,
        about,
        checklist: String::new(),
        papers,
        from,
        since,
        days: (looking.today().0 - since.0).num_days(),
        into: Some(number),
    }
}

/// The figures by department and class.
fn figures(looking: &Looking) -> Result<FileFigures, Fault> {
    let mut tally = Tally::default();
    let known = looking.known;
    let department = |by: Number| {
        let operator = known.operators.get(&by);
        operator.map_or("", |it| known.profile.department_id(&it.department))
    };
    for kind in [Kind::File, Kind::Customer] {
        walk(looking, (kind, Filter::All), |numbers| {
            for number in numbers {
                match looking.overlay.record(number)? {
                    Some(Record::File(file)) if !file.details.unit.is_empty() => {
                        tally.file(&file, known.profile.department_id(&file.details.unit));
                    }
                    Some(Record::File(file)) => {
                        tally.file(&file, department(file.meta.created_by));
                    }
                    Some(Record::Customer(customer)) => {
                        tally.customer(&customer, department(customer.meta.created_by));
                    }
                    _ => {}
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
    }
    let to_file = to_file(looking, MOST_ROWS, false)?;
    let per_customer = known.profile.archive.per_customer;
    Ok(tally.figures(looking.now, per_customer, to_file))
}

/// A part of the index of files from a number on; each line as far as whoever asks may open its file
/// (A11-22c).
fn index_part(
    looking: &Looking,
    context: &Context,
    after: Option<Number>,
) -> Result<IndexPart, Fault> {
    let tag = index::tag(Kind::File, Filter::All);
    let prefix = index::list_prefix(Kind::File, tag, Sort::Oldest);
    let mut from = prefix.clone();
    if let Some(after) = after {
        from.extend_from_slice(&after.to_key());
        from.push(0);
    }
    let to = keys::end_of(&prefix);
    let rows = looking
        .overlay
        .scan(&from, &to, Order::Forward, MOST_ROWS + 1)?;
    let mut lines = Vec::new();
    for number in rows
        .iter()
        .take(MOST_ROWS)
        .filter_map(|(key, _)| keys::number_at_end(key))
    {
        let Some(mut record) = looking.overlay.record(number)? else {
            continue;
        };
        access::conceal(looking, context, &mut record);
        if let Record::File(file) = &record {
            lines.push(IndexLine::of(file));
        }
    }
    Ok(IndexPart {
        at: looking.now,
        lines,
        more: rows.len() > MOST_ROWS,
    })
}
