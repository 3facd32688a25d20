//! Small rules that no clause's check asks for, each with what would go wrong without it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::{Staff, said};
use common::{Bench, list, visited};
use frontdesk::desk::contract::{Command, Filter, Query, Reply, Sort};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, Occasion};
use frontdesk::domain::greeting::Greeting;
use frontdesk::domain::hint::{Hint, HintDetails};
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, CustomerService, DesignatedKeeper, GeneralManager, GeneralServices, HeadOfLeasing,
    LeasingManager, PropertyConsultant,
};
use frontdesk::domain::shift::{ShiftDetails, ShiftStep};
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{Block, monthly};
use serde_json::{Value, json};

/// The hints that a desk is told.
fn hints(bench: &mut Bench) -> Vec<Hint> {
    match bench.look(Query::AtHand) {
        Reply::AtHand { hints, .. } => hints,
        other => panic!("{other:?}"),
    }
}

fn hint(bench: &mut Bench, places: &str, time: &str) {
    let details = HintDetails {
        places: places.into(),
        text: "停水".into(),
        time: time.into(),
        ..HintDetails::default()
    };
    bench.change(Command::MakeHint { details });
}

#[test]
fn hints_that_are_over_hide_none_that_runs_and_every_building_has_its_own() {
    let mut bench = Bench::set_up_at("property", None, "2024-06-06 09:00");
    bench.work_as(CustomerService);
    for building in 1..=60 {
        hint(&mut bench, &building.to_string(), "10:00");
    }
    for building in 1..=60 {
        hint(&mut bench, &building.to_string(), "18:00");
    }
    bench.clock.set(common::at("2024-06-06 10:00"));
    let running = hints(&mut bench);
    for building in 1..=60 {
        let there = format!("{building}-1201");
        let told = running.iter().filter(|it| it.is_for(&there)).count();
        assert_eq!(told, 1, "{there}");
    }
    bench.clock.set(common::at("2024-06-06 18:00"));
    assert!(hints(&mut bench).is_empty());
}

/// The hand-over that waits for whoever asks.
fn waiting(bench: &mut Bench) -> Option<Number> {
    match bench.look(Query::AtHand) {
        Reply::AtHand { sheet, .. } => sheet.map(|it| it.meta.number),
        other => panic!("{other:?}"),
    }
}

fn handing(to: Number) -> Command {
    let details = ShiftDetails {
        to: Some(to),
        text: "看一下 3 号楼".into(),
        ..ShiftDetails::default()
    };
    Command::HandOverShift { details }
}

#[test]
fn a_program_takes_no_shift_over_and_a_sheet_for_one_is_for_whoever_comes() {
    let mut bench = Bench::set_up_at("property", None, "2024-06-06 09:00");
    let first = bench.operator;
    let from = bench.work_as(CustomerService);
    bench.operator = first;
    let [line, next] = ["line", "next"].map(|login| {
        let added = bench.add_operator(login, &[CustomerService]);
        added.meta.number
    });
    let as_program = |bench: &mut Bench, service: bool| {
        bench.operator = first;
        let at = bench.present(line);
        let Record::Operator(operator) = bench.get(line).record else {
            panic!("no operator");
        };
        let details = OperatorDetails {
            service,
            ..operator.details()
        };
        bench.change(Command::ChangeOperator {
            at,
            details,
            active: true,
        });
    };
    as_program(&mut bench, true);
    bench.operator = from;
    assert_eq!(said(bench.ask(handing(line))), [" to"]);
    // The sheet was for a person, whose name a program has from then on.
    as_program(&mut bench, false);
    bench.operator = from;
    let sheet = bench.change(handing(line)).number();
    bench.operator = next;
    assert_eq!(waiting(&mut bench), None);
    as_program(&mut bench, true);
    bench.operator = next;
    assert_eq!(waiting(&mut bench), Some(sheet));
    let at = bench.present(sheet);
    let step = ShiftStep::TakeOverShift {};
    bench.change(Command::StepShift { at, step });
}

/// A leasing office that asks for children and parents, with a customer of the consultant.
fn office(site: &str) -> (Staff, Number) {
    let site = format!("[dossier.fields.F15]\non = true\n{site}");
    let mut staff = Staff::with("leasing", Some(&site));
    let owner = staff.posts[&PropertyConsultant];
    let details = frontdesk::domain::customer::CustomerDetails {
        owner: Some(owner),
        ..visited("王芳", "13800138000")
    };
    let customer = staff.is(PropertyConsultant).customer(details).meta.number;
    (staff, customer)
}

/// What keeps values of the customer's profile.
fn keeping(staff: &mut Staff, customer: Number, values: &Value) -> Command {
    let there = match staff.is(PropertyConsultant).look(Query::Dossier(customer)) {
        Reply::Record(Some(row)) => Some(row.record),
        _ => None,
    };
    let version = match there {
        Some(Record::Dossier(it)) => it.meta.version,
        _ => 0,
    };
    let at = staff.is(PropertyConsultant).present(customer);
    let command = json!({ "keep-dossier": {
        "customer": at, "version": version, "details": { "values": values },
    } });
    serde_json::from_value(command).unwrap()
}

fn keep(staff: &mut Staff, customer: Number, values: &Value) {
    let command = keeping(staff, customer, values);
    staff.is(PropertyConsultant).change(command);
}

/// The birthdays on the consultant's list.
fn due(staff: &mut Staff) -> Vec<Greeting> {
    let query = list(Kind::FollowUp, Filter::Today, Sort::Newest);
    let page = staff.is(PropertyConsultant).page(query);
    let rows = page.rows.into_iter().map(|(_, row)| row);
    let births = rows.filter(|row| row.occasion == Some(Occasion::Birthday));
    births
        .map(|row| row.profiled.unwrap().greeting.unwrap())
        .collect()
}

fn greet(staff: &mut Staff, customer: Number, greeting: &Greeting) {
    let contact = Contact {
        text: "祝生日快乐".into(),
        declined: true,
        ..Contact::default()
    };
    staff.is(PropertyConsultant).change(Command::Greet {
        customer,
        key: greeting.key.clone(),
        gift: String::new(),
        contact,
    });
}

#[test]
fn twins_are_greeted_as_two_and_nobody_twice_for_a_year_that_was_added() {
    let (mut staff, customer) = office("");
    let twins = json!([
        { "name": "小雪", "born": "2018-06-10" }, { "name": "小雨", "born": "2018-06-10" },
    ]);
    let own = json!([{ "born": "06-10" }]);
    keep(
        &mut staff,
        customer,
        &json!({ "F15": twins, "F01-birthday": own }),
    );
    staff.set("2024-06-10 09:00");
    let names = |all: &[Greeting]| -> Vec<String> {
        let mut names: Vec<String> = all.iter().map(|it| it.name.clone()).collect();
        names.sort();
        names
    };
    let all = due(&mut staff);
    assert_eq!(names(&all), ["", "小雨", "小雪"]);
    let of = |name: &str| all.iter().find(|it| it.name == name).unwrap();
    greet(&mut staff, customer, of("小雪"));
    assert_eq!(names(&due(&mut staff)), ["", "小雨"]);
    greet(&mut staff, customer, of(""));
    // What was greeted without its year is greeted with it.
    keep(
        &mut staff,
        customer,
        &json!({ "F01-birthday": [{ "born": "1985-06-10" }] }),
    );
    assert_eq!(names(&due(&mut staff)), ["小雨"]);
    greet(&mut staff, customer, of("小雨"));
    assert!(due(&mut staff).is_empty());
    staff.set("2025-06-10 09:00");
    assert_eq!(due(&mut staff).len(), 3);
}

#[test]
fn an_age_typed_with_its_day_is_one_that_somebody_can_have() {
    let (mut staff, customer) = office("");
    for (age, taken) in [
        ("68@2020-06-06", true),
        ("68", true),
        ("200", false),
        ("200@2024-06-06", false),
        ("68@1900-01-01", false),
        ("68@", false),
        ("@2024-06-06", false),
        ("68@2024-13-40", false),
    ] {
        let values = json!({ "F14": [{ "tie": "father", "age": age }] });
        let command = keeping(&mut staff, customer, &values);
        let answer = staff.is(PropertyConsultant).ask(command);
        if taken {
            assert!(answer.is_ok(), "{age}: {answer:?}");
        } else {
            assert_eq!(said(answer), ["A14-F14 F14.age"], "{age}");
        }
    }
}

fn month(staff: &mut Staff, role: Role, kind: MonthlyKind) -> Monthly {
    let month = Month {
        year: 2024,
        month: 6,
    };
    match staff.is(role).look(Query::Monthly(kind, month)) {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_report_of_needs_counts_for_nobody_what_they_may_not_see() {
    let (mut staff, customer) =
        office("[dossier.fields.F28]\nroles = [\"head-of-leasing\", \"property-consultant\"]\n");
    let values = json!({ "F28": [{ "aspects": "layout" }], "F30": [{ "layout": "three" }] });
    keep(&mut staff, customer, &values);
    for (role, fields) in [
        (HeadOfLeasing, &["F28", "F30"][..]),
        (GeneralManager, &["F30"]),
    ] {
        let Monthly::Needs(needs) = month(&mut staff, role, MonthlyKind::Needs) else {
            panic!("no needs");
        };
        let counted = needs.needs.iter().filter(|it| it.in_all > 0);
        let counted: Vec<&str> = counted.map(|it| it.field.as_str()).collect();
        assert_eq!(counted, fields, "{role:?}");
        let told = needs.needs.iter().any(|it| it.field == "F28");
        assert_eq!(told, role == HeadOfLeasing, "{role:?}");
    }
}

/// A registration that led to a deal, whose file form is not sent yet, and the customer's card.
fn closed(staff: &mut Staff, name: &str, phone: &str) -> (Number, Number) {
    let details = json!({
        "business": "lease", "name": name, "phone": phone, "source": "visit", "intention": "铺面",
    });
    let number = staff
        .does(LeasingManager, "register", json!({ "details": details }))
        .number();
    let card = frontdesk::domain::customer::CustomerDetails {
        address: "雁塔路 8 号".into(),
        place: "A-108".into(),
        ..visited(name, phone)
    };
    let card = staff.is(LeasingManager).customer(card).meta.number;
    let close = json!({ "customer": card, "on": "2024-06-06" });
    staff.steps(LeasingManager, number, "close-deal", close);
    (number, card)
}

#[test]
fn a_file_form_goes_into_no_file_that_is_void_or_was_handed_over() {
    let mut staff = Staff::of("leasing");
    let (number, card) = closed(&mut staff, "王芳", "13800138000");
    staff.steps(LeasingManager, number, "send-file-form", json!({}));
    let folder = |staff: &mut Staff| {
        let details = json!({ "title": "意向资料", "class": "prospect", "customer": card });
        let body = json!({ "details": details });
        staff.does(GeneralServices, "create-file", body).number()
    };
    let (void, left, here) = (folder(&mut staff), folder(&mut staff), folder(&mut staff));
    let reason = json!({ "reason": "重复建档" });
    staff.steps(GeneralServices, void, "void-file", reason);
    let given = json!({ "to": "省档案馆", "receiver": "张馆长", "reason": "移交" });
    staff.steps(GeneralServices, left, "transfer-file", given);
    staff.steps(DesignatedKeeper, left, "take-over-file", json!({}));
    for (file, why) in [(void, "A13-a5e into_file"), (left, "A13-a7a file-left")] {
        let into = json!({ "file": file });
        let problems = staff.stays(GeneralServices, number, "file-form", into);
        assert_eq!(problems, [why]);
    }
    let into = json!({ "file": here });
    staff.steps(GeneralServices, number, "file-form", into);
}

#[test]
fn the_report_of_forms_says_which_file_forms_are_late_or_open() {
    let site = "[registration]\npoints = 1\nfile_form_days = 3\n";
    let mut staff = Staff::with("leasing", Some(site));
    let (first, _) = closed(&mut staff, "王芳", "13800138000");
    let (second, _) = closed(&mut staff, "李雷", "13911112222");
    staff.set("2024-06-10 10:00");
    staff.steps(LeasingManager, first, "send-file-form", json!({}));
    let report = month(&mut staff, HeadOfLeasing, MonthlyKind::Registrations);
    for (lang, columns, open) in [
        (
            Lang::Zh,
            ["档案表迟交", "未交或迟交的档案表"],
            format!("{first} 第 4 天报出  {second} 已 4 天未报"),
        ),
        (
            Lang::En,
            ["File forms late", "File forms open or late"],
            format!("{first} sent on day 4  {second} open for 4 days"),
        ),
    ] {
        let texts = Texts::new(lang);
        let words = Words {
            texts: &texts,
            profile: &staff.profile,
        };
        let document = monthly::document(&report, words);
        let tables = document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let table = tables.into_iter().next().unwrap();
        assert_eq!(table.columns[table.columns.len() - 2..], columns);
        let row = table.rows.iter().find(|row| row.name == "leasing-manager");
        let values = &row.unwrap().values;
        let shown: Vec<String> = values[values.len() - 2..]
            .iter()
            .map(|(value, _)| value.shown())
            .collect();
        assert_eq!(shown, ["2".to_owned(), open]);
    }
}
