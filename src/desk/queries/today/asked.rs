//! Whom a campaign is for who was not told yet, whom a survey asks who has not answered, and who is to be
//! greeted at a holiday (A01-28, A01-31, A03-sa, A14-2.6, A14-2.9.2). All follow from the customer and from
//! what was had for it.

use chrono::NaiveDate;

use super::{
    CAMPAIGNS, Found, Gathered, HOLIDAYS, SURVEYS, each_number, each_part, owners, people, place,
};
use crate::desk::contract::{Filter, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::{Looking, MOST_LATE, campaigns};
use crate::desk::reached::{self, By};
use crate::domain::campaign::Target;
use crate::domain::context::Context;
use crate::domain::follow_up::Occasion;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::domain::survey::SurveyState;
use crate::store::{Fault, Order};

/// Who is to be greeted at the holidays that are there or near: once each where business was closed with
/// them and they are no key customer (A14-2.9.2).
pub(super) fn holidays(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let rules = &context.profile.follow_ups;
    if !rules.holiday_greetings {
        return Ok(());
    }
    let today = context.today();
    let near = today.plus(rules.holiday_days.unwrap_or_default().into());
    for holiday in context.calendar.holidays(today.0, near.0) {
        let first = Day(holiday.first);
        for owner in owners(looking, context) {
            let from = reached::of_owner(owner, By::Ordinary);
            let mut left = into.most;
            into.truncated |= each_number(looking, &from, &keys::end_of(&from), |number| {
                let mut greeted = false;
                for card in kin::cards(looking.overlay, number)? {
                    let key = keys::greeted(first, card);
                    let rows = looking.overlay.scan_prefix(&key, Order::Forward, 1)?;
                    greeted |= !rows.is_empty();
                }
                if !greeted {
                    into.rows.push(Found {
                        since: Some(first),
                        ..Found::new(place(HOLIDAYS, first, number), number, Occasion::Holiday)
                    });
                    left -= 1;
                }
                Ok(left > 0)
            })?;
        }
    }
    Ok(())
}

/// Whom the campaigns that are not over are for, until they were told or it is planned (A01-28, A01-31).
pub(super) fn campaigns(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let owners = owners(looking, context);
    for campaign in campaigns::not_over(looking)? {
        let serves = campaign.meta.number;
        let target = &campaign.details.target;
        let (numbers, more) = whom(looking, &owners, target, serves, into.most)?;
        into.truncated |= more;
        let before = place(CAMPAIGNS, campaign.until(), serves);
        let rows = numbers.into_iter();
        into.rows
            .extend(rows.map(|number| of(&before, serves, number, Occasion::Campaign)));
    }
    Ok(())
}

/// Who is asked by the surveys that are running and has not answered yet (A03-sa, A14-2.6), those of the
/// survey that is to be closed first before the others. Of the customers who are nobody's there is one row,
/// the survey itself: a survey for everybody would bury the day of each operator under all of them, who
/// stand in the list of the survey.
pub(super) fn surveys(
    looking: &Looking,
    context: &Context,
    into: &mut Gathered,
) -> Result<(), Fault> {
    let people: Vec<Option<Number>> = people(looking, context).into_iter().map(Some).collect();
    let tag = index::tag(Kind::Survey, Filter::Open);
    let open = index::list_prefix(Kind::Survey, tag, Sort::Oldest);
    let (numbers, _) = super::numbers(looking, &open, &keys::end_of(&open), MOST_LATE)?;
    for number in numbers {
        let Some(Record::Survey(survey)) = looking.overlay.record(number)? else {
            continue;
        };
        if survey.state != SurveyState::Running {
            continue;
        }
        let target = &survey.details.target;
        let (customers, more) = whom(looking, &people, target, number, into.most)?;
        into.truncated |= more;
        // Those without a day come last.
        let due = survey.details.due.unwrap_or(Day(NaiveDate::MAX));
        let before = place(SURVEYS, due, number);
        let rows = customers.into_iter();
        into.rows
            .extend(rows.map(|customer| of(&before, number, customer, Occasion::Survey)));
        let (nobodys, _) = whom(looking, &[None], target, number, 1)?;
        let of_survey =
            (!nobodys.is_empty()).then(|| of(&before, number, number, Occasion::Survey));
        into.rows.extend(of_survey);
    }
    Ok(())
}

/// The row of a customer whom something is for, behind a place.
fn of(before: &[u8], serves: Number, customer: Number, occasion: Occasion) -> Found {
    let place = [before, &customer.to_key()].concat();
    Found {
        serves: Some(serves),
        ..Found::new(place, customer, occasion)
    }
}

/// The customers of some owners whom something is for and who are not served yet; and whether there may be
/// more. Of the lists in which all of them stand the shortest is read, and only the cards of those who
/// stand in the others too.
fn whom(
    looking: &Looking,
    owners: &[Option<Number>],
    target: &Target,
    serves: Number,
    most: usize,
) -> Result<(Vec<Number>, bool), Fault> {
    let mut found = Vec::new();
    let mut truncated = false;
    for owner in owners {
        let mut lists = campaigns::lists(target);
        lists.push(super::of(*owner));
        let mut sized = Vec::with_capacity(lists.len());
        for filter in lists {
            let tag = index::tag(Kind::Customer, filter);
            let count = keys::count(Kind::Customer, &tag.bytes());
            let count: u64 = looking.overlay.unpacked(&count)?.unwrap_or(0);
            let prefix = index::list_prefix(Kind::Customer, tag, Sort::Oldest);
            sized.push((count, prefix));
        }
        sized.sort();
        let mut prefixes = sized.into_iter().map(|(_, prefix)| prefix);
        let placed = campaigns::placed(target);
        let from = placed.unwrap_or_else(|| prefixes.next().unwrap_or_default());
        let to = keys::end_of(&from);
        let others: Vec<Vec<u8>> = prefixes.collect();
        let mut left = most;
        truncated |= each_part(looking, &from, &to, |numbers| {
            let known = campaigns::served(looking, serves, numbers, true)?;
            for number in numbers.iter().filter(|number| !known.contains(number)) {
                if stands_in(looking, &others, *number)?
                    && let Some(Record::Customer(customer)) = looking.overlay.record(*number)?
                    && target.holds(&customer)
                    && !campaigns::served_elsewhere(looking, serves, *number, true)?
                {
                    found.push(*number);
                    left -= 1;
                }
                if left == 0 {
                    break;
                }
            }
            Ok(left > 0)
        })?;
    }
    Ok((found, truncated))
}

/// Whether a customer stands in all of some lists.
fn stands_in(looking: &Looking, lists: &[Vec<u8>], number: Number) -> Result<bool, Fault> {
    for list in lists {
        let key = [list.as_slice(), &number.to_key()].concat();
        if looking.overlay.get(&key)?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}
