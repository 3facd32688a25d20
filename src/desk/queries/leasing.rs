//! The registration forms of a day, and whose customer somebody is (A12-3.1.1a, A12-3.1.3, A12-f2).

use super::access;
use super::exact::with_phone;
use super::{Looking, list, masked};
use crate::desk::contract::{Answer, Failure, Filter, Notice, Page, Reply, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::phone;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::registration::{self, Registration};
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// The rows of a day's forms in the order in which they were made: all of them for the keeper, for others
/// what is theirs; each as far as the asker may open it.
pub(super) fn forms(looking: &Looking, context: &Context, day: Day) -> Result<Page, Fault> {
    let keeps = context.may_take(ArchiveStep::KeepForms).is_ok();
    let me = context.operator.meta.number;
    let prefix = keys::registered_on(day);
    let keys = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut rows = Vec::new();
    for number in keys.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let Some(record) = looking.overlay.record(number)? else {
            continue;
        };
        if !keeps && record.meta().created_by != me {
            continue;
        }
        let row = looking.row(record);
        rows.push(if access::may_read(looking, context, number) {
            row
        } else {
            masked(looking, context, row, None)
        });
    }
    Ok(list::loose_page(rows))
}

/// Whose customer somebody is, with the registrations as a list shows them.
pub(super) fn ownership(looking: &Looking, context: &Context, typed: &str) -> Answer {
    let digits =
        phone::normal(typed).map_err(|problem| Failure::Refused(problem.field("phone").into()))?;
    let found = with_phone(looking.overlay, Kind::Registration, &digits)?;
    let mut rows: Vec<Registration> = found
        .into_iter()
        .filter_map(|record| match record {
            Record::Registration(row) => Some(row),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|row| (row.meta.created_at, row.meta.number));
    let rules = looking.known.profile.registration.as_ref();
    let whose = registration::ownership(&rows, looking.today(), rules);
    let rows = rows.into_iter().map(|row| {
        let row = looking.row(Record::Registration(row));
        masked(looking, context, row, Some(&digits))
    });
    Ok(Reply::Ownership(whose, rows.collect()))
}

/// What an operator is reminded of: today's form shortly before the end of work, and rows of which it is
/// past and that are not handed in (A12-3.1.1b).
pub(super) fn reminders(looking: &Looking, operator: Number) -> Result<Vec<Notice>, Fault> {
    let profile = &looking.known.profile;
    if profile.registration.is_none() {
        return Ok(Vec::new());
    }
    let tag = index::tag(Kind::Registration, Filter::Open);
    let prefix = index::list_prefix(Kind::Registration, tag, Sort::Due);
    let keys = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let (mut soon, mut missing) = (false, 0_u64);
    for number in keys.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let Some(Record::Registration(row)) = looking.overlay.record(number)? else {
            continue;
        };
        if row.meta.created_by != operator {
            continue;
        }
        if looking.now >= registration::end_of_work(row.day, profile) {
            missing += 1;
        } else {
            soon |= registration::is_to_be_reminded(row.day, looking.now, profile);
        }
    }
    let notice = |key: &str, name: &str, value: String| Notice {
        key: key.to_owned(),
        args: vec![(name.to_owned(), value)],
    };
    let until = profile.work.end.format("%H:%M").to_string();
    let soon = soon.then(|| notice("forms-to-hand-in", "until", until));
    let missing = (missing > 0).then(|| notice("forms-missing", "count", missing.to_string()));
    Ok(soon.into_iter().chain(missing).collect())
}
