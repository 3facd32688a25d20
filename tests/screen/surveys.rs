//! Tapes of surveys and their measures, of move-ins, of instructions and suggestions, of dispatched tasks.

use frontdesk::domain::instruction::{Instruction, InstructionState};
use frontdesk::domain::record::Record;
use frontdesk::domain::survey::{Survey, SurveyState};
use frontdesk::domain::task::Task;
use frontdesk::locale::Lang;

use crate::harness::Desk;

/// Of two texts the one of the language.
const fn either(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Shows a register of a tab.
fn register(desk: &mut Desk, tab: &str, name: &str) {
    desk.press(&format!("{tab}R")).press(name).press("<enter>");
}

/// Chooses a step of the selected record by its name.
fn step(desk: &mut Desk, name: &str) {
    desk.press("t").press(name).press("<enter>");
}

fn surveys(desk: &mut Desk, lang: Lang) {
    register(desk, "6", either(lang, "满意度调查", "Surveys"));
}

fn survey(desk: &mut Desk) -> Survey {
    match desk.record("SU-2024-00001") {
        Record::Survey(survey) => survey,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_survey_is_answered_and_closed_with_a_measure_for_what_is_too_low() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("marketing-head-office");
        surveys(&mut desk, lang);
        desk.press("n<tab>年度满意度<tab>服务态度<f2>")
            .expect("SU-2024-00001");
        // The step that leads on begins it; nothing has to be filled in.
        desk.press("g").expect(either(lang, "进行中", "Running"));
        let mut desk = desk.with("sales");
        surveys(&mut desk, lang);
        // The customer may stay unnamed; the telephone is proposed, and each aspect has its field.
        desk.press("g<tab><tab>101<tab>回电慢<f2>").expect("101");
        desk.press("<bs><bs><bs>84<f2>").expect("AW-2024-00001");
        desk.expect("84.0");
        // What is too low wants a measure first, and with no threshold set one is asked for.
        let mut desk = desk.with("marketing-head-office");
        surveys(&mut desk, lang);
        let close = either(lang, "结束调查", "Close");
        step(&mut desk, close);
        desk.press("<f2>").expect("A03-sd");
        desk.press("85<f2>").expect("84.0");
        assert_eq!(survey(&mut desk).state, SurveyState::Running);
        let mut desk = desk.with("company-office");
        surveys(&mut desk, lang);
        step(&mut desk, either(lang, "纠正预防措施", "Draft a measure"));
        desk.press("<tab><tab>两小时内回电<tab>1王主任<tab>2024-07-31<f2>")
            .expect("ME-2024-00001");
        let mut desk = desk.with("marketing-head-office");
        surveys(&mut desk, lang);
        step(&mut desk, close);
        desk.press("85<f2>")
            .expect(either(lang, "整改中", "Measures"));
        let closed = survey(&mut desk);
        assert_eq!(closed.state, SurveyState::Measures, "{}", desk.screen());
        assert_eq!(closed.measures.len(), 1);
        // The report of the month says the same.
        desk.press("<ctrl+x><left>");
        desk.press(either(lang, "满意度调查", "Surveys"));
        desk.press("<enter>").expect("84.0");
        desk.press("<enter>").expect("ME-2024-00001");
    }
}

#[test]
fn the_columns_of_a_register_are_named_for_what_stands_in_them() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("marketing-head-office");
        surveys(&mut desk, lang);
        desk.press("n<tab>年度满意度<tab>服务态度<f2>")
            .expect("SU-2024-00001");
        let screen = desk.screen();
        let number = either(lang, "编号", "Number");
        let columns = screen.lines().find(|line| line.contains(number));
        let columns = columns.expect("no names of columns");
        assert!(
            columns.contains(either(lang, "调查种类", "Kind")),
            "{columns}"
        );
        assert!(
            !columns.contains(either(lang, "经办人", "Who")),
            "{columns}"
        );
    }
}

#[test]
fn whom_a_survey_asks_is_on_the_list_of_the_day_and_answers_from_there() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        desk.press("4c水泥厂<tab><tab><tab><tab>13800138001<f2>");
        let mut desk = desk.with("marketing-head-office");
        surveys(&mut desk, lang);
        // For those only with whom business was closed there is nobody.
        desk.press("n<tab>年度满意度<tab>服务态度<tab><tab><tab>2<f2>")
            .expect("SU-2024-00001")
            .expect(either(lang, "成交客户", "with a closed deal"));
        desk.press("g").expect(either(lang, "进行中", "Running"));
        let asks = either(lang, "待调查", "To survey");
        let mut desk = desk.with("sales");
        desk.press("6<esc>").reject(asks);
        // Another one is for everybody.
        let mut desk = desk.with("marketing-head-office");
        surveys(&mut desk, lang);
        desk.press("n<tab>夏季满意度<tab>服务态度<f2>")
            .expect("SU-2024-00002");
        desk.press("g").expect(either(lang, "进行中", "Running"));
        let mut desk = desk.with("sales");
        desk.press("6<esc>").expect(asks).expect("夏季满意度");
        // The customer is nobody's, so the survey stands for whoever has time; its list has them.
        desk.expect(either(lang, "无负责人", "Nobody’s"));
        desk.press("g").expect("水泥厂").expect(asks);
        // The form is that of the survey, for the customer of the row, and begins with the points.
        desk.press("g")
            .expect(either(lang, "服务态度", "Conduct of staff"))
            .expect("CU-2024-00001");
        desk.press("90<f2>");
        let Record::Answer(answer) = desk.record("AW-2024-00001") else {
            panic!("{}", desk.screen());
        };
        let customer = answer.details.customer.map(|it| it.to_string());
        assert_eq!(customer.as_deref(), Some("CU-2024-00001"));
        let survey = answer.details.survey.map(|it| it.to_string());
        assert_eq!(survey.as_deref(), Some("SU-2024-00002"));
        let points: Vec<u32> = answer.details.scores.values().copied().collect();
        assert_eq!(points, [90]);
        // The row is gone, that of the other customer stays; with that one the survey leaves the day.
        desk.expect("水泥厂").reject("CU-2024-00001");
        desk.press("g").expect("CU-2024-00002").press("80<f2>");
        let mut desk = desk.with("sales");
        desk.press("6<esc>").reject(asks);
    }
}

#[test]
fn an_answer_is_put_right_with_what_its_survey_asks() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("leasing", lang).with("head-of-leasing");
        surveys(&mut desk, lang);
        desk.press("n3楼盘与服务<f2>").press("g");
        let mut desk = desk.with("leasing-manager");
        surveys(&mut desk, lang);
        desk.press("g<tab><tab>90<tab>8<f2>")
            .expect("AW-2024-00001");
        register(
            &mut desk,
            "6",
            either(lang, "问卷答复", "Answers to surveys"),
        );
        desk.press("e").expect(either(lang, "楼盘", "Property"));
        // Both aspects are asked again; the second one is put right.
        desk.press("<tab><tab><tab><end>0<f2>");
        let Record::Answer(answer) = desk.record("AW-2024-00001") else {
            panic!("{}", desk.screen());
        };
        let points: Vec<u32> = answer.details.scores.values().copied().collect();
        assert_eq!(points, [90, 80], "{}", desk.screen());
    }
}

#[test]
fn a_move_in_is_saved_with_the_visit_and_the_unit_shows_occupied() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service");
        // A call: number, name, unit; who moves in is a new customer.
        desk.press("1n13900139000<tab>王芳<tab>3栋1201<tab><tab>5");
        desk.press("收房入住").expect("2024-06-06");
        desk.press("<f2>").expect("IN-2024-00001");
        let row = desk.record("OC-2024-00001");
        let Record::Occupancy(moved) = row else {
            panic!("{}", desk.screen());
        };
        assert_eq!(
            (moved.name.as_str(), &*moved.details.place),
            ("王芳", "3栋1201")
        );
        desk.expect(either(lang, "2024-06-06 入住", "since 2024-06-06"));
        // The list of occupied units is searched by unit, and a second move-in asks.
        register(&mut desk, "1", either(lang, "入住登记", "Occupied units"));
        desk.expect("3栋1201");
        desk.press("n3栋1201<tab>王建国<tab><f2>")
            .expect("A05-4.1")
            .reject("OC-2024-00002");
        desk.press("y").expect("OC-2024-00002");
        desk.press("/1201<enter>").expect("OC-2024-00001");
        // The step that leads on is the moving out.
        desk.press("g").press("<f2>");
        let out = ["OC-2024-00001", "OC-2024-00002"].map(|number| desk.record(number));
        let out = out.iter().filter(|it| match it {
            Record::Occupancy(it) => it.moved_out.is_some(),
            _ => false,
        });
        assert_eq!(out.count(), 1, "{}", desk.screen());
    }
}

fn instruction(desk: &mut Desk, number: &str) -> Instruction {
    match desk.record(number) {
        Record::Instruction(it) => it,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_instruction_stands_above_everything_until_it_is_acknowledged() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("property", lang).with("customer-service-manager");
        let name = either(lang, "服务指令与建议", "Instructions");
        register(&mut desk, "6", name);
        // An instruction, to the second of the posts.
        desk.press("n1员工1<enter>访客一律登记证件<f2>")
            .expect("IT-2024-00001");
        desk.reject(either(lang, "的指令：访客", "Instruction of"));
        let mut desk = desk.with("reception");
        desk.press("1")
            .expect(either(lang, "的指令：访客", "Instruction of"));
        desk.press("!");
        let seen = instruction(&mut desk, "IT-2024-00001");
        assert_eq!(
            seen.state,
            InstructionState::Acknowledged,
            "{}",
            desk.screen()
        );
        desk.reject(either(lang, "的指令：访客", "Instruction of"));
        // It stays open until it is carried out.
        register(&mut desk, "6", name);
        desk.expect("IT-2024-00001").press("g已照办<f2>");
        let done = instruction(&mut desk, "IT-2024-00001");
        assert_eq!(
            done.state,
            InstructionState::CarriedOut,
            "{}",
            desk.screen()
        );
        // What staff suggest waits for a manager's answer.
        desk.press("n<tab>前台增设插座<f2>").expect("IT-2024-00002");
        let mut desk = desk.with("customer-service-manager");
        desk.press("5").expect("前台增设插座");
        desk.press("y本月内安装<f2>");
        let answered = instruction(&mut desk, "IT-2024-00002");
        assert_eq!(
            answered.state,
            InstructionState::Answered,
            "{}",
            desk.screen()
        );
    }
}

fn task(desk: &mut Desk) -> Task {
    match desk.record("TA-2024-00001") {
        Record::Task(task) => task,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dispatched_task_is_accepted_among_what_waits_or_handed_back() {
    for lang in [Lang::Zh, Lang::En] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        register(&mut desk, "3", either(lang, "部门任务", "Tasks of"));
        // Text, department, who there, and the operator: the tenth of the posts.
        desk.press("n提供化验单<tab>1李矿长<tab><tab><tab>员工9<enter><f2>")
            .expect("TA-2024-00001");
        assert!(task(&mut desk).unaccepted().is_some(), "{}", desk.screen());
        let mut desk = desk.with("mine");
        desk.press("5").expect("提供化验单");
        desk.press("x不归我矿管<f2>");
        let back = task(&mut desk).dispatches.remove(0);
        assert!(back.handed_back.is_some(), "{}", desk.screen());
        let mut desk = desk.with("sales");
        register(&mut desk, "3", either(lang, "部门任务", "Tasks of"));
        desk.press("f")
            .press(either(lang, "未答复", "Not answered"));
        desk.press("<enter>k");
        desk.press(either(lang, "派给个人", "Dispatch"));
        desk.press("<enter>员工9<enter><f2>");
        let mut desk = desk.with("mine");
        desk.press("5y");
        let last = task(&mut desk).dispatches.pop().unwrap();
        assert!(last.accepted.is_some(), "{}", desk.screen());
    }
}

#[test]
fn help_names_the_rules_in_force_with_what_they_are_for() {
    for (lang, name, purpose) in [
        (Lang::Zh, "矿业销售公司（mining", "A03-p"),
        (Lang::En, "Mining sales company (mining", "A03-p"),
    ] {
        let mut desk = Desk::staffed("mining", lang).with("sales");
        desk.press("4<f1><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>")
            .expect(name)
            .expect(purpose);
        desk.expect("A01-01");
    }
}
