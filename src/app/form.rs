//! A form: fields with values, a focus, errors beside the fields. One form widget draws them all.
//!
//! A form knows how it is filled in, not what it is for: `forms` says which fields each one has
//! and which command it makes.

use super::choices::Options;
use super::drafts::{Draft, DraftId};
pub use super::field::{Field, FieldKind};
use super::forms::{self, FormId};
use super::news::Overtaken;
use crate::desk::contract::At;
use crate::domain::customer::Customer;
use crate::domain::number::Number;
use crate::domain::refusal::Assent;
use crate::domain::stamp::Stamp;
use crate::keys::Action;
use crate::text::edit::Edit;

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
    /// The last customer is wanted.
    LastCustomer,
    /// The sentences of the house are wanted.
    Phrases,
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
    /// The record was changed meanwhile.
    pub overtaken: Option<Overtaken>,
    /// What is wrong with all of it.
    pub error: Option<String>,
    /// The complaints it is about at once, where several were marked.
    pub marked: Vec<Number>,
    /// Questions that were answered while it is open.
    pub assents: Vec<Assent>,
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
            overtaken: None,
            error: None,
            marked: Vec::new(),
            assents: Vec::new(),
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

    /// Offers only some of a field's values.
    pub fn offer(&mut self, name: &str, ids: Vec<&'static str>) {
        if let Some(field) = self.field_mut(name)
            && let FieldKind::Choice(Options::Named(_, offered)) = &mut field.kind
        {
            *offered = ids;
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

    /// Takes a secret out: it stays in no field, nor in what could be undone there.
    pub fn take_secret(&mut self, name: &str) -> String {
        let Some(field) = self.field_mut(name) else {
            return String::new();
        };
        let typed = field.value().to_owned();
        field.set("");
        typed
    }

    /// Says what is wrong with a field and goes there.
    pub fn fail(&mut self, name: &str, text: String) {
        if let Some(field) = self.field_mut(name) {
            field.error = Some(text);
        }
        self.go_to(name);
    }

    /// Types or pastes into the field with the focus. Returns whether it took the text.
    pub fn type_in(&mut self, text: &str) -> bool {
        let Some(field) = self.focused_mut() else {
            return false;
        };
        if field.choose_by_place(text) {
            self.changed = true;
            // What is asked for next may follow from the choice.
            forms::adjust(self);
            self.move_focus(1);
            return true;
        }
        field.type_in(text);
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
            Action::LastCustomer => return Flow::LastCustomer,
            Action::Phrases => return Flow::Phrases,
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
                field.cut = None;
                self.changed = true;
                return Flow::Changed;
            }
            Action::LineUp if !(is_note && field.edit.up(width)) => return self.then_move(-1),
            Action::LineDown if !(is_note && field.edit.down(width)) => return self.then_move(1),
            // Of a caller who is known only the request itself is missing (A01-11).
            Action::NewLine if !is_note && self.id.channel().is_some() => {
                let known = !self.value("customer").is_empty();
                let head = matches!(self.focused().map(|it| it.name), Some("phone" | "caller"));
                if known && head {
                    self.go_to("text");
                    return Flow::Moved;
                }
                return self.then_move(1);
            }
            Action::NewLine if !is_note => return self.then_move(1),
            Action::LineUp | Action::LineDown => {}
            Action::NewLine => field.type_in("\n"),
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
            field.cut = field.cut.filter(|_| action == Action::NewLine);
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
        let filled = self.fields.iter().filter_map(|field| {
            let was = field.was.as_ref()?;
            (was != field.value()).then(|| (field.name.to_owned(), was.clone()))
        });
        Draft {
            id: self.draft,
            form: self.id,
            about: self.about,
            filled: self.about.map(|_| filled.collect()),
            fields,
            at,
        }
    }

    /// Puts in what was kept.
    pub fn restore(&mut self, draft: &Draft) {
        self.draft = draft.id;
        self.about = draft.about;
        let value = |values: &[(String, String)], name: &str| {
            let found = values.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone())
        };
        for field in &mut self.fields {
            let kept = value(&draft.fields, field.name);
            // A form about a record was filled before: what is not kept was emptied since.
            match (&draft.filled, kept) {
                (Some(filled), kept) => {
                    field.set(&kept.unwrap_or_default());
                    let was = value(filled, field.name);
                    field.was = Some(was.unwrap_or_else(|| field.value().to_owned()));
                }
                (None, kept) => {
                    if let Some(kept) = kept {
                        field.set(&kept);
                    }
                    field.was = None;
                }
            }
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
