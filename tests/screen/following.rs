//! Tapes of a day at the follow-ups list: planned, had with the next one dated, a card confirmed.

use frontdesk::domain::follow_up::{FollowUpKind, FollowUpState};
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// The most keys that close a follow-up and date the next one, beyond what is typed.
const MOST_KEYS: usize = 4;

#[test]
fn a_follow_up_is_closed_and_the_next_one_dated_with_few_keys() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("4c王芳<tab><tab><tab><tab>13800138000<f2>");
        desk.expect("王芳");
        // Planned for today: the customer is found by name.
        desk.press("6c王芳<tab>+0<tab><tab><tab>问是否满意<f2>");
        desk.expect("FU-2024-00001").expect("王芳");
        let keys = ["g", "<tab>", "<f2>"];
        assert!(keys.len() <= MOST_KEYS);
        desk.press(keys[0]).press("满意").press(keys[1]);
        desk.press("+30").press(keys[2]);
        let Record::FollowUp(done) = desk.record("FU-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(done.state, FollowUpState::Done, "{}", desk.screen());
        let Record::FollowUp(next) = desk.record("FU-2024-00002") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(next.details.kind, FollowUpKind::Call);
        assert_eq!(
            done.contact.map(|contact| contact.next),
            Some(Some(next.meta.number))
        );
        // It is not of today, and stands among what is to be done.
        desk.press("6<esc>").reject("FU-2024-00002");
    }
}

#[test]
fn neither_dated_nor_declined_is_asked_back_at_the_day() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("4c王芳<tab><tab><tab><tab>13800138000<f2>");
        desk.press("6c王芳<tab>+0<f2>").expect("FU-2024-00001");
        desk.press("g没人接<f2>").expect("A01-12");
        // The focus stands at the day; what was said stays.
        desk.press("+1<f2>");
        let Record::FollowUp(done) = desk.record("FU-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(done.state, FollowUpState::Done, "{}", desk.screen());
        // Given up with a reason.
        let Record::FollowUp(_) = desk.record("FU-2024-00002") else {
            panic!("{}", desk.screen());
        };
    }
}
