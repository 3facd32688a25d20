//! Tapes of campaigns and of the service plan: a promotion told, an event filled, a visit that says what
//! became of each open item, a line of the plan done, the contacts in a file.

use frontdesk::desk::contract::{Command, Request};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::campaign::Answer;
use frontdesk::domain::follow_up::{FollowUp, FollowUpState};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::plan::PlanState;
use frontdesk::domain::record::Record;
use frontdesk::domain::serving::Outcome;
use frontdesk::locale::{Lang, Texts};

use crate::harness::Desk;
use crate::tapes::press;

/// A follow-up may take so many keys beyond what is typed: closed, and the next one dated.
const MOST: usize = 4;

fn follow_up(desk: &mut Desk, number: &str) -> FollowUp {
    match desk.record(number) {
        Record::FollowUp(it) => it,
        other => panic!("{other:?}"),
    }
}

fn words(lang: Lang, key: &str) -> String {
    Texts::new(lang).get(key).into_owned()
}

/// A property office with two customers, and somebody at it.
fn office(lang: Lang, login: &str) -> Desk {
    let mut desk = Desk::staffed("property", lang).with("customer-service");
    for (name, phone) in [("王芳", "13800138000"), ("李强", "13800138001")] {
        desk.press(&format!("4c{name}<tab><tab><tab><tab>{phone}<f2>"));
    }
    desk.with(login)
}

#[test]
fn a_promotion_is_told_to_everybody_on_its_list() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service");
        desk.press("6R2n3暑期优惠<tab><tab><tab>2024-06-30<f2>");
        desk.expect("CA-2024-00001").expect("暑期优惠");
        // Whoever is not told yet; telling somebody takes the key and saving.
        desk.press("g").expect("王芳").expect("李强");
        let keys = press(&mut desk, "g<f2>");
        assert!(keys <= MOST, "{keys}\n{}", desk.screen());
        let told = follow_up(&mut desk, "FU-2024-00001");
        assert_eq!(told.state, FollowUpState::Done, "{}", desk.screen());
        assert!(told.details.serves.is_some(), "{}", desk.screen());
        desk.reject("王建国").expect("王芳").expect("李强");
        // The day's list asks for the others too, with the promotion.
        desk.press("6<esc>").expect("李强").expect("暑期优惠");
        let texts = Texts::new(lang);
        let told = texts.with("campaign-told", &[("count", "1")]);
        desk.press("R2").expect(&told);
    }
}

#[test]
fn an_event_is_filled_and_not_over_booked() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service");
        desk.press("6R2n5参观工地<tab><tab><tab>2024-06-30<tab>二期工地<tab>1<f2>");
        desk.expect("CA-2024-00001");
        desk.press("g").expect("王芳");
        desk.press("g电话邀请<tab>1<f2>");
        let invited = follow_up(&mut desk, "FU-2024-00001");
        let answer = invited.contact.and_then(|contact| contact.answer);
        assert_eq!(answer, Some(Answer::Accepted), "{}", desk.screen());
        desk.expect("王芳").press("g电话邀请<tab>1<f2>");
        desk.expect("A14-2.7");
        // The guest declines instead.
        desk.press("2<f2>");
        let other = follow_up(&mut desk, "FU-2024-00002");
        let answer = other.contact.and_then(|contact| contact.answer);
        assert_eq!(answer, Some(Answer::Declined), "{}", desk.screen());
        // On the day whoever comes is written down from the list of those who were invited.
        desk.press("R2t")
            .press(&words(lang, "archive-step-told-of"));
        desk.press("<enter>").expect("王建国");
        desk.press("<down>g<f2>");
        let came = follow_up(&mut desk, "FU-2024-00003");
        let answer = came.contact.and_then(|contact| contact.answer);
        assert_eq!(answer, Some(Answer::Attended), "{}", desk.screen());
    }
}

#[test]
fn a_visit_asks_what_became_of_each_open_item() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service");
        let details = IntakeDetails {
            channel: Some(Channel::Call),
            customer: "CU-2024-00002".parse().ok(),
            caller: "王芳".into(),
            phone: "13800138000".into(),
            place: "3-1201".into(),
            text: "楼道灯不亮".into(),
            ..IntakeDetails::default()
        };
        desk.ask(Request::Do(Command::LogIntake {
            details,
            new_customer: None,
        }));
        desk.press("6f").press(&words(lang, "filter-to-visit"));
        desk.press("<enter><down>").expect("王芳");
        desk.press("g上门看了<tab>+30<f2>");
        desk.expect("A05-4.6b").expect("IN-2024-00001");
        // Taken over by somebody until a day.
        desk.press("2工程部陈师傅<tab>+3<f2>");
        let done = follow_up(&mut desk, "FU-2024-00001");
        let items = done
            .contact
            .map(|contact| contact.items)
            .unwrap_or_default();
        assert_eq!(items.len(), 1, "{}", desk.screen());
        assert_eq!(items[0].outcome, Outcome::TakenOver);
        assert_eq!(items[0].by, "工程部陈师傅");
    }
}

#[test]
fn a_line_of_the_plan_is_entered_and_done() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service-manager");
        desk.press("6R3n王芳<tab>送物业手册<tab><tab><tab>1<f2>");
        desk.expect("PL-2024-00001").expect("送物业手册");
        desk.press("g已送到<tab>+30<f2>");
        match desk.record("PL-2024-00001") {
            Record::PlanLine(line) => assert_eq!(line.state, PlanState::Done, "{}", desk.screen()),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn planning_from_the_customers_takes_the_selected_one_and_an_empty_day_says_so() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service");
        desk.press("6").expect(&words(lang, "today-empty"));
        desk.press("4<down>").expect("王芳");
        desk.press("t")
            .press(&words(lang, "archive-step-plan-contact"));
        desk.press("<enter>+0<f2>");
        let planned = follow_up(&mut desk, "FU-2024-00001");
        let first = desk.record("CU-2024-00002").number();
        assert_eq!(planned.details.customer, Some(first), "{}", desk.screen());
    }
}

#[test]
fn the_file_of_a_customer_shows_the_visits() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        desk.press("4c王芳<tab><tab><tab><tab>13800138000<f2>");
        let details = FileDetails {
            title: "王芳档案".into(),
            class: "customer".into(),
            person: "王芳".into(),
            customer: "CU-2024-00002".parse().ok(),
            pieces: 1,
            ..FileDetails::default()
        };
        desk.ask(Request::Do(Command::CreateFile { details }));
        desk.press("4t")
            .press(&words(lang, "archive-step-log-contact"));
        desk.press("<enter>带了样品<tab>+30<f2>");
        assert!(follow_up(&mut desk, "FU-2024-00001").is_done());
        desk.press("3<enter>").expect("带了样品");
    }
}

/// A day at the follow-ups list: what each thing takes beyond free text and numbers.
pub fn day_table() -> String {
    let mut rows: Vec<(&str, usize)> = Vec::new();
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang, "customer-service");
        desk.press("6c王芳<tab>+0<tab><tab><tab>问是否满意<f2>");
        let mut taken = vec![(
            "Closed, and the next one dated",
            press(&mut desk, "g「满意」<tab>「+30」<f2>"),
        )];
        let closed = follow_up(&mut desk, "FU-2024-00001");
        let next = closed.contact.and_then(|contact| contact.next).unwrap();
        assert!(follow_up(&mut desk, &next.to_string()).is_open());
        desk.press("R2n3暑期优惠<tab><tab><tab>2024-06-30<f2>6R1");
        desk.press("f").press(&words(lang, "filter-today"));
        desk.press("<enter>");
        taken.push(("Told of a promotion", press(&mut desk, "g<f2>")));
        assert!(follow_up(&mut desk, "FU-2024-00003").is_done());
        for (what, keys) in &taken {
            assert!(*keys <= MOST, "{what} takes {keys}");
        }
        assert!(rows.is_empty() || rows == taken);
        rows = taken;
    }
    let mut lines = vec![
        "## A day at the follow-ups list".to_owned(),
        String::new(),
        "| what | keys | at most |".to_owned(),
        "| --- | --- | --- |".to_owned(),
    ];
    let rows = rows.into_iter();
    lines.extend(rows.map(|(what, keys)| format!("| {what} | {keys} | {MOST} |")));
    lines.push(String::new());
    lines.join("\n")
}
