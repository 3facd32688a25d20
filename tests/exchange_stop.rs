//! An import that the disk cuts short stops where it is, says so, and loses nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::fmt::Write;
use std::sync::Arc;

use common::Bench;
use frontdesk::desk::contract::{Filter, ListQuery, Page, Sort};
use frontdesk::domain::adopt::Existing;
use frontdesk::domain::number::Kind;
use frontdesk::exchange::adopt::Reading;
use frontdesk::exchange::asker::Asker;
use frontdesk::exchange::import::{AT_ONCE, Import, Plan};
use frontdesk::exchange::mapping::Mapping;
use frontdesk::exchange::sheet::Sheet;
use frontdesk::exchange::words::Words;

/// An import of a table of customers, so many rows at once.
fn plan(bench: &Bench, text: &str, at_once: usize) -> Plan {
    let sheet = Sheet::read(text.as_bytes(), None, None).unwrap();
    let words = Words::new();
    let mapping = Mapping::propose(Kind::Customer, sheet.headers(), &words).unwrap();
    let bound = mapping.bind(sheet.headers()).unwrap();
    Plan {
        sheet,
        reading: Reading {
            bound,
            words: Arc::new(words),
            profile: bench.desk.profile().clone(),
        },
        file: "customers.csv".to_owned(),
        accept: Vec::new(),
        existing: Existing::Skip,
        dry_run: false,
        at_once,
    }
}

/// The newest customer, and how many there are.
fn newest(bench: &mut Bench) -> Page {
    bench.page(ListQuery {
        kind: Kind::Customer,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 1,
        full: false,
    })
}

#[test]
fn rows_come_in_their_order_however_many_go_to_the_desk_at_once() {
    let mut text = String::from("姓名,联系电话\n");
    for row in 0..700 {
        // Every tenth row has no name, every hundredth a cell too many.
        let name = ["客户", ""][usize::from(row % 10 == 3)];
        let more = ["", ",x"][usize::from(row % 100 == 50)];
        let _ = writeln!(text, "{name},1540{row:07}{more}");
    }
    let mut all = Vec::new();
    for at_once in [1, 63, 64, 100, AT_ONCE, 1_000] {
        let mut bench = Bench::of("property");
        let mut asker = Asker::new(bench.operator);
        let plan = plan(&bench, &text, at_once);
        let mut import = Import::begin(plan, &mut bench.desk, &mut asker).unwrap();
        let mut lines = Vec::new();
        loop {
            let progress = import.step(&mut bench.desk, &mut asker);
            lines.extend(progress.rejects.iter().map(|reject| reject.line));
            if progress.ended {
                break;
            }
        }
        assert!(lines.is_sorted(), "{at_once}: {lines:?}");
        let newest = newest(&mut bench);
        assert_eq!(newest.total, Some(import.tally().imported), "{at_once}");
        assert!(bench.desk.verify(None).unwrap().is_clean(), "{at_once}");
        all.push((import.tally().clone(), lines));
    }
    let (tally, lines) = &all[0];
    assert_eq!((tally.read, lines.is_empty()), (700, false));
    assert!(all.iter().all(|one| one == &all[0]), "{all:?}");
}

#[test]
fn a_disk_that_runs_full_stops_an_import_at_a_line() {
    let mut bench = Bench::of("property");
    let mut text = String::from("姓名,联系电话\n");
    for row in 0..2_000 {
        let _ = writeln!(text, "客户{row},1540{row:07}");
    }
    let plan = plan(&bench, &text, AT_ONCE);
    bench.disk.set_free(Some(300_000));
    let mut told = 0;
    let mut asker = Asker::new(bench.operator);
    let mut import = Import::begin(plan, &mut bench.desk, &mut asker).unwrap();
    loop {
        let progress = import.step(&mut bench.desk, &mut asker);
        told += progress.rejects.len();
        if progress.ended {
            break;
        }
    }
    let tally = import.tally().clone();
    let stop = tally.stopped.unwrap();
    assert_eq!(
        (tally.rejected, told),
        (0, 0),
        "no row is blamed for the disk"
    );
    assert!((1..2_000).contains(&tally.imported), "{}", tally.imported);
    assert_eq!(stop.line, tally.imported + 2, "the header is line 1");
    bench.disk.set_free(None);
    let page = newest(&mut bench);
    assert_eq!(page.total, Some(tally.imported));
    assert!(bench.desk.verify(None).unwrap().is_clean());
}
