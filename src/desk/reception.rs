//! The desk with the seats at it: who sits where, what a seat may ask, what seats are told unasked.
//!
//! The hub has one reception for all lines, and a program that works without a hub has one with a
//! single seat ([`Counter`]). What a request means is decided by `engine` behind it; a request that
//! needs a password checked is handed out as [`Work`], because the check takes long on purpose and
//! must not hold up anybody else.

use std::collections::{BTreeMap, BTreeSet};

use super::contract::{Answer, Door, Envelope, Failure, News, Query, Reply, Request, Sitting};
use super::engine::Desk;
use crate::domain::number::Number;
use crate::domain::record::Record;

/// More records than this changed at once are not named one by one.
const MOST_NAMED: usize = 64;

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
    open: Option<Number>,
}

/// What became of a request: an answer, or work to be done elsewhere first.
pub enum Served {
    /// The answer.
    Answer(Box<Answer>),
    /// To be worked off in any thread, and then finished.
    Work(Work),
}

/// A password to be checked or hashed. It takes long on purpose.
pub struct Work(Box<Answer>);

/// Work that was done.
pub struct Worked(Box<Answer>);

impl Work {
    /// Does it; in any thread.
    pub fn run(self) -> Worked {
        Worked(self.0)
    }
}

/// The desk with the seats at it.
pub struct Reception {
    desk: Desk,
    seats: BTreeMap<SeatId, Seat>,
    next: u64,
    news: Vec<(SeatId, News)>,
}

impl Reception {
    /// Nobody sits at the desk yet.
    pub fn new(desk: Desk) -> Self {
        Self {
            desk,
            seats: BTreeMap::new(),
            next: 1,
            news: Vec::new(),
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

    /// Serves requests that wait, at most one of each seat. Changes come first, in as few frames
    /// as possible; the order of the answers is that of the requests.
    pub fn serve(&mut self, requests: Vec<(SeatId, Envelope)>) -> Vec<Served> {
        let mut served: Vec<Option<Served>> = Vec::new();
        let mut changes: Vec<(usize, SeatId, Envelope)> = Vec::new();
        let mut others: Vec<(usize, SeatId, Envelope)> = Vec::new();
        for (place, (seat, envelope)) in requests.into_iter().enumerate() {
            let refused = self.admit(seat, &envelope).err();
            served.push(refused.map(|failure| Served::Answer(Box::new(Err(failure)))));
            if served.last().is_some_and(Option::is_some) {
                continue;
            }
            match &envelope.request {
                Request::Do(_) => changes.push((place, seat, envelope)),
                _ => others.push((place, seat, envelope)),
            }
        }
        let envelopes: Vec<Envelope> = changes.iter().map(|(_, _, it)| it.clone()).collect();
        let answers = self.desk.ask_all(&envelopes);
        let mut changed: BTreeMap<SeatId, BTreeSet<Number>> = BTreeMap::new();
        for ((place, seat, _), answer) in changes.into_iter().zip(answers) {
            if let Ok(Reply::Done { record, also, .. }) = &answer {
                let numbers = also.iter().chain([&**record]).map(Record::number);
                changed.entry(seat).or_default().extend(numbers);
            }
            put(&mut served, place, Served::Answer(Box::new(answer)));
        }
        self.tell_changed(&changed);
        for (place, seat, envelope) in others {
            let one = match &envelope.request {
                Request::Sit(sitting) => self.sit(seat, sitting),
                _ => Served::Answer(Box::new(self.desk.ask(&envelope))),
            };
            put(&mut served, place, one);
        }
        let nothing = || Served::Answer(Box::new(Err(Failure::internal())));
        served
            .into_iter()
            .map(|one| one.unwrap_or_else(nothing))
            .collect()
    }

    /// Goes on with a request whose work was done.
    pub fn finish(&mut self, _seat: SeatId, worked: Worked) -> Answer {
        *worked.0
    }

    /// What seats are to be told since this was last asked.
    pub fn news(&mut self) -> Vec<(SeatId, News)> {
        std::mem::take(&mut self.news)
    }

    /// Does what time asks for: called about once a second, and before the desk is closed.
    pub fn tick(&mut self) {}

    /// Whether a seat may ask this now.
    fn admit(&self, id: SeatId, _envelope: &Envelope) -> Result<(), Failure> {
        self.seats
            .get(&id)
            .map(|_| ())
            .ok_or_else(Failure::internal)
    }

    fn sit(&mut self, id: SeatId, sitting: &Sitting) -> Served {
        let answer = match sitting {
            Sitting::Open(number) => {
                self.opened(id, *number);
                Ok(Reply::Noted)
            }
            _ => Err(Failure::internal()),
        };
        Served::Answer(Box::new(answer))
    }

    /// A seat has a record open now, or none.
    fn opened(&mut self, id: SeatId, number: Option<Number>) {
        let Some(seat) = self.seats.get_mut(&id) else {
            return;
        };
        let before = std::mem::replace(&mut seat.open, number);
        if before != number {
            self.tell_who_has(before);
            self.tell_who_has(number);
        }
    }

    /// Tells every seat that has a record open who else has.
    fn tell_who_has(&mut self, number: Option<Number>) {
        let Some(number) = number else { return };
        let having: Vec<(SeatId, Option<Number>)> = self
            .seats
            .iter()
            .filter(|(_, seat)| seat.open == Some(number))
            .map(|(id, seat)| (*id, seat.operator))
            .collect();
        for (id, me) in &having {
            let others: BTreeSet<Number> = having
                .iter()
                .filter_map(|(_, operator)| *operator)
                .filter(|operator| Some(*operator) != *me)
                .collect();
            let others = others.into_iter().collect();
            self.news.push((*id, News::AlsoOpen { number, others }));
        }
    }

    /// Tells every seat but the one that did it what changed. A seat that changed something is
    /// told what the others changed.
    fn tell_changed(&mut self, changed: &BTreeMap<SeatId, BTreeSet<Number>>) {
        if changed.is_empty() {
            return;
        }
        let seq = self.desk.head().seq;
        for id in self.seats.keys() {
            let others = changed.iter().filter(|(by, _)| *by != id);
            let numbers: BTreeSet<Number> = others.flat_map(|(_, them)| them).copied().collect();
            if numbers.is_empty() {
                continue;
            }
            let named = if numbers.len() > MOST_NAMED {
                Vec::new()
            } else {
                numbers.into_iter().collect()
            };
            let news = News::Changed {
                seq,
                numbers: named,
            };
            self.news.push((*id, news));
        }
    }
}

fn put(served: &mut [Option<Served>], place: usize, one: Served) {
    if let Some(slot) = served.get_mut(place) {
        *slot = Some(one);
    }
}

/// The door to a desk in the same process: one seat, and the same questions asked of it.
pub struct Counter {
    reception: Reception,
    seat: SeatId,
}

impl Counter {
    /// A seat at a desk of its own, for the account that runs the program.
    pub fn new(desk: Desk, peer: Peer) -> Self {
        let mut reception = Reception::new(desk);
        let seat = reception.enter(peer);
        Self { reception, seat }
    }

    /// The desk behind it.
    pub fn desk(&self) -> &Desk {
        self.reception.desk()
    }

    /// The desk behind it, for its care.
    pub fn desk_mut(&mut self) -> &mut Desk {
        self.reception.desk_mut()
    }

    /// Gives the desk back, to close it.
    pub fn into_desk(mut self) -> Desk {
        self.reception.tick();
        self.reception.into_desk()
    }
}

impl Door for Counter {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        let served = self.reception.serve(vec![(self.seat, envelope.clone())]);
        // There is nobody else to be told.
        drop(self.reception.news());
        match served.into_iter().next() {
            Some(Served::Answer(answer)) => *answer,
            Some(Served::Work(work)) => self.reception.finish(self.seat, work.run()),
            None => Err(Failure::internal()),
        }
    }
}

/// Whether a look is open to a seat that nobody has taken: who works here and what the site is,
/// so that somebody can sign in.
pub(super) fn is_open_to_all(query: &Query) -> bool {
    matches!(query, Query::Hello | Query::Operators)
}
