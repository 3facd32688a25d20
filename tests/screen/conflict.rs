//! A form whose record somebody else changed meanwhile.

use frontdesk::desk::contract::{At, Command, Request};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, LARGE, SMALL};

/// The customer of most tests: the first in the list, without an employer.
const NUMBER: &str = "CU-2024-00004";

/// Changes the customer past the screen.
pub fn change_elsewhere(desk: &mut Desk, change: impl FnOnce(&mut CustomerDetails)) {
    let Record::Customer(present) = desk.record(NUMBER) else {
        panic!()
    };
    let mut details = present.details.clone();
    change(&mut details);
    let at = At {
        number: present.meta.number,
        version: present.meta.version,
    };
    desk.ask(Request::Do(Command::ChangeCustomer { at, details }));
}

fn details(desk: &mut Desk) -> CustomerDetails {
    match desk.record(NUMBER) {
        Record::Customer(customer) => customer.details,
        other => panic!("{other:?}"),
    }
}

/// Note of 5,000 characters in sentences, one of them of its own.
pub fn long(own: &str) -> String {
    let mut text = String::new();
    for place in 0..150 {
        let sentence = if place == 90 {
            format!("{own}。")
        } else {
            format!("第{place}句：业主来访，说楼上空调滴水，已经告诉工程部。")
        };
        text.push_str(&sentence);
    }
    text.chars().take(3990).collect()
}

#[test]
fn both_values_are_shown_and_mine_is_gone_on_with() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>我的公司");
    change_elsewhere(&mut desk, |details| details.employer = "别的公司".into());
    desk.press("<f2>")
        .expect("记录已被别人改过")
        .expect("我的公司")
        .expect("别的公司");
    desk.press("<enter>").expect("我的公司").reject("别的公司");
    assert_eq!(details(&mut desk).employer, "别的公司");
    desk.press("<f2>").expect("已保存");
    assert_eq!(details(&mut desk).employer, "我的公司");
}

#[test]
fn theirs_can_be_taken_for_one_field_and_mine_for_another() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>我的公司<tab>经理");
    change_elsewhere(&mut desk, |details| {
        details.employer = "别的公司".into();
        details.position = "店长".into();
    });
    desk.press("<f2>").expect("工作单位").expect("职务");
    desk.press("<right><enter>")
        .expect("别的公司")
        .expect("经理");
    desk.press("<f2>").expect("已保存");
    let now = details(&mut desk);
    assert_eq!(
        (now.employer.as_str(), now.position.as_str()),
        ("别的公司", "经理")
    );
}

#[test]
fn one_key_takes_all_of_mine_or_all_of_theirs() {
    for (key, employer, position) in [("T", "别的公司", "店长"), ("TM", "我的公司", "经理")]
    {
        let mut desk = Desk::sample(Lang::Zh, SMALL);
        desk.press("4e<tab>我的公司<tab>经理");
        change_elsewhere(&mut desk, |details| {
            details.employer = "别的公司".into();
            details.position = "店长".into();
        });
        desk.press("<f2>")
            .press(key)
            .press("<enter><f2>")
            .expect("已保存");
        let now = details(&mut desk);
        assert_eq!(
            (now.employer.as_str(), now.position.as_str()),
            (employer, position)
        );
    }
}

#[test]
fn what_only_the_other_changed_is_taken_over_and_shown() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>我的公司");
    change_elsewhere(&mut desk, |details| details.position = "店长".into());
    desk.press("<f2>").expect("对方改的，已带入").expect("店长");
    // It is not for choosing.
    desk.press("m<enter><f2>").expect("已保存");
    let now = details(&mut desk);
    assert_eq!(
        (now.employer.as_str(), now.position.as_str()),
        ("我的公司", "店长")
    );
}

#[test]
fn escape_goes_back_to_the_form_as_typed() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>我的公司");
    change_elsewhere(&mut desk, |details| details.employer = "别的公司".into());
    desk.press("<f2>t<esc>")
        .expect("我的公司")
        .reject("别的公司");
    // And the next saving asks again.
    desk.press("<f2>").expect("记录已被别人改过");
}

#[test]
fn a_draft_knows_what_its_form_was_filled_with() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>我的公司<tab>经理<tab><tab><ctrl+u>");
    change_elsewhere(&mut desk, |details| {
        details.employer = "别的公司".into();
        details.place = "9-901".into();
    });
    let mut desk = desk.restarted();
    desk.press("4<ctrl+x><ctrl+d><enter><f2>")
        .expect("我的公司")
        .expect("9-901");
    desk.press("<enter><f2>").expect("已保存");
    let now = details(&mut desk);
    assert_eq!(
        (now.employer.as_str(), now.place.as_str()),
        ("我的公司", "9-901")
    );
    assert!(now.phones.is_empty(), "{:?}", now.phones);
}

#[test]
fn a_long_text_begins_at_what_differs_and_can_be_scrolled() {
    for size in [SMALL, LARGE] {
        let mut desk = Desk::sample(Lang::Zh, size);
        change_elsewhere(&mut desk, |details| details.note = long("原来的一句"));
        desk.press("<f5>4e");
        let form = desk.session.app.pane_mut().unwrap().form.as_mut().unwrap();
        form.set("note", &long("我加的一句"));
        form.changed = true;
        change_elsewhere(&mut desk, |details| details.note = long("对方的一句"));
        desk.press("<f2>").expect("我加的一句").expect("对方的一句");
        desk.expect("我填的").expect("现在的").reject("第5句");
        desk.press("<pageup><pageup><pageup><pageup><pageup><pageup><pageup><pageup>");
        desk.expect("第5句");
    }
}
