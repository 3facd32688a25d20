//! The columns of lists on the command line.

use super::columns;
use crate::domain::number::Kind;

const CAMPAIGN_SHORT: &[&str] = &[
    "number",
    "campaign_sort",
    "campaign_title",
    "from_day",
    "due",
    "told",
    "event_places_left",
];

const PLAN_LINE_SHORT: &[&str] = &[
    "number",
    "name",
    "action",
    "department",
    "owner",
    "due",
    "days_late",
    "state",
    "done_on",
];

const DOSSIER_SHORT: &[&str] = &[
    "number",
    "name",
    "salesperson",
    "filled",
    "fields",
    "percent",
];

const TASK_SHORT: &[&str] = &[
    "number",
    "department",
    "task_owner",
    "text",
    "state",
    "due",
    "days_late",
];

/// The columns that a list on the command line shows.
pub const fn short(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Customer => &["number", "name", "phones", "place", "employer", "marks"],
        Kind::Intake => &[
            "number",
            "started_at",
            "kind",
            "caller",
            "phone",
            "state",
            "text",
        ],
        Kind::Complaint => &[
            "number",
            "made_at",
            "complainant",
            "department",
            "state",
            "due",
            "days_late",
            "text",
        ],
        Kind::File => &[
            "number", "title", "class", "person", "place", "pieces", "loan", "grade",
        ],
        Kind::Loan => &[
            "number",
            "title",
            "borrower",
            "due",
            "days_late",
            "returned_at",
        ],
        Kind::Handover => &[
            "number",
            "person",
            "plate",
            "giver",
            "state",
            "due",
            "days_late",
        ],
        Kind::Access => &[
            "number", "purpose", "file", "reader", "unit", "grade", "state",
        ],
        Kind::Incident => &["number", "found_at", "text", "state"],
        Kind::Destruction => &["number", "file", "class", "filed_on", "ground", "state"],
        Kind::Inspection => &["number", "inspection", "created_at", "state"],
        Kind::Transaction => &["number", "on", "transaction_sort", "text", "amount", "file"],
        Kind::FollowUp => &[
            "number",
            "name",
            "follow_kind",
            "due",
            "time",
            "days_late",
            "occasion",
            "days",
            "owner",
            "text",
        ],
        Kind::Survey | Kind::Answer | Kind::Occupancy | Kind::Instruction => short_of_surveys(kind),
        Kind::Relation | Kind::Introduction | Kind::Handout | Kind::Merge | Kind::ServiceItem => {
            short_of_kin(kind)
        }
        Kind::Dossier => DOSSIER_SHORT,
        Kind::Task => TASK_SHORT,
        Kind::Registration => &[
            "number",
            "registered_at",
            "name",
            "registration_source",
            "manager",
            "state",
            "handed_in_at",
        ],
        Kind::Campaign => CAMPAIGN_SHORT,
        Kind::PlanLine => PLAN_LINE_SHORT,
        Kind::Operator
        | Kind::Site
        | Kind::Import
        | Kind::DutyShift
        | Kind::Hint
        | Kind::ShiftSheet
        | Kind::DayEnd
        | Kind::Analysis
        | Kind::Credential
        | Kind::Permit
        | Kind::Remark
        | Kind::Measure => columns(kind),
    }
}

/// The same of what customers have to do with each other, and of services.
const fn short_of_kin(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Relation => &[
            "number",
            "from_name",
            "relation_kind",
            "to_name",
            "group",
            "since",
            "ended_at",
        ],
        Kind::Introduction => &["number", "from_name", "to_name", "state", "text"],
        Kind::Handout => &[
            "number",
            "on",
            "name",
            "what_given",
            "count_given",
            "count_arrived",
            "friend",
        ],
        Kind::Merge => &["number", "kept", "name", "absorbed", "undone_at"],
        Kind::ServiceItem => &[
            "number",
            "name",
            "start",
            "planned_end",
            "days_late",
            "retired_on",
        ],
        _ => columns(kind),
    }
}

/// The same for surveys, answers, move-ins and instructions.
const fn short_of_surveys(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Survey => &[
            "number",
            "survey_kind",
            "title",
            "state",
            "due",
            "answer_count",
            "mean",
            "below",
        ],
        Kind::Answer => &[
            "number",
            "survey",
            "name",
            "contact_channel",
            "scores",
            "opinion",
        ],
        Kind::Occupancy => &["number", "place", "name", "moved_in", "moved_out"],
        _ => &[
            "number",
            "instruction_sort",
            "given_to",
            "created_by",
            "state",
            "due",
            "text",
        ],
    }
}
