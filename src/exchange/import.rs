//! Rows to records, step by step: each row of a sheet ends in the store or in the list of rejected
//! ones.

use std::iter::Fuse;

use serde::Serialize;

use super::adopt::{Reading, Unread};
use super::asker::Asker;
use super::sheet::{Column, Reject, Rows, Sheet};
use crate::desk::contract::{Answer, Command, Door, Envelope, Failure, Reply};
use crate::domain::number::Number;
use crate::domain::refusal::Problem;

/// So many rows go to the desk at once where nothing else is asked for: as many as one frame of its
/// journal takes.
pub const AT_ONCE: usize = 256;

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
    pub accept: Vec<String>,
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
    /// Rows that were refused.
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
    /// The rows that were rejected in it, in the order of the file.
    pub rejects: Vec<Reject>,
    /// Whether the import has ended, with the last row or with [`Tally::stopped`].
    pub ended: bool,
}

/// An import under way. It holds all it needs, and waits between its steps as long as one likes.
pub struct Import {
    plan: Plan,
    rows: Fuse<Rows>,
    tally: Tally,
    dry: bool,
}

impl Import {
    /// Begins an import: it has its number from now on.
    ///
    /// # Errors
    /// When the desk refuses it.
    pub fn begin(plan: Plan, door: &mut dyn Door, asker: &mut Asker) -> Result<Self, Failure> {
        let begin = Command::BeginImport {
            kind: plan.reading.bound.kind,
            file: plan.file.clone(),
        };
        let import = match door.ask(&asker.change(begin))? {
            Reply::Done { record, .. } => record.number(),
            _ => return Err(Failure::internal()),
        };
        let tally = Tally {
            import: Some(import),
            total: plan.sheet.count(),
            ..Tally::default()
        };
        Ok(Self {
            rows: plan.sheet.rows().fuse(),
            plan,
            tally,
            dry: false,
        })
    }

    /// Begins a run that only says what would come of it.
    ///
    /// # Errors
    /// When the desk refuses it.
    pub fn dry(plan: Plan, _door: &mut dyn Door, _asker: &mut Asker) -> Result<Self, Failure> {
        let tally = Tally {
            total: plan.sheet.count(),
            ..Tally::default()
        };
        Ok(Self {
            rows: plan.sheet.rows().fuse(),
            plan,
            tally,
            dry: true,
        })
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
        let import = self.tally.import.filter(|_| !self.dry);
        let (mut lines, mut envelopes) = (Vec::new(), Vec::new());
        for _ in 0..self.plan.at_once.max(1) {
            let Some(row) = self.rows.next() else {
                progress.ended = true;
                break;
            };
            self.tally.read += 1;
            let record = row.cells.and_then(|cells| {
                let read = self.plan.reading.record(&cells);
                read.map_err(|unread| unread.reject(row.line, &self.plan))
            });
            match record {
                Ok(record) => {
                    let Some(import) = import else {
                        self.tally.imported += 1;
                        continue;
                    };
                    let record = Box::new(record);
                    let mut envelope = asker.change(Command::Adopt { import, record });
                    envelope.accept.clone_from(&self.plan.accept);
                    lines.push(row.line);
                    envelopes.push(envelope);
                }
                Err(reject) => progress.rejects.push(reject),
            }
        }
        if !envelopes.is_empty() {
            let answers = certain(door.ask_all(&envelopes), &envelopes, door);
            for (line, answer) in lines.into_iter().zip(answers) {
                self.count(line, answer, &mut progress);
            }
        }
        progress.rejects.sort_by_key(|reject| reject.line);
        self.tally.rejected += progress.rejects.len() as u64;
        progress
    }

    fn count(&mut self, line: u64, answer: Answer, progress: &mut Progress) {
        match answer {
            Ok(_) => self.tally.imported += 1,
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
