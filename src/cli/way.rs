//! The way to the desk: through the hub that has the store, or, where none has it, in this process.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::args::Global;
use super::entry::{options, set_clock};
use super::place;
use super::trouble::Trouble;
use crate::desk::clock::{Clock, SetClock};
use crate::desk::contract::{Answer, Door, Envelope};
use crate::desk::{Counter, Desk, Peer};
use crate::domain::refusal::Problem;
use crate::hub::client::Hear;
use crate::hub::{JoinFault, Line, Place, Starter};
use crate::store::{Fault, Home};

/// A store that another process has open is free, or has its hub in place, within this time.
const FREE_WITHIN: Duration = Duration::from_secs(10);
/// A hub that was started is there within this time.
const START_WITHIN: Duration = Duration::from_secs(20);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// The way to the desk.
pub(super) enum Way {
    /// In this process, which holds the store.
    Here(Box<Counter>),
    /// Through a hub.
    Hub(Line),
}

impl Door for Way {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        match self {
            Self::Here(counter) => counter.ask(envelope),
            Self::Hub(line) => line.ask(envelope),
        }
    }

    fn ask_all(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        match self {
            Self::Here(counter) => counter.ask_all(envelopes),
            Self::Hub(line) => line.ask_all(envelopes),
        }
    }

    fn recover(&mut self) -> bool {
        match self {
            Self::Here(counter) => counter.recover(),
            // Nobody sits before a screen that must not stand still.
            Self::Hub(line) => {
                let end = Instant::now() + START_WITHIN;
                while !line.recover() {
                    if Instant::now() > end {
                        return false;
                    }
                    std::thread::sleep(PAUSE);
                }
                true
            }
        }
    }
}

impl Way {
    /// A desk in this process.
    pub(super) fn here(desk: Desk) -> Self {
        Self::Here(Box::new(counter(desk)))
    }

    /// Closes the store, where it is in this process.
    pub(super) fn close(self) -> Result<(), Trouble> {
        match self {
            Self::Here(counter) => Ok(counter.into_desk().close()?),
            Self::Hub(_) => Ok(()),
        }
    }
}

/// The door to a desk in this process, for the account that runs the program.
pub(super) fn counter(desk: Desk) -> Counter {
    let uid = rustix::process::geteuid().as_raw();
    let owner = Place::beside(&desk.home().dir).owner();
    let owner = uid == 0 || owner.is_none_or(|owner| owner == uid);
    Counter::new(desk, Peer { uid, owner })
}

/// The place of the hub for these arguments.
pub(super) fn hub_place(global: &Global) -> Result<Place, Trouble> {
    let place = place::place(global)?;
    Ok(Place::new(&place.data, &place.sockets))
}

/// The way for one command: through the hub that is there, else in this process. A store that is
/// just being opened or closed by another process is waited for.
pub(super) fn find(global: &Global) -> Result<Way, Trouble> {
    let place = hub_place(global)?;
    let clock = global.clock.as_deref().map(set_clock).transpose()?;
    let end = Instant::now() + FREE_WITHIN;
    loop {
        match Line::join(place.clone(), None, Duration::ZERO, deaf()) {
            Ok(line) => {
                if clock.is_some() && line.clock() != clock.as_ref().map(Clock::now) {
                    return Err(JoinFault::OtherClock.into());
                }
                // Once it is lost it is worth having again: an import may be in the middle.
                line.start_with(starter(global, &place)?);
                return Ok(Way::Hub(line));
            }
            Err(JoinFault::NotThere) => {}
            Err(fault) => return Err(fault.into()),
        }
        match Home::open(place.data()) {
            Ok(home) => return Ok(Way::here(opened(home, place.data(), clock)?)),
            Err(Fault::Locked { .. }) if Instant::now() < end => std::thread::sleep(PAUSE),
            Err(fault) => return Err(fault.into()),
        }
    }
}

/// A desk over an open store, by the rules of its site.
///
/// # Errors
/// When the site's own file cannot be read or is wrong, or `--clock` is given for a store that is
/// no rehearsal.
pub(super) fn opened(home: Home, dir: &Path, clock: Option<SetClock>) -> Result<Desk, Trouble> {
    let set = clock.is_some();
    let desk = Desk::open(home, options(dir, clock)?)?;
    if let Some(fault) = desk.profile_fault() {
        return Err(fault.into());
    }
    if set && desk.site().is_none_or(|site| !site.rehearsal) {
        desk.close()?;
        return Err(Problem::new("clock-needs-rehearsal").into());
    }
    Ok(desk)
}

/// A line to the hub, which is started when none is there.
///
/// # Errors
/// When there is no hub and none can be started: then what stands in its way.
pub(super) fn line(global: &Global, hear: Hear) -> Result<Line, Trouble> {
    let place = hub_place(global)?;
    let starter = starter(global, &place)?;
    match Line::join(place.clone(), Some(starter), START_WITHIN, hear) {
        Ok(line) => Ok(line),
        Err(fault @ (JoinFault::NotStarted | JoinFault::NotThere)) => {
            Err(why_not(global, &place).unwrap_or_else(|| fault.into()))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn starter(global: &Global, place: &Place) -> Result<Starter, Trouble> {
    let data = place.data().display().to_string();
    let mut arguments = vec![
        "--data".to_owned(),
        data,
        "hub".to_owned(),
        "--detach".to_owned(),
    ];
    if let Some(clock) = &global.clock {
        arguments.extend(["--clock".to_owned(), clock.clone()]);
    }
    let mut starter = Starter::this_program(arguments)?;
    let clock = global.clock.as_deref().map(set_clock).transpose()?;
    starter.clock = clock.as_ref().map(Clock::now);
    Ok(starter)
}

/// Why a hub ended as soon as it was started: what this process meets when it opens the store.
fn why_not(global: &Global, place: &Place) -> Option<Trouble> {
    let clock = global.clock.as_deref().map(set_clock).transpose();
    let desk = clock.and_then(|clock| {
        let home = Home::open(place.data())?;
        opened(home, place.data(), clock)
    });
    match desk {
        Ok(desk) => desk.close().err().map(Trouble::from),
        Err(trouble) => Some(trouble),
    }
}

/// One command has no use for news.
fn deaf() -> Hear {
    Arc::new(|_| {})
}
