//! The file `FORMAT`: what the folder is, checked before anything in it is touched.

use std::path::Path;

use chrono::{DateTime, SecondsFormat, Utc};

use super::super::fault::Fault;
use super::super::files::{Files, read_whole, replace};
use super::super::header::StoreId;
use super::super::sled::ENGINE;

/// The number of the folder's format that this program writes and reads.
const NUMBER: u32 = 1;

/// Its name.
pub(in crate::store) const NAME: &str = "FORMAT";

/// More than this is no such file.
const LIMIT: u64 = 4_096;

/// Names that a folder may have before it has the file: what an interrupted creation leaves.
const UNFINISHED: [&str; 5] = ["lock", "journal", "checkpoint", "drafts", "FORMAT.new"];

/// What the folder says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Format {
    /// Which store it is.
    pub(in crate::store) id: StoreId,
    created: String,
}

impl Format {
    pub(super) fn new(id: StoreId, created: DateTime<Utc>) -> Self {
        Self {
            id,
            created: created.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }

    /// Reads the file in `dir`.
    pub(in crate::store) fn read(files: &dyn Files, dir: &Path) -> Result<Self, Fault> {
        let path = dir.join(NAME);
        let found = files
            .size(&path)
            .map_err(|error| Fault::io("read", &path, error))?;
        if found.is_none() {
            check_absent(files, dir)?;
            return Err(Fault::Absent {
                path: dir.to_owned(),
            });
        }
        let bytes = read_whole(files, &path, LIMIT)?;
        Self::parse(&String::from_utf8_lossy(&bytes), &path)
    }

    /// Writes the file, durably, with everything made in the folder before.
    pub(super) fn write(&self, files: &dyn Files, dir: &Path) -> Result<(), Fault> {
        replace(files, &dir.join(NAME), self.text().as_bytes())
    }

    fn text(&self) -> String {
        let Self { id, created } = self;
        format!("frontdesk store {NUMBER}\nengine {ENGINE}\nid {id}\ncreated {created}\n")
    }

    /// Reads the text of such a file; `path` is where it was found.
    pub(in crate::store) fn parse(text: &str, path: &Path) -> Result<Self, Fault> {
        let foreign = || Fault::Foreign {
            path: path.to_owned(),
        };
        let mut lines = text.lines();
        let number = lines
            .next()
            .and_then(|line| line.strip_prefix("frontdesk store "));
        let found: u32 = number
            .and_then(|number| number.parse().ok())
            .ok_or_else(foreign)?;
        // A newer program may have changed every other line.
        if found > NUMBER {
            return Err(Fault::Newer {
                found,
                known: NUMBER,
            });
        }
        let engine = lines.next().and_then(|line| line.strip_prefix("engine "));
        let id = lines
            .next()
            .and_then(|line| line.strip_prefix("id "))
            .and_then(parse_id);
        let created = lines.next().and_then(|line| line.strip_prefix("created "));
        match (engine, id, created) {
            (Some(ENGINE), Some(id), Some(created)) if found == NUMBER => Ok(Self {
                id,
                created: created.to_owned(),
            }),
            _ => Err(foreign()),
        }
    }
}

/// Makes sure that a new store may be made in `dir`: it is not there, or empty, or was begun by an
/// earlier try.
pub(super) fn check_absent(files: &dyn Files, dir: &Path) -> Result<(), Fault> {
    let names = match files.list(dir) {
        Ok(names) => names,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return Err(Fault::Foreign {
                path: dir.to_owned(),
            });
        }
        Err(error) => return Err(Fault::io("list", dir, error)),
    };
    if names.iter().any(|name| name == NAME) {
        return Err(Fault::Exists {
            path: dir.to_owned(),
        });
    }
    match names
        .iter()
        .find(|name| !UNFINISHED.contains(&name.as_str()))
    {
        Some(name) => Err(Fault::Foreign {
            path: dir.join(name),
        }),
        None => Ok(()),
    }
}

fn parse_id(text: &str) -> Option<StoreId> {
    let number = u128::from_str_radix(text, 16)
        .ok()
        .filter(|_| text.len() == 32)?;
    Some(StoreId(number.to_be_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn format() -> Format {
        Format::new(StoreId([0x1f; 16]), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn what_was_written_is_read() {
        let format = format();
        assert_eq!(
            Format::parse(&format.text(), Path::new("FORMAT")).unwrap(),
            format
        );
    }

    #[test]
    fn the_text_does_not_change() {
        assert_eq!(
            format().text(),
            "frontdesk store 1\nengine sled 0.34\nid 1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f\n\
             created 1970-01-01T00:00:00Z\n"
        );
    }

    #[test]
    fn a_newer_number_is_newer_and_anything_else_is_foreign() {
        let parse = |text: &str| Format::parse(text, Path::new("FORMAT")).unwrap_err();
        let newer = parse("frontdesk store 2\nwhatever\n");
        assert!(matches!(newer, Fault::Newer { found: 2, known: 1 }));
        let text = format().text();
        for foreign in [
            "",
            "somebody's notes\n",
            "frontdesk store 0\n",
            &text.replace("sled 0.34", "sled 1.0"),
            &text.replace("id 1f", "id "),
        ] {
            assert!(matches!(parse(foreign), Fault::Foreign { .. }), "{foreign}");
        }
    }
}
