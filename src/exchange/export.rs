//! Records to a file: CSV that a spreadsheet opens as it is and that can be imported again, or
//! one JSON object a line.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use encoding_rs::GB18030;

use super::asker::Asker;
use super::cells::Style;
use super::columns::columns;
use super::defuse::defused;
use crate::desk::contract::{Door, Failure, ListQuery, Page, Query, Reply, Row};
use crate::domain::number::Number;

/// So many rows are asked for at once.
const PAGE: u32 = 500;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// CSV in UTF-8 with a byte order mark, by which spreadsheets know it.
    CsvUtf8,
    /// CSV in GB18030.
    CsvGb18030,
    /// One JSON object a line: the record as the desk holds it.
    JsonLines,
}

/// Why an export ended early. What was written so far is no whole file.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The desk refused.
    #[error(transparent)]
    Desk(#[from] Failure),
    /// A character that the encoding does not have.
    #[error("{number} has a character that is not in the encoding")]
    Unmappable {
        /// The record.
        number: Number,
        /// The name of the column.
        column: &'static str,
    },
    /// The file could not be written.
    #[error(transparent)]
    Io(#[from] io::Error),
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
    let mut query = ListQuery {
        limit: PAGE,
        ..query.clone()
    };
    let mut count = 0;
    loop {
        let reply = door.ask(&asker.look(Query::List(query.clone())))?;
        let Reply::Page(Page { rows, after, .. }) = reply else {
            return Ok(count);
        };
        for (_, row) in &rows {
            each(row)?;
            count += 1;
        }
        match rows.into_iter().next_back() {
            Some((cursor, _)) if after => query.after = Some(cursor),
            _ => return Ok(count),
        }
    }
}

/// Writes all rows of a list in full; how many there were.
///
/// # Errors
/// The first fault; see [`ExportFault`].
pub fn write(
    door: &mut dyn Door,
    asker: &mut Asker,
    query: &ListQuery,
    style: Style,
    form: Form,
    out: &mut dyn Write,
) -> Result<u64, ExportFault> {
    let query = &ListQuery {
        full: true,
        ..query.clone()
    };
    if form == Form::JsonLines {
        return each_row(door, asker, query, &mut |row| {
            serde_json::to_writer(&mut *out, &row.record).map_err(io::Error::from)?;
            out.write_all(b"\n").map_err(ExportFault::Io)
        });
    }
    let columns = columns(query.kind);
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(out);
    // Nothing is written before the desk has answered: it may refuse the export.
    let mut headed = false;
    let count = each_row(door, asker, query, &mut |row| {
        if !std::mem::replace(&mut headed, true) {
            head(&mut writer, columns, style, form)?;
        }
        for column in columns {
            let text = style.cell(row, column);
            let Some(bytes) = encoded(&defused(&text), form) else {
                return Err(ExportFault::Unmappable {
                    number: row.record.number(),
                    column,
                });
            };
            writer.write_field(bytes).map_err(io_error)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io_error)
    })?;
    if !headed {
        head(&mut writer, columns, style, form)?;
    }
    writer.flush()?;
    Ok(count)
}

/// The names of the columns, behind the mark by which spreadsheets know UTF-8.
fn head<W: Write>(
    writer: &mut csv::Writer<W>,
    columns: &[&'static str],
    style: Style,
    form: Form,
) -> Result<(), ExportFault> {
    for (place, column) in columns.iter().enumerate() {
        let mark = place == 0 && form == Form::CsvUtf8;
        let header = format!(
            "{}{}",
            if mark { "\u{FEFF}" } else { "" },
            style.header(column)
        );
        let bytes = encoded(&header, form).unwrap_or_default();
        writer.write_field(bytes).map_err(io_error)?;
    }
    writer.write_record(None::<&[u8]>).map_err(io_error)
}

/// The bytes of a text; none where the encoding lacks one of its characters. In GB18030 no byte
/// of a longer character is a comma, a quote or a line end, so the bytes can be quoted as they
/// are.
fn encoded(text: &str, form: Form) -> Option<Vec<u8>> {
    if form == Form::CsvUtf8 {
        return Some(text.as_bytes().to_vec());
    }
    let (bytes, _, lacking) = GB18030.encode(text);
    (!lacking).then(|| bytes.into_owned())
}

fn io_error(error: csv::Error) -> ExportFault {
    ExportFault::Io(error.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_gb18030_lacks_is_noticed() {
        assert!(encoded("张三 €", Form::CsvGb18030).is_some());
        assert!(encoded("\u{E5E5}", Form::CsvGb18030).is_none());
        assert!(encoded("\u{E5E5}", Form::CsvUtf8).is_some());
    }
}
