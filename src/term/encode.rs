//! Cells as the bytes that draw them, as few as there can be: over a slow line every byte is felt.
//!
//! What the terminal shows is remembered ([`Shown`]), so that only what differs is written, and a
//! few cells between are written again where that is shorter than a move. Where the cursor stands
//! after a character is only relied on where all terminals agree how wide it is, and not at the
//! end of a row. What is drawn is decided elsewhere.

mod look;
mod out;
mod shown;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Position;

use crate::text::width::certain;
use look::{Look, PLAIN};
use out::{Out, erasing, forward};
pub(super) use shown::Shown;
use shown::{Line, is_blank};

/// The bytes that make the terminal show these cells, which come row by row, beside what it shows
/// already; and where the cursor is then, where that is known. It begins where it is known to be,
/// with the look of the terminal plain, and leaves it so.
pub(super) fn encode<'a>(
    shown: &mut Shown,
    cursor: Option<Position>,
    cells: impl Iterator<Item = (u16, u16, &'a Cell)>,
) -> (Vec<u8>, Option<Position>) {
    let mut out = Out::new(cursor);
    let mut cells = cells.peekable();
    while let Some((_, y, _)) = cells.peek().copied() {
        let row = std::iter::from_fn(|| cells.next_if(|cell| cell.1 == y));
        let line = shown.lay(y, row.map(|(x, _, cell)| (x, cell)));
        let end = draw(&mut out, y, line);
        if end.is_some_and(|end| !shown.is_inside(end)) {
            out.lose_column();
        }
    }
    out.end()
}

/// Draws what has to be written of a row, from left to right, so that the rest of what one
/// character cut is written right after it. Says after which column it ended.
fn draw(out: &mut Out, y: u16, line: Line) -> Option<u16> {
    let mut end = None;
    while let Some((x, cell)) = line.next(end.unwrap_or(0)) {
        fill(out, x, y, line);
        end = Some(if is_blank(cell) {
            blanks(out, x, y, line)
        } else {
            out.go(x, y);
            write(out, cell);
            x.saturating_add(cell.cell_width().max(1))
        });
    }
    end
}

fn write(out: &mut Out, cell: &Cell) {
    out.wear(Look::of(cell));
    out.put(cell.symbol(), steady(cell.symbol()));
}

/// Writes the cells between the cursor and a column again, where that is no longer than moving.
fn fill(out: &mut Out, x: u16, y: u16, line: Line) {
    let Some(from) = out.column_in(y).filter(|from| *from < x) else {
        return;
    };
    let mut left = usize::from(forward(x - from));
    let mut at = from;
    while at < x {
        let Some(cell) = line.get(at) else {
            return;
        };
        let fits = Look::of(cell) == out.look() || is_blank(cell) && out.look().is_empty();
        let (Some(cells), Some(rest)) = (
            steady(cell.symbol()).filter(|_| fits),
            left.checked_sub(cell.symbol().len()),
        ) else {
            return;
        };
        left = rest;
        at += cells;
    }
    let mut at = from;
    while let Some(cell) = line.get(at).filter(|_| at < x) {
        out.put(cell.symbol(), steady(cell.symbol()));
        at += cell.cell_width().max(1);
    }
}

/// Writes a run of blanks, or erases it where that is shorter. Says where it ends.
///
/// Where the last of them cuts a wide character, it is written: an erased half leaves on some
/// terminals a cell behind that is no column any more.
fn blanks(out: &mut Out, x: u16, y: u16, line: Line) -> u16 {
    let end = line.end_of_blanks(x);
    let cells = end - x;
    let written = u16::from(line.is_cut(end));
    let erased = cells - written;
    let then = line.next(end).map(|(then, _)| then);
    let onward = |from: u16| then.map_or(0, |then| forward(then - from));
    let erasing = match written {
        0 => erasing(erased) + onward(x),
        _ => erasing(erased) + forward(erased) + 1 + onward(end),
    };
    out.go(x, y);
    if !out.look().is_empty() {
        out.wear(PLAIN);
    }
    let spaces = if cells + onward(end) <= erasing {
        cells
    } else {
        out.erase(erased);
        written
    };
    if spaces > 0 {
        out.go(end - spaces, y);
        (0..spaces).for_each(|_| out.put(" ", Some(1)));
    }
    end
}

/// The cells of a symbol that is one character and as wide on every terminal: after any other the
/// column is said again. Lines, marks and Latin letters are among them, because a terminal that
/// draws those two cells wide is found out at start and gets none.
fn steady(symbol: &str) -> Option<u16> {
    let mut characters = symbol.chars();
    let only = characters.next().filter(|_| characters.next().is_none())?;
    if let Some(cells) = certain(only) {
        return u16::try_from(cells).ok();
    }
    let is_drawn = matches!(only, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{52f}' | '\u{2010}'..='\u{25ff}');
    (is_drawn && symbol.cell_width() == 1).then_some(1)
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
