//! Minutes from the start of a call or visit to its being saved, by operator (A09-2.3).

use crate::app::facts::Facts;
use crate::desk::contract::HandlingRow;
use crate::domain::stamp::Day;
use crate::text::width::pad;
use crate::widgets::lines::TextLine;
use crate::widgets::theme;

/// The lines of the popup.
pub fn lines(from: Day, to: Day, rows: &[HandlingRow], facts: &Facts) -> Vec<TextLine> {
    let period = facts.tw("handling-period", &[("from", &from), ("to", &to)]);
    let mut lines = vec![TextLine::title(format!("{period} [A09-2.3]"))];
    let names = ["name", "count", "mean", "median", "longest"];
    let head: Vec<String> = names
        .iter()
        .zip(WIDTHS)
        .map(|(name, cells)| pad(&facts.label(name), cells))
        .collect();
    lines.push(TextLine::plain(head.join(" ")).styled(theme::LABEL));
    for row in rows {
        let cells = [
            row.name.clone(),
            row.count.to_string(),
            minutes(row.mean),
            minutes(row.median),
            minutes(row.longest),
        ];
        let cells: Vec<String> = cells
            .iter()
            .zip(WIDTHS)
            .map(|(text, cells)| pad(text, cells))
            .collect();
        lines.push(TextLine::plain(cells.join(" ")));
    }
    if rows.is_empty() {
        lines.push(TextLine::plain(facts.t("handling-none")).styled(theme::QUIET));
    }
    lines
}

const WIDTHS: [usize; 5] = [16, 8, 8, 8, 8];

/// Seconds as minutes and seconds.
fn minutes(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
