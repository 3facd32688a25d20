//! Forms on paper, one asked for after the other, and put together at the end: each on a page of
//! its own.

use std::collections::VecDeque;

use super::Stop;
use crate::app::job::{Printed, Told};
use crate::desk::contract::{Door, Failure, Query, Reply};
use crate::domain::number::Number;
use crate::domain::profile::Profile;
use crate::domain::stamp::Day;
use crate::exchange::asker::Asker;
use crate::locale::Texts;
use crate::report::forms::{self, Form};
use crate::report::quarterly::Words;
use crate::report::{Document, html, text};

/// What is being printed.
pub(super) struct Press {
    day: Option<Day>,
    paper: Form,
    left: VecDeque<Number>,
    documents: Vec<Document>,
    total: u64,
    html: bool,
}

impl Press {
    pub(super) fn new(what: Printed, html: bool) -> Self {
        let (day, paper, numbers) = match what {
            Printed::Day(day) => (Some(day), Form::Register, Vec::new()),
            Printed::Complaints(paper, numbers) => (None, paper, numbers),
        };
        Self {
            day,
            paper,
            total: numbers.len() as u64,
            left: numbers.into(),
            documents: Vec::new(),
            html,
        }
    }

    pub(super) fn progress(&self) -> Told {
        Told::Progress {
            done: self.documents.len() as u64,
            total: Some(self.total.max(1)),
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
            let Reply::Page(page) = door.ask(&asker.look(Query::PrintDay(day)))? else {
                return Err(Failure::internal().into());
            };
            let rows: Vec<_> = page.rows.into_iter().map(|(_, row)| row).collect();
            self.documents.push(forms::register(day, &rows, words));
            self.day = None;
        }
        if let Some(number) = self.left.front().copied() {
            let reply = door.ask(&asker.look(Query::Print(number)))?;
            let Reply::Record(Some(row)) = reply else {
                return Err(Failure::Missing(number).into());
            };
            let document = forms::complaint(self.paper, &row, words);
            self.documents.push(document.ok_or_else(Failure::internal)?);
            self.left.pop_front();
            return Ok(None);
        }
        let page = if self.html {
            html::pages(&self.documents, texts.lang())
        } else {
            // A form feed ends the page on a printer.
            let texts = self.documents.iter().map(|it| text::text(it, true));
            texts.collect::<Vec<String>>().join("\u{c}")
        };
        Ok(Some((page.into_bytes(), self.documents.len() as u64)))
    }
}
