//! Does the long work that a session orders, slice by slice, so that the keys are never kept
//! waiting. What takes long in one piece (putting a workbook together, reading a file) is done in
//! a thread of its own, and its end is looked for.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::facts::Facts;
use super::job::{Order, Place, Preview, Told};
use super::session::{Surroundings, Target};
use crate::desk::contract::{At, Command, Door, Failure, PIECE, Query, Reply};
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::exchange::adopt::Reading;
use crate::exchange::asker::Asker;
use crate::exchange::book::{self, Options, Unopened};
use crate::exchange::cells::Style;
use crate::exchange::export::{Export, ExportFault};
use crate::exchange::import::{Import, Plan};
use crate::exchange::parcel::{self, Parcel};
use crate::exchange::rejects::Rejects;
use crate::exchange::sheet::Sheet;
use crate::exchange::words::Words;
use crate::locale::{Said, Texts};

/// A slice of work takes about so long.
const SLICE: Duration = Duration::from_millis(10);
/// So often it is told how far the work is.
const TELL: Duration = Duration::from_millis(200);
/// Records asked for at once by an export.
const PAGE: u32 = 100;
/// Rows handed to the desk at once.
const AT_ONCE: usize = 64;
/// Rows shown of a file that was read.
const SAMPLES: usize = 3;
/// A file may be so many bytes long: as many as fit into memory with its text beside it.
const LARGEST: u64 = 512 << 20;

/// What came of a slice.
pub(super) enum Slice {
    /// Nothing is to be told.
    Quiet,
    /// This is.
    Told(Told),
    /// The line to the desk is lost; the work goes on when it is there again.
    Lost,
}

/// Does one piece of long work at a time.
#[derive(Default)]
pub(super) struct Worker {
    job: Option<Job>,
    sheet: Option<Sheet>,
    rejects: Option<Rejects>,
    told: Option<Instant>,
}

struct Job {
    asker: Asker,
    texts: Texts,
    profile: Profile,
    part: Part,
}

/// What is done at present.
enum Part {
    Rows(Box<Export>, Sink),
    Join(Receiver<io::Result<Option<File>>>, Sink, (u64, bool)),
    Hand(File, Sink, Told),
    Close(Sink, Told),
    Fetch {
        name: String,
        options: Options,
        bytes: Vec<u8>,
    },
    Open(Receiver<Opened>),
    Prepare(Receiver<Result<Ready, Problem>>),
    Import(Box<Import>),
    TakeBack(Number),
    Over(Told),
}

/// What came of reading a file.
type Opened = Result<(Sheet, Preview), Unopened>;

/// An import whose columns were looked at.
enum Ready {
    /// It only tries.
    Tried(Box<Import>),
    /// It is to be begun at the desk.
    Plan(Box<Plan>),
}

/// Where a file is written.
enum Sink {
    Outbox(Parcel),
    File(Box<dyn Target>),
}

/// Why a part ended.
enum Stop {
    /// The desk did not do it.
    Desk(Failure),
    /// A file could not be read or written.
    Io(io::Error),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Desk(failure)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<ExportFault> for Stop {
    fn from(fault: ExportFault) -> Self {
        match fault {
            ExportFault::Desk(failure) => Self::Desk(failure),
            ExportFault::Io(error) => Self::Io(error),
            other => Self::Desk(Failure::Refused(other.problem().into())),
        }
    }
}

impl Worker {
    /// Whether something is under way.
    pub(super) fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Begins what is ordered; what is under way ends. Rows that an import has taken in stay.
    pub(super) fn begin(
        &mut self,
        order: Order,
        operator: Number,
        facts: &Facts,
        around: &mut dyn Surroundings,
        door: &mut dyn Door,
    ) {
        let stopped = self.job.take().and_then(|job| job.stop(door));
        let mut job = Job {
            asker: Asker::new(operator),
            texts: Texts::new(facts.texts.lang()),
            profile: facts.profile.clone(),
            part: Part::Over(stopped.unwrap_or(Told::Stopped)),
        };
        if order != Order::Stop {
            job.part = match self.first(order, &mut job, around) {
                Ok(part) => part,
                Err(stop) => Part::Over(Told::Failed(job.words(stop))),
            };
        }
        self.told = None;
        self.job = Some(job);
    }

    fn first(
        &mut self,
        order: Order,
        job: &mut Job,
        around: &mut dyn Surroundings,
    ) -> Result<Part, Stop> {
        Ok(match order {
            Order::Stop => Part::Over(Told::Stopped),
            Order::Export { listing, form, to } => {
                let sink = match to {
                    Place::Outbox(name) => Sink::Outbox(Parcel::new(&name)),
                    Place::Path(path) => Sink::File(around.create(&path)?),
                };
                Part::Rows(Box::new(Export::new(listing, form, PAGE)), sink)
            }
            Order::Read { from, options } => {
                self.sheet = None;
                self.rejects = None;
                match from {
                    Place::Outbox(name) => Part::Fetch {
                        name,
                        options,
                        bytes: Vec::new(),
                    },
                    Place::Path(path) => {
                        let file = around.open(&path)?;
                        let name = Place::Path(path).file().to_owned();
                        Part::Open(open(file, name, options))
                    }
                }
            }
            Order::Import {
                mapping,
                file,
                existing,
                dry,
            } => {
                let sheet = self.sheet.clone().ok_or_else(Failure::internal)?;
                self.rejects = Some(Rejects::new(&job.texts)?);
                let profile = job.profile.clone();
                Part::Prepare(in_thread(move || {
                    let mut bound = mapping.bind(sheet.headers())?;
                    bound.settle(&sheet)?;
                    let plan = Plan {
                        sheet,
                        reading: Reading {
                            bound,
                            words: Arc::new(Words::new()),
                            profile,
                        },
                        file,
                        accept: Vec::new(),
                        existing,
                        dry_run: dry,
                        at_once: AT_ONCE,
                    };
                    Ok(if dry {
                        Ready::Tried(Box::new(Import::tried(plan)))
                    } else {
                        Ready::Plan(Box::new(plan))
                    })
                }))
            }
            Order::SaveRejects { name } => {
                let file = self.rejects.as_mut().map(Rejects::file).transpose()?;
                let file = file.ok_or_else(Failure::internal)?;
                let sink = Sink::Outbox(Parcel::new(&name));
                Part::Hand(file, sink, Told::RejectsSaved { name })
            }
            Order::TakeBack(import) => Part::TakeBack(import),
        })
    }

    /// Works on for a slice.
    pub(super) fn slice(&mut self, door: &mut dyn Door) -> Slice {
        let begun = Instant::now();
        let Some(mut job) = self.job.take() else {
            return Slice::Quiet;
        };
        loop {
            if let Part::Over(told) = job.part {
                return Slice::Told(told);
            }
            let told = match job.step(door, self) {
                Ok(told) => told,
                Err(Stop::Desk(failure)) if failure.is_line_lost() && job.can_wait() => {
                    self.job = Some(job);
                    return Slice::Lost;
                }
                Err(stop) => return Slice::Told(Told::Failed(job.fail(stop, door))),
            };
            let due = self.told.is_none_or(|told| told.elapsed() >= TELL);
            let told = told.filter(|told| due || !told.can_be_passed_over());
            if told.is_some() {
                self.told = Some(Instant::now());
            }
            if told.is_some() || begun.elapsed() >= SLICE {
                self.job = Some(job);
                return told.map_or(Slice::Quiet, Slice::Told);
            }
        }
    }
}

impl Job {
    /// Whether what could not be asked now can be asked later, as if nothing had been.
    fn can_wait(&self) -> bool {
        matches!(
            self.part,
            Part::Rows(..) | Part::Fetch { .. } | Part::TakeBack(_)
        )
    }

    /// Ends before its time: what was sent of a file goes; what came of an import is told.
    fn stop(mut self, door: &mut dyn Door) -> Option<Told> {
        match self.part {
            Part::Rows(_, sink)
            | Part::Join(_, sink, _)
            | Part::Hand(_, sink, _)
            | Part::Close(sink, _) => {
                sink.abandon(door, &mut self.asker);
                None
            }
            Part::Import(import) => Some(Told::Rows {
                tally: Box::new(import.tally().clone()),
                rejects: Vec::new(),
                ended: true,
            }),
            _ => None,
        }
    }

    fn fail(self, stop: Stop, door: &mut dyn Door) -> Vec<String> {
        let words = self.words(stop);
        self.stop(door);
        words
    }

    fn words(&self, stop: Stop) -> Vec<String> {
        match stop {
            Stop::Desk(failure) => {
                let said = self.texts.failure(&failure);
                said.iter().map(Said::line).collect()
            }
            Stop::Io(error) => {
                let key = match error.kind() {
                    io::ErrorKind::AlreadyExists => "job-file-there",
                    io::ErrorKind::NotFound => "job-no-file",
                    io::ErrorKind::PermissionDenied => "job-file-denied",
                    io::ErrorKind::FileTooLarge => "job-file-large",
                    _ => "job-file",
                };
                let why = error.to_string();
                vec![self.texts.with(key, &[("why", &why)]).into_owned()]
            }
        }
    }

    /// One step of the part that is under way.
    fn step(&mut self, door: &mut dyn Door, worker: &mut Worker) -> Result<Option<Told>, Stop> {
        match &mut self.part {
            Part::Rows(export, sink) => {
                let style = Style {
                    texts: &self.texts,
                    profile: &self.profile,
                    exact: true,
                };
                let mut page = Vec::new();
                let more = export.step(door, &mut self.asker, style, &mut page)?;
                sink.write(&page, door, &mut self.asker)?;
                if !more {
                    return Ok(Some(self.join()));
                }
                Ok(Some(Told::Progress {
                    done: export.count(),
                    total: export.total(),
                }))
            }
            Part::Join(whole, ..) => {
                if let Some(file) = arrived(whole)? {
                    self.joined(file?);
                }
                Ok(None)
            }
            Part::Hand(file, sink, _) => {
                let mut piece = vec![0; PIECE];
                let read = file.read(&mut piece)?;
                piece.truncate(read);
                sink.write(&piece, door, &mut self.asker)?;
                if read == 0
                    && let Part::Hand(_, sink, told) = self.leave()
                {
                    self.part = Part::Close(sink, told);
                }
                Ok(None)
            }
            Part::Close(..) => {
                if let Part::Close(sink, told) = self.leave() {
                    sink.close(door, &mut self.asker)?;
                    self.part = Part::Over(told);
                }
                Ok(None)
            }
            Part::TakeBack(import) => {
                let import = *import;
                if take_back(import, door, &mut self.asker)? {
                    self.part = Part::Over(Told::TakenBack(import));
                }
                Ok(None)
            }
            Part::Fetch { .. }
            | Part::Open(_)
            | Part::Prepare(_)
            | Part::Import(_)
            | Part::Over(_) => self.step_in(door, worker),
        }
    }

    /// The same of a part on the way in.
    fn step_in(&mut self, door: &mut dyn Door, worker: &mut Worker) -> Result<Option<Told>, Stop> {
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

    /// Takes the part out, to put the next one in its place.
    fn leave(&mut self) -> Part {
        std::mem::replace(&mut self.part, Part::Over(Told::Stopped))
    }

    /// The file is put together, or needed no putting together.
    fn joined(&mut self, file: Option<File>) {
        if let Part::Join(_, sink, (count, truncated)) = self.leave() {
            let told = Told::Exported { count, truncated };
            self.part = match file {
                Some(file) => Part::Hand(file, sink, told),
                None => Part::Close(sink, told),
            };
        }
    }

    /// All rows are written: the file is put together in a thread of its own.
    fn join(&mut self) -> Told {
        if let Part::Rows(export, sink) = self.leave() {
            let came = (export.count(), export.truncated());
            self.part = Part::Join(in_thread(move || export.finish()), sink, came);
        }
        Told::Joining
    }
}

impl Sink {
    fn write(&mut self, bytes: &[u8], door: &mut dyn Door, asker: &mut Asker) -> Result<(), Stop> {
        match self {
            Self::Outbox(parcel) => {
                parcel.write_all(bytes)?;
                while parcel.send(door, asker).map_err(for_good)? {}
            }
            Self::File(file) => file.write_all(bytes)?,
        }
        Ok(())
    }

    fn close(self, door: &mut dyn Door, asker: &mut Asker) -> Result<(), Stop> {
        match self {
            Self::Outbox(parcel) => Ok(parcel.close(door, asker).map_err(for_good)?),
            Self::File(file) => Ok(file.keep()?),
        }
    }

    fn abandon(self, door: &mut dyn Door, asker: &mut Asker) {
        match self {
            Self::Outbox(parcel) => parcel.abandon(door, asker),
            // What was not kept goes by itself.
            Self::File(_) => {}
        }
    }
}

/// A piece whose line was lost may be there or not: the file has to be begun anew, and nothing
/// waits for the line.
fn for_good(failure: Failure) -> Failure {
    if failure.is_line_lost() {
        Failure::Refused(Problem::new("outbox-again").into())
    } else {
        failure
    }
}

fn refused(problem: Problem) -> Stop {
    Stop::Desk(Failure::Refused(problem.into()))
}

/// Reads a file and counts its rows, in a thread of its own.
fn open(file: impl Read + Send + 'static, name: String, options: Options) -> Receiver<Opened> {
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

/// Does something in a thread of its own; what came of it arrives once it is done.
fn in_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Receiver<T> {
    let (send, came) = channel();
    std::thread::spawn(move || {
        // Nobody waits for it any more once the work was stopped.
        let _ = send.send(work());
    });
    came
}

/// What came of a thread, if it is done within a slice.
fn arrived<T>(came: &Receiver<T>) -> Result<Option<T>, Stop> {
    match came.recv_timeout(SLICE) {
        Ok(done) => Ok(Some(done)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(RecvTimeoutError::Disconnected) => Err(Stop::Desk(Failure::internal())),
    }
}

fn preview(sheet: &Sheet) -> Preview {
    let whole = sheet.rows().filter_map(|row| row.cells.ok());
    Preview {
        headers: sheet.headers().to_vec(),
        samples: whole.take(SAMPLES).collect(),
        rows: sheet.count(),
        encoding: sheet.encoding().map(encoding_rs::Encoding::name),
        sheet: sheet.name().map(ToString::to_string),
    }
}

/// Takes a part of an import back; whether the whole is void now.
fn take_back(import: Number, door: &mut dyn Door, asker: &mut Asker) -> Result<bool, Failure> {
    let version = match door.ask(&asker.look(Query::Get(import)))? {
        Reply::Record(Some(row)) => row.record.meta().version,
        _ => return Err(Failure::Missing(import)),
    };
    let at = At {
        number: import,
        version,
    };
    match door.ask(&asker.change(Command::VoidImport { at }))? {
        Reply::Done { record, .. } => Ok(record.meta().void),
        _ => Err(Failure::internal()),
    }
}
