//! What a seat may ask and is told, taken, locked or empty.

use super::*;

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
fn a01_11_a_call_is_told_to_those_who_take_calls_until_one_of_them_does() {
    let (mut room, admin) = Room::of(false);
    let mut seats = Vec::new();
    for (login, role) in [
        ("pbx", Role::TelephoneSystem),
        ("wang", Role::CustomerService),
        ("li", Role::CustomerService),
    ] {
        let roles = vec![role];
        let details = OperatorDetails {
            roles,
            service: role == Role::TelephoneSystem,
            ..details(login)
        };
        let service = details.service;
        room.add(admin, details);
        let seat = room.reception.enter(OTHER);
        let proof = if service {
            Proof::Key(Secret::new(room.issue(admin, login, Issue::Key)))
        } else {
            password(&format!("the words of {login}"))
        };
        room.sign_in(seat, login, proof).unwrap();
        seats.push(seat);
    }
    let [pbx, wang, li] = seats[..] else {
        panic!("{seats:?}");
    };
    room.reception.news();
    let announce = |to: Option<&str>| Sitting::Announce {
        digits: "138-0013-8000".into(),
        to: to.map(str::to_owned),
    };
    let calling = News::Calling {
        digits: "13800138000".into(),
    };
    // All who may log calls hear it, and the one who is named alone.
    let told = room.sit(pbx, announce(None));
    let seats = room.reception.news();
    assert_eq!(told, Ok(Reply::Announced { seats: 3 }));
    assert!(seats.contains(&(wang, calling.clone())), "{seats:?}");
    assert!(!seats.iter().any(|(seat, _)| *seat == pbx), "{seats:?}");
    let told = room.sit(pbx, announce(Some("li")));
    assert_eq!(told, Ok(Reply::Announced { seats: 1 }));
    assert_eq!(room.reception.news(), [(li, calling)]);
    // Taken at one seat, it rings at no other.
    let digits = "13800138000".to_owned();
    room.sit(
        li,
        Sitting::TakeCall {
            digits: digits.clone(),
        },
    )
    .unwrap();
    let taken = News::CallTaken { digits };
    let seats = room.reception.news();
    assert!(seats.contains(&(wang, taken.clone())), "{seats:?}");
    assert!(!seats.contains(&(li, taken)), "{seats:?}");
    // Who is no telephone system announces nothing, and what is no number is refused.
    assert_eq!(refusal(&room.sit(wang, announce(None))), ["role-may-not"]);
    let odd = Sitting::Announce {
        digits: "anonymous".into(),
        to: None,
    };
    assert_eq!(refusal(&room.sit(pbx, odd)), ["not-a-caller"]);
    let nobody = announce(Some("zhao"));
    assert_eq!(refusal(&room.sit(pbx, nobody)), ["unknown-operator"]);
    // The system sees no customer.
    let look = Request::Look(Query::Caller {
        digits: "13800138000".into(),
    });
    assert_eq!(refusal(&room.ask(pbx, look)), ["role-may-not"]);
}
