//! The clauses on what customers have to do with each other, on preference, and on the reports of
//! relationships, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::{Bench, call, card, folder, general, grievance, list, seen};
use frontdesk::desk::contract::{Command, Door as _, Filter, Query, Reply, Sort, Ties, Visits};
use frontdesk::domain::archive::FileDetails;
use frontdesk::domain::complaint::ComplaintDetails;
use frontdesk::domain::customer::{Customer, CustomerDetails, Mark, Stage};
use frontdesk::domain::duty::DutyDetails;
use frontdesk::domain::fines::Month;
use frontdesk::domain::follow_up::{Contact, FollowUp, FollowUpDetails, FollowUpKind};
use frontdesk::domain::handout::{Handout, HandoutDetails, HandoutStep};
use frontdesk::domain::intake::{Channel, IntakeDetails};
use frontdesk::domain::introduction::{
    Introduction, IntroductionDetails, IntroductionState, IntroductionStep, Side,
};
use frontdesk::domain::listed::Listed;
use frontdesk::domain::merging::MergeStep;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::next_visit::NextVisit;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::registration::{
    Business, RegistrationDetails, RegistrationSource, RegistrationStep,
};
use frontdesk::domain::relation::{Relation, RelationDetails, RelationKind, RelationStep};
use frontdesk::domain::role::Role;
use frontdesk::domain::service_item::{ServiceItemDetails, ServiceItemStep};
use frontdesk::domain::stamp::Day;
use frontdesk::domain::transaction::{Transaction, TransactionDetails, TransactionSort};

/// A property office with a site file.
fn office(rules: &str) -> Bench {
    let mut bench = Bench::set_up_at("property", Some(rules), "2024-06-03 09:00");
    bench.work_as(Role::CustomerService);
    bench
}

/// A leasing office.
fn leasing() -> Bench {
    Bench::set_up_at("leasing", None, "2024-06-03 09:00")
}

/// Somebody new in a post, who is at the desk from now on.
fn hire(bench: &mut Bench, role: Role) {
    bench.operator = Number {
        seq: 1,
        ..bench.operator
    };
    bench.work_as(role);
}

/// Puts whoever is at the desk on duty for the day.
fn on_duty(bench: &mut Bench) -> Number {
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let details = DutyDetails {
        day: Some(day("2024-06-03")),
        from: "09:00".into(),
        until: "18:00".into(),
        manager: Some(me),
    };
    bench.change(Command::EnterDuty { details });
    bench.operator = me;
    me
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn june() -> Month {
    Month::of(day("2024-06-01"))
}

fn monthly(bench: &mut Bench, kind: MonthlyKind) -> Monthly {
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let reply = bench.look(Query::Monthly(kind, june()));
    bench.operator = me;
    match reply {
        Reply::Monthly(report) => *report,
        other => panic!("{other:?}"),
    }
}

fn bought_by(bench: &mut Bench, file: Number, amount: u64) -> (Transaction, Vec<Record>) {
    let details = TransactionDetails {
        file: Some(file),
        text: "加装门禁".into(),
        amount: Some(amount),
        ..TransactionDetails::default()
    };
    match bench.change_all(Command::RecordTransaction { details }) {
        (Record::Transaction(entry), also) => (entry, also),
        other => panic!("{other:?}"),
    }
}

fn file_of(bench: &mut Bench, customer: Number) -> Number {
    let details = FileDetails {
        customer: Some(customer),
        ..folder("客户档案")
    };
    bench.file(details).meta.number
}

fn relation(bench: &mut Bench, details: RelationDetails) -> Relation {
    match bench.change(Command::Relate { details }) {
        Record::Relation(relation) => relation,
        other => panic!("{other:?}"),
    }
}

fn brought_by(from: Number, to: Number) -> RelationDetails {
    RelationDetails {
        from: Some(from),
        to: Some(to),
        ..RelationDetails::default()
    }
}

fn ties(bench: &mut Bench, customer: Number) -> Ties {
    *bench.get(customer).ties.unwrap()
}

fn customer_of(bench: &mut Bench, number: Number) -> Customer {
    match bench.get(number).record {
        Record::Customer(customer) => customer,
        other => panic!("{other:?}"),
    }
}

fn handout(record: Record) -> Handout {
    match record {
        Record::Handout(handout) => handout,
        other => panic!("{other:?}"),
    }
}

const STEPS: &str = "[archive.steps]\nrecord-transaction = { roles = [\"customer-service\"] }\n";

#[test]
fn a01_03_potential_customers_are_apart_and_the_contact_report_has_a_line_a_stage() {
    let mut bench = office(STEPS);
    let mut all = Vec::new();
    for (place, name) in ["王芳", "李强", "赵敏", "孙丽", "周杰"].iter().enumerate() {
        let phone = format!("1540000000{place}");
        all.push(bench.customer(card(name, &phone)).meta.number);
    }
    for number in &all[..2] {
        let at = bench.present(*number);
        let (mark, set) = (Mark::Closed, true);
        bench.change(Command::MarkCustomer { at, mark, set });
    }
    // Whoever bought something is an existing customer too.
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let file = file_of(&mut bench, all[2]);
    bench.operator = me;
    let (_, also) = bought_by(&mut bench, file, 100);
    assert!(also.iter().any(|it| it.number() == all[2]), "{also:?}");
    let potential = bench.listed(Kind::Customer, Filter::Potential);
    assert_eq!(potential, [all[4], all[3]]);
    assert_eq!(bench.listed(Kind::Customer, Filter::Closed).len(), 3);
    for (number, times) in [(all[0], 2), (all[3], 1)] {
        for _ in 0..times {
            let details = FollowUpDetails {
                customer: Some(number),
                ..FollowUpDetails::default()
            };
            let contact = Contact {
                text: "已联系".into(),
                declined: true,
                ..Contact::default()
            };
            bench.change(Command::LogContact { details, contact });
        }
    }
    let Monthly::Contacts(report) = monthly(&mut bench, MonthlyKind::Contacts) else {
        panic!()
    };
    let lines: Vec<_> = report
        .stages
        .iter()
        .map(|it| (it.stage, it.customers, it.reached, it.contacts))
        .collect();
    assert_eq!(
        lines,
        [(Stage::Existing, 3, 1, 2), (Stage::Potential, 2, 1, 1)]
    );
    bench.assert_clean();
}

#[test]
fn a01_04_each_customer_has_last_contact_contacts_purchases_and_open_complaints() {
    let mut bench = office(STEPS);
    let one = bench.customer(card("王芳", "15400000001")).meta.number;
    let other = bench.customer(card("李强", "15400000002")).meta.number;
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let file = file_of(&mut bench, one);
    bench.operator = me;
    bench.clock.set(common::at("2024-06-05 10:00"));
    for text in ["水管漏水", "门锁坏了"] {
        let details = IntakeDetails {
            customer: Some(one),
            ..call(text)
        };
        bench.intake(details);
    }
    for customer in [one, other] {
        let details = ComplaintDetails {
            customer: Some(customer),
            ..grievance("噪音")
        };
        bench.complaint(details);
    }
    bought_by(&mut bench, file, 10_000);
    bought_by(&mut bench, file, 2_550);
    let Monthly::Relationships(report) = monthly(&mut bench, MonthlyKind::Relationships) else {
        panic!()
    };
    let of = |number| {
        let row = report.rows.iter().find(|row| row.customer == number);
        row.unwrap().dealings.clone()
    };
    assert_eq!(of(one).last, Some(day("2024-06-05")));
    assert_eq!((of(one).contacts, of(one).purchases), (3, 2));
    assert_eq!(of(one).amount, 12_550);
    assert_eq!(of(one).open.len(), 1);
    assert_eq!((of(other).contacts, of(other).purchases), (1, 0));
    let sums = report.rows.iter().fold((0, 0, 0, 0), |sum, row| {
        let it = &row.dealings;
        let open = it.open.len();
        (
            sum.0 + it.contacts,
            sum.1 + it.purchases,
            sum.2 + it.amount,
            sum.3 + open,
        )
    });
    let total = &report.total;
    assert_eq!(
        sums,
        (
            total.contacts,
            total.purchases,
            total.amount,
            total.open.len()
        )
    );
    assert_eq!(sums, (4, 2, 12_550, 2));
}

#[test]
fn a01_06_a_customer_of_good_credit_is_granted_the_terms_of_the_site_or_nothing() {
    let terms = "[preference]\ngood_credit = { zh = \"货到三十天付款\", en = \"30 days\" }\n";
    for (rules, expected) in [(terms, Some("货到三十天付款")), ("", None)] {
        let mut bench = office(&format!("{STEPS}{rules}"));
        let customer = bench.customer(card("王芳", "15400000001")).meta.number;
        let me = bench.operator;
        let (mark, set) = (Mark::GoodCredit, true);
        let at = bench.present(customer);
        let problems = bench.refused(Command::MarkCustomer { at, mark, set });
        assert_eq!(problems[0].key, "role-may-not");
        bench.operator = Number { seq: 1, ..me };
        let file = file_of(&mut bench, customer);
        bench.operator = me;
        let (before, _) = bought_by(&mut bench, file, 100_000);
        assert_eq!(before.terms, None);
        bench.operator = Number { seq: 1, ..me };
        let at = bench.present(customer);
        bench.change(Command::MarkCustomer { at, mark, set });
        bench.operator = me;
        let (entry, _) = bought_by(&mut bench, file, 100_000);
        assert_eq!(entry.terms.as_ref().map(|it| &*it.zh), expected);
        // It is shown, and changes no amount (X28).
        assert_eq!(entry.details.amount, Some(100_000));
        assert_eq!(entry.discount, None);
    }
}

#[test]
fn a01_09_a_service_past_its_planned_end_is_overdue_and_new_ones_are_listed() {
    let mut bench = Bench::set_up_at("property", None, "2024-06-03 09:00");
    bench.work_as(Role::CustomerServiceManager);
    let add = |bench: &mut Bench, name: &str, start: &str, end: Option<&str>| {
        let details = ServiceItemDetails {
            name: name.into(),
            start: Some(day(start)),
            planned_end: end.map(day),
            ..ServiceItemDetails::default()
        };
        bench.change(Command::AddServiceItem { details })
    };
    let old = add(&mut bench, "上门收费", "2020-01-01", Some("2024-06-02"));
    let today = add(&mut bench, "代收快递", "2021-01-01", Some("2024-06-03"));
    let new = add(&mut bench, "线上报修", "2024-06-01", None);
    let Monthly::Catalogue(report) = monthly(&mut bench, MonthlyKind::Catalogue) else {
        panic!()
    };
    let overdue: Vec<_> = report
        .overdue
        .iter()
        .map(|(item, days)| (item.meta.number, *days))
        .collect();
    assert_eq!(overdue, [(old.number(), 1)]);
    let started: Vec<_> = report
        .new
        .iter()
        .map(|item| (item.meta.number, item.start()))
        .collect();
    assert_eq!(started, [(new.number(), day("2024-06-01"))]);
    assert_eq!(
        bench.listed(Kind::ServiceItem, Filter::Late),
        [old.number()]
    );
    let step = ServiceItemStep::RetireItem {
        on: None,
        replaced_by: Some(new.number()),
    };
    let at = seen(&old);
    bench.change(Command::StepServiceItem { at, step });
    let Monthly::Catalogue(report) = monthly(&mut bench, MonthlyKind::Catalogue) else {
        panic!()
    };
    assert!(report.overdue.is_empty());
    assert_eq!(report.retired[0].replaced_by, Some(new.number()));
    let open = bench.listed(Kind::ServiceItem, Filter::Open);
    assert_eq!(open, [new.number(), today.number()]);
    bench.assert_clean();
}

#[test]
fn a01_13_a_returning_customer_is_shown_the_discount_of_the_site() {
    let rate = "[preference]\nreturning_bp = 500\n";
    let mut bench = office(&format!("{STEPS}{rate}"));
    let customer = bench.customer(card("王芳", "15400000001")).meta.number;
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let file = file_of(&mut bench, customer);
    bench.operator = me;
    let visit = TransactionDetails {
        file: Some(file),
        sort: TransactionSort::Visit,
        text: "看房".into(),
        ..TransactionDetails::default()
    };
    let visit = bench.change(Command::RecordTransaction { details: visit });
    let Record::Transaction(visit) = visit else {
        panic!()
    };
    assert_eq!(visit.discount, None);
    let (first, _) = bought_by(&mut bench, file, 100_000);
    assert_eq!(first.discount, Some(0));
    let (second, _) = bought_by(&mut bench, file, 100_000);
    assert_eq!(second.discount, Some(5_000));
    // 33.335 is rounded up.
    let (third, _) = bought_by(&mut bench, file, 66_670);
    assert_eq!(third.discount, Some(3_334));
    let mut bench = office(STEPS);
    let customer = bench.customer(card("王芳", "15400000001")).meta.number;
    let me = bench.operator;
    bench.operator = Number { seq: 1, ..me };
    let file = file_of(&mut bench, customer);
    bench.operator = me;
    for _ in 0..2 {
        assert_eq!(bought_by(&mut bench, file, 100_000).0.discount, None);
    }
}

#[test]
fn a14_0_the_referral_report_counts_brought_and_closed_and_shows_chains_without_loops() {
    let mut bench = office("");
    let names = ["甲", "乙", "丙", "丁"];
    let mut all = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let phone = format!("1540000000{place}");
        all.push(bench.customer(card(name, &phone)).meta.number);
    }
    let (a, b, c, d) = (all[0], all[1], all[2], all[3]);
    // A brought B, B brought C; A also brought D.
    relation(&mut bench, brought_by(b, a));
    relation(&mut bench, brought_by(c, b));
    relation(&mut bench, brought_by(d, a));
    let at = bench.present(c);
    let (mark, set) = (Mark::Closed, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let details = brought_by(a, c);
    let problems = bench.refused(Command::Relate { details });
    assert_eq!(problems[0].key, "relation-closes-circle");
    assert_eq!(problems[0].args["chain"], "甲 → 乙 → 丙 → 甲");
    let details = brought_by(a, a);
    let problems = bench.refused(Command::Relate { details });
    assert_eq!(problems[0].key, "relation-with-oneself");
    let details = brought_by(c, d);
    let problems = bench.refused(Command::Relate { details });
    assert_eq!(problems[0].key, "has-referrer");
    let Monthly::Referrals(report) = monthly(&mut bench, MonthlyKind::Referrals) else {
        panic!()
    };
    let lines: Vec<_> = report
        .by
        .iter()
        .map(|it| (it.customer, it.brought.len(), it.closed.len(), it.through))
        .collect();
    assert_eq!(lines, [(a, 2, 0, 3), (b, 1, 1, 1)]);
    let chains: Vec<Vec<Number>> = report
        .chains
        .iter()
        .map(|chain| chain.iter().map(|(number, _)| *number).collect())
        .collect();
    assert_eq!(chains, [vec![a, b, c], vec![a, d]]);
    bench.assert_clean();
}

#[test]
fn a14_3_1_the_friend_material_is_for_becomes_a_prospect_with_the_old_customer_as_referrer() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    let a = bench
        .customer(common::visited("王芳", "15400000001"))
        .meta
        .number;
    let details = HandoutDetails {
        customer: Some(a),
        what: "楼书".into(),
        count: 1,
        friend: "李强".into(),
        phone: "15400000002".into(),
        ..HandoutDetails::default()
    };
    let (made, also) = bench.change_all(Command::GiveMaterial { details });
    let made = handout(made);
    assert_eq!(made.details.on, Some(day("2024-06-03")));
    assert_eq!(made.details.friend, "李强");
    let Record::Customer(friend) = &also[0] else {
        panic!("{also:?}")
    };
    assert!(friend.is(Mark::Prospect));
    assert_eq!(made.friend, Some(friend.meta.number));
    let ties = ties(&mut bench, friend.meta.number);
    assert_eq!(ties.relations[0].kind, RelationKind::IntroducedBy);
    assert_eq!(ties.relations[0].other, Some(a));
    let prospects = bench.listed(Kind::Customer, Filter::Prospect);
    assert_eq!(prospects, [friend.meta.number]);
    bench.assert_clean();
}

#[test]
fn a14_3_1b_five_given_and_two_arrived_are_shown_of_the_old_customer() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    let a = bench
        .customer(common::visited("王芳", "15400000001"))
        .meta
        .number;
    let known = bench.customer(common::visited("周杰", "15400000009"));
    let details = HandoutDetails {
        customer: Some(a),
        what: "楼书".into(),
        count: 5,
        ..HandoutDetails::default()
    };
    let given = bench.change(Command::GiveMaterial { details });
    let arrive = |customer, friend: &str, phone: &str| HandoutStep::FriendArrived {
        customer,
        friend: friend.into(),
        phone: phone.into(),
    };
    let step = arrive(Some(known.meta.number), "", "");
    let at = seen(&given);
    bench.change(Command::StepHandout { at, step });
    let at = bench.present(given.number());
    let step = arrive(None, "李强", "15400000002");
    bench.change(Command::StepHandout { at, step });
    let of_a = ties(&mut bench, a);
    assert_eq!((of_a.given, of_a.arrived), (5, 2));
    assert_eq!(of_a.brought, 2);
    let at = bench.present(given.number());
    let step = arrive(Some(known.meta.number), "", "");
    let problems = bench.refused(Command::StepHandout { at, step });
    assert_eq!(problems[0].key, "arrived-already");
    let Monthly::Referrals(report) = monthly(&mut bench, MonthlyKind::Referrals) else {
        panic!()
    };
    let passed = &report.passed_on[0];
    assert_eq!(
        (passed.customer, passed.given, passed.arrived.len()),
        (a, 5, 2)
    );
    bench.assert_clean();
}

#[test]
fn an_open_complaint_of_the_referrer_shows_when_the_introduced_customer_is_opened() {
    let mut bench = office("");
    let a = bench.customer(card("王芳", "15400000001")).meta.number;
    let b = bench.customer(card("李强", "15400000002")).meta.number;
    relation(&mut bench, brought_by(b, a));
    assert!(ties(&mut bench, b).matters.is_empty());
    let details = ComplaintDetails {
        customer: Some(a),
        ..grievance("噪音")
    };
    let complaint = bench.complaint(details).meta.number;
    assert_eq!(ties(&mut bench, b).matters, [complaint]);
    assert!(ties(&mut bench, a).matters.is_empty());
}

#[test]
fn a14_3_2_the_central_person_of_a_group_stands_first_with_contacts_and_referrals() {
    let mut bench = office("");
    let mut all = Vec::new();
    for (place, name) in ["王芳", "李强", "赵敏", "孙丽"].iter().enumerate() {
        let phone = format!("1540000000{place}");
        all.push(bench.customer(card(name, &phone)).meta.number);
    }
    let of = |from, kind| RelationDetails {
        from: Some(from),
        kind,
        group: "台商会".into(),
        ..RelationDetails::default()
    };
    relation(&mut bench, of(all[0], RelationKind::Member));
    relation(&mut bench, of(all[1], RelationKind::Member));
    relation(&mut bench, of(all[2], RelationKind::Central));
    relation(&mut bench, brought_by(all[3], all[2]));
    for text in ["来电", "再来电"] {
        let details = IntakeDetails {
            customer: Some(all[2]),
            ..call(text)
        };
        bench.intake(details);
    }
    let group = Filter::OfGroup(Listed::new("台商会"));
    let page = bench.page(list(Kind::Customer, group, Sort::Newest));
    let rows: Vec<Number> = page
        .rows
        .iter()
        .map(|(_, row)| row.record.number())
        .collect();
    assert_eq!(rows, [all[2], all[0], all[1]]);
    let first = page.rows[0].1.ties.as_ref().unwrap();
    assert_eq!(first.central, ["台商会"]);
    assert_eq!((first.contacts, first.brought), (2, 1));
    let Monthly::Referrals(report) = monthly(&mut bench, MonthlyKind::Referrals) else {
        panic!()
    };
    let central = &report.central[0];
    assert_eq!((central.customer, central.members), (all[2], 2));
    assert_eq!((central.contacts, central.brought), (2, 1));
}

#[test]
fn a14_3_3_the_third_visit_is_counted_and_asks_whether_the_visitor_is_a_prospect() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    let visitor = bench
        .customer(common::visited("王芳", "15400000001"))
        .meta
        .number;
    let visits = |bench: &mut Bench| match bench.look(Query::Visits(visitor)) {
        Reply::Visits(Some(visits)) => visits,
        other => panic!("{other:?}"),
    };
    for count in 1..=3_u32 {
        let details = IntakeDetails {
            customer: Some(visitor),
            channel: Some(Channel::Visit),
            next: NextVisit {
                declined: true,
                ..NextVisit::default()
            },
            ..call("看铺位")
        };
        bench.intake(details);
        let Visits {
            count: now, raise, ..
        } = visits(&mut bench);
        assert_eq!(now, count);
        assert_eq!(raise.is_some(), count == 3);
    }
    let at = visits(&mut bench).raise.unwrap();
    let (mark, set) = (Mark::Prospect, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    assert_eq!(visits(&mut bench).raise, None);
    assert_eq!(bench.listed(Kind::Customer, Filter::Prospect), [visitor]);
}

#[test]
fn a14_3_3b_self_developed_customers_are_counted_beside_walk_ins() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    let me = on_duty(&mut bench);
    for (name, phone, source) in [
        ("王芳", "15400000001", RegistrationSource::Visit),
        ("李强", "15400000002", RegistrationSource::SelfDeveloped),
        ("赵敏", "15400000003", RegistrationSource::SelfDeveloped),
    ] {
        let details = RegistrationDetails {
            business: Some(Business::Lease),
            name: name.into(),
            phone: phone.into(),
            source: Some(source),
            ..RegistrationDetails::default()
        };
        bench.change(Command::Register { details });
    }
    let Monthly::Registrations(report) = monthly(&mut bench, MonthlyKind::Registrations) else {
        panic!()
    };
    let mine = report.managers.iter().find(|it| it.manager == me).unwrap();
    assert_eq!(
        mine.by_source,
        [
            (RegistrationSource::Visit, 1),
            (RegistrationSource::SelfDeveloped, 2)
        ]
    );
}

#[test]
fn a_visit_that_is_logged_and_put_on_the_day_s_form_counts_once() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    on_duty(&mut bench);
    let visitor = bench
        .customer(common::visited("王芳", "15400000001"))
        .meta
        .number;
    bench.intake(IntakeDetails {
        customer: Some(visitor),
        channel: Some(Channel::Visit),
        next: NextVisit {
            declined: true,
            ..NextVisit::default()
        },
        ..call("看铺位")
    });
    let details = RegistrationDetails {
        business: Some(Business::Lease),
        name: "王芳".into(),
        phone: "15400000001".into(),
        source: Some(RegistrationSource::Visit),
        ..RegistrationDetails::default()
    };
    bench.change(Command::Register { details });
    let Reply::Visits(Some(visits)) = bench.look(Query::Visits(visitor)) else {
        panic!()
    };
    assert_eq!(visits.count, 1);
}

#[test]
fn a14_3_4_1_a_leasing_office_lists_its_customers_by_trade_and_asks_nobody_for_theirs() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    let of = |name: &str, phone: &str, line: &str| CustomerDetails {
        line: line.into(),
        ..common::visited(name, phone)
    };
    let one = bench.customer(of("王芳", "15400000001", "catering"));
    bench.customer(of("李强", "15400000002", "retail"));
    bench.customer(of("赵敏", "15400000003", ""));
    let trade = Filter::OfTrade(Listed::new("catering"));
    assert_eq!(bench.listed(Kind::Customer, trade), [one.meta.number]);
    let details = of("孙丽", "15400000004", "smuggling");
    assert_eq!(
        bench.lacking(Command::RegisterCustomer { details }),
        ["customer_line"]
    );
}

#[test]
fn a14_3_4_1_customers_are_listed_by_trade_for_those_who_may_see_them() {
    let mut bench = Bench::set_up_at("call-centre", None, "2024-06-03 09:00");
    bench.work_as(Role::CustomerService);
    let special = |name: &str, phone: &str, line: &str| CustomerDetails {
        class: "special".into(),
        line: line.into(),
        position: "主任".into(),
        ..general(name, phone)
    };
    let lines: Vec<String> = {
        let profile = frontdesk::domain::profile::Profile::builtin("call-centre").unwrap();
        let class = profile.customers.class("special").unwrap();
        class.lines.iter().map(|line| line.id.clone()).collect()
    };
    let one = bench
        .customer(special("王芳", "15400000001", &lines[0]))
        .meta
        .number;
    bench.customer(special("李强", "15400000002", &lines[1]));
    let trade = Filter::OfTrade(Listed::new(&lines[0]));
    assert_eq!(bench.listed(Kind::Customer, trade), [one]);
    assert_eq!(
        bench.found(Kind::Customer, Filter::Current, "主任").len(),
        2
    );
    hire(&mut bench, Role::TelephoneSystem);
    let query = Query::List(list(Kind::Customer, trade, Sort::Newest));
    let envelope = bench.envelope(frontdesk::desk::contract::Request::Look(query));
    assert!(bench.desk.ask(&envelope).is_err());
}

#[test]
fn whoever_the_registration_form_says_brought_a_customer_did_once_the_deal_is_closed() {
    let mut bench = leasing();
    bench.work_as(Role::LeasingManager);
    on_duty(&mut bench);
    let a = bench
        .customer(common::visited("王芳", "15400000001"))
        .meta
        .number;
    let b = bench
        .customer(common::visited("李强", "15400000002"))
        .meta
        .number;
    let details = RegistrationDetails {
        business: Some(Business::Lease),
        name: "李强".into(),
        phone: "15400000002".into(),
        source: Some(RegistrationSource::SelfDeveloped),
        referrer: Some(a),
        ..RegistrationDetails::default()
    };
    let row = bench.change(Command::Register { details });
    assert_eq!(ties_or_none(&mut bench, a), None);
    let at = seen(&row);
    let step = RegistrationStep::CloseDeal {
        customer: Some(b),
        on: None,
    };
    bench.change(Command::StepRegistration { at, step });
    let of_a = ties(&mut bench, a);
    assert_eq!((of_a.brought, of_a.closed), (1, 1));
    bench.assert_clean();
}

/// Two customers of a call centre, planned to be brought together by customer service.
fn planned(bench: &mut Bench) -> (Introduction, [Number; 2]) {
    bench.work_as(Role::CustomerService);
    let one = bench.customer(general("王芳", "15400000001")).meta.number;
    let other = bench.customer(general("李强", "15400000002")).meta.number;
    let details = IntroductionDetails {
        one: Some(one),
        other: Some(other),
        text: "装修与建材".into(),
    };
    match bench.change(Command::Introduce { details }) {
        Record::Introduction(it) => (it, [one, other]),
        other => panic!("{other:?}"),
    }
}

fn step(bench: &mut Bench, number: Number, step: IntroductionStep) -> (Introduction, Vec<Record>) {
    let at = bench.present(number);
    match bench.change_all(Command::StepIntroduction { at, step }) {
        (Record::Introduction(it), also) => (it, also),
        other => panic!("{other:?}"),
    }
}

fn consent(side: Side) -> IntroductionStep {
    IntroductionStep::ConsentIntroduction {
        side,
        text: "电话同意".into(),
    }
}

fn make() -> IntroductionStep {
    IntroductionStep::MakeIntroduction {
        text: "约在茶室见面".into(),
    }
}

fn approve() -> IntroductionStep {
    IntroductionStep::ApproveIntroduction {
        note: String::new(),
    }
}

#[test]
fn a14_3_4_2_an_introduction_needs_the_consent_of_both_and_the_two_approvals() {
    let mut bench = Bench::set_up_at("call-centre", None, "2024-06-03 09:00");
    let (it, _) = planned(&mut bench);
    let number = it.meta.number;
    let me = bench.operator;
    let refused = |bench: &mut Bench| {
        let at = bench.present(number);
        let problems = bench.refused(Command::StepIntroduction { at, step: make() });
        problems.into_iter().map(|it| it.key).collect::<Vec<_>>()
    };
    let lacking = "introduction-without-consent";
    let open = "introduction-not-approved";
    assert_eq!(refused(&mut bench), [lacking, lacking, open]);
    step(&mut bench, number, consent(Side::One));
    assert_eq!(refused(&mut bench), [lacking, open]);
    step(&mut bench, number, consent(Side::Other));
    assert_eq!(refused(&mut bench), [open]);
    hire(&mut bench, Role::InformationSupervisor);
    assert_eq!(bench.listed(Kind::Complaint, Filter::ForMe), [number]);
    let (it, _) = step(&mut bench, number, approve());
    assert_eq!(it.approved.len(), 1);
    assert!(bench.listed(Kind::Complaint, Filter::ForMe).is_empty());
    bench.operator = me;
    assert_eq!(refused(&mut bench), [open]);
    hire(&mut bench, Role::CustomerServiceManager);
    step(&mut bench, number, approve());
    bench.operator = me;
    let (it, _) = step(&mut bench, number, make());
    assert_eq!(it.state, IntroductionState::Done);
    bench.assert_clean();
}

#[test]
fn a14_3_4_3_a_successful_introduction_asks_both_for_referrals() {
    let mut bench = Bench::set_up_at("call-centre", None, "2024-06-03 09:00");
    let (it, both) = planned(&mut bench);
    let number = it.meta.number;
    let me = bench.operator;
    step(&mut bench, number, consent(Side::One));
    step(&mut bench, number, consent(Side::Other));
    for role in [Role::InformationSupervisor, Role::CustomerServiceManager] {
        hire(&mut bench, role);
        step(&mut bench, number, approve());
    }
    bench.operator = me;
    let (_, also) = step(&mut bench, number, make());
    assert!(also.is_empty());
    let succeeded = IntroductionStep::SucceedIntroduction {
        text: "已签约".into(),
    };
    let (_, also) = step(&mut bench, number, succeeded);
    let asked: Vec<FollowUp> = also
        .into_iter()
        .map(|record| match record {
            Record::FollowUp(it) => it,
            other => panic!("{other:?}"),
        })
        .collect();
    let whom: Vec<_> = asked
        .iter()
        .map(|it| it.details.customer.unwrap())
        .collect();
    assert_eq!(whom, both);
    for it in &asked {
        assert_eq!(it.details.kind, FollowUpKind::AskReferral);
        assert!(it.is_open());
    }
}

#[test]
fn two_cards_become_one_and_an_undo_gives_everything_back() {
    let mut bench = office("");
    let a = bench.customer(card("王芳", "15400000001"));
    let b = bench.customer(CustomerDetails {
        employer: "翠湖物业".into(),
        plates: vec!["浙A12345".into()],
        ..card("王芳", "15400000002")
    });
    let c = bench.customer(card("李强", "15400000003")).meta.number;
    relation(&mut bench, brought_by(c, b.meta.number));
    let at = bench.present(b.meta.number);
    let (mark, set) = (Mark::Closed, true);
    bench.change(Command::MarkCustomer { at, mark, set });
    let b = customer_of(&mut bench, b.meta.number);
    let details = IntakeDetails {
        customer: Some(b.meta.number),
        ..call("门锁坏了")
    };
    let intake = bench.intake(details).meta.number;
    let (kept, absorbed) = (bench.present(a.meta.number), bench.present(b.meta.number));
    let merge = || Command::MergeCustomers { kept, absorbed };
    let problems = bench.refused(merge());
    assert_eq!(problems[0].key, "merge-preview");
    assert!(problems[0].ask);
    assert_eq!(problems[0].args["card-fields"], "employer phones plates");
    let (made, _) = bench.agreed(merge(), &["merge-preview"]);
    // The number that went is found and opens the card that stays.
    let row = bench.get(b.meta.number);
    assert_eq!(row.record.number(), a.meta.number);
    assert_eq!(bench.searched(&b.meta.number.to_string()), [a.meta.number]);
    let one = customer_of(&mut bench, a.meta.number);
    assert_eq!(one.details.phones.len(), 2);
    assert_eq!(one.details.employer, "翠湖物业");
    assert!(one.is(Mark::Closed));
    assert_eq!(ties(&mut bench, a.meta.number).brought, 1);
    let Reply::Page(page) = bench.look(Query::Contacts {
        customer: a.meta.number,
        limit: 10,
    }) else {
        panic!()
    };
    // The contacts of both, and that they became one.
    let there = common::numbers(&page);
    assert!(there.contains(&intake) && there.contains(&made.number()));
    // Who was brought by the card that went cannot bring the one that stays.
    let details = brought_by(a.meta.number, c);
    let problems = bench.refused(Command::Relate { details });
    assert_eq!(problems[0].key, "relation-closes-circle");
    bench.assert_clean();
    let at = seen(&made);
    let step = MergeStep::UndoMerge {
        reason: "同名不同人".into(),
    };
    bench.change(Command::StepMerge { at, step });
    let back = customer_of(&mut bench, a.meta.number);
    assert_eq!(back.details, a.details);
    assert_eq!(back.marks, a.marks);
    let gone = customer_of(&mut bench, b.meta.number);
    assert_eq!(gone.details, b.details);
    assert_eq!(gone.marks, b.marks);
    assert_eq!(ties(&mut bench, b.meta.number).brought, 1);
    bench.assert_clean();
}

#[test]
fn a_relation_that_ended_counts_no_more() {
    let mut bench = office("");
    let a = bench.customer(card("王芳", "15400000001")).meta.number;
    let b = bench.customer(card("李强", "15400000002")).meta.number;
    let made = relation(&mut bench, brought_by(b, a));
    let at = bench.present(made.meta.number);
    let step = RelationStep::EndRelation {
        reason: "登记错了".into(),
    };
    bench.change(Command::StepRelation { at, step });
    assert_eq!(ties_or_none(&mut bench, a), None);
    relation(&mut bench, brought_by(a, b));
}

fn ties_or_none(bench: &mut Bench, customer: Number) -> Option<Ties> {
    bench.get(customer).ties.map(|ties| *ties)
}
