//! Answers to a survey: who was asked how, the score of each aspect, opinions and suggestions
//! (A03-5.1.2b, A14-2.6).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{MOST_POINTS, Survey, SurveyKind, SurveyState};
use crate::domain::context::{Context, Meta};
use crate::domain::customer::Customer;
use crate::domain::intake::Channel;
use crate::domain::number::Number;
use crate::domain::profile::Permission;
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::text::clean;

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AnswerDetails {
    /// The survey.
    pub survey: Option<Number>,
    /// Who answered; none where the answer came without a name.
    pub customer: Option<Number>,
    /// How they were asked: letter or telephone (A14-2.6).
    pub channel: Option<Channel>,
    /// Points by aspect, whole, from 0 to 100; an aspect that was not answered is absent.
    pub scores: BTreeMap<String, u32>,
    /// The product they use (A03-5.1.2b).
    pub product: String,
    /// What they think of it.
    pub opinion: String,
    /// What they suggest.
    pub suggestion: String,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: AnswerDetails,
    /// The customer's name then; empty where the answer came without one.
    pub name: String,
}

impl Answer {
    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> [&mut String; 4] {
        let details = &mut self.details;
        [
            &mut self.name,
            &mut details.product,
            &mut details.opinion,
            &mut details.suggestion,
        ]
    }
}

/// Cleans and checks what was entered. `before` is an answer that the customer gave already.
fn checked(
    mut details: AnswerDetails,
    survey: &Survey,
    customer: Option<&Customer>,
    before: Option<Number>,
    context: &Context,
) -> Result<AnswerDetails, Refusal> {
    context.may(Permission::IntakeLog)?;
    if survey.state != SurveyState::Running {
        let problem = Problem::new("survey-is-not-running");
        return Err(problem.arg("number", survey.meta.number).into());
    }
    let mut checks = Checks::new();
    details.product = clean::name(&details.product);
    details.opinion = clean::body(&details.opinion);
    details.suggestion = clean::body(&details.suggestion);
    if survey.details.kind == SurveyKind::Service {
        let written_or_called = matches!(details.channel, Some(Channel::Letter | Channel::Call));
        checks.require(details.channel.is_some(), || {
            Problem::required("contact_channel").clause("A14-2.6")
        });
        checks.require(details.channel.is_none() || written_or_called, || {
            let problem = Problem::new("not-by-letter-or-telephone").field("contact_channel");
            problem.clause("A14-2.6")
        });
    }
    for (aspect, points) in &details.scores {
        let known = survey.aspect(aspect);
        checks.require(known.is_some(), || {
            let problem = Problem::new("no-such-aspect").field(aspect);
            problem.arg("value", aspect)
        });
        checks.require(*points <= MOST_POINTS, || {
            let problem = Problem::new("not-points").field(aspect);
            problem.arg("value", points).arg("most", MOST_POINTS)
        });
    }
    if survey.details.kind == SurveyKind::Product {
        for (there, field) in [
            (customer.is_some(), "customer"),
            (!details.product.is_empty(), "product"),
        ] {
            checks.require(there, || Problem::required(field).clause("A03-5.1.2b"));
        }
    }
    let said = !details.opinion.is_empty() || !details.suggestion.is_empty();
    checks.require(said || !details.scores.is_empty(), || {
        Problem::new("answer-says-nothing")
            .field("opinion")
            .clause("A03-5.1.2c")
    });
    if let Some(before) = before {
        let problem = Problem::new("answered-before").field("customer");
        checks.ask(context.accept, problem.arg("number", before));
    }
    checks.done()?;
    // What was written by a name of the aspect is kept by its id.
    let scores = details.scores.iter().filter_map(|(written, points)| {
        let aspect = survey.aspect(written)?;
        Some((aspect.id.clone(), *points))
    });
    details.scores = scores.collect();
    details.survey = Some(survey.meta.number);
    details.customer = customer.map(|it| it.meta.number);
    Ok(details)
}

/// An answer written down. `before` is an answer that the customer gave to the survey already.
///
/// # Errors
/// Refused without the permission; to a survey that is not running; without the channel (A14-2.6), with a
/// score for what is not asked or beyond 100 points, without anything said; to a product's survey without
/// customer and product (A03-5.1.2b). Asks about a second answer of the same customer.
pub fn log(
    number: Number,
    details: AnswerDetails,
    survey: &Survey,
    customer: Option<&Customer>,
    before: Option<Number>,
    context: &Context,
) -> Result<Answer, Refusal> {
    Ok(Answer {
        meta: Meta::new(number, context),
        details: checked(details, survey, customer, before, context)?,
        name: customer.map_or_else(String::new, |it| it.details.name.clone()),
    })
}

/// An answer put right while its survey is running. `before` is another answer that the customer gave to
/// the survey.
///
/// # Errors
/// As [`log`].
pub fn change(
    answer: &Answer,
    details: AnswerDetails,
    survey: &Survey,
    customer: Option<&Customer>,
    before: Option<Number>,
    context: &Context,
) -> Result<Answer, Refusal> {
    Ok(Answer {
        meta: answer.meta.changed(context),
        details: checked(details, survey, customer, before, context)?,
        name: customer.map_or_else(String::new, |it| it.details.name.clone()),
    })
}
