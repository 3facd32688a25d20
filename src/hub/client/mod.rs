//! A session's end of a line: the desk's door over a socket.
//!
//! The line knows how to come back after it was lost: it joins the hub that is there or starts
//! one, takes the seat again, and sends the drafts that were not acknowledged. Requests are sent
//! again by the session, which knows which of them still matter.

mod fault;
mod outbox;
mod start;
mod wire;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub use fault::JoinFault;
pub use outbox::{LineDrafts, Outbox};
pub use start::Starter;

use super::frame::CALL_LIMIT;
use super::place::Place;
use super::protocol::{Call, MOST_TOGETHER, Status, Verified, Word};
use crate::desk::contract::{
    Answer, Door, Envelope, Failure, News, Reply, Request, RequestId, Sitting, Ticket,
};
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::Stamp;
use crate::store::codec;
use wire::Wire;

/// An answer comes within this time, or the line is lost.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// The answers to a batch.
const BATCH_WITHIN: Duration = Duration::from_mins(1);
/// Everything in a large store is read, or written anew.
const CARE_WITHIN: Duration = Duration::from_hours(1);
/// Between two looks whether a hub that was started is there.
const PAUSE: Duration = Duration::from_millis(10);

/// Is told what the hub says without having been asked, from a thread of the line's.
pub type Hear = Arc<dyn Fn(News) + Send + Sync>;

/// A line to a hub. Clones are the same line.
#[derive(Clone)]
pub struct Line(Arc<Mutex<Inner>>);

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line").finish_non_exhaustive()
    }
}

struct Inner {
    place: Place,
    starter: Option<Starter>,
    hear: Hear,
    wire: Option<Wire>,
    outbox: Outbox,
    /// The administrator closed the hub: it is not to be started again by a session.
    stopped: Arc<AtomicBool>,
    clock: Option<Stamp>,
    seat: Seat,
}

/// What is needed to take the seat again.
#[derive(Default)]
struct Seat {
    ticket: Option<Ticket>,
    locked: Arc<AtomicBool>,
    open: Option<Number>,
}

impl Line {
    /// Joins the hub of a place; where none is there, has it started and waits for it.
    ///
    /// # Errors
    /// When there is no hub after that time, or it is not for this program.
    pub fn join(
        place: Place,
        starter: Option<Starter>,
        within: Duration,
        hear: Hear,
    ) -> Result<Self, JoinFault> {
        let mut inner = Inner {
            place,
            starter,
            hear,
            wire: None,
            outbox: Outbox::default(),
            stopped: Arc::default(),
            clock: None,
            seat: Seat::default(),
        };
        let end = Instant::now() + within;
        loop {
            let why = match inner.try_once() {
                Ok(()) => return Ok(Self(Arc::new(Mutex::new(inner)))),
                Err(why) => why,
            };
            let passes = matches!(why, JoinFault::NotThere | JoinFault::Silent);
            if !passes || Instant::now() >= end {
                return Err(why);
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// A place for the drafts of the session on this line.
    pub fn drafts(&self) -> LineDrafts {
        LineDrafts {
            outbox: self.inner().outbox.clone(),
            line: self.clone(),
        }
    }

    /// From now on has a hub started where the one that is there is lost.
    pub fn start_with(&self, starter: Starter) {
        self.inner().starter = Some(starter);
    }

    /// What the clock of the hub was set to, in a store for training.
    pub fn clock(&self) -> Option<Stamp> {
        self.inner().clock
    }

    /// How the hub is.
    ///
    /// # Errors
    /// When the line is lost.
    pub fn status(&self) -> Result<Status, Failure> {
        match self.inner().call(&Call::Status, ANSWER_WITHIN)? {
            Word::Status(status) => Ok(*status),
            _ => Err(Failure::internal()),
        }
    }

    /// Has the hub close; whether it obeys.
    ///
    /// # Errors
    /// When the line is lost.
    pub fn leave(&self, stopped: bool) -> Result<bool, Failure> {
        match self.inner().call(&Call::Leave { stopped }, ANSWER_WITHIN)? {
            Word::Leaving(obeys) => Ok(obeys),
            _ => Err(Failure::internal()),
        }
    }

    /// Has the hub read everything and say what does not add up. It serves nobody else meanwhile.
    ///
    /// # Errors
    /// When the line is lost, or what is to be read cannot be.
    pub fn verify(&self, head: Option<String>) -> Result<Verified, Failure> {
        match self.inner().call(&Call::Verify { head }, CARE_WITHIN)? {
            Word::Verified(verified) => verified,
            _ => Err(Failure::internal()),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Door for Line {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        self.inner().ask(envelope)
    }

    fn ask_all(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        let mut inner = self.inner();
        let mut answers = Vec::with_capacity(envelopes.len());
        while let Some(rest) = envelopes.get(answers.len()..).filter(|it| !it.is_empty()) {
            answers.extend(inner.ask_some(rest));
        }
        answers
    }

    fn recover(&mut self) -> bool {
        let mut inner = self.inner();
        inner.is_there() || inner.try_once().is_ok()
    }
}

impl Inner {
    fn is_there(&self) -> bool {
        self.wire.as_ref().is_some_and(Wire::is_there)
    }

    /// Tries once to have a line: joins the hub that is there, or has one started for next time.
    fn try_once(&mut self) -> Result<(), JoinFault> {
        self.wire = None;
        let joined = Wire::join(&self.place, self.ears()).inspect_err(|why| {
            if *why == JoinFault::NotThere {
                self.outbox.detach();
            }
        });
        let (wire, clock) = match joined {
            Err(JoinFault::NotThere) => return Err(self.start()),
            joined => joined?,
        };
        if let Some(starter) = &mut self.starter {
            starter.is_there();
            if starter.clock.is_some() && starter.clock != clock {
                return Err(JoinFault::OtherClock);
            }
        }
        self.stopped.store(false, Ordering::Relaxed);
        self.clock = clock;
        let sender = wire.sender();
        self.wire = Some(wire);
        self.sit_down_again();
        self.outbox.attach(sender);
        Ok(())
    }

    /// No hub is there: has one started, unless a session is not to do that.
    fn start(&mut self) -> JoinFault {
        if let Some((contract, _)) = self.place.others().first() {
            return JoinFault::OtherContract {
                contract: *contract,
            };
        }
        if self.stopped.load(Ordering::Relaxed) {
            return JoinFault::Stopped;
        }
        match &mut self.starter {
            None => JoinFault::NotThere,
            Some(starter) => match starter.start() {
                Ok(()) => JoinFault::NotThere,
                Err(why) => why,
            },
        }
    }

    /// What becomes of what the hub says without having been asked.
    fn ears(&self) -> wire::Ears {
        let (hear, stopped) = (Arc::clone(&self.hear), Arc::clone(&self.stopped));
        let (locked, outbox) = (Arc::clone(&self.seat.locked), self.outbox.clone());
        wire::Ears {
            news: Box::new(move |news| {
                match news {
                    News::Leaving { stopped: for_good } => {
                        stopped.store(for_good, Ordering::Relaxed);
                    }
                    News::Locked => locked.store(true, Ordering::Relaxed),
                    _ => {}
                }
                hear(news);
            }),
            outbox,
        }
    }

    /// Takes the seat again as it was. A seat that is no longer to be had is one that somebody
    /// has to sign in at, which the next answer says.
    fn sit_down_again(&mut self) {
        let Some(ticket) = self.seat.ticket.clone() else {
            return;
        };
        let locked = self.seat.locked.load(Ordering::Relaxed);
        let open = self.seat.open;
        let resumed = self.ask(&sitting(Sitting::Resume { ticket, locked }));
        match resumed {
            Ok(_) => {
                self.seat.locked.store(locked, Ordering::Relaxed);
                if open.is_some() {
                    // Who else has the record open is told, or it is not; nothing hangs on it.
                    let _ = self.ask(&sitting(Sitting::Open(open)));
                }
            }
            Err(failure) if failure.is_line_lost() => {}
            Err(_) => self.seat = Seat::default(),
        }
    }

    fn ask(&mut self, envelope: &Envelope) -> Answer {
        let call = Call::Ask(Box::new(envelope.clone()));
        let within = match envelope.request {
            Request::Care(_) => CARE_WITHIN,
            _ => ANSWER_WITHIN,
        };
        let answer = match self.call(&call, within)? {
            Word::Answer { id, answer } if id == envelope.id => *answer,
            _ => return Err(Failure::internal()),
        };
        self.remember(&envelope.request, &answer);
        answer
    }

    /// As many of the first requests as one call takes; at least one answer.
    fn ask_some(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        let mut room = CALL_LIMIT / 2;
        let mut count = 0;
        for envelope in envelopes.iter().take(MOST_TOGETHER) {
            // Only changes go together; anything else is asked in its turn.
            let is_change = matches!(envelope.request, Request::Do(_));
            if !is_change && count > 0 {
                break;
            }
            let size = codec::pack(envelope).map_or(usize::MAX, |bytes| bytes.len());
            if size > room && count > 0 {
                break;
            }
            room = room.saturating_sub(size);
            count += 1;
            if !is_change {
                break;
            }
        }
        let some = envelopes.get(..count).unwrap_or_default();
        if let [one] = some {
            return vec![self.ask(one)];
        }
        match self.call(&Call::AskAll(some.to_vec()), BATCH_WITHIN) {
            Ok(Word::Answers(answers)) => self.all_of(answers, count),
            Ok(_) => vec![Err(Failure::internal()); count],
            Err(failure) => vec![Err(failure); count],
        }
    }

    /// The answers to a batch, of which the first are here and the rest is to come.
    fn all_of(&mut self, mut answers: Vec<Answer>, count: usize) -> Vec<Answer> {
        while answers.len() < count {
            let more = self.wire.as_ref().map(|wire| wire.more(BATCH_WITHIN));
            match more {
                Some(Ok(Word::Answers(more))) if !more.is_empty() => answers.extend(more),
                _ => {
                    // Nothing on this line can be matched to a request any more.
                    self.wire = None;
                    answers.resize(count, Err(Failure::line_lost()));
                }
            }
        }
        answers.truncate(count);
        answers
    }

    /// Says something and waits for what comes back.
    fn call(&mut self, call: &Call, within: Duration) -> Result<Word, Failure> {
        let Some(wire) = &self.wire else {
            return Err(Failure::line_lost());
        };
        let word = wire.call(call, within);
        if word.as_ref().is_err_and(Failure::is_line_lost) {
            self.wire = None;
        }
        word
    }

    /// Keeps what is needed to take the seat again.
    fn remember(&mut self, request: &Request, answer: &Answer) {
        let (Request::Sit(sitting), Ok(reply)) = (request, answer) else {
            return;
        };
        if let Reply::Seated(seated) = reply {
            self.seat.ticket = Some(seated.ticket.clone());
            self.seat.locked.store(false, Ordering::Relaxed);
        }
        match sitting {
            Sitting::Lock => self.seat.locked.store(true, Ordering::Relaxed),
            Sitting::SignOut => self.seat = Seat::default(),
            Sitting::Open(number) => self.seat.open = *number,
            _ => {}
        }
    }
}

/// An envelope around what concerns the seat: the desk knows who sits there.
fn sitting(sitting: Sitting) -> Envelope {
    Envelope {
        id: RequestId(fastrand::u64(1..)),
        operator: Number {
            kind: Kind::Operator,
            year: 0,
            seq: 0,
        },
        accept: Vec::new(),
        request: Request::Sit(sitting),
    }
}
