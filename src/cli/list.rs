//! `list`, `search` and `show`: records on the command line.

use super::args;
use super::choose;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{ListQuery, Page, Query, Reply, Row};
use crate::domain::number::Number;
use crate::exchange::cells::Style;
use crate::exchange::columns;
use crate::exchange::export::each_row;

/// `frontdesk list KIND`: a table, or with `--json` one record a line.
pub(super) fn list(
    global: &args::Global,
    list: &args::List,
    console: &mut Console,
) -> Result<(), Trouble> {
    let query = choose::query(&list.choice)?;
    let mut entry = enter(global, console)?;
    let rows = first_rows(&mut entry, &query, list.limit)?;
    show_rows(&entry, &rows, Some(&query), console)?;
    entry.close()
}

/// The first rows of a list, all of them when the limit is 0.
fn first_rows(entry: &mut Entry, query: &ListQuery, limit: u32) -> Result<Vec<Row>, Trouble> {
    let mut found = Vec::new();
    if limit == 0 {
        each_row(&mut entry.desk, &mut entry.asker, query, &mut |row| {
            found.push(row.clone());
            Ok::<(), Trouble>(())
        })?;
        return Ok(found);
    }
    let reply = entry.look(Query::List(ListQuery {
        limit,
        ..query.clone()
    }))?;
    Ok(rows_of(reply))
}

fn rows_of(reply: Reply) -> Vec<Row> {
    match reply {
        Reply::Page(Page { rows, .. }) => rows.into_iter().map(|(_, row)| row).collect(),
        _ => Vec::new(),
    }
}

fn show_rows(
    entry: &Entry,
    rows: &[Row],
    query: Option<&ListQuery>,
    console: &mut Console,
) -> Result<(), Trouble> {
    if console.json {
        for row in rows {
            console.json(row)?;
        }
        return Ok(());
    }
    if rows.is_empty() {
        console.say("cli-nothing-found", &[])?;
        return Ok(());
    }
    let style = Style {
        texts: console.texts,
        profile: &entry.profile,
        exact: false,
    };
    // Without a query the kinds are mixed, and only what all have in common has a column.
    let columns = query.map_or(&["number", "kind", "text"][..], |query| {
        columns::short(query.kind)
    });
    let headers: Vec<String> = columns.iter().map(|column| style.header(column)).collect();
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| match query {
            None => found_row(row, style),
            Some(_) => columns
                .iter()
                .map(|column| style.cell(row, column))
                .collect(),
        })
        .collect();
    console.table(&headers, &cells)?;
    Ok(())
}

/// A row of a search, where kinds are mixed: number, kind, and what tells it from others.
fn found_row(row: &Row, style: Style) -> Vec<String> {
    let number = row.record.number();
    let told: Vec<String> = columns::short(number.kind)
        .iter()
        .filter(|column| **column != "number")
        .map(|column| style.cell(row, column))
        .filter(|text| !text.is_empty())
        .collect();
    vec![
        number.to_string(),
        style.texts.name("kind", number.kind.id()),
        told.join("  "),
    ]
}

/// `frontdesk search TEXT`.
pub(super) fn search(
    global: &args::Global,
    search: &args::Search,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let reply = entry.look(Query::Search {
        text: search.text.join(" "),
        limit: search.limit.max(1),
    })?;
    show_rows(&entry, &rows_of(reply), None, console)?;
    entry.close()
}

/// `frontdesk show NUMBER`: every field that has a value, then, if asked for, every change.
pub(super) fn show(
    global: &args::Global,
    show: &args::Show,
    console: &mut Console,
) -> Result<(), Trouble> {
    let number: Number = show
        .number
        .parse()
        .map_err(|_| Trouble::usage("usage-number", &[("value", &show.number)]))?;
    let mut entry = enter(global, console)?;
    let row = match entry.look(Query::Get(number))? {
        Reply::Record(Some(row)) => *row,
        _ => return Err(crate::desk::contract::Failure::Missing(number).into()),
    };
    if console.json {
        console.json(&row)?;
    } else {
        let style = Style {
            texts: console.texts,
            profile: &entry.profile,
            exact: false,
        };
        let rows: Vec<(String, String)> = columns::columns(number.kind)
            .iter()
            .map(|column| (style.header(column), style.cell(&row, column)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let widest = rows
            .iter()
            .map(|(name, _)| crate::text::width::width(name))
            .max()
            .unwrap_or(0);
        for (name, text) in rows {
            let name = crate::text::width::pad(&name, widest);
            for (at, line) in text.lines().enumerate() {
                let before = if at == 0 {
                    name.clone()
                } else {
                    " ".repeat(widest)
                };
                console.line(&format!("{before}  {line}"))?;
            }
        }
    }
    if show.history {
        history(&mut entry, number, console)?;
    }
    entry.close()
}

fn history(entry: &mut Entry, number: Number, console: &mut Console) -> Result<(), Trouble> {
    let Reply::History(versions) = entry.look(Query::History(number))? else {
        return Ok(());
    };
    for version in versions {
        if console.json {
            console.json(&version)?;
            continue;
        }
        let style = Style {
            texts: console.texts,
            profile: &entry.profile,
            exact: false,
        };
        let head = format!(
            "{}  {}  {}",
            style.stamp(version.at),
            version.by_name,
            version.what
        );
        console.line(&head)?;
        for (field, before, after) in &version.changes {
            console.line(&format!("  {field}: {before} > {after}"))?;
        }
    }
    Ok(())
}
