//! Where drafts are kept: in files beside the store, or in memory.
//!
//! The file keeper writes in a thread of its own, the last state of each draft only, to a new
//! file that then takes the place of the old one; a draft is on disk well within 300 ms of its
//! key. What is written is sealed by the closures handed in, because drafts hold people's data.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::drafts::{Draft, DraftId};
use crate::domain::number::Number;

/// Keeps drafts.
pub trait DraftKeeper {
    /// Keeps a draft in place of its former state.
    fn save(&mut self, draft: Draft);
    /// Forgets a draft.
    fn forget(&mut self, id: DraftId);
    /// The drafts of an operator, the newest first.
    fn list(&mut self, operator: Number) -> Vec<Draft>;
    /// Whether the last draft could not be kept: the operator is told to save soon.
    fn is_failing(&self) -> bool {
        false
    }
}

/// Keeps drafts for as long as the program runs.
#[derive(Debug, Default)]
pub struct MemoryKeeper {
    drafts: BTreeMap<DraftId, Draft>,
    /// Says that it cannot keep a draft, as one on a full disk does.
    pub failing: bool,
}

impl DraftKeeper for MemoryKeeper {
    fn save(&mut self, draft: Draft) {
        self.drafts.insert(draft.id, draft);
    }

    fn forget(&mut self, id: DraftId) {
        self.drafts.remove(&id);
    }

    fn list(&mut self, operator: Number) -> Vec<Draft> {
        of_operator(self.drafts.values().cloned().collect(), operator)
    }

    fn is_failing(&self) -> bool {
        self.failing
    }
}

fn of_operator(mut drafts: Vec<Draft>, operator: Number) -> Vec<Draft> {
    drafts.retain(|draft| draft.id.operator == operator);
    drafts.sort_by_key(|draft| std::cmp::Reverse((draft.at, draft.id)));
    drafts
}

/// Seals or opens the bytes of a draft; none where they cannot be opened.
pub type Seal = Box<dyn Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync>;

/// What is still to be written: a draft, or that it is gone.
type Waiting = BTreeMap<DraftId, Option<Draft>>;

struct Shared {
    folder: PathBuf,
    seal: Seal,
    waiting: Mutex<Desk>,
    news: Condvar,
    /// Held while files are written, so that a flush returns only when nothing is half done.
    writing: Mutex<()>,
    /// The last draft could not be written.
    failing: AtomicBool,
}

#[derive(Default)]
struct Desk {
    drafts: Waiting,
    ended: bool,
}

/// Writes what waits; may be called from any thread, also while the program ends.
#[derive(Clone)]
pub struct Flusher(Arc<Shared>);

impl std::fmt::Debug for Flusher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Flusher").field(&self.0.folder).finish()
    }
}

impl Flusher {
    /// Returns when every draft that was saved before is on disk, as far as the disk allows.
    pub fn flush(&self) {
        self.0.write_waiting();
    }
}

/// Keeps each draft in a file of its own.
pub struct FileKeeper {
    shared: Arc<Shared>,
    open: Seal,
    writer: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for FileKeeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileKeeper")
            .field("folder", &self.shared.folder)
            .finish_non_exhaustive()
    }
}

impl FileKeeper {
    /// Keeps drafts in a folder, which is made where it is missing.
    pub fn new(folder: &Path, seal: Seal, open: Seal) -> io::Result<Self> {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            seal,
            waiting: Mutex::default(),
            news: Condvar::new(),
            writing: Mutex::default(),
            failing: AtomicBool::new(false),
        });
        let mine = Arc::clone(&shared);
        let writer = std::thread::Builder::new()
            .name("drafts".to_owned())
            .spawn(move || mine.run())?;
        Ok(Self {
            shared,
            open,
            writer: Some(writer),
        })
    }

    /// A handle that writes what waits.
    pub fn flusher(&self) -> Flusher {
        Flusher(Arc::clone(&self.shared))
    }

    fn put(&mut self, id: DraftId, draft: Option<Draft>) {
        locked(&self.shared.waiting).drafts.insert(id, draft);
        self.shared.news.notify_one();
    }
}

impl DraftKeeper for FileKeeper {
    fn save(&mut self, draft: Draft) {
        self.put(draft.id, Some(draft));
    }

    fn forget(&mut self, id: DraftId) {
        self.put(id, None);
    }

    fn list(&mut self, operator: Number) -> Vec<Draft> {
        self.shared.write_waiting();
        let Ok(entries) = fs::read_dir(&self.shared.folder) else {
            return Vec::new();
        };
        let drafts = entries.filter_map(|entry| {
            let path = entry.ok()?.path();
            let is_draft = path.extension().is_some_and(|ending| ending == ENDING);
            let sealed = fs::read(&path).ok().filter(|_| is_draft)?;
            serde_json::from_slice(&(self.open)(&sealed)?).ok()
        });
        of_operator(drafts.collect(), operator)
    }

    fn is_failing(&self) -> bool {
        self.shared.failing.load(Ordering::Relaxed)
    }
}

impl Drop for FileKeeper {
    fn drop(&mut self) {
        locked(&self.shared.waiting).ended = true;
        self.shared.news.notify_one();
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has nothing more to write.
            drop(writer.join());
        }
    }
}

const ENDING: &str = "draft";

impl Shared {
    fn run(&self) {
        loop {
            let mut desk = locked(&self.waiting);
            while desk.drafts.is_empty() && !desk.ended {
                desk = self.news.wait(desk).unwrap_or_else(PoisonError::into_inner);
            }
            let ended = desk.ended;
            drop(desk);
            self.write_waiting();
            if ended {
                return;
            }
        }
    }

    fn write_waiting(&self) {
        let _writing = locked(&self.writing);
        let drafts = std::mem::take(&mut locked(&self.waiting).drafts);
        for (id, draft) in drafts {
            let name = format!("{}-{:016x}.{ENDING}", id.operator, id.key);
            let path = self.folder.join(name);
            // A disk that is full costs a draft and must not cost the session.
            match draft {
                Some(draft) => {
                    let written = self.write(&path, &draft);
                    self.failing.store(written.is_err(), Ordering::Relaxed);
                }
                None => drop(fs::remove_file(&path)),
            }
        }
    }

    fn write(&self, path: &Path, draft: &Draft) -> io::Result<()> {
        let sealed = serde_json::to_vec(draft)
            .ok()
            .and_then(|plain| (self.seal)(&plain));
        let sealed = sealed.ok_or(io::ErrorKind::InvalidData)?;
        let fresh = path.with_extension("new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true).mode(0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(&sealed)?;
        file.sync_data()?;
        drop(file);
        fs::rename(&fresh, path)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::app::forms::FormId;
    use crate::domain::number::Kind;
    use crate::domain::stamp::Stamp;

    #[test]
    fn drafts_are_for_their_owner_alone() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("drafts");
        let plain = || -> Seal { Box::new(|bytes| Some(bytes.to_vec())) };
        let mut keeper = FileKeeper::new(&folder, plain(), plain()).unwrap();
        let operator = Number {
            kind: Kind::Operator,
            year: 2024,
            seq: 1,
        };
        keeper.save(Draft {
            id: DraftId { operator, key: 7 },
            form: FormId::Welcome,
            about: None,
            fields: Vec::new(),
            filled: None,
            at: Stamp(0),
        });
        assert_eq!(keeper.list(operator).len(), 1);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for entry in fs::read_dir(&folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }
}
