//! Workbooks: the sheets of XLSX, XLSM, XLSB, XLS and ODS files as cells in words. A date becomes
//! `2024-06-06 15:00:00` by the type of its cell, whatever its format shows.

use std::io::Cursor;
use std::sync::Arc;
use std::thread;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader, SheetVisible, Xls, XlsError, Xlsb,
    Xlsx, XlsxError,
};

use super::grid::GridRow;
use crate::domain::refusal::Problem;

/// More cells than this are not taken into memory.
const MOST_CELLS: usize = 12_000_000;
/// The name of the thread that reads workbooks.
const THREAD: &str = "workbook";

/// The kinds of workbooks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// A sheet as it stands in its workbook.
#[derive(Debug)]
pub(super) struct RawSheet {
    pub(super) name: Arc<str>,
    pub(super) hidden: bool,
    pub(super) rows: Vec<GridRow>,
}

/// Whether a panic on this thread, right now, is one of reading a workbook: it ends only the
/// reading, and the file is said to be damaged.
pub fn panic_is_caught() -> bool {
    thread::current().name() == Some(THREAD)
}

/// Reads all sheets of a workbook.
///
/// # Errors
/// `sheet-encrypted`, `sheet-damaged` with what is wrong, `sheet-too-many-cells`.
pub(super) fn read(bytes: Vec<u8>, form: Form) -> Result<Vec<RawSheet>, Problem> {
    // A file made to deceive may break its reader, which then takes its own thread with it and
    // nothing else.
    let reader = thread::Builder::new().name(THREAD.to_owned());
    let reading = reader.spawn(move || match form {
        Form::Xlsx => xlsx(bytes),
        Form::Xlsb => ranges(Xlsb::new(Cursor::new(bytes)), |_| false),
        Form::Xls => ranges(Xls::new(Cursor::new(bytes)), |error| {
            matches!(error, XlsError::Password)
        }),
        Form::Ods => ranges(Ods::new(Cursor::new(bytes)), |error| {
            matches!(error, OdsError::Password)
        }),
    });
    let ended = reading.map(thread::JoinHandle::join);
    match ended {
        Ok(Ok(sheets)) => sheets,
        _ => Err(Problem::new("sheet-damaged").arg("detail", "-")),
    }
}

fn damaged(error: &dyn std::fmt::Display) -> Problem {
    Problem::new("sheet-damaged").arg("detail", error)
}

fn is_hidden(visible: SheetVisible) -> bool {
    visible != SheetVisible::Visible
}

/// Cells are read one by one: the sheet may say that it is larger than any memory.
fn xlsx(bytes: Vec<u8>) -> Result<Vec<RawSheet>, Problem> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Problem::new("sheet-encrypted"),
        other => damaged(&other),
    })?;
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut room = Room::default();
    let mut read = Vec::new();
    for sheet in sheets {
        let mut rows = Rows::default();
        // A sheet of another kind, such as a chart, has no cells.
        if let Ok(mut cells) = book.worksheet_cells_reader(&sheet.name) {
            while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
                let text = match cell.get_value() {
                    DataRef::SharedString(text) => (*text).to_owned(),
                    other => text(&Data::from(other.clone())),
                };
                room.take(&text)?;
                rows.put(cell.get_position(), text);
            }
        }
        read.push(RawSheet {
            name: sheet.name.as_str().into(),
            hidden: is_hidden(sheet.visible),
            rows: rows.sorted(),
        });
    }
    Ok(read)
}

fn ranges<B, E>(
    book: Result<B, E>,
    is_password: impl Fn(&E) -> bool,
) -> Result<Vec<RawSheet>, Problem>
where
    B: Reader<Cursor<Vec<u8>>, Error = E>,
    E: std::fmt::Display + std::fmt::Debug,
{
    let mut book = book.map_err(|error| {
        if is_password(&error) {
            Problem::new("sheet-encrypted")
        } else {
            damaged(&error)
        }
    })?;
    let sheets: Vec<_> = book.sheets_metadata().to_vec();
    let mut room = Room::default();
    let mut read = Vec::new();
    for sheet in sheets {
        let range: Range<Data> = book
            .worksheet_range(&sheet.name)
            .map_err(|error| damaged(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Rows::default();
        for (row, column, cell) in range.used_cells() {
            let text = text(cell);
            room.take(&text)?;
            let place =
                |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
            rows.put((place(top, row), place(left, column)), text);
        }
        read.push(RawSheet {
            name: sheet.name.as_str().into(),
            hidden: is_hidden(sheet.visible),
            rows: rows.sorted(),
        });
    }
    Ok(read)
}

/// How much has been taken into memory.
#[derive(Default)]
struct Room {
    cells: usize,
    bytes: u64,
}

impl Room {
    fn take(&mut self, text: &str) -> Result<(), Problem> {
        self.cells += usize::from(!text.is_empty());
        self.bytes += text.len() as u64;
        if self.cells > MOST_CELLS {
            return Err(Problem::new("sheet-too-many-cells").arg("limit", MOST_CELLS));
        }
        if self.bytes > super::unpack::MOST {
            return Err(super::unpack::too_large());
        }
        Ok(())
    }
}

/// Rows as they fill up.
#[derive(Default)]
struct Rows(Vec<GridRow>);

impl Rows {
    fn put(&mut self, (row, column): (u32, u32), text: String) {
        if text.is_empty() {
            return;
        }
        let line = u64::from(row) + 1;
        let cell = (column as usize, text);
        match self.0.last_mut() {
            Some((last, cells)) if *last == line => cells.push(cell),
            _ => self.0.push((line, vec![cell])),
        }
    }

    /// The rows in the order of the sheet, whatever the order of the file.
    fn sorted(mut self) -> Vec<GridRow> {
        if !self.0.is_sorted_by_key(|(line, _)| *line) {
            self.0.sort_by_key(|(line, _)| *line);
            self.0.dedup_by(|later, first| {
                let same = later.0 == first.0;
                if same {
                    first.1.append(&mut later.1);
                }
                same
            });
        }
        for (_, cells) in &mut self.0 {
            if !cells.is_sorted_by_key(|(place, _)| *place) {
                cells.sort_by_key(|(place, _)| *place);
            }
        }
        self.0
    }
}

/// The text of a cell.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number_text(*number),
        Data::Bool(true) => "TRUE".to_owned(),
        Data::Bool(false) => "FALSE".to_owned(),
        Data::DateTime(at) => date_text(*at),
        Data::DateTimeIso(text) => text.replacen('T', " ", 1),
        Data::Error(error) => error.to_string(),
    }
}

/// A whole number without `.0`, however large; any other with as many digits as it has.
fn number_text(number: f64) -> String {
    if number.is_finite() && number.fract() == 0.0 && number.abs() < 1e21 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

/// A date, a time of day, or a duration.
fn date_text(at: ExcelDateTime) -> String {
    let seconds = (at.as_f64() * 86_400.0).round();
    if at.is_duration() || (0.0..1.0).contains(&at.as_f64()) {
        let (minutes, seconds) = ((seconds / 60.0).floor(), seconds % 60.0);
        let (hours, minutes) = ((minutes / 60.0).floor(), minutes % 60.0);
        return format!("{hours:02}:{minutes:02}:{seconds:02}");
    }
    // Milliseconds are what is left of counting in fractions of days.
    match at.as_datetime() {
        Some(moment) => {
            let rounded = moment + chrono::Duration::milliseconds(500);
            rounded.format("%Y-%m-%d %H:%M:%S").to_string()
        }
        None => number_text(at.as_f64()),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn at(value: f64, is_1904: bool) -> String {
        date_text(ExcelDateTime::new(
            value,
            ExcelDateTimeType::DateTime,
            is_1904,
        ))
    }

    #[test]
    fn dates_are_of_their_epoch_and_rounded_to_seconds() {
        assert_eq!(at(43_580.397_326_388_89, false), "2019-04-25 09:32:09");
        assert_eq!(at(45_000.0, false), at(43_538.0, true));
        assert_eq!(at(0.5, false), "12:00:00");
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(number_text(20_181_028_903.0), "20181028903");
        assert_eq!(number_text(3.25), "3.25");
        assert_eq!(number_text(-1.0), "-1");
    }

    #[test]
    fn a_damaged_workbook_is_told() {
        for form in [Form::Xlsx, Form::Xlsb, Form::Xls, Form::Ods] {
            let problem = read(b"PK\x03\x04".to_vec(), form).unwrap_err();
            assert_eq!(problem.key, "sheet-damaged", "{form:?}");
        }
    }

    #[test]
    fn rows_out_of_order_are_put_in_order() {
        let mut rows = Rows::default();
        for (place, text) in [((2, 1), "d"), ((0, 1), "b"), ((0, 0), "a"), ((2, 0), "c")] {
            rows.put(place, text.to_owned());
        }
        let cell = |place, text: &str| (place, text.to_owned());
        assert_eq!(
            rows.sorted(),
            [
                (1, vec![cell(0, "a"), cell(1, "b")]),
                (3, vec![cell(0, "c"), cell(1, "d")])
            ]
        );
    }
}
