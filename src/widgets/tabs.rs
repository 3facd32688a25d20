//! The first row: the tabs with what waits and what is late, the site and the operator.
//!
//! ```text
//!  来访来电 12  投诉 3 逾期1  档案  客户                阳光花园物业 · 张敏
//! ```

use super::pen::Pen;
use super::theme;
use crate::app::App;
use crate::text::width::width;

/// Draws the row.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let facts = pen.facts;
    let mut x = area.x;
    for (place, pane) in app.panes.iter().enumerate() {
        let name = facts.texts.name("tab", pane.tab.id());
        let count = facts.count(pane.tab);
        let text = match count.map_or(0, |count| count.open) {
            0 => format!(" {name} "),
            open => format!(" {name} {open} "),
        };
        let style = if place == app.current {
            theme::SELECTED
        } else {
            theme::PLAIN
        };
        x += pen.text(x, area.y, area.width.saturating_sub(x), &text, style);
        if let Some(late) = count.map(|count| count.late).filter(|late| *late > 0) {
            let late = facts.tw("tab-late", &[("count", &late)]);
            x += pen.text(
                x,
                area.y,
                area.width.saturating_sub(x),
                &format!("{late} "),
                theme::ALARM,
            );
        }
    }
    let dot = facts.glyphs.set().dot;
    let mut who = Vec::new();
    if let Some(site) = &facts.site {
        if site.rehearsal {
            who.push(facts.t("rehearsal"));
        }
        who.push(site.name.clone());
    }
    who.extend(
        facts
            .operator
            .as_ref()
            .map(|operator| operator.name.clone()),
    );
    let who = who.join(&format!(" {dot} "));
    let cells = u16::try_from(width(&who)).unwrap_or(u16::MAX);
    let room = area.right().saturating_sub(x + 2);
    let taken = cells.min(room);
    pen.text(
        area.right().saturating_sub(taken + 1),
        area.y,
        taken,
        &who,
        theme::QUIET,
    );
}
