//! Delimited text as rows: any line end, quoted line breaks, a title above the headers, and the
//! place of everything that is wrong with a row.

use std::io::Cursor;
use std::sync::{Arc, OnceLock};

use csv::{ReaderBuilder, StringRecord};
use encoding_rs::Encoding;

use super::encoding::Decoded;
use super::heading;
use super::sheet::{Reject, SheetRow, column};
use crate::desk::contract::Failure;
use crate::domain::refusal::Problem;
use crate::text::clean;

/// A file of delimited text.
#[derive(Debug, Clone)]
pub(super) struct Delimited {
    decoded: Text,
    delimiter: u8,
    headers: Arc<[String]>,
    /// So many records stand above the rows, the headers among them.
    above: usize,
    header_line: u64,
    /// How many rows there are, once somebody wanted to know.
    counted: Arc<OnceLock<u64>>,
}

/// The text of a file, read from by many.
#[derive(Debug, Clone)]
struct Text(Arc<Decoded>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.text.as_bytes()
    }
}

type Reader = csv::Reader<Cursor<Text>>;

impl Delimited {
    /// Finds delimiter and headers; the headers are looked for below a title, or stand on the line
    /// named.
    ///
    /// # Errors
    /// `sheet-empty` when there is not even a row of headers, `sheet-no-line` when there is nothing on
    /// the line named.
    pub(super) fn read(
        decoded: Decoded,
        delimiter: Option<u8>,
        header_line: Option<u64>,
    ) -> Result<Self, Problem> {
        let delimiter = delimiter.unwrap_or_else(|| guess_delimiter(&decoded.text));
        let mut read = Self {
            decoded: Text(Arc::new(decoded)),
            delimiter,
            headers: Arc::from([]),
            above: 0,
            header_line: 1,
            counted: Arc::default(),
        };
        let mut records = read.records();
        let mut first: Vec<(u64, StringRecord)> = Vec::new();
        while let Some((start, _)) = records.read() {
            let line = records.line_at(start);
            first.push((line, records.record.clone()));
            let enough = match header_line {
                Some(wanted) => line >= wanted,
                None => first.len() >= heading::LOOKED_AT,
            };
            if enough {
                break;
            }
        }
        let filled = |(line, record): &(u64, StringRecord)| {
            let filled = record.iter().filter(|cell| !cell.trim().is_empty());
            (*line, filled.count())
        };
        let filled: Vec<(u64, usize)> = first.iter().map(filled).collect();
        let place = heading::found(&filled, header_line)?;
        if let Some((line, record)) = first.get(place) {
            read.headers = record.iter().map(clean::name).collect();
            read.header_line = *line;
            read.above = place + 1;
        }
        if read.headers.iter().all(String::is_empty) {
            return Err(Problem::new("sheet-empty"));
        }
        Ok(read)
    }

    pub(super) fn headers(&self) -> &[String] {
        &self.headers
    }

    pub(super) fn header_line(&self) -> u64 {
        self.header_line
    }

    pub(super) fn encoding(&self) -> &'static Encoding {
        self.decoded.0.encoding
    }

    pub(super) fn certain(&self) -> bool {
        self.decoded.0.certain
    }

    /// The rows below the headers.
    pub(super) fn rows(&self) -> Rows {
        let mut records = self.records();
        for _ in 0..self.above {
            records.read();
        }
        Rows {
            headers: Arc::clone(&self.headers),
            records,
        }
    }

    /// How many rows there are below the headers.
    pub(super) fn count(&self) -> u64 {
        *self.counted.get_or_init(|| {
            let mut rows = self.rows();
            let mut count = 0;
            while rows.records.read().is_some() {
                count += u64::from(!rows.records.is_blank());
            }
            count
        })
    }

    fn records(&self) -> Records {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(Cursor::new(self.decoded.clone()));
        Records {
            text: self.decoded.clone(),
            reader,
            record: StringRecord::new(),
            counted: (0, 1),
        }
    }
}

/// Goes through the records of a text.
struct Records {
    text: Text,
    reader: Reader,
    record: StringRecord,
    /// A place in the text and the line it is on.
    counted: (usize, u64),
}

impl Records {
    /// Reads the next record; where its text begins and ends.
    fn read(&mut self) -> Option<(usize, usize)> {
        let before = offset(self.reader.position());
        // The text is valid UTF-8 in memory and ragged rows are allowed, so nothing is left that
        // could fail but the end.
        self.reader
            .read_record(&mut self.record)
            .ok()
            .filter(|found| *found)?;
        let end = offset(self.reader.position());
        // The reader stands before the line ends it will pass over.
        let ends = self.text.0.text.get(before..end).unwrap_or_default();
        let start = before + ends.len() - ends.trim_start_matches(['\r', '\n']).len();
        Some((start, end))
    }

    fn is_blank(&self) -> bool {
        self.record.iter().all(|cell| cell.trim().is_empty())
    }

    /// The line of a place in the text: LF, CRLF, CR CR LF and a lone CR each end one.
    fn line_at(&mut self, place: usize) -> u64 {
        let (from, mut line) = self.counted;
        let text = self.text.0.text.as_bytes();
        let mut last = from.checked_sub(1).and_then(|at| text.get(at)).copied();
        for at in from..place {
            let byte = text.get(at).copied();
            let ends_line = match byte {
                Some(b'\r') => text.get(at + 1..at + 3) != Some(b"\r\n".as_slice()),
                Some(b'\n') => last != Some(b'\r'),
                _ => false,
            };
            line += u64::from(ends_line);
            last = byte;
        }
        self.counted = (place, line);
        line
    }
}

/// Goes through the rows of a text.
pub(super) struct Rows {
    headers: Arc<[String]>,
    records: Records,
}

impl Rows {
    /// What is wrong with the record's shape or characters.
    fn fault(&self, start: usize, end: usize) -> Option<(Option<usize>, Problem)> {
        let cells = &self.records.record;
        let decoded = &self.records.text.0;
        let expected = self.headers.len();
        let raw = decoded.text.get(start..end).unwrap_or_default();
        let last_row = end >= decoded.text.len();
        let open_quote = last_row && raw.matches('"').count() % 2 == 1;
        if open_quote
            && cells
                .iter()
                .next_back()
                .is_some_and(|cell| cell.contains(['\n', '\r']))
        {
            return Some((Some(cells.len() - 1), Problem::new("sheet-open-quote")));
        }
        // Empty cells behind the last header shift nothing.
        let beyond = cells.iter().skip(expected);
        let too_many = cells.len() > expected && beyond.clone().any(|cell| !cell.trim().is_empty());
        if cells.len() < expected || too_many {
            let problem = Problem::new("sheet-columns")
                .arg("expected", expected)
                .arg("found", cells.len());
            return Some((Some(cells.len().min(expected)), problem));
        }
        let broken = &decoded.broken;
        let first = broken.partition_point(|at| *at < start);
        if broken.get(first).is_some_and(|at| *at < end) {
            let place = cells.iter().position(|cell| cell.contains('\u{FFFD}'));
            let name = decoded.encoding.name();
            return Some((
                place,
                Problem::new("sheet-undecodable").arg("encoding", name),
            ));
        }
        let place = cells.iter().position(|cell| cell.contains('\0'))?;
        Some((Some(place), Problem::new("sheet-nul")))
    }
}

impl Iterator for Rows {
    type Item = SheetRow;

    fn next(&mut self) -> Option<SheetRow> {
        loop {
            let (start, end) = self.records.read()?;
            if self.records.is_blank() {
                continue;
            }
            let line = self.records.line_at(start);
            let cells = match self.fault(start, end) {
                None => {
                    let cells = self.records.record.iter().take(self.headers.len());
                    Ok(cells.map(str::to_owned).collect())
                }
                Some((place, problem)) => Err(Reject {
                    sheet: None,
                    line,
                    column: place.map(|place| column(&self.headers, place)),
                    failure: Failure::Refused(problem.into()),
                }),
            };
            return Some(SheetRow { line, cells });
        }
    }
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The one of comma, semicolon, tab and bar that parts the first lines most often; a line above
/// the table, which has none, does not count.
fn guess_delimiter(text: &str) -> u8 {
    let mut best = (0, b',');
    let lines = text
        .split(['\r', '\n'])
        .filter(|line| !line.is_empty())
        .take(heading::LOOKED_AT);
    for line in lines {
        for delimiter in [b',', b';', b'\t', b'|'] {
            let mut quoted = false;
            let mut count = 0_usize;
            for byte in line.bytes() {
                quoted ^= byte == b'"';
                count += usize::from(byte == delimiter && !quoted);
            }
            if count > best.0 {
                best = (count, delimiter);
            }
        }
        if best.0 > 0 {
            break;
        }
    }
    best.1
}
