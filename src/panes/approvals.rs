//! The Approvals pane: everything that waits for my yes, from any area, with what is asked, by whom,
//! since when and by which clause.

use ratatui::style::Style;

use crate::app::approving::asked;
use crate::app::describe;
use crate::app::facts::Facts;
use crate::desk::contract::Row;
use crate::domain::approval::{ApprovalKind, Waiting};
use crate::domain::record::Record;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    column("asked", 8, 16, 1),
    column("number", 13, 13, 3),
    column("asked_by", 6, 10, 4),
    column("since", 5, 5, 5),
    column("clause", 7, 9, 6),
    growing("text", 12, 0),
];

/// One cell of the list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let Some(wait) = asked(&row.record, facts) else {
        return (String::new(), theme::PLAIN);
    };
    let style = if wait.kind == ApprovalKind::Major {
        theme::ALARM
    } else {
        theme::PLAIN
    };
    let text = match field {
        "asked" => return (facts.texts.name("approval", wait.kind.id()), style),
        "number" => wait.number.to_string(),
        "asked_by" => facts.operator_name(wait.asked_by),
        "since" => facts.when_short(wait.since),
        "clause" => wait.clause.unwrap_or_default(),
        _ => matter(&row.record, &wait).replace('\n', " "),
    };
    (text, theme::PLAIN)
}

/// What is to be said yes to.
fn matter(record: &Record, wait: &Waiting) -> String {
    match record {
        Record::Complaint(complaint) if wait.kind == ApprovalKind::Solution => {
            let solution = complaint.course.solution.as_ref();
            solution.map_or_else(String::new, |it| it.proposed.text.clone())
        }
        Record::Complaint(complaint) => complaint.details.text.clone(),
        Record::Measure(measure) => measure.details.text.clone(),
        Record::Instruction(it) => it.details.text.clone(),
        Record::Task(task) => task.details.text.clone(),
        Record::Introduction(it) => it.details.text.clone(),
        _ => String::new(),
    }
}

/// The record beside the list, what is asked for on top.
pub fn detail(row: &Row, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let mut lines = fields(&describe::record(&row.record, &row.names, facts), facts);
    if let Some(wait) = asked(&row.record, facts) {
        let what = facts.texts.name("approval", wait.kind.id());
        let by = facts.operator_name(wait.asked_by);
        let when = facts.when(wait.since);
        let clause = wait.clause.map(|clause| format!(" [{clause}]"));
        let text = format!("{what}{}  {by}  {when}", clause.unwrap_or_default());
        lines.insert(0, TextLine::title(text));
    }
    lines
}
