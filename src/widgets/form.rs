//! A form: labels in one column, values in the other, what is wrong with a value in words below
//! it, the button to save at the end. Scrolls so that the focus is in sight.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::Pen;
use super::theme;
use crate::app::describe::value_of_field;
use crate::app::form::{Field, FieldKind, Form};
use crate::text::edit::Edit;
use crate::text::show;
use crate::text::width::{count, width};
use crate::text::wrap::wrap;

/// Customers shown under a lookup field.
const HITS: usize = 4;

/// Draws a form. With `active` its focus shows the caret.
pub fn draw(pen: &mut Pen, area: Rect, form: &Form, active: bool) {
    let labels = form.fields.iter().filter(|field| field.shown);
    let labels = labels
        .map(|field| width(&pen.facts.label_of(field)))
        .max()
        .unwrap_or(0);
    let indent = u16::try_from(labels + 2).unwrap_or(12).min(area.width / 2);
    let room = area.width.saturating_sub(indent);
    form.note_width.set(usize::from(room));
    let heights = heights(form, room, active);
    let top = scrolled(form, &heights, area.height);
    let mut line = 0;
    for (place, field) in form.fields.iter().enumerate() {
        let height = heights.get(place).copied().unwrap_or(0);
        let y = (line + area.y).checked_sub(top).filter(|y| *y >= area.y);
        line += height;
        let Some(y) = y else { continue };
        if height == 0 || y + height > area.bottom() {
            continue;
        }
        let place_of = Rect {
            x: area.x,
            y,
            width: area.width,
            height,
        };
        field_at(
            pen,
            place_of,
            indent,
            form,
            field,
            active && place == form.focus,
        );
    }
    let y = (line + area.y).saturating_sub(top);
    if y < area.bottom() {
        button(pen, area, y, indent, form, active);
    }
}

fn button(pen: &mut Pen, area: Rect, y: u16, indent: u16, form: &Form, active: bool) {
    let style = if active && form.on_button() {
        theme::SELECTED
    } else {
        theme::TITLE
    };
    let text = format!("[{}]", pen.facts.t(form.id.button()));
    pen.text(
        area.x + indent,
        y,
        area.width.saturating_sub(indent),
        &text,
        style,
    );
    if active && form.on_button() {
        pen.caret(area.x + indent + 1, y);
    }
    if let Some(error) = &form.error
        && y + 1 < area.bottom()
    {
        pen.text(
            area.x,
            y + 1,
            area.width,
            &format!("! {error}"),
            theme::ALARM,
        );
    }
}

/// Rows that each field takes now.
fn heights(form: &Form, room: u16, active: bool) -> Vec<u16> {
    let one = |(place, field): (usize, &Field)| {
        if !field.shown {
            return 0;
        }
        let own = match field.kind {
            FieldKind::Note(rows) => rows,
            FieldKind::Hidden => 0,
            _ => 1,
        };
        let error = field
            .error
            .as_ref()
            .map_or(0, |error| error_rows(error, room));
        let hits = if active && place == form.focus {
            form.hits.len().min(HITS)
        } else {
            0
        };
        own + error + u16::try_from(hits).unwrap_or(0)
    };
    form.fields.iter().enumerate().map(one).collect()
}

fn error_rows(error: &str, room: u16) -> u16 {
    u16::try_from(wrap(error, usize::from(room.saturating_sub(2)).max(8)).len()).unwrap_or(1)
}

/// The first row of the form to draw.
fn scrolled(form: &Form, heights: &[u16], room: u16) -> u16 {
    let before: u16 = heights.iter().take(form.focus).sum();
    let own = heights.get(form.focus).copied().unwrap_or(2);
    let all = heights.iter().sum::<u16>() + 2;
    if all <= room {
        0
    } else {
        (before + own + 1).saturating_sub(room)
    }
}

fn field_at(pen: &mut Pen, area: Rect, indent: u16, form: &Form, field: &Field, focus: bool) {
    let mark = if field.required { "*" } else { " " };
    let label = pen.facts.label_of(field);
    pen.text(area.x, area.y, 1, mark, theme::ALARM);
    let style = if focus { theme::TITLE } else { theme::LABEL };
    pen.text(area.x + 1, area.y, indent.saturating_sub(2), &label, style);
    let value = Rect {
        x: area.x + indent,
        width: area.width.saturating_sub(indent),
        ..area
    };
    let own = match field.kind {
        FieldKind::Note(rows) => rows,
        _ => 1,
    };
    if field.is_search() && field.edit.is_empty() {
        chosen(pen, value, field, focus);
    } else {
        typed(
            pen,
            Rect {
                height: own,
                ..value
            },
            field,
            focus,
        );
    }
    let mut y = area.y + own;
    if focus {
        for customer in form.hits.iter().take(HITS) {
            let details = &customer.details;
            let phone = details
                .phones
                .first()
                .map(|phone| pen.facts.phone(&phone.digits));
            let line = format!(
                "  {}  {}  {}",
                details.name,
                details.place,
                phone.unwrap_or_default()
            );
            pen.text(value.x, y, value.width, &line, theme::PLAIN);
            y += 1;
        }
    }
    if let Some(error) = &field.error {
        let room = usize::from(value.width.saturating_sub(2)).max(8);
        for (place, range) in wrap(error, room).into_iter().enumerate() {
            let sign = if place == 0 { "! " } else { "  " };
            let part = error.get(range).unwrap_or_default();
            pen.text(
                value.x,
                y,
                value.width,
                &format!("{sign}{part}"),
                theme::ALARM,
            );
            y += 1;
        }
    }
}

/// A value that was chosen.
fn chosen(pen: &mut Pen, area: Rect, field: &Field, focus: bool) {
    let text = value_of_field(field, pen.facts);
    let mut style = theme::FIELD;
    if focus {
        style = style.patch(theme::TITLE);
    }
    pen.row(area.x, area.y, area.width, &show::cell(&text), style);
    if focus {
        pen.caret(area.x, area.y);
    }
}

/// A value as it is typed.
fn typed(pen: &mut Pen, area: Rect, field: &Field, focus: bool) {
    let hidden = field.is_secret().then(|| {
        let mark = pen.facts.glyphs.set().marked;
        masked(&field.edit, mark)
    });
    let edit = hidden.as_ref().unwrap_or(&field.edit);
    let view = edit.view(usize::from(area.width), usize::from(area.height));
    for row in 0..area.height {
        let line = view.lines.get(usize::from(row)).map_or("", String::as_str);
        pen.row(area.x, area.y + row, area.width, line, theme::FIELD);
        let marked = view.selected.get(usize::from(row)).and_then(Option::as_ref);
        if let Some(marked) = marked.filter(|_| focus) {
            let start = u16::try_from(marked.start).unwrap_or(0);
            let cells = u16::try_from(marked.len()).unwrap_or(0);
            let part = Rect {
                x: area.x + start,
                y: area.y + row,
                width: cells,
                height: 1,
            };
            pen.style(part, theme::MARKED);
        }
    }
    candidate(pen, area, field, focus);
    beside(
        pen,
        area,
        field,
        view.lines.first().map_or("", String::as_str),
    );
    if focus {
        let (column, row) = view.cursor;
        let column = u16::try_from(column).unwrap_or(0);
        let row = u16::try_from(row).unwrap_or(0);
        pen.caret(area.x + column, area.y + row);
    }
}

/// As many marks as characters were typed, with the caret where it is among them.
fn masked(edit: &Edit, mark: &str) -> Edit {
    let value = edit.value();
    let after = count(value.get(edit.caret()..).unwrap_or_default());
    let all = count(value);
    let mut shown = Edit::line(all);
    shown.set(&mark.repeat(all));
    for _ in 0..after {
        shown.left();
    }
    shown
}

/// What stands beside the value, as far as the value and the caret behind it leave room.
fn beside(pen: &mut Pen, area: Rect, field: &Field, line: &str) {
    let taken = u16::try_from(width(line)).unwrap_or(u16::MAX);
    let left = area.width.saturating_sub(taken.saturating_add(2));
    let cells = u16::try_from(width(&field.beside))
        .unwrap_or(u16::MAX)
        .min(left);
    if cells > 0 {
        let x = area.right().saturating_sub(cells);
        pen.text(x, area.y, cells, &show::cell(&field.beside), theme::QUIET);
    }
}

/// The value that what is typed in a choice will stand for.
fn candidate(pen: &mut Pen, area: Rect, field: &Field, focus: bool) {
    let FieldKind::Choice(options) = &field.kind else {
        return;
    };
    let found = options
        .find(field.edit.value(), pen.facts)
        .filter(|_| focus);
    if let Some(id) = found {
        let arrow = pen.facts.glyphs.set().arrow;
        let text = format!("{arrow} {}", options.label(&id, pen.facts));
        let cells = u16::try_from(width(&text)).unwrap_or(0).min(area.width / 2);
        let quiet: Style = theme::QUIET;
        pen.text(
            area.right().saturating_sub(cells),
            area.y,
            cells,
            &text,
            quiet,
        );
    }
}
