//! A chair at a desk where others sit too: the door of one session, whose line can be lost.

use std::cell::RefCell;
use std::rc::Rc;

use frontdesk::desk::contract::{
    Answer, Door, Envelope, Failure, News, Proof, Request, RequestId, Sitting,
};
use frontdesk::desk::{Peer, Reception, SeatId, Served};
use frontdesk::domain::number::{Kind, Number};

/// A desk where several sit.
pub type House = Rc<RefCell<Reception>>;

/// One of its chairs.
pub struct Chair {
    /// The desk.
    pub house: House,
    seat: SeatId,
    heard: Vec<News>,
    /// The line is gone.
    pub lost: bool,
    /// Counts down with every request; at nothing the line is lost.
    pub until_lost: Option<usize>,
    /// The request at which the line is lost is served, and only its answer lost.
    pub served_when_lost: bool,
    /// The requests served.
    pub served: usize,
}

impl Chair {
    /// A free chair.
    pub fn at(house: &House) -> Self {
        let peer = Peer {
            uid: 1000,
            owner: true,
        };
        let seat = house.borrow_mut().enter(peer);
        Self {
            house: Rc::clone(house),
            seat,
            heard: Vec::new(),
            lost: false,
            until_lost: None,
            served_when_lost: false,
            served: 0,
        }
    }

    /// Takes the chair without a password.
    pub fn sign_in(&mut self, login: &str) {
        let login = login.to_owned();
        let proof = Proof::Nothing;
        let envelope = Envelope {
            id: RequestId(0),
            operator: Number {
                kind: Kind::Operator,
                year: 0,
                seq: 0,
            },
            accept: Vec::new(),
            request: Request::Sit(Sitting::SignIn { login, proof }),
        };
        self.serve(&envelope).unwrap();
    }

    /// Locks the seat past the screen, as the hub does for another line of the operator.
    pub fn lock(&mut self) {
        let envelope = Envelope {
            id: RequestId(0),
            operator: Number {
                kind: Kind::Operator,
                year: 0,
                seq: 0,
            },
            accept: Vec::new(),
            request: Request::Sit(Sitting::Lock),
        };
        self.serve(&envelope).unwrap();
    }

    /// What this chair is to be told.
    pub fn news(&mut self) -> Vec<News> {
        let mut house = self.house.borrow_mut();
        let all = house.news();
        let mine = all.into_iter().filter(|(seat, _)| *seat == self.seat);
        self.heard.extend(mine.map(|(_, news)| news));
        std::mem::take(&mut self.heard)
    }

    fn serve(&mut self, envelope: &Envelope) -> Answer {
        let mut house = self.house.borrow_mut();
        let served = house.serve(vec![(self.seat, envelope.clone())]);
        match served.into_iter().next().unwrap() {
            Served::Answer(answer) => *answer,
            Served::Work(work) => house.finish(self.seat, work.run()),
        }
    }
}

impl Door for Chair {
    fn ask(&mut self, envelope: &Envelope) -> Answer {
        if let Some(left) = &mut self.until_lost {
            if *left == 0 {
                self.until_lost = None;
                self.lost = true;
                if self.served_when_lost {
                    let _ = self.serve(envelope);
                }
            } else {
                *left -= 1;
            }
        }
        if self.lost {
            return Err(Failure::line_lost());
        }
        self.served += 1;
        self.serve(envelope)
    }

    fn recover(&mut self) -> bool {
        self.lost = false;
        true
    }
}
