//! `report handling`: how long calls took from the first key to the save, by operator (A09-2.3).

use super::args;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Query, Reply};
use crate::domain::stamp::Day;

/// `frontdesk report handling --from DAY --to DAY`.
pub(super) fn report(
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let (from, to) = (day(&report.from)?, day(&report.to)?);
    let mut entry = enter(global, console)?;
    if let Reply::Handling(rows) = entry.look(Query::Handling { from, to })? {
        if console.json {
            for row in &rows {
                console.json(row)?;
            }
        } else {
            let header = |name: &str| console.texts.get(&format!("report-{name}")).into_owned();
            let headers = ["operator", "count", "mean", "median", "longest"].map(header);
            let rows: Vec<Vec<String>> = rows
                .iter()
                .map(|row| {
                    let times = [row.mean, row.median, row.longest].map(minutes);
                    [
                        vec![row.name.clone(), row.count.to_string()],
                        times.to_vec(),
                    ]
                    .concat()
                })
                .collect();
            console.table(&headers, &rows)?;
        }
    }
    entry.close()
}

fn day(text: &str) -> Result<Day, Trouble> {
    Day::parse(text).ok_or_else(|| Trouble::usage("usage-day", &[("value", text)]))
}

/// Seconds as `m:ss`.
fn minutes(seconds: i64) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
