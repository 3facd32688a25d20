//! 《客户信息登记表》 of a day (A12-f2), 《客户档案表》 of a closed customer (A12-f1), and the month of
//! registration forms (A12-4.1).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row as Line, Table, Value};
use crate::desk::contract::Row;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::domain::registration::{
    FileFormOf, FormField, MonthForms, Registration, RegistrationSource,
};
use crate::domain::stamp::Day;
use crate::domain::visiting::Met;

fn name(row: &Row, number: Number) -> String {
    let known = row.names.iter().find(|(known, _)| *known == number);
    known.map_or_else(|| number.to_string(), |(_, name)| name.clone())
}

fn yes_no(is: bool, words: Words) -> String {
    words.t(if is { "print-yes" } else { "print-no" })
}

/// The registration forms of a day, from its rows in the order in which they were made (A12-f2).
pub fn registrations(day: Day, rows: &[Row], words: Words) -> Document {
    let text = Value::Text;
    let line = |row: &Row| {
        let Record::Registration(it) = &row.record else {
            return None;
        };
        let details = &it.details;
        let local = it.meta.created_at.local(words.profile.utc_offset_minutes);
        let source = details.source.map_or("", |source| source.id());
        let agent = details.agent.map(|is| yes_no(is, words));
        let agent = format!("{} {}", agent.unwrap_or_default(), details.agent_name);
        let referrer = details.referrer.map(|it| it.to_string());
        Some(
            Line::new(it.day.to_string())
                .with(text(local.format("%H:%M:%S").to_string()))
                .with(text(details.name.clone()))
                .with(text(details.phone.clone()))
                .with(text(words.texts.name("registration-source", source)))
                .with(text(yes_no(details.prospect, words)))
                .with(text(agent.trim().to_owned()))
                .with(text(referrer.unwrap_or_default()))
                .with(text(name(row, it.owner))),
        )
    };
    let columns = [
        "print-date",
        "print-moment",
        "print-customer",
        "print-contact",
        "print-source",
        "print-prospect",
        "print-agent",
        "print-referrer",
        "print-manager",
    ];
    let table = Table {
        title: String::new(),
        columns: columns.map(|key| words.t(key)).to_vec(),
        rows: rows.iter().filter_map(line).collect(),
        chart: Chart::None,
    };
    Document {
        title: words.t("print-registrations"),
        subtitle: day.to_string(),
        blocks: vec![
            Block::Table(table),
            Block::Table(counted(rows, words)),
            Block::Signatures(
                ["print-leasing-manager", "print-keeper"]
                    .map(|key| words.t(key))
                    .to_vec(),
            ),
        ],
    }
}

/// How many came how (A12-3.1.2a).
fn counted(rows: &[Row], words: Words) -> Table {
    let of = |row: &Row| match &row.record {
        Record::Registration(it) => it.details.source,
        _ => None,
    };
    let lines = RegistrationSource::ALL.iter().map(|source| {
        let count = rows.iter().filter(|row| of(row) == Some(*source)).count();
        let name = words.texts.name("registration-source", source.id());
        Line::new(name).with(Value::Count(count as u64))
    });
    Table {
        title: String::new(),
        columns: vec![words.t("print-source"), words.t("print-count")],
        rows: lines.collect(),
        chart: Chart::None,
    }
}

fn form_value(field: FormField, value: &str, words: Words) -> String {
    match field {
        _ if value.is_empty() => words.t("form-field-missing"),
        FormField::Business => words.texts.name("business", value),
        FormField::Source => words.texts.name("registration-source", value),
        _ => value.to_owned(),
    }
}

/// The file form of a customer who closed (A12-f1); none for any other record.
pub fn file_form(row: &Row, words: Words) -> Option<Document> {
    let Record::Registration(Registration {
        meta,
        closing: Some(closing),
        ..
    }) = &row.record
    else {
        return None;
    };
    let facts = closing.form.iter().map(|(field, value)| {
        let label = words.texts.name("file-form", field.id());
        (label, form_value(*field, value, words))
    });
    let signed = ["print-leasing-manager", "print-general-services"];
    Some(Document {
        title: words.t("print-file-form"),
        subtitle: format!("{}  {}", meta.number, closing.customer),
        blocks: vec![
            Block::Facts(facts.collect()),
            Block::Signatures(signed.map(|key| words.t(key)).to_vec()),
        ],
    })
}

fn days(days: &[Day]) -> String {
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    days.join(" ")
}

/// File forms that are late or were not sent yet, with the days since the deal.
fn open_forms(forms: &[FileFormOf], words: Words) -> String {
    let told = forms.iter().filter(|it| it.late || !it.sent).map(|it| {
        let key = if it.sent {
            "forms-file-form-sent"
        } else {
            "forms-file-form-open"
        };
        let (number, days) = (it.registration.to_string(), it.days.to_string());
        let args = [("number", number.as_str()), ("days", days.as_str())];
        words.texts.with(key, &args).into_owned()
    });
    told.collect::<Vec<String>>().join("  ")
}

/// The month of registration forms as a table (A12-4.1).
pub(super) fn month(forms: &MonthForms, words: Words) -> Table {
    let rows = forms.managers.iter().map(|of| {
        let rows = of.rows.iter().map(|row| (*row, of.name.clone()));
        let mut line = Line::new(of.name.clone()).listing(rows.collect());
        for source in RegistrationSource::ALL {
            let known = of.by_source.iter().find(|(it, _)| it == source);
            line = line.with(Value::Count(known.map_or(0, |(_, count)| *count)));
        }
        for place in Met::ALL {
            let there = of.by_place.iter().find(|it| it.place == *place);
            let (walk_ins, found) = there.map_or((0, 0), |it| (it.walk_ins, it.self_developed));
            line = line.with(Value::Count(walk_ins)).with(Value::Count(found));
        }
        let points = of.points.map_or(Value::Blank, |it| Value::Count(it.into()));
        line.with(Value::Count(of.late.len() as u64))
            .with(points)
            .with(Value::Text(days(&of.late)))
            .with(Value::Text(days(&of.missing)))
            .with(Value::Count(
                of.file_forms.iter().filter(|it| it.late).count() as u64,
            ))
            .with(Value::Text(open_forms(&of.file_forms, words)))
    });
    let columns = [
        "forms-manager",
        "forms-rows",
        "forms-calls",
        "forms-visits",
        "forms-self-developed",
        "forms-agency",
        "forms-office-walk-ins",
        "forms-office-found",
        "forms-outside-walk-ins",
        "forms-outside-found",
        "forms-late",
        "forms-points",
        "forms-late-days",
        "forms-missing",
        "forms-file-forms-late",
        "forms-file-forms",
    ];
    Table {
        title: words.t("forms-by-manager"),
        columns: columns.map(|key| words.t(key)).to_vec(),
        rows: rows.collect(),
        chart: Chart::None,
    }
}
