//! A document as text of 80 columns, for a printer or a terminal.

use super::{Behind, Block, Chart, Document, Row, Table};
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

/// A line as it is laid out, with the numbers on it that open a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// The line.
    pub text: String,
    /// Whether it is the name of a section.
    pub heading: bool,
    /// The numbers, from left to right.
    pub numbers: Vec<Opens>,
}

/// A number on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opens {
    /// The column of its first digit.
    pub from: usize,
    /// So many columns wide.
    pub columns: usize,
    /// The records behind it.
    pub behind: Behind,
}

impl Laid {
    fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            heading: false,
            numbers: Vec::new(),
        }
    }
}

/// A document as lines of a page, each with its end. `blocks` says whether bars may be drawn with
/// block characters; else they are ASCII.
pub fn text(document: &Document, blocks: bool) -> String {
    let mut text = String::new();
    for line in laid(document, COLUMNS, blocks) {
        if line.heading {
            text.push_str(&line.text);
            text.push('\n');
            text.push_str(&"=".repeat(width(&line.text).min(COLUMNS)));
        } else {
            text.push_str(&line.text);
        }
        text.push('\n');
    }
    text
}

/// A document as lines of so many columns.
pub fn laid(document: &Document, columns: usize, blocks: bool) -> Vec<Laid> {
    let mut lines = vec![
        Laid::plain(centred(&document.title, columns)),
        Laid::plain(centred(&document.subtitle, columns)),
    ];
    for block in &document.blocks {
        lines.push(Laid::plain(""));
        let plain = |texts: Vec<String>| texts.into_iter().map(Laid::plain);
        match block {
            Block::Heading(heading) => lines.push(Laid {
                heading: true,
                ..Laid::plain(heading)
            }),
            Block::Text(text) => lines.extend(plain(wrapped(text, columns))),
            Block::Facts(facts) => lines.extend(plain(facts_of(facts, columns))),
            Block::Table(table) => lines.extend(table_of(table, columns, blocks)),
            Block::Signatures(names) => lines.extend(plain(signatures(names, columns))),
        }
    }
    for line in &mut lines {
        line.text = show::cell(&line.text).trim_end().to_owned();
    }
    lines
}

fn centred(text: &str, columns: usize) -> String {
    let before = columns.saturating_sub(width(text)) / 2;
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

fn facts_of(facts: &[(String, String)], columns: usize) -> Vec<String> {
    let widest = facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    let widest = widest.min(columns / 3);
    let mut lines = Vec::new();
    for (name, told) in facts {
        let name = pad(&truncate(name, widest), widest);
        let rest = columns.saturating_sub(widest + GAP);
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
fn widths(table: &Table, columns: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = table.columns.iter().map(|name| width(name)).collect();
    for row in &table.rows {
        for (place, widest) in widths.iter_mut().enumerate() {
            let text = cell(row, place);
            let most = text.lines().map(width).max().unwrap_or(0);
            *widest = (*widest).max(most);
        }
    }
    let room = columns.saturating_sub(GAP * widths.len().saturating_sub(1));
    let least: Vec<usize> = (0..widths.len()).map(|place| least(table, place)).collect();
    while widths.iter().sum::<usize>() > room {
        // A number that is broken in two is none any more: what can be broken gives way first.
        let pairs = widths.iter_mut().zip(&least);
        let breakable = pairs.filter(|(width, least)| **width > **least);
        let widest = breakable.map(|(width, _)| width).max();
        let Some(widest) = widest else { break };
        *widest = widest.saturating_sub(1);
    }
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max() else {
            break;
        };
        *widest = widest.saturating_sub(1);
    }
    widths
}

/// Columns of a record's number, the longest word that is kept whole.
const WHOLE: usize = 13;

/// The columns below which words of a column would be broken.
fn least(table: &Table, place: usize) -> usize {
    let name = table.columns.get(place).cloned().unwrap_or_default();
    let cells = table.rows.iter().map(|row| cell(row, place));
    let longest = |text: String| {
        let words = text.split(|c: char| !c.is_ascii() || c.is_whitespace());
        words.map(str::len).max().unwrap_or(0)
    };
    let longest = cells.chain([name]).map(longest).max().unwrap_or(0);
    longest.clamp(2, WHOLE)
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

fn table_of(table: &Table, columns: usize, blocks: bool) -> Vec<Laid> {
    let widths = widths(table, columns);
    let taken = widths.iter().sum::<usize>() + GAP * widths.len();
    let bar_columns = columns.saturating_sub(taken).min(MOST_BAR);
    let is_drawn = table.chart != Chart::None && bar_columns >= LEAST_BAR;
    let most = table.rows.iter().map(Row::drawn).max().unwrap_or(0);
    let mut lines = Vec::new();
    if !table.title.is_empty() {
        lines.push(Laid::plain(table.title.clone()));
    }
    lines.extend(
        laid_out(&table.columns, &widths, table)
            .into_iter()
            .map(Laid::plain),
    );
    let across = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    lines.push(Laid::plain("-".repeat(across)));
    for row in &table.rows {
        let cells: Vec<String> = (0..table.columns.len())
            .map(|place| cell(row, place))
            .collect();
        let row_lines = laid_out(&cells, &widths, table);
        let mut row_lines: Vec<Laid> = row_lines.into_iter().map(Laid::plain).collect();
        if let Some(first) = row_lines.first_mut() {
            first.numbers = numbers(row, &widths);
            if is_drawn {
                first.text.push_str(&" ".repeat(GAP));
                first
                    .text
                    .push_str(&bar(row.drawn(), most, bar_columns, blocks));
            }
        }
        lines.extend(row_lines);
    }
    lines
}

/// The numbers of a row that open a list, each at the right of its column.
fn numbers(row: &Row, widths: &[usize]) -> Vec<Opens> {
    let mut end = widths.first().copied().unwrap_or(0);
    let mut numbers = Vec::new();
    for ((value, opens), columns) in row.values.iter().zip(widths.iter().skip(1)) {
        end += GAP + columns;
        if let Some(behind) = opens {
            let wide = width(&value.shown()).min(*columns);
            numbers.push(Opens {
                from: end - wide,
                columns: wide,
                behind: behind.clone(),
            });
        }
    }
    numbers
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

fn signatures(names: &[String], columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let of = |name: &String| format!("{name} {}", "_".repeat(SIGNATURE.saturating_sub(2)));
    let signed: Vec<String> = names.iter().map(of).collect();
    let mut line = String::new();
    for one in signed {
        if width(&line) + GAP + width(&one) > columns {
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
