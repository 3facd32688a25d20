//! Signing in, locking, switching: what is on a screen that nobody has signed in at.

use std::time::Duration;

use frontdesk::app::event::Event;
use frontdesk::app::keeper::DraftKeeper;
use frontdesk::desk::contract::{
    Command, Door, Envelope, Issue, News, Reply, Request, RequestId, Sitting,
};
use frontdesk::domain::operator::OperatorDetails;
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

/// A desk of the first operator, 前台, who has this password, and nobody at it.
fn with_password(password: &str) -> Desk {
    let mut desk = Desk::empty(Lang::Zh, SMALL);
    desk.press("<up><up><up>")
        .press(password)
        .press("<up>")
        .press(password);
    desk.press("<f2>")
        .expect("不抄录")
        .press("<enter>")
        .expect("设置好了");
    desk
}

#[test]
fn an_operator_signs_in_with_a_password_that_is_not_shown() {
    let mut desk = with_password("langgenug").restarted_by_nobody();
    // The only one who works here is named already.
    desk.press("langgenug")
        .reject("langgenug")
        .expect("●●●●●●●●●");
    desk.press("<enter>").expect("· 前台").expect("还没有记录");
}

#[test]
fn a_wrong_password_is_said_in_words_and_is_gone() {
    let mut desk = with_password("langgenug").restarted_by_nobody();
    desk.press("langgenau<enter>")
        .expect("密码不对")
        .reject("●")
        .reject("还没有记录");
    assert!(!format!("{:?}", desk.session.app).contains("langgenau"));
    desk.press("langgenug<enter>").expect("还没有记录");
}

#[test]
fn wrong_passwords_have_to_wait_and_are_told_how_long() {
    let mut desk = with_password("langgenug").restarted_by_nobody();
    for _ in 0..3 {
        desk.press("langgenau<enter>");
    }
    desk.press("langgenug<enter>")
        .expect("秒")
        .reject("还没有记录");
    desk.clock.advance_seconds(120);
    desk.press("langgenug<enter>").expect("还没有记录");
}

#[test]
fn a07_g4c_without_the_right_password_nothing_of_a_customer_is_on_the_screen() {
    let mut desk = with_password("langgenug");
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路<f2>")
        .expect("周涛");
    desk.press("<ctrl+l>");
    for keys in [
        "",
        "langgenau<enter>",
        "<f2>",
        "<f8>4<enter>",
        "<ctrl+p><f9>",
        "<esc><esc>",
    ] {
        desk.press(keys)
            .reject("周涛")
            .reject("135 1234 5678")
            .reject("13512345678");
    }
    let mut desk = desk.restarted_by_nobody();
    for keys in [
        "",
        "langgenau<enter>",
        "<f2>",
        "<f8>4<enter>",
        "<ctrl+p><f9>",
        "<esc><esc>",
    ] {
        desk.press(keys)
            .reject("周涛")
            .reject("135 1234 5678")
            .reject("13512345678");
    }
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
    desk.press("<enter>");
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
    desk.press("<enter>").expect("王建国");
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
    desk.press("wangf<tab><enter>")
        .expect("王芳")
        .reject("周涛")
        .reject("6-301");
    // Repeating the last value, drafts and lists to come back to are hers alone.
    assert!(desk.session.app.drafts.is_empty());
    assert_eq!(desk.session.keeper.list(desk.operator).len(), 1);
    desk.press("<ctrl+x><ctrl+o>zhangmin<tab><enter>")
        .expect("张敏")
        .expect("有 1 份草稿");
}

#[test]
fn signing_out_leaves_a_free_seat() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<ctrl+x><f3>")
        .expect("请登录")
        .reject("王建国")
        .reject("锁屏");
}

#[test]
fn what_is_owed_comes_before_anything_else() {
    let mut desk = with_password("langgenug");
    let details = OperatorDetails {
        login: "wangfang".into(),
        name: "王芳".into(),
        roles: desk.session.app.facts.profile.posts.clone(),
        ..OperatorDetails::default()
    };
    let me = desk.session.app.facts.operator.clone().unwrap().meta.number;
    let mut ask = |request| {
        let envelope = Envelope {
            id: RequestId(desk.session.frames() + 7_000_000),
            operator: me,
            accept: Vec::new(),
            request,
        };
        desk.session.door.ask(&envelope).unwrap()
    };
    ask(Request::Do(Command::AddOperator { details }));
    let issued = ask(Request::Sit(Sitting::Issue {
        login: "wangfang".into(),
        what: Issue::Password,
    }));
    let Reply::Issued(secret) = issued else {
        panic!("{issued:?}")
    };
    desk.press("<ctrl+x><ctrl+o>wangf<tab>")
        .press(secret.expose())
        .press("<enter>");
    desk.expect("新密码").reject("还没有记录");
    desk.press("kurz<f2>").expect("密码太短");
    desk.press("<ctrl+u>auchlang<tab>auchlank<f2>")
        .expect("两遍输得不一样");
    desk.press("<ctrl+u>auchlang<f2>")
        .expect("不抄录")
        .reject("还没有记录");
    desk.press("<esc>").expect("请登录").reject("还没有记录");
    desk.press("wangf<tab>auchlang<enter>").expect("不抄录");
    desk.press("<enter>").expect("· 王芳").expect("还没有记录");
    // And never again.
    desk.press("<ctrl+l>auchlang<enter>").expect("还没有记录");
}

#[test]
fn an_operator_chooses_another_password() {
    let mut desk = with_password("langgenug");
    desk.press("<ctrl+x><ctrl+p>falsch00<tab>nochlang<tab>nochlang<f2>")
        .expect("密码不对");
    desk.press("langgenug<tab>nochlang<tab>nochlang<f2>")
        .expect("密码已改");
    desk.press("<ctrl+l>langgenug<enter>").expect("密码不对");
    desk.press("nochlang<enter>").expect("还没有记录");
}

#[test]
fn an_operator_names_who_stands_in() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let wang = crate::news::wang_fang(&mut desk);
    desk.hear();
    desk.press("<ctrl+x><ctrl+y>").expect("代理人");
    desk.press("wf<tab><ctrl+u>2024-06-10<tab><ctrl+u>2024-06-14<f2>")
        .expect("已保存");
    let house = desk.session.door.house.borrow();
    let me = house
        .desk()
        .operators()
        .find(|it| it.login == "zhangmin")
        .unwrap();
    assert_eq!(me.deputies.len(), 1);
    assert_eq!(me.deputies[0].operator, wang);
    assert_eq!(me.deputies[0].to.to_string(), "2024-06-14");
}
