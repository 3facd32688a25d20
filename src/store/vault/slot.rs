//! One slot of the key file: its 64 bytes and what they mean.
//!
//! `[state u8][zero 3][number u32][key 32][zero 20][crc32 u32]`, little-endian.

use super::super::bytes::Bytes;

/// The length of a slot in bytes.
pub(super) const SLOT_LEN: usize = 64;

const LIVING: u8 = 1;
const DESTROYED: u8 = 2;

/// What a slot holds. It has no `Debug`, so that a key cannot come into a log.
pub(super) enum Slot {
    Living([u8; 32]),
    Destroyed,
    Damaged,
}

impl Slot {
    /// The slot of that number as it lies on the disk.
    pub(super) fn bytes(&self, number: u32) -> Vec<u8> {
        let (state, key) = match self {
            Self::Living(key) => (LIVING, *key),
            Self::Destroyed | Self::Damaged => (DESTROYED, [0; 32]),
        };
        let mut out = Vec::with_capacity(SLOT_LEN);
        out.extend_from_slice(&[state, 0, 0, 0]);
        out.extend_from_slice(&number.to_le_bytes());
        out.extend_from_slice(&key);
        out.extend_from_slice(&[0; 20]);
        let crc = crc32fast::hash(&out);
        out.extend_from_slice(&crc.to_le_bytes());
        out
    }

    /// Reads the slot of that number; whatever is not whole is damaged.
    pub(super) fn parse(number: u32, bytes: &[u8]) -> Self {
        Self::whole(number, bytes).unwrap_or(Self::Damaged)
    }

    fn whole(number: u32, bytes: &[u8]) -> Option<Self> {
        let (body, crc) = bytes.split_at_checked(SLOT_LEN - 4)?;
        let mut rest = Bytes(body);
        let [state, ..] = rest.array::<4>()?;
        let right = rest.u32()? == number && Bytes(crc).u32()? == crc32fast::hash(body);
        match (right, state) {
            (true, LIVING) => Some(Self::Living(rest.array()?)),
            (true, DESTROYED) => Some(Self::Destroyed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::bytes::hex;
    use super::*;

    #[test]
    fn the_bytes_of_a_slot_do_not_change() {
        assert_eq!(
            hex(&Slot::Living([0xcd; 32]).bytes(5)),
            "0100000005000000cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd00000000000000000000000000000000000000005568fe72"
        );
        assert_eq!(
            hex(&Slot::Destroyed.bytes(5)),
            "020000000500000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000dcce0521"
        );
    }

    #[test]
    fn a_slot_in_the_place_of_another_is_damaged() {
        let bytes = Slot::Living([7; 32]).bytes(5);
        assert!(matches!(Slot::parse(5, &bytes), Slot::Living(key) if key == [7; 32]));
        assert!(matches!(Slot::parse(6, &bytes), Slot::Damaged));
    }

    #[test]
    fn every_flipped_bit_and_every_cut_is_noticed() {
        let whole = Slot::Living([7; 32]).bytes(5);
        for at in 0..SLOT_LEN {
            for bit in 0..8 {
                let mut bent = whole.clone();
                bent[at] ^= 1 << bit;
                assert!(
                    matches!(Slot::parse(5, &bent), Slot::Damaged),
                    "byte {at} bit {bit}"
                );
            }
            assert!(
                matches!(Slot::parse(5, &whole[..at]), Slot::Damaged),
                "cut at {at}"
            );
        }
    }
}
