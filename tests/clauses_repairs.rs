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
use frontdesk::desk::contract::{Answer, Command, Filter, Query, Reply};
use frontdesk::domain::analysis::Quarter;
use frontdesk::domain::intake::{
    Channel, Intake, IntakeDetails, IntakeKind, IntakeState as State, OutcomeCode,
};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::repair::{ROWS, RepairStep, RepairStepKind};
use frontdesk::domain::requests::RequestFigures;
use frontdesk::domain::role::Role::{
    Administrator, CustomerService, CustomerServiceManager, DepartmentHead, Reception,
};

/// A site that responds within four hours of work.
const RESPONSE: &str = "[repairs.terms]\nresponse = { amount = 4, unit = \"working-hours\" }\n";

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
        response: String::new(),
        solution: String::new(),
    }
}

fn assign(handler: &str) -> RepairStep {
    RepairStep::Assign {
        department: "engineering".into(),
        handler: handler.into(),
    }
}

fn repair_of(staff: &mut Staff, number: Number) -> Intake {
    match staff.bench.get(number).record {
        Record::Intake(intake) => intake,
        other => panic!("{other:?}"),
    }
}

fn requests(staff: &mut Staff) -> RequestFigures {
    let quarter = Quarter::of(2024, 2).unwrap();
    match staff
        .is(CustomerServiceManager)
        .look(Query::Requests(quarter))
    {
        Reply::Requests(figures) => *figures,
        other => panic!("{other:?}"),
    }
}

fn late_without_a_response() {
    let mut staff = Staff::with("property", Some(RESPONSE));
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

fn assigned_and_still_unanswered() {
    let mut staff = Staff::with("property", Some(RESPONSE));
    let number = accepted(&mut staff);
    staff.set("2024-06-06 17:30");
    let assigned = take(&mut staff, number, &assign("老周"));
    let due = at("2024-06-07 10:00");
    assert_eq!(assigned.state, State::Assigned);
    assert_eq!(assigned.repair.unwrap().due_at, Some(due));
    staff.set("2024-06-07 10:30");
    assert_eq!(staff.bench.listed(Kind::Intake, Filter::Late), [number]);
    // Handing it on ends nothing.
    let repair = take(&mut staff, number, &assign("小吴")).repair.unwrap();
    assert_eq!((repair.due_at, repair.breaches.len()), (Some(due), 0));
    let repair = take(&mut staff, number, &respond()).repair.unwrap();
    assert_eq!(repair.breaches[0].handler, "小吴");
}

#[test]
fn a05_4_3a_a_repair_is_owed_its_response_whoever_has_it() {
    assigned_and_still_unanswered();
}

#[test]
fn a06_4_3a_a_repair_is_owed_its_response_whoever_has_it() {
    assigned_and_still_unanswered();
}

fn nobody_unanswered_once_each_has_a_response() {
    let mut staff = Staff::of("property");
    let (first, second) = (accepted(&mut staff), accepted(&mut staff));
    staff.set("2024-06-06 15:40");
    take(&mut staff, first, &respond());
    let figures = requests(&mut staff);
    assert_eq!((figures.total.count, figures.total.unanswered), (2, 1));
    assert_eq!(figures.unanswered[0].number, second);
    staff.set("2024-06-06 16:20");
    take(&mut staff, second, &respond());
    let total = requests(&mut staff).total;
    assert_eq!((total.unanswered, total.mean, total.longest), (0, 60, 80));
}

#[test]
fn a05_4_3a_the_report_has_no_unanswered_ones_once_each_has_a_response() {
    nobody_unanswered_once_each_has_a_response();
}

#[test]
fn a06_4_3a_the_report_has_no_unanswered_ones_once_each_has_a_response() {
    nobody_unanswered_once_each_has_a_response();
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
        response: String::new(),
        solution: String::new(),
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
fn a_repair_is_answered_at_once_only_with_all_that_comes_before() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    let at_once = |response: &str, solution: &str| RepairStep::Answer {
        text: "已告知业主怎样复位".into(),
        channel: Some(Channel::Call),
        response: response.into(),
        solution: solution.into(),
    };
    let why = said(ask(&mut staff, number, at_once("", " ")));
    assert_eq!(why, ["A05-4.3a response", "A05-4.3b solution"]);
    take(&mut staff, number, &respond());
    let why = said(ask(&mut staff, number, at_once("再说一遍", "跳闸，已复位")));
    assert_eq!(why, ["A05-4.3a response"]);
    let answered = take(&mut staff, number, &at_once("", "跳闸，已复位"));
    assert_eq!(answered.state, State::Answered);
    let repair = answered.repair.unwrap();
    assert_eq!(repair.response.unwrap().text, "师傅下午两点上门");
    assert_eq!(repair.solution.unwrap().text, "跳闸，已复位");
    assert!(close(&mut staff, number).is_ok());
}

#[test]
fn passing_a_repair_on_ends_it_no_sooner_and_taking_it_back_does() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    let end = |staff: &mut Staff, code| {
        let at = staff.bench.present(number);
        let text = "业主自己修好了".to_owned();
        staff
            .is(CustomerService)
            .ask(Command::CloseIntake { at, code, text })
    };
    assert_eq!(said(end(&mut staff, OutcomeCode::PassedOn)).len(), 3);
    assert!(end(&mut staff, OutcomeCode::Withdrawn).is_ok());
    assert_eq!(repair_of(&mut staff, number).state, State::Closed);
}

#[test]
fn the_open_repairs_of_one_who_leaves_are_handed_over() {
    let mut staff = Staff::of("property");
    let number = accepted(&mut staff);
    take(&mut staff, number, &assign("department-head"));
    let from = staff.posts[&DepartmentHead];
    let leaver = match staff.bench.get(from).record {
        Record::Operator(operator) => operator,
        other => panic!("{other:?}"),
    };
    let leaving = staff.bench.leaving(&leaver);
    let why = said(staff.is(Administrator).ask(leaving));
    assert!(why[0].ends_with("leaver-holds"), "{why:?}");
    let to = staff.posts[&CustomerService];
    staff.bench.change(Command::HandOver { from, to });
    let repair = repair_of(&mut staff, number).repair.unwrap();
    assert_eq!(repair.handler, "customer-service");
    assert_eq!(repair.hands.len(), 2);
    let leaving = staff.bench.leaving(&leaver);
    staff.is(Administrator).change(leaving);
    staff.bench.assert_clean();
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
        take(&mut staff, number, &assign(handler));
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
