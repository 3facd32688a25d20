//! What is said from above and from below: an instruction to an operator, shown until it is acknowledged
//! and open until it is carried out, and a suggestion that a manager answers (A09-1.4b, A09-1.4c).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// Which way it goes. Positions stand in records: variants are only appended.
    #[derive(Default)]
    InstructionSort {
        /// From above: somebody is to do something (A09-1.4b).
        #[default]
        Instruction = "instruction",
        /// From below: something could be done better (A09-1.4c).
        Suggestion = "suggestion",
    }
}

named! {
    /// Where it stands. Positions stand in records: variants are only appended.
    InstructionState {
        /// An instruction that its operator has not acknowledged.
        Given = "given",
        /// Acknowledged, and still to be carried out.
        Acknowledged = "acknowledged",
        /// Carried out.
        CarriedOut = "carried-out",
        /// A suggestion that nobody has answered.
        Suggested = "suggested",
        /// A suggestion with its answer.
        Answered = "answered",
        /// Taken back. Ours.
        Withdrawn = "withdrawn",
    }
}

impl InstructionState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::CarriedOut | Self::Answered | Self::Withdrawn)
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InstructionDetails {
    /// Which way it goes.
    pub sort: InstructionSort,
    /// Whom an instruction is for; none of a suggestion.
    pub operator: Option<Number>,
    /// What is to be done, or could be.
    pub text: String,
    /// The day by which an instruction is to be carried out.
    pub due: Option<Day>,
}

/// An instruction or a suggestion. Who made it gave it, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Instruction {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: InstructionDetails,
    /// Where it stands.
    pub state: InstructionState,
    /// Acknowledged by its operator (A09-1.4b).
    pub acknowledged: Option<Said>,
    /// Carried out, and how (A09-1.4b).
    pub done: Option<Said>,
    /// The manager's answer to a suggestion (A09-1.4c).
    pub answered: Option<Said>,
    /// Taken back, and why.
    pub withdrawn: Option<Said>,
}

impl Instruction {
    /// Refuses whoever it is not for: it is seen by whoever made it, by its operator, by those who give
    /// instructions or answer suggestions, as it is the one or the other.
    ///
    /// # Errors
    /// As said.
    pub fn may_see(&self, context: &Context) -> Result<(), Refusal> {
        let me = context.operator.meta.number;
        if self.meta.created_by == me || self.details.operator == Some(me) {
            return Ok(());
        }
        context.may_take(match self.details.sort {
            InstructionSort::Instruction => ArchiveStep::GiveInstruction,
            InstructionSort::Suggestion => ArchiveStep::AnswerSuggestion,
        })
    }

    /// Days by which it should have been carried out and was not.
    pub fn days_late(&self, today: Day) -> i64 {
        let due = self.details.due.filter(|_| !self.state.is_final());
        due.map_or(0, |due| (today.0 - due.0).num_days().max(0))
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let said = [&mut self.done, &mut self.answered, &mut self.withdrawn];
        let said = said.into_iter().flatten().map(|said| &mut said.text);
        std::iter::once(&mut self.details.text).chain(said)
    }
}

/// An instruction given, or a suggestion made. `known` says whether its operator works here.
///
/// # Errors
/// Refused without a text; an instruction for one who gives none (A09-1.4b), without an operator who works
/// here, and for a day that is past.
pub fn give(
    number: Number,
    mut details: InstructionDetails,
    known: bool,
    context: &Context,
) -> Result<Instruction, Refusal> {
    let instruction = details.sort == InstructionSort::Instruction;
    if instruction {
        context.may_take(ArchiveStep::GiveInstruction)?;
    }
    let clause = if instruction { "A09-1.4b" } else { "A09-1.4c" };
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    if instruction {
        checks.require(details.operator.is_some() && known, || {
            Problem::required("operator").clause(clause)
        });
        let today = context.today();
        checks.require(details.due.is_none_or(|due| due >= today), || {
            Problem::new("instruction-due-in-the-past").field("due")
        });
    } else {
        (details.operator, details.due) = (None, None);
    }
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause(clause)
    });
    checks.done()?;
    Ok(Instruction {
        meta: Meta::new(number, context),
        state: if instruction {
            InstructionState::Given
        } else {
            InstructionState::Suggested
        },
        details,
        acknowledged: None,
        done: None,
        answered: None,
        withdrawn: None,
    })
}

named! {
    /// What can be done with it.
    InstructionStepKind {
        /// Its operator has seen it (A09-1.4b).
        Acknowledge = "acknowledge-instruction",
        /// Its operator has carried it out (A09-1.4b).
        CarryOut = "carry-out-instruction",
        /// A manager answers a suggestion (A09-1.4c).
        Answer = "answer-suggestion",
        /// It is taken back by whoever gave it. Ours.
        Withdraw = "withdraw-instruction",
    }
}

impl InstructionStepKind {
    /// The clause behind it; empty where it is ours.
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Acknowledge | Self::CarryOut => "A09-1.4b",
            Self::Answer => "A09-1.4c",
            Self::Withdraw => "",
        }
    }

    /// Where it leads from a state; none where it leads nowhere.
    const fn to(self, from: InstructionState) -> Option<InstructionState> {
        use InstructionState as State;
        Some(match (self, from) {
            (Self::Acknowledge, State::Given) => State::Acknowledged,
            (Self::CarryOut, State::Acknowledged) => State::CarriedOut,
            (Self::Answer, State::Suggested) => State::Answered,
            (Self::Withdraw, State::Given | State::Acknowledged | State::Suggested) => {
                State::Withdrawn
            }
            _ => return None,
        })
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InstructionStep {
    /// Its operator has seen it.
    AcknowledgeInstruction {},
    /// It was carried out.
    CarryOutInstruction {
        /// What was done.
        text: String,
    },
    /// A suggestion is answered.
    AnswerSuggestion {
        /// The answer.
        text: String,
    },
    /// It is taken back.
    WithdrawInstruction {
        /// Why.
        reason: String,
    },
}

impl InstructionStep {
    /// Which step it is.
    pub const fn kind(&self) -> InstructionStepKind {
        match self {
            Self::AcknowledgeInstruction {} => InstructionStepKind::Acknowledge,
            Self::CarryOutInstruction { .. } => InstructionStepKind::CarryOut,
            Self::AnswerSuggestion { .. } => InstructionStepKind::Answer,
            Self::WithdrawInstruction { .. } => InstructionStepKind::Withdraw,
        }
    }

    /// What is said with it, and the field it is typed in; none where nothing is.
    fn said(&self) -> Option<(&str, &'static str)> {
        match self {
            Self::AcknowledgeInstruction {} => None,
            Self::CarryOutInstruction { text } | Self::AnswerSuggestion { text } => {
                Some((text, "text"))
            }
            Self::WithdrawInstruction { reason } => Some((reason, "reason")),
        }
    }
}

/// The steps that lead on from where it stands, those that lead to the end first.
pub fn next_steps(it: &Instruction) -> impl Iterator<Item = InstructionStepKind> {
    let state = it.state;
    let steps = InstructionStepKind::ALL.iter().copied();
    steps.filter(move |step| step.to(state).is_some())
}

/// One step on.
///
/// # Errors
/// Refused from a state that the step does not lead on from; to acknowledge or carry out what is for
/// somebody else (A09-1.4b), to answer a suggestion for one who does not or whose own it is (A09-1.4c), to
/// take back what somebody else gave; without words.
pub fn step(
    it: &Instruction,
    step: &InstructionStep,
    context: &Context,
) -> Result<Instruction, Refusal> {
    let kind = step.kind();
    let number = it.meta.number;
    let problem = |key: &str| {
        let problem = Problem::new(key).arg("number", number);
        if kind.clause().is_empty() {
            problem
        } else {
            problem.clause(kind.clause())
        }
    };
    let Some(state) = kind.to(it.state) else {
        let problem = problem("instruction-not-from-here");
        return Err(problem.arg("archive-step", kind.id()).into());
    };
    let me = context.operator.meta.number;
    match kind {
        InstructionStepKind::Acknowledge | InstructionStepKind::CarryOut => {
            if it.details.operator != Some(me) {
                return Err(problem("another-s-instruction").into());
            }
        }
        InstructionStepKind::Answer => {
            context.may_take(ArchiveStep::AnswerSuggestion)?;
            if it.meta.created_by == me {
                return Err(problem("own-suggestion").into());
            }
        }
        InstructionStepKind::Withdraw => {
            if it.meta.created_by != me {
                return Err(problem("not-yours-to-take-back").into());
            }
        }
    }
    let text = match step.said() {
        None => String::new(),
        Some((text, field)) => {
            let text = clean::body(text);
            if text.is_empty() {
                let mut required = problem("required").field(field);
                required.args.clear();
                return Err(required.into());
            }
            text
        }
    };
    let said = Some(Said {
        text,
        at: context.now,
        by: me,
    });
    let mut next = Instruction {
        meta: it.meta.changed(context),
        state,
        ..it.clone()
    };
    match kind {
        InstructionStepKind::Acknowledge => next.acknowledged = said,
        InstructionStepKind::CarryOut => next.done = said,
        InstructionStepKind::Answer => next.answered = said,
        InstructionStepKind::Withdraw => next.withdrawn = said,
    }
    Ok(next)
}

/// The same for another operator, who has to acknowledge it anew, as when somebody leaves (A11-19.1b).
#[must_use]
pub fn hand_over(instruction: &Instruction, to: Number, context: &Context) -> Instruction {
    let mut next = instruction.clone();
    next.meta = instruction.meta.changed(context);
    next.details.operator = Some(to);
    next.acknowledged = None;
    next.state = InstructionState::Given;
    next
}
