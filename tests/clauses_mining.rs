//! The clauses on the customers' files of a mining company, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::staff::Staff;
use frontdesk::desk::contract::{Command, Filter, Query, Reply};
use frontdesk::domain::archive::{ArchiveFile, Lack};
use frontdesk::domain::fines::Month;
use frontdesk::domain::monthly::{Monthly, MonthlyKind, Sources, Tally};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::Deputy;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, DesignatedKeeper, JointOperationOffice, Mine, Sales, SalesDirector,
};
use frontdesk::domain::stamp::Day;
use frontdesk::domain::stock::Stock;
use frontdesk::domain::task::{Task, TaskState};
use frontdesk::domain::transaction::{self, Transaction, TransactionSort};
use serde_json::{Value, json};

fn listed(staff: &mut Staff, role: Role, kind: Kind, filter: Filter) -> Vec<Number> {
    staff.is(role).listed(kind, filter)
}

fn set_up(staff: &mut Staff, details: Value) -> Number {
    staff
        .does(Sales, "create-file", json!({ "details": details }))
        .number()
}

/// A file that lacks nothing.
fn whole() -> Value {
    json!({
        "title": "热电厂", "class": "customer", "person": "王芳", "phone": "13800138000",
        "credit": "货款按月结清",
    })
}

fn file(staff: &mut Staff, number: Number) -> ArchiveFile {
    match staff.seen(number) {
        Record::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn change(staff: &mut Staff, number: Number, details: Value) -> ArchiveFile {
    let at = staff.at(number);
    let body = json!({ "at": at, "details": details });
    match staff.does(DesignatedKeeper, "change-file", body) {
        Record::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn enter(staff: &mut Staff, role: Role, details: Value) -> Number {
    staff
        .does(role, "record-transaction", json!({ "details": details }))
        .number()
}

fn entries(staff: &mut Staff, file: Number) -> Vec<Transaction> {
    match staff.is(Sales).look(Query::Transactions(file)) {
        Reply::Transactions(entries) => entries,
        other => panic!("{other:?}"),
    }
}

fn report(staff: &mut Staff, kind: MonthlyKind, month: Month) -> Monthly {
    match staff.is(SalesDirector).look(Query::Monthly(kind, month)) {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

const JUNE: Month = Month {
    year: 2024,
    month: 6,
};

#[test]
fn a03_3_2_a_task_of_sales_is_in_the_list_of_the_unit_until_it_is_answered() {
    let mut staff = Staff::of("mining");
    for (role, unit) in [(Mine, "mine"), (JointOperationOffice, "joint-operation")] {
        staff.sits_in(role, unit);
    }
    let asked = json!({ "text": "提供三季度煤质化验单", "department": "mine", "owner": "李矿长" });
    let body = json!({ "details": asked });
    let why = staff.may_not(Mine, "raise-task", body.clone());
    assert_eq!(why, ["A03-3.2 role-may-not"]);
    let nobody = json!({ "details": { "text": "提供化验单" } });
    let why = staff.may_not(Sales, "raise-task", nobody);
    assert_eq!(why, ["A03-3.2 department", "A03-3.2 owner"]);
    let number = staff.does(Sales, "raise-task", body).number();
    assert_eq!(
        listed(&mut staff, Mine, Kind::Task, Filter::ForUnit),
        [number]
    );
    assert_eq!(
        listed(
            &mut staff,
            JointOperationOffice,
            Kind::Task,
            Filter::ForUnit
        ),
        []
    );
    let task = |staff: &mut Staff| -> Task {
        match staff.seen(number) {
            Record::Task(task) => task,
            other => panic!("{other:?}"),
        }
    };
    let open = task(&mut staff);
    assert_eq!(
        (open.details.owner.as_str(), open.state),
        ("李矿长", TaskState::Open)
    );
    let answer = json!({ "text": "已送销售部" });
    let why = staff.stays(JointOperationOffice, number, "answer-task", answer.clone());
    assert_eq!(why, ["A07-d1b another-department-s-task"]);
    staff.steps(Mine, number, "answer-task", answer.clone());
    assert_eq!(listed(&mut staff, Mine, Kind::Task, Filter::ForUnit), []);
    assert_eq!(task(&mut staff).state, TaskState::Answered);
    // What does not do goes back to the list.
    staff.steps(Sales, number, "return-task", json!({ "reason": "缺硫分" }));
    assert_eq!(
        listed(&mut staff, Mine, Kind::Task, Filter::ForUnit),
        [number]
    );
    staff.steps(Mine, number, "answer-task", answer);
    assert_eq!(listed(&mut staff, Mine, Kind::Task, Filter::Open), []);
}

#[test]
fn a03_4_1_1_entries_are_counted_by_source_and_by_salesperson() {
    let mut staff = Staff::of("mining");
    let number = set_up(&mut staff, whole());
    for (sort, salesperson, on) in [
        ("market", "周", "2024-06-03"),
        ("visit", "周", "2024-06-04"),
        ("visit", "吴", "2024-06-05"),
        ("visit", "吴", "2024-05-31"),
    ] {
        let entered = json!({
            "file": number, "sort": sort, "on": on, "text": "需求调查", "salesperson": salesperson,
        });
        enter(&mut staff, Sales, entered);
    }
    let Monthly::Sources(found) = report(&mut staff, MonthlyKind::Sources, JUNE) else {
        panic!();
    };
    let Sources {
        by_sort,
        by_salesperson,
        total,
        ..
    } = found;
    let count = |tally: &Tally| tally.entries;
    let sorts: Vec<_> = by_sort
        .iter()
        .map(|(sort, it)| (*sort, count(it)))
        .collect();
    assert_eq!(
        sorts,
        [(TransactionSort::Visit, 2), (TransactionSort::Market, 1)]
    );
    let people: Vec<_> = by_salesperson
        .iter()
        .map(|(name, it)| (name.as_str(), count(it)))
        .collect();
    assert_eq!(people, [("吴", 1), ("周", 2)]);
    assert_eq!(total.entries, 3);
    for sum in [
        by_sort.iter().map(|(_, it)| count(it)).sum::<u64>(),
        by_salesperson.iter().map(|(_, it)| count(it)).sum(),
    ] {
        assert_eq!(sum, total.entries);
    }
}

#[test]
fn a03_4_1_2a_1_a_file_without_telephone_or_contact_person_is_incomplete() {
    let mut staff = Staff::of("mining");
    let lacking = [
        (
            json!({ "title": "水泥厂", "class": "customer", "person": "李强" }),
            Lack::Phone,
        ),
        (
            json!({ "title": "钢厂", "class": "customer", "phone": "13800138001" }),
            Lack::Person,
        ),
    ];
    let mut incomplete = Vec::new();
    for (details, lack) in lacking {
        let number = set_up(&mut staff, details);
        assert_eq!(file(&mut staff, number).custody.lacks, [lack]);
        incomplete.push((number, vec![lack]));
    }
    // The web address may be empty.
    let number = set_up(&mut staff, whole());
    assert_eq!(file(&mut staff, number).custody.lacks, []);
    assert_eq!(file(&mut staff, number).details.web, "");
    let mut found = listed(&mut staff, SalesDirector, Kind::File, Filter::Incomplete);
    found.sort();
    let expected: Vec<Number> = incomplete.iter().map(|(number, _)| *number).collect();
    assert_eq!(found, expected);
    let Monthly::Stock(Stock {
        incomplete: told, ..
    }) = report(&mut staff, MonthlyKind::Stock, JUNE)
    else {
        panic!();
    };
    let told: Vec<_> = told.into_iter().map(|it| (it.number, it.lacks)).collect();
    assert_eq!(told, incomplete);
}

#[test]
fn a03_4_1_2a_2_the_credit_description_keeps_date_author_and_the_text_before() {
    let mut staff = Staff::of("mining");
    let number = set_up(&mut staff, whole());
    staff.set("2024-06-07 09:30");
    let mut details = whole();
    details["credit"] = json!("已逾期两个月");
    change(&mut staff, number, details);
    let keeper = staff.posts[&DesignatedKeeper];
    let versions = staff.is(DesignatedKeeper).history(number);
    let credit = |record: &Record| match record {
        Record::File(file) => file.details.credit.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(credit(&versions[0].record), "已逾期两个月");
    assert_eq!(versions[0].at, common::at("2024-06-07 09:30"));
    assert_eq!(versions[0].by, keeper);
    assert_eq!(credit(&versions[1].record), "货款按月结清");
    let changed = versions[0]
        .changes
        .iter()
        .find(|(path, ..)| path.ends_with("credit"))
        .unwrap();
    assert_eq!(changed.1, "货款按月结清");
    assert_eq!(changed.2, "已逾期两个月");
}

#[test]
fn a03_4_1_2a_3_past_transactions_are_listed_by_date_and_add_up() {
    let mut staff = Staff::of("mining");
    let number = set_up(&mut staff, whole());
    let bought = |on: &str, amount: u64| json!({ "file": number, "sort": "purchase", "on": on, "text": "动力煤", "amount": amount });
    enter(&mut staff, Sales, bought("2024-06-05", 1_234_550));
    enter(&mut staff, Sales, bought("2024-05-20", 100_005));
    let found = entries(&mut staff, number);
    let days: Vec<_> = found
        .iter()
        .map(|it| (it.on().to_string(), it.details.amount.unwrap()))
        .collect();
    assert_eq!(
        days,
        [
            ("2024-05-20".into(), 100_005),
            ("2024-06-05".into(), 1_234_550)
        ]
    );
    assert_eq!(transaction::sum(&found), 1_334_555);
    let free = json!({ "details": { "file": number, "sort": "purchase", "text": "动力煤" } });
    let why = staff.may_not(Sales, "record-transaction", free);
    assert_eq!(why, ["A03-4.1.2a-3 amount"]);
    let nowhere = json!({ "details": { "sort": "purchase", "text": "动力煤", "amount": 1 } });
    let why = staff.may_not(Sales, "record-transaction", nowhere);
    assert_eq!(why, ["A03-4.1.2a-3 customer"]);
}

#[test]
fn a03_4_1_2b_1_a_unit_names_who_keeps_its_files_and_only_they_change_them() {
    let mut staff = Staff::of("mining");
    let mut details = whole();
    details["unit"] = json!("sales");
    let body = json!({ "details": details });
    let why = staff.may_not(Sales, "create-file", body.clone());
    assert_eq!(why, ["A03-4.1.2b-1 no-custodian"]);
    staff.sits_in(DesignatedKeeper, "sales");
    let number = staff.does(Sales, "create-file", body).number();
    let at = staff.at(number);
    let body = json!({ "at": at, "details": details });
    let why = staff.may_not(Sales, "change-file", body.clone());
    assert_eq!(why, ["A03-4.1.2b-1 role-may-not"]);
    // Whoever stands in for the keeper may.
    staff.sits_in(Sales, "sales");
    let keeper = staff.posts[&DesignatedKeeper];
    let deputy = staff.posts[&Sales];
    let at = staff.bench.present(keeper);
    let deputies = vec![Deputy {
        operator: deputy,
        from: Day::parse("2024-06-06").unwrap(),
        to: Day::parse("2024-06-06").unwrap(),
    }];
    staff
        .is(DesignatedKeeper)
        .change(Command::SetDeputies { at, deputies });
    staff.does(Sales, "change-file", body);
    staff.set("2024-06-07 09:00");
    let at = staff.at(number);
    let body = json!({ "at": at, "details": details });
    staff.may_not(Sales, "change-file", body.clone());
    staff.does(DesignatedKeeper, "change-file", body);
}

#[test]
fn a03_4_1_2b_2_a_purchase_puts_the_file_under_to_update_until_confirmed() {
    let mut staff = Staff::of("mining");
    let number = set_up(&mut staff, whole());
    staff.steps(SalesDirector, number, "confirm-file", json!({}));
    let waits = |staff: &mut Staff| listed(staff, DesignatedKeeper, Kind::File, Filter::ToUpdate);
    assert_eq!(waits(&mut staff), []);
    let learnt = json!({ "file": number, "sort": "visit", "text": "拟扩建机组" });
    enter(&mut staff, Sales, learnt);
    assert_eq!(waits(&mut staff), []);
    let bought = json!({ "file": number, "sort": "purchase", "text": "动力煤", "amount": 500_000 });
    let entry = enter(&mut staff, Sales, bought.clone());
    assert_eq!(waits(&mut staff), [number]);
    assert_eq!(file(&mut staff, number).custody.to_update, Some(entry));
    let why = staff.stays(Sales, number, "update-file", json!({}));
    assert_eq!(why, ["A03-4.1.2b-2 role-may-not"]);
    staff.steps(DesignatedKeeper, number, "update-file", json!({}));
    assert_eq!(waits(&mut staff), []);
    // Nothing in it changed: what the sales director confirmed still stands.
    assert!(file(&mut staff, number).custody.confirmed.is_some());
    enter(&mut staff, Sales, bought);
    assert_eq!(waits(&mut staff), [number]);
    let changed = change(&mut staff, number, whole());
    assert_eq!(waits(&mut staff), []);
    // Its contents changed: it is confirmed again.
    assert!(changed.custody.to_confirm);
    staff.steps(SalesDirector, number, "confirm-file", json!({}));
    assert!(!file(&mut staff, number).custody.to_confirm);
}

#[test]
fn what_was_entered_in_a_file_is_seen_by_whoever_sees_the_file() {
    let mut staff = Staff::of("mining");
    let number = set_up(&mut staff, whole());
    let entered = json!({ "file": number, "sort": "visit", "text": "找王芳 13800138000" });
    let entry = enter(&mut staff, Sales, entered);
    let nobody = staff.may_not(
        Mine,
        "record-transaction",
        json!({ "details": { "file": number, "text": "来访" } }),
    );
    assert_eq!(nobody, ["A11-17 role-may-not"]);
    assert_eq!(
        listed(
            &mut staff,
            SalesDirector,
            Kind::Transaction,
            Filter::Current
        ),
        [entry]
    );
    let row = staff
        .is(SalesDirector)
        .page(common::list(
            Kind::Transaction,
            Filter::Current,
            frontdesk::desk::contract::Sort::Newest,
        ))
        .rows
        .remove(0)
        .1;
    let Record::Transaction(shown) = row.record else {
        panic!();
    };
    assert_eq!(shown.details.text, "找王芳 138****8000");
    staff.bench.assert_clean();
}
