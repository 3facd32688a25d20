//! Does the long work that a session orders, slice by slice, so that the keys are never kept
//! waiting. What takes long in one piece (putting a workbook together, reading a file) is done in
//! a thread of its own, and its end is looked for. The steps of a file on its way out are in
//! `way_out`, those on the way in in `way_in`.

mod press;
mod sink;
mod thread;
mod way_in;
mod way_out;

use std::fs::File;
use std::io;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use press::Press;
use sink::Sink;
use way_in::{How, Opened, Ready};

use super::facts::Facts;
use super::job::{Noted, Order, Place, Told};
use super::session::Surroundings;
use crate::desk::contract::{Door, Failure};
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::refusal::Problem;
use crate::exchange::asker::Asker;
use crate::exchange::book::Options;
use crate::exchange::export::{Export, ExportFault};
use crate::exchange::import::Import;
use crate::exchange::parcel::Parcel;
use crate::exchange::rejects::Rejects;
use crate::exchange::sheet::Sheet;
use crate::locale::{Said, Texts};

/// A slice of work takes about so long.
const SLICE: Duration = Duration::from_millis(10);
/// So often it is told how far the work is.
const TELL: Duration = Duration::from_millis(200);
/// Records asked for at once by an export.
const PAGE: u32 = 100;

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
    Print(Press, Sink),
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
            Order::Print { what, format, to } => {
                let sink = match to {
                    Place::Outbox(name) => Sink::Outbox(Parcel::new(&name)),
                    Place::Path(path) => Sink::File(around.create(&path)?),
                };
                Part::Print(Press::new(what, format), sink)
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
                        Part::Open(way_in::open(file, name, options))
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
                let how = How {
                    mapping,
                    file,
                    existing,
                    dry,
                    profile: job.profile.clone(),
                };
                Part::Prepare(way_in::prepare(sheet, how))
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
            Part::Rows(..) | Part::Print(..) | Part::Fetch { .. } | Part::TakeBack(_)
        )
    }

    /// Ends before its time: what was sent of a file goes; what came of an import is told.
    fn stop(mut self, door: &mut dyn Door) -> Option<Told> {
        match self.part {
            Part::Rows(_, sink)
            | Part::Print(_, sink)
            | Part::Join(_, sink, _)
            | Part::Hand(_, sink, _)
            | Part::Close(sink, _) => {
                sink.abandon(door, &mut self.asker);
                None
            }
            Part::Import(import) => Some(Told::Rows {
                tally: Box::new(import.tally().clone()),
                rejects: Vec::new(),
                noted: Noted::default(),
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

    /// Takes the part out, to put the next one in its place.
    fn leave(&mut self) -> Part {
        std::mem::replace(&mut self.part, Part::Over(Told::Stopped))
    }
}
