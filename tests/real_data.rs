//! Imports of data that others made, where `FRONTDESK_REAL_DATA` names its folder: every row is
//! in the store or told, and the figures are those the data is known to have.
//!
//! The figures are counted from the exported file with nothing but a CSV reader.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use std::collections::BTreeMap;
use std::path::PathBuf;

use program::{Program, fixture};
use serde_json::Value;

/// The folder of a data set, or a word that the test did not run.
fn data(file: &str) -> Option<String> {
    let found = std::env::var_os("FRONTDESK_REAL_DATA").map(|dir| PathBuf::from(dir).join(file));
    if let Some(path) = found {
        println!("real data: ran on {file}");
        Some(path.canonicalize().unwrap().display().to_string())
    } else {
        println!("real data: FRONTDESK_REAL_DATA is not set, {file} was not read");
        None
    }
}

fn import(program: &Program, kind: &str, file: &str, map: &str) -> Value {
    let map = fixture(map);
    let out = program.good(&["--json", "import", kind, file, "--map", &map]);
    serde_json::from_str(out.lines().last().unwrap()).unwrap()
}

/// How often each text stands in a column of what the program exports.
fn counted(program: &Program, kind: &str, column: &str) -> BTreeMap<String, u64> {
    let csv = program.good(&["--lang", "en", "export", kind]);
    let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
    let place = reader
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == column)
        .unwrap();
    let mut counts = BTreeMap::new();
    for record in reader.records() {
        *counts.entry(record.unwrap()[place].to_owned()).or_default() += 1;
    }
    counts
}

#[test]
fn ten_thousand_service_requests_keep_their_figures() {
    let Some(file) = data("sf311/sf311_service_requests.csv") else {
        return;
    };
    let program = Program::set_up("call-centre");
    let tally = import(&program, "intakes", &file, "import/sf311.toml");
    assert_eq!(
        [&tally["read"], &tally["imported"], &tally["rejected"]],
        [10_000, 10_000, 0]
    );
    let states: Vec<u64> = counted(&program, "intakes", "State")
        .into_values()
        .collect();
    assert_eq!(states, [9_630, 370]);
    let sources = counted(&program, "intakes", "Source");
    let of = |name: &str| sources.get(name).copied().unwrap_or(0);
    assert_eq!(
        [of("Phone"), of("Web"), of("Mobile/Open311"), of("Twitter")],
        [4865, 4148, 839, 90]
    );
    program.good(&["verify"]);
}

#[test]
fn six_hundred_car_complaints_in_gbk_keep_their_figures() {
    let Some(file) = data("cn-car-complaints-gbk/car_complain_gbk.csv") else {
        return;
    };
    let program = Program::set_up("dealership");
    let tally = import(&program, "complaints", &file, "import/car-complaints.toml");
    assert_eq!(
        [&tally["read"], &tally["imported"], &tally["rejected"]],
        [600, 600, 0]
    );
    let sources = counted(&program, "complaints", "Source");
    let of = |name: &str| sources.get(name).copied().unwrap_or(0);
    let states = [
        of("处理反馈"),
        of("信息审核"),
        of("用户评分"),
        of("厂家受理"),
    ];
    assert_eq!(states, [286, 231, 57, 26]);
    assert_eq!(
        counted(&program, "complaints", "State")
            .into_values()
            .sum::<u64>(),
        600
    );
    assert_eq!(
        counted(&program, "complaints", "Department").len(),
        75,
        "brands"
    );
    program.good(&["verify"]);
}

#[test]
fn columns_that_are_shifted_against_their_header_are_told_row_by_row() {
    let Some(file) = data("cn-car-complaints-gbk/car_complain_shifted_utf8.csv") else {
        return;
    };
    let program = Program::set_up("dealership");
    let map = "kind = \"complaint\"\n[fields]\nexternal = \"id\"\ntext = \"desc\"\n\
               state = { column = \"status\", values = { \"信息审核\" = \"recorded\" } }\n";
    let map = program.file("map.toml", map);
    let out = program.good(&[
        "--json",
        "import",
        "complaints",
        &file,
        "--map",
        &map,
        "--dry-run",
    ]);
    let tally: Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    assert_eq!([&tally["read"], &tally["rejected"]], [330, 330]);
}
