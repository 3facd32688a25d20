//! What is agreed before a customer leaves: the next appointment, or that none is wanted (A01-12).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::customer::Customer;
use super::follow_up::{self, FollowUp, FollowUpDetails, FollowUpKind};
use super::intake::Intake;
use super::number::Number;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;

/// What is agreed before the customer leaves (A01-12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NextVisit {
    /// The day on which the customer comes again.
    pub day: Option<Day>,
    /// Its time, as `14:30`; empty for all of the day.
    pub time: String,
    /// No next visit is wanted.
    pub declined: bool,
}

/// What was agreed before the customer left: the next appointment, numbered so, or that none is wanted
/// (A01-12). `is_first` says whether nobody followed the customer up before (A04-6).
///
/// # Errors
/// Refused where the site asks for it on this channel and neither is said, where both are, for an
/// appointment with nobody who is a customer, and as a follow-up that is planned.
pub fn agree(
    intake: Intake,
    number: Number,
    customer: Option<&Customer>,
    is_first: bool,
    context: &Context,
) -> Result<(Intake, Option<FollowUp>), Refusal> {
    let visit = &intake.details.next;
    let dated = visit.day.is_some();
    let of = |key: &str| Problem::new(key).field("next_day").clause("A01-12");
    let channels = &context.profile.intake.ask_next;
    let asked = intake
        .details
        .channel
        .is_some_and(|it| channels.contains(&it));
    let mut checks = Checks::new();
    let answered = dated || visit.declined || customer.is_none() || !asked;
    checks.require(answered, || of("next-or-declined"));
    checks.require(!(dated && visit.declined), || of("next-and-declined"));
    checks.require(!dated || customer.is_some(), || of("next-of-nobody"));
    checks.done()?;
    let next = match visit.day {
        None => None,
        Some(day) => {
            let details = FollowUpDetails {
                customer: intake.details.customer,
                kind: FollowUpKind::Appointment,
                day: Some(day),
                time: visit.time.clone(),
                text: intake.details.text.clone(),
                ..FollowUpDetails::default()
            };
            let planned = follow_up::plan(number, details, customer, is_first, context);
            Some(planned.map_err(follow_up::of_next)?)
        }
    };
    let agreed = Intake {
        next: next.as_ref().map(|next| next.meta.number),
        ..intake
    };
    Ok((agreed, next))
}
