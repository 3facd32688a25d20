//! The data folder: what lies where in it, which store it is, and who has it open. Opening it opens
//! everything in it.
//!
//! ```text
//! FORMAT        what this folder is, in words
//! lock          held while the store is open, with the holder's process id
//! journal/      the truth
//! keys          keys of subjects
//! checkpoint/   the two newest checkpoints
//! sled/         the present state; sled.damaged-<n>/ are earlier ones kept aside, sled-new/ and
//!               sled-old/ are there while it is written anew
//! drafts/       what is being typed (its content belongs to others)
//! destroyed.txt what was destroyed, for whoever makes a store from an older copy
//! ```

mod compact;
mod destroyed;
pub(super) mod format;
mod lock;
mod restore;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use format::Format;
use lock::Lock;

use super::Store;
use super::checkpoint::Checkpoints;
use super::fault::Fault;
use super::files::{Disk, Files, parent};
use super::header::StoreId;
use super::journal::Journal;
use super::memory::MemoryStore;
use super::note::Note;
use super::sled::{Opened, SledStore};
use super::vault::{Vault, random};

/// Everything in a data folder, open. The lock is held until this is dropped, so keep it whole:
/// who moves the fields out of it lets go of the folder at the end of that scope.
pub struct Home {
    /// The present state.
    pub store: Box<dyn Store>,
    /// The truth.
    pub journal: Journal,
    /// The keys of subjects.
    pub vault: Vault,
    /// The checkpoints.
    pub checkpoints: Checkpoints,
    /// What was noticed while opening.
    pub notes: Vec<Note>,
    /// The store has no rows at all and must be filled from checkpoint and journal. A store that
    /// was being filled when the program stopped has rows: whoever fills it writes last how far it
    /// is, and fills it again when that is missing. Whoever has filled it sets this to false.
    pub fresh: bool,
    /// The data folder.
    pub dir: PathBuf,
    /// The files it lies in, for the drafts.
    pub files: Arc<dyn Files>,
    /// Which store this is.
    pub id: StoreId,
    engine: Engine,
    /// Dropped last: the fields above are closed before another process may enter.
    _lock: Option<Lock>,
}

/// What keeps the present state.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Engine {
    Sled,
    Memory,
}

impl Home {
    /// Makes a new store in `dir`, which must be absent or empty, and opens it. `now` is written
    /// down as the time it was made. [`Fault::Exists`] when there is one, [`Fault::Foreign`] when
    /// there is anything else.
    pub fn create(dir: &Path, now: DateTime<Utc>) -> Result<Self, Fault> {
        let files: Arc<dyn Files> = Arc::new(Disk);
        format::check_absent(&*files, dir)?;
        make_dirs(dir)?;
        let lock = Lock::take(dir)?;
        format::check_absent(&*files, dir)?;
        let format = Format::new(StoreId(random(dir)?), now);
        lay_out(&*files, dir, &format)?;
        Self::assemble(files, dir, format.id, Engine::Sled, Some(lock))
    }

    /// Opens the store in `dir`.
    ///
    /// [`Fault::Absent`] when there is none; [`Fault::Foreign`] and [`Fault::Newer`] when it is not
    /// for this program, and then nothing is touched; [`Fault::Locked`] when another process has it
    /// open.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        Self::open_on(Arc::new(Disk), dir)
    }

    /// The same over files that are the disk's but for what a test or a measurement changes.
    pub fn open_on(files: Arc<dyn Files>, dir: &Path) -> Result<Self, Fault> {
        let format = Format::read(&*files, dir)?;
        let lock = Lock::take(dir)?;
        Self::assemble(files, dir, format.id, Engine::Sled, Some(lock))
    }

    /// Whether a process has the store in `dir` open now.
    pub fn is_open(dir: &Path) -> bool {
        Lock::is_held(dir)
    }

    /// The process that has the store in `dir` open now; none where nobody has.
    pub fn holder(dir: &Path) -> Option<u32> {
        Lock::holder(dir)
    }

    /// A store whose present state is in memory and always begins empty, over files that may be
    /// simulated: it is made when it is not there. For rehearsals and tests.
    pub fn in_memory(files: Arc<dyn Files>) -> Result<Self, Fault> {
        let dir = Path::new("/desk");
        let format = match Format::read(&*files, dir) {
            Ok(format) => format,
            Err(Fault::Absent { .. }) => {
                let format = Format::new(StoreId(*b"frontdesk memory"), DateTime::UNIX_EPOCH);
                files
                    .make_dir(dir)
                    .map_err(|error| Fault::io("make", dir, error))?;
                let above = parent(dir);
                files
                    .sync_dir(above)
                    .map_err(|error| Fault::io("sync", above, error))?;
                lay_out(&*files, dir, &format)?;
                format
            }
            Err(fault) => return Err(fault),
        };
        Self::assemble(files, dir, format.id, Engine::Memory, None)
    }

    /// Keeps the present state aside, because it turned out to be damaged, and begins an empty one
    /// in its place; [`Self::fresh`] is true afterwards. One that was still being filled holds
    /// nothing worth keeping and is removed, so that attempts that fail leave no trail of folders.
    pub fn rebuild(&mut self) -> Result<(), Fault> {
        let old = std::mem::replace(&mut self.store, Box::new(MemoryStore::new()));
        // What is damaged may not close cleanly, and nothing of it is needed.
        let _ = old.close();
        if self.engine == Engine::Sled {
            let sled = self.dir.join("sled");
            if self.fresh {
                SledStore::discard(&sled)?;
            } else {
                let path = SledStore::keep_aside(&sled)?;
                self.notes.push(Note::StateKeptAside {
                    path,
                    why: "corrupt",
                });
                self.fresh = true;
            }
            let (store, _) = open_sled(&sled, &mut self.notes)?;
            self.store = store;
        }
        self.fresh = true;
        Ok(())
    }

    /// Opens the present state again after a failure, such as a disk that was full. What is whole
    /// stays, and only what is not is kept aside; [`Self::fresh`] says whether it is to be filled.
    pub fn reopen(&mut self) -> Result<(), Fault> {
        if self.engine == Engine::Memory || self.fresh {
            return self.rebuild();
        }
        let old = std::mem::replace(&mut self.store, Box::new(MemoryStore::new()));
        // It has failed already; whether it is whole is found out by opening it.
        let _ = old.close();
        let sled = self.dir.join("sled");
        let settled = SledStore::settle(&sled);
        match settled.and_then(|()| open_sled(&sled, &mut self.notes)) {
            Ok((store, fresh)) => {
                self.store = store;
                self.fresh = fresh;
                Ok(())
            }
            Err(_) => self.rebuild(),
        }
    }

    /// Closes the present state cleanly, so that the next opening can trust it, and lets go of the
    /// folder.
    pub fn close(self) -> Result<(), Fault> {
        self.store.close()
    }

    /// How many bytes may still be written on the disk the store is on.
    pub fn free(&self) -> Result<u64, Fault> {
        self.files
            .free(&self.dir)
            .map_err(|error| Fault::io("measure", &self.dir, error))
    }

    /// The folder of drafts.
    pub fn drafts(&self) -> PathBuf {
        self.dir.join("drafts")
    }

    fn assemble(
        files: Arc<dyn Files>,
        dir: &Path,
        id: StoreId,
        engine: Engine,
        lock: Option<Lock>,
    ) -> Result<Self, Fault> {
        let (journal, mut notes) = Journal::open(files.clone(), &dir.join("journal"), id)?;
        let (vault, more) = Vault::open(&files, &dir.join("keys"), id)?;
        notes.extend(more);
        // A copy of a store may lack its empty folders.
        make_places(&*files, dir, &["checkpoint", "drafts"])?;
        let checkpoints = Checkpoints::new(files.clone(), &dir.join("checkpoint"), id);
        let (store, fresh) = match engine {
            Engine::Sled => {
                let sled = dir.join("sled");
                SledStore::settle(&sled)?;
                open_sled(&sled, &mut notes)?
            }
            Engine::Memory => (Box::new(MemoryStore::new()) as Box<dyn Store>, true),
        };
        Ok(Self {
            store,
            journal,
            vault,
            checkpoints,
            notes,
            fresh,
            dir: dir.to_owned(),
            files,
            id,
            engine,
            _lock: lock,
        })
    }
}

/// Opens sled, and when it is damaged keeps it aside and opens an empty one. Whether it is empty
/// comes with it.
fn open_sled(dir: &Path, notes: &mut Vec<Note>) -> Result<(Box<dyn Store>, bool), Fault> {
    let (opened, more) = SledStore::open(dir)?;
    notes.extend(more);
    let store = match opened {
        Opened::Ready(store) => store,
        Opened::Damaged(why) => {
            let path = SledStore::keep_aside(dir)?;
            notes.push(Note::StateKeptAside { path, why });
            match SledStore::open(dir)?.0 {
                Opened::Ready(store) => store,
                Opened::Damaged(why) => return Err(Fault::damaged("rows", why)),
            }
        }
    };
    let fresh = store.is_empty();
    Ok((Box::new(store), fresh))
}

/// Makes the data folder and what is missing above it, and closes it to everybody else.
fn make_dirs(dir: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .and_then(|()| fs::set_permissions(dir, fs::Permissions::from_mode(0o700)))
        .and_then(|()| Disk.sync_dir(parent(&std::path::absolute(dir)?)))
        .map_err(|error| Fault::io("make", dir, error))
}

/// Makes the places in a new folder, and last the file that says what it is: a folder that was not
/// finished has none, and is finished by the next try.
fn lay_out(files: &dyn Files, dir: &Path, format: &Format) -> Result<(), Fault> {
    make_places(files, dir, &["journal", "checkpoint", "drafts"])?;
    format.write(files, dir)
}

/// Makes the folders that are not there.
fn make_places(files: &dyn Files, dir: &Path, names: &[&str]) -> Result<(), Fault> {
    let mut made = false;
    for name in names {
        let path = dir.join(name);
        let is_there = files.size(&path).is_ok_and(|size| size.is_some());
        if !is_there {
            files
                .make_dir(&path)
                .map_err(|error| Fault::io("make", &path, error))?;
            made = true;
        }
    }
    if made {
        files
            .sync_dir(dir)
            .map_err(|error| Fault::io("sync", dir, error))?;
    }
    Ok(())
}
