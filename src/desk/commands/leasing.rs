//! Commands on the daily registration of customers, on whose customer somebody is, and on the duty
//! roster (A12-3.1, A12-3.2.4).

use super::{Decision, OfKind, ROWS_AT_ONCE, Scene, relations};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::with_phone;
use crate::domain::customer::{self, Customer};
use crate::domain::duty::{self, Duty};
use crate::domain::number::{Kind, Number};
use crate::domain::phone;
use crate::domain::record::Record;
use crate::domain::registration::{
    self, Around, Beside, Earlier, Registration, RegistrationDetails, RegistrationStep,
};
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::Register { details } => {
            let number = scene.number(Kind::Registration)?;
            let referrer = scene.customer(details.referrer)?;
            let today: Vec<Duty> = of_day(scene, &keys::on_duty(context.today()))?;
            let around = Around {
                referrer: referrer.as_ref(),
                earlier: earlier(scene, details)?,
                on_duty: duty::on_duty(&today, context.now),
            };
            let row = registration::register(number, details.clone(), &around, context)?;
            Ok(Decision::one("register", row))
        }
        Command::HandInForm { day, reason } => {
            let rows: Vec<Registration> = of_day(scene, &keys::registered_on(*day))?;
            let me = context.operator.meta.number;
            let mine = |row: &Registration| row.meta.created_by == me && row.handed_in.is_none();
            // Of more than go into one frame the rest is handed in with the next request.
            let rows = rows.into_iter().filter(mine).take(ROWS_AT_ONCE);
            let rows: Vec<Registration> = rows.collect();
            let rows = registration::hand_in(*day, reason, &rows, context)?;
            Ok(Decision {
                what: "hand-in-form",
                records: rows.into_iter().map(Record::from).collect(),
            })
        }
        Command::StepRegistration { at, step } => {
            let present: Registration = scene.at(*at)?;
            let with = present.collision.as_ref().map(|collision| collision.with);
            let earlier: Option<Registration> = match (with, step) {
                (Some(with), RegistrationStep::RuleCollision { .. }) => Some(scene.record(with)?),
                _ => None,
            };
            let card = match step {
                RegistrationStep::CloseDeal { customer, .. } => scene.customer(*customer)?,
                _ => None,
            };
            let owner_name = name(scene, present.owner)?;
            let beside = Beside {
                earlier: earlier.as_ref(),
                card: card.as_ref(),
                owner_name: &owner_name,
            };
            let (next, taken) = registration::step(&present, step, &beside, context)?;
            let mut records: Vec<Record> = vec![next.into()];
            records.extend(taken.map(Record::from));
            if let Some(card) = &card {
                records.extend(of_deal(scene, card, present.details.referrer)?);
            }
            Ok(Decision {
                what: step.kind().id(),
                records,
            })
        }
        Command::EnterDuty { details } => {
            let number = scene.number(Kind::DutyShift)?;
            let manager = details.manager;
            let known = scene.operator(|it| Some(it.meta.number) == manager && it.active)?;
            let duty = duty::enter(number, details, known.is_some(), context)?;
            Ok(Decision::one("enter-duty", duty))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// What follows of a deal for the card of the customer: business was closed with them, and whoever the form
/// says brought them did (A14-0, A14-1.2).
fn of_deal(
    scene: Scene,
    card: &Customer,
    referrer: Option<Number>,
) -> Result<Vec<Record>, Failure> {
    let mut records: Vec<Record> = Vec::new();
    records.extend(customer::closed(card, &scene.context).map(Record::from));
    let referrer = referrer.map(|referrer| kin::card(scene.overlay, referrer));
    if let Some(referrer) = referrer.transpose()?.flatten() {
        let relation = relations::referred(scene, card, &referrer)?;
        records.extend(relation.map(Record::from));
    }
    Ok(records)
}

fn name(scene: Scene, operator: Number) -> Result<String, Failure> {
    let known = scene.operator(|it| it.meta.number == operator)?;
    Ok(known.map(|it| it.name).unwrap_or_default())
}

/// The records under the keys of a day.
fn of_day<T: OfKind>(scene: Scene, prefix: &[u8]) -> Result<Vec<T>, Failure> {
    let rows = scene
        .overlay
        .scan_prefix(prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(scene.overlay.record(number)?.and_then(T::pick));
    }
    Ok(found)
}

/// The earliest registration of the telephone that still holds others off (A12-3.1.3).
fn earlier(scene: Scene, details: &RegistrationDetails) -> Result<Option<Earlier>, Failure> {
    let Ok(digits) = phone::normal(&details.phone) else {
        return Ok(None);
    };
    let context = &scene.context;
    let rules = context.profile.registration.as_ref();
    let known = with_phone(scene.overlay, Kind::Registration, &digits)?;
    let known = known.into_iter().filter_map(Registration::pick);
    let holding = known.filter(|it| registration::protects(it, context.today(), rules));
    let first = holding.min_by_key(|it| (it.meta.created_at, it.meta.number));
    let Some(first) = first else {
        return Ok(None);
    };
    Ok(Some(Earlier {
        number: first.meta.number,
        at: first.meta.created_at,
        owner: first.owner,
        owner_name: name(scene, first.owner)?,
    }))
}
