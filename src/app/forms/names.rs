//! Where a form's field and the rule behind it have different names: forms have one name for one thing on
//! the screen, rules have short names of their own.

use crate::app::field::Field;
use crate::app::form::Form;

/// The fields of the registers and the names that rules have for their values. The values of a form are read
/// by them, and a problem finds its field.
const READ: [(&str, &str); 30] = [
    ("paper_kind", "paper"),
    ("kind_of", "kind"),
    ("relation_kind", "kind"),
    ("survey_kind", "kind"),
    ("measure_kind", "kind"),
    ("transaction_sort", "sort"),
    ("instruction_sort", "sort"),
    ("task_owner", "owner"),
    ("matter", "text"),
    ("record", "about"),
    ("to_whom", "to"),
    ("hand_to", "to"),
    ("to_customer", "to"),
    ("hint_places", "places"),
    ("hint_day", "day"),
    ("hint_time", "time"),
    ("registration_source", "source"),
    ("duty_from", "from"),
    ("from_customer", "from"),
    ("duty_until", "until"),
    ("survey_title", "title"),
    ("due_on", "due"),
    ("contact_channel", "channel"),
    ("given_to", "operator"),
    ("since_day", "since"),
    ("one_customer", "one"),
    ("other_customer", "other"),
    ("what_given", "what"),
    ("count_given", "count"),
    ("into_file", "file"),
];

/// Fields of the other forms, whose values are read one by one: here only a problem looks for its field.
/// Rules know the caller of a new customer as `name`, the form has one field for both.
const FOUND: [(&str, &str); 7] = [
    ("caller", "name"),
    ("phone", "phones"),
    ("shelf", "place"),
    ("operator", "login"),
    ("new", "password"),
    ("said", "text"),
    ("remark", "text"),
];

/// The name that the rules have for what stands in a field of the registers.
pub(super) fn of_rule(field: &'static str) -> &'static str {
    let pair = READ.iter().find(|(form, _)| *form == field);
    pair.map_or(field, |(_, rule)| rule)
}

/// The field of a form that a problem names.
pub fn field_of<'a>(form: &Form, named: &'a str) -> Option<&'a str> {
    let shown = |name: &&str| form.field(name).is_some_and(|field| field.shown);
    let pairs = READ.iter().chain(&FOUND);
    let others = pairs.filter(|(_, rule)| *rule == named);
    let others = others.map(|(field, _)| *field);
    let of_item = |field: &&Field| field.item.as_ref().is_some_and(|(item, _)| item == named);
    let item = form.fields.iter().find(of_item).map(|field| field.name);
    std::iter::once(named).chain(others).find(shown).or(item)
}
