//! One frame of the journal: what a batch changed, its number, and the hash that chains it to the
//! frame before. Writing and checking one frame's bytes, and nothing else.
//!
//! `[magic 4][len u32][seq u64][crc32 u32][prev 32][payload len]`, little-endian. The checksum
//! covers everything but the magic and itself. The hash of a frame is SHA-256 of prev, seq and
//! payload.

use sha2::{Digest, Sha256};

use super::super::bytes::Bytes;
use super::super::codec::FRAME_LIMIT;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// What a frame begins with.
pub(super) const MAGIC: [u8; 4] = *b"FDfr";

/// Bytes before the payload.
pub(super) const HEADER_LEN: usize = 52;

/// The largest payload in bytes.
pub(super) const PAYLOAD_LIMIT: usize = FRAME_LIMIT;

/// A frame whose checksum has been found right, in the bytes it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FrameRef<'a> {
    pub(super) seq: u64,
    pub(super) prev: Hash,
    pub(super) payload: &'a [u8],
}

impl<'a> FrameRef<'a> {
    /// The frame at the start of `bytes`, or `None` when there is no whole one.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let head = Head::parse(bytes)?;
        let payload = bytes.get(HEADER_LEN..)?.get(..head.len)?;
        let whole = head.crc == checksum(head.seq, &head.prev, payload);
        whole.then_some(Self {
            seq: head.seq,
            prev: head.prev,
            payload,
        })
    }

    /// The bytes of this frame on the disk.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let len = u32::try_from(self.payload.len()).unwrap_or(u32::MAX);
        let mut out = Vec::with_capacity(self.len());
        out.extend_from_slice(&MAGIC);
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&self.seq.to_le_bytes());
        out.extend_from_slice(&checksum(self.seq, &self.prev, self.payload).to_le_bytes());
        out.extend_from_slice(&self.prev);
        out.extend_from_slice(self.payload);
        out
    }

    /// Its length on the disk.
    pub(super) fn len(&self) -> usize {
        HEADER_LEN + self.payload.len()
    }

    /// What the next frame names as the one before.
    pub(super) fn hash(&self) -> Hash {
        let mut sha = Sha256::new();
        sha.update(self.prev);
        sha.update(self.seq.to_le_bytes());
        sha.update(self.payload);
        sha.finalize().into()
    }
}

/// The fixed part, read before anything is allocated for the payload.
pub(super) struct Head {
    pub(super) len: usize,
    pub(super) seq: u64,
    crc: u32,
    prev: Hash,
}

impl Head {
    /// The fixed part at the start of `bytes`; `None` when it cannot be one, for its magic or for a
    /// length over the limit.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = Bytes(bytes);
        let magic: [u8; 4] = rest.array()?;
        let len = super::super::bytes::index(rest.u32()?.into());
        let head = Self {
            len,
            seq: rest.u64()?,
            crc: rest.u32()?,
            prev: rest.array()?,
        };
        (magic == MAGIC && len <= PAYLOAD_LIMIT).then_some(head)
    }
}

fn checksum(seq: u64, prev: &Hash, payload: &[u8]) -> u32 {
    let len = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    let mut crc = crc32fast::Hasher::new();
    crc.update(&len.to_le_bytes());
    crc.update(&seq.to_le_bytes());
    crc.update(prev);
    crc.update(payload);
    crc.finalize()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::bytes::hex;
    use super::*;

    proptest! {
        #[test]
        fn a_frame_comes_back_as_it_went(seq: u64, prev: [u8; 32], payload: Vec<u8>, tail: Vec<u8>) {
            let frame = FrameRef { seq, prev, payload: &payload };
            let mut bytes = frame.bytes();
            prop_assert_eq!(bytes.len(), frame.len());
            bytes.extend_from_slice(&tail);
            prop_assert_eq!(FrameRef::parse(&bytes), Some(frame));
        }

        #[test]
        fn any_flipped_bit_or_cut_is_noticed(
            payload: Vec<u8>, at: proptest::sample::Index, bit in 0..8_u8,
        ) {
            let whole = FrameRef { seq: 7, prev: [1; 32], payload: &payload }.bytes();
            let at = at.index(whole.len());
            let mut bent = whole.clone();
            bent[at] ^= 1 << bit;
            prop_assert_eq!(FrameRef::parse(&bent), None);
            prop_assert_eq!(FrameRef::parse(&whole[..at]), None);
        }
    }

    #[test]
    fn a_length_over_the_limit_is_no_frame() {
        let mut bytes = FrameRef {
            seq: 1,
            prev: [0; 32],
            payload: b"x",
        }
        .bytes();
        bytes[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
        assert!(Head::parse(&bytes).is_none());
    }

    #[test]
    fn the_bytes_and_the_hash_of_a_frame_do_not_change() {
        let frame = FrameRef {
            seq: 2,
            prev: [0xab; 32],
            payload: "\u{6295}\u{8bc9}".as_bytes(),
        };
        assert_eq!(
            hex(&frame.bytes()),
            "464466720600000002000000000000004b719ebeababababababababababababababababababababababababababababababababe68a95e8af89"
        );
        assert_eq!(
            hex(&frame.hash()),
            "e16fe5a9130cba816a4cdc4b1e0108280d97368097ddb141bd21e6eeaa496e81"
        );
    }
}
