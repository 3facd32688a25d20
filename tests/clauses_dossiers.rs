//! The clauses on the customer information profile and on greetings, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use common::staff::{Staff, said};
use common::{Bench, list, visited};
use frontdesk::desk::contract::{
    Answer, At, Command, Door, Failure, Filter, ListQuery, LooksQuery, Query, Reply, Request, Row,
    Sort,
};
use frontdesk::desk::{Desk, Options, SiteFile};
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::dossier::month::{Filled, Needs};
use frontdesk::domain::dossier::{Dossier, Share};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUpDetails, FollowUpKind, Occasion};
use frontdesk::domain::greeting::Greeting;
use frontdesk::domain::look::LookKind;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::profile::Profile;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::{Assent, Problem};
use frontdesk::domain::role::Role::{
    self, GeneralManager, HeadOfLeasing, LeasingManager, PropertyConsultant, Reception,
};
use frontdesk::domain::stamp::Day;
use frontdesk::locale::dossier::{ProfileLine, lines};
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::Papers;
use frontdesk::report::forms::Form;
use frontdesk::report::quarterly::Words;
use frontdesk::store::Home;
use serde_json::{Value, json};

/// A site that asks for all 42 fields whole.
const ALL: &str = r"
[dossier.fields.F09]
on = true
[dossier.fields.F14]
without = []
[dossier.fields.F15]
on = true
[dossier.fields.F22]
on = true
[dossier.fields.F27]
on = true
";

/// A leasing office that asks for everything, with a customer who is nobody's.
fn office() -> (Staff, Customer) {
    office_with(ALL)
}

fn office_with(site: &str) -> (Staff, Customer) {
    let mut staff = Staff::with("leasing", Some(site));
    let customer = staff
        .is(PropertyConsultant)
        .customer(visited("王芳", "13800138000"));
    (staff, customer)
}

fn at(bench: &mut Bench, number: Number) -> At {
    bench.present(number)
}

/// The profile of a customer as whoever has a post opens it; none where there is none yet.
fn opened(staff: &mut Staff, role: Role, customer: Number) -> Option<Row> {
    match staff.is(role).look(Query::Dossier(customer)) {
        Reply::Record(Some(row)) => matches!(row.record, Record::Dossier(_)).then_some(*row),
        other => panic!("{other:?}"),
    }
}

fn dossier(row: &Row) -> &Dossier {
    match &row.record {
        Record::Dossier(it) => it,
        other => panic!("{other:?}"),
    }
}

/// What keeps values of a profile.
fn keeping(staff: &mut Staff, role: Role, customer: Number, details: &Value) -> Command {
    let there = opened(staff, role, customer);
    let version = there.map_or(0, |row| row.record.meta().version);
    let at = at(staff.is(role), customer);
    let command = json!({ "keep-dossier": {
        "customer": at, "version": version, "details": details,
    } });
    serde_json::from_value(command).unwrap()
}

fn ask(staff: &mut Staff, role: Role, command: Command, accept: &[&str]) -> Answer {
    let bench = staff.is(role);
    let mut envelope = bench.envelope(Request::Do(command));
    envelope.accept = accept.iter().map(|key| Assent::from(*key)).collect();
    bench.desk.ask(&envelope)
}

/// Values of fields kept.
fn keep_as(staff: &mut Staff, role: Role, customer: Number, values: &Value) -> Dossier {
    let details = json!({ "values": values });
    let command = keeping(staff, role, customer, &details);
    match staff.is(role).change(command) {
        Record::Dossier(it) => it,
        other => panic!("{other:?}"),
    }
}

fn keep(staff: &mut Staff, customer: Number, values: &Value) -> Dossier {
    keep_as(staff, PropertyConsultant, customer, values)
}

/// Values that are not kept: clause and field of each problem.
fn not_kept(staff: &mut Staff, customer: Number, values: &Value) -> Vec<String> {
    let details = json!({ "values": values });
    let command = keeping(staff, PropertyConsultant, customer, &details);
    said(staff.is(PropertyConsultant).ask(command))
}

/// The fields of a profile in words, as whoever has a post sees them.
fn told(staff: &mut Staff, role: Role, customer: Number) -> Vec<ProfileLine> {
    let rules = staff.profile.dossier.clone().unwrap();
    let today = Day::parse("2024-06-06").unwrap();
    let row = opened(staff, role, customer).unwrap();
    let card = row.profiled.as_ref().unwrap().customer.clone();
    lines(
        dossier(&row),
        card.as_ref(),
        &rules,
        today,
        &Texts::new(Lang::Zh),
    )
}

fn line(staff: &mut Staff, role: Role, customer: Number, field: &str) -> ProfileLine {
    let mut all = told(staff, role, customer).into_iter();
    all.find(|line| line.field == field).unwrap()
}

/// Everything that ever stood in a profile or on its customer's card.
fn history(staff: &mut Staff, customer: Number) -> String {
    let number = opened(staff, HeadOfLeasing, customer)
        .unwrap()
        .record
        .number();
    let bench = staff.is(HeadOfLeasing);
    let mut versions = bench.history(number);
    versions.extend(bench.history(customer));
    let records = versions
        .iter()
        .map(|version| serde_json::to_string(&version.record).unwrap());
    records.collect()
}

/// The check that every field of the profile is held against: filled, saved and opened by another it is
/// shown with date and author; empty it is accepted; a change keeps the old value in the history; a
/// template without the field does not show it.
fn field(id: &str, first: &Value, shown: &str, second: &Value, then: &str) {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    keep(&mut staff, customer, &json!({ id: first }));
    let consultant = staff.posts[&PropertyConsultant];
    let seen = line(&mut staff, HeadOfLeasing, customer, id);
    assert_eq!(seen.value, shown);
    assert_eq!(seen.by, Some(consultant));
    assert_eq!(seen.at.unwrap().day(480).to_string(), "2024-06-06");
    staff.set("2024-06-07 10:00");
    keep_as(&mut staff, HeadOfLeasing, customer, &json!({ id: second }));
    let seen = line(&mut staff, PropertyConsultant, customer, id);
    assert_eq!(seen.value, then);
    assert_eq!(seen.by, Some(staff.posts[&HeadOfLeasing]));
    assert_eq!(seen.at.unwrap().day(480).to_string(), "2024-06-07");
    let was = history(&mut staff, customer);
    for old in first.as_array().unwrap()[0].as_object().unwrap().values() {
        let old = old.as_str().unwrap();
        let known = ["yes", "no"].contains(&old) || was.contains(&old.replace('-', ""));
        assert!(known || was.contains(old), "{id}: {old}");
    }
    // Empty is accepted.
    let names: Vec<String> = second.as_array().unwrap()[0]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let emptied: Value = names
        .iter()
        .map(|name| (name.clone(), json!("")))
        .collect::<serde_json::Map<_, _>>()
        .into();
    keep(&mut staff, customer, &json!({ id: [emptied] }));
    assert_eq!(line(&mut staff, HeadOfLeasing, customer, id).value, "");
    // A template without it neither shows nor takes it.
    let off = format!("{}\n", without(id));
    let (mut staff, customer) = office_with(&off);
    let customer = customer.meta.number;
    assert_eq!(
        staff
            .profile
            .dossier
            .as_ref()
            .unwrap()
            .asked()
            .filter(|(known, _)| *known == id)
            .count(),
        0
    );
    let problems = not_kept(&mut staff, customer, &json!({ id: first }));
    assert_eq!(problems, [" no-such-dossier-field"]);
    staff.bench.assert_clean();
}

/// The site file [`ALL`] with one field taken away.
fn without(id: &str) -> String {
    let table = format!("[dossier.fields.{id}]");
    let mut lines: Vec<String> = ALL.lines().map(str::to_owned).collect();
    match lines.iter().position(|line| *line == table) {
        Some(place) => "on = false".clone_into(&mut lines[place + 1]),
        None => lines.extend([table, "on = false".to_owned()]),
    }
    lines.join("\n")
}

/// The same of a field of one part with words in it.
fn words(id: &str, first: &str, second: &str) {
    field(
        id,
        &json!([{ "value": first }]),
        first,
        &json!([{ "value": second }]),
        second,
    );
}

#[test]
fn a14_fh1_a_profile_without_the_customer_s_name_is_refused() {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let command = keeping(
        &mut staff,
        PropertyConsultant,
        customer,
        &json!({ "name": " " }),
    );
    assert_eq!(
        said(staff.is(PropertyConsultant).ask(command)),
        ["A14-Fh1 name"]
    );
    let command = keeping(
        &mut staff,
        PropertyConsultant,
        customer,
        &json!({ "name": "王芳芳" }),
    );
    staff.is(PropertyConsultant).change(command);
    // The name is the card's: it is stored once.
    let row = staff.is(PropertyConsultant).get(customer);
    let Record::Customer(card) = row.record else {
        panic!()
    };
    assert_eq!(card.details.name, "王芳芳");
}

#[test]
fn a14_fh2_the_salesperson_is_a_user_the_operator_by_default_and_a_change_is_logged() {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let kept = keep(&mut staff, customer, &json!({}));
    assert_eq!(kept.salesperson, staff.posts[&PropertyConsultant]);
    let manager = staff.posts[&LeasingManager];
    let nobody = json!({ "salesperson": "OP-2024-00999" });
    let command = keeping(&mut staff, PropertyConsultant, customer, &nobody);
    assert_eq!(
        said(staff.is(PropertyConsultant).ask(command)),
        ["A14-Fh2 salesperson"]
    );
    let command = keeping(
        &mut staff,
        HeadOfLeasing,
        customer,
        &json!({ "salesperson": manager }),
    );
    staff.is(HeadOfLeasing).change(command);
    let versions = staff.is(HeadOfLeasing).history(kept.meta.number);
    let (path, was, is) = &versions[0].changes[0];
    assert_eq!(path, "salesperson");
    assert_eq!(
        (was.clone(), is.clone()),
        (kept.salesperson.to_string(), manager.to_string())
    );
    assert_eq!(versions[0].by, staff.posts[&HeadOfLeasing]);
    // An empty salesperson leaves the one there is.
    let command = keeping(&mut staff, PropertyConsultant, customer, &json!({}));
    staff.is(PropertyConsultant).change(command);
    let row = opened(&mut staff, PropertyConsultant, customer).unwrap();
    assert_eq!(dossier(&row).salesperson, manager);
}

#[test]
fn a14_f01_sex_is_not_stated_by_default() {
    let (mut staff, customer) = office();
    keep(&mut staff, customer.meta.number, &json!({}));
    assert_eq!(
        line(&mut staff, HeadOfLeasing, customer.meta.number, "F01").value,
        ""
    );
    let problems = not_kept(
        &mut staff,
        customer.meta.number,
        &json!({ "F01": [{ "value": "x" }] }),
    );
    assert_eq!(problems, ["A14-F01 F01"]);
    field(
        "F01",
        &json!([{ "value": "male" }]),
        "男",
        &json!([{ "value": "female" }]),
        "女",
    );
}

#[test]
fn a14_f02_the_postal_address_is_the_card_s() {
    words("F02", "桂花苑路88号3栋", "中山路12号");
    let (mut staff, customer) = office();
    keep(
        &mut staff,
        customer.meta.number,
        &json!({ "F02": [{ "value": "桂花苑路88号3栋" }] }),
    );
    let Record::Customer(card) = staff.is(HeadOfLeasing).get(customer.meta.number).record else {
        panic!()
    };
    assert_eq!(card.details.address, "桂花苑路88号3栋");
}

#[test]
fn a14_f03_the_company_s_name_finds_the_customer() {
    let first = json!([{ "name": "东方商贸", "address": "金水路1号" }]);
    let second = json!([{ "name": "南方商贸", "address": "金水路2号" }]);
    field(
        "F03",
        &first,
        "名称 东方商贸、地址 金水路1号",
        &second,
        "名称 南方商贸、地址 金水路2号",
    );
    let (mut staff, customer) = office();
    keep(&mut staff, customer.meta.number, &json!({ "F03": first }));
    let found = staff
        .is(Reception)
        .found(Kind::Customer, Filter::Current, "东方商贸");
    assert_eq!(found, [customer.meta.number]);
}

/// The customers whom the caller look-up finds by a number.
fn callers(staff: &mut Staff, digits: &str) -> Vec<Number> {
    let digits = digits.to_owned();
    match staff.is(Reception).look(Query::Caller { digits }) {
        Reply::Caller(card) if card.exact => {
            card.customers.iter().map(|it| it.meta.number).collect()
        }
        _ => Vec::new(),
    }
}

/// A telephone of the profile: its format is checked and the caller look-up finds it.
fn telephone(id: &str, clause: &str, first: &str, second: &str, shown: [&str; 2]) {
    let [one, other] = shown;
    field(
        id,
        &json!([{ "value": first }]),
        one,
        &json!([{ "value": second }]),
        other,
    );
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let wrong = json!({ id: [{ "value": "6543210O" }] });
    assert_eq!(
        not_kept(&mut staff, customer, &wrong),
        [format!("{clause} {id}")]
    );
    keep(&mut staff, customer, &json!({ id: [{ "value": first }] }));
    assert_eq!(callers(&mut staff, first), [customer]);
}

#[test]
fn a14_f04_the_office_phone_is_checked_and_found() {
    let shown = ["037165432100", "037165432111"];
    telephone("F04", "A14-F04", "0371-65432100", "037165432111", shown);
}

#[test]
fn a14_f05_the_home_phone_is_masked_until_it_is_revealed_and_that_is_logged() {
    let shown = ["037161234567", "037161234568"];
    telephone("F05", "A14-F05", "037161234567", "037161234568", shown);
    let (mut staff, customer) = office();
    let home = json!({ "F05": [{ "value": "037161234567" }] });
    let kept = keep(&mut staff, customer.meta.number, &home).meta.number;
    let phones = |row: &Row| {
        let profiled = row.profiled.clone().unwrap();
        let customer = profiled.customer.unwrap();
        customer.details.phones[1].digits.clone()
    };
    let page = staff
        .is(Reception)
        .page(list(Kind::Dossier, Filter::Current, Sort::Newest));
    assert_eq!(phones(&page.rows[0].1), "037*****4567");
    let Reply::Record(Some(row)) = staff.is(Reception).look(Query::Preview(kept)) else {
        panic!()
    };
    assert_eq!(phones(&row), "037*****4567");
    let Reply::Record(Some(row)) = staff.is(Reception).look(Query::Reveal(kept)) else {
        panic!()
    };
    assert_eq!(phones(&row), "037161234567");
    let query = LooksQuery {
        about: Some(kept),
        limit: 1,
        ..LooksQuery::default()
    };
    let Reply::Looks(looks) = staff.is(GeneralManager).look(Query::Looks(query)) else {
        panic!()
    };
    assert_eq!(
        (looks[0].what, looks[0].operator),
        (LookKind::Reveal, staff.posts[&Reception])
    );
}

#[test]
fn a14_f06_a_mobile_number_has_eleven_digits_unless_it_is_said_to_be_right() {
    let shown = ["139 0013 9000", "139 0013 9001"];
    telephone("F06", "A14-F06", "13900139000", "13900139001", shown);
    let (mut staff, customer) = office();
    let short = json!({ "values": { "F06": [{ "value": "1390013900" }] } });
    let command = keeping(&mut staff, PropertyConsultant, customer.meta.number, &short);
    let Err(Failure::Refused(refusal)) = ask(&mut staff, PropertyConsultant, command.clone(), &[])
    else {
        panic!()
    };
    assert_eq!(refusal.problems[0].key, "mobile-unusual");
    assert!(refusal.problems[0].ask);
    ask(&mut staff, PropertyConsultant, command, &["mobile-unusual"]).unwrap();
    assert_eq!(callers(&mut staff, "1390013900"), [customer.meta.number]);
}

#[test]
fn a14_f07_place_of_origin() {
    words("F07", "河南郑州", "河南洛阳");
}

#[test]
fn a14_f08_education_has_three_parts_of_which_each_may_be_empty() {
    let whole = json!([{ "degree": "本科", "school": "郑州大学", "matters": "yes" }]);
    let part = json!([{ "school": "河南大学" }]);
    field(
        "F08",
        &whole,
        "最高学历 本科、毕业学校 郑州大学、在意学位 是",
        &part,
        "毕业学校 河南大学",
    );
}

/// A field that is private: whoever has not the permission neither sees nor keeps it.
fn private(id: &str, values: &Value) {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    keep(&mut staff, customer, &json!({ id: values }));
    let seen = line(&mut staff, LeasingManager, customer, id);
    assert_eq!(seen.value, "（不公开）");
    let row = opened(&mut staff, LeasingManager, customer).unwrap();
    assert!(dossier(&row).values[id].rows.is_empty());
    let number = row.record.number();
    let text = serde_json::to_string(&staff.is(LeasingManager).history(number)).unwrap();
    for value in values.as_array().unwrap()[0].as_object().unwrap().values() {
        let value = value.as_str().unwrap();
        let plain = ["yes", "no"].contains(&value);
        assert!(plain || !text.contains(value), "{id} {value}");
    }
    let details = json!({ "values": { id: values } });
    let command = keeping(&mut staff, LeasingManager, customer, &details);
    assert_eq!(
        said(staff.is(LeasingManager).ask(command)),
        [" no-such-dossier-field"]
    );
    // What they do keep leaves it as it is.
    keep_as(
        &mut staff,
        LeasingManager,
        customer,
        &json!({ "F07": [{ "value": "开封" }] }),
    );
    assert_ne!(line(&mut staff, HeadOfLeasing, customer, id).value, "");
    // It is off until a site switches it on (Q18).
    let rules = Profile::builtin("leasing").unwrap().dossier.unwrap();
    assert!(rules.field(id).is_none());
}

#[test]
fn a14_f09_the_family_s_situation_is_hidden_without_the_permission() {
    let first = json!([{ "income": "年收入五十万", "harmony": "yes" }]);
    let second = json!([{ "income": "年收入六十万" }]);
    field(
        "F09",
        &first,
        "收入 年收入五十万、关系融洽 是",
        &second,
        "收入 年收入六十万",
    );
    private("F09", &first);
}

#[test]
fn a14_f10_marital_status_may_stay_open() {
    field(
        "F10",
        &json!([{ "value": "single" }]),
        "未婚",
        &json!([{ "value": "married" }]),
        "已婚",
    );
}

#[test]
fn a14_f11_the_spouse_s_phone_is_found_by_the_caller_look_up_as_the_spouse_s() {
    let first = json!([{ "phone": "13700137000", "employer": "市一中" }]);
    let second = json!([{ "phone": "13700137001", "employer": "市二中" }]);
    field(
        "F11",
        &first,
        "电话 137 0013 7000、工作单位 市一中",
        &second,
        "电话 137 0013 7001、工作单位 市二中",
    );
    let (mut staff, customer) = office();
    keep(&mut staff, customer.meta.number, &json!({ "F11": first }));
    let digits = "13700137000".to_owned();
    let Reply::Caller(card) = staff.is(Reception).look(Query::Caller { digits }) else {
        panic!()
    };
    let [found] = card.customers.as_slice() else {
        panic!("{card:?}")
    };
    assert_eq!(found.meta.number, customer.meta.number);
    let spouse = &found.details.phones[1];
    assert_eq!(
        (spouse.digits.as_str(), spouse.label.id()),
        ("13700137000", "spouse")
    );
}

#[test]
fn a14_f12_the_spouse_s_education() {
    words("F12", "硕士", "博士");
}

#[test]
fn a14_f13_the_spouse_s_interests() {
    words("F13", "瑜伽", "烘焙");
}

#[test]
fn a14_f14_parents_have_an_age_that_grows_and_a_health_that_is_private() {
    let first = json!([
        { "tie": "father", "age": "68", "health": "高血压", "interests": "钓鱼" },
        { "tie": "mother", "age": "66", "interests": "广场舞" },
    ]);
    let shown = "称谓 父亲、年龄 68、健康 高血压、兴趣 钓鱼\n称谓 母亲、年龄 66、兴趣 广场舞";
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    keep(&mut staff, customer, &json!({ "F14": first }));
    assert_eq!(
        line(&mut staff, HeadOfLeasing, customer, "F14").value,
        shown
    );
    let row = opened(&mut staff, HeadOfLeasing, customer).unwrap();
    let kept = dossier(&row).values["F14"].rows[0]["age"].clone();
    assert_eq!(kept, "68@2024-06-06");
    assert_eq!(
        frontdesk::domain::dossier::aged(&kept, Day::parse("2026-06-06").unwrap()),
        Some(70)
    );
    // Two years on 70 is the age that is kept, and another one is a new one.
    staff.set("2026-06-06 09:00");
    keep(
        &mut staff,
        customer,
        &json!({ "F14": [
        { "tie": "father", "age": "70", "health": "高血压" }, { "tie": "mother", "age": "67" },
    ] }),
    );
    let row = opened(&mut staff, HeadOfLeasing, customer).unwrap();
    let rows = &dossier(&row).values["F14"].rows;
    assert_eq!(
        (rows[0]["age"].as_str(), rows[1]["age"].as_str()),
        ("68@2024-06-06", "67@2026-06-06")
    );
    // Health is seen by those who may, and stays where others change the rest.
    let seen = line(&mut staff, LeasingManager, customer, "F14").value;
    assert!(!seen.contains("高血压") && seen.contains("父亲"), "{seen}");
    keep_as(
        &mut staff,
        LeasingManager,
        customer,
        &json!({ "F14": [
        { "tie": "father", "age": "70", "interests": "书法" }, { "tie": "mother" },
    ] }),
    );
    let seen = line(&mut staff, HeadOfLeasing, customer, "F14").value;
    assert!(seen.contains("高血压") && seen.contains("书法"), "{seen}");
    assert!(
        Profile::builtin("leasing")
            .unwrap()
            .dossier
            .unwrap()
            .field("F14")
            .unwrap()
            .part("health")
            .is_none()
    );
    let wrong = not_kept(&mut staff, customer, &json!({ "F14": [{ "age": "abc" }] }));
    assert_eq!(wrong, ["A14-F14 F14.age"]);
    let second = json!([{ "tie": "father", "health": "良好" }]);
    field(
        "F14",
        &json!([{ "health": "高血压" }]),
        "健康 高血压",
        &second,
        "称谓 父亲、健康 良好",
    );
}

#[test]
fn a14_f15_children_are_a_list_whose_birthdays_are_greeted_and_whose_data_is_private() {
    let one = json!([{ "name": "小雨", "born": "2015-06-10", "interests": "钢琴", "school": "实验小学" }]);
    let other = json!([{ "name": "小雪", "born": "2016-02-29" }]);
    field(
        "F15",
        &one,
        "姓名 小雨、出生日期 2015-06-10、兴趣 钢琴、就读学校 实验小学",
        &other,
        "姓名 小雪、出生日期 2016-02-29",
    );
    private("F15", &one);
    let (mut staff, customer) = office();
    let two = json!({ "F15": [{ "name": "小雨", "born": "2015年6月10日" }, { "name": "小雪", "born": "农历五月初五" }] });
    keep(&mut staff, customer.meta.number, &two);
    let seen = line(&mut staff, HeadOfLeasing, customer.meta.number, "F15").value;
    assert_eq!(
        seen,
        "姓名 小雨、出生日期 2015-06-10\n姓名 小雪、出生日期 农历05-05"
    );
    closed(&mut staff, customer.meta.number);
    staff.set("2024-06-10 09:00");
    // Both are today: one by the solar and one by the lunar calendar.
    let names: Vec<String> = birthdays(&mut staff, PropertyConsultant)
        .into_iter()
        .map(|it| it.1.name)
        .collect();
    assert_eq!(names, ["小雨", "小雪"]);
}

#[test]
fn a14_f16_closest_in_the_family() {
    words("F16", "女儿", "母亲");
}

#[test]
fn a14_f17_where_to_eat_has_three_parts() {
    let first = json!([{ "lunch": "公司附近", "dinner": "湖边", "class": "四星" }]);
    let second = json!([{ "dinner": "老城" }]);
    field(
        "F17",
        &first,
        "午餐 公司附近、晚餐 湖边、餐馆档次 四星",
        &second,
        "晚餐 老城",
    );
}

#[test]
fn a14_f18_where_to_shop() {
    words("F18", "丹尼斯", "万象城");
}

#[test]
fn a14_f19_several_cuisines_may_be_chosen_and_the_list_is_the_site_s() {
    field(
        "F19",
        &json!([{ "value": "chinese;sichuan" }]),
        "中餐、川菜",
        &json!([{ "value": "western" }]),
        "西餐",
    );
    let more = r#"
[dossier.fields.F19]
choices = [{ id = "henan", zh = "豫菜", en = "Henan" }]
"#;
    let (mut staff, customer) = office_with(more);
    keep(
        &mut staff,
        customer.meta.number,
        &json!({ "F19": [{ "value": "henan" }] }),
    );
    assert_eq!(
        line(&mut staff, HeadOfLeasing, customer.meta.number, "F19").value,
        "豫菜"
    );
}

/// A habit: which one is asked only at yes, whether others' is objected to only at no.
fn habit(id: &str, has: &str, which: &str) {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let clause = format!("A14-{id}");
    let wrong = json!({ id: [{ has: "no", "which": which }] });
    assert_eq!(
        not_kept(&mut staff, customer, &wrong),
        [format!("{clause} {id}.which")]
    );
    let wrong = json!({ id: [{ has: "yes", "objects": "yes" }] });
    assert_eq!(
        not_kept(&mut staff, customer, &wrong),
        [format!("{clause} {id}.objects")]
    );
    let wrong = json!({ id: [{ "which": which }] });
    assert_eq!(
        not_kept(&mut staff, customer, &wrong),
        [format!("{clause} {id}.which")]
    );
}

#[test]
fn a14_f20_drinking_asks_which_at_yes_and_about_others_at_no() {
    let first = json!([{ "drinks": "yes", "which": "白酒" }]);
    let second = json!([{ "drinks": "no", "objects": "yes" }]);
    field(
        "F20",
        &first,
        "饮酒 是、什么酒 白酒",
        &second,
        "饮酒 否、反对别人饮酒 是",
    );
    habit("F20", "drinks", "白酒");
}

#[test]
fn a14_f21_smoking_asks_which_at_yes_and_about_others_at_no() {
    let first = json!([{ "smokes": "yes", "which": "黄金叶" }]);
    let second = json!([{ "smokes": "no", "objects": "no" }]);
    field(
        "F21",
        &first,
        "抽烟 是、什么烟 黄金叶",
        &second,
        "抽烟 否、反对别人抽烟 否",
    );
    habit("F21", "smokes", "黄金叶");
}

#[test]
fn a14_f22_health_is_never_in_lists_or_exports() {
    let first = json!([{ "history": "阑尾手术", "present": "良好" }]);
    let second = json!([{ "present": "一般" }]);
    field(
        "F22",
        &first,
        "病历 阑尾手术、目前身体状况 良好",
        &second,
        "目前身体状况 一般",
    );
    private("F22", &first);
    let (mut staff, customer) = office();
    let kept = keep(
        &mut staff,
        customer.meta.number,
        &json!({ "F22": first, "F07": [{ "value": "开封" }] }),
    )
    .meta
    .number;
    permit(&mut staff, PermitKind::Export, HeadOfLeasing);
    let full = frontdesk::desk::contract::ListQuery {
        full: true,
        ..list(Kind::Dossier, Filter::Current, Sort::Newest)
    };
    for query in [
        Query::List(full),
        Query::List(list(Kind::Dossier, Filter::All, Sort::Oldest)),
        Query::Print(kept),
        Query::Preview(kept),
    ] {
        let text = serde_json::to_string(&staff.is(HeadOfLeasing).look(query.clone())).unwrap();
        assert!(!text.contains("阑尾") && text.contains("开封"), "{query:?}");
    }
    // Whoever may see it sees it where it is opened.
    assert!(
        line(&mut staff, HeadOfLeasing, customer.meta.number, "F22")
            .value
            .contains("阑尾")
    );
}

#[test]
fn a14_f23_travels_by() {
    words("F23", "自驾", "高铁");
}

#[test]
fn a14_f24_the_organisations_find_the_customer() {
    let one = json!([{ "organisation": "台商协会" }]);
    field(
        "F24",
        &one,
        "组织 台商协会",
        &json!([{ "organisation": "河南商会" }]),
        "组织 河南商会",
    );
    let (mut staff, customer) = office();
    let several =
        json!({ "F24": [{ "organisation": "台商协会" }, { "organisation": "书法家协会" }] });
    let kept = keep(&mut staff, customer.meta.number, &several).meta.number;
    let other = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"));
    for words in ["台商协会", "书法家"] {
        let bench = staff.is(Reception);
        assert_eq!(
            bench.found(Kind::Customer, Filter::Current, words),
            [customer.meta.number]
        );
        assert_eq!(bench.found(Kind::Dossier, Filter::Current, words), [kept]);
        assert_eq!(bench.searched(words), [kept]);
    }
    let bench = staff.is(Reception);
    assert_eq!(
        bench.found(Kind::Customer, Filter::Current, "赵明"),
        [other.meta.number]
    );
    // A profile is found by its customer too.
    assert_eq!(bench.found(Kind::Dossier, Filter::Current, "王芳"), [kept]);
}

#[test]
fn a14_f25_keenness_is_from_one_to_five_or_open() {
    field(
        "F25",
        &json!([{ "value": "4" }]),
        "4",
        &json!([{ "value": "5" }]),
        "5",
    );
    let (mut staff, customer) = office();
    for wrong in ["0", "6", "高"] {
        let problems = not_kept(
            &mut staff,
            customer.meta.number,
            &json!({ "F25": [{ "value": wrong }] }),
        );
        assert_eq!(problems, ["A14-F25 F25"], "{wrong}");
    }
}

#[test]
fn a14_f26_the_present_home_has_five_parts_and_a_month_is_a_date() {
    let first = json!([{ "community": "翠湖", "since": "2019-06", "risen": "yes", "satisfied": "no", "factors": "停车难" }]);
    let second = json!([{ "community": "翠湖", "since": "2019" }]);
    field(
        "F26",
        &first,
        "社区 翠湖、置业时间 2019-06、已升值 是、满意 否、因素 停车难",
        &second,
        "社区 翠湖、置业时间 2019",
    );
    let (mut staff, customer) = office();
    let problems = not_kept(
        &mut staff,
        customer.meta.number,
        &json!({ "F26": [{ "since": "去年" }] }),
    );
    assert_eq!(problems, ["A14-F26 F26.since"]);
}

#[test]
fn a14_f27_property_investments_are_private() {
    words("F27", "两套公寓", "三套公寓");
    private("F27", &json!([{ "value": "两套公寓" }]));
}

#[test]
fn a14_f28_the_report_counts_each_aspect_over_all_profiles() {
    let first = json!([{ "aspects": "plan;layout;brand", "more": "停车位" }]);
    field(
        "F28",
        &first,
        "关注 a 社区规划、b 户型设计、g 品牌及发展商实力、其他关注 停车位",
        &json!([{ "aspects": "greenery" }]),
        "关注 e 绿化景观",
    );
    let (mut staff, customer) = office();
    let second = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"));
    keep(&mut staff, customer.meta.number, &json!({ "F28": first }));
    keep(
        &mut staff,
        second.meta.number,
        &json!({ "F28": [{ "aspects": "layout;greenery", "more": "停车位，电梯" }] }),
    );
    let needs = needs(&mut staff, "2024-06");
    let counts: Vec<(String, u64)> = needs
        .needs
        .iter()
        .filter(|it| it.field == "F28")
        .map(|it| (it.what.clone(), it.in_all))
        .collect();
    let counts: Vec<(&str, u64)> = counts
        .iter()
        .map(|(what, count)| (what.as_str(), *count))
        .collect();
    assert_eq!(
        counts,
        [
            ("plan", 1),
            ("layout", 2),
            ("surroundings", 0),
            ("facilities", 0),
            ("greenery", 1),
            ("quality", 0),
            ("brand", 1),
            // What only one customer has is told without words.
            ("停车位", 2),
            ("", 1),
        ]
    );
}

#[test]
fn a14_f29_the_reason_for_buying_is_counted() {
    let first = json!([{ "reason": "school", "more": "孩子上初中" }]);
    field(
        "F29",
        &first,
        "原因 子女上学、说明 孩子上初中",
        &json!([{ "reason": "investment" }]),
        "原因 投资",
    );
    let (mut staff, customer) = office();
    keep(&mut staff, customer.meta.number, &json!({ "F29": first }));
    let needs = needs(&mut staff, "2024-06");
    let school = needs.needs.iter().find(|it| it.what == "school").unwrap();
    assert_eq!((school.in_month, school.in_all), (1, 1));
}

#[test]
fn a14_f30_what_was_bought_here_is_a_row_a_purchase_with_a_positive_area() {
    let first = json!([{ "layout": "three", "area": "89.5", "for": "self" }]);
    field(
        "F30",
        &first,
        "户型 三房、面积㎡ 89.5、为谁买 自己",
        &json!([{ "layout": "shop", "area": "40" }]),
        "户型 商铺、面积㎡ 40",
    );
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    for wrong in ["0", "-3", "大"] {
        let problems = not_kept(
            &mut staff,
            customer,
            &json!({ "F30": [{ "area": "90" }, { "area": wrong }] }),
        );
        assert_eq!(problems, ["A14-F30 F30.area.1"], "{wrong}");
    }
    keep(
        &mut staff,
        customer,
        &json!({ "F30": [{ "layout": "three", "area": "120" }, { "layout": "shop", "area": "40" }] }),
    );
    let seen = line(&mut staff, HeadOfLeasing, customer, "F30").value;
    assert_eq!(seen, "户型 三房、面积㎡ 120\n户型 商铺、面积㎡ 40");
}

#[test]
fn a14_f31_the_developer_s_name_comes_from_the_profile() {
    words("F31", "听说过", "买过一套");
    let site = "[dossier]\ndeveloper = { zh = \"翠湖地产\", en = \"Cuihu\" }\n";
    let (mut staff, customer) = office_with(site);
    keep(&mut staff, customer.meta.number, &json!({}));
    assert_eq!(
        line(&mut staff, HeadOfLeasing, customer.meta.number, "F31").label,
        "31 对翠湖地产的了解"
    );
}

#[test]
fn a14_f32_minding_other_owners_is_yes_no_or_open() {
    field(
        "F32",
        &json!([{ "value": "yes" }]),
        "是",
        &json!([{ "value": "no" }]),
        "否",
    );
}

#[test]
fn a14_f33_the_position_is_the_card_s() {
    words("F33", "经理", "总监");
    let (mut staff, customer) = office();
    let details = CustomerDetails {
        position: "店长".into(),
        ..customer.details.clone()
    };
    keep(&mut staff, customer.meta.number, &json!({}));
    let at = at(staff.is(HeadOfLeasing), customer.meta.number);
    staff
        .is(HeadOfLeasing)
        .change(Command::ChangeCustomer { at, details });
    assert_eq!(
        line(&mut staff, PropertyConsultant, customer.meta.number, "F33").value,
        "店长"
    );
}

#[test]
fn a14_f34_the_car_s_make() {
    words("F34", "大众", "丰田");
}

#[test]
fn a14_f35_a_plate_is_checked_unless_it_is_said_to_be_right_and_finds_the_customer() {
    words("F35", "豫A12345", "豫AD12345");
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    keep(
        &mut staff,
        customer,
        &json!({ "F35": [{ "value": "豫a 12345" }] }),
    );
    assert_eq!(
        staff
            .is(Reception)
            .found(Kind::Customer, Filter::Current, "豫A12345"),
        [customer]
    );
    let odd = json!({ "values": { "F35": [{ "value": "A-1" }] } });
    let command = keeping(&mut staff, PropertyConsultant, customer, &odd);
    let Err(Failure::Refused(refusal)) = ask(&mut staff, PropertyConsultant, command.clone(), &[])
    else {
        panic!()
    };
    let Problem {
        key,
        clause,
        ask: asks,
        ..
    } = &refusal.problems[0];
    assert_eq!(
        (key.as_str(), clause.as_deref(), *asks),
        ("plate-unusual", Some("A14-F35"), true)
    );
    ask(&mut staff, PropertyConsultant, command, &["plate-unusual"]).unwrap();
    assert_eq!(line(&mut staff, HeadOfLeasing, customer, "F35").value, "A1");
}

#[test]
fn a14_f36_dress() {
    words("F36", "正装", "休闲");
}

#[test]
fn a14_f37_the_source_of_information_is_counted() {
    field(
        "F37",
        &json!([{ "value": "friends" }]),
        "亲友介绍",
        &json!([{ "value": "online" }]),
        "网络",
    );
    let (mut staff, customer) = office();
    keep(
        &mut staff,
        customer.meta.number,
        &json!({ "F37": [{ "value": "online" }] }),
    );
    let needs = needs(&mut staff, "2024-06");
    let of = |what: &str| {
        needs
            .needs
            .iter()
            .find(|it| it.field == "F37" && it.what == what)
            .unwrap()
            .in_all
    };
    assert_eq!((of("online"), of("friends")), (1, 0));
}

#[test]
fn a14_f38_admires_most() {
    words("F38", "任正非", "袁隆平");
}

/// Goals of the long and of the short term.
fn goals(id: &str) {
    let first = json!([{ "long": "开三家店", "short": "开一家店" }]);
    field(
        id,
        &first,
        "长期 开三家店、短期 开一家店",
        &json!([{ "long": "退休" }]),
        "长期 退休",
    );
}

#[test]
fn a14_f39_career_goals_are_long_and_short() {
    goals("F39");
}

#[test]
fn a14_f40_personal_goals_are_long_and_short() {
    goals("F40");
}

#[test]
fn a14_f41_proudest_of() {
    words("F41", "女儿考上大学", "登顶华山");
}

#[test]
fn a14_f42_an_own_mind_has_two_parts() {
    let first = json!([{ "independent": "yes", "accepts": "愿意听" }]);
    field(
        "F42",
        &first,
        "有主见 是、对外来意见 愿意听",
        &json!([{ "independent": "no" }]),
        "有主见 否",
    );
}

/// Writes a contact down.
fn noted(staff: &mut Staff, customer: Number) {
    let details = FollowUpDetails {
        customer: Some(customer),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        text: "看了样板房".into(),
        declined: true,
        ..Contact::default()
    };
    staff
        .is(PropertyConsultant)
        .change(Command::LogContact { details, contact });
}

#[test]
fn a14_n1_notes_without_a_profile_are_listed_and_the_profile_is_one_look_away() {
    let (mut staff, customer) = office();
    let other = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"))
        .meta
        .number;
    let customer = customer.meta.number;
    let listed = |staff: &mut Staff| {
        staff
            .is(PropertyConsultant)
            .listed(Kind::Customer, Filter::NoDossier)
    };
    assert!(listed(&mut staff).is_empty());
    noted(&mut staff, customer);
    noted(&mut staff, customer);
    noted(&mut staff, other);
    assert_eq!(listed(&mut staff), [other, customer]);
    // Without a profile the customer comes, to begin one with.
    let Reply::Record(Some(row)) = staff.is(PropertyConsultant).look(Query::Dossier(customer))
    else {
        panic!()
    };
    assert_eq!(row.record.number(), customer);
    let kept = keep(&mut staff, customer, &json!({})).meta.number;
    assert_eq!(listed(&mut staff), [other]);
    let row = opened(&mut staff, PropertyConsultant, customer).unwrap();
    assert_eq!(row.record.number(), kept);
    staff.bench.assert_clean();
}

/// The list of customers without a profile, a page of one after the other in an order, from the front or
/// from the end.
fn page_by_page(staff: &mut Staff, sort: Sort, from_end: bool) -> Vec<Number> {
    let mut query = ListQuery {
        limit: 1,
        from_end,
        ..list(Kind::Customer, Filter::NoDossier, sort)
    };
    let mut found = Vec::new();
    loop {
        let page = staff.is(PropertyConsultant).page(query.clone());
        let Some((cursor, row)) = page.rows.into_iter().next() else {
            return found;
        };
        found.push(row.record.number());
        query.from_end = false;
        let more = if from_end {
            query.before = Some(cursor);
            page.before
        } else {
            query.after = Some(cursor);
            page.after
        };
        if !more {
            return found;
        }
    }
}

#[test]
fn a14_n1_customers_without_a_profile_are_read_page_by_page_from_both_ends() {
    let (mut staff, customer) = office();
    let mut all = vec![customer.meta.number];
    for place in 1..5 {
        let name = format!("赵明{place}");
        let phone = format!("1380013800{place}");
        let card = staff
            .is(PropertyConsultant)
            .customer(visited(&name, &phone));
        all.push(card.meta.number);
    }
    for customer in &all {
        noted(&mut staff, *customer);
        noted(&mut staff, *customer);
    }
    // One has a profile, and the contacts of another are with a card that went into a third, where
    // there are some too.
    keep(&mut staff, all[1], &json!({}));
    staff.is(HeadOfLeasing);
    let kept = staff.bench.present(all[3]);
    let absorbed = staff.bench.present(all[2]);
    let merge = Command::MergeCustomers { kept, absorbed };
    staff.bench.agreed(merge, &["merge-preview", "merge-same"]);
    let mut left = vec![all[0], all[3], all[4]];
    for from_end in [false, true] {
        let oldest = page_by_page(&mut staff, Sort::Oldest, from_end);
        let newest = page_by_page(&mut staff, Sort::Newest, from_end);
        let mut expected = left.clone();
        assert_eq!(
            newest.iter().rev().collect::<Vec<_>>(),
            oldest.iter().collect::<Vec<_>>()
        );
        if from_end {
            expected.reverse();
        }
        assert_eq!(oldest, expected);
    }
    // A profile of the one card is one of both.
    keep(&mut staff, all[3], &json!({}));
    left.remove(1);
    assert_eq!(page_by_page(&mut staff, Sort::Oldest, false), left);
    staff.bench.assert_clean();
}

#[test]
fn a14_n2_a_profile_grows_field_by_field_and_says_how_much_is_filled() {
    let (mut staff, customer) = office();
    // The customer of these tests has a mobile number on the card, which is one of the fields.
    let customer = customer.meta.number;
    keep(&mut staff, customer, &json!({}));
    let share = |staff: &mut Staff| {
        let row = opened(staff, HeadOfLeasing, customer).unwrap();
        row.profiled.unwrap().share.unwrap()
    };
    assert_eq!(share(&mut staff), Share { filled: 1, of: 42 });
    staff.set("2024-06-08 11:00");
    keep_as(
        &mut staff,
        LeasingManager,
        customer,
        &json!({ "F07": [{ "value": "开封" }] }),
    );
    assert_eq!(share(&mut staff), Share { filled: 2, of: 42 });
    let added = line(&mut staff, HeadOfLeasing, customer, "F07");
    assert_eq!(added.by, Some(staff.posts[&LeasingManager]));
    assert_eq!(added.at.unwrap().day(480).to_string(), "2024-06-08");
    assert_eq!(Share { filled: 10, of: 42 }.percent(), "23.8");
    assert_eq!(Share { filled: 21, of: 42 }.percent(), "50.0");
    // Somebody who has not seen that addition does not overwrite it.
    let stale = json!({ "keep-dossier": {
        "customer": at(staff.is(PropertyConsultant), customer), "version": 1,
        "details": { "values": { "F07": [{ "value": "洛阳" }] } },
    } });
    let stale: Command = serde_json::from_value(stale).unwrap();
    assert!(matches!(
        staff.is(PropertyConsultant).ask(stale),
        Err(Failure::Stale { .. })
    ));
}

/// Opens the store with another site file.
fn reopened(staff: &mut Staff, site: &str) {
    let home = Home::in_memory(Arc::new(staff.bench.disk.clone())).unwrap();
    let options = Options {
        clock: Box::new(staff.bench.clock.clone()),
        site_file: Some(SiteFile {
            name: "site.toml".into(),
            text: site.into(),
        }),
    };
    staff.bench.desk = Desk::open(home, options).unwrap();
    staff.profile = Profile::load("leasing", site, "site.toml").unwrap();
}

#[test]
fn a14_n3_a_field_taken_away_is_kept_and_not_shown_and_one_added_is_there() {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    keep(
        &mut staff,
        customer,
        &json!({ "F22": [{ "present": "良好" }] }),
    );
    let site = format!(
        "{}{}",
        without("F22"),
        "\n[dossier.fields.pets]\nzh = \"宠物\"\nen = \"Pets\"\nsection = \"habits\"\n"
    );
    reopened(&mut staff, &site);
    let fields: Vec<String> = told(&mut staff, HeadOfLeasing, customer)
        .into_iter()
        .map(|line| line.field)
        .collect();
    assert_eq!(fields.len(), 43);
    assert!(!fields.contains(&"F22".to_owned()) && fields.contains(&"pets".to_owned()));
    let text = serde_json::to_string(&opened(&mut staff, HeadOfLeasing, customer)).unwrap();
    assert!(!text.contains("良好"));
    keep(
        &mut staff,
        customer,
        &json!({ "pets": [{ "value": "猫" }] }),
    );
    // Back in the template it is there as it was.
    reopened(&mut staff, ALL);
    assert_eq!(
        line(&mut staff, HeadOfLeasing, customer, "F22").value,
        "目前身体状况 良好"
    );
    staff.bench.assert_clean();
}

fn answer(staff: &mut Staff, role: Role, query: Query) -> Answer {
    let bench = staff.is(role);
    let envelope = bench.envelope(Request::Look(query));
    bench.desk.ask(&envelope)
}

fn permit(staff: &mut Staff, what: PermitKind, to: Role) {
    let from = Day::parse("2024-06-06").unwrap();
    let details = PermitDetails {
        what,
        operator: Some(staff.posts[&to]),
        from,
        to: from.plus(30),
        place: String::new(),
        reason: "归档".into(),
    };
    staff
        .is(GeneralManager)
        .change(Command::GrantPermit { details });
}

#[test]
fn a14_n4_1_a_profile_is_a_text_with_all_visible_fields_in_order() {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let kept = keep(&mut staff, customer, &json!({ "F07": [{ "value": "开封" }], "F22": [{ "present": "良好" }], "F42": [{ "accepts": "愿意听" }] })).meta.number;
    assert_eq!(
        said(answer(&mut staff, PropertyConsultant, Query::Print(kept))),
        [" role-may-not"]
    );
    let problems = answer(&mut staff, HeadOfLeasing, Query::Print(kept));
    assert_eq!(said(problems), ["A12-3.1.7b permit-needed"]);
    permit(&mut staff, PermitKind::Export, HeadOfLeasing);
    let Reply::Record(Some(row)) = staff.is(HeadOfLeasing).look(Query::Print(kept)) else {
        panic!()
    };
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let mut papers = Papers::new(Form::Dossier);
    assert!(papers.add(&row, words));
    let text = common::printed(&papers, false, words);
    let places: Vec<usize> = [
        "客户姓名",
        "王芳",
        "销售人员",
        "1 性别",
        "7 籍贯",
        "开封",
        "8 教育背景",
        "42 主见",
        "愿意听",
        "归公司所有",
    ]
    .iter()
    .map(|it| text.find(it).unwrap_or_else(|| panic!("{it}\n{text}")))
    .collect();
    assert!(places.is_sorted(), "{text}");
    assert!(!text.contains("健康状况") && !text.contains("良好"));
    assert!(text.contains("已填 4/42 项，9.5 %"), "{text}");
}

fn monthly(staff: &mut Staff, kind: MonthlyKind, month: &str) -> Monthly {
    let month = Month::of(Day::parse(&format!("{month}-01")).unwrap());
    match staff.is(HeadOfLeasing).look(Query::Monthly(kind, month)) {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn needs(staff: &mut Staff, month: &str) -> Needs {
    match monthly(staff, MonthlyKind::Needs, month) {
        Monthly::Needs(it) => it,
        other => panic!("{other:?}"),
    }
}

fn shares(staff: &mut Staff, month: &str) -> Filled {
    match monthly(staff, MonthlyKind::Profiles, month) {
        Monthly::Profiles(it) => it,
        other => panic!("{other:?}"),
    }
}

/// The first so many fields of the template that are words of one part and of the profile alone.
fn filling(staff: &Staff, count: usize) -> Value {
    let rules = staff.profile.dossier.clone().unwrap();
    let fields = rules.asked().filter_map(|(id, field)| {
        let part = field.parts().into_iter().find(|part| {
            part.card.is_none()
                && part.when.is_none()
                && part.shape == frontdesk::domain::dossier::Shape::Text
        })?;
        field
            .counted
            .then(|| (id.to_owned(), json!([{ part.id: "甲" }])))
    });
    fields.take(count).collect::<serde_json::Map<_, _>>().into()
}

#[test]
fn a14_n4_2_the_share_by_consultant_and_its_change_since_last_month() {
    let (mut staff, first) = office();
    let second = staff
        .is(LeasingManager)
        .customer(visited("赵明", "13800138001"))
        .meta
        .number;
    // A mobile number each is on the card already.
    let few = filling(&staff, 4);
    keep(&mut staff, first.meta.number, &few);
    staff.set("2024-07-10 10:00");
    let more = filling(&staff, 9);
    keep(&mut staff, first.meta.number, &more);
    let many = filling(&staff, 20);
    let manager = staff.posts[&LeasingManager];
    let details = json!({ "values": many, "salesperson": manager });
    let command = keeping(&mut staff, PropertyConsultant, second, &details);
    staff.is(PropertyConsultant).change(command);
    let report = shares(&mut staff, "2024-07");
    let lines: Vec<_> = report
        .consultants
        .iter()
        .map(|it| {
            (
                it.name.as_str(),
                it.share.percent(),
                it.share.filled,
                it.change(),
            )
        })
        .collect();
    assert_eq!(lines.len(), 2);
    // 5 of 42 were filled at the end of June, 11.9 %.
    assert!(
        lines.contains(&("property-consultant", "23.8".into(), 10, Some(119))),
        "{lines:?}"
    );
    assert!(
        lines.contains(&("leasing-manager", "50.0".into(), 21, None)),
        "{lines:?}"
    );
    let june = shares(&mut staff, "2024-06");
    assert_eq!(june.consultants.len(), 1);
    assert_eq!(june.consultants[0].share, Share { filled: 5, of: 42 });
}

#[test]
fn a14_n4_3_needs_are_counted_by_month_and_nobody_is_named() {
    let (mut staff, first) = office();
    let second = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"))
        .meta
        .number;
    keep(
        &mut staff,
        first.meta.number,
        &json!({
            "F28": [{ "aspects": "layout" }], "F29": [{ "reason": "school", "more": "为王芳的孩子" }],
            "F30": [{ "layout": "three", "area": "89.5", "for": "self" }], "F38": [{ "value": "王芳的父亲" }],
        }),
    );
    staff.set("2024-07-02 10:00");
    keep(
        &mut staff,
        second,
        &json!({
            "F28": [{ "aspects": "layout;quality" }], "F30": [{ "layout": "three", "area": "130" }],
        }),
    );
    let of = |needs: &Needs, field: &str, what: &str| {
        let found = needs
            .needs
            .iter()
            .find(|it| it.field == field && it.what == what);
        found.map_or((0, 0), |it| (it.in_month, it.in_all))
    };
    let june = needs(&mut staff, "2024-06");
    assert_eq!((june.profiles, of(&june, "F28", "layout")), (1, (1, 1)));
    let july = needs(&mut staff, "2024-07");
    assert_eq!(july.profiles, 2);
    assert_eq!(of(&july, "F28", "layout"), (1, 2));
    assert_eq!(of(&july, "F28", "quality"), (1, 1));
    assert_eq!(of(&july, "F28", "plan"), (0, 0));
    assert_eq!(of(&july, "F29", "school"), (0, 1));
    assert_eq!(of(&july, "F30", "three"), (1, 2));
    assert_eq!(of(&july, "F30", "<90"), (0, 1));
    assert_eq!(of(&july, "F30", "≥120"), (1, 1));
    let text = serde_json::to_string(&july).unwrap();
    for named in ["王芳", "赵明", "CU-", "DO-"] {
        assert!(!text.contains(named), "{named}");
    }
}

#[test]
fn a14_2_3_a_visit_shows_the_tastes_to_those_who_may_see_them() {
    let site = format!(
        "{}{}",
        ALL, "[dossier.fields.F20]\nroles = [\"property-consultant\"]\n"
    );
    let (mut staff, customer) = office_with(&site);
    let customer = customer.meta.number;
    keep(
        &mut staff,
        customer,
        &json!({
            "F19": [{ "value": "sichuan" }], "F20": [{ "drinks": "yes", "which": "白酒" }],
            "F21": [{ "smokes": "no", "objects": "yes" }], "F07": [{ "value": "开封" }],
        }),
    );
    let consultant = staff.posts[&PropertyConsultant];
    let planned = |kind| Command::PlanFollowUp {
        details: FollowUpDetails {
            customer: Some(customer),
            kind,
            day: Day::parse("2024-06-10"),
            owner: Some(consultant),
            ..FollowUpDetails::default()
        },
    };
    let visit = staff
        .is(PropertyConsultant)
        .change(planned(FollowUpKind::Visit))
        .number();
    let call = staff
        .is(PropertyConsultant)
        .change(planned(FollowUpKind::Call))
        .number();
    let tastes = |staff: &mut Staff, role: Role, number: Number| -> Vec<String> {
        let row = staff.is(role).get(number);
        row.profiled
            .map(|it| it.tastes.iter().map(|(id, _)| id.clone()).collect())
            .unwrap_or_default()
    };
    assert_eq!(
        tastes(&mut staff, PropertyConsultant, visit),
        ["F19", "F20", "F21"]
    );
    assert!(tastes(&mut staff, PropertyConsultant, call).is_empty());
    // Who may not see a field sees the others.
    assert_eq!(tastes(&mut staff, LeasingManager, visit), ["F19", "F21"]);
}

/// Business is closed with a customer (A14-1.2).
fn closed(staff: &mut Staff, customer: Number) {
    mark(staff, customer, Mark::Closed);
}

fn mark(staff: &mut Staff, customer: Number, mark: Mark) {
    let at = at(staff.is(HeadOfLeasing), customer);
    staff.is(HeadOfLeasing).change(Command::MarkCustomer {
        at,
        mark,
        set: true,
    });
}

/// The birthdays on somebody's list of the day: whose customer, and which.
fn birthdays(staff: &mut Staff, role: Role) -> Vec<(Number, Greeting)> {
    let page = staff
        .is(role)
        .page(list(Kind::FollowUp, Filter::Today, Sort::Newest));
    let rows = page.rows.into_iter().map(|(_, row)| row);
    let births = rows.filter(|row| row.occasion == Some(Occasion::Birthday));
    births
        .map(|row| (row.record.number(), row.profiled.unwrap().greeting.unwrap()))
        .collect()
}

fn greet(customer: Number, greeting: &Greeting, gift: &str) -> Command {
    let contact = Contact {
        text: "祝生日快乐".into(),
        declined: true,
        ..Contact::default()
    };
    Command::Greet {
        customer,
        key: greeting.key.clone(),
        gift: gift.into(),
        contact,
    }
}

#[test]
fn a14_2_4_birthdays_are_due_at_the_lead_time_and_the_29th_of_february_by_the_setting() {
    for (setting, before, on) in [
        ("02-28", "2025-02-24", "2025-02-28"),
        ("03-01", "2025-02-25", "2025-03-01"),
    ] {
        let site = format!("{ALL}[greetings]\nlead_days = 3\nleap_day = \"{setting}\"\n");
        let (mut staff, customer) = office_with(&site);
        let customer = customer.meta.number;
        keep(
            &mut staff,
            customer,
            &json!({
                "F01-birthday": [{ "born": "06-10" }], "F15": [{ "name": "小雪", "born": "2016-02-29" }],
                "F11": [{ "name": "李强", "born": "农历八月十五" }],
            }),
        );
        closed(&mut staff, customer);
        staff.set("2024-06-06 23:59");
        assert!(birthdays(&mut staff, PropertyConsultant).is_empty());
        staff.set("2024-06-07 00:00");
        let due = birthdays(&mut staff, PropertyConsultant);
        assert_eq!(
            (
                due.len(),
                due[0].1.whose.id(),
                due[0].1.on.to_string().as_str()
            ),
            (1, "own", "2024-06-10")
        );
        // An attempt that reaches nobody greets nobody.
        let missed = Command::Greet {
            customer,
            key: due[0].1.key.clone(),
            gift: String::new(),
            contact: Contact {
                missed: true,
                next_day: Day::parse("2024-06-08"),
                ..Contact::default()
            },
        };
        staff.is(PropertyConsultant).change(missed);
        assert_eq!(birthdays(&mut staff, PropertyConsultant), due);
        staff
            .is(PropertyConsultant)
            .change(greet(customer, &due[0].1, ""));
        assert!(birthdays(&mut staff, PropertyConsultant).is_empty());
        // Once a year.
        assert_eq!(
            staff
                .is(PropertyConsultant)
                .refused(greet(customer, &due[0].1, ""))[0]
                .key,
            "no-birthday"
        );
        // The daughter's in a common year.
        staff.set(&format!("{before} 12:00"));
        assert!(birthdays(&mut staff, PropertyConsultant).is_empty());
        staff.set(&format!("{on} 12:00"));
        let due = birthdays(&mut staff, PropertyConsultant);
        assert_eq!(
            (
                due.len(),
                due[0].1.name.as_str(),
                due[0].1.on.to_string().as_str()
            ),
            (1, "小雪", on)
        );
        // A lunar birthday is stored as such: the 15th of the 8th month is 6 October in 2025.
        staff.set("2025-10-06 09:00");
        let due = birthdays(&mut staff, PropertyConsultant);
        assert_eq!((due.len(), due[0].1.born.as_str()), (1, "lunar 08-15"));
        // The next year it comes again.
        staff.set("2025-06-10 09:00");
        assert_eq!(birthdays(&mut staff, PropertyConsultant).len(), 1);
        staff.bench.assert_clean();
    }
}

#[test]
fn a14_2_4_whoever_is_somebodys_customer_is_greeted_unless_the_site_keeps_to_closed_ones() {
    for (whom, greeted) in [("all", true), ("closed", false)] {
        let site = format!("{ALL}[greetings]\nwhom = \"{whom}\"\n");
        let mut staff = Staff::with("leasing", Some(&site));
        let owner = staff.posts[&PropertyConsultant];
        let mut of = |name: &str, phone: &str, owner| {
            let details = CustomerDetails {
                owner,
                ..visited(name, phone)
            };
            let customer = staff.is(PropertyConsultant).customer(details).meta.number;
            let born = json!({ "F01-birthday": [{ "born": "1985-06-06" }] });
            keep(&mut staff, customer, &born);
            customer
        };
        let theirs = of("王芳", "13800138001", Some(owner));
        of("赵明", "13800138002", None);
        let due = birthdays(&mut staff, PropertyConsultant);
        let due: Vec<Number> = due.into_iter().map(|(number, _)| number).collect();
        let wanted: &[Number] = if greeted { &[theirs] } else { &[] };
        assert_eq!(due, wanted, "{whom}");
    }
}

#[test]
fn a14_2_9_1a_closed_customers_are_called_on_the_birthdays_of_their_families_and_others_are_not() {
    let (mut staff, customer) = office_with(&format!("{ALL}[greetings]\nwhom = \"closed\"\n"));
    let customer = customer.meta.number;
    let other = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"))
        .meta
        .number;
    for of in [customer, other] {
        keep(
            &mut staff,
            of,
            &json!({ "F11": [{ "name": "李强", "born": "1985-06-06" }] }),
        );
    }
    closed(&mut staff, customer);
    let due = birthdays(&mut staff, PropertyConsultant);
    let [(of, greeting)] = due.as_slice() else {
        panic!("{due:?}")
    };
    assert_eq!(
        (*of, greeting.whose.id(), greeting.name.as_str()),
        (customer, "spouse", "李强")
    );
    // Of those who see the list nobody else's customer is there.
    let owner = staff.posts[&LeasingManager];
    let at = at(staff.is(HeadOfLeasing), customer);
    let Record::Customer(card) = staff.is(HeadOfLeasing).get(customer).record else {
        panic!()
    };
    let details = CustomerDetails {
        owner: Some(owner),
        ..card.details
    };
    staff
        .is(HeadOfLeasing)
        .change(Command::ChangeCustomer { at, details });
    assert!(birthdays(&mut staff, PropertyConsultant).is_empty());
    assert_eq!(birthdays(&mut staff, LeasingManager).len(), 1);
    // It is a contact by telephone like others, and stands with its year in the profile.
    let (had, also) = staff
        .is(LeasingManager)
        .change_all(greet(customer, greeting, ""));
    let Record::FollowUp(had) = had else { panic!() };
    assert_eq!(had.details.kind, FollowUpKind::Call);
    let [Record::Dossier(kept)] = also.as_slice() else {
        panic!("{also:?}")
    };
    assert_eq!(
        (kept.greeted[0].year, kept.greeted[0].follow_up),
        (2024, had.meta.number)
    );
    assert!(birthdays(&mut staff, LeasingManager).is_empty());
    // Who may not greet, or is not to be greeted, is told so.
    assert_eq!(
        staff
            .is(PropertyConsultant)
            .refused(greet(other, greeting, ""))[0]
            .clause
            .as_deref(),
        Some("A14-2.9.1a")
    );
}

#[test]
fn a14_2_9_1b_key_customers_may_get_flowers_or_a_cake_and_others_a_call() {
    let (mut staff, customer) = office();
    let customer = customer.meta.number;
    let key = staff
        .is(PropertyConsultant)
        .customer(visited("赵明", "13800138001"))
        .meta
        .number;
    for of in [customer, key] {
        keep(
            &mut staff,
            of,
            &json!({ "F01-birthday": [{ "born": "1985-06-06" }] }),
        );
        closed(&mut staff, of);
    }
    mark(&mut staff, key, Mark::Key);
    let due = birthdays(&mut staff, PropertyConsultant);
    let of = |number: Number| due.iter().find(|(it, _)| *it == number).unwrap().1.clone();
    assert_eq!((of(customer).gifts, of(key).gifts), (false, true));
    let gifts = staff.profile.greetings.clone().unwrap().gifts;
    let gifts: Vec<&str> = gifts.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(gifts, ["flowers", "cake", "other"]);
    let why = staff
        .is(PropertyConsultant)
        .refused(greet(customer, &of(customer), "flowers"));
    assert_eq!(
        (why[0].key.as_str(), why[0].clause.as_deref()),
        ("gift-not-offered", Some("A14-2.9.1b"))
    );
    assert_eq!(
        staff
            .is(PropertyConsultant)
            .refused(greet(key, &of(key), "car"))[0]
            .key,
        "gift-not-offered"
    );
    let (_, also) = staff
        .is(PropertyConsultant)
        .change_all(greet(key, &of(key), "cake"));
    let [Record::Dossier(kept)] = also.as_slice() else {
        panic!()
    };
    assert_eq!(kept.greeted[0].gift, "cake");
    staff
        .is(PropertyConsultant)
        .change(greet(customer, &of(customer), ""));
}
