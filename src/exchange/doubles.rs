//! Rows of one file that may have to do with each other: those that share a number, a telephone or
//! an item. A run that only tries has to know them, because it leaves nothing in the store.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::adopt::Reading;
use super::sheet::Sheet;
use crate::desk::contract::Adopted;

/// What two rows may share, as a hash.
type Key = u64;

/// The rows so far that may have to do with a later one.
#[derive(Debug, Default)]
pub(super) struct Doubles {
    /// What more than one row of the file has.
    shared: HashSet<Key>,
    rows: HashMap<Key, Vec<Adopted>>,
}

impl Doubles {
    /// Goes through a file once, and keeps what more than one of its rows has.
    pub(super) fn of(sheet: &Sheet, reading: &Reading) -> Self {
        let (mut once, mut shared) = (HashSet::new(), HashSet::new());
        for cells in sheet.rows().filter_map(|row| row.cells.ok()) {
            let Ok(row) = reading.record(&cells) else {
                continue;
            };
            for key in keys(&row) {
                if !once.insert(key) {
                    shared.insert(key);
                }
            }
        }
        Self {
            shared,
            rows: HashMap::new(),
        }
    }

    /// The earlier rows that may have to do with a row, which is an earlier one from now on.
    pub(super) fn before(&mut self, row: &Adopted) -> Vec<Adopted> {
        let mut before: Vec<Adopted> = Vec::new();
        for key in keys(row) {
            if !self.shared.contains(&key) {
                continue;
            }
            let earlier = self.rows.entry(key).or_default();
            for other in earlier.iter() {
                if !before.contains(other) {
                    before.push(other.clone());
                }
            }
            earlier.push(row.clone());
        }
        before
    }
}

/// What a row may share with others.
fn keys(row: &Adopted) -> HashSet<Key> {
    let mut keys = HashSet::new();
    let mut add = |class: u8, text: &str| {
        if !text.is_empty() {
            let mut hash = DefaultHasher::new();
            (class, text).hash(&mut hash);
            keys.insert(hash.finish());
        }
    };
    add(b'e', external(row));
    match row {
        Adopted::Customer(details) => {
            for phone in &details.phones {
                add(b'p', &phone.digits);
            }
        }
        Adopted::Loan(loan) => add(b'f', &loan.file),
        Adopted::Intake { .. } | Adopted::Complaint { .. } | Adopted::File(_) => {}
    }
    keys
}

/// The number of a row in the other system; empty where it has none.
pub(super) fn external(row: &Adopted) -> &str {
    match row {
        Adopted::Customer(details) => &details.external,
        Adopted::Intake { details, .. } => &details.external,
        Adopted::Complaint { details, .. } => &details.external,
        Adopted::File(details) => &details.external,
        Adopted::Loan(_) => "",
    }
}
