//! A drawn screen as something to read: plain text, text with styles, SVG and JSON.
//!
//! The tape player, the documentation's pictures and snapshot tests use this. It draws nothing
//! itself: it is handed a ratatui buffer with the caret's place and knows no pane, record or key.

mod json;
mod styled;
mod svg;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

pub use json::json;
pub use styled::styled;
pub use svg::svg;

/// How a cell is drawn, beside its character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self {
        fg: Color::Reset,
        bg: Color::Reset,
        modifier: Modifier::empty(),
    };

    /// In words: `fg=yellow bg=blue bold`.
    fn words(self) -> String {
        let mut words = String::new();
        for (name, color) in [("fg", self.fg), ("bg", self.bg)] {
            if color != Color::Reset {
                let color = color.to_string().to_lowercase();
                let _ = write!(words, "{name}={color} ");
            }
        }
        for (name, _) in self.modifier.iter_names() {
            let _ = write!(words, "{} ", name.to_lowercase());
        }
        words.truncate(words.trim_end().len());
        words
    }
}

/// One character on the screen with the cells it takes.
struct Glyph<'a> {
    x: u16,
    width: u16,
    symbol: &'a str,
    look: Look,
}

/// The characters of one row. The cell under the right half of a wide one is not among them.
fn glyphs(buffer: &Buffer, y: u16) -> impl Iterator<Item = Glyph<'_>> {
    let area = buffer.area;
    let mut x = area.left();
    std::iter::from_fn(move || {
        let cell = buffer
            .cell(Position { x, y })
            .filter(|_| x < area.right())?;
        let glyph = Glyph {
            x,
            width: cell.cell_width().max(1).min(area.right() - x),
            symbol: cell.symbol(),
            look: Look {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            },
        };
        x += glyph.width;
        Some(glyph)
    })
}

/// Characters beside each other that look the same.
struct Run {
    x: u16,
    width: u16,
    text: String,
    look: Look,
    /// Whether they take two cells each.
    wide: bool,
}

/// The row as runs. Wide and narrow characters never share a run, because only then can each be
/// held to its columns by whoever draws the run.
fn runs(buffer: &Buffer, y: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for glyph in glyphs(buffer, y) {
        let wide = glyph.width > 1;
        match runs.last_mut() {
            Some(run) if run.look == glyph.look && run.wide == wide => {
                run.text.push_str(glyph.symbol);
                run.width += glyph.width;
            }
            _ => runs.push(Run {
                x: glyph.x,
                width: glyph.width,
                text: glyph.symbol.to_owned(),
                look: glyph.look,
                wide,
            }),
        }
    }
    runs
}

/// The screen as lines of text, blanks at the end of a line left out.
pub fn text(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let row: String = glyphs(buffer, y).map(|glyph| glyph.symbol).collect();
        text.push_str(row.trim_end());
        text.push('\n');
    }
    text
}
