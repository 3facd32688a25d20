//! Reading a file of the index.

use std::path::Path;
use std::sync::OnceLock;

use super::super::postings::{self, INLINE, Row};
use super::super::varint;
use super::{FOOTER, MAGIC};
use crate::store::Fault;
use crate::store::files::{Files, Handle};

/// Of a long list so many bytes are read at first, which is enough for what is newest; whoever comes
/// for more gets so many, which is all of most lists.
const AHEAD: u64 = 4 << 10;
const MORE: u64 = 256 << 10;

/// A file of the index, opened.
pub(in crate::search) struct Segment {
    handle: Box<dyn Handle>,
    number: u64,
    size: u64,
    records: u64,
    newest: Vec<(u8, u64)>,
    pub(super) blocks: Vec<Block>,
}

/// A block of the dictionary.
pub(super) struct Block {
    /// The sum of its first token.
    pub first: u64,
    /// Where its tokens' lists begin.
    pub from: u64,
    /// Where it stands.
    pub at: u64,
    /// Its bytes, without the checksum in front of it.
    pub len: u64,
    /// What stands in it, once it was read: a word is looked for in the same blocks again and again,
    /// and all blocks together are small beside the lists.
    bytes: OnceLock<Box<[u8]>>,
}

/// Where the records of a token stand.
#[derive(Debug, Clone)]
pub(in crate::search) struct List {
    /// How many there are.
    pub count: u64,
    place: Place,
}

#[derive(Debug, Clone)]
enum Place {
    Here(Vec<u8>),
    At { offset: u64, len: u64 },
}

/// A long list, of which a part was read.
pub(in crate::search) struct Long {
    pub rows: Vec<Row>,
    /// Where the blocks begin in the file.
    start: u64,
    /// What was read last, and where it stands after `start`.
    read: Vec<u8>,
    read_at: u64,
}

impl Segment {
    /// Opens the file of a number.
    ///
    /// # Errors
    /// `damaged` when it is not such a file, or its table does not add up.
    pub fn open(files: &dyn Files, path: &Path, number: u64) -> Result<Self, Fault> {
        let handle = files
            .open_to_read(path)
            .map_err(|error| Fault::io("open", path, error))?;
        let size = handle
            .size()
            .map_err(|error| Fault::io("read", path, error))?;
        let mut segment = Self {
            handle,
            number,
            size,
            records: 0,
            newest: Vec::new(),
            blocks: Vec::new(),
        };
        let magic = segment.bytes(0, MAGIC.len() as u64)?;
        let footer_at = size.saturating_sub(FOOTER as u64);
        let footer = segment.bytes(footer_at, FOOTER as u64)?;
        let end = (|| {
            let (at, rest) = footer.split_first_chunk::<8>()?;
            let (len, rest) = rest.split_first_chunk::<8>()?;
            let (sum, _) = rest.split_first_chunk::<4>()?;
            let at = u64::from_le_bytes(*at);
            let len = u64::from_le_bytes(*len);
            (at.checked_add(len)? == footer_at).then_some((at, len, u32::from_le_bytes(*sum)))
        })();
        let (Some((at, len, sum)), true) = (end, magic == MAGIC) else {
            return Err(segment.damaged(0));
        };
        let table = segment.summed(at, len, sum)?;
        if segment.read_table(&table).is_none() {
            return Err(segment.damaged(at));
        }
        Ok(segment)
    }

    fn read_table(&mut self, mut bytes: &[u8]) -> Option<()> {
        let bytes = &mut bytes;
        self.records = varint::take(bytes)?;
        for _ in 0..varint::take(bytes)? {
            let (list, rest) = bytes.split_first()?;
            *bytes = rest;
            self.newest.push((*list, varint::take(bytes)?));
        }
        for _ in 0..varint::take(bytes)? {
            self.blocks.push(Block {
                first: varint::take(bytes)?,
                from: varint::take(bytes)?,
                at: varint::take(bytes)?,
                len: varint::take(bytes)?,
                bytes: OnceLock::new(),
            });
        }
        bytes.is_empty().then_some(())
    }

    /// The number of the file.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Its bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// How often a record was added into it.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// The newest record of each list.
    pub fn newests(&self) -> &[(u8, u64)] {
        &self.newest
    }

    /// The newest record of a list.
    pub fn newest(&self, list: u8) -> Option<u64> {
        let found = self.newest.iter().find(|(known, _)| *known == list);
        found.map(|(_, id)| *id)
    }

    /// Where the records of a token stand; `None` when no record has it.
    pub fn list(&self, sum: u64) -> Result<Option<List>, Fault> {
        let after = self.blocks.partition_point(|block| block.first <= sum);
        let Some(block) = after.checked_sub(1).and_then(|at| self.blocks.get(at)) else {
            return Ok(None);
        };
        let mut rest = self.dictionary(block)?;
        let mut here = block.first;
        while !rest.is_empty() && here <= sum {
            let entry = entry(&mut rest, &mut here).ok_or_else(|| self.damaged(block.at))?;
            if here == sum {
                return Ok(Some(entry.list()));
            }
        }
        Ok(None)
    }

    fn dictionary<'a>(&self, block: &'a Block) -> Result<&'a [u8], Fault> {
        if let Some(bytes) = block.bytes.get() {
            return Ok(bytes);
        }
        let bytes = self.with_sum(block.at, block.len)?;
        Ok(block.bytes.get_or_init(|| bytes.into()))
    }

    /// The records of a list of one block, the newest first.
    pub fn short(&self, list: &List) -> Result<Vec<u64>, Fault> {
        let mut ids = Vec::new();
        let (whole, at) = match &list.place {
            Place::Here(bytes) => (postings::decode(bytes, &mut ids), 0),
            Place::At { offset, len } => {
                let bytes = self.with_sum(*offset, *len)?;
                (postings::decode(&bytes, &mut ids), *offset)
            }
        };
        if whole.is_none() || ids.len() as u64 != list.count {
            return Err(self.damaged(at));
        }
        Ok(ids)
    }

    /// The table of a list of several blocks.
    pub fn long(&self, list: &List) -> Result<Long, Fault> {
        let Place::At { offset, .. } = &list.place else {
            return Err(self.damaged(0));
        };
        let table = postings::table_bytes(list.count);
        let bytes = self.with_sum(*offset, table)?;
        let rows = postings::table(&bytes).ok_or_else(|| self.damaged(*offset))?;
        Ok(Long {
            rows,
            start: offset.saturating_add(4).saturating_add(table),
            read: Vec::new(),
            read_at: 0,
        })
    }

    /// A block of a long list, the newest first, in the place of what was in `ids`.
    pub fn long_block(
        &self,
        long: &mut Long,
        block: usize,
        ids: &mut Vec<u64>,
    ) -> Result<(), Fault> {
        let before = block.checked_sub(1).and_then(|at| long.rows.get(at));
        let from = before.map_or(0, |row| u64::from(row.end));
        let (Some(row), Some(last)) = (long.rows.get(block), long.rows.last()) else {
            return Err(self.damaged(long.start));
        };
        let to = u64::from(row.end);
        let read_end = long.read_at.saturating_add(long.read.len() as u64);
        if from < long.read_at || to > read_end {
            let most = u64::from(last.end).saturating_sub(from);
            let ahead = if long.read.is_empty() { AHEAD } else { MORE };
            let len = ahead.max(to.saturating_sub(from)).min(most);
            long.read = self.bytes(long.start.saturating_add(from), len)?;
            long.read_at = from;
        }
        let start = varint::index(from.saturating_sub(long.read_at));
        let end = varint::index(to.saturating_sub(long.read_at));
        let bytes = long.read.get(start..end).unwrap_or_default();
        ids.clear();
        let whole = crc32fast::hash(bytes) == row.sum;
        if !whole || postings::decode(bytes, ids).is_none() {
            return Err(self.damaged(long.start.saturating_add(from)));
        }
        Ok(())
    }

    /// Bytes with their checksum in front of them.
    fn with_sum(&self, offset: u64, len: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = self.bytes(offset, len.saturating_add(4))?;
        let rest = bytes.split_off(4.min(bytes.len()));
        let sum = bytes.first_chunk().copied().map(u32::from_le_bytes);
        if sum == Some(crc32fast::hash(&rest)) {
            Ok(rest)
        } else {
            Err(self.damaged(offset))
        }
    }

    fn summed(&self, offset: u64, len: u64, sum: u32) -> Result<Vec<u8>, Fault> {
        let bytes = self.bytes(offset, len)?;
        if crc32fast::hash(&bytes) == sum {
            Ok(bytes)
        } else {
            Err(self.damaged(offset))
        }
    }

    pub(super) fn bytes(&self, offset: u64, len: u64) -> Result<Vec<u8>, Fault> {
        if offset.saturating_add(len) > self.size {
            return Err(self.damaged(offset));
        }
        let mut bytes = vec![0; varint::index(len)];
        match self.handle.read_at(offset, &mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Fault::io(
                "read",
                Path::new(&super::file_name(self.number)),
                error,
            )),
        }
    }

    pub(super) fn damaged(&self, offset: u64) -> Fault {
        Fault::Damaged {
            what: "search",
            place: format!("{} @{offset}", super::file_name(self.number)),
        }
    }
}

/// What the dictionary says of a token.
pub(super) struct Entry<'a> {
    pub count: u64,
    pub place: Standing<'a>,
}

/// Where a token's records stand.
pub(super) enum Standing<'a> {
    Here(&'a [u8]),
    At { offset: u64, len: u64 },
}

impl Entry<'_> {
    fn list(&self) -> List {
        let place = match self.place {
            Standing::Here(bytes) => Place::Here(bytes.to_vec()),
            Standing::At { offset, len } => Place::At { offset, len },
        };
        List {
            count: self.count,
            place,
        }
    }
}

/// The next token of a block of the dictionary; `sum` is the one before, or the block's first, and
/// becomes this one's.
pub(super) fn entry<'a>(bytes: &mut &'a [u8], sum: &mut u64) -> Option<Entry<'a>> {
    *sum = sum.checked_add(varint::take(bytes)?)?;
    let count = varint::take(bytes)?;
    let len = varint::take(bytes)?;
    let place = if len <= INLINE as u64 {
        let (list, rest) = bytes.split_at_checked(varint::index(len))?;
        *bytes = rest;
        Standing::Here(list)
    } else {
        let offset = varint::take(bytes)?;
        Standing::At { offset, len }
    };
    Some(Entry { count, place })
}
