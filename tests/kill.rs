//! Kill -9 of the real program, many times on one store, at a seeded count of acknowledgements:
//! what was acknowledged is there whole, nothing is there half, and everything adds up.
//!
//! `FRONTDESK_KILL_ROUNDS` asks for more rounds, `FRONTDESK_KILL_SEED` for other ones.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

mod program;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Stdio;

use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::contract::{Command, Door, Envelope, Query, Reply, Request, RequestId};
use frontdesk::desk::{Desk, Options};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::store::Home;
use program::Program;
use program::work::{complain, create_file, give_back, lend, log};
use serde_json::{Value, json};

/// Rounds between two looks at everything.
const WHOLE_EVERY: u64 = 40;
const KINDS: [Kind; 5] = [
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::File,
    Kind::Loan,
];

fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(default, |value| value.parse().unwrap())
}

fn open(data: &Path) -> Desk {
    let options = Options {
        clock: Box::new(SystemClock),
        site_file: None,
    };
    Desk::open(Home::open(data).unwrap(), options).unwrap()
}

/// What is known to be in the store, by the acknowledgements alone.
struct Model {
    records: BTreeMap<Number, Record>,
    operator: Number,
    rng: fastrand::Rng,
    next_request: u64,
    /// Commands that were answered, and those that the kill cut off.
    told: [usize; 2],
    /// Records of commands that were cut off and were saved all the same.
    saved_untold: usize,
}

/// A command under way.
struct Sent {
    request: u64,
    command: Command,
}

impl Model {
    fn learn(&mut self, record: Record) {
        self.records.insert(record.number(), record);
    }

    /// A record that a predicate holds for and that no command under way uses.
    fn pick(
        &mut self,
        used: &mut BTreeSet<Number>,
        fits: impl Fn(&Record) -> bool,
    ) -> Option<Record> {
        let found: Vec<Number> = self
            .records
            .iter()
            .filter(|(number, record)| !used.contains(*number) && fits(record))
            .map(|(number, _)| *number)
            .collect();
        let number = *found.get(self.rng.usize(..found.len().max(1)))?;
        used.insert(number);
        self.records.get(&number).cloned()
    }

    fn command(&mut self, used: &mut BTreeSet<Number>) -> Command {
        let mark = self.next_request;
        match self.rng.u8(..5) {
            0 => {
                let open = |it: &Record| matches!(it, Record::Intake(it) if it.is_open());
                if let Some(intake) = self.pick(used, open) {
                    return complain(&intake, mark);
                }
            }
            1 => {
                let on_shelf = |it: &Record| matches!(it, Record::File(it) if it.loan.is_none());
                if let Some(file) = self.pick(used, on_shelf) {
                    return lend(&file);
                }
            }
            2 => {
                let out = |it: &Record| matches!(it, Record::Loan(it) if it.is_open());
                if let Some(loan) = self.pick(used, out) {
                    let Record::Loan(open) = &loan else {
                        unreachable!("a loan was picked")
                    };
                    used.insert(open.file);
                    return give_back(&loan);
                }
            }
            3 => return create_file(mark),
            _ => {}
        }
        log(mark)
    }

    fn commands(&mut self) -> Vec<Sent> {
        let mut used = BTreeSet::new();
        (0..self.rng.u64(1..=6))
            .map(|_| {
                self.next_request += 1;
                Sent {
                    request: self.next_request,
                    command: self.command(&mut used),
                }
            })
            .collect()
    }
}

/// Sends all commands at once, reads so many answers, kills the program, and gives back every
/// answer that had left it.
fn killed_after(program: &Program, sent: &[Sent], answers: usize) -> Vec<Value> {
    let mut child = program
        .command(&["rpc"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut lines = String::new();
    for Sent { request, command } in sent {
        let line = json!({ "id": request, "request": request, "do": command });
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    stdin.write_all(lines.as_bytes()).unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut read = Vec::new();
    for _ in 0..answers {
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        read.push(line);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    read.extend(
        out.lines()
            .map_while(Result::ok)
            .map(|line| format!("{line}\n")),
    );
    // What was cut off in the middle of a line was not acknowledged.
    read.iter()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn get(desk: &mut Desk, operator: Number, number: Number) -> Option<Record> {
    let request = Request::Look(Query::Get(number));
    let envelope = Envelope {
        id: RequestId(0),
        operator,
        accept: Vec::new(),
        request,
    };
    match desk.ask(&envelope).unwrap() {
        Reply::Record(row) => row.map(|row| row.record),
        other => panic!("{other:?}"),
    }
}

/// The records beyond those known: what commands without an answer left.
fn unknown(desk: &mut Desk, model: &Model) -> Vec<Record> {
    let mut found = Vec::new();
    for kind in KINDS {
        let known = model.records.keys().filter(|number| number.kind == kind);
        let year = model.operator.year;
        let mut seq = known.map(|number| number.seq).max().unwrap_or(0);
        loop {
            seq += 1;
            let number = Number { kind, year, seq };
            let Some(record) = get(desk, model.operator, number) else {
                break;
            };
            found.push(record);
        }
    }
    found
}

/// Every change that a command made is there, or none of them.
fn assert_whole(desk: &mut Desk, model: &Model, record: &Record, among: &[Record]) {
    let mut there = |number: Number| {
        get(desk, model.operator, number).unwrap_or_else(|| panic!("{number} of {record:?}"))
    };
    match record {
        Record::Intake(intake) => {
            there(
                intake
                    .details
                    .customer
                    .expect("every caller is registered with the call"),
            );
        }
        Record::Customer(customer) => {
            let number = Some(customer.meta.number);
            let logged =
                |it: &Record| matches!(it, Record::Intake(it) if it.details.customer == number);
            assert!(among.iter().any(logged), "{number:?} without its call");
        }
        Record::Complaint(complaint) => {
            let Record::Intake(intake) = there(complaint.intake.unwrap()) else {
                panic!()
            };
            assert_eq!(intake.complaint, Some(complaint.meta.number));
            assert!(!intake.is_open());
        }
        Record::Loan(loan) => {
            let Record::File(file) = there(loan.file) else {
                panic!()
            };
            assert_eq!(file.loan, Some(loan.meta.number));
        }
        _ => {}
    }
}

/// Sends again what had no answer: it is done now, once, whether it was done before or not.
fn send_again(desk: &mut Desk, model: &mut Model, sent: &Sent) {
    let request = Request::Do(sent.command.clone());
    let operator = model.operator;
    let id = RequestId(sent.request);
    let reply = desk
        .ask(&Envelope {
            id,
            operator,
            accept: Vec::new(),
            request,
        })
        .unwrap();
    let Reply::Done { record, .. } = reply else {
        panic!("{reply:?}")
    };
    let mut numbers = vec![record.number()];
    match &*record {
        Record::Intake(it) => numbers.extend(it.details.customer),
        Record::Complaint(it) => numbers.extend(it.intake),
        Record::Loan(it) => numbers.push(it.file),
        _ => {}
    }
    for number in numbers {
        let record = get(desk, operator, number).unwrap();
        model.learn(record);
    }
}

fn acknowledged(model: &mut Model, answers: &[Value]) -> (BTreeSet<u64>, Vec<Record>) {
    let mut requests = BTreeSet::new();
    let mut records = Vec::new();
    for answer in answers {
        requests.insert(answer["id"].as_u64().unwrap());
        let reply: Reply = serde_json::from_value(answer["ok"].clone())
            .unwrap_or_else(|error| panic!("{error}: {answer}"));
        let Reply::Done { record, also, .. } = reply else {
            panic!("{answer}")
        };
        for record in std::iter::once(*record).chain(also) {
            model.learn(record.clone());
            records.push(record);
        }
    }
    (requests, records)
}

fn round(program: &Program, model: &mut Model) -> Desk {
    let sent = model.commands();
    let wanted = model.rng.usize(..=sent.len());
    let answers = killed_after(program, &sent, wanted);
    assert!(answers.len() >= wanted);
    let (answered, records) = acknowledged(model, &answers);
    let mut desk = open(&program.data());
    for record in &records {
        let present = get(&mut desk, model.operator, record.number());
        assert_eq!(
            present.as_ref(),
            Some(record),
            "acknowledged and not as it was"
        );
    }
    let left = unknown(&mut desk, model);
    for record in &left {
        assert_whole(&mut desk, model, record, &left);
    }
    model.told[0] += answered.len();
    model.told[1] += sent.len() - answered.len();
    model.saved_untold += left.len();
    for sent in sent.iter().filter(|sent| !answered.contains(&sent.request)) {
        send_again(&mut desk, model, sent);
    }
    assert_eq!(unknown(&mut desk, model), [], "done twice");
    desk
}

#[test]
fn what_was_acknowledged_survives_kill_9_and_nothing_is_half() {
    let rounds = variable("FRONTDESK_KILL_ROUNDS", 200);
    let seed = variable("FRONTDESK_KILL_SEED", 2024);
    let program = Program::set_up("property");
    let mut desk = open(&program.data());
    let operator = desk.operators().next().unwrap().meta.number;
    assert!(desk.verify(None).unwrap().is_clean());
    desk.close().unwrap();
    let rng = fastrand::Rng::with_seed(seed);
    let mut model = Model {
        records: BTreeMap::new(),
        operator,
        rng,
        next_request: 1000,
        told: [0, 0],
        saved_untold: 0,
    };
    for number in 1..=rounds {
        let mut desk = round(&program, &mut model);
        if number % WHOLE_EVERY == 0 || number == rounds {
            for (number, record) in &model.records {
                assert_eq!(get(&mut desk, operator, *number).as_ref(), Some(record));
            }
            let report = desk.verify(None).unwrap();
            assert!(
                report.is_clean(),
                "after {number} kills: {:?}",
                report.findings
            );
        }
        desk.close().unwrap();
    }
    println!(
        "{rounds} kills, seed {seed}: {:?} answered and cut off, {} records saved untold",
        model.told, model.saved_untold,
    );
    assert!(
        model.records.len() > 100,
        "the kills left something to compare"
    );
}
