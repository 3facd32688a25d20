//! What waits for somebody's yes, from any kind of record: one list, the most pressing first.
//!
//! It is read from the short lists of what may wait, and what is for somebody else is left out.

use super::{Looking, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::approval;
use crate::domain::context::Context;
use crate::domain::look;
use crate::domain::number::Kind;
use crate::store::{Fault, Order};

/// The kinds of which records may wait for a yes.
const KINDS: &[Kind] = &[
    Kind::Complaint,
    Kind::Measure,
    Kind::Analysis,
    Kind::Access,
    Kind::Handover,
    Kind::Loan,
    Kind::File,
    Kind::Incident,
    Kind::Destruction,
    Kind::Instruction,
    Kind::Task,
    Kind::Introduction,
];

/// All that waits for whoever asks: major complaints first, then what waits longest. Each row has
/// its place in that order.
fn waiting(looking: &Looking, context: &Context) -> Result<Vec<(Cursor, Row)>, Fault> {
    let mut rows = Vec::new();
    for kind in KINDS
        .iter()
        .filter(|kind| look::may_see(**kind, context).is_ok())
    {
        let tag = index::tag(*kind, Filter::Waiting);
        let prefix = index::list_prefix(*kind, tag, Sort::Newest);
        let found = looking
            .overlay
            .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        for number in found.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            let Some(record) = looking.overlay.record(number)? else {
                continue;
            };
            let waits = approval::waiting_for(&record, context);
            let urgency = |wait: &approval::Waiting| (u8::from(!wait.kind.is_alarm()), wait.since);
            let Some((class, since)) = waits.iter().map(urgency).min() else {
                continue;
            };
            let mut key = vec![class];
            key.extend_from_slice(&keys::stamp_bytes(since));
            key.extend_from_slice(&number.to_key());
            rows.push((Cursor(key), looking.row(record)));
        }
    }
    rows.sort_by(|(one, _), (other, _)| one.0.cmp(&other.0));
    Ok(rows)
}

/// How many wait for whoever asks, and how many of them are major complaints.
pub(super) fn counts(looking: &Looking, context: &Context) -> Result<(u64, u64), Fault> {
    let rows = waiting(looking, context)?;
    let major = rows.iter().filter(|(place, _)| place.0.first() == Some(&0));
    Ok((rows.len() as u64, major.count() as u64))
}

/// A page of them.
pub(super) fn page(looking: &Looking, context: &Context, query: &ListQuery) -> Result<Page, Fault> {
    Ok(list::cut(waiting(looking, context)?, query))
}
