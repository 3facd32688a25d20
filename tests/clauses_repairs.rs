//! The chain of repairs: every request gets a response, every response a solution, every solution an
//! answer to the customer (A05-4.3a to A05-4.3c).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::{Staff, said};
use common::{at, call};
use frontdesk::desk::contract::{Answer, Command, Filter, Reply};
use frontdesk::domain::intake::{
    Channel, Intake, IntakeDetails, IntakeKind, IntakeState as State, OutcomeCode,
};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::repair::{ROWS, RepairStep, RepairStepKind};
use frontdesk::domain::role::Role::{CustomerService, Reception};

fn accepted(staff: &mut Staff) -> Number {
    let details = IntakeDetails {
        kind: IntakeKind::Repair,
        access: "全天有人".into(),
        ..call("厨房水管漏水")
    };
    staff.is(CustomerService).intake(details).meta.number
}

fn ask(staff: &mut Staff, number: Number, step: RepairStep) -> Answer {
    let at = staff.bench.present(number);
    staff
        .is(CustomerService)
        .ask(Command::StepRepair { at, step })
}

fn take(staff: &mut Staff, number: Number, step: &RepairStep) -> Intake {
    match ask(staff, number, step.clone()) {
        Ok(Reply::Done { record, .. }) => match *record {
            Record::Intake(intake) => intake,
            other => panic!("{other:?}"),
        },
        other => panic!("{step:?}: {other:?}"),
    }
}

fn close(staff: &mut Staff, number: Number) -> Answer {
    let at = staff.bench.present(number);
    let (code, text) = (OutcomeCode::Resolved, "已修好".to_owned());
    staff
        .is(CustomerService)
        .ask(Command::CloseIntake { at, code, text })
}

fn respond() -> RepairStep {
    RepairStep::Respond {
        text: "师傅下午两点上门".into(),
        solution: String::new(),
    }
}

fn solve() -> RepairStep {
    RepairStep::Solve {
        text: "已换角阀".into(),
    }
}

fn answer() -> RepairStep {
    RepairStep::Answer {
        text: "已告知换了角阀，业主确认不漏".into(),
        channel: Some(Channel::Call),
    }
}

fn late_without_a_response() {
    let site = "[repairs.terms]\naccepted = { amount = 4, unit = \"working-hours\" }\n";
    let mut staff = Staff::with("property", Some(site));
    let number = accepted(&mut staff);
    let Record::Intake(intake) = staff.bench.get(number).record else {
        panic!("no request");
    };
    let due = at("2024-06-07 10:00");
    assert_eq!(intake.repair.unwrap().due_at, Some(due));
    staff.set("2024-06-07 10:00");
    assert!(staff.bench.listed(Kind::Intake, Filter::Late).is_empty());
    staff.set("2024-06-07 10:01");
    assert_eq!(staff.bench.listed(Kind::Intake, Filter::Late), [number]);
    let responded = take(&mut staff, number, &respond());
    assert!(staff.bench.listed(Kind::Intake, Filter::Late).is_empty());
    let repair = responded.repair.unwrap();
    // What was late stays.
    assert_eq!(repair.breaches.len(), 1);
    assert_eq!(repair.breaches[0].due, due);
    assert_eq!(repair.due_at, None);
}

#[test]
fn a05_4_3a_a_repair_without_a_response_in_the_sites_term_is_late() {
    late_without_a_response();
}

#[test]
fn a06_4_3a_a_repair_without_a_response_in_the_sites_term_is_late() {
    late_without_a_response();
}

fn not_closed_before(steps: &[RepairStep], why: &[&str]) {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    for step in steps {
        take(&mut staff, number, step);
    }
    assert_eq!(said(close(&mut staff, number)), why);
    let Record::Intake(intake) = staff.bench.get(number).record else {
        panic!("no request");
    };
    assert!(intake.is_open());
}

#[test]
fn a05_4_3b_a_repair_is_not_closed_without_a_solution() {
    not_closed_before(
        &[respond()],
        &["A05-4.3b not-solved", "A05-4.3c not-answered"],
    );
}

#[test]
fn a06_4_3b_a_repair_is_not_closed_without_a_solution() {
    not_closed_before(
        &[],
        &[
            "A05-4.3a not-responded",
            "A05-4.3b not-solved",
            "A05-4.3c not-answered",
        ],
    );
}

#[test]
fn a05_4_3c_a_repair_is_not_closed_before_the_customer_was_told() {
    not_closed_before(&[respond(), solve()], &["A05-4.3c not-answered"]);
}

#[test]
fn a06_4_3c_the_answer_to_a_repair_keeps_time_channel_and_who() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    take(&mut staff, number, &respond());
    take(&mut staff, number, &solve());
    let bare = RepairStep::Answer {
        text: " ".into(),
        channel: None,
    };
    assert_eq!(
        said(ask(&mut staff, number, bare)),
        ["A05-4.3c text", "A05-4.3c channel"]
    );
    let answered = take(&mut staff, number, &answer());
    let (channel, told) = answered.repair.unwrap().answer.unwrap();
    assert_eq!(channel, Channel::Call);
    assert_eq!(told.at, at("2024-06-06 15:00"));
    assert_eq!(told.by, staff.posts[&CustomerService]);
    assert!(close(&mut staff, number).is_ok());
}

#[test]
fn what_was_solved_at_once_needs_one_form_for_response_and_solution() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    let at_once = RepairStep::Respond {
        text: "师傅就在楼下，马上到".into(),
        solution: "当场换好".into(),
    };
    let solved = take(&mut staff, number, &at_once);
    assert_eq!(solved.state, State::Solved);
    assert_eq!(solved.repair.unwrap().solution.unwrap().text, "当场换好");
}

#[test]
fn a_repair_that_leaks_again_begins_anew_and_is_counted() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    for step in [respond(), solve(), answer()] {
        take(&mut staff, number, &step);
    }
    assert!(close(&mut staff, number).is_ok());
    let reason = "又漏了".to_owned();
    let again = take(&mut staff, number, &RepairStep::Reopen { reason });
    assert_eq!((again.state, &again.outcome), (State::Accepted, &None));
    let repair = again.repair.unwrap();
    assert_eq!(repair.reopened.len(), 1);
    assert_eq!((repair.response, repair.answer), (None, None));
    assert_eq!(said(close(&mut staff, number)).len(), 3);
}

#[test]
fn who_had_a_repair_is_kept_and_whoever_has_it_is_urged() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    let urge = |note: &str| RepairStep::Urge { note: note.into() };
    let why = said(ask(&mut staff, number, urge("快点")));
    assert_eq!(why, [" repair-not-yet"]);
    for handler in ["老周", "小吴"] {
        let step = RepairStep::Assign {
            department: "engineering".into(),
            handler: handler.into(),
        };
        take(&mut staff, number, &step);
    }
    let urged = take(&mut staff, number, &urge("业主等着出门"));
    assert_eq!(urged.state, State::Assigned);
    let repair = urged.repair.unwrap();
    let hands: Vec<&str> = repair
        .hands
        .iter()
        .map(|hand| hand.person.as_str())
        .collect();
    assert_eq!(hands, ["老周", "小吴"]);
    assert_eq!((repair.handler.as_str(), repair.urged.len()), ("小吴", 1));
}

#[test]
fn every_step_refuses_outside_its_rows_and_for_those_who_do_no_repairs() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    let is_next = |kind| {
        let rows = ROWS.iter().filter(|row| row.step == kind);
        rows.flat_map(|row| row.from)
            .any(|from| *from == State::Accepted)
    };
    for (kind, step) in [
        (RepairStepKind::Solve, solve()),
        (RepairStepKind::Answer, answer()),
        (
            RepairStepKind::Reopen,
            RepairStep::Reopen {
                reason: "又漏".into(),
            },
        ),
    ] {
        assert!(!is_next(kind));
        let why = said(ask(&mut staff, number, step));
        assert!(why[0].ends_with("repair-not-yet"), "{why:?}");
    }
    let at = staff.bench.present(number);
    let step = respond();
    let why = said(staff.is(Reception).ask(Command::StepRepair { at, step }));
    assert_eq!(why, ["A05-4.2b role-may-not"]);
    // A request that is no repair has no such step.
    let number = staff
        .is(CustomerService)
        .intake(call("几点下班"))
        .meta
        .number;
    let why = said(ask(&mut staff, number, respond()));
    assert_eq!(why, ["A05-4.3a repair-not-yet"]);
}

#[test]
fn a_repair_under_way_stays_a_repair() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    take(&mut staff, number, &respond());
    let change = |staff: &mut Staff, details: IntakeDetails| {
        let at = staff.bench.present(number);
        staff
            .is(CustomerService)
            .ask(Command::ChangeIntake { at, details })
    };
    let why = said(change(&mut staff, call("其实是咨询")));
    assert_eq!(why, [" kind"]);
    let repair = IntakeDetails {
        kind: IntakeKind::Repair,
        access: "晚上七点后".into(),
        ..call("厨房水管漏水，已关总阀")
    };
    assert!(change(&mut staff, repair).is_ok());
    let Record::Intake(intake) = staff.bench.get(number).record else {
        panic!("no request");
    };
    assert_eq!(intake.state, State::Responded);
    assert!(intake.repair.unwrap().response.is_some());
}
