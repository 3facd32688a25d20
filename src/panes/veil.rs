//! The cover over the whole screen: the key that takes it away, and nothing of anybody.

use ratatui::layout::Rect;

use crate::app::App;
use crate::keys::Action;
use crate::text::width::width;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the cover.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let key = app.key_of(Action::Veil);
    let lines = [
        pen.facts.t("veil-title"),
        pen.facts.tw("veil-text", &[("key", &key)]),
    ];
    let middle = area.y + area.height / 2;
    for (row, line) in (middle..).zip(&lines) {
        let wide = u16::try_from(width(line))
            .unwrap_or(area.width)
            .min(area.width);
        let place = Rect {
            x: area.x + (area.width - wide) / 2,
            y: row,
            width: wide,
            height: 1,
        };
        pen.row(place.x, place.y, place.width, line, theme::TITLE);
    }
}
