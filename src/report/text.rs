//! A document as text of 80 columns, for a printer or a terminal.

use super::{Block, Chart, Document, Row, Table};
use crate::text::width::{pad, truncate, width};
use crate::text::wrap::wrap;
use crate::text::{clean, show};

/// The columns of a page.
pub const COLUMNS: usize = 80;
/// Between two columns of a table.
const GAP: usize = 2;
/// A bar is not longer than this.
const MOST_BAR: usize = 20;
/// A bar shorter than this says nothing.
const LEAST_BAR: usize = 6;
/// The place for a signature.
const SIGNATURE: usize = 16;

/// A document as lines, each with its end. `blocks` says whether bars may be drawn with block
/// characters; else they are ASCII.
pub fn text(document: &Document, blocks: bool) -> String {
    let mut lines = vec![centred(&document.title), centred(&document.subtitle)];
    for block in &document.blocks {
        lines.push(String::new());
        match block {
            Block::Heading(heading) => {
                lines.push(heading.clone());
                lines.push("=".repeat(width(heading).min(COLUMNS)));
            }
            Block::Text(text) => lines.extend(wrapped(text, COLUMNS)),
            Block::Facts(facts) => lines.extend(facts_of(facts)),
            Block::Table(table) => lines.extend(table_of(table, blocks)),
            Block::Signatures(names) => lines.extend(signatures(names)),
        }
    }
    let mut text = String::new();
    for line in lines {
        text.push_str(show::cell(&line).trim_end());
        text.push('\n');
    }
    text
}

fn centred(text: &str) -> String {
    let before = COLUMNS.saturating_sub(width(text)) / 2;
    format!("{}{text}", " ".repeat(before))
}

fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in clean::body(text).lines() {
        let parts = wrap(line, columns).into_iter();
        lines.extend(parts.map(|part| line.get(part).unwrap_or_default().trim_end().to_owned()));
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

fn facts_of(facts: &[(String, String)]) -> Vec<String> {
    let widest = facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let widest = widest.min(COLUMNS / 3);
    let mut lines = Vec::new();
    for (name, told) in facts {
        let name = pad(&truncate(name, widest), widest);
        let rest = COLUMNS.saturating_sub(widest + GAP);
        for (place, line) in wrapped(told, rest).into_iter().enumerate() {
            let before = if place == 0 {
                name.clone()
            } else {
                " ".repeat(widest)
            };
            lines.push(format!("{before}  {line}"));
        }
    }
    lines
}

/// How wide each column is: as wide as what stands in it, and the widest ones narrower until the row
/// fits the page.
fn widths(table: &Table) -> Vec<usize> {
    let mut widths: Vec<usize> = table.columns.iter().map(|name| width(name)).collect();
    for row in &table.rows {
        for (place, widest) in widths.iter_mut().enumerate() {
            let text = cell(row, place);
            let most = text.lines().map(width).max().unwrap_or(0);
            *widest = (*widest).max(most);
        }
    }
    let room = COLUMNS.saturating_sub(GAP * widths.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max() else {
            break;
        };
        *widest = widest.saturating_sub(1);
    }
    widths
}

fn cell(row: &Row, place: usize) -> String {
    match place.checked_sub(1) {
        None => row.name.clone(),
        Some(place) => row
            .values
            .get(place)
            .map(|(value, _)| value.shown())
            .unwrap_or_default(),
    }
}

fn is_text(table: &Table, place: usize) -> bool {
    let Some(place) = place.checked_sub(1) else {
        return true;
    };
    let mut values = table.rows.iter().filter_map(|row| row.values.get(place));
    values.any(|(value, _)| value.is_text())
}

/// A row of cells as lines: what is too wide for its column goes on below.
fn laid_out(cells: &[String], widths: &[usize], table: &Table) -> Vec<String> {
    let cells = cells.iter().zip(widths);
    let cells: Vec<(Vec<String>, usize)> = cells
        .map(|(text, columns)| (wrapped(text, *columns), *columns))
        .collect();
    let tall = cells
        .iter()
        .map(|(lines, _)| lines.len())
        .max()
        .unwrap_or(0);
    let of = |at: usize| {
        let mut line = String::new();
        for (place, (lines, columns)) in cells.iter().enumerate() {
            let text = lines.get(at).map_or("", String::as_str);
            if place > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let blanks = " ".repeat(columns.saturating_sub(width(text)));
            if is_text(table, place) {
                line.push_str(text);
                line.push_str(&blanks);
            } else {
                line.push_str(&blanks);
                line.push_str(text);
            }
        }
        line
    };
    (0..tall).map(of).collect()
}

fn table_of(table: &Table, blocks: bool) -> Vec<String> {
    let widths = widths(table);
    let taken = widths.iter().sum::<usize>() + GAP * widths.len();
    let bar_columns = COLUMNS.saturating_sub(taken).min(MOST_BAR);
    let is_drawn = table.chart != Chart::None && bar_columns >= LEAST_BAR;
    let most = table.rows.iter().map(Row::drawn).max().unwrap_or(0);
    let mut lines = Vec::new();
    if !table.title.is_empty() {
        lines.push(table.title.clone());
    }
    lines.extend(laid_out(&table.columns, &widths, table));
    lines.push("-".repeat(widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)));
    for row in &table.rows {
        let cells: Vec<String> = (0..table.columns.len())
            .map(|place| cell(row, place))
            .collect();
        let mut row_lines = laid_out(&cells, &widths, table);
        if let Some(first) = row_lines.first_mut().filter(|_| is_drawn) {
            first.push_str(&" ".repeat(GAP));
            first.push_str(&bar(row.drawn(), most, bar_columns, blocks));
        }
        lines.extend(row_lines);
    }
    lines
}

/// A bar for a part of the most: in eighths of a column, or in whole ones where only ASCII is safe.
pub fn bar(part: u64, most: u64, columns: usize, blocks: bool) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if most == 0 {
        return String::new();
    }
    let eighths = u128::from(part) * (columns as u128) * 8 / u128::from(most);
    let eighths = usize::try_from(eighths).unwrap_or(0);
    let (whole, rest) = (eighths / 8, eighths % 8);
    if blocks {
        let end = EIGHTHS.get(rest).copied().unwrap_or_default();
        format!("{}{end}", "█".repeat(whole))
    } else {
        "#".repeat(whole + usize::from(rest >= 4))
    }
}

fn signatures(names: &[String]) -> Vec<String> {
    let mut lines = vec![String::new()];
    let of = |name: &String| format!("{name} {}", "_".repeat(SIGNATURE.saturating_sub(2)));
    let signed: Vec<String> = names.iter().map(of).collect();
    let mut line = String::new();
    for one in signed {
        if width(&line) + GAP + width(&one) > COLUMNS {
            lines.push(std::mem::take(&mut line));
            lines.push(String::new());
        }
        if !line.is_empty() {
            line.push_str("  ");
        }
        line.push_str(&one);
    }
    lines.push(line);
    lines
}
