//! The store as it will be once the present batch is in: reads see the batch's own writes.

use std::collections::BTreeMap;

use super::keyspace as keys;
use super::values;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::store::{Batch, Fault, Order, Pair, Store, codec};

/// A store with writes laid over it that are not in it yet.
pub(super) struct Overlay<'a> {
    store: &'a dyn Store,
    writes: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
    /// Records that other words find from now on.
    reworded: Vec<Number>,
}

/// What is to be written to the store together, and what follows from it beside the store.
#[derive(Default)]
pub(super) struct Staged {
    /// The rows.
    pub batch: Batch,
    /// Records that other words find from then on.
    pub reworded: Vec<Number>,
}

impl<'a> Overlay<'a> {
    /// The store as it is.
    pub fn new(store: &'a dyn Store) -> Self {
        Self {
            store,
            writes: BTreeMap::new(),
            reworded: Vec::new(),
        }
    }

    /// The value of a key.
    pub fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => self.store.get(key),
        }
    }

    /// Writes a value, or with `None` deletes it.
    pub fn put(&mut self, key: Vec<u8>, value: Option<Vec<u8>>) {
        self.writes.insert(key, value);
    }

    /// Pairs from a key to before another, at most so many, in order.
    pub fn scan(
        &self,
        from: &[u8],
        to: &[u8],
        order: Order,
        limit: usize,
    ) -> Result<Vec<Pair>, Fault> {
        if from >= to {
            return Ok(Vec::new());
        }
        let written: Vec<_> = self.writes.range(from.to_vec()..to.to_vec()).collect();
        if written.is_empty() {
            return self.store.scan(from, to, order, limit);
        }
        // A written key hides at most one stored row, so this many rows are enough.
        let enough = limit.saturating_add(written.len());
        let mut rows: BTreeMap<Vec<u8>, Vec<u8>> = self
            .store
            .scan(from, to, order, enough)?
            .into_iter()
            .collect();
        for (key, value) in written {
            match value {
                Some(value) => rows.insert(key.clone(), value.clone()),
                None => rows.remove(key),
            };
        }
        Ok(match order {
            Order::Forward => rows.into_iter().take(limit).collect(),
            Order::Backward => rows.into_iter().rev().take(limit).collect(),
        })
    }

    /// All keys that begin with a prefix, at most so many, in order.
    pub fn scan_prefix(
        &self,
        prefix: &[u8],
        order: Order,
        limit: usize,
    ) -> Result<Vec<Pair>, Fault> {
        self.scan(prefix, &keys::end_of(prefix), order, limit)
    }

    /// A record.
    pub fn record(&self, number: Number) -> Result<Option<Record>, Fault> {
        let value = self.get(&keys::record(number))?;
        value
            .map(|value| values::decode(number, &value))
            .transpose()
    }

    /// Whether a number was never given, so that nothing can be known of its record. A credential has
    /// its operator's number, which tells nothing.
    pub fn is_new(&self, number: Number) -> Result<bool, Fault> {
        if number.kind == Kind::Credential {
            return Ok(false);
        }
        let last: Option<u32> = self.unpacked(&keys::last_number(number.kind, number.year))?;
        Ok(last.is_none_or(|last| number.seq > last))
    }

    /// The number the next record of a kind and year will have. It is taken by putting the record.
    pub fn next_number(&self, kind: Kind, year: u16) -> Result<Number, Fault> {
        let last: u32 = self.unpacked(&keys::last_number(kind, year))?.unwrap_or(0);
        Ok(Number {
            kind,
            year,
            seq: last.saturating_add(1),
        })
    }

    /// A small value of the desk's own.
    pub fn unpacked<T: serde::de::DeserializeOwned>(&self, key: &[u8]) -> Result<Option<T>, Fault> {
        self.get(key)?
            .map(|value| codec::unpack(&value))
            .transpose()
    }

    /// Notes that other words find a record from now on.
    pub fn reword(&mut self, number: Number) {
        self.reworded.push(number);
    }

    /// The writes as one batch for the store.
    pub fn into_staged(self) -> Staged {
        Staged {
            batch: Batch {
                expect: Vec::new(),
                changes: self.writes.into_iter().collect(),
            },
            reworded: self.reworded,
        }
    }
}
