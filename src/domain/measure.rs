//! Measures: what is done so that it does not happen again, from the draft to the check. A measure
//! outlives the complaint or the analysis it came from (A08-n7, A13-c5c).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::profile::ComplaintStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// What a measure is against.
    MeasureKind {
        /// What happened.
        Corrective = "corrective",
        /// What could happen.
        Preventive = "preventive",
    }
}

named! {
    /// Where a measure stands. Positions stand in records and index keys: variants are only appended.
    MeasureState {
        /// Drafted; it waits for approval (A08-d4.2).
        Drafted = "drafted",
        /// Approved, with somebody who supervises it.
        Approved = "approved",
        /// Carried out (A08-d3.4).
        Done = "done",
        /// Verified by whoever supervises complaints (A08-d2.5).
        Verified = "verified",
        /// Checked by whoever approved it (A08-d4.3).
        Checked = "checked",
        /// Given up, with a reason.
        Dropped = "dropped",
    }
}

impl MeasureState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Checked | Self::Dropped)
    }
}

/// What is entered of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MeasureDetails {
    /// The complaint, analysis or survey it came from.
    pub about: Number,
    /// The aspect of the survey that it is for (A03-sd); empty of all others.
    #[serde(default)]
    pub aspect: String,
    /// Corrective or preventive.
    pub kind: MeasureKind,
    /// What is to be done.
    pub text: String,
    /// The business department whose measure it is (A08-d2.4).
    pub department: String,
    /// Who carries it out (A08-d3.4).
    pub owner: String,
    /// Who helped to draft it (A08-d2.4); empty where nobody did.
    #[serde(default)]
    pub contributor: String,
    /// By when.
    pub due: Option<Day>,
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// Number, version, times. Who drafted it is who made it.
    pub meta: Meta,
    /// What was entered.
    pub details: MeasureDetails,
    /// Where it stands.
    pub state: MeasureState,
    /// Who supervises it; named with the approval (A08-d4.2).
    pub supervisor: String,
    /// Approved by whom and when.
    pub approved: Option<Said>,
    /// What was done, with the evidence (A08-d3.4).
    pub done: Option<Said>,
    /// Verified by whom and when (A08-d2.5).
    pub verified: Option<Said>,
    /// Checked by whom and when, with a remark (A08-d4.3).
    pub checked: Option<Said>,
    /// Given up by whom, when and why.
    pub dropped: Option<Said>,
    /// How often it was sent back.
    pub sent_back: u32,
}

impl Measure {
    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let said = [
            &mut self.approved,
            &mut self.done,
            &mut self.verified,
            &mut self.checked,
            &mut self.dropped,
        ];
        let said = said.into_iter().flatten().map(|said| &mut said.text);
        std::iter::once(&mut self.details.text).chain(said)
    }

    /// Whether it is still to be carried out.
    pub const fn is_to_be_done(&self) -> bool {
        matches!(self.state, MeasureState::Drafted | MeasureState::Approved)
    }

    /// Days by which it should have been carried out and was not; 0 when it is not late (A08-d2.5).
    pub fn days_overdue(&self, today: Day) -> i64 {
        let due = self.details.due.filter(|_| self.is_to_be_done());
        due.map_or(0, |due| (today.0 - due.0).num_days().max(0))
    }
}

/// What can be done with a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MeasureStep {
    /// Approve it, and name who supervises it (A08-d4.2).
    Approve {
        /// Who.
        supervisor: String,
    },
    /// Send it back for another draft, or one that was done back to be done again. Ours.
    SendBack {
        /// Why.
        reason: String,
    },
    /// It was carried out (A08-d3.4).
    CarryOut {
        /// What was done, and what shows it.
        evidence: String,
    },
    /// It holds (A08-d2.5).
    Verify {
        /// Anything to say.
        #[serde(default)]
        note: String,
    },
    /// It was looked at (A08-d4.3).
    Check {
        /// The remark.
        #[serde(default)]
        note: String,
    },
    /// Give it up. Ours.
    Drop {
        /// Why.
        reason: String,
    },
}

impl MeasureStep {
    /// Its name in texts.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Approve { .. } => "approve-measure",
            Self::SendBack { .. } => "send-measure-back",
            Self::CarryOut { .. } => "carry-out-measure",
            Self::Verify { .. } => "verify-measure",
            Self::Check { .. } => "check-measure",
            Self::Drop { .. } => "drop-measure",
        }
    }

    /// Where it leads from a state; none where it leads nowhere.
    const fn to(&self, from: MeasureState) -> Option<MeasureState> {
        use MeasureState as State;
        Some(match (self, from) {
            (Self::Approve { .. }, State::Drafted) | (Self::SendBack { .. }, State::Done) => {
                State::Approved
            }
            (Self::SendBack { .. }, State::Drafted) => State::Drafted,
            (Self::CarryOut { .. }, State::Approved) => State::Done,
            (Self::Verify { .. }, State::Done) => State::Verified,
            (Self::Check { .. }, State::Verified) => State::Checked,
            (Self::Drop { .. }, State::Drafted | State::Approved) => State::Dropped,
            _ => return None,
        })
    }

    const fn carried_by(&self, from: MeasureState) -> ComplaintStep {
        match (self, from) {
            (Self::SendBack { .. }, MeasureState::Done) | (Self::Verify { .. }, _) => {
                ComplaintStep::VerifyMeasure
            }
            (Self::Approve { .. } | Self::SendBack { .. } | Self::Drop { .. }, _) => {
                ComplaintStep::ApproveMeasure
            }
            (Self::CarryOut { .. }, _) => ComplaintStep::CarryOut,
            (Self::Check { .. }, _) => ComplaintStep::CheckMeasure,
        }
    }
}

fn checked(mut details: MeasureDetails, context: &Context) -> Result<MeasureDetails, Refusal> {
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    for text in [&mut details.owner, &mut details.contributor] {
        *text = clean::name(text);
    }
    let known = &context.profile.complaints.departments;
    let is_known = known.iter().any(|known| known.id == details.department);
    checks.require(is_known, || {
        Problem::required("department").clause("A08-d2.4")
    });
    for (text, field, clause) in [
        (&details.text, "text", "A08-n7"),
        (&details.owner, "owner", "A08-d3.4"),
    ] {
        checks.require(!text.is_empty(), || Problem::required(field).clause(clause));
    }
    checks.require(details.due.is_some(), || {
        Problem::required("due_on").clause("A08-d3.4")
    });
    checks.done()?;
    Ok(details)
}

/// Whether somebody may draft a measure: one who carries measures out or verifies them (A08-d2.4).
///
/// # Errors
/// Refused for everybody else.
pub fn may_draft(context: &Context) -> Result<(), Refusal> {
    let carries = |step| context.may_carry(step);
    carries(ComplaintStep::CarryOut).or_else(|_| carries(ComplaintStep::VerifyMeasure))
}

/// A measure drafted, by the department that carries it out or by whoever sums up (A08-d2.4).
///
/// # Errors
/// Refused for one who neither carries measures out nor verifies them, and without department,
/// owner, text or due day.
pub fn draft(
    number: Number,
    details: MeasureDetails,
    context: &Context,
) -> Result<Measure, Refusal> {
    may_draft(context)?;
    Ok(Measure {
        meta: Meta::new(number, context),
        details: checked(details, context)?,
        state: MeasureState::Drafted,
        supervisor: String::new(),
        approved: None,
        done: None,
        verified: None,
        checked: None,
        dropped: None,
        sent_back: 0,
    })
}

/// A measure's draft changed before it is approved.
///
/// # Errors
/// As [`draft`]; refused once it is approved.
pub fn change(
    measure: &Measure,
    details: MeasureDetails,
    context: &Context,
) -> Result<Measure, Refusal> {
    if measure.state != MeasureState::Drafted {
        return Err(not_from_here(measure, "change-measure").into());
    }
    let redrafted = draft(measure.meta.number, details, context)?;
    let details = MeasureDetails {
        // What it is for was settled with the survey.
        aspect: measure.details.aspect.clone(),
        ..redrafted.details.clone()
    };
    Ok(Measure {
        meta: measure.meta.changed(context),
        details,
        sent_back: measure.sent_back,
        ..redrafted
    })
}

fn not_from_here(measure: &Measure, step: &str) -> Problem {
    Problem::new("measure-not-yet")
        .arg("number", measure.meta.number)
        .arg("state", measure.state.id())
        .arg("step", step)
}

/// One step on.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it, and
/// without a supervisor (A08-d4.2), evidence (A08-d3.4) or reason; nobody approves, verifies or
/// checks their own.
pub fn step(measure: &Measure, step: &MeasureStep, context: &Context) -> Result<Measure, Refusal> {
    let to = step
        .to(measure.state)
        .ok_or_else(|| not_from_here(measure, step.id()))?;
    context.may_carry(step.carried_by(measure.state))?;
    let by = context.operator.meta.number;
    let is_own = match step {
        MeasureStep::Approve { .. } => measure.meta.created_by == by,
        MeasureStep::Verify { .. } | MeasureStep::Check { .. } => {
            measure.done.as_ref().is_some_and(|done| done.by == by)
        }
        _ => false,
    };
    let mut checks = Checks::new();
    checks.require(!is_own, || Problem::new("own-measure"));
    let (text, field, clause) = match step {
        MeasureStep::Approve { supervisor } => (supervisor, "supervisor", "A08-d4.2"),
        MeasureStep::CarryOut { evidence } => (evidence, "evidence", "A08-d3.4"),
        MeasureStep::SendBack { reason } | MeasureStep::Drop { reason } => (reason, "reason", ""),
        MeasureStep::Verify { note } | MeasureStep::Check { note } => (note, "", ""),
    };
    let text = clean::body(text);
    checks.require(!text.is_empty() || field.is_empty(), || {
        let problem = Problem::required(field);
        if clause.is_empty() {
            problem
        } else {
            problem.clause(clause)
        }
    });
    checks.done()?;
    let said = Some(Said {
        text: text.clone(),
        at: context.now,
        by,
    });
    let mut next = Measure {
        meta: measure.meta.changed(context),
        state: to,
        ..measure.clone()
    };
    match step {
        MeasureStep::Approve { .. } => {
            next.supervisor = clean::name(&text);
            next.approved = said;
        }
        MeasureStep::SendBack { .. } => {
            next.sent_back = next.sent_back.saturating_add(1);
            next.done = None;
        }
        MeasureStep::CarryOut { .. } => next.done = said,
        MeasureStep::Verify { .. } => next.verified = said,
        MeasureStep::Check { .. } => next.checked = said,
        MeasureStep::Drop { .. } => next.dropped = said,
    }
    Ok(next)
}
