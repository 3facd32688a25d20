//! Commands on customers' profiles, and greetings at birthdays.

use super::campaigns;
use super::customers::twins;
use super::follow_ups::is_first;
use super::{Decision, Scene};
use crate::desk::contract::{At, Command, Failure};
use crate::desk::keyspace as keys;
use crate::domain::customer::{self, Customer};
use crate::domain::dossier::{self, Dossier, DossierDetails};
use crate::domain::follow_up::{self, Contact, FollowUpDetails, FollowUpKind};
use crate::domain::greeting;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    match command {
        Command::KeepDossier {
            customer,
            version,
            details,
        } => keep(scene, *customer, *version, details),
        Command::Greet {
            customer,
            key,
            gift,
            contact,
        } => greet(scene, *customer, key, gift, contact),
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// The profile of a customer, if there is one.
fn present(scene: Scene, customer: Number) -> Result<Option<Dossier>, Failure> {
    let prefix = keys::dossier_of(customer);
    let rows = scene.overlay.scan_prefix(&prefix, Order::Forward, 1)?;
    let number = rows.iter().find_map(|(key, _)| keys::number_at_end(key));
    number.map_or(Ok(None), |number| scene.living(number))
}

fn keep(
    scene: Scene,
    customer: At,
    version: u32,
    details: &DossierDetails,
) -> Result<Decision, Failure> {
    let context = &scene.context;
    let customer: Customer = scene.at(customer)?;
    let present = present(scene, customer.meta.number)?;
    if let Some(there) = present.as_ref().filter(|it| it.meta.version != version) {
        return Err(Failure::Stale {
            present: Box::new(there.clone().into()),
        });
    }
    if let Some(salesperson) = details.salesperson {
        let works = scene.living::<Operator>(salesperson)?;
        if works.is_none_or(|it| !it.active || it.service) {
            let problem = Problem::new("no-such-operator").field("salesperson");
            return Err(Failure::Refused(problem.clause("A14-Fh2").into()));
        }
    }
    let number = scene.number(Kind::Dossier)?;
    let (kept, card) = dossier::keep(number, present.as_ref(), &customer, details, context)?;
    let mut records: Vec<Record> = vec![kept.into()];
    if let Some(card) = card {
        let twins = twins(scene, &card)?;
        records.push(customer::change(&customer, card, &twins, context)?.into());
    }
    Ok(Decision {
        what: "keep-dossier",
        records,
    })
}

/// A greeting is a contact like others; that it was at this birthday stays with the profile.
fn greet(
    scene: Scene,
    customer: Number,
    key: &str,
    gift: &str,
    contact: &Contact,
) -> Result<Decision, Failure> {
    let context = &scene.context;
    let customer: Customer = scene.record(customer)?;
    let number = customer.meta.number;
    let dossier = present(scene, number)?.ok_or(Failure::Missing(number))?;
    let greeting = greeting::check(&dossier, &customer, key, gift, context)?;
    let details = FollowUpDetails {
        customer: Some(number),
        kind: FollowUpKind::Call,
        ..FollowUpDetails::default()
    };
    let first = is_first(scene, number)?;
    let follow_up = scene.number(Kind::FollowUp)?;
    let of = Some(&customer);
    let around = campaigns::around(scene, &details, contact)?;
    let (had, next) = follow_up::log(follow_up, details, contact, of, first, &around, context)?;
    let greeted = greeting::greeted(&dossier, &greeting, gift, follow_up, context);
    let mut records: Vec<Record> = vec![had.into(), greeted.into()];
    records.extend(next.map(Record::from));
    Ok(Decision {
        what: "greet",
        records,
    })
}
