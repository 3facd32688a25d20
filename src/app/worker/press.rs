//! Forms on paper, one asked for after the other, and put together at the end: each on a page of
//! its own.

use std::collections::VecDeque;

use super::Stop;
use crate::app::job::{Printed, Told};
use crate::desk::contract::{Door, Failure, Query, Reply};
use crate::domain::filing::{IndexBy, IndexLine};
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::stamp::Day;
use crate::exchange::asker::Asker;
use crate::locale::Texts;
use crate::report::Papers;
use crate::report::forms::{Form, PaperFormat};
use crate::report::quarterly::Words;

/// What is being printed.
pub(super) struct Press {
    day: Option<Day>,
    /// The order of the index of files that is still to be read, and its lines so far.
    index: Option<(IndexBy, Vec<IndexLine>)>,
    paper: Form,
    left: VecDeque<Number>,
    papers: Papers,
    total: usize,
    format: PaperFormat,
}

impl Press {
    pub(super) fn new(what: Printed, format: PaperFormat) -> Self {
        let index = match what {
            Printed::Index(by) => Some((by, Vec::new())),
            _ => None,
        };
        let (day, paper, numbers) = match what {
            Printed::Day(paper, day) => (Some(day), paper, Vec::new()),
            Printed::Records(paper, numbers) => (None, paper, numbers),
            Printed::Index(_) => (None, Form::FileIndex, Vec::new()),
        };
        Self {
            day,
            index,
            paper,
            total: numbers.len(),
            left: numbers.into(),
            papers: Papers::new(paper),
            format,
        }
    }

    pub(super) fn progress(&self) -> Told {
        Told::Progress {
            done: self.total.saturating_sub(self.left.len()) as u64,
            total: Some(self.total.max(1) as u64),
        }
    }

    /// Asks for the next one; the whole with how many stand in it, once nothing is left.
    pub(super) fn step(
        &mut self,
        door: &mut dyn Door,
        asker: &mut Asker,
        (texts, profile): (&Texts, &Profile),
    ) -> Result<Option<(Vec<u8>, u64)>, Stop> {
        let words = Words { texts, profile };
        if let Some(day) = self.day {
            let Reply::Page(page) = door.ask(&asker.look(self.paper.of_day(day)))? else {
                return Err(Failure::internal().into());
            };
            let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
            self.papers.add_day(day, &rows, words);
            self.day = None;
        }
        if let Some((by, mut lines)) = self.index.take() {
            let after = lines.last().map(|line| line.number);
            let Reply::FileIndex(part) = door.ask(&asker.look(Query::FileIndex { after }))? else {
                return Err(Failure::internal().into());
            };
            lines.extend(part.lines);
            if part.more {
                self.index = Some((by, lines));
                return Ok(None);
            }
            self.papers.add_index(lines, by, part.at, words);
        }
        if let Some(number) = self.left.front().copied() {
            let reply = door.ask(&asker.look(self.paper.query(number)))?;
            let Reply::Record(Some(row)) = reply else {
                return Err(Failure::Missing(number).into());
            };
            if !self.papers.add(&row, words) {
                return Err(Failure::internal().into());
            }
            self.left.pop_front();
            return Ok(None);
        }
        let page = self.papers.finished(self.format, true, words);
        let page = page.map_err(|_| Failure::internal())?;
        Ok(Some((page, self.papers.count() as u64)))
    }
}
