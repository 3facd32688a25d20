//! The record has changed since the form was opened: the fields that differ with the value that
//! is gone on with, and below them both values of the selected one. What only one value holds is
//! marked by a word in front of it.

use ratatui::layout::Rect;

use super::centred;
use crate::app::conflict::{Choice, Conflict, Difference};
use crate::text::diff::Piece;
use crate::text::width::width;
use crate::widgets::lines::{self, TextLine};
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Fields shown at once.
const MOST_FIELDS: usize = 6;
/// Rows kept for the text below the fields.
const LEAST_TEXT: usize = 6;
/// Rows of common text shown above the first difference.
const CONTEXT: usize = 2;

/// Draws the popup.
pub fn draw(pen: &mut Pen, conflict: &Conflict) {
    let screen = pen.area();
    let across = screen.width.saturating_sub(4).min(100);
    let head = [TextLine::plain(head(pen, conflict))];
    let inner = across.saturating_sub(2);
    let text = text(pen, conflict);
    let head_rows = lines::rows(&head, inner);
    let fields = conflict.fields.len().clamp(1, MOST_FIELDS);
    let wanted = head_rows + fields + 1 + lines::rows(&text, inner).max(LEAST_TEXT) + 2;
    let down = u16::try_from(wanted).unwrap_or(u16::MAX);
    let area = centred(screen, across, down);
    pen.clear(area);
    let mut inside = pen.boxed(area, &pen.facts.t("popup-conflict"), theme::ALARM);
    let mut part = |rows: usize| {
        let rows = u16::try_from(rows).unwrap_or(0).min(inside.height);
        let part = Rect {
            height: rows,
            ..inside
        };
        inside.y += rows;
        inside.height -= rows;
        part
    };
    let (above, list, rule) = (part(head_rows), part(fields), part(1));
    lines::draw(pen, above, &head, &std::cell::Cell::new(0));
    draw_fields(pen, list, conflict);
    let name = conflict.fields.get(conflict.selected);
    let name = name.map(|field| pen.facts.label(field.name));
    pen.rule(rule, rule.y, &name.unwrap_or_default());
    if conflict.fresh.take() {
        let rest = text.get(1..).unwrap_or_default();
        let first = lines::rows(&text, inner) - lines::rows(rest, inner);
        let common = conflict.fields.get(conflict.selected);
        let common = common.and_then(|field| field.pieces.first());
        let before = matches!(common, Some(Piece::Both(_)));
        let start = if before { first } else { 0 };
        conflict.scroll.set(start.saturating_sub(CONTEXT));
    }
    lines::draw(pen, inside, &text, &conflict.scroll);
}

fn head(pen: &Pen, conflict: &Conflict) -> String {
    let facts = pen.facts;
    let meta = conflict.present.meta();
    let by = facts.operator_name(meta.changed_by);
    let at = facts.when(meta.changed_at);
    facts.tw(
        "conflict-head",
        &[("number", &meta.number), ("name", &by), ("time", &at)],
    )
}

/// One row a field: its name, whose value is gone on with, and that value.
fn draw_fields(pen: &mut Pen, area: Rect, conflict: &Conflict) {
    let facts = pen.facts;
    if conflict.fields.is_empty() {
        let text = facts.t("conflict-elsewhere");
        pen.text(area.x + 2, area.y, area.width, &text, theme::QUIET);
        return;
    }
    let said = |choice| match choice {
        Choice::Mine => format!("[{}]", facts.t("conflict-mine")),
        Choice::Theirs => format!("[{}]", facts.t("conflict-theirs")),
        Choice::TakenOver => facts.t("conflict-taken"),
    };
    let widest = |of: &dyn Fn(&Difference) -> String| {
        let cells = conflict.fields.iter().map(|field| width(&of(field))).max();
        u16::try_from(cells.unwrap_or(0)).unwrap_or(0)
    };
    let labels = widest(&|field| facts.label(field.name)).min(area.width / 3);
    let choices = widest(&|field| said(field.choice));
    let room = usize::from(area.height).max(1);
    let top = (conflict.selected + 1).saturating_sub(room);
    for (place, field) in conflict.fields.iter().enumerate().skip(top).take(room) {
        let y = area.y + u16::try_from(place - top).unwrap_or(0);
        let selected = place == conflict.selected;
        if selected {
            pen.text(area.x, y, 1, facts.glyphs.set().selected, theme::KEY);
        }
        let x = area.x + 2;
        pen.text(x, y, labels, &facts.label(field.name), theme::LABEL);
        let x = x + labels + 1;
        let style = if field.choice.is_open() {
            theme::TITLE
        } else {
            theme::QUIET
        };
        pen.text(x, y, choices, &said(field.choice), style);
        if selected {
            pen.caret(x, y);
        }
        let x = x + choices + 1;
        let value = own(field);
        let value = if value.is_empty() {
            facts.t("missing")
        } else {
            value.replace('\n', " ")
        };
        pen.text(x, y, area.right().saturating_sub(x), &value, style);
        if selected {
            let row = Rect {
                y,
                height: 1,
                ..area
            };
            pen.style(row, theme::SELECTED);
        }
    }
}

/// What is gone on with: of a long text the first piece that only this one holds.
fn own(field: &Difference) -> &str {
    let mine = field.choice == Choice::Mine;
    let own = field.pieces.iter().find_map(|piece| match piece {
        Piece::First(text) if mine => Some(text),
        Piece::Second(text) if !mine => Some(text),
        _ => None,
    });
    let whole = if mine { &field.mine } else { &field.theirs };
    own.unwrap_or(whole)
}

/// Both values of the selected field, piece by piece.
fn text(pen: &Pen, conflict: &Conflict) -> Vec<TextLine> {
    let facts = pen.facts;
    let Some(field) = conflict.fields.get(conflict.selected) else {
        return Vec::new();
    };
    let line = |label: &str, text: &str| {
        let text = text.strip_suffix('\n').unwrap_or(text);
        TextLine::labelled(label, text)
    };
    let (mine, theirs) = (facts.t("conflict-mine"), facts.t("conflict-theirs"));
    let mut lines: Vec<TextLine> = field
        .pieces
        .iter()
        .map(|piece| match piece {
            // A label of nothing but a blank keeps the text in its column.
            Piece::Both(text) => line(" ", text).styled(theme::QUIET),
            Piece::First(text) => line(&mine, text),
            Piece::Second(text) => line(&theirs, text),
        })
        .collect();
    let nothing = facts.t("missing");
    let quiet = |label: &str| line(label, &nothing).styled(theme::QUIET);
    if field.mine.is_empty() {
        lines.insert(0, quiet(&mine));
    }
    if field.theirs.is_empty() {
        lines.push(quiet(&theirs));
    }
    lines
}
