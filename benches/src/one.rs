//! One session through a hub in a process of its own, the same command in this process, and the
//! floor: the bytes of a frame put on the disk. In turns, so that all three meet the same machine.

use std::fs::File;
use std::io::Write as _;
use std::time::{Duration, Instant};

use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::{Counter, Desk, Options, Peer};
use frontdesk::store::Home;

use crate::Fallible;
use crate::report::{Report, Times, milliseconds};
use crate::rig::{Rig, set_up, size};
use crate::session::{Session, line};

/// Commands before anything is measured.
const WARM_UP: u64 = 100;
/// The line may add so much.
const TARGET: Duration = Duration::from_micros(200);

/// Measures so many commands each way.
pub fn measure(commands: u64) -> Fallible<Report> {
    let mut report = Report::new(format!(
        "One session, {commands} requests of 300 characters each way, in turns"
    ));
    let rig = Rig::new()?;
    let mut through = Session::sign_in(line(&rig.place())?, 1)?;
    let folder = tempfile::tempdir()?;
    set_up(folder.path())?;
    let data = folder.path().join("data");
    let clock = Box::new(SystemClock);
    let site_file = None;
    let desk = Desk::open(Home::open(&data)?, Options { clock, site_file })?;
    let peer = Peer {
        uid: 0,
        owner: true,
    };
    let mut here = Session::sign_in(Counter::new(desk, peer), 1)?;
    let journal = data.join("journal");
    let before = size(&journal)?;
    for _ in 0..WARM_UP {
        through.log()?;
        here.log()?;
    }
    let bytes = vec![0x5a; usize::try_from((size(&journal)? - before) / WARM_UP)?];
    let mut file = File::create(folder.path().join("floor"))?;
    let (mut floor, mut inside, mut outside) =
        (Times::default(), Times::default(), Times::default());
    for _ in 0..commands {
        let began = Instant::now();
        file.write_all(&bytes)?;
        file.sync_data()?;
        floor.add(began.elapsed());
        inside.add(here.log()?);
        outside.add(through.log()?);
    }
    report.figure(
        format!("floor: {} bytes appended, fdatasync", bytes.len()),
        floor.told(),
    );
    report.figure("in process", inside.told());
    report.figure("through the hub", outside.told());
    let more = outside.within(50).saturating_sub(inside.within(50));
    report.target(
        "the hub adds (p50)",
        "≤ 0.200 ms",
        milliseconds(more),
        more <= TARGET,
    );
    here.door.into_desk().close()?;
    Ok(report)
}
