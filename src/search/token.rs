//! A token as the index keeps it: a sum of its bytes.
//!
//! The index is a sieve, so it need not know the token itself: two tokens of one sum, which hardly
//! ever happens, let a record through that is then refuted. A sum takes eight bytes whatever the
//! token's length, and says nothing of what it was made from to somebody who reads the file.

use std::hash::{BuildHasherDefault, Hasher};

/// Odd numbers without a pattern, as the mixing needs them.
const MIX: [u64; 3] = [
    0x9e37_79b9_7f4a_7c15,
    0xbf58_476d_1ce4_e5b9,
    0x94d0_49bb_1331_11eb,
];

/// The sum of a token. It stands in files: it never changes.
pub(super) fn sum(token: &[u8]) -> u64 {
    let mut sum = mixed(MIX[0] ^ (token.len() as u64) << 8);
    for chunk in token.chunks(8) {
        let mut word = [0; 8];
        for (place, byte) in word.iter_mut().zip(chunk) {
            *place = *byte;
        }
        sum = mixed(sum ^ u64::from_le_bytes(word));
    }
    sum
}

const fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(MIX[1]);
    let number = (number ^ number >> 27).wrapping_mul(MIX[2]);
    number ^ number >> 31
}

/// Sums are spread evenly already: a table takes them as they are.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mixed(self.0 ^ u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// How a table of sums is built.
pub(super) type Sums = BuildHasherDefault<AsItIs>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_that_stand_in_files_and_differ() {
        assert_eq!(sum(b""), 0xe220_a839_7b1d_cdaf);
        let tokens = ["", "a", "aa", "ab", "ba", "a\0", "aaaaaaaa", "aaaaaaaaa"];
        let sums = tokens.map(|token| sum(token.as_bytes()));
        let different: std::collections::BTreeSet<u64> = sums.into_iter().collect();
        assert_eq!(different.len(), tokens.len());
    }
}
