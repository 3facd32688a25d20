//! `import`: a file into the store, or an import taken back.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;

use encoding_rs::Encoding;
use serde_json::json;

use super::args;
use super::choose;
use super::console::Console;
use super::entry::{Entry, NOBODY, enter, options, settle};
use super::place;
use super::trouble::Trouble;
use super::way::Way;
use crate::desk::clock::SetClock;
use crate::desk::contract::Door;
use crate::desk::contract::{At, Command, Failure, Query, Reply};
use crate::desk::{Desk, Options, SiteFile};
use crate::domain::number::{Kind, Number};
use crate::domain::operator::OperatorDetails;
use crate::domain::refusal::Problem;
use crate::exchange::adopt::Reading;
use crate::exchange::asker::Asker;
use crate::exchange::bound::Bound;
use crate::exchange::encoding::named;
use crate::exchange::import::{AT_ONCE, Import as Running, Plan, Tally};
use crate::exchange::mapping::{Mapping, fields};
use crate::exchange::sheet::{Reject, Sheet};
use crate::exchange::words::Words;
use crate::store::{Home, SimulatedDisk};

/// A file may be so many bytes long: a million rows of any register, and little enough for memory.
const LARGEST: u64 = 512 << 20;

/// `frontdesk import KIND FILE`, or `frontdesk import undo NUMBER`.
pub(super) fn import(
    global: &args::Global,
    import: &args::Import,
    console: &mut Console,
) -> Result<(), Trouble> {
    if import.kind == "undo" {
        return undo(global, &import.file.to_string_lossy(), console);
    }
    let kind = choose::kind(&import.kind)?;
    if fields(kind).is_empty() {
        return Err(Problem::new("map-not-imported").into());
    }
    let bytes = whole(&import.file).map_err(|error| Trouble::file(&import.file, &error))?;
    let map = import
        .map
        .as_deref()
        .map(|path| map_file(path, kind))
        .transpose()?;
    let wanted = encoding(import.encoding.as_deref(), map.as_ref())?;
    let delimiter = map.as_ref().and_then(|map| map.delimiter);
    let sheet = Sheet::read(&bytes, wanted, delimiter)?;
    let words = Words::new();
    let mapping = match map {
        Some(map) => map,
        None => Mapping::propose(kind, sheet.headers(), &words)?,
    };
    let bound = mapping.bind(sheet.headers())?;
    let mut entry = enter(global, console)?;
    if import.dry_run {
        let own = options(&place::data(global)?, None)?.site_file;
        let throwaway = likeness(&entry, own, console)?;
        std::mem::replace(&mut entry, throwaway).close()?;
    }
    understood(&sheet, &bound, console)?;
    let file = import
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    let plan = Plan {
        sheet,
        reading: Reading {
            bound,
            words: Arc::new(words),
            profile: entry.profile.clone(),
        },
        file: file.unwrap_or_default(),
        accept: import.accept.clone(),
        at_once: AT_ONCE,
    };
    let tally = run(plan, &mut entry, console)?;
    let finished = finish(tally, import.dry_run, console);
    entry.close()?;
    finished
}

/// Takes one step after the other, and tells every rejected row and how far it is.
fn run(plan: Plan, entry: &mut Entry, console: &mut Console) -> Result<Tally, Trouble> {
    let mut running = Running::begin(plan, &mut entry.desk, &mut entry.asker)?;
    loop {
        let progress = running.step(&mut entry.desk, &mut entry.asker);
        for reject in &progress.rejects {
            told(reject, console)?;
        }
        if progress.ended {
            return Ok(running.tally().clone());
        }
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

fn map_file(path: &Path, kind: Kind) -> Result<Mapping, Trouble> {
    let text = fs::read_to_string(path).map_err(|error| Trouble::file(path, &error))?;
    let map = Mapping::parse(&text, &path.display().to_string())?;
    if map.kind == kind {
        return Ok(map);
    }
    let problem = Problem::new("map-other-kind");
    Err(problem
        .arg("found", map.kind.id())
        .arg("wanted", kind.id())
        .into())
}

fn encoding(
    option: Option<&str>,
    map: Option<&Mapping>,
) -> Result<Option<&'static Encoding>, Trouble> {
    let name = option.or_else(|| map.and_then(|map| map.encoding.as_deref()));
    name.map(|name| named(name).ok_or_else(|| Trouble::usage("usage-encoding", &[("value", name)])))
        .transpose()
}

/// What was understood of the file, before anything is written: the encoding, the columns, and
/// the first row as it will be read.
fn understood(sheet: &Sheet, bound: &Bound, console: &mut Console) -> Result<(), Trouble> {
    let key = if sheet.certain() {
        "import-encoding"
    } else {
        "import-encoding-guessed"
    };
    let name = sheet.encoding().map_or("", Encoding::name);
    let text = console.texts.with(key, &[("encoding", name)]).into_owned();
    console.aside(&text)?;
    let sample = sheet
        .rows()
        .find_map(|row| row.cells.ok())
        .unwrap_or_default();
    for (field, columns) in bound.understood() {
        let header = console.texts.name("column", &field);
        let value = bound.text(&field, &sample).text;
        let value = crate::text::width::truncate(&value, 40).into_owned();
        console.aside(&format!("  {header} < {columns}: {value}"))?;
    }
    Ok(())
}

/// A desk like this one, in memory and empty, for a run that only says what it would do.
fn likeness(entry: &Entry, own: Option<SiteFile>, console: &mut Console) -> Result<Entry, Trouble> {
    let operator = entry
        .operators
        .iter()
        .find(|operator| operator.meta.number == entry.asker.operator())
        .map(|operator| OperatorDetails {
            department: String::new(),
            ..operator.details()
        })
        .unwrap_or_default();
    let site = &entry.site;
    let now = chrono::Utc::now();
    let home = Home::in_memory(Arc::new(SimulatedDisk::default()))?;
    let clock = Box::new(SetClock::at(crate::domain::stamp::Stamp::from_utc(now)));
    let mut desk = Way::here(Desk::open(
        home,
        Options {
            clock,
            site_file: own,
        },
    )?);
    desk.ask(&Asker::new(NOBODY).change(Command::SetUp {
        site: site.name.clone(),
        profile: site.profile.clone(),
        operator,
        rehearsal: true,
    }))?;
    // It is a store for training, which asks for no proof.
    settle(desk, &args::Global::default(), console)
}

/// One rejected row: line, column, reason.
pub(super) fn told(reject: &Reject, console: &mut Console) -> Result<(), Trouble> {
    let said = console.texts.failure(&reject.failure);
    if console.json {
        let value = json!({
            "line": reject.line,
            "column": reject.column.as_ref().map(|column| column.number),
            "header": reject.column.as_ref().map(|column| column.name.as_str()),
            "reason": said.iter().map(crate::locale::Said::line).collect::<Vec<_>>(),
            "failure": reject.failure,
        });
        return Ok(console.json(&value)?);
    }
    let line = reject.line.to_string();
    let place = match &reject.column {
        None => console
            .texts
            .with("import-place", &[("line", &line)])
            .into_owned(),
        Some(column) => {
            let number = column.number.to_string();
            let args = [
                ("line", &*line),
                ("column", &*number),
                ("header", &*column.name),
            ];
            console
                .texts
                .with("import-place-column", &args)
                .into_owned()
        }
    };
    for said in said {
        console.line(&format!("{place} {}", said.line()))?;
    }
    Ok(())
}

fn finish(tally: Tally, dry_run: bool, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        let mut value = json!(tally);
        if let (true, Some(object)) = (dry_run, value.as_object_mut()) {
            object.remove("import");
        }
        console.json(&value)?;
        return stopped(tally, console);
    }
    let key = if dry_run {
        "import-would"
    } else {
        "import-done"
    };
    let number = tally.import.map(|it| it.to_string()).unwrap_or_default();
    let args = [
        ("read", &*tally.read.to_string()),
        ("imported", &*tally.imported.to_string()),
        ("rejected", &*tally.rejected.to_string()),
        ("import", &*number),
    ];
    console.say(key, &args)?;
    stopped(tally, console)
}

/// An import that the store cut short is not done: said with its place, and the exit code tells.
fn stopped(tally: Tally, console: &mut Console) -> Result<(), Trouble> {
    let Some(stop) = tally.stopped else {
        return Ok(());
    };
    let line = stop.line.to_string();
    let text = console.texts.with("import-stopped", &[("line", &line)]);
    let text = text.into_owned();
    console.aside(&text)?;
    Err(stop.failure.into())
}

/// Takes an import back whole.
fn undo(global: &args::Global, number: &str, console: &mut Console) -> Result<(), Trouble> {
    let import: Number = number
        .parse()
        .map_err(|_| Trouble::usage("usage-number", &[("value", number)]))?;
    let mut entry = enter(global, console)?;
    let mut version = match entry.look(Query::Get(import))? {
        Reply::Record(Some(row)) => row.record.meta().version,
        _ => return Err(Failure::Missing(import).into()),
    };
    // A request takes back a part of a long import; it is sent until the whole is void.
    loop {
        let record = entry.change(Command::VoidImport {
            at: At {
                number: import,
                version,
            },
        })?;
        if record.meta().void {
            break;
        }
        version = record.meta().version;
    }
    console.say("import-undone", &[("import", &import.to_string())])?;
    entry.close()
}
