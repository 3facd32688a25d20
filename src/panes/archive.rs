//! The Archive pane: the files, and the loan register with what is out, due and late (A11-20).

use ratatui::style::Style;

use crate::app::commands::out_loan;
use crate::app::describe;
use crate::app::describe_archive::still_out;
use crate::app::describe_leasing;
use crate::app::facts::Facts;
use crate::app::forms::custody::money;
use crate::app::list::List;
use crate::app::pane::Pane;
use crate::desk::contract::{Filter, Row};
use crate::domain::archive::Grade;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::widgets::lines::{Fields, TextLine};
use crate::widgets::table::{Column, column, growing};
use crate::widgets::theme;

/// The columns of the files.
pub const COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("class", 8, 14, 4),
    growing("title", 16, 0),
    column("person", 8, 14, 2),
    column("plate", 8, 8, 7),
    column("shelf", 8, 8, 6),
    column("state", 6, 9, 1),
    column("remarks", 10, 12, 5),
];

/// The columns of the loan register.
pub const LOAN_COLUMNS: &[Column] = &[
    column("number", 13, 13, 4),
    growing("title", 14, 0),
    column("borrower", 8, 14, 1),
    column("copies", 4, 6, 6),
    column("lent_at", 5, 7, 5),
    column("due", 10, 10, 3),
    column("late", 10, 12, 2),
];

/// The columns of the archive's procedures.
pub const PROCEDURE_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("state", 8, 14, 1),
    growing("subject", 14, 0),
    column("who", 8, 12, 4),
    column("created", 5, 7, 5),
    column("deadline", 10, 12, 2),
];

/// The columns of the files that are not sorted yet (A13-a4).
pub const TO_SORT_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("class", 8, 14, 4),
    growing("title", 16, 0),
    column("person", 8, 14, 5),
    column("shelf", 8, 8, 6),
    column("waits", 10, 12, 1),
    column("created_by", 8, 12, 2),
];

/// The columns of the papers that were taken in and are in no file yet (A13-a4).
pub const TO_FILE_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    growing("subject", 14, 0),
    column("who", 8, 12, 2),
    column("waits", 10, 12, 1),
    column("state", 8, 14, 4),
    column("created", 5, 7, 5),
];

/// The columns of the entries in customers' files.
pub const ENTRY_COLUMNS: &[Column] = &[
    column("number", 13, 13, 3),
    column("transaction_sort", 8, 10, 2),
    growing("matter", 14, 0),
    column("amount", 12, 14, 1),
    column("salesperson", 8, 12, 4),
    column("on", 10, 10, 5),
];

/// The columns of a list.
pub fn columns(list: &List) -> &'static [Column] {
    match list.kind {
        Kind::File if list.filter == Filter::ToFile => TO_SORT_COLUMNS,
        Kind::Handover if list.filter == Filter::ToFile => TO_FILE_COLUMNS,
        Kind::File => COLUMNS,
        Kind::Loan => LOAN_COLUMNS,
        Kind::Transaction => ENTRY_COLUMNS,
        _ => PROCEDURE_COLUMNS,
    }
}

/// One cell of a procedure's list.
fn procedure(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    let late = row.days_late > 0;
    let meta = row.record.meta();
    let name = |group: &str, id: &str| facts.texts.name(group, id);
    let (state, subject, who) = match &row.record {
        Record::Handover(it) => (
            name("handover-state", it.state.id()),
            format!("{} {}", it.details.plate, it.details.person),
            it.details.giver.clone(),
        ),
        Record::Access(it) => (
            name("access-state", it.state.id()),
            format!(
                "{} {}",
                name("purpose", it.details.purpose.id()),
                it.details.object
            ),
            it.details.reader.clone(),
        ),
        Record::Inspection(it) => {
            let closed = it.closed.is_some();
            let state = if closed { "closed" } else { "running" };
            (
                name("inspection-state", state),
                name("inspection", it.details.kind.id()),
                facts.operator_name(meta.created_by),
            )
        }
        Record::Incident(it) => (
            name("incident-state", it.state.id()),
            it.details.text.replace('\n', " "),
            it.details.measure_by.clone(),
        ),
        Record::Destruction(it) => (
            name("destruction-state", it.state.id()),
            format!("{} {}", it.file, name("ground", it.ground.id())),
            facts.operator_name(meta.created_by),
        ),
        Record::DayEnd(it) => (
            String::new(),
            it.day.to_string(),
            facts.operator_name(meta.created_by),
        ),
        Record::Task(it) => (
            name("task-state", it.state.id()),
            format!(
                "{} {}",
                facts.department(&it.details.department),
                it.details.text.replace('\n', " ")
            ),
            it.details.owner.clone(),
        ),
        Record::Registration(it) => (
            name("registration-state", it.state.id()),
            format!("{} {}", it.details.name, it.details.phone),
            facts.operator_name(it.owner),
        ),
        Record::DutyShift(it) => (
            String::new(),
            describe_leasing::shift(it, facts),
            facts.operator_name(it.manager),
        ),
        _ => (String::new(), String::new(), String::new()),
    };
    let text = match field {
        "number" => meta.number.to_string(),
        "state" => state,
        "subject" => subject.trim().to_owned(),
        "who" => who,
        "created" => facts.when_short(meta.created_at),
        "waits" => describe::waiting(row, facts),
        _ if late => return (describe::lateness(row, facts), theme::ALARM),
        _ => row.due.map(|due| due.to_string()).unwrap_or_default(),
    };
    (text, theme::PLAIN)
}

/// One cell of a list.
pub fn cell(row: &Row, field: &str, facts: &Facts) -> (String, Style) {
    match &row.record {
        Record::File(file) => {
            let details = &file.details;
            let out = file.loan.is_some();
            let text = match field {
                "number" => file.meta.number.to_string(),
                "class" => facts.class(&details.class),
                "title" => details.title.clone(),
                "person" => details.person.clone(),
                "plate" => details.plate.clone(),
                "shelf" => details.place.clone(),
                "waits" => describe::waiting(row, facts),
                "created_by" => facts.operator_name(file.meta.created_by),
                "state" if file.custody.missing.is_some() => {
                    return (facts.t("file-state-missing"), theme::ALARM);
                }
                "state" => facts.t(if file.left_on().is_some() {
                    "file-state-left"
                } else if out {
                    "file-state-out"
                } else {
                    "file-state-in"
                }),
                _ => remarks(details.grade, &details.note, facts),
            };
            (text, theme::PLAIN)
        }
        Record::Loan(loan) => {
            let open = loan.is_open();
            let text = match field {
                "number" => loan.meta.number.to_string(),
                "title" => loan.title.clone(),
                "borrower" => loan.details.borrower.clone(),
                "copies" => loan.details.copies.to_string(),
                "lent_at" => facts.when_short(loan.lent_at),
                "due" => loan.due.to_string(),
                _ if row.days_late > 0 => return (describe::lateness(row, facts), theme::ALARM),
                _ if open && loan.pieces_back > 0 => {
                    let missing = still_out(loan);
                    facts.tw("loan-state-partly", &[("missing", &missing)])
                }
                _ => facts.t(if open {
                    "loan-state-out"
                } else {
                    "loan-state-back"
                }),
            };
            // A loan that is back is struck out and stays readable.
            (text, if open { theme::PLAIN } else { theme::STRUCK })
        }
        Record::Transaction(entry) => {
            let details = &entry.details;
            let text = match field {
                "number" => entry.meta.number.to_string(),
                "transaction_sort" => facts.texts.name("transaction-sort", details.sort.id()),
                "matter" => details.text.replace('\n', " "),
                "amount" => details.amount.map(money).unwrap_or_default(),
                "salesperson" => details.salesperson.clone(),
                _ => entry.on().to_string(),
            };
            (text, theme::PLAIN)
        }
        _ => procedure(row, field, facts),
    }
}

/// The grade of a file stands in its remarks column as a word.
fn remarks(grade: Grade, note: &str, facts: &Facts) -> String {
    let note = note.replace('\n', " ");
    if grade == Grade::None {
        return note;
    }
    format!("{} {note}", facts.texts.name("grade", grade.id()))
        .trim()
        .to_owned()
}

/// The record beside the list: a file with its loan, a loan with its file.
pub fn detail(row: &Row, pane: &Pane, facts: &Facts, fields: Fields) -> Vec<TextLine> {
    let mut lines = fields(&describe::record(&row.record, &row.names, facts), facts);
    let late = describe::lateness(row, facts);
    if !late.is_empty() {
        lines.insert(0, TextLine::plain(late).styled(theme::ALARM));
    }
    if let (Record::File(_), Some(loan)) = (&row.record, out_loan(row, pane)) {
        let late = loan.days_overdue(facts.today());
        let mut text = facts.tw(
            "loan-brief",
            &[
                ("borrower", &loan.details.borrower),
                ("due", &loan.due),
                ("number", &loan.meta.number),
            ],
        );
        let mut style = theme::PLAIN;
        if late > 0 {
            text = format!("{text} {}", facts.tw("late-by", &[("days", &late)]));
            style = theme::ALARM;
        }
        lines.insert(0, TextLine::plain(text).styled(style));
    }
    if let Record::File(file) = &row.record {
        let below = usize::from(file.loan.is_some()).min(lines.len());
        lines.splice(below..below, waiting(pane, facts));
    }
    lines
}

/// Who waits for a file, the first one first.
fn waiting(pane: &Pane, facts: &Facts) -> Vec<TextLine> {
    let accesses = pane.side.rows.iter().filter_map(|side| match &side.record {
        Record::Access(access) => Some(access),
        _ => None,
    });
    let lines = accesses.enumerate().map(|(place, access)| {
        let details = &access.details;
        let purpose = facts.texts.name("purpose", details.purpose.id());
        let state = facts.texts.name("access-state", access.state.id());
        let who = format!("{} {}", details.reader, details.unit);
        let number = access.meta.number;
        let text = format!("{}. {number}  {who}  {purpose}  {state}", place + 1);
        TextLine::labelled(facts.label("waiting"), text)
    });
    lines.collect()
}
