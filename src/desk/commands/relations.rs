//! Commands on what customers have to do with each other, and on the catalogue of services.

use super::customers::twins;
use super::{Decision, Scene, leasing};
use crate::desk::contract::{At, Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::customer::{self, Customer, CustomerDetails, Mark};
use crate::domain::handout::{self, Handout, HandoutDetails, HandoutStep};
use crate::domain::introduction::{self, Introduction, IntroductionState};
use crate::domain::merging::{self, Merge};
use crate::domain::number::{Kind, Number};
use crate::domain::permit::{self, Permit, PermitKind};
use crate::domain::phone::Phone;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::relation::{self, Around, Relation, RelationDetails, RelationKind};
use crate::domain::service_item::{self, ServiceItem, ServiceItemStep};
use crate::store::Order;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::Relate { details } => {
            let number = scene.number(Kind::Relation)?;
            let relation = relate(scene, number, details.clone())?;
            Ok(Decision::one("relate", relation))
        }
        Command::StepRelation { at, step } => {
            let present: Relation = scene.at(*at)?;
            let relation = relation::step(&present, step, context)?;
            Ok(Decision::one(step.id(), relation))
        }
        Command::Introduce { details } => {
            let number = scene.number(Kind::Introduction)?;
            let one = scene.named(details.one, "one_customer")?;
            let other = scene.named(details.other, "other_customer")?;
            let mut details = details.clone();
            details.one = one.as_ref().map(|it| it.meta.number);
            details.other = other.as_ref().map(|it| it.meta.number);
            let planned =
                introduction::plan(number, details, one.as_ref(), other.as_ref(), context)?;
            Ok(Decision::one("introduce", planned))
        }
        Command::StepIntroduction { at, step } => {
            let present: Introduction = scene.at(*at)?;
            let next = introduction::step(&present, step, context)?;
            let mut records: Vec<Record> = vec![next.clone().into()];
            // Only a success asks something of the two, who may be gone by the time anything else is said.
            let succeeds = next.state == IntroductionState::Succeeded;
            let named =
                |number: Option<Number>, field| scene.named(number.filter(|_| succeeds), field);
            let one = named(next.details.one, "one_customer")?;
            let other = named(next.details.other, "other_customer")?;
            if let (Some(one), Some(other)) = (&one, &other) {
                let number = scene.number(Kind::FollowUp)?;
                let asked = introduction::ask_for_referrals(number, &next, [one, other], context)?;
                records.extend(asked.into_iter().map(Record::from));
            }
            Ok(Decision {
                what: step.kind().id(),
                records,
            })
        }
        Command::GiveMaterial { details } => give(scene, details),
        Command::StepHandout { at, step } => arrive(scene, &scene.at(*at)?, step),
        Command::AddServiceItem { details } => {
            let number = scene.number(Kind::ServiceItem)?;
            let item = service_item::add(number, details.clone(), context)?;
            Ok(Decision::one("add-service-item", item))
        }
        Command::ChangeServiceItem { at, details } => {
            let present: ServiceItem = scene.at(*at)?;
            let item = service_item::change(&present, details.clone(), context)?;
            Ok(Decision::one("change-service-item", item))
        }
        Command::StepServiceItem { at, step } => {
            let present: ServiceItem = scene.at(*at)?;
            let ServiceItemStep::RetireItem { replaced_by, .. } = step;
            let other = replaced_by.map(|other| scene.living::<ServiceItem>(other));
            let there = other.transpose()?.flatten().is_some();
            let item = service_item::step(&present, step, there, context)?;
            Ok(Decision::one(step.id(), item))
        }
        Command::MergeCustomers { kept, absorbed } => merge(scene, *kept, *absorbed),
        Command::StepMerge { at, step } => {
            let present: Merge = scene.at(*at)?;
            let kept = whole(scene, present.kept)?;
            let gone = whole(scene, present.absorbed)?;
            let (merge, kept, back) = merging::undo(&present, step, &kept, &gone, context)?;
            Ok(joined(step.id(), merge, kept, back))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// Two cards made one: what is on the one comes onto the other, so that it takes the leave that reading
/// each of them takes (A12-3.1.7b).
fn merge(scene: Scene, kept: At, absorbed: At) -> Result<Decision, Failure> {
    let context = &scene.context;
    let kept: Customer = scene.at(kept)?;
    let absorbed: Customer = scene.at(absorbed)?;
    let me = context.operator.meta.number;
    if [&kept, &absorbed]
        .iter()
        .any(|card| permit::is_anothers(card, me))
    {
        permit::leave(PermitKind::Read, "", &permits(scene)?, context)?;
    }
    let (one, other) = (kept.meta.number, absorbed.meta.number);
    let circle = one != other
        && (kin::led_to(scene.overlay, one, other)? || kin::led_to(scene.overlay, other, one)?);
    let number = scene.number(Kind::Merge)?;
    let (merge, kept, gone) = merging::merge(number, &kept, &absorbed, circle, context)?;
    Ok(joined("merge-customers", merge, kept, gone))
}

/// The permits that were given.
fn permits(scene: Scene) -> Result<Vec<Permit>, Failure> {
    let prefix = [keys::RECORDS, Kind::Permit.code()];
    let rows = scene
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut permits = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        permits.extend(scene.living(number)?);
    }
    Ok(permits)
}

fn joined(what: &'static str, merge: Merge, kept: Customer, other: Customer) -> Decision {
    Decision {
        what,
        records: vec![merge.into(), kept.into(), other.into()],
    }
}

/// A card, also one that went into another.
fn whole(scene: Scene, number: Number) -> Result<Customer, Failure> {
    match scene.overlay.record(number)? {
        Some(Record::Customer(customer)) => Ok(customer),
        _ => Err(Failure::Missing(number)),
    }
}

/// A relation with what is known around it.
fn relate(scene: Scene, number: Number, mut details: RelationDetails) -> Result<Relation, Failure> {
    let from = scene.named(details.from, "from_customer")?;
    let to = scene.named(details.to, "to_customer")?;
    details.from = from.as_ref().map(|it| it.meta.number);
    details.to = to.as_ref().map(|it| it.meta.number);
    let around = Around {
        chain: match details.to {
            Some(to) if details.kind == RelationKind::IntroducedBy => {
                kin::chain(scene.overlay, to)?
            }
            _ => Vec::new(),
        },
        held: match details.from {
            Some(from) => held(scene, from)?,
            None => Vec::new(),
        },
    };
    let (from, to) = (from.as_ref(), to.as_ref());
    Ok(relation::connect(
        number,
        details,
        from,
        to,
        &around,
        &scene.context,
    )?)
}

/// The relations that are said of a customer and hold, with the numbers of the cards that stay.
fn held(scene: Scene, from: Number) -> Result<Vec<Relation>, Failure> {
    let mut held = Vec::new();
    for record in kin::related(scene.overlay, from)? {
        let Record::Relation(mut relation) = record else {
            continue;
        };
        for end in [&mut relation.details.from, &mut relation.details.to] {
            if let Some(number) = *end {
                *end = Some(kin::survivor(scene.overlay, number)?);
            }
        }
        // What was said of two cards that are one by now is said of nobody.
        let with_itself = relation.details.from == relation.details.to;
        if relation.is_open() && relation.details.from == Some(from) && !with_itself {
            held.push(relation);
        }
    }
    Ok(held)
}

/// The card of a friend whom an old customer names or sends, and the relation between the two: a prospect
/// whom the old customer brought (A14-3.1). A friend who was brought already stays so.
fn prospect(
    scene: Scene,
    (friend, phone): (&str, &str),
    referrer: &Customer,
) -> Result<(Customer, Vec<Record>), Failure> {
    let context = &scene.context;
    let phones = (!phone.trim().is_empty()).then(|| Phone {
        digits: phone.to_owned(),
        ..Phone::default()
    });
    let details = CustomerDetails {
        name: friend.to_owned(),
        phones: phones.into_iter().collect(),
        owner: referrer.details.owner,
        ..CustomerDetails::default()
    };
    let mut details = customer::in_passing(details, None, &context.profile.customers);
    // Whoever is on a form is not whose the one who names them is.
    if let Some(owner) = leasing::registered(scene, &details)? {
        details.owner = Some(owner);
    }
    let twins = twins(scene, &details)?;
    let number = scene.number(Kind::Customer)?;
    let mut card = customer::register(number, details, &twins, context)?;
    card.marks.insert(Mark::Prospect);
    let around = Around {
        chain: kin::chain(scene.overlay, referrer.meta.number)?,
        held: Vec::new(),
    };
    let relation = brought_by(scene, &card, referrer, &around)?;
    Ok((card.clone(), vec![card.into(), relation.into()]))
}

/// Who brought a customer, written down where it is not: whoever was brought before, by whomever, stays so,
/// and who led to the other is brought by nobody behind (A14-0).
pub(super) fn referred(
    scene: Scene,
    friend: &Customer,
    referrer: &Customer,
) -> Result<Option<Relation>, Failure> {
    let number = friend.meta.number;
    let around = Around {
        chain: kin::chain(scene.overlay, referrer.meta.number)?,
        held: held(scene, number)?,
    };
    let introduced = |it: &Relation| it.details.kind == RelationKind::IntroducedBy;
    let above = around.chain.iter().any(|(known, _)| *known == number);
    if around.held.iter().any(introduced) || above {
        return Ok(None);
    }
    brought_by(scene, friend, referrer, &around).map(Some)
}

fn brought_by(
    scene: Scene,
    friend: &Customer,
    referrer: &Customer,
    around: &Around,
) -> Result<Relation, Failure> {
    let details = RelationDetails {
        from: Some(friend.meta.number),
        to: Some(referrer.meta.number),
        ..RelationDetails::default()
    };
    let number = scene.number(Kind::Relation)?;
    Ok(relation::brought(
        number,
        details,
        friend,
        referrer,
        around,
        &scene.context,
    )?)
}

/// Material given to be passed on, and the card of the friend it is for.
fn give(scene: Scene, details: &HandoutDetails) -> Result<Decision, Failure> {
    let context = &scene.context;
    let number = scene.number(Kind::Handout)?;
    let customer = scene.named(details.customer, "customer")?;
    let mut details = details.clone();
    details.customer = customer.as_ref().map(|it| it.meta.number);
    let mut handout = handout::give(number, details, customer.as_ref(), None, context)?;
    let mut records = Vec::new();
    if let Some(customer) = customer.filter(|_| !handout.details.friend.is_empty()) {
        let named = (&*handout.details.friend, &*handout.details.phone);
        let (card, made) = prospect(scene, named, &customer)?;
        handout.friend = Some(card.meta.number);
        records = made;
    }
    records.insert(0, handout.into());
    Ok(Decision {
        what: "give-material",
        records,
    })
}

/// A friend came with material that was passed on (A14-3.1b).
fn arrive(scene: Scene, present: &Handout, step: &HandoutStep) -> Result<Decision, Failure> {
    let context = &scene.context;
    handout::may_arrive(present, context)?;
    let referrer = scene.named(present.details.customer, "customer")?;
    let referrer = referrer.ok_or_else(Failure::internal)?;
    let HandoutStep::FriendArrived {
        customer,
        friend,
        phone,
    } = step;
    let (card, mut records) = match scene.named(*customer, "customer")? {
        Some(card) => {
            let relation = referred(scene, &card, &referrer)?;
            (card, relation.into_iter().map(Record::from).collect())
        }
        None if friend.trim().is_empty() => {
            let problem = Problem::required("friend").clause("A14-3.1b");
            return Err(Failure::Refused(problem.into()));
        }
        None => prospect(scene, (friend, phone), &referrer)?,
    };
    let next = handout::arrive(present, &card, context)?;
    records.insert(0, next.into());
    Ok(Decision {
        what: step.id(),
        records,
    })
}
