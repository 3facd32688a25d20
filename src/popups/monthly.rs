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
    let most = lines.len().saturating_sub(height);
    if let (true, Some((row, _))) = (open.follows.get(), chosen) {
        let first = (row + 1).saturating_sub(height);
        let seen = open.scroll.get().clamp(first, row);
        open.scroll.set(if first == 0 { 0 } else { seen });
    }
    let top = open.scroll.get().min(most);
    open.scroll.set(top);
    for (y, (place, line)) in (inside.y..).zip(lines.iter().enumerate().skip(top).take(height)) {
        let at = Rect {
            y,
            height: 1,
            ..inside
        };
        let number = chosen.and_then(|(row, number)| (row == place).then_some(number));
        analysis::figures(pen, at, line, number);
    }
    if most > top {
        pen.text(
            inside.right().saturating_sub(1),
            inside.bottom().saturating_sub(1),
            1,
            facts.glyphs.set().down,
            theme::KEY,
        );
    }
}
