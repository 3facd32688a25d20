//! The analysis of a quarter: what can be done with the report, and under it the figures with the
//! number that is selected.

use ratatui::layout::Rect;

use super::centred;
use crate::app::analysis::{Deed, Quarterly};
use crate::app::facts::Facts;
use crate::app::popup::Scroll;
use crate::report::text::Laid;
use crate::text::width::width;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// The widest it gets: that of a page on paper.
const WIDEST: u16 = 84;
/// The border, the mark of a selected row, and the mark that there is more.
const AROUND: u16 = 4;

/// A row of the popup.
enum Line {
    /// Something that can be done, with how that stands and why not.
    Deed(String, String, Option<String>),
    /// A line of the report.
    Report(Laid),
}

/// Draws the popup.
pub fn draw(pen: &mut Pen, open: &Quarterly) {
    let facts = pen.facts;
    let screen = pen.area();
    let area = centred(screen, screen.width.min(WIDEST), screen.height);
    pen.clear(area);
    let quarter = open.quarter().to_string();
    let title = facts.tw("report-title", &[("quarter", &quarter)]);
    let inside = pen.boxed(area, &title, theme::TITLE);
    open.columns
        .set(usize::from(area.width.saturating_sub(AROUND)));
    let height = usize::from(inside.height);
    open.room.set(height.saturating_sub(1));
    let deeds = open.deeds(facts);
    let mut lines: Vec<Line> = deeds
        .iter()
        .map(|deed| of_deed(deed, open, facts))
        .collect();
    lines.extend(open.lines(facts).into_iter().map(Line::Report));
    let (row, number) = selected(&lines, open.selected, deeds.len());
    let followed = open.follows.get().then_some(row);
    let top = brought_into_sight(&open.scroll, followed, lines.len(), height);
    for (y, (place, line)) in (inside.y..).zip(lines.iter().enumerate().skip(top).take(height)) {
        let at = Rect {
            y,
            height: 1,
            ..inside
        };
        let chosen = (place == row).then_some(number);
        match line {
            Line::Deed(name, note, why_not) => {
                deed(pen, at, (name, note), why_not.as_deref(), chosen.is_some());
            }
            Line::Report(laid) => figures(pen, at, laid, chosen),
        }
    }
    mark_more(pen, inside, top + height < lines.len());
}

/// The first line shown of a report, which is kept: a row that was moved to is in sight.
pub(super) fn brought_into_sight(
    scroll: &Scroll,
    row: Option<usize>,
    lines: usize,
    height: usize,
) -> usize {
    if let Some(row) = row {
        // From the first page on the head of the report stays in sight.
        let first = (row + 1).saturating_sub(height);
        let seen = scroll.get().clamp(first, row);
        scroll.set(if first == 0 { 0 } else { seen });
    }
    let top = scroll.get().min(lines.saturating_sub(height));
    scroll.set(top);
    top
}

/// Marks at the foot that there is more below.
pub(super) fn mark_more(pen: &mut Pen, inside: Rect, more: bool) {
    if more {
        pen.text(
            inside.right().saturating_sub(1),
            inside.bottom().saturating_sub(1),
            1,
            pen.facts.glyphs.set().down,
            theme::KEY,
        );
    }
}

fn of_deed(deed: &Deed, open: &Quarterly, facts: &Facts) -> Line {
    let why_not = open.why_not(deed, facts);
    match deed {
        Deed::Begin => Line::Deed(facts.t("deed-begin"), String::new(), why_not),
        Deed::Write(department) => {
            let name = facts.department(department);
            let name = facts.tw("deed-write", &[("department", &name)]);
            let key = if open.is_written(department) {
                "deed-written"
            } else {
                "deed-open"
            };
            Line::Deed(name, facts.t(key), why_not)
        }
        Deed::Submit => Line::Deed(facts.t("deed-submit"), String::new(), why_not),
    }
}

/// The row of what is selected, and which of the numbers in it.
fn selected(lines: &[Line], place: usize, deeds: usize) -> (usize, usize) {
    let Some(mut left) = place.checked_sub(deeds) else {
        return (place, 0);
    };
    for (row, line) in lines.iter().enumerate() {
        if let Line::Report(laid) = line {
            if left < laid.numbers.len() {
                return (row, left);
            }
            left -= laid.numbers.len();
        }
    }
    (0, 0)
}

fn deed(pen: &mut Pen, at: Rect, said: (&str, &str), why_not: Option<&str>, chosen: bool) {
    let (name, note) = said;
    let (text, note, style) = match why_not {
        Some(reason) => (format!("({name})"), reason, theme::QUIET),
        None => (name.to_owned(), note, theme::KEY),
    };
    let room = at.width.saturating_sub(2);
    let taken = pen.text(at.x + 1, at.y, room, &text, style);
    let left = room.saturating_sub(taken + 2);
    pen.text(at.x + taken + 3, at.y, left, note, theme::QUIET);
    if chosen {
        let mark = pen.facts.glyphs.set().selected;
        pen.text(at.x, at.y, 1, mark, theme::KEY);
        let wide = u16::try_from(width(&text)).unwrap_or(room).min(room);
        let x = at.x + 1;
        pen.style(
            Rect {
                x,
                width: wide,
                ..at
            },
            theme::SELECTED,
        );
    }
}

/// A line of the report; the number that is selected in it has a mark before it.
pub(super) fn figures(pen: &mut Pen, at: Rect, laid: &Laid, chosen: Option<usize>) {
    let style = if laid.heading {
        theme::TITLE
    } else {
        theme::PLAIN
    };
    let room = at.width.saturating_sub(1);
    pen.text(at.x + 1, at.y, room, &laid.text, style);
    let Some(number) = chosen.and_then(|place| laid.numbers.get(place)) else {
        return;
    };
    let cells = |columns: usize| u16::try_from(columns).unwrap_or(room).min(room);
    let x = at.x + 1 + cells(number.from);
    let mark = pen.facts.glyphs.set().selected;
    pen.text(x.saturating_sub(1), at.y, 1, mark, theme::KEY);
    let width = cells(number.columns);
    pen.style(Rect { x, width, ..at }, theme::SELECTED);
}
