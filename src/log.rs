//! The log: what a process that serves others did and met, one line an event, for whoever looks
//! after the machine.
//!
//! It lies in `log/frontdesk.log` below the data folder, for its owner alone, and is turned over at
//! 1 MiB; five are kept. It is not the record of who looked at whose data: that is in the journal.
//! No personal data is ever given to it: numbers, keys, counts and reasons only. Writing to it
//! cannot fail whoever writes: a log that cannot be written loses lines and nothing else.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, SecondsFormat, Utc};

/// A file is turned over before it grows beyond this many bytes.
const LIMIT: u64 = 1 << 20;
/// How many files are kept, the one being written included.
const KEPT: u32 = 5;
/// A value is cut after so many characters.
const VALUE: usize = 200;

/// The folder of the log below the data folder.
pub const FOLDER: &str = "log";
/// The file being written; those before it have a number behind.
pub const FILE: &str = "frontdesk.log";

/// How much an event matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    /// As it should be.
    Info,
    /// Somebody should look at it.
    Warning,
}

/// A log; shared by reference between threads.
#[derive(Debug)]
pub struct Log {
    /// None: nothing is written.
    place: Option<Mutex<Place>>,
}

#[derive(Debug)]
struct Place {
    path: PathBuf,
    file: File,
    size: u64,
    limit: u64,
}

impl Log {
    /// The log of the data folder `dir`. Where its file cannot be made, nothing is written.
    pub fn open(dir: &Path) -> Self {
        let place = Place::open(&dir.join(FOLDER), LIMIT).ok();
        Self {
            place: place.map(Mutex::new),
        }
    }

    /// A log that keeps nothing.
    pub const fn nowhere() -> Self {
        Self { place: None }
    }

    /// Something that is as it should be: its name, and named values.
    pub fn event(&self, name: &str, values: &[(&str, &str)]) {
        self.write(Utc::now(), Level::Info, name, values);
    }

    /// Something that somebody should look at.
    pub fn warning(&self, name: &str, values: &[(&str, &str)]) {
        self.write(Utc::now(), Level::Warning, name, values);
    }

    fn write(&self, at: DateTime<Utc>, level: Level, name: &str, values: &[(&str, &str)]) {
        if let Some(place) = &self.place {
            let mut place = place.lock().unwrap_or_else(PoisonError::into_inner);
            // There is nowhere to tell that the log cannot be written.
            let _ = place.write(line(at, level, name, values).as_bytes());
        }
    }
}

impl Place {
    fn open(dir: &Path, limit: u64) -> io::Result<Self> {
        match DirBuilder::new().mode(0o700).create(dir) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let path = dir.join(FILE);
        let file = append_to(&path)?;
        let size = file.metadata()?.len();
        Ok(Self {
            path,
            file,
            size,
            limit,
        })
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        let len = line.len() as u64;
        if self.size > 0 && self.size + len > self.limit {
            self.turn_over()?;
        }
        // One call a line, at the end of the file wherever that is: lines of two processes do not
        // run into each other.
        self.file.write_all(line)?;
        self.size += len;
        Ok(())
    }

    /// Gives every file the next number, and the last one up.
    fn turn_over(&mut self) -> io::Result<()> {
        for number in (1..KEPT).rev() {
            let from = if number == 1 {
                self.path.clone()
            } else {
                self.numbered(number - 1)
            };
            match fs::rename(from, self.numbered(number)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        self.file = append_to(&self.path)?;
        self.size = self.file.metadata()?.len();
        Ok(())
    }

    fn numbered(&self, number: u32) -> PathBuf {
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    }
}

fn append_to(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600).open(path)
}

/// `2026-01-31T08:00:00Z info hub-started pid=4711 why="no such file"`, and a line end.
fn line(at: DateTime<Utc>, level: Level, name: &str, values: &[(&str, &str)]) -> String {
    let level = match level {
        Level::Info => "info",
        Level::Warning => "warning",
    };
    let time = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut line = format!("{time} {level} {name}");
    for (name, value) in values {
        // Writing into a String cannot fail.
        let _ = write!(line, " {name}={}", shown(value));
    }
    line.push('\n');
    line
}

/// A value as one word: in quotes, with what could end a line or move a cursor escaped, where it is
/// not plain.
fn shown(value: &str) -> String {
    let cut: String = value.chars().take(VALUE).collect();
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '=' | '\\');
    if !cut.is_empty() && cut.chars().all(plain) {
        cut
    } else {
        format!("{cut:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(dir)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_line_has_its_time_level_name_and_values() {
        let values = [("pid", "4711"), ("why", "no room\n\u{1b}[2J"), ("of", "")];
        assert_eq!(
            line(DateTime::UNIX_EPOCH, Level::Warning, "hub-started", &values),
            "1970-01-01T00:00:00Z warning hub-started pid=4711 why=\"no room\\n\\u{1b}[2J\" of=\"\"\n"
        );
    }

    #[test]
    fn it_is_turned_over_and_only_so_many_are_kept() {
        let temp = tempfile::tempdir().unwrap();
        let place = Place::open(temp.path(), 100).unwrap();
        let log = Log {
            place: Some(Mutex::new(place)),
        };
        for number in 0..100 {
            log.event("counted", &[("number", &number.to_string())]);
        }
        let kept = ["frontdesk.log", "frontdesk.log.1", "frontdesk.log.2"];
        let names = names(temp.path());
        assert_eq!(names.len(), KEPT as usize, "{names:?}");
        assert_eq!(names[..3], kept);
        for name in names {
            assert!(fs::metadata(temp.path().join(name)).unwrap().len() <= 100);
        }
        let newest = fs::read_to_string(temp.path().join(FILE)).unwrap();
        assert!(newest.trim_end().ends_with("number=99"), "{newest}");
    }

    #[test]
    fn it_goes_on_where_it_was_and_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let temp = tempfile::tempdir().unwrap();
        Log::open(temp.path()).event("first", &[]);
        Log::open(temp.path()).event("second", &[]);
        let path = temp.path().join(FOLDER).join(FILE);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains("first") && text.contains("second"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(&temp.path().join(FOLDER)), 0o700);
    }

    #[test]
    fn a_log_that_cannot_be_written_fails_nobody() {
        let temp = tempfile::tempdir().unwrap();
        fs::write(temp.path().join(FOLDER), "a file in its place").unwrap();
        Log::open(temp.path()).event("lost", &[]);
        Log::nowhere().warning("lost", &[]);
    }
}
