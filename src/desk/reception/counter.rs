//! A desk in the same process, with one seat at it.

use super::{Peer, Reception, SeatId, Served};
use crate::desk::contract::{Answer, Door, Envelope, Failure, Request};
use crate::desk::engine::Desk;

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
        self.ask_all(std::slice::from_ref(envelope))
            .pop()
            .unwrap_or_else(|| Err(Failure::internal()))
    }

    fn ask_all(&mut self, envelopes: &[Envelope]) -> Vec<Answer> {
        let is_change = |envelope: &Envelope| matches!(envelope.request, Request::Do(_));
        let mut answers = Vec::with_capacity(envelopes.len());
        // Changes that follow each other share a frame; anything else is served in its turn.
        for run in envelopes.chunk_by(|a, b| is_change(a) && is_change(b)) {
            let requests = run.iter().map(|one| (self.seat, one.clone())).collect();
            for served in self.reception.serve(requests) {
                answers.push(match served {
                    Served::Answer(answer) => *answer,
                    Served::Work(work) => self.reception.finish(self.seat, work.run()),
                });
            }
        }
        // Nobody calls from a clock here: looks that waited are written with the next question.
        if self.reception.desk().looks_are_due() {
            self.reception.tick();
        }
        // There is nobody else to be told.
        drop(self.reception.news());
        answers
    }
}
