//! A map as a TOML file, read and written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Mapping, Source, fields, near};
use crate::domain::number::Kind;
use crate::domain::refusal::Problem;

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Column(String),
    Source(Source),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delimiter: Option<char>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    header_row: Option<u64>,
    fields: BTreeMap<String, Written>,
}

impl Mapping {
    /// Reads a map from the text of a TOML file; `file` is its name in messages.
    ///
    /// # Errors
    /// `map-unreadable` with file and line, `map-unknown-field` with the nearest right name,
    /// `map-missing-field` for a required field that is not filled.
    pub fn parse(text: &str, file: &str) -> Result<Self, Problem> {
        let read: MapFile = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            Problem::new("map-unreadable")
                .arg("file", file)
                .arg("line", line)
                .arg("detail", error.message())
        })?;
        let mut mapping = Self {
            kind: read.kind,
            encoding: read.encoding,
            delimiter: read.delimiter.and_then(|c| u8::try_from(c).ok()),
            sheet: read.sheet,
            header_row: read.header_row,
            fields: BTreeMap::new(),
        };
        for (name, written) in read.fields {
            if fields(mapping.kind).iter().all(|field| field.name != name) {
                let known = fields(mapping.kind).iter().map(|field| field.name);
                return Err(Problem::new("map-unknown-field")
                    .arg("file", file)
                    .arg("name", &name)
                    .arg("known", near(&name, known)));
            }
            let source = match written {
                Written::Column(column) => Source {
                    column: Some(column),
                    ..Source::default()
                },
                Written::Source(source) => source,
            };
            mapping.fields.insert(name, source);
        }
        mapping.complete().map(|()| mapping)
    }

    /// The map as a file that [`Self::parse`] reads.
    ///
    /// # Errors
    /// `map-unwritable` when it cannot be put into words.
    pub fn to_toml(&self) -> Result<String, Problem> {
        let written = |source: &Source| match source {
            Source {
                column: Some(column),
                ..
            } if *source
                == (Source {
                    column: Some(column.clone()),
                    ..Source::default()
                }) =>
            {
                Written::Column(column.clone())
            }
            other => Written::Source(other.clone()),
        };
        let file = MapFile {
            kind: self.kind,
            encoding: self.encoding.clone(),
            delimiter: self.delimiter.map(char::from),
            sheet: self.sheet.clone(),
            header_row: self.header_row,
            fields: self
                .fields
                .iter()
                .map(|(name, source)| (name.clone(), written(source)))
                .collect(),
        };
        toml::to_string(&file).map_err(|error| Problem::new("map-unwritable").arg("detail", error))
    }
}
