//! Purchases and quotes on a customer's card, in every profile: what is granted, who makes them, what they make
//! wait, what they count for, and what becomes of them when cards become one or a file goes (A01-04, A01-06,
//! A01-13, A03-4.1.2).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use common::staff::Staff;
use common::{card, general, seen, visited};
use frontdesk::desk::contract::{Command, Door as _, Failure, Filter, Query, Reply, Request};
use frontdesk::domain::archive::ArchiveFile;
use frontdesk::domain::customer::{CustomerDetails, Mark};
use frontdesk::domain::fines::Month;
use frontdesk::domain::merging::MergeStep;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::preference::Standing;
use frontdesk::domain::procedure::ArchiveStep;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    self, ArchiveAdministrator, CallAgent, CustomerService, CustomerServiceManager,
    InformationSpecialist, PropertyGeneralManager, Reception,
};
use frontdesk::domain::transaction::{self, Transaction, TransactionSort};
use serde_json::{Value, json};

const GRANTED: &str = "[preference]\nreturning_bp = 500\n\
                       good_credit = { zh = \"货到三十天付款\", en = \"30 days\" }\n";

/// A card as a profile wants it.
fn asked_for(profile: &str, name: &str, phone: &str) -> CustomerDetails {
    match profile {
        "call-centre" => general(name, phone),
        "leasing" => visited(name, phone),
        _ => card(name, phone),
    }
}

fn customer(staff: &mut Staff, by: Role, name: &str, phone: &str) -> Number {
    let details = asked_for(&staff.profile.id.clone(), name, phone);
    let command = Command::RegisterCustomer { details };
    staff.is(by).change(command).number()
}

/// A property office that grants something, with a customer.
fn office(site: Option<&str>) -> (Staff, Number) {
    let mut staff = Staff::with("property", site);
    let one = customer(&mut staff, CustomerService, "王芳", "15400000001");
    (staff, one)
}

fn bought(of: Number, amount: u64) -> Value {
    json!({ "details": { "customer": of, "text": "车位年租", "amount": amount } })
}

fn quoted(of: Number, amount: u64) -> Value {
    json!({ "details": {
        "customer": of, "sort": "quote", "text": "车位年租", "amount": amount,
    } })
}

fn enter(staff: &mut Staff, by: Role, body: Value) -> Transaction {
    match staff.does(by, "record-transaction", body) {
        Record::Transaction(entry) => entry,
        other => panic!("{other:?}"),
    }
}

fn entries(staff: &mut Staff, by: Role, of: Number) -> Vec<Transaction> {
    match staff.is(by).look(Query::Transactions(of)) {
        Reply::Transactions(entries) => entries,
        other => panic!("{other:?}"),
    }
}

fn standing(staff: &mut Staff, by: Role, customer: Number) -> Standing {
    let (customer, file) = (Some(customer), None);
    match staff.is(by).look(Query::Standing { customer, file }) {
        Reply::Standing(standing) => standing,
        other => panic!("{other:?}"),
    }
}

fn mark(staff: &mut Staff, of: Number, mark: Mark) {
    let at = staff.bench.present(of);
    let set = true;
    let command = Command::MarkCustomer { at, mark, set };
    staff.is(CustomerServiceManager).change(command);
}

fn file_of(staff: &mut Staff, by: Role, customer: Number) -> Number {
    let class = staff.profile.archive.classes[0].id.clone();
    let details =
        json!({ "title": "业主档案", "class": class, "customer": customer, "place": "A-1" });
    let body = json!({ "details": details });
    staff.does(by, "create-file", body).number()
}

fn file(staff: &mut Staff, number: Number) -> ArchiveFile {
    match staff.seen(number) {
        Record::File(file) => file,
        other => panic!("{other:?}"),
    }
}

fn merged(staff: &mut Staff, kept: Number, absorbed: Number) -> Record {
    let kept = staff.bench.present(kept);
    let absorbed = staff.bench.present(absorbed);
    let command = Command::MergeCustomers { kept, absorbed };
    let questions = ["merge-preview", "merge-same"];
    staff.is(CustomerService).agreed(command, &questions).0
}

#[test]
fn a01_13_in_every_profile_whoever_deals_with_customers_enters_a_purchase_without_a_file() {
    for profile in [
        "call-centre",
        "dealership",
        "distributor",
        "leasing",
        "mining",
        "property",
    ] {
        let mut staff = Staff::with(profile, Some("[preference]\nreturning_bp = 500\n"));
        let posts = staff.profile.archive.steps[&ArchiveStep::RecordTransaction].clone();
        let registers = |role: &&Role| {
            let permission = frontdesk::domain::profile::Permission::CustomerRegister;
            staff.profile.may(permission, &[**role]).is_ok()
        };
        let by = *staff.profile.posts.iter().find(registers).unwrap();
        let one = customer(&mut staff, by, "王芳", "15400000001");
        for (place, role) in posts.roles.iter().enumerate() {
            let entry = enter(&mut staff, *role, bought(one, 100_000));
            let granted = if place == 0 { 0 } else { 5_000 };
            assert_eq!(entry.discount, Some(granted), "{profile} {role:?}");
            assert_eq!(entry.details.customer, Some(one));
            assert_eq!(Record::from(entry).subject(), one);
        }
        let others: Vec<Role> = staff.profile.posts.clone();
        for role in others
            .into_iter()
            .filter(|role| !posts.roles.contains(role))
        {
            let why = staff.may_not(role, "record-transaction", bought(one, 100));
            let clause = posts.clause.clone().unwrap_or_default();
            assert_eq!(
                why,
                [format!("{clause} role-may-not")],
                "{profile} {role:?}"
            );
        }
        let first = posts.roles[0];
        assert_eq!(entries(&mut staff, first, one).len(), posts.roles.len());
        staff.bench.assert_clean();
    }
}

#[test]
fn a01_13_five_percent_of_a_thousand_on_the_next_purchase_nothing_on_the_first_and_none_without_a_rate()
 {
    let (mut staff, one) = office(Some(GRANTED));
    let before = standing(&mut staff, CustomerService, one);
    assert_eq!(before, Standing::default());
    let first = enter(&mut staff, CustomerService, bought(one, 100_000));
    assert_eq!(first.discount, Some(0));
    let known = standing(&mut staff, CustomerService, one);
    assert!(known.returning && !known.good_credit);
    let next = enter(&mut staff, CustomerService, bought(one, 100_000));
    assert_eq!(next.discount, Some(5_000));
    assert_eq!(next.details.amount, Some(100_000));
    // Another customer is not one who came back.
    let other = customer(&mut staff, CustomerService, "李强", "15400000002");
    let first = enter(&mut staff, CustomerService, bought(other, 100_000));
    assert_eq!(first.discount, Some(0));
    let (mut staff, one) = office(None);
    for _ in 0..2 {
        let entry = enter(&mut staff, CustomerService, bought(one, 100_000));
        assert_eq!((entry.discount, entry.terms), (None, None));
    }
    let nobody = json!({ "details": { "text": "车位年租", "amount": 1 } });
    let why = staff.may_not(CustomerService, "record-transaction", nobody);
    assert_eq!(why, ["A03-4.1.2a-3 customer"]);
}

#[test]
fn a01_06_a_quote_shows_the_preference_and_is_no_earlier_purchase() {
    let (mut staff, one) = office(Some(GRANTED));
    let free = json!({ "details": { "customer": one, "sort": "quote", "text": "车位年租" } });
    let why = staff.may_not(CustomerService, "record-transaction", free);
    assert_eq!(why, ["A01-06 amount"]);
    let plain = enter(&mut staff, CustomerService, quoted(one, 100_000));
    assert_eq!((plain.discount, plain.terms), (Some(0), None));
    mark(&mut staff, one, Mark::GoodCredit);
    let rated = enter(&mut staff, CustomerService, quoted(one, 100_000));
    assert_eq!(
        rated.terms.as_ref().map(|it| &*it.zh),
        Some("货到三十天付款")
    );
    // Two quotes made no returning customer, and no customer with whom business was closed.
    assert_eq!(rated.discount, Some(0));
    let first = enter(&mut staff, CustomerService, bought(one, 100_000));
    assert_eq!(first.discount, Some(0));
    let quote = enter(&mut staff, CustomerService, quoted(one, 100_000));
    assert_eq!(quote.discount, Some(5_000));
    let all = entries(&mut staff, CustomerService, one);
    assert_eq!(all.len(), 4);
    assert_eq!(transaction::sum(&all), 100_000);
    // What was not bought nor quoted has no amount.
    let visit = json!({ "details": {
        "customer": one, "sort": "visit", "text": "看车位", "amount": 1,
    } });
    let why = staff.may_not(CustomerService, "record-transaction", visit);
    assert_eq!(why, [" amount"]);
    let (mut staff, one) = office(None);
    mark(&mut staff, one, Mark::GoodCredit);
    let quote = enter(&mut staff, CustomerService, quoted(one, 100_000));
    assert_eq!((quote.discount, quote.terms), (None, None));
}

#[test]
fn a_quote_closes_no_business_and_a_purchase_does() {
    let (mut staff, one) = office(None);
    let closed = |staff: &mut Staff| {
        let Record::Customer(card) = staff.is(CustomerService).get(one).record else {
            panic!()
        };
        card.is(Mark::Closed)
    };
    enter(&mut staff, CustomerService, quoted(one, 100));
    assert!(!closed(&mut staff));
    enter(&mut staff, CustomerService, bought(one, 100));
    assert!(closed(&mut staff));
}

#[test]
fn a03_4_1_2b_2_a_purchase_on_a_card_makes_the_customer_s_file_wait_and_a_quote_does_not() {
    let (mut staff, one) = office(None);
    let number = file_of(&mut staff, ArchiveAdministrator, one);
    let waits = |staff: &mut Staff| {
        let bench = staff.is(ArchiveAdministrator);
        bench.listed(Kind::File, Filter::ToUpdate)
    };
    enter(&mut staff, CustomerService, quoted(one, 100));
    assert_eq!(waits(&mut staff), []);
    let entry = enter(&mut staff, CustomerService, bought(one, 100));
    assert_eq!(waits(&mut staff), [number]);
    assert_eq!(
        file(&mut staff, number).custody.to_update,
        Some(entry.meta.number)
    );
    // The file shows what was entered on its customer's card (A03-4.1.2a-3).
    let found = entries(&mut staff, CustomerService, number);
    assert_eq!(found.len(), 2);
    assert_eq!(transaction::sum(&found), 100);
    staff.steps(ArchiveAdministrator, number, "update-file", json!({}));
    assert_eq!(waits(&mut staff), []);
    // A file of somebody else is none of this customer's.
    let other = customer(&mut staff, CustomerService, "李强", "15400000002");
    let both = json!({ "details": {
        "customer": other, "file": number, "text": "车位年租", "amount": 1,
    } });
    let why = staff.may_not(CustomerService, "record-transaction", both);
    assert_eq!(why, [" file"]);
    let both = json!({ "details": {
        "customer": one, "file": number, "text": "车位年租", "amount": 1,
    } });
    let entry = enter(&mut staff, CustomerService, both);
    assert_eq!(Record::from(entry).subject(), number);
    staff.bench.assert_clean();
}

#[test]
fn whoever_sees_no_files_gets_nothing_of_the_file_that_waits() {
    let mut staff = Staff::of("call-centre");
    let one = customer(&mut staff, CallAgent, "王芳", "15400000001");
    let class = staff.profile.archive.classes[0].id.clone();
    let details = json!({
        "title": "授信卷宗", "class": class, "customer": one, "place": "A-1", "person": "王芳",
    });
    let made = staff.does(
        InformationSpecialist,
        "create-file",
        json!({ "details": details }),
    );
    let command: Command =
        serde_json::from_value(json!({ "record-transaction": bought(one, 100) })).unwrap();
    let (record, also) = staff.is(CallAgent).change_all(command);
    assert!(
        also.iter().any(|it| it.number() == made.number()),
        "{also:?}"
    );
    let told = serde_json::to_string(&(&record, &also)).unwrap();
    assert!(!told.contains("授信卷宗"), "{told}");
    let in_file = json!({ "details": { "file": made.number(), "text": "滤芯", "amount": 1 } });
    let why = staff.may_not(CallAgent, "record-transaction", in_file.clone());
    assert_eq!(why, ["A11-17 role-may-not"]);
    let in_file = enter(&mut staff, CustomerService, in_file);
    // What stands in a file is closed to them, in the list of all, on the card, and when it is opened.
    let shown = staff
        .is(CallAgent)
        .listed(Kind::Transaction, Filter::Current);
    assert_eq!(shown.len(), 2);
    let on_card = entries(&mut staff, CallAgent, one);
    let texts: Vec<_> = on_card.iter().map(|it| it.details.text.as_str()).collect();
    assert_eq!(texts, ["车位年租", "***"]);
    let bench = staff.is(CallAgent);
    let opening = bench.envelope(Request::Look(Query::Get(in_file.meta.number)));
    let refused = bench.desk.ask(&opening);
    assert!(matches!(refused, Err(Failure::Refused(_))), "{refused:?}");
    staff.bench.assert_clean();
}

#[test]
fn an_entry_on_a_card_is_masked_in_lists_and_opened_by_who_may_have_it_in_full() {
    let (mut staff, one) = office(None);
    let body = json!({ "details": {
        "customer": one, "sort": "visit", "text": "电话 13800138000 约看车位",
    } });
    let number = enter(&mut staff, CustomerService, body).meta.number;
    let listed = |staff: &mut Staff, by: Role| {
        let list = common::list(
            Kind::Transaction,
            Filter::Current,
            frontdesk::desk::contract::Sort::Newest,
        );
        staff.is(by).page(list).rows.remove(0).1
    };
    let of = |record: Record| match record {
        Record::Transaction(entry) => entry.details.text,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        of(listed(&mut staff, CustomerService).record),
        "电话 138****8000 约看车位"
    );
    let names = listed(&mut staff, CustomerService).names;
    assert!(names.contains(&(one, "王芳".to_owned())), "{names:?}");
    let opened = staff.is(CustomerService).get(number);
    assert_eq!(of(opened.record), "电话 13800138000 约看车位");
    // Whoever may not have a telephone revealed opens it masked.
    let opened = staff.is(PropertyGeneralManager).get(number);
    assert!(opened.masked);
    assert_eq!(of(opened.record), "电话 138****8000 约看车位");
    let why = staff.may_not(Reception, "record-transaction", bought(one, 1));
    assert_eq!(why, [" role-may-not"]);
}

#[test]
fn a01_21_purchases_on_a_card_that_went_into_another_count_for_the_one_that_stays() {
    let (mut staff, kept) = office(Some(GRANTED));
    let absorbed = customer(&mut staff, CustomerService, "王方", "15400000002");
    let first = enter(&mut staff, CustomerService, bought(absorbed, 100_000));
    assert!(!standing(&mut staff, CustomerService, kept).returning);
    let merge = merged(&mut staff, kept, absorbed);
    assert!(standing(&mut staff, CustomerService, kept).returning);
    let next = enter(&mut staff, CustomerService, bought(absorbed, 100_000));
    // What is entered on the old number stands on the card that stays.
    assert_eq!(next.details.customer, Some(kept));
    assert_eq!(next.discount, Some(5_000));
    let numbers = |all: Vec<Transaction>| -> Vec<Number> {
        all.into_iter().map(|it| it.meta.number).collect()
    };
    let both = [first.meta.number, next.meta.number];
    assert_eq!(numbers(entries(&mut staff, CustomerService, kept)), both);
    let line = Query::Contacts {
        customer: kept,
        limit: 10,
    };
    let Reply::Page(page) = staff.is(CustomerService).look(line) else {
        panic!()
    };
    let mut stand = common::numbers(&page);
    stand.retain(|number| number.kind == Kind::Transaction);
    stand.sort();
    assert_eq!(stand, both);
    let step = MergeStep::UndoMerge {
        reason: "同名不同人".into(),
    };
    let at = seen(&merge);
    staff
        .is(CustomerService)
        .change(Command::StepMerge { at, step });
    let of_absorbed = entries(&mut staff, CustomerService, absorbed);
    assert_eq!(numbers(of_absorbed), [first.meta.number]);
    assert_eq!(
        numbers(entries(&mut staff, CustomerService, kept)),
        [next.meta.number]
    );
    staff.bench.assert_clean();
}

#[test]
fn a01_04_entries_without_a_file_count_and_quotes_do_not() {
    let (mut staff, one) = office(None);
    let other = customer(&mut staff, CustomerService, "李强", "15400000002");
    let number = file_of(&mut staff, ArchiveAdministrator, other);
    for amount in [10_000, 2_550] {
        enter(&mut staff, CustomerService, bought(one, amount));
    }
    for of in [one, other] {
        enter(&mut staff, CustomerService, quoted(of, 700));
    }
    let in_file = json!({ "details": { "file": number, "text": "门禁", "amount": 300 } });
    enter(&mut staff, CustomerService, in_file);
    // Bought in another month.
    let may = json!({ "details": {
        "customer": one, "on": "2024-05-31", "text": "门禁", "amount": 40,
    } });
    enter(&mut staff, CustomerService, may);
    let june = Month {
        year: 2024,
        month: 6,
    };
    let query = Query::Monthly(MonthlyKind::Relationships, june);
    let Reply::Monthly(report) = staff.is(CustomerServiceManager).look(query) else {
        panic!()
    };
    let Monthly::Relationships(report) = *report else {
        panic!()
    };
    let of = |number| {
        let row = report.rows.iter().find(|row| row.customer == number);
        let it = &row.unwrap().dealings;
        (it.purchases, it.amount)
    };
    assert_eq!(of(one), (2, 12_550));
    assert_eq!(of(other), (1, 300));
    let rows = report.rows.iter();
    let sums = rows.fold((0, 0), |sum, row| {
        (sum.0 + row.dealings.purchases, sum.1 + row.dealings.amount)
    });
    assert_eq!(sums, (report.total.purchases, report.total.amount));
    assert_eq!(sums, (3, 12_850));
    // Of where entries come from every one counts, and only what was bought adds up.
    let query = Query::Monthly(MonthlyKind::Sources, june);
    let Reply::Monthly(sources) = staff.is(CustomerServiceManager).look(query) else {
        panic!()
    };
    let Monthly::Sources(sources) = *sources else {
        panic!()
    };
    let tallies = sources.by_sort.iter();
    let tallies: Vec<_> = tallies
        .map(|(sort, it)| (*sort, it.entries, it.amount))
        .collect();
    assert_eq!(
        tallies,
        [
            (TransactionSort::Purchase, 3, 12_850),
            (TransactionSort::Quote, 2, 0)
        ]
    );
    assert_eq!((sources.total.entries, sources.total.amount), (5, 12_850));
}

#[test]
fn what_stands_on_the_card_outlives_the_customer_s_file() {
    let (mut staff, one) = office(None);
    let number = file_of(&mut staff, ArchiveAdministrator, one);
    let on_card = enter(&mut staff, CustomerService, bought(one, 100))
        .meta
        .number;
    let in_file = json!({ "details": { "file": number, "text": "门禁", "amount": 300 } });
    let in_file = enter(&mut staff, CustomerService, in_file).meta.number;
    let void = json!({ "reason": "重复立卷" });
    staff.steps(ArchiveAdministrator, number, "void-file", void);
    let at = staff.at(number);
    let body = json!({ "file": at });
    let paper = staff.does(ArchiveAdministrator, "propose-destruction", body);
    let paper = paper.number();
    for (role, step, body) in [
        (Role::PropertyCentreManager, "review-destruction", json!({})),
        (PropertyGeneralManager, "approve-destruction", json!({})),
        (
            ArchiveAdministrator,
            "destroy-file",
            json!({ "method": "shred", "witness": "监销人赵" }),
        ),
    ] {
        staff.steps(role, paper, step, body);
    }
    let left = entries(&mut staff, CustomerService, one);
    let left: Vec<Number> = left.into_iter().map(|it| it.meta.number).collect();
    assert_eq!(left, [on_card]);
    assert!(!left.contains(&in_file));
    staff.bench.assert_clean();
}
