//! `hub`: the process that owns the store, and what may be said to it.

use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr, UnixDatagram};
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use rustix::net::sockopt::socket_peercred;
use rustix::process::Signal;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::args::{self, Global};
use super::console::Console;
use super::entry::set_clock;
use super::place;
use super::trouble::Trouble;
use super::way::{hub_place, opened};
use crate::desk::clock::Clock;
use crate::hub::protocol::Status;
use crate::hub::{Hub, JoinFault, Line, Place, Settings, Stopper};
use crate::log::Log;
use crate::store::sled::panic_is_caught;
use crate::store::{Fault, Home};

/// A hub that a session started closes when nobody has been there for so long.
const LINGER: Duration = Duration::from_mins(5);
/// Says otherwise, in seconds.
const LINGER_VARIABLE: &str = "FRONTDESK_HUB_LINGER";
/// A store that another process has open is free within this time.
const FREE_WITHIN: Duration = Duration::from_secs(10);
/// A hub that is to close is gone within this time.
const GONE_WITHIN: Duration = Duration::from_mins(1);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);
/// So many files a hub may have open, where the system allows it.
const FILES: u64 = 4096;

/// `frontdesk hub`.
pub(super) fn command(
    global: &Global,
    hub: &args::Hub,
    console: &mut Console,
) -> Result<(), Trouble> {
    match hub.command {
        None => run(global, hub.detach, console),
        Some(args::HubCommand::Status) => status(global, console),
        Some(args::HubCommand::Drain) => leave(global, false, console),
        Some(args::HubCommand::Stop) => leave(global, true, console),
    }
}

fn run(global: &Global, detach: bool, console: &mut Console) -> Result<(), Trouble> {
    if detach {
        // A session that leads its terminal's processes takes none of them along when it ends.
        let _ = rustix::process::setsid();
    }
    let place = hub_place(global)?;
    let clock = global.clock.as_deref().map(set_clock).transpose()?;
    let set_to = clock.as_ref().map(Clock::now);
    let Some(home) = home(&place, detach)? else {
        return Ok(());
    };
    allow_files();
    let log = Arc::new(Log::open(place.data()));
    note_panics(Arc::clone(&log));
    let desk = opened(home, place.data(), clock)?;
    let settings = Settings {
        group: group(global)?,
        linger: detach.then(linger),
        clock: set_to,
        log: Arc::clone(&log),
        ..Settings::default()
    };
    let socket = place.socket();
    let hub = Hub::open(desk, place, settings).map_err(|error| Trouble::file(&socket, &error))?;
    heed_signals(hub.stopper())?;
    log.event("hub-ready", &[("pid", &std::process::id().to_string())]);
    if !detach {
        console.say("hub-ready", &[("path", &socket.display().to_string())])?;
        console.flush()?;
        notify();
    }
    let served = hub.run();
    match served {
        Ok(()) => log.event("hub-closed", &[]),
        Err(ref fault) => log.warning("hub-closed", &[("why", fault.key())]),
    }
    Ok(served?)
}

/// The store, for this process alone; none where another hub has been faster.
fn home(place: &Place, detach: bool) -> Result<Option<Home>, Trouble> {
    let end = Instant::now() + FREE_WITHIN;
    loop {
        let opened = match Home::open(place.data()) {
            Err(Fault::Absent { .. }) => Home::create(place.data(), Utc::now()),
            opened => opened,
        };
        match opened {
            Ok(home) => return Ok(Some(home)),
            Err(fault @ (Fault::Locked { .. } | Fault::Exists { .. })) => {
                if place.connect().is_ok() && detach {
                    return Ok(None);
                }
                if place.connect().is_ok() || Instant::now() > end {
                    return if detach { Ok(None) } else { Err(fault.into()) };
                }
                std::thread::sleep(PAUSE);
            }
            Err(fault) => return Err(fault.into()),
        }
    }
}

/// The group whose members may join, as the system numbers it.
fn group(global: &Global) -> Result<Option<u32>, Trouble> {
    let Some(name) = place::place(global)?.group else {
        return Ok(None);
    };
    let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
    let found = groups.lines().find_map(|line| {
        let mut parts = line.split(':');
        let number = parts.next().filter(|it| *it == name).and(parts.nth(1));
        number?.parse().ok()
    });
    match found {
        Some(number) => Ok(Some(number)),
        None => Err(Trouble::told("hub-no-group", &[("name", &name)])),
    }
}

fn linger() -> Duration {
    let seconds = std::env::var(LINGER_VARIABLE).ok();
    let seconds = seconds.and_then(|text| text.parse().ok());
    seconds.map_or(LINGER, Duration::from_secs)
}

/// A panic is in the log with its place. What it says is not: it may hold what somebody typed.
fn note_panics(log: Arc<Log>) {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !panic_is_caught() {
            let at = info.location().map(ToString::to_string);
            log.warning("hub-panic", &[("at", &at.unwrap_or_default())]);
        }
        before(info);
    }));
}

/// As many lines as a hub serves need as many files.
fn allow_files() {
    use rustix::process::{Resource, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    let most = limit.maximum.map_or(FILES, |most| most.min(FILES));
    if limit.current.is_some_and(|now| now < most) {
        limit.current = Some(most);
        // With fewer files fewer lines are served, and said so.
        let _ = setrlimit(Resource::Nofile, limit);
    }
}

/// A request to end is a request to close in order; a hang-up is none of the hub's business.
fn heed_signals(stopper: Stopper) -> Result<(), Trouble> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in signals.forever() {
                if signal != SIGHUP {
                    stopper.stop(false);
                }
            }
        })?;
    Ok(())
}

/// Tells a service manager, where there is one, that the hub is ready.
fn notify() {
    let Ok(name) = std::env::var("NOTIFY_SOCKET") else {
        return;
    };
    let address = match name.strip_prefix('@') {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(&name),
    };
    // A manager that does not listen finds out by itself.
    if let (Ok(address), Ok(socket)) = (address, UnixDatagram::unbound()) {
        let _ = socket.send_to_addr(b"READY=1", &address);
    }
}

/// A line to the hub that is there.
fn line(place: &Place) -> Result<Line, JoinFault> {
    Line::join(place.clone(), None, Duration::ZERO, Arc::new(|_| {}))
}

fn status(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    let place = hub_place(global)?;
    let status = line(&place)?.status()?;
    if console.json {
        return Ok(console.json(&status)?);
    }
    told(&status, console)
}

fn told(status: &Status, console: &mut Console) -> Result<(), Trouble> {
    let mebibytes = |bytes: Option<u64>| bytes.map_or(0, |it| it >> 20).to_string();
    let together = status.changes.checked_div(status.frames).unwrap_or(0);
    let args = [
        ("pid", &*status.pid.to_string()),
        ("program", &*status.program),
        ("contract", &*status.contract.to_string()),
        ("minutes", &*(status.uptime / 60).to_string()),
    ];
    console.say("hub-status", &args)?;
    // The line that asks is one of the sessions.
    let sessions = status.sessions.len().saturating_sub(1);
    let args = [
        ("sessions", &*sessions.to_string()),
        ("requests", &*status.requests.to_string()),
        ("changes", &*status.changes.to_string()),
        ("frames", &*status.frames.to_string()),
        ("together", &*together.to_string()),
    ];
    console.say("hub-status-work", &args)?;
    let args = [
        ("seq", &*status.seq.to_string()),
        ("memory", &*mebibytes(status.memory)),
        ("free", &*mebibytes(status.free)),
    ];
    console.say("hub-status-room", &args)?;
    for session in &status.sessions {
        if session.pid.cast_unsigned() == std::process::id() {
            continue;
        }
        let key = if session.operator.is_some() {
            "hub-session"
        } else {
            "hub-session-nobody"
        };
        console.say(
            key,
            &[
                ("operator", session.operator.as_deref().unwrap_or_default()),
                ("uid", &session.uid.to_string()),
                ("pid", &session.pid.to_string()),
                ("minutes", &(session.since / 60).to_string()),
            ],
        )?;
    }
    Ok(())
}

/// Has the hub close. One of another contract understands no words of ours, but every hub closes
/// in order when the system asks it to end.
fn leave(global: &Global, stopped: bool, console: &mut Console) -> Result<(), Trouble> {
    let place = hub_place(global)?;
    match line(&place) {
        Ok(line) => {
            if !line.leave(stopped)? {
                return Err(Trouble::told("hub-not-yours", &[]));
            }
        }
        Err(JoinFault::OtherContract { .. }) if !stopped => {
            for (_, stream) in place.others() {
                let peer = socket_peercred(&stream).map_err(std::io::Error::from)?;
                // Any process of the account can listen under such a name; the hub is the one that
                // has the store.
                let holder = Home::holder(place.data());
                if holder != Some(peer.pid.as_raw_nonzero().get().cast_unsigned()) {
                    return Err(Trouble::told("hub-not-a-hub", &[]));
                }
                rustix::process::kill_process(peer.pid, Signal::TERM)
                    .map_err(|_| Trouble::told("hub-not-yours", &[]))?;
            }
        }
        Err(fault) => return Err(fault.into()),
    }
    let end = Instant::now() + GONE_WITHIN;
    // It is gone when it has let go of the store: only then may another program have it.
    while Home::is_open(place.data()) && Instant::now() < end {
        std::thread::sleep(PAUSE);
    }
    let key = if stopped {
        "hub-stopped"
    } else {
        "hub-drained"
    };
    Ok(console.say(key, &[])?)
}
