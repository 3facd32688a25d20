//! A page of what follows from keys in their order, such as customers from those of their cards: as many are
//! read as are shown, however long the table is.

use super::search::{Hunt, MOST_READ};
use super::{Looking, MOST_ROWS, list};
use crate::desk::contract::{Cursor, ListQuery, Page, Row};
use crate::desk::keyspace as keys;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// A table whose keys are a beginning, a place, the number of a record such as a card, and whatever says so.
/// Of each place with its number there may be several keys.
pub(super) struct Table {
    /// What all keys begin with.
    pub prefix: Vec<u8>,
    /// The first key that is none of its any more.
    pub end: Vec<u8>,
    /// So many bytes are the place before the card.
    pub place: usize,
}

impl Table {
    /// The whole table of some keys.
    pub fn of(prefix: Vec<u8>, place: usize) -> Self {
        Self {
            end: keys::end_of(&prefix),
            prefix,
            place,
        }
    }

    /// The place and the card of the next key beyond a cursor, which is such a place with its card.
    fn next(
        &self,
        looking: &Looking,
        cursor: Option<&[u8]>,
        order: Order,
    ) -> Result<Option<(Vec<u8>, Number)>, Fault> {
        let (mut from, mut to) = (self.prefix.clone(), self.end.clone());
        if let Some(cursor) = cursor {
            let at = [self.prefix.as_slice(), cursor].concat();
            match order {
                Order::Forward => from = keys::end_of(&at),
                Order::Backward => to = at,
            }
        }
        let rows = looking.overlay.scan(&from, &to, order, 1)?;
        let found = rows.first().and_then(|(key, _)| {
            let at = key.get(self.prefix.len()..)?;
            let card = Number::from_key(at.get(self.place..self.place + 7)?)?;
            Some((at.get(..self.place + 7)?.to_vec(), card))
        });
        Ok(found)
    }
}

/// A page of the customers of a table, of whom `customer` says who stands at a place if that is to be shown;
/// with words, of those that they find. `dress` makes the row, only of those that are shown.
pub(super) fn page(
    looking: &Looking,
    query: &ListQuery,
    (table, order): (&Table, Order),
    customer: impl Fn(&[u8], Number) -> Result<Option<Record>, Fault>,
    dress: impl Fn(Record) -> Result<Row, Fault>,
) -> Result<Page, Fault> {
    let find = query.find.trim();
    let hunt = (!find.is_empty()).then(|| Hunt::new(looking, find));
    let against = query.before.is_some() || query.from_end;
    let order = if against { list::turned(order) } else { order };
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    let cursor = query.before.as_ref().or(query.after.as_ref());
    let mut place = cursor.map(|Cursor(place)| place.clone());
    let mut found: Vec<(Cursor, Record)> = Vec::new();
    let mut read = 0;
    let mut tired = false;
    while found.len() <= limit
        && !tired
        && let Some((at, card)) = table.next(looking, place.as_deref(), order)?
    {
        if let Some(record) = customer(&at, card)? {
            read += 1;
            tired = hunt.is_some() && read == MOST_READ;
            if hunt.as_ref().is_none_or(|hunt| hunt.finds(&record)) {
                found.push((Cursor(at.clone()), record));
            }
        }
        place = Some(at);
    }
    let more = found.len() > limit;
    found.truncate(limit);
    if against {
        found.reverse();
    }
    let (before, after) = if against {
        (more, query.before.is_some())
    } else {
        (query.after.is_some(), more)
    };
    let whole = cursor.is_none() && !more && !tired;
    let total = whole.then_some(found.len() as u64);
    let rows = found.into_iter();
    let rows = rows.map(|(cursor, record)| Ok((cursor, dress(record)?)));
    Ok(Page {
        rows: rows.collect::<Result<_, Fault>>()?,
        before,
        after,
        total,
        truncated: tired,
    })
}
