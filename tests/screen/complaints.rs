//! Complaints from a request to the close.

use frontdesk::domain::complaint::ComplaintState;
use frontdesk::domain::complaint::course::Satisfaction;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::{Desk, SMALL};

fn complaint(desk: &mut Desk, number: &str) -> frontdesk::domain::complaint::Complaint {
    match desk.record(number) {
        Record::Complaint(complaint) => complaint,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_complaint_made_of_a_request_carries_it_over() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("<down>m")
        .expect("转投诉，来自 IN-2024-00002")
        .expect("厨房水管漏水");
    desk.press("<f2>").expect("已保存 CO-2024-00002");
    let made = complaint(&mut desk, "CO-2024-00002");
    assert_eq!(made.details.complainant, "王建国");
    assert_eq!(made.details.text, "厨房水管漏水，已关总阀");
    assert_eq!(made.details.phone, "13800138000");
    assert_eq!(
        made.intake.map(|number| number.to_string()).as_deref(),
        Some("IN-2024-00002")
    );
    desk.press("1um").expect("已转为投诉 CO-2024-00002");
}

#[test]
fn a_complaint_goes_step_by_step_to_its_close() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2x").expect("还没有答复客户，不能办结");
    desk.press("g").expect("交回处理单 CO-2024-00001");
    desk.press("已约定施工时间<f2>")
        .expect("已保存 CO-2024-00001")
        .expect("已交回");
    // A digit chooses and moves on: reached, satisfied, then what was said.
    desk.press("g12同意新时间<f2>").expect("已答复");
    let called = complaint(&mut desk, "CO-2024-00001");
    let attempt = called.course.attempts.last().unwrap();
    assert_eq!(attempt.said.text, "同意新时间");
    assert_eq!(attempt.satisfaction, Some(Satisfaction::Satisfied));
    desk.press("g<f2>").expect("已办结");
    assert_eq!(
        complaint(&mut desk, "CO-2024-00001").state,
        ComplaintState::Closed
    );
    desk.press("e").expect("不能再改");
}

#[test]
fn a_complaint_is_withdrawn_with_a_reason() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2w<f2>").expect("事由不能为空");
    desk.press("已和邻居谈好<f2>").expect("已撤诉");
    assert_eq!(
        complaint(&mut desk, "CO-2024-00001").state,
        ComplaintState::Withdrawn
    );
}

#[test]
fn a_complaint_is_recorded_directly_with_a_customer_found_while_typing() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2cwjg").expect("王建国  3-1201");
    desk.press("<tab>hjws<tab>楼道没人打扫<f2>");
    desk.expect("已保存 CO-2024-00002");
    let made = complaint(&mut desk, "CO-2024-00002");
    assert_eq!(made.details.customer.map(|number| number.seq), Some(1));
}

#[test]
fn every_step_is_listed_with_its_clause_and_a_digit_takes_it() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2t")
        .expect("交回处理单 [A13-c3c]")
        .expect("催办");
    desk.press("1").expect("交回处理单 CO-2024-00001");
}

#[test]
fn a_major_complaint_stands_above_everything_until_it_is_acknowledged() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2tlwzd<enter>")
        .expect("列为重大投诉 CO-2024-00001");
    desk.press("媒体来电<f2>").expect("重大投诉 CO-2024-00001");
    // It is there on every tab, and among what waits.
    desk.press("4").expect("重大投诉 CO-2024-00001");
    desk.press("5").expect("等我审批");
    desk.press("y");
    assert!(!desk.screen().contains("重大投诉 CO-2024-00001"));
    let seen = complaint(&mut desk, "CO-2024-00001");
    assert_eq!(seen.course.major.unwrap().acknowledged.len(), 1);
}

#[test]
fn a_measure_is_drafted_for_a_complaint_and_another_one_says_yes() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2m").expect("拟定措施，针对 CO-2024-00001");
    desk.press("<tab>加装隔音提示牌<tab><tab>刘队长<tab>2024-07-01<f2>");
    desk.press("o").expect("加装隔音提示牌").expect("待批准");
    let drafted = complaint(&mut desk, "CO-2024-00001");
    assert_eq!(drafted.measures.len(), 1);
    // Nobody approves their own.
    desk.press("g").expect("不能审批自己的措施");
}

#[test]
fn what_may_be_the_same_matter_stands_below_the_form_and_one_key_adds_to_it() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    // The same words, from somebody else.
    desk.press("2c<tab><tab>楼上装修噪音，早上七点就开始")
        .expect("可能是同一件事（1 条未办结）")
        .expect("CO-2024-00001");
    desk.press("<ctrl+x><tab>").reject("可能是同一件事");
    desk.expect("共 1 条");
    desk.press("<enter><end>").expect("早上七点就开始");
}

#[test]
fn a_closed_one_is_no_repeat() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("2w已和邻居谈好<f2>").expect("已撤诉");
    desk.press("c<tab><tab>楼上装修噪音，早上七点就开始")
        .reject("可能是同一件事");
}

#[test]
fn a_lesson_is_shared_from_a_closed_complaint_and_found_by_the_departments() {
    for (lang, share, lessons) in [
        (Lang::Zh, "通报经验教训", "通报给本部门的"),
        (
            Lang::En,
            "Lesson for departments",
            "Lessons for my department",
        ),
    ] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("2g已约定施工时间<f2>g12客户认可<f2>g<f2>");
        let at = "CO-2024-00001";
        assert_eq!(complaint(&mut desk, at).state, ComplaintState::Closed);
        desk.press("t").expect("1").press("<enter>").expect(share);
        desk.press("停水要提前一天通知<f2>");
        let shared = complaint(&mut desk, at);
        assert_eq!(shared.state, ComplaintState::Closed);
        assert_eq!(shared.course.lessons[0].said.text, "停水要提前一天通知");
        assert!(shared.course.lessons[0].departments.len() > 1);
        desk.press(&format!("f{lessons}<enter>"))
            .expect(lessons)
            .expect(at);
    }
}
