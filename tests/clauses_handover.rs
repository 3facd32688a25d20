//! The clauses on handing papers over to the archive, each checked as its register asks (SM4).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::keeping::papers;
use common::staff::Staff;
use frontdesk::domain::archive::ArchiveFile;
use frontdesk::domain::handover::{Handover, HandoverState as State};
use frontdesk::domain::number::Number;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, ArchiveAdministrator, CustomerCare, GeneralManager, SalesConsultant, ServiceAdviser,
};
use serde_json::{Value, json};

/// A new car delivered on Thursday 2024-06-06.
fn delivered() -> Value {
    json!({
        "checklist": "new-car", "sort": "new-car", "released_on": "2024-06-06",
        "giver": "sales-consultant", "person": "王芳", "plate": "沪A12345", "vin": "LSVAB2BR1FN000001",
        "contact": "王芳", "phone": "13800138000", "landline": "021-65432100", "address": "上海市某路1号",
    })
}

/// A car given back on a day after a maintenance visit.
fn returned(day: &str) -> Value {
    json!({
        "checklist": "maintenance", "sort": "after-sales-own", "released_on": day,
        "giver": "service-adviser", "person": "李强", "plate": "沪B54321",
        "contact": "李强", "phone": "13900139000",
    })
}

fn begun(staff: &mut Staff, role: Role, details: &Value) -> Number {
    staff
        .does(role, "begin-handover", json!({ "details": details }))
        .number()
}

fn handover(staff: &mut Staff, number: Number) -> Handover {
    match staff.seen(number) {
        Record::Handover(handover) => handover,
        other => panic!("{other:?}"),
    }
}

fn file(staff: &mut Staff, number: Number) -> ArchiveFile {
    match staff.seen(number) {
        Record::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn list_of(handover: &Handover) -> String {
    handover.details.checklist.clone()
}

/// Checked and signed by both sides, with papers that are odd.
fn signed(staff: &mut Staff, number: Number, giver: Role, odd: &[(&str, &str)]) {
    let list = list_of(&handover(staff, number));
    let note = if odd.is_empty() {
        ""
    } else {
        "已告知客户补交"
    };
    let checked = papers(staff, &list, odd);
    staff.steps(giver, number, "check-papers", checked);
    staff.steps(giver, number, "sign-over", json!({ "note": note }));
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
}

/// The rest of the way of whole papers.
fn finished(staff: &mut Staff, number: Number) {
    let list = list_of(&handover(staff, number));
    let found = papers(staff, &list, &[]);
    let administrator = ArchiveAdministrator;
    staff.steps(administrator, number, "receive-papers", found);
    filed(staff, number);
}

fn filed(staff: &mut Staff, number: Number) {
    let administrator = ArchiveAdministrator;
    let scan = json!({ "pages": 18, "reference": "scan-0001.pdf" });
    staff.steps(administrator, number, "scan-papers", scan);
    staff.steps(
        administrator,
        number,
        "file-papers",
        json!({ "shelf": "A-1-1" }),
    );
    staff.steps(administrator, number, "fill-electronic", json!({}));
}

/// The clauses of a step at a dealership, word for word the same for both kinds of files.
fn both(check: fn(Role, Value)) {
    check(SalesConsultant, delivered());
    check(ServiceAdviser, returned("2024-06-06"));
}

#[test]
fn a07_n_1_a_car_delivered_on_thursday_is_due_on_wednesday_and_late_on_thursday() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    assert_eq!(handover(&mut staff, number).due.to_string(), "2024-06-12");
    for (day, late) in [("2024-06-12", 0), ("2024-06-13", 1)] {
        staff.set(&format!("{day} 10:00"));
        staff.is(CustomerCare);
        let row = staff.bench.get(number);
        assert_eq!(row.days_late, late, "{day}");
    }
}

#[test]
fn a07_a_1_a_car_given_back_is_due_on_the_next_working_day() {
    for (released, due) in [("2024-06-07", "2024-06-11"), ("2024-09-13", "2024-09-14")] {
        let mut staff = Staff::of("dealership");
        staff.set(&format!("{released} 15:00"));
        let number = begun(&mut staff, ServiceAdviser, &returned(released));
        assert_eq!(handover(&mut staff, number).due.to_string(), due);
    }
}

/// Nothing is signed for that the side that hands over has not checked.
fn checked_first(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    let clause = "A07-n.3 archive-step-not-yet";
    assert_eq!(staff.stays(giver, number, "sign-over", json!({})), [clause]);
    let list = list_of(&handover(&mut staff, number));
    let all = papers(&staff, &list, &[]);
    let who = staff.stays(CustomerCare, number, "check-papers", all.clone());
    assert_eq!(who, ["A07-n.2 role-may-not"]);
    staff.steps(giver, number, "check-papers", all);
    let checked = handover(&mut staff, number).checked.unwrap();
    assert_eq!(checked.by, staff.posts[&giver]);
}

#[test]
fn a07_n_2_sales_checks_before_it_hands_over() {
    checked_first(SalesConsultant, delivered());
}

#[test]
fn a07_a_2_the_service_adviser_checks_before_handing_over() {
    checked_first(ServiceAdviser, returned("2024-06-06"));
}

/// Both sides sign, each by their own sign-in.
fn both_sign(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    let list = list_of(&handover(&mut staff, number));
    let all = papers(&staff, &list, &[]);
    staff.steps(giver, number, "check-papers", all);
    let why = staff.stays(ArchiveAdministrator, number, "sign-for", json!({}));
    assert_eq!(why, ["A07-n.3 one-side-only"]);
    staff.steps(giver, number, "sign-over", json!({}));
    let again = staff.stays(giver, number, "sign-over", json!({}));
    assert_eq!(again, ["A07-n.3 signed-already"]);
    let why = staff.stays(giver, number, "sign-for", json!({}));
    assert_eq!(why, ["A07-n.5 role-may-not"]);
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
    let row = handover(&mut staff, number);
    assert_eq!(row.given.unwrap().by, staff.posts[&giver]);
    assert_eq!(row.taken.unwrap().by, staff.posts[&ArchiveAdministrator]);
    assert_eq!((row.state, row.row), (State::Signed, 1));
}

#[test]
fn a07_n_3_both_parties_sign_and_are_two_persons() {
    both_sign(SalesConsultant, delivered());
}

#[test]
fn a07_a_3_both_parties_sign_for_an_after_sales_file() {
    both_sign(ServiceAdviser, returned("2024-06-06"));
}

#[test]
fn one_person_in_both_posts_cannot_sign_for_both_sides() {
    let mut staff = Staff::of("dealership");
    let administrator = staff.bench.operator;
    staff.bench.operator = *staff
        .posts
        .get(&Role::Administrator)
        .unwrap_or(&administrator);
    let both = staff
        .bench
        .add_operator("both", &[SalesConsultant, ArchiveAdministrator]);
    staff.posts.insert(SalesConsultant, both.meta.number);
    let number = begun(&mut staff, SalesConsultant, &delivered());
    let all = papers(&staff, "new-car", &[]);
    staff.steps(SalesConsultant, number, "check-papers", all);
    staff.steps(SalesConsultant, number, "sign-over", json!({}));
    let why = staff.stays(SalesConsultant, number, "sign-for", json!({}));
    assert_eq!(why, ["A07-n.3 same-person"]);
}

/// What is missing at signing is noted.
fn missing_is_noted(giver: Role, details: Value, odd: &[(&str, &str)]) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    let list = list_of(&handover(&mut staff, number));
    let some = papers(&staff, &list, odd);
    staff.steps(giver, number, "check-papers", some.clone());
    let why = staff.stays(giver, number, "sign-over", json!({ "note": " " }));
    assert_eq!(why, ["A07-n.4 note"]);
    let note = "缺两项，客户周五送来";
    staff.steps(giver, number, "sign-over", json!({ "note": note }));
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
    staff.steps(ArchiveAdministrator, number, "receive-papers", some);
    let row = handover(&mut staff, number);
    assert_eq!(row.given.unwrap().text, note);
    assert_eq!(row.state, State::Incomplete);
}

#[test]
fn a07_n_4_the_two_missing_of_twelve_papers_are_noted_and_the_file_is_incomplete() {
    let odd = [("policy", "missing"), ("licence", "missing")];
    missing_is_noted(SalesConsultant, delivered(), &odd);
}

#[test]
fn a07_a_4_missing_papers_of_a_visit_are_noted() {
    missing_is_noted(
        ServiceAdviser,
        returned("2024-06-06"),
        &[("settlement", "missing")],
    );
}

/// Nothing is filed before the archive has checked each item.
fn received_item_by_item(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    signed(&mut staff, number, giver, &[]);
    let place = json!({ "shelf": "A-1-1" });
    let why = staff.stays(ArchiveAdministrator, number, "file-papers", place);
    assert_eq!(why, ["A07-n.7 archive-step-not-yet"]);
    let list = list_of(&handover(&mut staff, number));
    let mut found = papers(&staff, &list, &[]);
    let first = staff
        .profile
        .archive
        .checklists
        .iter()
        .find(|it| it.id == list);
    let first = first.unwrap().items[0].clone();
    found["papers"].as_object_mut().unwrap().remove(&first.id);
    let why = staff.stays(ArchiveAdministrator, number, "receive-papers", found);
    assert_eq!(why, [format!("{} {}", first.clause.unwrap(), first.id)]);
    finished(&mut staff, number);
    let row = handover(&mut staff, number);
    assert_eq!(row.received.unwrap().by, staff.posts[&ArchiveAdministrator]);
}

#[test]
fn a07_n_5_the_administrator_checks_item_by_item_before_filing() {
    received_item_by_item(SalesConsultant, delivered());
}

#[test]
fn a07_a_5_the_administrator_checks_an_after_sales_file_on_receipt() {
    received_item_by_item(ServiceAdviser, returned("2024-06-06"));
}

/// The scan keeps its pages and its name.
fn scanned(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    signed(&mut staff, number, giver, &[]);
    let list = list_of(&handover(&mut staff, number));
    let found = papers(&staff, &list, &[]);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    let place = json!({ "shelf": "A-1-1" });
    let why = staff.stays(ArchiveAdministrator, number, "file-papers", place);
    assert_eq!(why, ["A07-n.7 archive-step-not-yet"]);
    let nothing = json!({ "reference": "" });
    let why = staff.stays(ArchiveAdministrator, number, "scan-papers", nothing);
    assert_eq!(why, ["A07-n.6 reference", "A07-n.6 pages"]);
    filed(&mut staff, number);
    let scan = handover(&mut staff, number).scan.unwrap();
    assert_eq!(
        (scan.pages, scan.reference.text.as_str()),
        (18, "scan-0001.pdf")
    );
}

#[test]
fn a07_n_6_the_scan_keeps_its_pages_and_its_name() {
    scanned(SalesConsultant, delivered());
}

#[test]
fn a07_a_6_an_after_sales_file_is_scanned_too() {
    scanned(ServiceAdviser, returned("2024-06-06"));
}

/// The originals go to a place, by which they are found.
fn placed(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    signed(&mut staff, number, giver, &[]);
    let list = list_of(&handover(&mut staff, number));
    let found = papers(&staff, &list, &[]);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    let scan = json!({ "pages": 18, "reference": "scan-0001.pdf" });
    staff.steps(ArchiveAdministrator, number, "scan-papers", scan);
    let why = staff.stays(ArchiveAdministrator, number, "file-papers", json!({}));
    assert_eq!(why, ["A07-n.7 shelf"]);
    let place = json!({ "shelf": "柜7-2-3" });
    staff.steps(ArchiveAdministrator, number, "file-papers", place);
    let (made, _) = handover(&mut staff, number).filed.unwrap();
    assert_eq!(file(&mut staff, made).details.place, "柜7-2-3");
    let kind = frontdesk::domain::number::Kind::File;
    let filter = frontdesk::desk::contract::Filter::Current;
    staff.is(ArchiveAdministrator);
    assert_eq!(staff.bench.found(kind, filter, "柜7-2-3"), [made]);
}

#[test]
fn a07_n_7_originals_are_filed_at_a_place_and_found_by_it() {
    placed(SalesConsultant, delivered());
}

#[test]
fn a07_a_7_originals_of_a_visit_are_filed_at_a_place() {
    placed(ServiceAdviser, returned("2024-06-06"));
}

/// Without the electronic version it is not finished.
fn electronic(giver: Role, details: Value) {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, giver, &details);
    signed(&mut staff, number, giver, &[]);
    finished(&mut staff, number);
    let row = handover(&mut staff, number);
    assert_eq!(row.state, State::Finished);
    let (made, _) = row.filed.unwrap();
    let part = file(&mut staff, made).custody.electronic.unwrap();
    assert_eq!((part.pages, part.filled.is_some()), (18, true));
    // Another one stops before it.
    let mut other = details;
    other["plate"] = json!("沪C99999");
    other["vin"] = json!("");
    let number = begun(&mut staff, giver, &other);
    signed(&mut staff, number, giver, &[]);
    let list = list_of(&handover(&mut staff, number));
    let found = papers(&staff, &list, &[]);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    let scan = json!({ "pages": 9, "reference": "scan-0002.pdf" });
    staff.steps(ArchiveAdministrator, number, "scan-papers", scan);
    staff.steps(
        ArchiveAdministrator,
        number,
        "file-papers",
        json!({ "shelf": "A-1-2" }),
    );
    assert_eq!(handover(&mut staff, number).state, State::Filed);
    let kind = frontdesk::domain::number::Kind::Handover;
    let open = frontdesk::desk::contract::Filter::Open;
    staff.is(ArchiveAdministrator);
    assert_eq!(staff.bench.listed(kind, open), [number]);
}

#[test]
fn a07_n_8_without_the_electronic_version_a_hand_over_is_not_finished() {
    electronic(SalesConsultant, delivered());
}

#[test]
fn a07_a_8_without_the_electronic_version_a_visit_s_file_is_not_finished() {
    electronic(ServiceAdviser, returned("2024-06-06"));
}

#[test]
fn a07_n_01_the_green_card_asks_for_all_and_a_land_line_has_its_area_code() {
    let mut staff = Staff::of("dealership");
    let mut details = delivered();
    details["landline"] = json!("65432100");
    let why = staff.may_not(
        SalesConsultant,
        "begin-handover",
        json!({ "details": details }),
    );
    assert_eq!(why, ["A07-n-01 landline"]);
    for (name, field) in [
        ("contact", "contact"),
        ("phone", "phone"),
        ("address", "address"),
        ("person", "person"),
    ] {
        let mut details = delivered();
        details[name] = json!("");
        let why = staff.may_not(
            SalesConsultant,
            "begin-handover",
            json!({ "details": details }),
        );
        assert_eq!(why, [format!("A07-n-01 {field}")]);
    }
}

/// A paper that is found so is missing or not.
fn is_lacking(item: &str, found: &str, company: bool) -> bool {
    let mut staff = Staff::of("dealership");
    let mut details = delivered();
    details["company"] = json!(company);
    let number = begun(&mut staff, SalesConsultant, &details);
    let odd = papers(&staff, "new-car", &[(item, found)]);
    staff.steps(SalesConsultant, number, "check-papers", odd.clone());
    staff.steps(
        SalesConsultant,
        number,
        "sign-over",
        json!({ "note": "见清单" }),
    );
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
    staff.steps(ArchiveAdministrator, number, "receive-papers", odd);
    handover(&mut staff, number).state == State::Incomplete
}

#[test]
fn a07_n_02_the_invoice_is_missing_when_it_is_not_there() {
    assert!(is_lacking("invoice", "missing", false));
    assert!(!is_lacking("invoice", "whole", false));
}

#[test]
fn a07_n_03_a_copy_of_the_contract_counts_as_missing() {
    assert!(is_lacking("contract", "copy", false));
}

#[test]
fn a07_n_04_both_sides_of_the_id_card_or_the_certificate_of_a_company() {
    assert!(is_lacking("identity", "one-side", false));
    assert!(!is_lacking("identity", "whole", false));
    assert!(!is_lacking("identity", "whole", true));
    // Of a company's certificate nobody asks for a second side.
    let mut staff = Staff::of("dealership");
    let mut details = delivered();
    details["company"] = json!(true);
    let number = begun(&mut staff, SalesConsultant, &details);
    let odd = papers(&staff, "new-car", &[("identity", "one-side")]);
    let why = staff.stays(SalesConsultant, number, "check-papers", odd);
    assert_eq!(why, ["A07-n-04 identity"]);
}

#[test]
fn a07_n_05_the_delivery_sheet_is_there_and_signed_by_the_user() {
    assert!(is_lacking("delivery-sheet", "missing", false));
    assert!(is_lacking("delivery-sheet", "no-user-signature", false));
}

#[test]
fn a07_n_06_the_vehicle_licence_is_missing_when_it_is_not_there() {
    assert!(is_lacking("licence", "missing", false));
}

#[test]
fn a07_n_07_the_insurance_policy_is_missing_when_it_is_not_there() {
    assert!(is_lacking("policy", "missing", false));
}

#[test]
fn a07_n_08_the_list_of_services_is_missing_when_it_is_not_there() {
    assert!(is_lacking("services", "missing", false));
}

#[test]
fn a07_n_09_the_certificate_of_conformity_is_missing_when_it_is_not_there() {
    assert!(is_lacking("conformity", "missing", false));
}

#[test]
fn a07_n_10_the_photograph_is_missing_when_it_is_not_there() {
    assert!(is_lacking("photograph", "missing", false));
}

#[test]
fn a07_n_11_the_pdi_sheet_is_there_and_signed_by_the_user() {
    assert!(is_lacking("pdi-sheet", "missing", false));
    assert!(is_lacking("pdi-sheet", "no-user-signature", false));
}

#[test]
fn a07_n_12_other_proofs_are_asked_of_those_who_need_them_only() {
    assert!(!is_lacking("other-proofs", "not-needed", false));
    let mut staff = Staff::of("dealership");
    let mut details = delivered();
    details["other_proofs"] = json!(true);
    let number = begun(&mut staff, SalesConsultant, &details);
    let why = {
        let none = papers(&staff, "new-car", &[]);
        staff.stays(SalesConsultant, number, "check-papers", none)
    };
    assert_eq!(why, ["A07-n-12 other-proofs"]);
    let odd = papers(&staff, "new-car", &[("other-proofs", "missing")]);
    staff.steps(SalesConsultant, number, "check-papers", odd);
    let why = staff.stays(SalesConsultant, number, "sign-over", json!({}));
    assert_eq!(why, ["A07-n.4 note"]);
}

#[test]
fn a07_a_03_a_maintenance_visit_asks_for_exactly_four_papers() {
    let staff = Staff::of("dealership");
    let list = &staff.profile.archive.checklists[1];
    let items: Vec<&str> = list.items.iter().map(|item| item.zh.as_str()).collect();
    assert_eq!(items, ["接车单", "任务委托书", "结算单", "12项免费检查表"]);
    // Other kinds of visits have a checklist that the site writes.
    let own = r#"
[[archive.checklists]]
id = "repair"
zh = "维修来访"
en = "Repair visit"
sorts = ["after-sales-own"]
class = "after-sales"
post = "service-adviser"
department = "after-sales"
days = 1
clause = "A07-a.1"
items = [{ id = "invoice", zh = "发票", en = "Invoice" }]
"#;
    let mut staff = Staff::with("dealership", Some(own));
    let mut details = returned("2024-06-06");
    details["checklist"] = json!("repair");
    let number = begun(&mut staff, ServiceAdviser, &details);
    assert_eq!(handover(&mut staff, number).papers.len(), 1);
}

#[test]
fn a07_g2_nothing_is_handed_over_while_no_administrator_is_appointed() {
    let mut staff = Staff::of("dealership");
    let details = delivered();
    let posts = [ArchiveAdministrator];
    for post in posts {
        let number = staff.posts[&post];
        staff.is(Role::Administrator);
        let Record::Operator(operator) = staff.bench.get(number).record else {
            panic!("no operator");
        };
        let leaving = staff.bench.leaving(&operator);
        staff.bench.change(leaving);
    }
    // The first operator holds the post too and gives it up.
    let first = staff.posts[&Role::Administrator];
    staff.bench.operator = first;
    let mut all = Vec::new();
    if let frontdesk::desk::contract::Reply::Operators(operators) = staff
        .bench
        .look(frontdesk::desk::contract::Query::Operators)
    {
        all = operators;
    }
    for operator in all {
        if operator.active && operator.roles.contains(&ArchiveAdministrator) {
            let mut entered = operator.details();
            entered.roles.retain(|role| *role != ArchiveAdministrator);
            let at = staff.bench.present(operator.meta.number);
            staff
                .bench
                .change(frontdesk::desk::contract::Command::ChangeOperator {
                    at,
                    details: entered,
                    active: true,
                });
        }
    }
    let why = staff.may_not(
        SalesConsultant,
        "begin-handover",
        json!({ "details": details }),
    );
    assert_eq!(why, ["A07-g2 no-archive-administrator"]);
}

#[test]
fn a07_g3a_a_second_visit_of_a_car_goes_into_the_file_there_is() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    signed(&mut staff, number, SalesConsultant, &[]);
    finished(&mut staff, number);
    let (first, _) = handover(&mut staff, number).filed.unwrap();
    let mut visit = returned("2024-06-06");
    visit["plate"] = json!("沪A12345");
    let number = begun(&mut staff, ServiceAdviser, &visit);
    signed(&mut staff, number, ServiceAdviser, &[]);
    finished(&mut staff, number);
    let (second, _) = handover(&mut staff, number).filed.unwrap();
    assert_eq!(second, first);
    // Nobody sets up a second one by hand.
    let details = json!({
        "title": "沪A12345 王芳", "class": "new-car", "plate": "沪A12345", "sort": "new-car",
    });
    let why = staff.may_not(
        ArchiveAdministrator,
        "create-file",
        json!({ "details": details }),
    );
    assert_eq!(why, ["A07-g3a plate"]);
}

#[test]
fn a07_g5a_the_register_numbers_the_day_s_rows_and_an_earlier_day_stays_as_it_was() {
    let mut staff = Staff::of("dealership");
    let mut rows = Vec::new();
    for count in 0..3 {
        let mut details = delivered();
        details["plate"] = json!(format!("沪A1000{count}"));
        details["vin"] = json!("");
        let number = begun(&mut staff, SalesConsultant, &details);
        signed(&mut staff, number, SalesConsultant, &[]);
        let row = handover(&mut staff, number);
        assert!(row.given.is_some() && row.taken.is_some());
        rows.push(row.row);
    }
    assert_eq!(rows, [1, 2, 3]);
    let reason = json!({ "day": "2024-06-06", "reason": "明早扫描" });
    let closed = staff.does(ArchiveAdministrator, "close-day", reason.clone());
    let Record::DayEnd(end) = closed else {
        panic!("{closed:?}");
    };
    assert_eq!(end.rows.len(), 3);
    let again = staff.may_not(ArchiveAdministrator, "close-day", reason);
    assert_eq!(again, ["A07-g5a day-closed"]);
    // A closed register takes no more rows; the next day begins with one.
    let number = begun(&mut staff, SalesConsultant, &delivered());
    let all = papers(&staff, "new-car", &[]);
    staff.steps(SalesConsultant, number, "check-papers", all);
    staff.steps(SalesConsultant, number, "sign-over", json!({}));
    let why = staff.stays(ArchiveAdministrator, number, "sign-for", json!({}));
    assert_eq!(why, ["A07-g5a day-closed"]);
    staff.set("2024-06-07 09:00");
    staff.steps(ArchiveAdministrator, number, "sign-for", json!({}));
    assert_eq!(handover(&mut staff, number).row, 1);
}

#[test]
fn a07_g5b_papers_go_into_exactly_one_file() {
    both(|giver, details| {
        let mut staff = Staff::of("dealership");
        let number = begun(&mut staff, giver, &details);
        signed(&mut staff, number, giver, &[]);
        assert_eq!(handover(&mut staff, number).filed, None);
        finished(&mut staff, number);
        let (made, said) = handover(&mut staff, number).filed.unwrap();
        assert_eq!(said.by, staff.posts[&ArchiveAdministrator]);
        assert_eq!(made.kind, frontdesk::domain::number::Kind::File);
    });
}

#[test]
fn a07_g5c_a_day_with_rows_without_an_electronic_entry_closes_only_with_a_reason() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    signed(&mut staff, number, SalesConsultant, &[]);
    let day = json!({ "day": "2024-06-06", "reason": " " });
    assert_eq!(
        staff.may_not(ArchiveAdministrator, "close-day", day),
        ["A07-g5c reason"]
    );
    let day = json!({ "day": "2024-06-06", "reason": "扫描仪送修" });
    let Record::DayEnd(end) = staff.does(ArchiveAdministrator, "close-day", day) else {
        panic!("no day");
    };
    assert_eq!(end.unfinished, [number]);
    // A day on which all are in the computer needs none.
    staff.set("2024-06-07 15:00");
    let mut details = delivered();
    details["plate"] = json!("沪A77777");
    details["vin"] = json!("");
    let number = begun(&mut staff, SalesConsultant, &details);
    signed(&mut staff, number, SalesConsultant, &[]);
    finished(&mut staff, number);
    staff.does(
        ArchiveAdministrator,
        "close-day",
        json!({ "day": "2024-06-07" }),
    );
}

#[test]
fn a07_s_a_file_is_of_one_of_three_kinds() {
    let mut staff = Staff::of("dealership");
    let mut details = delivered();
    details["sort"] = json!("after-sales-own");
    let why = staff.may_not(
        SalesConsultant,
        "begin-handover",
        json!({ "details": details }),
    );
    assert_eq!(why, ["A07-s sort"]);
    for (sort, list) in [
        ("after-sales-own", "maintenance"),
        ("after-sales-other", "maintenance"),
    ] {
        let mut details = returned("2024-06-06");
        details["sort"] = json!(sort);
        details["checklist"] = json!(list);
        details["plate"] = json!(format!("沪B{}0000", sort.len() % 10));
        let number = begun(&mut staff, ServiceAdviser, &details);
        signed(&mut staff, number, ServiceAdviser, &[]);
        finished(&mut staff, number);
        let (made, _) = handover(&mut staff, number).filed.unwrap();
        assert_eq!(file(&mut staff, made).details.sort.id(), sort);
    }
}

#[test]
fn a07_f10a_a_violation_found_leads_to_an_order_to_a_person_with_item_and_time() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    let odd = [("policy", "missing")];
    signed(&mut staff, number, SalesConsultant, &odd);
    let found = papers(&staff, "new-car", &odd);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    let nothing = json!({ "person": "", "text": "" });
    let why = staff.stays(ArchiveAdministrator, number, "order-correction", nothing);
    assert_eq!(why, ["A07-f10a person", "A07-f10a text"]);
    let order = json!({ "person": "sales-consultant", "text": "补交保险单" });
    staff.steps(
        ArchiveAdministrator,
        number,
        "order-correction",
        order.clone(),
    );
    let row = handover(&mut staff, number);
    let correction = &row.corrections[0];
    assert_eq!(correction.person, "sales-consultant");
    assert_eq!(correction.ordered.at, staff.bench.desk.now());
    let why = staff.stays(ArchiveAdministrator, number, "order-correction", order);
    assert_eq!(why, ["A07-f10a correction-ordered"]);
    staff.set("2024-06-07 10:00");
    let whole = papers(&staff, "new-car", &[]);
    staff.steps(ArchiveAdministrator, number, "correct-papers", whole);
    assert_eq!(handover(&mut staff, number).state, State::Received);
    filed(&mut staff, number);
    staff.bench.assert_clean();
}

/// What a hand-over costs by itself, by the keys of its violations, in yuan.
fn costs(staff: &mut Staff, number: Number, day: &str) -> Vec<(String, String)> {
    staff.set(&format!("{day} 00:00"));
    let handover = handover(staff, number);
    let calendar = frontdesk::domain::calendar::Calendar::builtin();
    let operator = match staff.seen(staff.posts[&GeneralManager]) {
        Record::Operator(operator) => operator,
        other => panic!("{other:?}"),
    };
    let context = frontdesk::domain::context::Context {
        now: staff.bench.desk.now(),
        operator: &operator,
        profile: &staff.profile,
        calendar: &calendar,
        accept: &[],
    };
    let list = frontdesk::domain::handover::checklist(&handover.details, &context).unwrap();
    let rules = &staff.profile.archive.fines;
    frontdesk::domain::handover::violations(&handover, list, &context)
        .into_iter()
        .map(|(key, violation)| {
            let fen = frontdesk::domain::fine::base(&violation, rules);
            (key, format!("{}.{:02}", fen / 100, fen % 100))
        })
        .collect()
}

fn cost(key: &str, yuan: &str) -> (String, String) {
    (key.to_owned(), yuan.to_owned())
}

#[test]
fn a07_f1_a_file_not_handed_in_by_the_twelfth_costs_fifty_on_the_thirteenth() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    assert_eq!(costs(&mut staff, number, "2024-06-12"), []);
    assert_eq!(
        costs(&mut staff, number, "2024-06-13"),
        [cost("late", "50.00")]
    );
    signed(&mut staff, number, SalesConsultant, &[]);
    assert_eq!(
        costs(&mut staff, number, "2024-06-20"),
        [cost("late", "50.00")]
    );
    // Signed for on the twelfth it costs nothing.
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    staff.set("2024-06-12 17:00");
    signed(&mut staff, number, SalesConsultant, &[]);
    finished(&mut staff, number);
    assert_eq!(costs(&mut staff, number, "2024-06-20"), []);
}

#[test]
fn a07_f2_two_unsigned_sheets_of_a_new_car_cost_forty() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    let odd = [
        ("delivery-sheet", "no-user-signature"),
        ("pdi-sheet", "no-user-signature"),
    ];
    signed(&mut staff, number, SalesConsultant, &odd);
    let found = papers(&staff, "new-car", &odd);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    assert_eq!(
        costs(&mut staff, number, "2024-06-07"),
        [cost("papers", "40.00")]
    );
}

#[test]
fn a07_f3_a_visit_without_exactly_one_number_of_its_contact_is_saved_and_costs_fifty() {
    for (contact, phone, yuan) in [
        ("李强", "13900139000", None),
        ("", "13900139000", Some("50.00")),
        ("李强", "", Some("50.00")),
        ("李强", "13900139000，13800138000", Some("50.00")),
    ] {
        let mut staff = Staff::of("dealership");
        let mut details = returned("2024-06-06");
        details["contact"] = json!(contact);
        details["phone"] = json!(phone);
        let number = begun(&mut staff, ServiceAdviser, &details);
        let expected: Vec<_> = yuan.into_iter().map(|yuan| cost("contact", yuan)).collect();
        assert_eq!(costs(&mut staff, number, "2024-06-06"), expected, "{phone}");
    }
}

#[test]
fn a07_f4_a_visit_s_file_completed_a_day_late_costs_fifty() {
    for (day, expected) in [
        ("2024-06-11", Vec::new()),
        ("2024-06-12", vec![cost("late", "50.00")]),
    ] {
        let mut staff = Staff::of("dealership");
        staff.set("2024-06-07 15:00");
        let number = begun(&mut staff, ServiceAdviser, &returned("2024-06-07"));
        signed(
            &mut staff,
            number,
            ServiceAdviser,
            &[("settlement", "missing")],
        );
        let odd = papers(&staff, "maintenance", &[("settlement", "missing")]);
        staff.steps(ArchiveAdministrator, number, "receive-papers", odd);
        let order = json!({ "person": "service-adviser", "text": "补结算单" });
        staff.set(&format!("{day} 09:00"));
        staff.steps(ArchiveAdministrator, number, "order-correction", order);
        let whole = papers(&staff, "maintenance", &[]);
        staff.steps(ArchiveAdministrator, number, "correct-papers", whole);
        let mut found = costs(&mut staff, number, "2024-06-20");
        found.retain(|(key, _)| key == "late");
        assert_eq!(found, expected, "{day}");
    }
}

/// What the papers of a visit cost that were found so.
fn papers_cost(odd: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, ServiceAdviser, &returned("2024-06-06"));
    signed(&mut staff, number, ServiceAdviser, odd);
    let found = papers(&staff, "maintenance", odd);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    costs(&mut staff, number, "2024-06-06")
}

#[test]
fn a07_f5a_two_wrong_papers_of_a_visit_cost_forty() {
    let odd = [("settlement", "wrong"), ("work-order", "missing")];
    assert_eq!(papers_cost(&odd), [cost("papers", "40.00")]);
}

#[test]
fn a07_f5b_an_unsigned_and_a_wrong_paper_cost_seventy() {
    let odd = [("settlement", "no-user-signature"), ("work-order", "wrong")];
    assert_eq!(papers_cost(&odd), [cost("papers", "70.00")]);
}

#[test]
fn a07_f5c_a_paper_without_a_signature_of_staff_costs_twenty() {
    let odd = [("settlement", "no-staff-signature")];
    assert_eq!(papers_cost(&odd), [cost("papers", "20.00")]);
}

#[test]
fn a07_f9_nobody_but_the_customer_director_confirms_or_waives_a_fine() {
    let mut staff = Staff::of("dealership");
    let number = begun(&mut staff, SalesConsultant, &delivered());
    staff.set("2024-06-13 09:00");
    let at = staff.at(number);
    let fine = |confirmed: bool, reason: &str| json!({ "at": at, "key": "late", "confirmed": confirmed, "reason": reason });
    let why = staff.may_not(ArchiveAdministrator, "decide-fine", fine(true, "属实"));
    assert_eq!(why, ["A07-f9 role-may-not"]);
    let director = Role::CustomerDirector;
    assert_eq!(
        staff.may_not(director, "decide-fine", fine(true, "")),
        ["A07-f9 reason"]
    );
    staff.is(director);
    let kind = frontdesk::domain::number::Kind::Complaint;
    let mine = frontdesk::desk::contract::Filter::ForMe;
    assert_eq!(staff.bench.listed(kind, mine), [number]);
    staff.does(director, "decide-fine", fine(false, "客户出差，情有可原"));
    let row = handover(&mut staff, number);
    assert_eq!(
        (row.fines[0].confirmed, row.fines[0].said.by),
        (false, staff.posts[&director])
    );
    staff.is(director);
    assert_eq!(staff.bench.listed(kind, mine), []);
    let at = staff.at(number);
    let again = json!({ "at": at, "key": "late", "confirmed": true, "reason": "属实" });
    assert_eq!(
        staff.may_not(director, "decide-fine", again),
        ["A07-f9 fine-decided"]
    );
}

#[test]
fn a07_f10b_an_order_of_thursday_not_followed_by_wednesday_is_two_repeats_of_its_amount() {
    let late = |corrected: Option<&str>| {
        let mut staff = Staff::of("dealership");
        let number = begun(&mut staff, SalesConsultant, &delivered());
        let odd = [("policy", "missing")];
        signed(&mut staff, number, SalesConsultant, &odd);
        let found = papers(&staff, "new-car", &odd);
        staff.steps(ArchiveAdministrator, number, "receive-papers", found);
        let order = json!({ "person": "sales-consultant", "text": "补交保险单" });
        staff.steps(ArchiveAdministrator, number, "order-correction", order);
        if let Some(day) = corrected {
            staff.set(&format!("{day} 10:00"));
            let whole = papers(&staff, "new-car", &[]);
            staff.steps(ArchiveAdministrator, number, "correct-papers", whole);
        }
        costs(&mut staff, number, "2024-06-12")
    };
    let twice = [
        cost("again-2024-06-07", "50.00"),
        cost("again-2024-06-11", "50.00"),
    ];
    assert_eq!(late(None), twice);
    assert_eq!(late(Some("2024-06-07")), []);
}

/// The fines of a month: each one's day, key and sum in yuan, and the rates of the departments.
fn fines(staff: &mut Staff, month: &str) -> (Vec<(String, String, String)>, Value) {
    let query = serde_json::from_value(json!({ "monthly": ["fines", month_of(month)] })).unwrap();
    let reply = staff.is(Role::CustomerDirector).look(query);
    let frontdesk::desk::contract::Reply::Monthly(found) = reply else {
        panic!("{reply:?}");
    };
    let frontdesk::domain::monthly::Monthly::Fines(found) = *found else {
        panic!("{found:?}");
    };
    let rows = found.rows.iter().map(|row| {
        let fen = row.fine.sum();
        let yuan = format!("{}.{:02}", fen / 100, fen % 100);
        (row.on.to_string(), row.key.clone(), yuan)
    });
    (rows.collect(), serde_json::to_value(&found.rates).unwrap())
}

fn month_of(text: &str) -> Value {
    let (year, month) = text.split_once('-').unwrap();
    json!({ "year": year.parse::<i32>().unwrap(), "month": month.parse::<u32>().unwrap() })
}

/// So many files of one person, each handed in too late on a day of its own.
fn late_files(giver: Role, details: fn(usize) -> Value, releases: &[&str]) -> Staff {
    let mut staff = Staff::of("dealership");
    for (count, release) in releases.iter().enumerate() {
        staff.set(&format!("{release} 15:00"));
        let mut entered = details(count);
        entered["released_on"] = json!(release);
        begun(&mut staff, giver, &entered);
    }
    staff
}

fn car(count: usize) -> Value {
    let mut details = delivered();
    details["plate"] = json!(format!("沪A2000{count}"));
    details["vin"] = json!("");
    details
}

fn visit(count: usize) -> Value {
    let mut details = returned("2024-06-06");
    details["plate"] = json!(format!("沪B2000{count}"));
    details
}

fn sum(rows: &[(String, String, String)]) -> String {
    let yuan = rows.iter().map(|(_, _, yuan)| yuan.parse::<f64>().unwrap());
    format!("{:.2}", yuan.sum::<f64>())
}

#[test]
fn a07_f6a_a_consultant_s_fines_double_from_the_second_of_a_month_on() {
    let releases = ["2024-06-06", "2024-06-11", "2024-06-12", "2024-06-25"];
    let mut staff = late_files(SalesConsultant, car, &releases);
    staff.set("2024-07-10 09:00");
    let (june, _) = fines(&mut staff, "2024-06");
    let yuan: Vec<&str> = june.iter().map(|(_, _, yuan)| yuan.as_str()).collect();
    assert_eq!(yuan[..3], ["50.00", "100.00", "100.00"]);
    assert_eq!(sum(&june[..3]), "250.00");
    // The first of July costs what a first one costs.
    let mut staff = late_files(SalesConsultant, car, &["2024-06-06", "2024-06-28"]);
    staff.set("2024-07-10 09:00");
    let (july, _) = fines(&mut staff, "2024-07");
    assert_eq!(july.len(), 1, "{july:?}");
    assert_eq!(july[0].2, "50.00");
}

#[test]
fn a07_f6b_an_adviser_s_fines_double_from_the_third_of_a_month_on() {
    let releases = ["2024-06-06", "2024-06-12", "2024-06-17", "2024-06-20"];
    let mut staff = late_files(ServiceAdviser, visit, &releases);
    staff.set("2024-07-10 09:00");
    let (june, _) = fines(&mut staff, "2024-06");
    let yuan: Vec<&str> = june.iter().map(|(_, _, yuan)| yuan.as_str()).collect();
    assert_eq!(yuan, ["50.00", "50.00", "100.00", "100.00"]);
    assert_eq!(sum(&june), "300.00");
}

#[test]
fn a07_f6c_pay_is_withheld_within_its_bounds_and_after_three_violations_only() {
    let releases = ["2024-06-06", "2024-06-12", "2024-06-17"];
    for (violations, percent, refused) in [
        (3, 9, Some("A07-f6c percent")),
        (3, 10, None),
        (3, 30, None),
        (3, 31, Some("A07-f6c percent")),
        (2, 10, Some("A07-f6c percent")),
    ] {
        let mut staff = late_files(ServiceAdviser, visit, &releases[..violations]);
        staff.set("2024-06-28 09:00");
        let number: Number = format!("HO-2024-0000{violations}").parse().unwrap();
        let body = json!({
            "at": staff.at(number), "key": "late", "confirmed": true, "reason": "屡次逾期",
            "percent": percent,
        });
        if let Some(why) = refused {
            let found = staff.may_not(Role::CustomerDirector, "decide-fine", body);
            assert_eq!(found, [why], "{violations} {percent}");
            continue;
        }
        staff.does(Role::CustomerDirector, "decide-fine", body);
        let row = handover(&mut staff, number);
        assert_eq!(row.fines[0].percent, Some(percent));
        assert_eq!(row.fines[0].said.by, staff.posts[&Role::CustomerDirector]);
    }
}

#[test]
fn a07_f8_of_ten_files_eight_on_time_and_nine_whole_are_80_and_90_percent() {
    let mut staff = Staff::of("dealership");
    staff.set("2024-06-06 15:00");
    let begun: Vec<Number> = (0..10)
        .map(|count| begun(&mut staff, SalesConsultant, &car(count)))
        .collect();
    for (count, number) in begun.into_iter().enumerate() {
        let day = if count < 8 {
            "2024-06-12"
        } else {
            "2024-06-13"
        };
        staff.set(&format!("{day} 10:00"));
        let odd: &[(&str, &str)] = if count == 5 {
            &[("policy", "missing")]
        } else {
            &[]
        };
        signed(&mut staff, number, SalesConsultant, odd);
        let found = papers(&staff, "new-car", odd);
        staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    }
    staff.set("2024-06-28 09:00");
    let (_, rates) = fines(&mut staff, "2024-06");
    let expected = json!([{ "department": "sales", "due": 10, "on_time": 8, "whole": 9 }]);
    assert_eq!(rates, expected);
    assert_eq!(frontdesk::domain::fine::rate(8, 10), Some(800));
    assert_eq!(frontdesk::domain::fine::rate(9, 10), Some(900));
    // With nothing due there is no rate.
    let (_, none) = fines(&mut staff, "2024-09");
    assert_eq!(none, json!([]));
    assert_eq!(frontdesk::domain::fine::rate(0, 0), None);
}
