//! Making a copy: what goes into it, and writing it so that a bad one never has a good name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::super::bytes::index;
use super::super::checkpoint::Checkpoints;
use super::super::fault::Fault;
use super::super::files::{Files, Handle, parent};
use super::super::header::{Header, StoreId};
use super::super::home::format::{self, Format};
use super::super::journal::{Head, extent};
use super::{ABOUT, Archive, CHUNK, Contents, END, ENTRY, MAGIC, SITE_FILES, damaged, unfinished};

/// Copies the store in the folder `dir`, as it was at frame `head`, into the file `to`, and says
/// what the copy holds. The store may be in use: nothing but what was appended up to `head` is
/// taken, and nothing is written beside `to`. `about` goes along as it is, without line breaks.
///
/// [`Fault::Exists`] when there is a file of that name. The copy is read back before it takes its
/// name: [`Fault::Damaged`] when it would not make the store again.
pub fn make(
    files: &Arc<dyn Files>,
    dir: &Path,
    head: Head,
    about: &[(&str, String)],
    to: &Path,
) -> Result<Contents, Fault> {
    let taken = files.size(to);
    if taken
        .map_err(|error| Fault::io("read", to, error))?
        .is_some()
    {
        return Err(Fault::Exists {
            path: to.to_owned(),
        });
    }
    let part = unfinished(to);
    let made = write(files, dir, head, about, &part).and_then(|()| {
        let contents = Archive::open(&**files, &part)?.check()?;
        if contents.head != head {
            return Err(damaged(&part, "head"));
        }
        let settle = || {
            files.rename(&part, to)?;
            files.sync_dir(folder(to))
        };
        settle().map_err(|error| Fault::io("rename", to, error))?;
        Ok(contents)
    });
    made.inspect_err(|_| {
        // Half a copy only takes space, and the first fault is the one to tell.
        let _ = files.remove(&part);
    })
}

/// The folder a file lies in, the present one when only its name is given.
fn folder(path: &Path) -> &Path {
    let above = parent(path);
    if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    }
}

fn write(
    files: &Arc<dyn Files>,
    dir: &Path,
    head: Head,
    about: &[(&str, String)],
    part: &Path,
) -> Result<(), Fault> {
    let store = Format::read(&**files, dir)?.id;
    let mut writer = Writer::begin(&**files, part, store, head)?;
    let lines: Vec<String> = about
        .iter()
        .map(|(name, value)| format!("{name} {}\n", value.replace(['\n', '\r'], " ")))
        .collect();
    writer.small(ABOUT, lines.concat().as_bytes())?;
    writer.file(&**files, format::NAME, &dir.join(format::NAME), None)?;
    for name in SITE_FILES {
        let path = dir.join(name);
        let found = files.size(&path);
        if found
            .map_err(|error| Fault::io("read", &path, error))?
            .is_some()
        {
            writer.file(&**files, name, &path, None)?;
        }
    }
    for (segment, len) in extent(&**files, &dir.join("journal"), store, head)? {
        let name = format!("journal/{}", segment.name());
        writer.file(&**files, &name, &segment.path, Some(len))?;
    }
    let checkpoints = Checkpoints::new(files.clone(), &dir.join("checkpoint"), store);
    // One that is damaged is as good as none: the journal holds it all.
    if let (Some(checkpoint), _) = checkpoints.latest_upto(head.seq)? {
        let (path, handle) = checkpoint.file();
        let len = handle
            .size()
            .map_err(|error| Fault::io("read", path, error))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writer.copy(&format!("checkpoint/{name}"), path, handle, len)?;
    }
    // A key is on the disk before the first frame that needs it, so the keys of all frames up to
    // the head are there by now; of those made since, one may be half written and is not needed.
    writer.file(&**files, "keys", &dir.join("keys"), None)?;
    writer.finish()
}

/// A copy being written.
struct Writer {
    path: PathBuf,
    handle: Box<dyn Handle>,
    buffer: Vec<u8>,
    /// How much of the file has been written.
    offset: u64,
    entries: u32,
    whole: Sha256,
}

impl Writer {
    fn begin(files: &dyn Files, path: &Path, store: StoreId, head: Head) -> Result<Self, Fault> {
        let handle = files
            .create(path)
            .map_err(|error| Fault::io("make", path, error))?;
        let mut writer = Self {
            path: path.to_owned(),
            handle,
            buffer: Vec::new(),
            offset: 0,
            entries: 0,
            whole: Sha256::new(),
        };
        writer.put(&Header::new(MAGIC, store, head.seq, head.hash).bytes())?;
        Ok(writer)
    }

    /// A file as an entry: its first `len` bytes, or all of it.
    fn file(
        &mut self,
        files: &dyn Files,
        name: &str,
        path: &Path,
        len: Option<u64>,
    ) -> Result<(), Fault> {
        let io = |error| Fault::io("read", path, error);
        let handle = files.open_to_read(path).map_err(io)?;
        let len = match len {
            Some(len) => len,
            None => handle.size().map_err(io)?,
        };
        self.copy(name, path, &*handle, len)
    }

    fn copy(
        &mut self,
        name: &str,
        path: &Path,
        handle: &dyn Handle,
        len: u64,
    ) -> Result<(), Fault> {
        self.head(name, len)?;
        let mut sum = Sha256::new();
        let mut offset = 0;
        let mut chunk = Vec::new();
        while offset < len {
            chunk.resize(index((len - offset).min(CHUNK)), 0);
            handle
                .read_at(offset, &mut chunk)
                .map_err(|error| Fault::io("read", path, error))?;
            sum.update(&chunk);
            self.put(&chunk)?;
            offset += chunk.len() as u64;
        }
        self.put(&sum.finalize())
    }

    fn small(&mut self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        self.head(name, bytes.len() as u64)?;
        self.put(bytes)?;
        self.put(&Sha256::digest(bytes))
    }

    fn head(&mut self, name: &str, len: u64) -> Result<(), Fault> {
        self.entries += 1;
        let name_len = u16::try_from(name.len()).unwrap_or(u16::MAX);
        self.put(&[ENTRY])?;
        self.put(&name_len.to_le_bytes())?;
        self.put(&len.to_le_bytes())?;
        self.put(name.as_bytes())
    }

    fn finish(mut self) -> Result<(), Fault> {
        self.put(&[END])?;
        self.put(&self.entries.to_le_bytes())?;
        let sum = self.whole.clone().finalize();
        self.put(&sum)?;
        self.write_out()?;
        self.handle
            .sync()
            .map_err(|error| Fault::io("sync", &self.path, error))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        self.whole.update(bytes);
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() as u64 >= CHUNK {
            self.write_out()
        } else {
            Ok(())
        }
    }

    fn write_out(&mut self) -> Result<(), Fault> {
        self.handle
            .write_at(self.offset, &self.buffer)
            .map_err(|error| Fault::io("write", &self.path, error))?;
        self.offset += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}
