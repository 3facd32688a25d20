//! A list to a file, page by page: CSV that a spreadsheet opens as it is, a workbook, or one JSON
//! object a line. What is written can be imported again.
//!
//! Nobody holds all rows: a step asks for one page and writes it. Where the file lies is the
//! caller's business, and so is throwing it away when it is not whole.

mod book;
mod form;
mod lines;
mod sheet;

use std::fs::File;
use std::io::{self, Write};

use book::Book;
pub use form::Form;

use super::asker::Asker;
use super::cells::Style;
use super::columns::{LOOKS, columns};
use super::lists::Listing;
use super::value::Value;
use crate::desk::contract::{
    Cursor, Door, Failure, ListQuery, LookRow, LooksQuery, Page, Query, Reply, Row,
};
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

/// So many rows are asked for at once where nobody waits for the screen.
pub const PAGE: u32 = 500;

/// Why an export ended early. What was written so far is no whole file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The desk refused.
    #[error(transparent)]
    Desk(#[from] Failure),
    /// A character that the encoding does not have.
    #[error("{of} has a character that is not in the encoding")]
    Unmappable {
        /// The record.
        of: String,
        /// The name of the column.
        column: &'static str,
    },
    /// A text that is longer than a spreadsheet's cell may be.
    #[error("{of} has a text too long for a cell")]
    TooLong {
        /// The record.
        of: String,
        /// The name of the column.
        column: &'static str,
    },
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl ExportFault {
    /// What is wrong with the text of a record, as a problem with words; `export-file` where it
    /// is not about one.
    pub fn problem(&self) -> Problem {
        let (key, of, column) = match self {
            Self::Unmappable { of, column } => ("export-unmappable", of, column),
            Self::TooLong { of, column } => ("export-too-long", of, column),
            other => return Problem::new("export-file").arg("why", other),
        };
        Problem::new(key).arg("number", of).arg("column", column)
    }
}

/// Goes through a whole list page by page.
///
/// # Errors
/// What the desk answers, or the fault that `each` gives.
pub fn each_row<E: From<Failure>>(
    door: &mut dyn Door,
    asker: &mut Asker,
    query: &ListQuery,
    each: &mut dyn FnMut(&Row) -> Result<(), E>,
) -> Result<u64, E> {
    let mut place = Place::default();
    let mut count = 0;
    while let Some(rows) = place.records(query, PAGE, door, asker)? {
        for row in &rows {
            each(row)?;
            count += 1;
        }
    }
    Ok(count)
}

/// How far a list was read.
#[derive(Debug, Default)]
struct Place {
    after: Option<Cursor>,
    /// The time of the last look that was read, and how many of that time were.
    looks: Option<(Stamp, usize)>,
    /// Nothing more follows.
    over: bool,
    total: Option<u64>,
    truncated: bool,
}

impl Place {
    /// The next rows of a list of records; none after the last.
    fn records(
        &mut self,
        query: &ListQuery,
        limit: u32,
        door: &mut dyn Door,
        asker: &mut Asker,
    ) -> Result<Option<Vec<Row>>, Failure> {
        if self.over {
            return Ok(None);
        }
        let query = ListQuery {
            limit,
            after: self.after.clone(),
            ..query.clone()
        };
        let Reply::Page(page) = door.ask(&asker.look(Query::List(query)))? else {
            return Err(Failure::internal());
        };
        let Page {
            rows,
            after,
            total,
            truncated,
            ..
        } = page;
        self.total = total.or(self.total);
        self.truncated |= truncated;
        self.after = rows.last().map(|(cursor, _)| cursor.clone());
        self.over = !after || rows.is_empty();
        Ok(Some(rows.into_iter().map(|(_, row)| row).collect()))
    }

    /// The next looks, newest first; none after the last. Those of the moment at which the page
    /// before ended come again and are passed over.
    fn looks(
        &mut self,
        query: &LooksQuery,
        limit: u32,
        door: &mut dyn Door,
        asker: &mut Asker,
    ) -> Result<Option<Vec<LookRow>>, Failure> {
        if self.over {
            return Ok(None);
        }
        let (until, known) = self.looks.unzip();
        let query = LooksQuery {
            limit,
            until: until.or(query.until),
            ..query.clone()
        };
        let Reply::Looks(mut rows) = door.ask(&asker.look(Query::Looks(query)))? else {
            return Err(Failure::internal());
        };
        self.over = rows.len() < limit as usize;
        if let Some(last) = rows.last().map(|row| row.at) {
            let same = rows.iter().filter(|row| row.at == last).count();
            self.looks = Some((last, same));
        }
        let again = known.unwrap_or(0).min(rows.len());
        rows.drain(..again);
        // A page of nothing but what was known would be asked for again for ever.
        self.over |= rows.is_empty();
        Ok(Some(rows))
    }
}

/// What a file is made of.
#[derive(Debug)]
enum Body {
    Sheet(sheet::Sheet),
    Book(Box<Book>),
    Lines,
}

/// An export under way.
#[derive(Debug)]
pub struct Export {
    listing: Listing,
    form: Form,
    page: u32,
    place: Place,
    body: Option<Body>,
    count: u64,
}

impl Export {
    /// An export of a list, which asks for so many rows at once.
    pub fn new(listing: Listing, form: Form, page: u32) -> Self {
        let listing = match listing {
            Listing::Records(query) => Listing::Records(ListQuery {
                full: true,
                ..query
            }),
            Listing::Looks(query) => Listing::Looks(LooksQuery {
                full: true,
                ..query
            }),
        };
        Self {
            listing,
            form,
            page,
            place: Place::default(),
            body: None,
            count: 0,
        }
    }

    /// Rows written so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// How many rows there are in all, where that is known.
    pub fn total(&self) -> Option<u64> {
        self.place.total
    }

    /// More rows matched the words than the desk looks at; the newest of them are in the file.
    pub fn truncated(&self) -> bool {
        self.place.truncated
    }

    /// Asks for the next page and writes it; whether more follows. Nothing is written before the
    /// desk has answered: it may refuse the export.
    ///
    /// # Errors
    /// See [`ExportFault`].
    pub fn step(
        &mut self,
        door: &mut dyn Door,
        asker: &mut Asker,
        style: Style,
        out: &mut dyn Write,
    ) -> Result<bool, ExportFault> {
        match self.listing.clone() {
            Listing::Records(query) => {
                let rows = self.place.records(&query, self.page, door, asker)?;
                let columns = columns(query.kind);
                self.begin(columns, style, out)?;
                for row in rows.unwrap_or_default() {
                    let values = columns.iter().map(|column| style.value(&row, column));
                    let of = row.record.number().to_string();
                    self.write(columns, values.collect(), &of, style, out)?;
                }
            }
            Listing::Looks(query) => {
                let rows = self.place.looks(&query, self.page, door, asker)?;
                self.begin(LOOKS, style, out)?;
                for row in rows.unwrap_or_default() {
                    let values = LOOKS.iter().map(|column| style.look(&row, column));
                    let of = row.at.to_string();
                    self.write(LOOKS, values.collect(), &of, style, out)?;
                }
            }
        }
        Ok(!self.place.over)
    }

    /// What comes after the rows: a workbook is put together in a file without a name, which
    /// takes a while.
    ///
    /// # Errors
    /// The file could not be written.
    pub fn finish(self) -> io::Result<Option<File>> {
        match self.body {
            Some(Body::Book(book)) => book.finish().map(Some),
            _ => Ok(None),
        }
    }

    fn begin(
        &mut self,
        columns: &[&'static str],
        style: Style,
        out: &mut dyn Write,
    ) -> Result<(), ExportFault> {
        if self.body.is_some() {
            return Ok(());
        }
        let body = match self.form {
            Form::CsvUtf8 | Form::CsvGb18030 => {
                let sheet = sheet::Sheet::new(self.form == Form::CsvGb18030);
                sheet.head(columns, style, out)?;
                Body::Sheet(sheet)
            }
            Form::Xlsx => {
                let name = match &self.listing {
                    Listing::Records(query) => style.texts.name("kind", query.kind.id()),
                    Listing::Looks(_) => style.texts.get("kind-looks").into_owned(),
                };
                Body::Book(Box::new(Book::new(&name, columns, style)?))
            }
            Form::JsonLines => Body::Lines,
        };
        self.body = Some(body);
        Ok(())
    }

    fn write(
        &mut self,
        columns: &[&'static str],
        values: Vec<Value>,
        of: &str,
        style: Style,
        out: &mut dyn Write,
    ) -> Result<(), ExportFault> {
        self.count += 1;
        match &mut self.body {
            Some(Body::Sheet(sheet)) => sheet.row(columns, values, of, style, out),
            Some(Body::Book(book)) => book.row(columns, values, of, style),
            _ => Ok(lines::row(columns, values, out)?),
        }
    }
}
