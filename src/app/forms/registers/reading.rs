//! The values of a form's fields, as the rules behind it take them.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::app::choices::Options;
use crate::app::field::FieldKind;
use crate::app::form::Form;
use crate::app::forms::{archive, names, step};
use crate::domain::number::Number;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::domain::survey::{MOST_POINTS, Tenths};
use crate::text::clean;

/// The values of a form's fields under the names that the rules have for them.
pub(super) fn values(form: &Form) -> Result<Map<String, Value>, Problem> {
    let mut map = Map::new();
    let mut papers = BTreeMap::new();
    for field in form
        .fields
        .iter()
        .filter(|field| field.shown || matches!(field.kind, FieldKind::Hidden))
    {
        let value = field.value().trim();
        if let Some((item, _)) = &field.item {
            if !value.is_empty() {
                papers.insert(item.clone(), value.to_owned());
            }
            continue;
        }
        let name = names::of_rule(field.name);
        let unread = |key: &str| Problem::new(key).field(field.name).arg("value", value);
        let value = match &field.kind {
            FieldKind::Choice(Options::Named("choice", _)) if value.is_empty() => continue,
            FieldKind::Choice(Options::Named("choice", _)) => json!(value == "yes"),
            FieldKind::Choice(Options::Site(_))
                if matches!(field.name, "manager" | "given_to" | "hand_to") && value.is_empty() =>
            {
                continue;
            }
            FieldKind::Choice(Options::Site(_)) => json!(value),
            // What was begun comes as it was kept.
            _ if field.name == "drafts" => serde_json::from_str(value).unwrap_or(json!([])),
            _ if field.name == "which" => json!(archive::pieces(form)?),
            _ if field.name == "aspects" => json!(lines_of(value)),
            _ if field.name == "threshold" && value.is_empty() => continue,
            _ if field.name == "threshold" => {
                let points: Result<Tenths, _> = clean::half_width(value).parse();
                json!(points.map_err(|_| unread("not-points").arg("most", MOST_POINTS))?)
            }
            FieldKind::Date if !value.is_empty() => {
                let day = Day::parse(value).ok_or_else(|| unread("not-a-date"))?;
                json!(day.to_string())
            }
            FieldKind::Number if !value.is_empty() => {
                let digits = clean::half_width(value);
                let count: u32 = digits.parse().map_err(|_| unread("not-a-number"))?;
                json!(count)
            }
            _ if field.name == "temperature" => {
                json!(tenths(value).ok_or_else(|| unread("not-a-number"))?)
            }
            _ if field.name == "amount" => json!(step::yuan(form, "amount")?),
            _ if is_number(field.name) && !value.is_empty() => {
                let number: Result<Number, _> = value.parse();
                let wrong = if matches!(field.name, "file" | "into_file") {
                    "not-a-file"
                } else {
                    "not-a-number-of-a-record"
                };
                json!(number.map_err(|_| unread(wrong))?)
            }
            FieldKind::Text | FieldKind::Note(_) | FieldKind::Phone if !is_number(field.name) => {
                json!(field.value())
            }
            _ if value.is_empty() => continue,
            _ => json!(value),
        };
        map.insert(name.to_owned(), value);
    }
    if !papers.is_empty() {
        map.insert("papers".to_owned(), json!(papers));
    }
    Ok(map)
}

/// Whether a field holds the number of a record; none where it is left open.
fn is_number(field: &str) -> bool {
    matches!(field, "file" | "into_file" | "record" | "replaced_by")
}

/// What is written line by line, or with commas between.
fn lines_of(typed: &str) -> Vec<&str> {
    let lines = typed.split(['\n', '、', '，', ',', ';', '；']);
    lines.map(str::trim).filter(|it| !it.is_empty()).collect()
}

/// A temperature as typed, in tenths of a degree.
fn tenths(typed: &str) -> Option<i32> {
    let typed = clean::half_width(typed);
    let (sign, digits) = match typed.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, typed.as_str()),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    if part.len() > 1 {
        return None;
    }
    let whole: i32 = whole.parse().ok()?;
    let part: i32 = part.parse().ok()?;
    whole.checked_mul(10)?.checked_add(part)?.checked_mul(sign)
}

/// A value as what the rules take.
pub(in crate::app::forms) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Problem> {
    serde_json::from_value(value).map_err(|_| Problem::new("nothing-to-change"))
}
