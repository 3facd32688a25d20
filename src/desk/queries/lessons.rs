//! What other complaints taught that is told to a department (A08-r1.2): the newest first.

use super::search::Hunt;
use super::{Looking, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::complaint::course::Lesson;
use crate::domain::context::Context;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order};

/// A page of the complaints with a lesson for the department of whoever asks; with words, of those
/// that they find. One who is of no department sees all.
pub(super) fn page(looking: &Looking, context: &Context, query: &ListQuery) -> Result<Page, Fault> {
    let everybody = context.operator.department.trim().is_empty();
    let is_ours =
        |lesson: &&Lesson| everybody || lesson.departments.iter().any(|one| context.is_of(one));
    let find = query.find.trim();
    let hunt = (!find.is_empty()).then(|| Hunt::new(looking, find));
    let tag = index::tag(Kind::Complaint, Filter::Lessons);
    let prefix = index::list_prefix(Kind::Complaint, tag, Sort::Newest);
    let found = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut rows: Vec<(Cursor, Row)> = Vec::new();
    for number in found.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let Some(record) = looking.overlay.record(number)? else {
            continue;
        };
        if hunt.as_ref().is_some_and(|hunt| !hunt.finds(&record)) {
            continue;
        }
        let Record::Complaint(complaint) = &record else {
            continue;
        };
        let Some(last) = complaint.course.lessons.iter().rfind(is_ours) else {
            continue;
        };
        // The later it was told, the earlier it stands.
        let mut place = keys::stamp_bytes(Stamp(last.said.at.0.saturating_neg())).to_vec();
        place.extend_from_slice(&number.to_key());
        rows.push((Cursor(place), looking.row(record)));
    }
    rows.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0));
    Ok(list::cut(rows, query))
}
