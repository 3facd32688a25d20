//! The forms of surveys and their answers, of instructions and suggestions, and of move-ins. Their values
//! are the commands; see `registers`.

use serde_json::{Map, Value, json};

use super::making::{date, hidden, listed, named, note, of_all, people, text};
use super::{FormId, about_of, campaign, registers::read};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::Command;
use crate::domain::instruction::InstructionSort;
use crate::domain::intake::Channel;
use crate::domain::measure::MeasureKind;
use crate::domain::number::Number;
use crate::domain::profile::Words;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::survey::{Answer, MOST_POINTS, Survey, SurveyDetails, SurveyKind};
use crate::text::clean;

/// The fields of the scores; which aspect each asks for stands in the field.
const SCORES: [&str; 12] = [
    "score_1", "score_2", "score_3", "score_4", "score_5", "score_6", "score_7", "score_8",
    "score_9", "score_10", "score_11", "score_12",
];

/// The people who work here.
pub(super) fn given_to(facts: &Facts) -> Field {
    people("given_to", facts)
}

/// The fields of a form.
pub(super) fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::NewSurvey | FormId::EditSurvey => {
            let mut fields = vec![
                of_all(
                    "survey_kind",
                    "survey-kind",
                    SurveyKind::ALL,
                    SurveyKind::id,
                )
                .required()
                .with(SurveyKind::Full.id()),
                text("survey_title").required(),
                note("aspects", 3),
                date("due_on"),
            ];
            fields.extend(campaign::target_fields(facts));
            fields
        }
        FormId::LogAnswer | FormId::EditAnswer => {
            let channels = [Channel::Call, Channel::Letter, Channel::Visit];
            let channels = channels.iter().chain(&[Channel::Online, Channel::Other]);
            vec![
                Field::new("customer", FieldKind::Customer),
                named(
                    "contact_channel",
                    "contact-channel",
                    channels.map(|it| it.id()).collect(),
                )
                .required()
                .with(Channel::Call.id()),
                text("product"),
                note("opinion", 3),
                note("suggestion", 2),
                hidden("survey"),
            ]
        }
        FormId::SurveyMeasure => vec![
            listed("aspect", &[]).required(),
            of_all(
                "measure_kind",
                "measure-kind",
                MeasureKind::ALL,
                MeasureKind::id,
            )
            .required()
            .with(MeasureKind::Corrective.id()),
            note("matter", 3).required(),
            listed("department", &facts.profile.complaints.departments).required(),
            text("task_owner").required(),
            date("due_on").required(),
            hidden("record"),
        ],
        FormId::CloseSurvey => vec![text("threshold"), note("note", 3)],
        FormId::NewInstruction => vec![
            of_all(
                "instruction_sort",
                "instruction-sort",
                InstructionSort::ALL,
                InstructionSort::id,
            )
            .required()
            .with(InstructionSort::Suggestion.id()),
            given_to(facts),
            note("matter", 4).required(),
            date("due_on"),
        ],
        FormId::NewOccupancy => vec![
            text("place").required(),
            Field::new("customer", FieldKind::Customer).required(),
            date("moved_in").required().with(&facts.today().to_string()),
        ],
        FormId::MoveOut => vec![
            date("on").required().with(&facts.today().to_string()),
            note("note", 2),
        ],
        FormId::CarryOutInstruction | FormId::AnswerSuggestion => {
            vec![note("text", 4).required()]
        }
        FormId::FinishSurvey => vec![note("note", 3)],
        _ => vec![note("reason", 3).required()],
    }
}

/// Shows the fields that the values now ask for.
pub(super) fn adjust(form: &mut Form) {
    if form.id == FormId::NewInstruction {
        let instruction = form.value("instruction_sort") == InstructionSort::Instruction.id();
        form.demand("given_to", instruction, instruction);
        form.demand("due_on", instruction, false);
    } else {
        campaign::invite(form);
    }
}

/// Fills in what is known of the record a form is about.
pub(super) fn fill(form: &mut Form, record: &Record, facts: &Facts) {
    match (form.id, record) {
        (FormId::EditSurvey, Record::Survey(survey)) => {
            let details = &survey.details;
            let names = survey.aspects.iter().map(|it| facts.pick(&it.zh, &it.en));
            let names: Vec<&str> = names.collect();
            form.set("survey_kind", details.kind.id());
            form.set("survey_title", &details.title);
            form.set("aspects", &names.join("\n"));
            let due = details.due.map(|due| due.to_string());
            form.set("due_on", &due.unwrap_or_default());
            campaign::fill_target(form, &details.target);
        }
        (FormId::LogAnswer, Record::Survey(survey)) => {
            ask(form, survey);
            let product = survey.details.kind == SurveyKind::Product;
            form.demand("customer", true, product);
            form.demand("product", product, product);
            form.set("survey", &survey.meta.number.to_string());
        }
        (FormId::SurveyMeasure, Record::Survey(survey)) => {
            let list = survey.aspects.iter().map(|it| {
                let words = Words {
                    zh: it.zh.clone(),
                    en: it.en.clone(),
                };
                (it.id.clone(), words)
            });
            let list: Vec<(String, Words)> = list.collect();
            let only = list.first().map(|(id, _)| id.clone());
            if let Some(field) = form.field_mut("aspect") {
                field.kind = FieldKind::Choice(Options::Site(list));
                field.set(&only.unwrap_or_default());
            }
            form.set("record", &survey.meta.number.to_string());
        }
        (FormId::CloseSurvey, _) => {
            let set = facts.profile.surveys.threshold;
            // What the site has set holds, and is only asked for where it has set nothing.
            form.demand("threshold", set.is_none(), set.is_none());
        }
        (FormId::EditAnswer, Record::Answer(answer)) => fill_answer(form, answer),
        _ => {}
    }
}

/// Asks for the score of each aspect of a survey.
fn ask(form: &mut Form, survey: &Survey) {
    let fields = survey.aspects.iter().zip(SCORES).map(|(aspect, name)| {
        let words = Words {
            zh: aspect.zh.clone(),
            en: aspect.en.clone(),
        };
        Field::new(name, FieldKind::Number).about_item(&aspect.id, words)
    });
    let fields: Vec<Field> = fields.collect();
    let place = form
        .fields
        .iter()
        .position(|field| field.name == "contact_channel");
    let place = place.map_or(0, |place| place + 1);
    form.fields.splice(place..place, fields);
}

/// Fills in who answers, and goes to what they are asked first.
pub(crate) fn of_customer(form: &mut Form, customer: &str) {
    form.set("customer", customer);
    let mut asked = form.fields.iter();
    let first = asked.find(|field| field.item.is_some()).map(|it| it.name);
    form.go_to("opinion");
    form.go_to("product");
    form.go_to(first.unwrap_or_default());
    form.changed = false;
}

fn fill_answer(form: &mut Form, answer: &Answer) {
    let details = &answer.details;
    let number = |number: Option<Number>| number.map(|it| it.to_string()).unwrap_or_default();
    if let Some(customer) = details.customer {
        form.set("customer", &format!("{customer} {}", answer.name));
    }
    form.set("contact_channel", details.channel.map_or("", Channel::id));
    form.set("product", &details.product);
    form.set("opinion", &details.opinion);
    form.set("suggestion", &details.suggestion);
    form.set("survey", &number(details.survey));
}

/// Asks in the form of an answer for what its survey asks, filled in with what was answered.
pub(crate) fn ask_again(form: &mut Form, survey: &Survey, answer: &Answer) {
    ask(form, survey);
    let product = survey.details.kind == SurveyKind::Product;
    form.demand("product", product, product);
    for field in &mut form.fields {
        if let Some((aspect, _)) = &field.item {
            let points = answer.details.scores.get(aspect);
            let points = points.map(ToString::to_string).unwrap_or_default();
            field.set(&points);
            field.was = Some(points);
        }
    }
    form.focus = 0;
    form.changed = false;
}

/// Whether a form is one of these.
pub(super) const fn is_one(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewSurvey
            | FormId::EditSurvey
            | FormId::CloseSurvey
            | FormId::FinishSurvey
            | FormId::DropSurvey
            | FormId::LogAnswer
            | FormId::EditAnswer
            | FormId::SurveyMeasure
            | FormId::NewInstruction
            | FormId::CarryOutInstruction
            | FormId::AnswerSuggestion
            | FormId::WithdrawInstruction
            | FormId::NewOccupancy
            | FormId::MoveOut
    )
}

/// Whether a form is no step of a record.
pub(super) const fn is_new(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewSurvey
            | FormId::EditSurvey
            | FormId::LogAnswer
            | FormId::EditAnswer
            | FormId::SurveyMeasure
            | FormId::NewInstruction
            | FormId::NewOccupancy
    )
}

/// The command of a form that is no step of a record.
///
/// # Errors
/// Points or a target that cannot be read.
pub(super) fn command(form: &Form, mut values: Map<String, Value>) -> Result<Command, Problem> {
    let planned = |values| -> Result<SurveyDetails, Problem> {
        Ok(SurveyDetails {
            target: campaign::target_of(form)?,
            ..read(Value::Object(values))?
        })
    };
    Ok(match form.id {
        FormId::NewSurvey => Command::PlanSurvey {
            details: planned(values)?,
        },
        FormId::EditSurvey => Command::ChangeSurvey {
            at: about_of(form)?,
            details: planned(values)?,
        },
        FormId::LogAnswer => {
            scored(&mut values)?;
            Command::LogAnswer {
                details: read(Value::Object(values))?,
            }
        }
        FormId::EditAnswer => {
            scored(&mut values)?;
            Command::ChangeAnswer {
                at: about_of(form)?,
                details: read(Value::Object(values))?,
            }
        }
        FormId::SurveyMeasure => Command::DraftMeasure {
            details: read(Value::Object(values))?,
        },
        FormId::NewInstruction => Command::GiveInstruction {
            details: read(Value::Object(values))?,
        },
        _ => Command::MoveIn {
            details: read(Value::Object(values))?,
            intake: None,
            new_customer: None,
        },
    })
}

/// The scores of an answer, from what was typed in the fields of its aspects.
fn scored(values: &mut Map<String, Value>) -> Result<(), Problem> {
    let Some(Value::Object(typed)) = values.remove("papers") else {
        return Ok(());
    };
    let mut scores = Map::new();
    for (aspect, value) in typed {
        let text = value.as_str().unwrap_or_default();
        let points: Result<u32, _> = clean::half_width(text).parse();
        let points = points.map_err(|_| {
            let problem = Problem::new("not-points").field(&aspect);
            problem.arg("value", text).arg("most", MOST_POINTS)
        })?;
        scores.insert(aspect, json!(points));
    }
    values.insert("scores".to_owned(), Value::Object(scores));
    Ok(())
}
