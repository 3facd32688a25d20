//! Commands on customers.

use super::{Decision, Scene, leasing};
use crate::desk::contract::{Command, Failure};
use crate::desk::queries::customers_with_phone;
use crate::domain::customer::{self, Customer, CustomerDetails};
use crate::domain::number::Kind;
use crate::domain::phone;

/// Customers that share a telephone with what was entered.
pub(super) fn twins(scene: Scene, details: &CustomerDetails) -> Result<Vec<Customer>, Failure> {
    let mut twins: Vec<Customer> = Vec::new();
    for entered in &details.phones {
        let Ok(digits) = phone::normal(&entered.digits) else {
            continue;
        };
        for twin in customers_with_phone(scene.overlay, &digits, 20)? {
            if twins
                .iter()
                .all(|known| known.meta.number != twin.meta.number)
            {
                twins.push(twin);
            }
        }
    }
    Ok(twins)
}

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::RegisterCustomer { details } => {
            let number = scene.number(Kind::Customer)?;
            let twins = twins(scene, details)?;
            let details = leasing::owned(scene, details.clone(), None)?;
            let customer = customer::register(number, details, &twins, context)?;
            Ok(Decision::one("register-customer", customer))
        }
        Command::ChangeCustomer { at, details } => {
            let present: Customer = scene.at(*at)?;
            let twins = twins(scene, details)?;
            let details = leasing::owned(scene, details.clone(), present.details.owner)?;
            let customer = customer::change(&present, details, &twins, context)?;
            Ok(Decision::one("change-customer", customer))
        }
        Command::MarkCustomer { at, mark, set } => {
            let present: Customer = scene.at(*at)?;
            let customer = customer::mark(&present, *mark, *set, context)?;
            Ok(Decision::one("mark-customer", customer))
        }
        Command::ConfirmCard { at } => {
            let present: Customer = scene.at(*at)?;
            Ok(Decision::one(
                "confirm-card",
                customer::confirm(&present, context)?,
            ))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}
