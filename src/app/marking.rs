//! Several complaints at once: rows are marked, a step is filled in once, what it would do to each
//! is shown with what refuses and why, and only then is it done, one complaint after the other.

use std::cell::Cell;
use std::collections::VecDeque;

use super::App;
use super::effect::{Origin, Tag};
use super::form::Form;
use super::forms::{self, FormId};
use super::list::List;
use super::popup::{Popup, Scroll};
use super::saving::mark_problems;
use crate::desk::contract::{At, Command, Failure, Previewed, Query};
use crate::domain::complaint::Step;
use crate::domain::number::{Kind, Number};
use crate::domain::profile::Tab;
use crate::keys::Action;

/// What a step would do to the complaints that are marked.
#[derive(Debug)]
pub struct Preview {
    /// The step's form, for its name.
    pub form: FormId,
    step: Step,
    /// What it would do to each.
    pub rows: Vec<Previewed>,
    /// How far it is scrolled.
    pub scroll: Scroll,
}

impl Preview {
    /// How many the step would be done to.
    pub fn count(&self) -> usize {
        self.rows.iter().filter(|row| row.to.is_some()).count()
    }
}

/// A step being taken on one complaint after the other.
#[derive(Debug)]
pub(crate) struct Run {
    left: VecDeque<Command>,
    done: Vec<Number>,
    refused: Vec<String>,
}

impl App {
    /// Marks the selected row or takes its mark away, and goes on to the next.
    pub(crate) fn mark(&mut self) {
        let Some(list) = self.pane_mut().map(super::pane::Pane::list_mut) else {
            return;
        };
        if let Some(number) = list.selected().map(|row| row.record.number())
            && !list.marked.remove(&number)
        {
            list.marked.insert(number);
        }
        self.step(1);
    }

    /// Marks every row on the screen; where all of them are marked, takes the marks away.
    pub(crate) fn mark_shown(&mut self) {
        let Some(list) = self.pane_mut().map(super::pane::Pane::list_mut) else {
            return;
        };
        let shown: Vec<Number> = list
            .rows
            .iter()
            .skip(list.top.get())
            .take(list.room.get())
            .map(|(_, row)| row.record.number())
            .collect();
        if shown.iter().all(|number| list.marked.contains(number)) {
            list.marked.clear();
        } else {
            list.marked.extend(shown);
        }
    }

    /// The records that are marked in the list that is shown.
    pub(crate) fn marked(&self) -> Vec<Number> {
        let list = self.pane().map(super::pane::Pane::list);
        list.map_or_else(Vec::new, |list| list.marked.iter().copied().collect())
    }

    /// The complaints that are marked in the list that is shown.
    pub(crate) fn marked_complaints(&self) -> Vec<Number> {
        let mut marked = self.marked();
        marked.retain(|number| number.kind == Kind::Complaint);
        marked
    }

    /// Why rows of the list that is shown cannot be marked.
    pub(crate) fn why_not_mark(&self) -> Option<String> {
        let list = self.pane().map(super::pane::Pane::list);
        let fits = list.is_some_and(can_be_marked);
        let Some(list) = list.filter(|_| fits) else {
            return Some(self.facts.t("why-no-marks"));
        };
        let none = list.selected().is_none();
        none.then(|| self.facts.t("why-no-record"))
    }

    /// Opens the form of a step for all that are marked; whether there are any.
    pub(crate) fn step_of_marked(&mut self, id: FormId) -> bool {
        let marked = self.marked_complaints();
        let Some(first) = marked.first() else {
            return false;
        };
        let at = At {
            number: *first,
            version: 0,
        };
        let mut form = forms::blank(id, Some(at), &self.facts);
        form.marked = marked;
        self.popups.push(Popup::Form(Box::new(form)));
        true
    }

    /// Asks what the step in the form on top would do to each.
    pub(crate) fn preview_marked(&mut self) {
        let Some(Popup::Form(form)) = self.popups.last_mut() else {
            return;
        };
        match forms::step::command(form, &self.facts) {
            Ok(Command::StepComplaint { step, .. }) => {
                let numbers = form.marked.clone();
                let tag = Tag::Previewed {
                    form: form.id,
                    step: Box::new(step.clone()),
                };
                let step = Box::new(step);
                self.look(tag, Query::PreviewSteps { numbers, step });
            }
            Ok(_) => {}
            Err(problem) => {
                if let Some(first) = mark_problems(form, &[problem], &self.facts) {
                    form.go_to(&first);
                }
            }
        }
    }

    /// What the step would do is known. What is missing in the form is said in it.
    pub(crate) fn took_preview(&mut self, form: FormId, step: Step, rows: Vec<Previewed>) {
        let Some(Popup::Form(open)) = self.popups.last_mut() else {
            return;
        };
        if open.id != form || open.marked.is_empty() {
            return;
        }
        let all_refuse = rows.iter().all(|row| row.to.is_none());
        let first = rows.first().map(|row| row.problems.clone());
        if let (true, Some(problems)) = (all_refuse, first)
            && problems.iter().any(|it| it.field.is_some())
        {
            if let Some(first) = mark_problems(open, &problems, &self.facts) {
                open.go_to(&first);
            }
            return;
        }
        self.popups.push(Popup::Preview(Box::new(Preview {
            form,
            step,
            rows,
            scroll: Cell::new(0),
        })));
    }

    /// Keys while the preview is on top.
    pub(crate) fn preview_action(&mut self, action: Action) {
        match action {
            Action::Accept => self.run_marked(),
            Action::Cancel => {
                self.popups.pop();
            }
            _ => {}
        }
    }

    fn run_marked(&mut self) {
        let Some(Popup::Preview(preview)) = self.popups.pop() else {
            return;
        };
        let is_its = |popup: &Popup| matches!(popup, Popup::Form(form) if !form.marked.is_empty());
        self.popups.retain(|popup| !is_its(popup));
        let step = &preview.step;
        let refused = preview.rows.iter().filter(|row| row.to.is_none());
        let refused = refused.map(|row| self.why_refused(row)).collect();
        let left = preview.rows.iter().filter(|row| row.to.is_some());
        let left = left.map(|row| Command::StepComplaint {
            at: row.at,
            step: step.clone(),
        });
        self.run = Some(Run {
            left: left.collect(),
            done: Vec::new(),
            refused,
        });
        self.run_on();
    }

    /// A complaint with the reasons why the step is refused.
    pub fn why_refused(&self, row: &Previewed) -> String {
        let why = row.problems.iter().map(|it| self.facts.problem(it));
        let why: Vec<String> = why.collect();
        format!("{} {}  {}", row.at.number, row.who, why.join(" "))
    }

    fn run_on(&mut self) {
        let Some(run) = &mut self.run else { return };
        if let Some(command) = run.left.pop_front() {
            return self.change(command, Origin::Marked, Vec::new());
        }
        let Some(run) = self.run.take() else { return };
        if let Some(pane) = self.pane_of(Tab::Complaints) {
            let marked = &mut pane.list_mut().marked;
            marked.retain(|number| !run.done.contains(number));
        }
        let count = run.done.len();
        let mut lines = vec![self.facts.tw("marked-done", &[("count", &count)])];
        if !run.refused.is_empty() {
            lines.push(
                self.facts
                    .tw("marked-refused", &[("count", &run.refused.len())]),
            );
            lines.extend(run.refused);
        }
        if lines.len() > 1 {
            self.came("popup-marked", lines, true);
        } else {
            self.say(lines.join(""));
        }
        self.refresh();
    }

    /// One of the marked complaints was changed.
    pub(crate) fn marked_done(&mut self, number: Number) {
        if let Some(run) = &mut self.run {
            run.done.push(number);
        }
        self.run_on();
    }

    /// One of the marked complaints could not be changed; after a fault none of the others is tried.
    pub(crate) fn marked_failed(&mut self, command: &Command, failure: &Failure) {
        let said = self.facts.texts.failure(failure);
        let said: Vec<String> = said.iter().map(crate::locale::Said::line).collect();
        let number = match command {
            Command::StepComplaint { at, .. } => at.number.to_string(),
            _ => String::new(),
        };
        if let Some(run) = &mut self.run {
            run.refused.push(format!("{number}  {}", said.join(" ")));
            if matches!(failure, Failure::Fault { .. }) {
                for command in std::mem::take(&mut run.left) {
                    if let Command::StepComplaint { at, .. } = command {
                        let why = self.facts.t("marked-not-tried");
                        run.refused.push(format!("{}  {why}", at.number));
                    }
                }
            }
        }
        self.run_on();
    }
}

/// Whether several rows of a list can be worked on at once.
pub fn can_be_marked(list: &List) -> bool {
    matches!(list.kind, Kind::Complaint | Kind::File | Kind::Destruction)
}

/// How many complaints a form is about, where they were marked.
pub fn count(form: &Form) -> Option<usize> {
    Some(form.marked.len()).filter(|count| *count > 0)
}
