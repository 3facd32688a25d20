//! Many sessions of mixed work on one hub, for minutes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::Fallible;
use crate::report::{Report, mebibytes};
use crate::rig::Rig;
use crate::session::{Session, Took, line};

/// Sessions.
const SESSIONS: u64 = 200;
/// The hub's memory is looked at so often.
const SAMPLES: u32 = 5;
/// A session needs little.
const STACK: usize = 256 << 10;

/// Measures for so many minutes; each session rests so long after each answer, half as long more or
/// less, so that they do not march in step.
pub fn measure(minutes: u64, pause: u64) -> Fallible<Report> {
    let mut report = Report::new(format!(
        "{SESSIONS} sessions of mixed work for {minutes} min, {pause} ms of rest after each answer"
    ));
    let rig = Rig::new()?;
    let mut sessions = Vec::new();
    for seed in 0..SESSIONS {
        sessions.push(Session::sign_in(line(&rig.place())?, seed)?);
    }
    let watching = line(&rig.place())?;
    let before = watching.status()?;
    let mut memory = vec![mebibytes(rig.memory()?)];
    let (pause, whole) = (Duration::from_millis(pause), Duration::from_mins(minutes));
    let enough = AtomicBool::new(false);
    let began = Instant::now();
    let mut took = thread::scope(|scope| {
        let mut at_work = Vec::new();
        for mut session in sessions {
            let enough = &enough;
            let work = move || {
                let mut took = Took::default();
                let mut rng = fastrand::Rng::new();
                thread::sleep(pause.mul_f64(rng.f64()));
                while !enough.load(Ordering::Relaxed) {
                    session.mixed(&mut took)?;
                    thread::sleep(pause.mul_f64(0.5 + rng.f64()));
                }
                Fallible::Ok((session, took))
            };
            let thread = thread::Builder::new().stack_size(STACK);
            at_work.push(thread.spawn_scoped(scope, work)?);
        }
        for _ in 0..SAMPLES {
            thread::sleep(whole / SAMPLES);
            memory.push(mebibytes(rig.memory()?));
        }
        enough.store(true, Ordering::Relaxed);
        let mut all = Took::default();
        for one in at_work {
            all.join(one.join().map_err(|_| "a session ended")??.1);
        }
        Fallible::Ok(all)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    let after = watching.status()?;
    let told = |count: usize| format!("{:.0}/s", as_float(count) / seconds);
    let (changes, looks) = (took.changes.count(), took.looks.count());
    report.figure(
        "commands",
        format!(
            "{} ({changes} changes, {looks} looks)",
            told(changes + looks)
        ),
    );
    report.figure("changes (durable)", told(changes));
    report.figure("", took.changes.told());
    report.figure("looks", told(looks));
    report.figure("", took.looks.told());
    let frames = after.frames - before.frames;
    report.figure(
        "changes in a frame",
        format!(
            "{:.1}",
            as_float(changes) / as_float(usize::try_from(frames)?)
        ),
    );
    report.figure("memory of the hub over the run", memory.join("  "));
    Ok(report)
}

#[allow(clippy::cast_precision_loss, reason = "a figure of a few digits")]
fn as_float(count: usize) -> f64 {
    count as f64
}
