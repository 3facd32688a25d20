//! What waits in memory to become a file.

use std::collections::{BTreeSet, HashMap};

use super::wanted::cut;

/// Tokens and the records that have them, in memory.
#[derive(Debug, Default)]
pub struct Part {
    /// List and token to the records, the oldest first.
    lists: HashMap<Box<[u8]>, Vec<u64>>,
    /// How often a record was added.
    records: usize,
    /// The newest record of each list.
    newest: Vec<(u8, u64)>,
    /// The key under the hands, so that a look-up costs no allocation.
    key: Vec<u8>,
}

impl Part {
    /// Adds all tokens of a record.
    pub fn add<'a>(&mut self, list: u8, id: u64, tokens: impl IntoIterator<Item = &'a [u8]>) {
        for token in tokens {
            self.key.clear();
            self.key.push(list);
            self.key.extend_from_slice(cut(token));
            if let Some(ids) = self.lists.get_mut(self.key.as_slice()) {
                put(ids, id);
            } else {
                self.lists.insert(self.key.as_slice().into(), vec![id]);
            }
        }
        self.records += 1;
        self.see(list, id);
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

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// The newest record of a list.
    pub(super) fn newest(&self, list: u8) -> Option<u64> {
        let found = self.newest.iter().find(|(known, _)| *known == list);
        found.map(|(_, id)| *id)
    }

    /// The records of a token, the oldest first.
    pub(super) fn ids(&self, list: u8, token: &[u8]) -> &[u64] {
        let mut key = Vec::with_capacity(token.len() + 1);
        key.push(list);
        key.extend_from_slice(cut(token));
        self.lists
            .get(key.as_slice())
            .map_or(&[], |ids| ids.as_slice())
    }

    /// All of it in the order of files: list and token, and the records, the oldest first.
    pub(super) fn sorted(&self) -> Vec<(&[u8], &[u64])> {
        let mut lists: Vec<(&[u8], &[u64])> = self
            .lists
            .iter()
            .map(|(key, ids)| (&**key, ids.as_slice()))
            .collect();
        lists.sort_unstable_by_key(|(key, _)| *key);
        lists
    }

    /// The newest record of each list.
    pub(super) fn newests(&self) -> &[(u8, u64)] {
        &self.newest
    }

    /// Takes in what another part has.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (key, ids) in &other.lists {
            let both: BTreeSet<u64> = match self.lists.get(key) {
                Some(mine) => mine.iter().chain(ids).copied().collect(),
                None => ids.iter().copied().collect(),
            };
            self.lists.insert(key.clone(), both.into_iter().collect());
        }
        self.records += other.records;
        for (list, id) in &other.newest {
            self.see(*list, *id);
        }
    }
}

/// Puts a record in its place. New ones are the newest, so the place is nearly always the end.
fn put(ids: &mut Vec<u64>, id: u64) {
    match ids.last() {
        Some(last) if *last < id => ids.push(id),
        Some(last) if *last == id => {}
        _ => {
            if let Err(place) = ids.binary_search(&id) {
                ids.insert(place, id);
            }
        }
    }
}
