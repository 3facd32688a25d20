//! A file into the store: which file, what its rows become, which column is which field, a dry run,
//! the run, and what came of it. Here is what is known of it on the way; the file itself stays with
//! the session's worker.

mod choosing;
mod columns;
mod keys;
mod running;
mod taking_back;
mod values;

use std::cell::Cell;
use std::sync::Arc;

use super::App;
use super::job::{Noted, Place, Preview};
use super::popup::{Popup, Scroll};
use crate::domain::adopt::Existing;
use crate::domain::number::Kind;
use crate::exchange::alike::Alike;
use crate::exchange::book::Options;
use crate::exchange::bound::Filled;
use crate::exchange::import::Tally;
use crate::exchange::mapping::{Field, Mapping, fields};
use crate::exchange::words::Words;

/// So much of a list can be looked at on the screen; the file of refused rows has all.
const MOST_LISTED: usize = 1_000;

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Something is still to be chosen, or the file is being read.
    Opening,
    /// Which column is which field.
    Columns,
    /// A dry run.
    Trying,
    /// What the run would bring.
    Tried,
    /// The run.
    Running,
    /// What it brought.
    Done,
}

/// What can be done with a file at a stage, beside what is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Hold the rows against the desk's rules.
    Try,
    /// Take the rows in.
    Run,
    /// Try again, and fill empty fields of what is there.
    Fill,
    /// Try again, and make new records of what is there already.
    New,
    /// Choose the columns again.
    Columns,
    /// The rows that were refused, as a file.
    Rejects,
    /// Take the import back.
    TakeBack,
    /// Nothing more.
    Close,
}

impl Button {
    /// The name in locale keys.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Try => "button-try",
            Self::Run => "button-run",
            Self::Fill => "button-fill",
            Self::New => "button-new",
            Self::Columns => "button-columns",
            Self::Rejects => "button-rejects",
            Self::TakeBack => "button-take-back",
            Self::Close => "button-close",
        }
    }
}

/// A file that is being imported.
#[derive(Debug)]
pub struct Incoming {
    /// Where it is.
    pub from: Place,
    /// What its rows become, once that is chosen.
    pub kind: Option<Kind>,
    /// How far it has come.
    pub stage: Stage,
    /// What is known of it.
    pub preview: Preview,
    /// Which column is which field.
    pub mapping: Option<Mapping>,
    /// Place of the selected field; behind the last are the buttons.
    pub field: usize,
    /// Place of the marked button.
    pub button: usize,
    /// What came of the last run.
    pub tally: Tally,
    /// The rows it refused, those with one reason together.
    pub rejects: Alike,
    /// Rows it took in that a person should look at, the first of them.
    pub noted: Noted,
    /// How far they are scrolled.
    pub scroll: Scroll,
    existing: Existing,
    options: Options,
    words: Option<Arc<Words>>,
}

impl Incoming {
    fn new(from: Place) -> Self {
        Self {
            from,
            kind: None,
            stage: Stage::Opening,
            preview: Preview::default(),
            mapping: None,
            field: 0,
            button: 0,
            tally: Tally::default(),
            rejects: Alike::default(),
            noted: Noted::default(),
            scroll: Cell::new(0),
            existing: Existing::default(),
            options: Options::default(),
            words: None,
        }
    }

    /// The fields that can be filled.
    pub fn fields(&self) -> &'static [Field] {
        self.kind.map_or(&[], fields)
    }

    /// The column that fills a field, in words.
    pub fn column(&self, field: &str) -> Option<String> {
        let source = self.mapping.as_ref()?.fields.get(field)?;
        let columns: Vec<&str> = source
            .column
            .iter()
            .chain(&source.columns)
            .map(String::as_str)
            .collect();
        match &source.constant {
            Some(constant) if columns.is_empty() => Some(format!("= {constant}")),
            _ => Some(columns.join(" + ")),
        }
    }

    /// What a field will be in each of the first rows.
    pub fn samples(&self, field: &str) -> Vec<Filled> {
        let bound = self
            .mapping
            .as_ref()
            .map(|it| it.bind(&self.preview.headers));
        let Some(Ok(bound)) = bound else {
            return Vec::new();
        };
        let rows = self.preview.samples.iter();
        rows.map(|row| bound.text(field, row)).collect()
    }

    /// The columns of the file that fill no field.
    pub fn left_over(&self) -> Vec<&str> {
        let headers = &self.preview.headers;
        let bound = self.mapping.as_ref().and_then(|it| it.bind(headers).ok());
        bound.map_or_else(Vec::new, |bound| bound.left_over(headers))
    }

    /// The required fields that no column fills.
    pub fn missing(&self) -> Vec<&'static str> {
        self.mapping.iter().flat_map(Mapping::missing).collect()
    }

    /// The buttons at this stage.
    pub fn buttons(&self) -> Vec<Button> {
        let refused = !self.rejects.is_empty();
        let all: &[(Button, bool)] = match self.stage {
            Stage::Columns => &[(Button::Try, true)],
            Stage::Tried => &[
                (Button::Run, self.tally.imported + self.tally.filled > 0),
                (Button::Fill, self.may_fill()),
                (Button::New, self.may_double()),
                (Button::Columns, true),
                (Button::Rejects, refused),
            ],
            Stage::Done => &[
                (Button::Close, true),
                (Button::Rejects, refused),
                (
                    Button::TakeBack,
                    self.tally.imported + self.tally.filled > 0,
                ),
            ],
            Stage::Opening | Stage::Trying | Stage::Running => &[],
        };
        let there = all.iter().filter(|(_, there)| *there);
        there.map(|(button, _)| *button).collect()
    }

    /// Its rows become records of a kind: the columns are guessed from their headers.
    fn becomes(&mut self, kind: Kind) {
        let words = self.words.get_or_insert_with(|| Arc::new(Words::new()));
        self.mapping = Some(Mapping::guess(kind, &self.preview.headers, words));
        self.kind = Some(kind);
        self.enter(Stage::Columns);
    }

    /// Whether rows whose customer is there could put something into empty fields.
    fn may_fill(&self) -> bool {
        let passed_over = self.existing == Existing::default() && self.tally.already > 0;
        passed_over && self.kind == Some(Kind::Customer)
    }

    /// Whether rows whose record is there could be made new records all the same.
    fn may_double(&self) -> bool {
        self.existing == Existing::default() && self.tally.already > 0
    }

    fn note(&mut self, noted: Noted) {
        let Noted {
            doubles,
            other_names,
        } = noted;
        let room = MOST_LISTED.saturating_sub(self.noted.doubles.len());
        self.noted.doubles.extend(doubles.into_iter().take(room));
        let room = MOST_LISTED.saturating_sub(self.noted.other_names.len());
        let others = other_names.into_iter().take(room);
        self.noted.other_names.extend(others);
    }

    fn enter(&mut self, stage: Stage) {
        self.stage = stage;
        self.button = 0;
        self.scroll.set(0);
        if stage == Stage::Columns {
            let missing = self.missing();
            let first = self
                .fields()
                .iter()
                .position(|it| missing.contains(&it.name));
            self.field = first.unwrap_or(self.fields().len());
        }
    }
}

impl App {
    fn with_incoming(&mut self, change: impl FnOnce(&mut Incoming)) {
        if let Some(incoming) = &mut self.incoming {
            change(incoming);
        }
    }

    fn close_incoming(&mut self) {
        self.incoming = None;
        self.popups.retain(|it| !matches!(it, Popup::Incoming));
    }
}
