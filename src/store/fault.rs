//! What can go wrong in the store. A fault carries a stable key and named values; what a person
//! reads of it stands in the locale files under `fault-<key>`, with the next step in `.next`.

use std::io;
use std::path::{Path, PathBuf};

/// Named values for the text of a fault or a note.
pub type Args = Vec<(&'static str, String)>;

/// Why the store could not do what it was asked.
///
/// `Display` is for logs and tests: it gives the key, never a sentence.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.key())]
pub enum Fault {
    /// There is no room on the disk that holds `path`.
    Full {
        /// What was being written.
        path: PathBuf,
    },
    /// The disk that holds `path` cannot be written to.
    ReadOnly {
        /// What was being written.
        path: PathBuf,
    },
    /// Bytes are not what was written: a checksum, a hash or a length does not add up.
    Damaged {
        /// `journal`, `frame`, `keys`, `sealed`, `checkpoint`, `search`, `value` or `rows`; `needed` is a
        /// frame without which the present state cannot be made.
        what: &'static str,
        /// Where exactly, in file names, offsets or numbers.
        place: String,
    },
    /// The folder or file belongs to another program, another store, or another storage engine.
    Foreign {
        /// What was found there.
        path: PathBuf,
    },
    /// Written by a newer program than this one.
    Newer {
        /// The number found.
        found: u32,
        /// The newest number this program knows.
        known: u32,
    },
    /// There is no store in the folder.
    Absent {
        /// The folder.
        path: PathBuf,
    },
    /// There already is a store in the folder.
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// Another process has the store open.
    Locked {
        /// The data folder.
        path: PathBuf,
        /// The process id the other wrote down, or empty when it could not be read.
        holder: String,
    },
    /// A key, value or frame is over its limit.
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The operating system refused a file operation.
    Io {
        /// `read`, `write`, `sync`, `open`, `list`, `make`, `rename`, `remove`, `lock`, `random` or
        /// `measure`.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The frame was not written; nothing has changed.
    NotSaved {
        /// What the operating system said.
        source: io::Error,
    },
    /// The frame was written but could not be forced to the disk: whether it is saved is known only
    /// after reopening.
    Unknown,
    /// The store stopped after a failed write and must be reopened.
    Stopped,
    /// The journal has no frame of this number.
    NoFrame {
        /// The number asked for.
        seq: u64,
    },
    /// The key of a subject has been destroyed.
    KeyGone {
        /// The number of the key's slot.
        slot: u32,
    },
}

impl Fault {
    /// The stable name of this fault; the locale has `fault-<key>`.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Full { .. } => "full",
            Self::ReadOnly { .. } => "read-only",
            Self::Damaged { .. } => "damaged",
            Self::Foreign { .. } => "foreign",
            Self::Newer { .. } => "newer",
            Self::Absent { .. } => "absent",
            Self::Exists { .. } => "exists",
            Self::Locked { .. } => "locked",
            Self::TooLarge { .. } => "too-large",
            Self::Io { .. } => "io",
            Self::NotSaved { source } if is_full(source) => "not-saved-full",
            Self::NotSaved { .. } => "not-saved",
            Self::Unknown => "unknown",
            Self::Stopped => "stopped",
            Self::NoFrame { .. } => "no-frame",
            Self::KeyGone { .. } => "key-gone",
        }
    }

    /// The named values that the text of this fault may use.
    pub fn args(&self) -> Args {
        match self {
            Self::Full { path }
            | Self::ReadOnly { path }
            | Self::Foreign { path }
            | Self::Absent { path }
            | Self::Exists { path } => vec![("path", shown(path))],
            Self::Damaged { what, place } => {
                vec![("what", (*what).to_owned()), ("place", place.clone())]
            }
            Self::Newer { found, known } => {
                vec![("found", found.to_string()), ("known", known.to_string())]
            }
            Self::Locked { path, holder } => {
                let known = if holder.is_empty() { "unknown" } else { holder };
                vec![("path", shown(path)), ("holder", known.to_owned())]
            }
            Self::TooLarge { size, limit } => {
                vec![("size", size.to_string()), ("limit", limit.to_string())]
            }
            Self::Io { what, path, source } => vec![
                ("what", (*what).to_owned()),
                ("path", shown(path)),
                ("why", why(source)),
            ],
            Self::NotSaved { source } => vec![("why", why(source))],
            Self::Unknown | Self::Stopped => Vec::new(),
            Self::NoFrame { seq } => vec![("seq", seq.to_string())],
            Self::KeyGone { slot } => vec![("slot", slot.to_string())],
        }
    }

    /// Sorts an error of the operating system: a full or read-only disk has its own fault, because
    /// its next step is another.
    pub(crate) fn io(what: &'static str, path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            _ if is_full(&source) => Self::Full { path },
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Io { what, path, source },
        }
    }

    /// Damage of `what` at `place`.
    pub(super) fn damaged(what: &'static str, place: impl Into<String>) -> Self {
        Self::Damaged {
            what,
            place: place.into(),
        }
    }
}

/// Whether an error means that there is no room: the disk's or the user's quota's.
fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded
    )
}

/// What the operating system said: the name of its words in the locale (`io-why`), or its own
/// words where the kind of error has none.
pub fn why(error: &io::Error) -> String {
    let name = match error.kind() {
        _ if is_full(error) => "full",
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "denied",
        io::ErrorKind::AlreadyExists => "exists",
        io::ErrorKind::IsADirectory => "folder",
        io::ErrorKind::NotADirectory => "no-folder",
        io::ErrorKind::ReadOnlyFilesystem => "read-only",
        io::ErrorKind::InvalidData => "no-text",
        io::ErrorKind::FileTooLarge => "too-large",
        io::ErrorKind::InvalidFilename => "bad-name",
        io::ErrorKind::TimedOut => "timed-out",
        io::ErrorKind::ConnectionRefused | io::ErrorKind::ConnectionReset => "nobody",
        io::ErrorKind::UnexpectedEof => "ends",
        io::ErrorKind::OutOfMemory => "memory",
        _ => match error.raw_os_error() {
            Some(IO_FAILED) => "device",
            Some(NO_MORE_FILES) => "files",
            _ => return error.to_string(),
        },
    };
    name.to_owned()
}

/// A device does not answer (EIO), and the process has as many files open as it may (EMFILE):
/// errors that have no kind of their own.
const IO_FAILED: i32 = 5;
const NO_MORE_FILES: i32 = 24;

/// A path as a person reads it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_is_named_by_its_kind_and_a_strange_one_keeps_its_words() {
        let of = |kind: io::ErrorKind| why(&kind.into());
        assert_eq!(of(io::ErrorKind::NotFound), "not-found");
        assert_eq!(of(io::ErrorKind::IsADirectory), "folder");
        assert_eq!(of(io::ErrorKind::StorageFull), "full");
        assert_eq!(why(&io::Error::from_raw_os_error(5)), "device");
        assert_eq!(why(&io::Error::other("a bad day")), "a bad day");
    }
}
