//! A CSV file as rows: any line end, quoted line breaks, and the place of everything that is
//! wrong with a row. What the cells mean is not known here.

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::Encoding;

use super::encoding::{Decoded, decode};
use crate::desk::contract::Failure;
use crate::domain::refusal::Problem;
use crate::text::clean;

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From 1.
    pub number: usize,
    /// Its header; empty for a cell beyond the headers.
    pub name: String,
}

/// A row that was not taken over, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The line of the file on which the row begins, from 1.
    pub line: u64,
    /// The column, where it is about one.
    pub column: Option<Column>,
    /// Why.
    pub failure: Failure,
}

/// A file that was read.
#[derive(Debug)]
pub struct Sheet {
    decoded: Decoded,
    delimiter: u8,
    headers: Vec<String>,
}

/// One row with its line; its cells, or what is wrong with it.
#[derive(Debug)]
pub struct SheetRow {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// As many cells as there are headers.
    pub cells: Result<Vec<String>, Reject>,
}

impl Sheet {
    /// Reads the headers of a file.
    ///
    /// # Errors
    /// `sheet-empty` when there is not even a row of headers.
    pub fn read(
        bytes: &[u8],
        encoding: Option<&'static Encoding>,
        delimiter: Option<u8>,
    ) -> Result<Self, Problem> {
        let decoded = decode(bytes, encoding);
        let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(&decoded.text));
        let mut record = StringRecord::new();
        let found = reader(&decoded.text, delimiter)
            .read_record(&mut record)
            .unwrap_or(false);
        let headers: Vec<String> = record.iter().map(clean::name).collect();
        if !found || headers.iter().all(String::is_empty) {
            return Err(Problem::new("sheet-empty"));
        }
        Ok(Self {
            decoded,
            delimiter,
            headers,
        })
    }

    /// The headers, cleaned.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The encoding the file was read in.
    pub fn encoding(&self) -> &'static Encoding {
        self.decoded.encoding
    }

    /// Whether that encoding is certain, or a guess that a person should look at.
    pub fn certain(&self) -> bool {
        self.decoded.certain
    }

    /// The rows below the headers. Rows with nothing in any cell are passed over.
    pub fn rows(&self) -> Rows<'_> {
        let mut rows = Rows {
            sheet: self,
            reader: reader(&self.decoded.text, self.delimiter),
            record: StringRecord::new(),
            counted: (0, 1),
        };
        rows.read();
        rows
    }

    fn column(&self, place: usize) -> Column {
        Column {
            number: place + 1,
            name: self.headers.get(place).cloned().unwrap_or_default(),
        }
    }
}

/// Goes through the rows of a sheet.
pub struct Rows<'a> {
    sheet: &'a Sheet,
    reader: csv::Reader<&'a [u8]>,
    record: StringRecord,
    /// A place in the text and the line it is on.
    counted: (usize, u64),
}

impl Rows<'_> {
    /// Reads the next record; where its text begins and ends.
    fn read(&mut self) -> Option<(usize, usize)> {
        let before = offset(self.reader.position());
        // The text is valid UTF-8 in memory and ragged rows are allowed, so nothing is left that
        // could fail but the end.
        self.reader
            .read_record(&mut self.record)
            .ok()
            .filter(|found| *found)?;
        Some((before, offset(self.reader.position())))
    }

    /// The line of a place in the text: CRLF, LF and a lone CR each end one.
    fn line_at(&mut self, place: usize) -> u64 {
        let (from, mut line) = self.counted;
        let text = self.sheet.decoded.text.as_bytes();
        let mut last = from.checked_sub(1).and_then(|at| text.get(at)).copied();
        for byte in text.get(from..place).unwrap_or_default() {
            let ends_line = match byte {
                b'\r' => true,
                b'\n' => last != Some(b'\r'),
                _ => false,
            };
            line += u64::from(ends_line);
            last = Some(*byte);
        }
        self.counted = (place, line);
        line
    }

    /// What is wrong with the record's shape or characters.
    fn fault(&self, start: usize, end: usize) -> Option<(Option<usize>, Problem)> {
        let cells = &self.record;
        let expected = self.sheet.headers.len();
        let raw = self.sheet.decoded.text.get(start..end).unwrap_or_default();
        let last_row = end >= self.sheet.decoded.text.len();
        let open_quote = last_row && raw.matches('"').count() % 2 == 1;
        if open_quote
            && cells
                .iter()
                .next_back()
                .is_some_and(|cell| cell.contains(['\n', '\r']))
        {
            return Some((Some(cells.len() - 1), Problem::new("sheet-open-quote")));
        }
        if cells.len() != expected {
            let problem = Problem::new("sheet-columns")
                .arg("expected", expected)
                .arg("found", cells.len());
            return Some((Some(cells.len().min(expected)), problem));
        }
        let broken = &self.sheet.decoded.broken;
        let first = broken.partition_point(|at| *at < start);
        if broken.get(first).is_some_and(|at| *at < end) {
            let place = cells.iter().position(|cell| cell.contains('\u{FFFD}'));
            let name = self.sheet.decoded.encoding.name();
            return Some((
                place,
                Problem::new("sheet-undecodable").arg("encoding", name),
            ));
        }
        let place = cells.iter().position(|cell| cell.contains('\0'))?;
        Some((Some(place), Problem::new("sheet-nul")))
    }
}

impl Iterator for Rows<'_> {
    type Item = SheetRow;

    fn next(&mut self) -> Option<SheetRow> {
        loop {
            let (before, end) = self.read()?;
            if self.record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let text = &self.sheet.decoded.text;
            // The reader stands before the line ends it will pass over.
            let ends = text.get(before..end).unwrap_or_default();
            let start = before + ends.len() - ends.trim_start_matches(['\r', '\n']).len();
            let line = self.line_at(start);
            let cells = match self.fault(start, end) {
                None => Ok(self.record.iter().map(str::to_owned).collect()),
                Some((place, problem)) => Err(Reject {
                    line,
                    column: place.map(|place| self.sheet.column(place)),
                    failure: Failure::Refused(problem.into()),
                }),
            };
            return Some(SheetRow { line, cells });
        }
    }
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The one of comma, semicolon, tab and bar that parts the first line most often.
fn guess_delimiter(text: &str) -> u8 {
    let first = text
        .trim_start_matches(['\r', '\n'])
        .split(['\r', '\n'])
        .next()
        .unwrap_or("");
    let mut best = (0, b',');
    for delimiter in [b',', b';', b'\t', b'|'] {
        let mut quoted = false;
        let mut count = 0_usize;
        for byte in first.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(byte == delimiter && !quoted);
        }
        if count > best.0 {
            best = (count, delimiter);
        }
    }
    best.1
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
        for text in ["", "\n\n", ",,\n1,2,3\n", "\u{FEFF}"] {
            let problem = Sheet::read(text.as_bytes(), None, None).unwrap_err();
            assert_eq!(problem.key, "sheet-empty", "{text:?}");
        }
    }
}
