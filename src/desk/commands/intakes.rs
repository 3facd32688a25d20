//! Commands on the register of callers, calls and visits, and on move-ins.

use super::customers::twins;
use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::queries::occupants;
use crate::domain::customer::{self, Customer, CustomerDetails};
use crate::domain::intake::{self, Intake, IntakeDetails};
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::{self, Occupancy, OccupancyDetails};
use crate::domain::record::Record;
use crate::domain::repair;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::LogIntake {
            details,
            new_customer,
        } => {
            let number = scene.number(Kind::Intake)?;
            let (intake, customer) = log(scene, number, details, new_customer.as_ref())?;
            let mut records: Vec<Record> = vec![intake.into()];
            records.extend(customer.map(Record::from));
            Ok(Decision {
                what: "log-intake",
                records,
            })
        }
        Command::MoveIn {
            details,
            intake,
            new_customer,
        } => move_in(scene, details, intake.as_deref(), new_customer.as_deref()),
        Command::StepOccupancy { at, step } => {
            let present: Occupancy = scene.at(*at)?;
            let next = occupancy::step(&present, step, context)?;
            Ok(Decision::one(step.kind().id(), next))
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

/// A row of the register, and the card of a caller who is registered with it.
fn log(
    scene: Scene,
    number: Number,
    details: &IntakeDetails,
    new: Option<&CustomerDetails>,
) -> Result<(Intake, Option<Customer>), Failure> {
    let context = &scene.context;
    let Some(new) = new else {
        let customer = scene.customer(details.customer)?;
        let intake = intake::log(number, details.clone(), customer.as_ref(), context)?;
        return Ok((intake, None));
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
    Ok((intake, Some(customer)))
}

/// A move-in, with the row of the register it was told in where it is new (A05-4.1).
fn move_in(
    scene: Scene,
    details: &OccupancyDetails,
    told: Option<&IntakeDetails>,
    new: Option<&CustomerDetails>,
) -> Result<Decision, Failure> {
    let context = &scene.context;
    let number = scene.number(Kind::Occupancy)?;
    let mut details = details.clone();
    let mut records: Vec<Record> = Vec::new();
    let mut card = None;
    if let Some(told) = told {
        let row = scene.number(Kind::Intake)?;
        let (intake, customer) = log(scene, row, told, new)?;
        details.intake = Some(row);
        details.place.clone_from(&intake.details.place);
        details.customer = intake.details.customer;
        records.push(intake.into());
        card = customer;
    }
    let customer = match card {
        Some(card) => {
            records.push(card.clone().into());
            Some(card)
        }
        None => scene.customer(details.customer)?,
    };
    let present = occupants(scene.overlay, &details.place)?;
    let occupancy = occupancy::move_in(number, details, customer.as_ref(), &present, context)?;
    records.push(occupancy.into());
    Ok(Decision {
        what: "move-in",
        records,
    })
}
