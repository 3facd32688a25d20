//! The clauses on customers and their cards, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::hub::Running;
use common::{Bench, at, card};
use frontdesk::desk::contract::{Command, Failure, Filter, Query, Reply, Request};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::context::Context;
use frontdesk::domain::customer::{self, Customer, CustomerDetails, Mark};
use frontdesk::domain::number::Kind;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::Day;

fn marked(bench: &mut Bench, customer: &Customer, mark: Mark, set: bool) {
    let at = bench.present(customer.meta.number);
    bench.change(Command::MarkCustomer { at, mark, set });
}

fn read(bench: &mut Bench, customer: &Customer) -> Customer {
    match bench.get(customer.meta.number).record {
        Record::Customer(customer) => customer,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a01_17_a_saved_customer_is_there_after_the_program_is_killed() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "15400123456"));
    for seed in 0..8 {
        bench.disk.crash(seed);
        bench.reopen();
        assert_eq!(read(&mut bench, &customer), customer);
        assert_eq!(bench.searched("王芳"), [customer.meta.number]);
    }
}

#[test]
fn a01_17_what_is_saved_on_one_terminal_is_found_on_another() {
    let hub = Running::over(Bench::of("property").desk);
    let (mut one, mut other) = (hub.session(), hub.session());
    let details = card("王芳", "15400123456");
    let Ok(Reply::Done { record, .. }) = one.change(Command::RegisterCustomer { details }) else {
        panic!("not saved");
    };
    let search = Query::Search {
        text: "3456".to_owned(),
        limit: 10,
    };
    let Reply::Page(page) = other.look(search) else {
        panic!("not searched");
    };
    assert_eq!(common::numbers(&page), [record.number()]);
    drop((one, other));
    hub.close();
}

#[test]
fn a01_17_another_operator_finds_what_one_saved() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "15400123456"));
    bench.work_as(Role::DepartmentHead);
    assert_eq!(bench.searched("3456"), [customer.meta.number]);
}

#[test]
fn a01_18_a_customer_no_longer_useful_leaves_the_default_list_and_is_still_found() {
    let mut bench = Bench::of("property");
    let useful = bench.customer(card("李强", "15400123999"));
    let retired = bench.customer(card("王芳", "15400123456"));
    marked(&mut bench, &retired, Mark::Retired, true);
    assert_eq!(
        bench.listed(Kind::Customer, Filter::Current),
        [useful.meta.number]
    );
    assert!(
        bench
            .found(Kind::Customer, Filter::Current, "王芳")
            .is_empty()
    );
    assert_eq!(
        bench.found(Kind::Customer, Filter::All, "王芳"),
        [retired.meta.number]
    );
    assert_eq!(
        bench.listed(Kind::Customer, Filter::Retired),
        [retired.meta.number]
    );
    marked(&mut bench, &retired, Mark::Retired, false);
    assert_eq!(bench.listed(Kind::Customer, Filter::Current).len(), 2);
}

#[test]
fn a01_19_the_card_has_five_contents_in_a_fixed_order_and_leaves_none_out() {
    let mut bench = Bench::of("property");
    let sparse = bench.customer(CustomerDetails {
        name: "王芳".into(),
        position: "会计".into(),
        ..CustomerDetails::default()
    });
    let expected = [
        ("name", "王芳"),
        ("employer", ""),
        ("position", "会计"),
        ("address", ""),
        ("phones", ""),
    ];
    assert_eq!(
        sparse.card(", "),
        expected.map(|(name, value)| (name, value.to_owned()))
    );
    let details = CustomerDetails::default();
    assert_eq!(
        bench.lacking(Command::RegisterCustomer { details }),
        ["name"]
    );
}

#[test]
fn a01_20_a_key_customer_is_in_a_list_of_its_own_and_every_marking_is_logged() {
    let mut bench = Bench::of("property");
    bench.customer(card("李强", "15400123999"));
    let key = bench.customer(card("王芳", "15400123456"));
    marked(&mut bench, &key, Mark::Key, true);
    assert_eq!(bench.listed(Kind::Customer, Filter::Key), [key.meta.number]);
    assert!(read(&mut bench, &key).is(Mark::Key));
    marked(&mut bench, &key, Mark::Key, false);
    assert!(bench.listed(Kind::Customer, Filter::Key).is_empty());
    assert!(!read(&mut bench, &key).is(Mark::Key));
    let log = bench.history(key.meta.number);
    let done: Vec<&str> = log.iter().map(|version| version.what.as_str()).collect();
    assert_eq!(
        done,
        ["mark-customer", "mark-customer", "register-customer"]
    );
    assert!(log.iter().all(|version| version.by == bench.operator));
}

#[test]
fn a01_21_a_phone_with_letters_is_refused_beside_its_field() {
    let mut bench = Bench::of("property");
    let details = card("王芳", "1540012345O");
    let problems = bench.refused(Command::RegisterCustomer { details });
    assert_eq!(problems[0].key, "phone-letters");
    assert_eq!(problems[0].field.as_deref(), Some("phones"));
}

#[test]
fn a01_21_a_second_card_with_the_same_name_and_phone_is_asked_about() {
    let mut bench = Bench::of("property");
    let first = bench.customer(card("王芳", "15400123456"));
    assert_eq!(first.confirmed_on, Day::of(2024, 6, 6).unwrap());
    let details = card("王芳", "+86 154-0012-3456");
    let command = Command::RegisterCustomer { details };
    let problems = bench.refused(command.clone());
    assert_eq!(problems[0].key, "duplicate-customer");
    assert!(problems[0].ask);
    assert_eq!(problems[0].args["number"], first.meta.number.to_string());
    let mut envelope = bench.envelope(Request::Do(command));
    envelope.accept = vec!["duplicate-customer".into()];
    let answer: Result<_, Failure> =
        frontdesk::desk::contract::Door::ask(&mut bench.desk, &envelope);
    assert!(answer.is_ok(), "{answer:?}");
    // Two people of one household share a number, and namesakes do not.
    bench.customer(card("李强", "15400123456"));
    bench.customer(card("王芳", "15400777777"));
}

#[test]
fn a01_22_a_change_shows_on_the_card_and_the_old_value_stays_with_its_dates() {
    let mut bench = Bench::of("property");
    let before = bench.customer(CustomerDetails {
        employer: "蓝鲸软件有限公司".into(),
        ..card("王芳", "15400123456")
    });
    bench.clock.set(at("2024-07-01 10:00"));
    let details = CustomerDetails {
        employer: "云杉设计事务所".into(),
        position: "设计师".into(),
        ..before.details.clone()
    };
    let seen = bench.present(before.meta.number);
    bench.change(Command::ChangeCustomer { at: seen, details });
    assert_eq!(read(&mut bench, &before).card(", ")[1].1, "云杉设计事务所");
    let history = bench.history(before.meta.number);
    assert_eq!(history.len(), 2);
    assert_eq!(history[0].at, at("2024-07-01 10:00"));
    assert_eq!(history[1].at, at("2024-06-06 09:00"));
    assert_eq!(history[1].record, before.into());
    let fields: Vec<(&str, &str, &str)> = history[0]
        .changes
        .iter()
        .map(|(path, old, new)| (path.as_str(), old.as_str(), new.as_str()))
        .collect();
    assert!(
        fields
            .iter()
            .any(|(path, old, new)| path.contains("employer")
                && old.contains("蓝鲸")
                && new.contains("云杉")),
        "{fields:?}"
    );
}

#[test]
fn a01_23_a_card_is_late_after_its_interval_and_confirming_resets_the_day() {
    let mut bench = Bench::with_site_file("property", Some("[customers]\nconfirm_days = 180\n"));
    let customer = bench.customer(card("王芳", "15400123456"));
    let late = |bench: &Bench, customer: &Customer, now: &str| {
        let operator = bench.desk.operators().next().unwrap().clone();
        let profile = bench.desk.profile().clone();
        let calendar = Calendar::builtin();
        let context = Context {
            now: at(now),
            operator: &operator,
            profile: &profile,
            calendar: &calendar,
            accept: &[],
        };
        customer::confirmation_late_by(customer, &context)
    };
    assert_eq!(late(&bench, &customer, "2024-12-03 09:00"), None);
    assert_eq!(late(&bench, &customer, "2024-12-04 09:00"), Some(1));
    bench.clock.set(at("2024-12-04 09:00"));
    let seen = bench.present(customer.meta.number);
    bench.change(Command::ConfirmCard { at: seen });
    let confirmed = read(&mut bench, &customer);
    assert_eq!(confirmed.confirmed_on, Day::of(2024, 12, 4).unwrap());
    assert_eq!(confirmed.details, customer.details);
    assert_eq!(late(&bench, &confirmed, "2024-12-04 09:00"), None);
}

#[test]
fn a01_23_no_card_is_late_where_the_site_sets_no_interval() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "15400123456"));
    let operator = bench.desk.operators().next().unwrap().clone();
    let (profile, calendar) = (bench.desk.profile().clone(), Calendar::builtin());
    let context = Context {
        now: at("2030-01-01 09:00"),
        operator: &operator,
        profile: &profile,
        calendar: &calendar,
        accept: &[],
    };
    assert_eq!(customer::confirmation_late_by(&customer, &context), None);
}

#[test]
fn a01_02_a_change_of_the_situation_is_kept_with_field_values_who_and_when() {
    let mut bench = Bench::of("property");
    let customer = bench.customer(card("王芳", "15400000111"));
    let details = card("王芳", "15400000222");
    let seen = bench.present(customer.meta.number);
    bench.change(Command::ChangeCustomer { at: seen, details });
    let number = customer.meta.number;
    let history = |bench: &mut Bench| match bench.look(Query::History(number)) {
        Reply::History(versions) => versions,
        other => panic!("{other:?}"),
    };
    let versions = history(&mut bench);
    let phones: Vec<String> = versions
        .iter()
        .map(|version| match &version.record {
            Record::Customer(it) => it.details.phones[0].digits.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(phones, ["15400000222", "15400000111"]);
    let meta = versions[0].record.meta();
    assert_eq!(meta.changed_by, bench.operator);
    assert!(meta.changed_at >= versions[1].record.meta().changed_at);
    // Another change adds a row and leaves these as they are.
    let at = bench.present(number);
    bench.change(Command::ConfirmCard { at });
    assert_eq!(history(&mut bench)[1..], versions[..]);
}
