//! How long calls took from the first key to the save, by operator (A09-2.3).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row, Table, Value};
use crate::desk::contract::HandlingRow;
use crate::domain::stamp::Day;

/// Seconds as `m:ss`.
pub fn minutes(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The report of some days.
pub fn document(rows: &[HandlingRow], (from, to): (Day, Day), words: Words) -> Document {
    let line = |row: &HandlingRow| {
        let times = [row.mean, row.median, row.longest].map(minutes);
        let counted = Row::new(row.name.clone()).with(Value::Count(row.count));
        times
            .into_iter()
            .fold(counted, |line, time| line.with(Value::Text(time)))
    };
    let columns = ["operator", "count", "mean", "median", "longest"];
    let table = Table {
        title: words.t("popup-handling"),
        columns: columns
            .map(|name| words.t(&format!("report-{name}")))
            .to_vec(),
        rows: rows.iter().map(line).collect(),
        chart: Chart::None,
    };
    Document {
        title: words.t("popup-handling"),
        subtitle: format!("{from} – {to}"),
        blocks: vec![Block::Table(table)],
    }
}
