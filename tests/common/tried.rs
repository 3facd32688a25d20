//! Steps tried by chance, and what must hold of every step that was taken.

use frontdesk::domain::complaint::course::{Reach, Satisfaction};
use frontdesk::domain::complaint::{
    self, Complaint, ComplaintState as State, Step, StepKind, To, Who, rows,
};
use frontdesk::domain::operator::Operator;
use frontdesk::domain::profile::{Procedure, Profile};
use frontdesk::domain::role::Role;
use proptest::prelude::*;
use proptest::sample::select;

/// A step of any kind, whole or lacking, and of asking the customer any outcome.
#[derive(Debug, Clone)]
pub struct Try {
    kind: StepKind,
    is_whole: bool,
    reach: Reach,
    satisfaction: Satisfaction,
    /// Which of the steps that lead on.
    nth: usize,
}

/// Any of them.
pub fn any_try() -> impl Strategy<Value = Try> {
    let kinds = select(StepKind::ALL);
    let (reach, satisfaction) = (select(Reach::ALL), select(Satisfaction::ALL));
    let is_whole = prop::bool::weighted(0.9);
    (kinds, is_whole, reach, satisfaction, any::<usize>()).prop_map(
        |(kind, is_whole, reach, satisfaction, nth)| Try {
            kind,
            is_whole,
            reach,
            satisfaction,
            nth,
        },
    )
}

impl Try {
    /// What is tried: mostly what leads on from where the complaint is.
    pub fn step(self, complaint: &Complaint, profile: &Profile, goes_on: bool) -> Option<Step> {
        let leads_on = |to: To| match to {
            To::State(to) => to != complaint.state && to != State::Withdrawn,
            To::Same => false,
        };
        let from_here = rows(complaint, profile).filter(|row| row.from.contains(&complaint.state));
        let on: Vec<StepKind> = from_here
            .filter(|row| leads_on(row.to))
            .map(|row| row.step)
            .collect();
        let kind = match on.len() {
            0 => self.kind,
            many if goes_on => on[self.nth % many],
            _ => self.kind,
        };
        let step = if self.is_whole {
            super::steps::whole(kind, profile)
        } else {
            super::steps::blank(kind, profile)
        };
        let satisfaction = Some(self.satisfaction);
        let (reach, note) = (Some(self.reach), "客户原话".to_owned());
        Some(match step? {
            Step::AskSatisfaction { .. } => Step::AskSatisfaction {
                reach,
                satisfaction,
                note,
            },
            Step::CallBack { .. } => Step::CallBack {
                reach,
                satisfaction,
                note,
            },
            other => other,
        })
    }
}

/// Holds one step that was taken against the table it came from.
pub fn check_taken(
    before: &Complaint,
    after: &Complaint,
    step: &Step,
    worker: &Operator,
    profile: &Profile,
) {
    let row = rows(before, profile).find(|row| {
        let to = match row.to {
            To::State(to) => to,
            To::Same => before.state,
        };
        row.step == step.kind() && row.from.contains(&before.state) && to == after.state
    });
    let (from, to) = (before.state, after.state);
    let row = row.unwrap_or_else(|| panic!("{step:?} from {from:?} to {to:?}"));
    let held = |posts: &[Role]| posts.iter().any(|post| worker.roles.contains(post));
    let may = match row.who {
        Who::May(permission) => profile.may(permission, &worker.roles).is_ok(),
        Who::Carries(step) => held(&profile.complaints.steps[&step].roles),
        Who::Told => held(&before.course.major.as_ref().unwrap().told),
    };
    assert!(may, "{step:?} by {:?}", worker.roles);
    assert!(!from.is_final() || to == from, "left {from:?}");
    assert_eq!(after.trail.len(), before.trail.len() + 1);
    assert_eq!(after.meta.version, before.meta.version + 1);
    assert_eq!(after.trail.last().map(|passage| passage.to), Some(to));
    // A breach is frozen once it happened.
    assert!(after.course.breaches.starts_with(&before.course.breaches));
    if to == State::Closed {
        check_closed(after, profile);
    }
}

/// What is closed was answered and asked about, and summed up where that is a step.
fn check_closed(closed: &Complaint, profile: &Profile) {
    let course = &closed.course;
    let reached = |attempt: &complaint::course::Attempt| {
        matches!(attempt.reach, Reach::Reached | Reach::Refused)
    };
    let tried = course.attempts.len();
    let given_up = profile
        .complaints
        .tries
        .is_some_and(|enough| tried >= enough as usize);
    let asked = course.attempts.last().is_some_and(reached);
    assert!(asked || given_up, "not asked");
    match profile.complaints.procedure {
        Procedure::Property => assert!(course.result.is_some(), "no result"),
        Procedure::Dealership => {
            let told = closed.answer.is_some() && course.reaction.is_some();
            let negotiated = course.negotiation.is_some() && course.meeting.is_some();
            let answered = if course.major.is_some() {
                negotiated
            } else {
                told
            };
            assert!(answered, "closed without an answer");
            assert!(course.summary.is_some(), "not summed up");
            let approved = course.solution.as_ref().and_then(|it| it.approved.as_ref());
            let four_eyes = approved.is_none_or(|yes| {
                course
                    .solution
                    .as_ref()
                    .is_some_and(|it| it.proposed.by != yes.by)
            });
            assert!(four_eyes, "approved by whoever proposed it");
            let needed = course.major.is_none() || profile.complaints.major_approved;
            assert!(approved.is_some() || !needed, "never approved");
        }
    }
}
