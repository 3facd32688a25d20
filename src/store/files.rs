//! The few file operations that the journal, the keys and the checkpoints stand on, behind a trait,
//! so that a power cut, a full disk and a failing sync can be played in a test.
//!
//! Nothing here is durable by itself: contents after [`Handle::sync`], and what was created,
//! renamed or removed after [`Files::sync_dir`] of its folder.

mod disk;
mod simulated;

use std::io;
use std::path::{Path, PathBuf};

pub use disk::Disk;
pub use simulated::SimulatedDisk;

use super::fault::Fault;

/// Files in folders.
pub trait Files: Send + Sync {
    /// Makes the folder if it is not there, readable by its owner alone. Its parent must exist.
    fn make_dir(&self, dir: &Path) -> io::Result<()>;
    /// The names in a folder, sorted.
    fn list(&self, dir: &Path) -> io::Result<Vec<String>>;
    /// The length of a file in bytes, or `None` when there is none.
    fn size(&self, path: &Path) -> io::Result<Option<u64>>;
    /// Opens a file that is there, to read and write.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Handle>>;
    /// Opens a file that is there, to read only: enough for a medium that cannot be written to.
    fn open_to_read(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        self.open(path)
    }
    /// Opens a new file, readable by its owner alone; one that is there is emptied.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>>;
    /// Gives a file another name, in the place of one that has it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Makes what was created, renamed and removed in a folder durable.
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;
    /// How many bytes may still be written on the disk that holds the folder.
    fn free(&self, dir: &Path) -> io::Result<u64>;
}

/// An open file.
pub trait Handle: Send + Sync {
    /// The length in bytes.
    fn size(&self) -> io::Result<u64>;
    /// Fills `buffer` from `offset` on; an error when the file ends before.
    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()>;
    /// Writes all of `bytes` at `offset`; on an error a part may have been written.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;
    /// Cuts or extends the file.
    fn set_len(&self, len: u64) -> io::Result<()>;
    /// Makes the contents and the length durable.
    fn sync(&self) -> io::Result<()>;
}

/// The whole of a file, but never more than `limit` bytes of it.
pub fn read_whole(files: &dyn Files, path: &Path, limit: u64) -> Result<Vec<u8>, Fault> {
    let read = || {
        let handle = files.open_to_read(path)?;
        let len = handle.size()?.min(limit);
        let mut bytes = vec![0; super::bytes::index(len)];
        handle.read_at(0, &mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|error| Fault::io("read", path, error))
}

/// Puts `bytes` in the place of a file, durably: after a power cut there is the old or the new one.
pub fn replace(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fresh = temporary(path);
    let write = || {
        let handle = files.create(&fresh)?;
        handle.write_at(0, bytes)?;
        handle.sync()?;
        files.rename(&fresh, path)?;
        files.sync_dir(parent(path))
    };
    write().map_err(|error| {
        // What is left of the new file is of no use, and the first error is the one to tell.
        let _ = files.remove(&fresh);
        Fault::io("write", path, error)
    })
}

/// The name under which a file is written before it takes its place.
pub(super) fn temporary(path: &Path) -> PathBuf {
    path.with_extension("new")
}

/// The folder a file lies in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().unwrap_or(path)
}
