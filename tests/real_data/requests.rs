//! Requests and calls of cities and of a call centre.

use frontdesk::domain::number::Kind;
use frontdesk::exchange::book::Options;

use crate::common::Bench;
use crate::importing::{PLAIN, content, counted, exported, import};
use crate::taken::{data, exported_column, figures, map, open, taken, there_and_back};

#[test]
fn ten_thousand_service_requests_keep_their_figures() {
    let Some(path) = data("sf311/sf311_service_requests.csv") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "sf311.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [10_000, 10_000, 0, 0]);
    let out = exported(&mut bench, Kind::Intake);
    let states = counted(&out, "State");
    assert_eq!(states.into_values().collect::<Vec<_>>(), [9_630, 370]);
    let sources = figures(
        &counted(&out, "Source"),
        ["Phone", "Web", "Mobile/Open311", "Twitter"],
    );
    assert_eq!(sources, [4865, 4148, 839, 90]);
    let begun = exported_column(&out, "Began");
    let ended = exported_column(&out, "Closed at");
    let both = begun.iter().zip(&ended).filter(|(_, end)| !end.is_empty());
    let back_to_front = both.filter(|(begin, end)| end < begin);
    assert_eq!(back_to_front.count(), 17, "closed before they were opened");
    assert_eq!(
        begun[0], "2016-07-13 23:11:07",
        "eight hours east of what was written"
    );
}

#[test]
fn city_requests_come_out_alike_whatever_they_are_packed_in() {
    let Some(folder) = data("boston311-100") else {
        return;
    };
    let (mut bench, outcome) = taken(
        &folder.join("boston311-100.csv"),
        "city-requests.toml",
        "call-centre",
        None,
    );
    assert_eq!(outcome.totals(), [100, 100, 0, 0]);
    let plain = exported(&mut bench, Kind::Intake);
    let sources = counted(&plain, "Source");
    let overdue = sources
        .iter()
        .filter(|(source, _)| source.ends_with("OVERDUE"));
    assert_eq!(overdue.map(|(_, count)| count).sum::<u64>(), 17);
    assert_eq!(
        counted(&plain, "State").into_values().min(),
        Some(15),
        "open"
    );
    for name in [
        "boston311-100.csv.gz",
        "boston311-100.csv.zip",
        "boston311-dmy-100.csv",
    ] {
        let (mut bench, _) = taken(
            &folder.join(name),
            "city-requests.toml",
            "call-centre",
            None,
        );
        assert_eq!(
            content(&exported(&mut bench, Kind::Intake)),
            content(&plain),
            "{name}"
        );
    }
    let path = folder.join("boston311-100-20dupes-random.csv");
    let (_, outcome) = taken(&path, "city-requests.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [100, 80, 20, 0]);
    for (name, imported) in [
        ("boston311-100-notime.csv", 100),
        ("boston311-100-with-nonascii.csv", 100),
        ("boston311-100-with-fake-pii.csv", 100),
    ] {
        let (_, outcome) = taken(
            &folder.join(name),
            "city-requests.toml",
            "call-centre",
            None,
        );
        assert_eq!(outcome.tally.imported, imported, "{name}");
    }
}

#[test]
fn calls_of_a_call_centre_keep_their_figures() {
    let Some(path) = data("pwc-call-log/call-center-dataset.xlsx") else {
        return;
    };
    let (mut bench, outcome) = taken(&path, "calls.toml", "call-centre", None);
    assert_eq!(outcome.totals(), [5_000, 5_000, 0, 0]);
    let out = exported(&mut bench, Kind::Intake);
    let (mut answered, mut resolved, mut waited) = (0, 0, 0);
    for (source, count) in counted(&out, "Source") {
        let parts: Vec<&str> = source.split('/').collect();
        answered += if parts[0] == "Y" { count } else { 0 };
        resolved += if parts[1] == "Y" { count } else { 0 };
        waited += parts
            .get(2)
            .map_or(0, |seconds| seconds.parse::<u64>().unwrap() * count);
    }
    assert_eq!((answered, resolved), (4_054, 3_646));
    assert_eq!(waited * 100 / answered, 6_752, "67.52 s");
}

#[test]
fn requests_of_another_city_come_out_alike_in_whatever_form() {
    let Some(folder) = data("boston311-100") else {
        return;
    };
    let forms = ["csv", "tsv", "ssv", "json", "jsonl"];
    let outs = forms.map(|ending| {
        let path = folder.join(format!("NYC311-5.{ending}"));
        let (mut bench, outcome) = taken(&path, "noise-requests.toml", "call-centre", None);
        assert_eq!(outcome.totals(), [5, 5, 0, 0], "{ending}");
        content(&exported(&mut bench, Kind::Intake))
    });
    for (ending, out) in forms.iter().zip(&outs) {
        assert_eq!(out, &outs[0], "{ending}");
    }
}

#[test]
fn a_row_with_a_cell_too_many_is_told_and_the_others_are_taken() {
    let Some(folder) = data("boston311-100") else {
        return;
    };
    let path = folder.join("boston311-100-bad.tsv");
    let table = open(&path, &Options::default()).unwrap();
    let mut bench = Bench::of("call-centre");
    let outcome = import(&mut bench, &table, &map("city-requests.toml"), &PLAIN);
    assert_eq!(outcome.totals(), [100, 99, 0, 1]);
    assert_eq!(outcome.told(), [(41, 30, "sheet-columns".to_owned())]);
    assert!(bench.desk.verify(None).unwrap().is_clean());
    there_and_back(&mut bench, Kind::Intake);
}
