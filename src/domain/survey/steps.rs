//! The way of a survey: begun, closed with its figures, the measures for what was too low done (SM10,
//! A03-sd).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{AspectFigures, Survey, SurveyClosing, SurveyFigures, SurveyState, Tenths};
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::measure::{Measure, MeasureState};
use crate::domain::named::named;
use crate::domain::procedure::{self, ArchiveStep, Row, Stand};
use crate::domain::refusal::{Problem, Refusal};
use crate::text::clean;

named! {
    /// What can be done with a survey.
    SurveyStepKind {
        /// Customers are asked from now on.
        Start = "start-survey",
        /// Nobody is asked any more, and the figures stay (A03-sa).
        Close = "close-survey",
        /// All measures are checked (A03-sd).
        Finish = "finish-survey",
        /// It is given up. Ours.
        Drop = "drop-survey",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SurveyStep {
    /// Customers are asked from now on.
    StartSurvey {},
    /// It is closed.
    CloseSurvey {
        /// The points that an aspect has to reach, where the site has set none (A03-sd).
        #[serde(default)]
        threshold: Option<Tenths>,
        /// What there is to say.
        #[serde(default)]
        note: String,
    },
    /// All measures are checked.
    FinishSurvey {
        /// What came of them.
        #[serde(default)]
        note: String,
    },
    /// It is given up.
    DropSurvey {
        /// Why.
        reason: String,
    },
}

impl SurveyStep {
    /// Which step it is.
    pub const fn kind(&self) -> SurveyStepKind {
        match self {
            Self::StartSurvey {} => SurveyStepKind::Start,
            Self::CloseSurvey { .. } => SurveyStepKind::Close,
            Self::FinishSurvey { .. } => SurveyStepKind::Finish,
            Self::DropSurvey { .. } => SurveyStepKind::Drop,
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<SurveyStepKind, SurveyState>] = &[
    Row {
        step: SurveyStepKind::Start,
        from: &[SurveyState::Planned],
        to: Some(SurveyState::Running),
        who: ArchiveStep::RunSurvey,
        clause: "A03-sa",
        on: true,
    },
    Row {
        step: SurveyStepKind::Close,
        from: &[SurveyState::Running],
        // Where to follows from the figures.
        to: None,
        who: ArchiveStep::RunSurvey,
        clause: "A03-sd",
        on: true,
    },
    Row {
        step: SurveyStepKind::Finish,
        from: &[SurveyState::Measures],
        to: Some(SurveyState::Done),
        who: ArchiveStep::RunSurvey,
        clause: "A03-sd",
        on: true,
    },
    Row {
        step: SurveyStepKind::Drop,
        from: &[SurveyState::Planned, SurveyState::Running],
        to: Some(SurveyState::Dropped),
        who: ArchiveStep::RunSurvey,
        clause: "",
        on: false,
    },
];

/// What a step reads beside the survey.
#[derive(Debug, Default)]
pub struct Beside {
    /// What the answers come to.
    pub figures: SurveyFigures,
    /// The measures drafted for the survey.
    pub measures: Vec<Measure>,
}

/// The row of a step, held against who asks.
///
/// # Errors
/// Refused from a state that the step does not lead on from, and for one who does not carry it.
pub fn may(
    survey: &Survey,
    step: SurveyStepKind,
    context: &Context,
) -> Result<&'static Row<SurveyStepKind, SurveyState>, Refusal> {
    let stand = Stand {
        number: survey.meta.number,
        state: survey.state,
        group: "survey-state",
    };
    let (id, state_id) = (SurveyStepKind::id, SurveyState::id);
    procedure::find(ROWS, stand, step, id, state_id, context)
}

/// The aspects that do not reach a threshold and for which no measure was drafted that still holds
/// (A03-sd).
pub fn lacking_measures<'a>(
    figures: &'a SurveyFigures,
    threshold: Tenths,
    measures: &[Measure],
) -> Vec<&'a AspectFigures> {
    let holds = |aspect: &str| {
        let mut of = measures.iter().filter(|it| it.details.aspect == aspect);
        of.any(|it| it.state != MeasureState::Dropped && !it.meta.void)
    };
    let below = figures.below(threshold);
    below.filter(|of| !holds(&of.aspect.id)).collect()
}

/// Aspects in a refusal, in the words of both languages.
fn named(problem: Problem, aspects: &[&AspectFigures]) -> Problem {
    let names = |of: fn(&AspectFigures) -> &str, between: &str| {
        let names = aspects.iter().map(|it| {
            let mean = it.mean().unwrap_or_default();
            format!("{} {mean}", of(it))
        });
        names.collect::<Vec<String>>().join(between)
    };
    let zh = names(|it| &it.aspect.zh, "、");
    let en = names(|it| &it.aspect.en, ", ");
    problem.words("aspects", &zh, &en)
}

/// One step on.
///
/// # Errors
/// Refused from a state that the step does not lead on from, and for one who does not carry it; a closing
/// without answers, without a threshold where the site has set none, and while an aspect below it has no
/// measure (A03-sd); the end while a measure is not checked; giving up without a reason.
pub fn step(
    survey: &Survey,
    step: &SurveyStep,
    beside: &Beside,
    context: &Context,
) -> Result<Survey, Refusal> {
    let row = may(survey, step.kind(), context)?;
    let mut next = Survey {
        meta: survey.meta.changed(context),
        state: row.to.unwrap_or(survey.state),
        ..survey.clone()
    };
    let said = |text: &str| Said {
        text: clean::body(text),
        at: context.now,
        by: context.operator.meta.number,
    };
    match step {
        SurveyStep::StartSurvey {} => next.started = Some(said("")),
        SurveyStep::CloseSurvey { threshold, note } => {
            let closing = closing(survey, *threshold, said(note), beside, context)?;
            let below = closing.figures.below(closing.threshold).next().is_some();
            next.state = if below {
                SurveyState::Measures
            } else {
                SurveyState::Closed
            };
            next.closed = Some(closing);
        }
        SurveyStep::FinishSurvey { note } => {
            let open = beside.measures.iter().find(|it| !it.state.is_final());
            if let Some(open) = open {
                let problem = Problem::new("survey-measure-is-open").clause("A03-sd");
                return Err(problem.arg("number", open.meta.number).into());
            }
            let lacking = survey.closed.as_ref().map(|closed| {
                lacking_measures(&closed.figures, closed.threshold, &beside.measures)
            });
            let lacking = lacking.unwrap_or_default();
            if !lacking.is_empty() {
                let problem = Problem::new("aspect-needs-measure").clause("A03-sd");
                return Err(named(problem, &lacking).into());
            }
            next.done = Some(said(note));
        }
        SurveyStep::DropSurvey { reason } => {
            let reason = said(reason);
            if reason.text.is_empty() {
                return Err(Problem::required("reason").into());
            }
            next.dropped = Some(reason);
        }
    }
    Ok(next)
}

fn closing(
    survey: &Survey,
    threshold: Option<Tenths>,
    said: Said,
    beside: &Beside,
    context: &Context,
) -> Result<SurveyClosing, Refusal> {
    if beside.figures.answers == 0 {
        let problem = Problem::new("survey-without-answers").clause("A03-sa");
        return Err(problem.arg("number", survey.meta.number).into());
    }
    // What the site has set holds for everybody.
    let Some(threshold) = context.profile.surveys.threshold.or(threshold) else {
        return Err(Problem::required("threshold").clause("A03-sd").into());
    };
    let lacking = lacking_measures(&beside.figures, threshold, &beside.measures);
    if !lacking.is_empty() {
        let problem = Problem::new("aspect-needs-measure").clause("A03-sd");
        let problem = problem.arg("threshold", threshold);
        return Err(named(problem, &lacking).into());
    }
    Ok(SurveyClosing {
        said,
        threshold,
        figures: beside.figures.clone(),
    })
}
