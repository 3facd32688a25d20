//! CSV and days, with nothing but the standard library.

/// A table as an export has it.
pub struct Table {
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// A row of a table.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    headers: &'a [String],
    cells: &'a [String],
}

impl Table {
    /// The table of an export.
    pub fn read(text: &str) -> Self {
        let mut rows = cells(text);
        let headers = rows.remove(0);
        Self { headers, rows }
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|cells| Row {
            headers: &self.headers,
            cells,
        })
    }
}

impl<'a> Row<'a> {
    /// What stands in a column.
    pub fn get(self, column: &str) -> &'a str {
        let found = self.headers.iter().position(|it| it == column);
        let place = found.unwrap_or_else(|| panic!("{column}: {:?}", self.headers));
        &self.cells[place]
    }

    /// The day that stands in a column; none where it is empty.
    pub fn day(self, column: &str) -> Option<i64> {
        let text = self.get(column);
        (!text.is_empty()).then(|| day(text))
    }
}

/// The cells of a CSV, quoted ones with what is quoted in them.
fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.trim_start_matches('\u{FEFF}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !quoted => {}
            c => cell.push(c),
        }
    }
    rows
}

/// Whether a year has a 29 February.
pub fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// The days from 1 January 1970 to a day.
pub fn on(year: i64, month: i64, day: i64) -> i64 {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: i64 = (1970..year)
        .map(|it| if is_leap(it) { 366 } else { 365 })
        .sum();
    let before = lengths.iter().take(usize::try_from(month).unwrap() - 1);
    let february = i64::from(is_leap(year) && month > 2);
    years + before.sum::<i64>() + february + day - 1
}

/// The same of a day written as 2024-06-06, with whatever stands behind it.
pub fn day(text: &str) -> i64 {
    let mut parts = text[..10]
        .split('-')
        .map(|part| part.parse::<i64>().unwrap());
    let mut next = || parts.next().unwrap();
    on(next(), next(), next())
}
