//! The form of the first start: its keys, and what is said when it cannot be saved.

use super::App;
use super::actions::Done;
use super::effect::Origin;
use super::form::{FieldKind, Flow};
use super::forms;
use super::popup::Popup;
use super::saving::mark_problems;
use crate::desk::contract::Failure;
use crate::keys::Action;

impl App {
    /// An action in the form of the first start.
    pub(crate) fn welcome_action(&mut self, action: Action) {
        let Some(Popup::Welcome(form)) = self.popups.last_mut() else {
            return;
        };
        if let Some(field) = form.focused_mut()
            && let FieldKind::Choice(options) = &field.kind
            && let Some(value) = options.find(field.edit.value(), &self.facts)
        {
            field.set(&value);
        }
        match form.act(action) {
            Flow::Save | Flow::SaveAndNew => {
                let sample = form.value("sample") == "yes";
                let command = forms::welcome::command(form, &self.facts);
                self.change(command, Origin::Welcome { sample }, Vec::new());
            }
            Flow::Unknown => match action {
                Action::SwitchLanguage | Action::Quit | Action::Redraw => {
                    if let Done::No(reason) = self.run(action) {
                        self.complain(reason);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// The first start failed: said in the form.
    pub(crate) fn welcome_failed(&mut self, failure: &Failure) {
        let said = self.facts.texts.failure(failure);
        if let Some(Popup::Welcome(form)) = self.popups.last_mut() {
            if let Failure::Refused(refusal) = failure {
                let first = mark_problems(form, &refusal.problems, &self.facts);
                if let Some(first) = first {
                    form.go_to(&first);
                }
            } else {
                form.error = said.first().map(crate::locale::Said::line);
            }
        }
    }
}
