//! What was planned up to today, and the lines of the service plan (A01-12, A01-24, A03-5.1.2a): ranges of keys.

use super::{Found, Gathered, numbers, of, people, place};
use crate::desk::contract::Sort;
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::queries::Looking;
use crate::domain::context::Context;
use crate::domain::fines::Month;
use crate::domain::follow_up::Occasion;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::store::{Fault, Order};

/// No line of the plan begins longer than this before its last day.
const LONGEST_LINE: u64 = 31;

/// What was planned up to today, the longest due first.
pub(super) fn gather(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let tomorrow = looking.today().ordinal().saturating_add(1);
    for owner in people(looking, context) {
        let tag = index::tag(Kind::FollowUp, of(Some(owner)));
        let from = index::list_prefix(Kind::FollowUp, tag, Sort::Due);
        let to = [from.as_slice(), &tomorrow.to_be_bytes()].concat();
        let mut rows = looking
            .overlay
            .scan(&from, &to, Order::Forward, into.most + 1)?;
        into.truncated |= rows.len() > into.most;
        rows.truncate(into.most);
        for (key, _) in rows {
            if let Some(number) = keys::number_at_end(&key) {
                let mut place = vec![super::PLANNED];
                place.extend_from_slice(key.get(from.len()..).unwrap_or_default());
                into.rows.push(Found::new(place, number, Occasion::Planned));
            }
        }
    }
    Ok(())
}

/// The lines of the plan that are due: within their month or, before a holiday, as long before it as the site
/// says; until they are done (A01-24, A03-5.1.2a).
pub(super) fn plan(looking: &Looking, context: &Context, into: &mut Gathered) -> Result<(), Fault> {
    let lead = context.profile.follow_ups.holiday_days.unwrap_or_default();
    let today = context.today();
    // Whatever has begun ends before this.
    let begun = today.plus(u64::from(lead).saturating_add(LONGEST_LINE));
    let last = begun.max(Month::of(today).ends());
    for owner in people(looking, context) {
        let tag = index::tag(Kind::PlanLine, of(Some(owner)));
        let from = index::list_prefix(Kind::PlanLine, tag, Sort::Due);
        let mut to = from.clone();
        to.extend_from_slice(&last.ordinal().saturating_add(1).to_be_bytes());
        let (numbers, more) = numbers(looking, &from, &to, into.most)?;
        into.truncated |= more;
        for number in numbers {
            if let Some(Record::PlanLine(line)) = looking.overlay.record(number)?
                && line.is_due(today, lead)
            {
                let place = place(super::PLAN, line.ends, number);
                into.rows.push(Found::new(place, number, Occasion::Plan));
            }
        }
    }
    Ok(())
}
