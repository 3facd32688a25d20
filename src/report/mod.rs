//! What goes on paper: the quarterly complaint analysis, what became of requests, the reports of a month,
//! the index of files and their figures, the printed forms, and labels.
//!
//! A report or form is built once as a [`Document`] of headings, facts, tables and texts, and each way
//! out (`text`, `html`, `table`) only lays that out. Nothing here asks the desk, decides a rule or
//! masks: what comes in is what whoever asks may see.

pub mod campaigns;
mod card;
mod certificate;
mod chart;
pub mod file_index;
pub mod files;
mod fines;
pub mod forms;
pub mod handling;
pub mod html;
mod kin;
mod labels;
pub mod leasing;
pub mod monthly;
mod papers;
mod profiles;
pub mod quarterly;
pub mod requests;
mod surveys;
pub mod table;
pub mod text;

pub use papers::Papers;

use crate::domain::analysis::{Cell, Quarter};
use crate::domain::number::Number;

/// Something to be printed, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name, over everything.
    pub title: String,
    /// A line under the name: of when it is, and whether it is a draft.
    pub subtitle: String,
    /// What stands in it, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The beginning of a section.
    Heading(String),
    /// Running text.
    Text(String),
    /// Names and what stands behind them.
    Facts(Vec<(String, String)>),
    /// Rows and columns.
    Table(Table),
    /// Lines to be signed on, each with its name and the day.
    Signatures(Vec<String>),
}

/// Rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub title: String,
    /// The columns' names; the first is that of the rows' names.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// How its first figure is drawn.
    pub chart: Chart,
}

/// How a table is drawn beside its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chart {
    /// Not at all.
    None,
    /// A bar for each row.
    Bars,
    /// A bar for each row, and the share of it and all above it.
    Pareto,
    /// From row to row: what comes later stands below.
    Trend,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The figures, a column each, with the records behind each where they can be listed.
    pub values: Vec<(Value, Option<Behind>)>,
}

/// The records behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Behind {
    /// The complaints of a quarter that a cell of its analysis counts.
    Complaints(Quarter, Cell),
    /// These, each with a line that tells it from the others.
    Records(Vec<(Number, String)>),
}

impl Row {
    fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            values: Vec::new(),
        }
    }

    fn with(mut self, value: Value) -> Self {
        self.values.push((value, None));
        self
    }

    fn open(mut self, value: Value, quarter: Quarter, cell: &Cell) -> Self {
        let behind = Behind::Complaints(quarter, cell.clone());
        self.values.push((value, Some(behind)));
        self
    }

    /// A count of records that can be listed.
    fn listing(mut self, records: Vec<(Number, String)>) -> Self {
        let count = Value::Count(records.len() as u64);
        let behind = (!records.is_empty()).then_some(Behind::Records(records));
        self.values.push((count, behind));
        self
    }

    /// What a chart draws of it.
    fn drawn(&self) -> u64 {
        self.values
            .iter()
            .find_map(|(value, _)| value.drawn())
            .unwrap_or(0)
    }
}

/// What stands in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// So many.
    Count(u64),
    /// A share in tenths of a percent.
    Share(u32),
    /// A time in minutes, shown in hours.
    Minutes(u32),
    /// Nothing, where the other rows have a figure.
    Blank,
}

impl Value {
    /// As it is shown.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Blank => String::new(),
            Self::Share(tenths) => format!("{}.{}%", tenths / 10, tenths % 10),
            Self::Minutes(minutes) => {
                let tenths = u64::from(*minutes) / 6;
                format!("{}.{}", tenths / 10, tenths % 10)
            }
        }
    }

    fn drawn(&self) -> Option<u64> {
        match self {
            Self::Count(count) => Some(*count),
            _ => None,
        }
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }
}
