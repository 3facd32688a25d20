//! Rows to records: each row of a sheet ends in the store or in the list of rejected ones.

use serde::Serialize;

use super::adopt::{Reading, Unread};
use super::asker::Asker;
use super::bound::Bound;
use super::sheet::{Column, Reject, Sheet};
use crate::desk::contract::{Answer, Command, Door, Envelope, Failure, Reply};
use crate::domain::number::Number;
use crate::domain::refusal::Problem;

/// So many rows go to the desk at once, and into one frame of its journal.
const BATCH: usize = 256;

/// An import that is ready to run.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The rows.
    pub sheet: &'a Sheet,
    /// How they are read.
    pub reading: Reading<'a>,
    /// The name of the file, without folders.
    pub file: &'a str,
    /// Keys of the questions answered with yes for every row.
    pub accept: &'a [String],
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The import's number, by which it can be taken back.
    pub import: Number,
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

/// Runs an import; every rejected row is told in the order of the file. It stops where the store
/// fails.
///
/// # Errors
/// When the import itself could not be begun.
pub fn run(
    plan: Plan,
    door: &mut dyn Door,
    asker: &mut Asker,
    told: &mut dyn FnMut(&Reject),
) -> Result<Tally, Failure> {
    let begin = Command::BeginImport {
        kind: plan.reading.bound.kind,
        file: plan.file.to_owned(),
    };
    let import = match door.ask(&asker.change(begin))? {
        Reply::Done { record, .. } => record.number(),
        _ => return Err(Problem::new("not-an-import").into_failure()),
    };
    let mut tally = Tally {
        import,
        read: 0,
        imported: 0,
        rejected: 0,
        stopped: None,
    };
    let mut batch = Batch::default();
    for row in plan.sheet.rows() {
        tally.read += 1;
        let record = row.cells.and_then(|cells| {
            plan.reading
                .record(&cells)
                .map_err(|unread| unread.reject(row.line, plan))
        });
        match record {
            Ok(record) => {
                let mut envelope = asker.change(Command::Adopt {
                    import,
                    record: Box::new(record),
                });
                envelope.accept = plan.accept.to_vec();
                batch.lines.push(row.line);
                batch.envelopes.push(envelope);
            }
            Err(reject) => batch.rejects.push(reject),
        }
        if batch.envelopes.len() >= BATCH {
            batch.hand_over(plan, door, &mut tally, told);
        }
        if tally.stopped.is_some() {
            return Ok(tally);
        }
    }
    batch.hand_over(plan, door, &mut tally, told);
    Ok(tally)
}

/// Rows that wait to be handed over together.
#[derive(Default)]
struct Batch {
    lines: Vec<u64>,
    envelopes: Vec<Envelope>,
    rejects: Vec<Reject>,
}

impl Batch {
    fn hand_over(
        &mut self,
        plan: Plan,
        door: &mut dyn Door,
        tally: &mut Tally,
        told: &mut dyn FnMut(&Reject),
    ) {
        let answers = if self.envelopes.is_empty() {
            Vec::new()
        } else {
            certain(door.ask_all(&self.envelopes), &self.envelopes, door)
        };
        for (line, answer) in self.lines.drain(..).zip(answers) {
            match answer {
                Ok(_) => tally.imported += 1,
                // Nothing is wrong with the row; it and all after it are for another try.
                Err(failure @ Failure::Fault { .. }) => {
                    tally.stopped.get_or_insert(Stop { line, failure });
                }
                Err(failure) => {
                    let column = column_of(&failure, plan);
                    self.rejects.push(Reject {
                        line,
                        column,
                        failure,
                    });
                }
            }
        }
        self.envelopes.clear();
        self.rejects.sort_by_key(|reject| reject.line);
        for reject in self.rejects.drain(..) {
            tally.rejected += 1;
            told(&reject);
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
fn column_of(failure: &Failure, plan: Plan) -> Option<Column> {
    let Failure::Refused(refusal) = failure else {
        return None;
    };
    let field = refusal
        .problems
        .iter()
        .find_map(|problem| problem.field.as_deref())?;
    column(field, plan.reading.bound, plan.sheet)
}

fn column(field: &str, bound: &Bound, sheet: &Sheet) -> Option<Column> {
    let place = bound.place(field)?;
    let name = sheet.headers().get(place).cloned().unwrap_or_default();
    Some(Column {
        number: place + 1,
        name,
    })
}

impl Unread {
    fn reject(self, line: u64, plan: Plan) -> Reject {
        Reject {
            line,
            column: column(self.field, plan.reading.bound, plan.sheet),
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
