//! What a file's label says to a scanner (A11-06): the number of the file, and of one of its pieces,
//! as digits that nothing else typed at a desk looks like.
//!
//! Only digits, because a scanner types what it reads: digits are never commands of a list, whatever
//! the keymap, and no input method touches them. The first is 0, which no key of a list is; the last
//! two are check digits, so that a label misread, or an identity number typed in full, is no label.

use std::fmt;

use super::number::{Kind, Number};

/// The first digit of every label.
pub const FIRST: char = '0';
/// Digits beside the sequence: the first, the year, the piece and the check.
const AROUND: usize = 1 + 4 + 3 + 2;
/// How long the sequence within the year is written: the shortest that holds it. All are even, so that
/// the bars stay as narrow as they can.
const LENGTHS: [usize; 3] = [6, 8, 10];
/// A label after other digits in a field is only looked for where they are longer together than any
/// other number that is typed.
const LONGER_THAN_ANY: usize = 20;

/// What a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The file.
    pub file: Number,
    /// One of its pieces, from 1; none for the file as a whole.
    pub piece: Option<u32>,
}

impl Label {
    /// The label of a file as a whole.
    pub const fn of(file: Number) -> Self {
        Self { file, piece: None }
    }

    /// What was scanned; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let length = text.len().checked_sub(AROUND)?;
        if !digits || !text.starts_with(FIRST) || !LENGTHS.contains(&length) {
            return None;
        }
        let (body, check) = text.split_at_checked(text.len().checked_sub(2)?)?;
        if check != self::check(body) {
            return None;
        }
        let year: u16 = body.get(1..5)?.parse().ok()?;
        let piece: u32 = body.get(5..8)?.parse().ok()?;
        let seq = body.get(8..)?.parse().ok()?;
        let label = Self {
            file: Number {
                kind: Kind::File,
                year,
                seq,
            },
            piece: (piece > 0).then_some(piece),
        };
        // Two labels never say the same.
        ((1900..=2999).contains(&year) && label.to_string() == text).then_some(label)
    }

    /// A label that was scanned behind something typed: what was typed, and the label.
    pub fn at_end(text: &str) -> Option<(&str, Self)> {
        let typed = text.trim_end();
        let before = typed.trim_end_matches(|c: char| c.is_ascii_digit());
        let run = typed.len().checked_sub(before.len())?;
        let starts = LENGTHS
            .iter()
            .filter_map(|length| typed.len().checked_sub(AROUND + length));
        let mut found = starts.filter_map(|start| {
            let (rest, scanned) = typed.split_at_checked(start)?;
            let alone = rest.len() == before.len();
            let label = Self::parse(scanned)?;
            (start >= before.len() && (alone || run >= LONGER_THAN_ANY)).then_some((rest, label))
        });
        found.next()
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.file.seq.to_string();
        let length = LENGTHS.iter().find(|length| **length >= seq.len());
        let length = length.copied().unwrap_or(seq.len());
        let piece = self.piece.unwrap_or(0);
        let body = format!("{FIRST}{:04}{piece:03}{seq:0>length$}", self.file.year);
        f.write_str(&body)?;
        f.write_str(&check(&body))
    }
}

/// The check digits: with them behind, the number leaves 1 when divided by 97.
fn check(body: &str) -> String {
    let digits = body.bytes().chain(*b"00").map(|byte| byte & 0x0f);
    let rest = digits.fold(0_u32, |rest, digit| (rest * 10 + u32::from(digit)) % 97);
    format!("{:02}", 98 - rest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn file(seq: u32) -> Number {
        Number {
            kind: Kind::File,
            year: 2026,
            seq,
        }
    }

    #[test]
    fn a_label_reads_back_what_it_says() {
        for seq in [1, 123, 999_999, 1_000_000, 123_456_789, u32::MAX] {
            for piece in [None, Some(1), Some(999)] {
                let label = Label {
                    file: file(seq),
                    piece,
                };
                let text = label.to_string();
                assert_eq!(text.len() % 2, 0, "{text}");
                assert_eq!(Label::parse(&text), Some(label), "{text}");
            }
        }
    }

    #[test]
    fn a_digit_read_wrong_or_two_exchanged_make_no_label() {
        let text = Label::of(file(123)).to_string();
        for place in 0..text.len() {
            for digit in b'0'..=b'9' {
                let mut wrong = text.clone().into_bytes();
                if wrong[place] == digit {
                    continue;
                }
                wrong[place] = digit;
                let wrong = String::from_utf8(wrong).unwrap();
                assert_eq!(Label::parse(&wrong), None, "{wrong}");
            }
        }
        for place in 1..text.len() {
            let mut wrong = text.clone().into_bytes();
            wrong.swap(place - 1, place);
            let wrong = String::from_utf8(wrong).unwrap();
            assert!(wrong == text || Label::parse(&wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_label_is_found_behind_what_was_typed_and_no_telephone_or_identity_number_is_one() {
        let label = Label::of(file(7));
        let text = label.to_string();
        for before in ["", "张三", "AF ", "13800138000"] {
            let typed = format!("{before}{text}");
            assert_eq!(Label::at_end(&typed), Some((before, label)), "{typed}");
        }
        for number in [
            "",
            "0",
            "13800138000",
            "02989345678",
            "420204199001011234",
            "6222020200112233445",
            "0000000000000000",
        ] {
            assert_eq!(Label::at_end(number), None, "{number}");
        }
    }
}
