//! Maps as files: given by somebody, or kept in the data folder from an import that went well.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::super::console::Console;
use super::super::trouble::Trouble;
use crate::domain::number::Kind;
use crate::domain::refusal::Problem;
use crate::exchange::mapping::Mapping;
use crate::exchange::sheet::Sheet;
use crate::exchange::words::Words;

/// Where maps are kept in the data folder.
pub(super) const FOLDER: &str = "maps";

/// Reads a map that somebody gave.
pub(super) fn read(path: &Path, kind: Kind) -> Result<Mapping, Trouble> {
    let text = fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))?;
    let map = Mapping::parse(&text, &path.display().to_string())?;
    if map.kind == kind {
        return Ok(map);
    }
    let problem = Problem::new("map-other-kind");
    Err(problem
        .arg("found", map.kind.id())
        .arg("wanted", kind.id())
        .into())
}

/// The map of an earlier import of a file with these headers, or one made from the headers.
pub(super) fn propose(
    kind: Kind,
    sheet: &Sheet,
    words: &Words,
    folder: &Path,
    console: &mut Console,
) -> Result<Mapping, Trouble> {
    let path = folder.join(Mapping::name_for(kind, sheet.headers()));
    if let Ok(text) = fs::read_to_string(&path) {
        let map = Mapping::parse(&text, &path.display().to_string())?;
        console.say_aside("import-map-known", &[("path", &path.display().to_string())])?;
        return Ok(map);
    }
    Ok(Mapping::propose(kind, sheet.headers(), words)?)
}

/// Keeps the map of an import that went well. Where the data folder is not this account's, the map
/// is proposed anew the next time.
pub(super) fn keep(folder: &Path, map: &Mapping, headers: &[String]) {
    let Ok(text) = map.to_toml() else { return };
    let _ = fs::DirBuilder::new().mode(0o700).create(folder);
    let path = folder.join(Mapping::name_for(map.kind, headers));
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path);
    if let Ok(mut file) = file {
        let _ = file.write_all(text.as_bytes());
    }
}
