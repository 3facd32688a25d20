//! Every version of a record, from the journal: what changed, by whom, when (A01-02, A01-22).

use serde_json::Value;

use super::Looking;
use crate::desk::contract::RecordVersion;
use crate::desk::frame::{Body, Opened, Place};
use crate::desk::keyspace as keys;
use crate::domain::mask;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::store::{Fault, Order, codec};

/// At most so many versions are shown.
const MOST_VERSIONS: usize = 200;

/// The versions of a record, newest first; masked, unless they may be seen whole.
pub(super) fn versions(
    looking: &Looking,
    number: Number,
    whole: bool,
) -> Result<Vec<RecordVersion>, Fault> {
    let prefix = keys::histories(number);
    let places = looking
        .overlay
        .scan_prefix(&prefix, Order::Backward, MOST_VERSIONS)?;
    let mut versions: Vec<RecordVersion> = Vec::with_capacity(places.len());
    for (_, value) in places.iter().rev() {
        let place: Place = codec::unpack(value)?;
        let body = Body::unpack(&looking.home.journal.read(place.seq)?.payload)?;
        let missing = || Fault::Damaged {
            what: "frame",
            place: place.seq.to_string(),
        };
        let entry = body.entries.get(place.entry as usize).ok_or_else(missing)?;
        let change = entry
            .changes
            .get(place.change as usize)
            .ok_or_else(missing)?;
        let Opened::Record(mut record) = change.open(&looking.home.vault)? else {
            continue;
        };
        if !whole {
            mask::record(&mut record, None);
        }
        let before = versions.last().map(|version| &version.record);
        versions.push(RecordVersion {
            changes: changes(before, &record),
            record,
            at: body.at,
            by: entry.operator,
            by_name: looking.known.name(entry.operator),
            what: entry.what.clone(),
        });
    }
    versions.reverse();
    Ok(versions)
}

/// The fields that differ: path, before, after. For a first version, the fields that have a value.
fn changes(before: Option<&Record>, after: &Record) -> Vec<(String, String, String)> {
    let old = before.map(flat).unwrap_or_default();
    let new = flat(after);
    let value = |fields: &[(String, String)], path: &str| {
        fields
            .iter()
            .find(|(p, _)| p == path)
            .map(|(_, value)| value.clone())
            .unwrap_or_default()
    };
    let mut paths: Vec<&String> = new.iter().map(|(path, _)| path).collect();
    paths.extend(
        old.iter()
            .map(|(path, _)| path)
            .filter(|path| new.iter().all(|(p, _)| p != *path)),
    );
    paths
        .into_iter()
        .filter_map(|path| {
            let (old, new) = (value(&old, path), value(&new, path));
            (old != new).then(|| (path.clone(), old, new))
        })
        .collect()
}

/// A record as paths and values, without number, version and times.
fn flat(record: &Record) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    if let Ok(Value::Object(kinds)) = serde_json::to_value(record) {
        for (_, value) in kinds {
            if let Value::Object(members) = value {
                for (name, value) in members.iter().filter(|(name, _)| *name != "meta") {
                    flatten(name, value, &mut fields);
                }
            }
        }
    }
    fields
}

fn flatten(path: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    // The details are the record's own fields to everybody but the code.
    let path = path.strip_prefix("details.").unwrap_or(path);
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (name, value) in members {
                flatten(&format!("{path}.{name}"), value, fields);
            }
        }
        Value::Array(items) if items.iter().all(Value::is_string) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            if !words.is_empty() {
                fields.push((path.to_owned(), words.join("、")));
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                flatten(&format!("{path}.{}", at + 1), value, fields);
            }
        }
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => fields.push((path.to_owned(), text.clone())),
        other => fields.push((path.to_owned(), other.to_string())),
    }
}
