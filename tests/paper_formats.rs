//! What goes on paper and to other programs, in each of its formats and in both languages: cards, the forms of a
//! day, the reports of a month.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod common;

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use common::staff::Staff;
use common::{call, card, printed};
use frontdesk::desk::contract::{Command, Door as _, HandlingRow, Query, Reply, Request, Row};
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::fines::Month;
use frontdesk::domain::monthly::MonthlyKind;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::profile::Profile;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::forms::{Form, PaperFormat};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{Papers, handling, html, monthly, table, text};

fn asked(staff: &mut Staff, query: Query) -> Reply {
    let envelope = staff.bench.envelope(Request::Look(query));
    staff.bench.desk.ask(&envelope).unwrap()
}

fn in_full(staff: &mut Staff, form: Form, number: Number) -> Row {
    match asked(staff, form.query(number)) {
        Reply::Record(Some(row)) => *row,
        other => panic!("{other:?}"),
    }
}

/// The cells of the sheets of a workbook, as texts.
fn sheets(bytes: Vec<u8>) -> Vec<Vec<Vec<String>>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    names
        .iter()
        .map(|name| {
            let range = book.worksheet_range(name).unwrap();
            let cell = |data: &Data| data.to_string();
            range
                .rows()
                .map(|row| row.iter().map(cell).collect())
                .collect()
        })
        .collect()
}

#[test]
fn a_card_is_printed_with_its_five_contents_in_order_and_a_word_for_what_is_missing() {
    let mut staff = Staff::of("property");
    staff.is(Role::CustomerServiceManager);
    let wang = staff.bench.customer(CustomerDetails {
        position: "会计".into(),
        plates: vec!["豫A12345".into()],
        ..card("王芳", "13800138000")
    });
    let number = wang.meta.number;
    let marked = Command::MarkCustomer {
        at: common::seen(&Record::Customer(wang)),
        mark: Mark::Key,
        set: true,
    };
    staff.bench.change(marked);
    let row = in_full(&mut staff, Form::Card, number);
    for (lang, title, contents) in [
        (
            Lang::Zh,
            "重点客户卡片",
            [
                "姓名",
                "王芳",
                "工作单位",
                "未填",
                "职务",
                "会计",
                "138 0013 8000",
                "豫A12345",
            ],
        ),
        (
            Lang::En,
            "Key customer’s card",
            [
                "Name",
                "王芳",
                "Employer",
                "missing",
                "Position",
                "会计",
                "138 0013 8000",
                "豫A12345",
            ],
        ),
    ] {
        let texts = Texts::new(lang);
        let words = Words {
            texts: &texts,
            profile: &staff.profile,
        };
        let mut papers = Papers::new(Form::Card);
        assert!(papers.add(&row, words));
        for as_html in [false, true] {
            let paper = printed(&papers, as_html, words);
            assert!(paper.contains(title), "{paper}");
            let mut from = 0;
            for content in contents {
                let place = paper[from..].find(content);
                from += place.unwrap_or_else(|| panic!("{content}: {paper}"));
            }
        }
    }
}

#[test]
fn the_register_of_a_day_is_a_table_for_other_programs_too() {
    let mut staff = Staff::of("property");
    staff.is(Role::CustomerServiceManager);
    let text = "水管漏水, 请来\n\"尽快\"";
    staff.bench.intake(call(text));
    let day = Day::parse("2024-06-06").unwrap();
    let Reply::Page(page) = asked(&mut staff, Form::Register.of_day(day)) else {
        panic!();
    };
    let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let mut papers = Papers::new(Form::Register);
    papers.add_day(day, &rows, words);
    let csv = papers.finished(PaperFormat::Csv, true, words).unwrap();
    let read: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&csv[3..])
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(read.len(), 2, "{read:?}");
    assert_eq!(read[0].len(), read[1].len());
    assert_eq!(read[1][3], text);
    let book = sheets(papers.finished(PaperFormat::Xlsx, true, words).unwrap());
    assert_eq!(book[1][0], read[0]);
    assert_eq!(book[1][1][3], text);
}

#[test]
fn a_label_and_a_slip_are_no_tables() {
    for form in [Form::Labels, Form::Slip, Form::Card] {
        assert!(!form.formats().contains(&PaperFormat::Csv));
    }
    assert!(Form::Registrations.formats().contains(&PaperFormat::Xlsx));
}

#[test]
fn every_report_of_a_month_can_be_had_in_every_format_and_language() {
    let names = ["a", "b", "c", "d"];
    for id in Profile::IDS {
        let mut staff = Staff::of(id);
        for kind in MonthlyKind::ALL {
            let found = staff.posts.clone().into_keys().find_map(|role| {
                staff.is(role);
                let query = Query::Monthly(*kind, Month::of(Day::parse("2024-06-06").unwrap()));
                let envelope = staff.bench.envelope(Request::Look(query));
                match staff.bench.desk.ask(&envelope) {
                    Ok(Reply::Monthly(found)) => Some(found),
                    _ => None,
                }
            });
            let found = found.unwrap_or_else(|| panic!("{id}: nobody sees {}", kind.id()));
            for lang in Lang::ALL {
                let texts = Texts::new(*lang);
                let words = Words {
                    texts: &texts,
                    profile: &staff.profile,
                };
                let document = monthly::document(&found, words);
                assert!(!document.title.is_empty());
                for laid in [
                    text::text(&document, true),
                    html::html(&document, *lang),
                    table::csv(&document, names),
                ] {
                    // What has no words shows as its key.
                    let raw = laid
                        .lines()
                        .find(|line| line.contains("{ $") || line.contains("??"));
                    assert_eq!(raw, None, "{id} {} {lang:?}", kind.id());
                }
                assert!(text::text(&document, true).contains(&document.title));
                let book = sheets(table::xlsx(&document).unwrap());
                assert_eq!(book[0][0][0], document.title);
            }
        }
    }
}

#[test]
fn how_long_calls_took_is_a_table_in_every_format() {
    let rows = [HandlingRow {
        operator: Number {
            kind: Kind::Operator,
            year: 0,
            seq: 1,
        },
        name: "王芳".into(),
        count: 3,
        mean: 75,
        median: 60,
        longest: 130,
    }];
    let day = |text| Day::parse(text).unwrap();
    let profile = Profile::builtin("property").unwrap();
    for lang in Lang::ALL {
        let texts = Texts::new(*lang);
        let words = Words {
            texts: &texts,
            profile: &profile,
        };
        let period = (day("2024-06-01"), day("2024-06-30"));
        let document = handling::document(&rows, period, words);
        let book = sheets(table::xlsx(&document).unwrap());
        assert_eq!(book[1][1], ["王芳", "3", "1:15", "1:00", "2:10"]);
        for laid in [
            text::text(&document, true),
            html::html(&document, *lang),
            table::csv(&document, ["a", "b", "c", "d"]),
        ] {
            assert!(laid.contains("2:10"), "{laid}");
        }
    }
}
