//! Files go in and come out whole, for their operator alone.

use std::sync::Arc;

use super::*;
use crate::desk::Options;
use crate::desk::clock::SystemClock;
use crate::desk::contract::{Command, Door as _, Envelope, LooksQuery, Query};
use crate::desk::contract::{Reply, Request, RequestId};
use crate::domain::number::Kind;
use crate::domain::operator::OperatorDetails;
use crate::domain::role::Role;
use crate::store::{Home, SimulatedDisk};

struct Bench {
    desk: Desk,
    disk: SimulatedDisk,
    first: Number,
}

fn nobody() -> Number {
    Number {
        kind: Kind::Operator,
        year: 0,
        seq: 0,
    }
}

impl Bench {
    fn new() -> Self {
        let disk = SimulatedDisk::new();
        let options = Options {
            clock: Box::new(SystemClock),
            site_file: None,
        };
        let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
        let mut bench = Self {
            desk: Desk::open(home, options).unwrap(),
            disk,
            first: nobody(),
        };
        bench.change(Command::SetUp {
            site: "x".into(),
            profile: "property".into(),
            operator: details("wang", Role::Administrator),
            rehearsal: true,
        });
        bench.first = bench.desk.operators().next().unwrap().meta.number;
        bench
    }

    fn ask(&mut self, operator: Number, request: Request) -> Result<Reply, Failure> {
        self.desk.ask(&Envelope {
            id: RequestId(0),
            operator,
            accept: Vec::new(),
            request,
        })
    }

    fn change(&mut self, command: Command) -> Number {
        match self.ask(self.first, Request::Do(command)).unwrap() {
            Reply::Done { record, .. } => record.number(),
            other => panic!("{other:?}"),
        }
    }

    fn care(&mut self, care: Care) -> Result<Cared, String> {
        self.care_of(self.first, care)
    }

    fn care_of(&mut self, operator: Number, care: Care) -> Result<Cared, String> {
        match self.ask(operator, Request::Care(care)) {
            Ok(Reply::Cared(cared)) => Ok(cared),
            Err(Failure::Refused(refusal)) => Err(refusal.problems[0].key.clone()),
            Err(Failure::Fault { key, .. }) => Err(key),
            other => panic!("{other:?}"),
        }
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), String> {
        let mut pieces: Vec<&[u8]> = bytes.chunks(PIECE).collect();
        if pieces.is_empty() {
            pieces.push(&[]);
        }
        let count = pieces.len();
        for (at, piece) in pieces.into_iter().enumerate() {
            self.care(Care::Put {
                name: name.into(),
                offset: (at * PIECE) as u64,
                piece: piece.to_vec(),
                last: at + 1 == count,
            })?;
        }
        Ok(())
    }

    fn taken(&mut self, name: &str) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        loop {
            let (name, offset) = (name.to_owned(), bytes.len() as u64);
            match self.care(Care::Take { name, offset })? {
                Cared::Piece { bytes: piece, size } => {
                    bytes.extend(piece);
                    if bytes.len() as u64 == size {
                        return Ok(bytes);
                    }
                }
                other => panic!("{other:?}"),
            }
        }
    }

    fn names(&mut self) -> Vec<String> {
        match self.care(Care::Outbox).unwrap() {
            Cared::Outbox(waiting) => waiting.into_iter().map(|it| it.name).collect(),
            other => panic!("{other:?}"),
        }
    }
}

fn details(login: &str, role: Role) -> OperatorDetails {
    OperatorDetails {
        login: login.into(),
        name: login.into(),
        roles: vec![role],
        ..OperatorDetails::default()
    }
}

#[test]
fn a_file_comes_out_as_it_went_in_whatever_its_length() {
    let mut bench = Bench::new();
    assert_eq!(bench.names(), Vec::<String>::new());
    let mut random = fastrand::Rng::with_seed(1);
    for len in [0, 1, PIECE - 1, PIECE, PIECE + 1, PIECE * 3] {
        let bytes: Vec<u8> = (0..len).map(|_| random.u8(..)).collect();
        bench.put("客户 2026.csv", &bytes).unwrap();
        assert_eq!(bench.names(), ["客户 2026.csv"]);
        assert_eq!(bench.taken("客户 2026.csv").unwrap(), bytes);
    }
    let name = "客户 2026.csv".to_owned();
    bench.care(Care::Discard { name }).unwrap();
    assert_eq!(bench.names(), Vec::<String>::new());
}

#[test]
fn only_plain_names_are_taken() {
    let mut bench = Bench::new();
    let long = "x".repeat(NAME_LIMIT + 1);
    for name in [
        "",
        ".",
        "..",
        "../keys",
        "a/b",
        "/etc/passwd",
        ".hidden",
        "a\nb",
        " a",
        &long,
    ] {
        assert_eq!(bench.put(name, b"x"), Err("outbox-name".into()), "{name}");
        assert_eq!(bench.taken(name), Err("outbox-name".into()), "{name}");
        let name = name.to_owned();
        assert!(bench.care(Care::Discard { name }).is_err());
    }
    assert_eq!(bench.taken("nothing"), Err("outbox-missing".into()));
}

#[test]
fn a_file_that_is_not_whole_is_not_there() {
    let mut bench = Bench::new();
    let put = |offset, last| Care::Put {
        name: "a".into(),
        offset,
        piece: b"12345".to_vec(),
        last,
    };
    bench.care(put(0, false)).unwrap();
    assert_eq!(bench.names(), Vec::<String>::new());
    assert_eq!(bench.care(put(4, true)), Err("outbox-again".into()));
    assert_eq!(bench.care(put(6, true)), Err("outbox-again".into()));
    bench.care(put(5, true)).unwrap();
    assert_eq!(bench.taken("a").unwrap(), b"1234512345");
}

#[test]
fn an_outbox_is_its_operators_alone_and_for_those_who_may_export() {
    let mut bench = Bench::new();
    bench.put("a", b"x").unwrap();
    let other = bench.change(Command::AddOperator {
        details: details("li", Role::Administrator),
    });
    let outside = bench.change(Command::AddOperator {
        details: details("zhao", Role::Borrower),
    });
    let take = || Care::Take {
        name: "a".into(),
        offset: 0,
    };
    assert_eq!(bench.care_of(other, take()), Err("outbox-missing".into()));
    assert_eq!(
        bench.care_of(outside, Care::Outbox),
        Err("role-may-not".into())
    );
}

#[test]
fn that_a_file_was_taken_out_is_written_down_before_the_first_byte() {
    let mut bench = Bench::new();
    bench.put("a", b"x").unwrap();
    let before = bench.desk.head().seq;
    bench.taken("a").unwrap();
    assert_eq!(bench.desk.head().seq, before + 1);
    let query = Query::Looks(LooksQuery {
        limit: 5,
        ..LooksQuery::default()
    });
    let Ok(Reply::Looks(rows)) = bench.ask(bench.first, Request::Look(query)) else {
        panic!("no looks");
    };
    assert_eq!(
        (rows[0].what, rows[0].detail.as_str()),
        (LookKind::Export, "a")
    );
}

#[test]
fn a_full_disk_leaves_no_half_file_and_the_old_one_stays() {
    let mut bench = Bench::new();
    bench.put("a", b"old").unwrap();
    bench.disk.set_free(Some(10_000));
    assert_eq!(bench.put("a", &vec![7; PIECE]), Err("full".into()));
    bench.disk.set_free(None);
    assert_eq!(bench.taken("a").unwrap(), b"old");
}

#[test]
fn a_file_taken_out_from_its_middle_is_written_down_too() {
    let mut bench = Bench::new();
    bench.put("a", &vec![7; PIECE * 2]).unwrap();
    let mut frames = |offset| {
        let before = bench.desk.head().seq;
        let name = "a".to_owned();
        bench.care(Care::Take { name, offset }).unwrap();
        bench.desk.head().seq - before
    };
    assert_eq!(frames(1), 1);
    assert_eq!(frames(0), 1);
    assert_eq!(frames(PIECE as u64), 0);
    assert_eq!(frames(PIECE as u64), 1);
}

#[test]
fn files_that_are_not_whole_take_room_until_the_desk_is_opened_again() {
    let mut bench = Bench::new();
    let begin = |name: String| Care::Put {
        name,
        offset: 0,
        piece: b"x".to_vec(),
        last: false,
    };
    for at in 0..MOST_FILES {
        bench.care(begin(at.to_string())).unwrap();
    }
    assert_eq!(bench.care(begin("more".into())), Err("outbox-full".into()));
    // The one that was begun may be begun anew.
    bench.care(begin("0".into())).unwrap();
    let home = Home::in_memory(Arc::new(bench.disk.clone())).unwrap();
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    bench.desk = Desk::open(home, options).unwrap();
    bench.care(begin("more".into())).unwrap();
}
