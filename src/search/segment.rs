//! One file of the index: written once, in the order of its tokens' sums, and never changed.
//!
//! Sums are spread evenly, so a few of their first bits say in which block of the dictionary a token
//! stands. The file is the lists of a block's tokens, then the block that names them, and so on; at
//! the end the table of blocks, which is kept in memory with a filter for each: whether a block has a
//! token is mostly known without reading it. A list is read as far as it is needed. Everything read is
//! held against a checksum.

mod read;
mod walk;
mod write;

use std::path::{Path, PathBuf};

pub(super) use read::{List, Long, Segment, Window};
pub(super) use walk::Walk;
pub(super) use write::Writer;

/// The first bytes of a file: what it is, and the version of its layout.
const MAGIC: &[u8; 12] = b"fdsearch\x02\0\0\0";
/// The bytes at the end that say where the table of blocks is: offset, length, checksum.
const FOOTER: usize = 20;
/// About so many tokens stand in a block of the dictionary, at most twice as many.
const BLOCK_TOKENS: u64 = 12;
/// A row of the table: where the block is, its length, its filter.
const ROW: usize = 28;

/// The block of the dictionary in which a sum stands, where so many of its first bits decide.
fn block_of(sum: u64, bits: u32) -> u64 {
    sum.checked_shr(u64::BITS - bits).unwrap_or(0)
}

/// The least sum of a block.
fn base_of(block: u64, bits: u32) -> u64 {
    block.checked_shl(u64::BITS - bits).unwrap_or(0)
}

/// A sum's bits in the filter of its block.
const fn marks(sum: u64) -> u128 {
    1 << (sum & 0x7f) | 1 << ((sum >> 7) & 0x7f) | 1 << ((sum >> 14) & 0x7f)
}

/// The name of the file of a number.
pub(super) fn file_name(number: u64) -> String {
    format!("{number:08}.seg")
}

/// Where it lies.
pub(super) fn path(dir: &Path, number: u64) -> PathBuf {
    dir.join(file_name(number))
}
