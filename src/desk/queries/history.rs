//! Every version of a record, from the journal: what changed, by whom, when (A01-02, A01-22).

use serde_json::Value;

use super::Looking;
use crate::desk::contract::RecordVersion;
use crate::desk::frame::{Body, Entry, Opened, Place};
use crate::desk::keyspace as keys;
use crate::domain::mask;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order, codec};

/// At most so many versions are shown.
const MOST_VERSIONS: usize = 200;

/// The versions of a record, newest first; masked, unless they may be seen whole. `shown` takes out of each
/// what is not shown at all.
pub(super) fn versions(
    looking: &Looking,
    number: Number,
    whole: bool,
    shown: impl Fn(&mut Record),
) -> Result<Vec<RecordVersion>, Fault> {
    let prefix = keys::histories(number);
    let places = looking
        .overlay
        .scan_prefix(&prefix, Order::Backward, MOST_VERSIONS)?;
    let mut versions: Vec<RecordVersion> = Vec::with_capacity(places.len());
    for (_, value) in places.iter().rev() {
        let place: Place = codec::unpack(value)?;
        let body = Body::unpack(&looking.home.journal.read(place.seq)?.payload)?;
        let entry = entry_at(&body, &place)?;
        let Some(mut record) = record_at(looking, entry, &place)? else {
            continue;
        };
        shown(&mut record);
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

/// A record as it was before a time; none where it was not there yet.
pub(super) fn as_of(
    looking: &Looking,
    number: Number,
    before: Stamp,
) -> Result<Option<Record>, Fault> {
    let present = looking.overlay.record(number)?;
    if present
        .as_ref()
        .is_none_or(|it| it.meta().changed_at < before)
    {
        return Ok(present);
    }
    let prefix = keys::histories(number);
    let places = looking
        .overlay
        .scan_prefix(&prefix, Order::Backward, usize::MAX)?;
    for (_, value) in &places {
        let place: Place = codec::unpack(value)?;
        let body = Body::unpack(&looking.home.journal.read(place.seq)?.payload)?;
        if body.at < before {
            return record_at(looking, entry_at(&body, &place)?, &place);
        }
    }
    Ok(None)
}

/// What is wrong with a frame that has not what the index says.
fn damaged(place: &Place) -> Fault {
    Fault::Damaged {
        what: "frame",
        place: place.seq.to_string(),
    }
}

/// The entry of a frame at a place.
fn entry_at<'a>(body: &'a Body, place: &Place) -> Result<&'a Entry, Fault> {
    let entry = body.entries.get(place.entry as usize);
    entry.ok_or_else(|| damaged(place))
}

/// The record of an entry at a place, where it can still be read.
fn record_at(looking: &Looking, entry: &Entry, place: &Place) -> Result<Option<Record>, Fault> {
    let change = entry.changes.get(place.change as usize);
    let change = change.ok_or_else(|| damaged(place))?;
    Ok(match change.open(&looking.home.vault)? {
        Opened::Record(record) => Some(record),
        Opened::Destroyed => None,
    })
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
