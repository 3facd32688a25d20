//! Who looked at what, newest first, read from the log's two indexes (A09-2.5, A11-17).

use super::{Looking, MOST_ROWS};
use crate::desk::contract::{LookRow, LooksQuery};
use crate::desk::keyspace::{self as keys, LookPlace};
use crate::desk::looks::Kept;
use crate::domain::number::Number;
use crate::domain::stamp::{Day, Stamp};
use crate::store::{Fault, Order, Pair, codec};

/// So many rows where no number was asked for.
const USUAL: usize = 100;
/// Rows read at once while those of others are passed over.
const ROWS: usize = 200;

/// Reads the look of a key and its value, where the key is one of a look.
type Read<'a> = dyn Fn(&[u8], &[u8]) -> Result<Option<LookRow>, Fault> + 'a;

/// The looks a query asks for, newest first. Each range of the log is read backwards from its end
/// and no further than the page needs, so that a page costs the same however long the log is.
pub(super) fn rows(looking: &Looking, query: &LooksQuery) -> Result<Vec<LookRow>, Fault> {
    let limit = match query.limit as usize {
        0 => USUAL,
        limit => limit.min(MOST_ROWS),
    };
    let wanted: &[bool] = if query.refused {
        &[true]
    } else {
        &[true, false]
    };
    let mut found: Vec<LookRow> = Vec::new();
    for refused in wanted {
        if let Some(about) = query.about {
            let prefix = keys::looks_at(about, *refused);
            let here = |key: &[u8], _: &[u8]| at_record(looking, &prefix, key, *refused);
            found.extend(range(looking, &prefix, query, limit, &here)?);
            continue;
        }
        let everybody: Vec<Number> = match query.operator {
            Some(operator) => vec![operator],
            None => looking.known.operators.keys().copied().collect(),
        };
        for operator in everybody {
            let prefix = keys::looks_by(operator, *refused);
            let here = |key: &[u8], value: &[u8]| {
                let place = key.get(prefix.len()..).and_then(LookPlace::read);
                let row = place.map(|place| row(looking, operator, *refused, place, value));
                row.transpose()
            };
            found.extend(range(looking, &prefix, query, limit, &here)?);
        }
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.at));
    found.truncate(limit);
    Ok(found)
}

/// The last rows of a range of the log that the query asks for.
fn range(
    looking: &Looking,
    prefix: &[u8],
    query: &LooksQuery,
    limit: usize,
    read: &Read,
) -> Result<Vec<LookRow>, Fault> {
    let edge = |day: Option<Day>| {
        day.map(|day| {
            let mut key = prefix.to_vec();
            key.extend_from_slice(&keys::stamp_bytes(start_of(looking, day)));
            key
        })
    };
    let from = edge(query.from).unwrap_or_else(|| prefix.to_vec());
    let mut to = edge(query.to.map(|day| day.plus(1))).unwrap_or_else(|| keys::end_of(prefix));
    if let Some(until) = query.until {
        let mut key = prefix.to_vec();
        key.extend_from_slice(&keys::stamp_bytes(Stamp(until.0.saturating_add(1))));
        to = to.min(key);
    }
    let mut found = Vec::new();
    while found.len() < limit {
        let page: Vec<Pair> = looking
            .overlay
            .scan(&from, &to, Order::Backward, ROWS.min(limit))?;
        let Some((last, _)) = page.last() else { break };
        to.clone_from(last);
        for (key, value) in &page {
            let row = read(key, value)?;
            let asked = |row: &LookRow| query.operator.is_none_or(|one| one == row.operator);
            found.extend(row.filter(asked));
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// The look behind a key of the index by record.
fn at_record(
    looking: &Looking,
    prefix: &[u8],
    key: &[u8],
    refused: bool,
) -> Result<Option<LookRow>, Fault> {
    let place = key.get(prefix.len()..).and_then(LookPlace::read);
    let (Some(place), Some(operator)) = (place, keys::number_at_end(key)) else {
        return Ok(None);
    };
    let value = looking
        .overlay
        .get(&keys::look_by(operator, refused, place))?;
    value
        .map(|value| row(looking, operator, refused, place, &value))
        .transpose()
}

fn row(
    looking: &Looking,
    operator: Number,
    refused: bool,
    place: LookPlace,
    value: &[u8],
) -> Result<LookRow, Fault> {
    let kept: Kept = codec::unpack(value)?;
    Ok(LookRow {
        at: place.at(),
        operator,
        name: looking.known.name(operator),
        what: kept.what,
        about: kept.about,
        refused,
        permit: kept.permit,
        detail: kept.detail,
    })
}

/// The first moment of a day at the site.
fn start_of(looking: &Looking, day: Day) -> Stamp {
    let midnight = day.0.and_time(chrono::NaiveTime::MIN);
    Stamp::from_local(midnight, looking.known.profile.utc_offset_minutes)
}
