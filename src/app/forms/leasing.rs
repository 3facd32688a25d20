//! The forms of the leasing office: a customer registered, the day's form handed in, a collision decided,
//! a deal closed, its file form filed, the duty roster. Their values are the commands; see `registers`.

use super::FormId;
use super::making::{listed, note, of_all, phone, text, today, who, yes_no};
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::domain::registration::{Business, Claim, Registration, RegistrationSource};
use crate::domain::visiting::Met;

/// The fields of a form.
pub(super) fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::NewRegistration => vec![
            phone("phone"),
            text("name").required(),
            of_all("business", "business", Business::ALL, Business::id)
                .required()
                .with(Business::Lease.id()),
            of_all(
                "registration_source",
                "registration-source",
                RegistrationSource::ALL,
                RegistrationSource::id,
            )
            .required(),
            text("intention"),
            yes_no("prospect").with("no"),
            yes_no("agent"),
            text("agent_name").unseen(),
            Field::new("referrer", FieldKind::Customer),
            yes_no("asks_for").with("no").unseen(),
            yes_no("contact_unnamed").with("no"),
            of_all("met", "met", Met::ALL, Met::id).unseen(),
            listed("sales_site", &facts.profile.customers.sites).unseen(),
        ],
        FormId::HandInForm => vec![today("day", facts), note("reason", 3)],
        FormId::RuleCollision => vec![
            of_all("claim", "claim", Claim::ALL, Claim::id)
                .required()
                .with(Claim::Earlier.id()),
            note("reason", 3).required(),
        ],
        FormId::CloseDeal => vec![
            Field::new("customer", FieldKind::Customer).required(),
            today("on", facts),
        ],
        FormId::FileForm => {
            let classes = &facts.profile.archive.classes;
            let usual = classes.first().map_or("", |class| &class.id);
            vec![
                text("into_file"),
                listed("class", classes).required().with(usual),
            ]
        }
        _ => vec![
            who("manager", facts, |it| it.active).required(),
            today("day", facts),
            text("duty_from").with(&facts.profile.work.start.format("%H:%M").to_string()),
            text("duty_until").with(&facts.profile.work.end.format("%H:%M").to_string()),
        ],
    }
}

/// Shows the fields that the values of a registration ask for, and the class of a file that is made for a
/// file form.
pub(super) fn adjust(form: &mut Form) {
    if form.id == FormId::FileForm {
        let new = form.value("into_file").trim().is_empty();
        return form.demand("class", new, new);
    }
    let agency = form.value("registration_source") == RegistrationSource::Agency.id();
    let agent = form.value("agent") == "yes";
    let brought = !form.value("referrer").is_empty();
    met(form);
    form.demand("agent", true, agency);
    form.demand("agent_name", agent, agent);
    form.demand("asks_for", brought, false);
}

/// Asks where somebody was met, with where such customers usually are put in, and at which sales office
/// where there are several (A14-3.3b).
fn met(form: &mut Form) {
    let sources = RegistrationSource::ALL.iter().copied();
    let source = sources
        .clone()
        .find(|source| source.id() == form.value("registration_source"));
    let usual = source.and_then(RegistrationSource::met);
    if let Some(field) = form.field_mut("met")
        && (field.auto || field.value().is_empty())
    {
        field.set(usual.map_or("", Met::id));
        field.auto = true;
    }
    form.demand("met", usual.is_some(), false);
    let office = usual.is_some() && form.value("met") == Met::SalesOffice.id();
    let several = form.field("sales_site").is_some_and(
        |field| matches!(&field.kind, FieldKind::Choice(options) if options.ids().len() > 1),
    );
    form.demand("sales_site", office && several, false);
}

/// Fills in what is known of the registration a form is about.
pub(super) fn fill(form: &mut Form, registration: &Registration) {
    match form.id {
        FormId::HandInForm => form.set("day", &registration.day.to_string()),
        FormId::CloseDeal => {
            if let Some(closing) = &registration.closing {
                form.set("customer", &closing.customer.to_string());
                form.set("on", &closing.on.to_string());
            }
        }
        _ => {}
    }
}
