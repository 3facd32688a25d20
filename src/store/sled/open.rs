//! Opening sled past the traps of its start: half-written snapshots, panics on a damaged log, rows
//! that are silently missing, and folders of another version that it would take for empty ones.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, RwLock};

use super::super::fault::Fault;
use super::super::files::{Disk, Files as _, parent};
use super::super::note::Note;
use super::audit::{AUDIT_KEY, Audit};
use super::seal::{self, Seal};
use super::{CACHE, Opened, SledStore, State, Trouble, guarded};

/// The engine and its format, as written into the data folder.
pub const ENGINE: &str = "sled 0.34";

/// How often an opening is tried while sled's own lock is not yet free, and the pause between. A
/// store closed a moment ago may still hold it.
const LOCK_TRIES: u32 = 20;
const LOCK_PAUSE: std::time::Duration = std::time::Duration::from_millis(50);

/// See [`SledStore::open`].
pub(super) fn open(dir: &Path) -> Result<(Opened, Vec<Note>), Fault> {
    check_family(dir)?;
    let seal = seal::unseal(dir)?;
    // A seal without a store is of one that is lost, and a lost one is begun anew.
    if seal == Seal::Broken && dir.exists() {
        return Ok((Opened::Damaged("sum"), Vec::new()));
    }
    let mut notes = Vec::new();
    let removed = each_named(
        dir,
        |name| name.ends_with(".generating"),
        |path| fs::remove_file(path),
    )?;
    if removed > 0 {
        notes.push(Note::HalfSnapshot { count: removed });
    }
    let mut db = start(dir);
    if let Err(Trouble::Sled(::sled::Error::Corruption { .. })) = &db {
        let aside = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            fs::rename(path, path.with_file_name(format!("aside.{name}")))
        };
        let moved = each_named(dir, |name| name.starts_with("snap."), aside)?;
        if moved > 0 {
            notes.push(Note::SnapshotsAside { count: moved });
            db = start(dir);
        }
    }
    let db = match db {
        Ok(db) => db,
        Err(trouble) => return Ok((Opened::Damaged(trouble.damage(dir)?), notes)),
    };
    let opened = match check_rows(&db, seal) {
        Ok(Some(audit)) => {
            let path = dir.join("db");
            let log = File::open(&path).map_err(|error| Fault::io("open", &path, error))?;
            let state = RwLock::new(State {
                audit,
                broken: false,
            });
            return Ok((
                Opened::Ready(SledStore {
                    db,
                    log,
                    dir: dir.to_owned(),
                    state,
                    later: Mutex::new(None),
                }),
                notes,
            ));
        }
        Ok(None) => Opened::Damaged("sum"),
        Err(trouble) => Opened::Damaged(trouble.damage(dir)?),
    };
    // A damaged store may panic once more on its way out; it is set aside either way.
    let _ = guarded(|| {
        drop(db);
        Ok(())
    });
    Ok((opened, notes))
}

/// Refuses a folder that another version or family of sled wrote: either would take the other's
/// folder for an empty one. What is known is told by its name.
fn check_family(dir: &Path) -> Result<(), Fault> {
    let known = |name: &str| {
        matches!(name, "conf" | "db" | "blobs")
            || name.starts_with("snap.")
            || name.starts_with("aside.")
    };
    let names = match fs::read_dir(dir) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Fault::io("list", dir, error)),
    };
    for entry in names {
        let entry = entry.map_err(|error| Fault::io("list", dir, error))?;
        if !known(&entry.file_name().to_string_lossy()) {
            return Err(Fault::Foreign { path: entry.path() });
        }
    }
    Ok(())
}

fn start(dir: &Path) -> Result<::sled::Db, Trouble> {
    let config = ::sled::Config::new()
        .path(dir)
        .cache_capacity(CACHE)
        .flush_every_ms(Some(500));
    let mut tries = 1;
    loop {
        match guarded(|| config.open()) {
            Err(Trouble::Sled(::sled::Error::Io(error)))
                if tries < LOCK_TRIES && error.to_string().contains("could not acquire lock") =>
            {
                tries += 1;
                std::thread::sleep(LOCK_PAUSE);
            }
            done => return done,
        }
    }
}

/// The sum of the rows when they are what was committed, `None` when they are not. A whole seal
/// is taken at its word.
fn check_rows(db: &::sled::Db, seal: Seal) -> Result<Option<Audit>, Trouble> {
    let stored = match guarded(|| db.get(AUDIT_KEY))? {
        Some(bytes) => Audit::parse(&bytes),
        None => Some(Audit::default()),
    };
    if seal == Seal::Whole && stored.is_some_and(|stored| stored.rows > 0) {
        return Ok(stored);
    }
    let found = Audit::of(db)?;
    Ok(stored.filter(|stored| *stored == found))
}

/// See [`SledStore::keep_aside`]. The seal is of the log that goes, not of the next one.
pub(super) fn keep_aside(dir: &Path) -> Result<PathBuf, Fault> {
    seal::unseal(dir)?;
    let mut number = 1_u32;
    let aside = loop {
        let aside = dir.with_extension(format!("damaged-{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    fs::rename(dir, &aside)
        .and_then(|()| Disk.sync_dir(parent(dir)))
        .map_err(|error| Fault::io("rename", dir, error))?;
    Ok(aside)
}

/// See [`SledStore::discard`].
pub(super) fn discard(dir: &Path) -> Result<(), Fault> {
    seal::unseal(dir)?;
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Fault::io("remove", dir, error))
        }
        _ => Ok(()),
    }
}

/// Does `work` on the files whose name passes, and counts them.
fn each_named(
    dir: &Path,
    passes: impl Fn(&str) -> bool,
    work: impl Fn(&Path) -> io::Result<()>,
) -> Result<u32, Fault> {
    let io = |error| Fault::io("list", dir, error);
    let names = match fs::read_dir(dir) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(io(error)),
    };
    let mut found: Vec<PathBuf> = Vec::new();
    for entry in names {
        let entry = entry.map_err(io)?;
        if passes(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    for path in &found {
        work(path).map_err(|error| Fault::io("remove", path, error))?;
    }
    Ok(u32::try_from(found.len()).unwrap_or(u32::MAX))
}

impl Trouble {
    /// Why the store counts as damaged; a fault instead when the operating system is the reason,
    /// because a fresh store would not help then. Settings that sled takes for another version's
    /// are damaged ones: the data folder itself says which engine it was written by.
    fn damage(self, dir: &Path) -> Result<&'static str, Fault> {
        match self {
            Self::Panic => Ok("panic"),
            Self::Sled(::sled::Error::Io(error)) if cut_short(&error) => Ok("corrupt"),
            Self::Sled(::sled::Error::Io(_)) => Err(self.fault(dir)),
            Self::Sled(_) => Ok("corrupt"),
        }
    }
}

/// A file that ends too early is damage, although it comes as an error of the operating system.
fn cut_short(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData
    )
}
