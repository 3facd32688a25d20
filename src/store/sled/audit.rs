//! The sum of all rows, kept with every commit, so that a row that was lost or went back to an
//! older value is noticed. It is against damage, not against an attacker.

use std::ops::Bound;
use std::sync::atomic::{AtomicU16, Ordering};
use std::thread;

use super::super::bytes::Bytes;
use super::{Trouble, guarded};

/// The row that holds the sum. It is sled's alone: no get or scan shows it.
pub(super) const AUDIT_KEY: &[u8] = b"\0sum";

/// How many rows there are, and the sum of a number made of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Audit {
    pub(super) rows: u64,
    sum: u64,
}

impl Audit {
    /// Takes in a row.
    pub(super) fn add(&mut self, key: &[u8], value: &[u8]) {
        self.rows = self.rows.wrapping_add(1);
        self.sum = self.sum.wrapping_add(number(key, value));
    }

    /// Takes out a row.
    pub(super) fn remove(&mut self, key: &[u8], value: &[u8]) {
        self.rows = self.rows.wrapping_sub(1);
        self.sum = self.sum.wrapping_sub(number(key, value));
    }

    /// As it is stored.
    pub(super) fn bytes(self) -> Vec<u8> {
        [self.rows.to_le_bytes(), self.sum.to_le_bytes()].concat()
    }

    /// As it was stored; `None` when the bytes are not that.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        Some(Self {
            rows: rest.u64()?,
            sum: rest.u64()?,
        })
    }

    /// Counted anew from every row, by two threads: what takes long is waiting for the disk and
    /// taking pages apart, and both can be done twice at once.
    pub(super) fn of(db: &::sled::Db) -> Result<Self, Trouble> {
        let next = AtomicU16::new(0);
        thread::scope(|scope| {
            let thread = thread::Builder::new().name("audit".to_owned());
            // Where no thread is to be had, this one reads everything.
            let other = thread.spawn_scoped(scope, || Self::of_some(db, &next));
            let mine = Self::of_some(db, &next)?;
            let Ok(other) = other else { return Ok(mine) };
            let other = other.join().unwrap_or(Err(Trouble::Panic))?;
            Ok(Self {
                rows: mine.rows.wrapping_add(other.rows),
                sum: mine.sum.wrapping_add(other.sum),
            })
        })
    }

    /// Of the rows whose keys begin with the next byte that nobody has taken, and the next, until
    /// there is none.
    fn of_some(db: &::sled::Db, next: &AtomicU16) -> Result<Self, Trouble> {
        guarded(|| {
            let mut audit = Self::default();
            while let Ok(byte) = u8::try_from(next.fetch_add(1, Ordering::Relaxed)) {
                let from = match byte {
                    0 => Bound::Unbounded,
                    byte => Bound::Included([byte]),
                };
                let to = byte.checked_add(1).map(|byte| [byte]);
                let to = to.map_or(Bound::Unbounded, Bound::Excluded);
                for row in db.range::<[u8; 1], _>((from, to)) {
                    let (key, value) = row?;
                    if key != AUDIT_KEY {
                        audit.add(&key, &value);
                    }
                }
            }
            Ok(audit)
        })
    }
}

/// Two checksums that see the row in different orders, spread over 64 bits.
fn number(key: &[u8], value: &[u8]) -> u64 {
    let crc = |parts: [&[u8]; 2]| {
        let mut crc = crc32fast::Hasher::new();
        for part in parts {
            crc.update(&(part.len() as u64).to_le_bytes());
            crc.update(part);
        }
        u64::from(crc.finalize())
    };
    let mixed = (crc([key, value]) << 32) | crc([value, key]);
    mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_does_not_depend_on_the_way_there() {
        let mut straight = Audit::default();
        straight.add(b"a", b"2");
        straight.add(b"b", b"1");
        let mut winding = Audit::default();
        winding.add(b"b", b"1");
        winding.add(b"c", b"9");
        winding.add(b"a", b"1");
        winding.remove(b"c", b"9");
        winding.remove(b"a", b"1");
        winding.add(b"a", b"2");
        assert_eq!(straight, winding);
    }

    #[test]
    fn an_older_value_or_a_swapped_pair_changes_the_sum() {
        let sum = |rows: &[(&[u8], &[u8])]| {
            let mut audit = Audit::default();
            for (key, value) in rows {
                audit.add(key, value);
            }
            audit
        };
        let right = sum(&[(b"a", b"1"), (b"b", b"2")]);
        assert_ne!(right, sum(&[(b"a", b"1"), (b"b", b"1")]));
        assert_ne!(right, sum(&[(b"a", b"2"), (b"b", b"1")]));
        assert_ne!(right, sum(&[(b"a", b"1")]));
        assert_ne!(sum(&[(b"ab", b"c")]), sum(&[(b"a", b"bc")]));
    }
}
