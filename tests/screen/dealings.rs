//! Tapes of a mining company's customer file, of what departments owe each other, of a file handed over
//! for good, and of the reports of a month.

use frontdesk::domain::record::Record;
use frontdesk::domain::task::TaskState;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// Opens the reports of a month.
const MONTHLY: &str = "<ctrl+x><left>";

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Chooses a step of the selected record by its name.
fn step(desk: &mut Desk, lang: Lang, zh: &'static str, en: &'static str) {
    desk.press("k");
    desk.press(either(lang, zh, en)).press("<enter>");
}

#[test]
fn a_customer_file_is_built_entered_in_brought_up_to_date_and_confirmed() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        desk.press("3c热电厂<tab>1<tab>王芳<tab>13800138000<f2>");
        desk.expect("AF-2024-00001");
        step(&mut desk, lang, "登记往来", "Make an entry");
        desk.press("<tab><tab><tab>动力煤<tab>1000.5<f2>");
        desk.expect("TR-2024-00001");
        desk.press("<enter>").expect("1000.50").press("<esc>");
        let mut desk = desk.with("designated-keeper");
        desk.press("3f")
            .press(either(lang, "待更新", "To be updated"));
        desk.press("<enter>").expect("热电厂");
        step(&mut desk, lang, "确认已按成交更新", "Up to date");
        desk.press("<f2>").reject("热电厂");
        let mut desk = desk.with("sales-director");
        desk.press("5y<f2>");
        let Record::File(file) = desk.record("AF-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert!(file.custody.confirmed.is_some(), "{}", desk.screen());
        // Where the entries of the month come from.
        desk.press(MONTHLY).press("2").expect("1000.50");
        desk.press("<left>").reject("1000.50");
        desk.press("<right>").expect("1000.50").press("<esc>");
    }
}

#[test]
fn a_task_goes_to_a_department_and_is_answered() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        let register = either(lang, "部门任务", "Tasks of");
        desk.press("3R").press(register).press("<enter>");
        desk.press("n提供化验单<tab>1李矿长<f2>")
            .expect("TA-2024-00001");
        let Record::Task(task) = desk.record("TA-2024-00001") else {
            panic!("{}", desk.screen());
        };
        assert_eq!(task.state, TaskState::Open);
        assert_eq!(task.details.owner, "李矿长");
    }
}

#[test]
fn the_new_cars_of_a_month_open_from_their_count() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("dealership", lang).with("sales-consultant");
        desk.press("3R3n<tab><tab><tab><tab><tab>王芳<tab>沪A12345<tab><tab><tab><tab>王芳<tab>13800138000<tab>021-65432100<tab>上海市某路1号<f2>");
        desk.expect("HO-2024-00001");
        let mut desk = desk.with("sales-director");
        desk.press(MONTHLY).press("2");
        desk.expect(either(
            lang,
            "新车档案 2024-06",
            "Files of new cars, 2024-06",
        ));
        desk.expect(either(
            lang,
            "归口部门：客户关爱部",
            "Answers for it: Customer care",
        ));
        desk.press("<enter>").expect("HO-2024-00001  员工");
        desk.press("<enter>").expect("沪A12345").press("<esc><esc>");
        desk.press("<esc>").press(MONTHLY).press("1");
        desk.expect(either(
            lang,
            "档案收发存 2024-06",
            "Stock of the archive, 2024-06",
        ));
    }
}
