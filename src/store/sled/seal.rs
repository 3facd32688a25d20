//! The seal on a store that was closed: size and checksum of its log, in a file beside the folder.
//! Whoever opens with an unbroken seal need not go through the rows. The seal is broken before sled
//! writes, so that it never vouches for more than it saw.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::super::fault::Fault;
use super::super::files::{Disk, Files as _, parent, replace};

/// Writes the seal of the closed store in `dir`.
pub(super) fn write(dir: &Path) -> Result<(), Fault> {
    let sum = sum(dir).map_err(|error| Fault::io("read", dir, error))?;
    replace(&Disk, &path(dir), sum.as_bytes())
}

/// What a seal says of a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seal {
    /// There is none: the store was not closed, or is new.
    Absent,
    /// The log is what was sealed.
    Whole,
    /// The log changed after it was sealed.
    Broken,
}

/// Holds the log against its seal, and removes the seal: the store is about to be opened, or to be
/// kept aside.
pub(super) fn unseal(dir: &Path) -> Result<Seal, Fault> {
    let path = path(dir);
    let sealed = match fs::read(&path) {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Seal::Absent),
        Err(error) => return Err(Fault::io("read", &path, error)),
    };
    let found = sum(dir).is_ok_and(|sum| sum.as_bytes() == sealed);
    remove(&path)?;
    Ok(if found { Seal::Whole } else { Seal::Broken })
}

fn remove(path: &Path) -> Result<(), Fault> {
    Disk.remove(path)
        .and_then(|()| Disk.sync_dir(parent(path)))
        .map_err(|error| Fault::io("remove", path, error))
}

fn path(dir: &Path) -> PathBuf {
    dir.with_extension("seal")
}

fn sum(dir: &Path) -> io::Result<String> {
    let mut log = File::open(dir.join("db"))?;
    let mut crc = crc32fast::Hasher::new();
    let mut size = 0_u64;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = log.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else {
            return Ok(format!("{size} {:08x}\n", crc.finalize()));
        };
        crc.update(bytes);
        size += read as u64;
    }
}
