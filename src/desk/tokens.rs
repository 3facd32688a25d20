//! What a record is found by, as data for a sieve: pure functions from a record to tokens and from
//! a word to what its tokens must be.
//!
//! Whatever a word finds (`words` decides that) is let through by its tokens, and little else. A
//! token is a class and seven bytes: cheap to sort, to compare and to keep.

use super::words::{Haystack, Word};
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::search::Wanted;
use crate::text::pinyin;

/// A class and at most seven bytes, zeros behind them.
pub(super) type Token = [u8; 8];

/// Two characters beside each other in a text.
const PAIR: u8 = b'g';
/// Three ASCII letters or digits beside each other in a text.
const TRIPLE: u8 = b't';
/// Four characters beside each other in a text with a digit among them: rooms, plates and numbers
/// share their pairs with too many others.
const FOUR: u8 = b'v';
/// A character of a name.
const SINGLE: u8 = b'c';
/// The beginning of a telephone, and its end.
const PHONE: u8 = b'f';
const PHONE_END: u8 = b'b';
/// The beginning of the first letters of a name.
const INITIALS: u8 = b'i';
/// The beginning of the sound of a name.
const SOUND: u8 = b'y';
/// How the sound goes on behind [`BYTES`] letters.
const REST: u8 = b'z';
/// The running number.
const SERIAL: u8 = b's';
/// The number with its kind and year.
const NUMBER: u8 = b'n';

/// A token holds so many bytes behind its class.
const BYTES: usize = 7;
/// So many digits of a telephone's beginning are a token, and so many of its end. Whoever types a
/// number of digits between two of them is let through a few more.
const BEGINNINGS: &[usize] = &[3, 4, 5, 6, 7, 9, 11];
const ENDS: &[usize] = &[3, 4, 5, 6, 8, 11];
/// Of a word at most so many tokens are asked for; more tell nothing apart.
const MOST: usize = 12;

fn token(class: u8, bytes: impl IntoIterator<Item = u8>) -> Token {
    let mut token = [0; 8];
    for (place, byte) in token.iter_mut().zip(std::iter::once(class).chain(bytes)) {
        *place = byte;
    }
    token
}

fn of_char(c: char) -> [u8; 3] {
    let [_, bytes @ ..] = u32::from(c).to_be_bytes();
    bytes
}

fn pair(a: char, b: char) -> Token {
    token(PAIR, of_char(a).into_iter().chain(of_char(b)))
}

/// Letters and digits of ASCII are told apart three by three.
fn triple(a: char, b: char, c: char) -> Option<Token> {
    let three = [a, b, c];
    three
        .iter()
        .all(char::is_ascii_alphanumeric)
        .then(|| token(TRIPLE, three.map(|c| u8::try_from(c).unwrap_or_default())))
}

/// Four characters do not fit into a token; what they are mixed into tells them apart as well.
fn four(chars: [char; 4]) -> Option<Token> {
    if !chars.iter().any(char::is_ascii_digit) {
        return None;
    }
    let mixed = chars.iter().fold(0_u64, |mixed, c| {
        (mixed ^ u64::from(u32::from(*c)))
            .wrapping_mul(0x9e37_79b9_7f4a_7c15)
            .rotate_left(23)
    });
    Some(token(FOUR, mixed.to_le_bytes().into_iter().take(BYTES)))
}

fn single(c: char) -> Token {
    token(SINGLE, of_char(c))
}

fn serial(seq: u32) -> Token {
    token(SERIAL, seq.to_be_bytes())
}

fn whole(number: Number) -> Token {
    token(NUMBER, number.to_key())
}

/// The tokens of a record, in order and each once. None for what is no business of a search.
pub(super) fn of(record: &Record) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(256);
    let Some(haystack) = Haystack::of(record) else {
        return tokens;
    };
    texts(&mut tokens, haystack.text());
    for name in haystack.names() {
        tokens.extend(name.chars().filter(|c| !c.is_ascii()).map(single));
    }
    for name in haystack.sounding() {
        sounds(&mut tokens, name);
    }
    for phone in haystack.phones() {
        tokens.extend(
            BEGINNINGS
                .iter()
                .filter_map(|len| phone_begins(phone, *len)),
        );
        tokens.extend(ENDS.iter().filter_map(|len| phone_ends(phone, *len)));
    }
    tokens.push(serial(record.number().seq));
    tokens.push(whole(record.number()));
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// Pairs and triples of a text; nothing reaches over the end of a field.
fn texts(tokens: &mut Vec<Token>, text: &str) {
    let (mut first, mut before, mut last) = (None, None, None);
    for c in text.chars() {
        if c == Haystack::BETWEEN {
            (first, before, last) = (None, None, None);
            continue;
        }
        if let Some(b) = last {
            tokens.push(pair(b, c));
            if let Some(a) = before {
                tokens.extend(triple(a, b, c));
                tokens.extend(first.and_then(|first| four([first, a, b, c])));
            }
        }
        (first, before, last) = (before, last, Some(c));
    }
}

fn sounds(tokens: &mut Vec<Token>, name: &str) {
    for initials in pinyin::initials(name) {
        tokens
            .extend((1..=initials.len().min(BYTES)).map(|len| beginning(INITIALS, &initials, len)));
    }
    for sound in pinyin::full(name) {
        tokens.extend((1..=sound.len().min(BYTES)).map(|len| beginning(SOUND, &sound, len)));
        let rest = sound.get(BYTES..).unwrap_or_default();
        tokens.extend((1..=rest.len().min(BYTES)).map(|len| beginning(REST, rest, len)));
    }
}

fn beginning(class: u8, text: &str, len: usize) -> Token {
    token(class, text.bytes().take(len.min(BYTES)))
}

/// So many digits from the beginning of a telephone, two in a byte.
fn phone_begins(digits: &str, len: usize) -> Option<Token> {
    Some(of_digits(PHONE, digits.get(..len)?))
}

/// So many digits from its end.
fn phone_ends(digits: &str, len: usize) -> Option<Token> {
    Some(of_digits(
        PHONE_END,
        digits.get(digits.len().checked_sub(len)?..)?,
    ))
}

fn of_digits(class: u8, digits: &str) -> Token {
    let length = u8::try_from(digits.len()).unwrap_or(u8::MAX);
    let pairs = digits.as_bytes().chunks(2);
    let packed = pairs.map(|pair| {
        pair.iter()
            .fold(0, |packed: u8, digit| packed << 4 | digit & 15)
    });
    token(class, std::iter::once(length).chain(packed))
}

/// The longest of some lengths that a word has.
fn longest(lengths: &[usize], digits: &str) -> Option<usize> {
    lengths.iter().copied().rfind(|len| *len <= digits.len())
}

/// What the tokens of a record must be for a word to find it; `None` for a word that finds nothing.
pub(super) fn wanted(word: &Word) -> Option<Wanted> {
    let mut ways = Vec::new();
    ways.extend(of_text(word.folded()));
    ways.extend(word.plate().and_then(of_text));
    if let Some(c) = word.single() {
        ways.push(one(single(c)));
    }
    if let Some(digits) = word.phone() {
        let begins = longest(BEGINNINGS, digits).and_then(|len| phone_begins(digits, len));
        let ends = longest(ENDS, digits).and_then(|len| phone_ends(digits, len));
        ways.extend(begins.into_iter().chain(ends).map(one));
    }
    if let Some(sound) = word.sound() {
        ways.push(one(beginning(INITIALS, sound, BYTES)));
        let rest = sound.get(BYTES..).filter(|rest| !rest.is_empty());
        let mut tokens = vec![beginning(SOUND, sound, BYTES)];
        tokens.extend(rest.map(|rest| beginning(REST, rest, BYTES)));
        ways.push(all(tokens));
    }
    ways.extend(word.number().map(|number| {
        one(match number {
            (Some(kind), Some(year), seq) => whole(Number { kind, year, seq }),
            (_, _, seq) => serial(seq),
        })
    }));
    match ways.len() {
        0 => None,
        1 => ways.pop(),
        _ => Some(Wanted::Any(ways)),
    }
}

/// What stands in a text in which a word stands: what is rarest first, and of pairs and triples those
/// that are in nothing longer.
fn of_text(word: &str) -> Option<Wanted> {
    let chars: Vec<char> = word.chars().collect();
    let mut tokens = Vec::new();
    // Up to here everything stands in something longer.
    let mut covered = 0;
    for (at, here) in chars.windows(4).enumerate() {
        let &[a, b, c, d] = here else { continue };
        if let Some(token) = four([a, b, c, d]) {
            tokens.push(token);
            covered = at + 4;
        } else if covered < at + 2 {
            tokens.extend(short(&chars, at, &mut covered));
        }
    }
    for at in chars.len().saturating_sub(3)..chars.len() {
        if covered < at + 2 {
            tokens.extend(short(&chars, at, &mut covered));
        }
    }
    (!tokens.is_empty()).then(|| all(tokens))
}

/// The triple or else the pair that begins at a place of a word.
fn short(chars: &[char], at: usize, covered: &mut usize) -> Option<Token> {
    let (a, b) = (*chars.get(at)?, *chars.get(at + 1)?);
    let three = chars.get(at + 2).and_then(|c| triple(a, b, *c));
    *covered = at + if three.is_some() { 3 } else { 2 };
    Some(three.unwrap_or_else(|| pair(a, b)))
}

fn one(token: Token) -> Wanted {
    Wanted::Token(token.to_vec())
}

/// All of the tokens, or as many of them from all over the word as tell it apart.
fn all(tokens: Vec<Token>) -> Wanted {
    let step = tokens.len().div_ceil(MOST).max(1);
    let mut some: Vec<Wanted> = tokens.into_iter().step_by(step).map(one).collect();
    match (some.len(), some.pop()) {
        (1, Some(only)) => only,
        (_, last) => {
            some.extend(last);
            Wanted::All(some)
        }
    }
}
