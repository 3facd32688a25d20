//! What stands in the columns of surveys, answers, move-ins and instructions.

use super::cells::{Style, name_of, number};
use super::value::Value;
use crate::desk::contract::Row;
use crate::domain::complaint::course::Said;
use crate::domain::instruction::Instruction;
use crate::domain::occupancy::Occupancy;
use crate::domain::profile::Choice;
use crate::domain::record::Record;
use crate::domain::survey::{Answer, Survey};
use crate::locale::Lang;

fn at(said: Option<&Said>) -> Value {
    said.map_or(Value::Nothing, |said| Value::Time(said.at))
}

fn text(said: Option<&Said>) -> Value {
    said.map_or(Value::Nothing, |said| Value::text(&said.text))
}

impl Style<'_> {
    /// What stands in a column of a survey, an answer, a move-in or an instruction.
    pub(super) fn surveyed(self, row: &Row, column: &str) -> Value {
        match &row.record {
            Record::Survey(survey) => self.survey(survey, column),
            Record::Answer(answer) => self.answer(answer, column),
            Record::Occupancy(occupancy) => occupied(occupancy, column),
            Record::Instruction(instruction) => self.instruction(instruction, row, column),
            _ => Value::Nothing,
        }
    }

    /// Aspects by name.
    fn aspects<'a>(self, aspects: impl Iterator<Item = &'a Choice>) -> Value {
        let names = aspects.map(|it| match self.texts.lang() {
            Lang::Zh => it.zh.as_str(),
            Lang::En => it.en.as_str(),
        });
        let names: Vec<&str> = names.collect();
        Value::text(&names.join(&self.texts.get("list-comma")))
    }

    fn survey(self, survey: &Survey, column: &str) -> Value {
        let closed = survey.closed.as_ref();
        match column {
            "survey_kind" => self.word("survey-kind", survey.details.kind.id()),
            "title" => Value::text(&survey.details.title),
            "target" => Value::Text(self.target(&survey.details.target)),
            "aspects" => self.aspects(survey.aspects.iter()),
            "state" => self.word("survey-state", survey.state.id()),
            "started_on" => at(survey.started.as_ref()),
            "closed_at" => at(closed.map(|closed| &closed.said)),
            "answer_count" => closed.map_or(Value::Nothing, |closed| {
                Value::Count(i64::try_from(closed.figures.answers).unwrap_or(i64::MAX))
            }),
            "mean" => {
                let mean = closed.and_then(|closed| closed.figures.mean());
                mean.map_or(Value::Nothing, |mean| Value::text(&mean.to_string()))
            }
            "threshold" => closed.map_or(Value::Nothing, |closed| {
                Value::text(&closed.threshold.to_string())
            }),
            "below" => closed.map_or(Value::Nothing, |closed| {
                let below = closed.figures.below(closed.threshold);
                self.aspects(below.map(|it| &it.aspect))
            }),
            "measures" => {
                let numbers: Vec<String> =
                    survey.measures.iter().map(ToString::to_string).collect();
                Value::text(&numbers.join(" "))
            }
            _ => Value::Nothing,
        }
    }

    fn answer(self, answer: &Answer, column: &str) -> Value {
        let details = &answer.details;
        match column {
            "survey" => number(details.survey),
            "customer" => number(details.customer),
            "name" => Value::text(&answer.name),
            "contact_channel" => details
                .channel
                .map_or(Value::Nothing, |it| self.word("contact-channel", it.id())),
            "scores" => {
                let known = &self.profile.surveys.aspects;
                let scores = details.scores.iter().map(|(id, points)| {
                    let words = known.iter().map(|it| [it.id.as_str(), &it.zh, &it.en]);
                    let name = self.words(self.listed(id, words));
                    format!("{name} {points}")
                });
                let scores: Vec<String> = scores.collect();
                Value::text(&scores.join(&self.texts.get("list-comma")))
            }
            "product" => Value::text(&details.product),
            "opinion" => Value::text(&details.opinion),
            "suggestion" => Value::text(&details.suggestion),
            _ => Value::Nothing,
        }
    }

    fn instruction(self, it: &Instruction, row: &Row, column: &str) -> Value {
        let details = &it.details;
        match column {
            "instruction_sort" => self.word("instruction-sort", details.sort.id()),
            "given_to" => details
                .operator
                .map_or(Value::Nothing, |operator| name_of(row, operator)),
            "text" => Value::text(&details.text),
            "state" => self.word("instruction-state", it.state.id()),
            "acknowledged_at" => at(it.acknowledged.as_ref()),
            "carried_out_at" => at(it.done.as_ref()),
            "done" => text(it.done.as_ref()),
            "answered_at" => at(it.answered.as_ref()),
            "answer" => text(it.answered.as_ref()),
            _ => Value::Nothing,
        }
    }
}

fn occupied(it: &Occupancy, column: &str) -> Value {
    let details = &it.details;
    match column {
        "place" => Value::text(&details.place),
        "customer" => number(details.customer),
        "name" => Value::text(&it.name),
        "moved_in" => details.moved_in.map_or(Value::Nothing, Value::Date),
        "moved_out" => it
            .moved_out
            .as_ref()
            .map_or(Value::Nothing, |(day, _)| Value::Date(*day)),
        "intake" => number(details.intake),
        _ => Value::Nothing,
    }
}
