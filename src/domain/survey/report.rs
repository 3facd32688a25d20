//! The surveys of a month: how many answered what with which means, what was said, and in which years there
//! was a full one (A03-sa, A03-5.1.2b, A03-5.1.2c, A14-2.6).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Answer, Survey, SurveyFigures, SurveyKind, SurveyState, Tenths, Yearly};
use crate::domain::context::Context;
use crate::domain::fines::Month;
use crate::domain::mask;
use crate::domain::measure::Measure;
use crate::domain::number::Number;
use crate::domain::stamp::{Day, Stamp};

/// What somebody said in an answer; telephones in it are masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The answer.
    pub number: Number,
    /// Who; empty where it came without a name.
    pub name: String,
    /// The product it is about.
    pub product: String,
    /// What they think.
    pub opinion: String,
    /// What they suggest.
    pub suggestion: String,
}

/// A survey in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SurveyOf {
    /// The survey.
    pub number: Number,
    /// What it is called.
    pub title: String,
    /// What it asks.
    pub kind: SurveyKind,
    /// Where it stands.
    pub state: SurveyState,
    /// What its answers came to: of one that is closed as it was then.
    pub figures: SurveyFigures,
    /// What an aspect had to reach, where that is settled.
    pub threshold: Option<Tenths>,
    /// Its measures: for which aspect, and their line in a list.
    pub measures: Vec<(String, Number, String)>,
    /// What was said.
    pub told: Vec<Told>,
}

/// A year with the full surveys closed in it; none where it was missed or is not over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct YearOf {
    /// The year.
    pub year: i32,
    /// The surveys, with the days on which they were closed.
    pub closed: Vec<(Day, Number)>,
    /// Whether it is over without one (A03-sa).
    pub missed: bool,
}

/// The surveys of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Surveys {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The surveys that were running in it, or whose measures were being carried out.
    pub surveys: Vec<SurveyOf>,
    /// The years, the latest first.
    pub years: Vec<YearOf>,
}

/// A survey with what belongs to it.
#[derive(Debug, Clone)]
pub struct Held {
    /// The survey.
    pub survey: Survey,
    /// Its answers.
    pub answers: Vec<Answer>,
    /// Its measures.
    pub measures: Vec<Measure>,
}

/// Whether a survey was under way in a month.
fn is_of(survey: &Survey, month: Month, context: &Context) -> bool {
    let offset = context.profile.utc_offset_minutes;
    let begun = survey.started.as_ref();
    let begun = begun.is_some_and(|said| said.at.day(offset) <= month.ends());
    let ended = match survey.state {
        SurveyState::Dropped => survey.dropped.as_ref(),
        SurveyState::Closed => survey.closed.as_ref().map(|closed| &closed.said),
        SurveyState::Done => survey.done.as_ref(),
        SurveyState::Planned | SurveyState::Running | SurveyState::Measures => None,
    };
    let over = ended.is_some_and(|said| Month::of(said.at.day(offset)) < month);
    begun && !over
}

/// The surveys of a month.
pub fn surveys(
    month: Month,
    held: Vec<Held>,
    closed: &[(Day, Number)],
    told: &Yearly,
    context: &Context,
) -> Surveys {
    let of_month = held
        .into_iter()
        .filter(|it| is_of(&it.survey, month, context));
    let surveys = of_month.map(|it| {
        let survey = it.survey;
        let measures = it.measures.into_iter().map(|measure| {
            let due = measure.details.due.map(|due| due.to_string());
            let line = format!("{} {}", measure.details.owner, due.unwrap_or_default());
            (measure.details.aspect, measure.meta.number, line)
        });
        let measures = measures.collect();
        let closed = survey.closed.as_ref();
        let figures = closed.map(|closed| closed.figures.clone());
        let threshold = closed.map(|closed| closed.threshold);
        SurveyOf {
            number: survey.meta.number,
            figures: figures.unwrap_or_else(|| SurveyFigures::of(&survey, &it.answers)),
            threshold: threshold.or(context.profile.surveys.threshold),
            title: survey.details.title,
            kind: survey.details.kind,
            state: survey.state,
            measures,
            told: it.answers.into_iter().filter_map(said).collect(),
        }
    });
    let mut years: Vec<YearOf> = told
        .missed
        .iter()
        .map(|year| YearOf {
            year: *year,
            closed: Vec::new(),
            missed: true,
        })
        .collect();
    for (day, number) in closed {
        let year = i32::from(day.year());
        match years.iter_mut().find(|it| it.year == year) {
            Some(known) => known.closed.push((*day, *number)),
            None => years.push(YearOf {
                year,
                closed: vec![(*day, *number)],
                missed: false,
            }),
        }
    }
    years.sort_by_key(|it| std::cmp::Reverse(it.year));
    Surveys {
        month,
        at: context.now,
        surveys: surveys.collect(),
        years,
    }
}

/// What was said in an answer; none where only points were given.
fn said(answer: Answer) -> Option<Told> {
    let details = answer.details;
    let words = |text: String| mask::words(&text);
    let told = Told {
        number: answer.meta.number,
        name: answer.name,
        product: words(details.product),
        opinion: words(details.opinion),
        suggestion: words(details.suggestion),
    };
    let silent = told.opinion.is_empty() && told.suggestion.is_empty();
    (!silent && !answer.meta.void).then_some(told)
}
