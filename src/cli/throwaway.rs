//! A data folder that is gone when the program is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder of its own under the system's folder for such things.
#[derive(Debug)]
pub(super) struct Throwaway(PathBuf);

impl Throwaway {
    /// Makes one that only this account may enter.
    pub(super) fn new() -> io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt;
        let name = format!("frontdesk-{:016x}", fastrand::u64(..));
        let path = std::env::temp_dir().join(name);
        fs::DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which clears that folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}
