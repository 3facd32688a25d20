//! Writing a checkpoint.

use std::path::PathBuf;

use sha2::{Digest, Sha256};

use super::super::fault::Fault;
use super::super::files::{Handle, temporary};
use super::super::header::Header;
use super::super::journal::Head;
use super::{Checkpoints, FOOTER_MARK, MAGIC, ROW_LIMIT};

/// Bytes gathered before they are written.
const BUFFER: usize = 256 << 10;

/// A checkpoint being written. Dropped before [`Self::finish`], it leaves nothing that counts.
pub struct Writer {
    place: Checkpoints,
    path: PathBuf,
    handle: Box<dyn Handle>,
    buffer: Vec<u8>,
    /// How much of the file has been written.
    offset: u64,
    rows: u64,
    sha: Sha256,
}

impl Writer {
    pub(super) fn begin(place: Checkpoints, head: Head) -> Result<Self, Fault> {
        place.forget_unfinished()?;
        let path = place.path(head.seq);
        let fresh = temporary(&path);
        let handle = place
            .files
            .create(&fresh)
            .map_err(|error| Fault::io("make", &fresh, error))?;
        let mut writer = Self {
            path,
            handle,
            buffer: Vec::new(),
            offset: 0,
            rows: 0,
            sha: Sha256::new(),
            place,
        };
        let header = Header::new(MAGIC, writer.place.store, head.seq, head.hash).bytes();
        writer.put(&header)?;
        Ok(writer)
    }

    /// Adds a row. [`Fault::TooLarge`] over [`ROW_LIMIT`].
    pub fn row(&mut self, row: &[u8]) -> Result<(), Fault> {
        let len = u32::try_from(row.len())
            .ok()
            .filter(|_| row.len() <= ROW_LIMIT);
        let Some(len) = len else {
            return Err(Fault::TooLarge {
                size: row.len() as u64,
                limit: ROW_LIMIT as u64,
            });
        };
        self.rows += 1;
        self.put(&len.to_le_bytes())?;
        self.put(&crc32fast::hash(row).to_le_bytes())?;
        self.put(row)
    }

    /// Writes the footer, forces the file to the disk and gives it its name; then all but the two
    /// newest checkpoints are removed. Returns the number of rows.
    pub fn finish(mut self) -> Result<u64, Fault> {
        self.put(&FOOTER_MARK.to_le_bytes())?;
        self.put(&self.rows.to_le_bytes())?;
        let sum = self.sha.clone().finalize();
        self.put(&sum)?;
        self.write_out()?;
        let Self {
            place,
            path,
            handle,
            rows,
            ..
        } = self;
        let settle = || {
            handle.sync()?;
            place.files.rename(&temporary(&path), &path)?;
            place.files.sync_dir(&place.dir)
        };
        settle().map_err(|error| Fault::io("sync", &path, error))?;
        place.forget_old()?;
        Ok(rows)
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.sha.update(bytes);
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BUFFER {
            self.write_out()
        } else {
            Ok(())
        }
    }

    fn write_out(&mut self) -> Result<(), Fault> {
        self.handle
            .write_at(self.offset, &self.buffer)
            .map_err(|error| {
                // The space it takes is needed, and an unfinished file is worth nothing.
                let _ = self.place.files.remove(&temporary(&self.path));
                Fault::io("write", &self.path, error)
            })?;
        self.offset += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
