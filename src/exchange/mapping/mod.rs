//! Which column of a file becomes which field of a record: a map written by a person in TOML, or
//! one proposed from the headers. What a cell's text means is in `adopt`.

mod fields;
mod file;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use fields::{Field, fields};

use super::bound::{Bound, BoundField};
use super::words::{Words, folded};
use crate::domain::number::Kind;
use crate::domain::refusal::Problem;
use crate::text::clean;
use crate::text::nearest::nearest;

/// Where the text of a field comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// One column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Several columns; empty cells are left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// What stands between the cells of several columns; a blank when not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join: Option<String>,
    /// What stands before a text that is not empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// A text that is the same in every row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
    /// What the texts of the file stand for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, String>,
    /// What any other text stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
    /// How points in time are written, in the notation of strftime; `excel` and `excel-1904` are
    /// counts of days.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
}

/// Which column becomes which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the rows become.
    pub kind: Kind,
    /// The encoding of such files, where it is known.
    pub encoding: Option<String>,
    /// What stands between the cells of such files, where it is known.
    pub delimiter: Option<u8>,
    /// The sheet of such workbooks.
    pub sheet: Option<String>,
    /// The line or row of the headers, where it is not found by itself.
    pub header_row: Option<u64>,
    /// The fields that are filled.
    pub fields: BTreeMap<String, Source>,
}

/// Of the columns of a file so many are named in a message.
const MOST_NAMED: usize = 20;

impl Mapping {
    /// Under which name the map for files with these headers is kept.
    pub fn name_for(kind: Kind, headers: &[String]) -> String {
        // FNV-1a: the name is to be the same with every version of the program.
        let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
        for header in headers {
            for byte in folded(header).bytes().chain([0]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        format!("{}-{hash:016x}.toml", kind.id())
    }

    /// Proposes a map from the headers of a file.
    ///
    /// # Errors
    /// `map-missing-field` when no header names a required field.
    pub fn propose(kind: Kind, headers: &[String], words: &Words) -> Result<Self, Problem> {
        let mapping = Self::guess(kind, headers, words);
        let named = headers.iter().filter(|header| !header.is_empty());
        let named: Vec<&str> = named.map(String::as_str).take(MOST_NAMED).collect();
        match mapping.complete() {
            Ok(()) => Ok(mapping),
            Err(problem) => Err(problem.arg("columns", named.join(", "))),
        }
    }

    /// What the headers of a file name, whether or not that is enough.
    pub fn guess(kind: Kind, headers: &[String], words: &Words) -> Self {
        let mut found: Vec<(usize, usize, &str)> = Vec::new();
        for field in fields(kind) {
            for (place, header) in headers.iter().enumerate() {
                if let Some(rank) = words.rank(kind, field.name, header) {
                    found.push((rank, place, field.name));
                }
            }
        }
        // The surest match first; each field and each column is taken once.
        found.sort_unstable();
        let mut taken = Vec::new();
        let mut mapping = Self {
            kind,
            encoding: None,
            delimiter: None,
            sheet: None,
            header_row: None,
            fields: BTreeMap::new(),
        };
        for (_, place, field) in found {
            if !taken.contains(&place) && !mapping.fields.contains_key(field) {
                taken.push(place);
                let column = headers.get(place).cloned();
                mapping.fields.insert(
                    field.to_owned(),
                    Source {
                        column,
                        ..Source::default()
                    },
                );
            }
        }
        mapping
    }

    /// The required fields that nothing fills.
    pub fn missing(&self) -> impl Iterator<Item = &'static str> {
        let required = fields(self.kind).iter().filter(|field| field.required);
        required
            .map(|field| field.name)
            .filter(|name| !self.fields.contains_key(*name))
    }

    fn complete(&self) -> Result<(), Problem> {
        self.missing().next().map_or(Ok(()), |field| {
            let problem = Problem::new("map-missing-field").field(field);
            Err(problem.arg("columns", "none"))
        })
    }

    /// Finds the columns of the map among the headers of a file.
    ///
    /// # Errors
    /// `map-no-column` with the nearest header, `map-two-columns` when two have that header.
    pub fn bind(&self, headers: &[String]) -> Result<Bound, Problem> {
        let mut fields = BTreeMap::new();
        for (name, source) in &self.fields {
            let mut places = Vec::new();
            for column in source.column.iter().chain(&source.columns) {
                places.push(place_of(column, headers).map_err(|problem| problem.field(name))?);
            }
            fields.insert(
                name.clone(),
                BoundField {
                    places,
                    source: source.clone(),
                    order: None,
                },
            );
        }
        Ok(Bound::new(self.kind, fields))
    }
}

/// The place of a column by its header. Case, blanks and `_` `-` `.` matter only where two headers
/// differ by nothing else.
fn place_of(column: &str, headers: &[String]) -> Result<usize, Problem> {
    let places = |same: &dyn Fn(&str) -> bool| -> Vec<usize> {
        let found = headers
            .iter()
            .enumerate()
            .filter(|(_, header)| same(header));
        found.map(|(place, _)| place).collect()
    };
    let wanted = clean::name(column);
    let mut found = places(&|header| header == wanted);
    if found.is_empty() {
        let wanted = folded(column);
        found = places(&|header| !header.is_empty() && folded(header) == wanted);
    }
    match found.as_slice() {
        [place] => Ok(*place),
        [] => {
            let known = headers.iter().map(String::as_str);
            Err(Problem::new("map-no-column")
                .arg("name", column)
                .arg("known", near(column, known)))
        }
        _ => Err(Problem::new("map-two-columns").arg("name", column)),
    }
}

/// The known name that was probably meant; where none is near, all of them.
fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    nearest(wrong, known.iter().copied()).map_or_else(|| known.join(", "), str::to_owned)
}
