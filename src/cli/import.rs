//! `import`: a file into the store, or an import taken back.

mod maps;
mod shown;

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::args;
use super::choose;
use super::console::Console;
use super::entry::{Entry, enter};
use super::place;
use super::trouble::Trouble;
use crate::domain::adopt::Existing;
use crate::domain::number::Number;
use crate::domain::refusal::Problem;
use crate::exchange::adopt::Reading;
use crate::exchange::alike::Alike;
use crate::exchange::book::{self, Options, Unopened};
use crate::exchange::encoding::named;
use crate::exchange::import::{AT_ONCE, Import as Running, Plan, Tally};
use crate::exchange::mapping::{Mapping, fields};
use crate::exchange::rejects::Rejects;
use crate::exchange::sheet::{Reject, Sheet};
use crate::exchange::taking_back::TakingBack;
use crate::exchange::words::Words;

pub(super) use shown::told;

/// A file may be so many bytes long: a million rows of any register, and little enough for memory.
const LARGEST: u64 = 512 << 20;
/// So many groups of refused rows are kept before they are told.
const MOST_GROUPS: usize = 1_000;
/// An import of more rows than this says how far it is.
const LONG: u64 = 2_000;

/// `frontdesk import KIND FILE`, or `frontdesk import undo NUMBER`.
pub(super) fn import(
    global: &args::Global,
    import: &args::Import,
    console: &mut Console,
) -> Result<(), Trouble> {
    if import.kind == "undo" {
        return undo(global, import, console);
    }
    let kind = choose::kind(&import.kind)?;
    if fields(kind).is_empty() {
        return Err(Problem::new("map-not-imported").into());
    }
    let bytes = whole(&import.file).map_err(|error| Trouble::file(&import.file, &error))?;
    let map = import.map.as_deref().map(|path| maps::read(path, kind));
    let map = map.transpose()?;
    let file = import.file.file_name().map(|name| name.to_string_lossy());
    let file = file.unwrap_or_default().into_owned();
    let sheet = open(bytes, &file, &options(import, map.as_ref())?, console)?;
    let words = Words::new();
    let kept = place::data(global)?.join(maps::FOLDER);
    let mapping = match map {
        Some(map) => map,
        None => maps::propose(kind, &sheet, &words, &kept, console)?,
    };
    let mut bound = mapping.bind(sheet.headers())?;
    if let Some(path) = &import.save_map {
        fs::write(path, mapping.to_toml()?).map_err(|error| Trouble::file(path, &error))?;
        console.say_aside("import-map-saved", &[("path", &path.display().to_string())])?;
    }
    shown::understood(&sheet, &bound, console)?;
    bound.settle(&sheet)?;
    let mut entry = enter(global, console)?;
    let headers = sheet.headers().to_vec();
    let plan = Plan {
        sheet,
        reading: Reading {
            bound,
            words: Arc::new(words),
            profile: entry.profile.clone(),
        },
        file,
        accept: import.accept.iter().map(|it| it.as_str().into()).collect(),
        existing: Existing::from_id(&import.existing).unwrap_or_default(),
        dry_run: import.dry_run,
        at_once: AT_ONCE,
    };
    let mut rejects = Kept::of(import.rejects.as_deref(), console)?;
    let tally = run(plan, &mut entry, import.quiet, &mut rejects, console)?;
    rejects.close()?;
    if tally.import.is_some() && tally.stopped.is_none() && tally.imported > 0 {
        maps::keep(&kept, &mapping, &headers);
    }
    let finished = shown::finish(tally, import.dry_run, console);
    entry.close()?;
    finished
}

/// What the arguments and the map say of the file.
fn options(import: &args::Import, map: Option<&Mapping>) -> Result<Options, Trouble> {
    let name = import.encoding.as_deref();
    let name = name.or_else(|| map.and_then(|map| map.encoding.as_deref()));
    Ok(Options {
        encoding: name.map(encoding).transpose()?,
        delimiter: map.and_then(|map| map.delimiter),
        sheet: import
            .sheet
            .clone()
            .or_else(|| map.and_then(|map| map.sheet.clone())),
        header_row: import
            .header_row
            .or_else(|| map.and_then(|map| map.header_row)),
    })
}

fn encoding(name: &str) -> Result<&'static Encoding, Trouble> {
    named(name).ok_or_else(|| Trouble::usage("usage-encoding", &[("value", name)]))
}

/// Opens the file; where something about it has to be chosen, the choices are shown.
fn open(
    bytes: Vec<u8>,
    file: &str,
    options: &Options,
    console: &mut Console,
) -> Result<Sheet, Trouble> {
    match book::open(bytes, file, options) {
        Ok(sheet) => Ok(sheet),
        Err(Unopened::Refused(problem)) => Err(problem.into()),
        Err(Unopened::Encoding(candidates)) => {
            let mut names = Vec::new();
            for candidate in candidates {
                let name = candidate.encoding.name().to_lowercase();
                console.aside(&format!("  {name}"))?;
                for line in candidate.sample {
                    console.aside(&format!("    {line}"))?;
                }
                names.push(name);
            }
            let names = names.join("|");
            Err(Trouble::told("import-which-encoding", &[("names", &names)]))
        }
        Err(Unopened::Sheet(sheets)) => {
            for sheet in &sheets {
                let rows = sheet.rows.to_string();
                let args = [("name", &*sheet.name), ("rows", &*rows)];
                console.say_aside("import-one-sheet", &args)?;
            }
            Err(Trouble::told("import-which-sheet", &[]))
        }
    }
}

/// Takes one step after the other, and tells what did not become a record and how far it is.
fn run(
    plan: Plan,
    entry: &mut Entry,
    quiet: bool,
    kept: &mut Kept,
    console: &mut Console,
) -> Result<Tally, Trouble> {
    let mut running = Running::begin(plan, &mut entry.desk, &mut entry.asker)?;
    let shows = !quiet && running.tally().total > LONG;
    let mut alike = Alike::default();
    loop {
        let progress = running.step(&mut entry.desk, &mut entry.asker);
        if shows {
            console.end_progress()?;
        }
        for double in &progress.doubles {
            shown::double(double, console)?;
        }
        for other in &progress.other_names {
            shown::other_name(other, console)?;
        }
        for reject in &progress.rejects {
            kept.push(reject, console)?;
            if console.json {
                told(reject, console)?;
            } else {
                alike.push(reject, console.texts);
            }
        }
        if progress.ended || alike.groups().len() >= MOST_GROUPS {
            shown::together(&alike.take(), console)?;
        }
        if progress.ended {
            return Ok(running.tally().clone());
        }
        if shows {
            let tally = running.tally();
            let (read, total) = (tally.read.to_string(), tally.total.to_string());
            console.progress("import-progress", &[("read", &read), ("total", &total)])?;
        }
    }
}

/// Every refused row in a file, where one was named.
struct Kept<'a>(Option<(&'a Path, Rejects)>);

impl<'a> Kept<'a> {
    fn of(path: Option<&'a Path>, console: &Console) -> Result<Self, Trouble> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let rejects = Rejects::new(console.texts).map_err(|error| Trouble::file(path, &error))?;
        Ok(Self(Some((path, rejects))))
    }

    fn push(&mut self, reject: &Reject, console: &Console) -> Result<(), Trouble> {
        let Some((path, rejects)) = &mut self.0 else {
            return Ok(());
        };
        let pushed = rejects.push(reject, console.texts);
        pushed.map_err(|error| Trouble::file(path, &error))
    }

    /// Writes the file. One that is there under its name stays as it is, and the new one is not
    /// written.
    fn close(self) -> Result<(), Trouble> {
        let Some((path, mut rejects)) = self.0 else {
            return Ok(());
        };
        let mut write = || {
            let mut options = fs::OpenOptions::new();
            let mut to = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(path)?;
            io::copy(&mut rejects.file()?, &mut to)?;
            to.flush()
        };
        write().map_err(|error| Trouble::file(path, &error))
    }
}

/// A file that fits into memory, with its text beside it; `-` is standard input.
fn whole(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let input: Box<dyn io::Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(fs::File::open(path)?)
    };
    let read = input.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if u64::try_from(read).is_ok_and(|read| read <= LARGEST) {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::FileTooLarge.into())
    }
}

/// Takes an import back whole.
fn undo(
    global: &args::Global,
    import: &args::Import,
    console: &mut Console,
) -> Result<(), Trouble> {
    let number = import.file.to_string_lossy();
    let import_number: Number = number
        .parse()
        .map_err(|_| Trouble::usage("usage-number", &[("value", &number)]))?;
    let mut entry = enter(global, console)?;
    let (desk, asker) = (&mut entry.desk, &mut entry.asker);
    let mut back = TakingBack::begin(import_number, desk, asker)?;
    while !back.step(desk, asker)? {
        if !import.quiet && back.taken() > LONG {
            let taken = back.taken().to_string();
            console.progress("import-undoing", &[("taken", &taken)])?;
        }
    }
    console.end_progress()?;
    let taken = back.taken().to_string();
    let number = import_number.to_string();
    console.say("import-undone", &[("import", &number), ("taken", &taken)])?;
    entry.close()
}
