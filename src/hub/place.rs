//! Where a hub is found: a socket whose name holds the number of the contract.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use super::protocol::CONTRACT;

/// The system takes no longer path of a socket than this, in bytes.
const LONGEST: usize = 107;

/// A data folder and the folder of its socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    data: PathBuf,
    folder: PathBuf,
}

/// A socket that sessions can find.
#[derive(Debug)]
pub struct Bound {
    /// The socket.
    pub listener: UnixListener,
    /// The file system and file that it is.
    mark: (u64, u64),
}

impl Place {
    /// The socket beside the store.
    pub fn beside(data: &Path) -> Self {
        Self::new(data, data)
    }

    /// The socket in a folder of its own, which several accounts may enter.
    pub fn new(data: &Path, folder: &Path) -> Self {
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        Self {
            data: whole(data),
            folder: whole(folder),
        }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The folder of the socket.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The socket of this program's contract.
    pub fn socket(&self) -> PathBuf {
        self.folder.join(name(CONTRACT))
    }

    /// The account that owns the data folder, and whose hub this must be; where that cannot be
    /// looked at, the account that owns the folder of the socket.
    pub fn owner(&self) -> Option<u32> {
        let owner = |path: &Path| fs::metadata(path).ok().map(|it| it.uid());
        owner(&self.data).or_else(|| owner(&self.folder))
    }

    /// A line to the hub of this contract.
    pub fn connect(&self) -> io::Result<UnixStream> {
        self.connect_to(CONTRACT)
    }

    fn connect_to(&self, contract: u32) -> io::Result<UnixStream> {
        at(&self.folder, &name(contract), |path| {
            UnixStream::connect(path)
        })
    }

    /// Lines to the hubs of other contracts that are there, by their numbers.
    pub fn others(&self) -> Vec<(u32, UnixStream)> {
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return Vec::new();
        };
        let numbers = entries.filter_map(|entry| {
            let name = entry.ok()?.file_name();
            let number = name.to_str()?.strip_prefix("hub-")?.strip_suffix(".sock")?;
            number.parse().ok().filter(|number| *number != CONTRACT)
        });
        let connect = |number| Some((number, self.connect_to(number).ok()?));
        numbers.filter_map(connect).collect()
    }

    /// Puts a socket there, in place of one that a hub left behind: only who holds the lock of the
    /// data folder may do so. It is open to its account alone, or to the members of a group too.
    ///
    /// # Errors
    /// `AlreadyExists` when something stands there that is no socket: it is left alone.
    pub fn bind(&self, group: Option<u32>) -> io::Result<Bound> {
        let path = self.socket();
        match fs::symlink_metadata(&path) {
            Ok(found) if !found.file_type().is_socket() => {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            _ => {}
        }
        // It gets its name when it is ready, so that nobody meets it half made.
        let fresh = format!("{}.new", name(CONTRACT));
        let made = self.folder.join(&fresh);
        match fs::remove_file(&made) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let listener = at(&self.folder, &fresh, |path| UnixListener::bind(path))?;
        if group.is_some() {
            std::os::unix::fs::chown(&made, None, group)?;
        }
        let open_to = if group.is_some() { 0o660 } else { 0o600 };
        fs::set_permissions(&made, fs::Permissions::from_mode(open_to))?;
        let found = fs::symlink_metadata(&made)?;
        fs::rename(&made, &path)?;
        Ok(Bound {
            listener,
            mark: (found.dev(), found.ino()),
        })
    }

    /// Whether sessions that look for a hub still find this one.
    pub fn is_found(&self, bound: &Bound) -> bool {
        fs::symlink_metadata(self.socket())
            .is_ok_and(|found| (found.dev(), found.ino()) == bound.mark)
    }

    /// Takes the socket away, so that nobody comes any more.
    pub fn unbind(&self, bound: &Bound) {
        if self.is_found(bound) {
            // A name left behind is put right by the next hub.
            let _ = fs::remove_file(self.socket());
        }
    }
}

fn name(contract: u32) -> String {
    format!("hub-{contract}.sock")
}

/// Does something with a socket's path; one that is too long for the system goes by way of the
/// opened folder.
fn at<T>(folder: &Path, name: &str, with: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
    let path = folder.join(name);
    if path.as_os_str().len() <= LONGEST {
        return with(&path);
    }
    let opened = File::open(folder)?;
    let short = format!("/proc/self/fd/{}/{name}", opened.as_raw_fd());
    with(Path::new(&short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_socket_is_found_under_a_path_of_any_length() {
        let temp = tempfile::tempdir().unwrap();
        let long = temp.path().join("很长的目录名".repeat(12));
        fs::create_dir(&long).unwrap();
        for folder in [temp.path(), &long] {
            let place = Place::beside(folder);
            assert!(place.connect().is_err());
            let bound = place.bind(None).unwrap();
            let _line = place.connect().unwrap();
            bound.listener.accept().unwrap();
            let mode = fs::metadata(place.socket()).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            assert!(place.is_found(&bound));
            place.unbind(&bound);
            assert!(place.connect().is_err() && !place.is_found(&bound));
        }
    }

    #[test]
    fn a_socket_left_behind_is_replaced_and_anything_else_is_left_alone() {
        let temp = tempfile::tempdir().unwrap();
        let place = Place::beside(temp.path());
        drop(place.bind(None).unwrap());
        assert!(place.socket().exists() && place.connect().is_err());
        drop(
            place
                .bind(Some(rustix::process::getegid().as_raw()))
                .unwrap(),
        );
        fs::remove_file(place.socket()).unwrap();
        fs::write(place.socket(), "notes").unwrap();
        let error = place.bind(None).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(place.socket()).unwrap(), b"notes");
    }

    #[test]
    fn hubs_of_other_contracts_are_seen_while_they_are_there() {
        let temp = tempfile::tempdir().unwrap();
        let place = Place::beside(temp.path());
        let listener = UnixListener::bind(temp.path().join("hub-4711.sock")).unwrap();
        drop(place.bind(None).unwrap());
        let seen: Vec<u32> = place.others().into_iter().map(|(it, _)| it).collect();
        assert_eq!(seen, [4711]);
        drop(listener);
        assert!(place.others().is_empty());
    }
}
