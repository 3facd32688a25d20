//! Finding the row for a step, and taking it.

use super::bring::bring;
use super::course::{Breach, Reach, Satisfaction};
use super::guards;
use super::steps::{Step, StepKind};
use super::tables::{self, To, Transition, When, Who};
use super::{Complaint, ComplaintState as State, Passage};
use crate::domain::context::Context;
use crate::domain::operator::Operator;
use crate::domain::profile::Profile;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::role::Role;

/// The rows of the procedure that a complaint follows, those that are on in the profile.
pub fn rows<'a>(
    complaint: &'a Complaint,
    profile: &'a Profile,
) -> impl Iterator<Item = &'static Transition> + 'a {
    tables::tables(
        profile.complaints.procedure,
        complaint.course.major.is_some(),
    )
    .iter()
    .flat_map(|table| table.iter())
    .filter(|row| row.is_on(profile))
}

/// The states that a complaint can be in at a site, in the order of the procedure.
pub fn states(profile: &Profile) -> Vec<State> {
    let procedure = profile.complaints.procedure;
    let rows = [false, true]
        .into_iter()
        .flat_map(|is_major| tables::tables(procedure, is_major).iter())
        .flat_map(|table| table.iter())
        .filter(|row| row.is_on(profile));
    let mut states = vec![procedure.first_state()];
    for row in rows {
        if let To::State(to) = row.to
            && !states.contains(&to)
        {
            states.push(to);
        }
    }
    states
}

/// The steps that lead on from where a complaint stands, each once.
pub fn next_steps(complaint: &Complaint, profile: &Profile) -> Vec<&'static Transition> {
    let mut next: Vec<&'static Transition> = Vec::new();
    for row in rows(complaint, profile).filter(|row| row.from.contains(&complaint.state)) {
        if next.iter().all(|known| known.step != row.step) {
            next.push(row);
        }
    }
    next
}

/// Which of several rows a step means.
fn which(complaint: &Complaint, step: &Step, profile: &Profile) -> When {
    let (Step::AskSatisfaction {
        reach,
        satisfaction,
        ..
    }
    | Step::CallBack {
        reach,
        satisfaction,
        ..
    }) = step
    else {
        return When::Always;
    };
    match reach {
        Some(Reach::Reached) if satisfaction.is_some_and(Satisfaction::is_dissatisfied) => {
            When::Dissatisfied
        }
        Some(Reach::Reached | Reach::Refused) | None => When::Asked,
        Some(Reach::NotReached | Reach::WrongNumber) => {
            // What was tried before the complaint was last taken up again is another matter.
            let here = complaint.trail.iter().rev();
            let here = here.take_while(|passage| passage.to == complaint.state);
            let tried = here.filter(|passage| passage.step == step.kind()).count();
            let tried = tried.saturating_add(1);
            match profile.complaints.tries {
                Some(enough) if tried >= enough as usize => When::Asked,
                _ => When::NotReached,
            }
        }
    }
}

/// The row for a step, if the procedure has one from here.
pub(super) fn find(
    complaint: &Complaint,
    step: &Step,
    profile: &Profile,
) -> Option<&'static Transition> {
    let which = which(complaint, step, profile);
    rows(complaint, profile).find(|row| {
        row.step == step.kind()
            && row.from.contains(&complaint.state)
            && (row.when == When::Always || row.when == which)
    })
}

/// Why there is no such step from here: what would come first.
fn no_such_step(complaint: &Complaint, step: StepKind, profile: &Profile) -> Refusal {
    let next = next_steps(complaint, profile);
    let next: Vec<&str> = next.iter().map(|row| row.step.id()).collect();
    let known = rows(complaint, profile).find(|row| row.step == step);
    let mut problem = Problem::new(if complaint.state.is_final() {
        "already-closed"
    } else if step == StepKind::Close {
        "answer-first"
    } else {
        "step-not-yet"
    })
    .arg("number", complaint.meta.number)
    .arg("state", complaint.state.id())
    .arg("step", step.id())
    .arg("next", next.join(" "));
    let clause = known
        .map(|row| row.clause)
        .filter(|clause| !clause.is_empty());
    problem.clause = clause.map(str::to_owned);
    problem.into()
}

/// Whether somebody may take a step of this row.
pub(super) fn may(
    row: &Transition,
    complaint: &Complaint,
    context: &Context,
) -> Result<(), Refusal> {
    match row.who {
        Who::May(permission) => context.may(permission),
        Who::Carries(step) => context.may_carry(step),
        Who::Told => {
            let told = complaint.course.major.iter().flat_map(|major| &major.told);
            let told: Vec<Role> = told.copied().collect();
            if told
                .iter()
                .any(|post| context.operator.roles.contains(post))
            {
                return Ok(());
            }
            let who: Vec<&str> = told.iter().map(|role| role.id()).collect();
            let problem = Problem::new("role-may-not")
                .arg("permission", row.step.id())
                .arg("name", &context.operator.name)
                .arg("roles", who.join(" "))
                .clause(row.clause);
            Err(problem.into())
        }
    }
}

/// One step on. `handler` is the operator of the name in the step, where there is one.
pub(super) fn step(
    complaint: &Complaint,
    step: &Step,
    handler: Option<&Operator>,
    context: &Context,
) -> Result<Complaint, Refusal> {
    let row = find(complaint, step, context.profile)
        .ok_or_else(|| no_such_step(complaint, step.kind(), context.profile))?;
    may(row, complaint, context)?;
    let waivers = guards::check(row, complaint, step, handler, context)?;
    let mut next = Complaint {
        meta: complaint.meta.changed(context),
        ..complaint.clone()
    };
    if let To::State(to) = row.to {
        next.state = to;
    }
    next.trail.push(Passage {
        step: step.kind(),
        to: next.state,
        at: context.now,
        by: context.operator.meta.number,
        note: step.note(),
    });
    next.course.waived.extend(waivers);
    bring(&mut next, step, context);
    settle_terms(complaint, &mut next, row, context);
    Ok(next)
}

/// The term that ran is closed, late or not, and that of the new state begins.
fn settle_terms(before: &Complaint, next: &mut Complaint, row: &Transition, context: &Context) {
    let is_assigned_anew = row.step == StepKind::Assign;
    if matches!(row.to, To::State(_)) {
        if let Some(due) = before.due_at.filter(|due| *due < context.now) {
            next.course.breaches.push(Breach {
                state: before.state,
                handler: before.handler.clone(),
                due,
                done: context.now,
            });
        }
        if before.state != next.state || is_assigned_anew {
            next.course.since = Some(context.now);
            next.course.pauses.retain(|pause| pause.to.is_none());
        }
    }
    next.settle_due(context);
}
