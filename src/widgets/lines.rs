//! A text of many lines, wrapped to its place and scrolled.

use std::cell::Cell;

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::theme;
use crate::app::facts::Facts;
use crate::text::show;
use crate::text::width::width;
use crate::text::wrap::wrap;

/// One line: a label that may be empty, and a text that may be wrapped beside it.
#[derive(Debug, Clone)]
pub struct TextLine {
    /// The label, in its own column.
    pub label: String,
    /// The text.
    pub text: String,
    /// How the text is drawn.
    pub style: Style,
    /// The rows it takes whatever its text is; without, as many as the text needs.
    pub rows: Option<usize>,
}

impl TextLine {
    /// A text over the whole width.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            label: String::new(),
            text: text.into(),
            style: theme::PLAIN,
            rows: None,
        }
    }

    /// A title over the whole width.
    pub fn title(text: impl Into<String>) -> Self {
        Self {
            style: theme::TITLE,
            ..Self::plain(text)
        }
    }

    /// A text beside a label.
    pub fn labelled(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            ..Self::plain(text)
        }
    }

    /// The same in another style.
    #[must_use]
    pub fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }
}

/// The lines of fields in words: [`of_fields`] or [`in_places`].
pub type Fields = fn(&[(&'static str, String)], &Facts) -> Vec<TextLine>;

/// The lines of fields in words, those without a value left out.
pub fn of_fields(fields: &[(&'static str, String)], facts: &Facts) -> Vec<TextLine> {
    fields
        .iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| TextLine::labelled(facts.label(name), value.clone()))
        .collect()
}

/// The same with a place of its own for each field, with a value or without: none moves when
/// another record is shown in the same place, so that the eye finds it and little is drawn anew.
pub fn in_places(fields: &[(&'static str, String)], facts: &Facts) -> Vec<TextLine> {
    fields
        .iter()
        .map(|(name, value)| TextLine {
            rows: Some(rows_of(name)),
            ..TextLine::labelled(facts.label(name), value.clone())
        })
        .collect()
}

/// The rows of a field that has a place of its own; what is longer is cut, with a mark, and
/// stands whole in the record when that is opened.
fn rows_of(field: &str) -> usize {
    match field {
        "text" => 5,
        "address" | "answer" | "last_note" | "note" | "outcome" | "reason" | "remarks"
        | "title" => 2,
        _ => 1,
    }
}

/// Widest column of labels.
const LABELS: usize = 16;

/// Draws lines from the one `scroll` says, which it keeps inside the text. Returns the rows used.
pub fn draw(pen: &mut Pen, area: Rect, lines: &[TextLine], scroll: &Cell<usize>) -> u16 {
    let indent = indent(lines);
    let rows = laid_out(lines, area.width, indent);
    let most = rows.len().saturating_sub(usize::from(area.height));
    scroll.set(scroll.get().min(most));
    let shown = rows
        .iter()
        .skip(scroll.get())
        .take(usize::from(area.height));
    let mut y = area.y;
    for (label, text, style, x) in shown {
        pen.text(area.x, y, indent.saturating_sub(1), label, theme::LABEL);
        pen.text(area.x + x, y, area.width.saturating_sub(*x), text, *style);
        y += 1;
    }
    if most > scroll.get() {
        let set = pen.facts.glyphs.set();
        pen.text(
            area.right().saturating_sub(1),
            area.bottom().saturating_sub(1),
            1,
            set.down,
            theme::KEY,
        );
    }
    y - area.y
}

/// Cells before the texts that have labels.
fn indent(lines: &[TextLine]) -> u16 {
    let labels = lines.iter().map(|line| width(&line.label)).max();
    let labels = labels.unwrap_or(0).min(LABELS);
    u16::try_from(if labels == 0 { 0 } else { labels + 1 }).unwrap_or(0)
}

/// Cells that the lines take where none is wrapped.
pub fn widest(lines: &[TextLine]) -> usize {
    let indent = usize::from(indent(lines));
    let cells = |line: &TextLine| {
        let before = if line.label.is_empty() { 0 } else { indent };
        let parts = line.text.split('\n').map(|part| width(&show::cell(part)));
        before + parts.max().unwrap_or(0)
    };
    lines.iter().map(cells).max().unwrap_or(0)
}

/// Rows that the lines take in so many cells.
pub fn rows(lines: &[TextLine], cells: u16) -> usize {
    laid_out(lines, cells, indent(lines)).len()
}

type LaidOut<'a> = (&'a str, String, Style, u16);

fn laid_out(lines: &[TextLine], cells: u16, indent: u16) -> Vec<LaidOut<'_>> {
    let mut rows = Vec::new();
    for line in lines {
        let x = if line.label.is_empty() { 0 } else { indent };
        let room = usize::from(cells.saturating_sub(x)).max(4);
        let text: String = line
            .text
            .split('\n')
            .map(show::cell)
            .collect::<Vec<_>>()
            .join("\n");
        let mut parts = wrap(&text, room);
        if let Some(rows) = line.rows {
            // What is longer is cut where it is drawn.
            if let Some(last) = rows.checked_sub(1).and_then(|last| parts.get_mut(last)) {
                last.end = text.len();
            }
            parts.resize(rows, text.len()..text.len());
        }
        for (place, range) in parts.into_iter().enumerate() {
            let part = text.get(range).unwrap_or_default().trim_end().to_owned();
            let label = if place == 0 { line.label.as_str() } else { "" };
            rows.push((label, part, line.style, x));
        }
    }
    rows
}
