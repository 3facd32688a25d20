//! Commands on the daily registration of customers, on whose customer somebody is, and on the duty
//! roster (A12-3.1, A12-3.2.4).

use super::{Decision, OfKind, ROWS_AT_ONCE, Scene, access, archive as archive_files, relations};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::{self, customers_with_phone};
use crate::domain::archive::{self, ArchiveFile};
use crate::domain::customer::{self, Customer, CustomerDetails};
use crate::domain::deal;
use crate::domain::duty::{self, Duty};
use crate::domain::number::{Kind, Number};
use crate::domain::phone;
use crate::domain::record::Record;
use crate::domain::refusal::{Problem, Refusal};
use crate::domain::registration::{
    self, Around, Beside, Earlier, Ownership, Registration, RegistrationDetails, RegistrationStep,
};
use crate::store::Order;
use crate::text::clean;

/// So many cards with the telephone of a registration are looked at.
const MOST_CARDS: usize = 20;

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::Register { details } => {
            let number = scene.number(Kind::Registration)?;
            let referrer = scene.customer(details.referrer)?;
            let today: Vec<Duty> = of_day(scene, &keys::on_duty(context.today()))?;
            let referrer_owner = match &referrer {
                Some(card) if details.asks_for => owner_of(scene, card)?,
                _ => None,
            };
            let around = Around {
                referrer: referrer.as_ref(),
                referrer_owner,
                earlier: earlier(scene, details)?,
                on_duty: duty::on_duty(&today, context.now),
            };
            let row = registration::register(number, details.clone(), &around, context)?;
            // While somebody decides the card stays as it is.
            let cards = if row.collision.is_some() {
                Vec::new()
            } else {
                let mut rows = same(scene, &row.details.name, &row.details.phone)?;
                rows.push(row.clone());
                let rules = context.profile.registration.as_ref();
                let holder = registration::holder(&rows, context.today(), rules);
                onto_cards(scene, &row, holder.unwrap_or(&row).owner)?
            };
            let mut decision = Decision::one("register", row);
            decision.records.extend(cards);
            Ok(decision)
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
        Command::KeepForm { day, manager } => {
            let rows: Vec<Registration> = of_day(scene, &keys::registered_on(*day))?;
            let of = |row: &Registration| manager.is_none_or(|it| it == row.meta.created_by);
            let to_keep = rows.into_iter().filter(|it| it.is_to_be_kept() && of(it));
            let rows: Vec<Registration> = to_keep.take(ROWS_AT_ONCE).collect();
            let rows = registration::keep(*day, &rows, context)?;
            Ok(Decision {
                what: "keep-form",
                records: rows.into_iter().map(Record::from).collect(),
            })
        }
        Command::StepRegistration { at, step } => {
            let present: Registration = scene.at(*at)?;
            let rows = same(scene, &present.details.name, &present.details.phone)?;
            let card = match step {
                RegistrationStep::CloseDeal { customer, .. } => scene.customer(*customer)?,
                _ => None,
            };
            let owner_name = name(scene, present.owner)?;
            let file = match step {
                RegistrationStep::FileForm { file, class } => {
                    registration::may(&present, step.kind(), context)?;
                    Some(folder(scene, &present, *file, class)?)
                }
                _ => None,
            };
            let beside = Beside {
                rows: &rows,
                card: card.as_ref(),
                owner_name: &owner_name,
                file: file.as_ref(),
            };
            let (next, taken) = registration::step(&present, step, &beside, context)?;
            let mut records: Vec<Record> = vec![next.clone().into()];
            records.extend(taken.into_iter().map(Record::from));
            if let Some(card) = &card {
                records.extend(of_deal(scene, card, &next)?);
            } else if matches!(step, RegistrationStep::RuleCollision { .. }) {
                records.extend(onto_cards(scene, &next, next.owner)?);
            }
            records.extend(file.map(Record::from));
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

/// The file that the file form of a deal goes into: one of the customer that is there, or one made for it
/// (A12-3.2.4).
fn folder(
    scene: Scene,
    row: &Registration,
    file: Option<Number>,
    class: &str,
) -> Result<ArchiveFile, Failure> {
    let context = &scene.context;
    let of_deal = row.closing.as_ref().map(|closing| closing.customer);
    let Some(number) = file else {
        let details = registration::file_details(row, class);
        let customer = scene.customer(details.customer)?;
        let around = archive_files::around(scene, &details, None)?;
        let number = scene.number(Kind::File)?;
        let file = archive::create(number, details, customer.as_ref(), &around, context)?;
        return Ok(file);
    };
    let known: Option<ArchiveFile> = scene.living(number)?;
    let file = known.ok_or_else(|| {
        let problem = Problem::new("no-such-file").field("into_file");
        Refusal::from(problem.arg("number", number))
    })?;
    access::may_open(scene, &file)?;
    // A card that went into another is that one (A01-21).
    let card = |customer: Option<Number>| -> Result<Option<Number>, Failure> {
        let card = customer.map(|number| kin::card(scene.overlay, number));
        Ok(card.transpose()?.flatten().map(|card| card.meta.number))
    };
    let of_deal = card(of_deal)?;
    let theirs = of_deal.is_some() && of_deal == card(file.details.customer)?;
    Ok(registration::into_file(&file, theirs, context)?)
}

/// What follows of a deal for the card of the customer: business was closed with them, they are whose the
/// registration says, and whoever the form says brought them did (A12-3.1.1a, A14-0, A14-1.2).
fn of_deal(scene: Scene, card: &Customer, row: &Registration) -> Result<Vec<Record>, Failure> {
    let mut records: Vec<Record> = Vec::new();
    let closed = customer::closed_by(card, row, &scene.context);
    records.extend(closed.map(Record::from));
    let referrer = row.details.referrer;
    let referrer = referrer.map(|referrer| kin::card(scene.overlay, referrer));
    if let Some(referrer) = referrer.transpose()?.flatten() {
        let relation = relations::referred(scene, card, &referrer)?;
        records.extend(relation.map(Record::from));
    }
    Ok(records)
}

/// The cards of the customer of a registration with whose customer it is now (A12-3.1.1a): those with
/// the telephone as the customer's own; of several, and of a telephone that is another's, those of the name.
fn onto_cards(scene: Scene, row: &Registration, owner: Number) -> Result<Vec<Record>, Failure> {
    let digits = &row.details.phone;
    if digits.is_empty() {
        return Ok(Vec::new());
    }
    let mut cards: Vec<Customer> = Vec::new();
    for card in customers_with_phone(scene.overlay, digits, MOST_CARDS)? {
        if let Some(card) = kin::card(scene.overlay, card.meta.number)?
            && cards
                .iter()
                .all(|known| known.meta.number != card.meta.number)
        {
            cards.push(card);
        }
    }
    let single = cards.len() == 1;
    let own = |card: &Customer| {
        let mut phones = card.details.phones.iter();
        phones.any(|it| it.digits == *digits && it.label.is_own())
    };
    let these = cards
        .iter()
        .filter(|card| card.details.name == row.details.name || single && own(card));
    let changed =
        these.filter_map(|card| customer::registered_by(card, owner, row, &scene.context));
    Ok(changed.map(Record::from).collect())
}

/// The registrations of one customer (A12-3.1.3).
fn same(scene: Scene, name: &str, phone: &str) -> Result<Vec<Registration>, Failure> {
    let rules = scene.context.profile.registration.as_ref();
    Ok(queries::same(scene.overlay, name, phone, rules)?)
}

/// Whose customer somebody is by the registrations of the telephones of a card that are their own.
fn by_registration(scene: Scene, details: &CustomerDetails) -> Result<Ownership, Failure> {
    let rules = scene.context.profile.registration.as_ref();
    let today = scene.context.today();
    Ok(queries::by_registration(
        scene.overlay,
        details,
        today,
        rules,
    )?)
}

/// Whose customer somebody is: by the card, and where that says nothing by registration (A12-3.1.5a).
fn owner_of(scene: Scene, card: &Customer) -> Result<Option<Number>, Failure> {
    if card.details.owner.is_some() {
        return Ok(card.details.owner);
    }
    Ok(match by_registration(scene, &card.details)? {
        Ownership::Owned { owner, .. } => Some(owner),
        Ownership::Collision { proposed, .. } => proposed,
        Ownership::NotConfirmed => None,
    })
}

/// Whose customer somebody is by the registrations of a card's telephones, if that is decided.
pub(super) fn registered(
    scene: Scene,
    details: &CustomerDetails,
) -> Result<Option<Number>, Failure> {
    Ok(match by_registration(scene, details)? {
        Ownership::Owned { owner, .. } => Some(owner),
        _ => None,
    })
}

/// A card as it is to be with whose customer it is by the registrations of its telephones, and with what it
/// does not say of what the customer is for (A12-3.1.1a, A12-s).
pub(super) fn owned(
    scene: Scene,
    mut details: CustomerDetails,
    before: Option<Number>,
) -> Result<CustomerDetails, Failure> {
    if scene.context.profile.registration.is_none() {
        return Ok(details);
    }
    let rules = scene.context.profile.registration.as_ref();
    let rows = queries::registrations_of(scene.overlay, &details, rules)?;
    deal::from_registrations(&mut details, &rows);
    let whose = registration::ownership(&rows, scene.context.today(), rules);
    let holder = match whose {
        Ownership::Owned { owner, .. } => name(scene, owner)?,
        _ => String::new(),
    };
    details.owner =
        registration::on_card(details.owner, before, &whose, &holder).map_err(Failure::Refused)?;
    Ok(details)
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

/// The earliest registration of the customer that still holds others off, with whose customer it is now
/// (A12-3.1.3).
fn earlier(scene: Scene, details: &RegistrationDetails) -> Result<Option<Earlier>, Failure> {
    let Ok(digits) = phone::normal(&details.phone) else {
        return Ok(None);
    };
    let (context, rules) = (&scene.context, scene.context.profile.registration.as_ref());
    let today = context.today();
    let known = same(scene, &clean::name(&details.name), &digits)?;
    let holding = known
        .iter()
        .filter(|it| registration::protects(it, today, rules));
    let Some(first) = holding.min_by_key(|it| (it.meta.created_at, it.meta.number)) else {
        return Ok(None);
    };
    let owner = registration::holder(&known, today, rules)
        .unwrap_or(first)
        .owner;
    Ok(Some(Earlier {
        number: first.meta.number,
        at: first.meta.created_at,
        owner,
        owner_name: name(scene, owner)?,
    }))
}
