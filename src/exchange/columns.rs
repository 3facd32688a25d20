//! The columns of each kind: all of them for exports, some for lists on the command line. What
//! stands in them is in `cells`.

mod archive;
mod desk;
mod short;

use crate::domain::number::Kind;
use archive::{
    ACCESS, DAY_END, DESTRUCTION, FILE, HANDOVER, INCIDENT, INSPECTION, LOAN, TASK, TRANSACTION,
};
use desk::{
    ANSWER, CAMPAIGN, COMPLAINT, CUSTOMER, DOSSIER, DUTY_SHIFT, FOLLOW_UP, HANDOUT, HINT,
    INSTRUCTION, INTAKE, INTRODUCTION, MEASURE, MERGE, OCCUPANCY, OPERATOR, PERMIT, PLAN_LINE,
    REGISTRATION, RELATION, SERVICE_ITEM, SHIFT_SHEET, SURVEY,
};

pub use short::short;

/// All columns of a kind, in the order of its export. The header of a column is the text
/// `column-<name>`; where a field can be imported its column has the field's name.
pub const fn columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Customer => CUSTOMER,
        Kind::Intake => INTAKE,
        Kind::Complaint => COMPLAINT,
        Kind::File => FILE,
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
        Kind::DutyShift => DUTY_SHIFT,
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

/// The columns of the log of looks.
pub const LOOKS: &[&str] = &[
    "at", "by", "operator", "what", "about", "refused", "permit", "detail",
];

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
