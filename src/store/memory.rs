//! A store in memory: for rehearsals and tests, and the measure that the durable one is held to.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::fault::Fault;
use super::{Batch, Commit, Holds, Order, Pair, Store, check_sizes};

/// Rows in memory. Clones are the same store, so that a test can close one and open another.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<RwLock<BTreeMap<Vec<u8>, Vec<u8>>>>);

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned())
    }

    fn scan(&self, from: &[u8], to: &[u8], order: Order, limit: usize) -> Result<Vec<Pair>, Fault> {
        if from >= to {
            return Ok(Vec::new());
        }
        let rows = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let range = rows.range::<[u8], _>((
            std::ops::Bound::Included(from),
            std::ops::Bound::Excluded(to),
        ));
        let pair = |(key, value): (&Vec<u8>, &Vec<u8>)| (key.clone(), value.clone());
        Ok(match order {
            Order::Forward => range.take(limit).map(pair).collect(),
            Order::Backward => range.rev().take(limit).map(pair).collect(),
        })
    }

    fn commit(&self, batch: &Batch) -> Result<Commit, Fault> {
        check_sizes(batch)?;
        let mut rows = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let holds = batch
            .expect
            .iter()
            .all(|(key, holds)| match (holds, rows.get(key)) {
                (Holds::Absent, found) => found.is_none(),
                (Holds::Value(value), found) => found == Some(value),
            });
        if !holds {
            return Ok(Commit::Conflict);
        }
        for (key, value) in &batch.changes {
            match value {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        Ok(Commit::Done)
    }

    fn flush(&self) -> Result<(), Fault> {
        Ok(())
    }

    fn verify(&self) -> Result<u64, Fault> {
        Ok(self.0.read().unwrap_or_else(PoisonError::into_inner).len() as u64)
    }

    fn close(self: Box<Self>) -> Result<(), Fault> {
        Ok(())
    }
}
