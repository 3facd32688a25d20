//! What a step would do to the complaints that are marked: those it would be done to, with where
//! they would stand, then those that refuse, each with the reason and its clause.

use crate::app::App;
use crate::app::marking::Preview;
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(app: &App, preview: &Preview) -> Vec<TextLine> {
    let facts = &app.facts;
    let arrow = facts.glyphs.set().arrow;
    let (count, all) = (preview.count(), preview.rows.len());
    let step = facts.texts.name("form", preview.form.id());
    let mut lines = vec![TextLine::plain(
        facts.tw("preview-changes", &[("step", &step), ("count", &count)]),
    )];
    for row in &preview.rows {
        let Some((to, next)) = &row.to else { continue };
        let (from, handler) = &row.from;
        let [from, to] = [from, to].map(|it| facts.texts.name("complaint-state", it.id()));
        let mut way = from.clone();
        if from != to {
            way = format!("{way} {arrow} {to}");
        }
        if handler != next {
            way = format!("{way}  {handler} {arrow} {next}");
        }
        let line = format!("  {} {}  {way}", row.at.number, row.who);
        lines.push(TextLine::plain(line));
    }
    if count < all {
        let refused = all - count;
        let line = facts.tw("preview-refuses", &[("count", &refused)]);
        lines.push(TextLine::plain(line).styled(theme::ALARM));
        let refuse = preview.rows.iter().filter(|row| row.to.is_none());
        lines.extend(refuse.map(|row| TextLine::plain(format!("! {}", app.why_refused(row)))));
    }
    let key = if count == 0 {
        "preview-none"
    } else {
        "preview-ask"
    };
    lines.push(TextLine::plain(facts.tw(key, &[("count", &count)])).styled(theme::KEY));
    lines
}
