//! Commands on campaigns and on the customer service plan, and what a contact is had for.

use super::{Decision, Scene};
use crate::desk::contract::{Command, Failure};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::campaign::{self, Campaign, CampaignDetails, CampaignSort};
use crate::domain::follow_up::{Contact, FollowUp, FollowUpDetails};
use crate::domain::intake::Channel;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::plan::{self, PlanLine};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::serving::{Around, Served};

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::BeginCampaign { details } => {
            let number = scene.number(Kind::Campaign)?;
            let details = named(scene, details)?;
            let campaign = campaign::begin(number, details.clone(), context)?;
            scene.owner_works_here(details.owner, None)?;
            Ok(Decision::one("begin-campaign", campaign))
        }
        Command::ChangeCampaign { at, details } => {
            let present: Campaign = scene.at(*at)?;
            let had = had(scene, at.number, None)?;
            let booked = campaign::figures(&present, &had).booked;
            let details = named(scene, details)?;
            let changed = campaign::change(&present, details.clone(), booked, context)?;
            scene.owner_works_here(details.owner, present.details.owner)?;
            Ok(Decision::one("change-campaign", changed))
        }
        Command::EnterPlanLine { details } => {
            let number = scene.number(Kind::PlanLine)?;
            let customer = scene.customer(details.customer)?;
            let line = plan::enter(number, details.clone(), customer.as_ref(), context)?;
            scene.owner_works_here(details.owner, None)?;
            Ok(Decision::one("enter-plan-line", line))
        }
        Command::ChangePlanLine { at, details } => {
            let present: PlanLine = scene.at(*at)?;
            let customer = scene.customer(present.details.customer)?;
            let Some(customer) = customer else {
                let problem = Problem::new("no-such-customer").field("customer");
                return Err(Failure::Refused(problem.into()));
            };
            let changed = plan::change(&present, details.clone(), &customer, context)?;
            scene.owner_works_here(details.owner, present.details.owner)?;
            Ok(Decision::one("change-plan-line", changed))
        }
        Command::DropPlanLine { at, reason } => {
            let present: PlanLine = scene.at(*at)?;
            let dropped = plan::give_up(&present, reason, context)?;
            Ok(Decision::one("drop-plan-line", dropped))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// What was entered, with the customers that are named in it looked up (A01-07).
fn named(scene: Scene, details: &CampaignDetails) -> Result<CampaignDetails, Failure> {
    let mut details = details.clone();
    details.target.named = scene.all_named(&details.target.named, "target_named")?;
    Ok(details)
}

/// The contacts that were had for a campaign, with one customer or with all, each of the card that stays.
fn had(scene: Scene, campaign: Number, with: Option<Number>) -> Result<Vec<FollowUp>, Failure> {
    Ok(kin::served(scene.overlay, campaign, with)?)
}

/// What a contact is for, as it was named; refused where there is no such thing, and for a line of the plan
/// that is of another customer.
pub(super) fn served(scene: Scene, details: &FollowUpDetails) -> Result<Served, Failure> {
    let Some(number) = details.serves else {
        return Ok(Served::Nothing);
    };
    let missing = || {
        let problem = Problem::new("serves-nothing").field("serves");
        Failure::Refused(problem.arg("number", number).into())
    };
    match number.kind {
        Kind::Campaign => {
            let campaign: Campaign = scene.living(number)?.ok_or_else(missing)?;
            let event = campaign.details.sort == CampaignSort::Event;
            // An event has places, and each contact of it may take one.
            let had = had(scene, number, details.customer.filter(|_| !event))?;
            Ok(Served::Campaign(Box::new(campaign), had))
        }
        Kind::PlanLine => {
            let line: PlanLine = scene.living(number)?.ok_or_else(missing)?;
            let card = |customer: Option<Number>| {
                let customer = customer.map(|customer| kin::survivor(scene.overlay, customer));
                customer.transpose()
            };
            if card(line.details.customer)? != card(details.customer)? {
                let problem = Problem::new("plan-line-of-another").field("customer");
                return Err(Failure::Refused(problem.arg("number", number).into()));
            }
            Ok(Served::Plan(Box::new(line)))
        }
        _ => Err(missing()),
    }
}

/// What a contact is held against: what it is had for, and of a visit what is open for its customer.
pub(super) fn around(
    scene: Scene,
    details: &FollowUpDetails,
    contact: &Contact,
) -> Result<Around, Failure> {
    let channel = contact.channel.unwrap_or(details.kind.channel());
    let asked = scene.context.profile.follow_ups.settle_items && channel == Channel::Visit;
    let open_items = match details.customer.filter(|_| asked) {
        Some(customer) => open_items(scene, customer)?,
        None => Vec::new(),
    };
    Ok(Around {
        served: served(scene, details)?,
        open_items,
    })
}

/// Of what an open item is about so many characters are told.
const ABOUT: usize = 40;

/// The requests and complaints of a customer that are open, the oldest first (A05-4.6b).
fn open_items(scene: Scene, customer: Number) -> Result<Vec<(Number, String)>, Failure> {
    let contacts = kin::of_all_cards(scene.overlay, customer, keys::contacts, usize::MAX)?;
    let mut open = Vec::new();
    for number in contacts.into_iter().rev() {
        if !matches!(number.kind, Kind::Intake | Kind::Complaint) {
            continue;
        }
        let about = match scene.overlay.record(number)? {
            Some(Record::Intake(it)) if it.is_open() && it.complaint.is_none() => it.details.text,
            Some(Record::Complaint(it)) if !it.state.is_final() => it.details.text,
            _ => continue,
        };
        let line = about.lines().next().unwrap_or_default();
        let short: String = line.chars().take(ABOUT).collect();
        open.push((number, mask::words(&short)));
    }
    Ok(open)
}

/// The line of the plan that a contact does, with the contact in it (A01-24).
pub(super) fn line_done(
    scene: Scene,
    around: &Around,
    had: &FollowUp,
) -> Result<Option<PlanLine>, Failure> {
    match &around.served {
        Served::Plan(line) if had.is_done() => {
            let done = plan::done(line, had.meta.number, &scene.context)?;
            Ok(Some(done))
        }
        _ => Ok(None),
    }
}
