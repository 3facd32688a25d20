//! What waits in memory to become a file.

use std::collections::HashMap;

use super::record;
use super::token::{self, Sums};

/// Tokens and the records that have them, in memory.
#[derive(Debug, Default)]
pub struct Part {
    /// A token's sum to its records, by list and the oldest first.
    lists: HashMap<u64, Ids, Sums>,
    /// How often a record was added.
    records: usize,
    /// The newest record of each list, the list in front of it.
    newest: Vec<(u8, u64)>,
}

/// Records, the oldest first. Most tokens have one, which needs no memory of its own.
#[derive(Debug, Clone)]
enum Ids {
    One(u64),
    Several(Vec<u64>),
}

impl Ids {
    fn all(&self) -> &[u64] {
        match self {
            Self::One(id) => std::slice::from_ref(id),
            Self::Several(ids) => ids,
        }
    }

    /// Puts a record in its place. New ones are the newest of their list, so the place is near the
    /// end.
    fn put(&mut self, id: u64) {
        match self {
            Self::One(one) if *one == id => {}
            Self::One(one) => *self = Self::Several(vec![(*one).min(id), (*one).max(id)]),
            Self::Several(ids) => match ids.last() {
                Some(last) if *last == id => {}
                Some(last) if *last > id => {
                    if let Err(place) = ids.binary_search(&id) {
                        ids.insert(place, id);
                    }
                }
                _ => ids.push(id),
            },
        }
    }
}

impl Part {
    /// Adds all tokens of a record.
    pub fn add<'a>(&mut self, list: u8, id: u64, tokens: impl IntoIterator<Item = &'a [u8]>) {
        let joined = record::joined(list, id);
        for token in tokens {
            self.put(token::sum(token), joined);
        }
        self.records += 1;
        self.see(list, joined);
    }

    fn put(&mut self, sum: u64, id: u64) {
        self.lists
            .entry(sum)
            .and_modify(|ids| ids.put(id))
            .or_insert(Ids::One(id));
    }

    fn see(&mut self, list: u8, id: u64) {
        match self.newest.iter_mut().find(|(known, _)| *known == list) {
            Some((_, newest)) => *newest = (*newest).max(id),
            None => self.newest.push((list, id)),
        }
    }

    /// How often a record was added.
    pub fn records(&self) -> usize {
        self.records
    }

    /// The newest record of a list.
    pub(super) fn newest(&self, list: u8) -> Option<u64> {
        let found = self.newest.iter().find(|(known, _)| *known == list);
        found.map(|(_, id)| *id)
    }

    /// How many tokens there are.
    pub(super) fn tokens(&self) -> usize {
        self.lists.len()
    }

    /// The records of a token, by list and the oldest first.
    pub(super) fn ids(&self, sum: u64) -> &[u64] {
        self.lists.get(&sum).map_or(&[], Ids::all)
    }

    /// All of it in the order of files: a token's sum and its records, by list and the
    /// oldest first.
    pub(super) fn sorted(&self) -> Vec<(u64, &[u64])> {
        let lists = self.lists.iter().map(|(sum, ids)| (*sum, ids.all()));
        let mut lists: Vec<(u64, &[u64])> = lists.collect();
        lists.sort_unstable_by_key(|(sum, _)| *sum);
        lists
    }

    /// The newest record of each list.
    pub(super) fn newests(&self) -> &[(u8, u64)] {
        &self.newest
    }

    /// Takes in what another part has.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (sum, ids) in &other.lists {
            for id in ids.all() {
                self.put(*sum, *id);
            }
        }
        self.records += other.records;
        for (list, id) in &other.newest {
            self.see(*list, *id);
        }
    }
}
