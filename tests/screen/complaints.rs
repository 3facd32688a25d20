//! Complaints from a request to the close.

use frontdesk::domain::complaint::ComplaintState;
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
    desk.press("r已约定施工时间<f2>")
        .expect("已保存 CO-2024-00001")
        .expect("已答复");
    desk.press("x<f2>").expect("已办结");
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
    desk.press("<tab>王建国<tab><tab><tab>hjws<tab><tab><tab><tab>楼道没人打扫<f2>");
    desk.expect("已保存 CO-2024-00002");
    let made = complaint(&mut desk, "CO-2024-00002");
    assert_eq!(made.details.customer.map(|number| number.seq), Some(1));
}
