//! The columns of each kind: all of them for exports, some for lists on the command line. What
//! stands in them is in `cells`.

use crate::domain::number::Kind;

/// All columns of a kind, in the order of its export. The header of a column is the text
/// `column-<name>`; where a field can be imported its column has the field's name.
pub const fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Customer => CUSTOMER,
        Kind::Intake => INTAKE,
        Kind::Complaint => COMPLAINT,
        Kind::File => &[
            "number",
            "external",
            "title",
            "class",
            "person",
            "phone",
            "plate",
            "place",
            "pieces",
            "grade",
            "note",
            "filed_on",
            "loan",
            "customer",
            "sort",
            "vin",
            "unit_of",
            "medium",
            "class_no",
            "lacks",
            "web",
            "credit",
            "to_whom",
            "left_on",
            "answering",
        ],
        Kind::Loan => LOAN,
        Kind::Operator => OPERATOR,
        Kind::Site => &["number", "name", "profile", "rehearsal"],
        Kind::Import => &["number", "import_kind", "import_file", "created_at", "void"],
        Kind::Permit => PERMIT,
        Kind::Measure => MEASURE,
        Kind::Handover => HANDOVER,
        Kind::Access => ACCESS,
        Kind::Inspection => INSPECTION,
        Kind::Incident => INCIDENT,
        Kind::Destruction => DESTRUCTION,
        Kind::DayEnd => DAY_END,
        Kind::Transaction => TRANSACTION,
        Kind::Task => TASK,
        Kind::Registration => REGISTRATION,
        Kind::DutyShift => &[
            "number",
            "day",
            "duty_from",
            "duty_until",
            "manager",
            "created_by",
        ],
        Kind::FollowUp => FOLLOW_UP,
        Kind::Survey => SURVEY,
        Kind::Answer => ANSWER,
        Kind::Occupancy => OCCUPANCY,
        Kind::Instruction => INSTRUCTION,
        Kind::Relation => RELATION,
        Kind::Introduction => INTRODUCTION,
        Kind::Handout => HANDOUT,
        Kind::ServiceItem => SERVICE_ITEM,
        Kind::Merge => MERGE,
        Kind::Hint => HINT,
        Kind::ShiftSheet => SHIFT_SHEET,
        Kind::Campaign => CAMPAIGN,
        Kind::PlanLine => PLAN_LINE,
        Kind::Dossier => DOSSIER,
        Kind::Analysis | Kind::Credential | Kind::Remark => &["number", "created_at"],
    }
}

const HINT: &[&str] = &[
    "number",
    "places",
    "text",
    "until",
    "withdrawn",
    "created_by",
    "created_at",
];

const SHIFT_SHEET: &[&str] = &[
    "number",
    "state",
    "hand_to",
    "text",
    "requests",
    "promises",
    "begun",
    "taken_by",
    "taken_at",
    "created_by",
    "created_at",
];

const RELATION: &[&str] = &[
    "number",
    "from_customer",
    "from_name",
    "relation_kind",
    "to_customer",
    "to_name",
    "group",
    "since",
    "consent",
    "note",
    "ended_at",
    "reason",
    "created_by",
    "created_at",
];

const INTRODUCTION: &[&str] = &[
    "number",
    "from_customer",
    "from_name",
    "to_customer",
    "to_name",
    "text",
    "state",
    "consent_one",
    "consent_other",
    "approved_by",
    "made_at",
    "result",
    "created_by",
    "created_at",
];

const HANDOUT: &[&str] = &[
    "number",
    "on",
    "customer",
    "name",
    "what_given",
    "count_given",
    "friend",
    "phone",
    "count_arrived",
    "arrived",
    "created_by",
    "created_at",
];

const SERVICE_ITEM: &[&str] = &[
    "number",
    "name",
    "start",
    "planned_end",
    "days_late",
    "retired_on",
    "replaced_by",
    "note",
    "created_by",
    "created_at",
];

const MERGE: &[&str] = &[
    "number",
    "kept",
    "name",
    "absorbed",
    "absorbed_name",
    "taken",
    "undone_at",
    "reason",
    "created_by",
    "created_at",
];

const INSPECTION: &[&str] = &[
    "number",
    "inspection",
    "temperature",
    "humidity",
    "out_of_bounds",
    "findings",
    "note",
    "state",
    "created_by",
    "created_at",
    "answering",
];

const DAY_END: &[&str] = &[
    "number",
    "day",
    "rows",
    "unfinished",
    "reason",
    "out",
    "created_by",
    "answering",
];

const REGISTRATION: &[&str] = &[
    "number",
    "day",
    "registered_at",
    "name",
    "phone",
    "business",
    "registration_source",
    "intention",
    "prospect",
    "agent",
    "agent_name",
    "referrer",
    "registered_by",
    "manager",
    "owner_rule",
    "state",
    "collides_with",
    "handed_in_at",
    "late_form",
    "reason",
    "customer",
    "closed_on",
    "rules_version",
];

const FOLLOW_UP: &[&str] = &[
    "number",
    "customer",
    "name",
    "follow_kind",
    "due",
    "time",
    "days_late",
    "occasion",
    "days",
    "matters",
    "standing",
    "owner",
    "text",
    "state",
    "reached_at",
    "contact_channel",
    "said",
    "needs",
    "next_contact",
    "regularity",
    "serves",
    "serves_title",
    "tried",
    "feedback",
    "item",
    "answer",
    "settled",
    "created_by",
];

const COMPLAINT: &[&str] = &[
    "number",
    "external",
    "made_at",
    "channel",
    "complainant",
    "phone",
    "plate",
    "place",
    "category",
    "service_type",
    "text",
    "department",
    "handler",
    "state",
    "due",
    "days_late",
    "answer",
    "answered_at",
    "source",
    "customer",
    "intake",
    "created_by",
    "told_at",
    "cause",
    "major",
    "breaches",
    "late_in",
    "reopened",
    "attempts",
    "satisfaction",
];

const SURVEY: &[&str] = &[
    "number",
    "survey_kind",
    "title",
    "aspects",
    "target",
    "state",
    "due",
    "days_late",
    "started_on",
    "closed_at",
    "answer_count",
    "mean",
    "threshold",
    "below",
    "measures",
    "created_by",
];

const ANSWER: &[&str] = &[
    "number",
    "survey",
    "customer",
    "name",
    "contact_channel",
    "scores",
    "product",
    "opinion",
    "suggestion",
    "created_by",
    "created_at",
];

const OCCUPANCY: &[&str] = &[
    "number",
    "place",
    "customer",
    "name",
    "moved_in",
    "moved_out",
    "intake",
    "created_by",
    "created_at",
];

const INSTRUCTION: &[&str] = &[
    "number",
    "instruction_sort",
    "given_to",
    "text",
    "state",
    "due",
    "days_late",
    "acknowledged_at",
    "carried_out_at",
    "done",
    "answered_at",
    "answer",
    "created_by",
    "created_at",
];

const CAMPAIGN: &[&str] = &[
    "number",
    "campaign_sort",
    "campaign_title",
    "text",
    "from_day",
    "due",
    "venue",
    "event_places",
    "event_places_left",
    "target",
    "told",
    "booked",
    "attended",
    "owner",
    "created_by",
];

const PLAN_LINE: &[&str] = &[
    "number",
    "customer",
    "name",
    "action",
    "month",
    "holiday",
    "department",
    "owner",
    "due",
    "days_late",
    "state",
    "done_on",
    "follow_up",
    "reason",
    "created_by",
];

const DOSSIER: &[&str] = &[
    "number",
    "customer",
    "name",
    "salesperson",
    "filled",
    "fields",
    "percent",
    "answers",
    "created_by",
    "created_at",
];

const HANDOVER: &[&str] = &[
    "number",
    "sort",
    "person",
    "plate",
    "vin",
    "giver",
    "released_on",
    "due",
    "days_late",
    "signed_at",
    "register_row",
    "state",
    "missing",
    "file",
    "created_by",
    "answering",
];

const ACCESS: &[&str] = &[
    "number",
    "purpose",
    "file",
    "object",
    "aim",
    "reason",
    "reader",
    "unit",
    "outsider",
    "grade",
    "state",
    "approvals",
    "loan",
    "copy_no",
    "created_by",
    "created_at",
    "answering",
];

const INCIDENT: &[&str] = &[
    "number",
    "found_at",
    "file",
    "text",
    "measure",
    "measure_by",
    "state",
    "result",
    "created_by",
    "answering",
];

const DESTRUCTION: &[&str] = &[
    "number",
    "file",
    "class",
    "class_no",
    "sort",
    "grade",
    "pieces",
    "filed_on",
    "past_on",
    "ground",
    "state",
    "reviewed",
    "approved",
    "method",
    "witness",
    "destroyed",
    "created_by",
    "answering",
];

const TRANSACTION: &[&str] = &[
    "number",
    "on",
    "transaction_sort",
    "text",
    "amount",
    "discount",
    "terms",
    "salesperson",
    "file",
    "customer",
    "created_by",
    "created_at",
    "answering",
];

const TASK: &[&str] = &[
    "number",
    "department",
    "task_owner",
    "text",
    "record",
    "state",
    "due",
    "days_late",
    "answer",
    "given_to",
    "given_at",
    "accepted_at",
    "handed_back_at",
    "chain",
    "created_by",
    "created_at",
    "answering",
];

const CUSTOMER: &[&str] = &[
    "number",
    "external",
    "name",
    "salutation",
    "employer",
    "position",
    "address",
    "phones",
    "place",
    "plates",
    "note",
    "customer_class",
    "customer_line",
    "sales_site",
    "customer_source",
    "owner",
    "marks",
    "confirmed_on",
    "created_at",
];

const LOAN: &[&str] = &[
    "number",
    "file",
    "title",
    "borrower",
    "unit",
    "phone",
    "copies",
    "reason",
    "lent_at",
    "due",
    "days_late",
    "pieces_back",
    "returned_at",
    "receiver",
    "note",
    "answering",
];

const INTAKE: &[&str] = &[
    "number",
    "external",
    "started_at",
    "channel",
    "kind",
    "caller",
    "phone",
    "place",
    "text",
    "access",
    "department",
    "state",
    "ended_at",
    "outcome",
    "source",
    "customer",
    "complaint",
    "wrap_up",
    "next_visit",
    "created_by",
];

const OPERATOR: &[&str] = &[
    "number",
    "login",
    "name",
    "roles",
    "department",
    "active",
    "service",
    "account",
    "acknowledged",
    "deputies",
];

const MEASURE: &[&str] = &[
    "number",
    "about",
    "aspect",
    "measure_kind",
    "text",
    "department",
    "owner",
    "contributor",
    "due",
    "days_late",
    "state",
    "supervisor",
    "done",
    "created_by",
    "created_at",
];

const PERMIT: &[&str] = &[
    "number",
    "permit_kind",
    "permit_for",
    "from",
    "to",
    "permit_place",
    "reason",
    "revoked",
    "created_by",
    "created_at",
];

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

/// The columns of the log of looks.
pub const LOOKS: &[&str] = &[
    "at", "by", "operator", "what", "about", "refused", "permit", "detail",
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

#[cfg(test)]
mod tests {
    use super::super::mapping::fields;
    use super::*;
    use crate::locale::{Lang, Texts};

    #[test]
    fn every_field_that_can_be_imported_is_exported_under_its_name() {
        for kind in Kind::ALL {
            for field in fields(*kind) {
                assert!(
                    columns(*kind).contains(&field.name),
                    "{kind:?} {}",
                    field.name
                );
            }
        }
    }

    #[test]
    fn every_column_has_a_header_in_both_languages() {
        for lang in Lang::ALL {
            let texts = Texts::new(*lang);
            for column in Kind::ALL
                .iter()
                .flat_map(|kind| columns(*kind))
                .chain(LOOKS)
            {
                assert!(texts.has(&format!("column-{column}")), "{lang:?} {column}");
            }
        }
    }

    #[test]
    fn lists_show_columns_there_are() {
        for kind in Kind::ALL {
            assert!(
                short(*kind)
                    .iter()
                    .all(|column| columns(*kind).contains(column)),
                "{kind:?}"
            );
        }
    }
}
