//! The quarterly analysis of complaints, 《用户投诉分析报告》: the figures of a quarter, what each
//! department writes to them, and the way to the general manager's approval (A13-c5a to A13-c6).
//!
//! Until it is approved the figures are counted anew each time; with the approval they are kept in
//! the record and no later change of a complaint alters them.

mod cell;
mod figures;
mod quarter;
mod repeat;
mod tally;
#[cfg(test)]
mod tests;
mod worked;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cell::{Cell, Outcome, answered_at, cause};
pub use figures::{
    DepartmentFigures, Figures, Line, Recurring, SatisfactionFigures, Span, Times, TrendLine, share,
};
pub use quarter::{NotAQuarter, Quarter};
pub use repeat::Repeats;
pub use tally::{Glance, Tally};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::measure::{Measure, MeasureDetails, MeasureKind, MeasureState};
use super::named::named;
use super::number::Number;
use super::profile::ComplaintStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// Where an analysis stands. Positions stand in records: variants are only appended.
    AnalysisState {
        /// Being written.
        Draft = "draft",
        /// Before the general manager.
        Submitted = "submitted",
        /// Approved: nothing in it changes any more (A13-c6).
        Approved = "approved",
    }
}

/// A measure that a department decides on (A13-c5c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedMeasure {
    /// Corrective or preventive.
    pub kind: MeasureKind,
    /// What is to be done.
    pub text: String,
    /// Who carries it out.
    pub owner: String,
    /// By when.
    pub due: Option<Day>,
}

/// What a department writes (A13-c5b, A13-c5c).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PartDetails {
    /// The department, from the profile's list or as its complaints name it.
    pub department: String,
    /// Its analysis of its own complaints.
    pub text: String,
    /// The measures it decides on.
    pub measures: Vec<PlannedMeasure>,
    /// Why none is needed; empty where there are some.
    pub no_measure: String,
}

/// A department's part of an analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// What was written; its text says when and by whom.
    pub said: Said,
    /// The department.
    pub department: String,
    /// The measures it decides on.
    pub measures: Vec<PlannedMeasure>,
    /// Why none is needed; empty where there are some.
    pub no_measure: String,
}

/// The analysis of a quarter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Analysis {
    /// Number, version, times.
    pub meta: Meta,
    /// The quarter.
    pub quarter: Quarter,
    /// Where it stands.
    pub state: AnalysisState,
    /// What the departments wrote, by department.
    pub parts: Vec<Part>,
    /// Submitted by whom and when, with what was said.
    pub submitted: Option<Said>,
    /// Sent back by whom, when and why; the last time.
    pub sent_back: Option<Said>,
    /// Approved by whom and when.
    pub approved: Option<Said>,
    /// The figures as they were approved (A13-c6).
    pub figures: Option<Box<Figures>>,
}

/// One step of an analysis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AnalysisStep {
    /// To the general manager (A13-c6).
    Submit {
        /// Anything to say with it.
        #[serde(default)]
        note: String,
    },
    /// Approved: frozen (A13-c6).
    Approve {
        /// Anything to say with it.
        #[serde(default)]
        note: String,
    },
    /// Back to the departments. Ours.
    SendBack {
        /// Why.
        reason: String,
    },
}

impl AnalysisStep {
    /// Its name in texts and in the history.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Submit { .. } => "submit-analysis",
            Self::Approve { .. } => "approve-analysis",
            Self::SendBack { .. } => "send-analysis-back",
        }
    }
}

/// An analysis begun by whoever draws the reports up (A13-c5a).
///
/// # Errors
/// Refused for one who does not carry it, and before the quarter has begun.
pub fn draft(number: Number, quarter: Quarter, context: &Context) -> Result<Analysis, Refusal> {
    context.may_carry(ComplaintStep::DraftReport)?;
    let (from, _) = quarter.span(context.profile.utc_offset_minutes);
    if context.now < from {
        return Err(not_over(quarter).into());
    }
    Ok(Analysis {
        meta: Meta::new(number, context),
        quarter,
        state: AnalysisState::Draft,
        parts: Vec::new(),
        submitted: None,
        sent_back: None,
        approved: None,
        figures: None,
    })
}

fn not_over(quarter: Quarter) -> Problem {
    Problem::new("quarter-not-over")
        .arg("quarter", quarter)
        .clause("A13-c5a")
}

fn not_from_here(analysis: &Analysis, step: &str) -> Problem {
    let problem = Problem::new("analysis-not-yet")
        .arg("number", analysis.meta.number)
        .arg("analysis", analysis.state.id())
        .arg("step", step);
    match analysis.state {
        AnalysisState::Approved => problem.clause("A13-c6"),
        _ => problem,
    }
}

/// A department's part, written anew or in place of what it had written.
///
/// # Errors
/// Refused once it is submitted; for one who is neither of the department nor sums up (A13-c5b);
/// without a text; with neither a measure with owner and day nor why none is needed (A13-c5c).
pub fn write_part(
    analysis: &Analysis,
    part: &PartDetails,
    context: &Context,
) -> Result<Analysis, Refusal> {
    if analysis.state != AnalysisState::Draft {
        return Err(not_from_here(analysis, "write-analysis-part").into());
    }
    let typed = clean::name(&part.department);
    // A department's name stands for its id: it has one part, however it is written.
    let mut known = context.profile.complaints.departments.iter();
    let known = known.find(|one| [&one.id, &one.zh, &one.en].contains(&&typed));
    let department = known.map_or(typed, |one| one.id.clone());
    let may = context.is_of(&department) && context.operator.active
        || context.may_carry(ComplaintStep::SumUp).is_ok();
    let mut checks = Checks::new();
    checks.require(may || department.is_empty(), || {
        Problem::new("not-own-department")
            .field("department")
            .arg("department", &department)
            .clause("A13-c5b")
    });
    let text = clean::body(&part.text);
    let no_measure = clean::body(&part.no_measure);
    let measures: Vec<PlannedMeasure> = part.measures.iter().map(cleaned).collect();
    for (text, field) in [(&department, "department"), (&text, "text")] {
        checks.require(!text.is_empty(), || {
            Problem::required(field).clause("A13-c5b")
        });
    }
    checks.require(!measures.is_empty() || !no_measure.is_empty(), || {
        Problem::required("no_measure").clause("A13-c5c")
    });
    for measure in &measures {
        for (is_there, field) in [
            (!measure.text.is_empty(), "measure"),
            (!measure.owner.is_empty(), "owner"),
            (measure.due.is_some(), "due"),
        ] {
            checks.require(is_there, || Problem::required(field).clause("A13-c5c"));
        }
    }
    checks.done()?;
    let mut next = Analysis {
        meta: analysis.meta.changed(context),
        ..analysis.clone()
    };
    next.parts.retain(|part| part.department != department);
    next.parts.push(Part {
        said: said(text, context),
        department,
        measures,
        no_measure,
    });
    next.parts
        .sort_by(|one, other| one.department.cmp(&other.department));
    Ok(next)
}

fn cleaned(measure: &PlannedMeasure) -> PlannedMeasure {
    PlannedMeasure {
        text: clean::body(&measure.text),
        owner: clean::name(&measure.owner),
        ..*measure
    }
}

fn said(text: String, context: &Context) -> Said {
    Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    }
}

/// One step on. `figures` are those of the quarter now: they say which departments have complaints,
/// and are kept with the approval.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it, before the
/// quarter is over, while a department that has complaints has written nothing (A13-c5b), without a
/// reason for sending it back, and for one who would approve what they submitted.
pub fn step(
    analysis: &Analysis,
    step: &AnalysisStep,
    figures: Figures,
    context: &Context,
) -> Result<Analysis, Refusal> {
    let (from, carried_by, text) = match step {
        AnalysisStep::Submit { note } => (AnalysisState::Draft, ComplaintStep::DraftReport, note),
        AnalysisStep::Approve { note } => {
            (AnalysisState::Submitted, ComplaintStep::ApproveReport, note)
        }
        AnalysisStep::SendBack { reason } => (
            AnalysisState::Submitted,
            ComplaintStep::ApproveReport,
            reason,
        ),
    };
    if analysis.state != from {
        return Err(not_from_here(analysis, step.id()).into());
    }
    context.may_carry(carried_by)?;
    let text = clean::body(text);
    let mut checks = Checks::new();
    if let AnalysisStep::SendBack { .. } = step {
        checks.require(!text.is_empty(), || Problem::required("reason"));
    } else {
        check_whole(analysis, &figures, &mut checks, context);
    }
    if let (AnalysisStep::Approve { .. }, Some(submitted)) = (step, &analysis.submitted) {
        checks.require(submitted.by != context.operator.meta.number, || {
            Problem::new("own-analysis")
        });
    }
    checks.done()?;
    let said = Some(said(text, context));
    let mut next = Analysis {
        meta: analysis.meta.changed(context),
        ..analysis.clone()
    };
    match step {
        AnalysisStep::Submit { .. } => {
            next.state = AnalysisState::Submitted;
            next.submitted = said;
        }
        AnalysisStep::Approve { .. } => {
            next.state = AnalysisState::Approved;
            next.approved = said;
            next.figures = Some(Box::new(figures));
        }
        AnalysisStep::SendBack { .. } => {
            next.state = AnalysisState::Draft;
            next.sent_back = said;
        }
    }
    Ok(next)
}

/// The quarter is over, and every department that has complaints of it has written its part.
fn check_whole(analysis: &Analysis, figures: &Figures, checks: &mut Checks, context: &Context) {
    let (_, end) = analysis.quarter.span(context.profile.utc_offset_minutes);
    checks.require(context.now >= end, || not_over(analysis.quarter));
    let has_written = |name: &str| analysis.parts.iter().any(|part| part.department == name);
    let missing = figures.responsible().filter(|name| !has_written(name));
    let missing: Vec<&str> = missing.collect();
    checks.require(missing.is_empty(), || {
        let listed = &context.profile.complaints.departments;
        let names = missing.iter().map(|name| {
            let known = listed.iter().find(|known| known.id == *name);
            known.map_or((*name, *name), |known| (&*known.zh, &*known.en))
        });
        let (zh, en): (Vec<&str>, Vec<&str>) = names.unzip();
        Problem::new("parts-missing")
            .words("departments", &zh.join("、"), &en.join(", "))
            .clause("A13-c5b")
    });
}

/// The measures that the departments decided on, as records of their own from the approval on: each
/// waits for approval and a supervisor (A08-d4.2) and outlives the analysis. `first` is the number of
/// the first of them; they are numbered without a gap.
pub fn measures(analysis: &Analysis, first: Number, context: &Context) -> Vec<Measure> {
    let planned = analysis.parts.iter();
    let planned = planned.flat_map(|part| part.measures.iter().map(move |one| (part, one)));
    let numbers = (first.seq..).map(|seq| Number { seq, ..first });
    planned
        .zip(numbers)
        .map(|((part, one), number)| Measure {
            meta: Meta {
                created_by: part.said.by,
                ..Meta::new(number, context)
            },
            details: MeasureDetails {
                aspect: String::new(),
                about: analysis.meta.number,
                kind: one.kind,
                text: one.text.clone(),
                department: part.department.clone(),
                owner: one.owner.clone(),
                contributor: String::new(),
                due: one.due,
            },
            state: MeasureState::Drafted,
            supervisor: String::new(),
            approved: None,
            done: None,
            verified: None,
            checked: None,
            dropped: None,
            sent_back: 0,
        })
        .collect()
}

impl Analysis {
    /// Every text that was entered, to mask what may be personal in it.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let said = [&mut self.submitted, &mut self.sent_back, &mut self.approved];
        let said = said.into_iter().flatten().map(|said| &mut said.text);
        let mut texts: Vec<&mut String> = said.collect();
        for part in &mut self.parts {
            texts.extend([&mut part.said.text, &mut part.no_measure]);
            texts.extend(part.measures.iter_mut().map(|measure| &mut measure.text));
        }
        texts
    }
}
