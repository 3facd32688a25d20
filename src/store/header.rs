//! The header that every binary file of ours begins with, and the id of the store it belongs to.

use std::fmt;

use super::bytes::{Bytes, hex};
use super::journal::Hash;

/// The length of a header in bytes.
pub(super) const LEN: usize = 72;

/// The number of the file formats that this program writes and reads.
pub(super) const FORMAT: u16 = 1;

/// Says which store a file belongs to, so that a file of another store is never taken for ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreId(pub [u8; 16]);

impl fmt::Display for StoreId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Magic 8, format u16, zero u16, store id 16, seq u64, hash 32, crc32 of all that u32.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// What kind of file this is.
    pub(super) magic: [u8; 8],
    /// The format number; [`FORMAT`] in everything this program writes.
    pub(super) format: u16,
    /// The store the file belongs to.
    pub(super) store: StoreId,
    /// A journal segment: its first frame. A checkpoint: the last frame it contains.
    pub(super) seq: u64,
    /// A journal segment: hash of the frame before its first. A checkpoint: hash of its last.
    pub(super) hash: Hash,
}

impl Header {
    /// A header as this program writes it.
    pub(super) fn new(magic: [u8; 8], store: StoreId, seq: u64, hash: Hash) -> Self {
        Self {
            magic,
            format: FORMAT,
            store,
            seq,
            hash,
        }
    }

    /// The header's bytes, always [`LEN`] of them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(LEN);
        out.extend_from_slice(&self.magic);
        out.extend_from_slice(&self.format.to_le_bytes());
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(&self.store.0);
        out.extend_from_slice(&self.seq.to_le_bytes());
        out.extend_from_slice(&self.hash);
        let crc = crc32fast::hash(&out);
        out.extend_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads a header, or `None` when the bytes are too few, torn, or of another kind of file.
    pub(super) fn parse(bytes: &[u8], magic: [u8; 8]) -> Option<Self> {
        let head = bytes.get(..LEN - 4)?;
        let mut rest = Bytes(bytes);
        let header = Self {
            magic: rest.array()?,
            format: rest.u16()?,
            store: {
                rest.u16()?;
                StoreId(rest.array()?)
            },
            seq: rest.u64()?,
            hash: rest.array()?,
        };
        (rest.u32()? == crc32fast::hash(head) && header.magic == magic).then_some(header)
    }
}
