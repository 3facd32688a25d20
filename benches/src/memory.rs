//! Memory: of the hub after work and as much work again, of the hub for a session that is idle, of
//! a session at a terminal.

use std::io::Read as _;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::Fallible;
use crate::report::{Report, mebibytes};
use crate::rig::{MACHINE, Rig, memory, program};
use crate::session::{Session, Took, line};

/// Sessions at work.
pub const AT_WORK: u64 = 32;
/// Sessions that have signed in and do nothing.
const IDLE: u64 = 200;
/// A terminal that has shown nothing new for so long shows everything.
const QUIET: Duration = Duration::from_secs(3);

/// Has so many mixed commands done at a hub by sessions that stay.
pub fn work<D: frontdesk::desk::contract::Door + Send>(
    sessions: &mut [Session<D>],
    commands: u64,
) -> Fallible<()> {
    let each = commands.div_ceil(AT_WORK);
    thread::scope(|scope| {
        let at_work: Vec<_> = sessions
            .iter_mut()
            .map(|session| {
                scope.spawn(move || {
                    let mut took = Took::default();
                    (0..each).try_for_each(|_| session.mixed(&mut took))
                })
            })
            .collect();
        at_work
            .into_iter()
            .try_for_each(|one| one.join().map_err(|_| "a session ended")?)
    })
}

/// The hub after so many commands and after as many more: on a new store, where sled's cache is
/// still filling, and on one with ten times as much in it.
fn after_work(commands: u64, report: &mut Report) -> Fallible<()> {
    let mut rig = Rig::new()?;
    let mut sessions = Vec::new();
    for seed in 0..AT_WORK {
        sessions.push(Session::sign_in(line(&rig.place())?, seed)?);
    }
    report.figure("the hub before any work", mebibytes(rig.memory()?));
    let mut done = 0;
    for before in [0, 10 * commands] {
        work(&mut sessions, before.saturating_sub(done))?;
        work(&mut sessions, commands)?;
        let first = rig.memory()?;
        work(&mut sessions, commands)?;
        done = before + 2 * commands;
        report.figure(
            format!("after {} mixed commands", before + commands),
            mebibytes(first),
        );
        twice(first, rig.memory()?, done, report);
    }
    drop(sessions);
    line(&rig.place())?.leave(false)?;
    rig.restart()?;
    report.figure("the next hub on that store", mebibytes(rig.memory()?));
    Ok(())
}

#[allow(clippy::cast_precision_loss, reason = "a ratio of three digits")]
fn twice(first: u64, second: u64, done: u64, report: &mut Report) {
    report.figure(format!("after {done}"), mebibytes(second));
    let ratio = second as f64 / first as f64;
    let result = format!("{ratio:.3} ×");
    let what = "the second figure to the first";
    report.target(what, "≤ 1.05 ×", result, ratio <= 1.05);
}

fn idle(report: &mut Report) -> Fallible<()> {
    let rig = Rig::new()?;
    // The first sign-in touches what all of them share.
    let first = Session::sign_in(line(&rig.place())?, 0)?;
    let before = rig.memory()?;
    let mut sessions = vec![first];
    for seed in 0..IDLE {
        sessions.push(Session::sign_in(line(&rig.place())?, seed)?);
    }
    let each = rig.memory()?.saturating_sub(before) / IDLE;
    let result = format!("{:.1} KiB", f64::from(u32::try_from(each)?) / 1024.0);
    report.target(
        format!("the hub for each of {IDLE} idle sessions"),
        "< 256 KiB",
        result,
        each < 256 << 10,
    );
    Ok(())
}

/// A session at a terminal of 80 by 24.
fn at_a_terminal(report: &mut Report) -> Fallible<()> {
    let rig = Rig::new()?;
    let pair = native_pty_system().openpty(PtySize {
        rows: 24,
        cols: 80,
        pixel_width: 0,
        pixel_height: 0,
    })?;
    let mut command = CommandBuilder::new(program());
    command.args(["--as", "wang"]);
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("LANG", "zh_CN.UTF-8");
    command.env("HOME", rig.folder());
    command.env("FRONTDESK_DATA", rig.folder().join("data"));
    command.env("FRONTDESK_CONFIG", rig.folder().join(MACHINE));
    command.env("FRONTDESK_AMBIGUOUS", "narrow");
    command.cwd(rig.folder());
    let mut child = pair.slave.spawn_command(command)?;
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader()?;
    let (sender, output) = channel();
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if sender.send(count).is_err() {
                break;
            }
        }
    });
    let mut drawn = 0;
    loop {
        match output.recv_timeout(QUIET) {
            Ok(count) => drawn += count,
            Err(RecvTimeoutError::Timeout) if drawn > 0 => break,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return Err("the session ended".into()),
        }
    }
    let pid = child.process_id().ok_or("no process")?;
    let used = memory(pid)?;
    report.target(
        format!("a session at a terminal ({drawn} bytes drawn)"),
        "< 20 MiB",
        mebibytes(used),
        used < 20 << 20,
    );
    child.kill()?;
    child.wait()?;
    Ok(())
}

/// Measures with so many commands.
pub fn measure(commands: u64) -> Fallible<Report> {
    let mut report = Report::new("Memory");
    after_work(commands, &mut report)?;
    idle(&mut report)?;
    at_a_terminal(&mut report)?;
    Ok(report)
}
