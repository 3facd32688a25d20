//! What waits for somebody's yes, from any area: one list for the Approvals tab.
//!
//! Nothing is stored for it. Whether a record waits, for whose yes and under which clause, follows
//! from the record and the profile; a new area adds its lines here and nowhere else.

mod archive;
mod staff;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::analysis::AnalysisState;
use super::complaint::{ComplaintState, StepKind, next_steps};
use super::context::Context;
use super::measure::MeasureState;
use super::named::named;
use super::number::Number;
use super::profile::{ComplaintStep, Profile};
use super::record::Record;
use super::role::Role;
use super::stamp::Stamp;
use super::waiver::Rule;

named! {
    /// What is asked for.
    ApprovalKind {
        /// That the solution of a complaint is approved (A08-n4a, A08-d4.1).
        Solution = "solution",
        /// That a measure is approved and somebody named who supervises it (A08-d4.2).
        Measure = "measure",
        /// That a measure that was carried out is verified (A08-d2.5).
        Verification = "verification",
        /// That a measure that was verified is checked (A08-d4.3).
        Check = "check",
        /// That a major complaint is acknowledged (A08-m2a, A13-c4).
        Major = "major",
        /// That the analysis of a quarter is approved (A13-c6).
        Report = "report",
        /// That a request is endorsed for the applicant's unit (A11-18.2).
        Endorsement = "endorsement",
        /// That a request to read, borrow, copy, carry or give outside is approved (SM5).
        Access = "access",
        /// That a fine is confirmed or waived (A07-f9).
        Fine = "fine",
        /// That what is in a file is confirmed (A03-4.1.2c).
        File = "file",
        /// That a leak is acknowledged (A11-27b).
        Leak = "leak",
        /// That a destruction is reviewed (A12-3.2.8b).
        Review = "review",
        /// That a destruction is approved (A12-3.2.8b).
        Destruction = "destruction",
        /// That an instruction is acknowledged (A09-1.4b).
        Instruction = "instruction",
        /// That a suggestion is answered (A09-1.4c).
        Suggestion = "suggestion",
        /// That a task that was dispatched is accepted (A04-4b).
        Task = "task",
        /// That two customers are brought together (A11-24, A14-3.4.2).
        Introduction = "introduction",
    }
}

impl ApprovalKind {
    /// Whether it stands above everything until it is acknowledged, whoever reported it.
    pub const fn is_alarm(self) -> bool {
        matches!(self, Self::Major | Self::Leak | Self::Instruction)
    }
}

/// One thing that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiting {
    /// The record.
    pub number: Number,
    /// What is asked for.
    pub kind: ApprovalKind,
    /// Whose yes it is: one of these posts.
    pub posts: Vec<Role>,
    /// The one operator whose yes it is, whatever their post.
    pub to: Option<Number>,
    /// Who asked; they cannot say yes themselves.
    pub asked_by: Number,
    /// Since when.
    pub since: Stamp,
    /// The clause that asks for it, where there is one.
    pub clause: Option<String>,
}

impl Waiting {
    /// Whether it waits for somebody with these posts; nobody approves their own (four eyes).
    pub fn is_for(&self, operator: Number, posts: &[Role]) -> bool {
        if let Some(to) = self.to {
            return to == operator;
        }
        let own = !self.kind.is_alarm() && self.asked_by == operator;
        !own && self.posts.iter().any(|post| posts.contains(post))
    }
}

/// Whether a record may wait for somebody's yes, whatever the profile: what cannot is never looked at.
pub fn may_wait(record: &Record) -> bool {
    match record {
        Record::Complaint(complaint) => {
            let major = complaint.course.major.as_ref();
            let unseen = major.is_some_and(|major| major.unacknowledged().next().is_some());
            let proposed = matches!(
                complaint.state,
                ComplaintState::Proposed | ComplaintState::Planned
            );
            proposed || (unseen && !complaint.state.is_final())
        }
        Record::Measure(measure) => matches!(
            measure.state,
            MeasureState::Drafted | MeasureState::Done | MeasureState::Verified
        ),
        Record::Analysis(analysis) => analysis.state == AnalysisState::Submitted,
        other => archive::may_wait(other) || staff::may_wait(other),
    }
}

/// What a record waits for; mostly nothing.
pub fn waiting(record: &Record, profile: &Profile) -> Vec<Waiting> {
    match record {
        Record::Complaint(complaint) if !complaint.meta.void => {
            let mut waits = Vec::new();
            let approve = next_steps(complaint, profile)
                .into_iter()
                .find(|row| row.step == StepKind::Approve);
            let solution = complaint.course.solution.as_ref();
            let stands = matches!(
                complaint.state,
                ComplaintState::Proposed | ComplaintState::Planned
            );
            if let (true, Some(row), Some(solution)) = (stands, approve, solution) {
                waits.push(Waiting {
                    number: complaint.meta.number,
                    kind: ApprovalKind::Solution,
                    posts: carriers(ComplaintStep::Approve, profile),
                    to: None,
                    asked_by: solution.proposed.by,
                    since: solution.proposed.at,
                    clause: Some(row.clause.to_owned()),
                });
            }
            if let Some(major) = complaint
                .course
                .major
                .as_ref()
                .filter(|_| !complaint.state.is_final())
            {
                let posts: Vec<Role> = major.unacknowledged().collect();
                if !posts.is_empty() {
                    waits.push(Waiting {
                        number: complaint.meta.number,
                        kind: ApprovalKind::Major,
                        posts,
                        to: None,
                        asked_by: major.marked.by,
                        since: major.marked.at,
                        clause: Some(profile.complaints.procedure.major_clause().to_owned()),
                    });
                }
            }
            waits
        }
        Record::Measure(measure) if !measure.meta.void => {
            let by = |said: &Option<super::complaint::course::Said>| {
                said.as_ref().map(|said| (said.by, said.at))
            };
            let drafted = (measure.meta.created_by, measure.meta.changed_at);
            let (kind, step, clause, (asked_by, since)) = match measure.state {
                MeasureState::Drafted => (
                    ApprovalKind::Measure,
                    ComplaintStep::ApproveMeasure,
                    "A08-d4.2",
                    drafted,
                ),
                MeasureState::Done => (
                    ApprovalKind::Verification,
                    ComplaintStep::VerifyMeasure,
                    "A08-d2.5",
                    by(&measure.done).unwrap_or(drafted),
                ),
                MeasureState::Verified => (
                    ApprovalKind::Check,
                    ComplaintStep::CheckMeasure,
                    "A08-d4.3",
                    by(&measure.verified).unwrap_or(drafted),
                ),
                _ => return Vec::new(),
            };
            vec![Waiting {
                number: measure.meta.number,
                kind,
                posts: carriers(step, profile),
                to: None,
                asked_by,
                since,
                clause: Some(clause.to_owned()),
            }]
        }
        Record::Analysis(analysis) if analysis.state == AnalysisState::Submitted => {
            let submitted = analysis.submitted.iter();
            let grant = profile.complaints.steps.get(&ComplaintStep::ApproveReport);
            let wait = submitted.map(|submitted| Waiting {
                number: analysis.meta.number,
                kind: ApprovalKind::Report,
                posts: carriers(ComplaintStep::ApproveReport, profile),
                to: None,
                asked_by: submitted.by,
                since: submitted.at,
                clause: grant.and_then(|grant| grant.clause.clone()),
            });
            wait.collect()
        }
        _ => Vec::new(),
    }
}

/// What a record waits for from whoever asks; their own proposal only where the site lets them
/// override four eyes.
pub fn waiting_for(record: &Record, context: &Context) -> Vec<Waiting> {
    let operator = context.operator;
    let mut waits = waiting(record, context.profile);
    waits.extend(archive::waiting(record, context));
    waits.extend(staff::waiting(record, context));
    waits.retain(|one| {
        let alone = one.kind == ApprovalKind::Solution && context.may_override(Rule::FourEyes);
        let held = one.posts.iter().any(|post| operator.roles.contains(post));
        one.is_for(operator.meta.number, &operator.roles) || (alone && held)
    });
    waits
}

fn carriers(step: ComplaintStep, profile: &Profile) -> Vec<Role> {
    let grant = profile.complaints.steps.get(&step);
    grant.map(|grant| grant.roles.clone()).unwrap_or_default()
}
