//! A screen as JSON, for programs that look at screens.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use serde_json::{Value, json as object};

use super::{Look, runs, text};

/// The screen as one JSON object: `size`, `cursor` (column and row from 0, or null), `rows` (the
/// lines of text) and `styles` (every run that does not look plain: place, text, look in words).
pub fn json(buffer: &Buffer, cursor: Option<Position>) -> Value {
    let mut styles = Vec::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        for run in runs(buffer, y)
            .into_iter()
            .filter(|run| run.look != Look::PLAIN)
        {
            styles.push(object!({
                "x": run.x, "y": y, "width": run.width,
                "text": run.text, "style": run.look.words(),
            }));
        }
    }
    object!({
        "size": [buffer.area.width, buffer.area.height],
        "cursor": cursor.map(|at| [at.x, at.y]),
        "rows": text(buffer).lines().collect::<Vec<_>>(),
        "styles": styles,
    })
}
