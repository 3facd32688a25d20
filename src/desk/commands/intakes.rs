//! Commands on the register of callers, calls and visits, and on move-ins.

use super::customers::twins;
use super::{Decision, Scene, follow_ups, leasing};
use crate::desk::contract::{Command, Failure};
use crate::desk::queries::occupants;
use crate::domain::context::Context;
use crate::domain::customer::{self, Customer, CustomerDetails};
use crate::domain::intake::{self, Intake, IntakeDetails};
use crate::domain::next_visit;
use crate::domain::number::{Kind, Number};
use crate::domain::occupancy::{self, Occupancy, OccupancyDetails};
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
            let records = log(scene, number, details, new_customer.as_ref())?.0;
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

/// A row of the register with what came of it: what was agreed before the customer left (A01-12), the
/// card of a caller who is registered with it or whose number is noted; and who that is.
fn log(
    scene: Scene,
    number: Number,
    details: &IntakeDetails,
    new: Option<&CustomerDetails>,
) -> Result<(Vec<Record>, Option<Customer>), Failure> {
    let context = &scene.context;
    let Some(new) = new else {
        let customer = scene.customer(details.customer)?;
        let intake = intake::log(number, details.clone(), customer.as_ref(), context)?;
        let mut records = agreed(scene, intake, customer.as_ref())?;
        if let Some(known) = customer.as_ref().filter(|_| details.add_phone) {
            records.push(noted(known, &details.phone, context)?.into());
        }
        return Ok((records, customer));
    };
    // The request is checked as an unknown caller's first, so that a form shows all that
    // its fields lack before it asks about the new card.
    intake::log(number, details.clone(), None, context)?;
    let rules = &context.profile.customers;
    let new = leasing::owned(scene, new.clone(), None)?;
    let new = customer::in_passing(new, details.channel, rules);
    let twins = twins(scene, &new)?;
    let card = scene.number(Kind::Customer)?;
    let customer = customer::register(card, new, &twins, context)?;
    let intake = intake::log(number, details.clone(), Some(&customer), context)?;
    let mut records = agreed(scene, intake, Some(&customer))?;
    records.push(customer.clone().into());
    Ok((records, Some(customer)))
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
    let (mut records, mut customer) = (Vec::new(), None);
    if let Some(told) = told {
        let row = scene.number(Kind::Intake)?;
        (records, customer) = log(scene, row, told, new)?;
        if let Some(Record::Intake(intake)) = records.first() {
            details.place.clone_from(&intake.details.place);
        }
        details.intake = Some(row);
    } else if details.customer.is_some() {
        customer = scene.customer(details.customer)?;
    }
    let present = occupants(scene.overlay, &details.place)?;
    let occupancy = occupancy::move_in(number, details, customer.as_ref(), &present, context)?;
    records.push(occupancy.into());
    Ok(Decision {
        what: "move-in",
        records,
    })
}
