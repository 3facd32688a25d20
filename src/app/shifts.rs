//! What one shift leaves to the next: hints that whoever calls is told, and the hand-over that whoever
//! signs in takes over.

use super::App;
use super::describe_shift::in_brief;
use super::drafts::{Draft, DraftId};
use super::effect::{Effect, Origin, Tag};
use super::form::Form;
use super::forms::FormId;
use super::popup::Then;
use crate::desk::contract::{At, Command, Query, RecordVersion};
use crate::domain::hint::Hint;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::shift::{BegunForm, ShiftSheet, ShiftStep};

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

    /// Puts into a hand-over that is saved what is begun and not saved now: what waits among the drafts, and
    /// what is open in other panes as it stands there.
    pub(super) fn fill_hand_over(&mut self, tab: Tab) {
        let is_it = |form: &Form| form.id == FormId::HandOverShift;
        let form = self.pane_of(tab).and_then(|pane| pane.form.as_ref());
        if !form.is_some_and(is_it) {
            return;
        }
        let open: Vec<Draft> = self.open_drafts();
        let waits = self.drafts.iter().filter(|draft| {
            let is_open = open.iter().any(|it| it.id == draft.id);
            draft.form != FormId::HandOverShift && !is_open
        });
        self.handing = waits.chain(&open).map(|it| (it.id, begun(it))).collect();
        let begun: Vec<&BegunForm> = self.handing.iter().map(|(_, begun)| begun).collect();
        let json = serde_json::to_string(&begun).unwrap_or_default();
        if let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.as_mut()) {
            form.set("drafts", &json);
        }
    }

    /// What is typed in the forms that are open, but for a hand-over.
    fn open_drafts(&self) -> Vec<Draft> {
        let now = self.facts.now;
        let forms = self.panes.iter().filter_map(|pane| pane.form.as_ref());
        let typed = forms
            .filter(|form| form.changed && !form.id.is_popup() && form.id != FormId::HandOverShift);
        typed.map(|form| form.draft(now)).collect()
    }

    /// What was handed over is no longer among the drafts, nor in a form that is open; what was typed on
    /// meanwhile stays.
    fn give_away(&mut self) {
        let open = self.open_drafts();
        for (id, handed) in std::mem::take(&mut self.handing) {
            let typed_on = open.iter().any(|it| it.id == id && begun(it) != handed);
            if typed_on {
                continue;
            }
            for pane in &mut self.panes {
                pane.form.take_if(|form| form.draft == id);
            }
            self.effects.push(Effect::DropDraft(id));
        }
        self.load_drafts();
    }

    /// A hand-over was saved: what was begun belongs to the sheet, or to whoever took it over.
    pub(super) fn shift_saved(&mut self, record: &Record) {
        match record {
            Record::Hint(_) => self.look_at_hand(),
            Record::ShiftSheet(sheet) if sheet.is_open() => {
                self.give_away();
            }
            Record::ShiftSheet(sheet) if sheet.ended.is_some_and(|(by, _)| by == self.me) => {
                self.bring_begun(sheet.meta.number);
            }
            _ => {}
        }
    }

    /// Asks for the begun forms of a sheet that was taken over or back: they stand in the version before. So
    /// they are there also where the line was lost before the answer came.
    pub(super) fn bring_begun(&mut self, sheet: Number) {
        self.look(Tag::Begun(sheet), Query::History(sheet));
    }

    /// The versions of a sheet have come: what was begun goes on with whoever took it over. What is among
    /// the drafts already is not brought twice.
    pub(super) fn keep_begun(&mut self, versions: &[RecordVersion]) {
        let at = self.facts.now;
        let sheets = versions.iter().map(|version| &version.record);
        let waited = sheets.filter_map(|record| match record {
            Record::ShiftSheet(sheet) if sheet.is_open() => Some(sheet),
            _ => None,
        });
        let begun_forms = waited.take(1).flat_map(|sheet| &sheet.details.drafts);
        let mut known: Vec<BegunForm> = self.drafts.iter().map(begun).collect();
        known.extend(self.open_drafts().iter().map(begun));
        for begun in begun_forms {
            if known.contains(begun) {
                continue;
            }
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
