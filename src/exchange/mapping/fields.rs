//! The fields of each kind that can be filled from a file. Under which headers they are known is in
//! `words`.

use crate::domain::number::Kind;

/// A field that can be filled from a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in maps, in problems and in export headers.
    pub name: &'static str,
    /// Whether a map without it makes no sense.
    pub required: bool,
}

const fn must(name: &'static str) -> Field {
    Field {
        name,
        required: true,
    }
}

const fn may(name: &'static str) -> Field {
    Field {
        name,
        required: false,
    }
}

const CUSTOMER: &[Field] = &[
    must("name"),
    may("employer"),
    may("position"),
    may("address"),
    may("phones"),
    may("salutation"),
    may("place"),
    may("plates"),
    may("note"),
    may("external"),
    may("customer_class"),
    may("customer_line"),
    may("sales_site"),
    may("customer_source"),
    may("business"),
    may("deal"),
];
const INTAKE: &[Field] = &[
    may("channel"),
    may("kind"),
    may("caller"),
    may("phone"),
    may("place"),
    must("text"),
    may("needs"),
    may("access"),
    may("department"),
    may("started_at"),
    may("state"),
    may("ended_at"),
    may("outcome"),
    may("source"),
    may("customer"),
    may("external"),
];
const COMPLAINT: &[Field] = &[
    may("channel"),
    may("complainant"),
    may("phone"),
    may("plate"),
    may("place"),
    may("category"),
    may("service_type"),
    must("text"),
    may("made_at"),
    may("department"),
    may("state"),
    may("answer"),
    may("answered_at"),
    may("source"),
    may("customer"),
    may("external"),
];
const FILE: &[Field] = &[
    must("title"),
    may("class"),
    may("person"),
    may("phone"),
    may("plate"),
    may("place"),
    may("pieces"),
    may("grade"),
    may("note"),
    may("external"),
];
const LOAN: &[Field] = &[
    must("file"),
    may("title"),
    must("borrower"),
    may("unit"),
    may("phone"),
    may("copies"),
    may("reason"),
    may("lent_at"),
    may("due"),
    may("returned_at"),
    may("note"),
];

/// The fields of a kind that can be filled from a file; none for a kind that is not imported.
pub const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Customer => CUSTOMER,
        Kind::Intake => INTAKE,
        Kind::Complaint => COMPLAINT,
        Kind::File => FILE,
        Kind::Loan => LOAN,
        Kind::Operator
        | Kind::Site
        | Kind::Import
        | Kind::Credential
        | Kind::Permit
        | Kind::Remark
        | Kind::Analysis
        | Kind::Measure
        | Kind::Handover
        | Kind::Access
        | Kind::Inspection
        | Kind::Incident
        | Kind::Destruction
        | Kind::DayEnd
        | Kind::Transaction
        | Kind::Task
        | Kind::Registration
        | Kind::DutyShift
        | Kind::FollowUp
        | Kind::Survey
        | Kind::Answer
        | Kind::Occupancy
        | Kind::Instruction
        | Kind::Relation
        | Kind::Introduction
        | Kind::Handout
        | Kind::ServiceItem
        | Kind::Merge
        | Kind::Campaign
        | Kind::PlanLine
        | Kind::Dossier
        | Kind::Hint
        | Kind::ShiftSheet => &[],
    }
}
