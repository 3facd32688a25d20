//! Taking a complaint or a measure one step on: the one that leads on by one key, any other from a
//! list.

use super::App;
use super::commands::{MEASURE_STEPS, leads_on, main_measure_step, main_step};
use super::commands::{why_not_measure_step, why_not_repair_step, why_not_step};
use super::effect::Origin;
use super::facts::Facts;
use super::forms::{self, FormId, step};
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use crate::desk::contract::{At, Command};
use crate::domain::complaint::{Complaint, StepKind, Transition, Who, next_steps};
use crate::domain::intake::{Intake, IntakeState};
use crate::domain::measure::Measure;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::repair::{self, RepairStepKind};
use crate::domain::role::Role;

/// The name of a step with the clause behind it.
pub fn step_name(step: StepKind, clause: &str, facts: &Facts) -> String {
    let name = facts.texts.name("step", step.id());
    if clause.is_empty() {
        name
    } else {
        format!("{name} [{clause}]")
    }
}

/// A step with its clause and the posts that take it.
pub fn step_and_who(row: &Transition, facts: &Facts) -> String {
    let name = step_name(row.step, row.clause, facts);
    let rules = &facts.profile;
    let posts = match row.who {
        Who::May(permission) => rules.permissions.get(&permission).map(|it| &it.roles),
        Who::Carries(step) => rules.complaints.steps.get(&step).map(|it| &it.roles),
        Who::Told => Some(&rules.complaints.told_of_major),
    };
    let posts = posts.map(Vec::as_slice).unwrap_or_default();
    format!("{name}{}", by_posts(posts, facts))
}

/// The posts that take a step, behind its name; empty where nobody does.
fn by_posts(posts: &[Role], facts: &Facts) -> String {
    let posts = posts.iter().map(|post| facts.texts.name("role", post.id()));
    let who: Vec<String> = posts.collect();
    if who.is_empty() {
        return String::new();
    }
    let who = who.join(&facts.t("list-comma"));
    facts.tw("step-by", &[("who", &who)])
}

/// The name of a repair's step with the clause behind it.
pub fn repair_step_name(row: &repair::Row, facts: &Facts) -> String {
    let name = facts.texts.name("form", row.step.id());
    if row.clause.is_empty() {
        name
    } else {
        format!("{name} [{}]", row.clause)
    }
}

/// The form of what leads a repair on to its end, and its name with the clause and the posts that do
/// it; none for what is no repair or has ended.
pub fn next_of_repair(intake: &Intake, facts: &Facts) -> Option<(FormId, String)> {
    let steps = repair::next_steps(intake);
    let (form, name, permission) = if intake.state == IntakeState::Answered {
        let (form, by) = (FormId::CloseIntake, Permission::IntakeClose);
        (form, facts.texts.name("form", form.id()), by)
    } else {
        let on = steps.into_iter().find(|row| !row.clause.is_empty())?;
        let form = forms::repair::form_of(on.step);
        (form, repair_step_name(on, facts), Permission::IntakeRepair)
    };
    let posts = facts.profile.permissions.get(&permission);
    let posts = posts.map(|it| it.roles.as_slice()).unwrap_or_default();
    Some((form, format!("{name}{}", by_posts(posts, facts))))
}

/// Why what leads a repair on cannot be done now.
fn why_not_on(intake: &Intake, form: FormId, facts: &Facts) -> Option<String> {
    if form == FormId::CloseIntake {
        return facts.refused(|context| context.may(Permission::IntakeClose));
    }
    let mut steps = RepairStepKind::ALL.iter().copied();
    let step = steps.find(|step| forms::repair::form_of(*step) == form)?;
    why_not_repair_step(intake, step, facts)
}

impl App {
    /// Opens the form of the step that leads on.
    pub(crate) fn next_step(&mut self) {
        match self.selected() {
            Some((_, Record::Complaint(complaint))) => {
                match main_step(&complaint, &self.facts) {
                    Some(step) => self.take_step(&complaint, step),
                    // Somebody else's turn: what is left to this operator lies beside the way.
                    None => self.pick_step(),
                }
            }
            Some((_, Record::Intake(intake))) => match next_of_repair(&intake, &self.facts) {
                Some((form, _)) => {
                    if let Some(reason) = why_not_on(&intake, form, &self.facts) {
                        return self.complain(reason);
                    }
                    let record = Record::Intake(intake);
                    self.open_form(forms::about(form, &record, &self.facts));
                }
                None => self.pick_step(),
            },
            Some((_, Record::Measure(measure))) => {
                let Some(form) = main_measure_step(&measure) else {
                    return self.complain(self.facts.t("why-ended"));
                };
                if let Some(reason) = why_not_measure_step(&measure, form, &self.facts) {
                    return self.complain(reason);
                }
                let record = Record::Measure(measure);
                self.open_form(forms::about(form, &record, &self.facts));
            }
            _ => self.next_of_record(),
        }
    }

    /// Offers every step that the selected record's procedure has from here.
    pub(crate) fn pick_step(&mut self) {
        let items = match self.selected() {
            Some((_, Record::Complaint(complaint))) => self.steps_of(&complaint),
            Some((_, Record::Intake(intake))) => self.steps_of_repair(&intake),
            Some((_, Record::Measure(measure))) => self.steps_of_measure(&measure),
            _ => return self.steps_of_record(),
        };
        if items.is_empty() {
            return self.complain(self.facts.t("why-no-step"));
        }
        self.popups
            .push(Popup::Picker(Picker::new("popup-steps", items)));
    }

    fn steps_of(&self, complaint: &Complaint) -> Vec<Item> {
        let facts = &self.facts;
        let mut items: Vec<Item> = next_steps(complaint, &facts.profile)
            .into_iter()
            .map(|row| Item {
                choice: Choice::Step(row.step),
                label: step_name(row.step, row.clause, facts),
                note: String::new(),
                why_not: why_not_step(complaint, row.step, facts),
            })
            .collect();
        let leads = |item: &Item| {
            let steps = next_steps(complaint, &facts.profile);
            let mut steps = steps.into_iter();
            steps.any(|row| item.choice == Choice::Step(row.step) && leads_on(row, complaint))
        };
        // What lies beside the way and cannot be done is only in the way.
        items.retain(|item| item.why_not.is_none() || leads(item));
        items.sort_by_cached_key(|item| (item.why_not.is_some(), !leads(item)));
        for (place, item) in items.iter_mut().enumerate() {
            item.note = (place + 1).to_string();
        }
        items
    }

    fn steps_of_repair(&self, intake: &Intake) -> Vec<Item> {
        let facts = &self.facts;
        let rows = repair::next_steps(intake).into_iter().enumerate();
        rows.map(|(place, row)| Item {
            choice: Choice::RepairStep(row.step),
            label: repair_step_name(row, facts),
            note: (place + 1).to_string(),
            why_not: why_not_repair_step(intake, row.step, facts),
        })
        .collect()
    }

    fn take_repair_step(&mut self, intake: &Intake, step: RepairStepKind) {
        let record = Record::Intake(intake.clone());
        let form = forms::about(forms::repair::form_of(step), &record, &self.facts);
        self.open_form(form);
    }

    /// A step of a repair was chosen from the list.
    pub(crate) fn repair_step_picked(&mut self, step: RepairStepKind) {
        if let Some((_, Record::Intake(intake))) = self.selected() {
            self.take_repair_step(&intake, step);
        }
    }

    fn steps_of_measure(&self, measure: &Measure) -> Vec<Item> {
        let facts = &self.facts;
        let items = MEASURE_STEPS.into_iter().map(|form| Item {
            choice: Choice::MeasureStep(form),
            label: facts.texts.name("form", form.id()),
            note: String::new(),
            why_not: why_not_measure_step(measure, form, facts),
        });
        items.filter(|item| item.why_not.is_none()).collect()
    }

    /// Opens the form of a step, or takes it where it asks for nothing.
    pub(crate) fn take_step(&mut self, complaint: &Complaint, kind: StepKind) {
        if let Some(form) = step::form_of(kind) {
            let record = Record::Complaint(complaint.clone());
            return self.open_form(forms::about(form, &record, &self.facts));
        }
        let at = At {
            number: complaint.meta.number,
            version: complaint.meta.version,
        };
        if let Some(step) = step::empty(kind) {
            let command = Command::StepComplaint { at, step };
            self.change(command, Origin::Key, Vec::new());
        }
    }

    /// A step was chosen from the list.
    pub(crate) fn step_picked(&mut self, kind: StepKind) {
        if let Some((_, Record::Complaint(complaint))) = self.selected() {
            self.take_step(&complaint, kind);
        }
    }

    /// A step of a measure was chosen from the list.
    pub(crate) fn measure_step_picked(&mut self, form: FormId) {
        if let Some((_, record)) = self.selected() {
            self.open_form(forms::about(form, &record, &self.facts));
        }
    }
}
