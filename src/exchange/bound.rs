//! A map whose columns were found in a file: the text of each field in each row.

use std::collections::BTreeMap;

use super::defuse::restored;
use super::mapping::Source;
use crate::domain::number::Kind;

/// A map whose columns were found in a file.
#[derive(Debug, Clone)]
pub struct Bound {
    /// What the rows become.
    pub kind: Kind,
    fields: BTreeMap<String, BoundField>,
}

/// A field with the places of its columns.
#[derive(Debug, Clone)]
pub(super) struct BoundField {
    pub(super) places: Vec<usize>,
    pub(super) source: Source,
}

/// The text of a field in one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text, with the map's table of values applied.
    pub text: String,
    /// Whether the map said what the text stands for, so that it is an id and no word.
    pub mapped: bool,
}

impl Bound {
    pub(super) fn new(kind: Kind, fields: BTreeMap<String, BoundField>) -> Self {
        Self { kind, fields }
    }

    /// Whether the map fills a field.
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The place of the first column a field comes from.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.fields.get(field)?.places.first().copied()
    }

    /// How points in time are written in a field.
    pub fn formats(&self, field: &str) -> &[String] {
        self.fields
            .get(field)
            .map_or(&[], |field| field.source.formats.as_slice())
    }

    /// The text of a field in a row; empty for a field that is not filled.
    pub fn text(&self, field: &str, cells: &[String]) -> Filled {
        let Some(BoundField { places, source }) = self.fields.get(field) else {
            return Filled::default();
        };
        let parts: Vec<&str> = places
            .iter()
            .filter_map(|place| cells.get(*place))
            .map(|cell| restored(cell).trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let text = parts.join(source.join.as_deref().unwrap_or(" "));
        let mapped = source.values.get(&text).or_else(|| {
            source
                .otherwise
                .as_ref()
                .filter(|_| !source.values.contains_key(&text))
        });
        match mapped {
            Some(id) => Filled {
                text: id.clone(),
                mapped: true,
            },
            None if text.is_empty() => Filled {
                text: source.constant.clone().unwrap_or_default(),
                mapped: false,
            },
            None => Filled {
                text,
                mapped: false,
            },
        }
    }

    /// Field and columns in words for a person: what was understood of the file.
    pub fn understood(&self) -> Vec<(String, String)> {
        let told = |field: &BoundField| {
            let columns: Vec<&str> = field
                .source
                .column
                .iter()
                .chain(&field.source.columns)
                .map(String::as_str)
                .collect();
            match (&field.source.constant, columns.is_empty()) {
                (Some(constant), true) => format!("= {constant}"),
                _ => columns.join(" + "),
            }
        };
        self.fields
            .iter()
            .map(|(name, field)| (name.clone(), told(field)))
            .collect()
    }
}
