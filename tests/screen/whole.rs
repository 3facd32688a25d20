//! The desk as a whole: first start, languages, popups, drawing.

use frontdesk::app::event::Event;
use frontdesk::desk::contract::{Command, Request};
use frontdesk::domain::number::Kind;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::keys::{Action, Keymap};
use frontdesk::locale::Lang;
use frontdesk::text::show::{Glyphs, is_ambiguous};

use crate::harness::{Desk, LARGE, SMALL};

#[test]
fn the_first_start_needs_one_key() {
    let mut desk = Desk::empty(Lang::Zh, SMALL);
    desk.expect("欢迎使用前台")
        .expect("物业服务中心")
        .press("<up><up><up>langgenug<up>langgenug<f2>")
        .expect("不抄录")
        .press("<enter>")
        .expect("设置好了");
    desk.press("c13512345678<tab>周涛<tab>6-301<tab><tab><tab>问路<f2>")
        .expect("IN-2024-00001");
}

#[test]
fn the_first_start_takes_another_profile_and_name() {
    let mut desk = Desk::empty(Lang::En, LARGE);
    desk.press(
        "<right><tab>Harbour Motors<tab><ctrl+u>Li Lei<tab>ll<tab>langgenug<tab>langgenug<f2>",
    )
    .expect("Confidentiality")
    .press("<enter>")
    .expect("Harbour Motors");
    desk.expect("Li Lei");
    assert_eq!(desk.session.app.facts.profile.id, "dealership");
}

#[test]
fn the_language_changes_with_a_key_everywhere() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c").expect("来电登记");
    desk.press("<ctrl+x><ctrl+l>")
        .expect("New call")
        .expect("Telephone")
        .reject("来电登记");
}

#[test]
fn the_palette_finds_an_action_by_pinyin_and_goes_to_its_tab() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press(":khdj<enter>").expect("客户登记");
}

#[test]
fn nothing_is_drawn_when_nothing_happened() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let before = desk.session.frames();
    desk.session.draw().unwrap();
    desk.session.draw().unwrap();
    assert_eq!(desk.session.frames(), before);
    desk.press("<down>");
    assert_eq!(desk.session.frames(), before + 1);
}

#[test]
fn several_events_that_wait_are_drawn_once() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let before = desk.session.frames();
    desk.press("2341<down><down>");
    assert_eq!(desk.session.frames(), before + 1);
}

#[test]
fn a_popup_over_chinese_keeps_its_left_border() {
    for columns in 80..90 {
        let mut desk = Desk::sample(Lang::Zh, (columns, 24));
        desk.press("?");
        let (picture, _) = desk.session.picture();
        let left = (0..columns)
            .find(|x| picture[(*x, 3)].symbol() == "│" && *x > 0)
            .unwrap();
        for y in 2..20 {
            assert_eq!(
                picture[(left, y)].symbol(),
                "│",
                "{columns} {y}\n{}",
                desk.screen()
            );
            let before = &picture[(left - 1, y)];
            assert!(
                frontdesk::text::width::width(before.symbol()) < 2,
                "{columns} {y}"
            );
        }
    }
}

#[test]
fn the_caret_stands_where_the_next_character_goes() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c<tab>王小明");
    let at_end = desk.session.picture().1.unwrap();
    desk.press("<left>");
    let before_last = desk.session.picture().1.unwrap();
    assert_eq!((before_last.x + 2, before_last.y), (at_end.x, at_end.y));
    let (picture, _) = desk.session.picture();
    assert_eq!(picture[(before_last.x, before_last.y)].symbol(), "明");
}

#[test]
fn a_window_that_is_too_small_says_so() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    for size in [(0, 0), (1, 1), (40, 10)] {
        desk.session.take(Event::Resize(size.0, size.1));
        drop(desk.session.picture());
    }
    desk.expect("too small");
    desk.session.take(Event::Resize(100, 30));
    desk.expect("IN-2024-00003");
}

#[test]
fn leaving_with_a_form_open_is_asked_about() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c135<ctrl+q>").expect("要退出吗");
    assert!(!desk.session.is_over());
    desk.press("n<ctrl+q>y");
    assert!(desk.session.is_over());
}

#[test]
fn every_action_runs_or_gives_a_reason_and_never_breaks_a_screen() {
    for lang in Lang::ALL {
        for tab in ["1", "2", "3", "4"] {
            let mut desk = Desk::sample(*lang, SMALL);
            for action in Action::ALL {
                desk.session.app.popups.clear();
                desk.press("<esc><esc>").press(tab);
                desk.session.app.act(*action);
                drop(desk.screen());
                desk.session.take(Event::Clock);
                drop(desk.screen());
            }
        }
    }
}

#[test]
fn no_text_is_missing_on_any_screen() {
    for lang in Lang::ALL {
        let mut desk = Desk::sample(*lang, LARGE);
        for keys in [
            "",
            "c",
            "<esc>v",
            "<esc>x",
            "<esc>m",
            "<esc>?",
            "<esc>:",
            "<esc><enter>",
        ]
        .into_iter()
        .chain([
            "<esc>2",
            "a",
            "<esc>c",
            "<esc><enter>",
            "<esc>3",
            "c",
            "<esc>o",
            "<esc>t",
        ])
        .chain([
            "<enter>",
            "<esc>4",
            "c",
            "<esc><end>",
            "<enter>",
            "<esc>f",
            "<esc>s",
        ]) {
            desk.press(keys);
            let screen = desk.screen();
            for group in [
                "field-", "action-", "title-", "form-", "filter-", "why-", "popup-", "did-",
            ] {
                assert!(!screen.contains(group), "{group} on\n{screen}");
            }
        }
    }
}

#[test]
fn a_long_list_is_read_a_page_at_a_time() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.customers(400);
    desk.press("4").expect("404 in all");
    desk.press("<ctrl+x><f9><end>").expect("CU-2024-00001");
    assert!(desk.session.app.pane().unwrap().list().rows.len() <= 300);
    for _ in 0..60 {
        desk.press("<pgup>");
    }
    desk.expect("CU-2024-00404");
    for _ in 0..60 {
        desk.press("<pgdn>");
        assert!(desk.session.app.pane().unwrap().list().rows.len() <= 300);
    }
    desk.expect("CU-2024-00001");
    assert_eq!(desk.session.app.pane().unwrap().list().kind, Kind::Customer);
}

#[test]
fn no_key_on_the_screen_is_another_than_the_keymap_in_force() {
    let file = "preset = \"empty\"\n[pane.intake]\n\"Ctrl+T\" = \"new-call\"\n\
                [global]\n\"F7\" = \"help\"\n[popup]\n\"F6\" = \"cancel\"\n";
    let (keymap, faults) = Keymap::load("empty", Some(("keys.toml", file)));
    drop(faults);
    let mut desk = Desk::sample(Lang::En, LARGE);
    desk.session.app.keymap = keymap;
    desk.press("<f9>")
        .expect("Ctrl+T New call")
        .expect("F7 Help")
        .reject("c New call");
    desk.reject("Quit")
        .press("<f7>")
        .expect("no key")
        .expect("F6 Close");
    desk.press("<f6><ctrl+t>").expect("started 15:00");
}

#[test]
fn a_terminal_that_draws_ambiguous_characters_wide_gets_none() {
    for glyphs in [Glyphs {
        wide_ambiguous: true,
        ascii: false,
    }] {
        for keys in [
            "1",
            "1c138",
            "3t",
            "4<end><enter>",
            "2?",
            "1:",
            "3d",
            "4x",
            "<ctrl+x>",
        ] {
            let mut desk = Desk::sample(Lang::Zh, SMALL);
            desk.session.app.facts.glyphs = glyphs;
            let screen = desk.press(keys).screen();
            let ambiguous: Vec<char> = screen.chars().filter(|c| is_ambiguous(*c)).collect();
            assert_eq!(ambiguous, [], "{keys}\n{screen}");
        }
    }
}

#[test]
fn ascii_borders_are_there_on_demand() {
    let mut desk = Desk::sample(Lang::En, SMALL);
    desk.session.app.facts.glyphs = Glyphs {
        ascii: true,
        wide_ambiguous: false,
    };
    let screen = desk.press("1?").screen();
    assert!(
        !screen
            .chars()
            .any(|c| ('\u{2500}'..='\u{25FF}').contains(&c)),
        "{screen}"
    );
}

#[test]
fn several_operators_are_asked_who_sits_here() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    let details = OperatorDetails {
        login: "lina".into(),
        name: "李娜丽".into(),
        roles: desk.session.app.facts.profile.posts.clone(),
        department: String::new(),
        ..OperatorDetails::default()
    };
    desk.ask(Request::Do(Command::AddOperator { details }));
    let mut desk = desk.restarted_by_nobody();
    desk.expect("请登录")
        .expect("Ctrl+Q 退出")
        .press("<esc>")
        .expect("请登录")
        .press("<f4>")
        .expect("张敏")
        .press("<esc>");
    desk.press("lnl<enter><enter>")
        .expect("· 李娜丽")
        .expect("IN-2024-00003");
    desk.press("<ctrl+x><ctrl+o>zm<enter><enter>")
        .expect("· 张敏");
}

#[test]
fn the_customer_is_picked_where_several_have_such_a_number() {
    let mut desk = Desk::sample(Lang::Zh, SMALL);
    desk.press("c138<f4>")
        .expect("单雄信")
        .press("<enter>")
        .expect("13800137777");
    desk.expect("2-803").reject("登记为客户");
}
