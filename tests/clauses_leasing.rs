//! The clauses on the daily registration of customers and on whose customer somebody is, each checked as
//! its register asks. They are printed twice, word for word.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test fails by panicking, and writes what is asked where it asks"
)]

mod common;

use std::sync::Arc;

use common::looks::{full, log, refused};
use common::staff::{Staff, said};
use frontdesk::desk::contract::{
    Answer, Command, Door, Failure, Filter, LooksQuery, Notice, Query, Reply, Request, Row,
};
use frontdesk::desk::{Desk, Options, SiteFile};
use frontdesk::domain::customer::CustomerDetails;
use frontdesk::domain::fines::Month;
use frontdesk::domain::monthly::{Monthly, MonthlyKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::permit::{PermitDetails, PermitKind};
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::{Assent, Problem};
use frontdesk::domain::registration::{
    Claim, FormsOf, OwnerRule, Ownership, Registration, RegistrationState,
};
use frontdesk::domain::role::Role::{
    self, DesignatedKeeper, GeneralManager, GeneralServices, HeadOfLeasing, LeasingManager, OnDuty,
    PropertyConsultant,
};
use frontdesk::domain::stamp::Day;
use frontdesk::locale::{Lang, Texts};
use frontdesk::report::quarterly::Words;
use frontdesk::report::{Block, Document, Table, leasing};
use frontdesk::store::Home;
use serde_json::{Value, json};

const PHONE: &str = "13800138000";

fn wang() -> Value {
    json!({
        "business": "lease", "name": "王芳", "phone": PHONE, "source": "visit",
        "intention": "临街铺面，八十平",
    })
}

/// The same with other values, and without those that are null.
fn but(other: Value) -> Value {
    let mut details = wang();
    for (key, value) in other.as_object().unwrap() {
        if value.is_null() {
            details.as_object_mut().unwrap().remove(key);
        } else {
            details[key] = value.clone();
        }
    }
    details
}

fn tell(staff: &mut Staff, role: Role, details: Value, accept: &[&str]) -> Answer {
    let command: Command =
        serde_json::from_value(json!({ "register": { "details": details } })).unwrap();
    let bench = staff.is(role);
    let mut envelope = bench.envelope(Request::Do(command));
    envelope.accept = accept.iter().map(|key| Assent::from(*key)).collect();
    bench.desk.ask(&envelope)
}

fn row(record: Record) -> Registration {
    match record {
        Record::Registration(row) => row,
        other => panic!("{other:?}"),
    }
}

fn done(answer: Answer) -> Registration {
    match answer {
        Ok(Reply::Done { record, .. }) => row(*record),
        other => panic!("{other:?}"),
    }
}

fn register(staff: &mut Staff, role: Role, details: Value) -> Registration {
    done(tell(staff, role, details, &[]))
}

fn why(staff: &mut Staff, role: Role, details: Value) -> Vec<String> {
    said(tell(staff, role, details, &[]))
}

fn problem(answer: Answer) -> Problem {
    match answer {
        Err(Failure::Refused(refusal)) => refusal.problems[0].clone(),
        other => panic!("{other:?}"),
    }
}

fn whose(staff: &mut Staff) -> (Ownership, Vec<Row>) {
    match staff.is(HeadOfLeasing).look(Query::Ownership(PHONE.into())) {
        Reply::Ownership(whose, rows) => (whose, rows),
        other => panic!("{other:?}"),
    }
}

/// Somebody is on duty all of today.
fn on_duty(staff: &mut Staff, role: Role) {
    let manager = staff.posts[&role];
    let details = json!({ "manager": manager, "day": today(staff).to_string() });
    staff.does(HeadOfLeasing, "enter-duty", json!({ "details": details }));
}

fn today(staff: &Staff) -> Day {
    staff.bench.desk.now().day(480)
}

/// Whether the form of a day that is handed in now is late.
fn late(staff: &mut Staff, day: &str, reason: &str) -> bool {
    let body = json!({ "day": day, "reason": reason });
    let row = row(staff.does(LeasingManager, "hand-in-form", body));
    row.handed_in.unwrap().late
}

fn notices(staff: &mut Staff, role: Role) -> Vec<String> {
    match staff.is(role).look(Query::Hello) {
        Reply::Hello { notices, .. } => {
            let forms = |it: &Notice| it.key.starts_with("forms-");
            notices.into_iter().filter(forms).map(|it| it.key).collect()
        }
        other => panic!("{other:?}"),
    }
}

/// An old customer with a card, owned by a leasing manager.
fn referrer(staff: &mut Staff, owner: Role) -> Number {
    let owner = staff.posts[&owner];
    let details = frontdesk::domain::customer::CustomerDetails {
        owner: Some(owner),
        ..common::visited("老周", "13900139000")
    };
    staff.is(LeasingManager).customer(details).meta.number
}

fn permit(staff: &mut Staff, what: PermitKind, to: Role) {
    let today = today(staff);
    let details = PermitDetails {
        what,
        operator: Some(staff.posts[&to]),
        from: today,
        to: today.plus(7),
        place: String::new(),
        reason: "核对".into(),
    };
    staff
        .is(GeneralManager)
        .change(Command::GrantPermit { details });
}

fn printed(staff: &mut Staff, role: Role) -> Document {
    let day = today(staff);
    let Reply::Page(page) = staff.is(role).look(Query::PrintForms(day)) else {
        panic!("no page");
    };
    let rows: Vec<Row> = page.rows.into_iter().map(|(_, row)| row).collect();
    let texts = Texts::new(Lang::En);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    leasing::registrations(day, &rows, words)
}

fn tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

fn business_is_required_and_who_closed_is_known() {
    let mut staff = Staff::of("leasing");
    let none = but(json!({ "business": null }));
    assert_eq!(why(&mut staff, LeasingManager, none), ["A12-s business"]);
    for business in ["lease", "sale"] {
        let details = but(json!({ "business": business, "phone": null }));
        let row = register(&mut staff, LeasingManager, details);
        assert_eq!(row.details.business.unwrap().id(), business);
        assert_eq!(row.state, RegistrationState::Registered);
        assert!(!row.has_closed());
    }
    let number = register(&mut staff, LeasingManager, wang()).meta.number;
    let card = referrer(&mut staff, LeasingManager);
    let closed = staff.steps(
        LeasingManager,
        number,
        "close-deal",
        json!({ "customer": card }),
    );
    assert!(row(closed).has_closed());
}

#[test]
fn a12_s_business_is_required_and_who_closed_is_known() {
    business_is_required_and_who_closed_is_known();
}

#[test]
fn a15_s_is_a12_s_printed_again() {
    business_is_required_and_who_closed_is_known();
}

fn who_is_on_no_form_is_not_confirmed() {
    let mut staff = Staff::of("leasing");
    // A card of somebody known by word of mouth is no registration.
    staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE));
    assert_eq!(whose(&mut staff), (Ownership::NotConfirmed, Vec::new()));
    let row = register(&mut staff, LeasingManager, wang());
    let (whose, rows) = whose(&mut staff);
    assert_eq!(rows.len(), 1);
    let owned = Ownership::Owned {
        owner: staff.posts[&LeasingManager],
        by: row.meta.number,
        rule: OwnerRule::Registered,
    };
    assert_eq!(whose, owned);
}

#[test]
fn a12_3_1_1a_who_is_on_no_form_is_not_confirmed() {
    who_is_on_no_form_is_not_confirmed();
}

#[test]
fn a15_3_1_1a_is_a12_3_1_1a_printed_again() {
    who_is_on_no_form_is_not_confirmed();
}

fn the_day_s_form_is_due_before_the_end_of_work() {
    for (time, is_late) in [("17:59:59", false), ("18:00:00", true)] {
        let mut staff = Staff::of("leasing");
        let number = register(&mut staff, LeasingManager, wang()).meta.number;
        staff.set("2024-06-06 17:29:59");
        assert!(notices(&mut staff, LeasingManager).is_empty());
        staff.set("2024-06-06 17:30");
        assert_eq!(notices(&mut staff, LeasingManager), ["forms-to-hand-in"]);
        assert!(notices(&mut staff, PropertyConsultant).is_empty());
        staff.set(&format!("2024-06-06 {time}"));
        if is_late {
            assert_eq!(notices(&mut staff, LeasingManager), ["forms-missing"]);
        }
        assert_eq!(
            staff
                .is(HeadOfLeasing)
                .listed(Kind::Registration, Filter::Open),
            [number]
        );
        assert_eq!(late(&mut staff, "2024-06-06", ""), is_late);
        assert!(notices(&mut staff, LeasingManager).is_empty());
        assert_eq!(
            staff
                .is(HeadOfLeasing)
                .listed(Kind::Registration, Filter::Open),
            []
        );
        let body = json!({ "day": "2024-06-06" });
        let again = staff.may_not(LeasingManager, "hand-in-form", body);
        assert_eq!(again, ["A12-3.1.1b nothing-to-hand-in"]);
    }
}

#[test]
fn a12_3_1_1b_the_day_s_form_is_due_before_the_end_of_work() {
    the_day_s_form_is_due_before_the_end_of_work();
}

#[test]
fn a15_3_1_1b_is_a12_3_1_1b_printed_again() {
    the_day_s_form_is_due_before_the_end_of_work();
}

fn with_a_reason_the_form_may_come_until_ten_the_next_day() {
    for (time, reason, is_late) in [
        ("2024-06-07 09:59:59", "陪客户看铺到九点", false),
        ("2024-06-07 10:00:00", "陪客户看铺到九点", true),
        ("2024-06-07 09:59:59", "", true),
    ] {
        let mut staff = Staff::of("leasing");
        register(&mut staff, LeasingManager, wang());
        staff.set(time);
        assert_eq!(
            late(&mut staff, "2024-06-06", reason),
            is_late,
            "{time} {reason}"
        );
    }
    // Where the site says so, rest days do not count: behind this Friday are the days of a festival.
    for (unit, is_late) in [("working", false), ("calendar", true)] {
        let site = format!("[registration]\nunit = \"{unit}\"\n");
        let mut staff = Staff::with("leasing", Some(&site));
        staff.set("2024-06-07 15:00");
        register(&mut staff, LeasingManager, wang());
        staff.set("2024-06-11 09:59:59");
        assert_eq!(
            late(&mut staff, "2024-06-07", "系统停电"),
            is_late,
            "{unit}"
        );
    }
}

#[test]
fn a12_3_1_1c_with_a_reason_the_form_may_come_until_ten_the_next_day() {
    with_a_reason_the_form_may_come_until_ten_the_next_day();
}

#[test]
fn a15_3_1_1c_is_a12_3_1_1c_printed_again() {
    with_a_reason_the_form_may_come_until_ten_the_next_day();
}

fn the_source_is_required_and_the_form_counts_each() {
    let mut staff = Staff::of("leasing");
    let none = but(json!({ "source": null }));
    let wanted = ["A12-3.1.2a registration_source"];
    assert_eq!(why(&mut staff, LeasingManager, none), wanted);
    for source in [
        "call",
        "visit",
        "visit",
        "self-developed",
        "self-developed",
        "self-developed",
    ] {
        let details = but(json!({ "source": source, "phone": null }));
        register(&mut staff, LeasingManager, details);
    }
    let form = printed(&mut staff, LeasingManager);
    let counted: Vec<String> = tables(&form)[1]
        .rows
        .iter()
        .map(|line| format!("{line:?}"))
        .collect();
    for (line, count) in counted.iter().zip([1, 2, 3, 0]) {
        assert!(line.contains(&format!("Count({count})")), "{line}");
    }
}

#[test]
fn a12_3_1_2a_the_source_is_required_and_the_form_counts_each() {
    the_source_is_required_and_the_form_counts_each();
}

#[test]
fn a15_3_1_2a_is_a12_3_1_2a_printed_again() {
    the_source_is_required_and_the_form_counts_each();
}

fn a_prospect_can_be_reached_and_intends_something() {
    let mut staff = Staff::of("leasing");
    let clause = |field: &str| format!("A12-3.1.2b {field}");
    let unknown = but(json!({ "prospect": true, "phone": null }));
    assert_eq!(why(&mut staff, LeasingManager, unknown), [clause("phone")]);
    let aimless = but(json!({ "prospect": true, "intention": " " }));
    assert_eq!(
        why(&mut staff, LeasingManager, aimless),
        [clause("intention")]
    );
    let both = register(&mut staff, LeasingManager, but(json!({ "prospect": true })));
    assert!(both.details.prospect);
}

#[test]
fn a12_3_1_2b_a_prospect_can_be_reached_and_intends_something() {
    a_prospect_can_be_reached_and_intends_something();
}

#[test]
fn a15_3_1_2b_is_a12_3_1_2b_printed_again() {
    a_prospect_can_be_reached_and_intends_something();
}

fn the_earlier_registration_decides_and_both_rows_are_shown() {
    let mut staff = Staff::of("leasing");
    staff.set("2024-06-06 10:00");
    let forged = but(json!({ "registered_at": "2024-06-01T09:00:00Z" }));
    let first = register(&mut staff, LeasingManager, forged);
    assert_eq!(first.meta.created_at, common::at("2024-06-06 10:00"));
    staff.set("2024-06-06 10:05");
    let asked = problem(tell(&mut staff, OnDuty, wang(), &[]));
    assert_eq!(asked.key, "registered-by-another");
    assert_eq!(asked.clause.as_deref(), Some("A12-3.1.3"));
    assert_eq!(asked.args["number"], first.meta.number.to_string());
    assert_eq!(asked.args["at"], "2024-06-06 10:00:00");
    assert_eq!(asked.args["name"], "leasing-manager");
    assert_eq!(asked.args["own"], "on-duty");
    assert_eq!(asked.args["now"], "2024-06-06 10:05:00");
    assert_eq!(
        staff
            .is(HeadOfLeasing)
            .listed(Kind::Registration, Filter::All)
            .len(),
        1
    );
    let second = done(tell(&mut staff, OnDuty, wang(), &["registered-by-another"]));
    assert_eq!(second.state, RegistrationState::Collision);
    let collision = second.collision.clone().unwrap();
    assert_eq!(
        (collision.with, collision.owner),
        (first.meta.number, staff.posts[&LeasingManager])
    );
    let number = second.meta.number;
    let (whose, rows) = whose(&mut staff);
    assert_eq!(rows.len(), 2);
    let proposed = Some(staff.posts[&LeasingManager]);
    let both = vec![first.meta.number, number];
    assert_eq!(
        whose,
        Ownership::Collision {
            rows: both,
            proposed
        }
    );
    // The head of leasing decides, with a reason; the version of the rules stays with the case.
    let ruling = json!({ "claim": "later", "reason": "先登记者三个月未跟进" });
    let why = staff.stays(OnDuty, number, "rule-collision", ruling.clone());
    assert_eq!(why, [" role-may-not"]);
    let unsaid = json!({ "claim": "later", "reason": "" });
    let why = staff.stays(HeadOfLeasing, number, "rule-collision", unsaid);
    assert_eq!(why, ["A12-3.1.3 reason"]);
    let ruled = row(staff.steps(HeadOfLeasing, number, "rule-collision", ruling));
    assert_eq!(ruled.owner, staff.posts[&OnDuty]);
    assert_eq!(ruled.rule, OwnerRule::Ruled);
    assert_eq!(
        (ruled.rules.profile.as_str(), ruled.rules.version),
        ("leasing", staff.profile.version)
    );
    assert_eq!(ruled.collision.unwrap().ruled.unwrap().0, Claim::Later);
    let earlier = row(staff.seen(first.meta.number));
    assert_eq!(earlier.owner, staff.posts[&OnDuty]);
}

#[test]
fn a12_3_1_3_the_earlier_registration_decides_and_both_rows_are_shown() {
    the_earlier_registration_decides_and_both_rows_are_shown();
}

#[test]
fn a15_3_1_3_is_a12_3_1_3_printed_again() {
    the_earlier_registration_decides_and_both_rows_are_shown();
}

fn who_cannot_name_the_manager_is_new_and_goes_to_whoever_is_on_duty() {
    let mut staff = Staff::of("leasing");
    let unnamed = but(json!({ "contact_unnamed": true, "source": "self-developed" }));
    let nobody = why(&mut staff, LeasingManager, unnamed.clone());
    assert_eq!(nobody, ["A12-3.1.4x nobody-on-duty"]);
    on_duty(&mut staff, OnDuty);
    let new = register(&mut staff, LeasingManager, unnamed.clone());
    assert_eq!(new.state, RegistrationState::Registered);
    assert_eq!(
        (new.owner, new.rule),
        (staff.posts[&OnDuty], OwnerRule::OnDuty)
    );
    // With an earlier row nothing is decided silently.
    let asked = problem(tell(&mut staff, LeasingManager, unnamed.clone(), &[]));
    assert_eq!(asked.key, "registered-by-another-unnamed");
    assert_eq!(asked.clause.as_deref(), Some("A12-3.1.4x"));
    assert_eq!(asked.args["number"], new.meta.number.to_string());
    let accept = ["registered-by-another-unnamed"];
    let shown = done(tell(&mut staff, LeasingManager, unnamed, &accept));
    assert_eq!(shown.state, RegistrationState::Collision);
    assert!(shown.collision.unwrap().unnamed);
    let (whose, _) = whose(&mut staff);
    assert!(matches!(whose, Ownership::Collision { proposed: None, .. }));
}

#[test]
fn a12_3_1_4x_who_cannot_name_the_manager_is_new_and_goes_to_whoever_is_on_duty() {
    who_cannot_name_the_manager_is_new_and_goes_to_whoever_is_on_duty();
}

#[test]
fn a15_3_1_4x_is_a12_3_1_4x_printed_again() {
    who_cannot_name_the_manager_is_new_and_goes_to_whoever_is_on_duty();
}

fn who_is_brought_and_asks_for_the_manager_is_that_manager_s() {
    let mut staff = Staff::of("leasing");
    on_duty(&mut staff, OnDuty);
    let old = referrer(&mut staff, LeasingManager);
    let wish = but(json!({ "referrer": old, "asks_for": true }));
    let row = register(&mut staff, OnDuty, wish.clone());
    assert_eq!(
        (row.owner, row.rule),
        (staff.posts[&LeasingManager], OwnerRule::Wish)
    );
    // The wish comes before an earlier registration (Q8).
    let again = register(&mut staff, PropertyConsultant, wish);
    assert_eq!(
        (again.owner, again.state),
        (row.owner, RegistrationState::Registered)
    );
    let whom = but(json!({ "asks_for": true }));
    assert_eq!(why(&mut staff, OnDuty, whom), ["A12-3.1.5a referrer"]);
}

#[test]
fn a12_3_1_5a_who_is_brought_and_asks_for_the_manager_is_that_manager_s() {
    who_is_brought_and_asks_for_the_manager_is_that_manager_s();
}

#[test]
fn a15_3_1_5a_is_a12_3_1_5a_printed_again() {
    who_is_brought_and_asks_for_the_manager_is_that_manager_s();
}

fn who_is_brought_without_a_wish_is_received_by_whoever_is_on_duty() {
    let mut staff = Staff::of("leasing");
    let old = referrer(&mut staff, LeasingManager);
    let brought = but(json!({ "referrer": old }));
    let nobody = why(&mut staff, LeasingManager, brought.clone());
    assert_eq!(nobody, ["A12-3.1.5b nobody-on-duty"]);
    let shift = |staff: &Staff, role: Role, from: &str, until: &str| {
        let manager = staff.posts[&role];
        json!({ "details": { "manager": manager, "day": "2024-06-06", "from": from, "until": until } })
    };
    let body = shift(&staff, OnDuty, "09:00", "18:00");
    assert_eq!(
        staff.may_not(OnDuty, "enter-duty", body.clone()),
        [" role-may-not"]
    );
    staff.does(HeadOfLeasing, "enter-duty", body);
    let wrong = shift(&staff, OnDuty, "18:00", "9:00");
    assert_eq!(
        staff.may_not(HeadOfLeasing, "enter-duty", wrong),
        [" until"]
    );
    let row = register(&mut staff, LeasingManager, brought);
    assert_eq!(
        (row.owner, row.rule),
        (staff.posts[&OnDuty], OwnerRule::OnDuty)
    );
    assert_eq!(row.details.referrer, Some(old));
    // A change of shifts is entered later and holds; the end of a shift is no duty any more.
    let body = shift(&staff, PropertyConsultant, "15:00", "16:00");
    staff.does(HeadOfLeasing, "enter-duty", body);
    for (time, role, phone) in [
        ("15:59:59", PropertyConsultant, "13800138001"),
        ("16:00:00", OnDuty, "13800138002"),
    ] {
        staff.set(&format!("2024-06-06 {time}"));
        let details = but(json!({ "referrer": old, "phone": phone }));
        let row = register(&mut staff, LeasingManager, details);
        assert_eq!(row.owner, staff.posts[&role], "{time}");
    }
}

#[test]
fn a12_3_1_5b_who_is_brought_without_a_wish_is_received_by_whoever_is_on_duty() {
    who_is_brought_without_a_wish_is_received_by_whoever_is_on_duty();
}

#[test]
fn a15_3_1_5b_is_a12_3_1_5b_printed_again() {
    who_is_brought_without_a_wish_is_received_by_whoever_is_on_duty();
}

fn of_who_comes_by_an_agency_it_is_said_if_there_is_an_agent() {
    let mut staff = Staff::of("leasing");
    let agency = |agent: Value, name: &str| {
        but(json!({ "source": "agency", "agent": agent, "agent_name": name, "phone": null }))
    };
    assert_eq!(
        why(&mut staff, LeasingManager, agency(Value::Null, "")),
        ["A12-3.1.6 agent"]
    );
    let unnamed = agency(json!(true), "");
    assert_eq!(
        why(&mut staff, LeasingManager, unnamed),
        ["A12-3.1.6 agent_name"]
    );
    register(&mut staff, LeasingManager, agency(json!(true), "链家 小赵"));
    register(&mut staff, LeasingManager, agency(json!(false), ""));
}

#[test]
fn a12_3_1_6_of_who_comes_by_an_agency_it_is_said_if_there_is_an_agent() {
    of_who_comes_by_an_agency_it_is_said_if_there_is_an_agent();
}

#[test]
fn a15_3_1_6_is_a12_3_1_6_printed_again() {
    of_who_comes_by_an_agency_it_is_said_if_there_is_an_agent();
}

fn a_manager_opens_no_other_s_form_and_the_keeper_has_all() {
    let mut staff = Staff::of("leasing");
    let mine = register(&mut staff, LeasingManager, wang()).meta.number;
    let other = but(json!({ "name": "李强", "phone": "13800138002" }));
    let others = register(&mut staff, OnDuty, other).meta.number;
    staff.is(LeasingManager).get(mine);
    for query in [
        Query::Get(others),
        Query::Reveal(others),
        Query::History(others),
        Query::Print(others),
    ] {
        assert_eq!(
            refused(staff.is(LeasingManager), query).key,
            "permit-needed"
        );
    }
    let own = printed(&mut staff, LeasingManager);
    assert_eq!(tables(&own)[0].rows.len(), 1);
    let all = staff
        .is(DesignatedKeeper)
        .listed(Kind::Registration, Filter::All);
    assert_eq!(all.len(), 2);
    permit(&mut staff, PermitKind::Read, DesignatedKeeper);
    for number in all {
        staff.is(DesignatedKeeper).get(number);
    }
    permit(&mut staff, PermitKind::Export, DesignatedKeeper);
    let kept = printed(&mut staff, DesignatedKeeper);
    assert_eq!(tables(&kept)[0].rows.len(), 2);
}

#[test]
fn a12_3_1_7a_a_manager_opens_no_other_s_form_and_the_keeper_has_all() {
    a_manager_opens_no_other_s_form_and_the_keeper_has_all();
}

#[test]
fn a15_3_1_7a_is_a12_3_1_7a_printed_again() {
    a_manager_opens_no_other_s_form_and_the_keeper_has_all();
}

fn the_keeper_gives_no_form_away_without_authority() {
    let mut staff = Staff::of("leasing");
    let number = register(&mut staff, LeasingManager, wang()).meta.number;
    let day = today(&staff);
    let place = "/backup/forms".to_owned();
    for (query, key) in [
        (Query::PrintForms(day), "permit-needed"),
        (Query::Print(number), "permit-needed"),
        (full(Kind::Registration), "role-may-not"),
        (
            Query::Backup {
                place: place.clone(),
            },
            "role-may-not",
        ),
    ] {
        assert_eq!(
            refused(staff.is(DesignatedKeeper), query.clone()).key,
            key,
            "{query:?}"
        );
        let boss = staff.posts[&GeneralManager];
        let looks = log(&mut staff.bench, boss, LooksQuery::default());
        assert_eq!(looks[0].operator, staff.posts[&DesignatedKeeper]);
        assert!(looks[0].refused, "{query:?}");
    }
    // General services may take lists out and copy the store otherwise; of the forms nothing without
    // the general manager.
    for query in [
        full(Kind::Registration),
        Query::PrintForms(day),
        Query::Backup { place },
    ] {
        let why = refused(staff.is(GeneralServices), query);
        assert_eq!(
            (why.key.as_str(), why.clause.as_deref()),
            ("permit-needed", Some("A12-3.1.7b"))
        );
    }
    permit(&mut staff, PermitKind::Export, DesignatedKeeper);
    staff.is(DesignatedKeeper).look(Query::PrintForms(day));
}

#[test]
fn a12_3_1_7c_the_keeper_gives_no_form_away_without_authority() {
    the_keeper_gives_no_form_away_without_authority();
}

#[test]
fn a15_3_1_7c_is_a12_3_1_7c_printed_again() {
    the_keeper_gives_no_form_away_without_authority();
}

fn an_incomplete_file_form_is_not_sent_and_stays_on_the_list() {
    let mut staff = Staff::of("leasing");
    let number = register(&mut staff, LeasingManager, wang()).meta.number;
    late(&mut staff, "2024-06-06", "");
    let to_do = |staff: &mut Staff| {
        staff
            .is(LeasingManager)
            .listed(Kind::Registration, Filter::Open)
    };
    assert_eq!(to_do(&mut staff), []);
    let card = staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE))
        .meta
        .number;
    let close = json!({ "customer": card, "on": "2024-06-06" });
    let why = staff.stays(OnDuty, number, "close-deal", close.clone());
    assert_eq!(why, ["A12-3.2.4 another-s-customer"]);
    staff.steps(LeasingManager, number, "close-deal", close.clone());
    assert_eq!(to_do(&mut staff), [number]);
    let at = staff.at(number);
    let send = json!({ "at": at, "step": { "send-file-form": {} } });
    let why = problem(staff.tell(LeasingManager, "step-registration", send));
    assert_eq!(
        (why.key.as_str(), why.clause.as_deref()),
        ("file-form-incomplete", Some("A12-3.2.4"))
    );
    assert_eq!(why.args["form-fields"], "address place");
    assert_eq!(to_do(&mut staff), [number]);
    let details = frontdesk::domain::customer::CustomerDetails {
        address: "雁塔路 8 号".into(),
        place: "A-108".into(),
        ..common::visited("王芳", PHONE)
    };
    let at = staff.is(LeasingManager).present(card);
    staff
        .is(LeasingManager)
        .change(Command::ChangeCustomer { at, details });
    staff.steps(LeasingManager, number, "close-deal", close);
    let filed = row(staff.steps(LeasingManager, number, "send-file-form", json!({})));
    assert_eq!(filed.state, RegistrationState::FormSent);
    assert_eq!(to_do(&mut staff), []);
}

#[test]
fn a12_3_2_4_an_incomplete_file_form_is_not_sent_and_stays_on_the_list() {
    an_incomplete_file_form_is_not_sent_and_stays_on_the_list();
}

#[test]
fn a15_3_2_4_is_a12_3_2_4_printed_again() {
    an_incomplete_file_form_is_not_sent_and_stays_on_the_list();
}

/// A closed deal whose complete file form is with general services, and the customer's card.
fn sent(staff: &mut Staff, name: &str, phone: &str) -> (Number, Number) {
    let details = but(json!({ "name": name, "phone": phone }));
    let number = register(staff, LeasingManager, details).meta.number;
    let details = CustomerDetails {
        address: "雁塔路 8 号".into(),
        place: "A-108".into(),
        ..common::visited(name, phone)
    };
    let card = staff.is(LeasingManager).customer(details).meta.number;
    let close = json!({ "customer": card, "on": "2024-06-06" });
    staff.steps(LeasingManager, number, "close-deal", close);
    (number, card)
}

fn a_sent_file_form_is_filed_and_kept_for_ten_years() {
    let mut staff = Staff::of("leasing");
    let (number, card) = sent(&mut staff, "王芳", PHONE);
    let to_file = |staff: &mut Staff| {
        staff
            .is(GeneralServices)
            .listed(Kind::Registration, Filter::ToFile)
    };
    // Nothing is filed that was not sent.
    let new = json!({ "class": "closed-deal" });
    let why = staff.stays(GeneralServices, number, "file-form", new.clone());
    assert_eq!(why, ["A12-3.2.4 archive-step-not-yet"]);
    assert_eq!(to_file(&mut staff), []);
    staff.steps(LeasingManager, number, "send-file-form", json!({}));
    assert_eq!(to_file(&mut staff), [number]);
    let why = staff.stays(LeasingManager, number, "file-form", new.clone());
    assert_eq!(why, ["A12-3.2.4 role-may-not"]);
    let why = staff.stays(GeneralServices, number, "file-form", json!({}));
    assert_eq!(why, [" class"]);
    // One that is made is filed with the registration, in one change.
    let filed = row(staff.steps(GeneralServices, number, "file-form", new));
    assert_eq!(filed.state, RegistrationState::Filed);
    assert!(filed.has_closed());
    let kept = filed.closing.unwrap().filed.unwrap();
    assert_eq!(kept.said.by, staff.posts[&GeneralServices]);
    let days = kept.kept(&staff.profile).unwrap();
    let day = |text: &str| Day::parse(text).unwrap();
    assert_eq!(days, (day("2024-06-06"), 10, day("2034-06-06")));
    let Record::File(file) = staff.seen(kept.file) else {
        panic!("no file");
    };
    assert_eq!(file.details.customer, Some(card));
    assert_eq!(
        (&*file.details.person, &*file.details.phone),
        ("王芳", PHONE)
    );
    assert_eq!(file.filed_on, day("2024-06-06"));
    assert_eq!(to_file(&mut staff), []);
    let why = staff.stays(GeneralServices, number, "file-form", json!({}));
    assert_eq!(why, ["A12-3.2.4 archive-step-not-yet"]);

    // Into a file that is there only of the same customer; it is kept as long as what came into it.
    let (second, other) = sent(&mut staff, "李雷", "13911112222");
    staff.steps(LeasingManager, second, "send-file-form", json!({}));
    let into = json!({ "file": kept.file });
    let why = staff.stays(GeneralServices, second, "file-form", into);
    assert_eq!(why, ["A12-3.2.4 into_file"]);
    let gone = json!({ "file": "AF-2024-00099" });
    let why = staff.stays(GeneralServices, second, "file-form", gone);
    assert_eq!(why, [" into_file"]);
    let details = json!({
        "title": "意向资料", "class": "prospect", "customer": other, "place": "A-9",
    });
    let there = staff.does(
        GeneralServices,
        "create-file",
        json!({ "details": details }),
    );
    let there = there.number();
    staff.set("2025-02-03 10:00");
    let into = json!({ "file": there });
    let filed = row(staff.steps(GeneralServices, second, "file-form", into));
    assert_eq!(filed.closing.unwrap().filed.unwrap().file, there);
    staff.set("2035-02-02 09:00");
    let at = staff.at(there);
    let why = staff.may_not(
        GeneralServices,
        "propose-destruction",
        json!({ "file": at }),
    );
    assert_eq!(why, ["A12-3.2.8a still-kept"]);
    staff.set("2035-02-03 09:00");
    staff.does(
        GeneralServices,
        "propose-destruction",
        json!({ "file": at }),
    );
}

#[test]
fn a12_3_2_4_a_sent_file_form_is_filed_and_kept_for_ten_years() {
    a_sent_file_form_is_filed_and_kept_for_ten_years();
}

#[test]
fn a15_3_2_4_filing_is_that_of_a12_3_2_4_printed_again() {
    a_sent_file_form_is_filed_and_kept_for_ten_years();
}

fn late_days_cost_points_where_the_site_set_some() {
    for (site, points) in [("[registration]\npoints = 1\n", Some(2)), ("", None)] {
        let mut staff = Staff::with("leasing", Some(site));
        for (day, time) in [
            ("2024-06-12", "18:00:00"),
            ("2024-06-13", "18:30:00"),
            ("2024-06-14", "17:00:00"),
        ] {
            staff.set(&format!("{day} 15:00"));
            register(&mut staff, LeasingManager, but(json!({ "phone": null })));
            staff.set(&format!("{day} {time}"));
            late(&mut staff, day, "");
        }
        staff.set("2024-06-17 11:00");
        register(&mut staff, OnDuty, but(json!({ "phone": null })));
        staff.set("2024-06-17 18:00");
        let of = |staff: &mut Staff, role: Role| -> FormsOf {
            let month = Month {
                year: 2024,
                month: 6,
            };
            let query = Query::Monthly(MonthlyKind::Registrations, month);
            let Reply::Monthly(report) = staff.is(HeadOfLeasing).look(query) else {
                panic!("no report");
            };
            let Monthly::Registrations(forms) = *report else {
                panic!("another report");
            };
            let manager = staff.posts[&role];
            forms
                .managers
                .into_iter()
                .find(|it| it.manager == manager)
                .unwrap()
        };
        let manager = of(&mut staff, LeasingManager);
        let days = ["2024-06-12", "2024-06-13"].map(|day| Day::parse(day).unwrap());
        assert_eq!(manager.late, days);
        assert_eq!(manager.points, points);
        assert_eq!(manager.rows.len(), 3);
        // Who is missing is seen from the end of work on, and is late once no reason helps any more.
        let missing = of(&mut staff, OnDuty);
        assert_eq!(missing.missing, [Day::parse("2024-06-17").unwrap()]);
        assert_eq!(missing.late, []);
        staff.set("2024-06-18 10:00");
        assert_eq!(of(&mut staff, OnDuty).late.len(), 1);
    }
}

#[test]
fn a12_4_1_a_late_file_form_costs_points_where_the_site_set_days() {
    let limited = "[registration]\npoints = 1\nfile_form_days = 3\nfile_form = [\"name\"]\n";
    let listed = "[registration]\npoints = 1\nfile_form = [\"name\"]\n";
    for (site, sent_on, late, points) in [
        (limited, "2024-06-09 10:00", false, 0),
        (limited, "2024-06-10 10:00", true, 1),
        (listed, "2024-06-10 10:00", false, 0),
    ] {
        let mut staff = Staff::with("leasing", Some(site));
        let number = register(&mut staff, LeasingManager, wang()).meta.number;
        self::late(&mut staff, "2024-06-06", "");
        let card = staff
            .is(LeasingManager)
            .customer(common::visited("王芳", PHONE))
            .meta
            .number;
        let close = json!({ "customer": card, "on": "2024-06-06" });
        staff.steps(LeasingManager, number, "close-deal", close);
        let of = |staff: &mut Staff| -> FormsOf {
            let month = Month {
                year: 2024,
                month: 6,
            };
            let query = Query::Monthly(MonthlyKind::Registrations, month);
            match staff.is(HeadOfLeasing).look(query) {
                Reply::Monthly(report) => match *report {
                    Monthly::Registrations(forms) => forms.managers[0].clone(),
                    other => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            }
        };
        staff.set(sent_on);
        let open = of(&mut staff);
        let form = &open.file_forms[0];
        assert_eq!((form.registration, form.sent), (number, false));
        assert_eq!((form.late, open.points), (late, Some(points)), "{sent_on}");
        staff.steps(LeasingManager, number, "send-file-form", json!({}));
        staff.set("2024-06-20 10:00");
        let sent = of(&mut staff);
        let form = &sent.file_forms[0];
        assert!(form.sent);
        assert_eq!((form.late, sent.points), (late, Some(points)), "{sent_on}");
        let days = if sent_on.starts_with("2024-06-09") {
            3
        } else {
            4
        };
        assert_eq!(form.days, days);
    }
}

#[test]
fn a12_4_1_late_days_cost_points_where_the_site_set_some() {
    late_days_cost_points_where_the_site_set_some();
}

#[test]
fn a15_4_1_is_a12_4_1_printed_again() {
    late_days_cost_points_where_the_site_set_some();
}

fn the_file_form_has_every_field_of_the_profile() {
    let site = "[registration]\nfile_form = [\"name\", \"address\", \"business\", \"manager\"]\n";
    let mut staff = Staff::with("leasing", Some(site));
    let number = register(&mut staff, LeasingManager, wang()).meta.number;
    let card = staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE))
        .meta
        .number;
    let close = json!({ "customer": card, "on": "2024-06-06" });
    staff.steps(LeasingManager, number, "close-deal", close);
    let Reply::Record(Some(shown)) = staff.is(LeasingManager).look(Query::Print(number)) else {
        panic!("no record");
    };
    let texts = Texts::new(Lang::Zh);
    let words = Words {
        texts: &texts,
        profile: &staff.profile,
    };
    let form = leasing::file_form(&shown, words).unwrap();
    let Block::Facts(facts) = &form.blocks[0] else {
        panic!("no fields");
    };
    let wanted = [
        ("姓名", "王芳"),
        ("联系地址", "（缺）"),
        ("购买/租赁", "租赁"),
        ("招商经理", "leasing-manager"),
    ];
    let wanted = wanted.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(facts.as_slice(), wanted);
}

#[test]
fn a12_f1_the_file_form_has_every_field_of_the_profile() {
    the_file_form_has_every_field_of_the_profile();
}

#[test]
fn a15_f1_is_a12_f1_printed_again() {
    the_file_form_has_every_field_of_the_profile();
}

fn the_day_s_form_has_its_columns() {
    let mut staff = Staff::of("leasing");
    let old = referrer(&mut staff, LeasingManager);
    on_duty(&mut staff, LeasingManager);
    let details = but(json!({
        "referrer": old, "prospect": true, "source": "agency", "agent": true, "agent_name": "小赵",
    }));
    register(&mut staff, LeasingManager, details);
    let form = printed(&mut staff, LeasingManager);
    let table = tables(&form)[0];
    let columns = [
        "Date",
        "Time",
        "Customer",
        "Contact",
        "Source",
        "Prospect",
        "Agent",
        "Brought by",
        "Leasing manager",
    ];
    assert_eq!(table.columns, columns);
    let line = format!("{:?}", table.rows[0]);
    for value in [
        "2024-06-06",
        "15:00:00",
        "王芳",
        PHONE,
        "agency",
        "小赵",
        "CU-2024-00001",
        "leasing-manager",
    ] {
        assert!(line.contains(value), "{value}: {line}");
    }
}

#[test]
fn a12_f2_the_day_s_form_has_its_columns() {
    the_day_s_form_has_its_columns();
}

#[test]
fn a15_f2_is_a12_f2_printed_again() {
    the_day_s_form_has_its_columns();
}

#[test]
fn a_registration_that_led_to_nothing_holds_nobody_off_after_the_protection_period() {
    for (day, collides) in [("2024-07-06", true), ("2024-07-07", false)] {
        let mut staff = Staff::with("leasing", Some("[registration]\nprotect_days = 30\n"));
        register(&mut staff, LeasingManager, wang());
        staff.set(&format!("{day} 10:00"));
        let answer = tell(&mut staff, OnDuty, wang(), &[]);
        if collides {
            assert_eq!(problem(answer).key, "registered-by-another");
        } else {
            assert_eq!(done(answer).owner, staff.posts[&OnDuty]);
        }
    }
    // Without a figure it always does.
    let mut staff = Staff::of("leasing");
    register(&mut staff, LeasingManager, wang());
    staff.set("2026-06-06 10:00");
    let answer = tell(&mut staff, OnDuty, wang(), &[]);
    assert_eq!(problem(answer).key, "registered-by-another");
}

/// A second and a third row of the same customer, made though another registered it.
fn again(staff: &mut Staff, role: Role, details: Value) -> Registration {
    let accept = ["registered-by-another", "registered-by-another-unnamed"];
    done(tell(staff, role, details, &accept))
}

fn rule(staff: &mut Staff, number: Number, claim: &str) -> Registration {
    let ruling = json!({ "claim": claim, "reason": "核对了来访记录" });
    row(staff.steps(HeadOfLeasing, number, "rule-collision", ruling))
}

/// Whose customer a card says somebody is.
fn on_card(staff: &mut Staff, card: Number) -> Option<Number> {
    match staff.seen(card) {
        Record::Customer(card) => card.details.owner,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_ruling_is_by_whoever_owns_the_customer_then_and_moves_every_open_row() {
    let mut staff = Staff::of("leasing");
    let first = register(&mut staff, LeasingManager, wang()).meta.number;
    let second = again(&mut staff, OnDuty, wang()).meta.number;
    let third = again(&mut staff, PropertyConsultant, wang()).meta.number;
    let card = staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE))
        .meta
        .number;
    let (winner, other) = (staff.posts[&OnDuty], staff.posts[&PropertyConsultant]);
    assert_eq!(rule(&mut staff, second, "later").owner, winner);
    assert_eq!(row(staff.seen(first)).owner, winner);
    let waits = row(staff.seen(third));
    assert_eq!(
        (waits.state, waits.owner, waits.collision.unwrap().owner),
        (RegistrationState::Collision, winner, winner)
    );
    assert_eq!(on_card(&mut staff, card), Some(winner));
    staff.set("2024-06-06 15:10");
    // The earlier claim is that of its owner now, and not of whoever had it when the third came.
    assert_eq!(rule(&mut staff, third, "earlier").owner, winner);
    let owned = Ownership::Owned {
        owner: winner,
        by: third,
        rule: OwnerRule::Ruled,
    };
    assert_eq!(whose(&mut staff).0, owned);
    // Who registers next is told of the owner of now.
    let asked = problem(tell(&mut staff, LeasingManager, wang(), &[]));
    assert_eq!(asked.args["name"], "on-duty");
    let fourth = again(&mut staff, PropertyConsultant, wang()).meta.number;
    staff.set("2024-06-06 15:20");
    assert_eq!(rule(&mut staff, fourth, "later").owner, other);
    for number in [first, second, third] {
        assert_eq!(row(staff.seen(number)).owner, other, "{number}");
    }
    assert_eq!(on_card(&mut staff, card), Some(other));
}

#[test]
fn the_later_claim_of_who_cannot_name_the_manager_is_that_of_whoever_was_on_duty() {
    let mut staff = Staff::of("leasing");
    let own = but(json!({ "source": "self-developed" }));
    register(&mut staff, LeasingManager, own);
    on_duty(&mut staff, PropertyConsultant);
    let unnamed = but(json!({ "contact_unnamed": true }));
    let shown = again(&mut staff, OnDuty, unnamed);
    let on_duty_then = staff.posts[&PropertyConsultant];
    assert_eq!(shown.collision.as_ref().unwrap().claimant, on_duty_then);
    // Another is on duty when it is ruled.
    on_duty(&mut staff, OnDuty);
    let ruled = rule(&mut staff, shown.meta.number, "later");
    assert_eq!((ruled.owner, ruled.rule), (on_duty_then, OwnerRule::Ruled));
}

#[test]
fn a_ruling_keeps_the_version_of_the_rules_in_force_then() {
    let mut staff = Staff::with("leasing", Some("version = 7\n"));
    register(&mut staff, LeasingManager, wang());
    let second = again(&mut staff, OnDuty, wang());
    assert_eq!(second.rules.version, 7);
    let home = Home::in_memory(Arc::new(staff.bench.disk.clone())).unwrap();
    let options = Options {
        clock: Box::new(staff.bench.clock.clone()),
        site_file: Some(SiteFile {
            name: "site.toml".into(),
            text: "version = 8\n".into(),
        }),
    };
    staff.bench.desk = Desk::open(home, options).unwrap();
    let ruled = rule(&mut staff, second.meta.number, "earlier");
    assert_eq!(ruled.rules.version, 7);
    assert_eq!(ruled.collision.unwrap().rules.unwrap().version, 8);
}

#[test]
fn a12_3_1_1a_a_card_says_what_the_registration_says() {
    let mut staff = Staff::of("leasing");
    let (manager, other) = (staff.posts[&LeasingManager], staff.posts[&OnDuty]);
    let by = |owner: Number| CustomerDetails {
        owner: Some(owner),
        ..common::visited("王芳", PHONE)
    };
    // A card of before the registration goes to whoever registered the customer.
    let card = staff.is(LeasingManager).customer(by(other)).meta.number;
    register(&mut staff, LeasingManager, wang());
    assert_eq!(on_card(&mut staff, card), Some(manager));
    let at = staff.is(LeasingManager).present(card);
    let change = Command::ChangeCustomer {
        at,
        details: by(other),
    };
    let refused = staff.is(LeasingManager).refused(change);
    let found = (refused[0].key.as_str(), refused[0].clause.as_deref());
    assert_eq!(found, ("owned-by-registration", Some("A12-3.1.1a")));
    // What is left empty is filled in.
    let details = common::visited("王芳", PHONE);
    staff
        .is(LeasingManager)
        .change(Command::ChangeCustomer { at, details });
    assert_eq!(on_card(&mut staff, card), Some(manager));
    // A closed deal says it too.
    let number = register(
        &mut staff,
        OnDuty,
        but(json!({ "phone": "13800138009", "name": "李强" })),
    );
    let details = common::visited("李强", "13700137000");
    let card = staff.is(LeasingManager).customer(details).meta.number;
    let close = json!({ "customer": card });
    staff.steps(OnDuty, number.meta.number, "close-deal", close);
    assert_eq!(on_card(&mut staff, card), Some(other));
}

#[test]
fn a12_3_1_5a_of_a_card_without_owner_the_registration_of_its_telephones_counts() {
    let mut staff = Staff::of("leasing");
    let old = staff
        .is(LeasingManager)
        .customer(common::visited("老周", "13900139000"))
        .meta
        .number;
    let wish = but(json!({ "referrer": old, "asks_for": true }));
    let nobody = why(&mut staff, OnDuty, wish.clone());
    assert_eq!(nobody, ["A12-3.1.5a referrer"]);
    let mut staff = Staff::of("leasing");
    let zhou = but(json!({ "phone": "13900139000", "name": "老周" }));
    register(&mut staff, PropertyConsultant, zhou);
    let mut details = common::visited("老周", "13900139000");
    details.owner = None;
    let old = staff.is(LeasingManager).customer(details).meta.number;
    let wish = but(json!({ "referrer": old, "asks_for": true }));
    let row = register(&mut staff, OnDuty, wish);
    assert_eq!(
        (row.owner, row.rule),
        (staff.posts[&PropertyConsultant], OwnerRule::Wish)
    );
}

/// A row that is past its protection period, with the customer's card.
fn released() -> (Staff, Number, Number) {
    let mut staff = Staff::with("leasing", Some("[registration]\nprotect_days = 30\n"));
    let first = register(&mut staff, LeasingManager, wang()).meta.number;
    staff.set("2024-07-07 10:00");
    let card = staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE))
        .meta
        .number;
    (staff, first, card)
}

#[test]
fn a_released_row_closes_no_deal_once_another_registered_the_customer() {
    let (mut staff, first, card) = released();
    register(&mut staff, OnDuty, wang());
    let close = json!({ "customer": card });
    let why = staff.stays(LeasingManager, first, "close-deal", close.clone());
    assert_eq!(why, [" released-to-another"]);
    // Without anybody who registered the customer since, the first may still close.
    let (mut staff, first, card) = released();
    let close = json!({ "customer": card });
    let closed = row(staff.steps(LeasingManager, first, "close-deal", close));
    assert!(closed.has_closed());
}

#[test]
fn a11_19_1b_registrations_are_handed_over_with_the_customers() {
    let mut staff = Staff::of("leasing");
    let first = register(&mut staff, LeasingManager, wang()).meta.number;
    let (from, to) = (staff.posts[&LeasingManager], staff.posts[&OnDuty]);
    let leaver = match staff.seen(from) {
        Record::Operator(leaver) => leaver,
        other => panic!("{other:?}"),
    };
    let leaving = staff.is(Role::Administrator).leaving(&leaver);
    let refused = staff.is(Role::Administrator).refused(leaving);
    assert_eq!(refused[0].args["customers"], "1");
    let (_, along) = staff
        .is(Role::Administrator)
        .change_all(Command::HandOver { from, to });
    let moved: Vec<Number> = along.iter().map(Record::number).collect();
    assert_eq!(moved, [first]);
    let handed = row(staff.seen(first));
    assert_eq!((handed.owner, handed.rule), (to, OwnerRule::HandedOver));
    staff.bench.assert_clean();
}

#[test]
fn a12_3_1_3_what_two_registrations_of_one_customer_have_in_common_is_the_site_s_to_say() {
    for (by, collides) in [(r#"["phone"]"#, true), (r#"["phone", "name"]"#, false)] {
        let site = format!("[registration]\nmatch = {by}\n");
        let mut staff = Staff::with("leasing", Some(&site));
        register(&mut staff, LeasingManager, wang());
        let sister = but(json!({ "name": "王兰" }));
        let answer = tell(&mut staff, OnDuty, sister, &[]);
        assert_eq!(answer.is_err(), collides, "{by}");
        let answer = tell(&mut staff, OnDuty, wang(), &[]);
        assert_eq!(problem(answer).key, "registered-by-another", "{by}");
    }
}

#[test]
fn whose_customer_somebody_is_stands_beside_the_caller_and_the_card_by_the_order_of_the_rules() {
    let mut staff = Staff::of("leasing");
    let card = staff
        .is(LeasingManager)
        .customer(common::visited("王芳", PHONE))
        .meta
        .number;
    permit(&mut staff, PermitKind::Read, HeadOfLeasing);
    let seen = |staff: &mut Staff| {
        let digits = PHONE.to_owned();
        let Reply::Caller(caller) = staff.is(OnDuty).look(Query::Caller { digits }) else {
            panic!("no caller");
        };
        let row = staff.is(HeadOfLeasing).get(card);
        assert_eq!(caller.ownership.as_ref(), row.ownership.as_deref());
        let (asked, _) = whose(staff);
        assert_eq!(caller.ownership, Some(asked.clone()));
        asked
    };
    assert_eq!(seen(&mut staff), Ownership::NotConfirmed);
    let first = register(&mut staff, LeasingManager, wang()).meta.number;
    let earliest = Ownership::Owned {
        owner: staff.posts[&LeasingManager],
        by: first,
        rule: OwnerRule::Registered,
    };
    assert_eq!(seen(&mut staff), earliest);
    // A wish comes before an earlier registration, and a ruling before both (Q8).
    let old = referrer(&mut staff, PropertyConsultant);
    let wish = but(json!({ "referrer": old, "asks_for": true }));
    let wished = register(&mut staff, OnDuty, wish).meta.number;
    let by_wish = Ownership::Owned {
        owner: staff.posts[&PropertyConsultant],
        by: wished,
        rule: OwnerRule::Wish,
    };
    assert_eq!(seen(&mut staff), by_wish);
    let third = again(&mut staff, OnDuty, wang()).meta.number;
    let waits = Ownership::Collision {
        rows: vec![first, wished, third],
        proposed: Some(staff.posts[&PropertyConsultant]),
    };
    assert_eq!(seen(&mut staff), waits);
    rule(&mut staff, third, "later");
    let ruled = Ownership::Owned {
        owner: staff.posts[&OnDuty],
        by: third,
        rule: OwnerRule::Ruled,
    };
    assert_eq!(seen(&mut staff), ruled);
}

#[test]
fn a_site_without_registration_has_none() {
    let mut staff = Staff::of("property");
    let role = *staff.posts.keys().next().unwrap();
    let answer = tell(&mut staff, role, wang(), &[]);
    assert_eq!(problem(answer).key, "nobody-may");
    let refused = refused(staff.is(role), Query::Ownership(PHONE.into()));
    assert_eq!(refused.key, "nobody-may");
}

#[test]
fn what_is_registered_survives_opening_again() {
    let mut staff = Staff::of("leasing");
    on_duty(&mut staff, OnDuty);
    let number = register(&mut staff, LeasingManager, wang()).meta.number;
    late(&mut staff, "2024-06-06", "");
    let before = staff.seen(number);
    staff.bench.reopen();
    assert_eq!(staff.seen(number), before);
    staff.bench.assert_clean();
}
