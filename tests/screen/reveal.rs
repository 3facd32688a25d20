//! What is masked in a list, shown in full on demand and for a moment only; remarks.

use frontdesk::app::event::Event;
use frontdesk::desk::contract::{Command, LooksQuery, Query, Reply, Request};
use frontdesk::domain::look::LookKind;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

/// What was done to see something, newest first; signing in apart.
fn looks(desk: &mut Desk) -> Vec<LookKind> {
    let query = LooksQuery::default();
    match desk.ask(Request::Look(Query::Looks(query))) {
        Reply::Looks(looks) => {
            let kinds = looks.into_iter().map(|look| look.what);
            kinds.filter(|what| *what != LookKind::SignIn).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_selected_record_is_shown_in_full_until_the_selection_moves() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end>")
        .expect("138 **** 8000")
        .reject("138 0013 8000");
    assert_eq!(looks(&mut desk), []);
    desk.press("z")
        .expect("138 0013 8000")
        .expect("139 **** 9001")
        .expect("已显示完整信息");
    assert_eq!(looks(&mut desk), [LookKind::Reveal]);
    desk.press("<up>").reject("已显示完整信息");
    desk.press("<down>").reject("138 0013 8000");
    desk.press("<ctrl+x><ctrl+u>").expect("138 0013 8000");
    desk.press("z").reject("138 0013 8000");
}

#[test]
fn what_was_revealed_is_masked_again_after_a_minute() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end>z").expect("138 0013 8000");
    for (seconds, shown) in [(40, true), (20, false)] {
        desk.clock.advance_seconds(seconds);
        desk.session.take(Event::Clock);
        desk.press("");
        assert_eq!(desk.screen().contains("138 0013 8000"), shown);
    }
}

#[test]
fn opening_and_changing_a_record_show_it_in_full_and_are_looks() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end><enter>").expect("138 0013 8000");
    assert_eq!(looks(&mut desk), [LookKind::Open]);
    desk.press("<esc>").reject("138 0013 8000");
    desk.clock.advance_seconds(60);
    desk.press("e").expect("13800138000");
    // Whoever else has the telephone is found without a search of the operator's.
    assert_eq!(looks(&mut desk), [LookKind::Open, LookKind::Open]);
    // Who looked stands in the record, for those who may see it.
    desk.press("<esc><enter><pagedown>")
        .expect("查阅记录")
        .expect("张敏  打开");
}

#[test]
fn a01_05_a_remark_is_typed_beside_a_record_and_shows_in_it() {
    for (lang, [empty, saved, title]) in [
        (Lang::Zh, ["内容不能为空", "已保存 RE-2024-00001", "批注"]),
        (
            Lang::En,
            ["must not be empty", "RE-2024-00001 is saved", "Remarks"],
        ),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        let before = desk.record("IN-2024-00003");
        desk.press("b<f2>").expect(empty).expect("A01-05");
        desk.press("已催工程部<f2>").expect(saved);
        assert_eq!(desk.record("IN-2024-00003"), before);
        desk.press("<enter>")
            .expect(title)
            .expect("2024-06-06 15:00  张敏")
            .expect("已催工程部");
    }
}

#[test]
fn a_tab_whose_records_somebody_may_not_see_says_so() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let details = OperatorDetails {
        login: "xiaochen".into(),
        name: "陈晓".into(),
        roles: vec![Role::Reception],
        ..OperatorDetails::default()
    };
    desk.ask(Request::Do(Command::AddOperator { details }));
    desk.press("<ctrl+x><ctrl+o>xiaochen<enter><enter>")
        .expect("陈晓")
        .expect("IN-2024-00003");
    desk.press("3")
        .expect("陈晓无权查看档案和借阅")
        .expect("A11-17")
        .reject("消防设备合同");
    desk.press("4").expect("王建国");
}

#[test]
fn the_caller_chosen_from_a_list_is_filled_in_in_full() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("v<tab>wjg<f4>")
        .expect("138 **** 8000")
        .press("<enter>")
        .expect("13800138000");
    let Record::Customer(customer) = desk.record("CU-2024-00001") else {
        panic!("no customer");
    };
    assert_eq!(customer.details.phones[0].digits, "13800138000");
}
