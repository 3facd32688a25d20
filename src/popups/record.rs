//! A whole record: every field, then every version with what changed, by whom and when (A01-22).

use crate::app::describe::{self, lateness};
use crate::app::facts::Facts;
use crate::app::popup::Opened;
use crate::widgets::lines::{TextLine, of_fields};
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    let row = &opened.row;
    let mut whole = of_fields(&describe::record(&row.record, &row.names, facts), facts);
    let late = lateness(row, facts);
    if !late.is_empty() {
        whole.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    let history = history(opened, facts);
    if opened.history_first {
        history
    } else {
        whole.push(TextLine::title(facts.t("title-history")));
        whole.extend(history);
        whole
    }
}

fn history(opened: &Opened, facts: &Facts) -> Vec<TextLine> {
    let arrow = facts.glyphs.set().arrow;
    let nothing = facts.t("missing");
    let mut lines = Vec::new();
    for (place, version) in opened.history.iter().enumerate() {
        let done = facts.texts.name("did", &version.what);
        let head = format!("{}  {}  {done}", facts.when(version.at), version.by_name);
        lines.push(TextLine::plain(head).styled(theme::LABEL));
        let Some(older) = opened.history.get(place + 1) else {
            continue;
        };
        for (name, was, is) in describe::changes(&older.record, &version.record, facts) {
            let was = if was.is_empty() { nothing.clone() } else { was };
            let is = if is.is_empty() { nothing.clone() } else { is };
            lines.push(TextLine::labelled(
                facts.label(name),
                format!("{was} {arrow} {is}"),
            ));
        }
    }
    lines
}
