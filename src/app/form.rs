//! A form: fields with values, a focus, errors beside the fields. One form widget draws them all.
//!
//! A form knows how it is filled in, not what it is for: `forms` says which fields each one has
//! and which command it makes.

use super::choices::Options;
use super::drafts::{Draft, DraftId};
use super::forms::FormId;
use crate::desk::contract::At;
use crate::domain::customer::Customer;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;
use crate::keys::Action;
use crate::text::edit::Edit;

/// The longest name, address or other line, in characters.
const LINE: usize = 200;
/// The longest note, in characters; well under what the store takes in one record.
const NOTE: usize = 4000;
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
    /// Carried along, never seen.
    Hidden,
}

/// One field.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the details of the record, in problems and in locale keys.
    pub name: &'static str,
    /// How it is filled in.
    pub kind: FieldKind,
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
    /// What is wrong with it.
    pub error: Option<String>,
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
            required: false,
            shown: true,
            edit,
            chosen: None,
            chosen_name: String::new(),
            auto: false,
            error: None,
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

    /// Whether a value is searched for while typing, instead of being what is typed.
    pub fn is_search(&self) -> bool {
        matches!(self.kind, FieldKind::Choice(_) | FieldKind::Customer)
    }

    /// The value.
    pub fn value(&self) -> &str {
        if self.is_search() || matches!(self.kind, FieldKind::Hidden) {
            self.chosen.as_deref().unwrap_or_default()
        } else {
            self.edit.value()
        }
    }

    /// Puts a value in.
    pub fn set(&mut self, value: &str) {
        self.error = None;
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
    fn kept(&self) -> String {
        if matches!(self.kind, FieldKind::Customer) && !self.chosen_name.is_empty() {
            format!("{} {}", self.value(), self.chosen_name)
        } else if self.is_search() && self.chosen.is_none() {
            self.edit.value().to_owned()
        } else {
            self.value().to_owned()
        }
    }
}

/// What came of an action in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// The action is not for a form.
    Unknown,
    /// Nothing was changed but perhaps the focus or the caret.
    Moved,
    /// A value changed.
    Changed,
    /// It is to be saved.
    Save,
    /// It is to be saved and another one begun.
    SaveAndNew,
    /// The list of values is wanted.
    Pick,
    /// The last value is wanted.
    Repeat,
    /// It is left.
    Leave,
    /// It is thrown away.
    Discard,
}

/// A form.
#[derive(Debug, Clone)]
pub struct Form {
    /// Which form.
    pub id: FormId,
    /// The record it is about.
    pub about: Option<At>,
    /// The fields.
    pub fields: Vec<Field>,
    /// Place of the field with the focus; one past the last is the save button.
    pub focus: usize,
    /// The draft it is kept in.
    pub draft: DraftId,
    /// Whether anything was typed since it was opened.
    pub changed: bool,
    /// What is wrong with all of it.
    pub error: Option<String>,
    /// Customers found for the lookup field that is being typed in.
    pub hits: Vec<Customer>,
    /// The width of a note as last drawn; the caret moves by these lines.
    pub note_width: std::cell::Cell<usize>,
}

impl Form {
    /// A form with its fields.
    pub fn new(id: FormId, about: Option<At>, fields: Vec<Field>) -> Self {
        let nobody = Number {
            kind: crate::domain::number::Kind::Operator,
            year: 0,
            seq: 0,
        };
        let mut form = Self {
            id,
            about,
            fields,
            focus: 0,
            draft: DraftId {
                operator: nobody,
                key: 0,
            },
            changed: false,
            error: None,
            hits: Vec::new(),
            note_width: std::cell::Cell::new(40),
        };
        if !form.stops(form.focus) {
            form.move_focus(1);
        }
        form
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The same, to change.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// The value of a field; empty where there is no such field or it is not part of the form.
    pub fn value(&self, name: &str) -> &str {
        match self.field(name) {
            Some(field) if field.shown || matches!(field.kind, FieldKind::Hidden) => field.value(),
            _ => "",
        }
    }

    /// Puts a value into a field.
    pub fn set(&mut self, name: &str, value: &str) {
        if let Some(field) = self.field_mut(name) {
            field.set(value);
        }
    }

    /// Shows or hides a field and says whether it is required.
    pub fn demand(&mut self, name: &str, shown: bool, required: bool) {
        if let Some(field) = self.field_mut(name) {
            field.shown = shown;
            field.required = required;
        }
    }

    /// The field with the focus; none on the save button.
    pub fn focused(&self) -> Option<&Field> {
        self.fields.get(self.focus)
    }

    /// The same, to change.
    pub fn focused_mut(&mut self) -> Option<&mut Field> {
        self.fields.get_mut(self.focus)
    }

    /// Whether the focus is on the save button.
    pub fn on_button(&self) -> bool {
        self.focus >= self.fields.len()
    }

    fn stops(&self, place: usize) -> bool {
        self.fields
            .get(place)
            .is_none_or(|field| field.shown && !matches!(field.kind, FieldKind::Hidden))
    }

    fn move_focus(&mut self, by: isize) {
        let places = self.fields.len() + 1;
        for _ in 0..places {
            self.focus = match by {
                1.. => (self.focus + 1) % places,
                _ => self.focus.checked_sub(1).unwrap_or(places - 1),
            };
            if self.stops(self.focus) {
                break;
            }
        }
        self.hits.clear();
    }

    /// Puts the focus on a field.
    pub fn go_to(&mut self, name: &str) {
        if let Some(place) = self.fields.iter().position(|field| field.name == name)
            && self.stops(place)
        {
            self.focus = place;
            self.hits.clear();
        }
    }

    /// Types or pastes into the field with the focus. Returns whether it took the text.
    pub fn type_in(&mut self, text: &str) -> bool {
        let Some(field) = self.focused_mut() else {
            return false;
        };
        field.edit.insert(text);
        field.auto = false;
        field.error = None;
        self.changed = true;
        true
    }

    /// Does what an action says.
    pub fn act(&mut self, action: Action) -> Flow {
        match action {
            Action::Save => return Flow::Save,
            Action::SaveAndNew => return Flow::SaveAndNew,
            Action::Pick => return Flow::Pick,
            Action::RepeatLast => return Flow::Repeat,
            Action::Leave => return Flow::Leave,
            Action::Discard => return Flow::Discard,
            Action::NextField => self.move_focus(1),
            Action::PrevField => self.move_focus(-1),
            Action::NewLine if self.on_button() => return Flow::Save,
            _ => return self.edit_action(action),
        }
        Flow::Moved
    }

    fn edit_action(&mut self, action: Action) -> Flow {
        let width = self.note_width.get().max(1);
        let Some(field) = self.fields.get_mut(self.focus) else {
            return match action {
                Action::LineUp => self.then_move(-1),
                Action::LineDown => self.then_move(1),
                _ => Flow::Unknown,
            };
        };
        let is_note = field.edit.is_note();
        let choosing = field.is_search() && field.edit.is_empty();
        let before = field.edit.value().len();
        match action {
            Action::CaretLeft if choosing => return self.cycle(-1),
            Action::CaretRight if choosing => return self.cycle(1),
            Action::Backspace | Action::Delete | Action::ClearField if choosing => {
                field.chosen = None;
                field.error = None;
                self.changed = true;
                return Flow::Changed;
            }
            Action::LineUp if !(is_note && field.edit.up(width)) => return self.then_move(-1),
            Action::LineDown if !(is_note && field.edit.down(width)) => return self.then_move(1),
            Action::NewLine if !is_note => return self.then_move(1),
            Action::LineUp | Action::LineDown => {}
            Action::NewLine => {
                field.edit.insert("\n");
            }
            _ => {
                if !edit(&mut field.edit, action) {
                    return Flow::Unknown;
                }
            }
        }
        let changes = matches!(
            action,
            Action::Backspace
                | Action::Delete
                | Action::DeleteToEnd
                | Action::ClearField
                | Action::Undo
                | Action::Redo
                | Action::NewLine
        );
        if changes || field.edit.value().len() != before {
            field.error = None;
            field.auto = false;
            self.changed = true;
            return Flow::Changed;
        }
        Flow::Moved
    }

    fn then_move(&mut self, by: isize) -> Flow {
        self.move_focus(by);
        Flow::Moved
    }

    fn cycle(&mut self, by: isize) -> Flow {
        let Some(field) = self.focused_mut() else {
            return Flow::Moved;
        };
        let FieldKind::Choice(options) = &field.kind else {
            return Flow::Moved;
        };
        let Some(next) = options.beside(field.chosen.as_deref(), by) else {
            return Flow::Moved;
        };
        field.chosen = Some(next);
        field.error = None;
        self.changed = true;
        Flow::Changed
    }

    /// What is kept of the form.
    pub fn draft(&self, at: Stamp) -> Draft {
        let fields = self
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), field.kept()))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        Draft {
            id: self.draft,
            form: self.id,
            about: self.about,
            fields,
            at,
        }
    }

    /// Puts in what was kept.
    pub fn restore(&mut self, draft: &Draft) {
        self.draft = draft.id;
        self.about = draft.about;
        for (name, value) in &draft.fields {
            self.set(name, value);
        }
        self.changed = true;
    }
}

/// Does an editing action in a buffer. Returns whether it was one.
pub fn edit(edit: &mut Edit, action: Action) -> bool {
    match action {
        Action::CaretLeft => edit.left(),
        Action::CaretRight => edit.right(),
        Action::WordLeft => edit.word_left(),
        Action::WordRight => edit.word_right(),
        Action::LineStart => edit.home(),
        Action::LineEnd => edit.end(),
        Action::SelectLeft => edit.select_left(),
        Action::SelectRight => edit.select_right(),
        Action::SelectAll => edit.select_all(),
        Action::Backspace => edit.backspace(),
        Action::Delete => edit.delete(),
        Action::DeleteToEnd => edit.delete_to_end(),
        Action::ClearField => edit.clear(),
        Action::Undo => {
            edit.undo();
        }
        Action::Redo => {
            edit.redo();
        }
        _ => return false,
    }
    true
}
