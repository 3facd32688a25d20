//! The procedures of the registers at the screen: which steps the selected record can take, which of
//! them leads on, and taking it.

mod steps;
mod trying;

use super::App;
use super::effect::Origin;
use super::forms::{self, FormId, registers};
use super::pane::Pane;
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use super::profiling::{PROFILE, Wanted};
use crate::domain::access::Purpose;
use crate::domain::intake::IntakeKind;
use crate::domain::number::Kind;
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;

pub(super) use steps::aside;
pub use steps::{
    ANSWER, BRING, ENTRY, FINE, HAND_IN, LEND, MEASURE, NextStep, PROPOSE, TASK, main_step,
    next_steps, step_name, steps_here,
};
use trying::empty;
pub use trying::why_not;

impl App {
    /// Takes the step that leads the selected record on.
    pub(crate) fn next_of_record(&mut self) {
        let Some((_, record)) = self.selected() else {
            return;
        };
        let Some(step) = main_step(&record, &self.facts) else {
            return self.steps_of_record();
        };
        if let Some(reason) = why_not(&record, step.id, &self.facts) {
            return self.complain(reason);
        }
        if step.id == PROFILE {
            return self.want_profile(&record, Wanted::Form(None));
        }
        self.take_archive_step(step.id);
    }

    /// Offers every step that the selected record can take.
    pub(crate) fn steps_of_record(&mut self) {
        let Some((_, record)) = self.selected() else {
            return;
        };
        let facts = &self.facts;
        let mut items: Vec<Item> = steps_here(&record, facts)
            .iter()
            .map(|step| Item {
                choice: Choice::ArchiveStep(step.id),
                label: step_name(step, facts),
                note: String::new(),
                why_not: why_not(&record, step.id, facts),
            })
            .collect();
        items.sort_by_key(|item| item.why_not.is_some());
        for (place, item) in items.iter_mut().enumerate() {
            item.note = (place + 1).to_string();
        }
        if items.is_empty() {
            return self.complain(self.facts.t("why-no-step"));
        }
        self.popups
            .push(Popup::Picker(Picker::new("popup-steps", items)));
    }

    /// A step was chosen, or is the one that leads on.
    pub(crate) fn take_archive_step(&mut self, id: &'static str) {
        if self.list_group(id) {
            return;
        }
        let Some((_, record)) = self.selected() else {
            return;
        };
        if self.take_contact_step(id, &record) {
            return;
        }
        if id == PROFILE {
            return self.pick_section();
        }
        if id == BRING {
            return self.bring_begun(record.number());
        }
        if let Some(form) = registers::form_of(id) {
            let form = forms::about(form, &record, &self.facts);
            return self.open_form(form);
        }
        if let Some(command) = empty(&record, id, &self.facts) {
            self.change(command, Origin::Key, Vec::new());
        }
    }

    /// Why the step that leads on cannot be taken, or there is none.
    pub(crate) fn why_not_next_of_record(&self, record: &Record) -> Option<String> {
        let facts = &self.facts;
        match main_step(record, facts) {
            Some(step) => why_not(record, step.id, facts),
            None if steps_here(record, facts).is_empty() => Some(facts.t("why-ended")),
            None => None,
        }
    }

    /// Whether this site has a use for a list of a kind.
    fn has_list(&self, kind: Kind) -> bool {
        let profile = &self.facts.profile;
        let steps = &profile.archive.steps;
        match kind {
            Kind::Transaction => steps.contains_key(&ArchiveStep::RecordTransaction),
            Kind::Task => steps.contains_key(&ArchiveStep::RaiseTask),
            Kind::Registration | Kind::DutyShift => profile.registration.is_some(),
            Kind::Dossier => profile.dossier.is_some(),
            Kind::ServiceItem => steps.contains_key(&ArchiveStep::KeepCatalogue),
            Kind::Survey | Kind::Answer => steps.contains_key(&ArchiveStep::RunSurvey),
            Kind::Occupancy => profile.kinds.contains(&IntakeKind::MoveIn),
            _ => true,
        }
    }

    /// Whether there is but one list on a tab.
    pub(crate) fn has_one_list(&self, pane: &Pane) -> bool {
        !pane.others.iter().any(|list| self.has_list(list.kind))
    }

    /// The lists of the tab, to choose from.
    pub(crate) fn pick_register(&mut self) {
        let Some(pane) = self.pane() else { return };
        let kinds = std::iter::once(&pane.records).chain(&pane.others);
        let items = kinds
            .enumerate()
            .filter(|(_, list)| self.has_list(list.kind));
        let items = items.enumerate().map(|(line, (place, list))| Item {
            choice: Choice::Register(place),
            label: self.facts.texts.name("register", list.kind.id()),
            note: (line + 1).to_string(),
            why_not: self.facts.not_seen(list.kind),
        });
        let items = items.collect();
        self.popups
            .push(Popup::Picker(Picker::new("popup-registers", items)));
    }

    /// Opens the request form for the selected file, or for renewing the selected loan.
    pub(crate) fn request_access(&mut self) {
        let selected = self.selected();
        let mut form = forms::blank(FormId::NewAccess, None, &self.facts);
        match selected {
            Some((at, Record::File(_))) => form.set("file", &at.number.to_string()),
            Some((at, Record::Loan(loan))) => {
                form.set("file", &loan.file.to_string());
                form.set("purpose", Purpose::Borrow.id());
                form.set("reader", &loan.details.borrower);
                form.set("unit", &loan.details.unit);
                form.set("copies", &loan.details.copies.to_string());
                if loan.is_open() {
                    form.set("renews", &at.number.to_string());
                }
            }
            _ => {}
        }
        forms::adjust(&mut form);
        form.changed = false;
        self.open_form(form);
    }

    /// The form for a new record of the list that is shown; none where its records come from elsewhere.
    pub(crate) fn new_of_list(&self) -> Option<FormId> {
        match self.pane()?.list().kind {
            Kind::File => Some(FormId::NewFile),
            Kind::Handover => Some(FormId::NewHandover),
            Kind::Access => Some(FormId::NewAccess),
            Kind::Inspection => Some(FormId::NewInspection),
            Kind::Incident => Some(FormId::NewIncident),
            Kind::DayEnd => Some(FormId::CloseDay),
            Kind::Transaction => Some(FormId::NewEntry),
            Kind::Task => Some(FormId::NewTask),
            Kind::Registration => Some(FormId::NewRegistration),
            Kind::DutyShift => Some(FormId::NewDuty),
            Kind::Relation => Some(FormId::NewRelation),
            Kind::Introduction => Some(FormId::NewIntroduction),
            Kind::Handout => Some(FormId::NewHandout),
            Kind::ServiceItem => Some(FormId::NewServiceItem),
            Kind::Survey => Some(FormId::NewSurvey),
            Kind::Occupancy => Some(FormId::NewOccupancy),
            Kind::Instruction => Some(FormId::NewInstruction),
            Kind::Campaign => Some(FormId::NewCampaign),
            Kind::PlanLine => Some(FormId::NewPlanLine),
            Kind::Hint => Some(FormId::NewHint),
            Kind::ShiftSheet => Some(FormId::HandOverShift),
            _ => None,
        }
    }
}
