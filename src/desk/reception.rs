//! The desk with the seats at it: who sits where, what a seat may ask, what seats are told unasked.
//!
//! The hub has one reception for all lines, and a program that works without a hub has one with a
//! single seat ([`Counter`]). What a request means is decided by `engine` behind it; a request that
//! needs a password checked is handed out as [`Work`], because the check takes long on purpose and
//! must not hold up anybody else.

mod admit;
mod attempts;
mod counter;
mod news;
mod passwords;
mod sign_in;
#[cfg(test)]
mod tests;
mod ticket;
mod work;

use std::collections::{BTreeMap, BTreeSet};

pub use counter::Counter;
pub use work::{Work, Worked};

use super::contract::{
    Answer, Command, Door as _, Envelope, Failure, News, Owed, Reply, Request, RequestId, Sitting,
};
use super::engine::Desk;
use crate::domain::number::Number;
use crate::domain::record::Record;
use attempts::Attempts;
use work::Purpose;

/// A seat at the desk: one line, one person or program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SeatId(u64);

/// What the kernel says of the other end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// The account.
    pub uid: u32,
    /// The account owns the data folder.
    pub owner: bool,
}

/// Somebody at the desk.
#[derive(Debug, Clone)]
struct Seat {
    peer: Peer,
    operator: Option<Number>,
    locked: bool,
    /// What the operator must do before anything else.
    owed: Vec<Owed>,
    open: Option<Number>,
}

/// What became of a request: an answer, or work to be done elsewhere first.
pub enum Served {
    /// The answer.
    Answer(Box<Answer>),
    /// To be worked off in any thread, and then finished.
    Work(Work),
}

impl From<Answer> for Served {
    fn from(answer: Answer) -> Self {
        Self::Answer(Box::new(answer))
    }
}

/// The desk with the seats at it.
pub struct Reception {
    desk: Desk,
    seats: BTreeMap<SeatId, Seat>,
    next: u64,
    news: Vec<(SeatId, News)>,
    attempts: Attempts,
}

impl Reception {
    /// Nobody sits at the desk yet.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            seats: BTreeMap::new(),
            next: 1,
            news: Vec::new(),
            attempts: Attempts::default(),
        }
    }

    /// The desk behind it.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The desk behind it, for its care: compaction, closing.
    pub fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// Gives the desk back when nobody sits at it any more.
    pub fn into_desk(self) -> Desk {
        self.desk
    }

    /// A new line: a seat nobody has taken.
    pub fn enter(&mut self, peer: Peer) -> SeatId {
        let id = SeatId(self.next);
        self.next = self.next.saturating_add(1);
        let seat = Seat {
            peer,
            operator: None,
            locked: false,
            owed: Vec::new(),
            open: None,
        };
        self.seats.insert(id, seat);
        id
    }

    /// A line is gone, and the seat with it.
    pub fn leave(&mut self, id: SeatId) {
        if let Some(seat) = self.seats.remove(&id) {
            self.tell_who_has(seat.open);
        }
    }

    /// How many seats there are, and the operators at them.
    pub fn seated(&self) -> Vec<Option<Number>> {
        self.seats.values().map(|seat| seat.operator).collect()
    }

    /// The operator at a seat.
    pub fn operator_at(&self, id: SeatId) -> Option<Number> {
        self.seats.get(&id)?.operator
    }

    /// Whether a seat is locked: nothing is shown there until somebody signs in again.
    pub fn is_locked(&self, id: SeatId) -> bool {
        self.seats.get(&id).is_some_and(|seat| seat.locked)
    }

    /// Serves requests that wait, at most one of each seat save changes, of which a seat may have
    /// several in a row. Changes come first, in as few frames as possible; the order of the
    /// answers is that of the requests.
    pub fn serve(&mut self, requests: Vec<(SeatId, Envelope)>) -> Vec<Served> {
        let mut served: Vec<Option<Served>> = Vec::with_capacity(requests.len());
        let mut changes: Vec<(usize, SeatId)> = Vec::new();
        let mut envelopes: Vec<Envelope> = Vec::new();
        let mut others: Vec<(usize, SeatId, Envelope)> = Vec::new();
        for (place, (seat, envelope)) in requests.into_iter().enumerate() {
            served.push(None);
            if !matches!(envelope.request, Request::Do(_)) {
                others.push((place, seat, envelope));
            } else if let Err(failure) = self.admit(seat, &envelope) {
                put(&mut served, place, Err(failure).into());
            } else {
                changes.push((place, seat));
                envelopes.push(envelope);
            }
        }
        let answers = self.desk.ask_all(&envelopes);
        let mut touched: BTreeMap<SeatId, BTreeSet<Number>> = BTreeMap::new();
        for (((place, seat), envelope), answer) in changes.into_iter().zip(envelopes).zip(answers) {
            if let Ok(Reply::Done { record, also, .. }) = &answer {
                let records = || also.iter().chain([&**record]);
                let numbers = records().map(Record::number);
                touched.entry(seat).or_default().extend(numbers);
                if matches!(envelope.request, Request::Do(Command::SetUp { .. })) {
                    self.sit_down_first(seat, record);
                }
                records().for_each(|record| self.follow(record));
            }
            put(&mut served, place, answer.into());
        }
        self.tell_changed(&touched);
        for (place, seat, envelope) in others {
            // Only now: a change among these requests may have taken the seat away.
            let one = match self.admit(seat, &envelope) {
                Ok(()) => self.one(seat, envelope),
                Err(failure) => Err(failure).into(),
            };
            put(&mut served, place, one);
        }
        let nothing = || Err(Failure::internal()).into();
        served
            .into_iter()
            .map(|one| one.unwrap_or_else(nothing))
            .collect()
    }

    /// A request that changes no record of the desk's work.
    fn one(&mut self, id: SeatId, mut envelope: Envelope) -> Served {
        if let Request::Sit(sitting) = envelope.request {
            return self.sit(id, envelope.id, sitting);
        }
        // Who asks is who sits there, whatever the request says.
        envelope.operator = self.operator_at(id).unwrap_or(envelope.operator);
        let answer = self.desk.ask(&envelope);
        self.without_secrets(id, answer).into()
    }

    fn sit(&mut self, id: SeatId, request: RequestId, sitting: Sitting) -> Served {
        // Who somebody is must not be read out of a store that has failed.
        if let Err(fault) = self.desk.mend() {
            return Err(fault.into()).into();
        }
        let served = match sitting {
            Sitting::SignIn { login, proof } => self.sign_in(id, &login, proof),
            Sitting::Resume { ticket, locked } => self.resume(id, &ticket, locked),
            Sitting::Lock => Ok(self.lock(id)),
            Sitting::SignOut => {
                self.take_seat(id, None);
                Ok(Ok(Reply::Noted).into())
            }
            Sitting::Open(number) => {
                self.opened(id, number);
                Ok(Ok(Reply::Noted).into())
            }
            Sitting::Announce { digits, to } => self.announce(id, &digits, to.as_deref()),
            Sitting::TakeCall { digits } => {
                self.call_taken(id, &digits);
                Ok(Ok(Reply::Noted).into())
            }
            Sitting::ChangePassword { old, new } => self.change_password(id, request, old, new),
            Sitting::Issue { login, what } => self.issue(id, &login, what),
        };
        served.unwrap_or_else(|failure| Err(failure).into())
    }

    /// Goes on with a request whose work was done.
    pub fn finish(&mut self, seat: SeatId, worked: Worked) -> Answer {
        if !self.seats.contains_key(&seat) {
            return Err(Failure::line_lost());
        }
        self.desk.mend()?;
        let Worked {
            purpose,
            matches,
            hashed,
        } = worked;
        match purpose {
            Purpose::SignIn(checked) => self.signed_in(seat, &checked, matches),
            Purpose::Change(request, checked) => {
                self.changed_password(seat, request, &checked, hashed.filter(|_| matches))
            }
            Purpose::Issue(issued) => self.issued_password(seat, issued, hashed),
        }
    }

    /// What seats are to be told since this was last asked.
    pub fn news(&mut self) -> Vec<(SeatId, News)> {
        std::mem::take(&mut self.news)
    }

    /// Does what time asks for: called about once a second, and before the desk is closed.
    pub fn tick(&mut self) {
        // What could not be written waits for the next time; whoever looks meanwhile is told.
        let _ = self.desk.flush_looks();
        self.desk.tend_search();
    }
}

fn put(served: &mut [Option<Served>], place: usize, one: Served) {
    if let Some(slot) = served.get_mut(place) {
        *slot = Some(one);
    }
}
