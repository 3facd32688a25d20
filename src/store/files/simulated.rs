//! A disk in memory whose power can be cut. Compiled into the library, because the tests of every
//! room above this one open a store on it.
//!
//! It knows for every file, and for every name in every folder, what is durable and what only the
//! running program sees. [`SimulatedDisk::crash`] throws away, or keeps in part, what was not
//! synced: writes survive whole, torn at any byte, or not at all, each by itself; names survive in
//! the order they were given in each folder, as a journalling file system keeps them. A sync that
//! fails loses what it should have saved, as Linux does.

mod handle;

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use handle::Open;

use super::super::bytes::index;
use super::{Files, Handle, parent};

/// A disk in memory. Clones are the same disk.
#[derive(Clone, Default)]
pub struct SimulatedDisk(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    inodes: HashMap<u64, Inode>,
    next: u64,
    /// What the running program sees.
    names: BTreeMap<PathBuf, Entry>,
    /// What is there after a power cut.
    durable: BTreeMap<PathBuf, Entry>,
    /// Changes of names not yet durable, in order.
    pending: Vec<Renaming>,
    /// Bytes that may still be added; `None` is no limit.
    free: Option<u64>,
    /// Writing operations until the power goes; `None` is never.
    countdown: Option<u64>,
    off: bool,
    failing_syncs: u64,
    syncs: u64,
    /// Counts the crashes; a handle from before one is dead.
    generation: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Entry {
    Dir,
    File(u64),
}

enum Renaming {
    Put(PathBuf, Entry),
    Drop(PathBuf),
    Move(PathBuf, PathBuf),
}

#[derive(Default)]
struct Inode {
    now: Vec<u8>,
    durable: Vec<u8>,
    pending: Vec<Change>,
}

enum Change {
    Write(u64, Vec<u8>),
    Length(u64),
}

impl SimulatedDisk {
    /// An empty disk without limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cuts the power and starts the machine again: what was not synced is dropped or partly kept,
    /// as `seed` decides. Every handle from before is dead; planned faults are forgotten.
    pub fn crash(&self, seed: u64) {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut state = self.lock();
        let state = &mut *state;
        let mut kept: HashMap<PathBuf, usize> = HashMap::new();
        for renaming in &state.pending {
            *kept.entry(renaming.dir().to_owned()).or_default() += 1;
        }
        let mut dirs: Vec<_> = kept.into_iter().collect();
        dirs.sort();
        let mut kept: HashMap<_, _> = dirs
            .into_iter()
            .map(|(dir, count)| (dir, random.usize(0..=count)))
            .collect();
        for renaming in std::mem::take(&mut state.pending) {
            let left = kept.entry(renaming.dir().to_owned()).or_default();
            if *left > 0 {
                *left -= 1;
                renaming.apply(&mut state.durable);
            }
        }
        let present = state.durable.clone();
        state
            .durable
            .retain(|path, _| path.ancestors().skip(1).all(|dir| is_dir(&present, dir)));
        state.names = state.durable.clone();
        let mut numbers: Vec<u64> = state.inodes.keys().copied().collect();
        numbers.sort_unstable();
        for number in numbers {
            if state
                .names
                .values()
                .any(|entry| *entry == Entry::File(number))
            {
                state.inodes.entry(number).or_default().crash(&mut random);
            } else {
                state.inodes.remove(&number);
            }
        }
        state.generation += 1;
        state.off = false;
        state.countdown = None;
        state.failing_syncs = 0;
    }

    /// Lets `bytes` more be written before the disk is full; `None` lifts the limit.
    pub fn set_free(&self, bytes: Option<u64>) {
        self.lock().free = bytes;
    }

    /// Makes the next `count` syncs of contents fail, and lose what they should have saved.
    pub fn fail_syncs(&self, count: u64) {
        self.lock().failing_syncs = count;
    }

    /// Takes the power away in the course of the writing operation after `operations` more. From
    /// then on everything fails until [`Self::crash`].
    pub fn cut_after(&self, operations: u64) {
        self.lock().countdown = Some(operations);
    }

    /// How many syncs of contents and folders have been asked for.
    pub fn syncs(&self) -> u64 {
        self.lock().syncs
    }

    /// Flips the bits of `mask` in one byte of a file, durably. `false` when there is no such byte.
    pub fn flip(&self, path: &Path, offset: u64, mask: u8) -> bool {
        let mut state = self.lock();
        let Some(Entry::File(number)) = state.names.get(path).copied() else {
            return false;
        };
        let Some(inode) = state.inodes.get_mut(&number) else {
            return false;
        };
        let at = index(offset);
        let Some(byte) = inode.now.get_mut(at) else {
            return false;
        };
        *byte ^= mask;
        if let Some(byte) = inode.durable.get_mut(at) {
            *byte ^= mask;
        }
        true
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Counts one writing operation. `Ok(true)` when the power goes in the course of this one.
    fn step(&mut self) -> io::Result<bool> {
        self.powered()?;
        match &mut self.countdown {
            Some(0) => {
                self.off = true;
                Ok(true)
            }
            Some(left) => {
                *left -= 1;
                Ok(false)
            }
            None => Ok(false),
        }
    }

    fn powered(&self) -> io::Result<()> {
        if self.off { Err(no_power()) } else { Ok(()) }
    }

    fn rename(&mut self, renaming: Renaming) -> io::Result<()> {
        let last = self.step()?;
        renaming.apply(&mut self.names);
        self.pending.push(renaming);
        if last { Err(no_power()) } else { Ok(()) }
    }

    fn release(&mut self, bytes: usize) {
        if let Some(free) = &mut self.free {
            *free += bytes as u64;
        }
    }
}

impl Renaming {
    fn dir(&self) -> &Path {
        match self {
            Self::Put(path, _) | Self::Drop(path) | Self::Move(_, path) => parent(path),
        }
    }

    fn apply(&self, names: &mut BTreeMap<PathBuf, Entry>) {
        match self {
            Self::Put(path, entry) => {
                names.insert(path.clone(), *entry);
            }
            Self::Drop(path) => {
                names.remove(path);
            }
            Self::Move(from, to) => {
                if let Some(entry) = names.remove(from) {
                    names.insert(to.clone(), entry);
                }
            }
        }
    }
}

impl Inode {
    fn crash(&mut self, random: &mut fastrand::Rng) {
        for change in std::mem::take(&mut self.pending) {
            match (random.u8(0..3), change) {
                (0, _) => {}
                (1, Change::Write(offset, bytes)) => {
                    let torn = random.usize(0..=bytes.len());
                    Change::Write(offset, bytes.into_iter().take(torn).collect())
                        .apply(&mut self.durable);
                }
                (_, change) => change.apply(&mut self.durable),
            }
        }
        self.now = self.durable.clone();
    }
}

impl Change {
    fn apply(&self, contents: &mut Vec<u8>) {
        match self {
            Self::Length(len) => contents.resize(index(*len), 0),
            Self::Write(offset, bytes) => {
                let (from, to) = (index(*offset), index(*offset) + bytes.len());
                if contents.len() < to {
                    contents.resize(to, 0);
                }
                if let Some(place) = contents.get_mut(from..to) {
                    place.copy_from_slice(bytes);
                }
            }
        }
    }
}

impl Files for SimulatedDisk {
    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.lock();
        match state.names.get(dir) {
            Some(Entry::Dir) => Ok(()),
            Some(Entry::File(_)) => Err(io::ErrorKind::AlreadyExists.into()),
            None if is_dir(&state.names, parent(dir)) => {
                state.rename(Renaming::Put(dir.to_owned(), Entry::Dir))
            }
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        let state = self.lock();
        state.powered()?;
        if !is_dir(&state.names, dir) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let inside = state.names.keys().filter(|path| path.parent() == Some(dir));
        Ok(inside
            .filter_map(|path| Some(path.file_name()?.to_string_lossy().into()))
            .collect())
    }

    fn size(&self, path: &Path) -> io::Result<Option<u64>> {
        let state = self.lock();
        state.powered()?;
        Ok(match state.names.get(path) {
            Some(Entry::File(number)) => {
                state.inodes.get(number).map(|inode| inode.now.len() as u64)
            }
            Some(Entry::Dir) => Some(0),
            None => None,
        })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let state = self.lock();
        state.powered()?;
        let Some(Entry::File(inode)) = state.names.get(path).copied() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        Ok(Box::new(Open {
            disk: self.clone(),
            inode,
            generation: state.generation,
        }))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        let mut state = self.lock();
        match state.names.get(path).copied() {
            Some(Entry::Dir) => return Err(io::ErrorKind::IsADirectory.into()),
            Some(Entry::File(_)) => {
                drop(state);
                let handle = self.open(path)?;
                handle.set_len(0)?;
                return Ok(handle);
            }
            None if !is_dir(&state.names, parent(path)) => {
                return Err(io::ErrorKind::NotFound.into());
            }
            None => {}
        }
        state.next += 1;
        let inode = state.next;
        state.inodes.insert(inode, Inode::default());
        state.rename(Renaming::Put(path.to_owned(), Entry::File(inode)))?;
        Ok(Box::new(Open {
            disk: self.clone(),
            inode,
            generation: state.generation,
        }))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.lock();
        if !state.names.contains_key(from) {
            return Err(io::ErrorKind::NotFound.into());
        }
        state.rename(Renaming::Move(from.to_owned(), to.to_owned()))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.lock();
        let Some(Entry::File(number)) = state.names.get(path).copied() else {
            return Err(io::ErrorKind::NotFound.into());
        };
        let size = state.inodes.get(&number).map_or(0, |inode| inode.now.len());
        state.release(size);
        state.rename(Renaming::Drop(path.to_owned()))
    }

    fn sync_dir(&self, dir: &Path) -> io::Result<()> {
        let mut state = self.lock();
        if state.step()? {
            return Err(no_power());
        }
        state.syncs += 1;
        let (done, left): (Vec<_>, Vec<_>) = std::mem::take(&mut state.pending)
            .into_iter()
            .partition(|one| one.dir() == dir);
        state.pending = left;
        for renaming in done {
            renaming.apply(&mut state.durable);
        }
        Ok(())
    }

    fn free(&self, _dir: &Path) -> io::Result<u64> {
        let state = self.lock();
        state.powered()?;
        Ok(state.free.unwrap_or(u64::MAX))
    }
}

/// The root is always there.
fn is_dir(names: &BTreeMap<PathBuf, Entry>, path: &Path) -> bool {
    path.parent().is_none() || path.as_os_str().is_empty() || names.get(path) == Some(&Entry::Dir)
}

fn no_power() -> io::Error {
    io::Error::other("no power")
}
