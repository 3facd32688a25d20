//! Tapes of customers' profiles: begun, added to section by section, read beside a note and back, and a
//! birthday greeted.

use frontdesk::domain::dossier::Dossier;
use frontdesk::domain::record::Record;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn profile(desk: &mut Desk, number: &str) -> Dossier {
    match desk.record(number) {
        Record::Dossier(it) => it,
        other => panic!("{other:?}"),
    }
}

/// A leasing office with a customer, and a consultant at the desk.
fn office(lang: Lang) -> Desk {
    let mut desk = Desk::staffed("leasing", lang).with("property-consultant");
    desk.press("4c王芳<tab><tab><tab><tab>13800138000");
    // The sales site is put in; where the customer comes from is chosen.
    for _ in 0..5 {
        desk.press("<tab>");
    }
    // To rent, and not closed.
    desk.press("2<tab>12<f2>").expect("CU-2024-00002");
    desk
}

#[test]
fn a_profile_is_begun_with_one_key_and_nothing_in_it_is_mandatory() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang);
        desk.press("w")
            .expect(either(lang, "客户信息档案", "Customer profile"));
        desk.expect(either(lang, "1 性别", "1 Sex"));
        desk.press("<f2>").expect("DO-2024-00001");
        assert!(profile(&mut desk, "DO-2024-00001").values.is_empty());
        // It is one of the lists of the tab.
        desk.press("4R")
            .press(either(lang, "客户信息档案", "Customer profiles"))
            .press("<enter>")
            .expect("DO-2024-00001");
        desk.expect("1/38  2.6 %").expect("王芳");
    }
}

#[test]
fn a_section_asks_its_own_fields_and_those_that_an_answer_asks_for() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang);
        desk.press("t")
            .press("1")
            .expect(either(lang, "全部项目", "All fields"));
        // The third section: habits.
        desk.press("4");
        desk.expect(either(lang, "18 偏爱购物场所", "18 Where to shop"));
        desk.reject(either(lang, "7 籍贯", "7 Place of origin"));
        // Lunch, dinner, class, shops, four cuisines.
        desk.press("公司附近<tab><tab><tab><tab>2");
        desk.press("2").press("1").press("2");
        let which = either(lang, "什么酒", "which");
        desk.reject(which);
        desk.press("1").expect(which);
        desk.press("白酒<f2>").expect("DO-2024-00001");
        let kept = profile(&mut desk, "DO-2024-00001");
        assert_eq!(kept.values["F17"].rows[0]["lunch"], "公司附近");
        assert_eq!(kept.values["F19"].rows[0]["value"], "sichuan");
        assert_eq!(kept.values["F20"].rows[0]["which"], "白酒");
        assert_eq!(kept.values.len(), 3);
        // Opened again it is filled in, and what was not asked here stays.
        desk.press("t1").press("2").expect("王芳");
        desk.press("1<f2>");
        let kept = profile(&mut desk, "DO-2024-00001");
        assert_eq!(kept.values["F01"].rows[0]["value"], "male");
        assert_eq!(kept.values.len(), 4);
    }
}

#[test]
fn the_profile_is_one_key_away_from_a_note_and_back() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang);
        desk.press("w").press("1<f2>").expect("DO-2024-00001");
        desk.press("6c王芳<tab>+0<tab><tab><tab>带看样板房<f2>")
            .expect("FU-2024-00001");
        desk.press("<enter>").expect("带看样板房");
        let sex = either(lang, "1 性别", "1 Sex");
        desk.press("<right>").expect(sex);
        desk.press("<left>").expect("带看样板房").reject(sex);
        desk.press("<esc>");
        // And to fill it in.
        desk.press("t")
            .press(either(lang, "客户信息档案", "Customer profile"))
            .press("<enter>");
        desk.press("2").expect(sex);
    }
}

#[test]
fn a_field_that_is_private_is_not_asked_of_those_who_may_not_see_it() {
    let site = "[dossier.fields.F09]\non = true\n";
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed_by("leasing", Some(site), lang).with("property-consultant");
        desk.press("4c王芳<tab><tab><tab><tab>13800138000<tab><tab><tab><tab><tab>2<tab>12<f2>");
        desk.press("t1").press("3");
        let income = either(lang, "9 家庭状况·收入", "9 Family: income");
        desk.expect(income);
        desk.press("<f2>");
        let mut desk = desk.with("leasing-manager");
        desk.press("4t1").press("3").reject(income);
        desk.expect(
            either(lang, "8 教育背景·学校", "8 Education: school")
                .split('·')
                .next()
                .unwrap_or_default(),
        );
    }
}

#[test]
fn a_birthday_is_greeted_from_the_list_of_the_day_and_a_key_customer_may_get_flowers() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = office(lang);
        // Born on the day of the tapes, by the section of basics.
        desk.press("t1")
            .press("2")
            .press("<tab>")
            .press(BORN)
            .press("<f2>");
        desk.expect("DO-2024-00001");
        let mut desk = desk.with("head-of-leasing");
        desk.press("4g").press("k");
        let mut desk = desk.with("property-consultant");
        desk.press("6").expect(either(lang, "生日问候", "Birthday"));
        desk.expect(either(lang, "本人生日", "Own birthday"));
        desk.press("g祝生日快乐<tab>");
        desk.press("1");
        desk.press("<f2>").expect("FU-2024-00001");
        let kept = profile(&mut desk, "DO-2024-00001");
        assert_eq!(kept.greeted[0].gift, "flowers");
        desk.press("6")
            .reject(either(lang, "本人生日", "Own birthday"));
    }
}

/// The day of the tapes, without its year.
const BORN: &str = "06-06";
