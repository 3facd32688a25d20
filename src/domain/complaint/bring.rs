//! What each step writes into the record, once the rules have let it pass.

use super::course::{
    Acknowledgement, Attempt, Course, Hand, Judgement, Lesson, Major, Meeting, Nature, Negotiation,
    Reach, Said, Satisfaction, Solution, Summary,
};
use super::steps::Step;
use super::{Complaint, ComplaintAnswer};
use crate::domain::context::Context;
use crate::domain::deadline::Pause;
use crate::domain::role::Role;
use crate::text::clean;

fn said(text: &str, context: &Context) -> Said {
    Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    }
}

fn judged(judgement: &Judgement) -> Judgement {
    Judgement {
        holds: judgement.holds,
        reason: clean::body(&judgement.reason),
    }
}

/// Writes what the step brought into the record.
pub(super) fn bring(complaint: &mut Complaint, step: &Step, context: &Context) {
    let course = &mut complaint.course;
    match step {
        Step::Assign { .. } => bring_assignment(complaint, step, context),
        Step::Answer { channel, .. } => {
            complaint.answer = channel.map(|channel| ComplaintAnswer {
                text: step.note(),
                channel,
                at: context.now,
                by: context.operator.meta.number,
            });
        }
        Step::MarkMajor { reason } => {
            course.major = Some(Major {
                marked: said(reason, context),
                told: context.profile.complaints.told_of_major.clone(),
                acknowledged: Vec::new(),
            });
        }
        Step::Acknowledge { post } => bring_acknowledgement(course, *post, context),
        Step::Accept {} => {
            if let Some(hand) = course.hands.last_mut() {
                hand.accepted = Some(context.now);
            }
        }
        Step::HandBack { .. } => {
            complaint.handler.clear();
            complaint.department.clear();
        }
        Step::Propose { .. }
        | Step::Draft { .. }
        | Step::Approve { .. }
        | Step::SendBack { .. } => {
            bring_solution(course, step, context);
        }
        Step::FeedBack { text } => course.reaction = Some(said(text, context)),
        Step::AskSatisfaction { .. } | Step::CallBack { .. } => {
            bring_attempt(course, step, context);
        }
        Step::Reopen { .. } => course.reopened = course.reopened.saturating_add(1),
        Step::SumUp { .. } => bring_summary(course, step, context),
        Step::PassOn { department } => department.trim().clone_into(&mut complaint.department),
        Step::Meet { .. } | Step::Negotiate { .. } => bring_talk(course, step, context),
        Step::Return { result } => course.result = Some(said(result, context)),
        Step::Receipt { channel } => {
            course.receipt = channel.map(|channel| (channel, said("", context)));
        }
        Step::Recourse { text } => course.recourse = Some(said(text, context)),
        Step::Urge { note } => course.urged.push(said(note, context)),
        Step::Wait { .. } => course.pauses.push(Pause {
            from: context.now,
            to: None,
        }),
        Step::Resume {} => {
            if let Some(pause) = course.pauses.last_mut() {
                pause.to = Some(context.now);
            }
        }
        Step::Share { departments, text } => {
            let listed = context.profile.complaints.departments.iter();
            let mut ids: Vec<String> = departments.iter().map(|it| it.trim().to_owned()).collect();
            if ids.is_empty() {
                ids.extend(listed.map(|it| it.id.clone()));
            }
            ids.sort_unstable();
            ids.dedup();
            course.lessons.push(Lesson {
                departments: ids,
                said: said(text, context),
            });
        }
        Step::NoAction { .. } | Step::Close { .. } | Step::Withdraw { .. } => {}
    }
    if complaint.state.is_final()
        && let Some(pause) = complaint.course.pauses.last_mut()
    {
        pause.to.get_or_insert(context.now);
    }
}

fn bring_assignment(complaint: &mut Complaint, step: &Step, context: &Context) {
    let Step::Assign {
        department,
        handler,
        category,
        cause,
        justified,
        reasonable,
        ..
    } = step
    else {
        return;
    };
    department.trim().clone_into(&mut complaint.department);
    complaint.handler = clean::name(handler);
    let category = category.trim();
    if !category.is_empty() {
        category.clone_into(&mut complaint.details.category);
    }
    if !cause.trim().is_empty() || justified.holds.is_some() {
        complaint.course.nature = Some(Nature {
            cause: clean::body(cause),
            category: complaint.details.category.clone(),
            justified: judged(justified),
            reasonable: judged(reasonable),
        });
    }
    complaint.course.hands.push(Hand {
        department: complaint.department.clone(),
        person: complaint.handler.clone(),
        at: context.now,
        by: context.operator.meta.number,
        accepted: None,
    });
}

fn bring_acknowledgement(course: &mut Course, post: Option<Role>, context: &Context) {
    let Some(major) = &mut course.major else {
        return;
    };
    let held = |one: &Role| context.operator.roles.contains(one);
    let seen = major
        .unacknowledged()
        .find(|one| held(one) && post.is_none_or(|post| post == *one));
    major.acknowledged.extend(seen.map(|post| Acknowledgement {
        post,
        by: context.operator.meta.number,
        at: context.now,
    }));
}

fn bring_solution(course: &mut Course, step: &Step, context: &Context) {
    match (step, &mut course.solution) {
        (
            Step::Propose {
                cause,
                person,
                solution,
            }
            | Step::Draft {
                cause,
                person,
                solution,
            },
            before,
        ) => {
            let sent_back = before.as_ref().map_or(0, |old| old.sent_back);
            *before = Some(Solution {
                cause: clean::body(cause),
                person: clean::name(person),
                proposed: said(solution, context),
                approved: None,
                sent_back,
            });
        }
        (Step::Approve { note }, Some(solution)) => solution.approved = Some(said(note, context)),
        (Step::SendBack { .. }, Some(solution)) => {
            solution.sent_back = solution.sent_back.saturating_add(1);
        }
        _ => {}
    }
}

fn bring_attempt(course: &mut Course, step: &Step, context: &Context) {
    let (Step::AskSatisfaction {
        reach,
        satisfaction,
        note,
    }
    | Step::CallBack {
        reach,
        satisfaction,
        note,
    }) = step
    else {
        return;
    };
    course.attempts.extend(reach.map(|reach| Attempt {
        reach,
        satisfaction: satisfaction.filter(|_| reach == Reach::Reached),
        said: said(note, context),
    }));
    if satisfaction.is_some_and(Satisfaction::is_dissatisfied) {
        course.dissatisfied = course.dissatisfied.saturating_add(1);
    }
}

fn bring_summary(course: &mut Course, step: &Step, context: &Context) {
    let Step::SumUp {
        evaluation,
        cause_department,
        cause_person,
        no_cause,
        delay,
        loss,
        no_measure,
        penalties,
    } = step
    else {
        return;
    };
    course.summary = Some(Summary {
        evaluation: said(evaluation, context),
        cause_department: cause_department.trim().to_owned(),
        cause_person: clean::name(cause_person),
        no_cause: clean::body(no_cause),
        delay: clean::body(delay),
        loss: *loss,
        no_measure: clean::body(no_measure),
        penalties: penalties.clone(),
    });
}

fn bring_talk(course: &mut Course, step: &Step, context: &Context) {
    match step {
        Step::Meet {
            held_at,
            participants,
            decision,
        } => {
            let named = participants.iter().map(|name| clean::name(name));
            course.meeting = Some(Meeting {
                held_at: held_at.unwrap_or(context.now),
                participants: named.filter(|name| !name.is_empty()).collect(),
                decision: said(decision, context),
            });
        }
        Step::Negotiate {
            business_manager,
            relations_manager,
            outcome,
        } => {
            course.negotiation = Some(Negotiation {
                business_manager: clean::name(business_manager),
                relations_manager: clean::name(relations_manager),
                outcome: said(outcome, context),
            });
        }
        _ => {}
    }
}
