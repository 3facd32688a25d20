//! The steps of a file on its way in: fetched, read, held against its map, handed to the desk.

use std::collections::BTreeSet;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::thread::{arrived, in_thread};
use super::{Job, Part, Stop, Worker};
use crate::app::job::{Noted, Preview, Told};
use crate::desk::contract::{Door, Failure};
use crate::domain::adopt::Existing;
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::exchange::adopt::Reading;
use crate::exchange::book::{self, Options, Unopened};
use crate::exchange::defuse::restored;
use crate::exchange::import::{Import, Plan};
use crate::exchange::mapping::Mapping;
use crate::exchange::parcel;
use crate::exchange::sheet::Sheet;
use crate::exchange::words::Words;

/// Rows handed to the desk at once.
const AT_ONCE: usize = 64;
/// Rows shown of a file that was read.
const SAMPLES: usize = 3;
/// The values of a column are told one by one where there are no more of them.
const MOST_VALUES: usize = 60;
/// A file may be so many bytes long: as many as fit into memory with its text beside it.
const LARGEST: u64 = 512 << 20;

/// What came of reading a file.
pub(super) type Opened = Result<(Sheet, Preview), Unopened>;

/// An import whose columns were looked at.
pub(super) enum Ready {
    /// It only tries.
    Tried(Box<Import>),
    /// It is to be begun at the desk.
    Plan(Box<Plan>),
}

/// How a file that was read is imported.
pub(super) struct How {
    pub(super) mapping: Mapping,
    /// The name under which the import is known.
    pub(super) file: String,
    pub(super) existing: Existing,
    /// Only to say what would come of it.
    pub(super) dry: bool,
    pub(super) profile: Profile,
}

impl Job {
    /// The same of a part on the way in.
    pub(super) fn step_in(
        &mut self,
        door: &mut dyn Door,
        worker: &mut Worker,
    ) -> Result<Option<Told>, Stop> {
        match &mut self.part {
            Part::Fetch {
                name,
                options,
                bytes,
            } => {
                let offset = bytes.len() as u64;
                let (piece, size) = parcel::take(name, offset, door, &mut self.asker)?;
                if size > LARGEST {
                    return Err(io::Error::from(io::ErrorKind::FileTooLarge).into());
                }
                let over = piece.is_empty();
                bytes.extend(piece);
                let done = bytes.len() as u64;
                if over || done >= size {
                    let file = io::Cursor::new(std::mem::take(bytes));
                    let (name, options) = (std::mem::take(name), options.clone());
                    self.part = Part::Open(open(file, name, options));
                }
                Ok(Some(Told::Progress {
                    done,
                    total: Some(size),
                }))
            }
            Part::Open(read) => {
                if let Some(read) = arrived(read)? {
                    self.part = Part::Over(match read {
                        Ok((sheet, preview)) => {
                            worker.sheet = Some(sheet);
                            Told::Read(Box::new(preview))
                        }
                        Err(unread) => Told::Unread(unread),
                    });
                }
                Ok(None)
            }
            Part::Prepare(ready) => {
                if let Some(ready) = arrived(ready)? {
                    self.part = Part::Import(match ready.map_err(refused)? {
                        Ready::Tried(import) => import,
                        Ready::Plan(plan) => Box::new(Import::begin(*plan, door, &mut self.asker)?),
                    });
                }
                Ok(None)
            }
            Part::Import(import) => {
                let progress = import.step(door, &mut self.asker);
                if let Some(kept) = &mut worker.rejects {
                    for reject in &progress.rejects {
                        kept.push(reject, &self.texts)?;
                    }
                }
                let told = Told::Rows {
                    tally: Box::new(import.tally().clone()),
                    rejects: progress.rejects,
                    noted: Noted {
                        doubles: progress.doubles,
                        other_names: progress.other_names,
                    },
                    ended: progress.ended,
                };
                if progress.ended {
                    self.part = Part::Over(told);
                    return Ok(None);
                }
                Ok(Some(told))
            }
            _ => Ok(None),
        }
    }
}

fn refused(problem: Problem) -> Stop {
    Stop::Desk(Failure::Refused(problem.into()))
}

/// Holds a file against its map, which reads it whole, in a thread of its own.
pub(super) fn prepare(sheet: Sheet, how: How) -> Receiver<Result<Ready, Problem>> {
    in_thread(move || {
        let mut bound = how.mapping.bind(sheet.headers())?;
        bound.settle(&sheet)?;
        let plan = Plan {
            sheet,
            reading: Reading {
                bound,
                words: Arc::new(Words::new()),
                profile: how.profile,
            },
            file: how.file,
            accept: Vec::new(),
            existing: how.existing,
            dry_run: how.dry,
            at_once: AT_ONCE,
        };
        Ok(if how.dry {
            Ready::Tried(Box::new(Import::tried(plan)))
        } else {
            Ready::Plan(Box::new(plan))
        })
    })
}

/// Reads a file and counts its rows, in a thread of its own.
pub(super) fn open(
    file: impl Read + Send + 'static,
    name: String,
    options: Options,
) -> Receiver<Opened> {
    in_thread(move || {
        let mut bytes = Vec::new();
        let read = file.take(LARGEST + 1).read_to_end(&mut bytes);
        let sheet = match read {
            Ok(length) if length as u64 <= LARGEST => book::open(bytes, &name, &options)?,
            Ok(_) => return Err(Problem::new("file-too-large").into()),
            Err(error) => return Err(Problem::new("file-unreadable").arg("why", error).into()),
        };
        let preview = preview(&sheet);
        Ok((sheet, preview))
    })
}

/// The values of each column in the order of their letters; none of a column that has too many.
fn values(sheet: &Sheet) -> Vec<Vec<String>> {
    let mut columns = vec![Some(BTreeSet::new()); sheet.headers().len()];
    for cells in sheet.rows().filter_map(|row| row.cells.ok()) {
        for (cell, column) in cells.iter().zip(&mut columns) {
            let Some(values) = column else { continue };
            let value = restored(cell).trim();
            if !value.is_empty() && !values.contains(value) {
                values.insert(value.to_owned());
            }
            if values.len() > MOST_VALUES {
                *column = None;
            }
        }
    }
    let columns = columns.into_iter().map(Option::unwrap_or_default);
    columns.map(|values| values.into_iter().collect()).collect()
}

fn preview(sheet: &Sheet) -> Preview {
    let whole = sheet.rows().filter_map(|row| row.cells.ok());
    Preview {
        headers: sheet.headers().to_vec(),
        samples: whole.take(SAMPLES).collect(),
        values: values(sheet),
        rows: sheet.count(),
        encoding: sheet.encoding().map(encoding_rs::Encoding::name),
        sheet: sheet.name().map(ToString::to_string),
    }
}
