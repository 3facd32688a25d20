//! Tickets, and seats that are lost at once.

use super::*;

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
fn a_ticket_does_not_unlock_the_seat_it_is_for() {
    let (mut room, _) = Room::of(false);
    let seat = room.reception.enter(OTHER);
    let ticket = seated(room.sign_in(seat, "admin", password("first password"))).ticket;
    room.sit(seat, Sitting::Lock).unwrap();
    let locked = false;
    seated(room.sit(seat, Sitting::Resume { ticket, locked }));
    assert_eq!(room.looks(seat), Err(vec!["seat-locked".to_owned()]));
}
