//! Tables drawn as SVG, to stand in the HTML of a report: bars, Pareto, and quarter after quarter.
//! Colours print well in grey; every bar has its figure beside it.

use std::fmt::Write as _;

use super::html::escaped;
use super::{Chart, Row, Table, Value};

const WIDTH: u64 = 640;
const LABELS: u64 = 200;
const ROW: u64 = 24;
const HEIGHT: u64 = 160;

/// A table as a picture; none where it is not drawn or says nothing.
pub(super) fn svg(table: &Table) -> Option<String> {
    let most = table.rows.iter().map(Row::drawn).max().unwrap_or(0);
    if most == 0 {
        return None;
    }
    match table.chart {
        Chart::None => None,
        Chart::Bars => Some(bars(table, most)),
        Chart::Pareto => Some(pareto(table, most)),
        Chart::Trend => Some(trend(table, most)),
    }
}

fn opened(table: &Table, height: u64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\
         <title>{}</title>\n",
        escaped(&table.title)
    )
}

/// A text at a place, set by its start, middle or end.
fn label(svg: &mut String, x: u64, y: u64, anchor: &str, text: &str) {
    let text = escaped(text);
    // Writing to a string does not fail.
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>"
    );
}

fn bars(table: &Table, most: u64) -> String {
    let height = ROW * table.rows.len() as u64 + 4;
    let mut svg = opened(table, height);
    for (place, row) in (0_u64..).zip(&table.rows) {
        let y = place * ROW;
        let length = row.drawn() * (WIDTH - LABELS - 60) / most;
        label(&mut svg, LABELS - 8, y + 16, "end", &row.name);
        let _ = writeln!(
            svg,
            "<rect x=\"{LABELS}\" y=\"{}\" width=\"{length}\" height=\"{}\"/>",
            y + 4,
            ROW - 8
        );
        let at = LABELS + length + 6;
        label(&mut svg, at, y + 16, "start", &row.drawn().to_string());
    }
    svg.push_str("</svg>\n");
    svg
}

/// The places of so many columns across the picture, and how wide each is.
fn columns(table: &Table) -> (u64, impl Iterator<Item = (u64, &Row)>) {
    let step = WIDTH / (table.rows.len() as u64).max(1);
    let places = (0_u64..).map(move |place| place * step);
    (step, places.zip(&table.rows))
}

fn upright(svg: &mut String, x: u64, step: u64, row: &Row, most: u64) {
    let tall = row.drawn() * HEIGHT / most;
    let _ = writeln!(
        svg,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{tall}\"/>",
        x + step / 8,
        20 + HEIGHT - tall,
        step * 3 / 4
    );
    let middle = x + step / 2;
    label(
        svg,
        middle,
        16 + HEIGHT - tall,
        "middle",
        &row.drawn().to_string(),
    );
    label(svg, middle, HEIGHT + 36, "middle", &row.name);
}

fn line(svg: &mut String, points: &[(u64, u64)]) {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x},{y}")).collect();
    let _ = writeln!(svg, "<polyline points=\"{}\"/>", points.join(" "));
}

/// Columns from the most frequent on, and the share of each and all before it as a line.
fn pareto(table: &Table, most: u64) -> String {
    let mut svg = opened(table, HEIGHT + 48);
    let (step, places) = columns(table);
    let mut points = Vec::new();
    for (x, row) in places {
        upright(&mut svg, x, step, row, most);
        if let Some((Value::Share(share), _)) = row.values.last() {
            let y = 20 + HEIGHT - u64::from(*share) * HEIGHT / 1000;
            points.push((x + step / 2, y));
        }
    }
    line(&mut svg, &points);
    svg.push_str("</svg>\n");
    svg
}

/// Quarter after quarter: how many, and how many of them were late as a line.
fn trend(table: &Table, most: u64) -> String {
    let mut svg = opened(table, HEIGHT + 48);
    let (step, places) = columns(table);
    let mut points = Vec::new();
    for (x, row) in places {
        upright(&mut svg, x, step, row, most);
        if let Some((Value::Count(late), _)) = row.values.get(1) {
            points.push((x + step / 2, 20 + HEIGHT - late * HEIGHT / most));
        }
    }
    line(&mut svg, &points);
    svg.push_str("</svg>\n");
    svg
}
