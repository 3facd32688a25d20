//! `report handling`: how long calls took from the first key to the save, by operator (A09-2.3).
//! `report complaints`: the quarterly analysis of complaints (A13-c5a to A13-c6).
//! `report requests`: what became of the requests of a quarter (A14-2.5a, A14-2.5b).
//! `report files`: files and customers by department and class, and what waits to be filed (A11-05).
//! `report index`: the index of files (A11-06).
//! `report stock`, `new-cars`, `sources`, `fines`, `contacts`: the reports of a month (A13-a7a, A07-d2, A03-4.1.1,
//! A07-f1 to A07-f10).

use std::fs::{self, OpenOptions};
use std::io::{self, IsTerminal as _, Write as _, stdout};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use serde::Serialize;

use super::args;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{At, Command, QuarterReport, Query, Reply};
use crate::domain::analysis::{AnalysisStep, Quarter};
use crate::domain::filing::{IndexBy, IndexLine, put_in_order};
use crate::domain::monthly::MonthlyKind;
use crate::domain::stamp::Day;
use crate::report::handling::minutes;
use crate::report::quarterly::{self, Words};
use crate::report::{self, Document, html, table, text};

/// `frontdesk report handling --from DAY --to DAY` and `frontdesk report complaints --period QUARTER`.
pub(super) fn report(
    global: &args::Global,
    asked: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    match asked.name.as_str() {
        "complaints" => return complaints(global, asked, console),
        "requests" => return requests(global, asked, console),
        "files" => return files(global, asked, console),
        "index" => return index(global, asked, console),
        name => {
            if let Some(kind) = MonthlyKind::from_id(name) {
                return monthly(kind, global, asked, console);
            }
        }
    }
    let given = |day: &Option<String>| self::day(day.as_deref().unwrap_or_default());
    let (from, to) = (given(&asked.from)?, given(&asked.to)?);
    let mut entry = enter(global, console)?;
    if let Reply::Handling(rows) = entry.look(Query::Handling { from, to })? {
        if asked.format.is_some() || asked.out.is_some() {
            let words = Words {
                texts: console.texts,
                profile: &entry.profile,
            };
            let document = report::handling::document(&rows, (from, to), words);
            laid_out(&document, &rows, (global, asked), console)?;
        } else if console.json {
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

/// The analysis of a quarter's complaints, in the form asked for.
fn complaints(
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let quarter = quarter(report)?;
    let mut entry = enter(global, console)?;
    if report.draft {
        entry.change(Command::DraftAnalysis { quarter })?;
    }
    if let Some(path) = &report.part {
        let text = fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))?;
        let part = serde_json::from_str(&text);
        let part = part.map_err(|error| Trouble::file(path, &io::Error::other(error)))?;
        let at = present(&mut entry, quarter)?;
        entry.change(Command::WriteAnalysisPart { at, part })?;
    }
    if report.submit {
        let at = present(&mut entry, quarter)?;
        let note = String::new();
        let step = AnalysisStep::Submit { note };
        entry.change(Command::StepAnalysis { at, step })?;
    }
    let found = looked(&mut entry, quarter)?;
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = quarterly::document(&found, words);
    laid_out(&document, &found, (global, report), console)?;
    entry.close()
}

/// What became of the requests of a quarter, in the form asked for.
fn requests(
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let quarter = quarter(report)?;
    if report.draft || report.submit || report.part.is_some() {
        return Err(Trouble::usage("usage-only-complaints", &[]));
    }
    let mut entry = enter(global, console)?;
    let Reply::Requests(found) = entry.look(Query::Requests(quarter))? else {
        return Err(Trouble::odd());
    };
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = report::requests::document(&found, words);
    laid_out(&document, &found, (global, report), console)?;
    entry.close()
}

/// A report of a month, in the form asked for.
fn monthly(
    kind: MonthlyKind,
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let period = report.period.as_deref().unwrap_or_default();
    let month = period
        .parse()
        .map_err(|()| Trouble::usage("usage-month", &[("value", period)]))?;
    if report.draft || report.submit || report.part.is_some() {
        return Err(Trouble::usage("usage-only-complaints", &[]));
    }
    let mut entry = enter(global, console)?;
    let Reply::Monthly(found) = entry.look(Query::Monthly(kind, month))? else {
        return Err(Trouble::odd());
    };
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = report::monthly::document(&found, words);
    laid_out(&document, &found, (global, report), console)?;
    entry.close()
}

/// Files and customers by department and class, and what waits to be filed, in the form asked for.
fn files(
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let Reply::FileFigures(found) = entry.look(Query::FileFigures)? else {
        return Err(Trouble::odd());
    };
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = report::files::document(&found, words);
    laid_out(&document, &found, (global, report), console)?;
    entry.close()
}

/// The index of files, in the order and form asked for.
fn index(
    global: &args::Global,
    report: &args::Report,
    console: &mut Console,
) -> Result<(), Trouble> {
    let by = IndexBy::ALL.iter().copied();
    let by = by.into_iter().find(|by| by.id() == report.by);
    let by = by.unwrap_or(IndexBy::Number);
    let mut entry = enter(global, console)?;
    let mut lines: Vec<IndexLine> = Vec::new();
    let at = loop {
        let after = lines.last().map(|line| line.number);
        let Reply::FileIndex(part) = entry.look(Query::FileIndex { after })? else {
            return Err(Trouble::odd());
        };
        lines.extend(part.lines);
        if !part.more {
            break part.at;
        }
    };
    put_in_order(&mut lines, by);
    let words = Words {
        texts: console.texts,
        profile: &entry.profile,
    };
    let document = report::file_index::document(lines.clone(), by, at, words);
    laid_out(&document, &lines, (global, report), console)?;
    entry.close()
}

fn quarter(report: &args::Report) -> Result<Quarter, Trouble> {
    let period = report.period.as_deref().unwrap_or_default();
    period
        .parse()
        .map_err(|_| Trouble::usage("usage-quarter", &[("value", period)]))
}

/// A report in the form asked for: laid out, or as the plain data it was made of.
fn laid_out(
    document: &Document,
    found: &impl Serialize,
    (global, report): (&args::Global, &args::Report),
    console: &mut Console,
) -> Result<(), Trouble> {
    let said = report.format.as_deref();
    let format = said.unwrap_or(if console.json { "json" } else { "text" });
    let bytes = match format {
        "json" => {
            let json = serde_json::to_string_pretty(found).map_err(io::Error::other)?;
            format!("{json}\n").into_bytes()
        }
        "csv" => {
            let names = [
                "report-section",
                "report-item",
                "report-figure",
                "report-value",
            ];
            let names = names.map(|key| console.texts.get(key));
            table::csv(document, names.each_ref().map(|name| &**name)).into_bytes()
        }
        "xlsx" => table::xlsx(document)?,
        "html" => html::html(document, console.texts.lang()).into_bytes(),
        _ => text::text(document, !global.ascii).into_bytes(),
    };
    if format == "xlsx" && report.out.is_none() && stdout().is_terminal() {
        return Err(Trouble::usage("export-to-terminal", &[]));
    }
    hand_out(&bytes, report.out.as_deref(), console)
}

fn looked(entry: &mut Entry, quarter: Quarter) -> Result<Box<QuarterReport>, Trouble> {
    match entry.look(Query::Analysis(quarter))? {
        Reply::Analysis(found) => Ok(found),
        _ => Err(Trouble::odd()),
    }
}

/// The analysis of a quarter as it is now.
fn present(entry: &mut Entry, quarter: Quarter) -> Result<At, Trouble> {
    let found = looked(entry, quarter)?;
    let told = quarter.to_string();
    let begun = found
        .analysis
        .ok_or_else(|| Trouble::told("report-not-drafted", &[("quarter", &told)]))?;
    Ok(At {
        number: begun.meta.number,
        version: begun.meta.version,
    })
}

/// Writes what was made to a file of its owner alone, which is not there yet, or to standard output.
pub(super) fn hand_out(
    bytes: &[u8],
    out: Option<&Path>,
    console: &mut Console,
) -> Result<(), Trouble> {
    let Some(path) = out else {
        console.raw(bytes)?;
        return Ok(());
    };
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = made.map_err(|error| Trouble::file(path, &error))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|error| Trouble::file(path, &error))?;
    console.say("report-written", &[("path", &path.display().to_string())])?;
    Ok(())
}

pub(super) fn day(text: &str) -> Result<Day, Trouble> {
    Day::parse(text).ok_or_else(|| Trouble::usage("usage-day", &[("value", text)]))
}
