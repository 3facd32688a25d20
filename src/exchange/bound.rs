//! A map whose columns were found in a file: the text of each field in each row.

use std::collections::BTreeMap;

use super::defuse::restored;
use super::mapping::Source;
use super::moments::{Evidence, Order, evidence};
use super::sheet::Sheet;
use crate::domain::number::Kind;
use crate::domain::refusal::Problem;

/// The fields that are points in time.
const TIMES: &[&str] = &[
    "started_at",
    "ended_at",
    "made_at",
    "answered_at",
    "lent_at",
    "returned_at",
    "due",
];

/// A map whose columns were found in a file.
#[derive(Debug, Clone)]
pub struct Bound {
    /// What the rows become.
    pub kind: Kind,
    fields: BTreeMap<String, BoundField>,
}

/// A field with the places of its columns.
#[derive(Debug, Clone)]
pub(super) struct BoundField {
    pub(super) places: Vec<usize>,
    pub(super) source: Source,
    /// What stands first in a date of two numbers and a year, once the column has shown it.
    pub(super) order: Option<Order>,
}

/// The text of a field in one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filled {
    /// The text, with the map's table of values applied.
    pub text: String,
    /// Whether the map said what the text stands for, so that it is an id and no word.
    pub mapped: bool,
}

impl Bound {
    pub(super) fn new(kind: Kind, fields: BTreeMap<String, BoundField>) -> Self {
        Self { kind, fields }
    }

    /// The columns of a file that no field takes.
    pub fn left_over<'a>(&self, headers: &'a [String]) -> Vec<&'a str> {
        let taken = |place: usize| self.fields.values().any(|it| it.places.contains(&place));
        let named = headers.iter().enumerate();
        named
            .filter(|(place, header)| !header.is_empty() && !taken(*place))
            .map(|(_, header)| header.as_str())
            .collect()
    }

    /// Whether the map fills a field.
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// The place of the first column a field comes from.
    pub fn place(&self, field: &str) -> Option<usize> {
        self.fields.get(field)?.places.first().copied()
    }

    /// How points in time are written in a field.
    pub fn formats(&self, field: &str) -> &[String] {
        self.fields
            .get(field)
            .map_or(&[], |field| field.source.formats.as_slice())
    }

    /// What stands first in a date of this field.
    pub fn order(&self, field: &str) -> Option<Order> {
        self.fields.get(field)?.order
    }

    /// Goes through a sheet to see whether day or month stands first in its dates. A column in which
    /// some show the one and some the other is left alone: each unclear cell is refused.
    ///
    /// # Errors
    /// `map-day-or-month` with a cell, where no cell of a column shows it.
    pub fn settle(&mut self, sheet: &Sheet) -> Result<(), Problem> {
        let asked: Vec<&str> = TIMES
            .iter()
            .copied()
            .filter(|field| self.has(field) && self.formats(field).is_empty())
            .collect();
        let mut seen = vec![(false, false, None); asked.len()];
        if asked.is_empty() {
            return Ok(());
        }
        for cells in sheet.rows().filter_map(|row| row.cells.ok()) {
            for (field, (day, month, open)) in asked.iter().zip(&mut seen) {
                let text = self.text(field, &cells).text;
                match evidence(&text) {
                    Some(Evidence::Shows(Order::DayFirst)) => *day = true,
                    Some(Evidence::Shows(Order::MonthFirst)) => *month = true,
                    Some(Evidence::Open) if open.is_none() => *open = Some(text),
                    _ => {}
                }
            }
        }
        for (field, seen) in asked.into_iter().zip(seen) {
            let order = match seen {
                (true, false, _) => Some(Order::DayFirst),
                (false, true, _) => Some(Order::MonthFirst),
                (false, false, Some(cell)) => {
                    let problem = Problem::new("map-day-or-month").field(field);
                    return Err(problem.arg("value", cell));
                }
                _ => None,
            };
            if let Some(field) = self.fields.get_mut(field) {
                field.order = order;
            }
        }
        Ok(())
    }

    /// The text of a field in a row; empty for a field that is not filled.
    pub fn text(&self, field: &str, cells: &[String]) -> Filled {
        let Some(BoundField { places, source, .. }) = self.fields.get(field) else {
            return Filled::default();
        };
        let parts: Vec<&str> = places
            .iter()
            .filter_map(|place| cells.get(*place))
            .map(|cell| restored(cell).trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let text = parts.join(source.join.as_deref().unwrap_or(" "));
        let mapped = source.values.get(&text).or_else(|| {
            source
                .otherwise
                .as_ref()
                .filter(|_| !source.values.contains_key(&text))
        });
        match mapped {
            None if !text.is_empty() && source.prefix.is_some() => Filled {
                text: format!("{}{text}", source.prefix.as_deref().unwrap_or_default()),
                mapped: false,
            },
            Some(id) => Filled {
                text: id.clone(),
                mapped: true,
            },
            None if text.is_empty() => Filled {
                text: source.constant.clone().unwrap_or_default(),
                mapped: false,
            },
            None => Filled {
                text,
                mapped: false,
            },
        }
    }

    /// Field and columns in words for a person: what was understood of the file.
    pub fn understood(&self) -> Vec<(String, String)> {
        let told = |field: &BoundField| {
            let columns: Vec<&str> = field
                .source
                .column
                .iter()
                .chain(&field.source.columns)
                .map(String::as_str)
                .collect();
            match (&field.source.constant, columns.is_empty()) {
                (Some(constant), true) => format!("= {constant}"),
                _ => columns.join(" + "),
            }
        };
        self.fields
            .iter()
            .map(|(name, field)| (name.clone(), told(field)))
            .collect()
    }
}
