//! Several complaints worked on at once, and forms on paper from the screen.

use frontdesk::domain::complaint::ComplaintState;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::files::fetched;
use crate::harness::{Desk, SMALL};

/// A property office with three complaints: one that is returned already and two new ones.
fn three(lang: Lang) -> Desk {
    let mut desk = Desk::sample(lang, SMALL);
    for text in ["电梯停了", "路灯不亮"] {
        desk.press("2c").press(&format!("wjg<tab><tab>{text}"));
        desk.press("<f2>");
    }
    desk
}

fn state(desk: &mut Desk, seq: u32) -> ComplaintState {
    match desk.record(&format!("CO-2024-{seq:05}")) {
        Record::Complaint(complaint) => complaint.state,
        other => panic!("{other:?}"),
    }
}

fn printed(desk: &mut Desk, name: &str) -> String {
    String::from_utf8(fetched(desk, name)).unwrap()
}

fn handler(desk: &mut Desk, seq: u32) -> String {
    match desk.record(&format!("CO-2024-{seq:05}")) {
        Record::Complaint(complaint) => complaint.handler,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_will_change_and_what_refuses_is_shown_before_anything_is_done() {
    for (lang, changes, refuses, done) in [
        (Lang::Zh, "会办理 2 条", "不能办理 1 条", "已办理 2 条"),
        (Lang::En, "to be done to 2", "Refused for 1", "Done: 2"),
    ] {
        let mut desk = three(lang);
        // The newest is taken back by the complainant: it cannot be assigned any more.
        desk.press("<home>w已修好<f2>");
        assert_eq!(state(&mut desk, 3), ComplaintState::Withdrawn);
        desk.press("<home><space><space><space>a1李强<f2>");
        desk.expect(changes).expect(refuses).expect("李强");
        // Nothing is done yet, and Esc goes back to the form and then to the list.
        assert_eq!(state(&mut desk, 2), ComplaintState::SlipMade);
        desk.press("<esc><esc>");
        assert_eq!(state(&mut desk, 2), ComplaintState::SlipMade);
        desk.press("a1李强<f2>y")
            .expect(done)
            .expect("CO-2024-00003");
        assert_eq!(state(&mut desk, 2), ComplaintState::Assigned);
        assert_eq!(state(&mut desk, 3), ComplaintState::Withdrawn);
        // What was refused stays marked.
        desk.press("<esc>")
            .expect("* CO-2024-00003".replace(' ', "").as_str());
        assert_eq!(handler(&mut desk, 1), "李强");
    }
}

#[test]
fn a_form_that_lacks_something_for_all_says_so_in_the_form() {
    let mut desk = three(Lang::Zh);
    desk.press("<home><space><space>a<f2>")
        .expect("部门不能为空");
    assert_eq!(state(&mut desk, 3), ComplaintState::SlipMade);
}

#[test]
fn several_handlers_are_urged_at_once() {
    let mut desk = three(Lang::Zh);
    desk.press("<home>*").expect("已选 3 条");
    desk.press("*").reject("已选");
    desk.press("<end><space>j今天必须答复<f2>")
        .expect("会办理 1 条");
    desk.press("y").expect("已办理 1 条");
    match desk.record("CO-2024-00001") {
        Record::Complaint(complaint) => assert_eq!(complaint.course.urged.len(), 1),
        other => panic!("{other:?}"),
    }
}

#[test]
fn marked_complaints_are_printed_each_on_a_page() {
    let mut desk = three(Lang::Zh);
    desk.press("<home><space><space>P").expect("打印 2 条记录");
    desk.press("<f2>").expect("已打印 2 页").expect(".html");
    let page = printed(&mut desk, "slip-2024-06-06-2.html");
    for text in ["电梯停了", "路灯不亮", "用户投诉处理单"] {
        assert!(page.contains(text), "{page}");
    }
    assert_eq!(page.matches("<h1>").count(), 2);
}

#[test]
fn the_register_of_the_day_is_printed_as_text() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("1P").expect("来人来电来访登记表");
    desk.press("<tab>2<f2>")
        .expect("已打印 1 页")
        .expect(".txt");
    assert!(printed(&mut desk, "register-2024-06-06.txt").contains("登记表"));
}
