//! The clauses on following customers up, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, call, card, grievance, list};
use frontdesk::desk::contract::{Command, Filter, Query, Reply, Row, Sort};
use frontdesk::domain::campaign::{CampaignDetails, Target};
use frontdesk::domain::contacts::Contacts;
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark};
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{
    Contact, FollowUp, FollowUpDetails, FollowUpKind, FollowUpState, Occasion,
};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::Deputy;
use frontdesk::domain::profile::Tab;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use frontdesk::domain::serving::{ItemOutcome, Outcome};
use frontdesk::domain::shift::{ShiftDetails, ShiftStep};
use frontdesk::domain::stamp::Day;

/// A property office of customer service with a site file, at a time.
fn office(rules: &str, time: &str) -> Bench {
    let mut bench = Bench::set_up_at("property", Some(rules), time);
    bench.work_as(Role::CustomerService);
    bench
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn clock(bench: &Bench, time: &str) {
    bench.clock.set(common::at(time));
}

fn with(customer: &Customer, kind: FollowUpKind, on: &str) -> FollowUpDetails {
    FollowUpDetails {
        customer: Some(customer.meta.number),
        kind,
        day: Some(day(on)),
        ..FollowUpDetails::default()
    }
}

fn follow_up(record: Record) -> FollowUp {
    match record {
        Record::FollowUp(it) => it,
        other => panic!("{other:?}"),
    }
}

fn planned(bench: &mut Bench, details: FollowUpDetails) -> FollowUp {
    follow_up(bench.change(Command::PlanFollowUp { details }))
}

fn said(text: &str, next: Option<&str>) -> Contact {
    Contact {
        text: text.to_owned(),
        next_day: next.map(day),
        declined: next.is_none(),
        ..Contact::default()
    }
}

/// Writes a contact down that nobody had planned.
fn logged(bench: &mut Bench, customer: &Customer, kind: FollowUpKind) {
    let details = FollowUpDetails {
        customer: Some(customer.meta.number),
        kind,
        ..FollowUpDetails::default()
    };
    let contact = said("已联系", None);
    bench.change(Command::LogContact { details, contact });
}

fn rows(bench: &mut Bench, filter: Filter) -> Vec<Row> {
    let page = bench.page(list(Kind::FollowUp, filter, Sort::Newest));
    page.rows.into_iter().map(|(_, row)| row).collect()
}

fn shown(bench: &mut Bench, filter: Filter) -> Vec<Number> {
    let rows = rows(bench, filter);
    rows.iter().map(|row| row.record.number()).collect()
}

/// The customers of the day's list, with why.
fn today(bench: &mut Bench) -> Vec<(Number, Occasion)> {
    let rows = rows(bench, Filter::Today).into_iter();
    rows.map(|row| (row.record.number(), row.occasion.unwrap()))
        .collect()
}

#[test]
fn a01_12_a_visit_is_closed_with_the_next_appointment_or_an_explicit_no() {
    let mut bench = office("", "2024-06-03 09:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let visit = planned(
        &mut bench,
        with(&customer, FollowUpKind::Visit, "2024-06-03"),
    );
    let at = bench.present(visit.meta.number);
    let neither = Contact {
        declined: false,
        ..said("看了新房源", None)
    };
    let problems = bench.refused(Command::DoFollowUp {
        at,
        contact: neither,
    });
    assert_eq!(problems[0].key, "next-or-declined");
    assert_eq!(problems[0].clause.as_deref(), Some("A01-12"));
    let both = Contact {
        declined: true,
        ..said("看了新房源", Some("2024-06-10"))
    };
    let problems = bench.refused(Command::DoFollowUp { at, contact: both });
    assert_eq!(problems[0].key, "next-and-declined");
    let contact = Contact {
        next_kind: Some(FollowUpKind::Appointment),
        next_time: "14:30".to_owned(),
        ..said("看了新房源", Some("2024-06-10"))
    };
    let (done, also) = bench.change_all(Command::DoFollowUp { at, contact });
    let next = follow_up(also.into_iter().next().unwrap());
    let done = follow_up(done);
    assert_eq!(done.state, FollowUpState::Done);
    assert_eq!(done.contact.unwrap().next, Some(next.meta.number));
    assert_eq!(next.details.kind, FollowUpKind::Appointment);
    assert_eq!(next.details.time, "14:30");
    // It is there on its day, and not before.
    clock(&bench, "2024-06-09 23:59");
    assert!(shown(&mut bench, Filter::Today).is_empty());
    clock(&bench, "2024-06-10 00:00");
    assert_eq!(shown(&mut bench, Filter::Today), [next.meta.number]);
    // Declined: nothing more comes.
    let at = bench.present(next.meta.number);
    let contact = said("不再需要", None);
    let (_, also) = bench.change_all(Command::DoFollowUp { at, contact });
    assert!(also.is_empty());
    assert!(shown(&mut bench, Filter::Today).is_empty());
    assert!(shown(&mut bench, Filter::Open).is_empty());
    bench.assert_clean();
}

#[test]
fn a01_12_a_follow_up_is_put_off_given_up_and_over_only_once() {
    let mut bench = office("", "2024-06-03 09:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let early = with(&customer, FollowUpKind::Call, "2024-06-02");
    assert_eq!(
        bench.refused(Command::PlanFollowUp { details: early })[0].key,
        "follow-up-in-the-past"
    );
    let call = planned(
        &mut bench,
        with(&customer, FollowUpKind::Call, "2024-06-03"),
    );
    let at = bench.present(call.meta.number);
    let details = with(&customer, FollowUpKind::Call, "2024-06-05");
    bench.change(Command::ChangeFollowUp { at, details });
    assert!(shown(&mut bench, Filter::Today).is_empty());
    let at = bench.present(call.meta.number);
    let reason = String::new();
    assert_eq!(
        bench.refused(Command::DropFollowUp { at, reason })[0].key,
        "required"
    );
    let reason = "已搬走".to_owned();
    bench.change(Command::DropFollowUp { at, reason });
    assert_eq!(shown(&mut bench, Filter::Closed), [call.meta.number]);
    let at = bench.present(call.meta.number);
    let contact = said("打了", None);
    let problems = bench.refused(Command::DoFollowUp { at, contact });
    assert_eq!(problems[0].key, "follow-up-is-over");
    bench.assert_clean();
}

#[test]
fn a01_16_a_call_is_due_when_its_interval_is_over_and_again_after_the_next() {
    let rules = "[follow_ups]\ncall_days = 30\n";
    let mut bench = office(rules, "2024-06-01 10:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let due = vec![(customer.meta.number, Occasion::Call)];
    logged(&mut bench, &customer, FollowUpKind::Call);
    clock(&bench, "2024-06-30 23:59");
    assert!(today(&mut bench).is_empty());
    clock(&bench, "2024-07-01 00:00");
    assert_eq!(today(&mut bench), due);
    logged(&mut bench, &customer, FollowUpKind::Call);
    assert!(today(&mut bench).is_empty());
    clock(&bench, "2024-07-30 23:59");
    assert!(today(&mut bench).is_empty());
    clock(&bench, "2024-07-31 00:00");
    assert_eq!(today(&mut bench), due);
    let row = rows(&mut bench, Filter::Today).remove(0);
    assert_eq!(row.due, Some(day("2024-07-31")));
    // With a contact planned the customer is not asked for twice.
    let plan = planned(
        &mut bench,
        with(&customer, FollowUpKind::Call, "2024-07-31"),
    );
    assert_eq!(today(&mut bench), [(plan.meta.number, Occasion::Planned)]);
}

#[test]
fn a01_23_a_card_confirmed_181_days_ago_is_to_be_confirmed() {
    let rules = "[customers]\nconfirm_days = 180\n";
    let mut bench = office(rules, "2024-01-01 10:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    // 2024-06-29 is 180 days later.
    clock(&bench, "2024-06-29 10:00");
    assert!(shown(&mut bench, Filter::ToConfirm).is_empty());
    clock(&bench, "2024-06-30 10:00");
    assert_eq!(shown(&mut bench, Filter::ToConfirm), [customer.meta.number]);
    assert_eq!(today(&mut bench), [(customer.meta.number, Occasion::Card)]);
    // Confirming without changes resets the date.
    let at = bench.present(customer.meta.number);
    bench.change(Command::ConfirmCard { at });
    assert!(shown(&mut bench, Filter::ToConfirm).is_empty());
    clock(&bench, "2024-12-27 10:00");
    assert!(today(&mut bench).is_empty());
    clock(&bench, "2024-12-28 10:00");
    assert_eq!(shown(&mut bench, Filter::ToConfirm), [customer.meta.number]);
    bench.assert_clean();
}

#[test]
fn a01_27_a_customer_without_contact_for_longer_than_the_quiet_period_is_quiet() {
    let rules = "[follow_ups]\nquiet_days = 90\n";
    let mut bench = office(rules, "2024-01-01 10:00");
    let quiet = bench.customer(card("王芳", "15400123456"));
    let other = bench.customer(card("李强", "15400123999"));
    logged(&mut bench, &quiet, FollowUpKind::Visit);
    clock(&bench, "2024-03-31 10:00");
    assert!(shown(&mut bench, Filter::Quiet).is_empty());
    // Any contact counts, such as a call that came in.
    bench.intake(IntakeDetails {
        customer: Some(other.meta.number),
        ..call("问停车费")
    });
    clock(&bench, "2024-04-01 10:00");
    let rows = rows(&mut bench, Filter::Quiet);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].record.number(), quiet.meta.number);
    assert_eq!(rows[0].waits, Some(91));
    assert_eq!(today(&mut bench), [(quiet.meta.number, Occasion::Quiet)]);
}

#[test]
fn a05_4_6a_customers_who_complained_or_suggested_since_the_last_visit_are_visited_first() {
    let mut bench = office("", "2024-01-01 10:00");
    let names = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
    let mut customers = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let phone = format!("1540012340{place}");
        customers.push(bench.customer(card(name, &phone)));
    }
    // All were visited, the first of them first.
    for (place, customer) in customers.iter().enumerate() {
        clock(&bench, &format!("2024-02-{:02} 10:00", place + 1));
        logged(&mut bench, customer, FollowUpKind::Visit);
    }
    clock(&bench, "2024-03-01 10:00");
    let mut matters = Vec::new();
    for place in [7, 8] {
        let kind = [IntakeKind::Suggestion, IntakeKind::Objection][place - 7];
        let intake = bench.intake(IntakeDetails {
            customer: Some(customers[place].meta.number),
            kind,
            ..call("灯太暗")
        });
        matters.push(intake.meta.number);
    }
    let mut details = grievance("楼道里有异味");
    details.customer = Some(customers[9].meta.number);
    matters.push(bench.complaint(details).meta.number);
    let rows = rows(&mut bench, Filter::ToVisit);
    let order: Vec<Number> = rows.iter().map(|row| row.record.number()).collect();
    let wanted = [7, 8, 9, 0, 1, 2, 3, 4, 5, 6].map(|place: usize| customers[place].meta.number);
    assert_eq!(order, wanted);
    // Each with the items.
    for (row, matter) in rows.iter().zip(&matters) {
        assert_eq!(row.matters, [*matter]);
    }
    assert!(rows[3..].iter().all(|row| row.matters.is_empty()));
    // After the visit, which says what became of it (A05-4.6b), they stand behind the others.
    let details = FollowUpDetails {
        customer: Some(customers[7].meta.number),
        kind: FollowUpKind::Visit,
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        items: vec![ItemOutcome {
            item: matters[0],
            outcome: Outcome::Solved,
            by: String::new(),
            until: None,
            why: String::new(),
        }],
        ..said("已换灯", None)
    };
    bench.change(Command::LogContact { details, contact });
    let order = shown(&mut bench, Filter::ToVisit);
    assert_eq!(order.first(), Some(&customers[8].meta.number));
    assert_eq!(order.last(), Some(&customers[7].meta.number));
}

#[test]
fn a06_4_6a_the_property_office_visits_those_who_complained_first() {
    let mut bench = office("", "2024-01-01 10:00");
    let content = bench.customer(card("王芳", "15400123456"));
    let angry = bench.customer(card("李强", "15400123999"));
    let mut details = grievance("楼道里有异味");
    details.customer = Some(angry.meta.number);
    let complaint = bench.complaint(details);
    let rows = rows(&mut bench, Filter::ToVisit);
    assert_eq!(rows[0].record.number(), angry.meta.number);
    assert_eq!(rows[0].matters, [complaint.meta.number]);
    assert_eq!(rows[1].record.number(), content.meta.number);
}

#[test]
fn a14_1_2_a_customer_with_whom_business_was_closed_is_in_its_store_and_on_the_return_call_plan() {
    let rules = "[follow_ups]\nclosed_days = 15\n";
    let mut bench = office(rules, "2024-06-01 10:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let other = bench.customer(card("李强", "15400123999"));
    let at = bench.present(customer.meta.number);
    let set = true;
    let mark = Mark::Closed;
    bench.change(Command::MarkCustomer { at, mark, set });
    assert_eq!(
        bench.listed(Kind::Customer, Filter::Closed),
        [customer.meta.number]
    );
    logged(&mut bench, &customer, FollowUpKind::Call);
    logged(&mut bench, &other, FollowUpKind::Call);
    clock(&bench, "2024-06-15 10:00");
    assert!(today(&mut bench).is_empty());
    clock(&bench, "2024-06-16 10:00");
    assert_eq!(
        today(&mut bench),
        [(customer.meta.number, Occasion::Closed)]
    );
    bench.assert_clean();
}

#[test]
fn what_is_planned_is_its_owners_and_goes_with_what_is_handed_over() {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    let first = bench.operator;
    let me = bench.work_as(Role::CustomerService);
    let customer = bench.customer(card("王芳", "15400123456"));
    let call = planned(
        &mut bench,
        with(&customer, FollowUpKind::Call, "2024-06-03"),
    );
    assert_eq!(call.details.owner, Some(me));
    let mine = Filter::OfOwner(Listed::new(&me.to_string()));
    assert_eq!(shown(&mut bench, mine), [call.meta.number]);
    bench.operator = first;
    let to = bench.work_as(Role::CustomerService);
    assert!(shown(&mut bench, Filter::Today).is_empty());
    assert_eq!(shown(&mut bench, Filter::Open), [call.meta.number]);
    bench.operator = first;
    bench.change(Command::HandOver { from: me, to });
    bench.operator = to;
    assert_eq!(shown(&mut bench, Filter::Today), [call.meta.number]);
    bench.assert_clean();
}

#[test]
fn a_contact_stands_in_the_time_line_of_its_customer_and_is_found() {
    let mut bench = office("", "2024-06-03 09:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let details = FollowUpDetails {
        customer: Some(customer.meta.number),
        ..FollowUpDetails::default()
    };
    let contact = Contact {
        channel: Some(Channel::Letter),
        ..said("寄了新价目表", Some("2024-06-04"))
    };
    let (done, also) = bench.change_all(Command::LogContact { details, contact });
    assert_eq!(
        bench.found(Kind::FollowUp, Filter::Current, "价目表"),
        [done.number()]
    );
    assert_eq!(also.len(), 1);
    let first = follow_up(done);
    assert!(first.is_first, "the first contact of a new customer");
    assert!(!follow_up(also[0].clone()).is_first);
    bench.assert_clean();
}

fn contacts(bench: &mut Bench, year: i32, month: u32) -> Contacts {
    let query = Query::Monthly(MonthlyKind::Contacts, Month { year, month });
    match bench.look(query) {
        Reply::Monthly(report) => match *report {
            Monthly::Contacts(contacts) => contacts,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

/// The office with somebody who may see reports beside who works there.
fn reported() -> (Bench, Number, Number) {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-05-01 09:00");
    let first = bench.operator;
    let me = bench.work_as(Role::CustomerService);
    (bench, first, me)
}

#[test]
fn a01_15_a_promise_not_kept_when_its_time_is_past_is_overdue_and_counts_as_broken() {
    let (mut bench, first, _) = reported();
    let customer = bench.customer(card("王芳", "15400123456"));
    let silent = with(&customer, FollowUpKind::Promise, "2024-06-06");
    assert_eq!(
        bench.lacking(Command::PlanFollowUp {
            details: silent.clone()
        }),
        ["text"]
    );
    let promise = FollowUpDetails {
        time: "14:30".to_owned(),
        text: "下午回电告知维修时间".to_owned(),
        ..silent
    };
    let broken = planned(&mut bench, promise.clone());
    let kept = planned(&mut bench, promise);
    clock(&bench, "2024-06-06 14:29");
    assert!(shown(&mut bench, Filter::Late).is_empty());
    let at = bench.present(kept.meta.number);
    let contact = said("已告知", None);
    bench.change(Command::DoFollowUp { at, contact });
    clock(&bench, "2024-06-06 14:30");
    assert_eq!(shown(&mut bench, Filter::Late), [broken.meta.number]);
    let row = rows(&mut bench, Filter::Today).remove(0);
    assert_eq!(row.days_late, 1);
    // Kept too late it is no longer overdue, and broken all the same.
    clock(&bench, "2024-06-07 10:00");
    let at = bench.present(broken.meta.number);
    let contact = said("今天才回电", None);
    bench.change(Command::DoFollowUp { at, contact });
    assert!(shown(&mut bench, Filter::Late).is_empty());
    bench.operator = first;
    let report = contacts(&mut bench, 2024, 6);
    let numbers: Vec<Number> = report.broken.iter().map(|it| it.number).collect();
    assert_eq!((numbers, report.kept), (vec![broken.meta.number], 1));
    assert!(contacts(&mut bench, 2024, 5).broken.is_empty());
}

#[test]
fn a01_25_of_ten_customers_two_were_visited_and_the_eight_are_listed() {
    let (mut bench, first, me) = reported();
    let mut customers = Vec::new();
    for place in 0..10 {
        let details = CustomerDetails {
            owner: Some(me),
            ..card(&format!("客户{place}"), &format!("1540012340{place}"))
        };
        customers.push(bench.customer(details));
    }
    // Last month all but the last were visited, the first of them first.
    for (place, customer) in customers.iter().take(9).enumerate() {
        clock(&bench, &format!("2024-05-{:02} 10:00", place + 2));
        logged(&mut bench, customer, FollowUpKind::Visit);
    }
    clock(&bench, "2024-06-06 10:00");
    for customer in &customers[..2] {
        logged(&mut bench, customer, FollowUpKind::Visit);
    }
    let number = |place: usize| customers[place].meta.number;
    // The next visit proposed is to the one unvisited longest.
    assert_eq!(
        shown(&mut bench, Filter::ToVisit)[..2],
        [number(9), number(2)]
    );
    bench.operator = first;
    let report = contacts(&mut bench, 2024, 6);
    let mine = report
        .operators
        .iter()
        .find(|it| it.operator == me)
        .unwrap();
    assert_eq!((mine.visited, mine.assigned), (2, 10));
    let unvisited: Vec<Number> = mine.unvisited.iter().map(|it| it.number).collect();
    assert_eq!(unvisited, [9, 2, 3, 4, 5, 6, 7, 8].map(number));
    // The report of the month before says what was so then.
    let report = contacts(&mut bench, 2024, 5);
    let mine = report
        .operators
        .iter()
        .find(|it| it.operator == me)
        .unwrap();
    assert_eq!((mine.visited, mine.assigned), (9, 10));
}

#[test]
fn a04_6_return_calls_of_new_and_old_customers_are_listed_marked_and_counted() {
    let (mut bench, first, me) = reported();
    let new = bench.customer(card("王芳", "15400123456"));
    let old = bench.customer(card("李强", "15400123999"));
    logged(&mut bench, &old, FollowUpKind::Call);
    clock(&bench, "2024-06-03 10:00");
    for customer in [&new, &old] {
        planned(&mut bench, with(customer, FollowUpKind::Call, "2024-06-06"));
    }
    clock(&bench, "2024-06-06 09:00");
    let due = rows(&mut bench, Filter::Today);
    let marked: Vec<(String, bool)> = due
        .iter()
        .map(|row| {
            let it = follow_up(row.record.clone());
            (it.name, it.is_first)
        })
        .collect();
    assert_eq!(
        marked,
        [("王芳".to_owned(), true), ("李强".to_owned(), false)]
    );
    for row in due {
        let at = bench.present(row.record.number());
        let contact = said("回访满意", None);
        bench.change(Command::DoFollowUp { at, contact });
    }
    // A visit is a contact and no call.
    logged(&mut bench, &old, FollowUpKind::Visit);
    bench.operator = first;
    let report = contacts(&mut bench, 2024, 6);
    let mine = report
        .operators
        .iter()
        .find(|it| it.operator == me)
        .unwrap();
    assert_eq!((mine.with_new, mine.with_old), (1, 1));
}

#[test]
fn whoever_is_due_is_listed_however_many_are_not() {
    let rules = "[follow_ups]\ncall_days = 30\nholiday_greetings = true\nholiday_days = 3\n";
    let mut bench = Bench::set_up_at("property", Some(rules), "2024-05-01 10:00");
    bench.work_as(Role::CustomerServiceManager);
    let customers: Vec<Customer> = (0..2_001)
        .map(|place| bench.customer(card(&format!("客户{place}"), &format!("154{place:08}"))))
        .collect();
    let newest = customers.last().unwrap().meta.number;
    assert!(customers.iter().all(|it| it.details.owner.is_none()));
    // All but the newest call before a call is owed to them.
    clock(&bench, "2024-05-31 09:00");
    for customer in &customers[..2_000] {
        bench.intake(IntakeDetails {
            customer: Some(customer.meta.number),
            ..call("问路")
        });
    }
    assert_eq!(today(&mut bench), [(newest, Occasion::Call)]);
    // Whoever suggested something is visited first, and be it the newest of all.
    bench.intake(IntakeDetails {
        customer: Some(newest),
        kind: IntakeKind::Suggestion,
        channel: Some(Channel::Letter),
        ..call("灯太暗")
    });
    assert_eq!(shown(&mut bench, Filter::ToVisit)[0], newest);
    // So with campaigns and holidays.
    for mark in [Mark::Closed, Mark::Key] {
        let at = bench.present(newest);
        let set = true;
        bench.change(Command::MarkCustomer { at, mark, set });
        if mark == Mark::Closed {
            clock(&bench, "2024-06-07 09:00");
            let due = today(&mut bench);
            assert!(due.contains(&(newest, Occasion::Holiday)), "{due:?}");
        }
    }
    let details = CampaignDetails {
        title: "端午活动".to_owned(),
        from: Some(day("2024-06-07")),
        until: Some(day("2024-06-08")),
        target: Target {
            key: true,
            ..Target::default()
        },
        ..CampaignDetails::default()
    };
    bench.change(Command::BeginCampaign { details });
    let due = today(&mut bench);
    assert!(due.contains(&(newest, Occasion::Campaign)), "{due:?}");
    bench.assert_clean();
}

#[test]
fn only_a_contact_of_its_way_within_the_interval_stands_for_one_that_is_owed() {
    let rules = "[follow_ups]\ncall_days = 30\nquiet_days = 90\n";
    let mut bench = office(rules, "2024-01-01 10:00");
    let customer = bench.customer(card("王芳", "15400123456"));
    let number = customer.meta.number;
    clock(&bench, "2024-02-01 10:00");
    // A visit is no call, and a call in a year is none either.
    for (kind, on) in [
        (FollowUpKind::Visit, "2024-02-02"),
        (FollowUpKind::Call, "2025-02-01"),
    ] {
        planned(&mut bench, with(&customer, kind, on));
        assert_eq!(today(&mut bench), [(number, Occasion::Call)], "{kind:?}");
    }
    planned(
        &mut bench,
        with(&customer, FollowUpKind::Call, "2024-03-02"),
    );
    assert!(today(&mut bench).is_empty());
}

#[test]
fn whoever_stands_in_for_somebody_has_their_day() {
    let rules = "[follow_ups]\ncall_days = 30\n";
    let mut bench = Bench::set_up_at("property", Some(rules), "2024-01-01 10:00");
    let first = bench.operator;
    let away = bench.work_as(Role::CustomerService);
    let details = CustomerDetails {
        owner: Some(away),
        ..card("王芳", "15400123456")
    };
    let theirs = bench.customer(details).meta.number;
    bench.operator = first;
    let deputy = bench.work_as(Role::CustomerService);
    clock(&bench, "2024-02-01 10:00");
    assert!(today(&mut bench).is_empty());
    bench.operator = away;
    let at = bench.present(away);
    bench.change(Command::SetDeputies {
        at,
        deputies: vec![Deputy {
            operator: deputy,
            from: day("2024-02-01"),
            to: day("2024-02-02"),
        }],
    });
    bench.operator = deputy;
    assert_eq!(today(&mut bench), [(theirs, Occasion::Call)]);
    clock(&bench, "2024-02-03 10:00");
    assert!(today(&mut bench).is_empty());
}

#[test]
fn the_tab_counts_what_the_day_lists() {
    let rules = "[follow_ups]\ncall_days = 30\n";
    let mut bench = office(rules, "2024-01-01 10:00");
    let counted = |bench: &mut Bench| match bench.look(Query::Counts) {
        Reply::Counts(counts) => {
            let of = counts.into_iter().find(|it| it.tab == Tab::FollowUps);
            of.unwrap().open
        }
        other => panic!("{other:?}"),
    };
    for place in 0..120 {
        bench.customer(card(&format!("客户{place}"), &format!("154{place:08}")));
        if place == 2 {
            clock(&bench, "2024-01-31 10:00");
            assert_eq!(counted(&mut bench), 3);
            assert_eq!(today(&mut bench).len(), 3);
        }
    }
    clock(&bench, "2024-03-01 10:00");
    assert_eq!(counted(&mut bench), 100, "and more");
    assert_eq!(today(&mut bench).len(), 120);
}

#[test]
fn a_hand_over_to_somebody_who_left_is_for_whoever_comes_and_many_hide_no_other() {
    let mut bench = Bench::set_up_at("property", Some(""), "2024-06-03 09:00");
    let first = bench.operator;
    let [from, leaver, next] = ["from", "leaver", "next"].map(|login| {
        let added = bench.add_operator(login, &[Role::CustomerService]);
        added.meta.number
    });
    let hand = |bench: &mut Bench, to: Number| {
        bench.operator = from;
        let details = ShiftDetails {
            to: Some(to),
            text: "看一下 3 号楼".to_owned(),
            ..ShiftDetails::default()
        };
        bench.change(Command::HandOverShift { details }).number()
    };
    let waiting = |bench: &mut Bench| match bench.look(Query::AtHand) {
        Reply::AtHand { sheet, .. } => sheet.map(|it| it.meta.number),
        other => panic!("{other:?}"),
    };
    let to_leaver: Vec<Number> = (0..51).map(|_| hand(&mut bench, leaver)).collect();
    let mine = hand(&mut bench, next);
    bench.operator = next;
    assert_eq!(waiting(&mut bench), Some(mine));
    let take = |bench: &mut Bench, number: Number| Command::StepShift {
        at: bench.present(number),
        step: ShiftStep::TakeOverShift {},
    };
    let theirs = take(&mut bench, to_leaver[0]);
    assert_eq!(bench.refused(theirs)[0].key, "shift-of-another");
    bench.operator = first;
    let at = bench.present(leaver);
    let Record::Operator(operator) = bench.get(leaver).record else {
        panic!()
    };
    bench.change(Command::ChangeOperator {
        at,
        details: operator.details(),
        active: false,
    });
    bench.operator = next;
    assert_eq!(waiting(&mut bench), Some(to_leaver[0]));
    let theirs = take(&mut bench, to_leaver[0]);
    bench.change(theirs);
    assert_eq!(waiting(&mut bench), Some(to_leaver[1]));
}

#[test]
fn a14_1_2_a_leasing_office_that_sets_the_interval_has_its_return_calls() {
    for (rules, due) in [("", false), ("[follow_ups]\nclosed_days = 15\n", true)] {
        let mut bench = Bench::set_up_at("leasing", Some(rules), "2024-06-03 09:00");
        bench.work_as(Role::LeasingManager);
        let customer = bench.customer(common::visited("王芳", "15400123456"));
        let at = bench.present(customer.meta.number);
        let mark = Mark::Closed;
        bench.change(Command::MarkCustomer {
            at,
            mark,
            set: true,
        });
        clock(&bench, "2024-06-18 09:00");
        let listed = today(&mut bench).contains(&(customer.meta.number, Occasion::Closed));
        assert_eq!(listed, due, "{rules}");
    }
}
