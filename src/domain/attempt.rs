//! Attempts at customers who are hard to get hold of: how often it was tried, how often they were reached,
//! and which planned attempt one that was made takes the place of (A14-3.2c).

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::follow_up::{FollowUp, FollowUpDetails, FollowUpState};
use super::number::Number;
use super::stamp::Day;

/// The attempts at one customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reach {
    /// Contacts that were tried, with or without reaching anybody.
    pub tried: u64,
    /// Of those, the ones by which the customer was reached.
    pub reached: u64,
    /// The day of the next one that is planned.
    pub next: Option<Day>,
}

/// The attempts at a customer, by the follow-ups with them.
pub fn tried(theirs: &[FollowUp]) -> Reach {
    let had = || theirs.iter().filter(|it| it.tried_at().is_some());
    let planned = theirs.iter().filter(|it| it.is_open());
    Reach {
        tried: had().count() as u64,
        reached: had().filter(|it| it.is_done()).count() as u64,
        next: planned.filter_map(|it| it.details.day).min(),
    }
}

/// The planned attempt that a contact nobody had planned takes the place of, of the same kind and for the
/// same thing: the one that was dated because nobody was reached before, on whatever day it is; and of one
/// that reaches nobody again also what was due by today, for that is planned anew with it. The earliest.
pub fn settled<'a>(
    details: &FollowUpDetails,
    missed: bool,
    theirs: &'a [FollowUp],
    today: Day,
) -> Option<&'a FollowUp> {
    let retries: BTreeSet<Number> = theirs
        .iter()
        .filter(|it| it.state == FollowUpState::Missed)
        .filter_map(|it| it.contact.as_ref()?.next)
        .collect();
    let same = |planned: &&FollowUp| {
        let it = &planned.details;
        let due = missed && it.day.is_some_and(|day| day <= today);
        planned.is_open()
            && it.kind == details.kind
            && it.serves == details.serves
            && it.holiday == details.holiday
            && (due || retries.contains(&planned.meta.number))
    };
    let planned = theirs.iter().filter(same);
    planned.min_by_key(|it| (it.details.day, it.meta.number))
}
