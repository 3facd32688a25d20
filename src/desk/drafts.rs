//! Drafts in files beside the store: bytes by operator and key, sealed.
//!
//! A thread of its own writes them, the last state of each only, to a new file that then takes the
//! place of the old one; a draft is on disk well within 300 ms. What is in a draft is not known
//! here, and who may keep or read it is decided by who calls.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::SystemTime;

use super::contract::{DraftPlace, MOST_DRAFTS};
use super::engine::Desk;
use crate::domain::number::Number;
use crate::store::Sealer;

/// What drafts are sealed for: nothing else opens under it.
const DRAFT: &[u8] = b"draft";
/// How the names of their files end.
const ENDING: &str = "draft";

/// Seals or opens the bytes of a draft; none where they cannot be.
pub type Seal = Box<dyn Fn(&[u8]) -> Option<Vec<u8>> + Send + Sync>;

/// Is told whether a draft is on the disk, or gone from it.
pub type Then = Box<dyn FnOnce(bool) + Send>;

/// The key that drafts are sealed with. There is none before a store is set up.
#[derive(Clone, Default)]
pub struct DraftKey(Arc<OnceLock<Sealer>>);

impl DraftKey {
    /// Looks whether there is a key now.
    pub fn look(&self, desk: &Desk) {
        if self.0.get().is_none()
            && let Ok(Some(sealer)) = desk.draft_sealer()
        {
            // Another thread may have been faster, with the same key.
            let _ = self.0.set(sealer);
        }
    }

    /// Drafts in a folder, sealed with this key.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn files(&self, folder: &Path) -> io::Result<DraftFiles> {
        let (sealing, opening) = (self.clone(), self.clone());
        let seal: Seal = Box::new(move |plain| sealing.0.get()?.seal(DRAFT, plain).ok());
        let open: Seal = Box::new(move |sealed| opening.0.get()?.unseal(DRAFT, sealed).ok());
        DraftFiles::new(folder, seal, open)
    }
}

/// A draft's new state: its bytes, or that it is gone, and who is to be told.
#[derive(Default)]
struct State {
    bytes: Option<Vec<u8>>,
    then: Vec<Then>,
}

#[derive(Default)]
struct Waiting {
    drafts: BTreeMap<(Number, u64), State>,
    ended: bool,
}

struct Shared {
    folder: PathBuf,
    seal: Seal,
    waiting: Mutex<Waiting>,
    news: Condvar,
    /// Held while files are written, so that a flush returns only when nothing is half done.
    writing: Mutex<()>,
    /// The last draft could not be written.
    failing: AtomicBool,
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
    /// Returns when every draft that was kept before is on disk, as far as the disk allows.
    pub fn flush(&self) {
        self.0.write_waiting();
    }
}

/// Keeps each draft in a file of its own.
pub struct DraftFiles {
    shared: Arc<Shared>,
    open: Seal,
    writer: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for DraftFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DraftFiles")
            .field("folder", &self.shared.folder)
            .finish_non_exhaustive()
    }
}

impl DraftFiles {
    /// Keeps drafts in a folder, which is made where it is missing.
    ///
    /// # Errors
    /// When the folder cannot be made, or no thread.
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

    /// Keeps a draft, or forgets it, and tells when that is done. Where a newer state is faster,
    /// both are told of that one.
    pub fn put(&self, operator: Number, key: u64, bytes: Option<Vec<u8>>, then: Option<Then>) {
        let mut waiting = locked(&self.shared.waiting);
        let state = waiting.drafts.entry((operator, key)).or_default();
        state.bytes = bytes;
        state.then.extend(then);
        drop(waiting);
        self.shared.news.notify_one();
    }

    /// The drafts of an operator, the last one kept first.
    pub fn of(&self, operator: Number) -> Vec<Vec<u8>> {
        self.shared.write_waiting();
        let Ok(entries) = fs::read_dir(&self.shared.folder) else {
            return Vec::new();
        };
        let theirs = format!("{operator}-");
        let mut found: Vec<(SystemTime, Vec<u8>)> = entries
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let path = entry.path();
                let is_draft = path.extension().is_some_and(|ending| ending == ENDING);
                let is_theirs = entry.file_name().to_str()?.starts_with(&theirs);
                let sealed = fs::read(&path).ok().filter(|_| is_draft && is_theirs)?;
                Some((
                    entry.metadata().ok()?.modified().ok()?,
                    (self.open)(&sealed)?,
                ))
            })
            .collect();
        found.sort_by_key(|(kept, _)| std::cmp::Reverse(*kept));
        found.into_iter().map(|(_, bytes)| bytes).collect()
    }
}

impl DraftPlace for DraftFiles {
    fn keep(&mut self, operator: Number, key: u64, bytes: Option<Vec<u8>>) {
        self.put(operator, key, bytes, None);
    }

    fn list(&mut self, operator: Number) -> Vec<Vec<u8>> {
        self.of(operator)
    }

    fn is_failing(&self) -> bool {
        self.shared.failing.load(Ordering::Relaxed)
    }
}

impl Drop for DraftFiles {
    fn drop(&mut self) {
        locked(&self.shared.waiting).ended = true;
        self.shared.news.notify_one();
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has nothing more to write.
            drop(writer.join());
        }
    }
}

impl Shared {
    fn run(&self) {
        loop {
            let mut waiting = locked(&self.waiting);
            while waiting.drafts.is_empty() && !waiting.ended {
                let woken = self.news.wait(waiting);
                waiting = woken.unwrap_or_else(PoisonError::into_inner);
            }
            let ended = waiting.ended;
            drop(waiting);
            self.write_waiting();
            if ended {
                return;
            }
        }
    }

    fn write_waiting(&self) {
        let _writing = locked(&self.writing);
        let drafts = std::mem::take(&mut locked(&self.waiting).drafts);
        let mut written = Vec::with_capacity(drafts.len());
        for ((operator, key), state) in drafts {
            let path = self.folder.join(format!("{operator}-{key:016x}.{ENDING}"));
            // A disk that is full costs a draft and must not cost the session.
            let kept = match state.bytes {
                Some(bytes) => {
                    let fits = path.exists() || self.count(operator) < MOST_DRAFTS;
                    let kept = fits && self.write(&path, &bytes).is_ok();
                    self.failing.store(!kept, Ordering::Relaxed);
                    kept
                }
                None => match fs::remove_file(&path) {
                    Ok(()) => true,
                    Err(error) => error.kind() == io::ErrorKind::NotFound,
                },
            };
            written.push((kept, state.then));
        }
        if written.is_empty() {
            return;
        }
        // A name that was put in the place of another is on the disk once its folder is.
        let synced = fs::File::open(&self.folder).and_then(|folder| folder.sync_all());
        if synced.is_err() {
            self.failing.store(true, Ordering::Relaxed);
        }
        for (kept, thens) in written {
            for then in thens {
                then(kept && synced.is_ok());
            }
        }
    }

    /// How many drafts of an operator are on the disk.
    fn count(&self, operator: Number) -> usize {
        let theirs = format!("{operator}-");
        let entries = fs::read_dir(&self.folder).into_iter().flatten();
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names
            .filter(|name| name.starts_with(&theirs) && name.ends_with(ENDING))
            .count()
    }

    fn write(&self, path: &Path, plain: &[u8]) -> io::Result<()> {
        let sealed = (self.seal)(plain).ok_or(io::ErrorKind::InvalidData)?;
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
    use std::sync::mpsc::channel;

    use super::*;
    use crate::domain::number::Kind;

    fn operator(seq: u32) -> Number {
        Number {
            kind: Kind::Operator,
            year: 2024,
            seq,
        }
    }

    fn plain() -> Seal {
        Box::new(|bytes| Some(bytes.to_vec()))
    }

    #[test]
    fn drafts_are_for_their_owner_alone() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("drafts");
        let mut files = DraftFiles::new(&folder, plain(), plain()).unwrap();
        files.keep(operator(1), 7, Some(b"text".to_vec()));
        files.keep(operator(11), 7, Some(b"other".to_vec()));
        assert_eq!(files.list(operator(1)), [b"text"]);
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        for entry in fs::read_dir(&folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }

    #[test]
    fn it_is_told_whether_a_draft_was_kept() {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("drafts");
        let files = DraftFiles::new(&folder, plain(), plain()).unwrap();
        let (sender, told) = channel();
        let then = |of: &'static str| -> Option<Then> {
            let sender = sender.clone();
            Some(Box::new(move |kept| sender.send((of, kept)).unwrap()))
        };
        files.put(operator(1), 1, Some(vec![1]), then("kept"));
        assert_eq!(told.recv().unwrap(), ("kept", true));
        files.put(operator(1), 1, None, then("gone"));
        assert_eq!(told.recv().unwrap(), ("gone", true));
        fs::remove_dir_all(&folder).unwrap();
        files.put(operator(1), 1, Some(vec![1]), then("lost"));
        assert_eq!(told.recv().unwrap(), ("lost", false));
        assert!(files.is_failing());
    }

    #[test]
    fn a_draft_too_many_is_not_kept_and_those_that_are_there_go_on() {
        let temp = tempfile::tempdir().unwrap();
        let files = DraftFiles::new(&temp.path().join("drafts"), plain(), plain()).unwrap();
        let (sender, told) = channel();
        let put = |who, key, bytes: Option<Vec<u8>>| {
            let sender = sender.clone();
            let then: Then = Box::new(move |kept| sender.send(kept).unwrap());
            files.put(operator(who), key, bytes, Some(then));
            told.recv().unwrap()
        };
        for key in 0..MOST_DRAFTS as u64 {
            assert!(put(1, key, Some(vec![1])));
        }
        assert!(!put(1, 1_000, Some(vec![1])));
        assert!(put(1, 7, Some(vec![2])), "one that is there is kept on");
        assert!(put(11, 1_000, Some(vec![1])), "others have their own");
        assert!(put(1, 7, None));
        assert!(put(1, 1_000, Some(vec![1])), "there is room again");
        assert_eq!(files.of(operator(1)).len(), MOST_DRAFTS);
    }
}
