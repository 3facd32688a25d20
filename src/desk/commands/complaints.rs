//! Commands on complaints.

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::domain::complaint::{self, Complaint};
use crate::domain::intake::{self, Intake};
use crate::domain::number::Kind;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::RecordComplaint { details, intake } => {
            let number = scene.number(Kind::Complaint)?;
            let customer = scene.customer(details.customer)?;
            let from = intake.map(|at| scene.at::<Intake>(at)).transpose()?;
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
            Ok(Decision::one(
                what(step),
                complaint::step(&present, step, context)?,
            ))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

fn what(step: &complaint::Step) -> &'static str {
    match step {
        complaint::Step::Assign { .. } => "assign-complaint",
        complaint::Step::Answer { .. } => "answer-complaint",
        complaint::Step::Close { .. } => "close-complaint",
        complaint::Step::Withdraw { .. } => "withdraw-complaint",
    }
}
