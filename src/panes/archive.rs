//! The Archive pane: the files, and the loan register with what is out, due and late (A11-20).

use ratatui::style::Style;

use super::registers;
use crate::app::commands::out_loan;
use crate::app::describe;
use crate::app::describe_archive::still_out;
use crate::app::facts::Facts;
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
    column("giver", 8, 14, 2),
    column("waits", 10, 12, 1),
    column("state", 8, 14, 4),
    column("created", 5, 7, 5),
];

/// The columns of a list.
pub fn columns(list: &List) -> &'static [Column] {
    match list.kind {
        Kind::File if list.filter == Filter::ToFile => TO_SORT_COLUMNS,
        Kind::Handover if list.filter == Filter::ToFile => TO_FILE_COLUMNS,
        Kind::File => COLUMNS,
        Kind::Loan => LOAN_COLUMNS,
        kind => registers::columns(kind),
    }
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
        _ => registers::cell(row, field, facts),
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
    let mut lines = registers::detail(row, facts, fields);
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
