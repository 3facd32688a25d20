//! Imports in process: a file of any kind into a desk over a simulated disk, and out again.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test crate uses its part, and a test fails by panicking"
)]

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;

use frontdesk::desk::contract::{Failure, Filter, ListQuery, Sort};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::exchange::adopt::Reading;
use frontdesk::exchange::asker::Asker;
use frontdesk::exchange::book::{self, Options};
use frontdesk::exchange::cells::Style;
use frontdesk::exchange::export::{Export, Form};
use frontdesk::exchange::import::{AT_ONCE, Double, Import, Plan, Tally};
use frontdesk::exchange::lists::Listing;
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::{Reject, Sheet};
use frontdesk::exchange::taking_back::TakingBack;
use frontdesk::exchange::words::Words;
use frontdesk::locale::{Lang, Texts};

use super::common::{Bench, list};

/// What came of an import.
pub struct Outcome {
    pub tally: Tally,
    pub rejects: Vec<Reject>,
    pub doubles: Vec<Double>,
}

impl Outcome {
    /// Rows read, imported, already there, rejected.
    pub fn totals(&self) -> [u64; 4] {
        let tally = &self.tally;
        [tally.read, tally.imported, tally.already, tally.rejected]
    }

    /// Line, column and key of each row that did not become a record.
    pub fn told(&self) -> Vec<(u64, usize, String)> {
        self.rejects.iter().map(told).collect()
    }

    /// How often each reason was given.
    pub fn reasons(&self) -> BTreeMap<String, usize> {
        let mut reasons = BTreeMap::new();
        for reject in &self.rejects {
            *reasons.entry(told(reject).2).or_default() += 1;
        }
        reasons
    }
}

fn told(reject: &Reject) -> (u64, usize, String) {
    let Failure::Refused(refusal) = &reject.failure else {
        panic!("{:?}", reject.failure)
    };
    let column = reject.column.as_ref().map_or(0, |column| column.number);
    (reject.line, column, refusal.problems[0].key.clone())
}

/// How a file is imported.
pub struct How {
    pub existing: Existing,
    pub dry_run: bool,
}

pub const PLAIN: How = How {
    existing: Existing::Skip,
    dry_run: false,
};
pub const TRIED: How = How {
    existing: Existing::Skip,
    dry_run: true,
};

/// A table with the map that is proposed for it.
pub fn proposed(kind: Kind, text: &str) -> (Sheet, Mapping) {
    let sheet = book::open(text.into(), "t.csv", &Options::default()).unwrap();
    let mapping = Mapping::propose(kind, sheet.headers(), &Words::new()).unwrap();
    (sheet, mapping)
}

/// Runs an import to its end.
pub fn import(bench: &mut Bench, sheet: &Sheet, mapping: &Mapping, how: &How) -> Outcome {
    let mut bound = mapping.bind(sheet.headers()).unwrap();
    bound.settle(sheet).unwrap();
    let plan = Plan {
        sheet: sheet.clone(),
        reading: Reading {
            bound,
            words: Arc::new(Words::new()),
            profile: bench.desk.profile().clone(),
        },
        file: "file".to_owned(),
        accept: Vec::new(),
        existing: how.existing,
        dry_run: how.dry_run,
        at_once: AT_ONCE,
    };
    let mut asker = Asker::new(bench.operator);
    let mut running = Import::begin(plan, &mut bench.desk, &mut asker).unwrap();
    let (mut rejects, mut doubles) = (Vec::new(), Vec::new());
    loop {
        let progress = running.step(&mut bench.desk, &mut asker);
        rejects.extend(progress.rejects);
        doubles.extend(progress.doubles);
        if progress.ended {
            break;
        }
    }
    let tally = running.tally().clone();
    assert_eq!(tally.stopped, None);
    let whole = tally.imported + tally.filled + tally.already + tally.rejected;
    assert_eq!((whole, tally.total), (tally.read, tally.read), "{tally:?}");
    assert_eq!(rejects.len() as u64, tally.already + tally.rejected);
    Outcome {
        tally,
        rejects,
        doubles,
    }
}

/// Takes an import back.
pub fn take_back(bench: &mut Bench, import: Number) {
    let mut asker = Asker::new(bench.operator);
    let mut back = TakingBack::begin(import, &mut bench.desk, &mut asker).unwrap();
    while !back.step(&mut bench.desk, &mut asker).unwrap() {}
}

/// Everything of a kind as it is exported, in English, as CSV.
pub fn exported(bench: &mut Bench, kind: Kind) -> Vec<u8> {
    exported_as(bench, kind, Form::CsvUtf8)
}

/// Everything of a kind as it is exported, in English.
pub fn exported_as(bench: &mut Bench, kind: Kind, form: Form) -> Vec<u8> {
    exported_of(bench, kind, Filter::All, form)
}

thread_local! {
    /// Reading them takes longer than an export of few records.
    static ENGLISH: Texts = Texts::new(Lang::En);
}

/// What of a kind is in a list as it is exported, in English.
pub fn exported_of(bench: &mut Bench, kind: Kind, filter: Filter, form: Form) -> Vec<u8> {
    let listing = Listing::Records(ListQuery {
        limit: 500,
        full: true,
        ..list(kind, filter, Sort::Oldest)
    });
    let profile = bench.desk.profile().clone();
    let mut asker = Asker::new(bench.operator);
    let mut bytes = Vec::new();
    let mut export = Export::new(listing, form, 500);
    ENGLISH.with(|texts| {
        let style = Style {
            texts,
            profile: &profile,
            exact: true,
        };
        while export
            .step(&mut bench.desk, &mut asker, style, &mut bytes)
            .unwrap()
        {}
    });
    if let Some(mut book) = export.finish().unwrap() {
        book.read_to_end(&mut bytes).unwrap();
    }
    bytes
}

/// Columns of an export, without those that a new store gives anew.
pub fn content(bytes: &[u8]) -> Vec<Vec<String>> {
    const ANEW: [&str; 6] = [
        "Number",
        "Created",
        "Confirmed on",
        "Filed on",
        "Customer number",
        "Loan",
    ];
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let cells = headers.iter().zip(row.iter());
            let kept = cells.filter(|(header, _)| !ANEW.contains(header));
            kept.map(|(_, cell)| cell.to_owned()).collect()
        })
        .collect();
    rows.sort();
    rows
}

/// How often each text stands in a column of an export.
pub fn counted(bytes: &[u8], column: &str) -> BTreeMap<String, u64> {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let headers = reader.headers().unwrap();
    let place = headers.iter().position(|name| name == column).unwrap();
    let mut counts = BTreeMap::new();
    for row in reader.records() {
        *counts.entry(row.unwrap()[place].to_owned()).or_default() += 1;
    }
    counts
}
