//! The forms of the Archive pane: a file set up or changed, lent, taken back.

use super::{FormId, people, phone, text};
use super::{about_of, base, by_id, chosen_number, count, hidden, keep_base, listed, named, note};
use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::Command;
use crate::domain::archive::{ArchiveFile, FileDetails, FileSort, Grade, Medium};
use crate::domain::loan::{Loan, LoanDetails, PieceState, last_day};
use crate::domain::procedure::ArchiveStep;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::text::clean;

/// More pieces than one range of them may have.
const MOST_PIECES: u32 = 999;

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
            // Last, because it is filled in seldom.
            text("which"),
        ],
        FormId::CheckIn => vec![
            number("pieces").required(),
            named(
                "piece_state",
                "piece-state",
                PieceState::ALL.iter().map(|it| it.id()).collect(),
            )
            .required()
            .with(PieceState::Back.id()),
            note("note", 3),
        ],
        _ => {
            let grades = Grade::ALL.iter().map(|grade| grade.id()).collect();
            let media = Medium::ALL.iter().map(|medium| medium.id()).collect();
            let offered = &facts.profile.archive.sorts;
            let mut sort = named(
                "sort",
                "file-sort",
                offered.iter().map(|sort| sort.id()).collect(),
            );
            // A site whose files are all about the same thing is not asked what they are about.
            sort.shown = !offered.is_empty();
            let mut vin = text("vin");
            // A site that keeps its dealings with customers keeps what else it knows of them.
            let steps = &facts.profile.archive.steps;
            let of_customers = steps.contains_key(&ArchiveStep::RecordTransaction);
            let mut web = text("web");
            web.shown = of_customers;
            let mut credit = note("credit", 2);
            credit.shown = of_customers;
            vin.shown = offered.iter().any(|sort| sort.is_of_car());
            vec![
                text("title").required(),
                listed("class", &facts.profile.archive.classes).required(),
                Field::new("customer", FieldKind::Customer),
                text("person"),
                phone("phone"),
                text("plate"),
                vin,
                sort,
                text("shelf"),
                number("pieces").required().with("1"),
                note("papers", 2),
                named("medium", "medium", media).with(Medium::Paper.id()),
                listed("unit_of", &facts.profile.complaints.departments),
                named("grade", "grade", grades)
                    .required()
                    .with(Grade::None.id()),
                people("keeper", facts),
                Field::new("important", FieldKind::Choice(Options::yes_no())).with("no"),
                web,
                credit,
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
    form.set("vin", &details.vin);
    form.set("sort", details.sort.id());
    form.set("medium", details.medium.id());
    form.set("unit_of", &details.unit);
    form.set("papers", &details.papers.join("\n"));
    let keeper = details.keeper.map(|keeper| keeper.to_string());
    form.set("keeper", &keeper.unwrap_or_default());
    form.set("important", if details.important { "yes" } else { "no" });
    form.set("shelf", &details.place);
    form.set("pieces", &details.pieces.to_string());
    form.set("grade", details.grade.id());
    form.set("note", &details.note);
    form.set("web", &details.web);
    form.set("credit", &details.credit);
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
                which: pieces(form)?,
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
            which: Vec::new(),
            state: by_id(PieceState::ALL, PieceState::id, form.value("piece_state"))
                .unwrap_or_default(),
        }),
        _ => file(form),
    }
}

/// The pieces that are named in a form: `2, 4-6`.
pub fn pieces(form: &Form) -> Result<Vec<u32>, Problem> {
    let typed = clean::half_width(form.value("which"));
    let unread = || {
        Problem::new("not-pieces")
            .field("which")
            .arg("value", typed.trim())
    };
    let parts = typed.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '、'));
    let mut pieces = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let number = |text: &str| text.parse::<u32>().map_err(|_| unread());
        let (from, to) = (number(from)?, number(to)?);
        if to.saturating_sub(from) > MOST_PIECES {
            return Err(unread());
        }
        pieces.extend(from..=to);
    }
    Ok(pieces)
}

fn file(form: &Form) -> Result<Command, Problem> {
    let words = |name: &str| form.value(name).to_owned();
    let before: FileDetails = base(form);
    let papers = form
        .value("papers")
        .lines()
        .map(|name| name.trim().to_owned());
    let details = FileDetails {
        title: words("title"),
        class: words("class"),
        customer: chosen_number(form, "customer"),
        person: words("person"),
        phone: words("phone"),
        plate: words("plate"),
        vin: words("vin"),
        sort: by_id(FileSort::ALL, FileSort::id, form.value("sort")).unwrap_or(before.sort),
        medium: by_id(Medium::ALL, Medium::id, form.value("medium")).unwrap_or_default(),
        unit: words("unit_of"),
        papers: papers.filter(|name| !name.is_empty()).collect(),
        keeper: chosen_number(form, "keeper"),
        important: form.value("important") == "yes",
        place: words("shelf"),
        pieces: count(form, "pieces")?,
        grade: by_id(Grade::ALL, Grade::id, form.value("grade")).unwrap_or_default(),
        note: words("note"),
        web: words("web"),
        credit: words("credit"),
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
