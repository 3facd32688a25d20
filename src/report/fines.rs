//! The fines of a month as a document: what each person pays, each sum step by step with its clauses,
//! what was decided, and how many hand-overs of each department were on time and whole (A07-f8).

use std::collections::BTreeMap;

use super::quarterly::Words;
use super::{Block, Chart, Document, Row, Table, Value};
use crate::domain::fine::{self, FineLine};
use crate::domain::fines::{DepartmentRates, FineRow, MonthFines};
use crate::text::show;

/// The fines as a document.
pub fn document(fines: &MonthFines, words: Words) -> Document {
    let month = fines.month.to_string();
    let at = words.stamp(fines.at);
    let args = [("month", month.as_str()), ("at", at.as_str())];
    let tables = [
        people(fines, words),
        every(fines, words),
        rates(fines, words),
    ];
    Document {
        title: words.texts.with("fines-title", &args).into_owned(),
        subtitle: words.texts.with("requests-as-of", &args).into_owned(),
        blocks: tables.into_iter().map(Block::Table).collect(),
    }
}

/// What each person would pay, what of it was confirmed and what was waived.
fn people(fines: &MonthFines, words: Words) -> Table {
    let mut sums: BTreeMap<(&str, &str), [u64; 4]> = BTreeMap::new();
    for row in &fines.rows {
        let sum = sums.entry((&row.person, row.post.id())).or_default();
        let amount = row.fine.sum();
        let decided = row.decision.as_ref().map(|fine| fine.confirmed);
        sum[0] += 1;
        sum[1] += amount;
        match decided {
            Some(true) => sum[2] += amount,
            Some(false) => sum[3] += amount,
            None => {}
        }
    }
    let rows = sums
        .into_iter()
        .map(|((person, post), [count, all, confirmed, waived])| {
            Row::new(person)
                .with(Value::Text(words.texts.name("role", post)))
                .with(Value::Count(count))
                .with(Value::Text(show::yuan(all)))
                .with(Value::Text(show::yuan(confirmed)))
                .with(Value::Text(show::yuan(waived)))
        });
    let columns = [
        "fines-person",
        "fines-post",
        "fines-count",
        "fines-sum",
        "fines-confirmed",
        "fines-waived",
    ];
    table("fines-by-person", &columns, rows.collect(), words)
}

/// Every violation with its sum step by step.
fn every(fines: &MonthFines, words: Words) -> Table {
    let rows = fines.rows.iter().map(|row| {
        let state = match row.decision.as_ref().map(|fine| fine.confirmed) {
            None => "fine-proposed",
            Some(true) => "fine-confirmed",
            Some(false) => "fine-waived",
        };
        Row::new(row.number.to_string())
            .with(Value::Text(row.on.to_string()))
            .with(Value::Text(row.person.clone()))
            .with(Value::Text(steps(row, words)))
            .with(Value::Text(show::yuan(row.fine.sum())))
            .with(Value::Text(words.t(state)))
    });
    let columns = [
        "fines-case",
        "fines-day",
        "fines-person",
        "fines-steps",
        "fines-sum",
        "fines-state",
    ];
    table("fines-every", &columns, rows.collect(), words)
}

/// The parts of a sum: `2 × 20.00 [A07-f2]`.
fn steps(row: &FineRow, words: Words) -> String {
    let step = |line: &FineLine| {
        let times = if line.times > 1 {
            format!(" × {}", line.times)
        } else {
            String::new()
        };
        let clauses = line.clauses.join(" ");
        format!(
            "{} × {}{times} [{clauses}]",
            line.count,
            show::yuan(line.amount)
        )
    };
    let parts: Vec<String> = row.fine.lines.iter().map(step).collect();
    parts.join(&words.t("list-comma"))
}

fn rates(fines: &MonthFines, words: Words) -> Table {
    let rate = |part: u64, due: u64| {
        fine::rate(part, due).map_or_else(|| Value::Text(words.t("fines-none-due")), Value::Share)
    };
    let row = |one: &DepartmentRates| {
        Row::new(words.department(&one.department))
            .with(Value::Count(one.due))
            .with(rate(one.on_time, one.due))
            .with(rate(one.whole, one.due))
    };
    let mut rows: Vec<Row> = fines.rates.iter().map(row).collect();
    if rows.is_empty() {
        rows.push(Row::new(words.t("fines-none-due")));
    }
    let columns = [
        "fines-department",
        "fines-due",
        "fines-on-time",
        "fines-whole",
    ];
    table("fines-rates", &columns, rows, words)
}

fn table(title: &str, columns: &[&str], rows: Vec<Row>, words: Words) -> Table {
    Table {
        title: words.t(title),
        columns: columns.iter().map(|key| words.t(key)).collect(),
        rows,
        chart: Chart::None,
    }
}
