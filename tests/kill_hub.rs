//! Kill -9 of the real hub under sixteen sessions, of a session, and of both, at seeded counts of
//! acknowledgements: what was acknowledged is there whole, nothing is there half, what had no
//! answer is done once when it is sent again, and everything adds up.
//!
//! `FRONTDESK_KILL_ROUNDS` asks for more rounds, `FRONTDESK_KILL_SEED` for other ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use fastrand::Rng;
use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::contract::{Command, Door, Envelope, Reply, Request, RequestId};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::number::Number;
use frontdesk::domain::record::Record;
use frontdesk::store::Home;
use program::Program;
use program::session::{Session, kill_holder, until};
use program::work::{complain, create_file, give_back, lend, log};
use serde_json::{Value, json};

const SESSIONS: usize = 16;
const STARTERS: usize = 2;
/// Rounds on one store, and then a look at everything in it: one that was not closed is looked
/// through when it is opened, and takes the longer the more it holds.
const ROUNDS_A_STORE: u64 = 40;

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(default, |value| value.parse().unwrap())
}

/// A session, and what it knows to be in the store by its acknowledgements.
struct Worker {
    session: Session,
    rng: Rng,
    mark: u64,
    records: BTreeMap<Number, Record>,
    /// Sent, and not answered when the hub was killed.
    unanswered: Option<Envelope>,
    /// What the last round acknowledged.
    fresh: Vec<Number>,
    told: [usize; 2],
}

impl Worker {
    fn pick(&mut self, fits: impl Fn(&Record) -> bool) -> Option<Record> {
        let found: Vec<&Record> = self.records.values().filter(|it| fits(it)).collect();
        let at = self.rng.usize(..found.len().max(1));
        found.get(at).map(|it| (*it).clone())
    }

    fn command(&mut self) -> Command {
        self.mark += 1;
        let mark = self.mark;
        let chosen = match self.rng.u8(..5) {
            0 => self
                .pick(|it| matches!(it, Record::Intake(it) if it.is_open()))
                .map(|intake| complain(&intake, mark)),
            1 => self
                .pick(|it| matches!(it, Record::File(it) if it.loan.is_none()))
                .map(|file| lend(&file)),
            2 => self
                .pick(|it| matches!(it, Record::Loan(it) if it.is_open()))
                .map(|loan| give_back(&loan)),
            3 => Some(create_file(mark)),
            _ => None,
        };
        chosen.unwrap_or_else(|| log(mark))
    }

    fn learn(&mut self, record: Record) {
        self.fresh.push(record.number());
        self.records.insert(record.number(), record);
    }

    /// Works until the round is over; whoever gets the answer that ends it has the blow struck.
    fn work(&mut self, round: &Round) {
        self.fresh.clear();
        while !round.over.load(Ordering::SeqCst) {
            let command = self.command();
            let envelope = self.session.envelope(Request::Do(command));
            match self.session.line.ask(&envelope) {
                Ok(Reply::Done { record, also, .. }) => {
                    for record in std::iter::once(*record).chain(also) {
                        self.learn(record);
                    }
                    self.told[0] += 1;
                    if round.acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == round.wanted {
                        round.strike();
                    }
                }
                Err(failure) if failure.is_line_lost() => {
                    self.unanswered = Some(envelope);
                    self.told[1] += 1;
                    return;
                }
                other => panic!("{other:?}"),
            }
        }
    }

    /// Goes on after the round: the line again, what had no answer sent again, and what was
    /// acknowledged looked at.
    fn go_on(&mut self) {
        self.session.recover();
        if let Some(envelope) = self.unanswered.take() {
            let record = loop {
                match self.session.line.ask(&envelope) {
                    Ok(Reply::Done { record, .. }) => break *record,
                    Err(failure) if failure.is_line_lost() => self.session.recover(),
                    other => panic!("{other:?}"),
                }
            };
            for number in whole(&mut self.session, &record) {
                let record = self.session.get(number).unwrap();
                self.learn(record);
            }
        }
        for number in std::mem::take(&mut self.fresh) {
            let present = self.session.get(number);
            assert_eq!(present.as_ref(), self.records.get(&number), "acknowledged");
        }
    }
}

/// The record and those that its command changed with it: all of them are there.
fn whole(session: &mut Session, record: &Record) -> Vec<Number> {
    let mut numbers = vec![record.number()];
    match record {
        Record::Intake(it) => numbers.extend(it.details.customer),
        Record::Complaint(complaint) => {
            let intake = session.get(complaint.intake.unwrap());
            let Some(Record::Intake(intake)) = intake else {
                panic!("{record:?} without its request");
            };
            assert_eq!(intake.complaint, Some(complaint.meta.number));
            numbers.push(intake.meta.number);
        }
        Record::Loan(loan) => {
            let Some(Record::File(file)) = session.get(loan.file) else {
                panic!("{record:?} without its file");
            };
            assert_eq!(file.loan.is_some(), loan.is_open());
            numbers.push(loan.file);
        }
        _ => {}
    }
    numbers
}

/// One round: who is killed, and after how many acknowledgements.
struct Round<'a> {
    data: &'a Path,
    wanted: usize,
    hub: bool,
    acknowledged: AtomicUsize,
    over: AtomicBool,
}

impl Round<'_> {
    fn strike(&self) {
        if self.hub {
            kill_holder(self.data);
        }
        self.over.store(true, Ordering::SeqCst);
    }
}

/// A session of another kind: a program that asks on standard input.
struct Rpc {
    child: Child,
    sent: Vec<(u64, Command)>,
}

impl Rpc {
    fn start(program: &Program, rng: &mut Rng, mark: &mut u64) -> Self {
        let mut child = program
            .command(&["rpc"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut sent = Vec::new();
        let mut lines = String::new();
        for _ in 0..rng.usize(2..8) {
            *mark += 1;
            let command = if rng.bool() {
                log(*mark)
            } else {
                create_file(*mark)
            };
            let line = json!({ "id": *mark, "request": *mark, "do": command });
            lines.push_str(&line.to_string());
            lines.push('\n');
            sent.push((*mark, command));
        }
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(lines.as_bytes()).unwrap();
        Self { child, sent }
    }

    /// Reads so many answers and kills it; the requests answered with what was saved.
    fn killed_after(mut self, answers: usize) -> (Vec<(u64, Command)>, BTreeMap<u64, Record>) {
        let mut out = BufReader::new(self.child.stdout.take().unwrap());
        let mut read = Vec::new();
        for _ in 0..answers {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            read.push(line);
        }
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        read.extend(out.lines().map_while(Result::ok));
        let answered = read.iter().filter_map(|line| {
            let answer: Value = serde_json::from_str(line).ok()?;
            let reply: Reply = serde_json::from_value(answer.get("ok")?.clone()).ok()?;
            match reply {
                Reply::Done { record, .. } => Some((answer["id"].as_u64()?, *record)),
                _ => None,
            }
        });
        (self.sent, answered.collect())
    }
}

/// What a killed program was told is there, and what it was not told is done once.
fn settle(worker: &mut Worker, sent: &[(u64, Command)], answered: &BTreeMap<u64, Record>) {
    for (id, command) in sent {
        if let Some(record) = answered.get(id) {
            assert_eq!(worker.session.get(record.number()).as_ref(), Some(record));
            worker.learn(record.clone());
            continue;
        }
        let mut envelope = worker.session.envelope(Request::Do(command.clone()));
        envelope.id = RequestId(*id);
        let Ok(Reply::Done { record, .. }) = worker.session.line.ask(&envelope) else {
            panic!("{command:?}");
        };
        for number in whole(&mut worker.session, &record) {
            let record = worker.session.get(number).unwrap();
            worker.learn(record);
        }
        let again = worker.session.line.ask(&envelope);
        assert!(matches!(again, Ok(Reply::Done { already: true, .. })));
    }
    worker.fresh.clear();
}

fn workers(data: &Path, seed: u64) -> Vec<Worker> {
    let worker = |number: usize| Worker {
        // A few of them start the hub at the same time; more would only take longer.
        session: if number < STARTERS {
            Session::join(data)
        } else {
            Session::follow(data)
        },
        rng: Rng::with_seed(seed + number as u64),
        mark: (number as u64 + 1) * 10_000_000,
        records: BTreeMap::new(),
        unanswered: None,
        fresh: Vec::new(),
        told: [0, 0],
    };
    (0..SESSIONS).map(worker).collect()
}

#[test]
fn what_was_acknowledged_survives_the_hub_the_session_and_both() {
    let rounds = variable("FRONTDESK_KILL_ROUNDS", 200);
    let seed = variable("FRONTDESK_KILL_SEED", 2024);
    let mut told = [0, 0];
    let mut left = rounds;
    while left > 0 {
        let some = left.min(ROUNDS_A_STORE);
        let [answered, cut_off] = some_rounds(some, seed + left);
        told = [told[0] + answered, told[1] + cut_off];
        left -= some;
        let done = rounds - left;
        println!("{done} of {rounds} rounds, seed {seed}: {told:?} answered and cut off");
    }
}

/// Rounds on a store of their own; how many commands were answered, and how many cut off.
fn some_rounds(rounds: u64, seed: u64) -> [usize; 2] {
    let program = Program::set_up("property");
    let data = program.data();
    let mut rng = Rng::with_seed(seed);
    let mut workers = workers(&data, seed);
    let mut mark = 5_000_000;
    for number in 1..=rounds {
        let (hub, other) = match number % 4 {
            0 => (false, true),
            1 => (true, true),
            _ => (true, false),
        };
        let round = Round {
            data: &data,
            wanted: rng.usize(1..24),
            hub,
            acknowledged: AtomicUsize::new(0),
            over: AtomicBool::new(false),
        };
        let rpc = other.then(|| Rpc::start(&program, &mut rng, &mut mark));
        let mut asked = None;
        std::thread::scope(|scope| {
            for worker in &mut workers {
                scope.spawn(|| worker.work(&round));
            }
            asked = rpc.map(|rpc| {
                let answers = if hub { 0 } else { rng.usize(..=rpc.sent.len()) };
                rpc.killed_after(answers)
            });
        });
        std::thread::scope(|scope| {
            for worker in &mut workers {
                scope.spawn(|| worker.go_on());
            }
        });
        if let Some((sent, answered)) = asked {
            settle(&mut workers[0], &sent, &answered);
        }
    }
    assert!(workers[0].session.line.leave(true).unwrap());
    until("the hub is gone", || !Home::is_open(&data));
    assert_all_there(&data, &workers);
    workers.iter().fold([0, 0], |sum, worker| {
        [sum[0] + worker.told[0], sum[1] + worker.told[1]]
    })
}

/// Everything that was ever acknowledged, read without a hub.
fn assert_all_there(data: &Path, workers: &[Worker]) {
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    let mut desk = Desk::open(Home::open(data).unwrap(), options).unwrap();
    let operator = workers[0].session.operator;
    for (number, record) in workers.iter().flat_map(|worker| &worker.records) {
        let query = frontdesk::desk::contract::Query::Get(*number);
        let envelope = program::session::envelope(operator, Request::Look(query));
        match desk.ask(&envelope) {
            Ok(Reply::Record(Some(row))) => assert_eq!(&row.record, record),
            other => panic!("{number}: {other:?}"),
        }
    }
    let report = desk.verify(None).unwrap();
    assert!(report.is_clean(), "{:?}", report.findings);
    desk.close().unwrap();
}
