//! Rows as JSON lines, for programs: one object a line, choices by the names that never change,
//! times in RFC 3339, nothing as `null`.

use std::io::{self, Write};

use serde_json::{Value as Json, json};

use crate::exchange::value::Value;

pub(super) fn row(
    columns: &[&'static str],
    values: Vec<Value>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut before = "{";
    for (column, value) in columns.iter().zip(values) {
        write!(out, "{before}\"{column}\":")?;
        serde_json::to_writer(&mut *out, &cell(value))?;
        before = ",";
    }
    out.write_all(b"}\n")
}

fn cell(value: Value) -> Json {
    match value {
        Value::Nothing => Json::Null,
        Value::Text(text) | Value::Word { id: text, .. } => Json::String(text),
        Value::Time(at) => json!(at),
        Value::Date(day) => json!(day),
        Value::Count(count) => json!(count),
        Value::Truth(truth) => json!(truth),
    }
}
