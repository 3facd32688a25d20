//! What the thread at the sockets looks at about once a second, and how the hub closes.

use std::time::{Duration, Instant};

use rustix::event::epoll;

use super::guest::{Asked, Guest, Nature, Why};
use super::switch::{DOOR, Phase, Switch, refuse};
use super::writer::{GuestId, Matter, busy};
use crate::desk::contract::{Failure, News};

/// A call at the desk that takes longer than this is answered without it.
const HANGS_AFTER: Duration = Duration::from_secs(8);
/// What is under way when the hub is to close gets so much time.
const FINISH_WITHIN: Duration = Duration::from_secs(10);
/// The last words of the hub get so much time.
const FAREWELL: Duration = Duration::from_secs(2);
/// Whoever started the hub comes within this time.
const FIRST_WITHIN: Duration = Duration::from_secs(10);

impl Switch {
    /// Looks at deadlines, at the desk, and whether the hub is still found.
    pub(super) fn look(&mut self) {
        let now = Instant::now();
        self.looked = now;
        let overdue: Vec<(GuestId, Why)> = self
            .guests
            .iter()
            .filter_map(|(id, guest)| Some((*id, guest.overdue(now)?)))
            .collect();
        for (id, why) in overdue {
            self.end(id, why);
        }
        if self.shut {
            let data = epoll::EventData::new_u64(DOOR);
            let flags = epoll::EventFlags::IN;
            self.shut = epoll::add(&self.epoll, &self.ends.bound.listener, data, flags).is_err();
        }
        self.watch_desk();
        if !self.guests.is_empty() {
            self.alone_since = now;
        }
        if matches!(self.phase, Phase::Open) {
            self.stay_found();
            let alone = now.saturating_duration_since(self.alone_since);
            let first = if self.visited {
                Duration::ZERO
            } else {
                FIRST_WITHIN
            };
            if self
                .settings
                .linger
                .is_some_and(|linger| alone >= linger.max(first))
            {
                self.log().event("hub-nobody-there", &[]);
                self.ends.stopper.stop(false);
            }
        }
    }

    /// A desk that hangs is told to those who wait for it: what they asked may yet be done.
    fn watch_desk(&mut self) {
        let under_way = self.pulse.under_way();
        let hangs = under_way > HANGS_AFTER;
        if hangs != self.hanging {
            self.hanging = hangs;
            let seconds = under_way.as_secs().to_string();
            let name = if hangs {
                "hub-desk-hangs"
            } else {
                "hub-desk-moves"
            };
            self.log().warning(name, &[("seconds", &seconds)]);
        }
        if !hangs {
            return;
        }
        for id in self.everybody() {
            let Some(guest) = self.guests.get_mut(&id) else {
                continue;
            };
            let long = |since: Instant| since.elapsed() > HANGS_AFTER;
            let failure = match guest.asked {
                Some((Asked::One { of, .. }, since)) if long(since) => match of {
                    Nature::Change => unknown(),
                    Nature::Look => busy(),
                    Nature::Care => continue,
                },
                Some((Asked::Many(_), since)) if long(since) => unknown(),
                _ => continue,
            };
            refuse(guest, &failure);
            guest.owed += 1;
            self.go_on(id);
        }
    }

    /// A socket that was taken away is put back; a hub whose data folder is gone closes.
    fn stay_found(&mut self) {
        if self.ends.place.is_found(&self.ends.bound) {
            return;
        }
        if !self.ends.place.data().is_dir() || !self.ends.place.folder().is_dir() {
            self.log().warning("hub-folder-gone", &[]);
            self.ends.stopper.stop(false);
            return;
        }
        self.log().warning("hub-socket-gone", &[]);
        let Ok(bound) = self.ends.place.bind(self.settings.group) else {
            return;
        };
        let _ = epoll::delete(&self.epoll, &self.ends.bound.listener);
        let data = epoll::EventData::new_u64(DOOR);
        let watched = bound.listener.set_nonblocking(true).is_ok_and(|()| {
            epoll::add(&self.epoll, &bound.listener, data, epoll::EventFlags::IN).is_ok()
        });
        self.shut = !watched;
        self.ends.bound = bound;
    }

    /// Closes in order, step by step, once that is wanted.
    pub(super) fn close_when_wanted(&mut self) {
        if let (Phase::Open, Some(stopped)) = (self.phase, self.ends.stopper.wanted()) {
            let name = if stopped {
                "hub-stopping"
            } else {
                "hub-draining"
            };
            self.log().event(name, &[]);
            self.ends.place.unbind(&self.ends.bound);
            let _ = epoll::delete(&self.epoll, &self.ends.bound.listener);
            let since = Instant::now();
            self.phase = Phase::Finishing { stopped, since };
            for id in self.everybody() {
                self.watch(id);
            }
        }
        if let Phase::Finishing { stopped, since } = self.phase {
            let works = |guest: &Guest| guest.greeted && (guest.asked.is_some() || guest.keeping);
            let busy = self.guests.values().any(works);
            if !busy || since.elapsed() > FINISH_WITHIN {
                self.phase = Phase::Parting {
                    since: Instant::now(),
                };
                self.part(stopped);
            }
        }
        if let Phase::Parting { since } = self.phase
            && (self.guests.is_empty() || since.elapsed() > FAREWELL)
        {
            let _ = self.ends.matters.send(Matter::Close);
            self.guests.clear();
        }
    }

    /// Tells everybody, and lets each go who has heard it.
    fn part(&mut self, stopped: bool) {
        for id in self.everybody() {
            if let Some(guest) = self.guests.get_mut(&id) {
                guest.tell(News::Leaving { stopped });
                guest.last_words = true;
            }
            self.go_on(id);
        }
    }

    fn everybody(&self) -> Vec<GuestId> {
        self.guests.keys().copied().collect()
    }
}

/// Whether a change was done is not known; sent again under its id, it is not done twice.
fn unknown() -> Failure {
    Failure::Fault {
        key: "unknown".to_owned(),
        args: Vec::new(),
    }
}
