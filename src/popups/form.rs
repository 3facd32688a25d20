//! A form over the panes: a few words, the fields, the button.

use std::cell::Cell;

use ratatui::layout::Rect;

use super::centred;
use crate::app::App;
use crate::app::form::{Field, FieldKind, Form};
use crate::app::forms::FormId;
use crate::app::marking;
use crate::report::forms::Form as Paper;
use crate::widgets::form;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Draws the popup.
pub fn draw(pen: &mut Pen, app: &App, open: &Form) {
    let screen = pen.area();
    let text: Vec<TextLine> = words(app, open).iter().map(TextLine::plain).collect();
    let across = screen.width.saturating_sub(8).min(70);
    // The words, an empty row, the fields, the button, two rows for what is wrong, the border.
    let tall = |field: &Field| match field.kind {
        FieldKind::Note(rows) => usize::from(rows),
        _ => 1,
    };
    let fields = open.fields.iter().filter(|field| field.shown);
    let shown: usize = fields.map(tall).sum();
    let rows = lines::rows(&text, across.saturating_sub(2)) + shown + 6;
    let area = centred(screen, across, u16::try_from(rows).unwrap_or(u16::MAX));
    pen.clear(area);
    let title = match marking::count(open) {
        Some(count) if open.id != FormId::Print => {
            let step = pen.facts.texts.name("form", open.id.id());
            pen.facts
                .tw("title-of-marked", &[("step", &step), ("count", &count)])
        }
        _ => pen.facts.t(&format!("popup-{}", open.id.id())),
    };
    let inside = pen.boxed(area, &title, theme::TITLE);
    let above = Rect {
        height: inside.height.saturating_sub(3),
        ..inside
    };
    let used = lines::draw(pen, above, &text, &Cell::new(0)) + 1;
    let below = Rect {
        y: inside.y + used,
        height: inside.height.saturating_sub(used),
        ..inside
    };
    let active = matches!(app.popups.last(), Some(crate::app::popup::Popup::Form(_)));
    form::draw(pen, below, open, active);
}

/// What stands above the fields: at a locked screen, who locked it and when.
fn words(app: &App, open: &Form) -> Vec<String> {
    let facts = &app.facts;
    if let (FormId::Waive, Some(waiving)) = (open.id, &app.waiving) {
        let mut lines = waiving.lines.clone();
        lines.push(facts.t("waive-text"));
        return lines;
    }
    if let Some(count) = marking::count(open) {
        let key = if open.id == FormId::Print {
            "print-marked-text"
        } else {
            "marked-text"
        };
        return vec![facts.tw(key, &[("count", &count)])];
    }
    let held = app.gate.as_ref().and_then(|gate| gate.held);
    let line = match held {
        Some((by, at)) if open.id == FormId::SignIn => facts.tw(
            "sign-in-held",
            &[
                ("name", &facts.operator_name(by)),
                ("time", &facts.when(at)),
            ],
        ),
        _ if open.id == FormId::Export => {
            let what = app.what_is_exported();
            facts.tw("export-text", &[("what", &what)])
        }
        _ if open.value("paper") == Paper::Registrations.id() => facts.t("print-forms-text"),
        _ => facts.t(&format!("{}-text", open.id.id())),
    };
    vec![line]
}
