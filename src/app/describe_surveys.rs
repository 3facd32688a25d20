//! What stands in a survey, an answer, a move-in and an instruction, line by line.

use super::custody::{main_step, step_name};
use super::describe::{Line, stamped, with_name};
use super::facts::Facts;
use crate::domain::complaint::course::Said;
use crate::domain::instruction::Instruction;
use crate::domain::number::Number;
use crate::domain::occupancy::{Occupancy, Occupant};
use crate::domain::record::Record;
use crate::domain::survey::{Answer, Survey, SurveyFigures, Tenths};
use crate::exchange::cells::Style;

type Names<'a> = &'a [(Number, String)];

fn said(said: Option<&Said>, names: Names, facts: &Facts) -> String {
    let Some(said) = said else {
        return String::new();
    };
    let line = stamped(said.at, said.by, names, facts);
    format!("{line}  {}", said.text).trim().to_owned()
}

/// The lines of one of these records, without what is empty; none of any other.
pub(super) fn lines(record: &Record, names: Names, facts: &Facts) -> Vec<Line> {
    let mut lines = match record {
        Record::Survey(it) => survey(it, names, facts),
        Record::Answer(it) => answer(it, facts),
        Record::Occupancy(it) => occupancy(it, names, facts),
        Record::Instruction(it) => instruction(it, names, facts),
        _ => Vec::new(),
    };
    if let Some(next) = main_step(record, facts) {
        lines.insert(1.min(lines.len()), ("next_step", step_name(&next, facts)));
    }
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

fn survey(it: &Survey, names: Names, facts: &Facts) -> Vec<Line> {
    let aspects = it.aspects.iter().map(|it| facts.pick(&it.zh, &it.en));
    let aspects: Vec<&str> = aspects.collect();
    let due = it.details.due.map(|due| due.to_string());
    let closed = it.closed.as_ref();
    let figures = closed.map(|closed| {
        let lines = figures(&closed.figures, Some(closed.threshold), facts);
        lines.join("\n")
    });
    let style = Style {
        texts: &facts.texts,
        profile: &facts.profile,
        exact: false,
    };
    let measures: Vec<String> = it.measures.iter().map(ToString::to_string).collect();
    vec![
        ("state", facts.texts.name("survey-state", it.state.id())),
        (
            "survey_kind",
            facts.texts.name("survey-kind", it.details.kind.id()),
        ),
        ("survey_title", it.details.title.clone()),
        ("figures", figures.unwrap_or_default()),
        ("aspects", aspects.join(&facts.t("list-comma"))),
        ("target", style.target(&it.details.target)),
        ("deadline", due.unwrap_or_default()),
        ("started_on", said(it.started.as_ref(), names, facts)),
        (
            "closed_by",
            said(closed.map(|closed| &closed.said), names, facts),
        ),
        (
            "threshold",
            closed
                .map(|it| it.threshold.to_string())
                .unwrap_or_default(),
        ),
        ("measures", measures.join(" ")),
        ("done", said(it.done.as_ref(), names, facts)),
        ("dropped", said(it.dropped.as_ref(), names, facts)),
    ]
}

/// What the answers came to, in words: how many there are with the mean of all, then aspect by aspect,
/// with what does not reach the threshold marked (A03-5.1.2c, A03-sd).
pub fn figures(figures: &SurveyFigures, threshold: Option<Tenths>, facts: &Facts) -> Vec<String> {
    let mean = |mean: Option<Tenths>| mean.map_or_else(|| "—".to_owned(), |it| it.to_string());
    let all = facts.tw(
        "survey-figures",
        &[("count", &figures.answers), ("mean", &mean(figures.mean()))],
    );
    let aspects = figures.aspects.iter().map(|it| {
        let name = facts.pick(&it.aspect.zh, &it.aspect.en);
        let line = format!("{name} {}  ({})", mean(it.mean()), it.scored);
        match threshold {
            Some(threshold) if it.is_below(threshold) => {
                let below = facts.tw("survey-below", &[("threshold", &threshold)]);
                format!("{line}  {below}")
            }
            _ => line,
        }
    });
    std::iter::once(all).chain(aspects).collect()
}

fn answer(it: &Answer, facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let number = |number: Option<Number>| number.map(|it| it.to_string()).unwrap_or_default();
    let known = &facts.profile.surveys.aspects;
    let scores = details.scores.iter().map(|(id, points)| {
        let aspect = known.iter().find(|it| it.id == *id);
        let name = aspect.map_or(id.as_str(), |it| facts.pick(&it.zh, &it.en));
        format!("{name} {points}")
    });
    let scores: Vec<String> = scores.collect();
    let channel = details.channel;
    let channel = channel.map(|it| facts.texts.name("contact-channel", it.id()));
    vec![
        ("survey", number(details.survey)),
        (
            "customer",
            format!("{} {}", it.name, number(details.customer))
                .trim()
                .to_owned(),
        ),
        ("contact_channel", channel.unwrap_or_default()),
        ("scores", scores.join("\n")),
        ("product", details.product.clone()),
        ("opinion", details.opinion.clone()),
        ("suggestion", details.suggestion.clone()),
    ]
}

fn occupancy(it: &Occupancy, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let number = |number: Option<Number>| number.map(|it| it.to_string()).unwrap_or_default();
    let since = details.moved_in.map(|day| day.to_string());
    let out = it.moved_out.as_ref().map(|(day, by)| {
        let by = said(Some(by), names, facts);
        format!("{day}  {by}")
    });
    vec![
        ("state", facts.t(occupancy_state(it))),
        ("place", details.place.clone()),
        (
            "customer",
            format!("{} {}", it.name, number(details.customer)),
        ),
        ("moved_in", since.unwrap_or_default()),
        (
            "registrar",
            with_name(Some(it.meta.created_by), names, facts),
        ),
        ("intake", number(details.intake)),
        ("moved_out", out.unwrap_or_default()),
    ]
}

/// The key of the words for whether somebody lives there.
pub const fn occupancy_state(it: &Occupancy) -> &'static str {
    if it.is_open() {
        "occupancy-state-open"
    } else {
        "occupancy-state-closed"
    }
}

/// Who lives in the unit that a record is about, in words; empty where nobody is known to (A05-4.1).
pub fn occupants(occupants: &[Occupant], facts: &Facts) -> String {
    let lines = occupants.iter().map(|it| {
        facts.tw(
            "unit-occupied-by",
            &[
                ("name", &it.name),
                ("day", &it.since),
                ("number", &it.number),
            ],
        )
    });
    lines.collect::<Vec<String>>().join("\n")
}

fn instruction(it: &Instruction, names: Names, facts: &Facts) -> Vec<Line> {
    let details = &it.details;
    let name = |group: &str, id: &str| facts.texts.name(group, id);
    let due = details.due.map(|due| due.to_string());
    vec![
        ("state", name("instruction-state", it.state.id())),
        (
            "instruction_sort",
            name("instruction-sort", details.sort.id()),
        ),
        ("given_to", with_name(details.operator, names, facts)),
        ("matter", details.text.clone()),
        (
            "given_by",
            stamped(it.meta.created_at, it.meta.created_by, names, facts),
        ),
        ("deadline", due.unwrap_or_default()),
        ("acknowledged", said(it.acknowledged.as_ref(), names, facts)),
        ("carried_out", said(it.done.as_ref(), names, facts)),
        ("answers", said(it.answered.as_ref(), names, facts)),
        ("withdrawn", said(it.withdrawn.as_ref(), names, facts)),
    ]
}
