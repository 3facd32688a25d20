//! Reading a file of the index.

use std::borrow::Cow;
use std::path::Path;
use std::rc::Rc;

use super::super::postings::{self, INLINE, Row};
use super::super::varint;
use super::{FOOTER, MAGIC, ROW, base_of, block_of, marks};
use crate::store::Fault;
use crate::store::files::{Files, Handle};

/// Of a long list so many bytes are read at first, which is enough for what is newest; whoever comes
/// for more gets so many, which is all of most lists.
const AHEAD: u64 = 4 << 10;
const MORE: u64 = 256 << 10;
/// A file of at most so many bytes is held in memory: those that are merged next, and all of a small
/// site's.
const HELD: u64 = 8 << 20;

/// A file of the index, opened.
pub(in crate::search) struct Segment {
    handle: Box<dyn Handle>,
    /// All of it, where it is small.
    held: Option<Box<[u8]>>,
    number: u64,
    size: u64,
    records: u64,
    tokens: u64,
    newest: Vec<(u8, u64)>,
    /// So many of a sum's first bits say in which block it stands.
    bits: u32,
    pub(super) blocks: Vec<Block>,
}

/// A block of the dictionary.
pub(super) struct Block {
    /// What its tokens have of [`marks`].
    filter: u128,
    /// Where it stands, behind its tokens' lists.
    pub at: u64,
    /// Its bytes, without the checksum in front of it; nothing of it is there without a token.
    pub len: u32,
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

/// A list of several blocks: its table.
#[derive(Clone)]
pub(in crate::search) struct Long {
    pub rows: Rc<[Row]>,
    /// Where the blocks begin in the file.
    start: u64,
}

/// What was read last of a long list, and where it stands behind its table.
#[derive(Default)]
pub(in crate::search) struct Window<'a> {
    bytes: Cow<'a, [u8]>,
    at: u64,
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
            held: None,
            number,
            size,
            records: 0,
            tokens: 0,
            newest: Vec::new(),
            bits: 0,
            blocks: Vec::new(),
        };
        if size <= HELD {
            segment.held = Some(segment.on_disk(0, size)?.into());
        }
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
        let (Some((at, len, sum)), true) = (end, *magic == *MAGIC) else {
            return Err(segment.damaged(0));
        };
        let table = segment.summed(at, len, sum)?.into_owned();
        if segment.read_table(&table).is_none() {
            return Err(segment.damaged(at));
        }
        Ok(segment)
    }

    fn read_table(&mut self, mut bytes: &[u8]) -> Option<()> {
        let bytes = &mut bytes;
        self.records = varint::take(bytes)?;
        self.tokens = varint::take(bytes)?;
        for _ in 0..varint::take(bytes)? {
            let (list, rest) = bytes.split_first()?;
            *bytes = rest;
            self.newest.push((*list, varint::take(bytes)?));
        }
        self.bits = u32::try_from(varint::take(bytes)?).ok()?;
        let rows = bytes.chunks_exact(ROW);
        let whole = rows.remainder().is_empty() && 1_usize.checked_shl(self.bits)? == rows.len();
        let blocks: Option<Vec<Block>> = rows.map(Block::of).collect();
        self.blocks = blocks.filter(|_| whole)?;
        Some(())
    }

    /// The number of the file.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// How often a record was added into it.
    pub fn records(&self) -> u64 {
        self.records
    }

    /// How many tokens it has.
    pub fn tokens(&self) -> u64 {
        self.tokens
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

    /// The block in which a token would stand, if it may stand there.
    fn block(&self, sum: u64) -> Option<(usize, &Block)> {
        let place = varint::index(block_of(sum, self.bits));
        let block = self.blocks.get(place)?;
        (block.filter & marks(sum) == marks(sum)).then_some((place, block))
    }

    /// Whether a record may have a token: mostly only where one has.
    pub fn may_have(&self, sum: u64) -> bool {
        self.block(sum).is_some()
    }

    /// Where the records of a token stand; `None` when no record has it.
    pub fn list(&self, sum: u64) -> Result<Option<List>, Fault> {
        let Some((place, block)) = self.block(sum) else {
            return Ok(None);
        };
        let bytes = self.with_sum(block.at, block.len.into())?;
        let mut rest = &*bytes;
        let mut here = self.base(place);
        while !rest.is_empty() && here <= sum {
            let entry = entry(&mut rest, &mut here).ok_or_else(|| self.damaged(block.at))?;
            if here == sum {
                return Ok(Some(entry.list()));
            }
        }
        Ok(None)
    }

    /// The least sum that may stand in a block.
    pub(super) fn base(&self, block: usize) -> u64 {
        base_of(block as u64, self.bits)
    }

    /// Where the lists of a block's tokens begin: where the block before ends.
    pub(super) fn begins(&self, block: usize) -> u64 {
        let before = block.checked_sub(1).and_then(|at| self.blocks.get(at));
        before.map_or(MAGIC.len() as u64, Block::end)
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
            rows: rows.into(),
            start: offset.saturating_add(4).saturating_add(table),
        })
    }

    /// A block of a long list, the newest first, in the place of what was in `ids`.
    pub fn long_block<'a>(
        &'a self,
        long: &Long,
        window: &mut Window<'a>,
        block: usize,
        ids: &mut Vec<u64>,
    ) -> Result<(), Fault> {
        let before = block.checked_sub(1).and_then(|at| long.rows.get(at));
        let from = before.map_or(0, |row| u64::from(row.end));
        let (Some(row), Some(last)) = (long.rows.get(block), long.rows.last()) else {
            return Err(self.damaged(long.start));
        };
        let to = u64::from(row.end);
        let read_end = window.at.saturating_add(window.bytes.len() as u64);
        if from < window.at || to > read_end {
            let most = u64::from(last.end).saturating_sub(from);
            let ahead = if window.bytes.is_empty() { AHEAD } else { MORE };
            let len = ahead.max(to.saturating_sub(from)).min(most);
            window.bytes = self.bytes(long.start.saturating_add(from), len)?;
            window.at = from;
        }
        let start = varint::index(from.saturating_sub(window.at));
        let end = varint::index(to.saturating_sub(window.at));
        let bytes = window.bytes.get(start..end).unwrap_or_default();
        ids.clear();
        let whole = crc32fast::hash(bytes) == row.sum;
        if !whole || postings::decode(bytes, ids).is_none() {
            return Err(self.damaged(long.start.saturating_add(from)));
        }
        Ok(())
    }

    /// Bytes with their checksum in front of them.
    fn with_sum(&self, offset: u64, len: u64) -> Result<Cow<'_, [u8]>, Fault> {
        let mut bytes = self.bytes(offset, len.saturating_add(4))?;
        let sum = bytes.first_chunk().copied().map_or(0, u32::from_le_bytes);
        match &mut bytes {
            Cow::Borrowed(bytes) => *bytes = bytes.get(4..).unwrap_or_default(),
            Cow::Owned(bytes) => drop(bytes.drain(..4.min(bytes.len()))),
        }
        if crc32fast::hash(&bytes) == sum {
            Ok(bytes)
        } else {
            Err(self.damaged(offset))
        }
    }

    fn summed(&self, offset: u64, len: u64, sum: u32) -> Result<Cow<'_, [u8]>, Fault> {
        let bytes = self.bytes(offset, len)?;
        if crc32fast::hash(&bytes) == sum {
            Ok(bytes)
        } else {
            Err(self.damaged(offset))
        }
    }

    fn bytes(&self, offset: u64, len: u64) -> Result<Cow<'_, [u8]>, Fault> {
        let Some(held) = &self.held else {
            return self.on_disk(offset, len).map(Cow::Owned);
        };
        let end = varint::index(offset.saturating_add(len));
        let bytes = held.get(varint::index(offset)..end);
        bytes.map(Cow::Borrowed).ok_or_else(|| self.damaged(offset))
    }

    pub(super) fn on_disk(&self, offset: u64, len: u64) -> Result<Vec<u8>, Fault> {
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

impl Block {
    fn of(row: &[u8]) -> Option<Self> {
        let (at, rest) = row.split_first_chunk::<8>()?;
        let (len, rest) = rest.split_first_chunk::<4>()?;
        Some(Self {
            filter: u128::from_le_bytes(*rest.first_chunk()?),
            at: u64::from_le_bytes(*at),
            len: u32::from_le_bytes(*len),
        })
    }

    fn end(&self) -> u64 {
        let behind = if self.len == 0 { 0 } else { 4 };
        self.at
            .saturating_add(behind)
            .saturating_add(self.len.into())
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
