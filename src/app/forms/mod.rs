//! Which forms there are: their fields, how a record fills them, which command each one makes.
//!
//! One file a pane, and `registers` for what is listed beside them; the fields are made in `making`. What a form looks like and how keys work in it is not here.

pub mod archive;
pub mod campaign;
pub mod complaint;
pub mod customer;
pub mod dossier;
pub mod follow_up;
mod id;
pub mod intake;
pub mod kin;
pub mod leasing;
mod making;
mod names;
pub mod part;
pub mod registers;
pub mod repair;
pub mod seat;
pub mod serving;
pub mod step;
pub mod surveys;
pub mod trade;
pub mod welcome;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::facts::Facts;
use super::form::{Field, FieldKind, Form};
use crate::desk::contract::{At, Command, Row};
use crate::domain::mask;
use crate::domain::number::Number;
use crate::domain::phone;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::exchange::export::Form as FileForm;
use crate::report::forms::Form as Paper;

pub use id::FormId;
use making::{categories, hidden, listed, named, note, people, phone, text};
pub use names::field_of;

/// A form with nothing filled in but what is known without a record.
pub fn blank(id: FormId, about: Option<At>, facts: &Facts) -> Form {
    let fields = match id.tab() {
        _ if id == FormId::Welcome => welcome::fields(facts),
        _ if id == FormId::SignIn => seat::sign_in(facts),
        _ if id == FormId::Password => seat::password(),
        _ if id == FormId::Deputies => seat::deputy(facts),
        _ if id == FormId::Remark => vec![note("remark", 4).required()],
        _ if id == FormId::Export => vec![
            named("format", "format", FileForm::ALL.map(FileForm::id).to_vec()).with("xlsx"),
            named("place_of", "place", vec!["outbox", "path"]).with("outbox"),
            text("file_name").required(),
        ],
        _ if id == FormId::Print => vec![
            named(
                "paper",
                "paper",
                Paper::ALL.iter().map(|paper| paper.id()).collect(),
            ),
            Field::new("day", FieldKind::Date),
            named("paper_format", "paper-format", vec!["html", "text"]).with("html"),
            named("place_of", "place", vec!["outbox", "path"]).with("outbox"),
            text("file_name").required(),
        ],
        _ if id == FormId::Waive => vec![note("override_reason", 2).required()],
        _ if id == FormId::ImportPath => vec![text("file_name").required()],
        _ if matches!(id, FormId::WritePart | FormId::SubmitReport) => part::fields(id),
        _ if registers::is_one(id) => registers::fields(id, facts),
        Tab::Intake if repair::is_step(id) => repair::fields(id, facts),
        Tab::Intake => intake::fields(id, facts),
        Tab::Complaints | Tab::Approvals => complaint::fields(id, facts),
        Tab::Archive => archive::fields(id, facts),
        Tab::Customers if id == FormId::KeepDossier => dossier::fields(facts),
        Tab::Customers => customer::fields(facts),
        Tab::FollowUps if campaign::is_one(id) => campaign::fields(id, facts),
        Tab::FollowUps => follow_up::fields(id, facts),
    };
    let mut form = Form::new(id, about, fields);
    adjust(&mut form);
    form
}

/// A form about a record that was asked for in full, filled in from it.
pub fn of_whole(id: FormId, row: &Row, facts: &Facts) -> Form {
    let mut form = about(id, &row.record, facts);
    for field in &mut form.fields {
        // What is masked is no value to go on with.
        if row.masked && mask::is_masked(field.value()) {
            field.set("");
        }
    }
    form
}

/// A form about a record, filled in with what is known of it.
pub fn about(id: FormId, record: &Record, facts: &Facts) -> Form {
    let at = At {
        number: record.number(),
        version: record.meta().version,
    };
    let mut form = blank(id, Some(at), facts);
    match record {
        record if registers::is_one(id) => registers::fill(&mut form, record, facts),
        Record::Intake(intake) if id == FormId::ComplaintOf => {
            complaint::from_intake(&mut form, intake);
        }
        Record::Intake(intake) => intake::fill(&mut form, intake),
        Record::Complaint(complaint) => complaint::fill(&mut form, complaint, facts),
        Record::Measure(measure) => step::fill_measure(&mut form, measure),
        Record::File(file) => archive::fill(&mut form, file),
        Record::Loan(loan) => archive::fill_check_in(&mut form, loan),
        Record::Customer(customer) if id == FormId::KeepDossier => {
            dossier::fill(&mut form, customer, None, facts);
        }
        Record::Customer(customer) => customer::fill(&mut form, customer),
        Record::FollowUp(it) => follow_up::fill(&mut form, it),
        Record::Campaign(it) => campaign::fill(&mut form, it),
        Record::PlanLine(it) => campaign::fill_line(&mut form, it),
        Record::Operator(_)
        | Record::Site(_)
        | Record::Import(_)
        | Record::Credential(_)
        | Record::Permit(_)
        | Record::Analysis(_)
        | Record::Handover(_)
        | Record::Access(_)
        | Record::Inspection(_)
        | Record::Incident(_)
        | Record::Destruction(_)
        | Record::DayEnd(_)
        | Record::Transaction(_)
        | Record::Task(_)
        | Record::Registration(_)
        | Record::DutyShift(_)
        | Record::Survey(_)
        | Record::Answer(_)
        | Record::Occupancy(_)
        | Record::Instruction(_)
        | Record::Relation(_)
        | Record::Introduction(_)
        | Record::Handout(_)
        | Record::ServiceItem(_)
        | Record::Merge(_)
        | Record::Dossier(_)
        | Record::Hint(_)
        | Record::ShiftSheet(_)
        | Record::Remark(_) => {}
    }
    adjust(&mut form);
    form.changed = false;
    for field in &mut form.fields {
        field.was = Some(field.value().to_owned());
    }
    form
}

/// Shows, hides and marks fields as the values now ask for.
pub fn adjust(form: &mut Form) {
    if registers::is_one(form.id) {
        registers::adjust(form);
    } else if form.id.tab() == Tab::Intake && !form.id.is_popup() {
        intake::adjust(form);
    } else if step::is_step(form.id) {
        step::adjust(form);
    } else if campaign::is_one(form.id) {
        campaign::adjust(form);
    } else if form.id.tab() == Tab::FollowUps {
        follow_up::adjust(form);
    } else if form.id == FormId::KeepDossier {
        dossier::adjust(form);
    } else if form.id == FormId::Print {
        super::printing::adjust(form);
    } else {
        part::adjust(form);
    }
}

/// The command a form makes, or what cannot be understood in its fields.
pub fn command(form: &Form, facts: &Facts) -> Result<Command, Vec<Problem>> {
    let unclear = unclear(form);
    if !unclear.is_empty() {
        return Err(unclear);
    }
    let made = match form.id.tab() {
        _ if form.id == FormId::Welcome => Ok(welcome::command(form, facts)),
        _ if registers::is_one(form.id) => registers::command(form),
        Tab::Intake => intake::command(form, facts),
        Tab::Complaints | Tab::Approvals => complaint::command(form, facts),
        Tab::Archive => archive::command(form),
        Tab::Customers if form.id == FormId::KeepDossier => dossier::command(form),
        Tab::Customers => customer::command(form),
        Tab::FollowUps if campaign::is_one(form.id) => campaign::command(form),
        Tab::FollowUps => follow_up::command(form, facts),
    };
    made.map_err(|problem| vec![problem])
}

/// What a person has to look at before a form can be sent.
pub(crate) fn unclear(form: &Form) -> Vec<Problem> {
    let of = |field| too_long(field).or_else(|| unresolved(field));
    form.fields.iter().filter_map(of).collect()
}

/// A field that did not take all of what was typed or pasted into it.
pub(crate) fn too_long(field: &Field) -> Option<Problem> {
    let limit = field.cut.filter(|_| field.shown)?;
    let problem = Problem::new("cut-off").field(field.name);
    Some(problem.arg("limit", limit))
}

/// A choice or lookup in which something is typed that is none of its values.
pub(crate) fn unresolved(field: &Field) -> Option<Problem> {
    let open = field.shown && field.is_search() && !field.edit.value().trim().is_empty();
    let key = if matches!(field.kind, FieldKind::Customer) {
        "no-such-customer"
    } else {
        "not-in-list"
    };
    open.then(|| {
        Problem::new(key)
            .field(field.name)
            .arg("value", field.edit.value().trim())
    })
}

/// A telephone field with something in it that is no telephone number (A01-21).
pub(super) fn no_telephone(field: &Field) -> Option<Problem> {
    let typed = field.edit.value();
    let is_phone = field.shown && matches!(field.kind, FieldKind::Phone);
    let problem = is_phone.then(|| phone::list(typed).err()).flatten();
    problem.map(|problem| problem.field(field.name))
}

fn by_id<T: Copy>(all: &[T], id: impl Fn(T) -> &'static str, wanted: &str) -> Option<T> {
    all.iter().copied().find(|one| id(*one) == wanted)
}

/// The details a form was filled from, which carry what the form does not show.
fn base<T: DeserializeOwned + Default>(form: &Form) -> T {
    serde_json::from_str(form.value("base")).unwrap_or_default()
}

fn keep_base<T: Serialize>(form: &mut Form, details: &T) {
    if let Ok(json) = serde_json::to_string(details) {
        form.set("base", &json);
    }
}

/// A count as typed; an empty field is none, and the rules say whether that is enough.
fn count(form: &Form, name: &'static str) -> Result<u32, Problem> {
    let typed = crate::text::clean::half_width(form.value(name).trim());
    if typed.is_empty() {
        return Ok(0);
    }
    typed
        .parse()
        .map_err(|_| Problem::new("not-a-number").field(name).arg("value", typed))
}

fn chosen_number(form: &Form, name: &str) -> Option<Number> {
    form.value(name).parse().ok()
}

fn about_of(form: &Form) -> Result<At, Problem> {
    form.about.ok_or_else(|| Problem::new("nothing-to-change"))
}
