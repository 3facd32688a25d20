//! Sessions that always wait: how many requests share a frame, and how much of the rate without
//! `fdatasync` is left with it. The hub runs in this process, because only so can its disk be
//! changed.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use frontdesk::desk::clock::SystemClock;
use frontdesk::desk::{Desk, Options};
use frontdesk::hub::{Hub, Place, Settings};
use frontdesk::store::Home;
use frontdesk::store::files::{Disk, Files, Handle};

use crate::Fallible;
use crate::report::{Report, Times};
use crate::rig::set_up;
use crate::session::{Session, line};

/// Sessions.
const SESSIONS: u64 = 64;
/// In turns, each so often.
const TURNS: u32 = 2;

/// The disk, without waiting for it.
struct Unsynced;

struct UnsyncedHandle(Box<dyn Handle>);

impl Files for Unsynced {
    fn make_dir(&self, dir: &Path) -> io::Result<()> {
        Disk.make_dir(dir)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<String>> {
        Disk.list(dir)
    }

    fn size(&self, path: &Path) -> io::Result<Option<u64>> {
        Disk.size(path)
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(UnsyncedHandle(Disk.open(path)?)))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Handle>> {
        Ok(Box::new(UnsyncedHandle(Disk.create(path)?)))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        Disk.remove(path)
    }

    fn sync_dir(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn free(&self, dir: &Path) -> io::Result<u64> {
        Disk.free(dir)
    }
}

impl Handle for UnsyncedHandle {
    fn size(&self) -> io::Result<u64> {
        self.0.size()
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        self.0.read_at(offset, buffer)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_at(offset, bytes)
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(())
    }
}

/// What came of a run.
#[derive(Default)]
struct Ran {
    seconds: f64,
    changes: u64,
    frames: u64,
    times: Times,
}

#[allow(clippy::cast_precision_loss, reason = "figures of a few digits")]
impl Ran {
    fn rate(&self) -> f64 {
        self.changes as f64 / self.seconds
    }

    fn together(&self) -> f64 {
        self.changes as f64 / self.frames as f64
    }

    fn join(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.changes += other.changes;
        self.frames += other.frames;
        self.times.join(other.times);
    }
}

fn run(files: Arc<dyn Files>, within: Duration) -> Fallible<Ran> {
    let folder = tempfile::tempdir()?;
    set_up(folder.path())?;
    let data = folder.path().join("data");
    let clock = Box::new(SystemClock);
    let site_file = None;
    let desk = Desk::open(Home::open_on(files, &data)?, Options { clock, site_file })?;
    let place = Place::beside(&data);
    let hub = Hub::open(desk, place.clone(), Settings::default())?;
    let stopper = hub.stopper();
    let served = thread::spawn(move || hub.run());
    let mut sessions = Vec::new();
    for seed in 0..SESSIONS {
        sessions.push(Session::sign_in(line(&place)?, seed)?);
    }
    let watching = line(&place)?;
    let before = watching.status()?;
    let enough = AtomicBool::new(false);
    let began = Instant::now();
    let times = thread::scope(|scope| {
        let at_work: Vec<_> = sessions
            .into_iter()
            .map(|mut session| {
                scope.spawn(|| {
                    let mut times = Times::default();
                    while !enough.load(Ordering::Relaxed) {
                        times.add(session.log()?);
                    }
                    Fallible::Ok((session, times))
                })
            })
            .collect();
        thread::sleep(within);
        enough.store(true, Ordering::Relaxed);
        let mut all = Times::default();
        for one in at_work {
            all.join(one.join().map_err(|_| "a session ended")??.1);
        }
        Fallible::Ok(all)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let after = watching.status()?;
    stopper.stop(false);
    served.join().map_err(|_| "the hub ended")??;
    Ok(Ran {
        seconds,
        changes: after.changes - before.changes,
        frames: after.frames - before.frames,
        times,
    })
}

/// Measures for so many seconds each.
pub fn measure(seconds: u64) -> Fallible<Report> {
    let mut report = Report::new(format!(
        "{SESSIONS} sessions that always wait, {seconds} s with fdatasync and {seconds} s without, \
         in turns"
    ));
    let within = Duration::from_secs(seconds) / TURNS;
    let (mut with, mut without) = (Ran::default(), Ran::default());
    for _ in 0..TURNS {
        with.join(run(Arc::new(Disk), within)?);
        without.join(run(Arc::new(Unsynced), within)?);
    }
    report.figure("with fdatasync", format!("{:.0} changes/s", with.rate()));
    report.figure("", with.times.told());
    report.figure(
        "without fdatasync",
        format!("{:.0} changes/s", without.rate()),
    );
    report.figure("", without.times.told());
    let together = with.together();
    let result = format!("{together:.1}");
    report.target("requests in a frame", "≥ 8", result, together >= 8.0);
    let share = with.rate() / without.rate() * 100.0;
    let result = format!("{share:.0} %");
    report.target(
        "of the rate without fdatasync",
        "≥ 60 %",
        result,
        share >= 60.0,
    );
    Ok(report)
}
