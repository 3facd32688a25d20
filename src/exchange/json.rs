//! JSON lines and JSON arrays of objects as a table: the names are headers, those of an earlier
//! object before those that only a later one has. What lies deeper has its path as its name, a list is one cell.

use serde_json::{Map, Value};

use super::defuse::guarded;
use super::grid::{Grid, GridRow};
use crate::domain::refusal::Problem;

/// An object with its line, or its place in an array.
type Placed = (u64, Map<String, Value>);

/// Whether a text is meant to be JSON: by the name of its file, or because its first line is an
/// object.
pub(super) fn is_json(text: &str, file: &str) -> bool {
    let ending = file
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_lowercase();
    if ["json", "jsonl", "ndjson"].contains(&ending.as_str()) {
        return true;
    }
    let first = text.trim_start().lines().next().unwrap_or_default();
    first.starts_with('{') && serde_json::from_str::<Map<String, Value>>(first).is_ok()
}

/// The objects of a text as a table.
///
/// # Errors
/// `sheet-json` with line and detail where it is no JSON, `sheet-json-flat` where it is no list of
/// objects, `sheet-empty` when there is none.
pub(super) fn table(text: &str) -> Result<Grid, Problem> {
    let mut headers: Vec<String> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut rows: Vec<GridRow> = Vec::new();
    for (line, object) in objects(text)? {
        let mut cells = Vec::new();
        flatten("", Value::Object(object), &mut |name, cell| {
            let place = *places.entry(name.to_owned()).or_insert_with(|| {
                headers.push(name.to_owned());
                headers.len() - 1
            });
            cells.push((place, cell));
        });
        rows.push((line, cells));
    }
    if headers.is_empty() {
        return Err(Problem::new("sheet-empty"));
    }
    Ok(Grid::of(headers, rows))
}

/// The objects with the lines they begin on; those of an array have their place in it, from 1.
fn objects(text: &str) -> Result<Vec<Placed>, Problem> {
    let unreadable = |line: usize, error: &serde_json::Error| {
        Problem::new("sheet-json")
            .arg("line", line)
            .arg("detail", error)
    };
    let flat = |line: u64| Problem::new("sheet-json-flat").arg("line", line);
    if text.trim_start().starts_with('[') {
        let list: Vec<Value> =
            serde_json::from_str(text).map_err(|error| unreadable(error.line(), &error))?;
        return (1..)
            .zip(list)
            .map(|(place, value)| Ok((place, object(value).ok_or_else(|| flat(place))?)))
            .collect();
    }
    let mut found = Vec::new();
    for (place, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(value) => {
                let line = place as u64 + 1;
                found.push((line, object(value).ok_or_else(|| flat(line))?));
            }
            // One object over many lines is one row.
            Err(error) => match serde_json::from_str(text) {
                Ok(value) => return Ok(vec![(1, object(value).ok_or_else(|| flat(1))?)]),
                Err(_) => return Err(unreadable(place + 1, &error)),
            },
        }
    }
    Ok(found)
}

/// An object, also as the second of a pair whose first is its name.
fn object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        Value::Array(mut pair) if pair.len() == 2 && pair.first().is_some_and(Value::is_string) => {
            pair.pop().and_then(object)
        }
        _ => None,
    }
}

fn flatten(path: &str, value: Value, each: &mut impl FnMut(&str, String)) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                if path.is_empty() {
                    flatten(&name, value, each);
                } else {
                    flatten(&format!("{path}.{name}"), value, each);
                }
            }
        }
        other => each(path, cell(other)),
    }
}

fn cell(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        // A `'` at its beginning is part of it: nothing was defused here.
        Value::String(text) => guarded(&text).into_owned(),
        Value::Array(list) => {
            let parts: Vec<String> = list.into_iter().map(cell).collect();
            parts.join("; ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn rows(text: &str) -> (Vec<String>, Vec<(u64, Vec<String>)>) {
        let grid = Arc::new(table(text).unwrap());
        let rows = Grid::rows(&grid).map(|row| (row.line, row.cells.unwrap()));
        (grid.headers().to_vec(), rows.collect())
    }

    #[test]
    fn names_of_earlier_objects_are_the_first_headers() {
        let (headers, found) = rows("{\"a\":1,\"b\":null}\n\n{\"b\":\"x\",\"c\":[1,\"2\"]}\n");
        assert_eq!(headers, ["a", "b", "c"]);
        let row = |line, cells: [&str; 3]| (line, cells.map(str::to_owned).to_vec());
        assert_eq!(found, [row(1, ["1", "", ""]), row(3, ["", "x", "1; 2"])]);
    }

    #[test]
    fn arrays_and_named_pairs_are_lists_of_objects() {
        let (headers, found) = rows("[[\"x\", {\"名称\":\"x\",\"p\":{\"q\":true}}]]");
        assert_eq!(headers, ["p.q", "名称"]);
        assert_eq!(found, [(1, vec!["true".to_owned(), "x".to_owned()])]);
    }

    #[test]
    fn what_is_no_list_of_objects_is_told_with_its_line() {
        let key = |text: &str| table(text).unwrap_err();
        assert_eq!(key("{\"a\":1}\n{\"a\":\n").args["line"], "2");
        assert_eq!(key("[1,2]").key, "sheet-json-flat");
        assert_eq!(key("[]").key, "sheet-empty");
        assert!(is_json("{\"a\":1}\n", "x.txt") && !is_json("{a},b\n", "x.csv"));
    }
}
