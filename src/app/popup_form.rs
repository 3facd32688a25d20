//! A form that stands over the panes: the first start, the sign-in, a password, deputies. Its
//! keys, what it sends, and what is said in it when that cannot be.

use super::App;
use super::actions::Done;
use super::effect::Origin;
use super::form::{FieldKind, Flow, Form};
use super::forms::seat::{PasswordFault, password_fault};
use super::forms::{self, FormId};
use super::gate::LEAST;
use super::picker::Picker;
use super::popup::Popup;
use super::saving::mark_problems;
use crate::desk::contract::{Command, Failure};
use crate::keys::Action;

impl App {
    /// The form that has the keys, or had them before a list to choose from was opened over it.
    pub(crate) fn form_on_top(&self) -> Option<&Form> {
        let popup = self.popups.iter().rev().find_map(|popup| match popup {
            Popup::Form(form) => Some(&**form),
            _ => None,
        });
        popup.or_else(|| self.pane()?.form.as_ref())
    }

    /// The same, to change.
    pub(crate) fn form_on_top_mut(&mut self) -> Option<&mut Form> {
        let place = self
            .popups
            .iter()
            .rposition(|popup| matches!(popup, Popup::Form(_)));
        if let Some(place) = place {
            return match self.popups.get_mut(place) {
                Some(Popup::Form(form)) => Some(form),
                _ => None,
            };
        }
        self.pane_mut()?.form.as_mut()
    }

    /// An action in the form on top.
    pub(crate) fn popup_form_action(&mut self, action: Action) {
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        if let Some(field) = form.focused_mut()
            && let FieldKind::Choice(options) = &field.kind
            && let Some(value) = options.find(field.edit.value(), &self.facts)
        {
            field.set(&value);
        }
        // Signing in ends with the password: nobody wants to go on to a button there.
        let sends = form.id == FormId::SignIn
            && action == Action::NewLine
            && form.focused().is_some_and(|field| field.name == "password");
        if sends {
            return self.send_popup_form();
        }
        let flow = form.act(action);
        forms::adjust(form);
        match flow {
            Flow::Save | Flow::SaveAndNew => self.send_popup_form(),
            Flow::Pick => match Picker::values(self) {
                Some(picker) => self.popups.push(Popup::Picker(picker)),
                None => self.complain(self.facts.t("why-no-values")),
            },
            Flow::Leave | Flow::Discard if self.gate.is_none() && self.facts.site.is_some() => {
                self.popups.pop();
            }
            Flow::Unknown => match action {
                Action::SwitchLanguage | Action::Quit | Action::Redraw | Action::Lock => {
                    if let Done::No(reason) = self.run(action) {
                        self.complain(reason);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    fn send_popup_form(&mut self) {
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        form.error = None;
        for field in &mut form.fields {
            field.error = None;
        }
        let unclear = forms::unclear(form);
        if let Some(first) = mark_problems(form, &unclear, &self.facts) {
            return form.go_to(&first);
        }
        match form.id {
            FormId::Print => self.send_print(),
            _ if !form.marked.is_empty() => self.preview_marked(),
            FormId::SignIn => self.sign_in(),
            FormId::Password => self.change_password(),
            FormId::Welcome => self.send_welcome(),
            FormId::Deputies => self.send_deputies(),
            FormId::Remark => self.send_remark(),
            FormId::Export => self.send_export(),
            FormId::ImportPath => self.send_import_path(),
            FormId::WritePart | FormId::SubmitReport => self.send_report_form(),
            FormId::Waive => self.send_waiver(),
            _ => {}
        }
    }

    fn send_welcome(&mut self) {
        let differs = self.facts.t("password-differs");
        let short = self.facts.tw("password-short", &[("count", &LEAST)]);
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        match password_fault(form, "password", "again", LEAST) {
            Some(PasswordFault::Short) => return form.fail("password", short),
            Some(PasswordFault::Differs) => return form.fail("again", differs),
            None => {}
        }
        let sample = form.value("sample") == "yes";
        let command = forms::welcome::command(form, &self.facts);
        self.change(command, Origin::Welcome { sample }, Vec::new());
    }

    fn send_deputies(&mut self) {
        let Some(me) = self.facts.operator.clone() else {
            return;
        };
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        match forms::seat::deputies(form, &me, &self.facts) {
            Ok(command) => self.change(command, Origin::Popup, Vec::new()),
            Err(problem) => {
                if let Some(first) = mark_problems(form, &[problem], &self.facts) {
                    form.go_to(&first);
                }
            }
        }
    }

    fn send_remark(&mut self) {
        let Some(Popup::Form(form)) = self.popups.last() else {
            return;
        };
        let Some(at) = form.about else { return };
        let command = Command::AddRemark {
            about: at.number,
            text: form.value("remark").to_owned(),
        };
        self.change(command, Origin::Popup, Vec::new());
    }

    /// What the form on top asked for was done.
    pub(crate) fn popup_form_done(&mut self) {
        let done = [
            FormId::Deputies,
            FormId::Remark,
            FormId::WritePart,
            FormId::SubmitReport,
        ];
        self.popups
            .retain(|popup| !matches!(popup, Popup::Form(form) if done.contains(&form.id)));
    }

    /// What the form on top asked for failed: said in it.
    pub(crate) fn said_in_form(&mut self, id: FormId, failure: &Failure) {
        let said = self.facts.texts.failure(failure);
        let Self { popups, facts, .. } = self;
        let form = popups.iter_mut().rev().find_map(|popup| match popup {
            Popup::Form(form) if form.id == id => Some(form),
            _ => None,
        });
        let Some(form) = form else { return };
        if let Failure::Refused(refusal) = failure {
            let first = mark_problems(form, &refusal.problems, facts);
            if let Some(first) = first {
                form.go_to(&first);
            }
        } else {
            form.error = said.first().map(crate::locale::Said::line);
        }
    }
}
