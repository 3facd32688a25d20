//! A place in a list of several blocks in a file.

use super::super::segment::{Long, Segment, Window};
use crate::store::Fault;

/// A list of several blocks, read block by block.
pub(in crate::search) struct LongList<'a> {
    segment: &'a Segment,
    long: Long,
    window: Window<'a>,
    /// The block under the hands.
    block: Option<usize>,
    ids: Vec<u64>,
    at: usize,
}

impl<'a> LongList<'a> {
    pub(super) fn new(segment: &'a Segment, long: &Long) -> Self {
        Self {
            segment,
            long: long.clone(),
            window: Window::default(),
            block: None,
            ids: Vec::new(),
            at: 0,
        }
    }

    /// The newest record that is not newer than `most`.
    pub(super) fn seek(&mut self, most: u64) -> Result<Option<u64>, Fault> {
        let rows = &self.long.rows;
        // The block that begins at or above what is sought and is the last that does; its own
        // records may all be above, then it is the first of the next.
        let here = self.block.unwrap_or(0);
        let later = rows.get(here + 1..).unwrap_or_default();
        let block = if later.first().is_none_or(|row| row.first <= most) {
            here
        } else {
            here + later.partition_point(|row| row.first > most)
        };
        self.load(block)?;
        let rest = self.ids.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|id| *id > most);
        if let Some(id) = self.ids.get(self.at) {
            return Ok(Some(*id));
        }
        if block + 1 >= self.long.rows.len() {
            return Ok(None);
        }
        self.load(block + 1)?;
        Ok(self.ids.first().copied())
    }

    fn load(&mut self, block: usize) -> Result<(), Fault> {
        if self.block != Some(block) {
            self.segment
                .long_block(&self.long, &mut self.window, block, &mut self.ids)?;
            self.block = Some(block);
            self.at = 0;
        }
        Ok(())
    }
}
