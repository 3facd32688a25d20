//! Rows as CSV: CRLF at the ends of lines, a byte order mark, and nothing that a spreadsheet
//! would compute.

use std::io::{self, Write};

use csv::{Terminator, WriterBuilder};
use encoding_rs::GB18030;

use super::ExportFault;
use crate::exchange::cells::Style;
use crate::exchange::defuse::defused;
use crate::exchange::value::Value;

/// Writes rows as CSV.
#[derive(Debug)]
pub(super) struct Sheet {
    gb18030: bool,
}

impl Sheet {
    pub(super) const fn new(gb18030: bool) -> Self {
        Self { gb18030 }
    }

    /// The names of the columns, behind the mark by which spreadsheets know UTF-8.
    pub(super) fn head(
        &self,
        columns: &[&'static str],
        style: Style,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if !self.gb18030 {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let cells = columns.iter().map(|column| {
            let header = style.header(column);
            self.encoded(&header).unwrap_or_default()
        });
        record(cells, out)
    }

    pub(super) fn row(
        &self,
        columns: &[&'static str],
        values: Vec<Value>,
        of: &str,
        style: Style,
        out: &mut dyn Write,
    ) -> Result<(), ExportFault> {
        let mut cells = Vec::with_capacity(columns.len());
        for (value, column) in values.into_iter().zip(columns) {
            let text = style.words(value);
            let Some(bytes) = self.encoded(&defused(&text)) else {
                let of = of.to_owned();
                return Err(ExportFault::Unmappable { of, column });
            };
            cells.push(bytes);
        }
        Ok(record(cells, out)?)
    }

    /// The bytes of a text; none where the encoding lacks one of its characters. In GB18030 no
    /// byte of a longer character is a comma, a quote or a line end, so the bytes can be quoted
    /// as they are.
    fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        if !self.gb18030 {
            return Some(text.as_bytes().to_vec());
        }
        let (bytes, _, lacking) = GB18030.encode(text);
        (!lacking).then(|| bytes.into_owned())
    }
}

fn record(cells: impl IntoIterator<Item = Vec<u8>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .buffer_capacity(1 << 10)
        .from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_that_gb18030_lacks_is_noticed() {
        let gb = Sheet::new(true);
        assert!(gb.encoded("张三 €").is_some());
        assert!(gb.encoded("\u{E5E5}").is_none());
        assert!(Sheet::new(false).encoded("\u{E5E5}").is_some());
    }
}
