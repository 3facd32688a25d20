//! Which records a text may stand in: for each token the records that have it, in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::store::{Fault, Files};

/// What a record must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This token.
    Token(Vec<u8>),
    /// All of these.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// Tokens and the records that have them, in memory.
#[derive(Debug, Default)]
pub struct Part {
    lists: BTreeMap<Vec<u8>, BTreeSet<u64>>,
    records: usize,
}

impl Part {
    /// Adds all tokens of a record.
    pub fn add<'a>(&mut self, list: u8, id: u64, tokens: impl IntoIterator<Item = &'a [u8]>) {
        for token in tokens {
            let mut key = vec![list];
            key.extend_from_slice(token);
            self.lists.entry(key).or_default().insert(id);
        }
        self.records += 1;
    }

    /// How often a record was added.
    pub fn records(&self) -> usize {
        self.records
    }
}

/// An index.
pub struct Index {
    part: Part,
}

impl Index {
    /// Opens the index of a folder.
    pub fn open(
        _files: &Arc<dyn Files>,
        _dir: &Path,
        _version: u32,
    ) -> Result<Option<Self>, Fault> {
        Ok(None)
    }

    /// An empty index.
    pub fn create(_files: &Arc<dyn Files>, _dir: &Path, _version: u32) -> Result<Self, Fault> {
        Ok(Self {
            part: Part::default(),
        })
    }

    /// The frame of the journal up to which the files are complete.
    pub const fn covered(&self) -> u64 {
        0
    }

    /// How many records wait in memory.
    pub fn waiting(&self) -> usize {
        0
    }

    /// Writes files of so many records.
    #[must_use]
    pub fn flushing_at(self, _records: usize) -> Self {
        self
    }

    /// Adds all tokens a record has now.
    pub fn add<'a>(&mut self, list: u8, id: u64, tokens: impl IntoIterator<Item = &'a [u8]>) {
        self.part.add(list, id, tokens);
    }

    /// Takes in what the thread has done.
    pub fn tend(&mut self, _seq: u64) -> Result<(), Fault> {
        Ok(())
    }

    /// Waits until nothing waits in memory.
    pub fn settle(&mut self, _seq: u64) -> Result<(), Fault> {
        Ok(())
    }

    /// The records that may be what is wanted, the newest first, all smaller than `below`.
    pub fn find(&self, list: u8, wanted: &Wanted, below: Option<u64>) -> Found<'_> {
        let ids = self.ids(list, wanted);
        let ids: Vec<u64> = ids
            .into_iter()
            .filter(|id| below.is_none_or(|below| *id < below))
            .collect();
        Found { ids, _index: self }
    }

    fn ids(&self, list: u8, wanted: &Wanted) -> BTreeSet<u64> {
        match wanted {
            Wanted::Token(token) => {
                let mut key = vec![list];
                key.extend_from_slice(token);
                self.part.lists.get(&key).cloned().unwrap_or_default()
            }
            Wanted::Any(all) => all.iter().flat_map(|one| self.ids(list, one)).collect(),
            Wanted::All(all) => {
                let mut sets = all.iter().map(|one| self.ids(list, one));
                let Some(first) = sets.next() else {
                    return BTreeSet::new();
                };
                sets.fold(first, |a, b| a.intersection(&b).copied().collect())
            }
        }
    }

    /// What the index lacks.
    pub fn lacks(&self, expected: &Part, most: usize) -> Result<Vec<(Vec<u8>, u64)>, Fault> {
        let mut lacking = Vec::new();
        for (key, ids) in &expected.lists {
            for id in ids {
                let has = self.part.lists.get(key).is_some_and(|it| it.contains(id));
                if !has && lacking.len() < most {
                    lacking.push((key.clone(), *id));
                }
            }
        }
        Ok(lacking)
    }

    /// Reads every file and holds it against its sums.
    pub fn check(&self) -> Result<(), Fault> {
        Ok(())
    }
}

/// What was found.
pub struct Found<'a> {
    ids: Vec<u64>,
    _index: &'a Index,
}

impl Found<'_> {
    /// The next one.
    #[allow(clippy::should_implement_trait, reason = "it can fail")]
    pub fn next(&mut self) -> Result<Option<u64>, Fault> {
        Ok(self.ids.pop())
    }
}
