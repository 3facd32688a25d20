//! Customers' profiles on paper (A14-N4.1), and the reports of a month from them: how far they are filled
//! (A14-N4.2), and what customers need (A14-N4.3).

use super::quarterly::Words;
use super::{Block, Chart, Document, Row as Line, Table, Value};
use crate::desk::contract::Row;
use crate::domain::dossier::month::{ConsultantShare, Filled, Need, Needs};
use crate::domain::dossier::{DossierField, Share};
use crate::domain::record::Record;
use crate::locale::{Lang, dossier};

/// A profile as a text: every field that may be taken out, in their order (A14-N4.1); none of another record.
pub fn paper(row: &Row, words: Words) -> Option<Document> {
    let Record::Dossier(it) = &row.record else {
        return None;
    };
    let profiled = row.profiled.as_ref()?;
    let customer = profiled.customer.as_ref()?;
    let rules = words.profile.dossier.as_ref()?;
    let offset = words.profile.utc_offset_minutes;
    let today = it.meta.changed_at.day(offset);
    let by = |number| {
        let known = row.names.iter().find(|(known, _)| *known == number);
        known.map_or_else(String::new, |(_, name)| name.clone())
    };
    let mut facts = vec![
        (
            words.t("print-customer-name"),
            customer.details.name.clone(),
        ),
        (words.t("print-salesperson"), by(it.salesperson)),
    ];
    let lines = dossier::lines(it, Some(customer), rules, today, words.texts);
    let exported = |id: &str| rules.field(id).is_some_and(|field| field.exported);
    let lines = lines
        .into_iter()
        .filter(|it| !it.closed && exported(&it.field));
    facts.extend(lines.map(|line| {
        let dated = line.at.map_or_else(String::new, |at| {
            let by = line.by.map(by).unwrap_or_default();
            format!("  （{} {by}）", at.day(offset))
        });
        let value = if line.value.is_empty() {
            String::new()
        } else {
            format!("{}{dated}", line.value)
        };
        (line.label, value)
    }));
    let share = profiled.share.unwrap_or_default();
    Some(Document {
        title: words.t("print-dossier"),
        subtitle: format!(
            "{}  {}  {}",
            it.meta.number,
            it.customer,
            filled_of(share, words)
        ),
        blocks: vec![
            Block::Facts(facts),
            // Whoever collected it does not own it (A11-19.1b).
            Block::Heading(words.t("print-dossier-owner")),
        ],
    })
}

fn filled_of(share: Share, words: Words) -> String {
    let (filled, of) = (share.filled.to_string(), share.of.to_string());
    let percent = share.percent();
    let args = [
        ("filled", filled.as_str()),
        ("of", of.as_str()),
        ("percent", percent.as_str()),
    ];
    words.texts.with("dossier-filled", &args).into_owned()
}

/// A change in tenths of a point, with its sign.
fn signed(change: i64) -> String {
    let sign = match change {
        0 => "±",
        1.. => "+",
        _ => "−",
    };
    let tenths = change.unsigned_abs();
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

/// How far each consultant has filled their profiles.
pub(super) fn filled(report: &Filled, words: Words) -> Table {
    let row = |it: &ConsultantShare| {
        let change = it.change().map_or(Value::Blank, |change| {
            Value::Text(format!("{} %", signed(change)))
        });
        Line::new(it.name.clone())
            .listing(it.profiles.clone())
            .with(Value::Text(format!("{}/{}", it.share.filled, it.share.of)))
            .with(Value::Text(format!("{} %", it.share.percent())))
            .with(change)
    };
    let columns = [
        "profiles-consultant",
        "profiles-count",
        "profiles-filled",
        "profiles-share",
        "profiles-change",
    ];
    super::monthly::table(
        "profiles-by-consultant",
        &columns,
        report.consultants.iter().map(row).collect(),
        words,
    )
}

/// What a need is called.
fn what(field: &DossierField, need: &Need, words: Words) -> String {
    if need.what.is_empty() {
        return words.t("needs-rare");
    }
    let part = field.part(&need.part);
    let choices = part.map(|part| part.choices).unwrap_or_default();
    let known = choices.iter().find(|it| it.id == need.what);
    known.map_or_else(|| need.what.clone(), |it| words.pick(&it.zh, &it.en))
}

/// What customers need, a table a field.
pub(super) fn needs(report: &Needs, words: Words) -> Vec<Table> {
    let Some(rules) = &words.profile.dossier else {
        return Vec::new();
    };
    let fields = rules.asked().filter(|(_, field)| field.need);
    let tables = fields.map(|(id, field)| {
        let counted = report.needs.iter().filter(|need| need.field == id);
        let rows = counted.map(|need| {
            let part = field.part(&need.part);
            let part = part
                .map(|it| words.pick(&it.zh, &it.en))
                .unwrap_or_default();
            let name = format!("{part} {}", what(field, need, words));
            Line::new(name.trim().to_owned())
                .with(Value::Count(need.in_month))
                .with(Value::Count(need.in_all))
        });
        let label = dossier::label(id, field, rules);
        let title = match words.texts.lang() {
            Lang::Zh => label.zh,
            Lang::En => label.en,
        };
        Table {
            title,
            columns: ["needs-what", "needs-in-month", "needs-in-all"]
                .map(|key| words.t(key))
                .to_vec(),
            rows: rows.collect(),
            chart: Chart::None,
        }
    });
    tables.collect()
}
