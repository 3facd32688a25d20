//! What hands try without thinking: the way out is named, arrows move between buttons, commands
//! typed under an input method get a reason, a customer is picked by name as the caller.

use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

fn desk() -> Desk {
    Desk::sample(Lang::Zh, SMALL)
}

#[test]
fn every_place_names_its_way_out() {
    desk().press("1").expect("? 帮助").expect("Ctrl+Q 退出");
    desk().press("2").expect("? 帮助").expect("Ctrl+Q 退出");
    desk().press("c").expect("Esc 离开").expect("F1 帮助");
    desk()
        .press("<enter>")
        .expect("Esc 关闭")
        .expect("Down 下移");
    desk().press("f").expect("Enter 确定").expect("Esc 取消");
    desk().press("/").expect("Esc 显示全部");
    desk().press("4x").expect("y 是").expect("n 否");
}

#[test]
fn the_operator_stands_on_the_first_row_at_eighty_columns() {
    let mut desk = desk();
    desk.press("1");
    let screen = desk.screen();
    let first = screen.lines().next().unwrap_or_default();
    assert!(first.trim_end().ends_with("张敏"), "{first}");
}

#[test]
fn arrows_sideways_move_between_the_buttons_of_a_question() {
    let mut desk = desk();
    desk.press("4x<right><left><enter>").reject("已保存");
    desk.press("x<right><enter>").expect("已保存");
}

#[test]
fn commands_typed_while_the_input_method_is_on_get_a_reason() {
    desk().press("1才").expect("输入法打开时");
    desk().press("1c才").reject("输入法打开时").expect("才");
}

#[test]
fn the_caller_of_a_visit_is_picked_by_name() {
    let mut desk = desk();
    desk.press("v<tab>wjg<f4>").expect("选择客户");
    desk.press("<enter>").expect("13800138000");
    // Before they leave it is said that no next visit is wanted.
    desk.press("<tab><tab><tab>问路<f2>").expect("A01-12");
    desk.press("<tab><tab>y<f2>").expect("已保存");
    let Record::Intake(intake) = desk.record("IN-2024-00004") else {
        panic!("no request");
    };
    assert_eq!(intake.details.caller, "王建国");
    assert_eq!(intake.details.customer.map(|number| number.seq), Some(1));
}

#[test]
fn a_customer_may_call_from_a_number_that_is_not_on_the_card() {
    let mut desk = desk();
    desk.press("c13512345678<tab>wjg<f4><enter>")
        .expect("13512345678")
        .expect("王建国先生");
    desk.press("<tab><tab><tab>问路<f2>").expect("已保存");
    let Record::Intake(intake) = desk.record("IN-2024-00004") else {
        panic!("no request");
    };
    assert_eq!(intake.details.phone, "13512345678");
    assert_eq!(intake.details.customer.map(|number| number.seq), Some(1));
}

#[test]
fn a_page_is_as_large_as_its_text() {
    let mut desk = desk();
    desk.press("1<ctrl+x><ctrl+r>").expect("话务处理时长");
    let screen = desk.screen();
    let bottoms = screen.lines().filter(|line| line.contains("┘")).count();
    assert!(bottoms >= 3, "the list shows below the page:\n{screen}");
}

#[test]
fn a_name_that_is_no_customer_is_told_as_such() {
    desk()
        .press("2c查无此人<tab>")
        .expect("没有这位客户")
        .expect("按姓名或电话查找");
}

#[test]
fn a_draft_that_is_resumed_shows_its_caller_again() {
    desk()
        .press("1c13800138000<esc>")
        .reject("耳背，请说慢一点")
        .press("<ctrl+x><ctrl+d><enter>")
        .expect("王建国先生")
        .expect("耳背，请说慢一点");
}

#[test]
fn a_form_that_is_left_tells_the_key_that_brings_it_back() {
    desk().press("1c135<esc>").expect("按 Ctrl+X Ctrl+D 可取回");
}
