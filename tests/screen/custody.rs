//! Tapes of the archive: papers from delivery to filed, a graded file asked for and lent, a leak, an
//! inspection, the way to a destruction, each step by somebody who has the post for it.

use frontdesk::domain::access::AccessState;
use frontdesk::domain::handover::HandoverState;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// Somebody sits down at the archive's register of a kind, by its place in the list.
fn at(desk: Desk, login: &str, register: &str) -> Desk {
    let mut desk = desk.with(login);
    desk.press(&format!("3R{register}"));
    desk
}

fn handover(desk: &mut Desk) -> HandoverState {
    match desk.record("HO-2024-00001") {
        Record::Handover(handover) => handover.state,
        other => panic!("{other:?}"),
    }
}

fn access(desk: &mut Desk) -> AccessState {
    match desk.record("AR-2024-00001") {
        Record::Access(access) => access.state,
        other => panic!("{other:?}"),
    }
}

/// A new car's papers with two missing, put right and filed.
fn new_car(lang: Lang) {
    let desk = Desk::staffed("dealership", lang);
    let mut desk = at(desk, "sales-consultant", "3");
    desk.press("n<tab><tab><tab><tab><tab>王芳<tab>沪A12345<tab><tab><tab><tab>王芳<tab>13800138000<tab>021-65432100<tab>上海市某路1号<f2>");
    assert_eq!(handover(&mut desk), HandoverState::Due, "{}", desk.screen());
    // All papers stand as whole; only what is odd is changed: the licence and the policy.
    desk.press("g<tab><tab><tab><tab><tab>22<f2>");
    assert_eq!(
        handover(&mut desk),
        HandoverState::Checked,
        "{}",
        desk.screen()
    );
    desk.press("g<f2>");
    let mut desk = at(desk, "archive-administrator", "3");
    desk.press("g<f2>");
    assert_eq!(
        handover(&mut desk),
        HandoverState::Signed,
        "{}",
        desk.screen()
    );
    desk.press("g<f2>");
    assert_eq!(
        handover(&mut desk),
        HandoverState::Incomplete,
        "{}",
        desk.screen()
    );
    desk.press("g<f2>");
    desk.press("g<tab><tab><tab><tab><tab>11<f2>");
    assert_eq!(
        handover(&mut desk),
        HandoverState::Received,
        "{}",
        desk.screen()
    );
    desk.press("g18<tab>scan-0001.pdf<f2>");
    desk.press("gA-1-1<f2>");
    desk.press("g<f2>");
    assert_eq!(
        handover(&mut desk),
        HandoverState::Finished,
        "{}",
        desk.screen()
    );
    let Record::File(file) = desk.record("AF-2024-00001") else {
        panic!("{}", desk.screen());
    };
    assert_eq!(file.details.place, "A-1-1");
}

#[test]
fn a_new_car_s_papers_go_from_delivery_to_filed_with_two_missing_and_a_correction() {
    for lang in [Lang::Zh, Lang::En] {
        new_car(lang);
    }
}

/// A graded file refused, asked for rightly, lent, overdue, back with a piece missing.
fn graded(lang: Lang, words: [&str; 2]) {
    let desk = Desk::staffed("call-centre", lang);
    let mut desk = at(desk, "information-specialist", "1");
    desk.press(
        "c授信审批<tab>1<tab>王芳<tab><tab><tab>B-1<tab><ctrl+u>2<tab><tab><tab><tab>21<f2>",
    );
    desk.expect("AF-2024-00001");
    let mut desk = at(desk, "customer-service", "1");
    desk.reject("授信审批").press("<enter>").expect(words[0]);
    // Asked for: to borrow two pieces, why, by whom.
    desk.press("a2<tab>授信材料<tab>核对额度<tab>客户申请提额<tab><ctrl+u>周敏<tab>市场部<tab><tab><tab><ctrl+u>2<f2>");
    assert_eq!(
        access(&mut desk),
        AccessState::Requested,
        "{}",
        desk.screen()
    );
    let mut desk = desk.with("unit-head");
    desk.press("5y<f2>");
    assert_eq!(
        access(&mut desk),
        AccessState::Endorsed,
        "{}",
        desk.screen()
    );
    for login in ["information-specialist", "customer-service-manager"] {
        desk = desk.with(login);
        desk.press("5y11<f2>");
    }
    assert_eq!(access(&mut desk), AccessState::Granted, "{}", desk.screen());
    let mut desk = at(desk, "customer-service", "4");
    desk.press("g<f2>");
    // Check-out of an approved request: one key.
    let mut desk = at(desk, "information-specialist", "4");
    desk.press("g");
    let Record::Loan(loan) = desk.record("LO-2024-00001") else {
        panic!("{}", desk.screen());
    };
    assert_eq!(loan.details.borrower, "周敏");
    desk.press("R2");
    desk.expect("LO-2024-00001");
    // One of the two comes back: the loan stays open and names the other.
    desk.press("r<ctrl+u>1<f2>").expect(words[1]);
}

#[test]
fn a_graded_file_is_refused_asked_for_lent_and_comes_back_with_a_piece_missing() {
    graded(Lang::Zh, ["未经许可不得查阅", "/2"]);
    graded(Lang::En, ["not open without permission", "/2"]);
}

/// A leak stands above everything of both posts until each has acknowledged it.
#[test]
fn a_leak_is_reported_acknowledged_by_both_dealt_with_and_closed() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = Desk::staffed("call-centre", lang);
        let mut desk = at(desk, "information-specialist", "6");
        desk.press("n名单误发到外部群<tab>已撤回<f2>")
            .expect("LK-2024-00001");
        for login in ["information-supervisor", "customer-service-manager"] {
            desk = desk.with(login);
            desk.expect("LK-2024-00001").press("!");
        }
        let mut desk = at(desk, "customer-service-manager", "6");
        desk.press("g约谈当事人<f2>");
        desk.press("k");
        desk.press("2对方已确认删除<f2>");
        let Record::Incident(leak) = desk.record("LK-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert!(leak.closed.is_some(), "{}", desk.screen());
    }
}

/// A file reaches its ten years, goes through review and approval, and is destroyed.
#[test]
fn a_file_past_its_ten_years_is_destroyed() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = Desk::staffed("leasing", lang);
        let mut desk = at(desk, "general-services", "1");
        desk.press("c欧阳的租赁合同<tab>1<tab>欧阳<tab><tab><tab>A-1<f2>");
        desk.expect("AF-2024-00001");
        desk.clock.advance_seconds(3653 * 86_400);
        let mut desk = at(desk, "general-services", "1");
        // Among its steps: to propose its destruction.
        let propose = match lang {
            Lang::Zh => "提请<enter>",
            Lang::En => "Propose<enter>",
        };
        desk.press("k").press(propose);
        for login in ["head-of-leasing", "general-manager"] {
            desk = desk.with(login);
            desk.press("5y<f2>");
        }
        let mut desk = at(desk, "general-services", "7");
        desk.expect("DS-2034-00001").press("g1监销人赵<f2>");
        desk.expect("AF-2024-00001").press("y");
        let Record::Destruction(record) = desk.record("DS-2034-00001") else {
            panic!("{}", desk.screen());
        };
        assert!(record.destroyed.is_some(), "{}", desk.screen());
        desk.press("R1").reject("欧阳");
    }
}

#[test]
fn an_inspection_visits_two_shelves_and_closes() {
    let site = r#"
[[archive.shelves]]
id = "甲柜"
rows = 2
places = 3

[[archive.shelves]]
id = "乙柜"
rows = 2
places = 3
"#;
    for (lang, due) in [
        (Lang::Zh, "保管状况全面检查还没有做过"),
        (Lang::En, "never inspected yet"),
    ] {
        let desk = Desk::staffed_by("call-centre", Some(site), lang);
        let mut desk = at(desk, "information-specialist", "5");
        desk.expect(due).press("n<f2>");
        desk.press("g<f2>");
        desk.press("g<tab>3缺 3 号合同<f2>");
        desk.press("g<f2>");
        let Record::Inspection(inspection) = desk.record("IS-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(inspection.visits.len(), 2, "{}", desk.screen());
        assert!(inspection.closed.is_some(), "{}", desk.screen());
        desk.reject(due);
    }
}
