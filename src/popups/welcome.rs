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
    let area = centred(screen, screen.width.saturating_sub(8).min(70), 14);
    pen.clear(area);
    let inside = pen.boxed(area, &pen.facts.t("popup-welcome"), theme::TITLE);
    let text = TextLine::plain(pen.facts.t("welcome-text"));
    let used = lines::draw(
        pen,
        Rect {
            height: 4,
            ..inside
        },
        &[text],
        &Cell::new(0),
    ) + 1;
    let below = Rect {
        y: inside.y + used,
        height: inside.height.saturating_sub(used),
        ..inside
    };
    form::draw(pen, below, open, true);
}
