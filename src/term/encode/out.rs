//! The bytes of one drawing, and what the terminal has come to by them: where its cursor is and
//! how it writes.

use std::io::Write as _;

use crossterm::style::Colored;
use ratatui::layout::Position;

use super::look::{Look, PLAIN};

/// Bytes for a terminal.
#[derive(Debug)]
pub(super) struct Out {
    bytes: Vec<u8>,
    /// Where the cursor is; the column may be unknown, or all of it.
    column: Option<u16>,
    row: Option<u16>,
    look: Look,
    colours: bool,
}

/// How the cursor comes to a column of its row.
#[derive(Debug, Clone, Copy)]
enum Along {
    Stay,
    Start,
    /// So many columns to the right of where it is.
    Right(u16),
    /// Of the start of the row.
    RightOfStart(u16),
    Left(u16),
    To(u16),
}

impl Along {
    /// The shortest way from a column, which may be unknown, to another.
    fn shortest(from: Option<u16>, to: u16) -> Self {
        let here = from.map(|from| match from {
            _ if from == to => Self::Stay,
            _ if from < to => Self::Right(to - from),
            _ => Self::Left(from - to),
        });
        let start = match to {
            0 => Self::Start,
            to => Self::RightOfStart(to),
        };
        let ways = [here, Some(start), Some(Self::To(to))];
        let ways = ways.into_iter().flatten();
        ways.min_by_key(|way| way.bytes()).unwrap_or(Self::To(to))
    }

    fn bytes(self) -> u16 {
        match self {
            Self::Stay => 0,
            Self::Start => 1,
            Self::Right(by) => forward(by),
            Self::RightOfStart(by) => 1 + forward(by),
            Self::Left(by) => by.min(forward(by)),
            Self::To(to) => 3 + digits(to + 1),
        }
    }
}

/// The bytes that move the cursor so many columns to the right, or to the left.
pub(super) fn forward(by: u16) -> u16 {
    match by {
        0 => 0,
        1 => 3,
        by => 3 + digits(by),
    }
}

/// The bytes that erase so many cells.
pub(super) fn erasing(cells: u16) -> u16 {
    3 + digits(cells)
}

fn digits(number: u16) -> u16 {
    match number {
        0..10 => 1,
        10..100 => 2,
        100..1000 => 3,
        _ => 5,
    }
}

impl Out {
    /// Begins with the cursor where it is known to be, and the look of the terminal plain.
    pub(super) fn new(cursor: Option<Position>) -> Self {
        Self {
            bytes: Vec::new(),
            column: cursor.map(|at| at.x),
            row: cursor.map(|at| at.y),
            look: PLAIN,
            colours: !Colored::ansi_color_disabled_memoized(),
        }
    }

    /// The bytes, the look being plain again, and where the cursor is then, where that is known.
    pub(super) fn end(mut self) -> (Vec<u8>, Option<Position>) {
        self.wear(PLAIN);
        let at = self.column.zip(self.row);
        (self.bytes, at.map(|(x, y)| Position { x, y }))
    }

    /// The column of the cursor, where it is known to be in a row.
    pub(super) fn column_in(&self, y: u16) -> Option<u16> {
        self.column.filter(|_| self.row == Some(y))
    }

    /// How what is written next looks.
    pub(super) fn look(&self) -> Look {
        self.look
    }

    /// Writes a character that is so many cells wide on every terminal, or of which only the
    /// place is certain and not where the cursor is after it.
    pub(super) fn put(&mut self, symbol: &str, cells: Option<u16>) {
        self.bytes.extend_from_slice(symbol.as_bytes());
        self.column = self
            .column
            .zip(cells)
            .map(|(column, cells)| column.saturating_add(cells));
    }

    /// The column is not known any more.
    pub(super) fn lose_column(&mut self) {
        self.column = None;
    }

    /// Erases cells from the cursor on, which stays.
    pub(super) fn erase(&mut self, cells: u16) {
        match cells {
            1 => self.say(format_args!("\x1b[X")),
            cells => self.say(format_args!("\x1b[{cells}X")),
        }
    }

    /// Moves the cursor the shortest way. A line feed does not scroll: it only comes where the
    /// next row is one of the screen.
    pub(super) fn go(&mut self, x: u16, y: u16) {
        if self.row == Some(y) {
            self.along(Along::shortest(self.column, x));
        } else {
            let along = Along::shortest(self.column, x);
            let place = 4 + digits(y + 1) + digits(x + 1);
            if self.row.is_some_and(|row| row + 1 == y) && along.bytes() + 1 < place {
                self.bytes.push(b'\n');
                self.along(along);
            } else {
                self.say(format_args!("\x1b[{};{}H", y + 1, x + 1));
            }
        }
        (self.column, self.row) = (Some(x), Some(y));
    }

    fn along(&mut self, along: Along) {
        match along {
            Along::Stay => {}
            Along::Start => self.bytes.push(b'\r'),
            Along::Right(by) => self.right(by),
            Along::RightOfStart(by) => {
                self.bytes.push(b'\r');
                self.right(by);
            }
            Along::Left(by) if by <= forward(by) => {
                self.bytes
                    .extend(std::iter::repeat_n(b'\x08', usize::from(by)));
            }
            Along::Left(by) => self.say(format_args!("\x1b[{by}D")),
            Along::To(to) => self.say(format_args!("\x1b[{}G", to + 1)),
        }
    }

    fn right(&mut self, by: u16) {
        match by {
            1 => self.say(format_args!("\x1b[C")),
            by => self.say(format_args!("\x1b[{by}C")),
        }
    }

    /// Changes the look of what is written next.
    pub(super) fn wear(&mut self, look: Look) {
        if let Some(codes) = self.look.codes_to(look, self.colours) {
            self.say(format_args!("\x1b[{codes}m"));
        }
        self.look = look;
    }

    fn say(&mut self, what: std::fmt::Arguments) {
        // Writing to memory does not fail.
        let _ = self.bytes.write_fmt(what);
    }
}
