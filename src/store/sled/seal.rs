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

/// Whether the log is what was sealed; the seal is broken in any case.
pub(super) fn unseal(dir: &Path) -> Result<bool, Fault> {
    let path = path(dir);
    let sealed = match fs::read_to_string(&path) {
        Ok(sealed) => sealed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        // A seal that is no text is as good as none.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(Fault::io("read", &path, error)),
    };
    let whole = sum(dir).is_ok_and(|sum| sum == sealed);
    Disk.remove(&path)
        .and_then(|()| Disk.sync_dir(parent(&path)))
        .map_err(|error| Fault::io("remove", &path, error))?;
    Ok(whole)
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
