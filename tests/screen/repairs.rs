//! Repairs at the screen: what is owed to the caller, by when, and everything in one form where it
//! was done at once.

use frontdesk::domain::intake::IntakeState;
use frontdesk::domain::record::Record;
use frontdesk::domain::stamp::Stamp;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// A site that responds within two hours of work.
const SITE: &str = "[repairs.terms]\nresponse = { amount = 2, unit = \"working-hours\" }\n";
const NUMBER: &str = "IN-2024-00001";

/// A repair of a known caller, just accepted.
fn accepted(site: Option<&str>, lang: Lang) -> Desk {
    let mut desk = Desk::staffed_by("property", site, lang).with("customer-service");
    desk.press("c13800138000<tab><tab><tab>1厨房水管漏水<tab>全天有人<f2>");
    desk
}

fn state(desk: &mut Desk) -> IntakeState {
    match desk.record(NUMBER) {
        Record::Intake(intake) => intake.state,
        other => panic!("{other:?}"),
    }
}

#[test]
fn who_was_not_answered_in_time_is_shown_with_the_proof_and_what_is_next() {
    for (lang, late, next, proof) in [
        (
            Lang::Zh,
            "未响应，逾期 0:",
            "响应客户 [A05-4.3a]（客服",
            "2 个工作小时",
        ),
        (
            Lang::En,
            "No response, 0:",
            "Respond to the customer [A05-4.3a]",
            "2 working hours",
        ),
    ] {
        let mut desk = accepted(Some(SITE), lang);
        desk.expect(next).reject(late);
        desk.clock
            .set(Stamp::parse("2024-06-06 17:30", 480).unwrap());
        // Assigned is not answered.
        desk.press("t21「老周」<f2>").expect(late);
        desk.press("d").expect(proof).expect("2024-06-06 17:");
        desk.press("<esc>g师傅马上到<f2>").reject(late);
        assert_eq!(state(&mut desk), IntakeState::Responded);
    }
}

#[test]
fn what_was_done_at_once_is_answered_in_one_form() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = accepted(None, lang);
        desk.press("t3<f2>").expect("A05-4.3a").expect("A05-4.3b");
        assert_eq!(state(&mut desk), IntakeState::Accepted);
        desk.press("请先看电表<tab>跳闸，已教业主复位<tab>已恢复用电<f2>");
        assert_eq!(state(&mut desk), IntakeState::Answered);
        // What leads on from there is to close it.
        desk.press("g已恢复<f2>");
        assert_eq!(state(&mut desk), IntakeState::Closed);
    }
}

#[test]
fn a_repair_that_lacks_its_answer_is_not_closed_and_says_by_which_clause() {
    let mut desk = accepted(None, Lang::Zh);
    desk.press("x<tab>已修好<f2>")
        .expect("还没有响应客户")
        .expect("A05-4.3a");
    assert_eq!(state(&mut desk), IntakeState::Accepted);
}
