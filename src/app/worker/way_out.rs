//! The steps of a list on its way out as a file, and of taking an import back.

use std::fs::File;
use std::io::Read;

use super::thread::{arrived, in_thread};
use super::{Job, Part, Stop, Worker};
use crate::app::job::Told;
use crate::desk::contract::{At, Command, Door, Failure, PIECE, Query, Reply};
use crate::domain::number::Number;
use crate::exchange::asker::Asker;
use crate::exchange::cells::Style;

impl Job {
    /// One step of the part that is under way.
    pub(super) fn step(
        &mut self,
        door: &mut dyn Door,
        worker: &mut Worker,
    ) -> Result<Option<Told>, Stop> {
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
            Part::Print(press, sink) => {
                let style = (&self.texts, &self.profile);
                let Some((page, count)) = press.step(door, &mut self.asker, style)? else {
                    return Ok(Some(press.progress()));
                };
                sink.write(&page, door, &mut self.asker)?;
                if let Part::Print(_, sink) = self.leave() {
                    let truncated = false;
                    self.part = Part::Close(sink, Told::Exported { count, truncated });
                }
                Ok(None)
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
