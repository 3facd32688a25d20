//! Customers and their cards.

use frontdesk::domain::customer::Mark;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

fn customer(desk: &mut Desk, number: &str) -> frontdesk::domain::customer::Customer {
    match desk.record(number) {
        Record::Customer(customer) => customer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a01_19_the_card_shows_its_five_contents_in_order_and_what_is_missing() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let screen = desk.press("4").screen();
    let at = |text: &str| {
        screen
            .find(text)
            .unwrap_or_else(|| panic!("{text}\n{screen}"))
    };
    let places = [
        at("│姓名     李娜"),
        at("│工作单位 未填"),
        at("│职务     未填"),
        at("│住址     未填"),
        at("│电话     021****2100"),
    ];
    assert!(places.is_sorted(), "{screen}");
}

#[test]
fn a01_20_key_customers_can_be_listed_alone() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4k").expect("已保存 CU-2024-00004");
    assert!(customer(&mut desk, "CU-2024-00004").is(Mark::Key));
    desk.press("o")
        .expect("王建国")
        .expect("李娜")
        .reject("欧阳雪");
    desk.press("o").expect("欧阳雪");
}

#[test]
fn a01_18_a_customer_is_retired_after_a_question_and_not_erased() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4x").expect("停用客户 李娜");
    desk.press("<enter>").expect("李娜");
    assert!(!customer(&mut desk, "CU-2024-00004").is(Mark::Retired));
    desk.press("xy").reject("CU-2024-00004 ─");
    desk.press("i").expect("李娜");
}

#[test]
fn a01_21_a_second_card_of_the_same_person_is_asked_about() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4n王建国<tab><tab><tab><tab>13800138000<f2>")
        .expect("已有同名同电话的客户");
    desk.press("<enter>").expect("客户登记");
    desk.press("<f2>y").expect("已保存 CU-2024-00005");
}

#[test]
fn a01_22_the_history_shows_what_changed_by_whom() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4e<tab>远洋公司<f2>")
        .expect("已保存 CU-2024-00004");
    desk.press("h")
        .expect("工作单位")
        .expect("未填 → 远洋公司")
        .expect("张敏");
}

#[test]
fn a01_23_a_card_is_confirmed_to_be_right_today() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4y")
        .expect("已保存 CU-2024-00004")
        .expect("2024-06-06");
}

#[test]
fn the_contacts_of_a_customer_stand_below_the_card() {
    let mut desk = Desk::sample(Lang::Zh, (120, 40));
    desk.press("4<end>")
        .expect("往来记录")
        .expect("IN-2024-00002 已受理");
}

#[test]
fn a_call_of_the_selected_customer_is_filled_in() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end>p")
        .expect("王建国先生")
        .expect("13800138000");
    desk.press("催问维修<f2>").expect("已保存 IN-2024-00004");
}

#[test]
fn labels_of_telephones_and_what_the_form_does_not_show_survive_a_change() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let before = customer(&mut desk, "CU-2024-00001");
    desk.press("4<end>e<tab><tab>校长<f2>").expect("已保存");
    let after = customer(&mut desk, "CU-2024-00001");
    assert_eq!(after.details.position, "教师校长");
    assert_eq!(after.details.phones, before.details.phones);
    assert_eq!(after.details.plates, before.details.plates);
}
