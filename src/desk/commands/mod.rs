//! Commands: for each, the records it needs are read, `domain` decides, and the records as they
//! are to be come back. Nothing is written here.

mod access;
mod adopt;
mod analysis;
mod archive;
mod campaigns;
mod complaints;
mod custody;
mod customers;
mod dossiers;
mod follow_ups;
mod handovers;
mod intakes;
mod leasing;
mod operators;
mod permits;
mod relations;
mod shifts;
mod staff;
mod surveys;
mod trade;

use super::contract::{At, Command, Failure};
use super::keyspace as keys;
use super::kin;
use super::overlay::Overlay;
use crate::domain::access::Access;
use crate::domain::analysis::Analysis;
use crate::domain::archive::ArchiveFile;
use crate::domain::campaign::Campaign;
use crate::domain::complaint::Complaint;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::destruction::Destruction;
use crate::domain::dossier::Dossier;
use crate::domain::duty::Duty;
use crate::domain::follow_up::FollowUp;
use crate::domain::handout::Handout;
use crate::domain::handover::Handover;
use crate::domain::hint::Hint;
use crate::domain::incident::Incident;
use crate::domain::inspection::Inspection;
use crate::domain::instruction::Instruction;
use crate::domain::intake::Intake;
use crate::domain::introduction::Introduction;
use crate::domain::loan::Loan;
use crate::domain::look;
use crate::domain::measure::Measure;
use crate::domain::merging::Merge;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::Occupancy;
use crate::domain::operator::Operator;
use crate::domain::permit::Permit;
use crate::domain::plan::PlanLine;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::registration::Registration;
use crate::domain::relation::Relation;
use crate::domain::service_item::ServiceItem;
use crate::domain::shift::ShiftSheet;
use crate::domain::site::Import;
use crate::domain::survey::{Answer, Survey};
use crate::domain::task::Task;
use crate::domain::transaction::Transaction;
use crate::store::Order;

pub(super) use adopt::adopt;
pub(super) use operators::set_up;

/// One request that changes many records changes at most so many, so that a frame stays small; it
/// is sent again until all is done.
const ROWS_AT_ONCE: usize = 500;
/// For the same reason, no further record is changed once those changed have so many bytes.
const BYTES_AT_ONCE: usize = 1 << 20;

/// What was decided: the command's name and the records to write, the one asked for first.
pub(super) struct Decision {
    pub what: &'static str,
    pub records: Vec<Record>,
}

impl Decision {
    fn one(what: &'static str, record: impl Into<Record>) -> Self {
        Self {
            what,
            records: vec![record.into()],
        }
    }
}

/// What a command may look at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub overlay: &'a Overlay<'a>,
    pub context: Context<'a>,
}

/// A record of one kind, out of any record.
pub(super) trait OfKind: Sized {
    fn pick(record: Record) -> Option<Self>;
}

macro_rules! of_kind {
    ($($name:ident($type:ty)),+) => {
        $(impl OfKind for $type {
            fn pick(record: Record) -> Option<Self> {
                match record {
                    Record::$name(record) => Some(record),
                    _ => None,
                }
            }
        })+
    };
}

of_kind!(
    Customer(Customer),
    Intake(Intake),
    Complaint(Complaint),
    File(ArchiveFile),
    Loan(Loan),
    Operator(Operator),
    Import(Import),
    Permit(Permit),
    Measure(Measure),
    Analysis(Analysis),
    Handover(Handover),
    Access(Access),
    Inspection(Inspection),
    Incident(Incident),
    Destruction(Destruction),
    Task(Task),
    Registration(Registration),
    DutyShift(Duty),
    FollowUp(FollowUp),
    Survey(Survey),
    Answer(Answer),
    Occupancy(Occupancy),
    Instruction(Instruction),
    Transaction(Transaction),
    Relation(Relation),
    Introduction(Introduction),
    Handout(Handout),
    ServiceItem(ServiceItem),
    Merge(Merge),
    Campaign(Campaign),
    PlanLine(PlanLine),
    Dossier(Dossier),
    Hint(Hint),
    ShiftSheet(ShiftSheet)
);

impl Scene<'_> {
    /// The next number of a kind, in the year of today.
    fn number(&self, kind: Kind) -> Result<Number, Failure> {
        let year = self.context.today().year();
        Ok(self.overlay.next_number(kind, year)?)
    }

    /// A record that must be there.
    fn record<T: OfKind>(&self, number: Number) -> Result<T, Failure> {
        self.living(number)?.ok_or(Failure::Missing(number))
    }

    /// A record that may be gone: with an import that was taken back, or for good.
    fn living<T: OfKind>(&self, number: Number) -> Result<Option<T>, Failure> {
        let record = self.overlay.record(number)?;
        Ok(record.filter(is_for_commands).and_then(T::pick))
    }

    /// A record that must be there and be as the asker last saw it.
    fn at<T: OfKind>(&self, at: At) -> Result<T, Failure> {
        let record = self
            .overlay
            .record(at.number)?
            .filter(is_for_commands)
            .ok_or(Failure::Missing(at.number))?;
        let stale = (record.meta().version != at.version).then(|| record.clone());
        let record = T::pick(record).ok_or(Failure::Missing(at.number))?;
        // An older version is answered with the present record: only to one who may see it.
        look::may_see(at.number.kind, &self.context)?;
        match stale {
            Some(present) => Err(Failure::Stale {
                present: Box::new(present),
            }),
            None => Ok(record),
        }
    }

    /// The first operator who is so.
    fn operator(&self, is: impl Fn(&Operator) -> bool) -> Result<Option<Operator>, Failure> {
        let prefix = [keys::RECORDS, Kind::Operator.code()];
        let rows = self
            .overlay
            .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Operator(operator)) = self.overlay.record(number)?
                && is(&operator)
            {
                return Ok(Some(operator));
            }
        }
        Ok(None)
    }

    /// An operator named in a form, where they work here.
    fn works_here(&self, number: Option<Number>) -> Result<Option<Operator>, Failure> {
        self.operator(|it| Some(it.meta.number) == number && it.active && !it.service)
    }

    /// Refuses an owner named in a form who does not work here; whoever has it already may keep it.
    fn owner_works_here(
        &self,
        owner: Option<Number>,
        before: Option<Number>,
    ) -> Result<(), Failure> {
        if owner.is_none() || owner == before || self.works_here(owner)?.is_some() {
            return Ok(());
        }
        let problem = Problem::new("no-such-operator").field("owner");
        Err(Failure::Refused(problem.into()))
    }

    /// Customers named one by one in a form, each as the card that stays of it.
    fn all_named(&self, numbers: &[Number], field: &str) -> Result<Vec<Number>, Failure> {
        let cards = numbers
            .iter()
            .map(|number| self.named(Some(*number), field));
        let cards = cards.filter_map(Result::transpose);
        cards.map(|card| Ok(card?.meta.number)).collect()
    }

    /// A customer named in a form, if one is.
    fn customer(&self, number: Option<Number>) -> Result<Option<Customer>, Failure> {
        self.named(number, "customer")
    }

    /// A customer named in a field of a form, if one is; of a card that went into another, that one.
    fn named(&self, number: Option<Number>, field: &str) -> Result<Option<Customer>, Failure> {
        let Some(number) = number else {
            return Ok(None);
        };
        if number.kind != Kind::Customer {
            let problem = Problem::new("not-a-customer").field(field);
            return Err(Failure::Refused(problem.arg("number", number).into()));
        }
        let card = kin::card(self.overlay, number)?;
        card.map(Some).ok_or_else(|| {
            let problem = Problem::new("no-such-customer").field(field);
            Failure::Refused(problem.into())
        })
    }
}

/// Whether a command may name a record: not one that was taken back, and not a credential, which
/// an answer about an older version would show.
fn is_for_commands(record: &Record) -> bool {
    !record.meta().void && record.number().kind != Kind::Credential
}

/// Decides a command.
pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    match command {
        Command::SetUp { .. } => Err(Failure::Refused(Problem::new("set-up-already").into())),
        Command::RegisterCustomer { .. }
        | Command::ChangeCustomer { .. }
        | Command::MarkCustomer { .. }
        | Command::ConfirmCard { .. } => customers::decide(scene, command),
        Command::LogIntake { .. }
        | Command::ChangeIntake { .. }
        | Command::AddPhone { .. }
        | Command::AttachCustomer { .. }
        | Command::CloseIntake { .. }
        | Command::StepRepair { .. }
        | Command::MoveIn { .. }
        | Command::StepOccupancy { .. } => intakes::decide(scene, command),
        Command::RecordComplaint { .. }
        | Command::ChangeComplaint { .. }
        | Command::StepComplaint { .. }
        | Command::DraftMeasure { .. }
        | Command::ChangeMeasure { .. }
        | Command::StepMeasure { .. } => complaints::decide(scene, command),
        Command::DraftAnalysis { .. }
        | Command::WriteAnalysisPart { .. }
        | Command::StepAnalysis { .. } => analysis::decide(scene, command),
        Command::CreateFile { .. }
        | Command::ChangeFile { .. }
        | Command::StepFile { .. }
        | Command::RecordTransaction { .. }
        | Command::CheckOut { .. }
        | Command::CheckIn { .. }
        | Command::ReturnByLabel { .. }
        | Command::StepLoan { .. } => archive::decide(scene, command),
        Command::BeginHandover { .. }
        | Command::StepHandover { .. }
        | Command::DecideFine { .. }
        | Command::CloseDay { .. } => handovers::decide(scene, command),
        Command::RequestAccess { .. }
        | Command::StepAccess { .. }
        | Command::Lend { .. }
        | Command::LendFile { .. } => access::decide(scene, command),
        Command::BeginInspection { .. }
        | Command::StepInspection { .. }
        | Command::ReportIncident { .. }
        | Command::StepIncident { .. }
        | Command::ProposeDestruction { .. }
        | Command::StepDestruction { .. }
        | Command::RaiseTask { .. }
        | Command::StepTask { .. } => custody::decide(scene, command),
        Command::Register { .. }
        | Command::HandInForm { .. }
        | Command::KeepForm { .. }
        | Command::StepRegistration { .. }
        | Command::EnterDuty { .. } => leasing::decide(scene, command),
        Command::MakeHint { .. }
        | Command::StepHint { .. }
        | Command::HandOverShift { .. }
        | Command::StepShift { .. } => shifts::decide(scene, command),
        Command::PlanFollowUp { .. }
        | Command::ChangeFollowUp { .. }
        | Command::DoFollowUp { .. }
        | Command::LogContact { .. }
        | Command::DropFollowUp { .. } => follow_ups::decide(scene, command),
        Command::PlanSurvey { .. }
        | Command::ChangeSurvey { .. }
        | Command::StepSurvey { .. }
        | Command::LogAnswer { .. }
        | Command::ChangeAnswer { .. } => surveys::decide(scene, command),
        Command::GiveInstruction { .. } | Command::StepInstruction { .. } => {
            staff::decide(scene, command)
        }
        Command::Relate { .. }
        | Command::StepRelation { .. }
        | Command::Introduce { .. }
        | Command::StepIntroduction { .. }
        | Command::GiveMaterial { .. }
        | Command::StepHandout { .. }
        | Command::AddServiceItem { .. }
        | Command::ChangeServiceItem { .. }
        | Command::StepServiceItem { .. }
        | Command::MergeCustomers { .. }
        | Command::StepMerge { .. } => relations::decide(scene, command),
        Command::BeginCampaign { .. }
        | Command::ChangeCampaign { .. }
        | Command::EnterPlanLine { .. }
        | Command::ChangePlanLine { .. }
        | Command::DropPlanLine { .. } => campaigns::decide(scene, command),
        Command::KeepDossier { .. } | Command::Greet { .. } => dossiers::decide(scene, command),
        Command::AddOperator { .. }
        | Command::ChangeOperator { .. }
        | Command::SetDeputies { .. }
        | Command::HandOver { .. }
        | Command::AcknowledgeConfidentiality => operators::decide(scene, command),
        Command::AddRemark { .. } | Command::GrantPermit { .. } | Command::RevokePermit { .. } => {
            permits::decide(scene, command)
        }
        Command::BeginImport { .. } | Command::Adopt { .. } | Command::VoidImport { .. } => {
            adopt::decide(scene, command)
        }
    }
}
