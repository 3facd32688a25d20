//! Archive files, loans and entries in files as earlier schemas wrote them.

use serde::Deserialize;

use crate::domain::archive::{ArchiveFile, FileDetails, Grade};
use crate::domain::context::Meta;
use crate::domain::loan::{CheckedIn, Loan, LoanDetails, LoanRule};
use crate::domain::number::Number;
use crate::domain::profile::Words;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::transaction::{Transaction, TransactionDetails, TransactionSort};

/// What was entered of an archive file up to schema 5: without what it is about and kept on, its
/// pieces' names, its keeper and its importance.
#[derive(Deserialize)]
struct FileDetailsOf5 {
    title: String,
    class: String,
    customer: Option<Number>,
    person: String,
    phone: String,
    plate: String,
    place: String,
    pieces: u32,
    grade: Grade,
    note: String,
    external: String,
}

/// An archive file up to schema 5: without its custody.
#[derive(Deserialize)]
pub(super) struct FileOf5 {
    meta: Meta,
    details: FileDetailsOf5,
    filed_on: Day,
    loan: Option<Number>,
}

impl From<FileOf5> for ArchiveFile {
    fn from(old: FileOf5) -> Self {
        let details = old.details;
        Self {
            meta: old.meta,
            details: FileDetails {
                title: details.title,
                class: details.class,
                customer: details.customer,
                person: details.person,
                phone: details.phone,
                plate: details.plate,
                place: details.place,
                pieces: details.pieces,
                grade: details.grade,
                note: details.note,
                external: details.external,
                ..FileDetails::default()
            },
            filed_on: old.filed_on,
            loan: old.loan,
            custody: Box::default(),
        }
    }
}

/// What is entered of a loan up to schema 5: without the pieces by number.
#[derive(Deserialize)]
struct LoanDetailsOf5 {
    borrower: String,
    unit: String,
    phone: String,
    copies: u32,
    reason: String,
    due: Option<Day>,
}

impl From<LoanDetailsOf5> for LoanDetails {
    fn from(old: LoanDetailsOf5) -> Self {
        Self {
            borrower: old.borrower,
            unit: old.unit,
            phone: old.phone,
            copies: old.copies,
            reason: old.reason,
            due: old.due,
            which: Vec::new(),
        }
    }
}

/// A loan up to schema 5: without its course.
#[derive(Deserialize)]
pub(super) struct LoanOf5 {
    meta: Meta,
    file: Number,
    title: String,
    details: LoanDetailsOf5,
    lent_at: Stamp,
    due: Day,
    provisional: bool,
    rule: LoanRule,
    pieces_back: u32,
    checked_in: Option<CheckedIn>,
}

impl From<LoanOf5> for Loan {
    fn from(old: LoanOf5) -> Self {
        Self {
            meta: old.meta,
            file: old.file,
            title: old.title,
            details: old.details.into(),
            lent_at: old.lent_at,
            due: old.due,
            provisional: old.provisional,
            rule: old.rule,
            pieces_back: old.pieces_back,
            checked_in: old.checked_in,
            course: Box::default(),
        }
    }
}

/// An entry in a customer's file up to schema 6: without what was granted with it.
#[derive(Deserialize)]
pub(super) struct TransactionOf6 {
    meta: Meta,
    details: TransactionDetailsOf8,
    customer: Option<Number>,
    grade: Grade,
}

impl From<TransactionOf6> for Transaction {
    fn from(old: TransactionOf6) -> Self {
        Self {
            meta: old.meta,
            details: old.details.of(old.customer),
            grade: old.grade,
            discount: None,
            terms: None,
        }
    }
}

/// What was entered in a customer's file up to schema 8, when there were entries in files alone.
#[derive(Deserialize)]
struct TransactionDetailsOf8 {
    file: Option<Number>,
    sort: TransactionSort,
    on: Option<Day>,
    text: String,
    amount: Option<u64>,
    salesperson: String,
}

impl TransactionDetailsOf8 {
    fn of(self, customer: Option<Number>) -> TransactionDetails {
        TransactionDetails {
            customer,
            file: self.file,
            sort: self.sort,
            on: self.on,
            text: self.text,
            amount: self.amount,
            salesperson: self.salesperson,
        }
    }
}

/// An entry in a customer's file up to schema 8.
#[derive(Deserialize)]
pub(super) struct TransactionOf8 {
    meta: Meta,
    details: TransactionDetailsOf8,
    customer: Option<Number>,
    grade: Grade,
    discount: Option<u64>,
    terms: Option<Words>,
}

impl From<TransactionOf8> for Transaction {
    fn from(old: TransactionOf8) -> Self {
        Self {
            meta: old.meta,
            details: old.details.of(old.customer),
            grade: old.grade,
            discount: old.discount,
            terms: old.terms,
        }
    }
}
