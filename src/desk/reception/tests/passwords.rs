//! Passwords and keys: right, wrong, made by others, guessed at.

use super::*;

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
fn a_password_made_for_somebody_is_good_until_they_have_chosen_one() {
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
    // The line was lost before one was chosen.
    let second = room.reception.enter(OTHER);
    let again = seated(room.sign_in(second, "wang", password(&words)));
    assert_eq!(again.owed, [Owed::Password, Owed::Confidentiality]);
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
    assert_eq!(
        refusal(&room.sign_in(second, "wang", password(&words))),
        ["wrong-password"]
    );
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
fn how_the_house_is_is_for_who_has_signed_in_and_for_its_owner() {
    let (mut room, _) = Room::of(false);
    let stranger = room.reception.enter(OTHER);
    assert!(room.reception.trusts(stranger).is_err());
    let owner = room.reception.enter(OWNER);
    assert!(room.reception.trusts(owner).is_ok());
    seated(room.sign_in(stranger, "admin", password("first password")));
    assert!(room.reception.trusts(stranger).is_ok());
    room.sit(stranger, Sitting::Lock).unwrap();
    assert!(room.reception.trusts(stranger).is_err());
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
