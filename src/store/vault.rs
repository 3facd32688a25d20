//! The keys of subjects. Personal data is sealed under the key of whom it is about; when the key is
//! overwritten, every copy of the data, in journal, checkpoint and backup, is beyond reading (SM6).
//!
//! The file `keys` is a header and fixed slots of 64 bytes, made in blocks so that a new subject
//! costs no sync of its own. Who has which slot is not known here.

mod sealer;
mod slot;

use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use sealer::Sealer;
use slot::{SLOT_LEN, Slot};

use super::bytes::index;
use super::fault::Fault;
use super::files::{Files, Handle, parent, read_whole, replace};
use super::header::{self, Header, StoreId};
use super::note::Note;

/// What the key file begins with.
const MAGIC: [u8; 8] = *b"FDkeys\0\n";

/// What the list of keys that are being destroyed begins with.
const LIST_MAGIC: [u8; 8] = *b"FDgone\0\n";

/// Where the slots begin: behind the header, on a boundary of a slot.
const SLOTS_AT: u64 = 128;

/// How many keys are made at once.
const BLOCK: u32 = 256;

/// What became of something sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unsealed {
    /// It is readable.
    Plain(Vec<u8>),
    /// Its key has been destroyed.
    Destroyed,
}

/// What is in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlotState {
    /// A key that can be used.
    Living,
    /// The key was destroyed.
    Destroyed,
    /// The slot cannot be read.
    Damaged,
    /// There is no such slot yet.
    Unmade,
}

/// The open key file.
pub struct Vault {
    files: Arc<dyn Files>,
    path: PathBuf,
    handle: Box<dyn Handle>,
    slots: Vec<Slot>,
}

impl Vault {
    /// Opens the key file, and begins one when there is none or none was begun whole.
    ///
    /// [`Fault::Foreign`], [`Fault::Newer`] and [`Fault::Damaged`] when the header says so. Single
    /// slots that cannot be read are a note, and a fault only for who uses them.
    pub fn open(
        files: &Arc<dyn Files>,
        path: &Path,
        store: StoreId,
    ) -> Result<(Self, Vec<Note>), Fault> {
        let held = files.clone();
        let files = &**files;
        let size = files
            .size(path)
            .map_err(|error| Fault::io("read", path, error))?;
        let bytes = match size {
            // The header is forced to the disk before the first slot is written.
            Some(size) if size > SLOTS_AT => read_whole(files, path, u64::MAX)?,
            Some(SLOTS_AT) => read_whole(files, path, SLOTS_AT)?,
            _ => Vec::new(),
        };
        let slots = match Header::parse(&bytes, MAGIC) {
            Some(header) => {
                check(&header, store, path)?;
                let bytes = bytes.get(index(SLOTS_AT)..).unwrap_or_default();
                bytes
                    .chunks(SLOT_LEN)
                    .zip(0..)
                    .map(|(bytes, n)| Slot::parse(n, bytes))
                    .collect()
            }
            None if bytes.len() as u64 > SLOTS_AT => {
                return Err(Fault::damaged("keys", "0"));
            }
            None => {
                begin(files, path, store)?;
                Vec::new()
            }
        };
        let handle = files
            .open(path)
            .map_err(|error| Fault::io("open", path, error))?;
        let mut vault = Self {
            files: held,
            path: path.to_owned(),
            handle,
            slots,
        };
        vault.finish_destroying()?;
        let notes = vault.notes();
        Ok((vault, notes))
    }

    /// Makes sure that a usable slot with the number `next` or above exists, durably, and returns
    /// it. `next` is one above the highest slot ever handed out.
    pub fn take(&mut self, next: u32) -> Result<u32, Fault> {
        let count = self.count();
        if next > count {
            return Err(Fault::damaged("keys", format!("{count}..{next}")));
        }
        // Whoever asks has lost count when it meets a destroyed slot; such a one is never revived.
        let used = (next..count).take_while(|slot| self.state(*slot) == SlotState::Destroyed);
        let slot = next.saturating_add(u32::try_from(used.count()).unwrap_or(u32::MAX));
        if self.state(slot) != SlotState::Living {
            self.make_from(slot)?;
        }
        Ok(slot)
    }

    /// What is in a slot.
    pub fn state(&self, slot: u32) -> SlotState {
        match self.slot(slot) {
            Some(Slot::Living(_)) => SlotState::Living,
            Some(Slot::Destroyed) => SlotState::Destroyed,
            Some(Slot::Damaged) => SlotState::Damaged,
            None => SlotState::Unmade,
        }
    }

    /// The key in `slot`, to seal and unseal with. [`Fault::KeyGone`] when it was destroyed.
    pub fn sealer(&self, slot: u32) -> Result<Sealer, Fault> {
        match self.slot(slot) {
            Some(Slot::Living(key)) => Ok(Sealer::new(slot, *key)),
            Some(Slot::Destroyed) => Err(Fault::KeyGone { slot }),
            Some(Slot::Damaged) | None => Err(Fault::damaged("keys", slot.to_string())),
        }
    }

    /// Seals `plain` under the key in `slot`, as [`Sealer::seal`]. [`Fault::KeyGone`] when the key
    /// was destroyed.
    pub fn seal(&self, slot: u32, about: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        self.sealer(slot)?.seal(about, plain)
    }

    /// Reads what [`Self::seal`] sealed under the same slot and `about`. [`Fault::Damaged`] when it
    /// is not that.
    pub fn unseal(&self, slot: u32, about: &[u8], sealed: &[u8]) -> Result<Unsealed, Fault> {
        match self.sealer(slot) {
            Ok(key) => key.unseal(about, sealed).map(Unsealed::Plain),
            Err(Fault::KeyGone { .. }) => Ok(Unsealed::Destroyed),
            Err(fault) => Err(fault),
        }
    }

    /// Overwrites the keys in `slots` and forces that to the disk. Doing it again is no error.
    ///
    /// Which slots they are is written down first: one that the power is cut over while it is
    /// overwritten holds neither a key nor the mark that it was destroyed, and is overwritten again at
    /// the next opening.
    pub fn destroy_all(&mut self, slots: &[u32]) -> Result<(), Fault> {
        let mut list = LIST_MAGIC.to_vec();
        list.extend(slots.iter().flat_map(|slot| slot.to_le_bytes()));
        let path = self.list_path();
        replace(&*self.files, &path, &list)?;
        for slot in slots {
            self.destroy(*slot)?;
        }
        let removed = self.files.remove(&path);
        let removed = removed.and_then(|()| self.files.sync_dir(parent(&path)));
        removed.map_err(|error| Fault::io("remove", &path, error))
    }

    fn list_path(&self) -> PathBuf {
        self.path.with_extension("destroy")
    }

    /// Overwrites the slots of a list that is still there.
    fn finish_destroying(&mut self) -> Result<(), Fault> {
        let path = self.list_path();
        let size = self.files.size(&path);
        let size = size.map_err(|error| Fault::io("read", &path, error))?;
        let Some(size) = size else {
            return Ok(());
        };
        let bytes = read_whole(&*self.files, &path, size)?;
        let Some(list) = bytes.strip_prefix(LIST_MAGIC.as_slice()) else {
            return Err(Fault::damaged("keys", "destroy"));
        };
        let slots = list.chunks_exact(4).map(|bytes| {
            let four = bytes.try_into().unwrap_or([0; 4]);
            u32::from_le_bytes(four)
        });
        let slots: Vec<u32> = slots.collect();
        self.destroy_all(&slots)
    }

    /// Overwrites the key in `slot` and forces that to the disk. Doing it again is no error, so an
    /// interrupted destruction can be repeated.
    fn destroy(&mut self, slot: u32) -> Result<(), Fault> {
        let count = self.count();
        let Some(place) = self.slots.get_mut(index(slot.into())) else {
            return Err(Fault::damaged("keys", format!("{slot} >= {count}")));
        };
        let bytes = Slot::Destroyed.bytes(slot);
        self.handle
            .write_at(offset(slot), &bytes)
            .map_err(|error| Fault::io("write", &self.path, error))?;
        self.handle
            .sync()
            .map_err(|error| Fault::io("sync", &self.path, error))?;
        *place = Slot::Destroyed;
        Ok(())
    }

    fn slot(&self, slot: u32) -> Option<&Slot> {
        self.slots.get(index(slot.into()))
    }

    fn count(&self) -> u32 {
        u32::try_from(self.slots.len()).unwrap_or(u32::MAX)
    }

    /// Notes on slots that cannot be read. In the last block there may be some of which nothing
    /// was handed out, because the power went while it was being made; they are made anew when
    /// their turn comes.
    fn notes(&self) -> Vec<Note> {
        let last_block = self.count().saturating_sub(1) / BLOCK * BLOCK;
        let mut damaged = (0..last_block).filter(|slot| self.state(*slot) == SlotState::Damaged);
        let Some(first) = damaged.next() else {
            return Vec::new();
        };
        let count = u32::try_from(damaged.count())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        vec![Note::KeysDamaged { first, count }]
    }

    /// Makes the slots from `from`, which was never handed out, to the end of its block, with one
    /// write and one sync. Whole ones among them stay as they are.
    fn make_from(&mut self, from: u32) -> Result<(), Fault> {
        let to = (from / BLOCK + 1).saturating_mul(BLOCK).max(self.count());
        let mut bytes = Vec::new();
        let mut made = Vec::new();
        for number in from..to {
            let slot = match self.slot(number) {
                Some(Slot::Living(key)) => Slot::Living(*key),
                Some(Slot::Destroyed) => Slot::Destroyed,
                Some(Slot::Damaged) | None => Slot::Living(random(&self.path)?),
            };
            bytes.extend_from_slice(&slot.bytes(number));
            made.push(slot);
        }
        self.handle
            .write_at(offset(from), &bytes)
            .map_err(|error| Fault::io("write", &self.path, error))?;
        self.handle
            .sync()
            .map_err(|error| Fault::io("sync", &self.path, error))?;
        self.slots.truncate(index(from.into()));
        self.slots.append(&mut made);
        Ok(())
    }
}

/// Whether the bytes of a copied key file are those of a store's, readable but for slots of the last
/// block, which may have been in the making when it was copied.
pub(super) fn check_copy(bytes: &[u8], store: StoreId) -> Result<(), Fault> {
    let bad = |place: &dyn ToString| Fault::damaged("keys", place.to_string());
    let header = Header::parse(bytes, MAGIC).ok_or_else(|| bad(&0))?;
    if header.store != store || header.format > header::FORMAT {
        return Err(bad(&0));
    }
    let slots = bytes.get(index(SLOTS_AT)..).unwrap_or_default();
    let whole = slots.len() / SLOT_LEN;
    let sure = whole.saturating_sub(1) / BLOCK as usize * BLOCK as usize;
    let torn = slots
        .chunks(SLOT_LEN)
        .zip(0_u32..)
        .take(sure)
        .find(|(bytes, number)| matches!(Slot::parse(*number, bytes), Slot::Damaged));
    torn.map_or(Ok(()), |(_, number)| Err(bad(&number)))
}

/// Begins a key file that has no slots yet.
fn begin(files: &dyn Files, path: &Path, store: StoreId) -> Result<(), Fault> {
    let mut bytes = Header::new(MAGIC, store, 0, [0; 32]).bytes();
    bytes.resize(index(SLOTS_AT), 0);
    let write = || {
        let handle = files.create(path)?;
        handle.write_at(0, &bytes)?;
        handle.sync()?;
        files.sync_dir(parent(path))
    };
    write().map_err(|error| Fault::io("write", path, error))
}

fn check(header: &Header, store: StoreId, path: &Path) -> Result<(), Fault> {
    if header.format > header::FORMAT {
        return Err(Fault::Newer {
            found: header.format.into(),
            known: header::FORMAT.into(),
        });
    }
    if header.store != store {
        return Err(Fault::Foreign {
            path: path.to_owned(),
        });
    }
    Ok(())
}

fn offset(slot: u32) -> u64 {
    SLOTS_AT + u64::from(slot) * SLOT_LEN as u64
}

/// Random bytes of the operating system.
pub(super) fn random<const N: usize>(path: &Path) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(error) => Err(Fault::io(
            "random",
            path,
            std::io::Error::other(error.to_string()),
        )),
    }
}
