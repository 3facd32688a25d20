//! What the procedure gathers on its way: who has it, what was found, proposed, approved, told and
//! answered. Each part is there once its step was taken; nothing here decides anything.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ComplaintState;
use crate::domain::deadline::Pause;
use crate::domain::intake::Channel;
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::role::Role;
use crate::domain::stamp::Stamp;
use crate::domain::waiver::Waiver;

/// Something written down by somebody at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// What.
    pub text: String,
    /// When.
    pub at: Stamp,
    /// By whom.
    pub by: Number,
}

/// A judgement, with its reason (A08-n2b).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Judgement {
    /// Yes or no; not judged when none.
    pub holds: Option<bool>,
    /// Why.
    pub reason: String,
}

/// The nature of a complaint as the manager found it (A08-n2a to A08-n2c).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Nature {
    /// What the manager found out (A08-n2a).
    pub cause: String,
    /// The category (A08-n2a2).
    pub category: String,
    /// Whether the reason is sufficient (A08-n2b).
    pub justified: Judgement,
    /// Whether what is asked for is reasonable (A08-n2b).
    pub reasonable: Judgement,
}

/// Who had a complaint, from when: the hand-off rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hand {
    /// The department.
    pub department: String,
    /// The person.
    pub person: String,
    /// From when.
    pub at: Stamp,
    /// Given by whom.
    pub by: Number,
    /// When it was taken on, where that is asked for.
    pub accepted: Option<Stamp>,
}

/// A complaint marked as major (A08-m2a, A13-c4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Major {
    /// Why; the regulations do not say what makes one major.
    pub marked: Said,
    /// The posts that are to know of it, from the profile of that day.
    pub told: Vec<Role>,
    /// Who has acknowledged it, under which of these posts.
    pub acknowledged: Vec<Acknowledgement>,
}

/// A major complaint seen by somebody who is to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acknowledgement {
    /// Under which post.
    pub post: Role,
    /// By whom.
    pub by: Number,
    /// When.
    pub at: Stamp,
}

impl Major {
    /// The posts that have not acknowledged it.
    pub fn unacknowledged(&self) -> impl Iterator<Item = Role> + '_ {
        let seen = |post: &Role| self.acknowledged.iter().any(|one| one.post == *post);
        self.told.iter().copied().filter(move |post| !seen(post))
    }
}

/// The record of the emergency meeting (A08-m2b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Meeting {
    /// When it was held.
    pub held_at: Stamp,
    /// Who took part.
    pub participants: Vec<String>,
    /// What was decided.
    pub decision: Said,
}

/// What the handler proposes (A08-n3a, A08-n3b), or the meeting (A08-m3a).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Solution {
    /// The concrete cause (A08-d3.2).
    pub cause: String,
    /// The person directly responsible (A08-d3.2).
    pub person: String,
    /// The solution (A08-d3.3).
    pub proposed: Said,
    /// Approved by whom and when (A08-n4a); the text is what was said with it.
    pub approved: Option<Said>,
    /// How often a proposal was sent back.
    pub sent_back: u32,
}

/// The talk with the customer about a major complaint (A08-m3b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Negotiation {
    /// The manager of the business department who took part.
    pub business_manager: String,
    /// The customer relations manager who took part.
    pub relations_manager: String,
    /// What came of it.
    pub outcome: Said,
}

named! {
    /// What came of an attempt to reach the customer.
    Reach {
        /// They were spoken to.
        Reached = "reached",
        /// Nobody answered.
        NotReached = "not-reached",
        /// The number is wrong.
        WrongNumber = "wrong-number",
        /// They did not want to be asked.
        Refused = "refused",
    }
}

named! {
    /// How satisfied the customer is (A08-n5, A13-c3d).
    Satisfaction {
        /// Very.
        VerySatisfied = "very-satisfied",
        /// Yes.
        Satisfied = "satisfied",
        /// So so.
        Neutral = "neutral",
        /// No.
        Dissatisfied = "dissatisfied",
        /// Not at all.
        VeryDissatisfied = "very-dissatisfied",
    }
}

impl Satisfaction {
    /// Whether the customer does not accept the result.
    pub const fn is_dissatisfied(self) -> bool {
        matches!(self, Self::Dissatisfied | Self::VeryDissatisfied)
    }
}

/// One attempt to ask the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attempt {
    /// What came of it.
    pub reach: Reach,
    /// How satisfied they are; only where they were reached.
    pub satisfaction: Option<Satisfaction>,
    /// What was said.
    pub said: Said,
}

named! {
    /// Whom a penalty is decided for.
    Liable {
        /// The person who caused the complaint (A08-x1).
        Person = "person",
        /// The head of their department (A08-x1).
        Head = "head",
        /// The handler who was late (A08-x2).
        Handler = "handler",
    }
}

/// What was decided about a penalty (A08-x1, A08-x2). The regulations give no scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PenaltyDecision {
    /// For whom.
    pub liable: Liable,
    /// Their name.
    pub name: String,
    /// Hundredths of a yuan; none where none was laid on.
    pub amount: Option<u64>,
    /// Why; always given where there is no amount.
    pub reason: String,
}

/// Summing up (A08-n7, A08-m5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// The evaluation.
    pub evaluation: Said,
    /// The department that caused it; empty where none did (A08-r3.2).
    pub cause_department: String,
    /// The person who caused it; empty where nobody did.
    pub cause_person: String,
    /// Why there is no such department or person.
    pub no_cause: String,
    /// Who or what caused a delay; asked for where a step was late (A08-r3.3).
    pub delay: String,
    /// The loss in hundredths of a yuan (A08-x1).
    pub loss: Option<u64>,
    /// Why no measure is needed; empty where there is one (A08-n7).
    pub no_measure: String,
    /// Penalties decided.
    pub penalties: Vec<PenaltyDecision>,
}

/// A term that was not kept. It stays, whatever is changed later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Breach {
    /// What should have been left by then.
    pub state: ComplaintState,
    /// By whom.
    pub handler: String,
    /// By when.
    pub due: Stamp,
    /// When it was left.
    pub done: Stamp,
}

/// By which rules a complaint is judged: those of the day it was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RuleVersion {
    /// The profile.
    pub profile: String,
    /// Its version.
    pub version: u32,
}

/// Everything the procedure gathered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Course {
    /// By which rules; none for what was recorded before rules had versions.
    pub rules: Option<RuleVersion>,
    /// The complainant was told that it was received, by this channel. Ours (ISO 10002).
    pub receipt: Option<(Channel, Said)>,
    /// Since when the state it is in lasts.
    pub since: Option<Stamp>,
    /// Who had it, the latest last.
    pub hands: Vec<Hand>,
    /// Marked as major.
    pub major: Option<Major>,
    /// Its nature.
    pub nature: Option<Nature>,
    /// The emergency meeting.
    pub meeting: Option<Meeting>,
    /// The solution.
    pub solution: Option<Solution>,
    /// The negotiation.
    pub negotiation: Option<Negotiation>,
    /// What the department did, when it returned the slip (A13-c3c).
    pub result: Option<Said>,
    /// How the customer took it (A08-n4c).
    pub reaction: Option<Said>,
    /// Attempts to ask the customer, the latest last.
    pub attempts: Vec<Attempt>,
    /// The summing up.
    pub summary: Option<Summary>,
    /// The complainant was told where else they can turn. Ours (ISO 10002).
    pub recourse: Option<Said>,
    /// How often it was urged, and when last.
    pub urged: Vec<Said>,
    /// Times in which the customer was awaited.
    pub pauses: Vec<Pause>,
    /// Terms that were not kept.
    pub breaches: Vec<Breach>,
    /// How often it was taken up again.
    pub reopened: u32,
    /// How often the customer was not satisfied.
    pub dissatisfied: u32,
    /// Rules that were overridden, with who and why.
    pub waived: Vec<Waiver>,
    /// What others are to learn from it (A08-r1.2).
    pub lessons: Vec<Lesson>,
}

/// What other departments are to learn from a complaint (A08-r1.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lesson {
    /// The departments it is for, from the profile's list.
    pub departments: Vec<String>,
    /// The lesson.
    pub said: Said,
}

impl Course {
    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = Vec::new();
        let said = [
            self.result.as_mut(),
            self.reaction.as_mut(),
            self.recourse.as_mut(),
            self.major.as_mut().map(|major| &mut major.marked),
            self.receipt.as_mut().map(|(_, said)| said),
        ];
        let attempts = self.attempts.iter_mut().map(|attempt| &mut attempt.said);
        let said = said.into_iter().flatten().chain(attempts);
        texts.extend(said.chain(&mut self.urged).map(|said| &mut said.text));
        if let Some(nature) = &mut self.nature {
            texts.push(&mut nature.cause);
            texts.push(&mut nature.justified.reason);
            texts.push(&mut nature.reasonable.reason);
        }
        if let Some(meeting) = &mut self.meeting {
            texts.extend(&mut meeting.participants);
            texts.push(&mut meeting.decision.text);
        }
        if let Some(solution) = &mut self.solution {
            texts.extend([
                &mut solution.cause,
                &mut solution.person,
                &mut solution.proposed.text,
            ]);
            texts.extend(solution.approved.as_mut().map(|said| &mut said.text));
        }
        if let Some(negotiation) = &mut self.negotiation {
            texts.extend([
                &mut negotiation.business_manager,
                &mut negotiation.relations_manager,
                &mut negotiation.outcome.text,
            ]);
        }
        if let Some(summary) = &mut self.summary {
            texts.extend([
                &mut summary.evaluation.text,
                &mut summary.cause_person,
                &mut summary.no_cause,
                &mut summary.delay,
                &mut summary.no_measure,
            ]);
            let penalties = summary.penalties.iter_mut();
            texts.extend(penalties.flat_map(|one| [&mut one.name, &mut one.reason]));
        }
        texts.extend(self.waived.iter_mut().map(|one| &mut one.reason));
        texts.extend(self.lessons.iter_mut().map(|one| &mut one.said.text));
        texts.extend(self.hands.iter_mut().map(|hand| &mut hand.person));
        texts.extend(self.breaches.iter_mut().map(|breach| &mut breach.handler));
        texts
    }

    /// How satisfied the customer is, as last said.
    pub fn satisfaction(&self) -> Option<Satisfaction> {
        let mut attempts = self.attempts.iter().rev();
        attempts.find_map(|attempt| attempt.satisfaction)
    }

    /// Whether the customer is awaited now.
    pub fn is_waiting(&self) -> bool {
        self.pauses.last().is_some_and(|pause| pause.to.is_none())
    }
}
