//! What is found is what a scan of all records finds: each kind of search by example, and random
//! work with random questions, also over many small files, after a kill, and without the files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::fs;
use std::path::Path;

use common::model::{KINDS, found, listed};
use common::place::Place;
use common::walk::{Walk, begin};
use common::{Bench, call, card, folder, grievance, list, numbers};
use fastrand::Rng;
use frontdesk::desk::contract::{Adopted, Command, Filter, ListQuery, Query, Reply, Sort};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;

fn customers(bench: &mut Bench, words: &str) -> Vec<Number> {
    bench.found(Kind::Customer, Filter::Current, words)
}

fn person(bench: &mut Bench, name: &str, phone: &str) -> Number {
    bench.customer(card(name, phone)).meta.number
}

#[test]
fn a_telephone_is_found_from_either_end() {
    let mut bench = Bench::of("property");
    let one = person(&mut bench, "王芳", "13800138000");
    let other = person(&mut bench, "李强", "13912348000");
    assert_eq!(customers(&mut bench, "138"), [one]);
    assert_eq!(customers(&mut bench, "8000"), [other, one]);
    assert_eq!(customers(&mut bench, "138-0013-8000"), [one]);
    assert!(customers(&mut bench, "0013").is_empty());
}

#[test]
fn a_name_is_found_by_its_characters_initials_and_every_sound_of_its_surname() {
    let mut bench = Bench::of("property");
    let shan = person(&mut bench, "单雪梅", "13800138000");
    person(&mut bench, "王芳", "13800138001");
    for words in [
        "单",
        "雪梅",
        "sxm",
        "shanxue",
        "shanxuemei",
        "danxuemei",
        "dxm",
    ] {
        assert_eq!(customers(&mut bench, words), [shan], "{words}");
    }
}

#[test]
fn plates_places_and_addresses_are_found_by_a_part() {
    let mut bench = Bench::of("property");
    let details = CustomerDetails {
        plates: vec!["沪A12345".into()],
        place: "3-1201".into(),
        address: "桂花苑路 88 号".into(),
        ..card("王芳", "13800138000")
    };
    let one = bench.customer(details).meta.number;
    for words in [
        "沪A·123",
        "12345",
        "3-1201",
        "1201",
        "花苑路88",
        "桂花 88号",
    ] {
        assert_eq!(customers(&mut bench, words), [one], "{words}");
    }
}

#[test]
fn a_number_is_found_as_it_is_spoken() {
    let mut bench = Bench::of("property");
    let first = bench.intake(call("电梯停了")).meta.number;
    bench.intake(call("厨房漏水"));
    for words in ["1", "2024-1", "in-2024-00001"] {
        assert_eq!(
            bench.found(Kind::Intake, Filter::All, words),
            [first],
            "{words}"
        );
    }
}

#[test]
fn any_two_characters_of_a_text_find_it_however_old_it_is() {
    let mut bench = Bench::of("property");
    let old = bench.intake(call("东侧门禁失灵，B12 打不开")).meta.number;
    for _ in 0..60 {
        bench.intake(call("厨房漏水"));
    }
    for words in ["门禁", "灵，", "b1", "12打", "打不开 门禁 王芳"] {
        assert_eq!(
            bench.found(Kind::Intake, Filter::All, words),
            [old],
            "{words}"
        );
    }
}

#[test]
fn a_changed_record_is_found_by_its_new_words_only() {
    let mut bench = Bench::of("property");
    let number = person(&mut bench, "王芳", "13800138000");
    let details = card("李芳", "13900139000");
    let at = bench.present(number);
    bench.change(Command::ChangeCustomer { at, details });
    assert_eq!(customers(&mut bench, "李芳"), [number]);
    assert_eq!(customers(&mut bench, "139"), [number]);
    assert!(customers(&mut bench, "王芳").is_empty());
    assert!(customers(&mut bench, "138").is_empty());
}

#[test]
fn the_caller_is_shown_by_the_beginning_or_the_end_of_a_number() {
    let mut bench = Bench::of("property");
    let one = person(&mut bench, "王芳", "13800138000");
    for digits in ["1380", "8000", "13800138000"] {
        let digits = digits.to_owned();
        let Reply::Caller(caller) = bench.look(Query::Caller {
            digits: digits.clone(),
        }) else {
            panic!("no card");
        };
        let shown: Vec<Number> = caller.customers.iter().map(|it| it.meta.number).collect();
        assert_eq!(shown, [one], "{digits}");
        assert_eq!(caller.exact, digits.len() == 11);
    }
}

#[test]
fn the_search_across_all_kinds_shows_the_newest_first() {
    let mut bench = Bench::of("property");
    let mut made = Vec::new();
    for round in 0..4 {
        bench.clock.advance_seconds(60);
        made.push(match round % 2 {
            0 => bench.intake(call("楼道照明坏了")).meta.number,
            _ => bench.complaint(grievance("照明太暗")).meta.number,
        });
    }
    bench.clock.advance_seconds(60);
    made.push(bench.file(folder("照明图纸")).meta.number);
    let complaint_and_intake: Vec<Number> = made.into_iter().rev().collect();
    let shown = bench.searched("照明");
    let shown: Vec<Number> = shown
        .into_iter()
        .filter(|number| complaint_and_intake.contains(number))
        .collect();
    assert_eq!(shown, complaint_and_intake);
}

/// A part of something that is known, or anything.
fn question(random: &mut Rng, walk: &Walk) -> String {
    let records: Vec<&Record> = walk.model.values().collect();
    let count = random.usize(1..3);
    let words: Vec<String> = (0..count).map(|_| word(random, &records)).collect();
    words.join(" ")
}

fn word(random: &mut Rng, records: &[&Record]) -> String {
    let known = random.choice(records).unwrap();
    let (name, text, phone) = match known {
        Record::Customer(one) => {
            let phone = one.details.phones.first().map(|it| it.digits.clone());
            let (name, place) = (&one.details.name, &one.details.place);
            (name.clone(), place.clone(), phone.unwrap_or_default())
        }
        Record::Intake(one) => {
            let it = &one.details;
            (it.caller.clone(), it.text.clone(), it.phone.clone())
        }
        Record::Complaint(one) => {
            let it = &one.details;
            (it.complainant.clone(), it.text.clone(), it.phone.clone())
        }
        Record::File(one) => {
            let it = &one.details;
            (it.title.clone(), it.person.clone(), it.phone.clone())
        }
        Record::Loan(one) => {
            let it = &one.details;
            (it.borrower.clone(), it.reason.clone(), it.phone.clone())
        }
        _ => (String::new(), String::new(), String::new()),
    };
    let number = known.number();
    match random.u8(0..10) {
        0..3 => part(random, &text),
        3 | 4 => part(random, &name),
        5 => phone.chars().take(random.usize(2..8)).collect(),
        6 => phone.chars().skip(random.usize(3..9)).collect(),
        7 => {
            let sounds = [
                frontdesk::text::pinyin::initials(&name),
                frontdesk::text::pinyin::full(&name),
            ];
            let sound = random.choice(sounds.concat()).unwrap_or_default();
            sound.chars().take(random.usize(1..9)).collect()
        }
        8 => [
            number.seq.to_string(),
            format!("{}-{}", number.year, number.seq),
            number.to_string(),
        ][random.usize(0..3)]
        .clone(),
        _ => random
            .choice(["水", "无此人", "ab", "12", "a", "-", "，", "梯停"])
            .unwrap()
            .into(),
    }
}

fn part(random: &mut Rng, text: &str) -> String {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let from = random.usize(0..=chars.len());
    let length = random.usize(1..5);
    chars.into_iter().skip(from).take(length).collect()
}

/// Asks so many questions and holds the answers against a scan.
fn assert_finds(bench: &mut Bench, walk: &Walk, random: &mut Rng, questions: usize) -> usize {
    let now = bench.desk.now();
    let sorts = [
        Sort::Newest,
        Sort::Newest,
        Sort::Oldest,
        Sort::Name,
        Sort::Due,
    ];
    let filters = [
        Filter::All,
        Filter::Current,
        Filter::Open,
        Filter::Late,
        Filter::Closed,
    ];
    let mut hits = 0;
    for _ in 0..questions {
        let find = question(random, walk);
        if find.trim().is_empty() {
            continue;
        }
        let kind = *random.choice(KINDS).unwrap();
        let query = ListQuery {
            find: find.clone(),
            ..list(
                kind,
                random.choice(filters).unwrap(),
                random.choice(sorts).unwrap(),
            )
        };
        let expected = listed(&walk.model, &query, now);
        let page = bench.page(query.clone());
        assert_eq!(numbers(&page), expected, "{query:?}");
        assert!(!page.truncated, "{query:?}");
        assert_eq!(page.total, Some(expected.len() as u64), "{query:?}");
        let mut everywhere = bench.searched(&find);
        let mut expected: Vec<Number> = walk
            .model
            .values()
            .filter(|record| !record.meta().void && found(record, &find))
            .map(Record::number)
            .filter(|number| KINDS.contains(&number.kind))
            .collect();
        hits += expected.len();
        if expected.len() <= 100 {
            everywhere.sort_unstable();
            expected.sort_unstable();
            assert_eq!(everywhere, expected, "{find}");
        }
    }
    hits
}

#[test]
fn what_is_found_is_what_a_scan_finds() {
    for seed in 0..6 {
        let (mut bench, mut walk) = begin(seed);
        let mut random = Rng::with_seed(seed);
        // Many small files, merged all the time; or everything in memory.
        if seed % 2 == 0 {
            bench.desk.write_search_files_of(3);
        }
        let mut hits = 0;
        for _ in 0..12 {
            for _ in 0..25 {
                bench.clock.advance_seconds(900);
                let _ = walk.step(&mut bench.desk);
            }
            hits += assert_finds(&mut bench, &walk, &mut random, 30);
        }
        assert!(hits > 200, "{hits} hits are too few to tell");
        bench.assert_clean();
    }
}

#[test]
fn rows_of_an_import_that_was_taken_back_are_found_no_more() {
    let mut bench = Bench::of("property");
    bench.desk.write_search_files_of(2);
    let begin = Command::BeginImport {
        kind: Kind::Customer,
        file: "customers.csv".into(),
    };
    let import = bench.change(begin).number();
    for name in ["王芳", "王小芳", "李强"] {
        let record = Box::new(Adopted::Customer(card(name, "13800138000")));
        bench.change(Command::Adopt {
            import,
            record,
            existing: Existing::New,
            customer: String::new(),
        });
    }
    let kept = person(&mut bench, "王大芳", "13900139000");
    assert_eq!(customers(&mut bench, "王").len(), 3);
    let at = bench.present(import);
    bench.change(Command::VoidImport { at });
    assert_eq!(customers(&mut bench, "王"), [kept]);
    bench.assert_clean();
}

fn files(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(dir.join("search")).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn after_a_kill_what_the_files_lack_is_taken_in_again() {
    let mut place = Place::new(3);
    let mut random = Rng::with_seed(3);
    for round in 0..4 {
        place.bench.desk.write_search_files_of(7);
        place.work(8);
        if round == 1 {
            place.close_desk();
        } else {
            place.drop_desk();
        }
        place.open();
        let hits = assert_finds(&mut place.bench, &place.walk, &mut random, 40);
        assert!(hits > 20, "{hits} hits are too few to tell");
        place.bench.assert_clean();
    }
}

#[test]
fn without_its_files_or_with_damaged_ones_the_index_is_made_anew() {
    let mut place = Place::new(4);
    let mut random = Rng::with_seed(4);
    place.work(10);
    for damage in [
        |dir: &Path| fs::remove_dir_all(dir.join("search")).unwrap(),
        |dir: &Path| {
            for file in files(dir) {
                fs::write(file, b"not what it was").unwrap();
            }
        },
        |dir: &Path| {
            for file in files(dir) {
                let bytes = fs::read(&file).unwrap();
                fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
            }
        },
    ] {
        place.close_desk();
        damage(&place.dir);
        place.open();
        assert_finds(&mut place.bench, &place.walk, &mut random, 30);
        place.bench.assert_clean();
    }
}

/// Names whose surnames are read otherwise than their characters mostly are, with their initials and
/// their whole sound as they are read.
const BY_SOUND: &str = include_str!("../fixtures/names/by-sound.tsv");

#[test]
fn each_of_200_names_is_found_by_its_initials_and_by_its_whole_sound() {
    let mut bench = Bench::of("property");
    let rows: Vec<Vec<&str>> = BY_SOUND
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    assert_eq!(rows.len(), 200);
    let known: Vec<Number> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| person(&mut bench, row[0], &format!("1380000{place:04}")))
        .collect();
    let mut lost = Vec::new();
    for (row, number) in rows.iter().zip(&known) {
        for words in &row[1..] {
            if !customers(&mut bench, words).contains(number) {
                lost.push(format!("{} {words}", row[0]));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:?}");
}
