//! Messages to a city’s government: their categories, and how long they waited for an answer.

use std::collections::BTreeSet;

use frontdesk::desk::contract::{Filter, ListQuery, Sort};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::number::Kind;
use frontdesk::domain::record::Record;
use frontdesk::exchange::book::Options;

use crate::common::list;
use crate::importing::{counted, exported};
use crate::taken::{column, data, exported_column, figures, open, taken};

#[test]
fn petitions_keep_their_categories_and_a_number_that_stands_twice_is_told() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let (mut bench, outcome) = taken(
        &folder.join("附件2.xlsx"),
        "petitions.toml",
        "call-centre",
        None,
    );
    assert_eq!(outcome.totals(), [495, 495, 0, 0]);
    let [double] = outcome.doubles.as_slice() else {
        panic!("{:?}", outcome.doubles)
    };
    assert_eq!(double.number, "37042");
    let out = exported(&mut bench, Kind::Complaint);
    let departments = figures(
        &counted(&out, "Department"),
        [
            "劳动和社会保障",
            "城乡建设",
            "教育文体",
            "卫生计生",
            "交通运输",
            "商贸旅游",
            "环境保护",
        ],
    );
    assert_eq!(departments, [104, 101, 96, 58, 55, 48, 33]);
    let numbers = counted(&out, "Former number");
    assert_eq!((numbers["37042"], numbers.len()), (2, 494));
}

#[test]
fn answered_petitions_keep_the_days_they_waited() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let (_, votes) = taken(
        &folder.join("附件3.xlsx"),
        "petitions-votes.toml",
        "call-centre",
        None,
    );
    assert_eq!(votes.totals(), [30, 30, 0, 0]);
    let path = folder.join("附件4.xlsx");
    let (mut bench, outcome) = taken(&path, "petitions-answered.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [120, 120, 0, 0]);
    let page = bench.page(ListQuery {
        limit: 500,
        ..list(Kind::Complaint, Filter::All, Sort::Oldest)
    });
    let calendar = Calendar::builtin();
    let mut in_days: Vec<u32> = Vec::new();
    let mut waited: Vec<i64> = page
        .rows
        .into_iter()
        .map(|(_, row)| match row.record {
            Record::Complaint(it) => {
                let answered = it.answer.unwrap().at;
                let [from, to] = [it.made_at, answered].map(|at| at.day(480).0);
                in_days.push(calendar.working_days_between(from, to));
                answered.0 - it.made_at.0
            }
            other => panic!("{other:?}"),
        })
        .collect();
    waited.sort_unstable();
    let median = i64::midpoint(waited[59], waited[60]);
    let hundredths = (median + 432_000_000) / 864_000_000;
    assert!(
        (994..=995).contains(&hundredths),
        "9.95 days, not {hundredths}"
    );
    in_days.sort_unstable();
    assert_eq!((in_days[59], in_days[60]), (7, 7), "working days");
    assert_eq!(in_days.iter().filter(|days| **days <= 15).count(), 95);
}

#[test]
fn the_tree_of_categories_is_read_whole_and_knows_the_category_of_every_petition() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let tree = open(&folder.join("附件1.xlsx"), &Options::default()).unwrap();
    let levels = ["一级分类", "二级分类", "三级分类"].map(|header| column(&tree, header));
    let [first, second, third] = levels.map(|cells| {
        assert_eq!(cells.len(), 517);
        assert!(cells.values().all(|cell| !cell.is_empty()));
        cells.into_values().collect::<BTreeSet<_>>()
    });
    assert_eq!((first.len(), second.len(), third.len()), (15, 103, 390));
    let petitions = open(&folder.join("附件2.xlsx"), &Options::default()).unwrap();
    let named = column(&petitions, "一级分类");
    assert_eq!(named.len(), 495, "of 65,203 rows that the sheet declares");
    assert!(named.values().all(|category| first.contains(category)));
}

#[test]
fn long_texts_behind_all_kinds_of_blanks_are_kept_whole() {
    let Some(folder) = data("cn-petitions-sample") else {
        return;
    };
    let path = folder.join("附件2.xlsx");
    let table = open(&path, &Options::default()).unwrap();
    let written: BTreeSet<String> = column(&table, "留言详情").into_values().collect();
    assert!(written.iter().all(|text| text.starts_with("\n\t")));
    let (mut bench, _) = taken(&path, "petitions.toml", "call-centre", None);
    let out = exported(&mut bench, Kind::Complaint);
    let ink = |text: &str| -> String {
        let is_ink = |c: &char| !c.is_whitespace() && *c != '\u{200B}';
        text.chars().filter(is_ink).collect()
    };
    let kept: BTreeSet<String> = exported_column(&out, "Text")
        .iter()
        .map(|text| ink(text))
        .collect();
    let longest = kept.iter().map(|text| text.chars().count()).max();
    assert!(longest > Some(3_000), "{longest:?}");
    for text in &written {
        let text = ink(text);
        assert!(kept.iter().any(|kept| kept.ends_with(&text)), "{text}");
    }
}
