//! Which files of the folder count. Replaced whole, so that after an interruption the old or the
//! new ones count.

use std::path::Path;

use super::varint;
use crate::store::Fault;
use crate::store::files::{Files, read_whole, replace};

/// The name of the file.
pub(super) const NAME: &str = "manifest";
const MAGIC: &[u8; 8] = b"fdsearch";
/// Thousands of files are never there at once.
const LIMIT: u64 = 1 << 20;

/// Which files count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The version of the tokens, for whoever makes them.
    pub version: u32,
    /// Up to which frame of the journal the files are complete.
    pub covered: u64,
    /// Their numbers.
    pub segments: Vec<u64>,
}

impl Manifest {
    /// What is written in the folder; `None` when there is nothing or it does not add up.
    pub fn read(files: &dyn Files, dir: &Path) -> Result<Option<Self>, Fault> {
        let path = dir.join(NAME);
        let there = files
            .size(&path)
            .map_err(|error| Fault::io("read", &path, error))?;
        if there.is_none() {
            return Ok(None);
        }
        Ok(Self::parse(&read_whole(files, &path, LIMIT)?))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (sum, rest) = bytes.split_first_chunk::<4>()?;
        if u32::from_le_bytes(*sum) != crc32fast::hash(rest) {
            return None;
        }
        let mut rest = rest.strip_prefix(MAGIC)?;
        let rest = &mut rest;
        let version = u32::try_from(varint::take(rest)?).ok()?;
        let covered = varint::take(rest)?;
        let count = varint::take(rest)?;
        let segments: Option<Vec<u64>> = (0..count).map(|_| varint::take(rest)).collect();
        Some(Self {
            version,
            covered,
            segments: segments?,
        })
    }

    /// Puts it in the place of the one that is there, durably.
    pub fn write(&self, files: &dyn Files, dir: &Path) -> Result<(), Fault> {
        let mut bytes = MAGIC.to_vec();
        varint::put(&mut bytes, u64::from(self.version));
        varint::put(&mut bytes, self.covered);
        varint::put(&mut bytes, self.segments.len() as u64);
        for segment in &self.segments {
            varint::put(&mut bytes, *segment);
        }
        let mut whole = crc32fast::hash(&bytes).to_le_bytes().to_vec();
        whole.append(&mut bytes);
        replace(files, &dir.join(NAME), &whole)
    }
}
