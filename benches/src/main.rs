//! What the hub stands, measured: one session, sessions that always wait, many sessions, memory.
//!
//! Every figure is from this run on this machine, beside its target or beside a floor measured in
//! the same run. Nothing here is a test: a machine that is busy misses targets.

mod load;
mod memory;
mod one;
mod report;
mod rig;
mod session;
mod wait;

use std::process::ExitCode;

use report::Report;

/// Whatever goes wrong ends the measurement.
pub type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "\
hub one [COMMANDS]              one session through a hub and in process (2000)
hub wait [SECONDS]              64 sessions that always wait, with fdatasync and without (20)
hub load [MINUTES] [PAUSE_MS]   200 sessions of mixed work (10 minutes, no pause)
hub memory [COMMANDS]           the hub after so many commands and as many more, idle sessions,
                                a session at a terminal (20000)
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
        Some("memory") => memory::measure(number(1, 20_000)?),
        _ => Err(USAGE.into()),
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
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
