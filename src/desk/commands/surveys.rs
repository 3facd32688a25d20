//! Commands on surveys, their answers and their measures (A03-sa, A03-sd, A03-5.1.2b, A03-5.1.2c, A14-2.6).

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::answers;
use crate::domain::measure::{self, Measure, MeasureDetails};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::survey::{
    self, Answer, AnswerDetails, Beside, Survey, SurveyDetails, SurveyFigures, SurveyStep,
    SurveyStepKind,
};

/// What was entered, with the customers that are named in it looked up.
fn named(scene: Scene, details: &SurveyDetails) -> Result<SurveyDetails, Failure> {
    let mut details = details.clone();
    details.target.named = scene.all_named(&details.target.named, "target_named")?;
    Ok(details)
}

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::PlanSurvey { details } => {
            let number = scene.number(Kind::Survey)?;
            let details = named(scene, details)?;
            let survey = survey::plan(number, details, context)?;
            Ok(Decision::one("plan-survey", survey))
        }
        Command::ChangeSurvey { at, details } => {
            let present: Survey = scene.at(*at)?;
            let details = named(scene, details)?;
            let survey = survey::change(&present, details, context)?;
            Ok(Decision::one("change-survey", survey))
        }
        Command::StepSurvey { at, step } => {
            let present: Survey = scene.at(*at)?;
            let beside = beside(scene, &present, step)?;
            let survey = survey::step(&present, step, &beside, context)?;
            Ok(Decision::one(step.kind().id(), survey))
        }
        Command::LogAnswer { details } => {
            let number = scene.number(Kind::Answer)?;
            let survey = survey_of(scene, details)?;
            let customer = scene.customer(details.customer)?;
            let before = before(scene, details.survey, details.customer)?.pop();
            let answer = survey::log_answer(
                number,
                details.clone(),
                &survey,
                customer.as_ref(),
                before,
                context,
            )?;
            Ok(Decision::one("log-answer", answer))
        }
        Command::ChangeAnswer { at, details } => {
            let present: Answer = scene.at(*at)?;
            let survey = survey_of(scene, &present.details)?;
            let customer = scene.customer(details.customer)?;
            let before = before(scene, present.details.survey, details.customer)?;
            let other = before.into_iter().find(|number| *number != at.number);
            let changed = survey::change_answer(
                &present,
                details.clone(),
                &survey,
                customer.as_ref(),
                other,
                context,
            )?;
            Ok(Decision::one("change-answer", changed))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// The survey an answer is to; one that is not there is the form's fault.
fn survey_of(scene: Scene, details: &AnswerDetails) -> Result<Survey, Failure> {
    let survey = details.survey.map(|survey| scene.living(survey));
    survey.transpose()?.flatten().ok_or_else(|| {
        let problem = Problem::required("survey").clause("A03-5.1.2c");
        Failure::Refused(problem.into())
    })
}

/// The answers that the customer gave to the survey already, under whichever card.
fn before(
    scene: Scene,
    survey: Option<Number>,
    customer: Option<Number>,
) -> Result<Vec<Number>, Failure> {
    let Some((survey, customer)) = survey.zip(customer) else {
        return Ok(Vec::new());
    };
    let customer = kin::survivor(scene.overlay, customer)?;
    let of_card = |card| keys::serving_with(survey, true, card);
    let numbers = kin::of_all_cards(scene.overlay, customer, of_card, usize::MAX)?;
    let answers = numbers.into_iter();
    Ok(answers
        .filter(|number| number.kind == Kind::Answer)
        .collect())
}

/// What a step of a survey reads beside it: the answers only where they are counted.
fn beside(scene: Scene, survey: &Survey, step: &SurveyStep) -> Result<Beside, Failure> {
    let mut beside = Beside::default();
    if matches!(step.kind(), SurveyStepKind::Close) {
        let answers = answers(scene.overlay, survey.meta.number)?;
        beside.figures = SurveyFigures::of(survey, &answers);
    }
    if matches!(step.kind(), SurveyStepKind::Close | SurveyStepKind::Finish) {
        for measure in &survey.measures {
            let measure: Option<Measure> = scene.living(*measure)?;
            beside.measures.extend(measure);
        }
    }
    Ok(beside)
}

/// A measure drafted for an aspect of a survey, and the survey with it (A03-sd).
pub(super) fn draft_measure(scene: Scene, details: &MeasureDetails) -> Result<Decision, Failure> {
    let context = &scene.context;
    let number = scene.number(Kind::Measure)?;
    let about: Survey = scene.record(details.about)?;
    let (survey, aspect) = survey::with_measure(&about, number, &details.aspect, context)?;
    let details = MeasureDetails {
        aspect,
        ..details.clone()
    };
    let measure = measure::draft(number, details, context)?;
    let records: Vec<Record> = vec![measure.into(), survey.into()];
    Ok(Decision {
        what: "draft-measure",
        records,
    })
}
