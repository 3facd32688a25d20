//! The hub: one desk, and all lines to it.
//!
//! One thread is at the sockets (`switch`), one at the desk (`writer`), one checks passwords, one
//! writes drafts. No line has a thread of its own: a line that is idle takes a few hundred bytes,
//! and one that does not read takes no more.

mod calls;
mod closing;
mod guest;
mod mailbox;
mod post;
mod pulse;
mod status;
mod switch;
#[cfg(test)]
mod tests;
mod writer;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use super::place::{Bound, Place};
use crate::desk::Desk;
use crate::domain::stamp::Stamp;
use crate::log::Log;
use crate::store::Fault;
use post::Bell;
use pulse::Pulse;
use switch::Switch;
use writer::{Matter, Writer};

/// As many lines as a hub serves, where it is not told otherwise.
const MOST_LINES: usize = 512;

/// How a hub is run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The group whose members may come too, not only its own account.
    pub group: Option<u32>,
    /// It closes when nobody has been there for so long; without, it stays.
    pub linger: Option<Duration>,
    /// What the desk's clock was set to, in a store for training.
    pub clock: Option<Stamp>,
    /// So many lines at once.
    pub most_lines: usize,
    /// Where it says what happens.
    pub log: Arc<Log>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            group: None,
            linger: None,
            clock: None,
            most_lines: MOST_LINES,
            log: Arc::new(Log::nowhere()),
        }
    }
}

/// A hub that sessions can find, and that serves them once it runs.
pub struct Hub {
    switch: Switch,
    desk: JoinHandle<Result<(), Fault>>,
    stopper: Stopper,
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hub").finish_non_exhaustive()
    }
}

/// Has a hub closed, from any thread.
#[derive(Debug, Clone)]
pub struct Stopper {
    wanted: Arc<AtomicU8>,
    bell: Bell,
}

const DRAIN: u8 = 1;
const STOP: u8 = 2;

impl Stopper {
    /// The hub finishes what is under way, tells the sessions, and closes. With `stopped` they are
    /// not to start another.
    pub fn stop(&self, stopped: bool) {
        self.wanted
            .store(if stopped { STOP } else { DRAIN }, Ordering::Release);
        self.bell.ring();
    }

    fn wanted(&self) -> Option<bool> {
        match self.wanted.load(Ordering::Acquire) {
            0 => None,
            wanted => Some(wanted == STOP),
        }
    }
}

impl Hub {
    /// Takes a desk over and puts its socket in place. Whoever calls holds the lock of the data
    /// folder through the desk.
    ///
    /// # Errors
    /// When the socket cannot be put in place, or the system gives no threads.
    pub fn open(desk: Desk, place: Place, settings: Settings) -> io::Result<Self> {
        let (post, letters) = post::post()?;
        let (matters, inbox) = channel();
        let pulse = Pulse::new();
        let stopper = Stopper {
            wanted: Arc::default(),
            bell: post.bell(),
        };
        let log = settings.log.clone();
        let writer = Writer::new(
            desk,
            place.data(),
            log,
            post,
            pulse.clone(),
            matters.clone(),
        )?;
        let bound = place.bind(settings.group)?;
        let at_desk = stopper.bell.clone();
        let desk = thread::Builder::new()
            .name("desk".to_owned())
            .spawn(move || {
                let closed = writer.run(&inbox);
                at_desk.ring();
                closed
            })?;
        let ends = Ends {
            place,
            bound,
            matters,
            stopper: stopper.clone(),
        };
        let switch = Switch::new(ends, letters, pulse, settings)?;
        Ok(Self {
            switch,
            desk,
            stopper,
        })
    }

    /// Has it closed.
    pub fn stopper(&self) -> Stopper {
        self.stopper.clone()
    }

    /// Serves until it is to close, and closes the store.
    ///
    /// # Errors
    /// Any fault of closing the store; nothing acknowledged is lost by it.
    pub fn run(self) -> Result<(), Fault> {
        let Self {
            mut switch, desk, ..
        } = self;
        let served = switch.run(|| desk.is_finished());
        drop(switch);
        let closed = desk.join().unwrap_or(Err(Fault::Stopped));
        served.map_err(|source| Fault::NotSaved { source })?;
        closed
    }
}

/// What the thread at the sockets holds.
struct Ends {
    place: Place,
    bound: Bound,
    matters: Sender<Matter>,
    stopper: Stopper,
}
