//! Tapes of a leasing office: a card that says what somebody is for, visits to one sales site, where somebody
//! was met, invitees by name, the address of who calls, attempts at a central person.

use frontdesk::domain::campaign::Answer;
use frontdesk::domain::customer::{Customer, Mark};
use frontdesk::domain::deal::Deal;
use frontdesk::domain::follow_up::FollowUpState;
use frontdesk::domain::record::Record;
use frontdesk::domain::registration::Business;
use frontdesk::domain::visiting::Met;
use frontdesk::locale::{Lang, Texts};

use crate::harness::{Desk, SMALL};

const TWO_SITES: &str = "[customers]\nsites = [\n{ id = \"here\", zh = \"桂花苑\", en = \"Osmanthus\" },\n\
    { id = \"south\", zh = \"南案场\", en = \"South site\" },\n]\n";

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn words(lang: Lang, key: &str) -> String {
    Texts::new(lang).get(key).into_owned()
}

fn customer(desk: &mut Desk, number: &str) -> Customer {
    match desk.record(number) {
        Record::Customer(card) => card,
        other => panic!("{other:?}\n{}", desk.screen()),
    }
}

#[test]
fn a12_s_a_card_asks_for_business_and_state_and_lists_are_narrowed_by_both() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        desk.press("4c王芳<tab><tab><tab><tab>13900139000<tab><tab><tab><tab><tab>2<f2>");
        desk.expect("A12-s").reject("CU-2024-00002");
        // What is missing has the focus: to buy, and closed.
        desk.press("21<f2>").expect("CU-2024-00002");
        let card = customer(&mut desk, "CU-2024-00002");
        assert_eq!(card.details.business, Some(Business::Sale));
        assert_eq!(card.details.deal, Some(Deal::Closed));
        assert!(card.is(Mark::Closed));
        let texts = Texts::new(lang);
        let name = words(lang, "business-sale");
        let filter = texts.with("filter-of-business", &[("name", &name)]);
        desk.press("f").press(&filter).press("<enter>");
        desk.expect("王芳").reject("王建国");
    }
}

#[test]
fn a14_3_3_the_third_visit_to_one_site_asks_with_the_count_and_the_site() {
    for lang in [Lang::Zh, Lang::En] {
        let desk = Desk::staffed_by("leasing", Some(TWO_SITES), lang);
        let mut desk = desk.with("leasing-manager");
        desk.press("1v13800138000<enter><enter><enter><enter>看铺<tab><tab><tab>2");
        desk.press("<tab><tab>y<f2>").expect("IN-2024-00001");
        for _ in 0..3 {
            desk.reject(either(lang, "列为意向客户吗", "Raise to prospect"));
            desk.press("1v13800138000<enter><enter><enter><enter>看铺<f2>");
            // Before they leave it is said that no next visit is wanted.
            desk.press("<tab><tab>y<f2>");
        }
        desk.expect("3").expect(either(lang, "桂花苑", "Osmanthus"));
        desk.press("y");
        let card = customer(&mut desk, "CU-2024-00001");
        assert!(card.is(Mark::Prospect), "{}", desk.screen());
    }
}

#[test]
fn a14_3_3b_a_registration_says_where_somebody_was_met() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        desk.press("3R")
            .press(&words(lang, "register-registration"));
        desk.press("<enter>n13900139000<tab>李强<tab><tab>3");
        // Whom the manager found was met outside, where nothing else is said.
        desk.press("临街铺面")
            .press("<tab><tab><tab><tab><tab>1<f2>");
        let Record::Registration(row) = desk.record("RG-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(row.met(), Some(Met::SalesOffice), "{}", desk.screen());
        assert_eq!(row.details.sales_site, "here");
    }
}

#[test]
fn a01_07_invitees_are_picked_or_pasted_and_who_came_is_ticked() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        for (name, phone) in [("王芳", "13900139001"), ("李强", "13900139002")] {
            desk.press(&format!("4c{name}<tab><tab><tab><tab>{phone}<f2>"));
        }
        desk.press("6R2n5开放日<tab><tab><tab>2024-06-30<tab>二期工地<tab>");
        // Places, property, state and key customers are left as they are; the first is picked.
        desk.press("<tab><tab><tab><tab>李强<tab>");
        desk.expect("CU-2024-00003 李强");
        // The second is pasted; what is no customer is said.
        desk.press("，CU-2024-0000X<f2>").reject("CA-2024-00001");
        desk.press("<backspace>2<f2>").expect("CA-2024-00001");
        let Record::Campaign(event) = desk.record("CA-2024-00001") else {
            panic!("{}", desk.screen());
        };
        let named: Vec<u32> = event.details.target.named.iter().map(|it| it.seq).collect();
        assert_eq!(named, [2, 3], "{}", desk.screen());
        desk.press("g")
            .expect("王芳")
            .expect("李强")
            .reject("王建国");
        desk.press("g到场了<tab>3<f2>").expect("FU-2024-00001");
        let Record::FollowUp(came) = desk.record("FU-2024-00001") else {
            panic!("{}", desk.screen());
        };
        let answer = came.contact.and_then(|contact| contact.answer);
        assert_eq!(answer, Some(Answer::Attended), "{}", desk.screen());
        // It stands in the history of whoever came.
        assert_eq!(came.details.customer.map(|it| it.seq), Some(2));
        desk.press("4/CU-2024-00002<enter><enter>").expect("到场了");
    }
}

#[test]
fn a01_11_the_address_of_a_known_caller_stands_beside_the_unit_and_on_the_panel() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::sample(lang, SMALL);
        desk.press("c13800138000");
        let screen = desk.screen();
        // As far as a list shows it: the number of the flat is masked.
        let seen = screen.matches("阳光花园3栋").count();
        assert!(seen >= 2, "{screen}");
        // It is no part of what is saved, and goes with the customer.
        desk.press("<enter><enter><enter><enter>问物业费<f2>");
        let Record::Intake(logged) = desk.record("IN-2024-00004") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(logged.details.place, "3-1201");
        desk.press("c13800138000").expect("阳光花园3栋");
        desk.press("<backspace>").reject("阳光花园3栋");
    }
}

#[test]
fn a14_3_2c_of_a_central_person_attempts_stand_apart_and_the_next_one_is_asked_for() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("4c李强<tab><tab><tab><tab>13900139002<f2>");
        desk.press("t")
            .press(&words(lang, "archive-step-new-relation"));
        desk.press("<enter>").press(either(lang, "核心", "central"));
        desk.press("<tab>台商会<f2>").expect("RL-2024-00001");
        desk.press("4").press("t");
        desk.press(&words(lang, "archive-step-log-contact"));
        // Nobody was reached: without the day of the next attempt it is not saved.
        desk.press("<enter><tab><tab><tab><tab><tab>y<f2>");
        desk.expect("A14-3.2c").reject("FU-2024-00001");
        desk.press("+7<f2>").expect("FU-2024-00001");
        // Reached before that day: the attempt that was planned is the one that was made.
        desk.press("4").press("t");
        desk.press(&words(lang, "archive-step-log-contact"));
        desk.press("<enter>谈了十分钟<tab>+30<f2>");
        let state = |desk: &mut Desk, number: &str| match desk.record(number) {
            Record::FollowUp(it) => it.state,
            other => panic!("{other:?}"),
        };
        assert_eq!(state(&mut desk, "FU-2024-00001"), FollowUpState::Missed);
        assert_eq!(state(&mut desk, "FU-2024-00002"), FollowUpState::Done);
        assert_eq!(state(&mut desk, "FU-2024-00003"), FollowUpState::Planned);
        let texts = Texts::new(lang);
        let args = [("tried", "2"), ("reached", "1"), ("next", "2024-07-06")];
        desk.press("4<enter>")
            .expect(&texts.with("ties-attempts", &args));
    }
}
