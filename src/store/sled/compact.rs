//! Writing a store anew beside itself, and putting it in its own place: sled gives little room back.
//!
//! The new folder is `sled-new` until it is whole, closed and sealed. Then `sled` becomes `sled-old`
//! and `sled-new` becomes `sled`; `sled-old` goes when the new one has been opened and its rows were
//! counted. Wherever the machine stops in between, [`settle`] makes one whole store of what there
//! is, before it is opened.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::fault::Fault;
use super::super::files::{Disk, Files as _, parent};
use super::super::{Batch, Commit, Order, Store};
use super::{Opened, SledStore, open, seal};

/// Rows copied at once.
const ROWS: usize = 1_000;

/// The store being written.
pub(super) fn new(dir: &Path) -> PathBuf {
    dir.with_file_name("sled-new")
}

/// The store that was replaced.
pub(super) fn old(dir: &Path) -> PathBuf {
    dir.with_file_name("sled-old")
}

/// Copies every row of `from` into a new store beside `dir`, closes it, and counts it.
pub(super) fn write(from: &dyn Store, dir: &Path) -> Result<u64, Fault> {
    let place = new(dir);
    open::discard(&place)?;
    let Opened::Ready(into) = SledStore::open(&place)?.0 else {
        return Err(Fault::damaged("rows", "new"));
    };
    let copied = copy(from, &into);
    let counted = copied.and_then(|()| into.verify());
    let closed = Box::new(into).close();
    match counted.and_then(|rows| closed.map(|()| rows)) {
        Ok(rows) => Ok(rows),
        Err(fault) => {
            // Half a store only takes the room that is missing, and the first fault is the one to
            // tell.
            let _ = open::discard(&place);
            Err(fault)
        }
    }
}

fn copy(from: &dyn Store, into: &dyn Store) -> Result<(), Fault> {
    let end = [u8::MAX; 8];
    let mut next = vec![0];
    loop {
        let rows = from.scan(&next, &end, Order::Forward, ROWS)?;
        let Some((last, _)) = rows.last() else {
            return Ok(());
        };
        next.clone_from(last);
        next.push(0);
        let changes = rows.into_iter().map(|(key, value)| (key, Some(value)));
        let batch = Batch {
            expect: Vec::new(),
            changes: changes.collect(),
        };
        if into.commit(&batch)? == Commit::Conflict {
            return Err(Fault::damaged("rows", "conflict"));
        }
    }
}

/// Puts the new store in the place of the one in `dir`, which is closed. The old one is kept.
pub(super) fn swap(dir: &Path) -> Result<(), Fault> {
    // The seal is of the log that is put aside; the new one has its own, which does not go with
    // its folder: its rows are counted when it is opened.
    seal::unseal(dir)?;
    seal::unseal(&new(dir))?;
    rename(dir, &old(dir))?;
    rename(&new(dir), dir)
}

/// Makes one store of what an interrupted compaction left. The one that was put aside was whole and
/// closed, and the new one was not proved to be as long as that is there: it goes back.
pub(super) fn settle(dir: &Path) -> Result<(), Fault> {
    open::discard(&new(dir))?;
    let aside = old(dir);
    if !aside.exists() {
        return Ok(());
    }
    open::discard(dir)?;
    rename(&aside, dir)
}

/// Lets go of the store that was put aside: the new one was opened and holds as many rows.
pub(super) fn finish(dir: &Path) -> Result<(), Fault> {
    open::discard(&old(dir))
}

/// How many bytes the files of a store take, those of its folder and what lies below.
pub(super) fn size(dir: &Path) -> Result<u64, Fault> {
    fn sum(dir: &Path) -> io::Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let found = entry.metadata()?;
            bytes += if found.is_dir() {
                sum(&entry.path())?
            } else {
                found.len()
            };
        }
        Ok(bytes)
    }
    sum(dir).map_err(|error| Fault::io("measure", dir, error))
}

fn rename(from: &Path, to: &Path) -> Result<(), Fault> {
    fs::rename(from, to)
        .and_then(|()| Disk.sync_dir(parent(from)))
        .map_err(|error| Fault::io("rename", from, error))
}
