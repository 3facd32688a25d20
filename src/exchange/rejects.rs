//! The rows that an import refused, as a file for whoever puts them right: place, column, reason.

use std::fs::File;
use std::io::{self, Seek as _, Write as _};

use csv::{Terminator, WriterBuilder};

use super::defuse::defused;
use super::sheet::Reject;
use crate::locale::{Said, Texts};

/// Rejected rows in a file without a name, so that memory does not grow with them.
#[derive(Debug)]
pub struct Rejects {
    file: File,
}

impl Rejects {
    /// None yet.
    ///
    /// # Errors
    /// There is no room for a file.
    pub fn new(texts: &Texts) -> io::Result<Self> {
        let mut rejects = Self {
            file: tempfile::tempfile()?,
        };
        rejects.file.write_all("\u{FEFF}".as_bytes())?;
        let header = |name: &str| texts.name("reject", name);
        rejects.write(&["line", "column", "header", "reason"].map(header))?;
        Ok(rejects)
    }

    /// One more, with its reason in words.
    ///
    /// # Errors
    /// It could not be written.
    pub fn push(&mut self, reject: &Reject, texts: &Texts) -> io::Result<()> {
        let said = texts.failure(&reject.failure);
        let reasons: Vec<String> = said.iter().map(Said::line).collect();
        let column = reject.column.as_ref();
        let header = column.map_or("", |column| &column.name);
        self.write(&[
            reject.line.to_string(),
            column.map_or_else(String::new, super::sheet::Column::letters),
            defused(header).into_owned(),
            defused(&reasons.join(" ")).into_owned(),
        ])
    }

    /// The file from its beginning; rows can still be added to it.
    ///
    /// # Errors
    /// It could not be read.
    pub fn file(&mut self) -> io::Result<File> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(file)
    }

    fn write(&mut self, cells: &[String]) -> io::Result<()> {
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(Vec::new());
        writer.write_record(cells)?;
        let bytes = writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)?;
        self.file.write_all(&bytes)
    }
}
