//! The forms of what customers have to do with each other, and of the catalogue of services. Their fields
//! are those of what they ask for, as in [`super::custody`].

use serde_json::{Map, Value};

use super::making::date;
use super::registers::read;
use super::{FormId, about_of, chosen_number, named, note, phone, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::desk::contract::{At, Command};
use crate::domain::customer::Customer;
use crate::domain::introduction::Side;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::relation::RelationKind;

/// Not shown: the version of the card that goes, as it was chosen.
const SEEN: &str = "absorbed_version";

fn customer(name: &'static str) -> Field {
    Field::new(name, FieldKind::Customer)
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let today = facts.today().to_string();
    match id {
        FormId::NewRelation => {
            let kinds = RelationKind::ALL.iter().map(|kind| kind.id()).collect();
            let agreed = Field::new("consent", FieldKind::Choice(Options::yes_no()));
            vec![
                customer("from_customer").required(),
                named("relation_kind", "relation-kind", kinds)
                    .required()
                    .with(RelationKind::IntroducedBy.id()),
                customer("to_customer"),
                text("group").unseen(),
                date("since_day").with(&today),
                agreed.with("no"),
                note("note", 2),
            ]
        }
        FormId::NewIntroduction => vec![
            customer("one_customer").required(),
            customer("other_customer").required(),
            note("text", 3).required(),
        ],
        FormId::ConsentIntroduction => {
            let sides = Side::ALL.iter().map(|side| side.id()).collect();
            vec![
                named("side", "side", sides).required(),
                note("text", 2).required(),
            ]
        }
        FormId::ApproveIntroduction => vec![note("note", 3)],
        FormId::MakeIntroduction | FormId::SucceedIntroduction => vec![note("text", 3).required()],
        FormId::NewHandout => vec![
            customer("customer").required(),
            text("what_given").required(),
            Field::new("count_given", FieldKind::Number)
                .required()
                .with("1"),
            text("friend"),
            phone("phone"),
            date("on").with(&today),
        ],
        FormId::FriendArrived => vec![customer("customer"), text("friend"), phone("phone")],
        FormId::NewServiceItem | FormId::ChangeServiceItem => vec![
            text("name").required(),
            date("start").with(&today),
            date("planned_end"),
            note("note", 2),
        ],
        FormId::RetireItem => vec![date("on").with(&today), text("replaced_by")],
        FormId::MergeCustomers => vec![
            customer("absorbed").required(),
            Field::new(SEEN, FieldKind::Hidden),
        ],
        _ => vec![note("reason", 3).required()],
    }
}

/// Keeps the version of the card that goes as it was seen when it was chosen.
pub fn saw(form: &mut Form, customer: &Customer) {
    if form.id == FormId::MergeCustomers {
        form.set(SEEN, &customer.meta.version.to_string());
    }
}

/// Shows the fields that the values now ask for.
pub fn adjust(form: &mut Form) {
    if form.id == FormId::NewRelation {
        let kind = RelationKind::from_id(form.value("relation_kind")).unwrap_or_default();
        let group = kind.is_of_group();
        form.demand("to_customer", !group, !group);
        form.demand("group", group, group);
        // The field that was next may have gone with what was chosen.
        if form.focused().is_some_and(|field| !field.shown) {
            form.go_to(if group { "group" } else { "to_customer" });
        }
    }
}

/// Fills in what is known of the record a form is about.
pub fn fill(form: &mut Form, record: &Record) {
    match record {
        Record::Customer(it) => {
            let value = format!("{} {}", it.meta.number, it.details.name);
            let field = match form.id {
                FormId::NewRelation => "from_customer",
                FormId::NewIntroduction => "one_customer",
                FormId::NewHandout => "customer",
                _ => return,
            };
            form.set(field, &value);
            let next = match form.id {
                FormId::NewRelation => "relation_kind",
                FormId::NewIntroduction => "other_customer",
                _ => "what_given",
            };
            form.go_to(next);
        }
        Record::ServiceItem(it) if form.id == FormId::ChangeServiceItem => {
            let day = |day: Option<crate::domain::stamp::Day>| {
                day.map(|day| day.to_string()).unwrap_or_default()
            };
            form.set("name", &it.details.name);
            form.set("start", &day(it.details.start));
            form.set("planned_end", &day(it.details.planned_end));
            form.set("note", &it.details.note);
        }
        Record::Introduction(it) if form.id == FormId::ConsentIntroduction => {
            let side = if it.consent_one.is_some() {
                Side::Other
            } else {
                Side::One
            };
            form.set("side", side.id());
        }
        _ => {}
    }
}

/// The command of a form that makes or changes a record; none where it takes a step.
pub fn command(form: &Form, values: &Map<String, Value>) -> Option<Result<Command, Problem>> {
    let details = || Value::Object(values.clone());
    Some(match form.id {
        FormId::NewRelation => read(details()).map(|details| Command::Relate { details }),
        FormId::NewIntroduction => read(details()).map(|details| Command::Introduce { details }),
        FormId::NewHandout => read(details()).map(|details| Command::GiveMaterial { details }),
        FormId::NewServiceItem => {
            read(details()).map(|details| Command::AddServiceItem { details })
        }
        FormId::ChangeServiceItem => about_of(form).and_then(|at| {
            let details = read(details())?;
            Ok(Command::ChangeServiceItem { at, details })
        }),
        FormId::MergeCustomers => about_of(form).and_then(|kept| {
            let number = chosen_number(form, "absorbed");
            let seen = number.zip(form.value(SEEN).parse().ok());
            let (number, version) = seen.ok_or_else(|| Problem::required("absorbed"))?;
            let absorbed = At { number, version };
            Ok(Command::MergeCustomers { kept, absorbed })
        }),
        _ => return None,
    })
}

/// Whether a form is one of these.
pub const fn is_one(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewRelation
            | FormId::EndRelation
            | FormId::NewIntroduction
            | FormId::ConsentIntroduction
            | FormId::ApproveIntroduction
            | FormId::RefuseIntroduction
            | FormId::MakeIntroduction
            | FormId::SucceedIntroduction
            | FormId::FailIntroduction
            | FormId::NewHandout
            | FormId::FriendArrived
            | FormId::NewServiceItem
            | FormId::ChangeServiceItem
            | FormId::RetireItem
            | FormId::MergeCustomers
            | FormId::UndoMerge
    )
}
