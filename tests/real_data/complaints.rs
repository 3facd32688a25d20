//! Complaints about cars, a provider and banks.

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::Options;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::text::clean;

use crate::common::Bench;
use crate::importing::{PLAIN, counted, exported, import};
use crate::taken::{column, data, exported_column, figures, open, taken};

#[test]
fn six_hundred_car_complaints_in_gbk_keep_their_figures() {
    let Some(path) = data("cn-car-complaints-gbk/car_complain_gbk.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "car-complaints.toml", "dealership", None);
    assert_eq!(outcome.totals(), [600, 600, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    let sources = figures(
        &counted(&out, "Source"),
        ["处理反馈", "信息审核", "用户评分", "厂家受理"],
    );
    assert_eq!(sources, [286, 231, 57, 26]);
    assert_eq!(counted(&out, "Department").len(), 75, "brands");
    let made = exported_column(&out, "Made at");
    assert!(made.iter().all(|at| at.ends_with("00:00:00")), "days only");
}

#[test]
fn columns_that_are_shifted_against_their_header_are_told_row_by_row() {
    let Some(folder) = data("cn-car-complaints-gbk") else {
        return;
    };
    let text = "kind = \"complaint\"\n[fields]\nexternal = \"id\"\ntext = \"desc\"\n\
                state = { column = \"status\", values = { \"信息审核\" = \"recorded\" } }\n";
    let mapping = Mapping::parse(text, "map").unwrap();
    for name in [
        "car_complain_shifted_utf8.csv",
        "car_complain_乱码调整.xlsx",
    ] {
        let table = open(&folder.join(name), &Options::default()).unwrap();
        let mut bench = Bench::of("dealership");
        let outcome = import(&mut bench, &table, &mapping, &PLAIN);
        assert_eq!(outcome.totals(), [330, 0, 0, 330], "{name}");
        assert_eq!(
            outcome.reasons().into_keys().collect::<Vec<_>>(),
            ["cell-no-choice"]
        );
    }
}

#[test]
fn complaints_about_a_provider_keep_their_states() {
    let Some(path) = data("comcast-complaints/comcast_complaints.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "provider-complaints.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [2_224, 2_224, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    let states = figures(
        &counted(&out, "Source"),
        ["Solved", "Closed", "Open", "Pending"],
    );
    assert_eq!(states, [973, 734, 363, 154]);
    // The same day stands in the file as 22-04-15 and as 22-Apr-15; the latter cannot be misread.
    let table = open(&path, &Options::default()).unwrap();
    let written = column(&table, "Date_month_year").into_values();
    let month = |date: &str| date.split('-').nth(1).unwrap().to_owned();
    let mut months: Vec<String> = written.map(|date| month(&date)).collect();
    let made = exported_column(&out, "Made at");
    let name = |at: &String| {
        const NAMES: [&str; 12] = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ];
        NAMES[at.get(5..7).unwrap().parse::<usize>().unwrap() - 1].to_owned()
    };
    let mut read: Vec<String> = made.iter().map(name).collect();
    months.sort();
    read.sort();
    assert_eq!(read, months);
}

#[test]
fn complaints_about_banks_keep_their_figures() {
    let Some(path) = data("cfpb-complaints-small/cfpb_complaints_802.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "finance-complaints.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [802, 802, 0, 0]);
    let out = exported(&mut bench, Kind::Complaint);
    assert_eq!(figures(&counted(&out, "Category"), ["Mortgage"]), [253]);
    let sources = counted(&out, "Source");
    let timely = |source: &&String| source.split(" / ").nth(1) == Some("No");
    let untimely = sources.iter().filter(|(source, _)| timely(source));
    assert_eq!(untimely.map(|(_, count)| count).sum::<u64>(), 22);
    let texts = exported_column(&out, "Text");
    let table = open(&path, &Options::default()).unwrap();
    let told = column(&table, "Consumer complaint narrative").into_values();
    let told = told.filter(|it| !it.trim().is_empty());
    let kept = told.filter(|it| {
        let narrative = clean::body(it);
        texts.iter().any(|text| text.ends_with(narrative.trim()))
    });
    assert_eq!(kept.count(), 179, "narratives");
}
