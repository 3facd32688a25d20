//! The procedures of the registers at the screen: which steps the selected record can take, which of
//! them leads on, and taking it.

use super::App;
use super::effect::Origin;
use super::facts::Facts;
use super::following;
use super::forms::{self, FormId, custody};
use super::kin;
use super::pane::Pane;
use super::picker::{Choice, Item, Picker};
use super::popup::Popup;
use super::profiling::{self, PROFILE, Wanted};
use crate::desk::contract::{At, Command};
use crate::domain::access::{self, Purpose};
use crate::domain::archive;
use crate::domain::context::Context;
use crate::domain::destruction;
use crate::domain::handover;
use crate::domain::hint::{self, HintStepKind};
use crate::domain::incident;
use crate::domain::inspection;
use crate::domain::instruction::{self, InstructionStepKind};
use crate::domain::intake::IntakeKind;
use crate::domain::loan;
use crate::domain::measure;
use crate::domain::number::Kind;
use crate::domain::occupancy;
use crate::domain::procedure::{self, ArchiveStep, Row};
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::registration::{self, Registration};
use crate::domain::shift::{self, ShiftStepKind};
use crate::domain::survey::{self, Survey, SurveyState};
use crate::domain::task;
use crate::domain::transaction;

/// A granted request for a loan is lent on by this.
pub const LEND: &str = "lend";
/// A file is proposed for destruction by this.
pub const PROPOSE: &str = "propose-destruction";
/// The archive's fines are decided on with this.
pub const FINE: &str = "decide-fine";

/// An entry is made in a customer's file with this.
pub const ENTRY: &str = "new-transaction";
/// The day's registration form is handed in with this.
pub const HAND_IN: &str = "hand-in-form";

/// An answer to a survey is written down with this.
pub const ANSWER: &str = "log-answer";
/// A measure for an aspect of a survey is drafted with this.
pub const MEASURE: &str = "survey-measure";

/// Another department is asked for something with this.
pub const TASK: &str = "new-task";

/// The begun forms of a hand-over that was taken over or back are brought again with this.
pub const BRING: &str = "bring-begun-forms";

/// A step that the selected record can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NextStep {
    /// Its name.
    pub id: &'static str,
    /// The clause behind it; empty where it is ours.
    pub clause: &'static str,
    /// Whether it leads on to the end.
    pub on: bool,
}

fn of_rows<Step: Copy, State>(
    rows: Vec<&'static Row<Step, State>>,
    id: fn(Step) -> &'static str,
) -> Vec<NextStep> {
    let rows = rows.into_iter();
    rows.map(|row| NextStep {
        id: id(row.step),
        clause: row.clause,
        on: row.on,
    })
    .collect()
}

pub(super) const fn aside(id: &'static str, clause: &'static str) -> NextStep {
    NextStep {
        id,
        clause,
        on: false,
    }
}

/// The steps that a record can take from where it stands, those that lead on first.
pub fn next_steps(record: &Record) -> Vec<NextStep> {
    match record {
        Record::File(file) => {
            let mut steps = of_rows(archive::next_steps(file), archive::FileStepKind::id);
            steps.push(aside(PROPOSE, "A12-3.2.8b"));
            if file.left_on().is_some() {
                return Vec::new();
            }
            steps.push(aside(ENTRY, "A03-4.1.2a-3"));
            steps.push(aside(TASK, "A03-3.2"));
            steps
        }
        Record::Task(task) => of_rows(task::next_steps(task), task::TaskStepKind::id),
        Record::Survey(survey) => survey_steps(survey),
        Record::Occupancy(it) if it.is_open() => vec![NextStep {
            on: true,
            ..aside("move-out", "A05-4.1")
        }],
        Record::Instruction(it) => {
            let steps = instruction::next_steps(it).map(|step| NextStep {
                on: step != InstructionStepKind::Withdraw,
                ..aside(step.id(), step.clause())
            });
            steps.collect()
        }
        Record::Registration(registration) => registration_steps(registration),
        Record::Hint(hint) if hint.withdrawn.is_none() => {
            vec![aside(HintStepKind::Withdraw.id(), "")]
        }
        Record::ShiftSheet(sheet) if !sheet.is_open() => vec![aside(BRING, "")],
        Record::ShiftSheet(_) => vec![
            NextStep {
                on: true,
                ..aside(ShiftStepKind::TakeOver.id(), "")
            },
            aside(ShiftStepKind::TakeBack.id(), ""),
        ],
        Record::Handover(handover) => {
            let mut steps = of_rows(
                handover::next_steps(handover),
                handover::HandoverStepKind::id,
            );
            steps.push(aside(FINE, "A07-f9"));
            steps.push(aside(TASK, "A07-d1b"));
            steps
        }
        Record::Access(access) => {
            let mut steps = of_rows(access::next_steps(access), access::AccessStepKind::id);
            if access::can_be_lent(access) {
                let lend = NextStep {
                    on: true,
                    ..aside(LEND, "A11-19.5a")
                };
                steps.insert(0, lend);
            }
            steps
        }
        Record::Loan(loan) if loan.is_open() => {
            let mut steps = vec![
                aside("recall-loan", ""),
                aside("claim-returned", ""),
                aside("decide-loan", "A11-19.5b"),
            ];
            if !loan.course.pieces.is_empty() {
                steps.push(aside(FINE, "A07-f9"));
            }
            steps
        }
        Record::Loan(_) => vec![aside(FINE, "A07-f9")],
        Record::Inspection(inspection) if inspection.closed.is_none() => {
            let visit = inspection.unvisited().next().is_some();
            let step = |id, on| NextStep {
                on,
                ..aside(id, "A11-14b")
            };
            let mut steps = vec![step("visit-shelf", visit), step("close-inspection", !visit)];
            steps.sort_by_key(|step| !step.on);
            steps
        }
        Record::Incident(incident) => of_rows(
            procedure::next_steps(incident::ROWS, &incident.state),
            incident::IncidentStepKind::id,
        ),
        Record::Destruction(destruction) => of_rows(
            procedure::next_steps(destruction::ROWS, &destruction.state),
            destruction::DestructionStepKind::id,
        ),
        Record::Customer(_)
        | Record::FollowUp(_)
        | Record::Campaign(_)
        | Record::PlanLine(_)
        | Record::Dossier(_) => steps_at_the_desk(record),
        _ => kin::next_steps(record),
    }
}

/// Those of them that there are at this site.
pub fn steps_here(record: &Record, facts: &Facts) -> Vec<NextStep> {
    let mut steps = next_steps(record);
    steps.retain(|step| step.id != PROFILE || facts.profile.dossier.is_some());
    // Begun forms are with whoever took them over or back.
    if let Record::ShiftSheet(sheet) = record {
        let me = facts.operator.as_ref().map(|it| it.meta.number);
        let mine = sheet.ended.map(|(by, _)| by) == me;
        steps.retain(|step| step.id != BRING || mine);
    }
    steps
}

/// What can be done with a customer, a contact, and what stands beside them.
fn steps_at_the_desk(record: &Record) -> Vec<NextStep> {
    let mut steps = match record {
        // A profile is filled in from wherever its customer is met (A14-N1).
        Record::Customer(_) | Record::Dossier(_) => vec![NextStep {
            on: true,
            ..aside(PROFILE, "A14-N2")
        }],
        _ => Vec::new(),
    };
    steps.extend(following::next_steps(record));
    steps.extend(kin::next_steps(record));
    if let Record::FollowUp(_) = record {
        steps.push(aside(PROFILE, "A14-N1"));
    }
    steps
}

/// The form that a row stands on is handed in before anything else.
fn registration_steps(registration: &Registration) -> Vec<NextStep> {
    let rows = procedure::next_steps(registration::ROWS, &registration.state);
    let mut steps = of_rows(rows, registration::RegistrationStepKind::id);
    if registration.handed_in.is_none() {
        let hand_in = NextStep {
            on: true,
            ..aside(HAND_IN, "A12-3.1.1b")
        };
        let waits = steps.iter().filter(|step| step.on).count();
        steps.insert(waits, hand_in);
    }
    steps
}

/// While a survey is running it is answered before it is closed.
fn survey_steps(survey: &Survey) -> Vec<NextStep> {
    let rows = procedure::next_steps(survey::ROWS, &survey.state);
    let mut steps = of_rows(rows, survey::SurveyStepKind::id);
    if survey.state == SurveyState::Running {
        let answer = NextStep {
            on: true,
            ..aside(ANSWER, "A03-5.1.2c")
        };
        steps.insert(0, answer);
    }
    if matches!(survey.state, SurveyState::Running | SurveyState::Measures) {
        steps.push(aside(MEASURE, "A03-sd"));
    }
    steps
}

/// The command of a step with nothing filled in.
fn empty(record: &Record, id: &str, facts: &Facts) -> Option<Command> {
    let at = at(record);
    match id {
        LEND => return Some(Command::Lend { at }),
        PROPOSE => return Some(Command::ProposeDestruction { file: at }),
        _ => {}
    }
    if let Some(command) = kin::bare(record, id) {
        return Some(command);
    }
    let Some(form) = custody::form_of(id) else {
        return custody::bare(at, id).ok();
    };
    let form = forms::about(form, record, facts);
    custody::command(&form).ok()
}

fn at(record: &Record) -> At {
    At {
        number: record.number(),
        version: record.meta().version,
    }
}

/// What the rules say of a step of a record, as far as the record alone decides it.
fn tried(
    facts: &Facts,
    record: &Record,
    command: &Command,
    context: &Context,
) -> Result<(), Refusal> {
    if let Some(tried) = kin::tried(record, command, context) {
        return tried;
    }
    match (record, command) {
        (Record::File(file), Command::StepFile { step, .. }) => {
            archive::step(file, step, context).map(drop)
        }
        (Record::File(file), Command::RecordTransaction { details }) => {
            let of = transaction::Of {
                file: Some(file),
                ..transaction::Of::default()
            };
            transaction::record(file.meta.number, details.clone(), of, context).map(drop)
        }
        (Record::Hint(it), Command::StepHint { step, .. }) => {
            hint::step(it, step, context).map(drop)
        }
        (Record::ShiftSheet(it), Command::StepShift { step, .. }) => {
            let mut operators = facts.operators.iter().filter(|it| it.active);
            let there = operators.any(|known| Some(known.meta.number) == it.details.to);
            shift::step(it, step, there, context).map(drop)
        }
        (_, Command::RaiseTask { .. }) => context.may_take(ArchiveStep::RaiseTask),
        (Record::Task(it), Command::StepTask { step, .. }) => {
            task::step(it, step, None, context).map(drop)
        }
        (Record::Registration(it), Command::HandInForm { day, reason }) => {
            let rows = std::slice::from_ref(it);
            registration::hand_in(*day, reason, rows, context).map(drop)
        }
        (Record::Registration(it), Command::StepRegistration { step, .. }) => {
            let beside = registration::Beside::default();
            registration::step(it, step, &beside, context).map(drop)
        }
        (Record::Survey(it), Command::StepSurvey { step, .. }) => {
            survey::may(it, step.kind(), context).map(drop)
        }
        (Record::Survey(it), Command::LogAnswer { details }) => {
            let number = it.meta.number;
            survey::log_answer(number, details.clone(), it, None, None, context).map(drop)
        }
        (Record::Survey(it), Command::DraftMeasure { details }) => {
            measure::may_draft(context)?;
            survey::with_measure(it, it.meta.number, &details.aspect, context).map(drop)
        }
        (Record::Occupancy(it), Command::StepOccupancy { step, .. }) => {
            occupancy::step(it, step, context).map(drop)
        }
        (Record::Instruction(it), Command::StepInstruction { step, .. }) => {
            instruction::step(it, step, context).map(drop)
        }
        (Record::File(file), Command::ProposeDestruction { .. }) => {
            destruction::propose(file.meta.number, file, context).map(drop)
        }
        (Record::Handover(it), Command::StepHandover { step, .. }) => {
            let around = handover::Around { row: 1, file: None };
            handover::step(it, step, around, context).map(drop)
        }
        (Record::Handover(it), Command::DecideFine { key, .. }) => {
            let Some(list) = handover::checklist(&it.details, context) else {
                return Err(Problem::new("no-checklist")
                    .arg("value", &it.details.checklist)
                    .into());
            };
            handover::decide(it, list, key, true, "", None, context).map(drop)
        }
        (Record::Access(it), Command::StepAccess { step, .. }) => {
            access::step(it, step, context).map(drop)
        }
        (Record::Access(_), Command::Lend { .. }) => {
            context.may(crate::domain::profile::Permission::LoanCheckOut)
        }
        (Record::Loan(it), Command::StepLoan { step, .. }) => {
            loan::step(it, step, context).map(drop)
        }
        (Record::Loan(it), Command::DecideFine { key, .. }) => {
            loan::decide_fine(it, key, true, "", context).map(drop)
        }
        (Record::Inspection(it), Command::StepInspection { step, .. }) => {
            inspection::step(it, step, context).map(drop)
        }
        (Record::Incident(it), Command::StepIncident { step, .. }) => {
            incident::step(it, step, context).map(drop)
        }
        (Record::Destruction(it), Command::StepDestruction { step, .. }) => {
            destruction::may(it, step.kind(), context)
        }
        _ => Ok(()),
    }
}

/// Why a step of a record cannot be taken now, apart from what is not filled in yet.
pub fn why_not(record: &Record, id: &str, facts: &Facts) -> Option<String> {
    if let Some(permission) = following::needed(id) {
        return facts.refused(|context| context.may(permission));
    }
    if id == PROFILE {
        return profiling::why_not_fill(facts);
    }
    let command = empty(record, id, facts)?;
    facts.refused(|context| tried(facts, record, &command, context))
}

/// The name of a step with the clause behind it.
pub fn step_name(step: &NextStep, facts: &Facts) -> String {
    let name = facts.texts.name("archive-step", step.id);
    if step.clause.is_empty() {
        name
    } else {
        format!("{name} [{}]", step.clause)
    }
}

/// The step that leads a record on, for whoever is at this terminal; where it is somebody else's turn
/// the one that is theirs.
pub fn main_step(record: &Record, facts: &Facts) -> Option<NextStep> {
    let steps = steps_here(record, facts);
    let mine = |step: &&NextStep| step.on && why_not(record, step.id, facts).is_none();
    let mut on = steps.iter().filter(|step| step.on);
    steps.iter().find(mine).or_else(|| on.next()).copied()
}

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
        if let Some(form) = custody::form_of(id) {
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
