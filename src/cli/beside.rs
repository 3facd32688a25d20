//! A file that is never seen half written: it grows beside its place and gets its name when it is
//! whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use crate::app::session::Target;

/// A file that is written beside its place and stands there once it is whole. It is made with the
/// first write: an export that is refused leaves nothing.
pub(super) struct Beside {
    path: PathBuf,
    part: PathBuf,
    file: Option<File>,
    kept: bool,
}

impl Beside {
    pub(super) fn new(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let part = format!(".{name}.{}.part", std::process::id());
        Self {
            path: path.to_owned(),
            part: path.with_file_name(part),
            file: None,
            kept: false,
        }
    }

    fn open(&mut self) -> io::Result<&mut File> {
        let file = match self.file.take() {
            Some(file) => file,
            // Who else may read what is in it is for its owner to say.
            None => OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(&self.part)?,
        };
        Ok(self.file.insert(file))
    }

    /// It is whole, and stands in its place.
    pub(super) fn keep(mut self) -> io::Result<()> {
        self.open()?.sync_all()?;
        fs::rename(&self.part, &self.path)?;
        self.kept = true;
        Ok(())
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file at the screen, which never takes the place of another one.
pub(super) struct New(Beside);

impl New {
    /// # Errors
    /// There is a file of that name.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        free(path)?;
        Ok(Self(Beside::new(path)))
    }
}

impl Write for New {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Target for New {
    fn keep(self: Box<Self>) -> io::Result<()> {
        free(&self.0.path)?;
        self.0.keep()
    }
}

fn free(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => Ok(()),
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if self.file.is_some() && !self.kept {
            // What cannot be removed is hidden, and nobody's export.
            let _ = fs::remove_file(&self.part);
        }
    }
}
