//! A table out of a file: headers, rows, and the place of everything that is wrong with a row. Where
//! the cells come from is in `delimited` and `grid`; what they mean is not known here.

use std::sync::Arc;

use encoding_rs::Encoding;

use super::delimited::Delimited;
use super::encoding::decode;
use super::grid::Grid;
use crate::desk::contract::Failure;
use crate::domain::refusal::Problem;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From 1.
    pub number: usize,
    /// Its header; empty for a cell beyond the headers.
    pub name: String,
}

impl Column {
    /// The column as spreadsheets write it: `A`, `Z`, `AA`.
    pub fn letters(&self) -> String {
        let mut rest = self.number;
        let mut letters = Vec::new();
        while rest > 0 {
            rest -= 1;
            letters.push(char::from(
                b'A' + u8::try_from(rest % 26).unwrap_or_default(),
            ));
            rest /= 26;
        }
        letters.into_iter().rev().collect()
    }
}

/// A row that was not taken over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The sheet of a workbook; none for a file that has only one.
    pub sheet: Option<Arc<str>>,
    /// The line of the file on which the row begins, or the row of the sheet, from 1.
    pub line: u64,
    /// The column, where it is about one.
    pub column: Option<Column>,
    /// Why.
    pub failure: Failure,
}

impl Reject {
    /// The cell as spreadsheets write it, `Sheet1!C17`; none for a file without sheets, or where
    /// the whole row is meant.
    pub fn cell(&self) -> Option<String> {
        let (sheet, column) = (self.sheet.as_ref()?, self.column.as_ref()?);
        Some(format!("{sheet}!{}{}", column.letters(), self.line))
    }
}

/// One row with its line; its cells, or what is wrong with it.
#[derive(Debug)]
pub struct SheetRow {
    /// The line of the file on which the row begins, or the row of the sheet, from 1.
    pub line: u64,
    /// As many cells as there are headers.
    pub cells: Result<Vec<String>, Reject>,
}

/// The rows of a sheet, one after the other. They hold what they read, so that they can be kept
/// and asked for the next row at any time.
pub type Rows = Box<dyn Iterator<Item = SheetRow> + Send>;

/// A table that was read.
#[derive(Debug, Clone)]
pub struct Sheet {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Delimited(Delimited),
    Grid(Arc<Grid>),
}

impl Sheet {
    /// Reads a file of delimited text.
    ///
    /// # Errors
    /// `sheet-empty` when there is not even a row of headers.
    pub fn read(
        bytes: &[u8],
        encoding: Option<&'static Encoding>,
        delimiter: Option<u8>,
    ) -> Result<Self, Problem> {
        Delimited::read(decode(bytes, encoding), delimiter, None).map(Self::from)
    }

    /// The headers, cleaned.
    pub fn headers(&self) -> &[String] {
        match &self.source {
            Source::Delimited(text) => text.headers(),
            Source::Grid(grid) => grid.headers(),
        }
    }

    /// The line, or the row of the sheet, on which the headers stand.
    pub fn header_line(&self) -> u64 {
        match &self.source {
            Source::Delimited(text) => text.header_line(),
            Source::Grid(grid) => grid.header_line(),
        }
    }

    /// The sheet's name in its workbook; none for a file that has only one.
    pub fn name(&self) -> Option<&Arc<str>> {
        match &self.source {
            Source::Delimited(_) => None,
            Source::Grid(grid) => grid.name(),
        }
    }

    /// The encoding the file was read in; none for a workbook, which says it itself.
    pub fn encoding(&self) -> Option<&'static Encoding> {
        match &self.source {
            Source::Delimited(text) => Some(text.encoding()),
            Source::Grid(_) => None,
        }
    }

    /// Whether that encoding is certain, or a guess that a person should look at.
    pub fn certain(&self) -> bool {
        match &self.source {
            Source::Delimited(text) => text.certain(),
            Source::Grid(_) => true,
        }
    }

    /// The rows below the headers. Rows with nothing in any cell are passed over.
    pub fn rows(&self) -> Rows {
        match &self.source {
            Source::Delimited(text) => Box::new(text.rows()),
            Source::Grid(grid) => Box::new(Grid::rows(grid)),
        }
    }

    /// How many rows [`Self::rows`] gives.
    pub fn count(&self) -> u64 {
        match &self.source {
            Source::Delimited(text) => text.count(),
            Source::Grid(grid) => grid.count(),
        }
    }

    /// The column of a place in the row.
    pub fn column(&self, place: usize) -> Column {
        column(self.headers(), place)
    }
}

/// The column of a place among headers.
pub(super) fn column(headers: &[String], place: usize) -> Column {
    Column {
        number: place + 1,
        name: headers.get(place).cloned().unwrap_or_default(),
    }
}

impl From<Delimited> for Sheet {
    fn from(text: Delimited) -> Self {
        let source = Source::Delimited(text);
        Self { source }
    }
}

impl From<Grid> for Sheet {
    fn from(grid: Grid) -> Self {
        let source = Source::Grid(Arc::new(grid));
        Self { source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a row, or the column and the key of what is wrong with it.
    type Told = Result<Vec<String>, (usize, String)>;

    fn rows(text: &[u8]) -> Vec<(u64, Told)> {
        let sheet = Sheet::read(text, None, None).unwrap();
        let told = |reject: Reject| {
            let Failure::Refused(refusal) = reject.failure else {
                panic!("not refused")
            };
            (
                reject.column.unwrap().number,
                refusal.problems[0].key.clone(),
            )
        };
        sheet
            .rows()
            .map(|row| (row.line, row.cells.map_err(told)))
            .collect()
    }

    fn whole(line: u64, cells: &[&str]) -> (u64, Told) {
        (
            line,
            Ok(cells.iter().map(|cell| (*cell).to_owned()).collect()),
        )
    }

    fn fault(line: u64, column: usize, key: &str) -> (u64, Told) {
        (line, Err((column, key.to_owned())))
    }

    #[test]
    fn every_line_end_counts_once() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "1,2", "", "3,4"].join(end);
            let expected = [whole(2, &["1", "2"]), whole(4, &["3", "4"])];
            assert_eq!(rows(text.as_bytes()), expected, "{end:?}");
        }
    }

    #[test]
    fn a_quoted_line_break_stays_in_its_cell_and_counts_as_a_line() {
        let found = rows(b"a,b\r\n\"x\r\ny\",1\r\nz,2\r\n");
        assert_eq!(found, [whole(2, &["x\r\ny", "1"]), whole(4, &["z", "2"])]);
    }

    #[test]
    fn rows_of_the_wrong_length_are_told_with_line_and_column() {
        let found = rows(b"a,b\n1\n1,2\n1,2,3\n,\n");
        let expected = [
            fault(2, 2, "sheet-columns"),
            whole(3, &["1", "2"]),
            fault(4, 3, "sheet-columns"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn nul_and_undecodable_bytes_are_told_with_their_column() {
        let mut text = "名,值\n张三,1\n李".as_bytes().to_vec();
        text.extend(b"\xFF,2\nx,\0\n");
        text.extend("王五,3\n".as_bytes());
        let expected = [
            whole(2, &["张三", "1"]),
            fault(3, 1, "sheet-undecodable"),
            fault(4, 2, "sheet-nul"),
            whole(5, &["王五", "3"]),
        ];
        assert_eq!(rows(&text), expected);
    }

    #[test]
    fn a_quote_that_never_closes_is_told() {
        let found = rows(b"a,b\n1,2\n3,\"open\n4,5\n");
        assert_eq!(
            found,
            [whole(2, &["1", "2"]), fault(3, 2, "sheet-open-quote")]
        );
    }

    #[test]
    fn semicolons_and_tabs_are_noticed() {
        assert_eq!(rows(b"a;\"b,c,d\"\n1;2\n"), [whole(2, &["1", "2"])]);
        assert_eq!(rows(b"a\tb\n1\t2\n"), [whole(2, &["1", "2"])]);
    }

    #[test]
    fn an_empty_file_is_refused() {
        for text in ["", "\n\n", ",,\n , ,\n", "\u{FEFF}"] {
            let problem = Sheet::read(text.as_bytes(), None, None).unwrap_err();
            assert_eq!(problem.key, "sheet-empty", "{text:?}");
        }
    }
}
