//! The keys that can follow the ones pressed, with what each does.

use ratatui::layout::Rect;

use crate::app::App;
use crate::keys::Next;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the keys above the footer.
pub fn draw(pen: &mut Pen, app: &App) {
    let screen = pen.area();
    let columns = (screen.width / 26).max(1);
    let count = u16::try_from(app.pending.len()).unwrap_or(1);
    let rows = count.div_ceil(columns) + 2;
    let area = Rect {
        x: screen.x,
        y: screen.bottom().saturating_sub(rows + 2),
        width: screen.width,
        height: rows,
    };
    pen.clear(area);
    let inside = pen.boxed(area, &pen.facts.t("popup-which-key"), theme::TITLE);
    let cells = inside.width / columns;
    for (place, (key, next)) in app.pending.iter().enumerate() {
        let place = u16::try_from(place).unwrap_or(0);
        let x = inside.x + (place % columns) * cells;
        let y = inside.y + place / columns;
        let name = match next {
            Next::Action(action) => app.facts.texts.name("action", action.id()),
            Next::More => app.facts.t("key-more"),
        };
        let taken = pen.text(x, y, cells, &format!("{key} "), theme::KEY);
        pen.text(
            x + taken,
            y,
            cells.saturating_sub(taken + 1),
            &name,
            theme::PLAIN,
        );
    }
}
