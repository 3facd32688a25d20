//! The forms of the Complaints pane: a complaint recorded, changed, and each step on its way.

use super::{FormId, about_of, base, by_id, chosen_number, hidden, keep_base, listed, named, note};
use super::{phone, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::complaint::{Complaint, ComplaintDetails, Step};
use crate::domain::intake::{Channel, Intake};
use crate::domain::profile::Words;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;

/// The channels an operator may choose.
const CHANNELS: [&str; 3] = [
    Channel::Call.id(),
    Channel::Letter.id(),
    Channel::Visit.id(),
];

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let channel = || named("channel", "channel", CHANNELS.to_vec()).required();
    match id {
        FormId::AssignComplaint => vec![
            listed("department", &facts.profile.complaints.departments).required(),
            text("handler").required(),
            note("note", 3),
        ],
        FormId::AnswerComplaint => {
            vec![
                note("text", 5).required(),
                named("channel", "reply-channel", CHANNELS.to_vec())
                    .required()
                    .with(Channel::Call.id()),
            ]
        }
        FormId::CloseComplaint => vec![note("note", 4)],
        FormId::WithdrawComplaint => vec![note("reason", 3).required()],
        _ => {
            let plate = text("plate");
            let asked = facts.profile.complaints.plate;
            vec![
                Field::new("customer", FieldKind::Customer),
                text("complainant").required(),
                phone("phone"),
                channel().with(Channel::Call.id()),
                categories(facts),
                text("place"),
                if asked { plate.required() } else { plate },
                Field::new("made_at", FieldKind::Date),
                note("text", 4).required(),
                hidden("base"),
            ]
        }
    }
}

fn categories(facts: &Facts) -> Field {
    let list = facts.profile.complaints.categories.iter();
    let list = list.map(|category| {
        let words = Words {
            zh: category.zh.clone(),
            en: category.en.clone(),
        };
        (category.id.clone(), words)
    });
    Field::new("category", FieldKind::Choice(Options::Site(list.collect())))
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
pub fn fill(form: &mut Form, complaint: &Complaint) {
    let details = &complaint.details;
    match form.id {
        FormId::EditComplaint => {}
        FormId::AssignComplaint => {
            form.set("department", &complaint.department);
            form.set("handler", &complaint.handler);
            return;
        }
        _ => return,
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
    form.set("text", &details.text);
    keep_base(form, details);
}

/// The command of a form.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let channel = by_id(Channel::ALL, Channel::id, form.value("channel"));
    let step = match form.id {
        FormId::AssignComplaint => Step::Assign {
            department: words("department"),
            handler: words("handler"),
            note: words("note"),
        },
        FormId::AnswerComplaint => Step::Answer {
            text: words("text"),
            channel,
        },
        FormId::CloseComplaint => Step::Close {
            note: words("note"),
        },
        FormId::WithdrawComplaint => Step::Withdraw {
            reason: words("reason"),
        },
        _ => return record(form, channel, facts),
    };
    Ok(Command::StepComplaint {
        at: about_of(form)?,
        step,
    })
}

fn record(form: &Form, channel: Option<Channel>, facts: &Facts) -> Result<Command, Problem> {
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
        place: form.value("place").to_owned(),
        category: form.value("category").to_owned(),
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
