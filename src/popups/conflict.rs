//! The record has changed since the form was opened: both values of each field that differs, and
//! which of them to go on with.

use std::cell::Cell;

use ratatui::layout::Rect;

use super::centred;
use super::confirm::buttons;
use crate::app::popup::Conflict;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popup.
pub fn draw(pen: &mut Pen, conflict: &Conflict) {
    let facts = pen.facts;
    let screen = pen.area();
    let rows = u16::try_from(conflict.differences.len() * 3 + 6).unwrap_or(u16::MAX);
    let area = centred(screen, screen.width.saturating_sub(8).min(76), rows);
    pen.clear(area);
    let inside = pen.boxed(area, &facts.t("popup-conflict"), theme::ALARM);
    let number = conflict.present.number();
    let by = facts.operator_name(conflict.present.meta().changed_by);
    let at = facts.when(conflict.present.meta().changed_at);
    let head = facts.tw(
        "conflict-head",
        &[("number", &number), ("name", &by), ("time", &at)],
    );
    let mut text = vec![TextLine::plain(head)];
    let nothing = facts.t("missing");
    for (name, mine, theirs) in &conflict.differences {
        let shown = |value: &String| {
            if value.is_empty() {
                nothing.clone()
            } else {
                value.clone()
            }
        };
        text.push(TextLine::title(facts.label(name)));
        text.push(TextLine::labelled(facts.t("conflict-mine"), shown(mine)));
        text.push(TextLine::labelled(
            facts.t("conflict-theirs"),
            shown(theirs),
        ));
    }
    if conflict.differences.is_empty() {
        text.push(TextLine::plain(facts.t("conflict-elsewhere")));
    }
    let above = Rect {
        height: inside.height.saturating_sub(2),
        ..inside
    };
    lines::draw(pen, above, &text, &Cell::new(0));
    let marked = usize::from(!conflict.keep_mine);
    buttons(
        pen,
        inside,
        &["button-keep-mine", "button-take-theirs"],
        marked,
    );
}
