//! Signing in, locking, switching: what is on a screen that nobody has signed in at.

use std::time::Duration;

use frontdesk::app::event::Event;
use frontdesk::app::keeper::DraftKeeper;
use frontdesk::desk::contract::{News, Owed};
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

#[test]
fn nobody_sees_anything_of_a_customer_before_signing_in() {
    let mut desk = Desk::sample(Lang::Zh, SMALL).restarted_by_nobody();
    desk.expect("登录")
        .expect("阳光花园物业")
        .reject("王建国")
        .reject("13800138000");
    // No key leads past it.
    desk.press("4<f8><ctrl+p><f1><esc><ctrl+x><ctrl+d><ctrl+x><ctrl+g>")
        .reject("王建国")
        .expect("登录");
}

#[test]
fn an_operator_signs_in_by_name_and_password() {
    let mut desk = Desk::sample(Lang::Zh, SMALL).restarted_by_nobody();
    desk.press("secret77").reject("secret77").expect("●●●●●●●●");
    desk.press("<enter>").expect("王建国").expect("张敏");
}

#[test]
fn a_wrong_password_is_said_in_words_and_is_gone() {
    let mut desk = Desk::sample(Lang::Zh, SMALL).restarted_by_nobody();
    desk.press("wrong<enter>")
        .expect("登录")
        .reject("●")
        .reject("王建国");
    assert!(!format!("{:?}", desk.session.app).contains("wrong\""));
    desk.press("right<enter>").expect("王建国");
}

#[test]
fn what_is_typed_as_a_password_is_nowhere_to_be_seen() {
    let mut desk = Desk::sample(Lang::Zh, SMALL).restarted_by_nobody();
    desk.press("hunter2hunter2");
    assert!(!format!("{:?}", desk.session.app).contains("hunter2"));
    assert!(!desk.styled().contains("hunter2"));
    assert!(desk.session.keeper.list(desk.operator).is_empty());
}

#[test]
fn a_locked_screen_shows_nothing_and_gives_the_form_back_at_its_caret() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13800138000<tab>周涛<left>").expect("王建国");
    let before = desk.screen();
    let caret = desk.session.picture().1;
    desk.press("<ctrl+l>").expect("张敏在").expect("锁屏");
    desk.reject("13800138000").reject("周涛").reject("王建国");
    desk.press("pass<enter>");
    assert_eq!(desk.screen(), before);
    assert_eq!(desk.session.picture().1, caret);
}

#[test]
fn the_screen_locks_from_a_popup_with_the_same_key() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end><enter>")
        .expect("王建国")
        .press("<ctrl+l>")
        .reject("王建国");
    desk.press("pass<enter>").expect("王建国");
}

#[test]
fn an_idle_screen_locks_after_the_minutes_of_the_profile() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4").expect("王建国");
    desk.session.take(Event::Idle(Duration::from_secs(299)));
    desk.session.draw().unwrap();
    desk.expect("王建国");
    // The line makes no difference.
    desk.session.door.lost = true;
    desk.session.take(Event::Idle(Duration::from_mins(5)));
    desk.session.draw().unwrap();
    desk.reject("王建国");
}

#[test]
fn a_seat_locked_by_the_desk_is_locked_here() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4").expect("王建国");
    desk.session.take(Event::News(News::Locked));
    desk.session.draw().unwrap();
    desk.reject("王建国").expect("登录");
}

#[test]
fn another_operator_takes_over_and_finds_nothing_of_the_first() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    crate::news::wang_fang(&mut desk);
    desk.session.take(Event::Clock);
    desk.press("c13512345678<tab>周涛<tab>6-301<ctrl+x><ctrl+o>");
    desk.press("wangf<tab>pass<enter>")
        .expect("王芳")
        .reject("周涛")
        .reject("6-301");
    // Repeating the last value, drafts and lists to come back to are hers alone.
    assert!(desk.session.app.drafts.is_empty());
    assert_eq!(desk.session.keeper.list(desk.operator).len(), 1);
    desk.press("<ctrl+x><ctrl+o>zhangmin<tab>pass<enter>")
        .expect("张敏")
        .expect("有 1 份草稿");
}

#[test]
fn signing_out_leaves_a_free_seat() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<ctrl+x><ctrl+q>")
        .expect("请登录")
        .reject("王建国")
        .reject("锁屏");
}

#[test]
fn what_is_owed_comes_before_anything_else() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<ctrl+l>");
    desk.session.door.owed = vec![Owed::Password, Owed::Confidentiality];
    desk.press("pass<enter>").expect("新密码").reject("王建国");
    desk.press("kurz<f2>").expect("密码太短");
    desk.press("<ctrl+u>langgenug<tab>langgenau<f2>")
        .expect("两遍输得不一样");
    desk.press("<ctrl+u>langgenug<f2>")
        .expect("不得抄录")
        .reject("王建国");
    desk.press("<esc>").expect("请登录").reject("王建国");
}
