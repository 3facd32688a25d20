//! Frames on a line: a length of four bytes, least significant first, and as many bytes.
//!
//! What the other side claims is never believed: no memory is taken for a frame before its bytes
//! are there, and one that claims to be longer than it may be ends the line.

use serde::Serialize;

use crate::store::{Fault, codec};

/// The longest frame a session may send: a batch of requests and its envelope.
pub const CALL_LIMIT: usize = (1 << 20) + (64 << 10);

/// The longest frame the hub may send.
pub const WORD_LIMIT: usize = codec::FRAME_LIMIT;

/// Bytes in front of every frame.
const HEAD: usize = 4;

/// A frame longer than it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// What it claimed to be, in bytes.
    pub claimed: usize,
}

/// A message as a frame.
///
/// # Errors
/// [`Fault::TooLarge`] when it is longer than [`WORD_LIMIT`].
pub fn framed<T: Serialize>(message: &T) -> Result<Vec<u8>, Fault> {
    raw(&codec::pack(message)?)
}

/// Bytes as a frame.
///
/// # Errors
/// [`Fault::TooLarge`] when there are more than a length can say.
pub fn raw(payload: &[u8]) -> Result<Vec<u8>, Fault> {
    let length = u32::try_from(payload.len()).map_err(|_| Fault::TooLarge {
        size: payload.len() as u64,
        limit: u64::from(u32::MAX),
    })?;
    Ok([&length.to_le_bytes()[..], payload].concat())
}

/// Takes bytes in as they come and hands out whole frames.
#[derive(Debug)]
pub struct Inbox {
    bytes: Vec<u8>,
    limit: usize,
}

impl Inbox {
    /// For frames of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit,
        }
    }

    /// Takes in what came.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// The next whole frame, without its length.
    ///
    /// # Errors
    /// When a frame claims to be longer than the limit: nothing after it can be understood.
    pub fn take(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        let Some((head, rest)) = self.bytes.split_first_chunk::<HEAD>() else {
            return Ok(None);
        };
        let length = usize::try_from(u32::from_le_bytes(*head)).unwrap_or(usize::MAX);
        if length > self.limit {
            return Err(TooLong { claimed: length });
        }
        let Some(payload) = rest.get(..length) else {
            return Ok(None);
        };
        let payload = payload.to_vec();
        if rest.len() == length {
            // An idle line holds no memory.
            self.bytes = Vec::new();
        } else {
            self.bytes.drain(..HEAD + length);
        }
        Ok(Some(payload))
    }

    /// Whether a part of a frame waits for the rest of it.
    pub fn is_half(&self) -> bool {
        !self.bytes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn frames_come_out_as_they_went_in_however_they_are_cut(
            messages in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8),
            cut in 1_usize..30,
        ) {
            let mut line = Vec::new();
            for message in &messages {
                line.extend(raw(message).unwrap());
            }
            let mut inbox = Inbox::new(64);
            let mut got = Vec::new();
            for piece in line.chunks(cut) {
                inbox.push(piece);
                while let Some(frame) = inbox.take().unwrap() {
                    got.push(frame);
                }
            }
            prop_assert_eq!(got, messages);
            prop_assert!(!inbox.is_half());
        }
    }

    #[test]
    fn a_length_that_lies_takes_no_memory_and_is_refused() {
        let mut inbox = Inbox::new(1000);
        inbox.push(&u32::MAX.to_le_bytes());
        assert_eq!(
            inbox.take(),
            Err(TooLong {
                claimed: u32::MAX as usize
            })
        );
        let mut inbox = Inbox::new(1 << 20);
        inbox.push(&(1_u32 << 20).to_le_bytes());
        assert_eq!(inbox.take(), Ok(None));
        assert!(inbox.bytes.capacity() < 1024 && inbox.is_half());
    }
}
