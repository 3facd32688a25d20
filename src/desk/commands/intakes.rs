//! Commands on the register of callers, calls and visits.

use super::customers::twins;
use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::domain::customer;
use crate::domain::intake::{self, Intake};
use crate::domain::number::Kind;
use crate::domain::repair;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::LogIntake {
            details,
            new_customer,
        } => {
            let number = scene.number(Kind::Intake)?;
            let Some(new) = new_customer else {
                let customer = scene.customer(details.customer)?;
                let intake = intake::log(number, details.clone(), customer.as_ref(), context)?;
                return Ok(Decision::one("log-intake", intake));
            };
            // The request is checked as an unknown caller's first, so that a form shows all that
            // its fields lack before it asks about the new card.
            intake::log(number, details.clone(), None, context)?;
            let rules = &context.profile.customers;
            let new = customer::in_passing(new.clone(), details.channel, rules);
            let twins = twins(scene, &new)?;
            let card = scene.number(Kind::Customer)?;
            let customer = customer::register(card, new, &twins, context)?;
            let intake = intake::log(number, details.clone(), Some(&customer), context)?;
            Ok(Decision {
                what: "log-intake",
                records: vec![intake.into(), customer.into()],
            })
        }
        Command::ChangeIntake { at, details } => {
            let present: Intake = scene.at(*at)?;
            let customer = scene.customer(details.customer)?;
            let intake = intake::change(&present, details.clone(), customer.as_ref(), context)?;
            Ok(Decision::one("change-intake", intake))
        }
        Command::AttachCustomer { at, customer } => {
            let present: Intake = scene.at(*at)?;
            let known = scene.customer(Some(*customer))?;
            let customer = known.ok_or(Failure::Missing(*customer))?;
            Ok(Decision::one(
                "attach-customer",
                intake::attach(&present, &customer, context)?,
            ))
        }
        Command::CloseIntake { at, code, text } => {
            let present: Intake = scene.at(*at)?;
            Ok(Decision::one(
                "close-intake",
                intake::close(&present, *code, text, context)?,
            ))
        }
        Command::StepRepair { at, step } => {
            let present: Intake = scene.at(*at)?;
            Ok(Decision::one(
                step.kind().id(),
                repair::step(&present, step, context)?,
            ))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}
