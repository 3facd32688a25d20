//! Texts that were made to break terminals, spreadsheets and programs: each line is a request or
//! told, comes back the same, and is drawn without a control character.

use std::fs;
use std::path::Path;

use frontdesk::desk::contract::{Filter, ListQuery, Sort};
use frontdesk::domain::number::Kind;
use frontdesk::domain::record::Record;
use frontdesk::exchange::book::{self, Options, Unopened};
use frontdesk::text::{show, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::common::{Bench, list};
use crate::importing::{PLAIN, import, proposed};
use crate::taken::{data, there_and_back};

/// A table with one column, one row a line of a text, and how many rows it has.
fn as_table(text: &str) -> (String, u64) {
    // One column has nothing between its cells: quotes say that what looks like it is text.
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record(["text"]).unwrap();
    let mut rows = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        writer.write_record([line]).unwrap();
        rows += 1;
    }
    (
        String::from_utf8(writer.into_inner().unwrap()).unwrap(),
        rows,
    )
}

/// Draws the texts of all requests as a list does, and looks for what no terminal may get.
fn drawn(bench: &mut Bench) {
    let mut query = ListQuery {
        limit: 500,
        full: true,
        ..list(Kind::Intake, Filter::All, Sort::Oldest)
    };
    loop {
        let page = bench.page(query.clone());
        for (cursor, row) in page.rows {
            query.after = Some(cursor);
            let Record::Intake(intake) = row.record else {
                panic!("no request");
            };
            for line in intake.details.text.lines() {
                harmless(line);
            }
        }
        if !page.after {
            return;
        }
    }
}

fn harmless(text: &str) {
    let shown = show::cell(text);
    let control =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    assert!(!shown.chars().any(control), "{text:?}");
    let area = Rect::new(0, 0, 80, 1);
    let mut buffer = Buffer::empty(area);
    buffer.set_stringn(0, 0, &shown, 80, Style::new());
    let cut = width::truncate(&shown, 80);
    assert!(width::width(&cut) <= 80, "{text:?}");
}

#[test]
fn every_line_made_to_break_something_is_a_request_or_told() {
    let Some(folder) = data("terminal-bad-input") else {
        return;
    };
    let mut files = 0;
    let mut told = Vec::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "SOURCE.txt" {
            continue;
        }
        files += 1;
        let bytes = fs::read(&path).unwrap();
        let (text, rows) = as_table(&String::from_utf8_lossy(&bytes));
        let (table, mapping) = proposed(Kind::Intake, &text);
        let mut bench = Bench::of("property");
        let outcome = import(&mut bench, &table, &mapping, &PLAIN);
        let [read, imported, already, rejected] = outcome.totals();
        assert_eq!(
            (read, imported + already + rejected),
            (rows, rows),
            "{name}"
        );
        println!("{name}: {:?} {:?}", outcome.totals(), outcome.reasons());
        told.extend(outcome.reasons().into_keys());
        assert!(bench.desk.verify(None).unwrap().is_clean(), "{name}");
        there_and_back(&mut bench, Kind::Intake);
        drawn(&mut bench);
    }
    assert_eq!(files, 33);
}

/// What comes of a file opened as it is, whatever it holds.
fn as_it_is(path: &Path) -> String {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    match book::open(fs::read(path).unwrap(), &name, &Options::default()) {
        Ok(sheet) => {
            assert_eq!(sheet.rows().count() as u64, sheet.count(), "{name}");
            "read".to_owned()
        }
        Err(Unopened::Refused(problem)) => problem.key,
        Err(Unopened::Encoding(_)) => "asked".to_owned(),
        Err(Unopened::Sheet(_)) => panic!("{name} is no workbook"),
    }
}

#[test]
fn what_was_recorded_of_a_terminal_is_read_or_refused_as_a_file() {
    let Some(folder) = data("terminal-bad-input") else {
        return;
    };
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let came = as_it_is(&path);
        println!("{}: {came}", path.display());
        assert!(
            [
                "read",
                "asked",
                "sheet-json-flat",
                "sheet-binary",
                "sheet-empty"
            ]
            .contains(&&*came),
            "{} {came}",
            path.display()
        );
    }
}
