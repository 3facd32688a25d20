//! Questions that the desk puts instead of refusing: a plain one is answered with yes, one about a
//! rule that the site lets people override with a reason.

use super::App;
use super::effect::Origin;
use super::forms::{self, FormId};
use super::popup::{Popup, Then};
use super::saving::mark_problems;
use crate::desk::contract::Command;
use crate::domain::refusal::{Assent, Problem, Refusal};

/// A change that waits for the reason why a rule is overridden.
#[derive(Debug)]
pub struct Waiving {
    /// What stands in the way, in words.
    pub lines: Vec<String>,
    problems: Vec<Problem>,
    command: Command,
    origin: Origin,
}

impl App {
    /// Puts the questions of a refusal to the operator.
    pub(crate) fn ask_back(&mut self, command: Command, origin: Origin, refusal: &Refusal) {
        let lines: Vec<String> = refusal
            .problems
            .iter()
            .map(|problem| self.facts.problem(problem))
            .collect();
        if refusal.problems.iter().any(|it| it.rule.is_some()) {
            self.waiving = Some(Waiving {
                lines,
                problems: refusal.problems.clone(),
                command,
                origin,
            });
            let form = forms::blank(FormId::Waive, None, &self.facts);
            return self.popups.push(Popup::Form(Box::new(form)));
        }
        let assents = self.assents(origin, &refusal.problems, "");
        self.confirm(lines, Then::Send(Box::new(command), origin, assents));
    }

    /// What is said yes to: these questions, beside those that the form was asked before.
    fn assents(&self, origin: Origin, problems: &[Problem], reason: &str) -> Vec<Assent> {
        let form = match origin {
            Origin::Form { tab, .. } => self.panes.iter().find(|pane| pane.tab == tab),
            _ => None,
        };
        let form = form.and_then(|pane| pane.form.as_ref());
        let before = form.map(|form| form.assents.clone()).unwrap_or_default();
        let now = problems.iter().map(|problem| Assent {
            key: problem.assent_key().to_owned(),
            reason: problem.rule.map_or("", |_| reason).to_owned(),
        });
        let mut assents: Vec<Assent> = now.collect();
        assents.extend(
            before
                .into_iter()
                .filter(|old| problems.iter().all(|new| new.assent_key() != old.key)),
        );
        assents
    }

    /// The reason was given: the change is sent again. The form keeps it until it is left, so that
    /// what else is wrong with it does not ask for the reason again.
    pub(crate) fn send_waiver(&mut self) {
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        let reason = form.value("override_reason").trim().to_owned();
        if reason.is_empty() {
            let missing = Problem::required("override_reason");
            if let Some(first) = mark_problems(form, &[missing], &self.facts) {
                form.go_to(&first);
            }
            return;
        }
        self.popups.pop();
        let Some(waiving) = self.waiving.take() else {
            return;
        };
        let assents = self.assents(waiving.origin, &waiving.problems, &reason);
        if let Origin::Form { tab, .. } = waiving.origin
            && let Some(form) = self.pane_of(tab).and_then(|pane| pane.form.as_mut())
        {
            form.assents.clone_from(&assents);
        }
        self.change(waiving.command, waiving.origin, assents);
    }
}
