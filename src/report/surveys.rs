//! The surveys of a month as tables: how many answered, aspect by aspect, what was said, and the years with
//! and without a full survey (A03-sa, A03-5.1.2b, A03-5.1.2c, A14-2.6).

use super::quarterly::Words;
use super::{Row, Table, Value};
use crate::domain::number::Number;
use crate::domain::survey::{SurveyOf, Surveys, Tenths};

fn points(mean: Option<Tenths>) -> Value {
    mean.map_or(Value::Blank, |mean| Value::Text(mean.to_string()))
}

/// The tables of the report.
pub(super) fn tables(
    surveys: &Surveys,
    table: impl Fn(&str, &[&str], Vec<Row>) -> Table,
    words: Words,
) -> Vec<Table> {
    let of = |rows: fn(&SurveyOf, Words) -> Vec<Row>| -> Vec<Row> {
        let surveys = surveys.surveys.iter();
        surveys.flat_map(|it| rows(it, words)).collect()
    };
    let mut tables = vec![
        table(
            "surveys-all",
            &[
                "surveys-survey",
                "surveys-title-of",
                "surveys-kind",
                "surveys-state",
                "surveys-answers",
                "surveys-mean",
                "surveys-threshold",
            ],
            of(all),
        ),
        table(
            "surveys-by-aspect",
            &[
                "surveys-aspect",
                "surveys-survey",
                "surveys-scored",
                "surveys-mean",
                "surveys-below",
                "surveys-measures",
            ],
            of(aspects),
        ),
        table(
            "surveys-told",
            &[
                "surveys-answer",
                "surveys-name",
                "surveys-product",
                "surveys-opinion",
                "surveys-suggestion",
            ],
            of(told),
        ),
    ];
    if !surveys.years.is_empty() {
        tables.push(table(
            "surveys-years",
            &["surveys-year", "surveys-full"],
            years(surveys, words),
        ));
    }
    tables
}

fn all(it: &SurveyOf, words: Words) -> Vec<Row> {
    let name = |group: &str, id: &str| Value::Text(words.texts.name(group, id));
    vec![
        Row::new(it.number.to_string())
            .with(Value::Text(it.title.clone()))
            .with(name("survey-kind", it.kind.id()))
            .with(name("survey-state", it.state.id()))
            .with(Value::Count(it.figures.answers))
            .with(points(it.figures.mean()))
            .with(points(it.threshold)),
    ]
}

fn aspects(it: &SurveyOf, words: Words) -> Vec<Row> {
    let rows = it.figures.aspects.iter().map(|of| {
        let measures = it.measures.iter().filter(|(id, ..)| *id == of.aspect.id);
        let measures = measures.map(|(_, number, line)| (*number, line.clone()));
        let measures: Vec<(Number, String)> = measures.collect();
        let below = it.threshold.is_some_and(|it| of.is_below(it));
        let below = if below {
            Value::Text(words.t("surveys-is-below"))
        } else {
            Value::Blank
        };
        Row::new(words.pick(&of.aspect.zh, &of.aspect.en))
            .with(Value::Text(it.number.to_string()))
            .with(Value::Count(of.scored))
            .with(points(of.mean()))
            .with(below)
            .listing(measures)
    });
    rows.collect()
}

fn told(it: &SurveyOf, _: Words) -> Vec<Row> {
    let line = |text: &str| Value::Text(text.replace('\n', " "));
    let rows = it.told.iter().map(|told| {
        Row::new(told.number.to_string())
            .with(Value::Text(told.name.clone()))
            .with(line(&told.product))
            .with(line(&told.opinion))
            .with(line(&told.suggestion))
    });
    rows.collect()
}

fn years(surveys: &Surveys, words: Words) -> Vec<Row> {
    let rows = surveys.years.iter().map(|of| {
        let row = Row::new(of.year.to_string());
        if of.missed {
            return row.with(Value::Text(words.t("surveys-missed")));
        }
        let closed = of.closed.iter();
        let closed = closed.map(|(day, number)| format!("{number} {day}"));
        let closed: Vec<String> = closed.collect();
        row.with(Value::Text(closed.join(&words.t("list-comma"))))
    });
    rows.collect()
}
