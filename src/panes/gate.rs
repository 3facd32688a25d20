//! What is on the screen while the gate is shut: which desk this is and what time it is, and
//! nothing of any customer.

use crate::app::App;
use crate::text::width::width;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the first row, and below it the site's line of text if it has one (A09-1.3); who signs in stands in a popup over the empty rest.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let facts = pen.facts;
    if let Some(banner) = app.banner() {
        let style = theme::ALARM.patch(theme::SELECTED);
        return pen.row(area.x, area.y, area.width, &format!(" ! {banner}"), style);
    }
    let site = facts.site.as_ref().map(|site| site.name.as_str());
    let program = facts.t("program");
    let dot = facts.glyphs.set().dot;
    let name = match site {
        Some(site) => format!("{program} {dot} {site}"),
        None => program,
    };
    let now = facts.when(app.facts.now);
    let right = u16::try_from(width(&now)).unwrap_or(0) + 1;
    let room = area.width.saturating_sub(right + 2);
    pen.text(area.x + 1, area.y, room, &name, theme::TITLE);
    let x = area.right().saturating_sub(right);
    pen.text(x, area.y, right, &now, theme::LABEL);
    if let Some(motto) = &facts.profile.motto {
        let room = area.width.saturating_sub(2);
        let motto = facts.glyphs.truncate(facts.words(motto), usize::from(room));
        pen.text(area.x + 1, area.y + 1, room, &motto, theme::PLAIN);
    }
}
