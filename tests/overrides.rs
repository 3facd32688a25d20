//! Rules that a site lets people override: block, ask for a reason, or allow.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::call;
use common::dealership::{before, summary};
use common::staff::Staff;
use frontdesk::desk::contract::{Command, Door, Failure, Filter, Reply, Request};
use frontdesk::domain::complaint::{Step, StepKind};
use frontdesk::domain::intake::IntakeDetails;
use frontdesk::domain::number::Kind;
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::record::Record;
use frontdesk::domain::refusal::{Assent, Problem};
use frontdesk::domain::role::Role::{self, GeneralManager, RelationsManager};
use frontdesk::domain::waiver::Rule;

/// A dealership whose own file says this of the penalty.
fn saying(penalty: &str) -> Staff {
    let text = format!("[overrides]\npenalty-decided = {{ {penalty} }}\n");
    Staff::with("dealership", Some(&text))
}

/// Summed up with a loss, and nothing decided about it.
fn undecided() -> Step {
    summary(|step| {
        if let Step::SumUp { loss, .. } = step {
            *loss = Some(120_000);
        }
    })
}

/// What the step is refused for, with these answers to questions.
fn problems(staff: &mut Staff, role: Role, accept: &[Assent]) -> Vec<Problem> {
    let number = before(staff, StepKind::SumUp);
    match staff.ask_saying(role, number, &undecided(), accept) {
        Ok(_) => Vec::new(),
        Err(Failure::Refused(refusal)) => refusal.problems,
        other => panic!("{other:?}"),
    }
}

fn because(reason: &str) -> Vec<Assent> {
    vec![Assent {
        key: "penalty-decided".into(),
        reason: reason.into(),
    }]
}

#[test]
fn a_rule_that_blocks_takes_no_reason() {
    let mut staff = saying("mode = \"block\"");
    let problems = problems(&mut staff, RelationsManager, &because("等总经理定"));
    assert!(!problems.is_empty());
    for problem in &problems {
        assert_eq!(problem.rule, Some(Rule::PenaltyDecided));
        assert!(!problem.ask, "{problem:?}");
    }
}

#[test]
fn a_rule_that_asks_wants_a_reason_and_keeps_it_with_the_record() {
    let mut staff = saying("mode = \"ask\", roles = [\"relations-manager\"]");
    for accept in [Vec::new(), because("  ")] {
        let problems = problems(&mut staff, RelationsManager, &accept);
        assert!(!problems.is_empty());
        assert!(problems.iter().all(|problem| problem.ask), "{problems:?}");
    }
    let number = before(&mut staff, StepKind::SumUp);
    let answer = staff.ask_saying(
        RelationsManager,
        number,
        &undecided(),
        &because("等总经理定"),
    );
    assert!(answer.is_ok(), "{answer:?}");
    let complaint = staff.complaint(number);
    let waived = &complaint.course.waived;
    assert_eq!(waived.len(), 1, "{waived:?}");
    assert_eq!(waived[0].rule, Rule::PenaltyDecided);
    assert_eq!(waived[0].reason, "等总经理定");
    assert_eq!(waived[0].by, staff.is(RelationsManager).operator);
}

#[test]
fn whoever_may_not_override_a_rule_is_told_who_may() {
    let mut staff = saying("mode = \"ask\", roles = [\"general-manager\"]");
    let problems = problems(&mut staff, RelationsManager, &because("等总经理定"));
    assert!(!problems.is_empty());
    for problem in &problems {
        assert!(!problem.ask);
        assert_eq!(problem.args["overriders"], GeneralManager.id());
    }
}

#[test]
fn a_rule_that_is_allowed_is_not_held() {
    let mut staff = saying("mode = \"allow\"");
    assert_eq!(problems(&mut staff, RelationsManager, &[]), []);
    let number = before(&mut staff, StepKind::Close);
    assert!(staff.complaint(number).course.waived.is_empty());
}

#[test]
fn a_reason_for_one_rule_opens_no_other() {
    let mut staff = Staff::with("dealership", None);
    let number = before(&mut staff, StepKind::SumUp);
    let step = summary(|step| {
        if let Step::SumUp {
            loss, evaluation, ..
        } = step
        {
            *loss = Some(120_000);
            evaluation.clear();
        }
    });
    let answer = staff.ask_saying(RelationsManager, number, &step, &because("等总经理定"));
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("not refused");
    };
    let keys: Vec<&str> = refusal.problems.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["required"]);
}

#[test]
fn a_caller_who_gives_no_number_is_logged_with_the_reason_and_the_reason_stays() {
    let mut staff = Staff::of("property");
    let anonymous = |text: &str| Command::LogIntake {
        details: IntakeDetails {
            phone: String::new(),
            place: String::new(),
            ..call(text)
        },
        new_customer: None,
    };
    let ask = |staff: &mut Staff, role, reason: &str| {
        let bench = staff.is(role);
        let mut envelope = bench.envelope(Request::Do(anonymous("楼道有烟味")));
        envelope.accept = ["caller-phone", "caller-place"]
            .map(|key| Assent {
                key: key.into(),
                reason: reason.into(),
            })
            .to_vec();
        bench.desk.ask(&envelope)
    };
    let Err(Failure::Refused(refusal)) = ask(&mut staff, Role::CustomerService, "") else {
        panic!("not refused");
    };
    let asked = refusal.problems.iter();
    let asked: Vec<_> = asked.map(|it| (it.rule, it.ask)).collect();
    assert_eq!(
        asked,
        [
            (Some(Rule::CallerPhone), true),
            (Some(Rule::CallerPlace), true)
        ]
    );
    let Ok(Reply::Done { record, .. }) = ask(&mut staff, Role::CustomerService, "不愿透露")
    else {
        panic!("refused");
    };
    let Record::Intake(intake) = *record else {
        panic!("no request");
    };
    let kept = intake.waived.iter();
    let kept: Vec<_> = kept
        .map(|it| (it.rule, it.reason.as_str(), it.by))
        .collect();
    let by = staff.posts[&Role::CustomerService];
    assert_eq!(
        kept,
        [
            (Rule::CallerPhone, "不愿透露", by),
            (Rule::CallerPlace, "不愿透露", by)
        ]
    );
}

/// One person who holds both posts proposes, and looks at what waits for their yes.
fn own_proposal_is_listed(four_eyes: &str) -> bool {
    let text = format!("[overrides]\nfour-eyes = {{ {four_eyes} }}\n");
    let mut staff = Staff::with("dealership", Some(&text));
    let details = OperatorDetails {
        login: "both".into(),
        name: "both".into(),
        roles: vec![Role::ServiceManager, GeneralManager],
        ..OperatorDetails::default()
    };
    let first = staff.profile.posts[0];
    let both = staff.is(first).change(Command::AddOperator { details });
    staff.posts.insert(Role::ServiceManager, both.number());
    let number = before(&mut staff, StepKind::Approve);
    staff.bench.operator = both.number();
    let listed = staff.bench.listed(Kind::Complaint, Filter::ForMe);
    listed.contains(&number)
}

#[test]
fn an_own_proposal_waits_for_oneself_only_where_four_eyes_may_be_overridden() {
    assert!(!own_proposal_is_listed("mode = \"block\""));
    assert!(!own_proposal_is_listed(
        "mode = \"ask\", roles = [\"relations-manager\"]"
    ));
    assert!(own_proposal_is_listed(
        "mode = \"ask\", roles = [\"general-manager\"]"
    ));
    assert!(own_proposal_is_listed("mode = \"allow\""));
}
