//! What the answers to surveys come to, what stands beside a survey, and the survey that a year has to
//! have (A03-sa, A03-5.1.2b, A03-5.1.2c).

use super::{Looking, list};
use crate::desk::contract::{Filter, Notice, Page, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::Occupant;
use crate::domain::operator::Operator;
use crate::domain::place;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::domain::survey::{Answer, Survey, SurveyFigures, Yearly, yearly};
use crate::store::{Fault, Order};

/// Beside a survey so many answers are shown, the newest first.
const MOST_ANSWERS: usize = 40;

/// The answers to a survey, the oldest first.
pub(in crate::desk) fn answers(overlay: &Overlay, survey: Number) -> Result<Vec<Answer>, Fault> {
    let prefix = keys::answers(survey);
    let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut answers = Vec::with_capacity(rows.len());
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Answer(answer)) = overlay.record(number)? {
            answers.push(answer);
        }
    }
    Ok(answers)
}

/// What the answers to a survey come to; of one that is closed what they came to then.
pub(super) fn figures(
    looking: &Looking,
    survey: &Survey,
) -> Result<(SurveyFigures, Vec<Answer>), Fault> {
    let answers = answers(looking.overlay, survey.meta.number)?;
    let closed = survey.closed.as_ref().map(|closed| closed.figures.clone());
    let figures = closed.unwrap_or_else(|| SurveyFigures::of(survey, &answers));
    Ok((figures, answers))
}

/// What stands beside a survey: itself with its figures, its measures, the newest answers.
pub(super) fn beside(looking: &Looking, survey: Survey) -> Result<Page, Fault> {
    let (figures, mut answers) = figures(looking, &survey)?;
    let measures = looking.rows(survey.measures.iter().copied())?;
    let mut own = looking.row(Record::Survey(survey));
    own.scored = Some(Box::new(figures));
    let spare = answers.len().saturating_sub(MOST_ANSWERS);
    let newest = answers.drain(spare..).rev();
    let newest = newest.map(|answer| looking.row(Record::Answer(answer)));
    let rows = std::iter::once(own).chain(measures).chain(newest);
    Ok(list::loose_page(rows.collect()))
}

/// What of the yearly survey is to be told (A03-sa).
pub(super) fn of_years(looking: &Looking) -> Result<(Yearly, Vec<(Day, Number)>), Fault> {
    let profile = &looking.known.profile;
    let offset = profile.utc_offset_minutes;
    let mut closed = Vec::new();
    if profile.surveys.remind_on.is_some() {
        let tag = index::tag(Kind::Survey, Filter::All);
        let prefix = index::list_prefix(Kind::Survey, tag, Sort::Oldest);
        let rows = looking
            .overlay
            .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Survey(survey)) = looking.overlay.record(number)? {
                closed.extend(survey.full_closed_on(offset).map(|day| (day, number)));
            }
        }
    }
    let days: Vec<Day> = closed.iter().map(|(day, _)| *day).collect();
    let site = looking.known.site.as_ref();
    let began = site.map_or(looking.today(), |site| site.meta.created_at.day(offset));
    let told = yearly(began, &days, looking.today(), &profile.surveys);
    Ok((told, closed))
}

/// What whoever runs surveys is reminded of: the full survey of this year from its day on, and the year
/// before in which there was none (A03-sa).
pub(super) fn reminders(looking: &Looking, operator: &Operator) -> Result<Vec<Notice>, Fault> {
    let grant = looking
        .known
        .profile
        .archive
        .steps
        .get(&ArchiveStep::RunSurvey);
    let runs = grant.is_some_and(|it| it.roles.iter().any(|role| operator.roles.contains(role)));
    if !runs {
        return Ok(Vec::new());
    }
    let (told, _) = of_years(looking)?;
    let notice = |key: &str, year: String| Notice {
        key: key.to_owned(),
        args: vec![("year".to_owned(), year)],
    };
    let missed: Vec<String> = told.missed.iter().map(ToString::to_string).collect();
    let missed = (!missed.is_empty()).then(|| notice("survey-missed", missed.join(" ")));
    let due = told.due.map(|year| notice("survey-due", year.to_string()));
    Ok(due.into_iter().chain(missed).collect())
}

/// Who lives in a unit, who came first first (A05-4.1).
pub(in crate::desk) fn occupants(overlay: &Overlay, unit: &str) -> Result<Vec<Occupant>, Fault> {
    let unit = place::key(unit);
    if unit.is_empty() {
        return Ok(Vec::new());
    }
    let prefix = keys::lived_in(&unit);
    let rows = overlay.scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Occupancy(it)) = overlay.record(number)? {
            found.push(Occupant::of(&it));
        }
    }
    Ok(found)
}
