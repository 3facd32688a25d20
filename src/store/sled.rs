//! The embedded store: sled 0.34.7, with a measure against each of its known traps.
//!
//! - sled's own scans are not consistent while it is written to: a lock keeps scans and commits
//!   apart.
//! - It can lose rows of a damaged log without a word: each commit carries the sum of all rows, and
//!   an opening that cannot trust the file holds the rows against it ([`audit`], [`seal`]).
//! - It may panic on damage: every call is guarded, and a panic is [`Fault::Damaged`].
//! - After a failed write it may show half a batch: the store then refuses everything until it is
//!   reopened.
//! - Its flush is no fsync: ours goes through a file descriptor of our own.
//!
//! Transactions are not used: one tree and one atomic batch suffice, and a scan inside a
//! transaction would hang for ever. Nothing outside this file and its folder knows sled.

mod audit;
mod compact;
mod open;
mod seal;

use std::cell::Cell;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use audit::{AUDIT_KEY, Audit};
pub use open::ENGINE;

use super::fault::Fault;
use super::note::Note;
use super::{Batch, Commit, Holds, Order, Pair, Store, check_sizes};

/// Bytes of sled's cache; the process takes two to five times as much. Small on purpose: at a million
/// records no cache that fits beside the rest holds more than a fraction of the rows, and a smaller
/// one costs neither pages nor imports anything that could be measured.
const CACHE: u64 = 24 << 20;

/// The store in a folder of its own.
pub struct SledStore {
    db: ::sled::Db,
    /// Our own descriptor of sled's log, to force it to the disk.
    log: File,
    dir: PathBuf,
    /// Scans hold it for reading, a commit for writing.
    state: RwLock<State>,
    /// What is to be applied before anything else is done.
    later: Mutex<Option<Batch>>,
}

struct State {
    audit: Audit,
    /// A write failed, so what is seen may be half a batch.
    broken: bool,
}

/// What came of opening a folder.
pub enum Opened {
    /// The store is open and its rows are what was committed.
    Ready(SledStore),
    /// It is damaged: `panic`, `corrupt` or `sum`. Nothing holds the folder open any more.
    Damaged(&'static str),
}

impl SledStore {
    /// Opens the store in `dir`, or begins one. Whoever calls holds the lock of the data folder.
    ///
    /// Half-written snapshots are removed first; when sled finds corruption, all snapshots are
    /// moved aside and it is tried once more. [`Fault::Foreign`] when another version or family of
    /// sled wrote the folder, and then nothing in it is touched.
    pub fn open(dir: &Path) -> Result<(Opened, Vec<Note>), Fault> {
        open::open(dir)
    }

    /// Renames the folder of a store that is not open to `<name>.damaged-<n>`, with the first free
    /// number, and returns that path.
    pub fn keep_aside(dir: &Path) -> Result<PathBuf, Fault> {
        open::keep_aside(dir)
    }

    /// Removes the folder of a store that is not open and holds nothing of its own.
    pub fn discard(dir: &Path) -> Result<(), Fault> {
        open::discard(dir)
    }

    /// Writes every row of `from`, which lies in `dir`, into a new store beside it; the number of
    /// rows.
    pub fn write_anew(from: &dyn Store, dir: &Path) -> Result<u64, Fault> {
        compact::write(from, dir)
    }

    /// Puts the store that [`Self::write_anew`] made in the place of the one in `dir`, which is
    /// closed. The old one stays beside it until [`Self::finish`].
    pub fn swap(dir: &Path) -> Result<(), Fault> {
        compact::swap(dir)
    }

    /// Puts back what [`Self::swap`] kept. Before a store is opened this makes whole what an
    /// interruption left.
    pub fn settle(dir: &Path) -> Result<(), Fault> {
        compact::settle(dir)
    }

    /// Lets go of the old store beside a new one that was opened and holds as many rows.
    pub fn finish(dir: &Path) -> Result<(), Fault> {
        compact::finish(dir)
    }

    /// How many bytes the store in `dir` takes on the disk.
    pub fn size(dir: &Path) -> Result<u64, Fault> {
        compact::size(dir)
    }

    /// How many rows there are: what was counted with each commit.
    pub fn rows(&self) -> Result<u64, Fault> {
        Ok(self.read()?.audit.rows)
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows().is_ok_and(|rows| rows == 0)
    }

    fn read(&self) -> Result<RwLockReadGuard<'_, State>, Fault> {
        self.settle()?;
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        if state.broken {
            Err(Fault::Stopped)
        } else {
            Ok(state)
        }
    }

    fn guarded<T>(&self, work: impl FnOnce() -> ::sled::Result<T>) -> Result<T, Fault> {
        guarded(work).map_err(|trouble| trouble.fault(&self.dir))
    }

    /// Applies a batch of right sizes, if its preconditions hold.
    fn commit_now(&self, batch: &Batch) -> Result<Commit, Fault> {
        if batch.changes.iter().any(|(key, _)| key == AUDIT_KEY) {
            return Err(Fault::damaged("rows", "reserved"));
        }
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if state.broken {
            return Err(Fault::Stopped);
        }
        for (key, holds) in &batch.expect {
            let found = self.guarded(|| self.db.get(key))?;
            let right = match holds {
                Holds::Absent => found.is_none(),
                Holds::Value(value) => found.is_some_and(|found| found == value.as_slice()),
            };
            if !right {
                return Ok(Commit::Conflict);
            }
        }
        match self.apply(batch, state.audit) {
            Ok(audit) => state.audit = audit,
            Err(fault) => {
                state.broken = true;
                return Err(fault);
            }
        }
        Ok(Commit::Done)
    }

    /// Applies a batch whose preconditions hold and whose sizes are right, with the new sum in it.
    fn apply(&self, batch: &Batch, before: Audit) -> Result<Audit, Fault> {
        let mut audit = before;
        let mut last = std::collections::BTreeMap::new();
        for (key, value) in &batch.changes {
            last.insert(key.as_slice(), value.as_deref());
        }
        let mut writes = ::sled::Batch::default();
        for (key, value) in last {
            if let Some(old) = self.guarded(|| self.db.get(key))? {
                audit.remove(key, &old);
            }
            match value {
                Some(value) => {
                    audit.add(key, value);
                    writes.insert(key, value);
                }
                None => writes.remove(key),
            }
        }
        writes.insert(AUDIT_KEY, audit.bytes());
        self.guarded(|| self.db.apply_batch(writes))?;
        Ok(audit)
    }
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        let _state = self.read()?;
        if key == AUDIT_KEY {
            return Ok(None);
        }
        Ok(self
            .guarded(|| self.db.get(key))?
            .map(|value| value.to_vec()))
    }

    fn scan(&self, from: &[u8], to: &[u8], order: Order, limit: usize) -> Result<Vec<Pair>, Fault> {
        if from >= to {
            return Ok(Vec::new());
        }
        let _state = self.read()?;
        let rows = || {
            self.db
                .range(from..to)
                .filter(|row| !matches!(row, Ok((key, _)) if key == AUDIT_KEY))
        };
        let pair = |row: ::sled::Result<(::sled::IVec, ::sled::IVec)>| {
            row.map(|(key, value)| (key.to_vec(), value.to_vec()))
        };
        self.guarded(|| match order {
            Order::Forward => rows().take(limit).map(pair).collect(),
            Order::Backward => rows().rev().take(limit).map(pair).collect(),
        })
    }

    fn commit(&self, batch: &Batch) -> Result<Commit, Fault> {
        check_sizes(batch)?;
        self.settle()?;
        self.commit_now(batch)
    }

    fn commit_later(&self, batch: Batch) -> Result<(), Fault> {
        self.settle()?;
        *self.later.lock().unwrap_or_else(PoisonError::into_inner) = Some(batch);
        Ok(())
    }

    fn settle(&self) -> Result<(), Fault> {
        // Held until it is applied, so that nobody sees the store without it.
        let mut later = self.later.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = later.take();
        batch.map_or(Ok(()), |batch| self.commit_now(&batch).map(drop))
    }

    fn flush(&self) -> Result<(), Fault> {
        drop(self.read()?);
        self.guarded(|| self.db.flush())?;
        self.log
            .sync_data()
            .map_err(|error| Fault::io("sync", &self.dir, error))
    }

    fn verify(&self) -> Result<u64, Fault> {
        let state = self.read()?;
        let found = Audit::of(&self.db).map_err(|trouble| trouble.fault(&self.dir))?;
        if found == state.audit {
            Ok(found.rows)
        } else {
            Err(Fault::damaged(
                "rows",
                format!("{} / {}", found.rows, state.audit.rows),
            ))
        }
    }

    fn close(self: Box<Self>) -> Result<(), Fault> {
        let flushed = self.flush();
        let Self { db, dir, .. } = *self;
        // Also a store that could not be flushed is let go of under guard: it may panic.
        let closed = guarded(|| {
            drop(db);
            Ok(())
        });
        flushed?;
        closed.map_err(|trouble| trouble.fault(&dir))?;
        seal::write(&dir)
    }
}

/// What a guarded call into sled ended with instead of a result.
enum Trouble {
    Panic,
    Sled(::sled::Error),
}

impl Trouble {
    fn fault(self, dir: &Path) -> Fault {
        match self {
            Self::Panic => Fault::damaged("rows", "panic"),
            Self::Sled(::sled::Error::Io(error)) => Fault::io("write", dir, error),
            Self::Sled(::sled::Error::Unsupported(_)) => Fault::Foreign {
                path: dir.to_owned(),
            },
            Self::Sled(error) => Fault::damaged("rows", error.to_string()),
        }
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread, right now, is one of the engine's that the store catches, or
/// ends only a thread of the engine. A panic hook asks this, so that it neither leaves the screen
/// nor reports an end of the program.
pub fn panic_is_caught() -> bool {
    let of_engine = |name: &str| name.starts_with("sled-") || name.starts_with("log flusher");
    GUARDED.get() || std::thread::current().name().is_some_and(of_engine)
}

/// Calls into sled, and turns a panic into an error. sled's state after a panic is not used again:
/// the caller drops it, or marks the store as broken.
fn guarded<T>(work: impl FnOnce() -> ::sled::Result<T>) -> Result<T, Trouble> {
    let before = GUARDED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(before);
    match result {
        Ok(result) => result.map_err(Trouble::Sled),
        Err(_) => Err(Trouble::Panic),
    }
}
