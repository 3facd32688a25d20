//! A list to choose from: what is typed on top, the entries it leaves below; one that cannot be
//! chosen stands in brackets with its reason.

use ratatui::layout::Rect;

use super::centred;
use crate::app::picker::Picker;
use crate::text::width::width;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popup.
pub fn draw(pen: &mut Pen, picker: &Picker) {
    let facts = pen.facts;
    let screen = pen.area();
    let items = picker.shown();
    let rows = u16::try_from(picker.items.len())
        .unwrap_or(u16::MAX)
        .saturating_add(3);
    let height = rows.max(8).min(screen.height.saturating_sub(4));
    let area = centred(screen, screen.width.saturating_sub(16).min(76), height);
    pen.clear(area);
    let inside = pen.boxed(area, &facts.t(picker.title), theme::TITLE);
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
        pen.text(
            list.x,
            list.y,
            list.width,
            &facts.t("list-none-found"),
            theme::QUIET,
        );
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
