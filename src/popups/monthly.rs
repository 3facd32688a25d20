//! A report of a month, with the figure that is selected.

use ratatui::layout::Rect;

use super::{analysis, centred};
use crate::app::monthly::OpenMonthly;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// The widest it gets: that of a page on paper.
const WIDEST: u16 = 84;
/// The border, the mark of a selected row, and the mark that there is more.
const AROUND: u16 = 4;

/// Draws the popup.
pub fn draw(pen: &mut Pen, open: &OpenMonthly) {
    let facts = pen.facts;
    let screen = pen.area();
    let area = centred(screen, screen.width.min(WIDEST), screen.height);
    pen.clear(area);
    let inside = pen.boxed(area, &open.title(facts), theme::TITLE);
    open.columns
        .set(usize::from(area.width.saturating_sub(AROUND)));
    let height = usize::from(inside.height);
    open.room.set(height.saturating_sub(1));
    let lines = open.lines(facts);
    let mut before = 0;
    let mut chosen = None;
    for (row, line) in lines.iter().enumerate() {
        let within = open.selected.checked_sub(before);
        if let Some(place) = within.filter(|place| *place < line.numbers.len()) {
            chosen = Some((row, place));
        }
        before += line.numbers.len();
    }
    let row = chosen.map(|(row, _)| row).filter(|_| open.follows.get());
    let top = analysis::brought_into_sight(&open.scroll, row, lines.len(), height);
    for (y, (place, line)) in (inside.y..).zip(lines.iter().enumerate().skip(top).take(height)) {
        let at = Rect {
            y,
            height: 1,
            ..inside
        };
        let number = chosen.and_then(|(row, number)| (row == place).then_some(number));
        analysis::figures(pen, at, line, number);
    }
    analysis::mark_more(pen, inside, top + height < lines.len());
}
