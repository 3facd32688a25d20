//! The tasks of a department, the most urgent first, and those of them that are late (A03-3.2, A07-d1b).

use super::search::Hunt;
use super::{Looking, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// A page of the open tasks of the department of whoever asks; with words, of those that they find. One
/// who is of no department sees all.
pub(super) fn page(looking: &Looking, context: &Context, query: &ListQuery) -> Result<Page, Fault> {
    let find = query.find.trim();
    let hunt = (!find.is_empty()).then(|| Hunt::new(looking, find));
    let late_only = query.filter == Filter::LateForUnit;
    let mut rows: Vec<(Cursor, Row)> = Vec::new();
    for row in open(looking, context)? {
        let late = row.days_late > 0;
        let found = hunt.as_ref().is_none_or(|hunt| hunt.finds(&row.record));
        if found && (late || !late_only) {
            // What has no day stands behind what has one.
            let due = row.due.map_or(i32::MAX, Day::ordinal);
            let mut place = due.to_be_bytes().to_vec();
            place.extend_from_slice(&row.record.number().to_key());
            rows.push((Cursor(place), row));
        }
    }
    rows.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0));
    Ok(list::cut(rows, query))
}

/// How many of them are late.
pub(super) fn late(looking: &Looking, context: &Context) -> Result<usize, Fault> {
    let rows = open(looking, context)?;
    Ok(rows.iter().filter(|row| row.days_late > 0).count())
}

fn open(looking: &Looking, context: &Context) -> Result<Vec<Row>, Fault> {
    let everybody = context.operator.department.trim().is_empty();
    let tag = index::tag(Kind::Task, Filter::Open);
    let prefix = index::list_prefix(Kind::Task, tag, Sort::Newest);
    let found = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut rows = Vec::new();
    for number in found.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Task(task)) = looking.overlay.record(number)?
            && (everybody || context.is_of(&task.details.department))
        {
            rows.push(looking.row(Record::Task(task)));
        }
    }
    Ok(rows)
}
