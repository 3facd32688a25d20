//! Making a store from a copy, in a place where there is nothing.

use std::path::Path;

use super::super::archive::{ABOUT, Archive, Contents, Entry};
use super::super::fault::Fault;
use super::super::files::{Disk, Files};
use super::format;
use super::lock::Lock;
use super::{Home, make_dirs, make_places};

impl Home {
    /// Writes what the copy `archive` holds into `dir`, which must be absent or empty, and says
    /// what that is. The file that makes the folder a store is written last: a folder in which this
    /// was interrupted is none, and is refused by the next try until it is empty again.
    ///
    /// The present state is not in a copy; the first opening makes it.
    ///
    /// # Errors
    /// [`Fault::Exists`] or [`Fault::Foreign`] when there is something in the folder, [`Fault::Damaged`]
    /// when the copy is not whole, and then nothing was written.
    pub fn restore(archive: &Path, dir: &Path) -> Result<Contents, Fault> {
        let files = Disk;
        format::check_absent(&files, dir)?;
        let archive = Archive::open(&files, archive)?;
        let contents = archive.check()?;
        make_dirs(dir)?;
        let _lock = Lock::take(dir)?;
        check_empty(&files, dir)?;
        make_places(&files, dir, &["journal", "checkpoint", "drafts"])?;
        let (last, first): (Vec<_>, Vec<_>) = archive
            .entries()
            .iter()
            .partition(|entry| entry.name == format::NAME);
        for entry in first.into_iter().filter(|entry| entry.name != ABOUT) {
            write(&files, &archive, entry, &dir.join(&entry.name))?;
        }
        for place in ["journal", "checkpoint", ""] {
            let place = dir.join(place);
            files
                .sync_dir(&place)
                .map_err(|error| Fault::io("sync", &place, error))?;
        }
        for entry in last {
            write(&files, &archive, entry, &dir.join(&entry.name))?;
        }
        files
            .sync_dir(dir)
            .map_err(|error| Fault::io("sync", dir, error))?;
        Ok(contents)
    }
}

/// Nothing but our own lock lies in the folder.
fn check_empty(files: &dyn Files, dir: &Path) -> Result<(), Fault> {
    let names = files
        .list(dir)
        .map_err(|error| Fault::io("list", dir, error))?;
    match names.iter().find(|name| *name != "lock") {
        Some(name) if name == format::NAME => Err(Fault::Exists {
            path: dir.to_owned(),
        }),
        Some(name) => Err(Fault::Foreign {
            path: dir.join(name),
        }),
        None => Ok(()),
    }
}

fn write(files: &dyn Files, archive: &Archive, entry: &Entry, path: &Path) -> Result<(), Fault> {
    let io = |error| Fault::io("write", path, error);
    let handle = files.create(path).map_err(io)?;
    let mut offset = 0;
    archive.copy(entry, &mut |chunk| {
        handle.write_at(offset, chunk).map_err(io)?;
        offset += chunk.len() as u64;
        Ok(())
    })?;
    handle
        .sync()
        .map_err(|error| Fault::io("sync", path, error))
}
