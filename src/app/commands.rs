//! For each action: may it run now, and if not, why not. Footer, help and palette ask here, and
//! so does the key itself, so that all give the same reason.
//!
//! Rules are not repeated: the rule is tried on the selected record with nothing filled in, and
//! what it says apart from empty fields is the reason.

use super::App;
use super::custody;
use super::facts::Facts;
use super::forms::{self, FormId, step};
use super::kin;
use super::pane::{Pane, tab_of_layer};
use crate::desk::contract::Row;
use crate::domain::archive::Grade;
use crate::domain::complaint::{self, Complaint, StepKind, To, Transition, next_steps};
use crate::domain::context::Context;
use crate::domain::customer::{self, Mark};
use crate::domain::intake::{self, OutcomeCode};
use crate::domain::loan::{self, LoanDetails};
use crate::domain::measure::{self, Measure, MeasureState};
use crate::domain::number::Kind;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::domain::repair::{self, RepairStepKind};
use crate::domain::stamp::Stamp;
use crate::domain::survey;
use crate::keys::{Action, Layer};

/// Whether an action belongs to a list or pane and not to a form or the whole desk.
pub fn is_for_list(action: Action) -> bool {
    !matches!(
        action.layer(),
        Layer::Global | Layer::Form | Layer::Field | Layer::Popup
    )
}

impl App {
    /// Why an action cannot run now; none when it can.
    pub fn why_not(&self, action: Action) -> Option<String> {
        let facts = &self.facts;
        let home = tab_of_layer(action.layer());
        let pane = match home {
            Some(tab) => self.panes.iter().find(|pane| pane.tab == tab),
            None => self.pane(),
        };
        let Some(pane) = pane else {
            return Some(facts.t("why-no-such-tab"));
        };
        if is_for_list(action) && pane.form.is_some() {
            return Some(facts.t("why-form-open"));
        }
        match action {
            Action::Save
            | Action::SaveAndNew
            | Action::NextField
            | Action::PrevField
            | Action::Pick
            | Action::RepeatLast
            | Action::LastCustomer
            | Action::Phrases
            | Action::Leave
            | Action::Discard
                if pane.form.is_none() =>
            {
                Some(facts.t("why-no-form"))
            }
            Action::LastCustomer if self.last_customer.is_none() => {
                Some(facts.t("why-no-last-customer"))
            }
            Action::Phrases if facts.profile.phrases.is_empty() => Some(facts.t("why-no-phrases")),
            Action::SaveAndNew if pane.form.as_ref().is_some_and(|form| form.about.is_some()) => {
                Some(facts.t("why-nothing-new"))
            }
            Action::AddToOpen => self.why_not_add(),
            Action::Mark | Action::MarkShown => self.why_not_mark(),
            Action::Print => self.why_not_print(),
            Action::Scan => self.why_not_scan(),
            Action::TakeCall => self.why_not_take_call(),
            // What refuses among several that are marked is said before anything is done.
            Action::AssignComplaint | Action::UrgeComplaint
                if !self.marked_complaints().is_empty() =>
            {
                None
            }
            Action::GoIntake => self.no_tab(Tab::Intake),
            Action::GoComplaints => self.no_tab(Tab::Complaints),
            Action::GoArchive => self.no_tab(Tab::Archive),
            Action::GoCustomers => self.no_tab(Tab::Customers),
            Action::GoApprovals => self.no_tab(Tab::Approvals),
            Action::GoFollowUps => self.no_tab(Tab::FollowUps),
            Action::NewFollowUp => self
                .no_tab(Tab::FollowUps)
                .or_else(|| self.lacks(Permission::IntakeLog)),
            Action::Approve => self.why_not_decide(true),
            Action::Decline => self.why_not_decide(false),
            Action::AcknowledgeMajor if facts.alarm.is_none() => Some(facts.t("why-no-alarm")),
            Action::IncludeRetired if pane.tab != Tab::Customers => {
                Some(facts.t("why-nothing-retired"))
            }
            Action::ExplainDate if is_lending(pane) => None,
            Action::Analysis if pane.tab == Tab::Archive => facts
                .not_seen(Kind::File)
                .or_else(|| facts.not_seen(Kind::Customer)),
            Action::HandlingReport | Action::Analysis | Action::MonthlyReports => {
                self.lacks(Permission::Report)
            }
            Action::Export => self.lacks(Permission::Export),
            Action::Import | Action::Imports => self.lacks(Permission::Import),
            Action::Drafts if self.drafts.is_empty() => Some(facts.t("why-no-drafts")),
            Action::Notices if self.notices.is_empty() && self.desk_notices.is_empty() => {
                Some(facts.t("why-no-notices"))
            }
            Action::Registers if self.has_one_list(pane) => Some(facts.t("why-one-list")),
            Action::New => self.why_not_new(pane),
            Action::NewCall | Action::NewLetter | Action::NewVisit => self.why_not_log(),
            Action::NewComplaint => self.lacks(Permission::ComplaintRecord),
            Action::NewFile => self.lacks(Permission::FileCreate),
            Action::RequestAccess => self
                .facts
                .refused(|context| context.may_take(ArchiveStep::Apply)),
            Action::NewCustomer => self.lacks(Permission::CustomerRegister),
            _ => self.why_not_here(action, pane),
        }
    }

    fn lacks(&self, permission: Permission) -> Option<String> {
        self.facts.refused(|context| context.may(permission))
    }

    fn no_tab(&self, tab: Tab) -> Option<String> {
        let known = self.panes.iter().any(|pane| pane.tab == tab);
        (!known).then(|| self.facts.t("why-no-such-tab"))
    }

    fn why_not_log(&self) -> Option<String> {
        self.lacks(Permission::IntakeLog)
            .filter(|_| self.lacks(Permission::IntakeRepair).is_some())
    }

    fn why_not_new(&self, pane: &Pane) -> Option<String> {
        match pane.tab {
            Tab::Intake | Tab::Customers | Tab::FollowUps if pane.register() => {
                self.why_not_new_of(pane.list().kind)
            }
            Tab::Intake => self.why_not_log(),
            Tab::Complaints => self.lacks(Permission::ComplaintRecord),
            Tab::Archive => self.why_not_new_of(pane.list().kind),
            Tab::Customers => self.lacks(Permission::CustomerRegister),
            Tab::Approvals => Some(self.facts.t("why-nothing-new-here")),
            Tab::FollowUps => self.lacks(Permission::IntakeLog),
        }
    }

    /// The reasons that lie in the selected record.
    fn why_not_here(&self, action: Action, pane: &Pane) -> Option<String> {
        let needs_row = matches!(
            action,
            Action::MakeComplaint
                | Action::AttachCustomer
                | Action::CloseIntake
                | Action::AssignComplaint
                | Action::AnswerComplaint
                | Action::CloseComplaint
                | Action::WithdrawComplaint
                | Action::UrgeComplaint
                | Action::NextStep
                | Action::Steps
                | Action::NextOfRepair
                | Action::StepsOfRepair
                | Action::NewMeasure
                | Action::CheckOut
                | Action::CheckIn
                | Action::NextOfArchive
                | Action::StepsOfArchive
                | Action::NextOfCustomer
                | Action::StepsOfCustomer
                | Action::StepsOfFollowUp
                | Action::DoFollowUp
                | Action::DropFollowUp
                | Action::MarkKey
                | Action::MarkClosed
                | Action::ConfirmCard
                | Action::Retire
                | Action::CallOf
                | Action::Open
                | Action::Reveal
                | Action::Remark
                | Action::Edit
                | Action::History
                | Action::ExplainDate
        );
        if !needs_row {
            return None;
        }
        let Some(row) = pane.list().selected() else {
            return Some(self.facts.t("why-no-record"));
        };
        match &row.record {
            Record::Intake(intake) => self.why_not_intake(action, intake),
            Record::Complaint(complaint) => self.why_not_complaint(action, complaint),
            Record::Customer(customer) => self.why_not_customer(action, customer),
            Record::Measure(measure) => self.why_not_measure(action, measure),
            Record::FollowUp(follow_up) => self.why_not_follow_up(action, follow_up),
            Record::File(_) | Record::Loan(_) => self.why_not_archive(action, row, pane),
            Record::Handover(_)
            | Record::Access(_)
            | Record::Inspection(_)
            | Record::Incident(_)
            | Record::Destruction(_)
            | Record::DayEnd(_)
            | Record::Transaction(_)
            | Record::Task(_)
            | Record::Registration(_)
            | Record::Relation(_)
            | Record::Introduction(_)
            | Record::Handout(_)
            | Record::ServiceItem(_)
            | Record::Merge(_)
            | Record::Campaign(_)
            | Record::PlanLine(_)
            | Record::Dossier(_)
            | Record::DutyShift(_)
            | Record::Survey(_)
            | Record::Answer(_)
            | Record::Occupancy(_)
            | Record::Instruction(_)
            | Record::Hint(_)
            | Record::ShiftSheet(_) => self.why_not_procedure(action, &row.record),
            _ => None,
        }
    }

    fn why_not_intake(&self, action: Action, intake: &intake::Intake) -> Option<String> {
        let facts = &self.facts;
        match action {
            Action::CloseIntake | Action::AttachCustomer if !intake.is_open() => {
                facts.refused(|context| intake::close(intake, OutcomeCode::Resolved, "", context))
            }
            Action::CloseIntake => self.lacks(Permission::IntakeClose),
            Action::AttachCustomer => self.lacks(Permission::IntakeLog),
            Action::MakeComplaint => facts.refused(|context| {
                let details = complaint::ComplaintDetails::default();
                let number = intake.meta.number;
                complaint::record(number, details, None, Some(intake), context)
            }),
            Action::Edit => facts
                .refused(|context| intake::change(intake, intake.details.clone(), None, context)),
            Action::NextOfRepair | Action::StepsOfRepair
                if repair::next_steps(intake).is_empty() =>
            {
                Some(facts.t("why-no-repair"))
            }
            Action::ExplainDate if due(intake).is_none() => Some(facts.t("why-no-date")),
            _ => None,
        }
    }

    fn why_not_complaint(
        &self,
        action: Action,
        complaint: &complaint::Complaint,
    ) -> Option<String> {
        let facts = &self.facts;
        let kind = match action {
            Action::AssignComplaint => StepKind::Assign,
            Action::AnswerComplaint => StepKind::Answer,
            Action::CloseComplaint => StepKind::Close,
            Action::WithdrawComplaint => StepKind::Withdraw,
            Action::UrgeComplaint => StepKind::Urge,
            Action::Edit => {
                let details = complaint.details.clone();
                return facts
                    .refused(|context| complaint::change(complaint, details, None, context));
            }
            Action::NextStep if complaint.state.is_final() => {
                return Some(facts.t("why-ended"));
            }
            // Something may be learnt from a complaint after its end.
            Action::Steps if complaint::next_steps(complaint, &facts.profile).is_empty() => {
                return Some(facts.t("why-ended"));
            }
            Action::NewMeasure => return facts.refused(measure::may_draft),
            Action::ExplainDate if complaint.due_at.is_none() => {
                return Some(facts.t("why-no-date"));
            }
            _ => return None,
        };
        why_not_step(complaint, kind, facts)
    }

    fn why_not_measure(&self, action: Action, measure: &Measure) -> Option<String> {
        let facts = &self.facts;
        match action {
            Action::Edit => {
                let details = measure.details.clone();
                facts.refused(|context| measure::change(measure, details, context))
            }
            Action::NextStep | Action::Steps if measure.state.is_final() => {
                Some(facts.t("why-ended"))
            }
            Action::ExplainDate => Some(facts.t("why-no-date")),
            Action::AssignComplaint
            | Action::AnswerComplaint
            | Action::CloseComplaint
            | Action::WithdrawComplaint
            | Action::UrgeComplaint
            | Action::NewMeasure => Some(facts.t("why-a-measure")),
            _ => None,
        }
    }

    fn why_not_customer(&self, action: Action, customer: &customer::Customer) -> Option<String> {
        let facts = &self.facts;
        let set = |mark| !customer.is(mark);
        match action {
            Action::MarkKey => facts
                .refused(|context| customer::mark(customer, Mark::Key, set(Mark::Key), context)),
            Action::Retire => facts.refused(|context| {
                customer::mark(customer, Mark::Retired, set(Mark::Retired), context)
            }),
            Action::ConfirmCard | Action::Edit => self.lacks(Permission::CustomerChange),
            Action::MarkClosed => facts.refused(|context| {
                customer::mark(customer, Mark::Closed, set(Mark::Closed), context)
            }),
            Action::DoFollowUp => self.why_not_contact(),
            Action::DropFollowUp => Some(facts.t("why-not-planned")),
            Action::CallOf => self.why_not_log(),
            Action::NextOfCustomer | Action::StepsOfCustomer | Action::StepsOfFollowUp
                if custody::steps_here(&Record::Customer(customer.clone()), facts).is_empty() =>
            {
                Some(facts.t("why-no-step"))
            }
            Action::ExplainDate => Some(facts.t("why-no-date")),
            _ => None,
        }
    }

    /// Why nothing new can be made in the list of a kind.
    fn why_not_new_of(&self, kind: Kind) -> Option<String> {
        let facts = &self.facts;
        let takes = |step| facts.refused(|context| context.may_take(step));
        if kin::is_one(kind) {
            return kin::why_not_new(kind, facts);
        }
        match kind {
            Kind::File => self.lacks(Permission::FileCreate),
            Kind::Loan => self.lacks(Permission::LoanCheckOut),
            Kind::Handover => {
                takes(ArchiveStep::HandIn).filter(|_| takes(ArchiveStep::Receive).is_some())
            }
            Kind::Access => takes(ArchiveStep::Apply),
            Kind::Inspection => takes(ArchiveStep::Inspect),
            Kind::Incident | Kind::Instruction => None,
            Kind::DayEnd => takes(ArchiveStep::CloseDay),
            Kind::Transaction => takes(ArchiveStep::RecordTransaction),
            Kind::Task => takes(ArchiveStep::RaiseTask),
            Kind::Registration => takes(ArchiveStep::RegisterCustomer),
            Kind::DutyShift => takes(ArchiveStep::SetDuty),
            Kind::Campaign => self.lacks(Permission::CampaignRun),
            Kind::PlanLine => self.lacks(Permission::PlanKeep),
            Kind::Hint | Kind::ShiftSheet | Kind::Occupancy => self.lacks(Permission::IntakeLog),
            Kind::Survey => takes(ArchiveStep::RunSurvey),
            Kind::Answer => Some(facts.t("why-answer-of-survey")),
            _ => Some(facts.t("why-nothing-new-here")),
        }
    }

    fn why_not_procedure(&self, action: Action, record: &Record) -> Option<String> {
        let facts = &self.facts;
        match action {
            Action::NextOfArchive
            | Action::NextOfRepair
            | Action::NextOfCustomer
            | Action::DoFollowUp => self.why_not_next_of_record(record),
            Action::StepsOfArchive
            | Action::StepsOfRepair
            | Action::StepsOfCustomer
            | Action::StepsOfFollowUp
                if custody::steps_here(record, facts).is_empty() =>
            {
                Some(facts.t("why-ended"))
            }
            Action::ExplainDate => match record {
                Record::Handover(_) => None,
                _ => Some(facts.t("why-no-date")),
            },
            Action::Edit => match record {
                Record::Survey(it) => {
                    facts.refused(|context| survey::change(it, it.details.clone(), context))
                }
                Record::Answer(_) => self.lacks(Permission::IntakeLog),
                _ => Some(facts.t("why-not-changed-here")),
            },
            Action::CheckOut | Action::CheckIn => Some(facts.t("why-not-a-file")),
            // What is done with the records of the tab is not done with a register beside them.
            Action::MarkKey
            | Action::MarkClosed
            | Action::ConfirmCard
            | Action::Retire
            | Action::CallOf => Some(facts.t("why-not-a-customer")),
            Action::DropFollowUp => Some(facts.t("why-not-planned")),
            Action::MakeComplaint | Action::AttachCustomer | Action::CloseIntake => {
                Some(facts.t("why-not-a-request"))
            }
            _ => None,
        }
    }

    fn why_not_archive(&self, action: Action, row: &Row, pane: &Pane) -> Option<String> {
        let facts = &self.facts;
        let file = match &row.record {
            Record::File(file) => Some(file),
            _ => None,
        };
        if action == Action::NextOfArchive {
            return self.why_not_next_of_record(&row.record);
        }
        match (action, file, out_loan(row, pane)) {
            (Action::CheckOut, Some(file), _) if facts.profile.loans.requested => {
                // The desk knows whether a request is granted.
                let lent = file
                    .loan
                    .map(|loan| facts.tw("why-lent", &[("loan", &loan)]));
                self.lacks(Permission::LoanCheckOut).or(lent)
            }
            (Action::CheckOut, Some(file), _) => facts.refused(|context| {
                let lent = loan::Lent::default();
                loan::check_out(
                    file.meta.number,
                    file,
                    LoanDetails::default(),
                    lent,
                    context,
                )
            }),
            (Action::CheckOut | Action::Edit, None, _) => Some(facts.t("why-not-a-file")),
            (Action::CheckIn | Action::ExplainDate, Some(_), None) => Some(facts.t("why-not-out")),
            (Action::CheckIn, _, Some(loan)) if !loan.is_open() => {
                let said = facts.tw("why-already-back", &[("loan", &loan.meta.number)]);
                Some(said)
            }
            (Action::CheckIn, _, _) => self.lacks(Permission::LoanCheckIn),
            // Who takes a grade off need not be who keeps the files (A11-22a).
            (Action::Edit, Some(file), _) => self.lacks(Permission::FileChange).filter(|_| {
                let lowers = |context: &Context| context.may_take(ArchiveStep::LowerGrade);
                file.details.grade == Grade::None || facts.refused(lowers).is_some()
            }),
            _ => None,
        }
    }
}

/// When the next step of a repair is due.
fn due(intake: &intake::Intake) -> Option<Stamp> {
    intake.repair.as_ref().and_then(|repair| repair.due_at)
}

/// Why a step of a repair cannot be taken now, apart from what is not filled in yet.
pub fn why_not_repair_step(
    intake: &intake::Intake,
    kind: RepairStepKind,
    facts: &Facts,
) -> Option<String> {
    let step = forms::repair::empty(kind);
    facts.refused(|context| repair::step(intake, &step, context))
}

/// Why a step of a complaint cannot be taken now, apart from what is not filled in yet.
pub fn why_not_step(complaint: &Complaint, kind: StepKind, facts: &Facts) -> Option<String> {
    let step = step::empty(kind)?;
    facts.refused(|context| complaint::step(complaint, &step, None, context))
}

/// Whether a step leads on to the end, and not aside or back.
pub fn leads_on(row: &Transition, complaint: &Complaint) -> bool {
    let aside = matches!(
        row.step,
        StepKind::Withdraw
            | StepKind::MarkMajor
            | StepKind::NoAction
            | StepKind::HandBack
            | StepKind::SendBack
            | StepKind::Reopen
    );
    let asks = matches!(row.step, StepKind::AskSatisfaction | StepKind::CallBack);
    let on = matches!(row.to, To::State(to) if to != complaint.state);
    !aside && (on || asks)
}

/// The step that leads on from where a complaint stands, for whoever is at this terminal; one beside
/// the way where there is no other.
pub fn main_step(complaint: &Complaint, facts: &Facts) -> Option<StepKind> {
    let steps = next_steps(complaint, &facts.profile);
    let may = |row: &&&Transition| why_not_step(complaint, row.step, facts).is_none();
    let acknowledge = |row: &&&Transition| row.step == StepKind::Acknowledge && may(row);
    let on = |row: &&&Transition| leads_on(row, complaint) && may(row);
    let first = steps.iter().find(acknowledge);
    first.or_else(|| steps.iter().find(on)).map(|row| row.step)
}

/// The forms of a measure's steps, the ones that lead on first.
pub const MEASURE_STEPS: [FormId; 6] = [
    FormId::ApproveMeasure,
    FormId::CarryOut,
    FormId::VerifyMeasure,
    FormId::CheckMeasure,
    FormId::SendMeasureBack,
    FormId::DropMeasure,
];

/// Why a step of a measure cannot be taken now, apart from what is not filled in yet.
pub fn why_not_measure_step(measure: &Measure, form: FormId, facts: &Facts) -> Option<String> {
    let step = step::empty_measure(form)?;
    facts.refused(|context| measure::step(measure, &step, context))
}

/// The form of the step that leads on from where a measure stands.
pub const fn main_measure_step(measure: &Measure) -> Option<FormId> {
    match measure.state {
        MeasureState::Drafted => Some(FormId::ApproveMeasure),
        MeasureState::Approved => Some(FormId::CarryOut),
        MeasureState::Done => Some(FormId::VerifyMeasure),
        MeasureState::Verified => Some(FormId::CheckMeasure),
        MeasureState::Checked | MeasureState::Dropped => None,
    }
}

/// Whether a file is being lent in a pane.
pub fn is_lending(pane: &Pane) -> bool {
    pane.form
        .as_ref()
        .is_some_and(|form| form.id == FormId::CheckOut)
}

/// The loan behind a row of the archive: the row itself, or the one the file is out on.
pub fn out_loan<'a>(row: &'a Row, pane: &'a Pane) -> Option<&'a loan::Loan> {
    match &row.record {
        Record::Loan(loan) => Some(loan),
        Record::File(file) => pane.side.rows.iter().find_map(|side| match &side.record {
            Record::Loan(loan) if file.loan == Some(loan.meta.number) => Some(loan),
            _ => None,
        }),
        _ => None,
    }
}
