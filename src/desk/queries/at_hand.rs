//! What is at hand for whoever sits at a desk: hints that run, and a hand-over that waits.

use super::Looking;
use super::today::each_number;
use crate::desk::contract::{Filter, Reply, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::context::Context;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::shift::ShiftSheet;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order};

/// At most so many hints are told: at a large site one a building.
const MOST_HINTS: usize = 500;

/// The hints that run, the first to end first, and the hand-over that waits longest for whoever asks.
pub(super) fn answer(looking: &Looking, context: &Context) -> Result<Reply, Fault> {
    let tag = index::tag(Kind::Hint, Filter::Open);
    let list = index::list_prefix(Kind::Hint, tag, Sort::Due);
    let from = [list.as_slice(), &keys::stamp_bytes(context.now)].concat();
    let to = [list.as_slice(), &keys::stamp_bytes(Stamp(i64::MAX))].concat();
    let rows = looking
        .overlay
        .scan(&from, &to, Order::Forward, MOST_HINTS)?;
    let mut hints = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Hint(hint)) = looking.overlay.record(number)?
            && hint.runs(context.now)
        {
            hints.push(hint);
        }
    }
    let sheet = waiting(looking, context)?.map(Box::new);
    Ok(Reply::AtHand { hints, sheet })
}

fn waiting(looking: &Looking, context: &Context) -> Result<Option<ShiftSheet>, Fault> {
    let tag = index::tag(Kind::ShiftSheet, Filter::Open);
    let list = index::list_prefix(Kind::ShiftSheet, tag, Sort::Newest);
    let operators = &looking.known.operators;
    let works_here = |number: Number| {
        let known = operators.get(&number);
        known.is_some_and(|it| it.active && !it.service)
    };
    let mut found = None;
    each_number(looking, &list, &keys::end_of(&list), |number| {
        if let Some(Record::ShiftSheet(mut sheet)) = looking.overlay.record(number)?
            && sheet.is_for(
                context.operator.meta.number,
                sheet.details.to.is_some_and(works_here),
            )
        {
            sheet.hide_begun();
            found = Some(sheet);
        }
        Ok(found.is_none())
    })?;
    Ok(found)
}
