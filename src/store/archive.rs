//! A copy of a store in one file, made while the store is in use: the backup.
//!
//! It holds what the store cannot be made anew from otherwise: `FORMAT`, the journal up to one
//! frame, the keys, the newest checkpoint, and the site's own `profile.toml` and `calendar.toml`.
//! The present state is made from those, and drafts are nobody's record. What the caller wants to
//! know of the copy later (when, under which permit) stands in the entry `ABOUT`.
//!
//! The file is a header (72 bytes, of the last frame), entries
//! `[01][name len u16][len u64][name][bytes][sha256 32]`, and the end
//! `[00][entries u32][sha256 32]` over everything before that sum, little-endian. It is written as
//! `<name>.part`, forced to the disk, read back from end to end, and only then takes its name.

mod check;
mod make;
mod read;

use std::path::{Path, PathBuf};

pub use make::make;
pub use read::{Archive, Entry};

use super::fault::Fault;
use super::journal::Head;

/// What a copy begins with.
const MAGIC: [u8; 8] = *b"FDbackup";

/// What an entry begins with.
const ENTRY: u8 = 1;
/// What the end begins with.
const END: u8 = 0;

/// What the caller wants to know of a copy later: a name and a value a line.
pub(super) const ABOUT: &str = "ABOUT";
/// The site's own files in the data folder that go along where they are there.
pub(super) const SITE_FILES: [&str; 2] = ["profile.toml", "calendar.toml"];

/// Bytes read or written at once.
const CHUNK: u64 = 256 << 10;

/// No small file of a copy is longer than this.
const SMALL: u64 = 1 << 20;

/// What a copy holds, found out by reading all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The last frame of the journal in it.
    pub head: Head,
    /// How many frames there are.
    pub frames: u64,
    /// How many bytes the copy takes.
    pub bytes: u64,
    /// What was said of it when it was made: names and values.
    pub about: Vec<(String, String)>,
}

impl Contents {
    /// What was said of it under a name.
    pub fn said(&self, name: &str) -> Option<&str> {
        let found = self.about.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The name under which a copy is written before it is known to be good.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Damage of a copy.
fn damaged(path: &Path, place: &str) -> Fault {
    Fault::damaged("archive", format!("{} {place}", path.display()))
}
