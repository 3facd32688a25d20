//! One page of a list: a range of index keys, read from a cursor on, as many as are shown; with
//! words, those of it that they find.

use super::search::{Hunt, MOST_READ};
use super::walk::{self, Table};
use super::{Looking, MOST_ROWS};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::{registration, retention};
use crate::store::{Fault, Order};

/// Where the keys of a due list stop that are late now: due before today, and of complaints and
/// repairs those whose hour of today is past (A08-n3b, A05-4.3a).
pub(super) fn late_until(looking: &Looking, kind: Kind, prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    end.extend_from_slice(&looking.today().ordinal().to_be_bytes());
    if matches!(kind, Kind::Complaint | Kind::Intake | Kind::FollowUp) {
        end.extend_from_slice(&keys::stamp_bytes(looking.now));
    }
    end
}

/// Where the keys of files in the order of their filing stop of which the keeping period is over
/// today (A12-3.2.8a); at their beginning where the site gives none.
fn expired_until(looking: &Looking, prefix: &[u8]) -> Vec<u8> {
    let today = looking.today();
    let years = looking.known.profile.archive.keep_years;
    let last = years.and_then(|years| retention::last_past(today, years));
    let mut end = prefix.to_vec();
    if let Some(last) = last {
        end.extend_from_slice(&last.ordinal().saturating_add(1).to_be_bytes());
    }
    end
}

/// Where the registrations in the order of their days stop that hold nobody off any more today; at their
/// beginning where the site sets no protection period.
fn released_until(looking: &Looking, prefix: &[u8]) -> Vec<u8> {
    let rules = looking.known.profile.registration.as_ref();
    let mut end = prefix.to_vec();
    if let Some(first) = registration::first_protected(looking.today(), rules) {
        end.extend_from_slice(&first.ordinal().to_be_bytes());
    }
    end
}

/// A page of the files whose keeping period is over, the longest first: those that were given a later day
/// are on it from that day on, and what was handed over for good is none of them (A12-3.2.8a).
pub(super) fn expired(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let tag = index::tag(Kind::File, Filter::Expired);
    let prefix = index::list_prefix(Kind::File, tag, Sort::Due);
    let table = Table {
        end: expired_until(looking, &prefix),
        place: 4,
        prefix,
    };
    let today = looking.today();
    let file = |_: &[u8], number| -> Result<Option<Record>, Fault> {
        let record = looking.overlay.record(number)?;
        Ok(record.filter(|record| match record {
            Record::File(file) => {
                file.left_on().is_none() && file.custody.kept_until.is_none_or(|day| day <= today)
            }
            _ => false,
        }))
    };
    walk::page(looking, query, (&table, Order::Forward), file, |record| {
        Ok(looking.row(record))
    })
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
        Filter::Waiting => "waiting",
        Filter::ForMe => "for-me",
        Filter::Major => "major",
        Filter::Lessons => "lessons",
        Filter::Key => "key",
        Filter::Retired => "retired",
        Filter::OnLoan => "on-loan",
        Filter::OnShelf => "on-shelf",
        Filter::Incomplete => "incomplete",
        Filter::Unplaced => "unplaced",
        Filter::PaperOnly => "paper-only",
        Filter::ToRepair => "to-repair",
        Filter::Missing => "missing",
        Filter::Graded => "graded",
        Filter::Held => "held",
        Filter::Expired => "expired",
        Filter::ToFile => "to-file",
        Filter::OfClass(_) => "class",
        Filter::OfUnit(_) => "unit",
        Filter::OfSite(_) => "site",
        Filter::FromSource(_) => "source",
        Filter::OfBusiness(_) => "business",
        Filter::ToUpdate => "to-update",
        Filter::Left => "left",
        Filter::ForUnit => "for-unit",
        Filter::LateForUnit => "late-for-unit",
        Filter::Today => "today",
        Filter::ToConfirm => "to-confirm",
        Filter::Quiet => "quiet",
        Filter::ToVisit => "to-visit",
        Filter::OfOwner(_) => "owner",
        Filter::Unanswered => "unanswered",
        Filter::Unaccepted => "unaccepted",
        Filter::Potential => "potential",
        Filter::Prospect => "prospect",
        Filter::OfTrade(_) => "trade",
        Filter::OfGroup(_) => "group",
        Filter::ToTell(_) => "to-tell",
        Filter::Serving(_) => "serving",
        Filter::NoDossier => "no-profile",
        Filter::ToKeep => "to-keep",
        Filter::Released => "released",
        Filter::NoInterval => "no-interval",
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

/// The page a query asks for of rows that are all there, in the order of their places.
pub(super) fn cut(all: Vec<(Cursor, Row)>, query: &ListQuery) -> Page {
    let part = part(all, query);
    Page {
        before: part.before,
        after: part.after,
        total: Some(part.total),
        truncated: false,
        rows: part.rows,
    }
}

/// A part of what is all there, in the order of its places.
pub(super) struct Cut<T> {
    /// The part.
    pub rows: Vec<(Cursor, T)>,
    /// Whether there is something before it.
    pub before: bool,
    /// Whether there is something after it.
    pub after: bool,
    /// How much there is in all.
    pub total: u64,
}

/// The part a query asks for of what is all there, in the order of its places.
pub(super) fn part<T>(all: Vec<(Cursor, T)>, query: &ListQuery) -> Cut<T> {
    let total = all.len();
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    let after = |place: &Cursor| query.after.as_ref().is_none_or(|it| place.0 > it.0);
    let before = |place: &Cursor| query.before.as_ref().is_none_or(|it| place.0 < it.0);
    let first = all
        .iter()
        .position(|(place, _)| after(place))
        .unwrap_or(total);
    let mut rows: Vec<_> = all
        .into_iter()
        .filter(|(place, _)| after(place) && before(place))
        .collect();
    let spare = rows.len().saturating_sub(limit);
    let from_end = query.from_end || query.before.is_some();
    if from_end {
        rows.drain(..spare);
    } else {
        rows.truncate(limit);
    }
    let first = if from_end { first + spare } else { first };
    Cut {
        before: first > 0,
        after: first + rows.len() < total,
        total: total as u64,
        rows,
    }
}

/// The range of keys a query reads, and in which direction its list runs.
struct Range {
    from: Vec<u8>,
    to: Vec<u8>,
    order: Order,
}

/// The order of a query's list: what is late is shown by its day.
fn sort_of(query: &ListQuery) -> Sort {
    if matches!(query.filter, Filter::Late | Filter::Released) {
        Sort::Due
    } else {
        query.sort
    }
}

fn range(looking: &Looking, query: &ListQuery) -> Range {
    let sort = sort_of(query);
    let tag = index::tag(query.kind, query.filter);
    let from = index::list_prefix(query.kind, tag, sort);
    let to = match query.filter {
        Filter::Late => late_until(looking, query.kind, &from),
        Filter::Released => released_until(looking, &from),
        _ => keys::end_of(&from),
    };
    let order = if sort == Sort::Newest {
        Order::Backward
    } else {
        Order::Forward
    };
    Range { from, to, order }
}

/// The other way round.
pub(super) const fn turned(order: Order) -> Order {
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

/// What a page is read with.
struct Reading<'a> {
    looking: &'a Looking<'a>,
    query: &'a ListQuery,
    range: Range,
    limit: usize,
    /// Against the list's direction: what stands before a cursor, or the end of the list.
    against: bool,
}

/// A page of a list of which whoever asks does not see everything: all of it is read, and what is not shown
/// is counted nowhere. For lists that stay short.
pub(super) fn shown(
    looking: &Looking,
    query: &ListQuery,
    shows: impl Fn(&Record) -> bool,
) -> Result<Page, Fault> {
    let Range { from, to, order } = range(looking, query);
    let hunt = (!query.find.trim().is_empty()).then(|| Hunt::new(looking, &query.find));
    let turned = |key: Vec<u8>| match order {
        Order::Forward => key,
        Order::Backward => key.into_iter().map(|byte| !byte).collect(),
    };
    let mut rows = Vec::new();
    for (key, _) in looking.overlay.scan(&from, &to, order, usize::MAX)? {
        let record = keys::number_at_end(&key).map(|number| looking.overlay.record(number));
        let record = record.transpose()?.flatten().filter(&shows);
        let found = record.filter(|it| hunt.as_ref().is_none_or(|hunt| hunt.finds(it)));
        rows.extend(found.map(|record| (Cursor(turned(key)), looking.row(record))));
    }
    Ok(cut(rows, query))
}

/// The page a query asks for.
pub(super) fn page(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let reading = Reading {
        looking,
        query,
        range: range(looking, query),
        limit: (query.limit as usize).clamp(1, MOST_ROWS),
        against: query.before.is_some() || query.from_end,
    };
    if query.find.trim().is_empty() {
        reading.listed()
    } else {
        reading.found()
    }
}

impl Reading<'_> {
    /// What is left of the list from a cursor on, and the direction in which it is read.
    fn rest(&self) -> Range {
        let order = if self.against {
            turned(self.range.order)
        } else {
            self.range.order
        };
        let (mut from, mut to) = (self.range.from.clone(), self.range.to.clone());
        if let Some(Cursor(key)) = self.query.before.as_ref().or(self.query.after.as_ref()) {
            match order {
                Order::Forward => from = from.max(after(key)),
                Order::Backward => to = to.min(key.clone()),
            }
        }
        Range { from, to, order }
    }

    fn scan(&self, range: &Range, limit: usize) -> Result<Vec<Vec<u8>>, Fault> {
        let Range { from, to, order } = range;
        let rows = self.looking.overlay.scan(from, to, *order, limit)?;
        Ok(rows.into_iter().map(|(key, _)| key).collect())
    }

    /// A page of the whole list.
    fn listed(&self) -> Result<Page, Fault> {
        let mut keys = self.scan(&self.rest(), self.limit + 1)?;
        let more = keys.len() > self.limit;
        keys.truncate(self.limit);
        if self.against {
            keys.reverse();
        }
        let (before, after) = if self.against {
            (more, self.is_beyond(self.range.order, keys.last())?)
        } else {
            (
                self.is_beyond(turned(self.range.order), keys.first())?,
                more,
            )
        };
        Ok(Page {
            rows: self.rows(keys)?,
            before,
            after,
            total: self.count()?,
            truncated: false,
        })
    }

    /// Whether the list goes on behind a key.
    fn is_beyond(&self, order: Order, key: Option<&Vec<u8>>) -> Result<bool, Fault> {
        let Some(key) = key else { return Ok(false) };
        let Range { from, to, .. } = &self.range;
        let (from, to) = match order {
            Order::Forward => (after(key), to.clone()),
            Order::Backward => (from.clone(), key.clone()),
        };
        let keys = self.scan(&Range { from, to, order }, 1)?;
        Ok(!keys.is_empty())
    }

    fn rows(&self, keys: Vec<Vec<u8>>) -> Result<Vec<(Cursor, Row)>, Fault> {
        let mut rows = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(number) = keys::number_at_end(&key) else {
                continue;
            };
            if let Some(record) = self.looking.overlay.record(number)? {
                rows.push((Cursor(key), self.looking.row(record)));
            }
        }
        Ok(rows)
    }

    /// How long the list is, where that is counted.
    fn count(&self) -> Result<Option<u64>, Fault> {
        let by_day = matches!(self.query.filter, Filter::Late | Filter::Released);
        if by_day || matches!(self.query.sort, Sort::Due | Sort::Age) {
            return Ok(None);
        }
        let tag = index::tag(self.query.kind, self.query.filter);
        let key = keys::count(self.query.kind, &tag.bytes());
        Ok(Some(self.looking.overlay.unpacked(&key)?.unwrap_or(0)))
    }

    /// A page of what words find in the list. Candidates are read the newest first; where they are
    /// many and the list is short, the list is read instead.
    fn found(&self) -> Result<Page, Fault> {
        let hunt = Hunt::new(self.looking, &self.query.find);
        let is_newest = self.range.order == Order::Backward;
        let page = if is_newest && !self.against {
            self.newest_found(&hunt)?
        } else {
            self.sorted_found(&hunt)?
        };
        let is_short = || -> Result<bool, Fault> {
            let count = self.count()?;
            Ok(count.is_some_and(|count| count <= MOST_READ as u64))
        };
        if page.truncated && is_short()? {
            return self.walked(&hunt);
        }
        Ok(page)
    }

    /// As many as are shown, the newest first.
    fn newest_found(&self, hunt: &Hunt) -> Result<Page, Fault> {
        let prefix = &self.range.from;
        let cursor = self.query.after.as_ref();
        let below = cursor.and_then(|Cursor(key)| keys::number_at_end(key));
        let whole = index::tag(self.query.kind, Filter::All);
        let is_whole = index::tag(self.query.kind, self.query.filter) == whole;
        let list = (!is_whole).then_some(&**prefix);
        let mut records = hunt.records(self.query.kind, below, list);
        let mut rows = Vec::new();
        while rows.len() <= self.limit
            && let Some(record) = records.next()?
        {
            let mut key = prefix.clone();
            key.extend_from_slice(&record.number().to_key());
            rows.push((Cursor(key), self.looking.row(record)));
        }
        let after = rows.len() > self.limit;
        rows.truncate(self.limit);
        let truncated = hunt.is_partial() || records.is_tired();
        let is_all = cursor.is_none() && !after && !truncated;
        Ok(Page {
            before: cursor.is_some(),
            after,
            total: is_all.then_some(rows.len() as u64),
            truncated,
            rows,
        })
    }

    /// As many of the newest as may be read, in the order of the list, and of them the page.
    fn sorted_found(&self, hunt: &Hunt) -> Result<Page, Fault> {
        let tag = index::tag(self.query.kind, self.query.filter);
        let sort = sort_of(self.query);
        let mut keys = Vec::new();
        let mut records = hunt.records(self.query.kind, None, None);
        while let Some(record) = records.next()? {
            let key = index::list_key(&record, tag, sort);
            keys.extend(key.filter(|key| *key >= self.range.from && *key < self.range.to));
        }
        keys.sort_unstable();
        if self.range.order == Order::Backward {
            keys.reverse();
        }
        let total = keys.len();
        let rest = self.rest();
        let is_left = |key: &Vec<u8>| *key >= rest.from && *key < rest.to;
        let start = keys.iter().position(is_left).unwrap_or(total);
        let end = keys
            .iter()
            .rposition(is_left)
            .map_or(start, |last| last + 1);
        let (start, end) = if self.against {
            (end.saturating_sub(self.limit).max(start), end)
        } else {
            (start, start.saturating_add(self.limit).min(end))
        };
        let shown = keys.into_iter().skip(start).take(end.saturating_sub(start));
        let truncated = hunt.is_partial() || records.is_tired();
        Ok(Page {
            rows: self.rows(shown.collect())?,
            before: start > 0,
            after: end < total,
            total: (!truncated).then_some(total as u64),
            truncated,
        })
    }

    /// What words find in a short list, which is read from the cursor on.
    fn walked(&self, hunt: &Hunt) -> Result<Page, Fault> {
        let mut rows = Vec::new();
        for key in self.scan(&self.rest(), MOST_READ + 1)? {
            if rows.len() > self.limit {
                break;
            }
            let Some(number) = keys::number_at_end(&key) else {
                continue;
            };
            if let Some(record) = self.looking.overlay.record(number)?
                && hunt.finds(&record)
            {
                rows.push((Cursor(key), self.looking.row(record)));
            }
        }
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let has_cursor = self.query.after.is_some() || self.query.before.is_some();
        let (before, after) = if self.against {
            rows.reverse();
            (more, has_cursor)
        } else {
            (has_cursor, more)
        };
        Ok(Page {
            total: (!more && !has_cursor).then_some(rows.len() as u64),
            rows,
            before,
            after,
            truncated: hunt.is_shortened(),
        })
    }
}
