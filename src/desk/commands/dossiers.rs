//! Commands on customers' profiles, and greetings at birthdays.

use super::campaigns;
use super::customers::twins;
use super::follow_ups::is_first;
use super::{Decision, Scene};
use crate::desk::contract::{At, Command, Failure};
use crate::desk::kin;
use crate::domain::customer::{self, Customer};
use crate::domain::dossier::{self, DossierDetails};
use crate::domain::follow_up::{self, Contact, FollowUpDetails, FollowUpKind};
use crate::domain::greeting;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::Operator;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;

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

fn keep(
    scene: Scene,
    customer: At,
    version: u32,
    details: &DossierDetails,
) -> Result<Decision, Failure> {
    let context = &scene.context;
    let customer: Customer = scene.at(customer)?;
    let dossiers = kin::dossiers(scene.overlay, customer.meta.number)?;
    let stays = kin::survivor(scene.overlay, customer.meta.number)?;
    let present = kin::whole(&dossiers, stays);
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
    let kept = match dossiers.split_first() {
        Some((first, others)) => dossier::parted(kept, first, others, context),
        None => kept,
    };
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
    let missing = Failure::Missing(customer);
    let customer = kin::card(scene.overlay, customer)?.ok_or(missing)?;
    let number = customer.meta.number;
    let dossiers = kin::dossiers(scene.overlay, number)?;
    let own = dossiers.first().ok_or(Failure::Missing(number))?;
    let whole = kin::whole(&dossiers, number).ok_or(Failure::Missing(number))?;
    let greeting = greeting::check(&whole, &customer, key, gift, context)?;
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
    let mut records: Vec<Record> = vec![had.into()];
    // Whom nobody reached stands on the list of the day until the birthday is over.
    if !contact.missed {
        records.push(greeting::greeted(own, &greeting, gift, follow_up, context).into());
    }
    records.extend(next.map(Record::from));
    Ok(Decision {
        what: "greet",
        records,
    })
}
