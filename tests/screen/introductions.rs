//! Tapes of two customers who are brought together: prepared, agreed to by both, approved by two where the
//! site approves giving data outside, brought together, and what came of it.

use frontdesk::domain::follow_up::FollowUpKind;
use frontdesk::domain::introduction::{Introduction, IntroductionState};
use frontdesk::domain::record::Record;
use frontdesk::locale::{Lang, Texts};

use crate::harness::Desk;

const NUMBER: &str = "IO-2024-00001";

fn words(lang: Lang, key: &str) -> String {
    Texts::new(lang).get(key).into_owned()
}

/// The register of introductions.
fn register(desk: &mut Desk, lang: Lang) {
    desk.press("4R")
        .press(&words(lang, "register-introduction"));
    desk.press("<enter>").expect(NUMBER);
}

/// Takes a step of the selected introduction by its name, with what is typed of it.
fn step(desk: &mut Desk, lang: Lang, id: &str, typed: &str) {
    desk.press("t")
        .press(&words(lang, &format!("archive-step-{id}")));
    desk.press("<enter>").press(typed).press("<f2>");
}

fn introduction(desk: &mut Desk) -> Introduction {
    match desk.record(NUMBER) {
        Record::Introduction(it) => it,
        other => panic!("{other:?}\n{}", desk.screen()),
    }
}

/// A step that cannot be taken yet is listed with the reason.
fn step_waits(desk: &mut Desk, lang: Lang, id: &str, why: [&str; 2]) {
    desk.press("t")
        .press(&words(lang, &format!("archive-step-{id}")));
    desk.expect(match lang {
        Lang::Zh => why[0],
        Lang::En => why[1],
    });
    desk.press("<esc><esc>");
    assert_eq!(introduction(desk).state, IntroductionState::Planned);
}

/// Two customers who are to be brought together, prepared by whoever is at the desk.
fn prepared(desk: &mut Desk, lang: Lang, cards: [&str; 2]) {
    for card in cards {
        desk.press("4c").press(card).press("<f2>");
    }
    desk.expect("CU-2024-00003");
    desk.press("t")
        .press(&words(lang, "archive-step-new-introduction"));
    desk.press("<enter>").press("王芳<tab>装修与建材<f2>");
    register(desk, lang);
}

#[test]
fn a14_3_4_2_both_agree_two_approve_and_a14_3_4_3_both_are_asked_for_referrals() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        let rest = "<tab><tab><tab><tab>";
        // Source, then to rent and not closed.
        let card = |name: &str, phone: &str| {
            format!("{name}{rest}{phone}<tab><tab><tab><tab><tab>1<tab>12")
        };
        let cards = [card("王芳", "13800138011"), card("李强", "13800138012")];
        prepared(&mut desk, lang, [&cards[0], &cards[1]]);
        // Without the two consents and the approvals nothing is made of it.
        let made = "make-introduction";
        step_waits(&mut desk, lang, made, ["还没有同意", "has not agreed"]);
        step(&mut desk, lang, "consent-introduction", "<tab>电话里同意");
        step(&mut desk, lang, "consent-introduction", "<tab>当面同意");
        let it = introduction(&mut desk);
        assert!(it.consent_one.is_some() && it.consent_other.is_some());
        step_waits(&mut desk, lang, made, ["还没有审批", "not approved yet"]);
        // Who prepared it does not approve it; the two who do find it among what waits for them.
        for post in ["head-of-leasing", "general-manager"] {
            desk = desk.with(post);
            register(&mut desk, lang);
            step(&mut desk, lang, "approve-introduction", "可以");
        }
        assert_eq!(introduction(&mut desk).approved.len(), 2);
        desk = desk.with("leasing-manager");
        register(&mut desk, lang);
        step(&mut desk, lang, made, "请双方喝茶");
        assert_eq!(introduction(&mut desk).state, IntroductionState::Done);
        came_to_something(&mut desk, lang);
    }
}

#[test]
fn a14_3_4_2_where_nobody_approves_the_two_consents_are_enough() {
    for lang in [Lang::Zh, Lang::En] {
        let site = "[archive]\noutside = []\n";
        let desk = Desk::staffed_by("property", Some(site), lang);
        let mut desk = desk.with("customer-service");
        let card = |name: &str, phone: &str| format!("{name}<tab><tab><tab><tab>{phone}");
        let cards = [card("王芳", "13800138011"), card("李强", "13800138012")];
        prepared(&mut desk, lang, [&cards[0], &cards[1]]);
        step(&mut desk, lang, "consent-introduction", "<tab>电话里同意");
        let made = "make-introduction";
        step_waits(&mut desk, lang, made, ["还没有同意", "has not agreed"]);
        step(&mut desk, lang, "consent-introduction", "<tab>当面同意");
        step(&mut desk, lang, made, "请双方喝茶");
        assert_eq!(introduction(&mut desk).state, IntroductionState::Done);
        came_to_something(&mut desk, lang);
    }
}

/// Something came of it: both are on the day's list, to be asked whom they would introduce (A14-3.4.3).
fn came_to_something(desk: &mut Desk, lang: Lang) {
    register(desk, lang);
    step(desk, lang, "succeed-introduction", "签了装修合同");
    assert_eq!(introduction(desk).state, IntroductionState::Succeeded);
    desk.press("6<esc>").expect("王芳").expect("李强");
    desk.expect(&words(lang, "follow-up-kind-ask-referral"));
    for number in ["FU-2024-00001", "FU-2024-00002"] {
        let Record::FollowUp(it) = desk.record(number) else {
            panic!("{}", desk.screen());
        };
        assert_eq!(it.details.kind, FollowUpKind::AskReferral);
        assert!(it.is_open());
    }
}
