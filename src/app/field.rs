//! One field of a form: how it is filled in, its value, what is wrong with it.

use std::fmt;

use super::choices::Options;
use crate::domain::profile::Words;
use crate::text::edit::Edit;

/// The longest name, address or other line, in characters.
const LINE: usize = 200;
/// The longest note, in characters; well under what the store takes in one record.
const NOTE: usize = 4000;
/// A list of so many values is chosen from by one digit.
const DIGITS: usize = 9;
/// The longest number or date.
const SHORT: usize = 40;

/// How a field is filled in.
#[derive(Debug, Clone)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines, drawn in so many rows.
    Note(u16),
    /// A telephone number.
    Phone,
    /// A day.
    Date,
    /// A count.
    Number,
    /// One of a list.
    Choice(Options),
    /// A customer, found while typing.
    Customer,
    /// What proves who somebody is: typed and never shown, kept or repeated.
    Secret,
    /// Carried along, never seen.
    Hidden,
}

/// What a field of a form asks for of a customer's profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The section of the form.
    pub section: String,
    /// The field of the template.
    pub field: String,
    /// Its part.
    pub part: String,
    /// The row, of several.
    pub row: usize,
    /// The entry of a list that is ticked, where several may be.
    pub tick: Option<String>,
    /// It is asked only while the field of this name is this.
    pub when: Option<(String, String)>,
}

/// One field.
#[derive(Clone)]
pub struct Field {
    /// Its name in the details of the record, in problems and in locale keys.
    pub name: &'static str,
    /// How it is filled in.
    pub kind: FieldKind,
    /// The item of a checklist that it asks about, with its words.
    pub item: Option<(String, Words)>,
    /// What it asks for of a customer's profile.
    pub slot: Option<Box<Slot>>,
    /// Marked as one that may not stay empty.
    pub required: bool,
    /// Whether it is part of the form at present.
    pub shown: bool,
    /// What is typed. In a choice or a lookup: what is being typed in search of a value.
    pub edit: Edit,
    /// The value of a choice, a lookup or a hidden field.
    pub chosen: Option<String>,
    /// The name of a customer who is chosen.
    pub chosen_name: String,
    /// Put in by the desk and not by hand: it goes when its reason goes.
    pub auto: bool,
    /// What is known besides and stands quietly beside the value; no part of it.
    pub beside: String,
    /// What it was filled with, in a form about a record; none where that is not known.
    pub was: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
    /// The limit over which something typed or pasted was left out; none once anything was done to
    /// the field since.
    pub cut: Option<usize>,
}

impl fmt::Debug for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = if self.is_secret() {
            "…"
        } else {
            self.value()
        };
        f.debug_struct("Field")
            .field("name", &self.name)
            .field("shown", &self.shown)
            .field("value", &value)
            .field("error", &self.error)
            .finish_non_exhaustive()
    }
}

impl Field {
    /// An empty field.
    pub fn new(name: &'static str, kind: FieldKind) -> Self {
        let edit = match kind {
            FieldKind::Note(_) => Edit::note(NOTE),
            FieldKind::Phone | FieldKind::Date | FieldKind::Number => Edit::line(SHORT),
            _ => Edit::line(LINE),
        };
        Self {
            name,
            kind,
            item: None,
            slot: None,
            required: false,
            shown: true,
            edit,
            chosen: None,
            chosen_name: String::new(),
            auto: false,
            beside: String::new(),
            was: None,
            error: None,
            cut: None,
        }
    }

    /// One that may not stay empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// With a value already in it.
    #[must_use]
    pub fn with(mut self, value: &str) -> Self {
        self.set(value);
        self
    }

    /// One that is not part of the form at first.
    #[must_use]
    pub fn unseen(mut self) -> Self {
        self.shown = false;
        self
    }

    /// One that asks about an item of a checklist.
    #[must_use]
    pub fn about_item(mut self, item: &str, words: Words) -> Self {
        self.item = Some((item.to_owned(), words));
        self
    }

    /// Whether a value is searched for while typing, instead of being what is typed.
    pub fn is_search(&self) -> bool {
        matches!(self.kind, FieldKind::Choice(_) | FieldKind::Customer)
    }

    /// Whether what is typed is never shown.
    pub const fn is_secret(&self) -> bool {
        matches!(self.kind, FieldKind::Secret)
    }

    /// The value.
    pub fn value(&self) -> &str {
        if self.is_search() || matches!(self.kind, FieldKind::Hidden) {
            self.chosen.as_deref().unwrap_or_default()
        } else {
            self.edit.value()
        }
    }

    /// Types or pastes a text, and notes whether all of it went in.
    pub fn type_in(&mut self, text: &str) {
        let whole = self.edit.insert(text);
        self.cut = (!whole).then(|| self.edit.most());
    }

    /// Takes a digit as the place of a value in a short list. Returns whether it was one.
    pub fn choose_by_place(&mut self, text: &str) -> bool {
        let FieldKind::Choice(options) = &self.kind else {
            return false;
        };
        let ids = options.ids();
        let place: Option<usize> = text.parse().ok();
        let id = place.and_then(|place| ids.get(place.checked_sub(1)?));
        let Some(id) = id.filter(|_| self.edit.is_empty() && ids.len() <= DIGITS) else {
            return false;
        };
        let id = (*id).to_owned();
        self.set(&id);
        self.auto = false;
        true
    }

    /// Puts a value in.
    pub fn set(&mut self, value: &str) {
        self.error = None;
        self.cut = None;
        if matches!(self.kind, FieldKind::Hidden) {
            self.chosen = (!value.is_empty()).then(|| value.to_owned());
        } else if self.is_search() {
            self.edit.set("");
            let (value, name) = value.split_once(' ').unwrap_or((value, ""));
            self.chosen = (!value.is_empty()).then(|| value.to_owned());
            name.clone_into(&mut self.chosen_name);
        } else {
            self.edit.set(value);
        }
    }

    /// The value as a draft keeps it.
    pub(crate) fn kept(&self) -> String {
        if self.is_secret() {
            String::new()
        } else if matches!(self.kind, FieldKind::Customer) && !self.chosen_name.is_empty() {
            format!("{} {}", self.value(), self.chosen_name)
        } else if self.is_search() && self.chosen.is_none() {
            self.edit.value().to_owned()
        } else {
            self.value().to_owned()
        }
    }
}
