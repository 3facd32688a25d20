//! Logging calls, letters and visits.

use frontdesk::domain::intake::{IntakeState, OutcomeCode};
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

fn intake(desk: &mut Desk, number: &str) -> frontdesk::domain::intake::Intake {
    match desk.record(number) {
        Record::Intake(intake) => intake,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a01_11_a_known_caller_needs_nothing_but_the_request() {
    for (lang, name, saved) in [
        (Lang::Zh, "王建国先生", "已保存 IN-2024-00004"),
        (Lang::En, "Mr 王建国", "IN-2024-00004 is saved"),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("c13800138000<enter>").expect(name);
        desk.press("<enter><enter><enter>问物业费<f2>")
            .expect(saved);
        let logged = intake(&mut desk, "IN-2024-00004");
        assert_eq!(logged.details.caller, "王建国");
        assert_eq!(logged.details.place, "3-1201");
        assert_eq!(logged.details.customer.map(|number| number.seq), Some(1));
        assert_eq!(logged.details.text, "问物业费");
    }
}

#[test]
fn a14_2_1_the_form_of_address_stands_on_top_with_the_last_digit() {
    for (lang, name, mark) in [
        (Lang::Zh, "王建国先生", "重点客户"),
        (Lang::En, "Mr 王建国", "Key customer"),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("c1380013800").reject(name);
        desk.press("0")
            .expect(name)
            .expect("耳背，请说慢一点")
            .expect(mark);
        desk.press("<backspace>").reject(name);
    }
}

#[test]
fn a01_11_an_unknown_caller_gives_name_and_place_and_becomes_a_customer() {
    for (lang, [caller, place], saved) in [
        (
            Lang::Zh,
            ["来电人不能为空", "房号不能为空"],
            "已保存 IN-2024-00004",
        ),
        (
            Lang::En,
            ["Caller must not be empty", "Room must not be empty"],
            "IN-2024-00004 is saved",
        ),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("c13512345678<tab><tab><tab><tab><tab>电梯有异响<f2>");
        desk.expect(caller).expect(place).expect("A01-11");
        desk.press("周涛<tab>6-301<f2>").expect(saved);
        let logged = intake(&mut desk, "IN-2024-00004");
        assert_eq!(logged.details.customer.map(|number| number.seq), Some(5));
        desk.press("4").expect("周涛").expect("135 **** 5678");
    }
}

#[test]
fn an_unknown_caller_may_stay_unregistered() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<tab>6-301<tab>n<tab><tab>问路<f2>");
    desk.expect("已保存 IN-2024-00004");
    assert_eq!(intake(&mut desk, "IN-2024-00004").details.customer, None);
}

#[test]
fn a05_4_2b_a_repair_asks_when_somebody_can_get_in() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13800138000<tab><tab><tab>")
        .reject("可上门时间");
    desk.press("bx<tab>").expect("报修").expect("可上门时间");
    desk.press("灯不亮<f2>")
        .expect("可上门时间不能为空")
        .expect("A05-4.2b");
    desk.press("明天下午<f2>").expect("已保存 IN-2024-00004");
    assert_eq!(
        intake(&mut desk, "IN-2024-00004").state,
        IntakeState::Accepted
    );
}

#[test]
fn a09_2_3_the_clock_of_a_call_starts_with_its_key() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.press("c").expect("started 15:00");
    desk.clock.advance_seconds(150);
    desk.press("13800138000<tab><tab><tab><tab>A question<f2>")
        .expect("IN-2024-00004 is saved");
    assert_eq!(
        intake(&mut desk, "IN-2024-00004").handling_seconds(),
        Some(150)
    );
    desk.press("<ctrl+x><ctrl+r>").expect("2:30");
}

#[test]
fn a_request_is_closed_with_its_outcome() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("x<f2>").expect("不能为空");
    desk.press("已告知办理地点<f2>")
        .expect("已保存 IN-2024-00003");
    let closed = intake(&mut desk, "IN-2024-00003");
    let outcome = closed.outcome.unwrap();
    assert_eq!(
        (outcome.code, outcome.text.as_str()),
        (OutcomeCode::Resolved, "已告知办理地点")
    );
    desk.press("x").expect("已办结，不能再改");
}

#[test]
fn a_caller_is_recognised_as_a_customer_afterwards() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("a<ctrl+u>oyx").expect("欧阳雪");
    desk.press("<enter>")
        .expect("已保存 IN-2024-00003")
        .expect("欧阳雪");
}

#[test]
fn a_choice_is_typed_by_place_code_name_or_pinyin_and_stepped_through() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    for typed in ["1", "repair", "报修", "bx", "baox"] {
        desk.press("c<up><up><up><up><up>");
        desk.press("<esc>");
        let keys = format!("c13800138000<tab><tab><tab>{typed}<tab>");
        desk.press(&keys).expect("报修").press("<esc>");
    }
    desk.press("c13800138000<tab><tab><tab>bx<tab><up><right>")
        .expect("投诉");
    desk.press("<left>").expect("报修");
    desk.press("nothing<tab>").expect("“nothing”不在可选范围内");
}

#[test]
fn a_note_takes_several_lines_and_the_arrows_move_in_it() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13800138000<tab><tab><tab><tab>第一行<enter>第二行<up><home>零<f2>");
    assert_eq!(
        intake(&mut desk, "IN-2024-00004").details.text,
        "零第一行\n第二行"
    );
}

#[test]
fn a_paste_is_text_and_never_a_key() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("<paste>c13800</paste>").reject("来电登记  开始");
    desk.press("c<paste>138 0013 8000</paste>")
        .expect("王建国先生");
}

#[test]
fn save_and_new_begins_the_next_call_and_repeat_fills_in_the_last_value() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13800138000<tab><tab><tab><tab>第一个<f3>")
        .expect("来电登记");
    desk.press("<ctrl+r>")
        .expect("13800138000")
        .expect("王建国先生");
    desk.press("<tab><tab><tab><tab><ctrl+r><f2>")
        .expect("已保存 IN-2024-00005");
    assert_eq!(intake(&mut desk, "IN-2024-00005").details.text, "第一个");
}

#[test]
fn a01_08_what_a_caller_prefers_is_shown_before_the_request_is_typed() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        let details = frontdesk::domain::customer::CustomerDetails {
            name: "欧阳晓红".into(),
            phones: vec![frontdesk::domain::phone::Phone {
                digits: "13900139000".into(),
                ..frontdesk::domain::phone::Phone::default()
            }],
            note: "听力不好，请慢慢说".into(),
            ..frontdesk::domain::customer::CustomerDetails::default()
        };
        let command = frontdesk::desk::contract::Command::RegisterCustomer { details };
        desk.ask(frontdesk::desk::contract::Request::Do(command));
        desk.press("1c1390013").reject("请慢慢说");
        desk.press("9000").expect("请慢慢说");
    }
}
