//! The Follow-ups pane: whom I am to contact and why, what was planned, and what came of it (A01-12 to
//! A01-27).

use ratatui::style::Style;

use super::customers;
use crate::app::describe::{self, in_brief};
use crate::app::describe_dossier;
use crate::app::describe_follow_up::{holiday, standing};
use crate::app::facts::Facts;
use crate::app::list::List;
use crate::app::pane::Pane;
use crate::desk::contract::{Filter, Row};
use crate::domain::follow_up::{FollowUp, Occasion};
use crate::domain::plan::PlanLine;
use crate::domain::record::Record;
use crate::domain::survey::Survey;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of what was planned.
pub const COLUMNS: &[Column] = &[
    column("day", 10, 16, 1),
    column("follow_what", 6, 18, 2),
    column("name", 8, 16, 0),
    column("owner", 6, 10, 4),
    column("standing", 3, 4, 6),
    growing("about_what", 10, 3),
    column("number", 13, 13, 5),
];

/// The columns of lists of customers.
pub const CUSTOMER_COLUMNS: &[Column] = &[
    column("name", 8, 16, 0),
    column("follow_what", 6, 18, 2),
    column("day", 10, 16, 1),
    growing("about_what", 10, 3),
    column("number", 13, 13, 4),
];

/// The columns of a list.
pub const fn columns(list: &List) -> &'static [Column] {
    match list.filter {
        Filter::ToVisit
        | Filter::ToConfirm
        | Filter::Quiet
        | Filter::NoInterval
        | Filter::ToTell(_) => CUSTOMER_COLUMNS,
        _ => COLUMNS,
    }
}

/// One cell of the list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    match &row.record {
        Record::FollowUp(it) => of_follow_up(it, row, field, facts),
        Record::PlanLine(it) => of_plan_line(it, row, field, facts),
        Record::Customer(customer) => {
            let text = match field {
                "day" => row.due.map(|day| day.to_string()).unwrap_or_default(),
                "follow_what" => occasion(row, facts),
                "name" => customer.details.name.clone(),
                "owner" => {
                    let owner = customer.details.owner;
                    owner.map_or_else(String::new, |owner| facts.operator_name(owner))
                }
                "about_what" => matter(row, facts),
                "number" => customer.meta.number.to_string(),
                _ => String::new(),
            };
            (text, theme::PLAIN)
        }
        Record::Survey(it) => of_survey(it, row, field, facts),
        _ => (String::new(), theme::PLAIN),
    }
}

/// A survey that asks customers who are nobody's, among what is to be done.
fn of_survey(it: &Survey, row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let text = match field {
        "day" => it
            .details
            .due
            .map(|day| day.to_string())
            .unwrap_or_default(),
        "follow_what" => occasion(row, facts),
        "name" => facts.t("survey-of-nobody"),
        "about_what" => it.details.title.clone(),
        "number" => it.meta.number.to_string(),
        _ => String::new(),
    };
    (text, theme::PLAIN)
}

fn of_follow_up(it: &FollowUp, row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let details = &it.details;
    let late = row.days_late > 0;
    let style = if late { theme::ALARM } else { theme::PLAIN };
    let text = match field {
        "day" => {
            let day = details.day.map(|day| day.to_string()).unwrap_or_default();
            let due = format!("{day} {}", details.time);
            return (due.trim().to_owned(), style);
        }
        "follow_what" => facts.texts.name("follow-up-kind", details.kind.id()),
        "name" => it.name.clone(),
        "owner" => {
            let owner = details.owner;
            owner.map_or_else(String::new, |owner| facts.operator_name(owner))
        }
        "standing" => facts.t(standing(it)),
        "about_what" => {
            let said = it.contact.as_ref().map(|contact| &contact.said.text);
            let text = said.unwrap_or(&details.text).replace('\n', " ");
            let late = describe::lateness(row, facts);
            return (format!("{late} {text}").trim().to_owned(), style);
        }
        _ => it.meta.number.to_string(),
    };
    (text, theme::PLAIN)
}

/// A line of the service plan among what is to be done: it is one of the regular contacts (A03-5.1.2a).
fn of_plan_line(it: &PlanLine, row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let details = &it.details;
    let late = row.days_late > 0;
    let style = if late { theme::ALARM } else { theme::PLAIN };
    let text = match field {
        "day" => return (it.ends.to_string(), style),
        "follow_what" => occasion(row, facts),
        "name" => it.name.clone(),
        "owner" => {
            let owner = details.owner;
            owner.map_or_else(String::new, |owner| facts.operator_name(owner))
        }
        "about_what" => {
            let regular = facts.t("regularity-regular");
            let holiday = it.holiday.as_ref().map(|name| facts.words(name));
            let late = describe::lateness(row, facts);
            let action = details.action.replace('\n', " ");
            let text = format!("{late} {regular} {} {action}", holiday.unwrap_or_default());
            return (text.trim().replace("  ", " "), style);
        }
        "number" => it.meta.number.to_string(),
        _ => String::new(),
    };
    (text, theme::PLAIN)
}

/// Why a customer is to be contacted.
fn occasion(row: &Row, facts: &Facts) -> String {
    row.occasion
        .map_or_else(String::new, |it| facts.texts.name("occasion", it.id()))
}

/// For how long that is owed, or what was said since the last visit (A05-4.6a).
fn matter(row: &Row, facts: &Facts) -> String {
    let greeting = row.profiled.as_ref().and_then(|it| it.greeting.as_ref());
    if let Some(greeting) = greeting {
        return describe_dossier::greeting(greeting, facts);
    }
    if let (Some(Occasion::Holiday), Some(day)) = (row.occasion, row.due) {
        return holiday(day, facts);
    }
    if let Some(serves) = &row.serves {
        return serves.title.clone();
    }
    let matters: Vec<String> = row.matters.iter().map(ToString::to_string).collect();
    let days = row.waits.unwrap_or_default();
    let key = match row.occasion {
        Some(Occasion::Quiet) => "follow-days-quiet",
        Some(Occasion::Visit) => "follow-days-visit",
        _ => "follow-days-owed",
    };
    let since = facts.tw(key, &[("days", &days)]);
    format!("{} {since}", matters.join(" ")).trim().to_owned()
}

/// The record beside the list; of a customer the reason on top.
pub fn detail(row: &Row, pane: &Pane, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let Record::Customer(customer) = &row.record else {
        let mut lines = fields(&describe::row(row, facts), facts);
        if let Some(serves) = &row.serves {
            lines.insert(
                0,
                TextLine::title(format!("{} {}", serves.number, serves.title)),
            );
        }
        return lines;
    };
    let mut lines = customers::detail(row, pane, facts, fields);
    let why = format!("{}  {}", occasion(row, facts), matter(row, facts));
    lines.insert(0, TextLine::title(why));
    let here = pane
        .side
        .of
        .is_some_and(|(number, _)| number == customer.meta.number);
    if here {
        let asked = |side: &&Row| row.matters.contains(&side.record.number());
        let asked = pane.side.rows.iter().filter(asked);
        let asked = asked.map(|side| TextLine::plain(in_brief(side, facts)).styled(theme::ALARM));
        for (place, line) in asked.enumerate() {
            lines.insert(place + 1, line);
        }
    }
    lines
}
