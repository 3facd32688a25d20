//! The Complaints pane: each complaint from the record to the close, with who has it and by when.

use ratatui::style::Style;

use crate::app::commands::leads_on;
use crate::app::describe;
use crate::app::facts::Facts;
use crate::app::stepping::step_and_who;
use crate::desk::contract::Row;
use crate::domain::complaint::next_steps;
use crate::domain::measure::Measure;
use crate::domain::record::Record;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    column("number", 13, 13, 4),
    column("state", 6, 9, 1),
    column("complainant", 8, 14, 2),
    column("category", 8, 12, 7),
    column("department", 10, 12, 5),
    column("deadline", 10, 10, 6),
    column("overdue", 9, 12, 3),
    growing("text", 12, 0),
];

/// The columns where the site has no term for a solution: nothing there is ever due.
pub const COLUMNS_WITHOUT_TERM: &[Column] = &[
    column("number", 13, 13, 4),
    column("state", 6, 9, 1),
    column("complainant", 8, 14, 2),
    column("category", 8, 12, 6),
    column("department", 10, 12, 5),
    growing("text", 12, 0),
];

/// The columns of the list of measures.
pub const MEASURE_COLUMNS: &[Column] = &[
    column("number", 13, 13, 4),
    column("state", 6, 9, 1),
    column("measure_kind", 4, 10, 7),
    column("department", 10, 12, 5),
    column("owner", 8, 12, 2),
    column("due", 10, 10, 6),
    column("overdue", 9, 12, 3),
    growing("text", 12, 0),
];

/// One cell of the list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let complaint = match &row.record {
        Record::Complaint(complaint) => complaint,
        Record::Measure(measure) => return measure_cell(measure, row, field, facts),
        _ => return (String::new(), theme::PLAIN),
    };
    let text = match field {
        "number" => complaint.meta.number.to_string(),
        "state" => facts.texts.name("complaint-state", complaint.state.id()),
        "complainant" => complaint.details.complainant.clone(),
        "category" => facts.category(&complaint.details.category),
        "department" => facts.department(&complaint.department),
        "deadline" => row.due.map(|due| due.to_string()).unwrap_or_default(),
        "overdue" => return (describe::lateness(row, facts), theme::ALARM),
        _ => complaint.details.text.replace('\n', " "),
    };
    let quiet = field == "state" && complaint.state.is_final();
    (text, if quiet { theme::QUIET } else { theme::PLAIN })
}

fn measure_cell(measure: &Measure, row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let details = &measure.details;
    let text = match field {
        "number" => measure.meta.number.to_string(),
        "state" => facts.texts.name("measure-state", measure.state.id()),
        "measure_kind" => facts.texts.name("measure-kind", details.kind.id()),
        "department" => facts.department(&details.department),
        "owner" => details.owner.clone(),
        "due" => row.due.map(|due| due.to_string()).unwrap_or_default(),
        "overdue" => return (describe::lateness(row, facts), theme::ALARM),
        _ => details.text.replace('\n', " "),
    };
    let quiet = field == "state" && measure.state.is_final();
    (text, if quiet { theme::QUIET } else { theme::PLAIN })
}

/// The record beside the list; below its state what is next, and whose it is.
pub fn detail(row: &Row, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let mut described = describe::record(&row.record, &row.names, facts);
    if let Record::Complaint(complaint) = &row.record {
        let steps = next_steps(complaint, &facts.profile);
        let on = steps.iter().filter(|row| leads_on(row, complaint));
        let steps: Vec<String> = on.map(|row| step_and_who(row, facts)).collect();
        if !steps.is_empty() {
            described.insert(1, ("next", steps.join(&facts.t("list-comma"))));
        }
    }
    let mut lines = fields(&described, facts);
    let late = describe::lateness(row, facts);
    if !late.is_empty() {
        lines.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    lines
}
