//! Rows as a workbook: texts stay texts whatever they look like, times are times at the site's
//! clock, the names of the columns stay in sight.
//!
//! Rows go to temporary files without a name as they come; memory does not grow with them.

use std::fs::File;
use std::io::{self, Seek as _};

use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::ExportFault;
use crate::exchange::cells::Style;
use crate::exchange::defuse::guarded;
use crate::exchange::value::Value;

/// Rows of one sheet below the names of its columns.
const MOST_ROWS: u32 = 1_048_575;
/// Characters of one cell, counted as UTF-16 does.
const MOST_TEXT: usize = 32_767;
/// Characters in the name of a sheet.
const MOST_NAME: usize = 25;
/// Microseconds of a day.
const DAY: f64 = 86_400e6;

/// A workbook under way.
pub(super) struct Book {
    inner: Workbook,
    name: String,
    head: Vec<(String, f64)>,
    sheets: usize,
    /// The last row written in the last sheet; 0 are the names of the columns.
    row: u32,
    formats: Formats,
}

struct Formats {
    head: Format,
    time: Format,
    date: Format,
    long: Format,
}

impl std::fmt::Debug for Book {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Book")
            .field("sheets", &self.sheets)
            .field("row", &self.row)
            .finish_non_exhaustive()
    }
}

impl Book {
    /// A workbook with one empty sheet of a name.
    pub(super) fn new(name: &str, columns: &[&'static str], style: Style) -> io::Result<Self> {
        let head = columns
            .iter()
            .map(|column| (style.header(column), cells(column)));
        let mut book = Self {
            inner: Workbook::new(),
            name: name.chars().take(MOST_NAME).collect(),
            head: head.collect(),
            sheets: 0,
            row: 0,
            formats: Formats {
                head: Format::new().set_bold(),
                time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
                date: Format::new().set_num_format("yyyy-mm-dd"),
                long: Format::new().set_align(FormatAlign::Top).set_text_wrap(),
            },
        };
        book.turn().map_err(io_error)?;
        Ok(book)
    }

    /// Begins the next sheet.
    fn turn(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        self.row = 0;
        let name = if self.sheets == 1 {
            self.name.clone()
        } else {
            format!("{} {}", self.name, self.sheets)
        };
        let sheet = self.inner.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        for (place, (_, cells)) in (0..).zip(&self.head) {
            sheet.set_column_width(place, *cells)?;
        }
        for (place, (header, _)) in (0..).zip(&self.head) {
            sheet.write_string_with_format(0, place, header, &self.formats.head)?;
        }
        Ok(())
    }

    pub(super) fn row(
        &mut self,
        columns: &[&'static str],
        values: Vec<Value>,
        of: &str,
        style: Style,
    ) -> Result<(), ExportFault> {
        if self.row >= MOST_ROWS {
            self.turn().map_err(io_error)?;
        }
        self.row += 1;
        let (row, formats) = (self.row, &self.formats);
        let last = self.sheets.saturating_sub(1);
        let sheet = self.inner.worksheet_from_index(last).map_err(io_error)?;
        let offset = style.profile.utc_offset_minutes;
        for ((place, value), column) in (0..).zip(values).zip(columns) {
            let written = match value {
                Value::Time(at) => match serial(at.local(offset)) {
                    Some(serial) => sheet
                        .write_number_with_format(row, place, serial, &formats.time)
                        .map(drop),
                    None => text(sheet, row, place, &style.stamp(at), formats),
                },
                Value::Date(day) => match serial(day.0.into()) {
                    Some(serial) => sheet
                        .write_number_with_format(row, place, serial, &formats.date)
                        .map(drop),
                    None => text(sheet, row, place, &day.to_string(), formats),
                },
                // A spreadsheet's numbers hold every count of a desk exactly.
                Value::Count(count) => match i32::try_from(count) {
                    Ok(count) => sheet.write_number(row, place, count).map(drop),
                    Err(_) => text(sheet, row, place, &count.to_string(), formats),
                },
                value => text(sheet, row, place, &style.words(value), formats),
            };
            written.map_err(|error| match error {
                XlsxError::MaxStringLengthExceeded => ExportFault::TooLong {
                    of: of.to_owned(),
                    column,
                },
                other => io_error(other).into(),
            })?;
        }
        Ok(())
    }

    /// Puts the sheets together in a file without a name, which stands at its beginning.
    pub(super) fn finish(mut self) -> io::Result<File> {
        let mut file = tempfile::tempfile()?;
        self.inner.save_to_writer(&mut file).map_err(io_error)?;
        file.rewind()?;
        Ok(file)
    }
}

/// Writes a text as a text: no formula is made of it and no leading zero lost.
fn text(
    sheet: &mut Worksheet,
    row: u32,
    place: u16,
    text: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if text.is_empty() {
        return Ok(());
    }
    let text = guarded(text);
    if text.encode_utf16().count() > MOST_TEXT {
        return Err(XlsxError::MaxStringLengthExceeded);
    }
    if text.contains('\n') {
        sheet.write_string_with_format(row, place, text, &formats.long)?;
    } else {
        sheet.write_string(row, place, text)?;
    }
    Ok(())
}

/// A point in time as a spreadsheet counts it, in days; none before its count is sure.
fn serial(at: NaiveDateTime) -> Option<f64> {
    let zero = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let sure = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    let since = at.signed_duration_since(zero.into());
    let (days, rest) = (
        since.num_days(),
        since - chrono::Duration::days(since.num_days()),
    );
    let days = i32::try_from(days).ok().filter(|_| at.date() >= sure)?;
    let micros = u32::try_from(rest.num_milliseconds()).ok()?;
    let part = rest.num_microseconds()? - i64::from(micros) * 1_000;
    let part = f64::from(i32::try_from(part).ok()?);
    Some(f64::from(days) + (f64::from(micros) * 1_000.0 + part) / DAY)
}

/// Cells that a column is wide.
fn cells(column: &str) -> f64 {
    match column {
        "text" | "note" | "answer" | "outcome" | "address" | "title" | "reason" => 40.0,
        "created_at" | "started_at" | "ended_at" | "made_at" | "answered_at" | "lent_at"
        | "returned_at" | "acknowledged" | "at" | "name" | "detail" => 20.0,
        _ => 14.0,
    }
}

fn io_error(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f").unwrap();
        assert_eq!(serial(at("1900-03-01 00:00:00")), Some(61.0));
        assert_eq!(serial(at("2024-06-06 12:00:00")), Some(45449.5));
        assert_eq!(serial(at("1900-02-28 00:00:00")), None);
        let near = serial(at("2024-06-06 15:00:00.000001")).unwrap();
        assert!((near - 45449.625).abs() < 1e-9);
    }
}
