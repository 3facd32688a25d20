//! A form whose record somebody else changed meanwhile: field by field, which value to go on
//! with. Nothing is saved by choosing.
//!
//! Three values are compared: what the form was filled with, what is typed, and what the record
//! holds now. A field that only the other changed is taken over and shown; one that only the
//! operator changed stays; where both did, the operator chooses.

use std::cell::Cell;

use super::App;
use super::effect::Tag;
use super::form::{Field, FieldKind, Form};
use super::forms::{self, FormId};
use super::popup::{Popup, Scroll};
use super::profiling::Wanted;
use crate::desk::contract::Query;
use crate::domain::mask;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::keys::Action;
use crate::text::diff::{self, Piece};

/// A form whose record has changed since.
#[derive(Debug)]
pub struct Conflict {
    /// The record as it is now.
    pub present: Box<Record>,
    /// The form as it would be filled with it.
    pub now: Box<Form>,
    /// The fields to choose for, then those taken over.
    pub fields: Vec<Difference>,
    /// The field that is looked at.
    pub selected: usize,
    /// How far its text is scrolled.
    pub scroll: Scroll,
    /// The text was not drawn yet: it is to begin near what differs.
    pub fresh: Cell<bool>,
    /// The pane of the form.
    tab: Tab,
}

/// A field that differs.
#[derive(Debug)]
pub struct Difference {
    /// Its name.
    pub name: &'static str,
    /// What is typed, as a person reads it.
    pub mine: String,
    /// What the record holds now.
    pub theirs: String,
    /// Both, piece by piece.
    pub pieces: Vec<Piece>,
    /// Which of them is gone on with.
    pub choice: Choice,
}

/// Which value is gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// What is typed.
    Mine,
    /// What the record holds now.
    Theirs,
    /// What the record holds now: nothing else was typed.
    TakenOver,
}

impl Choice {
    /// Whether it is the operator’s to make.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::TakenOver)
    }
}

impl Conflict {
    /// An action in the popup; those that close it are not for here.
    pub(crate) fn act(&mut self, action: Action, step: isize) {
        match action {
            Action::Up | Action::Down => {
                let last = self.fields.len().saturating_sub(1);
                self.selected = self.selected.saturating_add_signed(step).min(last);
                self.fresh.set(true);
            }
            Action::TakeMine | Action::CaretLeft => self.choose(Choice::Mine),
            Action::TakeTheirs | Action::CaretRight => self.choose(Choice::Theirs),
            Action::AllMine => self.choose_all(Choice::Mine),
            Action::AllTheirs => self.choose_all(Choice::Theirs),
            _ => {
                let scrolled = self.scroll.get().saturating_add_signed(step);
                self.scroll.set(scrolled);
            }
        }
    }

    fn choose(&mut self, choice: Choice) {
        let field = self.fields.get_mut(self.selected);
        if let Some(field) = field.filter(|field| field.choice.is_open()) {
            field.choice = choice;
        }
    }

    fn choose_all(&mut self, choice: Choice) {
        for field in self.fields.iter_mut().filter(|it| it.choice.is_open()) {
            field.choice = choice;
        }
    }
}

impl App {
    /// A form could not be saved because its record is another one by now.
    pub(crate) fn form_stale(&mut self, tab: Tab, present: Box<Record>) {
        let facts = &self.facts;
        let pane = self.panes.iter().find(|pane| pane.tab == tab);
        let Some(form) = pane.and_then(|pane| pane.form.as_ref()) else {
            return;
        };
        if form.id == FormId::KeepDossier {
            // What is on the card and what is in the profile is seen together.
            let customer = form.about.map(|about| about.number);
            let wanted = Tag::Profile(Wanted::Conflict(tab));
            return customer.map_or((), |it| self.look(wanted, Query::Dossier(it)));
        }
        if form
            .about
            .is_some_and(|about| about.number != present.number())
        {
            // The other card of a merge: whoever merges is to see it as it is now.
            let number = present.number();
            let text = facts.tw("merge-card-changed", &[("number", &number)]);
            return self.complain(text);
        }
        let now = forms::about(form.id, &present, facts);
        self.show_conflict(tab, present, now);
    }

    /// Shows what differs between a form and what it would be filled with now.
    pub(crate) fn show_conflict(&mut self, tab: Tab, present: Box<Record>, now: Form) {
        let facts = &self.facts;
        let pane = self.panes.iter().find(|pane| pane.tab == tab);
        let Some(form) = pane.and_then(|pane| pane.form.as_ref()) else {
            return;
        };
        let shown = |field: &Field| super::describe::value_of_field(field, facts);
        let mut fields: Vec<Difference> = form
            .fields
            .iter()
            .filter_map(|mine| {
                let theirs = now.field(mine.name)?;
                let choice = choice(mine, theirs)?;
                let (mine_shown, theirs_shown) = (shown(mine), shown(theirs));
                Some(Difference {
                    name: mine.name,
                    pieces: diff::pieces(&mine_shown, &theirs_shown),
                    mine: mine_shown,
                    theirs: theirs_shown,
                    choice,
                })
            })
            .collect();
        fields.sort_by_key(|field| !field.choice.is_open());
        self.popups.push(Popup::Conflict(Conflict {
            present,
            now: Box::new(now),
            fields,
            selected: 0,
            scroll: Cell::new(0),
            fresh: Cell::new(true),
            tab,
        }));
        self.refresh();
    }

    /// The choice is made: the form goes on with it, on the record as it is now.
    pub(crate) fn conflict_decided(&mut self) {
        let Some(Popup::Conflict(conflict)) = self.popups.pop() else {
            return;
        };
        let tab = conflict.tab;
        let Self { panes, facts, .. } = self;
        let pane = panes.iter_mut().find(|pane| pane.tab == tab);
        let Some(form) = pane.and_then(|pane| pane.form.as_mut()) else {
            return;
        };
        go_on(form, &conflict.now, &conflict.fields);
        let text = facts.t("toast-conflict");
        self.say(text);
        self.keep_draft(tab);
    }
}

/// What is to be done about a field; nothing where the other did not touch it.
fn choice(mine: &Field, theirs: &Field) -> Option<Choice> {
    let is_seen = mine.shown && !matches!(mine.kind, FieldKind::Hidden | FieldKind::Secret);
    // What is masked is no value to go on with.
    let is_hidden = mask::is_masked(theirs.value());
    if !is_seen || is_hidden || mine.value() == theirs.value() {
        return None;
    }
    match &mine.was {
        Some(was) if was == theirs.value() => None,
        Some(was) if was == mine.value() => Some(Choice::TakenOver),
        _ => Some(Choice::Mine),
    }
}

fn go_on(form: &mut Form, now: &Form, fields: &[Difference]) {
    form.about = now.about;
    form.overtaken = None;
    for carried in ["base", "version"] {
        form.set(carried, now.value(carried));
    }
    for field in &now.fields {
        let taken = fields
            .iter()
            .any(|it| it.name == field.name && it.choice != Choice::Mine);
        if taken {
            form.set(field.name, &field.kept());
        }
        if let Some(mine) = form.field_mut(field.name) {
            mine.was.clone_from(&field.was);
        }
    }
    forms::adjust(form);
}
