//! The records of a list that may be what is wanted, the newest first: what each part of the index
//! has, joined.

use std::rc::Rc;

use super::cursor::Cursor;
use super::lookup::{Lookup, Parts};
use super::record;
use crate::store::Fault;

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
    parts: Rc<Parts<'a>>,
    /// The list's records are not smaller than this; records from `below` on were given, or are not
    /// wanted.
    least: u64,
    below: u64,
    /// Parts by their place, with how far each is.
    states: Vec<(usize, State<'a>)>,
}

impl<'a> Found<'a> {
    pub(super) fn new(parts: Rc<Parts<'a>>, list: u8, below: Option<u64>) -> Self {
        let sources = parts.sources().enumerate();
        let states = sources.filter_map(|(place, source)| {
            let newest = source.newest(list)?;
            Some((place, State::Closed(newest)))
        });
        let all = record::floor(list.saturating_add(1));
        Self {
            states: states.collect(),
            parts,
            least: record::floor(list),
            below: below.map_or(all, |below| record::joined(list, below)),
        }
    }

    /// Of whatever list, as the index keeps them.
    pub(super) fn of_all(lookup: &Lookup<'a>) -> Self {
        let parts = Rc::clone(lookup.parts());
        let places = 0..parts.sources().count();
        Self {
            states: places.map(|at| (at, State::Closed(u64::MAX))).collect(),
            parts,
            least: 0,
            below: u64::MAX,
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
        match self.below.checked_sub(1) {
            Some(most) if most >= self.least => Ok(self.at_or_below(most)?.map(record::id)),
            _ => Ok(None),
        }
    }

    /// The newest record that is not newer than `most`, of those that were not given yet.
    pub(super) fn at_or_below(&mut self, most: u64) -> Result<Option<u64>, Fault> {
        loop {
            let newest = self
                .states
                .iter_mut()
                .enumerate()
                .max_by_key(|(_, (_, state))| state.newest());
            let Some((at, (place, state))) = newest else {
                return Ok(None);
            };
            if let State::Open(_, id) = state
                && *id <= most
            {
                let id = *id;
                self.below = id;
                return Ok(Some(id));
            }
            let mut cursor = match std::mem::replace(state, State::Closed(0)) {
                State::Open(cursor, _) => cursor,
                State::Closed(_) => Cursor::new(self.parts.tree(*place)?),
            };
            if let Some(id) = cursor.seek(most, self.least)? {
                *state = State::Open(cursor, id);
            } else {
                self.states.swap_remove(at);
            }
        }
    }
}
