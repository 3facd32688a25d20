//! What one shift leaves to the next: hints that whoever calls is told, and the hand-over that whoever
//! signs in takes over.

use super::App;
use super::describe_shift::in_brief;
use super::drafts::{Draft, DraftId};
use super::effect::{Effect, Origin, Tag};
use super::form::Form;
use super::forms::{self, FormId};
use super::popup::Then;
use crate::desk::contract::{At, Command, Query};
use crate::domain::hint::Hint;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::shift::{BegunForm, ShiftSheet, ShiftState, ShiftStep};

impl App {
    /// Asks for the hints that are shown, and for a hand-over that waits for whoever sits here.
    pub(super) fn look_at_hand(&mut self) {
        if self.facts.not_seen(Kind::Hint).is_none() {
            self.look(Tag::AtHand, Query::AtHand);
        }
    }

    /// What is at hand is known: a hand-over that waits is offered once.
    pub(super) fn took_at_hand(&mut self, hints: Vec<Hint>, sheet: Option<ShiftSheet>) {
        self.dirty |= self.facts.hints != hints;
        self.facts.hints = hints;
        let Some(sheet) = sheet else { return };
        let number = sheet.meta.number;
        if self.offered == Some(number) || !self.popups.is_empty() {
            return;
        }
        self.offered = Some(number);
        let facts = &self.facts;
        let who = facts.operator_name(sheet.meta.created_by);
        let when = facts.when_short(sheet.meta.created_at);
        let said = facts.tw("shift-waits", &[("who", &who), ("when", &when)]);
        let question = vec![said, in_brief(&sheet, facts), facts.t("shift-take-over")];
        let at = At {
            number,
            version: sheet.meta.version,
        };
        self.confirm(question, Then::TakeOverShift(at));
        self.dirty = true;
    }

    /// Takes a hand-over over.
    pub(super) fn take_over_shift(&mut self, at: At) {
        let step = ShiftStep::TakeOverShift {};
        self.change(Command::StepShift { at, step }, Origin::Key, Vec::new());
    }

    /// The form of a hand-over, with what was begun and not saved.
    pub(super) fn hand_over_form(&mut self) -> Form {
        let mut form = forms::blank(FormId::HandOverShift, None, &self.facts);
        let begun: Vec<BegunForm> = self.drafts.iter().map(begun).collect();
        self.handing = self.drafts.iter().map(|draft| draft.id).collect();
        form.set("drafts", &serde_json::to_string(&begun).unwrap_or_default());
        form
    }

    /// A hand-over was saved: what was begun belongs to the sheet, or to whoever took it over.
    pub(super) fn shift_saved(&mut self, record: &Record) {
        match record {
            Record::Hint(_) => self.look_at_hand(),
            Record::ShiftSheet(sheet) if sheet.is_open() => {
                let handed = std::mem::take(&mut self.handing).into_iter();
                self.effects.extend(handed.map(Effect::DropDraft));
                self.load_drafts();
            }
            Record::ShiftSheet(sheet) => {
                let mine = sheet.ended.is_some_and(|(by, _)| by == self.me);
                let theirs = sheet.state == ShiftState::TakenBack;
                if mine || theirs {
                    self.keep_begun(sheet);
                }
            }
            _ => {}
        }
    }

    /// What was begun goes on with whoever took it over.
    fn keep_begun(&mut self, sheet: &ShiftSheet) {
        let at = self.facts.now;
        for begun in &sheet.details.drafts {
            let id = DraftId {
                operator: self.me,
                key: self.next_serial(),
            };
            let form = FormId::ALL.iter().find(|form| form.id() == begun.form);
            let draft = form.map(|form| Draft {
                id,
                form: *form,
                about: begun.about.map(|(number, version)| At { number, version }),
                fields: begun.fields.clone(),
                filled: begun.filled.clone(),
                at,
            });
            self.effects.extend(draft.map(Effect::SaveDraft));
        }
        self.load_drafts();
    }
}

/// A draft as it stands on a sheet.
fn begun(draft: &Draft) -> BegunForm {
    BegunForm {
        form: draft.form.id().to_owned(),
        about: draft.about.map(|at| (at.number, at.version)),
        fields: draft.fields.clone(),
        filled: draft.filled.clone(),
    }
}
