//! Whether a copy would make the store again: its journal is one chain from the first frame to
//! exactly the head it names, and every part is of the same store.

use std::path::Path;

use super::super::fault::Fault;
use super::super::home::format::{self, Format};
use super::super::journal::{Chain, SEGMENT_LIMIT, Segment};
use super::super::vault;
use super::{Archive, Contents, damaged};

impl Archive {
    /// Reads the copy and says what it holds.
    ///
    /// [`Fault::Damaged`] when a store cannot be made from it again.
    pub fn check(&self) -> Result<Contents, Fault> {
        let format = Format::parse(&self.text(format::NAME)?, Path::new(format::NAME))?;
        if format.id != self.store {
            return Err(damaged(&self.path, format::NAME));
        }
        let keys = self
            .entry("keys")
            .ok_or_else(|| damaged(&self.path, "keys"))?;
        vault::check_copy(&self.read(keys, u64::MAX)?, self.store)
            .map_err(|_| damaged(&self.path, "keys"))?;
        let frames = self.check_journal()?;
        Ok(Contents {
            head: self.head,
            frames,
            bytes: self.size,
            about: self.about()?,
        })
    }

    /// How many frames the journal in it has.
    fn check_journal(&self) -> Result<u64, Fault> {
        let mut segments = Vec::new();
        for entry in self.entries() {
            if let Some(name) = entry.name.strip_prefix("journal/") {
                segments.extend(Segment::named(Path::new(""), name).map(|it| (it, entry)));
            }
        }
        segments.sort_by_key(|(segment, _)| segment.first);
        let firsts: Vec<u64> = segments.iter().map(|(segment, _)| segment.first).collect();
        let ends = firsts.into_iter().skip(1).chain([u64::MAX]);
        let mut chain = Chain::new(self.store, u64::MAX - 1);
        for ((segment, entry), behind) in segments.iter().zip(ends) {
            let bytes = self.read(entry, SEGMENT_LIMIT)?;
            // The last segment ends with the head, wherever it was cut.
            let behind = behind.min(self.head.seq.saturating_add(1));
            chain.segment(segment, &bytes, behind, &mut |_| ());
        }
        let report = chain.report;
        match report.bad.first() {
            Some(bad) => Err(damaged(
                &self.path,
                &format!("{} @{} #{} {}", bad.segment, bad.offset, bad.seq, bad.what),
            )),
            None if report.head != self.head => Err(damaged(&self.path, "head")),
            None => Ok(report.frames),
        }
    }
}
