//! One file of the index: written once, in the order of its tokens' sums, and never changed.
//!
//! The lists of a few tokens, then the block of the dictionary that names them, and so on; at
//! the end the first sum of each block, which is kept in memory. A token is found with one read of a
//! block; its list is read as far as it is needed. Everything read is held against a checksum.

mod read;
mod walk;
mod write;

use std::path::{Path, PathBuf};

pub(super) use read::{List, Long, Segment};
pub(super) use walk::Walk;
pub(super) use write::Writer;

/// The first bytes of a file: what it is, and the version of its layout.
const MAGIC: &[u8; 12] = b"fdsearch\x01\0\0\0";
/// The bytes at the end that say where the table of blocks is: offset, length, checksum.
const FOOTER: usize = 20;
/// So many tokens stand in a block of the dictionary.
const BLOCK_TOKENS: usize = 16;

/// The name of the file of a number.
pub(super) fn file_name(number: u64) -> String {
    format!("{number:08}.seg")
}

/// Where it lies.
pub(super) fn path(dir: &Path, number: u64) -> PathBuf {
    dir.join(file_name(number))
}
