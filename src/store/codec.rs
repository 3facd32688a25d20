//! The one place that knows bincode. Values carry a header that says what they are and whether they
//! are whole; frames carry none, because the journal checks them itself.
//!
//! A value is `[kind u8][schema u16 LE][crc32 u32 LE][payload]`; the checksum covers kind, schema,
//! key and payload, so that a row that turns up under a wrong key is noticed too. bincode does not
//! describe itself: a schema number keeps its struct for good, and who reads looks at
//! [`decode_header`] first and decodes the struct of that number.

use bincode::{DefaultOptions, ErrorKind, Options};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use super::bytes::Bytes;
use super::fault::Fault;

/// The largest payload of a value in bytes: far below what the engine would put in a separate file
/// that it never frees.
pub const PAYLOAD_LIMIT: usize = 65_536;

/// The length of a value's header in bytes.
pub const HEADER_LEN: usize = 7;

/// The largest packed frame in bytes.
pub const FRAME_LIMIT: usize = 4 << 20;

/// What a value says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueHeader {
    /// The kind of record, numbered by the caller.
    pub kind: u8,
    /// The number of the struct the payload was written from.
    pub schema: u16,
}

/// The value for `key`: header and payload. [`Fault::TooLarge`] over [`PAYLOAD_LIMIT`].
pub fn encode<T: Serialize>(
    kind: u8,
    schema: u16,
    key: &[u8],
    value: &T,
) -> Result<Vec<u8>, Fault> {
    let payload = to_bytes(value, PAYLOAD_LIMIT)?;
    let mut out = Vec::with_capacity(HEADER_LEN + payload.len());
    out.push(kind);
    out.extend_from_slice(&schema.to_le_bytes());
    out.extend_from_slice(&checksum(kind, schema, key, &payload).to_le_bytes());
    out.extend_from_slice(&payload);
    Ok(out)
}

/// What `bytes` say they are, before anything is checked or decoded.
pub fn decode_header(bytes: &[u8]) -> Result<ValueHeader, Fault> {
    let mut rest = Bytes(bytes);
    match (rest.u8(), rest.u16()) {
        (Some(kind), Some(schema)) => Ok(ValueHeader { kind, schema }),
        _ => Err(Fault::damaged("value", format!("{} bytes", bytes.len()))),
    }
}

/// Checks that `bytes` are a whole value of `kind` written for `key`, and decodes the payload as
/// `T`. The caller chose `T` by the schema number of [`decode_header`].
pub fn decode<T: DeserializeOwned>(kind: u8, key: &[u8], bytes: &[u8]) -> Result<T, Fault> {
    let bad = |why: &str| Fault::damaged("value", format!("{} {why}", place(key)));
    let header = decode_header(bytes)?;
    let mut rest = Bytes(bytes.get(3..).unwrap_or_default());
    let crc = rest.u32().ok_or_else(|| bad("short"))?;
    if header.kind != kind {
        return Err(bad("kind"));
    }
    if crc != checksum(header.kind, header.schema, key, rest.0) {
        return Err(bad("checksum"));
    }
    options(PAYLOAD_LIMIT)
        .deserialize(rest.0)
        .map_err(|_| bad("payload"))
}

/// Bytes of `value` without a header, for what is checked by other means.
/// [`Fault::TooLarge`] over [`FRAME_LIMIT`].
pub fn pack<T: Serialize>(value: &T) -> Result<Vec<u8>, Fault> {
    to_bytes(value, FRAME_LIMIT)
}

/// The value that [`pack`] wrote.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    options(FRAME_LIMIT)
        .deserialize(bytes)
        .map_err(|error| Fault::damaged("frame", error.to_string()))
}

/// Sixteen bytes that stand for bytes of any length: what is compared in great numbers is kept as
/// these.
pub type Print = [u8; 16];

/// The print of some parts; where one ends and the next begins makes a difference.
pub fn print(parts: &[&[u8]]) -> Print {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_le_bytes());
        sha.update(part);
    }
    let hash: [u8; 32] = sha.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

/// The only options in the program. Decoding stops at the limit whatever a damaged length says.
fn options(limit: usize) -> impl Options {
    DefaultOptions::new()
        .with_fixint_encoding()
        .with_limit(limit as u64)
        .reject_trailing_bytes()
}

fn to_bytes<T: Serialize>(value: &T, limit: usize) -> Result<Vec<u8>, Fault> {
    options(limit)
        .serialize(value)
        .map_err(|error| match *error {
            ErrorKind::SizeLimit => Fault::TooLarge {
                size: options(usize::MAX)
                    .serialized_size(value)
                    .unwrap_or(u64::MAX),
                limit: limit as u64,
            },
            other => Fault::damaged("value", other.to_string()),
        })
}

fn checksum(kind: u8, schema: u16, key: &[u8], payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&[kind]);
    crc.update(&schema.to_le_bytes());
    crc.update(key);
    crc.update(payload);
    crc.finalize()
}

/// A key as it is named in a fault: what is printable of it, the rest escaped.
fn place(key: &[u8]) -> String {
    key.escape_ascii().to_string()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    struct Card {
        id: u64,
        name: String,
        phones: Vec<String>,
        owner: Option<u32>,
    }

    fn cards() -> impl Strategy<Value = Card> {
        (
            any::<u64>(),
            ".{0,40}",
            proptest::collection::vec(".{0,15}", 0..4),
            any::<Option<u32>>(),
        )
            .prop_map(|(id, name, phones, owner)| Card {
                id,
                name,
                phones,
                owner,
            })
    }

    proptest! {
        #[test]
        fn a_value_comes_back_as_it_went(card in cards(), kind: u8, schema: u16, key: Vec<u8>) {
            let bytes = encode(kind, schema, &key, &card).unwrap();
            prop_assert_eq!(decode_header(&bytes).unwrap(), ValueHeader { kind, schema });
            prop_assert_eq!(decode::<Card>(kind, &key, &bytes).unwrap(), card);
        }

        #[test]
        fn any_flipped_bit_is_noticed(card in cards(), at: proptest::sample::Index, bit in 0..8_u8) {
            let mut bytes = encode(3, 1, b"key", &card).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert!(decode::<Card>(3, b"key", &bytes).is_err());
        }

        #[test]
        fn hostile_bytes_are_refused_without_a_panic(bytes: Vec<u8>) {
            prop_assert!(decode::<Card>(3, b"key", &bytes).is_err());
            let _ = unpack::<Card>(&bytes);
        }

        #[test]
        fn a_packed_value_comes_back_and_a_longer_one_is_refused(card in cards()) {
            let mut bytes = pack(&card).unwrap();
            prop_assert_eq!(unpack::<Card>(&bytes).unwrap(), card);
            bytes.push(0);
            prop_assert!(unpack::<Card>(&bytes).is_err());
        }
    }

    #[test]
    fn a_value_under_another_key_or_kind_is_refused() {
        let bytes = encode(3, 1, b"one", &7_u32).unwrap();
        assert!(decode::<u32>(3, b"two", &bytes).is_err());
        assert!(decode::<u32>(4, b"one", &bytes).is_err());
        assert_eq!(decode::<u32>(3, b"one", &bytes).unwrap(), 7);
    }

    #[test]
    fn a_value_over_the_limit_is_refused_with_its_size() {
        let fits = vec![0_u8; PAYLOAD_LIMIT - 8];
        assert!(encode(1, 1, b"k", &fits).is_ok());
        let over = vec![0_u8; PAYLOAD_LIMIT - 7];
        let fault = encode(1, 1, b"k", &over).unwrap_err();
        assert!(
            matches!(
                fault,
                Fault::TooLarge {
                    size: 65_537,
                    limit: 65_536
                }
            ),
            "{fault:?}"
        );
    }

    #[test]
    fn a_length_that_lies_allocates_nothing() {
        let bomb = (1_u64 << 60).to_le_bytes();
        assert!(unpack::<Vec<u64>>(&bomb).is_err());
        assert!(unpack::<String>(&bomb).is_err());
    }

    #[test]
    fn the_bytes_of_a_value_do_not_change() {
        let bytes = encode(2, 1, b"c\x00\x01", &(5_u16, "\u{738b}")).unwrap();
        assert_eq!(
            super::super::bytes::hex(&bytes),
            "020100265d623b05000300000000000000e78e8b"
        );
    }
}
