//! What became of the requests of a quarter, as a document: by channel and kind, how long the callers
//! waited for a first answer, and who still waits (A14-2.5a, A14-2.5b).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row, Table, Value};
use crate::domain::intake::IntakeKind;
use crate::domain::requests::{RequestFigures, RequestLine, Unanswered};

/// The figures as a document.
pub fn document(figures: &RequestFigures, words: Words) -> Document {
    let quarter = figures.quarter.to_string();
    let at = words.stamp(figures.at);
    let args = [("quarter", quarter.as_str()), ("at", at.as_str())];
    let mut channels: Vec<Row> = figures
        .channels
        .iter()
        .map(|line| counted(channel(line, words), line))
        .collect();
    channels.push(counted(words.t("requests-all"), &figures.total));
    let kinds = figures.kinds.iter().map(|line| {
        let kind = line.kind.map(IntakeKind::id).unwrap_or_default();
        let kind = words.texts.name("intake-kind", kind);
        counted(format!("{} {kind}", channel(line, words)), line)
    });
    let tables = [
        table("requests-by-channel", channels, words),
        table("requests-by-kind", kinds.collect(), words),
        waiting(figures, words),
    ];
    Document {
        title: words.texts.with("requests-title", &args).into_owned(),
        subtitle: words.texts.with("requests-as-of", &args).into_owned(),
        blocks: tables.into_iter().map(Block::Table).collect(),
    }
}

fn channel(line: &RequestLine, words: Words) -> String {
    match line.channel {
        Some(channel) => words.texts.name("channel", channel.id()),
        None => words.t("requests-no-channel"),
    }
}

fn counted(name: String, line: &RequestLine) -> Row {
    let answered = line.count > line.unanswered;
    let or_blank = |there: bool, minutes: u32| {
        if there {
            Value::Minutes(minutes)
        } else {
            Value::Blank
        }
    };
    Row::new(name)
        .with(Value::Count(line.count))
        .with(Value::Count(line.unanswered))
        .with(or_blank(answered, line.mean))
        .with(or_blank(answered, line.longest))
        .with(or_blank(line.unanswered > 0, line.waiting))
}

fn table(title: &str, rows: Vec<Row>, words: Words) -> Table {
    let columns = [
        "requests-channel",
        "requests-number",
        "requests-unanswered",
        "requests-mean",
        "requests-longest",
        "requests-waiting",
    ];
    Table {
        title: words.t(title),
        columns: columns.map(|key| words.t(key)).to_vec(),
        rows,
        chart: Chart::None,
    }
}

/// Who still waits, by number. Nobody's name stands here.
fn waiting(figures: &RequestFigures, words: Words) -> Table {
    let row = |one: &Unanswered| {
        let name = |channel| words.texts.name("channel", channel);
        let channel = one.channel.map(|it| name(it.id())).unwrap_or_default();
        Row::new(one.number.to_string())
            .with(Value::Text(channel))
            .with(Value::Text(words.texts.name("intake-kind", one.kind.id())))
            .with(Value::Text(words.stamp(one.received)))
            .with(Value::Minutes(one.waiting))
    };
    let mut rows: Vec<Row> = figures.unanswered.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::new(words.t("requests-none")));
    }
    let columns = [
        "requests-request",
        "requests-channel",
        "requests-kind",
        "requests-received",
        "requests-waiting",
    ];
    let shown = figures.unanswered.len();
    let hidden = figures.total.unanswered.saturating_sub(shown as u64);
    let mut title = words.t("requests-who-waits");
    if hidden > 0 {
        let more = words
            .texts
            .with("requests-more", &[("count", &hidden.to_string())]);
        title.push_str(&more);
    }
    Table {
        title,
        columns: columns.map(|key| words.t(key)).to_vec(),
        rows,
        chart: Chart::None,
    }
}
