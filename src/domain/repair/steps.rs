//! What can be done to a repair, with what each step asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::intake::Channel;
use crate::domain::named::named;

named! {
    /// What can be done to a repair.
    RepairStepKind {
        /// Given to a department and a person.
        Assign = "assign-repair",
        /// The customer was told what will be done and when (A05-4.3a).
        Respond = "respond",
        /// It was solved (A05-4.3b).
        Solve = "solve",
        /// The customer was told how it was solved (A05-4.3c).
        Answer = "answer-repair",
        /// The person who has it was urged.
        Urge = "urge-repair",
        /// Taken up again, because it was not solved after all. Ours.
        Reopen = "reopen-repair",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RepairStep {
    /// Give it to a department and a person.
    Assign {
        /// The department, from the profile's list.
        department: String,
        /// The person.
        handler: String,
    },
    /// Tell the customer what will be done and when.
    Respond {
        /// What was said.
        text: String,
        /// What was done, where it was solved at once.
        #[serde(default)]
        solution: String,
    },
    /// It is solved.
    Solve {
        /// What was done.
        text: String,
    },
    /// Tell the customer how it was solved. What comes before it and is not written down yet is
    /// written down with it: somebody was helped at once.
    Answer {
        /// What was said.
        text: String,
        /// How.
        channel: Option<Channel>,
        /// What was said first; asked for where no response is written down.
        #[serde(default)]
        response: String,
        /// What was done; asked for where no solution is written down.
        #[serde(default)]
        solution: String,
    },
    /// Urge whoever has it.
    Urge {
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// Take it up again.
    Reopen {
        /// Why.
        reason: String,
    },
}

impl RepairStep {
    /// Which step it is.
    pub const fn kind(&self) -> RepairStepKind {
        match self {
            Self::Assign { .. } => RepairStepKind::Assign,
            Self::Respond { .. } => RepairStepKind::Respond,
            Self::Solve { .. } => RepairStepKind::Solve,
            Self::Answer { .. } => RepairStepKind::Answer,
            Self::Urge { .. } => RepairStepKind::Urge,
            Self::Reopen { .. } => RepairStepKind::Reopen,
        }
    }
}
