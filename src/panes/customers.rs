//! The Customers pane: the card with its five contents in their fixed order (A01-19), the marks,
//! and everything the customer ever did here (A01-02).

use ratatui::style::Style;

use crate::app::describe;
use crate::app::describe::in_brief;
use crate::app::describe_surveys::occupants;
use crate::app::facts::Facts;
use crate::app::list::List;
use crate::app::pane::Pane;
use crate::desk::contract::{Filter, Row};
use crate::domain::customer::{Customer, Mark, confirmation_late_by};
use crate::domain::record::Record;
use crate::widgets::kin;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of the list.
pub const COLUMNS: &[Column] = &[
    column("name", 10, 18, 0),
    column("marks", 4, 7, 3),
    column("phone", 13, 13, 1),
    column("place", 10, 10, 2),
    column("plates", 9, 9, 5),
    growing("employer", 10, 4),
    column("number", 13, 13, 6),
];

/// The columns where customers are of classes (A11-03).
pub const CLASS_COLUMNS: &[Column] = &[
    column("name", 10, 18, 0),
    column("marks", 4, 7, 4),
    column("customer_class", 8, 16, 2),
    column("phone", 13, 13, 1),
    column("place", 10, 10, 3),
    growing("employer", 10, 5),
    column("number", 13, 13, 6),
];

/// The columns where customers are of sales sites and come from sources (A14-1.1a).
pub const SITE_COLUMNS: &[Column] = &[
    column("name", 10, 18, 0),
    column("marks", 4, 7, 5),
    column("customer_source", 4, 13, 2),
    column("sales_site", 8, 15, 4),
    column("phone", 13, 13, 1),
    column("place", 10, 10, 3),
    growing("employer", 10, 7),
    column("number", 13, 13, 6),
];

/// The columns of a list of customers.
pub fn columns(list: &List, facts: &Facts) -> &'static [Column] {
    let rules = &facts.profile.customers;
    if matches!(list.filter, Filter::OfGroup(_)) {
        GROUP_COLUMNS
    } else if list.filter == Filter::ToFile {
        TO_FILE_COLUMNS
    } else if !rules.sources.is_empty() {
        SITE_COLUMNS
    } else if !rules.classes.is_empty() {
        CLASS_COLUMNS
    } else {
        COLUMNS
    }
}

/// The columns of the customers of a group (A14-3.2).
pub const GROUP_COLUMNS: &[Column] = &[
    column("name", 10, 18, 0),
    column("in_group", 8, 10, 1),
    column("contacts_so_far", 4, 8, 2),
    column("brought_so_far", 4, 8, 3),
    column("marks", 4, 7, 5),
    growing("employer", 10, 6),
    column("number", 13, 13, 4),
];

/// The columns of the customers without a file (A11-04a).
pub const TO_FILE_COLUMNS: &[Column] = &[
    growing("name", 10, 0),
    column("waits", 10, 12, 1),
    column("created", 10, 10, 2),
    column("created_by", 8, 12, 3),
    column("phone", 13, 13, 4),
    column("number", 13, 13, 5),
];

/// One cell of the list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let Record::Customer(customer) = &row.record else {
        return (String::new(), theme::PLAIN);
    };
    let details = &customer.details;
    let text = match field {
        "name" => details.name.clone(),
        "marks" => marks(customer, facts),
        "phone" => {
            let first = details.phones.first();
            first
                .map(|phone| facts.phone(&phone.digits))
                .unwrap_or_default()
        }
        "place" => details.place.clone(),
        "plates" => details.plates.join(" "),
        "employer" => details.employer.clone(),
        "customer_class" => facts.of_card(field, &details.class),
        "sales_site" => facts.of_card(field, &details.site),
        "customer_source" => facts.of_card(field, &details.source),
        "in_group" => {
            let central = row.ties.as_ref().is_some_and(|it| !it.central.is_empty());
            facts
                .texts
                .name("relation-kind", if central { "central" } else { "member" })
        }
        "contacts_so_far" => row.ties.as_ref().map_or(0, |it| it.contacts).to_string(),
        "brought_so_far" => row.ties.as_ref().map_or(0, |it| it.brought).to_string(),
        "waits" => describe::waiting(row, facts),
        "created" => {
            let offset = facts.profile.utc_offset_minutes;
            customer.meta.created_at.day(offset).to_string()
        }
        "created_by" => facts.operator_name(customer.meta.created_by),
        _ => customer.meta.number.to_string(),
    };
    let quiet = customer.is(Mark::Retired);
    (text, if quiet { theme::QUIET } else { theme::PLAIN })
}

fn marks(customer: &Customer, facts: &Facts) -> String {
    let mut words = Vec::new();
    if customer.is(Mark::Key) {
        words.push(facts.t("mark-key.short"));
    }
    if customer.is(Mark::Closed) {
        words.push(facts.t("mark-closed.short"));
    }
    if customer.is(Mark::Prospect) {
        words.push(facts.t("mark-prospect.short"));
    }
    if customer.is(Mark::GoodCredit) {
        words.push(facts.t("mark-good-credit.short"));
    }
    if customer.is(Mark::Retired) {
        words.push(facts.t("mark-retired.short"));
    }
    words.join(" ")
}

/// How often it was tried to reach a customer and how often they were, of the contacts shown (A14-3.2c).
fn attempts(pane: &Pane, facts: &Facts) -> Option<TextLine> {
    let tried = pane.side.rows.iter().filter_map(|row| match &row.record {
        Record::FollowUp(it) if it.tried_at().is_some() => Some(it.is_done()),
        _ => None,
    });
    let tried: Vec<bool> = tried.collect();
    let reached = tried.iter().filter(|reached| **reached).count();
    (reached < tried.len()).then(|| {
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("tried", &tried.len()), ("reached", &reached)];
        TextLine::plain(facts.tw("attempts-line", &args))
    })
}

/// The card, with the word for what is missing, and the time line of contacts.
pub fn detail(row: &Row, pane: &Pane, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let Record::Customer(customer) = &row.record else {
        return Vec::new();
    };
    let missing = facts.t("missing");
    let mut lines: Vec<TextLine> = customer
        .card(&facts.t("list-comma"))
        .into_iter()
        .map(|(name, value)| {
            let label = facts.label(name);
            if value.is_empty() {
                TextLine::labelled(label, missing.clone()).styled(theme::QUIET)
            } else {
                TextLine::labelled(label, value)
            }
        })
        .collect();
    let occupied = occupants(&row.occupants, facts);
    if !occupied.is_empty() {
        lines.push(TextLine::labelled(facts.label("occupants"), occupied));
    }
    let late = facts
        .computed(|context| confirmation_late_by(customer, context))
        .flatten();
    if let Some(days) = late {
        let text = facts.tw("confirm-late", &[("days", &days)]);
        lines.push(TextLine::plain(text).styled(theme::ALARM));
    }
    let whole = describe::record(&row.record, &row.names, facts);
    let card = [
        "name", "employer", "position", "address", "phones", "created", "changed",
    ];
    let rest: Vec<_> = whole
        .into_iter()
        .filter(|(name, _)| !card.contains(name))
        .collect();
    lines.extend(fields(&rest, facts));
    lines.extend(kin::ownership(row, facts));
    lines.extend(kin::ties(row, facts));
    let here = pane
        .side
        .of
        .is_some_and(|(number, _)| number == customer.meta.number);
    if here && !pane.side.rows.is_empty() {
        lines.push(TextLine::title(facts.t("title-contacts")));
        lines.extend(attempts(pane, facts));
        lines.extend(
            pane.side
                .rows
                .iter()
                .map(|row| TextLine::plain(in_brief(row, facts))),
        );
    }
    lines
}
