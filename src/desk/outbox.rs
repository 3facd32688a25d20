//! Each operator's outbox: files that wait to be fetched over the operator's own line, and are
//! nobody else's. They are no records and not in the journal; that one was taken out is.
//!
//! `outbox/<operator>/NAME` below the data folder. A file that is being put is `.NAME.part` until
//! it is whole.

use std::path::{Path, PathBuf};

use super::contract::{Care, Cared, Failure, PIECE, Waiting};
use super::engine::Desk;
use crate::domain::look::LookKind;
use crate::domain::number::Number;
use crate::domain::profile::Permission;
use crate::domain::refusal::Problem;
use crate::store::{Fault, Files};
use crate::text::clean;

/// The folder of all of them below the data folder.
const FOLDER: &str = "outbox";
/// The longest name in bytes.
const NAME_LIMIT: usize = 100;
/// The longest file in bytes.
const FILE_LIMIT: u64 = 256 << 20;
/// No outbox holds more files.
const MOST_FILES: usize = 100;
/// No outbox holds more bytes.
const MOST_BYTES: u64 = 1 << 30;

impl Desk {
    /// Does what is asked of the outbox of `operator`, who must be one who may export or import.
    pub(super) fn outbox(&mut self, operator: Number, care: &Care) -> Result<Cared, Failure> {
        self.may(operator, Permission::Export)
            .or_else(|refused| self.may(operator, Permission::Import).map_err(|_| refused))?;
        let dir = self.home.dir.join(FOLDER).join(operator.to_string());
        let files = self.home.files.clone();
        let files = &*files;
        Ok(match care {
            Care::Take { name, offset } => {
                check(name)?;
                let (bytes, size) = take(files, &dir.join(name), *offset)?;
                let follows =
                    *offset > 0 && self.taking.get(&operator) == Some(&(name.clone(), *offset));
                self.taking.remove(&operator);
                if !follows {
                    self.note_look(operator, LookKind::Export, false, name.clone());
                    self.write_looks(true)?;
                }
                let end = offset.saturating_add(bytes.len() as u64);
                self.taking.insert(operator, (name.clone(), end));
                Cared::Piece { bytes, size }
            }
            Care::Put {
                name,
                offset,
                piece,
                last,
            } => {
                check(name)?;
                if *offset == 0 {
                    make(files, &self.home.dir, &dir)?;
                }
                // What is taken out next may be another file of that name.
                self.taking.remove(&operator);
                has_room(files, &dir, name, offset.saturating_add(piece.len() as u64))?;
                put(files, &dir, name, *offset, piece)?;
                if *last {
                    finish(files, &dir, name)?;
                }
                Cared::Noted
            }
            Care::Discard { name } => {
                check(name)?;
                let path = dir.join(name);
                size(files, &path)?;
                files
                    .remove(&path)
                    .and_then(|()| files.sync_dir(&dir))
                    .map_err(|error| Fault::io("remove", &path, error))?;
                Cared::Noted
            }
            _ => Cared::Outbox(waiting(files, &dir)?),
        })
    }
}

/// A plain file name: no folder, nothing hidden, nothing that a terminal would act on.
fn check(name: &str) -> Result<(), Failure> {
    let plain = !name.is_empty()
        && name.len() <= NAME_LIMIT
        && !name.starts_with('.')
        && !name.contains('/')
        && clean::name(name) == name;
    if plain {
        return Ok(());
    }
    let problem = Problem::new("outbox-name").arg("name", name.escape_debug());
    Err(Failure::Refused(problem.into()))
}

/// Refuses a file, so far of `bytes`, for which an outbox has no room. Files that are not whole
/// take room like the others.
fn has_room(files: &dyn Files, dir: &Path, name: &str, bytes: u64) -> Result<(), Failure> {
    let own = format!(".{name}.part");
    let mut others = all(files, dir)?;
    others.retain(|other| other.name != own);
    if others.len() >= MOST_FILES {
        let problem = Problem::new("outbox-full").arg("most", MOST_FILES);
        return Err(Failure::Refused(problem.into()));
    }
    let taken: u64 = others.iter().map(|other| other.size).sum();
    if taken.saturating_add(bytes) > MOST_BYTES {
        let problem = Problem::new("outbox-no-room").arg("limit", MOST_BYTES >> 20);
        return Err(Failure::Refused(problem.into()));
    }
    Ok(())
}

/// Removes the files that were never put to their end. One that cannot be removed only takes room.
pub(super) fn clear_parts(files: &dyn Files, data: &Path) {
    let folder = data.join(FOLDER);
    for operator in files.list(&folder).unwrap_or_default() {
        let dir = folder.join(operator);
        for name in files.list(&dir).unwrap_or_default() {
            if name.starts_with('.') {
                let _ = files.remove(&dir.join(name));
            }
        }
    }
}

/// The files that wait in an outbox, by name.
fn waiting(files: &dyn Files, dir: &Path) -> Result<Vec<Waiting>, Fault> {
    let mut found = all(files, dir)?;
    found.retain(|file| !file.name.starts_with('.'));
    Ok(found)
}

/// The files in an outbox, also those that are not whole; none where there is no such folder yet.
fn all(files: &dyn Files, dir: &Path) -> Result<Vec<Waiting>, Fault> {
    let names = match files.list(dir) {
        Ok(names) => names,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Fault::io("list", dir, error)),
    };
    let mut found = Vec::new();
    for name in names {
        let path = dir.join(&name);
        let size = files.size(&path);
        let size = size.map_err(|error| Fault::io("read", &path, error))?;
        found.extend(size.map(|size| Waiting { name, size }));
    }
    Ok(found)
}

/// The length of a file that waits.
fn size(files: &dyn Files, path: &Path) -> Result<u64, Failure> {
    let size = files.size(path);
    let size = size.map_err(|error| Fault::io("read", path, error))?;
    size.ok_or_else(|| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        Failure::Refused(Problem::new("outbox-missing").arg("name", name).into())
    })
}

fn take(files: &dyn Files, path: &Path, offset: u64) -> Result<(Vec<u8>, u64), Failure> {
    let size = size(files, path)?;
    let rest = size.saturating_sub(offset).min(PIECE as u64);
    let mut bytes = vec![0; usize::try_from(rest).unwrap_or(0)];
    files
        .open_to_read(path)
        .and_then(|handle| handle.read_at(offset, &mut bytes))
        .map_err(|error| Fault::io("read", path, error))?;
    Ok((bytes, size))
}

/// Makes the outbox of an operator.
fn make(files: &dyn Files, data: &Path, dir: &Path) -> Result<(), Fault> {
    for (above, dir) in [(data, &*data.join(FOLDER)), (&data.join(FOLDER), dir)] {
        files
            .make_dir(dir)
            .and_then(|()| files.sync_dir(above))
            .map_err(|error| Fault::io("make", dir, error))?;
    }
    Ok(())
}

/// Writes a piece behind those before it; a piece that does not follow them is refused, and the file
/// is to be put again from its beginning.
fn put(
    files: &dyn Files,
    dir: &Path,
    name: &str,
    offset: u64,
    piece: &[u8],
) -> Result<(), Failure> {
    let part = part(dir, name);
    let end = offset.saturating_add(piece.len() as u64);
    if piece.len() > PIECE || end > FILE_LIMIT {
        let problem = Problem::new("outbox-too-long").arg("limit", FILE_LIMIT >> 20);
        return Err(Failure::Refused(problem.into()));
    }
    let io = |error| Fault::io("write", &part, error);
    let handle = if offset == 0 {
        files.create(&part).map_err(io)?
    } else {
        let known = files.size(&part).map_err(io)?;
        if known != Some(offset) {
            return Err(Failure::Refused(Problem::new("outbox-again").into()));
        }
        files.open(&part).map_err(io)?
    };
    let written = handle.write_at(offset, piece);
    written.map_err(|error| {
        // Half a file only takes the room that is missing.
        let _ = files.remove(&part);
        Fault::io("write", &part, error)
    })?;
    Ok(())
}

/// Gives a file that is whole its name.
fn finish(files: &dyn Files, dir: &Path, name: &str) -> Result<(), Fault> {
    let (part, path) = (part(dir, name), dir.join(name));
    let settle = || {
        files.open(&part)?.sync()?;
        files.rename(&part, &path)?;
        files.sync_dir(dir)
    };
    settle().map_err(|error| Fault::io("sync", &path, error))
}

fn part(dir: &Path, name: &str) -> PathBuf {
    dir.join(format!(".{name}.part"))
}

#[cfg(test)]
mod tests;
