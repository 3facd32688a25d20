//! What others do at other terminals, on a screen where no key is pressed.

use frontdesk::app::effect::{Effect, Tag};
use frontdesk::app::event::Event;
use frontdesk::desk::contract::{At, Command, Door, Envelope, News, Request, RequestId, Sitting};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::number::Number;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::keys::script;
use frontdesk::locale::Lang;

use crate::chair::Chair;
use crate::harness::{Desk, SMALL};

/// Another operator, at a chair of her own.
pub fn wang_fang(desk: &mut Desk) -> Number {
    let details = OperatorDetails {
        login: "wangfang".into(),
        name: "王芳".into(),
        roles: desk.session.app.facts.profile.posts.clone(),
        ..OperatorDetails::default()
    };
    desk.ask(Request::Do(Command::AddOperator { details }));
    desk.other = Chair::at(&desk.session.door.house);
    desk.other.sign_in("wangfang");
    let house = desk.session.door.house.borrow();
    let found = house.desk().operators().find(|it| it.login == "wangfang");
    found.unwrap().meta.number
}

/// A change of the customer's employer past the screen.
fn change_employer(desk: &mut Desk, number: &str, employer: &str) {
    let Record::Customer(present) = desk.record(number) else {
        panic!()
    };
    let mut details = present.details.clone();
    details.employer = employer.into();
    let at = At {
        number: present.meta.number,
        version: present.meta.version,
    };
    desk.ask(Request::Do(Command::ChangeCustomer { at, details }));
}

fn register(desk: &mut Desk, name: &str) {
    let details = CustomerDetails {
        name: name.into(),
        ..CustomerDetails::default()
    };
    desk.ask(Request::Do(Command::RegisterCustomer { details }));
}

#[test]
fn a_change_elsewhere_shows_without_a_key_and_the_selection_stays() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end>").expect("王建国").expect("市第一中学");
    register(&mut desk, "新来的");
    change_employer(&mut desk, "CU-2024-00001", "别的公司");
    desk.reject("新来的").hear();
    desk.expect("新来的").expect("别的公司").expect("客户 5");
    let selected = desk.session.app.pane().unwrap().list().selected().unwrap();
    assert_eq!(selected.record.number().to_string(), "CU-2024-00001");
}

#[test]
fn news_of_nothing_that_is_shown_draws_nothing() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4");
    let before = desk.session.frames();
    let number = "CU-2024-00001".parse().unwrap();
    let news = News::Changed {
        seq: 1,
        numbers: vec![number],
    };
    desk.session.take(Event::News(news));
    desk.session.draw().unwrap();
    assert_eq!(desk.session.frames(), before);
}

#[test]
fn the_clock_alone_draws_nothing() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let before = desk.session.frames();
    desk.clock.advance_seconds(20);
    desk.session.take(Event::Clock);
    desk.session.draw().unwrap();
    assert_eq!(desk.session.frames(), before);
}

#[test]
fn many_news_are_looked_at_once_and_with_two_looks() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("1");
    for name in ["甲", "乙", "丙", "丁"] {
        register(&mut desk, name);
    }
    let (served, frames) = (desk.session.door.served, desk.session.frames());
    desk.hear();
    // The list that is shown and the counts of the tabs.
    assert_eq!(desk.session.door.served - served, 2);
    assert_eq!(desk.session.frames() - frames, 1);
    desk.expect("客户 8");
}

#[test]
fn a_pane_that_is_not_shown_is_fetched_when_somebody_goes_there() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("41");
    register(&mut desk, "新来的");
    desk.hear().reject("新来的");
    desk.press("4").expect("新来的");
}

#[test]
fn a_form_and_its_caret_are_left_alone_by_news() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c13512345678<tab>周涛<left>");
    let (_, caret) = desk.session.picture();
    register(&mut desk, "新来的");
    desk.hear();
    assert_eq!(desk.session.picture().1, caret);
    desk.press("小").expect("周小涛");
}

#[test]
fn the_record_that_is_open_in_full_follows_its_changes() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("4<end><enter>").expect("市第一中学");
    change_employer(&mut desk, "CU-2024-00001", "别的公司");
    desk.hear().expect("市第一中学 → 别的公司");
}

#[test]
fn a_form_says_at_once_that_its_record_was_changed_and_by_whom() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    wang_fang(&mut desk);
    desk.press("4<end>e");
    let me = desk.operator;
    desk.operator = desk
        .session
        .door
        .house
        .borrow()
        .desk()
        .operators()
        .find(|it| it.login == "wangfang")
        .unwrap()
        .meta
        .number;
    change_employer(&mut desk, "CU-2024-00001", "别的公司");
    desk.operator = me;
    desk.hear().expect("王芳刚在").expect("改过这条记录");
}

#[test]
fn who_else_has_a_record_open_is_shown_in_it() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    let wang = wang_fang(&mut desk);
    let number: Number = "CU-2024-00001".parse().unwrap();
    let open = |desk: &mut Desk, number| {
        let envelope = Envelope {
            id: RequestId(1),
            operator: wang,
            accept: Vec::new(),
            request: Request::Sit(Sitting::Open(number)),
        };
        desk.other.ask(&envelope).unwrap();
    };
    desk.press("4<end><enter>").hear();
    desk.reject("has this open too");
    open(&mut desk, Some(number));
    desk.hear().expect("王芳 has this open too");
    open(&mut desk, None);
    desk.hear().reject("has this open too");
    desk.press("<esc>e").hear();
    open(&mut desk, Some(number));
    desk.hear().expect("王芳 has this open too");
    desk.press("<esc>").hear();
    desk.press("1").reject("has this open too");
}

#[test]
fn a_long_list_stays_where_it_is_however_often_it_is_looked_at_again() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.customers(300);
    desk.press("4").press(&"<pagedown>".repeat(30));
    let place = |desk: &Desk| {
        let list = desk.session.app.pane().unwrap().list();
        let first = list.rows.first().unwrap().1.record.number();
        let selected = list.selected().unwrap().record.number();
        (first, selected, list.index() - list.top.get())
    };
    let before = place(&desk);
    // The newest rows are not held any more.
    assert_ne!(before.0.to_string(), "CU-2024-00304");
    for time in 0..5 {
        change_employer(&mut desk, "CU-2024-00001", &format!("第{time}家"));
        desk.hear();
    }
    assert_eq!(place(&desk), before);
    let top = desk.screen();
    register(&mut desk, "新来的");
    desk.hear();
    // Only the count in the title is another one.
    let changed = desk.screen();
    let pairs = top.lines().zip(changed.lines());
    let count = pairs.filter(|(before, now)| before != now).count();
    assert_eq!(count, 2, "{top}\n{changed}");
}

/// Pages of a list that are asked for when keys are pressed.
fn pages_asked(desk: &mut Desk, keys: &str) -> usize {
    let inputs = script::parse(keys).unwrap();
    let effects = inputs.into_iter().map(Event::Input);
    let effects = effects.flat_map(|it| desk.session.app.handle(it));
    let is_page = |it: &Effect| {
        matches!(
            it,
            Effect::Ask {
                tag: Tag::List { .. },
                ..
            }
        )
    };
    effects.filter(is_page).count()
}

#[test]
fn from_one_end_of_a_list_to_the_other_nothing_is_asked_again_until_something_changes() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.customers(300);
    desk.press("4<end>").expect("CU-2024-00001").press("<home>");
    let first = desk.expect("客户299").screen();
    assert_eq!(pages_asked(&mut desk, "<end>"), 0);
    desk.press("<up><down>").expect("CU-2024-00001");
    assert_eq!(pages_asked(&mut desk, "<home>"), 0);
    desk.press("<down><up>");
    assert_eq!(desk.screen(), first);
    change_employer(&mut desk, "CU-2024-00001", "改过的公司");
    desk.hear();
    assert_eq!(pages_asked(&mut desk, "<end>"), 1);
    desk.press("<home><end>").expect("改过的公司");
}
