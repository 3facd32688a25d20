//! What of a buffer is to be seen in an area, and moving by the lines that are seen.
//!
//! Widths here are those of the text as it is shown (`show`), not as it is kept, so that the
//! caret is where the drawing puts the character. The last column is kept for the caret.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Edit;
use crate::text::show;
use crate::text::width::grapheme_width;
use crate::text::wrap::wrap_by;

/// What of a buffer is to be seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct View {
    /// The lines, fit to be shown, none wider than the area.
    pub lines: Vec<String>,
    /// The column and the row of the caret in the area, in cells from zero.
    pub cursor: (usize, usize),
    /// For each line the columns that are selected, if any.
    pub selected: Vec<Option<Range<usize>>>,
}

impl Edit {
    /// What is to be seen in an area of `width` by `height` cells, scrolled so that the caret is
    /// in it. A field of one line uses one row.
    pub fn view(&self, width: usize, height: usize) -> View {
        if self.is_note() {
            self.view_note(width.max(1), height.max(1))
        } else {
            self.view_line(width.max(1))
        }
    }

    /// One visual line up in a note shown `width` cells wide. Returns whether there was one.
    pub fn up(&mut self, width: usize) -> bool {
        self.by_lines(width, |row| row.checked_sub(1))
    }

    /// One visual line down in a note shown `width` cells wide. Returns whether there was one.
    pub fn down(&mut self, width: usize) -> bool {
        self.by_lines(width, |row| row.checked_add(1))
    }

    fn view_line(&self, width: usize) -> View {
        let value = self.value();
        let caret = self.caret();
        // The least scrolling that leaves the caret a cell: the value is seen from its start
        // for as long as possible.
        let mut start = 0;
        let mut column = shown_width(value, 0..caret);
        for grapheme in value.get(..caret).unwrap_or_default().graphemes(true) {
            if column < width {
                break;
            }
            column -= shown_grapheme_width(grapheme);
            start += grapheme.len();
        }
        let line = self.row(start..value.len(), width);
        View {
            lines: vec![line.0],
            cursor: (column, 0),
            selected: vec![line.1],
        }
    }

    fn view_note(&self, width: usize, height: usize) -> View {
        let rows = self.rows(width);
        let row = row_of(&rows, self.caret());
        let top = (row + 1).saturating_sub(height);
        let start = rows.get(row).map_or(0, |range| range.start);
        let column = shown_width(self.value(), start..self.caret()).min(width - 1);
        let mut view = View {
            cursor: (column, row - top),
            ..View::default()
        };
        for range in rows.into_iter().skip(top).take(height) {
            let (line, selected) = self.row(range, width);
            view.lines.push(line);
            view.selected.push(selected);
        }
        view
    }

    /// The part of the value in `range` as it is shown in at most `width` cells, and the columns
    /// of it that are selected.
    fn row(&self, range: Range<usize>, width: usize) -> (String, Option<Range<usize>>) {
        let selection = self.selection().unwrap_or(0..0);
        let mut line = String::new();
        let mut column = 0;
        let mut selected: Option<Range<usize>> = None;
        let text = self.value().get(range.clone()).unwrap_or_default();
        for (at, grapheme) in text.grapheme_indices(true) {
            let cells = shown_grapheme_width(grapheme);
            if column + cells > width {
                break;
            }
            line.push_str(&show::grapheme(grapheme));
            if selection.contains(&(range.start + at)) {
                let from = selected.map_or(column, |already| already.start);
                selected = Some(from..column + cells);
            }
            column += cells;
        }
        (line, selected)
    }

    /// The visual lines; the caret at the end of a full line needs a column of its own.
    fn rows(&self, width: usize) -> Vec<Range<usize>> {
        wrap_by(self.value(), width.saturating_sub(1), shown_grapheme_width)
    }

    fn by_lines(&mut self, width: usize, step: impl Fn(usize) -> Option<usize>) -> bool {
        let rows = self.rows(width);
        let row = row_of(&rows, self.caret());
        let start = rows.get(row).map_or(0, |range| range.start);
        let goal = self
            .goal
            .unwrap_or_else(|| shown_width(self.value(), start..self.caret()));
        let Some(target) = step(row).and_then(|row| rows.get(row)).cloned() else {
            return false;
        };
        let continues = rows
            .iter()
            .any(|next| next.start == target.end && *next != target);
        let mut caret = target.start;
        let mut column = 0;
        let line = self.value().get(target.clone()).unwrap_or_default();
        for (at, grapheme) in line.grapheme_indices(true) {
            let end = target.start + at + grapheme.len();
            column += shown_grapheme_width(grapheme);
            // The end of a line that continues below is seen as the start of the line below.
            if column > goal || (continues && end == target.end) {
                break;
            }
            caret = end;
        }
        self.place(caret);
        self.goal = Some(goal);
        true
    }
}

/// The row in which a place is; between two rows, the lower one.
fn row_of(rows: &[Range<usize>], at: usize) -> usize {
    rows.iter()
        .rposition(|range| range.start <= at)
        .unwrap_or(0)
}

fn shown_width(value: &str, range: Range<usize>) -> usize {
    let text = value.get(range).unwrap_or_default();
    text.graphemes(true).map(shown_grapheme_width).sum()
}

fn shown_grapheme_width(grapheme: &str) -> usize {
    grapheme_width(&show::grapheme(grapheme))
}
