//! Receptions over a simulated disk, and short ways to ask them.

mod passwords;
mod seats;
mod tickets;

use std::sync::Arc;

use super::*;
use crate::desk::Options;
use crate::desk::clock::{Clock as _, SetClock};
use crate::desk::contract::{Issue, Proof, Query, Seated, Secret, Ticket};
use crate::domain::number::Kind;
use crate::domain::operator::{Operator, OperatorDetails};
use crate::domain::refusal::Problem;
use crate::domain::role::Role;
use crate::domain::stamp::Stamp;
use crate::store::Home;
use crate::store::files::SimulatedDisk;

const OWNER: Peer = Peer {
    uid: 1000,
    owner: true,
};
const OTHER: Peer = Peer {
    uid: 1001,
    owner: false,
};
const NOBODY: Number = Number {
    kind: Kind::Operator,
    year: 0,
    seq: 0,
};

/// A reception over a simulated disk.
struct Room {
    reception: Reception,
    disk: SimulatedDisk,
    clock: SetClock,
}

fn open(disk: &SimulatedDisk, clock: &SetClock) -> Reception {
    let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
    let options = Options {
        clock: Box::new(clock.clone()),
        site_file: None,
    };
    Reception::new(Desk::open(home, options).unwrap())
}

impl Room {
    fn empty() -> Self {
        let disk = SimulatedDisk::new();
        let clock = SetClock::at(Stamp::parse("2024-06-06 09:00", 480).unwrap());
        Self {
            reception: open(&disk, &clock),
            disk,
            clock,
        }
    }

    /// Set up, and the administrator at a seat with nothing left to do first.
    fn of(rehearsal: bool) -> (Self, SeatId) {
        let mut room = Self::empty();
        let seat = room.reception.enter(OWNER);
        room.change(seat, set_up(rehearsal));
        if !rehearsal {
            room.choose(seat, None, "first password").unwrap();
            room.change(seat, Command::AcknowledgeConfidentiality);
        }
        (room, seat)
    }

    /// The hub is killed and another one opens the store.
    fn restart(&mut self) {
        self.reception = open(&self.disk, &self.clock);
    }

    fn ask_as(&mut self, seat: SeatId, operator: Number, request: Request) -> Answer {
        let envelope = Envelope {
            id: RequestId(0),
            operator,
            accept: Vec::new(),
            request,
        };
        match self.reception.serve(vec![(seat, envelope)]).pop().unwrap() {
            Served::Answer(answer) => *answer,
            Served::Work(work) => self.reception.finish(seat, work.run()),
        }
    }

    fn ask(&mut self, seat: SeatId, request: Request) -> Answer {
        let operator = self.reception.operator_at(seat).unwrap_or(NOBODY);
        self.ask_as(seat, operator, request)
    }

    fn change(&mut self, seat: SeatId, command: Command) -> Record {
        match self.ask(seat, Request::Do(command)) {
            Ok(Reply::Done { record, .. }) => *record,
            other => panic!("{other:?}"),
        }
    }

    fn sit(&mut self, seat: SeatId, sitting: Sitting) -> Answer {
        self.ask(seat, Request::Sit(sitting))
    }

    fn sign_in(&mut self, seat: SeatId, login: &str, proof: Proof) -> Answer {
        let login = login.to_owned();
        self.sit(seat, Sitting::SignIn { login, proof })
    }

    fn choose(&mut self, seat: SeatId, old: Option<&str>, new: &str) -> Answer {
        let old = old.map(Secret::new);
        let new = Secret::new(new);
        self.sit(seat, Sitting::ChangePassword { old, new })
    }

    fn issue(&mut self, seat: SeatId, login: &str, what: Issue) -> String {
        let login = login.to_owned();
        match self.sit(seat, Sitting::Issue { login, what }) {
            Ok(Reply::Issued(words)) => words.expose().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    /// A new operator with a password of their own, who has read the confidentiality text.
    fn add(&mut self, seat: SeatId, details: OperatorDetails) -> Operator {
        let login = details.login.clone();
        let Record::Operator(operator) = self.change(seat, Command::AddOperator { details }) else {
            panic!("no operator");
        };
        if !operator.service {
            let words = self.issue(seat, &login, Issue::Password);
            let theirs = self.reception.enter(OTHER);
            self.sign_in(theirs, &login, password(&words)).unwrap();
            self.choose(theirs, None, &format!("the words of {login}"))
                .unwrap();
            self.change(theirs, Command::AcknowledgeConfidentiality);
            self.reception.leave(theirs);
        }
        operator
    }

    fn looks(&mut self, seat: SeatId) -> Result<(), Vec<String>> {
        let answer = self.ask(seat, Request::Look(Query::Counts));
        answer.map(drop).map_err(|failure| keys(&failure))
    }
}

fn password(words: &str) -> Proof {
    Proof::Password(Secret::new(words))
}

fn problems(failure: &Failure) -> Vec<Problem> {
    match failure {
        Failure::Refused(refusal) => refusal.problems.clone(),
        other => panic!("{other:?}"),
    }
}

fn keys(failure: &Failure) -> Vec<String> {
    problems(failure).into_iter().map(|it| it.key).collect()
}

fn refusal(answer: &Answer) -> Vec<String> {
    keys(answer.as_ref().unwrap_err())
}

fn seated(answer: Answer) -> Seated {
    match answer {
        Ok(Reply::Seated(seated)) => seated,
        other => panic!("{other:?}"),
    }
}

fn details(login: &str) -> OperatorDetails {
    OperatorDetails {
        login: login.into(),
        name: format!("{login} name"),
        roles: vec![Role::CustomerService],
        department: "front".into(),
        ..OperatorDetails::default()
    }
}

fn set_up(rehearsal: bool) -> Command {
    Command::SetUp {
        site: "翠湖雅苑".into(),
        profile: "property".into(),
        operator: details("admin"),
        rehearsal,
    }
}
