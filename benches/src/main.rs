//! The program measured: what the hub stands (one session, sessions that always wait, many
//! sessions, memory), and the table of `docs/performance.md`.
//!
//! Every figure is from this run on this machine, beside its target or beside a floor measured in
//! the same run. Nothing here is a test: a machine that is busy misses targets.

mod caller;
mod changes;
mod engine;
mod generate;
mod keys;
mod load;
mod loading;
mod memory;
mod one;
mod pty;
mod quarterly;
mod report;
mod rig;
mod session;
mod shelf;
mod table;
mod upkeep;
mod wait;
mod words;
mod yardstick;

use std::process::ExitCode;

use report::Report;
use rig::Rig;
use table::Table;

/// The smaller size of the table, against which the larger is held.
const SMALL: u64 = 10_000;

/// Whatever goes wrong ends the measurement.
pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "\
hub one [COMMANDS]              one session through a hub and in process (2000)
hub wait [SECONDS]              64 sessions that always wait, with fdatasync and without (20)
hub load [MINUTES] [PAUSE_MS]   200 sessions of mixed work (10 minutes, no pause)
hub memory [COMMANDS]           the hub after so many commands and as many more, idle sessions,
                                a session at a terminal (20000)
hub table [SIZE] [PART...]      the table of docs/performance.md: everything at 10,000 records and
                                at SIZE (1000000), or only the parts named: import, engine,
                                changes, keys, upkeep
hub quarterly [COMPLAINTS]      the analysis of a quarter of so many complaints (100000)
hub caller [SIZE] [NUMBERS]     who calls, at SIZE records with 16 sessions that write, and names
                                by their sound (1000000, 1000)
hub floor-keys FILE [ROWS]      a key file played at the bare list
hub desk-keys FILE [SIZE]       a key file played at the program on a store of a size
The program measured is target/release/frontdesk, or the one that FRONTDESK_PROGRAM names; stores
are made in the folder for temporary files (TMPDIR).";

fn run(arguments: &[String]) -> Fallible<Report> {
    let number = |place: usize, default: u64| match arguments.get(place) {
        Some(text) => text.parse(),
        None => Ok(default),
    };
    match arguments.first().map(String::as_str) {
        Some("one") => one::measure(number(1, 2_000)?),
        Some("wait") => wait::measure(number(1, 20)?),
        Some("load") => load::measure(number(1, 10)?, number(2, 0)?),
        Some("quarterly") => quarterly::measure(number(1, 100_000)?),
        Some("caller") => {
            caller::measure(number(1, 1_000_000)?, usize::try_from(number(2, 1_000)?)?)
        }
        Some("memory") => memory::measure(number(1, 20_000)?),
        _ => Err(USAGE.into()),
    }
}

/// Sizes and parts of the table, all of them where none is named.
fn table(size: u64, parts: &[String]) -> Fallible<()> {
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|it| it == part);
    println!("{}", Report::new("Measured").to_string().trim());
    let mut table = Table::default();
    if wanted("import") {
        loading::measure(&mut table)?;
    }
    let mut sizes = vec![SMALL, size];
    sizes.dedup();
    for size in &sizes {
        let shelf = shelf::shelf(*size)?;
        let copy = shelf.copy()?;
        if wanted("engine") {
            engine::measure(&copy, &mut table)?;
        }
        if !["changes", "keys", "upkeep"].into_iter().any(wanted) {
            continue;
        }
        if wanted("keys") {
            keys::cold(copy.folder.path(), *size)?;
        }
        let rig = Rig::on(copy.folder)?;
        if wanted("keys") {
            keys::measure(&rig, *size, &mut table)?;
        }
        if wanted("changes") {
            changes::measure(&rig, *size, shelf.site.year, &mut table)?;
        }
        if wanted("upkeep") {
            upkeep::measure(rig, *size, shelf.said, &mut table)?;
        }
    }
    if size != SMALL {
        table.growth(SMALL, size);
    }
    table.end();
    Ok(())
}

/// The other subcommands, which print as they go.
fn others(arguments: &[String]) -> Option<Fallible<()>> {
    let number = |place: usize, default: u64| -> Fallible<u64> {
        Ok(arguments.get(place).map_or(Ok(default), |it| it.parse())?)
    };
    let script =
        || -> Fallible<String> { Ok(std::fs::read_to_string(arguments.get(1).ok_or(USAGE)?)?) };
    match arguments.first()?.as_str() {
        "table" => Some(
            number(1, 1_000_000)
                .and_then(|size| table(size, arguments.get(2..).unwrap_or_default())),
        ),
        "floor-keys" => {
            Some(script().and_then(|script| keys::play(&script, pty::floor(number(2, SMALL)?)?)))
        }
        "desk-keys" => Some(script().and_then(|script| {
            let rig = Rig::on(shelf::shelf(number(2, SMALL)?)?.copy()?.folder)?;
            keys::play(&script, pty::frontdesk(rig.folder()))
        })),
        _ => None,
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(ended) = others(&arguments) {
        return match ended {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("{error}");
                ExitCode::FAILURE
            }
        };
    }
    match run(&arguments) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
