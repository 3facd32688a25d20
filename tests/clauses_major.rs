//! The clauses on major complaints and on penalties at a dealership.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::at;
use common::dealership::{before, dealership, summary, way};
use common::staff::{Staff, judged};
use common::steps::{asked, blank, whole};
use frontdesk::desk::contract::Filter;
use frontdesk::domain::approval::{self, ApprovalKind};
use frontdesk::domain::complaint::course::{Liable, PenaltyDecision, Satisfaction};
use frontdesk::domain::complaint::{ComplaintState as State, Step, StepKind};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::role::Role::{
    self, BusinessManager, GeneralManager, RelationsManager, RelationsSpecialist,
};

fn mark() -> Step {
    Step::MarkMajor {
        reason: "媒体已到场".into(),
    }
}

fn met() -> Step {
    Step::Meet {
        held_at: None,
        participants: vec!["general-manager".into(), "business-manager".into()],
        decision: "换车并登门道歉".into(),
    }
}

fn negotiated(business: &str) -> Step {
    Step::Negotiate {
        business_manager: business.into(),
        relations_manager: "relations-manager".into(),
        outcome: "客户接受".into(),
    }
}

/// The way of a major one, with who goes it, from the mark on.
fn major_way(staff: &Staff) -> Vec<(Role, Step)> {
    let step = |kind| whole(kind, &staff.profile).unwrap();
    let department = "after-sales".into();
    vec![
        (RelationsManager, mark()),
        (RelationsManager, Step::PassOn { department }),
        (RelationsManager, met()),
        (RelationsManager, step(StepKind::Draft)),
        (GeneralManager, step(StepKind::Approve)),
        (RelationsManager, negotiated("business-manager")),
        (RelationsSpecialist, asked(Satisfaction::Neutral)),
        (RelationsManager, summary(|_| ())),
        (RelationsManager, step(StepKind::Close)),
    ]
}

/// A major complaint just before a step.
fn major_before(staff: &mut Staff, kind: StepKind) -> Number {
    let number = staff.recorded(RelationsSpecialist);
    for (role, step) in major_way(staff) {
        if step.kind() == kind {
            break;
        }
        staff.take(role, number, &step);
    }
    number
}

fn lacks(staff: &mut Staff, role: Role, kind: StepKind) -> Vec<String> {
    let number = major_before(staff, kind);
    let step = blank(kind, &staff.profile).unwrap();
    staff.why(role, number, &step)
}

#[test]
fn a08_m1_a_complaint_is_marked_as_major_at_once_or_later_with_who_and_why() {
    let mut staff = dealership();
    let at_once = staff.recorded(RelationsManager);
    let later = before(&mut staff, StepKind::Propose);
    for number in [at_once, later] {
        let why = staff.why(RelationsSpecialist, number, &mark());
        assert_eq!(why, ["A08-m2a role-may-not"]);
        let marked = staff.take(RelationsManager, number, &mark());
        assert_eq!(marked.state, State::Recorded);
        let major = marked.course.major.unwrap().marked;
        assert_eq!(
            (major.text.as_str(), major.by),
            ("媒体已到场", staff.posts[&RelationsManager])
        );
        assert_eq!(
            staff.why(RelationsManager, number, &judged()),
            [" step-not-yet"]
        );
    }
}

#[test]
fn a08_m2a_both_managers_have_it_until_each_acknowledged() {
    let mut staff = dealership();
    let number = major_before(&mut staff, StepKind::PassOn);
    let bare = blank(StepKind::PassOn, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsManager, number, &bare),
        ["A08-m2a department"]
    );
    let again = staff.why(RelationsManager, number, &mark());
    assert_eq!(again, [" step-not-yet"]);
    let seen = Step::Acknowledge { post: None };
    assert_eq!(
        staff.why(RelationsSpecialist, number, &seen),
        ["A08-m2a role-may-not"]
    );
    for (role, left) in [
        (GeneralManager, vec![BusinessManager]),
        (BusinessManager, vec![]),
    ] {
        staff.set("2024-06-06 15:20");
        let waits = staff.complaint(number);
        let open = approval::waiting(&waits.into(), &staff.profile);
        assert_eq!(
            (open[0].kind, open[0].since),
            (ApprovalKind::Major, at("2024-06-06 15:00"))
        );
        assert!(open[0].posts.contains(&role));
        assert_eq!(
            staff.bench.listed(Kind::Complaint, Filter::Waiting),
            [number]
        );
        let seen = staff.take(role, number, &seen).course.major.unwrap();
        assert_eq!(seen.acknowledged.last().unwrap().at, at("2024-06-06 15:20"));
        assert_eq!(seen.unacknowledged().collect::<Vec<_>>(), left);
    }
    assert!(
        staff
            .bench
            .listed(Kind::Complaint, Filter::Waiting)
            .is_empty()
    );
    let twice = staff.why(GeneralManager, number, &seen);
    assert_eq!(twice, ["A08-m2a nothing-to-acknowledge"]);
}

#[test]
fn a08_m2b_no_plan_without_the_record_of_the_meeting() {
    let mut staff = dealership();
    let number = major_before(&mut staff, StepKind::Meet);
    let plan = whole(StepKind::Draft, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsManager, number, &plan),
        ["A08-m3a step-not-yet"]
    );
    let why = lacks(&mut staff, RelationsManager, StepKind::Meet);
    assert_eq!(why, ["A08-m2b participants", "A08-m2b decision"]);
    let later = match met() {
        Step::Meet {
            participants,
            decision,
            ..
        } => Step::Meet {
            held_at: Some(at("2024-06-06 15:01")),
            participants,
            decision,
        },
        other => other,
    };
    assert_eq!(
        staff.why(RelationsManager, number, &later),
        ["A08-m2b held_at"]
    );
    let meeting = staff
        .take(RelationsManager, number, &met())
        .course
        .meeting
        .unwrap();
    assert_eq!(meeting.held_at, at("2024-06-06 15:00"));
    assert_eq!(
        meeting.participants,
        ["general-manager", "business-manager"]
    );
    staff.take(RelationsManager, number, &plan);
}

#[test]
fn a08_m3a_nothing_is_negotiated_without_a_draft() {
    let mut staff = dealership();
    let why = lacks(&mut staff, RelationsManager, StepKind::Draft);
    assert_eq!(
        why,
        ["A08-d3.2 cause", "A08-d3.2 person", "A08-d3.3 solution"]
    );
    let number = major_before(&mut staff, StepKind::Draft);
    let why = staff.why(RelationsManager, number, &negotiated("business-manager"));
    assert_eq!(why, ["A08-m3b step-not-yet"]);
    // By A08-d4.1 the solution of a major one is approved as well, by the shipped profile.
    let number = major_before(&mut staff, StepKind::Approve);
    let why = staff.why(RelationsManager, number, &negotiated("business-manager"));
    assert_eq!(why, ["A08-m3b step-not-yet"]);
    let mut staff = Staff::with("dealership", Some("[complaints]\nmajor_approved = false\n"));
    let number = major_before(&mut staff, StepKind::Approve);
    let done = staff.take(BusinessManager, number, &negotiated("business-manager"));
    assert_eq!(done.state, State::Negotiated);
}

#[test]
fn a08_m3b_both_managers_negotiate_in_person() {
    let mut staff = dealership();
    let number = major_before(&mut staff, StepKind::Negotiate);
    let why = staff.why(RelationsManager, number, &negotiated(""));
    assert_eq!(why, ["A08-m3b business_manager"]);
    let why = staff.why(RelationsManager, number, &negotiated("relations-manager"));
    assert_eq!(why, ["A08-m3b relations_manager"]);
    staff.take(BusinessManager, number, &negotiated("business-manager"));
}

#[test]
fn a08_m4_a_major_one_is_not_closed_without_how_satisfied_they_are() {
    let mut staff = dealership();
    let number = major_before(&mut staff, StepKind::AskSatisfaction);
    for kind in [StepKind::SumUp, StepKind::Close] {
        let step = whole(kind, &staff.profile).unwrap();
        let why = staff.why(RelationsManager, number, &step);
        assert!(why[0].starts_with("A08-n7"), "{why:?}");
    }
    let bare = blank(StepKind::AskSatisfaction, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsSpecialist, number, &bare),
        ["A08-m4 reach"]
    );
    let not_at_all = asked(Satisfaction::Dissatisfied);
    let asked = staff.take(RelationsSpecialist, number, &not_at_all);
    assert_eq!((asked.state, asked.course.dissatisfied), (State::Asked, 1));
    let reason = "客户不接受".into();
    let again = staff.take(RelationsManager, number, &Step::Reopen { reason });
    assert_eq!((again.state, again.course.reopened), (State::Met, 1));
}

#[test]
fn a08_m5_a_major_one_is_summed_up_before_it_is_closed() {
    let mut staff = dealership();
    let number = major_before(&mut staff, StepKind::SumUp);
    let close = whole(StepKind::Close, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsManager, number, &close),
        ["A08-n7 answer-first"]
    );
    staff.take(RelationsManager, number, &summary(|_| ()));
    assert_eq!(
        staff.take(RelationsManager, number, &close).state,
        State::Closed
    );
}

fn decided(liable: Liable, amount: Option<u64>, reason: &str) -> PenaltyDecision {
    PenaltyDecision {
        liable,
        name: "李师傅".into(),
        amount,
        reason: reason.into(),
    }
}

fn with(loss_of: Option<u64>, decisions: Vec<PenaltyDecision>) -> Step {
    summary(|step| {
        if let Step::SumUp {
            loss,
            penalties,
            delay,
            ..
        } = step
        {
            *loss = loss_of;
            *penalties = decisions;
            *delay = "配件晚到".into();
        }
    })
}

#[test]
fn a08_x1_a_loss_asks_for_a_decision_on_the_person_and_the_head() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::SumUp);
    let why = staff.why(RelationsManager, number, &with(Some(50_000), Vec::new()));
    assert_eq!(why, ["A08-x1 penalty_person", "A08-x1 penalty_head"]);
    let half = vec![
        decided(Liable::Person, Some(10_000), ""),
        decided(Liable::Head, None, " "),
    ];
    let why = staff.why(RelationsManager, number, &with(Some(50_000), half));
    assert_eq!(why, ["A08-x1 penalty_head"], "none, and no word why");
    let both = vec![
        decided(Liable::Person, Some(10_000), ""),
        decided(Liable::Head, None, "初犯"),
    ];
    let done = staff.take(RelationsManager, number, &with(Some(50_000), both.clone()));
    let kept = done.course.summary.unwrap();
    assert_eq!((kept.loss, kept.penalties), (Some(50_000), both));
    assert_eq!(kept.evaluation.by, staff.posts[&RelationsManager]);
    for loss in [None, Some(0)] {
        let number = before(&mut staff, StepKind::SumUp);
        staff.take(RelationsManager, number, &with(loss, Vec::new()));
    }
}

#[test]
fn a08_x2_a_handler_who_missed_the_term_asks_for_a_decision_and_one_on_time_does_not() {
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    for (role, step) in way(&staff) {
        match step.kind() {
            StepKind::Propose => staff.set("2024-06-11 09:30"),
            StepKind::SumUp => break,
            _ => {}
        }
        staff.take(role, number, &step);
    }
    let breach = &staff.complaint(number).course.breaches[0];
    assert_eq!(
        (breach.due, breach.done),
        (at("2024-06-07 18:00"), at("2024-06-11 09:30"))
    );
    assert_eq!(breach.handler, "service-manager");
    let why = staff.why(RelationsManager, number, &with(None, Vec::new()));
    assert_eq!(why, ["A08-x2 penalty_handler"]);
    let waived = vec![decided(Liable::Handler, None, "配件晚到")];
    staff.take(RelationsManager, number, &with(None, waived));
    let on_time = before(&mut staff, StepKind::SumUp);
    staff.take(RelationsManager, on_time, &with(None, Vec::new()));
}
