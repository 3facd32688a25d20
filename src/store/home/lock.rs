//! The lock on the data folder: one process at a time. The system lets go of it when the process
//! ends, however it ends, so it can never be left behind.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::super::fault::Fault;

/// Held as long as this lives.
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Whether a process has the lock of `dir` now.
    pub(super) fn is_held(dir: &Path) -> bool {
        let opened = OpenOptions::new().read(true).open(dir.join("lock"));
        opened.is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
    }

    /// The process that has the lock of `dir` now; none where nobody has it.
    pub(super) fn holder(dir: &Path) -> Option<u32> {
        let file = OpenOptions::new().read(true).open(dir.join("lock")).ok()?;
        if !matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            return None;
        }
        written(file).parse().ok()
    }

    /// Takes the lock of `dir` and writes this process's id into it. [`Fault::Locked`] names the
    /// process that has it.
    pub(super) fn take(dir: &Path) -> Result<Self, Fault> {
        let path = dir.join("lock");
        let io = |error| Fault::io("lock", &path, error);
        let mut options = OpenOptions::new();
        options
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600);
        let mut file = options.open(&path).map_err(io)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Fault::Locked {
                    path: dir.to_owned(),
                    holder: written(file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(io(error)),
        }
        file.set_len(0)
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(io)?;
        Ok(Self { _file: file })
    }
}

/// What the holder wrote into the lock: its process. Whose it is helps the operator, but is not
/// worth another fault.
fn written(file: File) -> String {
    let mut holder = String::new();
    let _ = file.take(20).read_to_string(&mut holder);
    holder.trim().to_owned()
}
