//! Reading a copy: where its entries lie, and that every byte is what was written.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::super::bytes::{Bytes, index};
use super::super::fault::Fault;
use super::super::files::{Files, Handle};
use super::super::header::{self, Header, StoreId};
use super::super::home::format;
use super::super::journal::{Head, Segment};
use super::{ABOUT, CHUNK, END, ENTRY, MAGIC, SITE_FILES, SMALL, damaged};

/// The fixed part of an entry behind its mark.
const ENTRY_HEAD: u64 = 2 + 8;
/// The length of the end.
const END_LEN: u64 = 1 + 4 + 32;
const SUM: u64 = 32;
/// No name is longer than this.
const NAME_LIMIT: u64 = 64;

/// A copy whose bytes were found to be what was written.
pub struct Archive {
    pub(super) path: PathBuf,
    handle: Box<dyn Handle>,
    pub(super) store: StoreId,
    pub(super) head: Head,
    pub(super) size: u64,
    entries: Vec<Entry>,
}

/// One file in a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path in the data folder.
    pub name: String,
    /// Its length in bytes.
    pub len: u64,
    at: u64,
}

impl Archive {
    /// Opens the copy at `path` and holds all of its bytes against their sums.
    ///
    /// [`Fault::Foreign`] when it is something else, [`Fault::Newer`] when a newer program wrote
    /// it, [`Fault::Damaged`] when its bytes are not what was written.
    pub fn open(files: &dyn Files, path: &Path) -> Result<Self, Fault> {
        let io = |error| Fault::io("read", path, error);
        let handle = files.open_to_read(path).map_err(io)?;
        let size = handle.size().map_err(io)?;
        let mut head = vec![0; index(size.min(header::LEN as u64))];
        handle.read_at(0, &mut head).map_err(io)?;
        if !head.starts_with(&MAGIC) {
            return Err(Fault::Foreign {
                path: path.to_owned(),
            });
        }
        let header = Header::parse(&head, MAGIC).ok_or_else(|| damaged(path, "@0"))?;
        if header.format > header::FORMAT {
            return Err(Fault::Newer {
                found: header.format.into(),
                known: header::FORMAT.into(),
            });
        }
        let mut archive = Self {
            path: path.to_owned(),
            handle,
            store: header.store,
            head: Head {
                seq: header.seq,
                hash: header.hash,
            },
            size,
            entries: Vec::new(),
        };
        archive.check_whole()?;
        archive.list()?;
        Ok(archive)
    }

    /// The files in it, in the order in which they were written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The file of that name.
    pub(super) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The whole of a file that is short enough to be read at once.
    pub(super) fn read(&self, entry: &Entry, limit: u64) -> Result<Vec<u8>, Fault> {
        if entry.len > limit {
            return Err(damaged(&self.path, &entry.name));
        }
        let mut bytes = Vec::with_capacity(index(entry.len));
        self.copy(entry, &mut |chunk| {
            bytes.extend_from_slice(chunk);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// A short text; empty when there is none of that name.
    pub(super) fn text(&self, name: &str) -> Result<String, Fault> {
        let bytes = self.entry(name).map(|entry| self.read(entry, SMALL));
        let bytes = bytes.transpose()?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// What was said of the copy when it was made.
    pub(super) fn about(&self) -> Result<Vec<(String, String)>, Fault> {
        let pair = |line: &str| {
            let (name, value) = line.split_once(' ')?;
            Some((name.to_owned(), value.to_owned()))
        };
        Ok(self.text(ABOUT)?.lines().filter_map(pair).collect())
    }

    /// Hands a file's bytes to `take`, piece by piece, and holds them against their sum.
    pub(in crate::store) fn copy(
        &self,
        entry: &Entry,
        take: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        let sum = self.sum(entry.at, entry.at + entry.len, take)?;
        let mut kept = [0; 32];
        self.read_at(entry.at + entry.len, &mut kept)?;
        if kept == sum {
            Ok(())
        } else {
            Err(damaged(&self.path, &entry.name))
        }
    }

    /// Holds the whole file against the sum at its end.
    fn check_whole(&self) -> Result<(), Fault> {
        let short = || damaged(&self.path, "end");
        let end = self.size.checked_sub(SUM).ok_or_else(short)?;
        let mut kept = [0; 32];
        self.read_at(end, &mut kept)?;
        if self.sum(0, end, &mut |_| Ok(()))? == kept {
            Ok(())
        } else {
            Err(damaged(&self.path, "sum"))
        }
    }

    /// Finds the entries; nothing but what a store has is one.
    fn list(&mut self) -> Result<(), Fault> {
        let mut at = header::LEN as u64;
        loop {
            let bad = || damaged(&self.path, &format!("@{at}"));
            let mut mark = [0];
            self.read_at(at, &mut mark)?;
            if mark == [END] {
                let mut count = [0; 4];
                self.read_at(at + 1, &mut count)?;
                let right = at + END_LEN == self.size
                    && u64::from(u32::from_le_bytes(count)) == self.entries.len() as u64;
                return if right { Ok(()) } else { Err(bad()) };
            }
            let mut head = [0; 10];
            self.read_at(at + 1, &mut head)?;
            let mut rest = Bytes(&head);
            let name_len = rest.u16().map(u64::from).filter(|len| *len <= NAME_LIMIT);
            let (name_len, len) = (
                name_len.ok_or_else(bad)?,
                rest.u64().filter(|len| *len < self.size).ok_or_else(bad)?,
            );
            let mut name = vec![0; index(name_len)];
            let name_at = at + 1 + ENTRY_HEAD;
            self.read_at(name_at, &mut name)?;
            let name = String::from_utf8(name).map_err(|_| bad())?;
            let data = name_at + name_len;
            if mark != [ENTRY] || !is_known(&name) || self.entry(&name).is_some() {
                return Err(bad());
            }
            at = data + len + SUM;
            self.entries.push(Entry {
                name,
                len,
                at: data,
            });
        }
    }

    /// SHA-256 of the bytes from `from` to `to`, each piece shown to `take`.
    fn sum(
        &self,
        from: u64,
        to: u64,
        take: &mut dyn FnMut(&[u8]) -> Result<(), Fault>,
    ) -> Result<[u8; 32], Fault> {
        let mut sum = Sha256::new();
        let mut offset = from;
        let mut chunk = Vec::new();
        while offset < to {
            chunk.resize(index((to - offset).min(CHUNK)), 0);
            self.read_at(offset, &mut chunk)?;
            sum.update(&chunk);
            take(&chunk)?;
            offset += chunk.len() as u64;
        }
        Ok(sum.finalize().into())
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> Result<(), Fault> {
        self.handle.read_at(at, buffer).map_err(|error| {
            if error.kind() == std::io::ErrorKind::UnexpectedEof {
                damaged(&self.path, "end")
            } else {
                Fault::io("read", &self.path, error)
            }
        })
    }
}

/// Whether a copy may hold a file of this name: what is restored is written under it.
fn is_known(name: &str) -> bool {
    match name.split_once('/') {
        None => [ABOUT, format::NAME, "keys"].contains(&name) || SITE_FILES.contains(&name),
        Some(("journal", name)) => Segment::named(Path::new(""), name).is_some(),
        Some(("checkpoint", name)) => name.strip_suffix(".ckpt").is_some_and(|digits| {
            digits.len() == 12 && digits.bytes().all(|digit| digit.is_ascii_digit())
        }),
        Some(_) => false,
    }
}
