//! Surveys: what customers say of the house, aspect by aspect, from the plan to the measures that follow
//! from what is too low (SM10, A03-sa, A03-sd, A03-5.1.2b, A03-5.1.2c, A14-2.6).
//!
//! Scores are whole points from 0 to [`MOST_POINTS`]; means are tenths of a point, by integers alone.

mod answer;
mod figures;
mod report;
mod steps;
mod yearly;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::answer::{Answer, AnswerDetails, change as change_answer, log as log_answer};
pub use self::figures::{AspectFigures, SurveyFigures, Tenths};
pub use self::report::{Held, SurveyOf, Surveys, Told, YearOf, surveys};
pub use self::steps::{Beside, ROWS, SurveyStep, SurveyStepKind, lacking_measures, may, step};
pub use self::yearly::{DayOfYear, Yearly, yearly};
use super::campaign::Target;
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::profile::Choice;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

/// The highest score.
pub const MOST_POINTS: u32 = 100;
/// A questionnaire has at most so many aspects: as many as fit into one form.
pub const MOST_ASPECTS: usize = 12;

named! {
    /// What is asked. Positions stand in records: variants are only appended.
    #[derive(Default)]
    SurveyKind {
        /// Everything, once a year at least (A03-sa).
        #[default]
        Full = "full",
        /// How a product is used, with opinions and suggestions (A03-5.1.2b).
        Product = "product",
        /// The property and the service, by letter or telephone (A14-2.6).
        Service = "service",
    }
}

named! {
    /// Where a survey stands (SM10). Positions stand in records: variants are only appended.
    SurveyState {
        /// Planned; nobody is asked yet.
        Planned = "planned",
        /// Customers are asked.
        Running = "running",
        /// Closed, and nothing was too low.
        Closed = "closed",
        /// Closed, with measures for what was too low (A03-sd).
        Measures = "measures",
        /// All measures were carried out and checked.
        Done = "done",
        /// Given up. Ours.
        Dropped = "dropped",
    }
}

impl SurveyState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Done | Self::Dropped)
    }
}

/// An aspect that surveys of a site ask about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aspect {
    /// The name records keep.
    pub id: String,
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
    /// In which surveys it is asked.
    pub kinds: Vec<SurveyKind>,
}

/// How a site surveys its customers. The regulations give neither a threshold nor a day: what is absent
/// is asked for, or not kept watch over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SurveyRules {
    /// Points that the mean of an aspect has to reach (A03-sd).
    pub threshold: Option<Tenths>,
    /// The day of the year, as `10-01`, from which on a full survey is missed until one is closed (A03-sa).
    pub remind_on: Option<DayOfYear>,
    /// What is asked about, in the order offered.
    pub aspects: Vec<Aspect>,
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SurveyDetails {
    /// What is asked.
    pub kind: SurveyKind,
    /// What it is called.
    pub title: String,
    /// The aspects that are scored: ids or names of the profile's, or words of their own; those of the
    /// profile where nothing is entered.
    pub aspects: Vec<String>,
    /// The day by which it is to be closed.
    pub due: Option<Day>,
    /// Who is asked (A03-sa, A14-2.6): all customers where nothing is set.
    pub target: Target,
}

/// A survey closed, with its figures as they were then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SurveyClosing {
    /// By whom and when, with what there was to say.
    pub said: Said,
    /// The threshold it was held against (A03-sd).
    pub threshold: Tenths,
    /// What the answers came to.
    pub figures: SurveyFigures,
}

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Survey {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: SurveyDetails,
    /// The aspects as they are asked, in both languages.
    pub aspects: Vec<Choice>,
    /// Where it stands.
    pub state: SurveyState,
    /// The measures drafted for it (A03-sd).
    pub measures: Vec<Number>,
    /// Since when customers are asked.
    pub started: Option<Said>,
    /// Its end.
    pub closed: Option<SurveyClosing>,
    /// All measures checked.
    pub done: Option<Said>,
    /// Given up, and why.
    pub dropped: Option<Said>,
}

impl Survey {
    /// The aspect that somebody writes by its id or one of its names.
    pub fn aspect(&self, written: &str) -> Option<&Choice> {
        let written = written.trim();
        let is = |it: &&Choice| [&it.id, &it.zh, &it.en].iter().any(|name| *name == written);
        self.aspects.iter().find(is)
    }

    /// Days by which it should have been closed and was not.
    pub fn days_late(&self, today: Day) -> i64 {
        let open = matches!(self.state, SurveyState::Planned | SurveyState::Running);
        let due = self.details.due.filter(|_| open);
        due.map_or(0, |due| (today.0 - due.0).num_days().max(0))
    }

    /// The day on which a full survey was closed (A03-sa).
    pub fn full_closed_on(&self, offset_minutes: i32) -> Option<Day> {
        let closed = self.closed.as_ref()?;
        let full = self.details.kind == SurveyKind::Full;
        full.then(|| closed.said.at.day(offset_minutes))
    }
}

/// The aspects of a questionnaire: what was written, or all that the profile has for the kind.
fn aspects(details: &SurveyDetails, rules: &SurveyRules) -> Vec<Choice> {
    let choice = |it: &Aspect| Choice {
        id: it.id.clone(),
        zh: it.zh.clone(),
        en: it.en.clone(),
    };
    let written: Vec<String> = details.aspects.iter().map(|it| clean::name(it)).collect();
    let mut found: Vec<Choice> = Vec::new();
    for name in written.iter().filter(|name| !name.is_empty()) {
        let is = |it: &&Aspect| [&it.id, &it.zh, &it.en].contains(&name);
        let known = rules.aspects.iter().find(is).map(choice);
        let aspect = known.unwrap_or_else(|| Choice {
            id: name.clone(),
            zh: name.clone(),
            en: name.clone(),
        });
        if !found.iter().any(|it| it.id == aspect.id) {
            found.push(aspect);
        }
    }
    if found.is_empty() {
        let of_kind = rules
            .aspects
            .iter()
            .filter(|it| it.kinds.contains(&details.kind));
        found.extend(of_kind.map(choice));
    }
    found
}

/// Cleans and checks what was entered.
fn checked(
    mut details: SurveyDetails,
    context: &Context,
) -> Result<(SurveyDetails, Vec<Choice>), Refusal> {
    context.may_take(ArchiveStep::RunSurvey)?;
    let mut checks = Checks::new();
    details.title = clean::name(&details.title);
    checks.require(!details.title.is_empty(), || Problem::required("title"));
    details.target.check(context, &mut checks);
    let aspects = aspects(&details, &context.profile.surveys);
    // A product's survey may ask for words alone; satisfaction is scored (A03-5.1.2c).
    let words_alone = details.kind == SurveyKind::Product;
    checks.require(words_alone || !aspects.is_empty(), || {
        Problem::required("aspects").clause("A03-5.1.2c")
    });
    checks.require(aspects.len() <= MOST_ASPECTS, || {
        let problem = Problem::new("too-many-aspects").field("aspects");
        problem.arg("most", MOST_ASPECTS)
    });
    let today = context.today();
    checks.require(details.due.is_none_or(|due| due >= today), || {
        Problem::new("survey-due-in-the-past").field("due")
    });
    checks.done()?;
    details.aspects = aspects.iter().map(|it| it.id.clone()).collect();
    Ok((details, aspects))
}

/// A survey planned.
///
/// # Errors
/// Refused for one who does not run surveys, without a title or anything to score (A03-5.1.2c), with more
/// than [`MOST_ASPECTS`] aspects, to be closed on a day that is past, and for customers of a class, site or
/// source that the profile does not have.
pub fn plan(number: Number, details: SurveyDetails, context: &Context) -> Result<Survey, Refusal> {
    let (details, aspects) = checked(details, context)?;
    Ok(Survey {
        meta: Meta::new(number, context),
        details,
        aspects,
        state: SurveyState::Planned,
        measures: Vec::new(),
        started: None,
        closed: None,
        done: None,
        dropped: None,
    })
}

/// A survey changed before anybody is asked.
///
/// # Errors
/// As [`plan`], and once it has begun.
pub fn change(
    survey: &Survey,
    details: SurveyDetails,
    context: &Context,
) -> Result<Survey, Refusal> {
    if survey.state != SurveyState::Planned {
        let problem = Problem::new("survey-has-begun");
        return Err(problem.arg("number", survey.meta.number).into());
    }
    let (details, aspects) = checked(details, context)?;
    Ok(Survey {
        meta: survey.meta.changed(context),
        details,
        aspects,
        ..survey.clone()
    })
}

/// The survey with a measure that was drafted for one of its aspects.
///
/// # Errors
/// Refused for an aspect it does not ask about, before it runs and once nothing more is expected of it.
pub fn with_measure(
    survey: &Survey,
    measure: Number,
    aspect: &str,
    context: &Context,
) -> Result<(Survey, String), Refusal> {
    let open = matches!(survey.state, SurveyState::Running | SurveyState::Measures);
    let mut checks = Checks::new();
    checks.require(open, || {
        Problem::new("survey-takes-no-measure").arg("number", survey.meta.number)
    });
    let known = survey.aspect(aspect).map(|it| it.id.clone());
    checks.require(known.is_some(), || {
        Problem::required("aspect").clause("A03-sd")
    });
    checks.done()?;
    let mut next = Survey {
        meta: survey.meta.changed(context),
        ..survey.clone()
    };
    next.measures.push(measure);
    Ok((next, known.unwrap_or_default()))
}

#[cfg(test)]
mod tests;
