use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::desk::tokens;
use crate::domain::context::Meta;
use crate::domain::customer::{Customer, CustomerDetails};
use crate::domain::intake::{Intake, IntakeDetails, IntakeState};
use crate::domain::stamp::Stamp;
use crate::search::Wanted;

/// What every record has: it is the 123rd request of 2026.
fn meta() -> Meta {
    let by = Number {
        kind: Kind::Operator,
        year: 2026,
        seq: 1,
    };
    let number = Number {
        kind: Kind::Intake,
        year: 2026,
        seq: 123,
    };
    Meta {
        number,
        version: 1,
        created_at: Stamp(0),
        created_by: by,
        changed_at: Stamp(0),
        changed_by: by,
        import: None,
        void: false,
    }
}

/// A request with a name and a text.
fn sample(name: &str, text: &str) -> Record {
    let details = IntakeDetails {
        caller: name.into(),
        text: text.into(),
        ..IntakeDetails::default()
    };
    Record::Intake(Intake {
        meta: meta(),
        details,
        started_at: Stamp(0),
        state: IntakeState::Recorded,
        outcome: None,
        complaint: None,
        repair: None,
        waived: Vec::new(),
        next: None,
    })
}

/// One of the searched fields.
fn field(record: &Record, which: u8) -> String {
    let Record::Intake(intake) = record else {
        return String::new();
    };
    let details = &intake.details;
    match which % 3 {
        0 => details.caller.clone(),
        1 => details.text.clone(),
        _ => details.phone.clone(),
    }
}

/// A part of a field without its blanks.
fn part(field: &str, from: u8, len: u8) -> String {
    let chars: Vec<char> = field.chars().filter(|c| !c.is_whitespace()).collect();
    let from = usize::from(from) % chars.len().max(1);
    let part = chars.iter().skip(from).take(usize::from(len) % 9);
    part.collect()
}

/// Whether tokens are what is wanted.
fn lets_through(tokens: &[tokens::Token], wanted: &Wanted) -> bool {
    match wanted {
        Wanted::Token(one) => tokens.iter().any(|token| token.as_slice() == one),
        Wanted::All(all) => all.iter().all(|one| lets_through(tokens, one)),
        Wanted::Any(any) => any.iter().any(|one| lets_through(tokens, one)),
    }
}

/// Whether a word finds a record; its tokens let it through then.
fn found(record: &Record, typed: &str) -> bool {
    let word = Word::new(typed);
    let found = Haystack::of(record).is_some_and(|haystack| haystack.has(&word));
    let wanted = tokens::wanted(&word);
    let through = wanted.is_some_and(|wanted| lets_through(&tokens::of(record), &wanted));
    assert!(through || !found, "{typed} is not let through");
    found
}

fn assert_finds(record: &Record, words: &[&str], others: &[&str]) {
    for word in words {
        assert!(found(record, word), "{word} is not found");
    }
    for word in others {
        assert!(!found(record, word), "{word} is found");
    }
}

#[test]
fn a_name_is_found_by_its_characters_and_its_sound() {
    assert_finds(
        &sample("单雄信", ""),
        &[
            "单",
            "雄信",
            "信",
            "sxx",
            "SXX",
            "shanxiong",
            "ＳＨＡＮ",
            "单雄信",
            "s",
        ],
        &["王", "xinx", "雄单", "shanxiongxinx"],
    );
    let long = sample("司徒正宏", "");
    assert_finds(
        &long,
        &["situzhengh", "situzhenghong", "stzh"],
        &["situzhenghen"],
    );
}

#[test]
fn a_telephone_is_found_from_either_end() {
    let mut record = sample("王芳", "");
    if let Record::Intake(intake) = &mut record {
        intake.details.phone = "13800138000".into();
    }
    assert_finds(
        &record,
        &[
            "138",
            "8000",
            "000",
            "13800138000",
            "138-0013",
            "+86 13800138000",
            "(138)0013-8000",
        ],
        &["0013", "00138", "80", "13800138001"],
    );
}

#[test]
fn two_characters_of_a_text_are_enough_wherever_they_stand() {
    let record = sample("王芳", "3号楼电梯 B12 按键失灵，24 Mission Street");
    assert_finds(
        &record,
        &[
            "电梯",
            "梯b",
            "B12",
            "12按",
            "b1",
            "失灵，",
            "mission",
            "ssion",
            "ＭＩＳＳ",
            "24miss",
            "楼电梯b12按键",
        ],
        &["梯", "灵24", "missing", "电失", "芳3"],
    );
}

#[test]
fn a_plate_is_found_however_it_is_written() {
    let details = CustomerDetails {
        name: "王芳".into(),
        plates: vec!["沪A12345".into()],
        ..CustomerDetails::default()
    };
    let record = Record::Customer(Customer {
        meta: meta(),
        details,
        marks: BTreeSet::new(),
        confirmed_on: Stamp(0).day(0),
        fills: Vec::new(),
    });
    let words = ["沪A12345", "a12345", "12345", "345", "沪a·12345", "沪A-123"];
    assert_finds(&record, &words, &["沪B", "沪b·12345"]);
}

#[test]
fn a_number_is_found_as_it_is_spoken() {
    let record = sample("王芳", "");
    let number = record.number();
    assert_eq!(number.to_string(), "IN-2026-00123");
    assert_finds(
        &record,
        &["123", "00123", "2026-123", "in-2026-00123", "IN2026-123"],
        &["12", "1234", "2025-123", "CO-2026-00123", "-123"],
    );
}

#[test]
fn what_was_taken_back_is_found_by_nothing() {
    let mut record = sample("王芳", "电梯停了");
    assert!(found(&record, "电梯"));
    record.meta_mut().void = true;
    assert!(!found(&record, "电梯"));
    assert!(tokens::of(&record).is_empty());
}

proptest! {
    #[test]
    fn the_tokens_let_through_whatever_a_word_finds(
        name in "[单曾王芳3bB ]{0,5}",
        text in "[电梯停水a-c1-3 ·é，\u{ff21}-\u{ff23}]{0,20}",
        phone in "[0-9]{0,12}",
        word in "[单曾王芳电梯停水a-cstzy1-30 ·é，-]{1,6}",
        cut in any::<(u8, u8, u8)>(),
    ) {
        let mut record = sample(&name, &text);
        if let Record::Intake(intake) = &mut record {
            intake.details.phone = phone;
        }
        found(&record, &word.replace(' ', ""));
        // A part of a field is more often found than chance would have it.
        let part = part(&field(&record, cut.0), cut.1, cut.2);
        if part.chars().nth(1).is_some() {
            prop_assert!(found(&record, &part) || cut.0 % 3 == 2, "{}", part);
        }
    }
}

proptest! {
    #[test]
    fn what_is_seen_in_a_text_as_written_stands_in_it_folded(
        text in r"[aAe电梯。Ａ　 \u{301}\u{308}\u{1100}\u{1161}]{0,12}",
        from in 0_usize..12,
        length in 1_usize..5,
    ) {
        let word: String = text.chars().skip(from).take(length).collect();
        let word = pinyin::fold(&word);
        prop_assert!(!stands(&word, &text) || pinyin::fold(&text).contains(&word));
    }
}
