//! The numbers of an analysis, by name: which complaints are behind each, so that every number can
//! be opened as a list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::complaint::course::Satisfaction;
use crate::domain::complaint::{Complaint, ComplaintState, Service, StepKind};
use crate::domain::context::Context;
use crate::domain::intake::Channel;
use crate::domain::named::named;
use crate::domain::profile::{Procedure, Profile};
use crate::domain::stamp::Stamp;

named! {
    /// How far a complaint came: its result, as a report counts it (A13-c5a).
    Outcome {
        /// Nobody has answered yet.
        Open = "open",
        /// Answered, and not closed yet.
        Answered = "answered",
        /// Closed.
        Closed = "closed",
        /// Registered only: nothing needed to be done (A13-c3a).
        Noted = "noted",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}

impl Outcome {
    /// How far a complaint came.
    pub fn of(complaint: &Complaint) -> Self {
        match complaint.state {
            ComplaintState::Closed => Self::Closed,
            ComplaintState::Noted => Self::Noted,
            ComplaintState::Withdrawn => Self::Withdrawn,
            _ if answered_at(complaint).is_some() => Self::Answered,
            _ => Self::Open,
        }
    }
}

/// One number of an analysis: the complaints of the quarter that it counts.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Cell {
    /// All.
    All,
    /// Of a category; empty where none was fixed (A08-s1 to A08-s5).
    Category(String),
    /// About sales or about after-sales (A08-s0).
    Service(Service),
    /// Of a category, and caused by a department (A08-r1).
    Recurring(String, String),
    /// That came by a channel.
    Channel(Channel),
    /// That a department caused; empty where none did or it is not known yet (A08-r3.2).
    Cause(String),
    /// That a department has; empty where nobody does yet.
    Department(String),
    /// That a department has, with one result (A13-c5a).
    DepartmentOutcome(String, Outcome),
    /// With one result.
    Outcome(Outcome),
    /// In one state.
    State(ComplaintState),
    /// By somebody who had complained earlier in the quarter: the same customer, telephone or
    /// plate.
    Repeated,
    /// Taken up again after an answer.
    Reopened,
    /// With a step that was late, or is.
    Late,
    /// Of which this step was late.
    LateIn(ComplaintState),
    /// Marked as major.
    Major,
    /// That were answered.
    Answered,
    /// Whose customer was asked how satisfied they are.
    Asked,
    /// Whose customer said how satisfied they are.
    Rated,
    /// Whose customer said this.
    Satisfaction(Satisfaction),
}

impl Cell {
    /// Whether a complaint of the quarter is counted in this number. Who complained before is not
    /// seen from one complaint: for [`Cell::Repeated`] see [`super::repeat::Repeats`], and here every
    /// complaint is one.
    pub fn matches(&self, complaint: &Complaint, context: &Context) -> bool {
        let course = &complaint.course;
        match self {
            Self::All | Self::Repeated => true,
            Self::Category(category) => complaint.details.category == *category,
            Self::Service(service) => complaint.details.service == Some(*service),
            Self::Recurring(category, department) => {
                complaint.details.category == *category
                    && cause(complaint, context.profile) == department
            }
            Self::Channel(channel) => channel_of(complaint) == *channel,
            Self::Cause(department) => cause(complaint, context.profile) == department,
            Self::Department(department) => complaint.department == *department,
            Self::DepartmentOutcome(department, outcome) => {
                complaint.department == *department && Outcome::of(complaint) == *outcome
            }
            Self::Outcome(outcome) => Outcome::of(complaint) == *outcome,
            Self::State(state) => complaint.state == *state,
            Self::Reopened => course.reopened > 0,
            Self::Late => complaint.is_or_was_late(context.now),
            Self::LateIn(state) => late_in(complaint, context.now).contains(state),
            Self::Major => course.major.is_some(),
            Self::Answered => answered_at(complaint).is_some(),
            Self::Asked => !course.attempts.is_empty(),
            Self::Rated => course.satisfaction().is_some(),
            Self::Satisfaction(satisfaction) => course.satisfaction() == Some(*satisfaction),
        }
    }

    /// Its name in text keys and in tables for programs.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Category(_) => "category",
            Self::Service(_) => "service",
            Self::Recurring(..) => "recurring",
            Self::Channel(_) => "channel",
            Self::Cause(_) => "cause",
            Self::Department(_) => "department",
            Self::DepartmentOutcome(..) => "department-outcome",
            Self::Outcome(_) => "outcome",
            Self::State(_) => "state",
            Self::Repeated => "repeated",
            Self::Reopened => "reopened",
            Self::Late => "late",
            Self::LateIn(_) => "late-in",
            Self::Major => "major",
            Self::Answered => "answered",
            Self::Asked => "asked",
            Self::Rated => "rated",
            Self::Satisfaction(_) => "satisfaction",
        }
    }
}

/// The channel a complaint came by; an import may know none.
pub(super) fn channel_of(complaint: &Complaint) -> Channel {
    complaint.details.channel.unwrap_or(Channel::Other)
}

/// When the complainant had the answer that stands: told (A08-n4b), spoken to about the solution of a
/// major one (A08-m3b), or phoned back after the slip came back (A13-c3d).
pub fn answered_at(complaint: &Complaint) -> Option<Stamp> {
    if let Some(answer) = &complaint.answer {
        return Some(answer.at);
    }
    let mut trail = complaint.trail.iter().rev();
    let told = trail.find(|passage| {
        passage.step == StepKind::Negotiate
            || (passage.step == StepKind::CallBack && passage.to == ComplaintState::Answered)
    });
    told.map(|passage| passage.at)
}

/// The department that caused a complaint: what the summing up says (A08-r3.2). A slip is never
/// summed up; there the department that has it answers for it (A13-c5b).
pub fn cause<'a>(complaint: &'a Complaint, profile: &Profile) -> &'a str {
    match &complaint.course.summary {
        Some(summary) => &summary.cause_department,
        None if profile.complaints.procedure == Procedure::Property => &complaint.department,
        None => "",
    }
}

/// The states that a complaint did not leave in time, each once.
pub(super) fn late_in(complaint: &Complaint, now: Stamp) -> Vec<ComplaintState> {
    let breaches = complaint.course.breaches.iter();
    let mut late: Vec<ComplaintState> = breaches.map(|breach| breach.state).collect();
    late.extend(complaint.is_late(now).then_some(complaint.state));
    late.sort_unstable();
    late.dedup();
    late
}
