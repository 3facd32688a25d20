//! Each kind of damage is found, and named.

use std::sync::Arc;

use super::*;
use crate::desk::Options;
use crate::desk::clock::SystemClock;
use crate::desk::contract::{Command, Door as _, Envelope, Query, Reply, Request, RequestId};
use crate::domain::customer::CustomerDetails;
use crate::domain::number::Kind;
use crate::domain::operator::OperatorDetails;
use crate::domain::phone::{Phone, PhoneLabel};
use crate::domain::role::Role;
use crate::store::{Batch, Files as _, Home, SimulatedDisk};

/// A desk with some customers, a look and a checkpoint.
struct Bench {
    desk: Desk,
    disk: SimulatedDisk,
}

fn opened(disk: &SimulatedDisk) -> Desk {
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    Desk::open(Home::in_memory(Arc::new(disk.clone())).unwrap(), options).unwrap()
}

impl Bench {
    fn new() -> Self {
        let disk = SimulatedDisk::new();
        let mut bench = Self {
            desk: opened(&disk),
            disk,
        };
        bench.ask(Request::Do(Command::SetUp {
            site: "x".into(),
            profile: "property".into(),
            operator: OperatorDetails {
                login: "wang".into(),
                name: "Wang".into(),
                roles: vec![Role::Administrator, Role::CustomerService],
                ..OperatorDetails::default()
            },
            rehearsal: true,
        }));
        for name in ["a", "b", "c"] {
            bench.ask(Request::Do(Command::RegisterCustomer {
                details: CustomerDetails {
                    name: name.into(),
                    phones: vec![Phone {
                        digits: format!("1380013800{}", name.len()),
                        label: PhoneLabel::Mobile,
                    }],
                    ..CustomerDetails::default()
                },
            }));
        }
        bench.ask(Request::Look(Query::Get(customer(2))));
        bench.desk.write_looks(true).unwrap();
        bench.desk.checkpoint().unwrap();
        bench
    }

    fn ask(&mut self, request: Request) -> Option<Reply> {
        let operator = self.desk.operators().next().map(|it| it.meta.number);
        let id = RequestId(self.desk.head().seq + 100);
        let accept = vec!["duplicate-customer".into()];
        let envelope = Envelope {
            id,
            operator: operator.unwrap_or(Number {
                kind: Kind::Operator,
                year: 0,
                seq: 0,
            }),
            accept,
            request,
        };
        self.desk.ask(&envelope).ok()
    }

    fn put(&self, key: &[u8], value: Option<Vec<u8>>) {
        let batch = Batch {
            expect: Vec::new(),
            changes: vec![(key.to_vec(), value)],
        };
        self.desk.home.store.commit(&batch).unwrap();
    }

    /// The first row of a table.
    fn row(&self, table: u8) -> (Vec<u8>, Vec<u8>) {
        let mut rows = Rows::new(&self.desk.home, vec![table]);
        rows.next().unwrap().unwrap()
    }

    fn found(&mut self) -> Vec<&'static str> {
        let report = self.desk.verify(None).unwrap();
        let mut keys: Vec<_> = report.findings.iter().map(|it| it.key).collect();
        keys.dedup();
        keys
    }
}

fn customer(seq: u32) -> Number {
    let year = crate::desk::clock::Clock::now(&SystemClock).day(480).0;
    Number {
        kind: Kind::Customer,
        year: u16::try_from(chrono::Datelike::year(&year)).unwrap(),
        seq,
    }
}

#[test]
fn all_is_well_at_a_desk_where_nothing_happened_to_it() {
    let mut bench = Bench::new();
    assert_eq!(bench.found(), Vec::<&str>::new());
    bench.desk = opened(&bench.disk);
    assert_eq!(
        bench.found(),
        Vec::<&str>::new(),
        "made anew from the checkpoint"
    );
}

#[test]
fn a_row_too_many_too_few_or_changed_is_named_by_its_table() {
    for (table, finding) in [
        (keys::HISTORY, "history-differs"),
        (keys::REQUESTS, "requests-differ"),
        (keys::LOOKS_BY, "looks-differ"),
        (keys::NUMBERS, "numbers-differ"),
        (keys::SLOTS, "slots-differ"),
        (keys::COUNTS, "counts-differ"),
        (keys::EXACT, "entries-missing"),
        (keys::RECORDS, "records-missing"),
    ] {
        let mut bench = Bench::new();
        let (key, value) = bench.row(table);
        bench.put(&key, None);
        assert!(
            bench.found().contains(&finding),
            "{finding}: {:?}",
            bench.found()
        );
        bench.put(&key, Some(value.clone()));
        assert_eq!(bench.found(), Vec::<&str>::new());
        if [keys::HISTORY, keys::REQUESTS, keys::NUMBERS, keys::SLOTS].contains(&table) {
            bench.put(&key, Some(codec::pack(&77_u32).unwrap()));
            assert_eq!(bench.found(), [finding]);
            bench.put(&key, Some(value.clone()));
            let mut more = key.clone();
            if let Some(last) = more.last_mut() {
                *last = last.wrapping_add(9);
            }
            bench.put(&more, Some(value));
            assert_eq!(bench.found(), [finding]);
        }
    }
}

#[test]
fn a_slot_that_would_be_handed_out_twice_is_named() {
    let mut bench = Bench::new();
    bench.put(keys::NEXT_SLOT, Some(codec::pack(&1_u32).unwrap()));
    assert_eq!(bench.found(), ["slots-differ"]);
}

#[test]
fn a_key_that_cannot_be_read_is_named_with_whose_it_is() {
    let mut bench = Bench::new();
    let slot: u32 = codec::unpack(
        &bench
            .desk
            .home
            .store
            .get(&keys::slot(customer(2)))
            .unwrap()
            .unwrap(),
    )
    .unwrap();
    let keys_file = bench.desk.home.dir.join("keys");
    assert!(
        bench
            .disk
            .flip(&keys_file, 128 + u64::from(slot) * 64 + 20, 1)
    );
    // The present state is what it was: only the file is read again.
    let files: Arc<dyn crate::store::Files> = Arc::new(bench.disk.clone());
    let (vault, _) = crate::store::Vault::open(&files, &keys_file, bench.desk.home.id).unwrap();
    bench.desk.home.vault = vault;
    let report = bench.desk.verify(None).unwrap();
    let finding = report
        .findings
        .iter()
        .find(|it| it.key == "key-missing")
        .unwrap();
    assert_eq!(finding.place, customer(2).to_string());
}

#[test]
fn a_checkpoint_that_is_damaged_and_one_of_another_journal_are_named() {
    let mut bench = Bench::new();
    let (_, name) = bench.desk.home.checkpoints.names().unwrap().remove(0);
    let path = bench.desk.home.dir.join("checkpoint").join(&name);
    assert!(bench.disk.flip(&path, 100, 1));
    assert_eq!(bench.found(), ["checkpoint-damaged"]);
    assert!(bench.disk.flip(&path, 100, 1));
    let elsewhere = bench.desk.home.dir.join("checkpoint/000000000001.ckpt");
    bench.disk.rename(&path, &elsewhere).unwrap();
    assert_eq!(bench.found(), ["checkpoint-stray"]);
}

#[test]
fn what_is_no_draft_among_the_drafts_is_named() {
    let mut bench = Bench::new();
    let dir = bench.desk.home.drafts();
    bench
        .disk
        .create(&dir.join("OP-2026-00001-1.draft"))
        .unwrap();
    assert_eq!(bench.found(), Vec::<&str>::new());
    bench.disk.create(&dir.join("customers.csv")).unwrap();
    assert_eq!(bench.found(), ["draft-strange"]);
}
