//! Writing a file of the index, token by token.

use std::path::{Path, PathBuf};

use super::super::varint;
use super::super::{postings, postings::INLINE};
use super::{BLOCK_TOKENS, FOOTER, MAGIC, ROW, base_of, block_of, marks};
use crate::store::Fault;
use crate::store::files::{Files, Handle};

/// So many bytes are gathered before they are written.
const GATHERED: usize = 1 << 20;

/// A file that is being written.
pub(in crate::search) struct Writer {
    handle: Box<dyn Handle>,
    path: PathBuf,
    /// Bytes that are not written yet, and where they will stand.
    gathered: Vec<u8>,
    offset: u64,
    /// So many of a sum's first bits say in which block it stands.
    bits: u32,
    /// The block of the dictionary that is growing, its filter, and the last sum in it.
    block: Vec<u8>,
    filter: u128,
    before: u64,
    /// A list under the hands.
    list: Vec<u8>,
    /// The table of blocks.
    table: Vec<u8>,
    blocks: u64,
    tokens: u64,
}

impl Writer {
    /// Begins a file of at most so many tokens.
    pub fn new(files: &dyn Files, path: &Path, most_tokens: u64) -> Result<Self, Fault> {
        let handle = files
            .create(path)
            .map_err(|error| Fault::io("write", path, error))?;
        Ok(Self {
            handle,
            path: path.to_path_buf(),
            gathered: MAGIC.to_vec(),
            offset: 0,
            bits: (most_tokens / BLOCK_TOKENS).max(1).ilog2(),
            block: Vec::new(),
            filter: 0,
            before: 0,
            list: Vec::new(),
            table: Vec::new(),
            blocks: 0,
            tokens: 0,
        })
    }

    fn position(&self) -> u64 {
        self.offset.saturating_add(self.gathered.len() as u64)
    }

    /// Appends the token of a sum larger than all before it, with its records, the newest first.
    pub fn put(&mut self, sum: u64, newest_first: &[u64]) -> Result<(), Fault> {
        while self.blocks < block_of(sum, self.bits) {
            self.end_block();
        }
        let at = self.position();
        self.list.clear();
        postings::encode(newest_first, &mut self.list);
        let list = self.list.as_slice();
        varint::put(&mut self.block, sum.wrapping_sub(self.before));
        varint::put(&mut self.block, newest_first.len() as u64);
        varint::put(&mut self.block, list.len() as u64);
        if list.len() > INLINE {
            let table = varint::index(postings::table_bytes(newest_first.len() as u64));
            let summed = if table == 0 { list.len() } else { table };
            let checksum = crc32fast::hash(list.get(..summed).unwrap_or_default());
            self.gathered.extend_from_slice(&checksum.to_le_bytes());
            self.gathered.extend_from_slice(list);
            varint::put(&mut self.block, at);
        } else {
            self.block.extend_from_slice(list);
        }
        self.before = sum;
        self.filter |= marks(sum);
        self.tokens += 1;
        if self.gathered.len() >= GATHERED {
            self.write()?;
        }
        Ok(())
    }

    /// Ends a block; one without a token takes no room but its row in the table.
    fn end_block(&mut self) {
        let len = u32::try_from(self.block.len()).unwrap_or(u32::MAX);
        self.table.reserve(ROW);
        self.table.extend(self.position().to_le_bytes());
        self.table.extend(len.to_le_bytes());
        self.table.extend(self.filter.to_le_bytes());
        if len > 0 {
            let checksum = crc32fast::hash(&self.block);
            self.gathered.extend_from_slice(&checksum.to_le_bytes());
            self.gathered.append(&mut self.block);
        }
        self.filter = 0;
        self.blocks += 1;
        self.before = base_of(self.blocks, self.bits);
    }

    fn write(&mut self) -> Result<(), Fault> {
        self.handle
            .write_at(self.offset, &self.gathered)
            .map_err(|error| Fault::io("write", &self.path, error))?;
        self.offset = self.position();
        self.gathered.clear();
        Ok(())
    }

    /// Ends the file and forces it to the disk: how many records were added into it, and the newest
    /// of each list.
    pub fn end(mut self, records: usize, newest: &[(u8, u64)]) -> Result<(), Fault> {
        while self.blocks < 1 << self.bits {
            self.end_block();
        }
        let at = self.position();
        let mut end = Vec::new();
        varint::put(&mut end, records as u64);
        varint::put(&mut end, self.tokens);
        varint::put(&mut end, newest.len() as u64);
        for (list, id) in newest {
            end.push(*list);
            varint::put(&mut end, *id);
        }
        varint::put(&mut end, u64::from(self.bits));
        end.append(&mut self.table);
        let mut footer = Vec::with_capacity(FOOTER);
        footer.extend_from_slice(&at.to_le_bytes());
        footer.extend_from_slice(&(end.len() as u64).to_le_bytes());
        footer.extend_from_slice(&crc32fast::hash(&end).to_le_bytes());
        self.gathered.append(&mut end);
        self.gathered.append(&mut footer);
        self.write()?;
        self.handle
            .sync()
            .map_err(|error| Fault::io("sync", &self.path, error))
    }
}
