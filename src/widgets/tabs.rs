//! The first row: the tabs with what waits and what is late, the site and the operator.
//!
//! ```text
//!  来访来电 12  投诉 3 逾期 1  档案  客户                阳光花园物业 · 张敏
//! ```

use ratatui::style::Style;

use super::pen::Pen;
use super::theme;
use crate::app::App;
use crate::app::facts::Facts;
use crate::domain::profile::Tab;
use crate::text::width::width;

/// Draws the row.
pub fn draw(pen: &mut Pen, app: &App) {
    let area = pen.area();
    let facts = pen.facts;
    if let Some(banner) = app.banner() {
        let style = theme::ALARM.patch(theme::SELECTED);
        return pen.row(area.x, area.y, area.width, &format!(" ! {banner}"), style);
    }
    let whole = named(app, false);
    let wanted = usize::from(area.width).saturating_sub(wanted(facts));
    // The tab that is shown keeps its name; the others give way to whose desk it is.
    let tabs = if taken(&whole) > wanted {
        named(app, true)
    } else {
        whole
    };
    let mut x = area.x;
    for (text, style) in tabs {
        x += pen.text(x, area.y, area.width.saturating_sub(x), &text, style);
    }
    if app.is_short_of_space() {
        let text = format!(" ! {} ", facts.t("tab-low-space"));
        x += pen.text(x, area.y, area.width.saturating_sub(x), &text, theme::ALARM);
    }
    let room = area.right().saturating_sub(x + 2);
    let who = who(facts, usize::from(room));
    let taken = u16::try_from(width(&who)).unwrap_or(room).min(room);
    pen.text(
        area.right().saturating_sub(taken + 1),
        area.y,
        taken,
        &who,
        theme::QUIET,
    );
}

/// The tabs with what waits and what is late, each part with its style; with short names but for the one
/// that is shown.
fn named(app: &App, short: bool) -> Vec<(String, Style)> {
    let facts = &app.facts;
    let mut parts = Vec::new();
    for (place, pane) in app.panes.iter().enumerate() {
        let current = place == app.current;
        let mut key = format!("tab-{}", pane.tab.id());
        if short && !current {
            key.push_str(".short");
        }
        let name = facts.t(&key);
        let count = facts.count(pane.tab);
        let before = if short && !current { "" } else { " " };
        let text = match count.map_or(0, |count| count.open) {
            0 => format!("{before}{name} "),
            // What the day asks for is counted so far and no further.
            100.. if pane.tab == Tab::FollowUps => format!("{before}{name} 99+ "),
            open => format!("{before}{name} {open} "),
        };
        let style = if current {
            theme::SELECTED
        } else {
            theme::PLAIN
        };
        parts.push((text, style));
        if let Some(late) = count.map(|count| count.late).filter(|late| *late > 0) {
            let late = facts.tw("tab-late", &[("count", &late)]);
            parts.push((format!("{late} "), theme::ALARM));
        }
    }
    parts
}

fn taken(parts: &[(String, Style)]) -> usize {
    parts.iter().map(|(text, _)| width(text)).sum()
}

/// The room in which the site's name tells something beside the operator's.
fn wanted(facts: &Facts) -> usize {
    let site = facts.site.as_ref().map(|site| width(&site.name));
    let site = site.map_or(0, |site| site.min(LEAST_NAME));
    let none = width(&who(facts, 0));
    let gap = width(facts.glyphs.set().dot) + 2;
    none + site + gap + 3
}

/// Whether this is a rehearsal, which site, and who works. Where the room is short the name of
/// the site gives way: the operator must see in whose name he works.
fn who(facts: &Facts, room: usize) -> String {
    let gap = format!(" {} ", facts.glyphs.set().dot);
    let rehearsal = facts.site.as_ref().is_some_and(|site| site.rehearsal);
    let rehearsal = rehearsal.then(|| facts.t("rehearsal"));
    let operator = facts
        .operator
        .as_ref()
        .map(|operator| operator.name.clone());
    let taken: usize = [&rehearsal, &operator]
        .into_iter()
        .flatten()
        .map(|part| width(part) + width(&gap))
        .sum();
    let left = room.saturating_sub(taken);
    let site = facts.site.as_ref().filter(|_| left >= LEAST_NAME);
    let site = site.map(|site| facts.glyphs.truncate(&site.name, left));
    let parts: Vec<String> = [rehearsal, site, operator].into_iter().flatten().collect();
    parts.join(&gap)
}

/// A name cut to fewer cells tells nothing.
const LEAST_NAME: usize = 8;
