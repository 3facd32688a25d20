//! Commands on follow-ups.

use super::{Decision, Scene, campaigns};
use crate::desk::contract::{Command, Failure};
use crate::desk::kin;
use crate::domain::attempt;
use crate::domain::customer::Customer;
use crate::domain::follow_up::{self, Contact, FollowUp, FollowUpDetails};
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::serving::{Around, Served};

pub(super) fn decide(scene: Scene, command: &Command) -> Result<Decision, Failure> {
    let context = &scene.context;
    match command {
        Command::PlanFollowUp { details } => {
            let number = scene.number(Kind::FollowUp)?;
            let customer = customer_of(scene, details)?;
            let first = first_of(scene, details)?;
            campaigns::served(scene, details)?;
            let planned =
                follow_up::plan(number, details.clone(), customer.as_ref(), first, context)?;
            scene.owner_works_here(details.owner, None)?;
            Ok(Decision::one("plan-follow-up", planned))
        }
        Command::ChangeFollowUp { at, details } => {
            let present: FollowUp = scene.at(*at)?;
            let customer = own_customer(scene, &present)?;
            let changed = follow_up::change(&present, details.clone(), &customer, context)?;
            scene.owner_works_here(details.owner, present.details.owner)?;
            Ok(Decision::one("change-follow-up", changed))
        }
        Command::DoFollowUp { at, contact } => {
            let present: FollowUp = scene.at(*at)?;
            contacted("do-follow-up", scene, &present, contact)
        }
        Command::LogContact { details, contact } => {
            let number = scene.number(Kind::FollowUp)?;
            let customer = customer_of(scene, details)?;
            let theirs = match &customer {
                Some(customer) => kin::follow_ups(scene.overlay, customer.meta.number)?,
                None => Vec::new(),
            };
            // What was planned because nobody was reached is what was tried now (A14-3.2c).
            let missed = contact.missed;
            if let Some(planned) = attempt::settled(details, missed, &theirs, context.today()) {
                return contacted("log-contact", scene, planned, contact);
            }
            let first = !theirs.iter().any(FollowUp::is_done);
            let of = customer.as_ref();
            let around = campaigns::around(scene, details, contact)?;
            scene.owner_works_here(details.owner, None)?;
            let details = details.clone();
            let (done, next) =
                follow_up::log(number, details, contact, of, first, &around, context)?;
            had("log-contact", scene, &around, done, next)
        }
        Command::DropFollowUp { at, reason } => {
            let present: FollowUp = scene.at(*at)?;
            let dropped = follow_up::give_up(&present, reason, context)?;
            Ok(Decision::one("drop-follow-up", dropped))
        }
        // `commands::decide` sends nothing else here.
        _ => Err(Failure::internal()),
    }
}

/// A contact that was planned had.
fn contacted(
    what: &'static str,
    scene: Scene,
    planned: &FollowUp,
    contact: &Contact,
) -> Result<Decision, Failure> {
    let customer = own_customer(scene, planned)?;
    let next = scene.number(Kind::FollowUp)?;
    let mut around = campaigns::around(scene, &planned.details, contact)?;
    // The line was done or given up since: it is left alone, and the contact is had all the same.
    if matches!(&around.served, Served::Plan(line) if !line.is_open()) {
        around.served = Served::Nothing;
    }
    let context = &scene.context;
    let (done, next) = follow_up::contacted(planned, contact, &customer, next, &around, context)?;
    had(what, scene, &around, done, next)
}

/// A contact that was had, the next one where it was dated (A01-12), and the line of the plan that it does
/// (A01-24).
fn had(
    what: &'static str,
    scene: Scene,
    around: &Around,
    done: FollowUp,
    next: Option<FollowUp>,
) -> Result<Decision, Failure> {
    let line = campaigns::line_done(scene, around, &done)?;
    let mut records: Vec<Record> = vec![done.into()];
    records.extend(next.map(Record::from));
    records.extend(line.map(Record::from));
    Ok(Decision { what, records })
}

/// The customer named in the form; one who is not there is the form's fault.
fn customer_of(scene: Scene, details: &FollowUpDetails) -> Result<Option<Customer>, Failure> {
    scene.customer(details.customer)
}

fn own_customer(scene: Scene, follow_up: &FollowUp) -> Result<Customer, Failure> {
    let customer = scene.customer(follow_up.details.customer)?;
    customer.ok_or_else(|| {
        let problem = Problem::new("no-such-customer").field("customer");
        Failure::Refused(problem.into())
    })
}

fn first_of(scene: Scene, details: &FollowUpDetails) -> Result<bool, Failure> {
    details
        .customer
        .map_or(Ok(true), |customer| is_first(scene, customer))
}

/// Whether nobody has followed the customer up yet (A04-6); who was only tried is as new as before.
pub(super) fn is_first(scene: Scene, customer: Number) -> Result<bool, Failure> {
    for number in kin::contacted(scene.overlay, customer)? {
        if let Some(Record::FollowUp(it)) = scene.overlay.record(number)?
            && it.is_done()
        {
            return Ok(false);
        }
    }
    Ok(true)
}
