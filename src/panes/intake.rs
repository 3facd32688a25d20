//! The Intake pane: the register of callers, calls, letters and visits (A13-c2).

use ratatui::style::Style;

use crate::app::describe::{self, intake_state};
use crate::app::describe_surveys::occupants;
use crate::app::facts::Facts;
use crate::app::stepping::next_of_repair;
use crate::desk::contract::Row;
use crate::domain::record::Record;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("when", 5, 5, 4),
    column("channel", 4, 7, 6),
    column("kind", 4, 10, 2),
    column("caller", 8, 14, 1),
    column("place", 10, 10, 7),
    column("state", 6, 8, 5),
    growing("text", 12, 0),
];

/// One cell of the list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let Record::Intake(intake) = &row.record else {
        return (String::new(), theme::PLAIN);
    };
    let details = &intake.details;
    let text = match field {
        "number" => intake.meta.number.to_string(),
        "when" => facts.when_short(intake.started_at),
        "channel" => {
            let channel = details
                .channel
                .map(|channel| facts.texts.name("channel", channel.id()));
            channel.unwrap_or_default()
        }
        "kind" => facts.texts.name("intake-kind", details.kind.id()),
        "caller" => details.caller.clone(),
        "place" => details.place.clone(),
        "state" => facts.t(intake_state(intake.state)),
        _ => {
            let late = describe::lateness(row, facts);
            let text = details.text.replace('\n', " ");
            if late.is_empty() {
                text
            } else {
                format!("{late}  {text}")
            }
        }
    };
    let quiet = field == "state" && !intake.is_open();
    (text, if quiet { theme::QUIET } else { theme::PLAIN })
}

/// The record beside the list; below the state of a repair what is next, and whose it is.
pub fn detail(row: &Row, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let mut described = describe::record(&row.record, &row.names, facts);
    if let Record::Intake(intake) = &row.record
        && let Some((_, next)) = next_of_repair(intake, facts)
    {
        described.insert(1, ("next", next));
    }
    let occupied = occupants(&row.occupants, facts);
    if !occupied.is_empty() {
        described.insert(1, ("occupants", occupied));
    }
    let mut lines = fields(&described, facts);
    let late = describe::lateness(row, facts);
    if !late.is_empty() {
        lines.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    lines
}
