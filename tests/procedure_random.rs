//! Random people take random steps of complaints at a desk: whatever the desk takes in, the tables
//! allow, by whoever may, and nothing is closed that lacks an answer.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::collections::BTreeSet;

use common::staff::Staff;
use common::tried::{Try, any_try, check_taken};
use common::{cases, grievance};
use frontdesk::desk::contract::{Command, Failure, Reply};
use frontdesk::domain::complaint::{Complaint, ComplaintState, Step, Who, next_steps};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::Operator;
use frontdesk::domain::record::Record;
use frontdesk::domain::role::Role;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// One attempt: at which of the complaints, by whom, what, and how much later.
#[derive(Debug, Clone)]
struct Attempt {
    which: Index,
    who: Index,
    one: Try,
    /// What leads on, by somebody whose step it is.
    goes_on: bool,
    minutes: i64,
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let indices = (any::<Index>(), any::<Index>());
    (indices, any_try(), prop::bool::weighted(0.7), 0_i64..600).prop_map(
        |((which, who), one, goes_on, minutes)| Attempt {
            which,
            who,
            one,
            goes_on,
            minutes,
        },
    )
}

/// Whoever may take the step, where somebody may; anybody else otherwise.
fn somebody(staff: &Staff, complaint: &Complaint, step: &Step, attempt: &Attempt) -> Role {
    let rows = next_steps(complaint, &staff.profile);
    let row = rows.iter().find(|row| row.step == step.kind());
    let rules = &staff.profile.complaints;
    let able = match row.map(|row| row.who) {
        Some(Who::May(permission)) => staff.profile.permissions[&permission].roles.clone(),
        Some(Who::Carries(one)) => rules
            .steps
            .get(&one)
            .map_or(Vec::new(), |it| it.roles.clone()),
        Some(Who::Told) => rules.told_of_major.clone(),
        None => Vec::new(),
    };
    let all = &staff.profile.posts;
    let some = if attempt.goes_on && !able.is_empty() {
        &able
    } else {
        all
    };
    some[attempt.who.index(some.len())]
}

/// Tries it, and holds what the desk took in against the tables.
fn try_it(staff: &mut Staff, numbers: &[Number], attempt: &Attempt) -> Option<ComplaintState> {
    staff.bench.clock.advance_seconds(attempt.minutes * 60);
    let number = numbers[attempt.which.index(numbers.len())];
    let before = staff.complaint(number);
    let one = attempt.one.clone();
    let step = one.step(&before, &staff.profile, attempt.goes_on)?;
    let role = somebody(staff, &before, &step, attempt);
    let Record::Operator(worker) = staff.bench.get(staff.posts[&role]).record else {
        panic!("no operator");
    };
    let at = common::seen(&before.clone().into());
    let command = Command::StepComplaint {
        at,
        step: step.clone(),
    };
    match staff.is(role).ask(command) {
        Ok(Reply::Done { record, .. }) => {
            let Record::Complaint(after) = *record else {
                panic!("no complaint");
            };
            let worker: &Operator = &worker;
            check_taken(&before, &after, &step, worker, &staff.profile);
            assert_eq!(staff.complaint(number), after);
            Some(after.state)
        }
        Err(Failure::Refused(refusal)) => {
            assert!(!refusal.problems.is_empty());
            assert_eq!(staff.complaint(number), before, "refused, and yet changed");
            None
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn random_people_never_bring_a_complaint_where_the_tables_do_not_lead(
        id in select(vec!["dealership", "property", "call-centre"]),
        attempts in prop::collection::vec(attempt(), 60..240),
    ) {
        let site = "[complaints]\ntries = 2\n\
            [complaints.terms]\nassigned = { amount = 2, unit = \"working-hours\", pauses = true }\n";
        let mut staff = Staff::with(id, Some(site));
        let first = staff.profile.permissions[&frontdesk::domain::profile::Permission::ComplaintRecord]
            .roles[0];
        let numbers: Vec<Number> =
            (0..3).map(|_| staff.recorded_as(first, grievance("太吵"))).collect();
        for attempt in &attempts {
            try_it(&mut staff, &numbers, attempt);
        }
        let before: Vec<Complaint> = numbers.iter().map(|one| staff.complaint(*one)).collect();
        staff.bench.reopen();
        let after: Vec<Complaint> = numbers.iter().map(|one| staff.complaint(*one)).collect();
        prop_assert_eq!(before, after);
        staff.bench.assert_clean();
    }
}

#[test]
fn random_people_close_complaints_now_and_then() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    for id in ["dealership", "property"] {
        let mut staff = Staff::of(id);
        let first = staff.profile.permissions
            [&frontdesk::domain::profile::Permission::ComplaintRecord]
            .roles[0];
        let numbers: Vec<Number> = (0..12)
            .map(|_| staff.recorded_as(first, grievance("太吵")))
            .collect();
        let mut reached = BTreeSet::new();
        for _ in 0..1_200 {
            let attempt = attempt().new_tree(&mut runner).unwrap().current();
            reached.extend(try_it(&mut staff, &numbers, &attempt));
        }
        assert!(
            reached.contains(&ComplaintState::Closed),
            "{id}: {reached:?}"
        );
        assert!(numbers.iter().all(|number| number.kind == Kind::Complaint));
    }
}
