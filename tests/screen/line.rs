//! A line to the desk that is lost: said so, typed on, and nothing lost or done twice.

use frontdesk::app::event::Event;
use frontdesk::app::keeper::DraftKeeper;
use frontdesk::desk::contract::{News, Query, Reply, Request};
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

const BANNER: &str = "正在重连";

#[test]
fn a_lost_line_is_said_and_typing_goes_on() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周");
    desk.session.door.lost = true;
    desk.press("<left>135<right>").reject(BANNER);
    desk.press("<up><end>9").expect(BANNER);
    desk.press("<backspace><down>涛<tab>6-301").expect("6-301");
    assert_eq!(desk.session.keeper.list(desk.operator).len(), 1);
    desk.session.pause();
    desk.session.draw().unwrap();
    desk.reject(BANNER).expect("6-301");
}

#[test]
fn a_save_waits_for_the_line_and_is_done_once() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路");
    desk.session.door.lost = true;
    desk.press("<f2>").expect(BANNER).expect("问路");
    // What was sent stays as it was sent, and sending it again changes nothing.
    desk.press("二<f2>")
        .expect("连上服务后自动保存")
        .reject("问路二");
    desk.session.pause();
    desk.session.draw().unwrap();
    desk.expect("已保存 IN-2024-00004").reject(BANNER);
    assert!(desk.session.keeper.list(desk.operator).is_empty());
    desk.press("<f5>").expect("共 4 条");
}

#[test]
fn a_form_left_while_its_save_waits_makes_room_for_the_next_call() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路");
    desk.session.door.lost = true;
    desk.press("<f2><esc>c13600000000<tab>吴一");
    desk.session.pause();
    desk.session.draw().unwrap();
    desk.expect("吴一");
    assert!(
        matches!(desk.record("IN-2024-00004"), Record::Intake(intake) if intake.details.caller == "周涛")
    );
    let kept = desk.session.keeper.list(desk.operator);
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].gist(), "13600000000");
}

#[test]
fn a_desk_that_goes_says_why_and_is_joined_again() {
    for (stopped, words) in [(false, "正在重启"), (true, "已由管理员停止")] {
        let mut desk = Desk::sample(Lang::Zh, SMALL);
        desk.session.take(Event::News(News::Leaving { stopped }));
        desk.session.draw().unwrap();
        desk.expect(words);
        desk.session.pause();
        desk.session.draw().unwrap();
        desk.reject(words);
    }
}

/// A small shift: a call, a complaint of it, a mark, a file lent.
const SHIFT: &str = "1c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路<f2>\
    4<end>k1c13899990000<tab>孙二<tab>7-101<tab><tab><tab>灯坏<f2>5<end>";

/// The records a shift leaves, without the times at which they were made.
fn left_by(desk: &mut Desk) -> Vec<(String, u32, String)> {
    let mut left = Vec::new();
    for number in [
        "IN-2024-00004",
        "IN-2024-00005",
        "IN-2024-00006",
        "CU-2024-00001",
        "CU-2024-00005",
        "CU-2024-00006",
    ] {
        let query = Query::Get(number.parse().unwrap());
        if let Reply::Record(Some(row)) = desk.ask(Request::Look(query)) {
            let caller = match &row.record {
                Record::Intake(intake) => intake.details.caller.clone(),
                Record::Customer(customer) => customer.details.name.clone(),
                other => panic!("{other:?}"),
            };
            left.push((number.to_owned(), row.record.meta().version, caller));
        }
    }
    left
}

#[test]
fn a_line_lost_at_any_request_of_a_shift_leaves_the_same_records() {
    let mut whole = Desk::sample(Lang::Zh, SMALL);
    let start = whole.session.door.served;
    whole.press(SHIFT);
    let requests = whole.session.door.served - start;
    let expected = left_by(&mut whole);
    assert!(
        expected
            .iter()
            .any(|(number, ..)| number == "IN-2024-00005"),
        "{expected:?}"
    );
    for at in 0..requests {
        for served in [false, true] {
            let mut desk = Desk::sample(Lang::Zh, SMALL);
            desk.session.door.until_lost = Some(at);
            desk.session.door.served_when_lost = served;
            for input in frontdesk::keys::script::parse(SHIFT).unwrap() {
                desk.session.take(Event::Input(input));
                // The shell tries the line again between the keys.
                if desk.session.door.lost {
                    desk.session.pause();
                }
                desk.session.draw().unwrap();
            }
            assert_eq!(
                left_by(&mut desk),
                expected,
                "lost at {at}, served {served}"
            );
            desk.reject(BANNER);
        }
    }
}

#[test]
fn leaving_while_a_change_waits_says_that_it_is_lost() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end>");
    desk.session.door.lost = true;
    desk.press("k<ctrl+q>").expect("现在退出就不会保存");
    assert!(!desk.session.is_over());
}

#[test]
fn a_seat_locked_while_the_line_was_lost_keeps_the_form_for_its_operator() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路");
    desk.session.door.lock();
    desk.press("<f2>").expect("锁屏").reject("周涛");
    desk.press("<enter>").expect("周涛").expect("问路");
    desk.press("<f2>").expect("已保存 IN-2024-00004");
}
