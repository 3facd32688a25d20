//! Cells as the bytes that draw them, as few as there can be: over a slow line every byte is felt.
//!
//! What the terminal shows is remembered ([`Shown`]), so that a few cells between two that changed
//! are written again where that is shorter than a move. Where the terminal's cursor stands after a character is only relied on where all terminals
//! agree how wide it is; after any other it is put where it belongs. What is drawn is decided
//! elsewhere.

use std::io::Write as _;

use crossterm::style::Colored;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

use crate::text::width::certain;

/// A run of blanks is erased rather than written from this length on: the erasing leaves the
/// cursor at its start, and moving on costs as much again.
const ERASED: u16 = 11;

/// How cells look that have no look of their own.
const PLAIN: Look = Look {
    fg: Color::Reset,
    bg: Color::Reset,
    underline: Color::Reset,
    modifier: Modifier::empty(),
};

/// What is seen of a blank.
const SEEN: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

const MODIFIERS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    underline: Color,
    modifier: Modifier,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        Self {
            fg: cell.fg,
            bg: cell.bg,
            underline: cell.underline_color,
            modifier: cell.modifier,
        }
    }

    /// Whether a blank of this look is just empty.
    fn is_empty(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(SEEN)
    }
}

/// So many cells between two that changed are looked at.
const GAP: u16 = 3;

/// What the terminal shows, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Shown {
    rows: Vec<Vec<Option<Cell>>>,
    /// What was not written since is blank.
    cleared: bool,
}

impl Shown {
    /// The terminal has been cleared.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
        self.cleared = true;
    }

    /// Nobody knows what the terminal shows.
    pub(super) fn forget(&mut self) {
        self.rows.clear();
        self.cleared = false;
    }

    fn get(&self, x: u16, y: u16) -> Option<&Cell> {
        let written = self
            .rows
            .get(usize::from(y))
            .and_then(|row| row.get(usize::from(x)));
        match written {
            Some(cell) => cell.as_ref(),
            None => self.cleared.then_some(&Cell::EMPTY),
        }
    }

    fn put(&mut self, x: u16, y: u16, cell: Option<Cell>) {
        let (x, y) = (usize::from(x), usize::from(y));
        let blank = self.cleared.then_some(Cell::EMPTY);
        if self.rows.len() <= y {
            self.rows.resize_with(y + 1, Vec::new);
        }
        let Some(row) = self.rows.get_mut(y) else {
            return;
        };
        if row.len() <= x {
            row.resize(x + 1, blank);
        }
        if let Some(place) = row.get_mut(x) {
            *place = cell;
        }
    }

    /// A cell is written. Of a wide character that is half covered by it the other half is blank
    /// then; it is only counted on where no colour can show in it.
    fn write(&mut self, x: u16, y: u16, cell: &Cell) {
        let cells = cell.cell_width().max(1);
        let last = x.saturating_add(cells - 1);
        let reached = |shown: &Self, x: u16| shown.get(x, y).map_or(1, CellWidth::cell_width) > 1;
        let blank = Look::of(cell).is_empty().then_some(Cell::EMPTY);
        if reached(self, last) {
            self.put(last.saturating_add(1), y, blank.clone());
        }
        if let Some(before) = x.checked_sub(1).filter(|before| reached(self, *before)) {
            self.put(before, y, blank);
        }
        self.put(x, y, Some(cell.clone()));
        for covered in x + 1..=last {
            self.put(covered, y, None);
        }
    }
}

/// The bytes of one drawing.
#[derive(Debug)]
pub(super) struct Encoder<'a> {
    shown: &'a mut Shown,
    bytes: Vec<u8>,
    /// Where the terminal's cursor is; the column may be unknown, or all of it.
    at: (Option<u16>, Option<u16>),
    look: Look,
    blanks: u16,
    colours: bool,
}

impl<'a> Encoder<'a> {
    /// Begins with the cursor where it is known to be, and the look of the terminal plain.
    pub(super) fn new(shown: &'a mut Shown, cursor: Option<Position>) -> Self {
        Self {
            shown,
            bytes: Vec::new(),
            at: (cursor.map(|at| at.x), cursor.map(|at| at.y)),
            look: PLAIN,
            blanks: 0,
            colours: !Colored::ansi_color_disabled_memoized(),
        }
    }

    /// Draws a cell.
    pub(super) fn cell(&mut self, x: u16, y: u16, cell: &Cell) {
        self.fill(x, y);
        self.draw(x, y, cell);
        self.shown.write(x, y, cell);
    }

    /// Where the cursor will be when the blanks that were counted are written.
    fn next(&self) -> Option<u16> {
        self.at.0.map(|column| column.saturating_add(self.blanks))
    }

    /// Writes the cells between here and a place again, where that is shorter than moving there.
    fn fill(&mut self, x: u16, y: u16) {
        let Some(from) = self.next().filter(|_| self.at.1 == Some(y)) else {
            return;
        };
        if from >= x || x - from > GAP {
            return;
        }
        let mut again = Vec::new();
        let mut at = from;
        while at < x {
            let Some(cell) = self.shown.get(at, y) else {
                return;
            };
            let look = Look::of(cell);
            let blank = cell.symbol() == " " && look.is_empty() && self.look.is_empty();
            let same = self.blanks == 0 && look == self.look && is_certain(cell.symbol());
            if !(blank || same) {
                return;
            }
            again.push((at, cell.clone()));
            at += cell.cell_width().max(1);
        }
        let bytes: usize = again.iter().map(|(_, cell)| cell.symbol().len()).sum();
        if at == x && bytes <= usize::from(GAP) {
            for (at, cell) in again {
                self.draw(at, y, &cell);
            }
        }
    }

    fn draw(&mut self, x: u16, y: u16, cell: &Cell) {
        let look = Look::of(cell);
        let blank = cell.symbol() == " " && look.is_empty();
        let follows = self.next() == Some(x) && self.at.1 == Some(y);
        if self.blanks > 0 && !(blank && follows) {
            self.end_of_blanks(follows);
        }
        if self.blanks == 0 {
            self.go(x, y);
        }
        if blank {
            self.blanks += 1;
            return;
        }
        self.wear(look);
        self.put(cell.symbol(), cell.cell_width());
    }

    /// The bytes, the look being plain again, and where the cursor is then, where that is known.
    pub(super) fn end(mut self) -> (Vec<u8>, Option<Position>) {
        self.end_of_blanks(false);
        self.wear(PLAIN);
        let (x, y) = self.at;
        let at = x.zip(y).map(|(x, y)| Position { x, y });
        (self.bytes, at)
    }

    /// Writes blanks that were counted, or erases them. With `more` something follows them.
    fn end_of_blanks(&mut self, more: bool) {
        let count = std::mem::take(&mut self.blanks);
        if count == 0 {
            return;
        }
        if !self.look.is_empty() {
            self.wear(PLAIN);
        }
        let least = if more { ERASED } else { ERASED / 2 };
        if count < least {
            for _ in 0..count {
                self.put(" ", 1);
            }
            return;
        }
        self.say(format_args!("\x1b[{count}X"));
        if more {
            self.say(format_args!("\x1b[{count}C"));
            self.at.0 = self.at.0.map(|column| column.saturating_add(count));
        }
    }

    /// Writes a character and keeps in mind where the cursor is after it.
    fn put(&mut self, symbol: &str, cells: u16) {
        self.bytes.extend_from_slice(symbol.as_bytes());
        self.at.0 = if cells == 1 || is_certain(symbol) {
            self.at.0.map(|column| column.saturating_add(cells))
        } else {
            None
        };
    }

    fn go(&mut self, x: u16, y: u16) {
        match self.at {
            (Some(column), Some(row)) if row == y && column == x => return,
            (Some(column), Some(row)) if row == y && column < x => match x - column {
                1 => self.say(format_args!("\x1b[C")),
                by => self.say(format_args!("\x1b[{by}C")),
            },
            (_, Some(row)) if row == y => self.say(format_args!("\x1b[{}G", x + 1)),
            _ => self.say(format_args!("\x1b[{};{}H", y + 1, x + 1)),
        }
        self.at = (Some(x), Some(y));
    }

    /// Changes the look of what is written next: from what it is, or from plain, whichever is
    /// shorter.
    fn wear(&mut self, look: Look) {
        if look == self.look {
            return;
        }
        let more = look
            .modifier
            .contains(self.look.modifier)
            .then(|| self.codes(self.look, look));
        let anew = self.codes(PLAIN, look);
        let anew = if anew.is_empty() {
            anew
        } else {
            format!("0;{anew}")
        };
        let codes = more
            .filter(|more| more.len() < anew.len() || more.is_empty())
            .unwrap_or(anew);
        if !(codes.is_empty() && self.shows_alike(look)) {
            self.say(format_args!("\x1b[{codes}m"));
        }
        self.look = look;
    }

    /// Whether two looks differ in nothing that is shown, which is so where colours are off.
    fn shows_alike(&self, look: Look) -> bool {
        !self.colours && look.modifier == self.look.modifier
    }

    fn codes(&self, from: Look, to: Look) -> String {
        let mut codes: Vec<String> = MODIFIERS
            .iter()
            .filter(|(modifier, _)| (to.modifier - from.modifier).contains(*modifier))
            .map(|(_, code)| code.to_string())
            .collect();
        if self.colours {
            let parts = [
                (from.fg, to.fg, 30),
                (from.bg, to.bg, 40),
                (from.underline, to.underline, 50),
            ];
            let changed = parts.iter().filter(|(from, to, _)| from != to);
            codes.extend(changed.map(|(_, to, base)| colour(*to, *base)));
        }
        codes.join(";")
    }

    fn say(&mut self, what: std::fmt::Arguments) {
        // Writing to memory does not fail.
        let _ = self.bytes.write_fmt(what);
    }
}

/// A colour as a part of the sequence that sets it; 30 stands for the character, 40 for what is
/// behind it, 50 for the line below it.
fn colour(colour: Color, base: u8) -> String {
    let named = match colour {
        Color::Reset => return (base + 9).to_string(),
        Color::Rgb(r, g, b) => return format!("{};2;{r};{g};{b}", base + 8),
        Color::Indexed(index) => return format!("{};5;{index}", base + 8),
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    match named {
        // A line below a character has no short names for its colours.
        _ if base == 50 => format!("58;5;{named}"),
        0..8 => (base + named).to_string(),
        _ => (base + 52 + named).to_string(),
    }
}

/// Whether a symbol is one character that is as wide on every terminal.
fn is_certain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let only = characters.next().filter(|_| characters.next().is_none());
    only.and_then(certain).is_some()
}

#[cfg(test)]
mod tests;
