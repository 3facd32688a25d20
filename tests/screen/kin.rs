//! Tapes of what customers have to do with each other: who brought whom, a group, material passed on, two
//! cards made one, a visitor who comes again and again.

use frontdesk::domain::customer::Mark;
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

/// Chooses a step of the selected record by its name.
fn step(desk: &mut Desk, lang: Lang, zh: &'static str, en: &'static str) {
    desk.press("t");
    desk.press(either(lang, zh, en)).press("<enter>");
}

/// Chooses a list of the tab by its name.
fn register(desk: &mut Desk, lang: Lang, zh: &'static str, en: &'static str) {
    desk.press("R");
    desk.press(either(lang, zh, en)).press("<enter>");
}

/// A property office with two customers, the second one selected.
fn two(lang: Lang) -> Desk {
    let mut desk = Desk::staffed("property", lang).with("customer-service");
    desk.press("4c王芳<tab><tab><tab><tab>13900139001<f2>");
    desk.press("c李强<tab><tab><tab><tab>13900139002<f2>");
    desk.expect("CU-2024-00003");
    desk
}

#[test]
fn who_brought_a_customer_is_written_down_and_shown_when_the_card_is_opened() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        step(&mut desk, lang, "登记客户关系", "Relation to");
        desk.press("<tab>王芳<tab><f2>").expect("RL-2024-00001");
        desk.press("<enter>");
        desk.expect(either(lang, "介绍人 王芳", "introduced by 王芳"));
        desk.press("<esc>");
        // The other way round it would close a circle.
        register(&mut desk, lang, "客户关系", "Relations");
        desk.expect("RL-2024-00001");
        desk.press("n王芳<tab><tab>李强<tab><f2>").expect("A14-0");
        desk.press("<esc>");
        step(&mut desk, lang, "结束", "End the");
        desk.press("登记错了<f2>");
        let Record::Relation(it) = desk.record("RL-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert!(!it.is_open(), "{}", desk.screen());
    }
}

#[test]
fn the_customers_of_a_group_are_listed_from_a_relation_to_it() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        step(&mut desk, lang, "登记客户关系", "Relation to");
        desk.press(either(lang, "核心", "central")).press("<tab>");
        desk.press("台商会<f2>").expect("RL-2024-00001");
        register(&mut desk, lang, "客户关系", "Relations");
        step(&mut desk, lang, "列出", "List the group");
        desk.expect(either(lang, "圈子：台商会", "Group: 台商会"));
        desk.expect("李强").reject("王芳");
    }
}

#[test]
fn material_is_given_to_be_passed_on_and_a_friend_comes() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        step(&mut desk, lang, "转交", "Give material");
        desk.press("楼书<tab>").press("<backspace>5<f2>");
        desk.expect("HD-2024-00001");
        register(&mut desk, lang, "转交资料", "Material");
        desk.expect(either(lang, "来了 0/5", "0/5 came"));
        step(&mut desk, lang, "朋友来了", "A friend came");
        desk.press("<tab>赵敏<tab>13900139003<f2>");
        desk.expect(either(lang, "来了 1/5", "1/5 came"));
        let Record::Customer(friend) = desk.record("CU-2024-00004") else {
            panic!("{}", desk.screen());
        };
        assert!(friend.is(Mark::Prospect), "{}", desk.screen());
    }
}

#[test]
fn two_cards_are_merged_after_a_preview_and_made_two_again() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        step(&mut desk, lang, "合并", "Merge");
        desk.press("王芳<tab><f2>");
        // What is kept from which is said before anything is done.
        desk.expect("CU-2024-00002").expect("A01-21");
        desk.press("y").expect("MG-2024-00001");
        desk.press("4").reject("王芳");
        register(&mut desk, lang, "客户合并", "Merged");
        desk.expect("CU-2024-00002");
        step(&mut desk, lang, "撤销", "Undo");
        desk.press("不是同一人<f2>");
        register(&mut desk, lang, "客户", "Customers");
        desk.expect("王芳").expect("李强");
    }
}

#[test]
fn a_third_visit_asks_whether_the_visitor_is_a_prospect() {
    let site = "[customers]\nprospect_visits = 3\n";
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed_by("property", Some(site), lang).with("customer-service");
        desk.press("4c王芳<tab><tab><tab><tab>13900139001<f2>");
        for _ in 0..3 {
            desk.press("1v13900139001<enter><enter><enter><enter>看房<f2>");
            // Before they leave it is said that no next visit is wanted.
            desk.press("<tab><tab>y<f2>");
        }
        desk.expect("3").press("y");
        let Record::Customer(visitor) = desk.record("CU-2024-00002") else {
            panic!("{}", desk.screen());
        };
        assert!(visitor.is(Mark::Prospect), "{}", desk.screen());
    }
}

#[test]
fn what_is_typed_of_a_customer_who_has_a_card_goes_onto_that_card() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        // The plate and the employer are new, the second telephone too; the name is told otherwise.
        desk.press("c王方<tab>华新公司<tab><tab><tab>13900139001");
        desk.expect(either(lang, "可能是同一位客户", "May be the same customer"));
        desk.press(", 13900139009<tab><tab><tab>沪A12345");
        desk.press("<ctrl+x><tab>");
        desk.expect("13900139001, 13900139009").expect("华新公司");
        desk.press("<f2>").expect("CU-2024-00002");
        let Record::Customer(card) = desk.record("CU-2024-00002") else {
            panic!("{}", desk.screen());
        };
        let details = card.details;
        assert_eq!(details.name, "王芳");
        assert_eq!(details.employer, "华新公司");
        assert_eq!(details.phones.len(), 2);
        assert_eq!(details.plates, ["沪A12345"]);
        let said = format!("{} 王方", either(lang, "姓名", "Name"));
        assert!(details.note.contains(&said), "{}", details.note);
        // Nothing else was made, and nothing waits to be finished.
        desk.reject("CU-2024-00004");
        desk.press("<ctrl+x><ctrl+d>");
        desk.expect(either(lang, "没有草稿", "no drafts"));
    }
}

#[test]
fn a_card_that_turns_out_to_be_anothers_twin_while_it_is_changed_becomes_one_with_it() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = two(lang);
        // A card of the same telephone was made all the same.
        desk.press("c王小芳<tab><tab><tab><tab>13900139001<f2>");
        desk.press("y").expect("CU-2024-00004");
        desk.press("e");
        desk.expect(either(lang, "可能是同一位客户", "May be the same customer"));
        desk.press("X<ctrl+x><tab>");
        desk.expect(either(lang, "请先保存", "Save what you changed first"));
        desk.press("<backspace><f2>e<ctrl+x><tab>");
        desk.press("y").expect("MG-2024-00001");
    }
}
