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

#[test]
fn a_seat_that_nobody_has_taken_learns_names_and_nothing_else() {
    let (mut room, admin) = Room::of(false);
    room.add(
        admin,
        OperatorDetails {
            account: Some(1001),
            ..details("wang")
        },
    );
    room.add(
        admin,
        OperatorDetails {
            account: Some(1002),
            ..details("li")
        },
    );
    let seat = room.reception.enter(OTHER);
    let Ok(Reply::Operators(operators)) = room.ask(seat, Request::Look(Query::Operators)) else {
        panic!("no operators");
    };
    let logins: Vec<&str> = operators.iter().map(|it| it.login.as_str()).collect();
    assert_eq!(logins, ["admin", "wang", "li"]);
    let accounts: Vec<Option<u32>> = operators.iter().map(|it| it.account).collect();
    assert_eq!(accounts, [None, Some(1001), None], "only its own account");
    assert!(
        operators
            .iter()
            .all(|it| it.roles.is_empty() && it.department.is_empty())
    );
    assert!(operators.iter().all(|it| it.acknowledged.is_none()));
    let me = operators[0].meta.number;
    let hello = room.ask_as(seat, me, Request::Look(Query::Hello));
    assert!(matches!(
        hello,
        Ok(Reply::Hello {
            operator: None,
            site: Some(_),
            ..
        })
    ));
    for request in [
        Request::Look(Query::Counts),
        Request::Look(Query::Get(me)),
        Request::Do(Command::AcknowledgeConfidentiality),
        Request::Sit(Sitting::Open(Some(me))),
        Request::Sit(Sitting::Issue {
            login: "wang".into(),
            what: Issue::Password,
        }),
    ] {
        assert_eq!(refusal(&room.ask_as(seat, me, request)), ["sign-in-first"]);
    }
}

#[test]
fn whoever_sets_up_sits_there_and_first_chooses_a_password_and_reads_the_text() {
    let mut room = Room::empty();
    let stranger = room.reception.enter(OTHER);
    assert_eq!(
        refusal(&room.ask(stranger, Request::Do(set_up(false)))),
        ["owner-only"]
    );
    assert_eq!(room.looks(stranger), Err(vec!["not-set-up".to_owned()]));
    let seat = room.reception.enter(OWNER);
    room.change(seat, set_up(false));
    assert_eq!(room.looks(seat), Err(vec!["password-owed".to_owned()]));
    let left = seated(room.choose(seat, None, "long enough"));
    assert_eq!(left.owed, [Owed::Confidentiality]);
    assert_eq!(
        room.looks(seat),
        Err(vec!["confidentiality-owed".to_owned()])
    );
    room.change(seat, Command::AcknowledgeConfidentiality);
    assert_eq!(room.looks(seat), Ok(()));
    // Nobody sits down at a store that is set up by setting it up.
    let late = room.reception.enter(OWNER);
    let again = room.ask(late, Request::Do(set_up(false)));
    assert_eq!(refusal(&again), ["set-up-already"]);
    assert_eq!(room.reception.operator_at(late), None);
}

#[test]
fn a_wrong_password_and_an_unknown_login_are_refused_in_the_same_words() {
    let (mut room, _) = Room::of(false);
    let seat = room.reception.enter(OTHER);
    let wrong = room.sign_in(seat, "admin", password("not it"));
    let unknown = room.sign_in(seat, "nobody", password("not it"));
    assert_eq!(wrong, unknown);
    assert_eq!(refusal(&wrong), ["wrong-password"]);
    for proof in [
        Proof::Account,
        Proof::Nothing,
        Proof::Key(Secret::new("00")),
    ] {
        let known = room.sign_in(seat, "admin", proof.clone());
        assert_eq!(known, room.sign_in(seat, "nobody", proof));
        assert!(known.is_err());
    }
    assert_eq!(room.looks(seat), Err(vec!["sign-in-first".to_owned()]));
    seated(room.sign_in(seat, "Admin", password("first password")));
    assert_eq!(room.looks(seat), Ok(()));
}

#[test]
fn guessing_gets_slower_for_a_login_and_not_for_the_others() {
    let (mut room, admin) = Room::of(false);
    room.add(admin, details("wang"));
    let seats: Vec<SeatId> = (0..40).map(|_| room.reception.enter(OTHER)).collect();
    let mut looked_at = 0;
    // A try a second for ten minutes, each from another seat than the one before.
    for at in 0..600 {
        let seat = seats[at % seats.len()];
        let answer = room.sign_in(seat, "wang", password(&format!("guess {at}")));
        match refusal(&answer)[0].as_str() {
            "wrong-password" => looked_at += 1,
            key => assert_eq!(key, "wait-before-password"),
        }
        room.clock.advance_seconds(1);
    }
    assert!((9..=20).contains(&looked_at), "{looked_at}");
    let right = room.sign_in(seats[0], "wang", password("the words of wang"));
    let waits = problems(right.as_ref().unwrap_err());
    assert!(waits[0].args["seconds"].parse::<i64>().unwrap() > 0);
    seated(room.sign_in(seats[1], "admin", password("first password")));
    room.clock.advance_seconds(60);
    seated(room.sign_in(seats[0], "wang", password("the words of wang")));
}

#[test]
fn guesses_at_the_same_moment_are_counted_before_any_is_looked_at() {
    let (mut room, _) = Room::of(false);
    let requests = (0..20).map(|at| {
        let sitting = Sitting::SignIn {
            login: "admin".into(),
            proof: password(&format!("guess {at}")),
        };
        let envelope = Envelope {
            id: RequestId(0),
            operator: NOBODY,
            accept: Vec::new(),
            request: Request::Sit(sitting),
        };
        (room.reception.enter(OTHER), envelope)
    });
    let requests: Vec<(SeatId, Envelope)> = requests.collect();
    let served = room.reception.serve(requests);
    let works = served.iter().filter(|it| matches!(it, Served::Work(_)));
    assert_eq!(works.count(), 3);
}

#[test]
fn a_password_made_for_somebody_is_good_once() {
    let (mut room, admin) = Room::of(false);
    room.change(
        admin,
        Command::AddOperator {
            details: details("wang"),
        },
    );
    let words = room.issue(admin, "wang", Issue::Password);
    let seat = room.reception.enter(OTHER);
    let taken = seated(room.sign_in(seat, "wang", password(&words)));
    assert_eq!(taken.owed, [Owed::Password, Owed::Confidentiality]);
    assert_eq!(room.looks(seat), Err(vec!["password-owed".to_owned()]));
    let second = room.reception.enter(OTHER);
    assert_eq!(
        refusal(&room.sign_in(second, "wang", password(&words))),
        ["wrong-password"]
    );
    assert_eq!(
        refusal(&room.choose(seat, None, "short")),
        ["password-too-short"]
    );
    assert_eq!(
        refusal(&room.choose(seat, None, "WANG name")),
        ["password-is-name"]
    );
    assert_eq!(
        refusal(&room.choose(seat, Some(&words), &words)),
        ["password-is-old"]
    );
    let left = seated(room.choose(seat, None, "a proper one"));
    assert_eq!(left.owed, [Owed::Confidentiality]);
    seated(room.sign_in(second, "wang", password("a proper one")));
    // From now on the old one is asked for.
    assert_eq!(
        refusal(&room.choose(seat, None, "another one")),
        ["required"]
    );
    assert_eq!(
        refusal(&room.choose(seat, Some("not it"), "another one")),
        ["wrong-password"]
    );
}

#[test]
fn whoever_comes_with_a_key_chooses_a_password_without_the_one_made_for_them() {
    let (mut room, admin) = Room::of(false);
    room.change(
        admin,
        Command::AddOperator {
            details: details("wang"),
        },
    );
    room.issue(admin, "wang", Issue::Password);
    let key = room.issue(admin, "wang", Issue::Key);
    let seat = room.reception.enter(OTHER);
    let taken = seated(room.sign_in(seat, "wang", Proof::Key(Secret::new(key))));
    assert_eq!(taken.owed, [Owed::Password, Owed::Confidentiality]);
    let left = seated(room.choose(seat, None, "a proper one"));
    assert_eq!(left.owed, [Owed::Confidentiality]);
    assert_eq!(
        refusal(&room.choose(seat, None, "another one")),
        ["required"]
    );
}

#[test]
fn a_key_and_an_account_prove_who_it_is() {
    let (mut room, admin) = Room::of(false);
    room.add(
        admin,
        OperatorDetails {
            service: true,
            ..details("feed")
        },
    );
    room.add(
        admin,
        OperatorDetails {
            account: Some(1001),
            ..details("wang")
        },
    );
    let first = room.issue(admin, "feed", Issue::Key);
    let key = room.issue(admin, "feed", Issue::Key);
    let seat = room.reception.enter(OTHER);
    let old = room.sign_in(seat, "feed", Proof::Key(Secret::new(first)));
    assert_eq!(refusal(&old), ["wrong-key"]);
    let taken = seated(room.sign_in(seat, "feed", Proof::Key(Secret::new(key))));
    assert_eq!(taken.owed, []);
    assert_eq!(room.looks(seat), Ok(()));
    let login = "feed".to_owned();
    let what = Issue::Password;
    let none = room.sit(admin, Sitting::Issue { login, what });
    assert_eq!(refusal(&none), ["service-no-password"]);
    seated(room.sign_in(seat, "wang", Proof::Account));
    let foreign = room.reception.enter(OWNER);
    let refused = room.sign_in(foreign, "wang", Proof::Account);
    assert_eq!(refusal(&refused), ["account-not-bound"]);
}

#[test]
fn a_locked_seat_shows_nothing_until_the_password_is_given() {
    let (mut room, admin) = Room::of(false);
    room.add(
        admin,
        OperatorDetails {
            account: Some(1001),
            ..details("wang")
        },
    );
    let seat = room.reception.enter(OTHER);
    seated(room.sign_in(seat, "wang", Proof::Account));
    room.sit(seat, Sitting::Lock).unwrap();
    assert_eq!(room.looks(seat), Err(vec!["seat-locked".to_owned()]));
    let held = room.sign_in(seat, "wang", Proof::Account);
    assert_eq!(refusal(&held), ["password-needed"]);
    seated(room.sign_in(seat, "wang", password("the words of wang")));
    assert_eq!(room.looks(seat), Ok(()));
    // Another operator takes the seat; nobody asks in the name of the first any more.
    let wang = room.reception.operator_at(seat).unwrap();
    seated(room.sign_in(seat, "admin", password("first password")));
    let answer = room.ask_as(seat, wang, Request::Look(Query::Counts));
    assert_eq!(refusal(&answer), ["not-your-seat"]);
    room.sit(seat, Sitting::SignOut).unwrap();
    assert_eq!(room.looks(seat), Err(vec!["sign-in-first".to_owned()]));
}

fn resume(room: &mut Room, peer: Peer, ticket: &Ticket, locked: bool) -> (SeatId, Answer) {
    let seat = room.reception.enter(peer);
    let ticket = ticket.clone();
    let answer = room.sit(seat, Sitting::Resume { ticket, locked });
    (seat, answer)
}

#[test]
fn a_ticket_takes_the_seat_again_after_the_desk_was_opened_anew() {
    let (mut room, _) = Room::of(false);
    let seat = room.reception.enter(OTHER);
    let ticket = seated(room.sign_in(seat, "admin", password("first password"))).ticket;
    room.restart();
    let (seat, answer) = resume(&mut room, OTHER, &ticket, false);
    seated(answer);
    assert_eq!(room.looks(seat), Ok(()));
    let (seat, answer) = resume(&mut room, OTHER, &ticket, true);
    seated(answer);
    assert_eq!(room.looks(seat), Err(vec!["seat-locked".to_owned()]));
    seated(room.sign_in(seat, "admin", password("first password")));
    assert_eq!(room.looks(seat), Ok(()));
}

#[test]
fn a_ticket_is_no_good_elsewhere_later_or_after_a_reset() {
    let (mut room, admin) = Room::of(false);
    room.add(admin, details("wang"));
    let seat = room.reception.enter(OTHER);
    let words = password("the words of wang");
    let ticket = seated(room.sign_in(seat, "wang", words)).ticket;
    let mut bent = ticket.clone();
    bent.0[30] ^= 1;
    for (peer, ticket) in [
        (OWNER, &ticket),
        (OTHER, &bent),
        (OTHER, &Ticket(Vec::new())),
    ] {
        let (seat, answer) = resume(&mut room, peer, ticket, false);
        assert_eq!(refusal(&answer), ["sign-in-first"]);
        assert_eq!(room.reception.operator_at(seat), None);
    }
    room.clock.advance_seconds(12 * 3_600 - 1);
    seated(resume(&mut room, OTHER, &ticket, false).1);
    room.clock.advance_seconds(1);
    assert!(resume(&mut room, OTHER, &ticket, false).1.is_err());
    room.clock.set(Stamp(room.clock.now().0 - 60 * 1_000_000));
    room.issue(admin, "wang", Issue::Password);
    assert!(resume(&mut room, OTHER, &ticket, false).1.is_err());
}

#[test]
fn a_reset_locks_the_seats_of_the_operator_at_once_and_needs_the_permission() {
    let (mut room, admin) = Room::of(false);
    room.add(admin, details("wang"));
    let seat = room.reception.enter(OTHER);
    seated(room.sign_in(seat, "wang", password("the words of wang")));
    let login = "admin".to_owned();
    let what = Issue::Password;
    let refused = room.sit(seat, Sitting::Issue { login, what });
    assert_eq!(refusal(&refused), ["role-may-not"]);
    drop(room.reception.news());
    // The owner of the data folder at the console needs no seat.
    let console = room.reception.enter(OWNER);
    let words = room.issue(console, "wang", Issue::Password);
    assert!(room.reception.news().contains(&(seat, News::Locked)));
    assert_eq!(room.looks(seat), Err(vec!["seat-locked".to_owned()]));
    let old = room.sign_in(seat, "wang", password("the words of wang"));
    assert_eq!(refusal(&old), ["wrong-password"]);
    let taken = seated(room.sign_in(seat, "wang", password(&words)));
    assert_eq!(taken.owed, [Owed::Password]);
}

#[test]
fn an_operator_who_left_loses_the_seat_at_once_and_gets_none() {
    let (mut room, admin) = Room::of(false);
    let wang = room.add(admin, details("wang"));
    let seat = room.reception.enter(OTHER);
    let ticket = seated(room.sign_in(seat, "wang", password("the words of wang"))).ticket;
    drop(room.reception.news());
    let Ok(Reply::Operators(all)) = room.ask(admin, Request::Look(Query::Operators)) else {
        panic!("no operators");
    };
    let present = all
        .iter()
        .find(|it| it.meta.number == wang.meta.number)
        .unwrap();
    let at = crate::desk::contract::At {
        number: present.meta.number,
        version: present.meta.version,
    };
    let details = present.details();
    room.change(
        admin,
        Command::ChangeOperator {
            at,
            details,
            active: false,
        },
    );
    assert!(room.reception.news().contains(&(seat, News::Locked)));
    assert_eq!(room.looks(seat), Err(vec!["sign-in-first".to_owned()]));
    assert!(resume(&mut room, OTHER, &ticket, false).1.is_err());
    let right = room.sign_in(seat, "wang", password("the words of wang"));
    assert_eq!(refusal(&right), ["operator-inactive"]);
    let wrong = room.sign_in(seat, "wang", password("not the words"));
    assert_eq!(refusal(&wrong), ["wrong-password"]);
}

#[test]
fn a_store_for_training_asks_for_nothing_until_there_is_a_password() {
    let (mut room, admin) = Room::of(true);
    assert_eq!(room.looks(admin), Ok(()));
    room.change(
        admin,
        Command::AddOperator {
            details: details("wang"),
        },
    );
    let seat = room.reception.enter(OTHER);
    assert_eq!(seated(room.sign_in(seat, "wang", Proof::Nothing)).owed, []);
    assert_eq!(room.looks(seat), Ok(()));
    seated(room.choose(seat, None, "training words"));
    let second = room.reception.enter(OTHER);
    let refused = room.sign_in(second, "wang", Proof::Nothing);
    assert_eq!(refusal(&refused), ["password-needed"]);
}

#[test]
fn a_password_sent_again_under_its_name_is_changed_once() {
    let (mut room, admin) = Room::of(false);
    let operator = room.reception.operator_at(admin).unwrap();
    let envelope = Envelope {
        id: RequestId(77),
        operator,
        accept: Vec::new(),
        request: Request::Sit(Sitting::ChangePassword {
            old: Some(Secret::new("first password")),
            new: Secret::new("second password"),
        }),
    };
    for _ in 0..2 {
        let served = room.reception.serve(vec![(admin, envelope.clone())]).pop();
        let answer = match served.unwrap() {
            Served::Answer(answer) => *answer,
            Served::Work(work) => room.reception.finish(admin, work.run()),
        };
        seated(answer);
    }
    // Whoever learned the name of that request learns nothing of the credential by it.
    let spy = Envelope {
        request: Request::Do(Command::AcknowledgeConfidentiality),
        ..envelope
    };
    match room.reception.serve(vec![(admin, spy)]).pop().unwrap() {
        Served::Answer(answer) => assert_eq!(*answer, Ok(Reply::Noted)),
        Served::Work(_) => panic!("work"),
    }
}

#[test]
fn no_answer_shows_a_credential() {
    use crate::desk::contract::{At, Filter, ListQuery, Sort};
    let (mut room, admin) = Room::of(false);
    let operator = room.reception.operator_at(admin).unwrap();
    let number = Number {
        kind: Kind::Credential,
        ..operator
    };
    let list = ListQuery {
        kind: Kind::Credential,
        filter: Filter::All,
        sort: Sort::Newest,
        find: String::new(),
        after: None,
        before: None,
        from_end: false,
        limit: 100,
        full: false,
    };
    let found = ListQuery {
        find: number.to_string(),
        ..list.clone()
    };
    let at = At { number, version: 0 };
    let (text, limit) = (number.to_string(), 100);
    let requests = [
        Request::Look(Query::Get(number)),
        Request::Look(Query::Preview(number)),
        Request::Look(Query::Reveal(number)),
        Request::Look(Query::History(number)),
        Request::Look(Query::History(operator)),
        Request::Look(Query::List(list)),
        Request::Look(Query::List(found)),
        Request::Look(Query::Search { text, limit }),
        Request::Do(Command::ConfirmCard { at }),
        Request::Do(Command::VoidImport { at }),
        Request::Do(Command::SetDeputies {
            at,
            deputies: Vec::new(),
        }),
        Request::Do(Command::AddRemark {
            about: number,
            text: "?".into(),
        }),
    ];
    for request in requests {
        let answer = room.ask(admin, request.clone());
        let shown = serde_json::to_string(&answer).unwrap();
        assert!(!shown.contains("argon2"), "{request:?}: {shown}");
        assert!(!shown.contains("\"credential\":{"), "{request:?}: {shown}");
    }
    assert!(room.reception.desk_mut().verify(None).unwrap().is_clean());
}

#[test]
fn wrong_passwords_count_over_a_restart() {
    let (mut room, _) = Room::of(false);
    for at in 0..5 {
        room.clock.advance_seconds(60);
        let seat = room.reception.enter(OTHER);
        let answer = room.sign_in(seat, "admin", password(&format!("guess {at}")));
        assert_eq!(refusal(&answer), ["wrong-password"]);
        room.reception.tick();
    }
    room.clock.advance_seconds(2);
    room.restart();
    let seat = room.reception.enter(OTHER);
    let answer = room.sign_in(seat, "admin", password("guess"));
    assert_eq!(refusal(&answer), ["wait-before-password"]);
    room.clock.advance_seconds(2);
    seated(room.sign_in(seat, "admin", password("first password")));
}

#[test]
fn what_changes_is_told_to_the_seats_that_are_taken() {
    let (mut room, admin) = Room::of(true);
    let taken = room.reception.enter(OTHER);
    room.change(
        admin,
        Command::AddOperator {
            details: details("wang"),
        },
    );
    seated(room.sign_in(taken, "wang", Proof::Nothing));
    let empty = room.reception.enter(OTHER);
    drop(room.reception.news());
    let card = crate::domain::customer::CustomerDetails {
        name: "王芳".into(),
        ..Default::default()
    };
    let record = room.change(admin, Command::RegisterCustomer { details: card });
    let told = |news: Vec<(SeatId, News)>| -> Vec<(SeatId, Vec<Number>)> {
        let told = news.into_iter().map(|(seat, news)| match news {
            News::Changed { numbers, .. } => (seat, numbers),
            other => panic!("{other:?}"),
        });
        told.collect()
    };
    assert_eq!(
        told(room.reception.news()),
        [(taken, vec![record.number()])]
    );
    // Who may sign in concerns every seat.
    let record = room.change(
        admin,
        Command::AddOperator {
            details: details("li"),
        },
    );
    let number = record.number();
    assert_eq!(
        told(room.reception.news()),
        [(taken, vec![number]), (empty, vec![number])]
    );
}
