//! What an import says: what was understood of the file, each row that did not become a record, and
//! what came of it all.

use encoding_rs::Encoding;
use serde_json::json;

use super::super::console::Console;
use super::super::trouble::Trouble;
use crate::exchange::alike::Group;
use crate::exchange::attached::OtherName;
use crate::exchange::bound::Bound;
use crate::exchange::import::{Double, Tally};
use crate::exchange::sheet::{Reject, Sheet};
use crate::locale::Said;
use crate::text::clean;
use crate::text::width;

/// So many rows are shown as they will be read.
const SAMPLES: usize = 3;
/// Each cell of them cut after so many columns.
const CELL: usize = 28;

/// What was understood of the file, before anything is written: the encoding, where the headers
/// stand, the columns, and the first rows as they will be read.
pub(super) fn understood(
    sheet: &Sheet,
    bound: &Bound,
    console: &mut Console,
) -> Result<(), Trouble> {
    let encoding = sheet.encoding().map_or("", Encoding::name);
    let line = sheet.header_line().to_string();
    let name = sheet.name().map_or("", |name| name);
    let key = match (sheet.name(), sheet.certain()) {
        (Some(_), _) => "import-of-sheet",
        (None, _) if encoding.is_empty() => "import-of-objects",
        (None, true) => "import-encoding",
        (None, false) => "import-encoding-guessed",
    };
    let args = [("sheet", name), ("line", &*line), ("encoding", encoding)];
    console.say_aside(key, &args)?;
    if sheet.name().is_none() && sheet.header_line() > 1 {
        console.say_aside("import-header-line", &[("line", &line)])?;
    }
    let rows = sheet.rows().filter_map(|row| row.cells.ok()).take(SAMPLES);
    let samples: Vec<Vec<String>> = rows.collect();
    for (field, columns) in bound.understood() {
        let header = console.texts.name("column", &field);
        let cells = samples.iter().map(|row| {
            let text = clean::name(&bound.text(&field, row).text);
            width::truncate(&text, CELL).into_owned()
        });
        let cells: Vec<String> = cells.collect();
        console.aside(&format!("  {header} < {columns}: {}", cells.join(" | ")))?;
    }
    let left_over = bound.left_over(sheet.headers());
    if !left_over.is_empty() {
        let names = left_over.join(&console.texts.get("list-comma"));
        console.say_aside("import-left-over", &[("names", &names)])?;
    }
    Ok(())
}

/// A number that two rows have.
pub(super) fn double(double: &Double, console: &mut Console) -> Result<(), Trouble> {
    let (line, first) = (double.line.to_string(), double.first.to_string());
    if console.json {
        let value = json!({ "line": double.line, "first": double.first, "number": double.number });
        return Ok(console.json(&json!({ "double": value }))?);
    }
    let args = [
        ("line", &*line),
        ("first", &*first),
        ("number", &*double.number),
    ];
    Ok(console.say("import-double", &args)?)
}

/// A row attached to a customer who goes by another name.
pub(super) fn other_name(other: &OtherName, console: &mut Console) -> Result<(), Trouble> {
    let (line, customer) = (other.line.to_string(), other.customer.to_string());
    if console.json {
        let value = json!({ "line": other.line, "name": other.name, "customer": other.customer,
            "known": other.known });
        return Ok(console.json(&json!({ "other-name": value }))?);
    }
    let args = [
        ("line", &*line),
        ("name", &*other.name),
        ("customer", &*customer),
        ("known", &*other.known),
    ];
    Ok(console.say("import-other-name", &args)?)
}

/// One row that did not become a record: place and reason.
pub(in crate::cli) fn told(reject: &Reject, console: &mut Console) -> Result<(), Trouble> {
    let said = console.texts.failure(&reject.failure);
    if console.json {
        let value = json!({
            "sheet": reject.sheet.as_deref(),
            "line": reject.line,
            "column": reject.column.as_ref().map(|column| column.number),
            "header": reject.column.as_ref().map(|column| column.name.as_str()),
            "cell": reject.cell(),
            "reason": said.iter().map(Said::line).collect::<Vec<_>>(),
            "failure": reject.failure,
        });
        return Ok(console.json(&value)?);
    }
    let line = reject.line.to_string();
    let sheet = reject.sheet.as_deref().unwrap_or_default();
    let cell = reject.cell().unwrap_or_default();
    let number = reject.column.as_ref().map_or(0, |column| column.number);
    let number = number.to_string();
    let header = reject.column.as_ref().map_or("", |column| &column.name);
    let args = [
        ("line", &*line),
        ("sheet", sheet),
        ("cell", &*cell),
        ("column", &*number),
        ("header", header),
    ];
    let key = match (&reject.sheet, &reject.column) {
        (Some(_), Some(_)) => "import-place-cell",
        (Some(_), None) => "import-place-row",
        (None, Some(_)) => "import-place-column",
        (None, None) => "import-place",
    };
    let place = console.texts.with(key, &args).into_owned();
    for said in said {
        console.line(&format!("{place} {}", said.line()))?;
    }
    Ok(())
}

/// Rows that were refused alike: one as [`told`], more of them in one line.
pub(super) fn together(groups: &[Group], console: &mut Console) -> Result<(), Trouble> {
    for group in groups {
        if group.count == 1 {
            told(&group.first, console)?;
            continue;
        }
        let place = group.place(console.texts);
        let reason = group.reason(console.texts);
        let args = [("place", &*place), ("reason", &*reason)];
        console.say("import-together", &args)?;
    }
    Ok(())
}

/// What came of it all.
pub(super) fn finish(tally: Tally, dry_run: bool, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        console.json(&tally)?;
        return stopped(tally, console);
    }
    let number = tally.import.map(|it| it.to_string()).unwrap_or_default();
    for (key, count) in [
        ("import-attached", tally.attached),
        ("import-filled", tally.filled),
        ("import-already", tally.already),
    ] {
        if count > 0 {
            console.say(key, &[("count", &count.to_string())])?;
        }
    }
    let key = match (dry_run, tally.import) {
        (true, _) => "import-would",
        (false, Some(_)) => "import-done",
        (false, None) => "import-nothing",
    };
    let args = [
        ("read", &*tally.read.to_string()),
        ("imported", &*tally.imported.to_string()),
        ("rejected", &*tally.rejected.to_string()),
        ("import", &*number),
    ];
    console.say(key, &args)?;
    stopped(tally, console)
}

/// An import that the store cut short is not done: said with its place, and the exit code tells.
fn stopped(tally: Tally, console: &mut Console) -> Result<(), Trouble> {
    let Some(stop) = tally.stopped else {
        return Ok(());
    };
    let line = stop.line.to_string();
    console.say_aside("import-stopped", &[("line", &line)])?;
    Err(stop.failure.into())
}
