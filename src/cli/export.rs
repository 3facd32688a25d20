//! `export`: a list as a file.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write, stdout};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::args;
use super::choose;
use super::console::Console;
use super::entry::enter;
use super::outbox::leave;
use super::trouble::Trouble;
use crate::exchange::cells::Style;
use crate::exchange::export::{Form, write};

/// `frontdesk export KIND`: to the file of `--output`, or to standard output.
pub(super) fn export(
    global: &args::Global,
    export: &args::Export,
    console: &mut Console,
) -> Result<(), Trouble> {
    let query = choose::query(&export.choice)?;
    let form = match (export.format.as_str(), export.encoding.as_str()) {
        ("jsonl", _) => Form::JsonLines,
        (_, "gb18030") => Form::CsvGb18030,
        _ => Form::CsvUtf8,
    };
    let mut entry = enter(global, console)?;
    let profile = entry.profile.clone();
    let style = Style {
        texts: console.texts,
        profile: &profile,
        exact: true,
    };
    let (desk, asker) = (&mut entry.desk, &mut entry.asker);
    let (count, place) = match &export.output {
        Some(path) => {
            let trouble = |error: &std::io::Error| Trouble::file(path, error);
            let file = Late { path, file: None };
            let mut out = BufWriter::new(file);
            let count = write(desk, asker, &query, style, form, &mut out)?;
            out.flush().map_err(|error| trouble(&error))?;
            let written = out.get_mut().open().and_then(|file| file.sync_all());
            written.map_err(|error| trouble(&error))?;
            (count, path.display().to_string())
        }
        None if export.outbox.is_some() => {
            let mut bytes = Vec::new();
            let count = write(desk, asker, &query, style, form, &mut bytes)?;
            let name = export.outbox.as_deref().unwrap_or_default();
            leave(&mut entry, name, &bytes)?;
            let args = [("count", &*count.to_string()), ("name", name)];
            console.say("export-left", &args)?;
            return entry.close();
        }
        None if stdout().is_terminal() => {
            // What records hold is text from outside; a terminal gets it made harmless.
            let mut bytes = Vec::new();
            let count = write(desk, asker, &query, style, form, &mut bytes)?;
            for line in String::from_utf8_lossy(&bytes).lines() {
                console.line(line)?;
            }
            (count, "-".to_owned())
        }
        None => (
            write(desk, asker, &query, style, form, console.stream())?,
            "-".to_owned(),
        ),
    };
    if place != "-" {
        console.say(
            "export-done",
            &[("count", &count.to_string()), ("path", &place)],
        )?;
    }
    entry.close()
}

/// A file that is emptied with the first write and not before: an export that is refused leaves
/// what was there.
struct Late<'a> {
    path: &'a Path,
    file: Option<File>,
}

impl Late<'_> {
    fn open(&mut self) -> io::Result<&mut File> {
        let file = match self.file.take() {
            Some(file) => file,
            // Who else may read what is in it is for its owner to say.
            None => OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .mode(0o600)
                .open(self.path)?,
        };
        Ok(self.file.insert(file))
    }
}

impl Write for Late<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.open()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}
