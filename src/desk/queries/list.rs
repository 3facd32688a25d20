//! One page of a list: a range of index keys, read from a cursor on, as many as are shown.

use super::search;
use super::{Looking, MOST_ROWS};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// Where the keys of a due list stop that are due before a day.
pub(super) fn due_before(prefix: &[u8], day: Day) -> Vec<u8> {
    let mut end = prefix.to_vec();
    end.extend_from_slice(&day.ordinal().to_be_bytes());
    end
}

/// The name of a filter in the log of looks.
pub(super) const fn filter_id(filter: Filter) -> &'static str {
    match filter {
        Filter::Current => "current",
        Filter::All => "all",
        Filter::Open => "open",
        Filter::Closed => "closed",
        Filter::Late => "late",
        Filter::OfKind(kind) => kind.id(),
        Filter::InState(state) => state.id(),
        Filter::Key => "key",
        Filter::Retired => "retired",
        Filter::OnLoan => "on-loan",
        Filter::OnShelf => "on-shelf",
    }
}

/// The place of rows that stand in no list.
pub(super) fn loose_page(rows: Vec<Row>) -> Page {
    let rows = rows
        .into_iter()
        .map(|row| (Cursor(Vec::new()), row))
        .collect();
    Page {
        rows,
        ..Page::default()
    }
}

/// The range of keys a query reads, and in which direction its list runs.
struct Range {
    from: Vec<u8>,
    to: Vec<u8>,
    order: Order,
}

fn range(looking: &Looking, query: &ListQuery) -> Range {
    let late = query.filter == Filter::Late;
    let sort = if late { Sort::Due } else { query.sort };
    let from = index::list_prefix(query.kind, index::tag(query.filter), sort);
    let to = if late {
        due_before(&from, looking.today())
    } else {
        keys::end_of(&from)
    };
    let order = if sort == Sort::Newest {
        Order::Backward
    } else {
        Order::Forward
    };
    Range { from, to, order }
}

const fn turned(order: Order) -> Order {
    match order {
        Order::Forward => Order::Backward,
        Order::Backward => Order::Forward,
    }
}

fn after(key: &[u8]) -> Vec<u8> {
    let mut next = key.to_vec();
    next.push(0);
    next
}

/// The page a query asks for.
pub(super) fn page(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let range = range(looking, query);
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    if !query.find.trim().is_empty() {
        return found_page(looking, query, &range, limit);
    }
    // Read in the list's direction from a cursor, or against it for what stands before one.
    let against = query.before.is_some() || query.from_end;
    let order = if against {
        turned(range.order)
    } else {
        range.order
    };
    let (mut from, mut to) = (range.from.clone(), range.to.clone());
    if let Some(Cursor(key)) = query.before.as_ref().or(query.after.as_ref()) {
        match order {
            Order::Forward => from = from.max(after(key)),
            Order::Backward => to = to.min(key.clone()),
        }
    }
    let mut keys: Vec<Vec<u8>> = looking
        .overlay
        .scan(&from, &to, order, limit + 1)?
        .into_iter()
        .map(|(key, _)| key)
        .collect();
    let more = keys.len() > limit;
    keys.truncate(limit);
    if against {
        keys.reverse();
    }
    let beyond = |order: Order, key: Option<&Vec<u8>>| -> Result<bool, Fault> {
        let Some(key) = key else { return Ok(false) };
        let rows = match order {
            Order::Forward => looking.overlay.scan(&after(key), &range.to, order, 1)?,
            Order::Backward => looking.overlay.scan(&range.from, key, order, 1)?,
        };
        Ok(!rows.is_empty())
    };
    let (before, after) = if against {
        (more, beyond(range.order, keys.last())?)
    } else {
        (beyond(turned(range.order), keys.first())?, more)
    };
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        let Some(number) = keys::number_at_end(&key) else {
            continue;
        };
        if let Some(record) = looking.overlay.record(number)? {
            rows.push((Cursor(key), looking.row(record)));
        }
    }
    let total = total(looking, query)?;
    Ok(Page {
        rows,
        before,
        after,
        total,
        truncated: false,
    })
}

fn total(looking: &Looking, query: &ListQuery) -> Result<Option<u64>, Fault> {
    if query.filter == Filter::Late || query.sort == Sort::Due {
        return Ok(None);
    }
    let key = keys::count(query.kind, index::tag(query.filter));
    Ok(Some(looking.overlay.unpacked(&key)?.unwrap_or(0)))
}

/// The rows of the list that are found by words, ordered as the list is.
fn found_page(
    looking: &Looking,
    query: &ListQuery,
    range: &Range,
    limit: usize,
) -> Result<Page, Fault> {
    let found = search::records(looking, &query.find, &[query.kind])?;
    let sort = if query.filter == Filter::Late {
        Sort::Due
    } else {
        query.sort
    };
    let mut placed: Vec<(Vec<u8>, Row)> = Vec::new();
    for record in found.records {
        let Some(key) = index::list_key(&record, index::tag(query.filter), sort) else {
            continue;
        };
        if key >= range.from && key < range.to {
            placed.push((key, looking.row(record)));
        }
    }
    placed.sort_by(|(a, _), (b, _)| match range.order {
        Order::Forward => a.cmp(b),
        Order::Backward => b.cmp(a),
    });
    let total = placed.len();
    let is_before = |key: &[u8], mark: &[u8]| match range.order {
        Order::Forward => key < mark,
        Order::Backward => key > mark,
    };
    let start = match (&query.after, &query.before) {
        (Some(Cursor(mark)), _) => placed
            .iter()
            .position(|(key, _)| is_before(mark, key))
            .unwrap_or(total),
        (None, Some(Cursor(mark))) => placed
            .iter()
            .position(|(key, _)| !is_before(key, mark))
            .unwrap_or(total)
            .saturating_sub(limit),
        (None, None) if query.from_end => total.saturating_sub(limit),
        (None, None) => 0,
    };
    let end = match (&query.after, &query.before) {
        (None, Some(Cursor(mark))) => placed
            .iter()
            .position(|(key, _)| !is_before(key, mark))
            .unwrap_or(total),
        _ => start.saturating_add(limit).min(total),
    };
    let rows = placed
        .into_iter()
        .skip(start)
        .take(end.saturating_sub(start))
        .map(|(key, row)| (Cursor(key), row))
        .collect();
    Ok(Page {
        rows,
        before: start > 0,
        after: end < total,
        total: Some(total as u64),
        truncated: found.truncated,
    })
}
