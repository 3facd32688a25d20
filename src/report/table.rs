//! The tables of a document for other programs: CSV in long form, and a workbook with a sheet for
//! each table.

use std::io;

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Block, Document, Table, Value};
use crate::exchange::defuse::{defused, guarded};

/// Characters in the name of a sheet.
const MOST_NAME: usize = 31;

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    })
}

/// A figure for a program: a share in percent, a time in whole minutes.
fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => defused(text).into_owned(),
        Value::Count(count) => count.to_string(),
        Value::Share(tenths) => format!("{}.{}", tenths / 10, tenths % 10),
        Value::Minutes(minutes) => minutes.to_string(),
        Value::Blank => String::new(),
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// A line for each figure: table, row, column, value; under `names`, the names of these four. It
/// begins with the mark by which spreadsheets know UTF-8.
pub fn csv(document: &Document, names: [&str; 4]) -> String {
    let mut text = String::from("\u{FEFF}");
    let mut line = |cells: [&str; 4]| {
        text.push_str(&cells.map(quoted).join(","));
        text.push_str("\r\n");
    };
    line(names);
    for table in tables(document) {
        for row in &table.rows {
            let columns = table.columns.iter().skip(1);
            for (column, (value, _)) in columns.zip(&row.values) {
                line([&table.title, &defused(&row.name), column, &plain(value)]);
            }
        }
    }
    text
}

/// The first table of a document as it stands: its columns, then a line for each row. It begins with the
/// mark by which spreadsheets know UTF-8.
pub fn rows(document: &Document) -> String {
    let mut text = String::from("\u{FEFF}");
    let Some(table) = tables(document).next() else {
        return text;
    };
    let mut line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    };
    line(table.columns.clone());
    for row in &table.rows {
        let values = row.values.iter().map(|(value, _)| plain(value));
        let name = defused(&row.name).into_owned();
        line(std::iter::once(name).chain(values).collect());
    }
    text
}

/// A workbook of several documents, each as [`xlsx`] lays one out.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn workbook(documents: &[Document]) -> io::Result<Vec<u8>> {
    book(documents).map_err(|error| io::Error::other(error.to_string()))
}

/// A workbook: the first sheet says what it is, then a sheet for each table.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn xlsx(document: &Document) -> io::Result<Vec<u8>> {
    workbook(std::slice::from_ref(document))
}

fn book(documents: &[Document]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let (share, hours) = (
        Format::new().set_num_format("0.0%"),
        Format::new().set_num_format("0.0"),
    );
    let mut names: Vec<String> = Vec::new();
    for document in documents {
        let first = book.add_worksheet();
        first.set_name(name(&document.title, &mut names))?;
        first.write_string_with_format(0, 0, &document.title, &bold)?;
        first.write_string(1, 0, &document.subtitle)?;
        for table in tables(document) {
            let sheet = book.add_worksheet();
            let title = [&table.title, &document.title];
            let title = title.into_iter().find(|it| !it.is_empty());
            sheet.set_name(name(title.map_or("", String::as_str), &mut names))?;
            for (place, column) in (0_u16..).zip(&table.columns) {
                sheet.write_string_with_format(0, place, column, &bold)?;
            }
            for (line, row) in (1_u32..).zip(&table.rows) {
                sheet.write_string(line, 0, &*guarded(&row.name))?;
                for (place, (value, _)) in (1_u16..).zip(&row.values) {
                    match value {
                        Value::Blank => continue,
                        Value::Text(text) => sheet.write_string(line, place, &*guarded(text))?,
                        Value::Count(count) => sheet.write_number(line, place, number(*count))?,
                        Value::Share(tenths) => {
                            let part = f64::from(*tenths) / 1000.0;
                            sheet.write_number_with_format(line, place, part, &share)?
                        }
                        Value::Minutes(minutes) => {
                            let part = f64::from(*minutes) / 60.0;
                            sheet.write_number_with_format(line, place, part, &hours)?
                        }
                    };
                }
            }
            sheet.autofit();
        }
    }
    book.save_to_buffer()
}

/// A count as a workbook has it: up to four thousand millions, which no site ever has.
fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The name of a sheet: short, without the signs that a sheet may not have, and of this sheet only.
fn name(title: &str, names: &mut Vec<String>) -> String {
    let allowed = title.chars().filter(|c| !"[]:*?/\\'".contains(*c));
    let mut name: String = allowed.take(MOST_NAME - 3).collect();
    if names.contains(&name) {
        name = format!("{name} {}", names.len());
    }
    names.push(name.clone());
    name
}
