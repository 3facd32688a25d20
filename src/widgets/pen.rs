//! The one way to the screen: text cleaned and cut to its place, boxes, cleared areas, the caret.

use ratatui::Frame;
use ratatui::buffer::CellWidth;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::theme;
use crate::app::facts::Facts;
use crate::text::width::{certain, grapheme_width, indexed};

/// Draws on one frame.
pub struct Pen<'a, 'b> {
    /// The frame.
    frame: &'a mut Frame<'b>,
    /// What may be known.
    pub facts: &'a Facts,
}

impl std::fmt::Debug for Pen<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pen").finish_non_exhaustive()
    }
}

impl<'a, 'b> Pen<'a, 'b> {
    /// A pen for a frame.
    pub fn new(frame: &'a mut Frame<'b>, facts: &'a Facts) -> Self {
        Self { frame, facts }
    }

    /// The whole screen.
    pub fn area(&self) -> Rect {
        self.frame.area()
    }

    /// Writes a text of one line in at most `cells` cells. Returns how many it took.
    pub fn text(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let area = self.frame.area();
        if y >= area.bottom() || x >= area.right() {
            return 0;
        }
        let cells = cells.min(area.right() - x);
        if let Some((fits, is_cut)) = fitting(text, usize::from(cells)) {
            let taken = self.write_certain(x, y, fits, style);
            let mark = self.facts.glyphs.set().ellipsis;
            let cut = if is_cut { mark } else { "" };
            return taken + self.write(x + taken, y, cut, style);
        }
        let shown = self.facts.glyphs.truncate(text, usize::from(cells));
        self.write(x, y, &shown, style)
    }

    /// Writes characters that are certain.
    fn write_certain(&mut self, x: u16, y: u16, shown: &str, style: Style) -> u16 {
        let buffer = self.frame.buffer_mut();
        let mut next = x;
        for c in shown.chars() {
            if let Some(cell) = buffer.cell_mut((next, y)) {
                cell.set_char(c).set_style(style);
            }
            next += 1;
            if certain(c) == Some(2) {
                if let Some(cell) = buffer.cell_mut((next, y)) {
                    cell.reset();
                }
                next += 1;
            }
        }
        next - x
    }

    /// Writes what has been cut to its place; as the drawing library writes a text, but without
    /// looking up what is certain.
    fn write(&mut self, x: u16, y: u16, shown: &str, style: Style) -> u16 {
        let buffer = self.frame.buffer_mut();
        let mut next = x;
        for (_, grapheme) in indexed(shown) {
            let cells = u16::try_from(grapheme_width(grapheme)).unwrap_or(0);
            if cells == 0 {
                continue;
            }
            if let Some(cell) = buffer.cell_mut((next, y)) {
                cell.set_symbol(grapheme).set_style(style);
            }
            for covered in next + 1..next + cells {
                if let Some(cell) = buffer.cell_mut((covered, y)) {
                    cell.reset();
                }
            }
            next += cells;
        }
        next - x
    }

    /// Writes a text and fills the rest of its cells.
    pub fn row(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) {
        let shown = self.facts.glyphs.pad(text, usize::from(cells));
        self.text(x, y, cells, &shown, style);
    }

    /// Styles cells that are written already.
    pub fn style(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.frame.area());
        self.frame.buffer_mut().set_style(area, style);
    }

    /// Empties an area. A character two cells wide that begins left of it and reaches into it is
    /// taken away whole; otherwise the terminal would not draw the border that covers half of it.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.frame.area());
        let buffer = self.frame.buffer_mut();
        for y in area.top()..area.bottom() {
            if let Some(left) = area.left().checked_sub(1)
                && let Some(cell) = buffer.cell_mut((left, y))
                && cell.cell_width() > 1
            {
                cell.set_symbol(" ");
            }
            for x in area.left()..area.right() {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.reset();
                }
            }
        }
    }

    /// Draws a box with a title and returns what is inside.
    pub fn boxed(&mut self, area: Rect, title: &str, style: Style) -> Rect {
        let set = self.facts.glyphs.set();
        let across = usize::from(area.width.saturating_sub(2));
        let line = set.horizontal.repeat(across);
        let last = area.bottom().saturating_sub(1);
        self.put(
            area.x,
            area.y,
            &format!("{}{line}{}", set.top_left, set.top_right),
        );
        self.put(
            area.x,
            last,
            &format!("{}{line}{}", set.bottom_left, set.bottom_right),
        );
        for y in area.y + 1..last {
            self.put(area.x, y, set.vertical);
            self.put(area.right().saturating_sub(1), y, set.vertical);
        }
        if !title.is_empty() {
            let room = area.width.saturating_sub(4);
            self.text(area.x + 2, area.y, room, &format!(" {title} "), style);
        }
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: area.width.saturating_sub(2),
            height: area.height.saturating_sub(2),
        }
    }

    /// Draws a line across with a title in it.
    pub fn rule(&mut self, area: Rect, y: u16, title: &str) {
        let set = self.facts.glyphs.set();
        let line = set.horizontal.repeat(usize::from(area.width));
        self.put(area.x, y, &line);
        if !title.is_empty() {
            self.text(
                area.x + 1,
                y,
                area.width.saturating_sub(2),
                &format!(" {title} "),
                theme::TITLE,
            );
        }
    }

    fn put(&mut self, x: u16, y: u16, text: &str) {
        let area = self.frame.area();
        if y < area.bottom() && x < area.right() {
            let room = usize::from(area.right() - x);
            self.frame
                .buffer_mut()
                .set_stringn(x, y, text, room, theme::QUIET);
        }
    }

    /// Puts the caret of the terminal here; the window of an input method follows it.
    pub fn caret(&mut self, x: u16, y: u16) {
        let area = self.frame.area();
        let x = x.min(area.right().saturating_sub(1));
        let y = y.min(area.bottom().saturating_sub(1));
        self.frame.set_cursor_position(Position { x, y });
    }
}

/// What of a text is shown in so many cells, and whether it is followed by the mark of a cut;
/// none where a character is not certain, and the long way has to be gone. Nearly every text on
/// the screen goes this short one, with each key.
fn fitting(text: &str, cells: usize) -> Option<(&str, bool)> {
    let beside_mark = cells.checked_sub(1)?;
    let (mut used, mut cut) = (0, 0);
    for (at, c) in text.char_indices() {
        let wide = certain(c)?;
        if used <= beside_mark {
            cut = at;
        }
        used += wide;
        if used > cells {
            return Some((text.get(..cut)?, true));
        }
    }
    Some((text, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::show::Glyphs;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_short_way_shows_what_the_long_one_shows(
            text in "([a-z ]|[一-十]|，|…|\u{301}){0,20}",
            cells in 0_usize..24,
        ) {
            if let Some((fits, is_cut)) = fitting(&text, cells) {
                let mark = if is_cut { Glyphs::default().set().ellipsis } else { "" };
                let long = Glyphs::default().truncate(&text, cells);
                prop_assert_eq!(format!("{fits}{mark}"), long);
            }
        }
    }
}
