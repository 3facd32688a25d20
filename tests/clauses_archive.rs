//! The clauses on archive files and the loan register, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Bench, at, borrowed, folder, list, numbers};
use frontdesk::desk::clock::SetClock;
use frontdesk::desk::contract::{Command, Door, Filter, Query, Reply, Request, Sort};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Day;
use frontdesk::store::files::SimulatedDisk;
use frontdesk::store::{Batch, Commit, Fault, Home, MemoryStore, Order, Pair, Store};

/// A store that counts the rows it hands out.
struct Counted {
    inner: Box<dyn Store>,
    rows: Arc<AtomicUsize>,
}

impl Store for Counted {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
        self.rows.fetch_add(1, Ordering::Relaxed);
        self.inner.get(key)
    }

    fn scan(&self, from: &[u8], to: &[u8], order: Order, limit: usize) -> Result<Vec<Pair>, Fault> {
        let rows = self.inner.scan(from, to, order, limit)?;
        self.rows.fetch_add(rows.len(), Ordering::Relaxed);
        Ok(rows)
    }

    fn commit(&self, batch: &Batch) -> Result<Commit, Fault> {
        self.inner.commit(batch)
    }

    fn flush(&self) -> Result<(), Fault> {
        self.inner.flush()
    }

    fn verify(&self) -> Result<u64, Fault> {
        self.inner.verify()
    }

    fn close(self: Box<Self>) -> Result<(), Fault> {
        self.inner.close()
    }
}

/// A thousand files, and the count of rows read from their store.
fn thousand() -> (Bench, Arc<AtomicUsize>) {
    let mut bench = Bench::of("property");
    let rows = Arc::new(AtomicUsize::new(0));
    let mut home = Home::in_memory(Arc::new(SimulatedDisk::new())).unwrap();
    let inner = std::mem::replace(&mut home.store, Box::new(MemoryStore::new()));
    home.store = Box::new(Counted {
        inner,
        rows: rows.clone(),
    });
    let clock = SetClock::at(at("2024-06-06 09:00"));
    let options = Options {
        clock: Box::new(clock.clone()),
        site_file: None,
    };
    bench.desk = Desk::open(home, options).unwrap();
    bench.change(common::set_up("property"));
    let surnames = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴"];
    let envelopes: Vec<_> = (0..1_000)
        .map(|count| FileDetails {
            person: format!("{}{}", surnames[count % 10], count),
            phone: format!("15400{:06}", count * 37 + 5),
            ..folder(&format!("业主档案 {count:04}"))
        })
        .map(|details| bench.envelope(Request::Do(Command::CreateFile { details })))
        .collect();
    assert!(bench.desk.ask_all(&envelopes).iter().all(Result::is_ok));
    (bench, rows)
}

#[test]
fn a11_06_files_are_found_by_name_number_and_a_fragment_of_the_phone() {
    let (mut bench, rows) = thousand();
    let wanted = Number {
        kind: Kind::File,
        year: 2024,
        seq: 778,
    };
    for words in [
        "业主档案 0777",
        "王777",
        "赵777",
        "AF-2024-00778",
        "2024-778",
        "28754",
        "15400028754",
    ] {
        rows.store(0, Ordering::Relaxed);
        let found = bench.found(Kind::File, Filter::Current, words);
        let read = rows.load(Ordering::Relaxed);
        if words == "王777" {
            assert!(found.is_empty(), "{found:?}");
        } else {
            assert_eq!(found, [wanted], "{words}");
        }
        // Fewer rows are read than there are entries in the index of names alone.
        assert!(read < 3_000, "{words}: {read} rows");
    }
}

#[test]
fn a11_06_the_index_can_be_listed_by_number_and_by_name() {
    let (mut bench, _) = thousand();
    let by_number = numbers(&bench.page(list(Kind::File, Filter::Current, Sort::Oldest)));
    assert_eq!(by_number.len(), 1_000);
    assert!(by_number.is_sorted());
    let page = bench.page(list(Kind::File, Filter::Current, Sort::Name));
    let titles: Vec<String> = page
        .rows
        .iter()
        .map(|(_, row)| match &row.record {
            Record::File(file) => file.details.title.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(titles.len(), 1_000);
    assert!(titles.is_sorted());
}

#[test]
fn a11_19_5a_nothing_is_given_out_with_one_of_the_four_entries_empty() {
    let mut bench = Bench::of("property");
    let file = bench.file(FileDetails {
        pieces: 2,
        ..folder("3-1201 业主档案")
    });
    let seen = bench.present(file.meta.number);
    let whole = borrowed("赵明");
    for (details, field) in [
        (
            LoanDetails {
                borrower: String::new(),
                ..whole.clone()
            },
            "borrower",
        ),
        (
            LoanDetails {
                copies: 0,
                ..whole.clone()
            },
            "copies",
        ),
        (
            LoanDetails {
                reason: "  ".into(),
                ..whole.clone()
            },
            "reason",
        ),
        (
            LoanDetails {
                copies: 3,
                ..whole.clone()
            },
            "copies",
        ),
    ] {
        let problems = bench.refused(Command::CheckOut {
            file: seen,
            details,
        });
        assert_eq!(problems[0].field.as_deref(), Some(field));
        assert_eq!(problems[0].clause.as_deref(), Some("A11-19.5a"));
    }
    assert!(bench.listed(Kind::Loan, Filter::All).is_empty());
    // The name of the material and the time of the loan are the file's and the clock's.
    let loan = bench.lent(file.meta.number, whole);
    assert_eq!(loan.title, "3-1201 业主档案");
    assert_eq!(loan.lent_at, at("2024-06-06 09:00"));
    assert_eq!(loan.meta.number.to_string(), "LO-2024-00001");
}

#[test]
fn a11_19_5a_a_file_without_a_name_is_not_set_up() {
    let mut bench = Bench::of("property");
    assert_eq!(
        bench.lacking(Command::CreateFile {
            details: folder(" ")
        }),
        ["title"]
    );
}

#[test]
fn a11_19_5b_a_loan_of_four_days_is_refused_and_of_three_accepted() {
    let mut bench = Bench::of("property");
    let file = bench.file(folder("3-1201 业主档案")).meta.number;
    let seen = bench.present(file);
    let due = |day| LoanDetails {
        due: Day::of(2024, 6, day),
        ..borrowed("赵明")
    };
    let problems = bench.refused(Command::CheckOut {
        file: seen,
        details: due(10),
    });
    assert_eq!(problems[0].key, "loan-too-long");
    assert_eq!(problems[0].clause.as_deref(), Some("A11-19.5b"));
    assert_eq!(problems[0].args["last"], "2024-06-09");
    let loan = bench.lent(file, due(9));
    assert_eq!(loan.due, Day::of(2024, 6, 9).unwrap());

    bench.clock.set(at("2024-06-09 23:59:59"));
    assert!(bench.listed(Kind::Loan, Filter::Late).is_empty());
    assert_eq!(bench.get(loan.meta.number).days_late, 0);
    bench.clock.set(at("2024-06-10 00:00"));
    assert_eq!(bench.listed(Kind::Loan, Filter::Late), [loan.meta.number]);
    assert_eq!(bench.get(loan.meta.number).days_late, 1);
}

#[test]
fn a11_19_5b_the_kind_of_days_and_the_day_of_the_loan_are_settings() {
    let site = "[loans]\nunit = \"working\"\nloan_day_counts = true\n";
    let mut bench = Bench::with_site_file("property", Some(site));
    let file = bench.file(folder("3-1201 业主档案")).meta.number;
    // From Thursday: Thursday, Friday, and Tuesday, because the Monday is the Dragon Boat festival.
    let loan = bench.lent(file, borrowed("赵明"));
    assert_eq!(loan.due, Day::of(2024, 6, 11).unwrap());
}

#[test]
fn a11_20_a_return_strikes_out_the_same_row_and_the_row_stays_readable() {
    let mut bench = Bench::of("property");
    let file = bench
        .file(FileDetails {
            pieces: 3,
            ..folder("3-1201 业主档案")
        })
        .meta
        .number;
    let loan = bench
        .lent(
            file,
            LoanDetails {
                copies: 3,
                ..borrowed("赵明")
            },
        )
        .meta
        .number;
    assert_eq!(bench.listed(Kind::Loan, Filter::Open), [loan]);
    assert_eq!(bench.listed(Kind::File, Filter::OnLoan), [file]);
    bench.clock.set(at("2024-06-07 10:00"));
    let seen = bench.present(loan);
    bench.change(Command::CheckIn {
        at: seen,
        pieces: 2,
        note: String::new(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    });
    assert_eq!(
        bench.listed(Kind::Loan, Filter::Open),
        [loan],
        "a piece is still out"
    );
    bench.clock.set(at("2024-06-07 11:00"));
    let seen = bench.present(loan);
    bench.change(Command::CheckIn {
        at: seen,
        pieces: 1,
        note: "封面有折痕。".into(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    });
    assert!(bench.listed(Kind::Loan, Filter::Open).is_empty());
    assert_eq!(bench.listed(Kind::Loan, Filter::All), [loan]);
    assert_eq!(bench.listed(Kind::File, Filter::OnShelf), [file]);
    let Record::Loan(row) = bench.get(loan).record else {
        panic!("no loan");
    };
    let back = row.checked_in.unwrap();
    assert_eq!(back.at, at("2024-06-07 11:00"));
    assert_eq!(back.receiver, bench.operator);
    assert_eq!(back.note, "封面有折痕。");
    let seen = bench.present(loan);
    let again = Command::CheckIn {
        at: seen,
        pieces: 1,
        note: String::new(),
        which: Vec::new(),
        state: frontdesk::domain::loan::PieceState::Back,
    };
    assert_eq!(bench.refused(again)[0].key, "already-back");
    match bench.look(Query::Get(loan)) {
        Reply::Record(Some(_)) => {}
        other => panic!("{other:?}"),
    }
}
