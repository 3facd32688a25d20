//! `backup`: the whole store in one file, while it is in use.
//!
//! The desk is asked first, because it keeps the rules and writes down who copied what; the copying
//! itself is done here, by a process that may read the data folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{SecondsFormat, Utc};
use serde_json::json;

use super::args::{self, BackupCommand, Global};
use super::console::Console;
use super::entry::enter;
use super::place;
use super::trouble::Trouble;
use crate::desk::contract::{Query, Reply};
use crate::log::Log;
use crate::store::archive::{self, Archive, Contents};
use crate::store::{Disk, Fault, Files, Head, hex, unhex};

/// `frontdesk backup FILE` and `frontdesk backup check FILE`.
pub(super) fn backup(
    global: &Global,
    backup: &args::Backup,
    console: &mut Console,
) -> Result<(), Trouble> {
    match (&backup.command, &backup.file) {
        (Some(BackupCommand::Check { file }), _) => {
            let contents = Archive::open(&Disk, file).and_then(|archive| archive.check());
            let contents = contents.map_err(|fault| unlike(file, fault))?;
            tell(console, "backup-good", file, &contents)
        }
        (None, Some(file)) => make(global, file, console),
        (None, None) => Err(Trouble::odd()),
    }
}

fn make(global: &Global, file: &Path, console: &mut Console) -> Result<(), Trouble> {
    let dir = place::data(global)?;
    let file = std::path::absolute(file).map_err(|error| Trouble::file(file, &error))?;
    check_outside(&dir, &file)?;
    let files: Arc<dyn Files> = Arc::new(Disk);
    // What cannot be made is found out before it is written down that it was.
    if let Ok(Some(_)) = files.size(&file) {
        return Err(unlike(&file, Fault::Exists { path: file.clone() }));
    }
    let mut entry = enter(global, console)?;
    let place = file.display().to_string();
    let Reply::Head { seq, hash, permit } = entry.look(Query::Backup { place })? else {
        return Err(Trouble::odd());
    };
    let hash = unhex(&hash).ok_or_else(Trouble::odd)?;
    let mut about = vec![
        (
            "made",
            Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true),
        ),
        ("program", env!("CARGO_PKG_VERSION").to_owned()),
    ];
    about.extend(permit.map(|permit| ("permit", permit.to_string())));
    let contents = archive::make(&files, &dir, Head { seq, hash }, &about, &file);
    let contents = contents.map_err(|fault| unlike(&file, fault))?;
    note("backup-made", &dir, &contents);
    tell(console, "backup-done", &file, &contents)?;
    entry.close()
}

/// What a fault means of a file that is a copy and not a store.
pub(super) fn unlike(file: &Path, fault: Fault) -> Trouble {
    let path = file.display().to_string();
    match fault {
        Fault::Exists { path: there } if there == file => {
            Trouble::told("backup-exists", &[("path", &path)])
        }
        Fault::Foreign { path: there } if there == file => {
            Trouble::told("backup-foreign", &[("path", &path)])
        }
        fault => fault.into(),
    }
}

/// A copy inside the folder it is a copy of is lost with it.
fn check_outside(dir: &Path, file: &Path) -> Result<(), Trouble> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let folder = file.parent().unwrap_or(file);
    if real(folder).starts_with(real(dir)) {
        let path = file.display().to_string();
        return Err(Trouble::told("backup-inside", &[("path", &path)]));
    }
    Ok(())
}

/// A line in the log of the data folder.
pub(super) fn note(event: &str, dir: &Path, contents: &Contents) {
    let numbers = [contents.head.seq, contents.bytes].map(|number| number.to_string());
    let [frames, bytes] = &numbers;
    let permit = contents.said("permit").unwrap_or("none");
    let values = [("frames", &**frames), ("bytes", bytes), ("permit", permit)];
    Log::open(dir).event(event, &values);
}

/// What a copy holds, to be printed and kept with it.
pub(super) fn tell(
    console: &mut Console,
    key: &str,
    file: &Path,
    contents: &Contents,
) -> Result<(), Trouble> {
    let head = hex(&contents.head.hash);
    if console.json {
        return Ok(console.json(&json!({
            "path": file, "frames": contents.frames, "bytes": contents.bytes, "head": head,
            "made": contents.said("made"), "permit": contents.said("permit"),
        }))?);
    }
    let (frames, bytes) = (contents.frames.to_string(), contents.bytes.to_string());
    let args = [
        ("path", &*file.display().to_string()),
        ("frames", &*frames),
        ("bytes", &*bytes),
        ("head", &*head),
        ("made", contents.said("made").unwrap_or_default()),
    ];
    console.say(key, &args)?;
    if let Some(permit) = contents.said("permit") {
        console.say("backup-permit", &[("permit", permit)])?;
    }
    Ok(())
}
