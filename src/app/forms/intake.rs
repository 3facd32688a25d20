//! The forms of the Intake pane: a call, a letter, a visit; a request changed, closed.
//!
//! While the caller is a customer only the request itself must be told; for anybody else name and
//! place are part of the same form, and so is whether to register the caller (A01-11).

use super::{FormId, about_of, base, by_id, chosen_number, hidden, keep_base, listed, named, note};
use super::{phone as telephone, text};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::customer::{Customer, CustomerDetails};
use crate::domain::intake::{Intake, IntakeDetails, IntakeKind, IntakeState, OutcomeCode};
use crate::domain::mask;
use crate::domain::next_visit::NextVisit;
use crate::domain::occupancy::OccupancyDetails;
use crate::domain::phone::{self, Phone, PhoneLabel};
use crate::domain::profile::Permission;
use crate::domain::refusal::Problem;
use crate::domain::stamp::{Day, Stamp};

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    if id == FormId::CloseIntake {
        let codes = OutcomeCode::CHOICES.iter().map(|code| code.id()).collect();
        return vec![
            named("code", "outcome", codes)
                .required()
                .with(OutcomeCode::Resolved.id()),
            note("text", 4).required(),
        ];
    }
    let kinds: Vec<&'static str> = facts
        .profile
        .kinds
        .iter()
        .filter_map(|kind| by_id(IntakeKind::ALL, IntakeKind::id, kind.id()))
        .map(IntakeKind::id)
        .collect();
    let may_register = facts
        .refused(|context| context.may(Permission::CustomerRegister))
        .is_none();
    let register = if may_register && id == FormId::NewCall {
        "yes"
    } else {
        "no"
    };
    let rules = &facts.profile.intake;
    let may_note = facts
        .refused(|context| context.may(Permission::CustomerChange))
        .is_none();
    let mut fields = vec![
        telephone("phone"),
        text("caller"),
        text("place"),
        Field::new("register", FieldKind::Choice(Options::yes_no())).with(register),
        named("kind", "intake-kind", kinds)
            .required()
            .with(IntakeKind::Enquiry.id()),
        note("text", 4).required(),
        text("access").unseen(),
        Field::new("moved_in", FieldKind::Date)
            .with(&facts.today().to_string())
            .unseen(),
        listed("department", &facts.profile.complaints.departments),
    ];
    if !rules.wrap_ups.is_empty() {
        fields.push(listed("wrap_up", &rules.wrap_ups));
    }
    let sites = &facts.profile.customers.sites;
    if id == FormId::NewVisit && sites.len() > 1 {
        let usual = sites.first().map_or("", |site| &site.id);
        fields.push(listed("sales_site", sites).with(usual));
    }
    if id.channel().is_some_and(|it| rules.ask_next.contains(&it)) {
        fields.extend([
            Field::new("next_day", FieldKind::Date),
            text("next_time"),
            Field::new("declined", FieldKind::Choice(Options::yes_no())).with("no"),
        ]);
    }
    if may_note && id.channel().is_some() {
        let note = Field::new("add_phone", FieldKind::Choice(Options::yes_no()));
        fields.push(note.with("yes").unseen());
    }
    // Behind what is always gone through, so that a call costs no key more where nothing is said of it.
    fields.push(note("needs", 2));
    let carried = ["customer", "phones", "started_at", "base"];
    fields.extend(carried.map(hidden));
    fields
}

/// Shows, hides and marks fields as the caller and the kind ask for.
pub fn adjust(form: &mut Form) {
    if form.id == FormId::CloseIntake
        || form.id == FormId::Welcome
        || super::repair::is_step(form.id)
    {
        return;
    }
    let known = !form.value("customer").is_empty();
    let call = form.id == FormId::NewCall;
    let repair = form.value("kind") == IntakeKind::Repair.id();
    let new = form.id.channel().is_some();
    form.demand("phone", true, !known && (call || repair));
    form.demand("caller", true, !known);
    form.demand("place", true, (!known && call) || repair);
    form.demand("register", new && !known, new && !known);
    form.demand("access", repair, repair);
    let moves = form.value("kind") == IntakeKind::MoveIn.id();
    form.demand("moved_in", new && moves, false);
    if moves {
        form.demand("place", true, true);
    }
    let to_come = known || form.value("register") == "yes";
    for name in ["next_day", "next_time", "declined"] {
        form.demand(name, to_come, false);
    }
    form.demand("add_phone", known && is_new_number(form), false);
}

/// Whether the number is none of those on the card of the customer who calls.
fn is_new_number(form: &Form) -> bool {
    let Ok(digits) = phone::normal(form.value("phone")) else {
        return false;
    };
    let masked = mask::phone(&digits);
    let mut phones = form.value("phones").split(' ');
    phones.all(|known| known != digits && known != masked)
}

/// The caller is this customer: what is known of the customer fills what is still empty.
pub fn attach(form: &mut Form, customer: &Customer) {
    let details = &customer.details;
    let place = if details.place.is_empty() {
        &details.address
    } else {
        &details.place
    };
    form.set("customer", &customer.meta.number.to_string());
    let phones: Vec<&str> = details.phones.iter().map(|it| it.digits.as_str()).collect();
    form.set("phones", &phones.join(" "));
    for (name, value) in [("caller", &details.name), ("place", place)] {
        // What is masked is no value; the desk puts the customer's own in its place.
        if mask::is_masked(value) {
            continue;
        }
        if let Some(field) = form.field_mut(name)
            && (field.auto || field.value().is_empty())
        {
            field.set(value);
            field.auto = true;
        }
    }
    // The address stands beside the unit, as far as whoever asks sees it; where there is no unit it is in
    // its place.
    if let Some(field) = form.field_mut("place") {
        field.beside.clear();
        if !details.place.is_empty() {
            field.beside.clone_from(&details.address);
        }
    }
    adjust(form);
}

/// The caller is no customer, or not this one: what came from the customer goes again.
pub fn detach(form: &mut Form) {
    form.set("customer", "");
    form.set("phones", "");
    for name in ["caller", "place"] {
        if let Some(field) = form.field_mut(name) {
            field.beside.clear();
            if field.auto {
                field.set("");
                field.auto = false;
            }
        }
    }
    adjust(form);
}

/// Fills in a request.
pub fn fill(form: &mut Form, intake: &Intake) {
    if form.id == FormId::CloseIntake {
        // What was answered is settled: only the words are missing.
        if intake.state == IntakeState::Answered {
            form.go_to("text");
        }
        if let Some(field) = form.field_mut("code") {
            let codes = OutcomeCode::choices(intake.details.kind);
            let codes = codes.iter().map(|code| code.id()).collect();
            field.kind = FieldKind::Choice(Options::Named("outcome", codes));
        }
        return;
    }
    if super::repair::is_step(form.id) {
        return super::repair::fill(form, intake);
    }
    let details = &intake.details;
    form.set("phone", &details.phone);
    form.set("caller", &details.caller);
    form.set("place", &details.place);
    form.set("kind", details.kind.id());
    form.set("text", &details.text);
    form.set("needs", &details.needs);
    form.set("access", &details.access);
    form.set("department", &details.department);
    form.set("wrap_up", &details.wrap_up);
    if let Some(customer) = details.customer {
        form.set("customer", &customer.to_string());
    }
    keep_base(form, details);
}

/// The command of a form.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Problem> {
    if super::repair::is_step(form.id) {
        return super::repair::command(form);
    }
    if form.id == FormId::CloseIntake {
        let code = by_id(OutcomeCode::CHOICES, OutcomeCode::id, form.value("code"));
        return Ok(Command::CloseIntake {
            at: about_of(form)?,
            code: code.ok_or_else(|| Problem::required("code"))?,
            text: form.value("text").to_owned(),
        });
    }
    let kind = by_id(IntakeKind::ALL, IntakeKind::id, form.value("kind"));
    let before: IntakeDetails = base(form);
    let details = IntakeDetails {
        channel: form.id.channel().or(before.channel),
        kind: kind.ok_or_else(|| Problem::required("kind"))?,
        customer: chosen_number(form, "customer"),
        caller: form.value("caller").to_owned(),
        phone: form.value("phone").to_owned(),
        place: form.value("place").to_owned(),
        text: form.value("text").to_owned(),
        needs: form.value("needs").to_owned(),
        access: form.value("access").to_owned(),
        department: form.value("department").to_owned(),
        started_at: Stamp::parse(form.value("started_at"), 0).or(before.started_at),
        wrap_up: form.value("wrap_up").to_owned(),
        next: NextVisit {
            day: super::follow_up::day(form, "next_day", facts)?,
            time: form.value("next_time").to_owned(),
            declined: form.value("declined") == "yes",
        },
        add_phone: form.value("add_phone") == "yes",
        sales_site: match form.value("sales_site") {
            "" => before.sales_site.clone(),
            chosen => chosen.to_owned(),
        },
        ..before
    };
    if form.id == FormId::EditIntake {
        return Ok(Command::ChangeIntake {
            at: about_of(form)?,
            details,
        });
    }
    let unknown = details.customer.is_none();
    if unknown && form.value("register").is_empty() {
        return Err(Problem::required("register").clause("A01-11"));
    }
    let new_customer = (unknown && form.value("register") == "yes").then(|| CustomerDetails {
        name: details.caller.clone(),
        phones: phones(&details.phone),
        place: details.place.clone(),
        ..CustomerDetails::default()
    });
    if details.kind == IntakeKind::MoveIn
        && let Some(moved_in) = moved_in(form)?
    {
        // Whoever moves in is registered as a customer, with the call or without (A05-4.1).
        let occupancy = OccupancyDetails {
            moved_in: Some(moved_in),
            ..OccupancyDetails::default()
        };
        return Ok(Command::MoveIn {
            details: occupancy,
            intake: Some(Box::new(details)),
            new_customer: new_customer.map(Box::new),
        });
    }
    Ok(Command::LogIntake {
        details,
        new_customer,
    })
}

/// The day of a move-in; none where it is still to come.
fn moved_in(form: &Form) -> Result<Option<Day>, Problem> {
    let typed = form.value("moved_in").trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let wrong = || {
        let problem = Problem::new("not-a-date").field("moved_in");
        problem.arg("value", typed)
    };
    Day::parse(typed).map(Some).ok_or_else(wrong)
}

fn phones(typed: &str) -> Vec<Phone> {
    let label = PhoneLabel::default();
    let phone = Phone {
        digits: typed.to_owned(),
        label,
    };
    if typed.trim().is_empty() {
        Vec::new()
    } else {
        vec![phone]
    }
}
