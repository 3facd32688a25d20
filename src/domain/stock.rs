//! The stock of the archive over a month: what there was, came in, was handed over for good and was
//! destroyed, class by class, and what is left (A13-a7a).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, Grade, Lack};
use super::context::Context;
use super::destruction::{Destruction, DestructionState};
use super::fines::Month;
use super::number::Number;
use super::stamp::{Day, Stamp};

/// How a file left the stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// Handed over for good.
    HandedOver,
    /// Destroyed.
    Destroyed,
}

/// When a file was part of the stock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its class.
    pub class: String,
    /// The day on which it was filed.
    pub from: Day,
    /// The day on which it left, and how.
    pub until: Option<(Day, Gone)>,
}

impl Held {
    /// A file that the store has.
    pub fn of(file: &ArchiveFile) -> Self {
        Self {
            class: file.details.class.clone(),
            from: file.filed_on,
            until: file.left_on().map(|day| (day, Gone::HandedOver)),
        }
    }

    /// A file of which only the record of its destruction is left; none while it is not destroyed.
    pub fn destroyed(destruction: &Destruction, context: &Context) -> Option<Self> {
        let said = destruction.destroyed.as_ref()?;
        let day = said.at.day(context.profile.utc_offset_minutes);
        (destruction.state == DestructionState::Destroyed).then(|| Self {
            class: destruction.class.clone(),
            from: destruction.filed_on,
            until: Some((day, Gone::Destroyed)),
        })
    }

    fn is_there(&self, at_end_of: Day) -> bool {
        self.from <= at_end_of && self.until.is_none_or(|(day, _)| day > at_end_of)
    }
}

/// The stock of a class, or of all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StockRow {
    /// The class; empty in the sum of all.
    pub class: String,
    /// There when the month began.
    pub opening: u64,
    /// Filed in it.
    pub received: u64,
    /// Handed over for good in it.
    pub handed_over: u64,
    /// Destroyed in it.
    pub destroyed: u64,
    /// There when it ended, counted file by file; today's where it is not over.
    pub closing: u64,
}

impl StockRow {
    /// What has to be there by the four figures before: what the closing stock is held against.
    pub const fn computed(&self) -> u64 {
        (self.opening + self.received).saturating_sub(self.handed_over + self.destroyed)
    }

    fn add(&mut self, held: &Held, (before, last): (Day, Day)) {
        let in_it = |day: Day| day > before && day <= last;
        self.opening += u64::from(held.is_there(before));
        self.received += u64::from(in_it(held.from));
        if let Some((_, gone)) = held.until.filter(|(day, _)| in_it(*day)) {
            match gone {
                Gone::HandedOver => self.handed_over += 1,
                Gone::Destroyed => self.destroyed += 1,
            }
        }
        self.closing += u64::from(held.is_there(last));
    }
}

/// A file that lacks something its site asks for (A03-4.1.2a-1, A11-04b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncompleteFile {
    /// Its number.
    pub number: Number,
    /// Its class.
    pub class: String,
    /// Its name; empty where it is graded.
    pub title: String,
    /// The department whose file it is.
    pub unit: String,
    /// What it lacks.
    pub lacks: Vec<Lack>,
}

/// The stock of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stock {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// By class, in the order of the profile, those that never held anything left out.
    pub rows: Vec<StockRow>,
    /// Of all classes.
    pub total: StockRow,
    /// How many files the archive has now, by its own list; only where the month is not over.
    pub counted: Option<u64>,
    /// The files that are there now and lack something.
    pub incomplete: Vec<IncompleteFile>,
}

/// The files that are there and lack something.
pub fn incomplete(files: &[ArchiveFile], context: &Context) -> Vec<IncompleteFile> {
    let here = files.iter().filter(|file| file.left_on().is_none());
    here.filter_map(|file| {
        let lacks = file.lacks(context.profile);
        let graded = file.details.grade > Grade::None;
        let title = if graded { "" } else { &file.details.title };
        (!lacks.is_empty()).then(|| IncompleteFile {
            number: file.meta.number,
            class: file.details.class.clone(),
            title: title.to_owned(),
            unit: file.details.unit.clone(),
            lacks,
        })
    })
    .collect()
}

/// The stock of a month, by class.
pub fn rows(month: Month, held: &[Held], context: &Context) -> (Vec<StockRow>, StockRow) {
    let before = Day(month.begins().0.pred_opt().unwrap_or_default());
    let last = month.ends().min(context.today()).max(before);
    let mut classes: BTreeMap<&str, StockRow> = BTreeMap::new();
    let mut total = StockRow::default();
    for one in held {
        let row = classes.entry(&one.class).or_insert_with(|| StockRow {
            class: one.class.clone(),
            ..StockRow::default()
        });
        row.add(one, (before, last));
        total.add(one, (before, last));
    }
    let listed = &context.profile.archive.classes;
    let place = |row: &StockRow| listed.iter().position(|class| class.id == row.class);
    let mut rows: Vec<StockRow> = classes.into_values().collect();
    let is_empty = |row: &StockRow| row.opening + row.received + row.closing == 0;
    rows.retain(|row| !is_empty(row));
    rows.sort_by_key(|row| place(row).unwrap_or(usize::MAX));
    (rows, total)
}
