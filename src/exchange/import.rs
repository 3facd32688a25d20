//! Rows to records, step by step: each row of a sheet ends in the store or in the list of rejected
//! ones.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::iter::Fuse;
use std::panic::resume_unwind;
use std::thread;

use serde::Serialize;

use super::adopt::{Reading, Unread};
use super::asker::Asker;
use super::attached::{Names, OtherName, name_of};
use super::doubles::{Doubles, external};
use super::sheet::{Column, Reject, Rows, Sheet, SheetRow};
use crate::desk::contract::{
    Adopted, Answer, Command, Door, Envelope, Failure, Query, Reply, Tried,
};
use crate::domain::adopt::Existing;
use crate::domain::number::Number;
use crate::domain::refusal::{Assent, Problem};

/// So many rows go to the desk at once where nothing else is asked for: as many as one frame of its
/// journal takes.
pub const AT_ONCE: usize = 256;
/// Where at least so many rows go to the desk at once, the next ones are read meanwhile, in a thread
/// of its own.
const READ_AHEAD: usize = 64;

/// What an import is made of.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The rows.
    pub sheet: Sheet,
    /// How they are read.
    pub reading: Reading,
    /// The name of the file, without folders.
    pub file: String,
    /// Keys of the questions answered with yes for every row.
    pub accept: Vec<Assent>,
    /// What becomes of rows whose record is already there.
    pub existing: Existing,
    /// Nothing is written: it is only told what would come of each row.
    pub dry_run: bool,
    /// At most so many rows go to the desk in one step; see [`AT_ONCE`].
    pub at_once: usize,
}

/// What has come of an import so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The import's number, by which it can be taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import: Option<Number>,
    /// Rows there are.
    pub total: u64,
    /// Rows read.
    pub read: u64,
    /// Rows that became records.
    pub imported: u64,
    /// Of those, rows attached to a customer who was there.
    pub attached: u64,
    /// Rows that filled empty fields of customers who were there.
    pub filled: u64,
    /// Rows passed over because their record is already there.
    pub already: u64,
    /// Rows that were refused for any other reason.
    pub rejected: u64,
    /// Where the store failed and the import stopped; rows from there on were not taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stopped: Option<Stop>,
}

/// The store failed in the middle of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    /// The line of the first row that was not taken in.
    pub line: u64,
    /// What the store said.
    #[serde(skip)]
    pub failure: Failure,
}

/// What one step brought.
#[derive(Debug, Default)]
pub struct Progress {
    /// The rows that did not become records in it, in the order of the file: those refused, and those
    /// already there ([`is_already_there`]).
    pub rejects: Vec<Reject>,
    /// Rows that became records although an earlier row of the file has the same number.
    pub doubles: Vec<Double>,
    /// Rows attached to a customer who goes by another name.
    pub other_names: Vec<OtherName>,
    /// Whether the import has ended, with the last row or with [`Tally::stopped`].
    pub ended: bool,
}

/// A number of the other system that two rows of a file have, both of which became records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Double {
    /// The line of the later row.
    pub line: u64,
    /// The line of the first row with that number.
    pub first: u64,
    /// The number.
    pub number: String,
}

/// Whether a row was passed over because its record is already there.
pub fn is_already_there(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(refusal)
        if refusal.problems.iter().any(|problem| problem.key == "already-there"))
}

/// An import under way. It holds all it needs, and waits between its steps as long as one likes.
pub struct Import {
    plan: Plan,
    rows: Fuse<Rows>,
    /// Rows that were read while the ones before were at the desk.
    ahead: Option<Vec<ReadRow>>,
    tally: Tally,
    /// The line of the first row with each number of the other system.
    numbers: HashMap<String, u64>,
    /// For a run that only tries: earlier rows that later ones have to do with.
    doubles: Doubles,
    names: Names,
}

/// A row as it was read: its record and the number of the customer it is about, or what is wrong
/// with it.
struct ReadRow {
    line: u64,
    read: Result<(Adopted, String), Reject>,
}

/// A row on its way to the desk.
struct Sent {
    line: u64,
    number: String,
    /// The name of the person it is about.
    name: String,
}

impl Import {
    /// Begins an import: it has its number from now on, unless it is only tried or has no rows.
    ///
    /// # Errors
    /// When the desk refuses it.
    pub fn begin(plan: Plan, door: &mut dyn Door, asker: &mut Asker) -> Result<Self, Failure> {
        if plan.dry_run || plan.sheet.count() == 0 {
            return Ok(Self::tried(plan));
        }
        let begin = Command::BeginImport {
            kind: plan.reading.bound.kind,
            file: plan.file.clone(),
        };
        match door.ask(&asker.change(begin))? {
            Reply::Done { record, .. } => {
                Ok(Self::new(plan, Some(record.number()), Doubles::default()))
            }
            _ => Err(Failure::internal()),
        }
    }

    /// Begins a run that only tries, which reads the whole file once and asks nobody.
    pub fn tried(plan: Plan) -> Self {
        let doubles = Doubles::of(&plan.sheet, &plan.reading);
        Self::new(plan, None, doubles)
    }

    fn new(plan: Plan, import: Option<Number>, doubles: Doubles) -> Self {
        let tally = Tally {
            import,
            total: plan.sheet.count(),
            ..Tally::default()
        };
        Self {
            rows: plan.sheet.rows().fuse(),
            ahead: None,
            plan,
            tally,
            numbers: HashMap::new(),
            doubles,
            names: Names::default(),
        }
    }

    /// What has come of it so far.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Hands the next rows to the desk. After the end nothing more happens.
    pub fn step(&mut self, door: &mut dyn Door, asker: &mut Asker) -> Progress {
        let mut progress = Progress::default();
        if self.tally.stopped.is_some() {
            progress.ended = true;
            return progress;
        }
        let rows = self.ahead.take();
        let rows = rows.unwrap_or_else(|| read(&mut self.rows, &self.plan));
        progress.ended = rows.len() < self.plan.at_once.max(1);
        let (mut sent, mut envelopes) = (Vec::new(), Vec::new());
        for ReadRow { line, read } in rows {
            self.tally.read += 1;
            match read {
                Ok((record, customer)) => {
                    sent.push(Sent {
                        line,
                        number: external(&record).to_owned(),
                        name: name_of(&record).to_owned(),
                    });
                    envelopes.push(self.envelope(record, customer, asker));
                }
                Err(reject) => progress.rejects.push(reject),
            }
        }
        if !envelopes.is_empty() {
            let answers = self.ask(door, &envelopes, progress.ended);
            for (sent, answer) in sent.into_iter().zip(answers) {
                self.count(sent, answer, &mut progress);
            }
            progress.other_names = self.names.others(door, asker);
        }
        progress.rejects.sort_by_key(|reject| reject.line);
        for reject in &progress.rejects {
            if is_already_there(&reject.failure) {
                self.tally.already += 1;
            } else {
                self.tally.rejected += 1;
            }
        }
        progress
    }

    /// The answers of the desk. While it is at work the next rows are read, if there are some.
    fn ask(&mut self, door: &mut dyn Door, envelopes: &[Envelope], ended: bool) -> Vec<Answer> {
        let (rows, plan) = (&mut self.rows, &self.plan);
        if ended || plan.at_once < READ_AHEAD {
            return certain(door.ask_all(envelopes), envelopes, door);
        }
        let (answers, ahead) = thread::scope(|scope| {
            // Where no thread is to be had they are read when their turn comes.
            let reader = thread::Builder::new().spawn_scoped(scope, || read(rows, plan));
            let answers = certain(door.ask_all(envelopes), envelopes, door);
            (answers, reader.ok().map(thread::ScopedJoinHandle::join))
        });
        self.ahead = ahead.map(|rows| rows.unwrap_or_else(|panic| resume_unwind(panic)));
        answers
    }

    fn envelope(&mut self, record: Adopted, customer: String, asker: &mut Asker) -> Envelope {
        let existing = self.plan.existing;
        let mut envelope = match self.tally.import {
            Some(import) => asker.change(Command::Adopt {
                import,
                record: Box::new(record),
                existing,
                customer,
            }),
            None => asker.look(Query::TryAdopt {
                before: self.doubles.before(&record),
                record: Box::new(record),
                existing,
                customer,
            }),
        };
        envelope.accept.clone_from(&self.plan.accept);
        envelope
    }

    fn taken(&mut self, sent: Sent, tried: Tried, progress: &mut Progress) {
        if tried.filled.is_some() {
            self.tally.filled += 1;
            return;
        }
        self.tally.imported += 1;
        if let Some(customer) = tried.attached {
            self.tally.attached += 1;
            self.names.attached(sent.line, sent.name, customer);
        }
        if sent.number.is_empty() {
            return;
        }
        match self.numbers.entry(sent.number) {
            Entry::Vacant(place) => {
                place.insert(sent.line);
            }
            Entry::Occupied(place) => progress.doubles.push(Double {
                line: sent.line,
                first: *place.get(),
                number: place.key().clone(),
            }),
        }
    }

    fn count(&mut self, sent: Sent, answer: Answer, progress: &mut Progress) {
        let line = sent.line;
        match answer {
            Ok(Reply::Done { record, .. }) => {
                let tried = Tried::of(&record, self.tally.import);
                self.taken(sent, tried, progress);
            }
            Ok(Reply::Tried(tried)) => self.taken(sent, tried, progress),
            Ok(_) => {
                let failure = Failure::internal();
                self.tally.stopped.get_or_insert(Stop { line, failure });
                progress.ended = true;
            }
            // Nothing is wrong with the row; it and all after it are for another try.
            Err(failure @ Failure::Fault { .. }) => {
                self.tally.stopped.get_or_insert(Stop { line, failure });
                progress.ended = true;
            }
            Err(failure) => progress.rejects.push(Reject {
                sheet: self.plan.sheet.name().cloned(),
                line,
                column: column_of(&failure, &self.plan),
                failure,
            }),
        }
    }
}

/// As many of the next rows as go to the desk at once; fewer at the end.
fn read(rows: &mut Fuse<Rows>, plan: &Plan) -> Vec<ReadRow> {
    let read = |row: SheetRow| {
        let read = row.cells.and_then(|cells| {
            let record = plan.reading.record(&cells);
            let record = record.map_err(|unread| unread.reject(row.line, plan))?;
            Ok((record, plan.reading.customer(&cells)))
        });
        let line = row.line;
        ReadRow { line, read }
    };
    rows.take(plan.at_once.max(1)).map(read).collect()
}

/// Answers that say what is there: requests whose outcome is unknown are sent again under their
/// names, which tell whether they were done.
fn certain(answers: Vec<Answer>, envelopes: &[Envelope], door: &mut dyn Door) -> Vec<Answer> {
    let unknown = |answer: &Answer| {
        answer.as_ref().is_err_and(|failure| {
            let is_unknown = matches!(failure, Failure::Fault { key, .. } if key == "unknown");
            is_unknown || failure.is_line_lost()
        })
    };
    if answers.iter().any(unknown) && door.recover() {
        door.ask_all(envelopes)
    } else {
        answers
    }
}

/// The column that a refusal is about, by the field it names.
fn column_of(failure: &Failure, plan: &Plan) -> Option<Column> {
    let Failure::Refused(refusal) = failure else {
        return None;
    };
    let field = refusal
        .problems
        .iter()
        .find_map(|problem| problem.field.as_deref())?;
    column(field, plan)
}

fn column(field: &str, plan: &Plan) -> Option<Column> {
    let place = plan.reading.bound.place(field)?;
    Some(plan.sheet.column(place))
}

impl Unread {
    fn reject(self, line: u64, plan: &Plan) -> Reject {
        Reject {
            sheet: plan.sheet.name().cloned(),
            line,
            column: column(self.field, plan),
            failure: self.problem.field(self.field).into_failure(),
        }
    }
}

impl Problem {
    /// The problem as the failure of a whole request.
    fn into_failure(self) -> Failure {
        Failure::Refused(self.into())
    }
}
