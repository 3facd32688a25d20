//! What stands on the screen of the house and of whoever works at it: the clauses behind a tab, the site's
//! line of text, the name and number for the caller.

use std::collections::BTreeSet;

use frontdesk::desk::contract::{LooksQuery, Query, Reply, Request};
use frontdesk::domain::look::LookKind;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;
use frontdesk::popups::help;

use crate::harness::Desk;

/// What is in force at each kind of site: the regulations that are its own, and parts of others.
const IN_FORCE: &[(&str, &[&str])] = &[
    ("property", &["A05-", "A06-", "A13-", "A12-3.2.8", "A03-s"]),
    ("dealership", &["A07-", "A08-"]),
    ("leasing", &["A12-", "A15-", "A14-", "A04-"]),
    ("call-centre", &["A08-", "A13-c2"]),
    ("distributor", &["A02-", "A10-", "A04-", "A03-5.1"]),
    ("mining", &["A03-", "A02-", "A13-c5"]),
];

/// What is in force everywhere.
const EVERYWHERE: &[&str] = &["A01-", "A09-", "A11-"];

/// The clauses of the register that are done and in force.
fn done(own: &[&str]) -> BTreeSet<String> {
    let register = include_str!("../../docs/clauses.tsv");
    let lines = register.lines().map(|line| line.split('\t'));
    let done = lines.filter_map(|mut cells| {
        let (id, _, state) = (cells.next()?, cells.next()?, cells.next()?);
        (state == "done").then(|| id.to_owned())
    });
    let all: Vec<&str> = own.iter().chain(EVERYWHERE).copied().collect();
    done.filter(|id| all.iter().any(|part| id.starts_with(part)))
        .collect()
}

/// The clauses that the help shows behind the tab that is open.
fn shown(desk: &Desk, lang: Lang) -> Vec<String> {
    let lines = help::lines(&desk.session.app);
    let (title, end) = match lang {
        Lang::Zh => ("依据条款", "本站点的制度依据"),
        Lang::En => ("Clauses behind this tab", "Why this site works so"),
    };
    let texts = lines.iter().map(|line| line.text.as_str());
    let behind = texts
        .skip_while(|text| *text != title)
        .skip(1)
        .take_while(|text| *text != end);
    let ids = behind.flat_map(str::split_whitespace);
    ids.map(str::to_owned).collect()
}

#[test]
fn a01_01_help_lists_the_profile_and_every_clause_behind_each_tab() {
    for (profile, own) in IN_FORCE {
        for lang in [Lang::Zh, Lang::En] {
            let mut desk = Desk::staffed(profile, lang);
            let mut found = Vec::new();
            for (key, some) in ["1", "2", "3", "4", "5", "6"].iter().zip([
                "A01-11", "A08-n1a", "A11-20", "A01-19", "A11-18.3", "A01-16",
            ]) {
                desk.press(key);
                let behind = shown(&desk, lang);
                assert!(!behind.is_empty(), "{profile}, tab {key}");
                // One of each tab by hand, where it is in force.
                let named = behind.iter().any(|id| id == some);
                assert_eq!(
                    named,
                    done(own).contains(some),
                    "{profile}, tab {key}: {some}"
                );
                found.extend(behind);
            }
            let each: BTreeSet<String> = found.iter().cloned().collect();
            assert_eq!(each.len(), found.len(), "{profile} lists a clause twice");
            assert_eq!(each, done(own), "{profile}");
            desk.press("<f1>");
            for _ in 0..20 {
                desk.press("<pagedown>");
            }
            desk.expect(profile);
        }
    }
}

#[test]
fn a09_1_3_the_site_s_line_of_text_stands_where_people_sign_in() {
    let site = r#"motto = { zh = "用心服务每一位客户", en = "Every customer counts" }"#;
    for (lang, text) in [
        (Lang::Zh, "用心服务每一位客户"),
        (Lang::En, "Every customer counts"),
    ] {
        let mut desk = Desk::staffed_by("property", Some(site), lang);
        desk.reject(text);
        desk.restarted_by_nobody().expect(text);
        // Without a setting there is none.
        let desk = Desk::staffed("property", lang);
        desk.restarted_by_nobody().reject(text);
    }
}

#[test]
fn a09_2_2_the_operator_s_name_and_number_stand_beside_the_call() {
    for (lang, words) in [(Lang::Zh, "工号 "), (Lang::En, "Your number ")] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        let number = desk.operator.to_string();
        desk.reject(&number)
            .press("1c")
            .expect(words)
            .expect(&number);
        // It stays when the caller is known.
        desk.press("13800138000").expect("王建国").expect(&number);
    }
}

#[test]
fn a01_26_what_a_customer_needs_is_typed_in_a_field_of_its_own() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("1c13712345678<enter>周涛<enter>6-301<enter><enter><enter>");
        desk.press("问停车<tab><tab><tab>想要两个相邻的车位<f2>");
        let Record::Intake(intake) = desk.record("IN-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(intake.details.needs, "想要两个相邻的车位");
        assert_eq!(intake.details.text, "问停车");
        desk.expect("想要两个相邻的车位");
    }
}

#[test]
fn a_form_that_was_handed_in_is_kept_with_one_key() {
    for (lang, registration, to_keep, kept) in [
        (Lang::Zh, "客户信息登记", "待收存", "已保存 RG-2024-00001"),
        (
            Lang::En,
            "Customer registration",
            "to be kept",
            "RG-2024-00001 is saved",
        ),
    ] {
        let register = |desk: &mut Desk| {
            desk.press("3R").press(registration).press("<enter>");
        };
        let mut desk = Desk::staffed("leasing", lang).with("leasing-manager");
        register(&mut desk);
        desk.press("n13800138000<tab>王芳<tab><tab>2临街铺面<f2>g<f2>");
        let mut desk = desk.with("designated-keeper");
        register(&mut desk);
        desk.press("f").press(to_keep).press("<enter>");
        desk.expect("RG-2024-00001").expect("A12-3.1.7a").press("g");
        desk.expect(kept);
        let mut desk = desk.with("leasing-manager");
        let Record::Registration(row) = desk.record("RG-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert!(row.kept.is_some(), "{}", desk.screen());
    }
}

#[test]
fn a_card_opened_for_change_shows_who_shares_its_telephone_and_is_no_search() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        desk.press("4c王芳<tab><tab><tab><tab>13900139001<f2>");
        desk.press("c李强<tab><tab><tab><tab>13900139001<f2>");
        desk.press("y").expect("CU-2024-00003");
        let searches = |desk: &mut Desk| {
            let query = LooksQuery {
                operator: Some(desk.operator),
                limit: 50,
                ..LooksQuery::default()
            };
            let Reply::Looks(looks) = desk.ask(Request::Look(Query::Looks(query))) else {
                panic!("{}", desk.screen());
            };
            let searches = looks.iter().filter(|look| look.what == LookKind::Search);
            searches.count()
        };
        let before = searches(&mut desk);
        desk.press("e").expect("CU-2024-00002");
        assert_eq!(searches(&mut desk), before);
        // A number that is typed is searched for.
        desk.press("<tab><tab><tab><tab><end>，13800138000");
        assert!(searches(&mut desk) > before, "{}", desk.screen());
    }
}
