//! Which column of a file becomes which field of a record: a map written by a person in TOML, or
//! one proposed from the headers. What a cell's text means is in `adopt`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bound::{Bound, BoundField};
use super::words::{Words, folded};
use crate::domain::number::Kind;
use crate::domain::refusal::Problem;
use crate::text::clean;
use crate::text::nearest::nearest;

/// A field that can be filled from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in maps, in problems and in export headers.
    pub name: &'static str,
    /// Whether a map without it makes no sense.
    pub required: bool,
}

const fn must(name: &'static str) -> Field {
    Field {
        name,
        required: true,
    }
}

const fn may(name: &'static str) -> Field {
    Field {
        name,
        required: false,
    }
}

const CUSTOMER: &[Field] = &[
    must("name"),
    may("employer"),
    may("position"),
    may("address"),
    may("phones"),
    may("salutation"),
    may("place"),
    may("plates"),
    may("note"),
    may("external"),
];
const INTAKE: &[Field] = &[
    may("channel"),
    may("kind"),
    may("caller"),
    may("phone"),
    may("place"),
    must("text"),
    may("access"),
    may("department"),
    may("started_at"),
    may("state"),
    may("ended_at"),
    may("outcome"),
    may("source"),
    may("customer"),
    may("external"),
];
const COMPLAINT: &[Field] = &[
    may("channel"),
    may("complainant"),
    may("phone"),
    may("plate"),
    may("place"),
    may("category"),
    must("text"),
    may("made_at"),
    may("department"),
    may("state"),
    may("answer"),
    may("answered_at"),
    may("source"),
    may("customer"),
    may("external"),
];
const FILE: &[Field] = &[
    must("title"),
    may("class"),
    may("person"),
    may("phone"),
    may("plate"),
    may("place"),
    may("pieces"),
    may("grade"),
    may("note"),
    may("external"),
];
const LOAN: &[Field] = &[
    must("file"),
    may("title"),
    must("borrower"),
    may("unit"),
    may("phone"),
    may("copies"),
    may("reason"),
    may("lent_at"),
    may("due"),
    may("returned_at"),
    may("note"),
];

/// The fields of a kind that can be filled from a file; none for a kind that is not imported.
pub const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Customer => CUSTOMER,
        Kind::Intake => INTAKE,
        Kind::Complaint => COMPLAINT,
        Kind::File => FILE,
        Kind::Loan => LOAN,
        Kind::Operator
        | Kind::Site
        | Kind::Import
        | Kind::Credential
        | Kind::Permit
        | Kind::Remark => &[],
    }
}

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

#[cfg(test)]
mod tests {
    use super::super::bound::Filled;
    use super::*;

    fn headers(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_map_joins_columns_and_translates_values() {
        let map = Mapping::parse(
            "kind = \"intake\"\n[fields]\nexternal = \"id\"\n\
             text = { columns = [\"a\", \"b\"], join = \" / \" }\n\
             channel = { column = \"via\", values = { Phone = \"call\" }, otherwise = \"other\" }\n\
             kind = { constant = \"repair\" }\n",
            "map.toml",
        )
        .unwrap();
        let bound = map.bind(&headers(&["id", "a", "b", "via"])).unwrap();
        let row = headers(&["7", "x", "", "Phone"]);
        let text = |field| bound.text(field, &row).text;
        assert_eq!(
            [
                text("external"),
                text("text"),
                text("channel"),
                text("kind")
            ],
            ["7", "x", "call", "repair"]
        );
        let other = headers(&["8", "x", "y", "Pigeon"]);
        assert_eq!(bound.text("text", &other).text, "x / y");
        assert_eq!(
            bound.text("channel", &other),
            Filled {
                text: "other".into(),
                mapped: true
            }
        );
    }

    #[test]
    fn a_faulty_map_is_told_with_the_nearest_right_name() {
        let parse = |text: &str| Mapping::parse(text, "map.toml").unwrap_err();
        let unknown = parse("kind = \"file\"\n[fields]\ntitel = \"a\"\n");
        assert_eq!(
            (unknown.key.as_str(), unknown.args["known"].as_str()),
            ("map-unknown-field", "title")
        );
        let broken = parse("kind = \"file\"\n[fields\n");
        assert_eq!(
            (broken.key.as_str(), broken.args["line"].as_str()),
            ("map-unreadable", "2")
        );
        let missing = parse("kind = \"file\"\n[fields]\nclass = \"a\"\n");
        assert_eq!(
            (missing.key.as_str(), missing.field.as_deref()),
            ("map-missing-field", Some("title"))
        );
    }

    #[test]
    fn a_column_that_is_not_there_is_told_with_the_nearest_header() {
        let map = Mapping::parse("kind=\"file\"\n[fields]\ntitle=\"Titel\"\n", "m").unwrap();
        let problem = map.bind(&headers(&["Number", "Title"])).unwrap_err();
        assert_eq!(
            (problem.key.as_str(), problem.args["known"].as_str()),
            ("map-no-column", "Title")
        );
        let twice = map.bind(&headers(&["Titel", "Titel"])).unwrap_err();
        assert_eq!(twice.key, "map-two-columns");
    }

    #[test]
    fn a_map_is_written_as_it_is_read() {
        let text = "kind = \"intake\"\nsheet = \"一\"\n[fields]\nexternal = \"id\"\n\
                    text = { columns = [\"a\", \"b\"], join = \" / \" }\n";
        let map = Mapping::parse(text, "m").unwrap();
        assert_eq!(Mapping::parse(&map.to_toml().unwrap(), "m"), Ok(map));
    }

    #[test]
    fn a_column_is_found_whatever_its_case_and_blanks() {
        let map = Mapping::parse("kind=\"file\"\n[fields]\ntitle=\"Matricula \"\n", "m").unwrap();
        for header in ["Matricula", "MATRICULA", "matri cula"] {
            assert!(map.bind(&headers(&["x", header])).is_ok(), "{header}");
        }
        let name = |list: &[&str]| Mapping::name_for(Kind::File, &headers(list));
        assert_eq!(name(&["A ", "b"]), name(&["a", "B"]));
        assert_ne!(name(&["ab"]), name(&["a", "b"]));
    }

    #[test]
    fn a_proposal_takes_each_column_once_and_the_surest_first() {
        let words = Words::new();
        let found = Mapping::propose(
            Kind::Customer,
            &headers(&["客户编号", "姓名", "联系电话", "备注", "未知"]),
            &words,
        )
        .unwrap();
        let column = |field: &str| found.fields.get(field).and_then(|it| it.column.clone());
        assert_eq!(column("name").as_deref(), Some("姓名"));
        assert_eq!(column("phones").as_deref(), Some("联系电话"));
        assert_eq!(column("external").as_deref(), Some("客户编号"));
        assert_eq!(found.fields.len(), 4);
        let nothing = Mapping::propose(Kind::Customer, &headers(&["x", "y"]), &words);
        assert_eq!(nothing.unwrap_err().key, "map-missing-field");
    }
}
