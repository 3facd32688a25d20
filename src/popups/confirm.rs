//! A question that names what it is about. No is marked until the operator marks yes.

use std::cell::Cell;

use ratatui::layout::Rect;

use super::centred;
use crate::app::popup::Confirm;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popup.
pub fn draw(pen: &mut Pen, confirm: &Confirm) {
    let screen = pen.area();
    let text: Vec<TextLine> = confirm.question.iter().map(TextLine::plain).collect();
    let across = screen.width.saturating_sub(10).min(64);
    let rows = u16::try_from(lines::rows(&text, across.saturating_sub(2))).unwrap_or(u16::MAX);
    let area = centred(screen, across, rows.saturating_add(4));
    pen.clear(area);
    let inside = pen.boxed(area, &pen.facts.t("popup-confirm"), theme::ALARM);
    let above = Rect {
        height: inside.height.saturating_sub(2),
        ..inside
    };
    lines::draw(pen, above, &text, &Cell::new(0));
    buttons(
        pen,
        inside,
        &["choice-no", "choice-yes"],
        usize::from(confirm.yes),
    );
}

/// Draws buttons in the last row of an area, one of them marked.
pub fn buttons(pen: &mut Pen, inside: Rect, keys: &[&str], marked: usize) {
    let y = inside.bottom().saturating_sub(1);
    let mut x = inside.x + 2;
    for (place, key) in keys.iter().enumerate() {
        let text = format!("[ {} ]", pen.facts.t(key));
        let style = if place == marked {
            theme::SELECTED
        } else {
            theme::PLAIN
        };
        if place == marked {
            pen.caret(x + 2, y);
        }
        x += pen.text(x, y, inside.width, &text, style) + 2;
    }
}
