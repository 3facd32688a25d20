//! Saying yes or no to what waits, and the major complaint that stands above everything until it is
//! acknowledged.

use super::App;
use super::effect::{Origin, Tag};
use super::facts::Facts;
use super::forms::{self, FormId};
use super::list::{List, Part};
use crate::desk::contract::{At, Command, ListQuery, Page, Query, Row, TabCount};
use crate::domain::approval::{self, ApprovalKind, Waiting};
use crate::domain::complaint::Step;
use crate::domain::incident::IncidentStep;
use crate::domain::instruction::InstructionStep;
use crate::domain::number::Kind;
use crate::domain::profile::Tab;
use crate::domain::record::Record;
use crate::domain::task::TaskStep;

/// What a record waits for from the operator at this terminal; a major complaint before all else.
pub fn asked(record: &Record, facts: &Facts) -> Option<Waiting> {
    let waits = facts.computed(|context| approval::waiting_for(record, context))?;
    let rank = |wait: &Waiting| u8::from(!wait.kind.is_alarm());
    waits.into_iter().min_by_key(rank)
}

const fn form_of(kind: ApprovalKind, yes: bool) -> Option<FormId> {
    Some(match (kind, yes) {
        (ApprovalKind::Solution, true) => FormId::Approve,
        (ApprovalKind::Solution, false) => FormId::SendBack,
        (ApprovalKind::Measure, true) => FormId::ApproveMeasure,
        (ApprovalKind::Verification, true) => FormId::VerifyMeasure,
        (ApprovalKind::Measure | ApprovalKind::Verification, false) => FormId::SendMeasureBack,
        (ApprovalKind::Check, true) => FormId::CheckMeasure,
        (ApprovalKind::Report, true) => FormId::ApproveReport,
        (ApprovalKind::Report, false) => FormId::SendReportBack,
        (ApprovalKind::Endorsement, true) => FormId::Endorse,
        (ApprovalKind::Access, true) => FormId::ApproveAccess,
        (ApprovalKind::Endorsement, false) => FormId::WithdrawAccess,
        (ApprovalKind::Access, false) => FormId::RefuseAccess,
        (ApprovalKind::Fine, _) => FormId::DecideFine,
        (ApprovalKind::Introduction, true) => FormId::ApproveIntroduction,
        (ApprovalKind::Introduction, false) => FormId::RefuseIntroduction,
        (ApprovalKind::File, true) => FormId::ConfirmFile,
        (ApprovalKind::Review, true) => FormId::ReviewDestruction,
        (ApprovalKind::Destruction, true) => FormId::ApproveDestruction,
        (ApprovalKind::Review | ApprovalKind::Destruction, false) => FormId::RefuseDestruction,
        (ApprovalKind::Suggestion, true) => FormId::AnswerSuggestion,
        (ApprovalKind::Task, false) => FormId::HandBackTask,
        (ApprovalKind::Check | ApprovalKind::File | ApprovalKind::Suggestion, false)
        | (ApprovalKind::Task, true)
        | (ApprovalKind::Major | ApprovalKind::Leak | ApprovalKind::Instruction, _) => return None,
    })
}

impl App {
    /// Why what is selected cannot be approved or sent back.
    pub(crate) fn why_not_decide(&self, yes: bool) -> Option<String> {
        let Some((_, record)) = self.selected() else {
            return Some(self.facts.t("why-no-record"));
        };
        let Some(wait) = asked(&record, &self.facts) else {
            return Some(self.facts.t("why-not-asked"));
        };
        let only_yes = !yes && form_of(wait.kind, false).is_none();
        only_yes.then(|| self.facts.t("why-only-yes"))
    }

    /// Opens the form that says yes or no to what is selected; a major complaint is acknowledged at
    /// once.
    pub(crate) fn decide(&mut self, yes: bool) {
        let Some((at, record)) = self.selected() else {
            return;
        };
        let Some(wait) = asked(&record, &self.facts) else {
            return;
        };
        if wait.kind.is_alarm() {
            return self.acknowledge(at);
        }
        if wait.kind == ApprovalKind::Task && yes {
            let step = TaskStep::AcceptTask {};
            return self.change(Command::StepTask { at, step }, Origin::Key, Vec::new());
        }
        if let Some(id) = form_of(wait.kind, yes) {
            let mut form = forms::about(id, &record, &self.facts);
            if id == FormId::DecideFine {
                form.set("decision", if yes { "confirm" } else { "waive" });
            }
            self.open_form(form);
            self.back_to = Some(Tab::Approvals);
        }
    }

    fn acknowledge(&mut self, at: At) {
        let command = match at.number.kind {
            Kind::Incident => {
                let step = IncidentStep::AcknowledgeLeak {};
                Command::StepIncident { at, step }
            }
            Kind::Instruction => {
                let step = InstructionStep::AcknowledgeInstruction {};
                Command::StepInstruction { at, step }
            }
            _ => {
                let step = Step::Acknowledge { post: None };
                Command::StepComplaint { at, step }
            }
        };
        self.change(command, Origin::Key, Vec::new());
    }

    /// The major complaint that waits for this operator.
    pub fn alarm(&self) -> Option<String> {
        let facts = &self.facts;
        let complaint = match &self.facts.alarm.as_ref()?.record {
            Record::Complaint(complaint) => complaint,
            Record::Incident(incident) => {
                let text = incident.details.text.replace('\n', " ");
                let number = incident.meta.number;
                return Some(facts.tw("leak-alarm", &[("number", &number), ("text", &text)]));
            }
            Record::Instruction(it) => {
                let who = facts.operator_name(it.meta.created_by);
                let text = it.details.text.replace('\n', " ");
                return Some(facts.tw("instruction-alarm", &[("who", &who), ("text", &text)]));
            }
            _ => return None,
        };
        let details = &complaint.details;
        let text = details.text.replace('\n', " ");
        let said = facts.tw(
            "major-alarm",
            &[
                ("number", &complaint.meta.number),
                ("who", &details.complainant),
                ("text", &text),
            ],
        );
        Some(said)
    }

    /// Acknowledges the major complaint that stands above everything.
    pub(crate) fn acknowledge_alarm(&mut self) {
        let Some(row) = &self.facts.alarm else { return };
        let at = At {
            number: row.record.number(),
            version: row.record.meta().version,
        };
        self.acknowledge(at);
    }

    /// What waits is known: the major complaint is asked for where there is one.
    pub(crate) fn took_counts(&mut self, counts: Vec<TabCount>) {
        self.dirty |= self.facts.counts != counts;
        self.facts.counts = counts;
        let late = self.facts.count(Tab::Approvals).map_or(0, |it| it.late);
        if late == 0 {
            self.dirty |= self.facts.alarm.take().is_some();
            return;
        }
        let query = List::approvals().query(Part::Start);
        self.look(Tag::Alarm, Query::List(ListQuery { limit: 1, ..query }));
    }

    /// The first of what waits: whether it is a major complaint.
    pub(crate) fn took_alarm(&mut self, page: Page) {
        let first = page.rows.into_iter().next().map(|(_, row)| row);
        let major = |row: &Row| {
            let wait = asked(&row.record, &self.facts);
            wait.is_some_and(|wait| wait.kind.is_alarm())
        };
        let alarm = first.filter(major);
        self.dirty |= self.facts.alarm != alarm;
        self.facts.alarm = alarm;
    }

    /// Goes back to where a form was opened from.
    pub(crate) fn go_back(&mut self) {
        if let Some(tab) = self.back_to.take() {
            self.go(tab);
        }
    }
}
