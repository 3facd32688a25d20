//! A file opened as a table, whatever it is.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::sheet::Sheet;
use crate::domain::refusal::Problem;

/// What is known of a file beforehand.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Options {
    /// The encoding of a text.
    pub encoding: Option<&'static Encoding>,
    /// What stands between the cells of a text.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The line or row of the headers, from 1.
    pub header_row: Option<u64>,
}

/// A sheet of a workbook, as far as somebody needs to know it who chooses one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetInfo {
    /// Its name.
    pub name: Arc<str>,
    /// Rows with something in them.
    pub rows: usize,
    /// Whether the workbook does not show it.
    pub hidden: bool,
}

/// An encoding a text may be in, with what it would say then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The encoding.
    pub encoding: &'static Encoding,
    /// A few lines of the file read in it.
    pub sample: Vec<String>,
}

/// Why a file was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unopened {
    /// It cannot be.
    Refused(Problem),
    /// Its encoding has to be chosen among these, and given as [`Options::encoding`].
    Encoding(Vec<Candidate>),
    /// Its sheet has to be chosen among these, and given as [`Options::sheet`].
    Sheet(Vec<SheetInfo>),
}

impl From<Problem> for Unopened {
    fn from(problem: Problem) -> Self {
        Self::Refused(problem)
    }
}

/// Opens a file of a name as a table.
///
/// # Errors
/// Why it cannot be read.
pub fn open(bytes: Vec<u8>, _name: &str, options: &Options) -> Result<Sheet, Unopened> {
    Ok(Sheet::read(&bytes, options.encoding, options.delimiter)?)
}
