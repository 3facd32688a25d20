//! A list to choose from: what is typed on top, the entries it leaves below; one that cannot be
//! chosen stands in brackets with its reason.

use ratatui::layout::Rect;

use super::{NARROWEST, centred};
use crate::app::picker::{Item, Picker};
use crate::text::width::width;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Columns and rows: what all entries take where they are known, else enough for a good few. What
/// is typed does not change the size.
fn size(picker: &Picker, screen: Rect, title: &str) -> (u16, u16) {
    let widest = screen.width.saturating_sub(16).min(76);
    let highest = screen.height.saturating_sub(4);
    if picker.asks {
        return (widest, highest.min(12));
    }
    let entry = |item: &Item| {
        let note = item.why_not.as_ref().unwrap_or(&item.note);
        width(&item.label) + width(note) + 8
    };
    let wanted = picker.items.iter().map(entry).max().unwrap_or(0);
    let across = u16::try_from(wanted.max(width(title) + 6)).unwrap_or(widest);
    let rows = u16::try_from(picker.items.len()).unwrap_or(u16::MAX);
    (
        across.clamp(NARROWEST.min(widest), widest),
        rows.saturating_add(3).min(highest),
    )
}

/// Where it stands: in the middle, or, where it is about a row of what lies under it, beside that row.
fn place(screen: Rect, across: u16, down: u16, row: Option<u16>) -> Rect {
    let area = centred(screen, across, down);
    let Some(row) = row else { return area };
    let above = row.saturating_sub(screen.y);
    let below = screen.bottom().saturating_sub(row + 2);
    let (y, height) = if below >= down || below >= above {
        (row + 1, down.min(below))
    } else {
        let height = down.min(above);
        (row - height, height)
    };
    Rect { y, height, ..area }
}

/// Draws the popup; `row` is the row of the screen that it is about and does not cover.
pub fn draw(pen: &mut Pen, picker: &Picker, row: Option<u16>) {
    let facts = pen.facts;
    let screen = pen.area();
    let items = picker.shown();
    let mut title = facts.t(picker.title);
    if !picker.about.is_empty() {
        title = format!("{title}  {}", picker.about);
    }
    let (across, down) = size(picker, screen, &title);
    let area = place(screen, across, down, row);
    pen.clear(area);
    let inside = pen.boxed(area, &title, theme::TITLE);
    let view = picker
        .typed
        .view(usize::from(inside.width.saturating_sub(2)), 1);
    let typed = view.lines.first().map_or("", String::as_str);
    pen.text(inside.x, inside.y, 2, ">", theme::KEY);
    pen.row(
        inside.x + 2,
        inside.y,
        inside.width.saturating_sub(2),
        typed,
        theme::FIELD,
    );
    pen.caret(
        inside.x + 2 + u16::try_from(view.cursor.0).unwrap_or(0),
        inside.y,
    );
    let list = Rect {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1),
        ..inside
    };
    if items.is_empty() {
        let none = facts.t(if picker.asks {
            "list-none-found"
        } else {
            "none-found"
        });
        pen.text(list.x, list.y, list.width, &none, theme::QUIET);
    }
    let room = usize::from(list.height).max(1);
    let top = (picker.selected + 1).saturating_sub(room);
    for (place, item) in items.iter().enumerate().skip(top).take(room) {
        let y = list.y + u16::try_from(place - top).unwrap_or(0);
        let (text, note, style) = match &item.why_not {
            Some(reason) => (format!("({})", item.label), reason, theme::QUIET),
            None => (item.label.clone(), &item.note, theme::PLAIN),
        };
        let half = list.width / 2;
        let cells = u16::try_from(width(note)).unwrap_or(u16::MAX).min(half);
        let left = list.width.saturating_sub(cells + 2);
        let taken = pen.text(list.x + 1, y, left, &text, style);
        let room = list.width.saturating_sub(taken + 3);
        let cells = u16::try_from(width(note)).unwrap_or(u16::MAX).min(room);
        pen.text(
            list.right().saturating_sub(cells + 1),
            y,
            cells,
            note,
            theme::QUIET,
        );
        if place == picker.selected {
            pen.text(list.x, y, 1, facts.glyphs.set().selected, theme::KEY);
            pen.style(
                Rect {
                    y,
                    height: 1,
                    ..list
                },
                theme::SELECTED,
            );
        }
    }
}
