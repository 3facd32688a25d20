//! Commands on complaints.

use super::{Decision, Scene, surveys};
use crate::desk::contract::{Command, Failure};
use crate::domain::complaint::{self, Complaint, Step, StepKind};
use crate::domain::intake::{self, Intake};
use crate::domain::measure::{self, Measure};
use crate::domain::number::Kind;
use crate::domain::operator::Operator;
use crate::text::clean;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::RecordComplaint { details, intake } => {
            let number = scene.number(Kind::Complaint)?;
            let from = intake.map(|at| scene.at::<Intake>(at)).transpose()?;
            let known = from.as_ref().and_then(|from| from.details.customer);
            let customer = scene.customer(details.customer.or(known))?;
            let mut complaint = complaint::record(
                number,
                details.clone(),
                customer.as_ref(),
                from.as_ref(),
                context,
            )?;
            let row = match &from {
                Some(request) => intake::turn_into_complaint(request, number, context),
                None => intake::row_of(scene.number(Kind::Intake)?, &complaint, context),
            };
            complaint.intake = Some(row.meta.number);
            Ok(Decision {
                what: "record-complaint",
                records: vec![complaint.into(), row.into()],
            })
        }
        Command::ChangeComplaint { at, details } => {
            let present: Complaint = scene.at(*at)?;
            let customer = scene.customer(details.customer)?;
            let complaint =
                complaint::change(&present, details.clone(), customer.as_ref(), context)?;
            Ok(Decision::one("change-complaint", complaint))
        }
        Command::StepComplaint { at, step } => {
            let present: Complaint = scene.at(*at)?;
            let handler = handler(scene, step)?;
            Ok(Decision::one(
                what(step),
                complaint::step(&present, step, handler.as_ref(), context)?,
            ))
        }
        Command::DraftMeasure { details } if details.about.kind == Kind::Survey => {
            surveys::draft_measure(scene, details)
        }
        Command::DraftMeasure { details } => {
            let number = scene.number(Kind::Measure)?;
            let about: Complaint = scene.record(details.about)?;
            let measure = measure::draft(number, details.clone(), context)?;
            let complaint = complaint::with_measure(&about, number, context);
            Ok(Decision {
                what: "draft-measure",
                records: vec![measure.into(), complaint.into()],
            })
        }
        Command::ChangeMeasure { at, details } => {
            let present: Measure = scene.at(*at)?;
            let measure = measure::change(&present, details.clone(), context)?;
            Ok(Decision::one("change-measure", measure))
        }
        Command::StepMeasure { at, step } => {
            let present: Measure = scene.at(*at)?;
            Ok(Decision::one(
                step.id(),
                measure::step(&present, step, context)?,
            ))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// What history calls a step.
fn what(step: &Step) -> &'static str {
    match step.kind() {
        StepKind::Assign => "assign-complaint",
        StepKind::Answer => "answer-complaint",
        StepKind::Close => "close-complaint",
        StepKind::Withdraw => "withdraw-complaint",
        kind => kind.id(),
    }
}

/// The operator whom a step names as handler, where one of that name works here.
fn handler(scene: Scene, step: &Step) -> Result<Option<Operator>, Failure> {
    let Step::Assign { handler, .. } = step else {
        return Ok(None);
    };
    let name = clean::name(handler);
    scene.operator(|one| one.active && !one.service && (one.name == name || one.login == name))
}
