//! What can be done to a complaint, with what each step asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::course::{Judgement, PenaltyDecision, Reach, Satisfaction};
use crate::domain::intake::Channel;
use crate::domain::named::named;
use crate::domain::role::Role;
use crate::domain::stamp::Stamp;
use crate::text::clean;

named! {
    /// What can be done to a complaint. Positions stand in records: variants are only appended.
    StepKind {
        /// Written down.
        Record = "record",
        /// Judged and given to a department and a handler.
        Assign = "assign",
        /// The complainant was told the result.
        Answer = "answer",
        /// Closed.
        Close = "close",
        /// Taken back by the complainant.
        Withdraw = "withdraw",
        /// Marked as major (A08-m2a, A13-c4).
        MarkMajor = "mark-major",
        /// A major one seen by somebody who is to know of it.
        Acknowledge = "acknowledge",
        /// Taken on by the handler.
        Accept = "accept",
        /// Given back by the handler.
        HandBack = "hand-back",
        /// A solution proposed (A08-n3b).
        Propose = "propose",
        /// The solution approved (A08-n4a).
        Approve = "approve",
        /// The solution sent back for more work.
        SendBack = "send-back",
        /// How the customer took it (A08-n4c).
        FeedBack = "feed-back",
        /// The customer asked how satisfied they are (A08-n5).
        AskSatisfaction = "ask-satisfaction",
        /// Taken up again, because the customer does not accept the result.
        Reopen = "reopen",
        /// Summed up and evaluated (A08-n7).
        SumUp = "sum-up",
        /// A major one passed on (A08-m2a).
        PassOn = "pass-on",
        /// The emergency meeting held (A08-m2b).
        Meet = "meet",
        /// The meeting's solution drafted (A08-m3a).
        Draft = "draft",
        /// Negotiated with the customer by both managers (A08-m3b).
        Negotiate = "negotiate",
        /// Nothing needs to be done about it (A13-c3a by contrast).
        NoAction = "no-action",
        /// The slip returned with the result (A13-c3c).
        Return = "return",
        /// The customer phoned back (A13-c3d).
        CallBack = "call-back",
        /// The complainant told that it was received. Ours (ISO 10002).
        Receipt = "receipt",
        /// The complainant told where else they can turn. Ours (ISO 10002).
        Recourse = "recourse",
        /// The handler urged.
        Urge = "urge",
        /// The customer is awaited.
        Wait = "wait",
        /// The customer is not awaited any more.
        Resume = "resume",
        /// What is to be learnt from it told to departments (A08-r1.2).
        Share = "share",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Judge it and give it to a department and a person in it.
    Assign {
        /// The department, from the profile's list.
        department: String,
        /// The person, in the department's words.
        handler: String,
        /// Anything to tell them; the reason, where the handler is not the one proposed (A08-d3.1).
        #[serde(default)]
        note: String,
        /// The category, where it is fixed with this step (A08-n2a2).
        #[serde(default)]
        category: String,
        /// What the manager found out (A08-n2a).
        #[serde(default)]
        cause: String,
        /// Whether the reason is sufficient (A08-n2b).
        #[serde(default)]
        justified: Judgement,
        /// Whether what is asked for is reasonable (A08-n2b).
        #[serde(default)]
        reasonable: Judgement,
    },
    /// What the complainant was told.
    Answer {
        /// What was said.
        text: String,
        /// How.
        channel: Option<Channel>,
    },
    /// Nothing is left to do.
    Close {
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// The complainant takes it back.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// Mark it as major.
    MarkMajor {
        /// Why.
        reason: String,
    },
    /// Somebody who is to know of a major one has seen it.
    Acknowledge {
        /// Under which post; the first of theirs that has not acknowledged when none.
        #[serde(default)]
        post: Option<Role>,
    },
    /// The handler takes it on.
    Accept {},
    /// The handler gives it back.
    HandBack {
        /// Why.
        reason: String,
    },
    /// Propose a solution.
    Propose {
        /// The concrete cause (A08-d3.2).
        cause: String,
        /// The person directly responsible (A08-d3.2).
        person: String,
        /// The solution (A08-d3.3).
        solution: String,
    },
    /// Approve the solution.
    Approve {
        /// Anything to say with it.
        #[serde(default)]
        note: String,
    },
    /// Send the solution back for more work.
    SendBack {
        /// Why.
        reason: String,
    },
    /// How the customer took it.
    FeedBack {
        /// What they said.
        text: String,
    },
    /// Ask how satisfied the customer is.
    AskSatisfaction {
        /// What came of asking.
        reach: Option<Reach>,
        /// How satisfied they are.
        #[serde(default)]
        satisfaction: Option<Satisfaction>,
        /// What they said.
        #[serde(default)]
        note: String,
    },
    /// Take it up again.
    Reopen {
        /// What the customer does not accept.
        reason: String,
    },
    /// Sum up and evaluate.
    SumUp {
        /// The evaluation.
        evaluation: String,
        /// The department that caused it (A08-r3.2).
        #[serde(default)]
        cause_department: String,
        /// The person who caused it.
        #[serde(default)]
        cause_person: String,
        /// Why there is no such department or person.
        #[serde(default)]
        no_cause: String,
        /// Who or what caused a delay (A08-r3.3).
        #[serde(default)]
        delay: String,
        /// The loss in hundredths of a yuan (A08-x1).
        #[serde(default)]
        loss: Option<u64>,
        /// Why no measure is needed (A08-n7); empty where one was drafted.
        #[serde(default)]
        no_measure: String,
        /// Penalties decided (A08-x1, A08-x2).
        #[serde(default)]
        penalties: Vec<PenaltyDecision>,
    },
    /// Pass a major one on to the department's manager and the general manager.
    PassOn {
        /// The department responsible.
        department: String,
    },
    /// The emergency meeting was held.
    Meet {
        /// When; now when none.
        #[serde(default)]
        held_at: Option<Stamp>,
        /// Who took part.
        participants: Vec<String>,
        /// What was decided.
        decision: String,
    },
    /// The solution that the meeting drafted.
    Draft {
        /// The concrete cause.
        cause: String,
        /// The person directly responsible.
        person: String,
        /// The solution.
        solution: String,
    },
    /// Both managers negotiated with the customer.
    Negotiate {
        /// The manager of the business department.
        business_manager: String,
        /// The customer relations manager.
        relations_manager: String,
        /// What came of it.
        outcome: String,
    },
    /// Nothing needs to be done.
    NoAction {
        /// Why.
        reason: String,
    },
    /// The department returns the slip.
    Return {
        /// What was done (A13-c3c).
        result: String,
    },
    /// The customer was phoned back.
    CallBack {
        /// What came of calling.
        reach: Option<Reach>,
        /// How satisfied they are.
        #[serde(default)]
        satisfaction: Option<Satisfaction>,
        /// What they were told and said (A05-4.3c).
        #[serde(default)]
        note: String,
    },
    /// The complainant was told that it was received.
    Receipt {
        /// How.
        channel: Option<Channel>,
    },
    /// The complainant was told where else they can turn.
    Recourse {
        /// Where.
        text: String,
    },
    /// Urge the handler.
    Urge {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// The customer is awaited.
    Wait {
        /// For what.
        reason: String,
    },
    /// The customer is not awaited any more.
    Resume {},
    /// Tell departments what is to be learnt from it (A08-r1.2).
    Share {
        /// Which, from the profile's list; all of them when empty.
        #[serde(default)]
        departments: Vec<String>,
        /// The lesson.
        text: String,
    },
}

impl Step {
    /// Which step it is.
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Assign { .. } => StepKind::Assign,
            Self::Answer { .. } => StepKind::Answer,
            Self::Close { .. } => StepKind::Close,
            Self::Withdraw { .. } => StepKind::Withdraw,
            Self::MarkMajor { .. } => StepKind::MarkMajor,
            Self::Acknowledge { .. } => StepKind::Acknowledge,
            Self::Accept {} => StepKind::Accept,
            Self::HandBack { .. } => StepKind::HandBack,
            Self::Propose { .. } => StepKind::Propose,
            Self::Approve { .. } => StepKind::Approve,
            Self::SendBack { .. } => StepKind::SendBack,
            Self::FeedBack { .. } => StepKind::FeedBack,
            Self::AskSatisfaction { .. } => StepKind::AskSatisfaction,
            Self::Reopen { .. } => StepKind::Reopen,
            Self::SumUp { .. } => StepKind::SumUp,
            Self::PassOn { .. } => StepKind::PassOn,
            Self::Meet { .. } => StepKind::Meet,
            Self::Draft { .. } => StepKind::Draft,
            Self::Negotiate { .. } => StepKind::Negotiate,
            Self::NoAction { .. } => StepKind::NoAction,
            Self::Return { .. } => StepKind::Return,
            Self::CallBack { .. } => StepKind::CallBack,
            Self::Receipt { .. } => StepKind::Receipt,
            Self::Recourse { .. } => StepKind::Recourse,
            Self::Urge { .. } => StepKind::Urge,
            Self::Wait { .. } => StepKind::Wait,
            Self::Resume {} => StepKind::Resume,
            Self::Share { .. } => StepKind::Share,
        }
    }

    /// What is written beside the step in the trail, cleaned.
    pub fn note(&self) -> String {
        let text = match self {
            Self::Assign { note, .. }
            | Self::Close { note }
            | Self::Approve { note }
            | Self::AskSatisfaction { note, .. }
            | Self::CallBack { note, .. }
            | Self::Urge { note } => note,
            Self::Answer { text, .. }
            | Self::FeedBack { text }
            | Self::Recourse { text }
            | Self::Share { text, .. } => text,
            Self::Withdraw { reason }
            | Self::MarkMajor { reason }
            | Self::HandBack { reason }
            | Self::SendBack { reason }
            | Self::Reopen { reason }
            | Self::NoAction { reason }
            | Self::Wait { reason } => reason,
            Self::Propose { solution, .. } | Self::Draft { solution, .. } => solution,
            Self::SumUp { evaluation, .. } => evaluation,
            Self::PassOn { department } => department,
            Self::Meet { decision, .. } => decision,
            Self::Negotiate { outcome, .. } => outcome,
            Self::Return { result } => result,
            Self::Acknowledge { .. } | Self::Accept {} | Self::Receipt { .. } | Self::Resume {} => {
                ""
            }
        };
        clean::body(text)
    }
}
