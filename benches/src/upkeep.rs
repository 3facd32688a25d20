//! Memory of the hub and size of the store after work and as much work again, and after compaction.

use std::time::Instant;

use frontdesk::desk::contract::{Query, Reply, Request};
use frontdesk::hub::Line;
use tempfile::TempDir;

use crate::Fallible;
use crate::memory::{AT_WORK, work};
use crate::report::mebibytes;
use crate::rig::{Rig, command, whole_size};
use crate::session::{Session, line, newest};
use crate::table::Table;

/// Commands of each run.
const COMMANDS: u64 = 20_000;
/// What a request of the mixed commands says: 300 Han characters, a name, a number, a place.
const REQUEST: u64 = 3 * 300 + 30;
/// The hub keeps to this.
const MOST: u64 = 500 << 20;

#[allow(clippy::cast_precision_loss, reason = "a ratio of three digits")]
fn times(one: u64, other: u64) -> f64 {
    one as f64 / other.max(1) as f64
}

/// Measures on a hub, whose store says so many bytes, and gives its folder back.
pub fn measure(rig: Rig, records: u64, said: u64, table: &mut Table) -> Fallible<TempDir> {
    Table::head(
        &format!("{records} records: memory and disk, with {COMMANDS} mixed commands twice"),
        "",
    );
    let data = rig.folder().join("data");
    let started = rig.memory()?;
    Table::figure("the hub before them", &mebibytes(started), "");
    Table::figure("disk before them", &mebibytes(whole_size(&data)?), "");
    let mut sessions = Vec::new();
    for seed in 0..AT_WORK {
        sessions.push(Session::sign_in(line(&rig.place())?, seed)?);
    }
    let before = requests(&mut sessions)?;
    let began = Instant::now();
    work(&mut sessions, COMMANDS)?;
    let took = began.elapsed();
    let first = rig.memory()?;
    Table::figure("the hub after the first run", &mebibytes(first), "");
    work(&mut sessions, COMMANDS)?;
    let second = rig.memory()?;
    let said = said + (requests(&mut sessions)? - before) * REQUEST;
    drop(sessions);
    table.row(
        "the hub after the second run",
        &mebibytes(second),
        "",
        "",
        "< 500 MiB",
        second < MOST,
    );
    let grown = times(second, first);
    let told = format!("{grown:.3}");
    table.row(
        "the second to the first",
        "",
        "",
        &told,
        "≤ 1.05",
        grown <= 1.05,
    );
    let rate = format!(
        "{:.0}/s",
        times(COMMANDS * 1_000_000, took.as_micros().try_into()?)
    );
    Table::figure("mixed commands of 32 sessions", &rate, "");
    let folder = rig.end()?;
    disk(&folder, said, table)?;
    Ok(folder)
}

/// How many requests there are.
fn requests(sessions: &mut [Session<Line>]) -> Fallible<u64> {
    let session = sessions.first_mut().ok_or("no session")?;
    match session.ask(Request::Look(Query::List(newest())))? {
        Reply::Page(page) => Ok(page.total.ok_or("no total")?),
        _ => Err("no page".into()),
    }
}

fn disk(folder: &TempDir, said: u64, table: &mut Table) -> Fallible<()> {
    let data = folder.path().join("data");
    let live = mebibytes(said);
    Table::figure("live data: the bytes of what all fields say", &live, "");
    let mut row = |what: &str, most: f64| -> Fallible<()> {
        let size = whole_size(&data)?;
        let ratio = times(size, said);
        table.row(
            what,
            &mebibytes(size),
            "",
            &format!("{ratio:.2}"),
            &format!("≤ {most}"),
            ratio <= most,
        );
        Ok(())
    };
    row("disk after both runs", 6.0)?;
    let began = Instant::now();
    let ran = command(folder.path(), &["compact", "--as", "wang"]).output()?;
    if !ran.status.success() {
        return Err(String::from_utf8_lossy(&ran.stderr).into_owned().into());
    }
    let took = began.elapsed().as_secs_f64();
    row("disk after `compact`", 2.0)?;
    Table::figure("`compact` took", &format!("{took:.1} s"), "");
    for part in ["journal", "sled", "checkpoint", "search", "vault"] {
        let part_of = data.join(part);
        if let Ok(size) = whole_size(&part_of) {
            Table::figure(&format!("of that `{part}`"), &mebibytes(size), "");
        }
    }
    Ok(())
}
