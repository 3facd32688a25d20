//! What the tests that kill the program share: commands by chance, what is known to be saved by
//! the acknowledgements alone, and how a store is held against that.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "each test file uses its own part of this, and a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use frontdesk::desk::contract::{
    Answer, At, Command, Door, Envelope, Query, Reply, Request, RequestId,
};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::intake::{Channel, IntakeDetails, OutcomeCode};
use frontdesk::domain::loan::LoanDetails;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::phone::{Phone, PhoneLabel};
use frontdesk::domain::record::Record;
use serde_json::{Value, json};

use super::program::Program;

/// Rounds between two looks at everything.
pub const WHOLE_EVERY: u64 = 40;
/// What the commands make.
const KINDS: [Kind; 5] = [
    Kind::Customer,
    Kind::Intake,
    Kind::Complaint,
    Kind::File,
    Kind::Loan,
];

/// A number from the environment.
pub fn variable(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .map_or(default, |value| value.parse().unwrap())
}

/// What is known to be in the store, by the acknowledgements alone.
pub struct Model {
    pub records: BTreeMap<Number, Record>,
    /// Who asks where no other operator is named.
    pub operator: Number,
    pub rng: fastrand::Rng,
    next_request: u64,
    /// Records that a command of this round uses.
    used: BTreeSet<Number>,
}

/// A command under way.
#[derive(Debug, Clone)]
pub struct Sent {
    pub request: u64,
    pub command: Command,
}

impl Sent {
    /// The envelope of an operator around it.
    pub fn envelope(&self, operator: Number) -> Envelope {
        envelope(
            RequestId(self.request),
            operator,
            Request::Do(self.command.clone()),
        )
    }

    /// The records that are there already and that it changes.
    fn changes(&self, model: &Model) -> Vec<Number> {
        match &self.command {
            Command::RecordComplaint { intake, .. } => intake.iter().map(|at| at.number).collect(),
            Command::CheckOut { file: at, .. }
            | Command::ChangeCustomer { at, .. }
            | Command::CloseIntake { at, .. } => vec![at.number],
            Command::CheckIn { at, .. } => {
                let Record::Loan(loan) = &model.records[&at.number] else {
                    unreachable!("a loan was picked")
                };
                vec![at.number, loan.file]
            }
            _ => Vec::new(),
        }
    }
}

/// A request of an operator.
pub fn envelope(id: RequestId, operator: Number, request: Request) -> Envelope {
    Envelope {
        id,
        operator,
        accept: Vec::new(),
        request,
    }
}

impl Model {
    /// Nothing is known yet.
    pub fn new(seed: u64, operator: Number) -> Self {
        Self {
            records: BTreeMap::new(),
            operator,
            rng: fastrand::Rng::with_seed(seed),
            next_request: 1000,
            used: BTreeSet::new(),
        }
    }

    /// No command is under way any more.
    pub fn begin_round(&mut self) {
        self.used.clear();
    }

    /// Takes in what an acknowledgement says: all records that it names.
    pub fn learn(&mut self, answer: &Answer) -> Vec<Record> {
        let Ok(Reply::Done { record, also, .. }) = answer else {
            panic!("{answer:?}")
        };
        let records: Vec<Record> = also.iter().chain([&**record]).cloned().collect();
        for record in &records {
            self.records.insert(record.number(), record.clone());
        }
        records
    }

    /// A record that a predicate holds for and that no command of this round uses.
    fn pick(&mut self, fits: impl Fn(&Record) -> bool) -> Option<Record> {
        let found: Vec<Number> = self
            .records
            .iter()
            .filter(|(number, record)| !self.used.contains(*number) && fits(record))
            .map(|(number, _)| *number)
            .collect();
        let number = *found.get(self.rng.usize(..found.len().max(1)))?;
        self.used.insert(number);
        self.records.get(&number).cloned()
    }

    fn command(&mut self, mark: u64) -> Command {
        let open = |it: &Record| matches!(it, Record::Intake(it) if it.is_open());
        let found = match self.rng.u8(..8) {
            0 => self.pick(open).map(|intake| complain(&intake, mark)),
            1 => self.pick(open).map(|intake| Command::CloseIntake {
                at: at(&intake),
                code: OutcomeCode::Resolved,
                text: format!("已办结 {mark}"),
            }),
            2 => self
                .pick(|it| matches!(it, Record::File(it) if it.loan.is_none()))
                .map(|file| lend(&file)),
            3 => self.back(),
            4 => self
                .pick(|it| matches!(it, Record::Customer(_)))
                .map(|customer| change(&customer, mark)),
            5 => Some(create_file(mark)),
            _ => None,
        };
        found.unwrap_or_else(|| log(mark))
    }

    fn back(&mut self) -> Option<Command> {
        let loan = self.pick(|it| matches!(it, Record::Loan(it) if it.is_open()))?;
        let Record::Loan(open) = &loan else {
            unreachable!("a loan was picked")
        };
        self.used.insert(open.file);
        Some(Command::CheckIn {
            at: at(&loan),
            pieces: 1,
            note: String::new(),
        })
    }

    /// One more command.
    pub fn next(&mut self) -> Sent {
        self.next_request += 1;
        let request = self.next_request;
        let command = self.command(request);
        Sent { request, command }
    }

    /// A few more.
    pub fn some(&mut self) -> Vec<Sent> {
        (0..self.rng.u64(1..=6)).map(|_| self.next()).collect()
    }
}

fn at(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
    }
}

fn log(mark: u64) -> Command {
    let phone = format!("139{mark:08}");
    let phones = vec![Phone {
        digits: phone.clone(),
        label: PhoneLabel::Mobile,
    }];
    Command::LogIntake {
        details: IntakeDetails {
            channel: Some(Channel::Call),
            caller: format!("来电人{mark}"),
            phone,
            place: "3-1201".into(),
            text: format!("第 {mark} 件：").repeat(1 + usize::try_from(mark % 40).unwrap()),
            ..IntakeDetails::default()
        },
        new_customer: Some(CustomerDetails {
            name: format!("来电人{mark}"),
            phones,
            ..CustomerDetails::default()
        }),
    }
}

fn complain(intake: &Record, mark: u64) -> Command {
    Command::RecordComplaint {
        details: ComplaintDetails {
            channel: Some(Channel::Call),
            complainant: format!("投诉人{mark}"),
            text: format!("投诉 {mark}"),
            ..ComplaintDetails::default()
        },
        intake: Some(at(intake)),
    }
}

fn change(customer: &Record, mark: u64) -> Command {
    let Record::Customer(known) = customer else {
        unreachable!("a customer was picked")
    };
    Command::ChangeCustomer {
        at: at(customer),
        details: CustomerDetails {
            note: format!("备注 {mark}"),
            ..known.details.clone()
        },
    }
}

fn create_file(mark: u64) -> Command {
    Command::CreateFile {
        details: FileDetails {
            title: format!("档案 {mark}"),
            class: "general".into(),
            ..FileDetails::default()
        },
    }
}

fn lend(file: &Record) -> Command {
    Command::CheckOut {
        file: at(file),
        details: LoanDetails {
            borrower: "李四".into(),
            copies: 1,
            reason: "核对".into(),
            ..LoanDetails::default()
        },
    }
}

/// Sends all commands at once to a program that reads requests as lines, reads so many answers,
/// kills it, and gives back every answer that had left it.
pub fn killed_after(program: &Program, sent: &[Sent], answers: usize) -> Vec<Value> {
    let mut child = program
        .command(&["--as", "wang", "rpc"])
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
    // It may have ended already, because the hub did.
    let _ = stdin.write_all(lines.as_bytes());
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

/// The acknowledgements among such answers: the request, and what came of it.
pub fn acknowledged(answers: &[Value]) -> Vec<(u64, Answer)> {
    answers
        .iter()
        .filter_map(|answer| {
            let lost = answer["error"]["failure"]["fault"]["key"] == "line-lost";
            if lost {
                return None;
            }
            let reply: Reply = serde_json::from_value(answer["ok"].clone())
                .unwrap_or_else(|error| panic!("{error}: {answer}"));
            Some((answer["id"].as_u64().unwrap(), Ok(reply)))
        })
        .collect()
}

/// A record as it is in the store.
pub fn get(door: &mut dyn Door, operator: Number, number: Number) -> Option<Record> {
    let request = Request::Look(Query::Get(number));
    match door.ask(&envelope(RequestId(0), operator, request)) {
        Ok(Reply::Record(row)) => row.map(|row| row.record),
        other => panic!("{number}: {other:?}"),
    }
}

/// The records beyond those known: what commands without an answer left. Numbers have no gaps.
pub fn unknown(door: &mut dyn Door, model: &Model) -> Vec<Record> {
    let mut found = Vec::new();
    let year = model.operator.year;
    for kind in KINDS {
        let known = model.records.keys().filter(|number| number.kind == kind);
        let last = known.map(|number| number.seq).max().unwrap_or(0);
        for seq in 1.. {
            let number = Number { kind, year, seq };
            if model.records.contains_key(&number) {
                continue;
            }
            match get(door, model.operator, number) {
                Some(record) => found.push(record),
                None if seq > last => break,
                None => panic!("{number} is missing, and {last} is there"),
            }
        }
    }
    found
}

/// Every change that a command made is there, or none of them.
pub fn assert_whole(door: &mut dyn Door, model: &Model, record: &Record, among: &[Record]) {
    let mut there = |number: Number| {
        get(door, model.operator, number).unwrap_or_else(|| panic!("{number} of {record:?}"))
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

/// What an unanswered command was to change is all changed once, or as it was before.
pub fn assert_not_half(door: &mut dyn Door, model: &Model, sent: &Sent) {
    let numbers = sent.changes(model);
    let changed: Vec<bool> = numbers
        .iter()
        .map(|number| {
            let known = &model.records[number];
            let present = get(door, model.operator, *number).unwrap();
            if present == *known {
                return false;
            }
            assert_eq!(present.meta().version, known.meta().version + 1, "{sent:?}");
            true
        })
        .collect();
    assert!(
        changed.iter().all(|it| *it) || !changed.contains(&true),
        "half of {sent:?}"
    );
}

/// Holds the store against what is known after a kill: `told` are records of this round that were
/// acknowledged, `untold` the commands that were not. The records that those left come back.
pub fn assert_as_told(
    door: &mut dyn Door,
    model: &Model,
    told: &BTreeSet<Number>,
    untold: &[Sent],
) -> Vec<Record> {
    let mut perhaps = BTreeSet::new();
    for sent in untold {
        perhaps.extend(sent.changes(model));
        assert_not_half(door, model, sent);
    }
    for number in told.difference(&perhaps) {
        let present = get(door, model.operator, *number);
        let known = model.records.get(number);
        assert_eq!(present.as_ref(), known, "acknowledged and not as it was");
    }
    let left = unknown(door, model);
    for record in &left {
        assert_whole(door, model, record, &left);
    }
    left
}

/// Sends again what had no answer: it is done now, once, whether it was done before or not.
pub fn send_again(door: &mut dyn Door, model: &mut Model, operator: Number, sent: &Sent) {
    let reply = door.ask(&sent.envelope(operator)).unwrap();
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
        let record = get(door, operator, number).unwrap();
        model.records.insert(number, record);
    }
}

/// Every record is as it was acknowledged.
pub fn assert_all(door: &mut dyn Door, model: &Model) {
    for (number, record) in &model.records {
        assert_eq!(
            get(door, model.operator, *number).as_ref(),
            Some(record),
            "acknowledged and not as it was"
        );
    }
}
