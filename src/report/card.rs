//! A customer's card on paper: the five contents in their fixed order, with a word for what is missing, then
//! what else is known (A01-19, A01-20).

use super::quarterly::Words;
use super::{Block, Document};
use crate::desk::contract::Row;
use crate::domain::customer::Mark;
use crate::domain::record::Record;

/// The card of a customer; none of another record.
pub fn card(row: &Row, words: Words) -> Option<Document> {
    let Record::Customer(customer) = &row.record else {
        return None;
    };
    let details = &customer.details;
    let rules = &words.profile.customers;
    let label = |field: &str| match field {
        "place" => words.pick(&rules.place.zh, &rules.place.en),
        "address" => words.pick(&rules.address.zh, &rules.address.en),
        field => words.texts.name("field", field),
    };
    let shown = |value: String| {
        if value.is_empty() {
            words.t("missing")
        } else {
            value
        }
    };
    let contents = customer.card(&words.t("list-comma")).into_iter();
    let mut facts: Vec<(String, String)> = contents
        .map(|(field, value)| (label(field), shown(value)))
        .collect();
    let marks = customer.marks.iter();
    let marks: Vec<String> = marks.map(|it| words.texts.name("mark", it.id())).collect();
    let owner = details.owner.and_then(|owner| {
        let mut names = row.names.iter();
        names.find(|(known, _)| *known == owner)
    });
    let more = [
        ("place", details.place.clone()),
        ("plates", details.plates.join(" ")),
        ("marks", marks.join(" ")),
        (
            "owner",
            owner.map_or_else(String::new, |(_, name)| name.clone()),
        ),
        ("note", details.note.clone()),
    ];
    let more = more.into_iter().filter(|(_, value)| !value.is_empty());
    facts.extend(more.map(|(field, value)| (label(field), value)));
    let confirmed = customer.confirmed_on.to_string();
    facts.push((label("confirmed_on"), confirmed));
    let key = customer.is(Mark::Key);
    let title = if key { "print-key-card" } else { "print-card" };
    Some(Document {
        title: words.t(title),
        subtitle: customer.meta.number.to_string(),
        blocks: vec![Block::Facts(facts)],
    })
}
