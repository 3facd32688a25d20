//! The thread at the sockets: lines come and go, calls go to the desk, words come back.
//!
//! Nothing here waits for anything but the sockets and the bell, so that no line can hold up
//! another.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use rustix::event::{Timespec, epoll};
use rustix::net::sockopt::socket_peercred;

use super::guest::{Asked, Guest, Why};
use super::post::Letters;
use super::pulse::Pulse;
use super::writer::{GuestId, Matter};
use super::{Ends, Settings};
use crate::desk::Peer;
use crate::desk::contract::Failure;
use crate::hub::protocol::Word;
use crate::log::Log;

/// The bell and the socket among what is watched; lines have the numbers after them.
const BELL: u64 = 0;
pub(super) const DOOR: u64 = 1;
/// Deadlines are looked at this often.
const LOOK: Duration = Duration::from_secs(1);
/// Lines that have not yet said what they are; of more, the oldest are let go.
const MOST_STRANGERS: usize = 64;
/// Read at once.
const SCRATCH: usize = 64 << 10;

/// How far the hub is with closing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Phase {
    Open,
    /// Nobody may come or ask any more; what is under way is finished.
    Finishing {
        stopped: bool,
        since: Instant,
    },
    /// Everybody has been told.
    Parting {
        since: Instant,
    },
}

/// The thread at the sockets.
pub(super) struct Switch {
    pub(super) ends: Ends,
    pub(super) letters: Letters,
    pub(super) pulse: Pulse,
    pub(super) settings: Settings,
    pub(super) epoll: rustix::fd::OwnedFd,
    pub(super) guests: BTreeMap<GuestId, Guest>,
    next: GuestId,
    pub(super) phase: Phase,
    /// Nobody has been there since.
    pub(super) alone_since: Instant,
    pub(super) looked: Instant,
    /// The door is not watched, because the system has no more files to give.
    pub(super) shut: bool,
    pub(super) hanging: bool,
    /// Somebody has been there.
    pub(super) visited: bool,
    owner: Option<u32>,
    pub(super) me: u32,
}

impl Switch {
    pub(super) fn new(
        ends: Ends,
        letters: Letters,
        pulse: Pulse,
        settings: Settings,
    ) -> io::Result<Self> {
        let epoll = epoll::create(epoll::CreateFlags::CLOEXEC)?;
        ends.bound.listener.set_nonblocking(true)?;
        let watch = |fd: &dyn std::os::fd::AsFd, key| {
            let data = epoll::EventData::new_u64(key);
            epoll::add(&epoll, fd.as_fd(), data, epoll::EventFlags::IN)
        };
        watch(&letters.heard, BELL)?;
        watch(&ends.bound.listener, DOOR)?;
        let now = Instant::now();
        Ok(Self {
            owner: ends.place.owner(),
            me: rustix::process::geteuid().as_raw(),
            ends,
            letters,
            pulse,
            settings,
            epoll,
            guests: BTreeMap::new(),
            next: DOOR + 1,
            phase: Phase::Open,
            alone_since: now,
            looked: now,
            shut: false,
            hanging: false,
            visited: false,
        })
    }

    /// Serves until the hub is to close and everybody has been told.
    pub(super) fn run(&mut self, desk_is_gone: impl Fn() -> bool) -> io::Result<()> {
        let mut scratch = vec![0; SCRATCH];
        let mut events = Vec::with_capacity(64);
        loop {
            events.clear();
            let room = rustix::buffer::spare_capacity(&mut events);
            match epoll::wait(&self.epoll, room, Some(&patience())) {
                Err(rustix::io::Errno::INTR) | Ok(_) => {}
                Err(error) => return Err(error.into()),
            }
            for event in &events {
                match event.data.u64() {
                    BELL => self.letters.heard(),
                    DOOR => self.let_in(),
                    guest => self.attend(guest, event.flags, &mut scratch),
                }
            }
            self.pass_on();
            if self.looked.elapsed() >= LOOK {
                self.look();
            }
            if desk_is_gone() {
                self.ends.place.unbind(&self.ends.bound);
                return Ok(());
            }
            self.close_when_wanted();
        }
    }

    pub(super) fn log(&self) -> &Log {
        &self.settings.log
    }

    /// Lets everybody in who waits at the door.
    fn let_in(&mut self) {
        loop {
            match self.ends.bound.listener.accept() {
                Ok((stream, _)) => {
                    if let Err(error) = self.welcome(stream) {
                        let why = error.to_string();
                        self.log().warning("hub-not-let-in", &[("why", &why)]);
                    }
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return,
                Err(error) => {
                    // No more files: those who are here are served, and the door is looked at
                    // again in a while.
                    let why = error.to_string();
                    self.log().warning("hub-door-shut", &[("why", &why)]);
                    self.shut = epoll::delete(&self.epoll, &self.ends.bound.listener).is_ok();
                    return;
                }
            }
        }
    }

    fn welcome(&mut self, stream: UnixStream) -> io::Result<()> {
        stream.set_nonblocking(true)?;
        let who = socket_peercred(&stream)?;
        let uid = who.uid.as_raw();
        let peer = Peer {
            uid,
            owner: uid == 0 || Some(uid) == self.owner,
        };
        let id = self.next;
        self.next += 1;
        let data = epoll::EventData::new_u64(id);
        epoll::add(&self.epoll, &stream, data, epoll::EventFlags::IN)?;
        let pid = who.pid.as_raw_nonzero().get();
        self.guests
            .insert(id, Guest::new(stream, peer, pid, Instant::now()));
        let mut strangers = self.guests.iter().filter(|(_, guest)| !guest.greeted);
        let oldest = strangers.next().map(|(id, _)| *id);
        if strangers.count() >= MOST_STRANGERS
            && let Some(oldest) = oldest
        {
            self.end(oldest, Why::Silent);
        }
        Ok(())
    }

    /// A line can be read or written.
    fn attend(&mut self, id: GuestId, flags: epoll::EventFlags, scratch: &mut [u8]) {
        let Some(guest) = self.guests.get_mut(&id) else {
            return;
        };
        let readable = epoll::EventFlags::IN | epoll::EventFlags::HUP | epoll::EventFlags::ERR;
        if flags.intersects(readable) && !guest.last_words {
            let more = guest.read(scratch, Instant::now());
            if !more.unwrap_or(false) {
                self.end(id, Why::Gone);
                return;
            }
        }
        self.go_on(id);
    }

    /// Writes what is to be written, and takes calls as long as nothing is left to write: who does
    /// not read the answers does not get to ask.
    pub(super) fn go_on(&mut self, id: GuestId) {
        loop {
            let Some(guest) = self.guests.get_mut(&id) else {
                return;
            };
            match guest.write(Instant::now()) {
                Ok(true) if guest.last_words => {
                    self.end(id, Why::Gone);
                    return;
                }
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    self.end(id, Why::Gone);
                    return;
                }
            }
            if !matches!(self.phase, Phase::Open) {
                break;
            }
            match guest.frame() {
                Ok(Some(frame)) => {
                    let heard = if guest.greeted {
                        self.hear(id, &frame)
                    } else {
                        self.greet(id, &frame)
                    };
                    if let Err(why) = heard {
                        self.end(id, why);
                        return;
                    }
                }
                Ok(None) => break,
                Err(_) => {
                    self.end(id, Why::Garbage);
                    return;
                }
            }
        }
        self.watch(id);
    }

    /// Watches a line for what it can do next.
    pub(super) fn watch(&mut self, id: GuestId) {
        let finishing = !matches!(self.phase, Phase::Open);
        let Some(guest) = self.guests.get(&id) else {
            return;
        };
        let flags = match (guest.has_more(), finishing) {
            (true, _) => epoll::EventFlags::OUT,
            (false, true) => epoll::EventFlags::empty(),
            (false, false) => epoll::EventFlags::IN,
        };
        if guest.watched != flags {
            let data = epoll::EventData::new_u64(id);
            if epoll::modify(&self.epoll, &guest.stream, data, flags).is_ok()
                && let Some(guest) = self.guests.get_mut(&id)
            {
                guest.watched = flags;
            }
        }
    }

    /// Words from the desk to the lines.
    fn pass_on(&mut self) {
        let mut touched = Vec::new();
        while let Ok((id, word)) = self.letters.words.try_recv() {
            let Some(guest) = self.guests.get_mut(&id) else {
                continue;
            };
            let wanted = match word {
                Word::News(news) => {
                    guest.tell(news);
                    touched.push(id);
                    continue;
                }
                Word::Kept { .. } => {
                    guest.keeping = false;
                    true
                }
                _ => guest.settle(),
            };
            if wanted {
                guest.say(&word);
            }
            touched.push(id);
        }
        touched.sort_unstable();
        touched.dedup();
        for id in touched {
            self.go_on(id);
        }
    }

    /// Ends a line.
    pub(super) fn end(&mut self, id: GuestId, why: Why) {
        let Some(guest) = self.guests.remove(&id) else {
            return;
        };
        let (uid, pid) = (guest.peer.uid.to_string(), guest.pid.to_string());
        let values = [("why", why.id()), ("uid", &*uid), ("pid", &*pid)];
        match why {
            Why::Gone if guest.greeted => self.log().event("hub-left", &values),
            Why::Gone => {}
            _ => self.log().warning("hub-line-ended", &values),
        }
        if guest.greeted {
            let _ = self.ends.matters.send(Matter::Leave(id));
        }
        if self.guests.is_empty() {
            self.alone_since = Instant::now();
            if self.visited && self.settings.linger == Some(Duration::ZERO) {
                self.ends.stopper.stop(false);
            }
        }
    }
}

/// The time until deadlines are looked at.
fn patience() -> Timespec {
    Timespec {
        tv_sec: 1,
        tv_nsec: 0,
    }
}

/// Answers what a line waits for without the desk.
pub(super) fn refuse(guest: &mut Guest, failure: &Failure) {
    let Some((asked, _)) = guest.asked.take() else {
        return;
    };
    guest.weight = 0;
    let failed = Err(failure.clone());
    guest.say(&match asked {
        Asked::One { id, .. } => Word::Answer {
            id,
            answer: Box::new(failed),
        },
        Asked::Many(count) => Word::Answers(vec![failed; count]),
        Asked::Other => return,
    });
}
