//! How far long work is: what it is about, a bar where the whole is known, what is under way.

use ratatui::layout::Rect;

use super::centred;
use crate::app::App;
use crate::app::job::UnderWay;
use crate::widgets::pen::Pen;
use crate::widgets::theme;

/// Cells of the bar.
const BAR: u16 = 40;

/// Draws the popup.
pub fn draw(pen: &mut Pen, app: &App) {
    let Some(job) = &app.job else { return };
    let area = centred(pen.area(), 64, 8);
    pen.clear(area);
    let title = pen.facts.t(&format!("working-{}", job.work.id()));
    let inside = pen.boxed(area, &title, theme::TITLE);
    let text = Rect {
        x: inside.x + 2,
        y: inside.y + 1,
        width: inside.width.saturating_sub(4),
        height: inside.height,
    };
    pen.text(text.x, text.y, text.width, &job.name, theme::PLAIN);
    bar(pen, text.x, text.y + 1, text.width, job);
    let hint = pen.facts.t("working-hint");
    pen.text(text.x, text.y + 3, text.width, &hint, theme::QUIET);
}

/// A bar with the figures behind it; without a known end only the figures.
pub(super) fn bar(pen: &mut Pen, x: u16, y: u16, width: u16, job: &UnderWay) {
    let figures = job.figures(pen.facts);
    let mut x = x;
    if let Some(total) = job.total.filter(|total| *total > 0 && !job.joining) {
        let cells = BAR.min(width / 2);
        let done = u64::from(cells) * job.done.min(total) / total;
        let done = u16::try_from(done).unwrap_or(cells);
        for place in 0..cells {
            let (mark, style) = if place < done {
                ("#", theme::GOOD)
            } else {
                (".", theme::QUIET)
            };
            pen.text(x + place, y, 1, mark, style);
        }
        x += cells + 2;
    }
    pen.text(x, y, width, &figures, theme::PLAIN);
}
