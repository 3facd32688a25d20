//! Reading a checkpoint: the whole of it is checked before the first row is handed out.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::bytes::{Bytes, index};
use super::super::fault::{Fault, shown};
use super::super::files::{Files, Handle};
use super::super::header::{self, Header, StoreId};
use super::super::journal::Head;
use super::{FOOTER_LEN, FOOTER_MARK, MAGIC, ROW_LIMIT};

/// Bytes read at once.
const CHUNK: u64 = 256 << 10;

/// A checkpoint that has been found whole.
pub struct Checkpoint {
    path: PathBuf,
    handle: Box<dyn Handle>,
    head: Head,
    count: u64,
    /// Where the rows end and the footer begins.
    end: u64,
}

impl Checkpoint {
    /// Opens and checks the checkpoint at `path`.
    pub(super) fn open(files: &dyn Files, path: &Path, store: StoreId) -> Result<Self, Fault> {
        let bad = || Fault::damaged("checkpoint", shown(path));
        let io = |error| Fault::io("read", path, error);
        let handle = files.open_to_read(path).map_err(io)?;
        let size = handle.size().map_err(io)?;
        let end = size.checked_sub(FOOTER_LEN as u64).ok_or_else(bad)?;
        if end < header::LEN as u64 {
            return Err(bad());
        }
        let mut head = [0; header::LEN];
        handle.read_at(0, &mut head).map_err(io)?;
        let header = Header::parse(&head, MAGIC).ok_or_else(bad)?;
        if header.format > header::FORMAT {
            return Err(Fault::Newer {
                found: header.format.into(),
                known: header::FORMAT.into(),
            });
        }
        if header.store != store {
            return Err(Fault::Foreign {
                path: path.to_owned(),
            });
        }
        let mut footer = [0; FOOTER_LEN];
        handle.read_at(end, &mut footer).map_err(io)?;
        let mut rest = Bytes(&footer);
        let (mark, count) = (rest.u32(), rest.u64().ok_or_else(bad)?);
        let sum = sum(&*handle, size - 32).map_err(io)?;
        if mark != Some(FOOTER_MARK) || rest.array() != Some(sum) {
            return Err(bad());
        }
        let head = Head {
            seq: header.seq,
            hash: header.hash,
        };
        Ok(Self {
            path: path.to_owned(),
            handle,
            head,
            count,
            end,
        })
    }

    /// The frame whose state this is.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The file it was read from, still open: it can be copied even when it is removed meanwhile.
    pub(in crate::store) fn file(&self) -> (&Path, &dyn Handle) {
        (&self.path, &*self.handle)
    }

    /// How many rows there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The rows, in the order they were written. An error ends them.
    pub fn rows(&self) -> Rows<'_> {
        Rows {
            from: self,
            offset: header::LEN as u64,
            buffer: Vec::new(),
            at: 0,
            done: false,
        }
    }
}

/// SHA-256 of the first `len` bytes.
fn sum(handle: &dyn Handle, len: u64) -> std::io::Result<[u8; 32]> {
    let mut sha = Sha256::new();
    let mut offset = 0;
    let mut buffer = Vec::new();
    while offset < len {
        buffer.resize(index((len - offset).min(CHUNK)), 0);
        handle.read_at(offset, &mut buffer)?;
        sha.update(&buffer);
        offset += buffer.len() as u64;
    }
    Ok(sha.finalize().into())
}

/// The rows of a checkpoint; see [`Checkpoint::rows`].
pub struct Rows<'a> {
    from: &'a Checkpoint,
    /// Where the file is to be read on.
    offset: u64,
    buffer: Vec<u8>,
    /// How much of the buffer has been handed out.
    at: usize,
    done: bool,
}

impl Rows<'_> {
    fn row(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        if self.at == self.buffer.len() && self.offset == self.from.end {
            return Ok(None);
        }
        let bad = || Fault::damaged("checkpoint", shown(&self.from.path));
        let mut head = Bytes(self.take(8)?);
        let (len, crc) = (head.u32().ok_or_else(bad)?, head.u32().ok_or_else(bad)?);
        let len = index(len.into());
        if len > ROW_LIMIT {
            return Err(bad());
        }
        let row = self.take(len)?.to_vec();
        if crc32fast::hash(&row) == crc {
            Ok(Some(row))
        } else {
            Err(bad())
        }
    }

    /// The next `count` bytes, read on as far as needed.
    fn take(&mut self, count: usize) -> Result<&[u8], Fault> {
        if self.buffer.len() - self.at < count {
            self.buffer.drain(..self.at);
            self.at = 0;
            let more = (self.from.end - self.offset).min(CHUNK.max(count as u64));
            let have = self.buffer.len();
            self.buffer.resize(have + index(more), 0);
            let space = self.buffer.get_mut(have..).unwrap_or_default();
            let read = self.from.handle.read_at(self.offset, space);
            read.map_err(|error| Fault::io("read", &self.from.path, error))?;
            self.offset += more;
        }
        let bad = || Fault::damaged("checkpoint", shown(&self.from.path));
        let at = self.at;
        self.at += count;
        self.buffer.get(at..at + count).ok_or_else(bad)
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<u8>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let row = self.row();
        self.done = !matches!(row, Ok(Some(_)));
        row.transpose()
    }
}
