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

/// The words of a test in each language.
fn both<const N: usize>(
    zh: [&'static str; N],
    en: [&'static str; N],
) -> [(Lang, [&'static str; N]); 2] {
    [(Lang::Zh, zh), (Lang::En, en)]
}

#[test]
fn a01_19_the_card_shows_its_five_contents_in_order_and_what_is_missing() {
    for (lang, contents) in both(
        [
            "│姓名     李娜",
            "│工作单位 未填",
            "│职务     未填",
            "│住址     未填",
            "│电话     021****2100",
        ],
        [
            "│Name            李娜",
            "│Employer        missing",
            "│Position        missing",
            "│Address         missing",
            "│Telephones      021****2100",
        ],
    ) {
        let mut desk = Desk::sample(lang, SMALL);
        let screen = desk.press("4").screen();
        let at = |text: &str| {
            let found = screen.find(text);
            found.unwrap_or_else(|| panic!("{text}\n{screen}"))
        };
        assert!(contents.map(at).is_sorted(), "{screen}");
    }
}

#[test]
fn a01_20_key_customers_can_be_listed_alone() {
    for (lang, [saved, key]) in both(
        ["已保存 CU-2024-00004", "重点客户"],
        ["CU-2024-00004 is saved", "Key customers"],
    ) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4k").expect(saved);
        assert!(customer(&mut desk, "CU-2024-00004").is(Mark::Key));
        desk.press("o")
            .expect(key)
            .expect("王建国")
            .expect("李娜")
            .reject("欧阳雪");
        desk.press("o").expect("欧阳雪");
    }
}

#[test]
fn a01_18_a_customer_is_retired_after_a_question_and_not_erased() {
    for (lang, [asked]) in both(["停用客户 李娜"], ["Retire customer 李娜"]) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4x").expect(asked);
        desk.press("<enter>").expect("李娜");
        assert!(!customer(&mut desk, "CU-2024-00004").is(Mark::Retired));
        desk.press("xy").reject("CU-2024-00004 ─");
        assert!(customer(&mut desk, "CU-2024-00004").is(Mark::Retired));
        desk.press("i").expect("李娜");
    }
}

#[test]
fn a01_21_a_second_card_of_the_same_person_is_asked_about() {
    for (lang, [asked, form, saved]) in both(
        ["已有同名同电话的客户", "客户登记", "已保存 CU-2024-00005"],
        [
            "customer with this name and phone",
            "New customer",
            "CU-2024-00005 is saved",
        ],
    ) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4n王建国<tab><tab><tab><tab>13800138000<f2>")
            .expect(asked);
        desk.press("<enter>").expect(form);
        desk.press("<f2>y").expect(saved);
    }
}

#[test]
fn a01_21_a_telephone_with_letters_is_refused() {
    for (lang, [clause, refused]) in both(["A01-21", "电话"], ["A01-21", "Telephones"]) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4n周涛<tab><tab><tab><tab>13800l38000<f2>")
            .expect(clause)
            .expect(refused)
            .reject("CU-2024-00005");
    }
}

#[test]
fn a01_22_the_history_shows_what_changed_by_whom() {
    for (lang, [saved, field, change]) in both(
        ["已保存 CU-2024-00004", "工作单位", "未填 → 远洋公司"],
        ["CU-2024-00004 is saved", "Employer", "missing → 远洋公司"],
    ) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4e<tab>远洋公司<f2>").expect(saved);
        desk.press("h").expect(field).expect(change).expect("张敏");
    }
}

#[test]
fn a01_23_a_card_is_confirmed_to_be_right_today() {
    for (lang, [saved, confirmed]) in both(
        ["已保存 CU-2024-00004", "资料核对"],
        ["CU-2024-00004 is saved", "Confirmed"],
    ) {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("4y").expect(saved);
        desk.press("<enter>").expect(confirmed).expect("2024-06-06");
    }
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
