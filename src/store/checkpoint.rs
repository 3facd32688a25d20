//! Checkpoints: the whole present state at one frame of the journal, in a format of our own, so
//! that a damaged state is rebuilt from the newest one and the frames behind it.
//!
//! A row is opaque here. The file is a header (72 bytes), rows `[len u32][crc32 u32][bytes]`, and a
//! footer `[ff ff ff ff][rows u64][sha256 32]` over everything before it, little-endian. A
//! checkpoint is written under another name and takes its own only when it is whole on the disk.

mod read;
mod write;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use read::{Checkpoint, Rows};
pub use write::Writer;

use super::fault::Fault;
use super::files::Files;
use super::header::StoreId;
use super::journal::Head;
use super::note::Note;

/// What a checkpoint begins with.
const MAGIC: [u8; 8] = *b"FDcheck\n";

/// How a row's length field marks the footer.
const FOOTER_MARK: u32 = u32::MAX;

/// The length of the footer in bytes.
const FOOTER_LEN: usize = 4 + 8 + 32;

/// The longest row in bytes.
pub const ROW_LIMIT: usize = 1 << 20;

/// How many checkpoints are kept.
const KEPT: usize = 2;

/// The folder of checkpoints.
#[derive(Clone)]
pub struct Checkpoints {
    files: Arc<dyn Files>,
    dir: PathBuf,
    store: StoreId,
}

impl Checkpoints {
    /// The checkpoints in `dir`, which must exist.
    pub fn new(files: Arc<dyn Files>, dir: &Path, store: StoreId) -> Self {
        Self {
            files,
            dir: dir.to_owned(),
            store,
        }
    }

    /// Begins a checkpoint of the state at `head`. It counts for nothing until
    /// [`Writer::finish`].
    pub fn begin(&self, head: Head) -> Result<Writer, Fault> {
        Writer::begin(self.clone(), head)
    }

    /// The newest checkpoint that is whole, checked from end to end, and notes on those that are
    /// not and were passed over.
    pub fn latest(&self) -> Result<(Option<Checkpoint>, Vec<Note>), Fault> {
        self.latest_upto(u64::MAX)
    }

    /// As [`Self::latest`], of those that end at frame `upto` or before. One that is removed while
    /// it is looked for is passed over: another process may be writing its successor.
    pub(super) fn latest_upto(&self, upto: u64) -> Result<(Option<Checkpoint>, Vec<Note>), Fault> {
        let mut notes = Vec::new();
        let names = self.names()?;
        for (seq, name) in names.into_iter().rev().filter(|(seq, _)| *seq <= upto) {
            match self.open(&name) {
                Ok(found) if found.head().seq == seq => return Ok((Some(found), notes)),
                Ok(_) | Err(Fault::Damaged { .. }) => {
                    notes.push(Note::CheckpointDamaged { file: name });
                }
                Err(Fault::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok((None, notes))
    }

    /// The checkpoints there are, oldest first, with the frame each ends at. None of them has been
    /// checked.
    pub fn names(&self) -> Result<Vec<(u64, String)>, Fault> {
        let names = self.files.list(&self.dir);
        let names = names.map_err(|error| Fault::io("list", &self.dir, error))?;
        let mut found: Vec<_> = names
            .into_iter()
            .filter_map(|name| Some((name.strip_suffix(".ckpt")?.parse().ok()?, name)))
            .collect();
        found.sort();
        Ok(found)
    }

    /// The checkpoint of a name, checked from end to end.
    ///
    /// [`Fault::Damaged`] when it is not whole, [`Fault::Foreign`] when it is of another store.
    pub fn open(&self, name: &str) -> Result<Checkpoint, Fault> {
        Checkpoint::open(&*self.files, &self.dir.join(name), self.store)
    }

    /// The length of the newest checkpoint in bytes, checked or not; 0 when there is none.
    pub fn newest_size(&self) -> Result<u64, Fault> {
        let Some((_, name)) = self.names()?.pop() else {
            return Ok(0);
        };
        let path = self.dir.join(name);
        let size = self.files.size(&path);
        let size = size.map_err(|error| Fault::io("read", &path, error))?;
        Ok(size.unwrap_or(0))
    }

    fn path(&self, seq: u64) -> PathBuf {
        self.dir.join(format!("{seq:012}.ckpt"))
    }

    /// Removes all but the newest ones.
    fn forget_old(&self) -> Result<(), Fault> {
        self.names()?
            .iter()
            .rev()
            .skip(KEPT)
            .try_for_each(|(_, name)| self.remove(name))
    }

    /// Removes what a writer that never finished has left.
    fn forget_unfinished(&self) -> Result<(), Fault> {
        let names = self.files.list(&self.dir);
        let names = names.map_err(|error| Fault::io("list", &self.dir, error))?;
        names
            .iter()
            .filter(|name| Path::new(name).extension().is_some_and(|end| end == "new"))
            .try_for_each(|name| self.remove(name))
    }

    fn remove(&self, name: &str) -> Result<(), Fault> {
        let path = self.dir.join(name);
        self.files
            .remove(&path)
            .map_err(|error| Fault::io("remove", &path, error))
    }
}
