//! Every guard of every row of the procedures refuses what it is there to refuse, by its clause.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::collections::BTreeSet;

use common::steps::{blank, whole};
use common::{at, grievance};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::complaint::course::{
    Acknowledgement, Breach, Hand, Major, Reach, Said, Satisfaction, Solution,
};
use frontdesk::domain::complaint::{
    self, Complaint, Guard, Step, StepKind, Transition, When, rows,
};
use frontdesk::domain::context::{Context, Meta};
use frontdesk::domain::deadline::Pause;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::{Operator, OperatorDetails};
use frontdesk::domain::profile::Profile;
use frontdesk::domain::role::Role;

/// Somebody who holds every post there is.
fn everybody() -> Operator {
    let number = Number {
        kind: Kind::Operator,
        year: 2024,
        seq: 1,
    };
    let meta = Meta {
        number,
        version: 1,
        created_at: at("2024-06-01 09:00"),
        created_by: number,
        changed_at: at("2024-06-01 09:00"),
        changed_by: number,
        import: None,
        void: false,
    };
    let details = OperatorDetails {
        name: "林小满".into(),
        roles: Role::ALL.to_vec(),
        ..OperatorDetails::default()
    };
    Operator::of(meta, details, true)
}

fn said(by: Number) -> Said {
    Said {
        text: "已说明".into(),
        at: at("2024-06-06 10:00"),
        by,
    }
}

/// Something lies in the way that no step can say away.
fn obstructed(complaint: &mut Complaint, guard: Guard, by: Number) {
    let course = &mut complaint.course;
    let acknowledgement = Acknowledgement {
        post: Role::GeneralManager,
        by,
        at: at("2024-06-06 10:30"),
    };
    let major = |seen: bool| Major {
        marked: said(by),
        told: vec![Role::GeneralManager],
        acknowledged: seen.then(|| acknowledgement.clone()).into_iter().collect(),
    };
    match guard {
        Guard::NotOwn => {
            course.solution = Some(Solution {
                cause: "密封圈装反".into(),
                person: "李师傅".into(),
                proposed: said(by),
                approved: None,
                sent_back: 0,
            });
        }
        Guard::Summary => course.breaches.push(Breach {
            state: complaint.state,
            handler: "服务经理".into(),
            due: at("2024-06-05 18:00"),
            done: at("2024-06-06 09:00"),
        }),
        Guard::Unacknowledged => course.major = Some(major(true)),
        Guard::AllAcknowledged | Guard::NotMajor => course.major = Some(major(false)),
        Guard::NotAccepted => course.hands.push(Hand {
            department: "engineering".into(),
            person: "李师傅".into(),
            at: at("2024-06-06 10:00"),
            by,
            accepted: Some(at("2024-06-06 10:05")),
        }),
        Guard::NotWaiting => course.pauses.push(Pause {
            from: at("2024-06-06 10:00"),
            to: None,
        }),
        _ => {}
    }
}

/// The problems that a guard finds where everything is wrong that it looks at: field or name.
const fn finds(guard: Guard) -> &'static [&'static str] {
    match guard {
        Guard::Nature => &["cause", "category", "justified", "reasonable"],
        Guard::DepartmentAndHandler => &["department", "handler"],
        Guard::HandlerReason => &["note"],
        Guard::Department => &["department"],
        Guard::Text => &[],
        Guard::TextAndChannel => &["channel"],
        Guard::Solution => &["cause", "person", "solution"],
        Guard::NotOwn => &["own-proposal"],
        Guard::MeetingRecord => &["participants", "decision"],
        Guard::BothManagers => &["business_manager", "relations_manager", "outcome"],
        Guard::Attempt => &["reach"],
        Guard::Summary => &[
            "evaluation",
            "cause_department",
            "delay",
            "no_measure",
            "penalty_handler",
        ],
        Guard::Unacknowledged => &["nothing-to-acknowledge"],
        Guard::NotAccepted => &["accepted-already"],
        Guard::Waiting => &["not-waiting"],
        Guard::NotWaiting => &["waiting-already"],
        Guard::NotMajor => &["major-already"],
        Guard::AllAcknowledged => &["major-unacknowledged"],
        Guard::Lesson => &["text"],
    }
}

/// A step of a row in which a guard finds everything wrong.
fn wrong(row: &Transition, guard: Guard, profile: &Profile) -> Option<Step> {
    if row.when == When::Dissatisfied && guard == Guard::Text {
        return Some(Step::CallBack {
            reach: Some(Reach::Reached),
            satisfaction: Some(Satisfaction::Dissatisfied),
            note: String::new(),
        });
    }
    if guard == Guard::HandlerReason {
        let step = whole(StepKind::Assign, profile);
        return step.map(|step| match step {
            Step::Assign {
                department,
                handler,
                cause,
                justified,
                reasonable,
                ..
            } => Step::Assign {
                department,
                handler,
                note: String::new(),
                category: "repair".into(),
                cause,
                justified,
                reasonable,
            },
            other => other,
        });
    }
    blank(row.step, profile)
}

#[test]
fn every_guard_of_every_row_refuses_by_a_clause_where_the_row_has_one() {
    let mut refused = BTreeSet::new();
    for id in Profile::IDS {
        let mut profile = Profile::builtin(id).unwrap();
        let plus: Vec<StepKind> = StepKind::ALL.to_vec();
        profile.complaints.plus.extend(plus);
        let calendar = Calendar::builtin();
        let operator = everybody();
        let by = operator.meta.number;
        let context = Context {
            now: at("2024-06-06 15:00"),
            operator: &operator,
            profile: &profile,
            calendar: &calendar,
            accept: &[],
        };
        let number = Number {
            kind: Kind::Complaint,
            ..by
        };
        let fresh = complaint::record(number, grievance("太吵"), None, None, &context).unwrap();
        for is_major in [false, true] {
            let mut base = fresh.clone();
            if is_major {
                obstructed(&mut base, Guard::NotMajor, by);
            }
            for row in rows(&base, &profile) {
                for guard in row.guards {
                    let Some(step) = wrong(row, *guard, &profile) else {
                        continue;
                    };
                    // Only a dealership's categories propose a handler.
                    if *guard == Guard::HandlerReason && *id != "dealership" {
                        continue;
                    }
                    let mut complaint = base.clone();
                    complaint.state = row.from[0];
                    obstructed(&mut complaint, *guard, by);
                    let answer = complaint::step(&complaint, &step, None, &context);
                    let Err(refusal) = answer else {
                        panic!("{id}: {guard:?} lets {step:?} through");
                    };
                    assert!(!refusal.problems.is_empty());
                    refused.insert(format!("{guard:?}"));
                    for name in finds(*guard) {
                        let problem = refusal
                            .problems
                            .iter()
                            .find(|one| one.field.as_deref() == Some(*name) || one.key == *name);
                        let Some(problem) = problem else {
                            panic!(
                                "{id}: {guard:?} of {:?} does not ask for {name}: {refusal}",
                                row.step
                            );
                        };
                        let has_clause = problem.clause.is_some() || row.clause.is_empty();
                        assert!(has_clause, "{id}: {guard:?} of {:?}: {name}", row.step);
                    }
                }
            }
        }
    }
    assert_eq!(refused.len(), 19, "{refused:?}");
}
