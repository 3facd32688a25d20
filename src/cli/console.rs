//! Where a command writes: lines, tables and JSON, none of it raw.
//!
//! Whatever a record holds, no control or direction character of it reaches a terminal from here.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use crate::locale::{Said, Texts};
use crate::text::clean::is_format;
use crate::text::show;
use crate::text::width::width;

/// A cell of a table is cut after so many columns.
const CELL: usize = 40;

/// The output of one command.
pub(super) struct Console<'a> {
    /// In which language.
    pub(super) texts: &'a Texts,
    /// Whether JSON was asked for.
    pub(super) json: bool,
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
}

impl<'a> Console<'a> {
    pub(super) fn new(
        texts: &'a Texts,
        json: bool,
        out: &'a mut dyn Write,
        err: &'a mut dyn Write,
    ) -> Self {
        Self {
            texts,
            json,
            out,
            err,
        }
    }

    /// One line.
    pub(super) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", show::cell(text))
    }

    /// A text of the locale files with values, one line.
    pub(super) fn say(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        let text = self.texts.with(key, args).into_owned();
        self.line(&text)
    }

    /// One line beside the result, on standard error.
    pub(super) fn aside(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.err, "{}", show::cell(text))
    }

    /// A text of the locale files beside the result, on standard error.
    pub(super) fn say_aside(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        let text = self.texts.with(key, args).into_owned();
        self.aside(&text)
    }

    /// A question on standard error, with the cursor left behind it.
    pub(super) fn prompt(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        let text = self.texts.with(key, args).into_owned();
        self.out.flush()?;
        write!(self.err, "{} ", show::cell(&text))?;
        self.err.flush()
    }

    /// How far a long work is, in one line of a terminal that is written over; nothing where standard
    /// error is no terminal.
    pub(super) fn progress(&mut self, key: &str, args: &[(&str, &str)]) -> io::Result<()> {
        if !io::stderr().is_terminal() {
            return Ok(());
        }
        let text = self.texts.with(key, args).into_owned();
        write!(self.err, "\r{}\u{1b}[K", show::cell(&text))?;
        self.err.flush()
    }

    /// Clears that line.
    pub(super) fn end_progress(&mut self) -> io::Result<()> {
        if io::stderr().is_terminal() {
            write!(self.err, "\r\u{1b}[K")?;
        }
        Ok(())
    }

    /// A refusal or fault, on standard error.
    pub(super) fn complain(&mut self, said: &Said) -> io::Result<()> {
        self.aside(&said.line())
    }

    /// One JSON value in one line. What a terminal would act on is escaped.
    pub(super) fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string(value)?;
        writeln!(self.out, "{}", escaped(&text))
    }

    /// Rows under headers, columns aligned by what they take on a terminal. A person sees each
    /// cell cut to a width; a program or a file gets it whole.
    pub(super) fn table(&mut self, headers: &[String], rows: &[Vec<String>]) -> io::Result<()> {
        let cells = if io::stdout().is_terminal() {
            CELL
        } else {
            usize::MAX
        };
        let cut =
            |text: &String| crate::text::width::truncate(&show::cell(text), cells).into_owned();
        let lines: Vec<Vec<String>> = std::iter::once(headers)
            .chain(rows.iter().map(Vec::as_slice))
            .map(|row| row.iter().map(cut).collect())
            .collect();
        let widths: Vec<usize> = (0..headers.len())
            .map(|place| {
                lines
                    .iter()
                    .filter_map(|row| row.get(place))
                    .map(|it| width(it))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        for row in lines {
            let mut line = String::new();
            for (cell, wide) in row.iter().zip(&widths) {
                let blanks = wide.saturating_sub(width(cell)) + 2;
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', blanks));
            }
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Bytes made by the program itself, such as a picture or an export into a pipe.
    pub(super) fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Hands everything over.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// JSON text with every control and format character as `\uXXXX`.
pub(super) fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_control() || is_format(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;

    fn written(act: impl FnOnce(&mut Console)) -> String {
        let texts = Texts::new(Lang::En);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        act(&mut Console::new(&texts, false, &mut out, &mut err));
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_a_record_holds_reaches_the_terminal_raw() {
        let hostile = "a\u{1b}[2Jb\u{9b}31m\u{202e}c\u{7}";
        let text = written(|console| {
            console.line(hostile).unwrap();
            console
                .table(&["h".into()], &[vec![hostile.into()]])
                .unwrap();
            console.json(&hostile).unwrap();
        });
        assert!(
            text.chars()
                .all(|c| c == '\n' || !c.is_control() && !is_format(c)),
            "{text:?}"
        );
        let json = text.lines().last().unwrap();
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), hostile);
    }

    #[test]
    fn columns_line_up_whatever_stands_in_them() {
        let text = written(|console| {
            let rows = [
                vec!["张三".to_owned(), "x".to_owned()],
                vec!["Li".into(), "y".into()],
            ];
            console.table(&["Name".into(), "N".into()], &rows).unwrap();
        });
        assert_eq!(text, "Name  N\n张三  x\nLi    y\n");
    }
}
