//! `export`: a list as a file.

use std::fs::{self, File, OpenOptions};
use std::io::{IsTerminal, Read as _, Write, stdout};
use std::path::{Path, PathBuf};

use super::args;
use super::beside::Beside;
use super::choose;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{Care, Cared};
use crate::exchange::cells::Style;
use crate::exchange::export::{Export, Form, PAGE};
use crate::exchange::parcel::Parcel;

/// Bytes of a finished workbook that are handed on at once.
const CHUNK: usize = 64 << 10;

/// `frontdesk export KIND`: to the file of `--output`, to the outbox, or to standard output.
pub(super) fn export(
    global: &args::Global,
    export: &args::Export,
    console: &mut Console,
) -> Result<(), Trouble> {
    let name = export.output.as_deref().and_then(Path::to_str);
    let named = name.or(export.outbox.as_deref()).and_then(Form::of_file);
    let said = export.format.as_deref().and_then(Form::from_id);
    let form = match said.or(named).unwrap_or(Form::CsvUtf8) {
        Form::CsvUtf8 if export.encoding == "gb18030" => Form::CsvGb18030,
        form => form,
    };
    let mut out = match (&export.output, &export.outbox) {
        (Some(path), _) => Out::to_file(path, export.force)?,
        (None, Some(name)) => Out::Outbox(Parcel::new(name)),
        (None, None) if !stdout().is_terminal() => Out::Stream,
        (None, None) if form == Form::Xlsx => {
            return Err(Trouble::usage("export-to-terminal", &[]));
        }
        (None, None) => Out::Terminal(Vec::new()),
    };
    let mut entry = enter(global, console)?;
    if let Some(name) = export.outbox.as_deref().filter(|_| !export.force) {
        let Cared::Outbox(waiting) = entry.care(Care::Outbox)? else {
            return Err(Trouble::odd());
        };
        if waiting.iter().any(|one| one.name == name) {
            return Err(Trouble::told("export-exists", &[("path", name)]));
        }
    }
    let listing = choose::listing(&export.choice, &entry)?;
    let mut under_way = Export::new(listing, form, PAGE);
    let profile = entry.profile.clone();
    let style = Style {
        texts: console.texts,
        profile: &profile,
        exact: true,
    };
    let mut page = Vec::new();
    let mut more = true;
    while more {
        page.clear();
        more = under_way.step(&mut entry.desk, &mut entry.asker, style, &mut page)?;
        out.take(&page, &mut entry, console)?;
    }
    let (count, truncated) = (under_way.count().to_string(), under_way.truncated());
    if let Some(mut book) = under_way.finish()? {
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = book.read(&mut chunk)?;
            let Some(bytes) = chunk.get(..read).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            out.take(bytes, &mut entry, console)?;
        }
    }
    if let Some((key, place)) = out.close(&mut entry, export.force)? {
        console.say(
            key,
            &[("count", &count), ("name", &place), ("path", &place)],
        )?;
    }
    if truncated {
        console.say_aside("export-truncated", &[("count", &count)])?;
    }
    entry.close()
}

/// Where an export goes.
enum Out {
    /// A file of this machine, or what stands in the place of one.
    File(PathBuf, Target),
    /// The outbox of whoever asks.
    Outbox(Parcel),
    /// A terminal, with what has come of the line so far.
    Terminal(Vec<u8>),
    /// Standard output, for another program.
    Stream,
}

enum Target {
    Beside(Beside),
    /// A pipe or a device: nothing can be put beside it.
    Device(File),
}

impl Out {
    /// To a file, which is not there yet unless it may be overwritten.
    fn to_file(path: &Path, force: bool) -> Result<Self, Trouble> {
        let is_device = fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir());
        let target = if is_device {
            let opened = OpenOptions::new().write(true).open(path);
            Target::Device(opened.map_err(|error| Trouble::file(path, &error))?)
        } else {
            free(path, force)?;
            Target::Beside(Beside::new(path))
        };
        Ok(Self::File(path.to_owned(), target))
    }

    fn take(
        &mut self,
        bytes: &[u8],
        entry: &mut Entry,
        console: &mut Console,
    ) -> Result<(), Trouble> {
        match self {
            Self::File(path, target) => {
                let written = match target {
                    Target::Beside(file) => file.write_all(bytes),
                    Target::Device(file) => file.write_all(bytes),
                };
                written.map_err(|error| Trouble::file(path, &error))?;
            }
            Self::Outbox(parcel) => {
                parcel.write_all(bytes)?;
                while parcel.send(&mut entry.desk, &mut entry.asker)? {}
            }
            Self::Terminal(line) => {
                // What records hold is text from outside; a terminal gets it made harmless.
                line.extend_from_slice(bytes);
                while let Some(end) = line.iter().position(|byte| *byte == b'\n') {
                    let rest = line.split_off(end + 1);
                    let whole = std::mem::replace(line, rest);
                    let text = String::from_utf8_lossy(&whole);
                    console.line(text.trim_end_matches(['\r', '\n']))?;
                }
            }
            Self::Stream => console.raw(bytes)?,
        }
        Ok(())
    }

    /// The file is whole: what is to be said of it, and its place.
    fn close(
        self,
        entry: &mut Entry,
        force: bool,
    ) -> Result<Option<(&'static str, String)>, Trouble> {
        match self {
            Self::File(path, Target::Beside(file)) => {
                free(&path, force)?;
                file.keep().map_err(|error| Trouble::file(&path, &error))?;
                Ok(Some(("export-done", path.display().to_string())))
            }
            Self::Outbox(parcel) => {
                let name = parcel.name().to_owned();
                parcel.close(&mut entry.desk, &mut entry.asker)?;
                Ok(Some(("export-left", name)))
            }
            Self::File(_, Target::Device(_)) | Self::Terminal(_) | Self::Stream => Ok(None),
        }
    }
}

/// Refuses a file that is there already.
fn free(path: &Path, force: bool) -> Result<(), Trouble> {
    if force || fs::symlink_metadata(path).is_err() {
        return Ok(());
    }
    let path = path.display().to_string();
    Err(Trouble::told("export-exists", &[("path", &path)]))
}
