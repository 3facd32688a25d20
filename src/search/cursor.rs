//! Walking through what is wanted, the newest record first.
//!
//! Each part of the index (what waits in memory, each file) is asked by itself, because all tokens
//! of a record stand in the same part; the parts' answers are joined. A file is not touched before
//! its newest record is next.

use super::part::Part;
use super::segment::{List, Segment};
use super::token;
use super::wanted::Wanted;
use crate::store::Fault;

mod long;

use long::LongList;

/// Of so few records so few tokens are enough: reading them costs less than narrowing further.
const ENOUGH: &[(usize, usize)] = &[(4, 1), (32, 2), (512, 4)];

/// Where tokens are looked up.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Memory(&'a Part),
    File(&'a Segment),
}

/// A place in the records that some part has of what is wanted.
enum Cursor<'a> {
    Nothing,
    /// Records, the oldest first, of which those before `left` are still to come.
    Rising {
        ids: &'a [u64],
        left: usize,
    },
    /// Records, the newest first, of which those from `at` on are still to come.
    Falling {
        ids: Vec<u64>,
        at: usize,
    },
    Long(Box<LongList<'a>>),
    /// A list of a file that was found and not read yet.
    Unread(&'a Segment, List),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl<'a> Cursor<'a> {
    fn new(source: Source<'a>, sought: &Sought) -> Result<Self, Fault> {
        match sought {
            Sought::Sum(sum) => Self::token(source, *sum),
            Sought::All(all) => {
                let mut cursors = Vec::with_capacity(all.len());
                for sought in all {
                    let cursor = Self::new(source, sought)?;
                    if matches!(cursor, Self::Nothing) {
                        return Ok(Self::Nothing);
                    }
                    cursors.push(cursor);
                }
                // The rarest leads, and where it is very rare few go with it.
                cursors.sort_by_key(Self::most);
                let rarest = cursors.first().map_or(0, Self::most);
                if let Some((_, enough)) = ENOUGH.iter().find(|(most, _)| rarest <= *most) {
                    cursors.truncate(*enough);
                }
                Ok(Self::of(cursors, Self::All))
            }
            Sought::Any(any) => {
                let mut cursors = Vec::with_capacity(any.len());
                for sought in any {
                    let cursor = Self::new(source, sought)?;
                    if !matches!(cursor, Self::Nothing) {
                        cursors.push(cursor);
                    }
                }
                Ok(Self::of(cursors, Self::Any))
            }
        }
    }

    fn of(mut cursors: Vec<Self>, join: fn(Vec<Self>) -> Self) -> Self {
        match cursors.len() {
            0 | 1 => cursors.pop().unwrap_or(Self::Nothing),
            _ => join(cursors),
        }
    }

    fn token(source: Source<'a>, sum: u64) -> Result<Self, Fault> {
        match source {
            Source::Memory(part) => {
                let ids = part.ids(sum);
                Ok(match ids.len() {
                    0 => Self::Nothing,
                    left => Self::Rising { ids, left },
                })
            }
            Source::File(segment) => {
                let found = segment.list(sum)?;
                Ok(found.map_or(Self::Nothing, |list| Self::Unread(segment, list)))
            }
        }
    }

    fn in_file(segment: &'a Segment, list: &List) -> Result<Self, Fault> {
        if super::postings::table_bytes(list.count) > 0 {
            return Ok(Self::Long(Box::new(LongList::new(segment, list)?)));
        }
        let ids = segment.short(list)?;
        Ok(Self::Falling { ids, at: 0 })
    }

    /// At most so many records are still to come.
    fn most(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::Rising { left, .. } => *left,
            Self::Falling { ids, at } => ids.len().saturating_sub(*at),
            Self::Long(long) => long.count(),
            Self::Unread(_, list) => super::varint::index(list.count),
            Self::All(all) => all.iter().map(Self::most).min().unwrap_or(0),
            Self::Any(any) => any.iter().map(Self::most).sum(),
        }
    }

    /// The newest record that is not newer than `most`. `most` never rises from call to call.
    fn seek(&mut self, most: u64) -> Result<Option<u64>, Fault> {
        match self {
            Self::Nothing => Ok(None),
            Self::Rising { ids, left } => {
                // What is left mostly ends near what is sought.
                let mut step = 1;
                let mut low = *left;
                while low > 0 && ids.get(low - 1).is_some_and(|id| *id > most) {
                    low = low.saturating_sub(step);
                    step *= 2;
                }
                let within = ids.get(low..*left).unwrap_or_default();
                *left = low + within.partition_point(|id| *id <= most);
                Ok(left.checked_sub(1).and_then(|at| ids.get(at)).copied())
            }
            Self::Falling { ids, at } => {
                let rest = ids.get(*at..).unwrap_or_default();
                *at += rest.partition_point(|id| *id > most);
                Ok(ids.get(*at).copied())
            }
            Self::Long(long) => long.seek(most),
            Self::Unread(segment, list) => {
                *self = Self::in_file(segment, list)?;
                self.seek(most)
            }
            Self::All(all) => {
                let mut candidate = most;
                'next: loop {
                    for cursor in all.iter_mut() {
                        match cursor.seek(candidate)? {
                            None => return Ok(None),
                            Some(id) if id < candidate => {
                                candidate = id;
                                // The rarest is asked first again, unless it was it that spoke.
                                continue 'next;
                            }
                            Some(_) => {}
                        }
                    }
                    return Ok(Some(candidate));
                }
            }
            Self::Any(any) => {
                let mut newest = None;
                for cursor in any {
                    newest = newest.max(cursor.seek(most)?);
                }
                Ok(newest)
            }
        }
    }
}

/// What is wanted, as the parts know it: by the sums of its tokens.
enum Sought {
    Sum(u64),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Sought {
    fn new(list: u8, wanted: &Wanted) -> Self {
        let each = |wanted: &[Wanted]| wanted.iter().map(|it| Self::new(list, it)).collect();
        match wanted {
            Wanted::Token(token) => Self::Sum(token::sum(list, token)),
            Wanted::All(all) => Self::All(each(all)),
            Wanted::Any(any) => Self::Any(each(any)),
        }
    }
}

/// What a part of the index has to give.
enum State<'a> {
    /// It was not looked at yet; its newest record is this.
    Closed(u64),
    /// The next record it gives.
    Open(Cursor<'a>, u64),
}

impl State<'_> {
    const fn newest(&self) -> u64 {
        match self {
            Self::Closed(newest) | Self::Open(_, newest) => *newest,
        }
    }
}

/// The records that may be what is wanted, the newest first, each once.
pub struct Found<'a> {
    sought: Sought,
    /// Records from here on were given, or are not wanted; `None` before the first.
    below: Option<u64>,
    parts: Vec<(Source<'a>, State<'a>)>,
}

impl<'a> Found<'a> {
    pub(super) fn new(
        list: u8,
        wanted: &Wanted,
        below: Option<u64>,
        sources: impl Iterator<Item = Source<'a>>,
    ) -> Self {
        let parts = sources.filter_map(|source| {
            let newest = match source {
                Source::Memory(part) => part.newest(list),
                Source::File(segment) => segment.newest(list),
            };
            newest.map(|newest| (source, State::Closed(newest)))
        });
        Self {
            sought: Sought::new(list, wanted),
            below,
            parts: parts.collect(),
        }
    }

    /// The records of a token, of whatever list.
    pub(super) fn of_sum(sum: u64, sources: impl Iterator<Item = Source<'a>>) -> Self {
        Self {
            sought: Sought::Sum(sum),
            below: None,
            parts: sources
                .map(|source| (source, State::Closed(u64::MAX)))
                .collect(),
        }
    }

    /// The next record.
    ///
    /// # Errors
    /// When a file cannot be read or is damaged.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator of results would go on after a fault"
    )]
    pub fn next(&mut self) -> Result<Option<u64>, Fault> {
        match self.below {
            None => self.at_or_below(u64::MAX),
            Some(0) => Ok(None),
            Some(below) => self.at_or_below(below - 1),
        }
    }

    /// The newest record that is not newer than `most`, of those that were not given yet.
    ///
    /// # Errors
    /// When a file cannot be read or is damaged.
    pub fn at_or_below(&mut self, most: u64) -> Result<Option<u64>, Fault> {
        loop {
            let newest = self
                .parts
                .iter_mut()
                .enumerate()
                .max_by_key(|(_, (_, state))| state.newest());
            let Some((place, (source, state))) = newest else {
                return Ok(None);
            };
            if let State::Open(_, id) = state
                && *id <= most
            {
                let id = *id;
                self.below = Some(id);
                return Ok(Some(id));
            }
            let mut cursor = match std::mem::replace(state, State::Closed(0)) {
                State::Open(cursor, _) => cursor,
                State::Closed(_) => Cursor::new(*source, &self.sought)?,
            };
            if let Some(id) = cursor.seek(most)? {
                *state = State::Open(cursor, id);
            } else {
                self.parts.swap_remove(place);
            }
        }
    }
}
