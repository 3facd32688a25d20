//! A walk over all tokens of a file, for a merge and for a check.

use super::super::{postings, varint};
use super::read::{Segment, Standing, entry};
use crate::store::Fault;

/// How far the walk is.
#[derive(Default)]
pub(in crate::search) struct Walk {
    block: usize,
    /// The lists of the block's tokens and the block, as they stand in the file.
    bytes: Vec<u8>,
    /// Where they stand.
    from: u64,
    /// The rest of the block, within `bytes`.
    at: usize,
    sum: u64,
}

impl Walk {
    /// The next token's sum, with its records, the newest first, in the place of what was in `ids`.
    pub fn next(&mut self, segment: &Segment, ids: &mut Vec<u64>) -> Result<Option<u64>, Fault> {
        while self.at >= self.bytes.len() {
            if !self.load(segment)? {
                return Ok(None);
            }
        }
        let mut rest = self.bytes.get(self.at..).unwrap_or_default();
        let entry = entry(&mut rest, &mut self.sum).ok_or_else(|| segment.damaged(self.from))?;
        ids.clear();
        let whole = match entry.place {
            Standing::Here(bytes) => postings::decode(bytes, ids),
            Standing::At { offset, len } => self.listed(offset, len, entry.count, ids),
        };
        let count = entry.count;
        self.at = self.bytes.len().saturating_sub(rest.len());
        if whole.is_none() || ids.len() as u64 != count {
            return Err(segment.damaged(self.from));
        }
        Ok(Some(self.sum))
    }

    fn load(&mut self, segment: &Segment) -> Result<bool, Fault> {
        let Some(block) = segment.blocks.get(self.block) else {
            return Ok(false);
        };
        self.from = segment.begins(self.block);
        self.sum = segment.base(self.block);
        self.block += 1;
        self.at = 0;
        self.bytes.clear();
        if block.len == 0 {
            return Ok(true);
        }
        let lists = block.at.saturating_sub(self.from);
        let end = lists.saturating_add(4).saturating_add(block.len.into());
        self.bytes = segment.on_disk(self.from, end)?;
        let dictionary = self.bytes.get(varint::index(lists)..).unwrap_or_default();
        let whole = dictionary
            .split_first_chunk::<4>()
            .is_some_and(|(checksum, rest)| u32::from_le_bytes(*checksum) == crc32fast::hash(rest));
        if !whole {
            return Err(segment.damaged(block.at));
        }
        self.at = varint::index(lists.saturating_add(4));
        Ok(true)
    }

    /// A list that stands before the block.
    fn listed(&self, offset: u64, len: u64, count: u64, ids: &mut Vec<u64>) -> Option<()> {
        let start = varint::index(offset.checked_sub(self.from)?);
        let (checksum, rest) = self.bytes.get(start..)?.split_first_chunk::<4>()?;
        let list = rest.get(..varint::index(len))?;
        let (table, blocks) = list.split_at_checked(varint::index(postings::table_bytes(count)))?;
        let summed = if table.is_empty() { blocks } else { table };
        if crc32fast::hash(summed) != u32::from_le_bytes(*checksum) {
            return None;
        }
        if table.is_empty() {
            return postings::decode(blocks, ids);
        }
        let mut start = 0;
        for row in postings::table(table)? {
            let end = varint::index(u64::from(row.end));
            let block = blocks.get(start..end)?;
            if crc32fast::hash(block) != row.sum {
                return None;
            }
            postings::decode(block, ids)?;
            start = end;
        }
        Some(())
    }
}
