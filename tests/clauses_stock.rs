//! The clauses on who answers for the archive, what other departments owe it, and its stock, each checked
//! as its register asks.

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
use frontdesk::desk::contract::{Filter, Query, Reply, Sort};
use frontdesk::domain::fines::Month;
use frontdesk::domain::monthly::{Monthly, MonthlyKind, NewCar, NewCarsOf};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, ArchiveAdministrator, CustomerCare, CustomerServiceManager, DepartmentHead,
    PropertyCentreManager, PropertyGeneralManager, Reception, SalesConsultant, SalesManager,
};
use frontdesk::domain::stock::{Stock, StockRow};
use frontdesk::domain::usage::UseCount;
use frontdesk::exchange::cells::Style;
use frontdesk::exchange::columns::columns;
use frontdesk::exchange::value::Value as Cell;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{Behind, Block, Document};
use serde_json::{Value, json};

const JUNE: Month = Month {
    year: 2024,
    month: 6,
};

fn listed(staff: &mut Staff, role: Role, kind: Kind, filter: Filter) -> Vec<Number> {
    staff.is(role).listed(kind, filter)
}

fn report(staff: &mut Staff, role: Role, kind: MonthlyKind, month: Month) -> Monthly {
    match staff.is(role).look(Query::Monthly(kind, month)) {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn new_car(plate: usize, released_on: &str) -> Value {
    json!({
        "checklist": "new-car", "sort": "new-car", "released_on": released_on,
        "giver": "sales-consultant", "person": "王芳", "plate": format!("沪A1000{plate}"),
        "contact": "王芳", "phone": "13800138000", "address": "上海市某路1号",
    })
}

/// A new car's papers handed over on a day, with what was odd about them.
fn handed(staff: &mut Staff, plate: usize, on: &str, odd: &[(&str, &str)]) -> Number {
    staff.set("2024-06-06 10:00");
    let details = json!({ "details": new_car(plate, "2024-06-06") });
    let number = staff
        .does(SalesConsultant, "begin-handover", details)
        .number();
    staff.set(&format!("{on} 10:00"));
    let found = papers(staff, "new-car", odd);
    let note = json!({ "note": "缺件后补" });
    staff.steps(SalesConsultant, number, "check-papers", found.clone());
    staff.steps(SalesConsultant, number, "sign-over", note.clone());
    staff.steps(ArchiveAdministrator, number, "sign-for", note);
    staff.steps(ArchiveAdministrator, number, "receive-papers", found);
    number
}

#[test]
fn a07_d1a_customer_care_answers_for_every_archive_action_and_alone_changes_files() {
    let mut staff = Staff::of("dealership");
    let number = handed(&mut staff, 1, "2024-06-07", &[]);
    staff.steps(
        ArchiveAdministrator,
        number,
        "scan-papers",
        json!({ "pages": 20, "reference": "1" }),
    );
    let Record::Handover(filed) = staff.steps(
        ArchiveAdministrator,
        number,
        "file-papers",
        json!({ "shelf": "A-1" }),
    ) else {
        panic!();
    };
    let file = filed.filed.unwrap().0;
    let texts = Texts::new(Lang::Zh);
    let profile = staff.profile.clone();
    let style = Style {
        texts: &texts,
        profile: &profile,
        exact: false,
    };
    for kind in [Kind::Handover, Kind::File] {
        let page = staff
            .is(CustomerCare)
            .page(common::list(kind, Filter::Current, Sort::Newest));
        let (_, row) = &page.rows[0];
        assert!(columns(kind).contains(&"answering"), "{kind:?}");
        let Cell::Word { word, .. } = style.value(row, "answering") else {
            panic!("{kind:?}");
        };
        assert_eq!(word, "客户关爱部");
    }
    for kind in [
        Kind::Loan,
        Kind::Access,
        Kind::Inspection,
        Kind::Incident,
        Kind::Destruction,
        Kind::DayEnd,
        Kind::Task,
    ] {
        assert!(columns(kind).contains(&"answering"), "{kind:?}");
    }
    let Record::File(kept) = staff.is(CustomerCare).get(file).record else {
        panic!();
    };
    let at = staff.at(file);
    let body = json!({ "at": at, "details": kept.details });
    let why = staff.may_not(SalesConsultant, "change-file", body.clone());
    assert_eq!(why, ["A07-d1a role-may-not"]);
    staff.does(CustomerCare, "change-file", body);
}

#[test]
fn a07_d1b_what_a_department_owes_the_archive_is_on_its_overdue_list() {
    let mut staff = Staff::of("dealership");
    for (role, unit) in [
        (SalesConsultant, "sales"),
        (Role::ServiceAdviser, "after-sales"),
    ] {
        staff.sits_in(role, unit);
    }
    let number = handed(&mut staff, 1, "2024-06-07", &[("policy", "missing")]);
    let asked = json!({ "details": {
        "text": "补交保险单复印件", "department": "sales", "owner": "sales-consultant",
        "about": number, "due": "2024-06-11",
    } });
    let task = staff
        .does(ArchiveAdministrator, "raise-task", asked)
        .number();
    let late = |staff: &mut Staff, role| listed(staff, role, Kind::Task, Filter::LateForUnit);
    staff.set("2024-06-11 23:59");
    assert_eq!(late(&mut staff, SalesConsultant), []);
    assert_eq!(
        listed(&mut staff, SalesConsultant, Kind::Task, Filter::ForUnit),
        [task]
    );
    staff.set("2024-06-12 00:00");
    assert_eq!(late(&mut staff, SalesConsultant), [task]);
    assert_eq!(late(&mut staff, Role::ServiceAdviser), []);
    // It is counted beside the tab's name, for that department alone.
    let count = |staff: &mut Staff, role| {
        let Reply::Counts(counts) = staff.is(role).look(Query::Counts) else {
            panic!();
        };
        let archive = frontdesk::domain::profile::Tab::Archive;
        counts.iter().find(|it| it.tab == archive).unwrap().late
    };
    assert_eq!(count(&mut staff, SalesConsultant), 1);
    assert_eq!(count(&mut staff, Role::ServiceAdviser), 0);
    let answer = json!({ "text": "已补交" });
    let why = staff.stays(Role::ServiceAdviser, task, "answer-task", answer.clone());
    assert_eq!(why, ["A07-d1b another-department-s-task"]);
    staff.steps(SalesConsultant, task, "answer-task", answer);
    assert_eq!(late(&mut staff, SalesConsultant), []);
}

#[test]
fn a07_d2_the_sales_manager_sees_the_new_cars_of_a_month_and_the_list_behind_each_count() {
    let mut staff = Staff::of("dealership");
    let whole = handed(&mut staff, 1, "2024-06-07", &[]);
    let lacking = handed(&mut staff, 2, "2024-06-07", &[("policy", "missing")]);
    // Delivered, and nothing handed over: late after 2024-06-12, three working days over the holiday.
    let details = json!({ "details": new_car(3, "2024-06-06") });
    let missing = staff
        .does(SalesConsultant, "begin-handover", details)
        .number();
    // Of another month.
    let details = json!({ "details": new_car(4, "2024-05-31") });
    staff.does(SalesConsultant, "begin-handover", details);
    let late = handed(&mut staff, 5, "2024-06-13", &[]);
    staff.set("2024-06-13 11:00");
    let found = report(&mut staff, SalesManager, MonthlyKind::NewCars, JUNE);
    let Monthly::NewCars(cars) = &found else {
        panic!();
    };
    let [NewCarsOf { department, cars }] = cars.departments.as_slice() else {
        panic!("{cars:?}");
    };
    assert_eq!(department, "sales");
    let those = |holds: fn(&NewCar) -> bool| -> Vec<Number> {
        let cars = cars.iter().filter(|car| holds(car));
        cars.map(|car| car.number).collect()
    };
    assert_eq!(those(|car| car.complete), [whole, late]);
    assert_eq!(those(|car| !car.complete), [lacking, missing]);
    assert_eq!(those(|car| car.late), [missing, late]);
    assert_eq!(those(|car| car.awaiting), [lacking]);
    // Each count of the document opens its list.
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let document = frontdesk::report::monthly::document(&found, words);
    let opened = opened(&document);
    assert_eq!(
        opened,
        [
            vec![whole, lacking, missing, late],
            vec![whole, late],
            vec![lacking, missing],
            vec![missing, late],
            vec![lacking],
            vec![whole, lacking, missing, late],
        ]
    );
    assert!(
        document.subtitle.contains("客户关爱部"),
        "{}",
        document.subtitle
    );
}

/// The lists behind the counts of the first table of a document.
fn opened(document: &Document) -> Vec<Vec<Number>> {
    let Block::Table(table) = &document.blocks[0] else {
        panic!();
    };
    let behind = table.rows[0].values.iter().filter_map(|(_, it)| it.clone());
    behind
        .map(|it| match it {
            Behind::Records(records) => records.into_iter().map(|(number, _)| number).collect(),
            Behind::Complaints(..) => panic!("complaints behind a car"),
        })
        .collect()
}

/// So many owners' files, set up on a day.
fn filed(staff: &mut Staff, on: &str, count: usize) -> Vec<Number> {
    staff.set(&format!("{on} 09:00"));
    let made = (0..count).map(|place| {
        let details = json!({
            "title": format!("业主 {on} {place}"), "class": "owner", "person": "王芳",
            "place": format!("{on}-{place}"),
        });
        staff
            .does(
                ArchiveAdministrator,
                "create-file",
                json!({ "details": details }),
            )
            .number()
    });
    made.collect()
}

/// A file handed over for good and signed for by both sides.
fn handed_over(staff: &mut Staff, number: Number) {
    let given =
        json!({ "to": "engineering", "receiver": "department-head", "reason": "按年度移交" });
    staff.steps(ArchiveAdministrator, number, "transfer-file", given);
    staff.steps(DepartmentHead, number, "take-over-file", json!({}));
}

fn destroyed(staff: &mut Staff, number: Number) {
    let by = ArchiveAdministrator;
    staff.steps(by, number, "void-file", json!({ "reason": "重复建档" }));
    let at = staff.at(number);
    let proposed = staff
        .does(by, "propose-destruction", json!({ "file": at }))
        .number();
    staff.steps(
        PropertyCentreManager,
        proposed,
        "review-destruction",
        json!({}),
    );
    staff.steps(
        PropertyGeneralManager,
        proposed,
        "approve-destruction",
        json!({}),
    );
    let how = json!({ "method": "shred", "witness": "李强" });
    staff.steps(by, proposed, "destroy-file", how);
}

#[test]
fn a13_a7a_opening_10_and_5_in_2_out_1_destroyed_leave_12_which_is_what_there_is() {
    let mut staff = Staff::since("property", "2024-05-01 08:00");
    staff.sits_in(DepartmentHead, "engineering");
    let may = filed(&mut staff, "2024-05-06", 10);
    filed(&mut staff, "2024-06-03", 5);
    staff.set("2024-06-06 09:00");
    for number in &may[..2] {
        handed_over(&mut staff, *number);
    }
    destroyed(&mut staff, may[2]);
    let by = DepartmentHead;
    let Monthly::Stock(stock) = report(&mut staff, by, MonthlyKind::Stock, JUNE) else {
        panic!();
    };
    let row = |class: &str| StockRow {
        class: class.into(),
        opening: 10,
        received: 5,
        handed_over: 2,
        destroyed: 1,
        closing: 12,
    };
    assert_eq!(stock.rows, [row("owner")]);
    assert_eq!(stock.total, row(""));
    assert_eq!(stock.total.computed(), 12);
    assert_eq!(stock.counted, Some(12));
    // The list has as many, beside those that were handed over.
    let all = listed(&mut staff, by, Kind::File, Filter::All).len();
    let left = listed(&mut staff, by, Kind::File, Filter::Left);
    assert_eq!((all - left.len(), left.len()), (12, 2));
    assert_eq!(
        listed(&mut staff, by, Kind::File, Filter::OnShelf).len(),
        12
    );
    // A month later these twelve are the opening.
    staff.set("2024-07-01 09:00");
    let next = Month { month: 7, ..JUNE };
    let Monthly::Stock(Stock { total, counted, .. }) =
        report(&mut staff, by, MonthlyKind::Stock, next)
    else {
        panic!();
    };
    assert_eq!((total.opening, total.closing, counted), (12, 12, Some(12)));
    let Monthly::Stock(past) = report(&mut staff, by, MonthlyKind::Stock, JUNE) else {
        panic!();
    };
    assert_eq!((past.total, past.counted), (row(""), None));
    staff.bench.assert_clean();
}

#[test]
fn a13_a7a_a_file_is_handed_over_with_the_receipt_of_both_sides_and_is_then_gone() {
    let mut staff = Staff::of("property");
    staff.sits_in(DepartmentHead, "engineering");
    let number = filed(&mut staff, "2024-06-06", 1)[0];
    let by = ArchiveAdministrator;
    let why = staff.stays(
        by,
        number,
        "transfer-file",
        json!({ "to": "", "receiver": "", "reason": "" }),
    );
    assert_eq!(
        why,
        ["A13-a7a reason", "A13-a7a to_whom", "A13-a7a receiver"]
    );
    let given = json!({ "to": "security", "receiver": "张队长", "reason": "归口调整" });
    staff.steps(by, number, "transfer-file", given);
    // On its way it is still the archive's, and only that department signs for it.
    assert_eq!(
        listed(&mut staff, by, Kind::File, Filter::OnShelf),
        [number]
    );
    let why = staff.stays(DepartmentHead, number, "take-over-file", json!({}));
    assert_eq!(why, ["A13-a7a not-the-receiving-department"]);
    staff.steps(by, number, "keep-file", json!({ "reason": "填错部门" }));
    let given = json!({ "to": "engineering", "receiver": "department-head", "reason": "归口调整" });
    staff.steps(by, number, "transfer-file", given);
    staff.sits_in(by, "engineering");
    let why = staff.stays(by, number, "take-over-file", json!({}));
    assert_eq!(why, ["A13-a7a same-person"]);
    staff.steps(DepartmentHead, number, "take-over-file", json!({}));
    assert_eq!(listed(&mut staff, by, Kind::File, Filter::OnShelf), []);
    assert_eq!(listed(&mut staff, by, Kind::File, Filter::Left), [number]);
    let at = staff.at(number);
    let lent =
        json!({ "file": at, "details": { "borrower": "赵明", "copies": 1, "reason": "核对" } });
    assert_eq!(staff.may_not(by, "check-out", lent), ["A13-a7a file-left"]);
    let why = staff.stays(by, number, "void-file", json!({ "reason": "重复" }));
    assert_eq!(why, ["A13-a7a file-left"]);
    // Its place is free again.
    let details = json!({ "title": "业主", "class": "owner", "place": "2024-06-06-0" });
    staff.does(by, "create-file", json!({ "details": details }));
}

#[test]
fn a13_a7b_loans_and_readings_of_a_month_are_counted_by_class_and_department() {
    let mut staff = Staff::since("property", "2024-05-01 08:00");
    let by = ArchiveAdministrator;
    let files = filed(&mut staff, "2024-05-06", 3);
    let lend = |staff: &mut Staff, file: Number, unit: &str, on: &str| {
        staff.set(&format!("{on} 10:00"));
        let details = json!({ "borrower": "赵明", "unit": unit, "copies": 1, "reason": "核对" });
        let body = json!({ "file": staff.at(file), "details": details });
        let loan = staff.does(by, "check-out", body).number();
        let back = json!({ "at": staff.at(loan), "pieces": 1, "note": "" });
        staff.does(by, "check-in", back);
    };
    lend(&mut staff, files[0], "财务部", "2024-05-31");
    lend(&mut staff, files[0], "工程部", "2024-06-03");
    lend(&mut staff, files[1], "工程部", "2024-06-04");
    // Read on a request; one that was only asked for is no use.
    for (place, used) in [(1, true), (2, false)] {
        let wish = json!({
            "purpose": "read", "file": files[place], "aim": "核对", "reason": "季度核对",
            "reader": "reception", "unit": "客户服务部", "object": "全卷",
        });
        let asked = staff.does(Reception, "request-access", json!({ "details": wish }));
        if used {
            let number = asked.number();
            staff.steps(DepartmentHead, number, "endorse", json!({}));
            let yes = json!({ "sufficient": true, "complete": true });
            staff.steps(CustomerServiceManager, number, "approve-access", yes);
            staff.steps(by, number, "use-access", json!({ "note": "" }));
        }
    }
    let Monthly::Usage(usage) = report(&mut staff, DepartmentHead, MonthlyKind::Usage, JUNE) else {
        panic!("another report");
    };
    let count = |lent, read| UseCount {
        lent,
        read,
        ..UseCount::default()
    };
    assert_eq!(usage.by_class, [("owner".to_owned(), count(2, 1))]);
    let units = [("工程部", count(2, 0)), ("客户服务部", count(0, 1))];
    assert_eq!(usage.by_unit, units.map(|(unit, it)| (unit.to_owned(), it)));
    assert_eq!(usage.total, count(2, 1));
    for lang in [Lang::Zh, Lang::En] {
        let texts = Texts::new(lang);
        let words = Words {
            texts: &texts,
            profile: &staff.profile,
        };
        let document = frontdesk::report::monthly::document(&Monthly::Usage(usage.clone()), words);
        let page = frontdesk::report::text::text(&document, true);
        assert!(page.contains("工程部"), "{page}");
    }
}
