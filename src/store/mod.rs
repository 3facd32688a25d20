//! The store room: bytes in, bytes out, and nothing acknowledged is ever lost.
//!
//! It holds the journal (the truth: append-only, chained, synced before anything is acknowledged),
//! the ordered key-value store with the present state (sled, or memory), the keys under which
//! personal data is sealed, and the checkpoints from which the present state can be rebuilt.
//!
//! It is not the place for what the bytes mean: it knows no record, no rule and no clock.

pub mod archive;
pub mod checkpoint;
pub mod codec;
pub mod fault;
pub mod files;
pub mod home;
pub mod journal;
pub mod memory;
pub mod note;
pub mod sled;
pub mod vault;

mod bytes;
mod header;

pub use self::sled::SledStore;
pub use bytes::{hex, unhex};
pub use checkpoint::Checkpoints;
pub use fault::Fault;
pub use files::{Disk, Files, SimulatedDisk};
pub use header::StoreId;
pub use home::Home;
pub use journal::{Frame, Head, Journal};
pub use memory::MemoryStore;
pub use note::Note;
pub use vault::{Sealer, Unsealed, Vault};

/// The longest key a store takes, in bytes.
pub const KEY_LIMIT: usize = 1_024;

/// The longest value a store takes, in bytes: the largest payload of [`codec`] and its header.
pub const VALUE_LIMIT: usize = codec::PAYLOAD_LIMIT + codec::HEADER_LEN;

/// The direction of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smallest key first.
    Forward,
    /// Largest key first.
    Backward,
}

/// A key and its value.
pub type Pair = (Vec<u8>, Vec<u8>);

/// A precondition on one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// The key has no value.
    Absent,
    /// The key has exactly this value.
    Value(Vec<u8>),
}

/// Changes that happen all or not at all, and only while every precondition holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// What must be true of the store before the changes.
    pub expect: Vec<(Vec<u8>, Holds)>,
    /// Keys with their new value; `None` deletes. Of two changes to one key the later wins.
    pub changes: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// Every change is in the store.
    Done,
    /// A precondition did not hold; nothing was changed and the caller may decide again.
    Conflict,
}

/// An ordered key-value store with atomic batches.
pub trait Store: Send + Sync {
    /// The value of `key`, or `None`.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Fault>;

    /// Pairs with `from <= key < to`, at most `limit`, in `order`. Consistent: never half of a batch.
    fn scan(&self, from: &[u8], to: &[u8], order: Order, limit: usize) -> Result<Vec<Pair>, Fault>;

    /// Applies `batch` whole or not at all. A key over [`KEY_LIMIT`] or a value over
    /// [`VALUE_LIMIT`] is [`Fault::TooLarge`] and changes nothing.
    fn commit(&self, batch: &Batch) -> Result<Commit, Fault>;

    /// Takes a batch without preconditions, of right sizes ([`check_sizes`]), and may put it off until
    /// [`Self::settle`]; whoever asks anything of the store meanwhile has it applied first. Only for
    /// what is in the journal: a store that is dropped without being closed forgets it.
    fn commit_later(&self, batch: Batch) -> Result<(), Fault> {
        self.commit(&batch).map(drop)
    }

    /// Applies what was put off. After a fault the store must be opened again.
    fn settle(&self) -> Result<(), Fault> {
        Ok(())
    }

    /// Forces what was committed to the disk. The journal is what makes an acknowledgement true;
    /// this only shortens the replay after a power cut.
    fn flush(&self) -> Result<(), Fault>;

    /// Reads every row and holds the whole against the sum kept with each commit. Returns the
    /// number of rows.
    fn verify(&self) -> Result<u64, Fault>;

    /// Flushes and closes. A store dropped without this is checked row by row when it is next
    /// opened.
    fn close(self: Box<Self>) -> Result<(), Fault>;
}

/// Refuses keys and values over the limits, for every implementation alike; whoever writes a batch
/// down before it is committed asks first.
pub fn check_sizes(batch: &Batch) -> Result<(), Fault> {
    for (key, value) in &batch.changes {
        let (size, limit) = match value {
            _ if key.len() > KEY_LIMIT => (key.len(), KEY_LIMIT),
            Some(value) if value.len() > VALUE_LIMIT => (value.len(), VALUE_LIMIT),
            _ => continue,
        };
        return Err(Fault::TooLarge {
            size: size as u64,
            limit: limit as u64,
        });
    }
    Ok(())
}
