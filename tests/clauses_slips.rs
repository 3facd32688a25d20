//! The clauses on complaint slips at a property company, and on objections and opinions.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::staff::{Staff, handed, said};
use common::steps::{blank, called, whole};
use common::{at, call, grievance};
use frontdesk::desk::contract::{Command, Filter};
use frontdesk::domain::approval;
use frontdesk::domain::complaint::course::{Reach, Satisfaction};
use frontdesk::domain::complaint::{ComplaintDetails, ComplaintState as State, Step, StepKind};
use frontdesk::domain::intake::{Channel, IntakeDetails, IntakeKind, OutcomeCode};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role::{
    ArchiveAdministrator, CustomerService, DepartmentHead, PropertyCentreManager, Reception,
};

fn property() -> Staff {
    Staff::of("property")
}

fn returned(result: &str) -> Step {
    Step::Return {
        result: result.into(),
    }
}

fn not_reached() -> Step {
    Step::CallBack {
        reach: Some(Reach::NotReached),
        satisfaction: None,
        note: String::new(),
    }
}

fn close() -> Step {
    Step::Close {
        note: String::new(),
    }
}

/// A slip just before a step.
fn before(staff: &mut Staff, kind: StepKind) -> Number {
    let number = staff.recorded(Reception);
    for (role, step) in [
        (CustomerService, handed()),
        (DepartmentHead, returned("已换水泵")),
        (CustomerService, called(Satisfaction::Satisfied)),
        (CustomerService, close()),
    ] {
        if step.kind() == kind {
            break;
        }
        staff.take(role, number, &step);
    }
    number
}

#[test]
fn a13_c3a_a_slip_is_linked_to_its_row_and_no_action_needs_a_reason() {
    let mut staff = property();
    let number = staff.recorded(Reception);
    let slip = staff.complaint(number);
    assert_eq!(slip.state, State::SlipMade);
    let row = slip.intake.unwrap();
    let Record::Intake(row) = staff.is(Reception).get(row).record else {
        panic!("no row of the register");
    };
    assert_eq!(row.complaint, Some(number));
    let none = |reason: &str| Step::NoAction {
        reason: reason.into(),
    };
    assert_eq!(staff.why(Reception, number, &none("")), ["A13-c3a reason"]);
    assert_eq!(
        staff.why(DepartmentHead, number, &none("误报")),
        ["A13-c3a role-may-not"]
    );
    let noted = staff.take(Reception, number, &none("只是咨询"));
    assert_eq!(noted.state, State::Noted);
    assert_eq!(
        staff.why(CustomerService, number, &handed()),
        ["A13-c3b already-closed"]
    );
}

#[test]
fn a13_c3b_handing_over_names_department_and_head_and_keeps_the_time() {
    let mut staff = property();
    let number = staff.recorded(Reception);
    let bare = blank(StepKind::Assign, &staff.profile).unwrap();
    let why = staff.why(CustomerService, number, &bare);
    assert_eq!(why, ["A13-c3b department", "A13-c3b handler"]);
    assert_eq!(
        staff.why(Reception, number, &handed()),
        ["A13-c3b role-may-not"]
    );
    staff.set("2024-06-06 15:30");
    let there = staff.take(CustomerService, number, &handed());
    let hand = there.course.hands.last().unwrap();
    assert_eq!(
        (hand.department.as_str(), hand.person.as_str()),
        ("engineering", "department-head")
    );
    assert_eq!(
        (hand.at, hand.by),
        (at("2024-06-06 15:30"), staff.posts[&CustomerService])
    );
    let assigned = Filter::InState(State::Assigned);
    assert_eq!(
        staff.is(DepartmentHead).listed(Kind::Complaint, assigned),
        [number]
    );
}

#[test]
fn a13_c3c_a_slip_that_is_not_returned_with_its_result_is_not_closed() {
    let mut staff = property();
    let number = before(&mut staff, StepKind::Return);
    assert_eq!(
        staff.why(CustomerService, number, &close()),
        ["A13-c3d answer-first"]
    );
    assert_eq!(
        staff.why(DepartmentHead, number, &returned(" ")),
        ["A13-c3c result"]
    );
    assert_eq!(
        staff.why(CustomerService, number, &returned("好了")),
        ["A13-c3c role-may-not"]
    );
    staff.set("2024-06-07 11:00");
    let back = staff.take(DepartmentHead, number, &returned("已换水泵"));
    let result = back.course.result.unwrap();
    assert_eq!(
        (result.text.as_str(), result.at),
        ("已换水泵", at("2024-06-07 11:00"))
    );
}

#[test]
fn a13_c3d_no_slip_is_closed_without_a_call_back_and_dissatisfied_goes_back() {
    let mut staff = property();
    let number = before(&mut staff, StepKind::CallBack);
    assert_eq!(
        staff.why(CustomerService, number, &close()),
        ["A13-c3d answer-first"]
    );
    let bare = blank(StepKind::CallBack, &staff.profile).unwrap();
    assert_eq!(staff.why(CustomerService, number, &bare), ["A13-c3d reach"]);
    let tried = staff.take(CustomerService, number, &not_reached());
    assert_eq!(tried.state, State::Returned);
    let silent = Step::CallBack {
        reach: Some(Reach::Reached),
        satisfaction: Some(Satisfaction::VeryDissatisfied),
        note: String::new(),
    };
    assert_eq!(
        staff.why(CustomerService, number, &silent),
        ["A13-c3d note"]
    );
    let again = staff.take(CustomerService, number, &called(Satisfaction::Dissatisfied));
    assert_eq!(
        (again.state, again.course.dissatisfied),
        (State::Assigned, 1)
    );
    staff.take(DepartmentHead, number, &returned("调高水压"));
    staff.take(CustomerService, number, &called(Satisfaction::Satisfied));
    let closed = staff.take(CustomerService, number, &close());
    assert_eq!(
        (closed.state, closed.course.attempts.len()),
        (State::Closed, 3)
    );
}

#[test]
fn a13_c4_a_major_slip_is_before_the_property_centre_manager_until_acknowledged() {
    let mut staff = property();
    let number = before(&mut staff, StepKind::Return);
    let mark = whole(StepKind::MarkMajor, &staff.profile).unwrap();
    let bare = blank(StepKind::MarkMajor, &staff.profile).unwrap();
    assert_eq!(staff.why(Reception, number, &bare), ["A13-c4 reason"]);
    let marked = staff.take(Reception, number, &mark);
    assert_eq!(marked.state, State::Assigned);
    assert_eq!(
        staff.why(Reception, number, &mark),
        ["A13-c4 major-already"]
    );
    let waits = approval::waiting(&marked.into(), &staff.profile);
    assert_eq!(waits[0].posts, [PropertyCentreManager]);
    assert_eq!(waits[0].clause.as_deref(), Some("A13-c4"));
    staff.take(DepartmentHead, number, &returned("已救出被困人员"));
    staff.take(CustomerService, number, &called(Satisfaction::Satisfied));
    let why = staff.why(CustomerService, number, &close());
    assert_eq!(why, ["A13-c3d major-unacknowledged"]);
    staff.set("2024-06-06 17:45");
    let seen = Step::Acknowledge { post: None };
    let seen = staff
        .take(PropertyCentreManager, number, &seen)
        .course
        .major
        .unwrap();
    assert_eq!(seen.acknowledged[0].at, at("2024-06-06 17:45"));
    assert_eq!(
        staff.take(CustomerService, number, &close()).state,
        State::Closed
    );
}

fn one_queue() {
    let mut staff = property();
    let logged = staff.is(Reception).intake(call("楼道灯不亮")).meta.number;
    let complaint = staff.recorded(Reception);
    let desk = staff.is(CustomerService);
    assert!(desk.listed(Kind::Intake, Filter::Open).contains(&logged));
    assert_eq!(desk.listed(Kind::Complaint, Filter::Open), [complaint]);
}

#[test]
fn a05_3_what_another_desk_logs_lands_in_the_one_queue_of_customer_service() {
    one_queue();
}

#[test]
fn a06_d_what_another_desk_logs_lands_in_the_one_queue_of_customer_service() {
    one_queue();
}

fn accepted_by_customer_service_only(clause: &str) {
    let mut staff = property();
    for role in [DepartmentHead, ArchiveAdministrator, PropertyCentreManager] {
        let command = Command::RecordComplaint {
            details: grievance("太吵"),
            intake: None,
        };
        let why = said(staff.is(role).ask(command));
        assert_eq!(why, ["A05-4.2a role-may-not"], "{role:?}, {clause}");
    }
    staff.recorded(CustomerService);
    assert_eq!(staff.bench.listed(Kind::Complaint, Filter::All).len(), 1);
}

#[test]
fn a05_4_2a_only_customer_service_and_its_reception_accept_a_complaint() {
    accepted_by_customer_service_only("A05-4.2a");
}

#[test]
fn a06_4_2a_only_customer_service_and_its_reception_accept_a_complaint() {
    accepted_by_customer_service_only("A06-4.2a");
}

#[test]
fn a06_4_2b_only_customer_service_accepts_a_repair() {
    let mut staff = property();
    let details = IntakeDetails {
        kind: IntakeKind::Repair,
        access: "全天有人".into(),
        ..call("厨房水管漏水")
    };
    let log = Command::LogIntake {
        details,
        new_customer: None,
    };
    assert_eq!(
        said(staff.is(Reception).ask(log.clone())),
        ["A05-4.2b role-may-not"]
    );
    staff.is(CustomerService).change(log);
}

fn unanswered_after_the_term() {
    let site = "[complaints.terms]\nslip-made = { amount = 4, unit = \"working-hours\" }\n";
    let mut staff = Staff::with("property", Some(site));
    let number = staff.recorded(Reception);
    let due = staff.complaint(number).due_at;
    assert_eq!(due, Some(at("2024-06-07 10:00")));
    staff.set("2024-06-08 09:00");
    assert_eq!(staff.bench.listed(Kind::Complaint, Filter::Late), [number]);
    let late = staff.take(CustomerService, number, &handed());
    assert_eq!(late.course.breaches.len(), 1);
    assert!(staff.bench.listed(Kind::Complaint, Filter::Late).is_empty());
}

#[test]
fn a05_4_3a_a_complaint_that_nobody_took_up_in_the_sites_term_is_late() {
    unanswered_after_the_term();
}

#[test]
fn a06_4_3a_a_complaint_that_nobody_took_up_in_the_sites_term_is_late() {
    unanswered_after_the_term();
}

fn no_close_without_a_solution() {
    let mut staff = property();
    let number = before(&mut staff, StepKind::Return);
    assert_eq!(
        staff.why(CustomerService, number, &close()),
        ["A13-c3d answer-first"]
    );
    let bare = blank(StepKind::Return, &staff.profile).unwrap();
    assert_eq!(staff.why(DepartmentHead, number, &bare), ["A13-c3c result"]);
}

#[test]
fn a05_4_3b_no_complaint_is_closed_without_a_solution() {
    no_close_without_a_solution();
}

#[test]
fn a06_4_3b_no_complaint_is_closed_without_a_solution() {
    no_close_without_a_solution();
}

fn no_close_without_telling() {
    let mut staff = property();
    let number = before(&mut staff, StepKind::CallBack);
    assert_eq!(
        staff.why(CustomerService, number, &close()),
        ["A13-c3d answer-first"]
    );
    let told = staff.take(CustomerService, number, &called(Satisfaction::Satisfied));
    let said = &told.course.attempts[0].said;
    assert_eq!(
        (said.at, said.by),
        (at("2024-06-06 15:00"), staff.posts[&CustomerService])
    );
    assert_eq!(said.text, "客户原话");
}

#[test]
fn a05_4_3c_no_complaint_is_closed_before_the_customer_was_told() {
    no_close_without_telling();
}

#[test]
fn a06_4_3c_no_complaint_is_closed_before_the_customer_was_told() {
    no_close_without_telling();
}

#[test]
fn a14_2_5a_an_opinion_has_its_channel() {
    let mut staff = Staff::of("leasing");
    let desk = &mut staff.bench;
    let opinion = |channel| Command::LogIntake {
        details: IntakeDetails {
            channel,
            kind: IntakeKind::Suggestion,
            ..call("大堂可以多放几把椅子")
        },
        new_customer: None,
    };
    let first = desk.operator;
    assert_eq!(desk.lacking(opinion(None)), ["channel"]);
    for channel in [
        Channel::Call,
        Channel::Letter,
        Channel::Visit,
        Channel::Other,
    ] {
        let logged = desk.change(opinion(Some(channel)));
        assert_eq!(logged.meta().created_by, first);
    }
    let details = ComplaintDetails {
        channel: None,
        ..grievance("中介费没有说清")
    };
    let command = Command::RecordComplaint {
        details,
        intake: None,
    };
    assert_eq!(desk.lacking(command), ["channel"]);
}

#[test]
fn a01_30_an_objection_is_closed_with_its_outcome_only() {
    let mut staff = property();
    let details = IntakeDetails {
        kind: IntakeKind::Objection,
        ..call("物业费涨价没有公示")
    };
    let number = staff.is(CustomerService).intake(details).meta.number;
    let close = |staff: &mut Staff, code, text: &str| {
        let at = staff.bench.present(number);
        let text = text.to_owned();
        staff
            .is(CustomerService)
            .ask(Command::CloseIntake { at, code, text })
    };
    assert_eq!(
        said(close(&mut staff, OutcomeCode::Resolved, " ")),
        [" text"]
    );
    let why = said(close(
        &mut staff,
        OutcomeCode::TurnedIntoComplaint,
        "转投诉",
    ));
    assert_eq!(why, ["A13-c2 code"]);
    let why = said(close(&mut staff, OutcomeCode::PassedOn, "转街道办"));
    assert_eq!(why, ["A01-30 code"]);
    // Nothing is typed twice: what the complaint does not say itself it takes from the request.
    let intake = Some(staff.bench.present(number));
    let details = ComplaintDetails::default();
    staff
        .is(CustomerService)
        .change(Command::RecordComplaint { details, intake });
    let Record::Intake(row) = staff.bench.get(number).record else {
        panic!("no request");
    };
    assert_eq!(row.outcome.unwrap().code, OutcomeCode::TurnedIntoComplaint);
    let made = staff.is(CustomerService).get(row.complaint.unwrap()).record;
    let Record::Complaint(made) = made else {
        panic!("no complaint");
    };
    let (said, kept) = (row.details, made.details);
    assert_eq!(
        (kept.text, kept.complainant, kept.channel, kept.phone),
        (said.text, said.caller, said.channel, said.phone)
    );
    for code in [OutcomeCode::Resolved, OutcomeCode::Withdrawn] {
        let details = IntakeDetails {
            kind: IntakeKind::Objection,
            ..call("停车费收错了")
        };
        let number = staff.is(CustomerService).intake(details).meta.number;
        let at = staff.bench.present(number);
        let text = "已说明".to_owned();
        staff
            .is(CustomerService)
            .change(Command::CloseIntake { at, code, text });
    }
}
