//! The forms of the registers, on whichever tab: hand-overs, requests, inspections, leaks, destructions,
//! what is done to a file or a loan meanwhile, and what stands beside requests, customers and follow-ups.
//!
//! A form has the name of its step, and its fields those of what the step asks for: the values of the
//! fields are the step. What a step asks for, and who takes it, is not here but in the rules.

mod custody;
mod papers;
mod reading;
mod shifts;

use serde_json::{Value, json};

use super::making::{date, digits, listed, named, note, of_all, text, today, yes_no};
use super::{FormId, about_of, kin, leasing, surveys, trade};
use crate::app::facts::Facts;
use crate::app::field::Field;
use crate::app::form::Form;
use crate::desk::contract::{At, Command};
use crate::domain::access::Purpose;
use crate::domain::archive::FileSort;
use crate::domain::inspection::{Finding, InspectionKind, SafetyPoint};
use crate::domain::loan;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;

pub use papers::{shows_papers, violation_words};
pub(super) use reading::read;

/// The form of a step, by the step's name; none where it asks for nothing.
pub fn form_of(step: &str) -> Option<FormId> {
    let is_of_step = |form: &FormId| form.id() == step && is_one(*form);
    FormId::ALL.iter().copied().find(is_of_step)
}

/// Whether a form is one of these.
pub const fn is_one(id: FormId) -> bool {
    matches!(
        id,
        FormId::NewHandover
            | FormId::CheckPapers
            | FormId::SignOver
            | FormId::SignFor
            | FormId::ReceivePapers
            | FormId::OrderCorrection
            | FormId::CorrectPapers
            | FormId::ScanPapers
            | FormId::FilePapers
            | FormId::FillElectronic
            | FormId::WithdrawHandover
            | FormId::DecideFine
            | FormId::NewAccess
            | FormId::Endorse
            | FormId::ApproveAccess
            | FormId::RefuseAccess
            | FormId::SignRegister
            | FormId::UseAccess
            | FormId::WithdrawAccess
            | FormId::RecallLoan
            | FormId::ClaimReturned
            | FormId::DecideLoan
            | FormId::DigitiseFile
            | FormId::ConfirmFile
            | FormId::DamageFile
            | FormId::MissFile
            | FormId::FindFile
            | FormId::RepairFile
            | FormId::HoldFile
            | FormId::ReleaseFile
            | FormId::AppraiseFile
            | FormId::VoidFile
            | FormId::UpdateFile
            | FormId::TransferFile
            | FormId::TakeOverFile
            | FormId::KeepFile
            | FormId::NewTask
            | FormId::AnswerTask
            | FormId::ReturnTask
            | FormId::WithdrawTask
            | FormId::NewInspection
            | FormId::VisitShelf
            | FormId::CloseInspection
            | FormId::NewIncident
            | FormId::ActOnLeak
            | FormId::CloseLeak
            | FormId::ReviewDestruction
            | FormId::ApproveDestruction
            | FormId::DestroyFile
            | FormId::RefuseDestruction
            | FormId::CloseDay
            | FormId::NewRegistration
            | FormId::HandInForm
            | FormId::RuleCollision
            | FormId::CloseDeal
            | FormId::FileForm
            | FormId::NewDuty
            | FormId::NewHint
            | FormId::WithdrawHint
            | FormId::HandOverShift
            | FormId::DispatchTask
            | FormId::HandBackTask
            | FormId::HandOnTask
    ) || surveys::is_one(id)
        || kin::is_one(id)
        || trade::is_one(id)
}

/// The fields of a form.
pub fn fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        _ if surveys::is_one(id) => surveys::fields(id, facts),
        id if kin::is_one(id) => kin::fields(id, facts),
        id if trade::is_one(id) => trade::fields(id, facts),
        FormId::NewHandover => papers::handover_fields(facts),
        FormId::NewAccess => custody::access_fields(facts),
        FormId::NewInspection => custody::inspection_fields(),
        FormId::NewIncident => custody::incident_fields(facts),
        FormId::NewRegistration
        | FormId::HandInForm
        | FormId::RuleCollision
        | FormId::CloseDeal
        | FormId::FileForm
        | FormId::NewDuty => leasing::fields(id, facts),
        FormId::NewHint | FormId::WithdrawHint | FormId::HandOverShift => {
            shifts::shift_fields(id, facts)
        }
        FormId::NewTask | FormId::DispatchTask | FormId::HandOnTask => {
            shifts::task_fields(id, facts)
        }
        FormId::TransferFile => vec![
            text("to_whom").required(),
            text("receiver").required(),
            note("reason", 3).required(),
        ],
        FormId::OrderCorrection => vec![text("person").required(), note("text", 4).required()],
        FormId::ScanPapers | FormId::DigitiseFile => {
            vec![digits("pages").required(), text("reference").required()]
        }
        FormId::FilePapers => vec![text("shelf")],
        FormId::DecideFine => vec![
            listed("violation", &[]).required(),
            named("decision", "decision", vec!["confirm", "waive"]).required(),
            note("reason", 3).required(),
            digits("percent"),
        ],
        FormId::Endorse => vec![yes_no("stamped").with("no"), text("head")],
        FormId::ApproveAccess => vec![
            yes_no("sufficient").with("no").required(),
            yes_no("complete").with("no").required(),
            note("note", 3),
        ],
        FormId::SignRegister => vec![yes_no("on_paper").with("no")],
        FormId::RepairFile => vec![note("text", 4).required(), today("repaired_on", facts)],
        FormId::VisitShelf => vec![
            listed("shelf", &[]).required(),
            of_all("finding", "finding", Finding::ALL, Finding::id)
                .required()
                .with(Finding::InOrder.id()),
            note("note", 3),
        ],
        FormId::DestroyFile => vec![
            listed("method", &facts.profile.archive.methods).required(),
            text("witness"),
        ],
        FormId::RefuseDestruction => {
            vec![note("reason", 3).required(), date("kept_until").required()]
        }
        FormId::CloseDay => vec![today("day", facts), note("reason", 3)],
        FormId::CloseLeak => vec![note("result", 4).required()],
        FormId::AnswerTask
        | FormId::DamageFile
        | FormId::MissFile
        | FormId::FindFile
        | FormId::ActOnLeak
        | FormId::ClaimReturned
        | FormId::DecideLoan => vec![note("text", 4).required()],
        FormId::SignOver
        | FormId::SignFor
        | FormId::FillElectronic
        | FormId::UseAccess
        | FormId::ConfirmFile
        | FormId::UpdateFile
        | FormId::TakeOverFile
        | FormId::CloseInspection
        | FormId::ReviewDestruction
        | FormId::ApproveDestruction => vec![note("note", 4)],
        FormId::ReceivePapers => vec![note("note", 2)],
        FormId::CheckPapers | FormId::CorrectPapers => Vec::new(),
        _ => vec![note("reason", 3).required()],
    }
}

/// Shows the fields that the values now ask for.
pub fn adjust(form: &mut Form) {
    match form.id {
        FormId::NewHandover => {
            let new = form.value("sort") == FileSort::NewCar.id();
            form.demand("contact", true, new);
            form.demand("phone", true, new);
            form.demand("landline", new, false);
            form.demand("address", new, new);
            form.demand("other_proofs", new, false);
        }
        FormId::NewAccess => {
            let purpose = Purpose::from_id(form.value("purpose")).unwrap_or_default();
            let outsider = form.value("outsider") == "yes";
            let borrow = purpose == Purpose::Borrow;
            let carry = purpose == Purpose::Carry;
            form.demand("paper_kind", outsider, true);
            form.demand("paper_no", outsider, true);
            form.demand("copies", borrow, true);
            form.demand("which", borrow, false);
            form.demand("due", borrow, false);
            form.demand("carrier", carry, true);
            form.demand("measure", carry, false);
        }
        FormId::NewInspection => {
            let kind = InspectionKind::from_id(form.value("kind_of")).unwrap_or_default();
            let environment = kind == InspectionKind::Environment;
            form.demand("temperature", environment, true);
            form.demand("humidity", environment, true);
            for point in SafetyPoint::ALL {
                form.demand(point.id(), kind == InspectionKind::Security, true);
            }
        }
        id if trade::is_one(id) => trade::adjust(form),
        FormId::NewRegistration | FormId::FileForm => leasing::adjust(form),
        FormId::NewInstruction | FormId::NewSurvey | FormId::EditSurvey => {
            surveys::adjust(form);
        }
        FormId::NewRelation => kin::adjust(form),
        FormId::Endorse => {
            let stamped = form.value("stamped") == "yes";
            form.demand("head", stamped, stamped);
        }
        FormId::VisitShelf => {
            let harmed = form.value("finding") != Finding::InOrder.id();
            form.demand("note", true, harmed);
        }
        _ => {}
    }
}

/// Fills in what is known of the record a form is about.
pub fn fill(form: &mut Form, record: &Record, facts: &Facts) {
    if form.id == FormId::NewTask {
        form.set("record", &record.number().to_string());
    }
    match record {
        Record::Handover(handover) => papers::fill_handover(form, handover, facts),
        Record::Loan(loan) if form.id == FormId::DecideFine => {
            let found = facts.computed(|context| loan::violations(loan, context));
            papers::offer_violations(form, found.unwrap_or_default(), facts);
        }
        Record::Inspection(inspection) => custody::fill_visit(form, inspection, facts),
        Record::Registration(registration) => leasing::fill(form, registration),
        record if kin::is_one(form.id) => kin::fill(form, record),
        record if trade::is_one(form.id) => trade::fill(form, record),
        _ => surveys::fill(form, record, facts),
    }
}

/// The step that a form makes, by the kind of the record it is about.
fn step(kind: Kind, at: At, value: Value) -> Result<Command, Problem> {
    Ok(match kind {
        Kind::File => Command::StepFile {
            at,
            step: read(value)?,
        },
        Kind::Handover => Command::StepHandover {
            at,
            step: read(value)?,
        },
        Kind::Access => Command::StepAccess {
            at,
            step: read(value)?,
        },
        Kind::Loan => Command::StepLoan {
            at,
            step: read(value)?,
        },
        Kind::Inspection => Command::StepInspection {
            at,
            step: read(value)?,
        },
        Kind::Incident => Command::StepIncident {
            at,
            step: read(value)?,
        },
        Kind::Destruction => Command::StepDestruction {
            at,
            step: read(value)?,
        },
        Kind::Task => Command::StepTask {
            at,
            step: read(value)?,
        },
        Kind::Survey => Command::StepSurvey {
            at,
            step: read(value)?,
        },
        Kind::Occupancy => Command::StepOccupancy {
            at,
            step: read(value)?,
        },
        Kind::Instruction => Command::StepInstruction {
            at,
            step: read(value)?,
        },
        Kind::Hint => Command::StepHint {
            at,
            step: read(value)?,
        },
        Kind::ShiftSheet => Command::StepShift {
            at,
            step: read(value)?,
        },
        Kind::Registration => Command::StepRegistration {
            at,
            step: read(value)?,
        },
        Kind::Relation => Command::StepRelation {
            at,
            step: read(value)?,
        },
        Kind::Introduction => Command::StepIntroduction {
            at,
            step: read(value)?,
        },
        Kind::Handout => Command::StepHandout {
            at,
            step: read(value)?,
        },
        Kind::ServiceItem => Command::StepServiceItem {
            at,
            step: read(value)?,
        },
        Kind::Merge => Command::StepMerge {
            at,
            step: read(value)?,
        },
        _ => return Err(Problem::new("nothing-to-change")),
    })
}

/// A step that asks for nothing.
///
/// # Errors
/// For a step that the kind of the record does not have.
pub fn bare(at: At, id: &str) -> Result<Command, Problem> {
    step(at.number.kind, at, json!({ id: {} }))
}

/// The command of a form.
///
/// # Errors
/// A day, a count or a number that cannot be read.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let mut values = reading::values(form)?;
    if let Some(command) = kin::command(form, &values) {
        return command;
    }
    let details = Value::Object;
    if surveys::is_new(form.id) {
        return surveys::command(form, values);
    }
    Ok(match form.id {
        FormId::NewHandover => Command::BeginHandover {
            details: read(details(values))?,
        },
        FormId::NewAccess => Command::RequestAccess {
            details: read(details(values))?,
        },
        FormId::NewInspection => {
            let points = SafetyPoint::ALL.iter().filter_map(|point| {
                let holds = values.remove(point.id())?;
                Some(json!([point, holds]))
            });
            let points: Vec<Value> = points.collect();
            values.insert("safety".to_owned(), Value::Array(points));
            Command::BeginInspection {
                details: read(details(values))?,
            }
        }
        FormId::NewIncident => Command::ReportIncident {
            details: read(details(values))?,
        },
        id if trade::is_one(id) => Command::RecordTransaction {
            details: read(details(values))?,
        },
        FormId::NewTask => Command::RaiseTask {
            details: read(details(values))?,
        },
        FormId::NewRegistration => Command::Register {
            details: read(details(values))?,
        },
        FormId::NewHint => Command::MakeHint {
            details: read(details(values))?,
        },
        FormId::HandOverShift => Command::HandOverShift {
            details: read(details(values))?,
        },
        FormId::NewDuty => Command::EnterDuty {
            details: read(details(values))?,
        },
        FormId::HandInForm => {
            let day = Day::parse(form.value("day"));
            Command::HandInForm {
                day: day.ok_or_else(|| Problem::required("day"))?,
                reason: form.value("reason").to_owned(),
            }
        }
        FormId::CloseDay => {
            let day = Day::parse(form.value("day"));
            Command::CloseDay {
                day: day.ok_or_else(|| Problem::required("day"))?,
                reason: form.value("reason").to_owned(),
            }
        }
        FormId::DecideFine => Command::DecideFine {
            at: about_of(form)?,
            key: form.value("violation").to_owned(),
            confirmed: form.value("decision") == "confirm",
            reason: form.value("reason").to_owned(),
            percent: values
                .get("percent")
                .and_then(Value::as_u64)
                .and_then(|it| u32::try_from(it).ok()),
        },
        _ => {
            let at = about_of(form)?;
            step(at.number.kind, at, json!({ form.id.id(): values }))?
        }
    })
}
