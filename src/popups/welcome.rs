//! The first start: which kind of site, who works here, sample data or not; all filled in.

use std::cell::Cell;

use ratatui::layout::Rect;

use super::centred;
use crate::app::form::Form;
use crate::widgets::form;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popup.
pub fn draw(pen: &mut Pen, open: &Form) {
    let screen = pen.area();
    let text = [TextLine::plain(pen.facts.t("welcome-text"))];
    let across = screen.width.saturating_sub(8).min(70);
    // The words, an empty row, the fields, the button, two rows for what is wrong, the border.
    let shown = open.fields.iter().filter(|field| field.shown).count();
    let rows = lines::rows(&text, across.saturating_sub(2)) + shown + 6;
    let area = centred(screen, across, u16::try_from(rows).unwrap_or(u16::MAX));
    pen.clear(area);
    let inside = pen.boxed(area, &pen.facts.t("popup-welcome"), theme::TITLE);
    let used = lines::draw(
        pen,
        Rect {
            height: 4,
            ..inside
        },
        &text,
        &Cell::new(0),
    ) + 1;
    let below = Rect {
        y: inside.y + used,
        height: inside.height.saturating_sub(used),
        ..inside
    };
    form::draw(pen, below, open, true);
}
