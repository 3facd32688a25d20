//! The forms in which a complaint is recorded and changed. Those of its steps are in `step`.

use super::{FormId, about_of, base, by_id, categories, chosen_number, hidden, keep_base, named};
use super::{note, phone, step, text};
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::complaint::{Complaint, ComplaintDetails, Service};
use crate::domain::intake::{Channel, Intake};
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

/// The channels an operator may choose.
pub(super) const CHANNELS: [&str; 3] = [
    Channel::Call.id(),
    Channel::Letter.id(),
    Channel::Visit.id(),
];

/// The services a complaint may be about (A08-s0).
const SERVICES: [&str; 2] = [Service::Sales.id(), Service::AfterSales.id()];

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let channel = named("channel", "channel", CHANNELS.to_vec()).required();
    if step::is_step(id) {
        return step::fields(id, facts);
    }
    let plate = text("plate");
    let asked = facts.profile.complaints.plate;
    vec![
        // Whom it is from, what about, and the words: of a known caller the desk knows the rest.
        Field::new("customer", FieldKind::Customer),
        categories(facts),
        Field {
            shown: facts.profile.complaints.service,
            // Most are about what comes after the sale.
            ..named("service", "service", SERVICES.to_vec())
                .required()
                .with(Service::AfterSales.id())
        },
        note("text", 4).required(),
        text("complainant").required(),
        phone("phone"),
        channel.with(Channel::Call.id()),
        // Where cars are complained of, the plate is the place.
        Field {
            shown: !asked,
            ..text("place")
        },
        if asked { plate.required() } else { plate },
        Field::new("made_at", FieldKind::Date),
        hidden("base"),
    ]
}

/// Carries a request over: its text, caller, telephone, place and channel.
pub fn from_intake(form: &mut Form, intake: &Intake) {
    let details = &intake.details;
    if let Some(customer) = details.customer {
        form.set("customer", &format!("{customer} {}", details.caller));
    }
    form.set("complainant", &details.caller);
    form.set("phone", &details.phone);
    form.set("place", &details.place);
    form.set("text", &details.text);
    if let Some(channel) = details.channel {
        form.set("channel", channel.id());
    }
}

/// Fills in a complaint.
pub fn fill(form: &mut Form, complaint: &Complaint, facts: &Facts) {
    let details = &complaint.details;
    if form.id != FormId::EditComplaint {
        return step::fill(form, complaint, facts);
    }
    if let Some(customer) = details.customer {
        form.set("customer", &format!("{customer} {}", details.complainant));
    }
    form.set("complainant", &details.complainant);
    form.set("phone", &details.phone);
    form.set("channel", details.channel.map_or("", Channel::id));
    form.set("category", &details.category);
    form.set("place", &details.place);
    form.set("plate", &details.plate);
    form.set("service", details.service.map_or("", Service::id));
    form.set("text", &details.text);
    keep_base(form, details);
}

/// The command of a form.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Problem> {
    let channel = by_id(Channel::ALL, Channel::id, form.value("channel"));
    if step::is_step(form.id) {
        return step::command(form, facts);
    }
    let before: ComplaintDetails = base(form);
    let made_at = form.value("made_at").trim();
    let at = Stamp::parse(made_at, facts.profile.utc_offset_minutes);
    if at.is_none() && !made_at.is_empty() {
        return Err(Problem::new("not-a-date")
            .field("made_at")
            .arg("value", made_at));
    }
    let details = ComplaintDetails {
        channel,
        customer: chosen_number(form, "customer"),
        complainant: form.value("complainant").to_owned(),
        phone: form.value("phone").to_owned(),
        plate: form.value("plate").to_owned(),
        place: if form.field("place").is_some_and(|field| field.shown) {
            form.value("place").to_owned()
        } else {
            before.place.clone()
        },
        category: form.value("category").to_owned(),
        service: by_id(Service::ALL, Service::id, form.value("service")),
        text: form.value("text").to_owned(),
        made_at: at.or(before.made_at),
        ..before
    };
    Ok(match form.id {
        FormId::EditComplaint => Command::ChangeComplaint {
            at: about_of(form)?,
            details,
        },
        _ => Command::RecordComplaint {
            details,
            intake: form.about,
        },
    })
}
