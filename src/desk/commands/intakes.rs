//! Commands on the register of callers, calls and visits.

use super::customers::twins;
use super::{Decision, Scene, follow_ups};
use crate::desk::contract::{Command, Failure};
use crate::domain::context::Context;
use crate::domain::customer::{self, Customer};
use crate::domain::intake::{self, Intake};
use crate::domain::next_visit;
use crate::domain::number::Kind;
use crate::domain::phone::PhoneLabel;
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::repair;

/// The request with what was agreed before the customer left, and the appointment (A01-12).
fn agreed(
    scene: Scene,
    intake: Intake,
    customer: Option<&Customer>,
) -> Result<Vec<Record>, Failure> {
    let number = scene.number(Kind::FollowUp)?;
    let first = match customer {
        Some(customer) => follow_ups::is_first(scene, customer.meta.number)?,
        None => true,
    };
    let (intake, next) = next_visit::agree(intake, number, customer, first, &scene.context)?;
    let mut records = vec![intake.into()];
    records.extend(next.map(Record::from));
    Ok(records)
}

/// A customer with the number that was called from.
fn noted(customer: &Customer, phone: &str, context: &Context) -> Result<Customer, Refusal> {
    customer::add_phone(customer, phone, PhoneLabel::Other, context)
}

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
                let mut records = agreed(scene, intake, customer.as_ref())?;
                if let Some(customer) = customer.filter(|_| details.add_phone) {
                    records.push(noted(&customer, &details.phone, context)?.into());
                }
                return Ok(Decision {
                    what: "log-intake",
                    records,
                });
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
            let mut records = agreed(scene, intake, Some(&customer))?;
            records.push(customer.into());
            Ok(Decision {
                what: "log-intake",
                records,
            })
        }
        Command::AddPhone { at } => {
            let present: Intake = scene.at(*at)?;
            let customer = scene.customer(present.details.customer)?;
            let customer = customer.ok_or_else(|| {
                let problem = Problem::required("customer");
                Failure::Refused(problem.into())
            })?;
            let noted = noted(&customer, &present.details.phone, context)?;
            Ok(Decision::one("add-phone", noted))
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
