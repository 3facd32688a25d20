//! Forms on paper as they are put together: which a record has, what has to be asked for each, and
//! the whole as one file.

use std::io;

use super::forms::{self, Form, PaperFormat};
use super::labels::{self, Face};
use super::quarterly::Words;
use super::{Document, card, certificate, file_index, html, leasing, profiles, table, text};
use crate::desk::contract::{Query, Row};
use crate::domain::filing::{IndexBy, IndexLine};
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Procedure;
use crate::domain::record::Record;
use crate::domain::stamp::{Day, Stamp};

impl Form {
    /// The forms that there are of a kind of record, the usual one first.
    pub const fn of(kind: Kind, procedure: Procedure) -> &'static [Self] {
        match (kind, procedure) {
            (Kind::Intake, _) => &[Self::Register],
            (Kind::Complaint, Procedure::Dealership) => &[Self::Handling, Self::Slip],
            (Kind::Complaint, Procedure::Property) => &[Self::Slip, Self::Handling],
            (Kind::File, _) => &[Self::Labels, Self::PieceLabels, Self::FileIndex],
            (Kind::Customer, _) => &[Self::Card],
            (Kind::Destruction, _) => &[Self::Certificate],
            (Kind::Dossier, _) => &[Self::Dossier],
            (Kind::Registration, _) => &[Self::Registrations, Self::FileForm],
            _ => &[],
        }
    }

    /// What is asked for to print it of a record. A label says no more than a list does, so that it
    /// can be printed by whoever sees the file there; everything else is a copy.
    pub const fn query(self, number: Number) -> Query {
        match self {
            Self::Labels | Self::PieceLabels => Query::Preview(number),
            _ => Query::Print(number),
        }
    }

    /// Whether it is of a day, and not of a record.
    pub const fn is_of_day(self) -> bool {
        matches!(self, Self::Register | Self::Registrations)
    }

    /// What is asked for to print it of a day.
    pub const fn of_day(self, day: Day) -> Query {
        match self {
            Self::Registrations => Query::PrintForms(day),
            _ => Query::PrintDay(day),
        }
    }

    /// As what it can be laid out. Only what is a table can be one for other programs.
    pub const fn formats(self) -> &'static [PaperFormat] {
        match self {
            Self::Register | Self::Registrations | Self::FileIndex => PaperFormat::ALL,
            _ => &[PaperFormat::Html, PaperFormat::Text],
        }
    }

    const fn is_label(self) -> bool {
        matches!(self, Self::Labels | Self::PieceLabels)
    }
}

/// Forms of one sort, put together.
#[derive(Debug)]
pub struct Papers {
    form: Form,
    documents: Vec<Document>,
    faces: Vec<Face>,
}

impl Papers {
    /// Nothing yet.
    pub const fn new(form: Form) -> Self {
        Self {
            form,
            documents: Vec::new(),
            faces: Vec::new(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.documents.len() + self.faces.len()
    }

    /// The register of a day with its rows (A13-c2), or its registration forms (A12-f2).
    pub fn add_day(&mut self, day: Day, rows: &[Row], words: Words) {
        self.documents.push(match self.form {
            Form::Registrations => leasing::registrations(day, rows, words),
            _ => forms::register(day, rows, words),
        });
    }

    /// The index of files (A11-06).
    pub fn add_index(&mut self, lines: Vec<IndexLine>, by: IndexBy, at: Stamp, words: Words) {
        self.documents
            .push(file_index::document(lines, by, at, words));
    }

    /// The form of a record; whether it has one.
    pub fn add(&mut self, row: &Row, words: Words) -> bool {
        match (self.form, &row.record) {
            (Form::Labels, Record::File(file)) => self.faces.push(labels::of_file(file, words)),
            (Form::PieceLabels, Record::File(file)) => {
                self.faces.extend(labels::of_pieces(file, words));
            }
            (form, _) => {
                let document = match form {
                    Form::Certificate => certificate::certificate(row, words),
                    Form::FileForm => leasing::file_form(row, words),
                    Form::Card => card::card(row, words),
                    Form::Dossier => profiles::paper(row, words),
                    Form::Slip | Form::Handling => forms::complaint(form, row, words),
                    _ => None,
                };
                let there = document.is_some();
                self.documents.extend(document);
                return there;
            }
        }
        true
    }

    /// All of them as one file. `blocks` says whether a text may have block characters.
    ///
    /// # Errors
    /// When a workbook cannot be put together.
    pub fn finished(&self, format: PaperFormat, blocks: bool, words: Words) -> io::Result<Vec<u8>> {
        Ok(match format {
            PaperFormat::Xlsx => table::workbook(&self.documents)?,
            PaperFormat::Csv => self
                .documents
                .iter()
                .map(table::rows)
                .collect::<String>()
                .into(),
            PaperFormat::Html => self.page(words).into(),
            PaperFormat::Text => self.text(blocks).into(),
        })
    }

    fn page(&self, words: Words) -> String {
        let lang = words.texts.lang();
        if self.form.is_label() {
            let sheet = &words.profile.archive.labels;
            let title = words.t("print-labels");
            let sheets = labels::sheets(&self.faces, sheet);
            return html::page(&title, &labels::style(sheet), &sheets, lang);
        }
        html::pages(&self.documents, lang)
    }

    fn text(&self, blocks: bool) -> String {
        if self.form.is_label() {
            return labels::text(&self.faces);
        }
        // A form feed ends the page on a printer.
        let texts = self.documents.iter().map(|it| text::text(it, blocks));
        texts.collect::<Vec<String>>().join("\u{c}")
    }
}
