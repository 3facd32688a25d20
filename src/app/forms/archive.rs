//! The forms of the Archive pane: a file set up or changed, lent, taken back.

use super::{FormId, phone, text};
use super::{about_of, base, by_id, chosen_number, count, hidden, keep_base, listed, named, note};
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::archive::{ArchiveFile, FileDetails, Grade};
use crate::domain::loan::{Loan, LoanDetails, last_day};
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;

/// The fields of a form. The place of a file is a shelf and not the room of a customer, so it has
/// a name of its own.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let number = |name| Field::new(name, FieldKind::Number);
    match id {
        FormId::CheckOut => vec![
            text("borrower").required(),
            text("unit"),
            phone("phone"),
            number("copies").required().with("1"),
            text("reason").required(),
            Field::new("due", FieldKind::Date)
                .required()
                .with(&last_allowed(facts)),
        ],
        FormId::CheckIn => vec![number("pieces").required(), note("note", 3)],
        _ => {
            let grades = Grade::ALL.iter().map(|grade| grade.id()).collect();
            vec![
                text("title").required(),
                listed("class", &facts.profile.archive.classes).required(),
                Field::new("customer", FieldKind::Customer),
                text("person"),
                phone("phone"),
                text("plate"),
                text("shelf"),
                number("pieces").required().with("1"),
                named("grade", "grade", grades)
                    .required()
                    .with(Grade::None.id()),
                note("note", 3),
                hidden("base"),
            ]
        }
    }
}

fn last_allowed(facts: &Facts) -> String {
    let today = facts.today();
    facts
        .computed(|context| Day(last_day(today, context).date).to_string())
        .unwrap_or_default()
}

/// Fills in a file; for lending, all its pieces.
pub fn fill(form: &mut Form, file: &ArchiveFile) {
    let details = &file.details;
    if form.id == FormId::CheckOut {
        form.set("copies", &details.pieces.to_string());
        return;
    }
    form.set("title", &details.title);
    form.set("class", &details.class);
    if let Some(customer) = details.customer {
        form.set("customer", &format!("{customer} {}", details.person));
    }
    form.set("person", &details.person);
    form.set("phone", &details.phone);
    form.set("plate", &details.plate);
    form.set("shelf", &details.place);
    form.set("pieces", &details.pieces.to_string());
    form.set("grade", details.grade.id());
    form.set("note", &details.note);
    keep_base(form, details);
}

/// Fills in what of a loan is still missing.
pub fn fill_check_in(form: &mut Form, loan: &Loan) {
    let missing = loan.details.copies.saturating_sub(loan.pieces_back);
    form.set("pieces", &missing.to_string());
}

/// The command of a form.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    match form.id {
        FormId::CheckOut => {
            let typed = form.value("due").trim();
            let due = Day::parse(typed);
            if due.is_none() && !typed.is_empty() {
                return Err(Problem::new("not-a-date").field("due").arg("value", typed));
            }
            let details = LoanDetails {
                borrower: words("borrower"),
                unit: words("unit"),
                phone: words("phone"),
                copies: count(form, "copies")?,
                reason: words("reason"),
                due,
            };
            Ok(Command::CheckOut {
                file: about_of(form)?,
                details,
            })
        }
        FormId::CheckIn => Ok(Command::CheckIn {
            at: about_of(form)?,
            pieces: count(form, "pieces")?,
            note: words("note"),
        }),
        _ => file(form),
    }
}

fn file(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let before: FileDetails = base(form);
    let details = FileDetails {
        title: words("title"),
        class: words("class"),
        customer: chosen_number(form, "customer"),
        person: words("person"),
        phone: words("phone"),
        plate: words("plate"),
        place: words("shelf"),
        pieces: count(form, "pieces")?,
        grade: by_id(Grade::ALL, Grade::id, form.value("grade")).unwrap_or_default(),
        note: words("note"),
        ..before
    };
    Ok(match form.id {
        FormId::EditFile => Command::ChangeFile {
            at: about_of(form)?,
            details,
        },
        _ => Command::CreateFile { details },
    })
}
