//! What a record is found by: telephone from either end, name and its pinyin, plate, place,
//! number. Pure functions from a record to tokens and from a word to the places to look in.

use std::collections::BTreeSet;

use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::text::pinyin;

/// A telephone from its first digit.
pub(super) const PHONE: u8 = b'f';
/// A telephone from its last digit.
pub(super) const PHONE_BACK: u8 = b'b';
/// A name or title from every character at which somebody may begin to type it.
pub(super) const NAME: u8 = b'n';
/// First letters of the pinyin of a name.
pub(super) const INITIALS: u8 = b'i';
/// The whole pinyin of a name.
pub(super) const PINYIN: u8 = b'y';
/// A plate from every character.
pub(super) const PLATE: u8 = b'p';
/// A place from every part.
pub(super) const PLACE: u8 = b'a';
/// The running number, and the number in another system.
pub(super) const SERIAL: u8 = b's';

/// No token is longer than this many bytes; what follows is not needed to tell records apart.
pub(super) const TOKEN_BYTES: usize = 60;
/// At most so many starting points in one text.
const STARTS: usize = 24;

/// A set of tokens: class and token.
pub(super) type Tokens = BTreeSet<(u8, Vec<u8>)>;

/// What a record is found by. None for what is no business of a search: operators, the site.
pub(super) fn of(record: &Record) -> Tokens {
    let mut tokens = Tokens::new();
    let number = record.number();
    match record {
        Record::Customer(customer) => {
            let details = &customer.details;
            name(&mut tokens, &details.name);
            for part in [&details.place, &details.address] {
                starts(&mut tokens, PLACE, part);
            }
            for phone in &details.phones {
                telephone(&mut tokens, &phone.digits);
            }
            for plate in &details.plates {
                every_character(&mut tokens, PLATE, plate);
            }
            serial(&mut tokens, number, &details.external);
        }
        Record::Intake(intake) => {
            let details = &intake.details;
            name(&mut tokens, &details.caller);
            starts(&mut tokens, PLACE, &details.place);
            telephone(&mut tokens, &details.phone);
            serial(&mut tokens, number, &details.external);
        }
        Record::Complaint(complaint) => {
            let details = &complaint.details;
            name(&mut tokens, &details.complainant);
            starts(&mut tokens, PLACE, &details.place);
            telephone(&mut tokens, &details.phone);
            every_character(&mut tokens, PLATE, &details.plate);
            serial(&mut tokens, number, &details.external);
        }
        Record::File(file) => {
            let details = &file.details;
            name(&mut tokens, &details.person);
            name(&mut tokens, &details.title);
            starts(&mut tokens, PLACE, &details.place);
            telephone(&mut tokens, &details.phone);
            every_character(&mut tokens, PLATE, &details.plate);
            serial(&mut tokens, number, &details.external);
        }
        Record::Loan(loan) => {
            name(&mut tokens, &loan.details.borrower);
            name(&mut tokens, &loan.title);
            telephone(&mut tokens, &loan.details.phone);
            serial(&mut tokens, number, "");
        }
        Record::Operator(_)
        | Record::Site(_)
        | Record::Import(_)
        | Record::Credential(_)
        | Record::Permit(_)
        | Record::Remark(_) => {}
    }
    tokens
}

fn add(tokens: &mut Tokens, class: u8, token: &str) {
    if !token.is_empty() {
        let end = token.floor_char_boundary(TOKEN_BYTES);
        tokens.insert((
            class,
            token.as_bytes().get(..end).unwrap_or_default().to_vec(),
        ));
    }
}

fn name(tokens: &mut Tokens, text: &str) {
    starts(tokens, NAME, text);
    // The sound of a whole sentence is not what anybody types.
    if text.chars().count() <= 16 {
        for initials in pinyin::initials(text) {
            add(tokens, INITIALS, &initials);
        }
        for sound in pinyin::full(text) {
            add(tokens, PINYIN, &sound);
        }
    }
}

/// A token from every Han character, and from the first character of every run of others.
fn starts(tokens: &mut Tokens, class: u8, text: &str) {
    let folded = pinyin::fold(text);
    let mut count = 0;
    let mut before: Option<char> = None;
    // Folding drops the spaces, so the beginnings of Latin words are taken from the words.
    for word in text.split_whitespace().skip(1).take(STARTS) {
        let begins = word.chars().next().is_some_and(char::is_alphanumeric);
        if begins && word.is_ascii() {
            add(tokens, class, &pinyin::fold(word));
        }
    }
    for (at, c) in folded.char_indices() {
        let begins = match before {
            None => true,
            Some(_) if !c.is_alphanumeric() => false,
            Some(last) => {
                !c.is_ascii()
                    || !last.is_ascii_alphanumeric()
                    || (c.is_ascii_digit() != last.is_ascii_digit())
            }
        };
        before = Some(c);
        if begins {
            add(tokens, class, folded.get(at..).unwrap_or_default());
            count += 1;
            if count == STARTS {
                return;
            }
        }
    }
}

fn every_character(tokens: &mut Tokens, class: u8, text: &str) {
    let folded = pinyin::fold(text);
    for (at, _) in folded.char_indices().take(STARTS) {
        add(tokens, class, folded.get(at..).unwrap_or_default());
    }
}

fn telephone(tokens: &mut Tokens, digits: &str) {
    add(tokens, PHONE, digits);
    add(
        tokens,
        PHONE_BACK,
        &digits.chars().rev().collect::<String>(),
    );
}

fn serial(tokens: &mut Tokens, number: Number, external: &str) {
    add(tokens, SERIAL, &format!("{}\0", number.seq));
    if !external.is_empty() {
        add(tokens, SERIAL, &format!("{}\0", pinyin::fold(external)));
    }
}

/// The places to look in for a word: class and the beginning of the token.
pub(super) fn places_for(word: &str) -> Vec<(u8, Vec<u8>)> {
    let folded = pinyin::fold(word);
    if folded.is_empty() {
        return Vec::new();
    }
    let short = |text: &str| {
        text.as_bytes()
            .get(..text.floor_char_boundary(TOKEN_BYTES))
            .unwrap_or_default()
            .to_vec()
    };
    let digits: String = folded.chars().filter(|c| !"-()/+".contains(*c)).collect();
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let mut places = vec![(NAME, short(&folded)), (PLACE, short(&folded))];
    places.push((SERIAL, short(&format!("{folded}\0"))));
    if all_digits && digits.len() >= 2 {
        let back: String = digits.chars().rev().collect();
        places.push((PHONE, short(&digits)));
        places.push((PHONE_BACK, short(&back)));
    }
    if folded.bytes().all(|b| b.is_ascii_alphabetic()) {
        places.push((INITIALS, short(&folded)));
        places.push((PINYIN, short(&folded)));
    }
    let plate: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    if !plate.is_empty() {
        places.push((PLATE, short(&plate)));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tokens: &Tokens, word: &str) -> bool {
        places_for(word).iter().any(|(class, start)| {
            tokens
                .iter()
                .any(|(c, token)| c == class && token.starts_with(start))
        })
    }

    #[test]
    fn a_name_is_found_by_its_characters_and_its_sound() {
        let mut tokens = Tokens::new();
        name(&mut tokens, "单雄信");
        for word in ["单", "雄信", "信", "sxx", "SXX", "shanxiong", "单雄信"] {
            assert!(found(&tokens, word), "{word}");
        }
        for word in ["王", "xinx", "雄单"] {
            assert!(!found(&tokens, word), "{word}");
        }
    }

    #[test]
    fn a_telephone_is_found_from_either_end() {
        let mut tokens = Tokens::new();
        telephone(&mut tokens, "13800138000");
        for word in ["138", "8000", "13800138000", "138-0013", "8000"] {
            assert!(found(&tokens, word), "{word}");
        }
        assert!(!found(&tokens, "0013"));
    }

    #[test]
    fn a_place_is_found_by_its_parts() {
        let mut tokens = Tokens::new();
        starts(&mut tokens, PLACE, "桂花苑3栋 1201室");
        for word in ["桂花苑", "花苑3栋", "3栋", "1201"] {
            assert!(found(&tokens, word), "{word}");
        }
        let mut tokens = Tokens::new();
        starts(&mut tokens, PLACE, "24 Mission Street");
        for word in ["mission", "street", "24"] {
            assert!(found(&tokens, word), "{word}");
        }
    }

    #[test]
    fn a_plate_is_found_without_its_province() {
        let mut tokens = Tokens::new();
        every_character(&mut tokens, PLATE, "沪A12345");
        for word in ["沪A12345", "a12345", "12345", "345", "沪a·12345"] {
            assert!(found(&tokens, word), "{word}");
        }
    }
}
