//! A file opened as one or several tables, whatever it is: delimited text in any encoding, a workbook,
//! JSON, or one of these packed. What holds no table is refused with what it seems to be.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::delimited::Delimited;
use super::encoding::{Candidate, Settled, settle};
use super::grid::Grid;
use super::json;
use super::nature::{self, Nature};
use super::sheet::Sheet;
use super::unpack::{self, Packed};
use super::workbook::{self, Form, RawSheet};
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
/// What it has to be asked, or why it cannot be read: `sheet-foreign` and `sheet-binary` for what is no
/// table, `sheet-encrypted`, `sheet-damaged`, `sheet-too-large`, `sheet-empty`, `sheet-no-sheet`.
pub fn open(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Sheet, Unopened> {
    open_within(bytes, name, options, true)
}

fn open_within(
    bytes: Vec<u8>,
    name: &str,
    options: &Options,
    may_unpack: bool,
) -> Result<Sheet, Unopened> {
    match nature::of(&bytes) {
        Nature::Text => text(&bytes, name, options),
        Nature::Gzip if may_unpack => {
            let name = name.strip_suffix(".gz").unwrap_or(name);
            open_within(unpack::gzip(&bytes)?, name, options, false)
        }
        Nature::Zip => match unpack::zip(&bytes)? {
            Packed::Xlsx => book(bytes, Form::Xlsx, options),
            Packed::Xlsb => book(bytes, Form::Xlsb, options),
            Packed::Ods => book(bytes, Form::Ods, options),
            Packed::File(name, bytes) if may_unpack => open_within(bytes, &name, options, false),
            Packed::File(..) => Err(foreign("ZIP").into()),
            Packed::Foreign(what) => Err(foreign(what).into()),
        },
        Nature::Gzip => Err(foreign("gzip").into()),
        Nature::Compound => {
            let holds = |stream: &str| {
                let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
                bytes.windows(name.len()).any(|part| part == name)
            };
            if holds("EncryptedPackage") {
                Err(Problem::new("sheet-encrypted").into())
            } else if holds("WordDocument") {
                Err(foreign("DOC").into())
            } else {
                book(bytes, Form::Xls, options)
            }
        }
        Nature::Foreign(what) => Err(foreign(what).into()),
        Nature::Binary => Err(Problem::new("sheet-binary").into()),
    }
}

fn foreign(what: &str) -> Problem {
    Problem::new("sheet-foreign").arg("what", what)
}

fn text(bytes: &[u8], name: &str, options: &Options) -> Result<Sheet, Unopened> {
    let decoded = match settle(bytes, options.encoding) {
        Settled::Read(decoded) => decoded,
        Settled::Ask(candidates) => return Err(Unopened::Encoding(candidates)),
    };
    if json::is_json(&decoded.text, name) {
        return Ok(json::table(&decoded.text)?.into());
    }
    let text = Delimited::read(decoded, options.delimiter, options.header_row)?;
    Ok(text.into())
}

fn book(bytes: Vec<u8>, form: Form, options: &Options) -> Result<Sheet, Unopened> {
    let sheets = workbook::read(bytes, form)?;
    let infos: Vec<SheetInfo> = sheets.iter().map(info).collect();
    let chosen = choose(infos, options.sheet.as_deref())?;
    let sheet = sheets.into_iter().nth(chosen);
    let Some(RawSheet { name, rows, .. }) = sheet else {
        return Err(Problem::new("sheet-empty").into());
    };
    Ok(Grid::new(Some(name), rows, options.header_row)?.into())
}

/// The place of the sheet named, or of the only one that is shown and holds something.
fn choose(sheets: Vec<SheetInfo>, wanted: Option<&str>) -> Result<usize, Unopened> {
    if let Some(wanted) = wanted {
        let found = sheets.iter().position(|sheet| *sheet.name == *wanted);
        let names: Vec<&str> = sheets.iter().map(|sheet| &*sheet.name).collect();
        let missing = Problem::new("sheet-no-sheet")
            .arg("name", wanted)
            .arg("known", names.join(", "));
        return found.ok_or_else(|| missing.into());
    }
    let shown = |sheet: &SheetInfo| !sheet.hidden && sheet.rows > 0;
    let mut filled = (0..).zip(&sheets).filter(|(_, sheet)| shown(sheet));
    match (filled.next(), filled.next()) {
        (Some((only, _)), None) => Ok(only),
        (None, _) => Err(Problem::new("sheet-empty").into()),
        _ => Err(Unopened::Sheet(sheets.into_iter().filter(shown).collect())),
    }
}

fn info(sheet: &RawSheet) -> SheetInfo {
    SheetInfo {
        name: Arc::clone(&sheet.name),
        rows: sheet.rows.len(),
        hidden: sheet.hidden,
    }
}
