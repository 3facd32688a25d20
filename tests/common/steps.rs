//! Steps of a complaint as the staff of a site enter them: whole, or with nothing filled in.

use frontdesk::domain::complaint::course::{Judgement, Reach, Satisfaction};
use frontdesk::domain::complaint::{Step, StepKind};
use frontdesk::domain::intake::Channel;
use frontdesk::domain::profile::{Procedure, Profile};

/// A judgement that holds.
pub fn holds(reason: &str) -> Judgement {
    Judgement {
        holds: Some(true),
        reason: reason.into(),
    }
}

/// Asked how satisfied they are, reached.
pub fn asked(satisfaction: Satisfaction) -> Step {
    Step::AskSatisfaction {
        reach: Some(Reach::Reached),
        satisfaction: Some(satisfaction),
        note: "客户原话".into(),
    }
}

/// Phoned back, reached.
pub fn called(satisfaction: Satisfaction) -> Step {
    Step::CallBack {
        reach: Some(Reach::Reached),
        satisfaction: Some(satisfaction),
        note: "客户原话".into(),
    }
}

/// A step of a kind with everything in it that its site can ask for; recording is no step.
pub fn whole(kind: StepKind, profile: &Profile) -> Option<Step> {
    let departments = &profile.complaints.departments;
    filled(kind, profile, "按实际情况填写", &departments.first()?.id)
}

/// A step of a kind with nothing filled in.
pub fn blank(kind: StepKind, profile: &Profile) -> Option<Step> {
    Some(match filled(kind, profile, "", "")? {
        Step::Assign { .. } => Step::Assign {
            department: String::new(),
            handler: String::new(),
            note: String::new(),
            category: String::new(),
            cause: String::new(),
            justified: Judgement::default(),
            reasonable: Judgement::default(),
        },
        Step::Answer { text, .. } => Step::Answer {
            text,
            channel: None,
        },
        Step::Receipt { .. } => Step::Receipt { channel: None },
        Step::AskSatisfaction { note, .. } => Step::AskSatisfaction {
            reach: None,
            satisfaction: None,
            note,
        },
        Step::CallBack { note, .. } => Step::CallBack {
            reach: None,
            satisfaction: None,
            note,
        },
        other => other,
    })
}

fn filled(kind: StepKind, profile: &Profile, words: &str, department: &str) -> Option<Step> {
    let text = || words.to_owned();
    let department = department.to_owned();
    let judges = profile.complaints.procedure == Procedure::Dealership;
    Some(match kind {
        StepKind::Record => return None,
        StepKind::Assign => Step::Assign {
            department,
            handler: "李师傅".into(),
            note: text(),
            category: profile.complaints.categories.first()?.id.clone(),
            cause: text(),
            justified: if judges {
                holds(words)
            } else {
                Judgement::default()
            },
            reasonable: if judges {
                holds(words)
            } else {
                Judgement::default()
            },
        },
        StepKind::Answer => Step::Answer {
            text: text(),
            channel: Some(Channel::Call),
        },
        StepKind::Close => Step::Close { note: text() },
        StepKind::Withdraw => Step::Withdraw { reason: text() },
        StepKind::MarkMajor => Step::MarkMajor { reason: text() },
        StepKind::Acknowledge => Step::Acknowledge { post: None },
        StepKind::Accept => Step::Accept {},
        StepKind::HandBack => Step::HandBack { reason: text() },
        StepKind::Propose => Step::Propose {
            cause: text(),
            person: text(),
            solution: text(),
        },
        StepKind::Draft => Step::Draft {
            cause: text(),
            person: text(),
            solution: text(),
        },
        StepKind::Approve => Step::Approve { note: text() },
        StepKind::SendBack => Step::SendBack { reason: text() },
        StepKind::FeedBack => Step::FeedBack { text: text() },
        StepKind::AskSatisfaction => asked(Satisfaction::Satisfied),
        StepKind::CallBack => called(Satisfaction::Satisfied),
        StepKind::Reopen => Step::Reopen { reason: text() },
        StepKind::SumUp => Step::SumUp {
            evaluation: text(),
            cause_department: department,
            cause_person: text(),
            no_cause: String::new(),
            delay: text(),
            loss: None,
            no_measure: text(),
            penalties: Vec::new(),
        },
        StepKind::PassOn => Step::PassOn { department },
        StepKind::Meet => Step::Meet {
            held_at: None,
            participants: vec![text()],
            decision: text(),
        },
        StepKind::Negotiate => Step::Negotiate {
            business_manager: text(),
            relations_manager: if words.is_empty() {
                text()
            } else {
                "客户关系经理".into()
            },
            outcome: text(),
        },
        StepKind::NoAction => Step::NoAction { reason: text() },
        StepKind::Return => Step::Return { result: text() },
        StepKind::Receipt => Step::Receipt {
            channel: Some(Channel::Call),
        },
        StepKind::Recourse => Step::Recourse { text: text() },
        StepKind::Urge => Step::Urge { note: text() },
        StepKind::Wait => Step::Wait { reason: text() },
        StepKind::Resume => Step::Resume {},
        StepKind::Share => Step::Share {
            departments: Vec::new(),
            text: text(),
        },
    })
}
