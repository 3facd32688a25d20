//! Any record, where the kind does not matter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::analysis::Analysis;
use super::archive::ArchiveFile;
use super::campaign::Campaign;
use super::complaint::Complaint;
use super::context::Meta;
use super::credential::Credential;
use super::customer::Customer;
use super::day_end::DayEnd;
use super::destruction::Destruction;
use super::dossier::Dossier;
use super::duty::Duty;
use super::follow_up::FollowUp;
use super::handout::Handout;
use super::handover::Handover;
use super::hint::Hint;
use super::incident::Incident;
use super::inspection::Inspection;
use super::instruction::Instruction;
use super::intake::Intake;
use super::introduction::Introduction;
use super::loan::Loan;
use super::measure::Measure;
use super::merging::Merge;
use super::number::Number;
use super::occupancy::Occupancy;
use super::operator::Operator;
use super::permit::Permit;
use super::plan::PlanLine;
use super::registration::Registration;
use super::relation::Relation;
use super::remark::Remark;
use super::service_item::ServiceItem;
use super::shift::ShiftSheet;
use super::site::{Import, Site};
use super::survey::{Answer, Survey};
use super::task::Task;
use super::transaction::Transaction;

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident($type:ty)),+ $(,)?) => {
        /// A record of any kind.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub enum Record { $($(#[$doc])* $name($type)),+ }

        impl Record {
            /// Number, version, times.
            pub fn meta(&self) -> &Meta {
                match self { $(Self::$name(record) => &record.meta),+ }
            }

            /// The same, to change.
            pub fn meta_mut(&mut self) -> &mut Meta {
                match self { $(Self::$name(record) => &mut record.meta),+ }
            }
        }

        $(impl From<$type> for Record {
            fn from(record: $type) -> Self { Self::$name(record) }
        })+
    };
}

records! {
    /// A customer.
    Customer(Customer),
    /// A row of the register of callers, calls and visits.
    Intake(Intake),
    /// A complaint.
    Complaint(Complaint),
    /// An archive file.
    File(ArchiveFile),
    /// A row of the loan register.
    Loan(Loan),
    /// An operator.
    Operator(Operator),
    /// The site.
    Site(Site),
    /// One run of an import.
    Import(Import),
    /// What proves that somebody is an operator.
    Credential(Credential),
    /// Leave given to read, copy or export.
    Permit(Permit),
    /// A remark on a record.
    Remark(Remark),
    /// A corrective or preventive measure.
    Measure(Measure),
    /// The analysis of a quarter's complaints.
    Analysis(Analysis),
    /// A hand-over of papers to the archive.
    Handover(Handover),
    /// A request to read, borrow, copy, carry or give outside.
    Access(Access),
    /// An inspection of the archive.
    Inspection(Inspection),
    /// A leak.
    Incident(Incident),
    /// The destruction of a file.
    Destruction(Destruction),
    /// A day of the archive that was closed.
    DayEnd(DayEnd),
    /// An entry in a customer's file.
    Transaction(Transaction),
    /// What one department asks another for.
    Task(Task),
    /// A row of the customer registration form.
    Registration(Registration),
    /// A line of the duty roster.
    DutyShift(Duty),
    /// A contact with a customer that is planned or was had.
    FollowUp(FollowUp),
    /// What customers have to do with each other.
    Relation(Relation),
    /// Two customers brought together.
    Introduction(Introduction),
    /// Material that an old customer passes on.
    Handout(Handout),
    /// A service that is or was offered.
    ServiceItem(ServiceItem),
    /// Two cards that were made one.
    Merge(Merge),
    /// A notice, a product, a promotion, gifts or an event for customers.
    Campaign(Campaign),
    /// A line of the customer service plan.
    PlanLine(PlanLine),
    /// What is known of a customer, field by field.
    Dossier(Dossier),
    /// What customers are asked.
    Survey(Survey),
    /// What a customer answered.
    Answer(Answer),
    /// A customer who moved into a unit.
    Occupancy(Occupancy),
    /// An instruction to an operator, or a suggestion of one.
    Instruction(Instruction),
    /// What whoever calls from a place is told.
    Hint(Hint),
    /// What one shift hands over to the next.
    ShiftSheet(ShiftSheet),
}

impl Record {
    /// The record's number.
    pub fn number(&self) -> Number {
        self.meta().number
    }

    /// The subject under whose key the record is sealed in the journal: the archive file or the
    /// customer it is about, or itself.
    pub fn subject(&self) -> Number {
        let about = match self {
            Self::Intake(intake) => intake.details.customer,
            Self::Complaint(complaint) => complaint.details.customer.or(complaint.intake),
            Self::Loan(loan) => Some(loan.file),
            Self::Access(access) => access.details.file,
            Self::Transaction(it) => it.details.file.or(it.details.customer),
            Self::Task(task) => task.file(),
            Self::FollowUp(follow_up) => follow_up.details.customer,
            Self::Relation(relation) => relation.details.from,
            Self::Introduction(introduction) => introduction.details.one,
            Self::Handout(handout) => handout.details.customer,
            Self::Merge(merge) => Some(merge.kept),
            Self::PlanLine(line) => line.details.customer,
            Self::Dossier(dossier) => Some(dossier.customer),
            Self::Answer(answer) => answer.details.customer,
            Self::Occupancy(occupancy) => occupancy.details.customer,
            Self::Remark(remark) => Some(remark.subject),
            _ => None,
        };
        about.unwrap_or_else(|| self.number())
    }
}
