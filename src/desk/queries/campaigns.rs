//! Whom a campaign or a survey is for, who is still to be told or asked, and what came of it (A01-14, A01-28, A01-31, A14-2.7).

use std::collections::BTreeSet;

use super::search::{Hunt, MOST_READ};
use super::{Looking, MOST_LATE, MOST_ROWS, named};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Serves, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::campaign::{self, Campaign, CampaignLine, CampaignSort, Figures, Target};
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::fines::Month;
use crate::domain::follow_up::Occasion;
use crate::domain::listed::Listed;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::place;
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::domain::survey::SurveyState;
use crate::store::{Fault, Order};

/// The campaigns that are not over: a range of keys by their last day.
pub(super) fn not_over(looking: &Looking) -> Result<Vec<Campaign>, Fault> {
    ending(looking, looking.today())
}

/// The campaigns that end on a day or later.
fn ending(looking: &Looking, from: Day) -> Result<Vec<Campaign>, Fault> {
    let prefix = index::list_prefix(Kind::Campaign, index::ALL, Sort::Due);
    let mut first = prefix.clone();
    first.extend_from_slice(&from.ordinal().to_be_bytes());
    let end = keys::end_of(&prefix);
    let rows = looking
        .overlay
        .scan(&first, &end, Order::Forward, MOST_LATE)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        if let Some(Record::Campaign(campaign)) = looking.overlay.record(number)? {
            found.push(campaign);
        }
    }
    Ok(found)
}

/// The lists in which every customer stands whom something is for.
pub(super) fn lists(target: &Target) -> Vec<Filter> {
    let mut lists = Vec::new();
    lists.extend(target.key.then_some(Filter::Key));
    // Owners and prospects stand in no list of their own.
    match (target.closed, target.prospects) {
        (Some(true), true) | (None, false) => {}
        (None, true) => lists.push(Filter::Prospect),
        (Some(true), false) => lists.push(Filter::Closed),
        (Some(false), prospects) => {
            lists.push(Filter::Potential);
            lists.extend(prospects.then_some(Filter::Prospect));
        }
    }
    let chosen = [
        (&target.site, Filter::OfSite as fn(Listed) -> Filter),
        (&target.class, Filter::OfClass),
        (&target.source, Filter::FromSource),
    ];
    let chosen = chosen.into_iter().filter(|(id, _)| !id.is_empty());
    lists.extend(chosen.map(|(id, of)| of(Listed::new(id))));
    lists
}

/// The beginning of the keys of the customers at the place that something is for, where it is for one.
pub(super) fn placed(target: &Target) -> Option<Vec<u8>> {
    let place = place::key(&target.place);
    (!place.is_empty()).then(|| keys::placed(&place))
}

/// The beginning of the keys of one of those lists, by number.
fn prefix(target: &Target) -> Vec<u8> {
    let filter = lists(target).first().copied().unwrap_or(Filter::Current);
    index::list_prefix(
        Kind::Customer,
        index::tag(Kind::Customer, filter),
        Sort::Oldest,
    )
}

/// Of these customers those who had a contact for something, or answered it; with `planned` also those with
/// whom one is planned. Where they come by number, both tables are walked side by side. Who was served under
/// a card that went into theirs is not among them ([`served_elsewhere`]).
pub(super) fn served(
    looking: &Looking,
    serves: Number,
    customers: &[Number],
    planned: bool,
) -> Result<BTreeSet<Number>, Fault> {
    let mut found = BTreeSet::new();
    let [first, .., last] = customers else {
        for customer in customers {
            if is_served(looking, serves, *customer, planned)? {
                found.insert(*customer);
            }
        }
        return Ok(found);
    };
    if !(customers.is_sorted() || customers.iter().rev().is_sorted()) {
        for customer in customers {
            if is_served(looking, serves, *customer, planned)? {
                found.insert(*customer);
            }
        }
        return Ok(found);
    }
    for had in [true, false].into_iter().take(1 + usize::from(planned)) {
        let from = keys::serving_with(serves, had, *first.min(last));
        let to = keys::end_of(&keys::serving_with(serves, had, *first.max(last)));
        let rows = looking
            .overlay
            .scan(&from, &to, Order::Forward, usize::MAX)?;
        found.extend(
            rows.iter()
                .filter_map(|(key, _)| keys::served_customer(key)),
        );
    }
    Ok(found)
}

/// Whether there was a contact for something under a card, or one is planned.
fn is_served(
    looking: &Looking,
    serves: Number,
    card: Number,
    planned: bool,
) -> Result<bool, Fault> {
    for had in [true, false].into_iter().take(1 + usize::from(planned)) {
        let prefix = keys::serving_with(serves, had, card);
        if !looking
            .overlay
            .scan_prefix(&prefix, Order::Forward, 1)?
            .is_empty()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a customer was served under a card that went into theirs.
pub(super) fn served_elsewhere(
    looking: &Looking,
    serves: Number,
    customer: Number,
    planned: bool,
) -> Result<bool, Fault> {
    for card in kin::cards(looking.overlay, customer)?.into_iter().skip(1) {
        if is_served(looking, serves, card, planned)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whom a campaign that is not over or a survey that is running is for; none of all others (A01-31).
fn still_for(looking: &Looking, number: Number) -> Result<Option<(Target, Occasion)>, Fault> {
    Ok(match looking.overlay.record(number)? {
        Some(Record::Campaign(it)) if !it.is_over(looking.today()) => {
            Some((it.details.target, Occasion::Campaign))
        }
        Some(Record::Survey(it)) if it.state == SurveyState::Running => {
            Some((it.details.target, Occasion::Survey))
        }
        _ => None,
    })
}

/// A page of the customers who are still to be told or asked, by number: as many are read as are shown, and
/// of those who are none of them at most [`MOST_READ`]. Of a campaign that is over there is nobody (A01-31).
pub(super) fn to_tell(looking: &Looking, number: Listed, query: &ListQuery) -> Result<Page, Fault> {
    let Ok(number) = number.id().parse::<Number>() else {
        return Ok(Page::default());
    };
    let Some((target, occasion)) = still_for(looking, number)? else {
        return Ok(Page {
            total: Some(0),
            ..Page::default()
        });
    };
    let found = walk(looking, number, &target, query)?;
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    let against = query.before.is_some() || query.from_end;
    let mut rows = found.customers;
    let more = rows.len() > limit;
    rows.truncate(limit);
    if against {
        rows.reverse();
    }
    let has_cursor = query.after.is_some() || query.before.is_some() || query.from_end;
    let (before, after) = if against {
        (more, query.before.is_some())
    } else {
        (query.after.is_some(), more)
    };
    let serves = looking.serves(number)?;
    let all = !has_cursor && !more && !found.tired;
    let total = all.then_some(rows.len() as u64);
    let rows = rows.into_iter().map(|customer| {
        let cursor = Cursor(customer.meta.number.to_key().to_vec());
        let mut row = looking.row(Record::Customer(customer));
        row.occasion = Some(occasion);
        row.serves.clone_from(&serves);
        (cursor, row)
    });
    Ok(Page {
        rows: rows.collect(),
        before,
        after,
        total,
        truncated: found.tired,
    })
}

/// What a walk over a list has found.
struct Walked {
    customers: Vec<Customer>,
    /// It stopped because too many were read.
    tired: bool,
}

/// One more of the customers to be told than are shown, from the cursor on.
fn walk(
    looking: &Looking,
    number: Number,
    target: &Target,
    query: &ListQuery,
) -> Result<Walked, Fault> {
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    let find = query.find.trim();
    let hunt = (!find.is_empty()).then(|| Hunt::new(looking, find));
    let target = &named::settled(looking, target)?;
    let mut walked = Walked {
        customers: Vec::new(),
        tired: false,
    };
    let fits = |customer: Number| -> Result<Option<Customer>, Fault> {
        let record = looking.overlay.record(customer)?;
        let record = record.filter(|it| hunt.as_ref().is_none_or(|hunt| hunt.finds(it)));
        Ok(match record {
            Some(Record::Customer(customer))
                if target.holds(&customer)
                    && !served_elsewhere(looking, number, customer.meta.number, false)? =>
            {
                Some(customer)
            }
            _ => None,
        })
    };
    if !target.named.is_empty() {
        let customers = named::page(target, query);
        let told = served(looking, number, &customers, false)?;
        for customer in customers.into_iter().filter(|it| !told.contains(it)) {
            walked.customers.extend(fits(customer)?);
            if walked.customers.len() > limit {
                break;
            }
        }
        return Ok(walked);
    }
    let listed = prefix(target);
    let (mut from, mut to) = (listed.clone(), keys::end_of(&listed));
    let beside = |cursor: &Cursor| [listed.as_slice(), &cursor.0].concat();
    if let Some(cursor) = &query.after {
        from = keys::end_of(&beside(cursor));
    }
    if let Some(cursor) = &query.before {
        to = beside(cursor);
    }
    let against = query.before.is_some() || query.from_end;
    let order = if against {
        Order::Backward
    } else {
        Order::Forward
    };
    let mut read = 0;
    loop {
        let keys = looking.overlay.scan(&from, &to, order, MOST_ROWS)?;
        let Some((last, _)) = keys.last() else {
            return Ok(walked);
        };
        match order {
            Order::Forward => from = keys::end_of(last),
            Order::Backward => to.clone_from(last),
        }
        let customers = keys.iter().filter_map(|(key, _)| keys::number_at_end(key));
        let customers: Vec<Number> = customers.collect();
        let told = served(looking, number, &customers, false)?;
        for customer in customers.into_iter().filter(|it| !told.contains(it)) {
            if read == MOST_READ {
                walked.tired = true;
                return Ok(walked);
            }
            read += 1;
            walked.customers.extend(fits(customer)?);
            if walked.customers.len() > limit {
                return Ok(walked);
            }
        }
    }
}

impl Looking<'_> {
    /// What came of a campaign, as a list shows it: of an event all of it, for it is read to know how many
    /// places are left (A14-2.7); of others how many contacts were had for it, which is counted.
    pub(super) fn figures(&self, campaign: &Campaign) -> Result<Figures, Fault> {
        let number = campaign.meta.number;
        if campaign.details.sort == CampaignSort::Event {
            let had = kin::served(self.overlay, number, None)?;
            return Ok(campaign::figures(campaign, &had));
        }
        let filter = Filter::Serving(Listed::new(&number.to_string()));
        let tag = index::tag(Kind::FollowUp, filter);
        let key = keys::count(Kind::FollowUp, &tag.bytes());
        Ok(Figures {
            told: self.overlay.unpacked(&key)?.unwrap_or(0),
            ..Figures::default()
        })
    }

    /// What a contact or an answer is for, in short.
    pub(super) fn serves(&self, number: Number) -> Result<Option<Box<Serves>>, Fault> {
        let (title, sort) = match self.overlay.record(number)? {
            Some(Record::Campaign(it)) => (it.details.title, Some(it.details.sort)),
            Some(Record::Survey(it)) => (it.details.title, None),
            Some(Record::PlanLine(it)) => (mask::words(&it.details.action), None),
            _ => return Ok(None),
        };
        Ok(Some(Box::new(Serves {
            number,
            title,
            sort,
        })))
    }
}

/// The customers whom something may be for: those who are named, or all of a list.
fn of_target(looking: &Looking, target: &Target) -> Result<Vec<Number>, Fault> {
    if !target.named.is_empty() {
        return Ok(target.named.clone());
    }
    let rows = looking
        .overlay
        .scan_prefix(&prefix(target), Order::Forward, usize::MAX)?;
    let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
    Ok(numbers.collect())
}

/// The campaigns that ran in a month, with what came of each (A01-29, A01-31, A14-2.9.3).
pub(super) fn month(
    looking: &Looking,
    month: Month,
    context: &Context,
) -> Result<Vec<CampaignLine>, Fault> {
    let mut lines = Vec::new();
    for campaign in ending(looking, month.begins())? {
        if campaign.from() > month.ends() {
            continue;
        }
        let target = &named::settled(looking, &campaign.details.target)?;
        let mut targets = Vec::new();
        for number in of_target(looking, target)? {
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)?
                && target.holds(&customer)
            {
                targets.push((number, customer.details.name));
            }
        }
        let had = kin::served(looking.overlay, campaign.meta.number, None)?;
        let mut attended = Vec::new();
        for (number, answer) in campaign::answers(&had) {
            if answer == campaign::Answer::Attended
                && let Some(customer) = kin::card(looking.overlay, number)?
            {
                attended.push(customer);
            }
        }
        lines.push(campaign::line(campaign, &targets, &had, &attended, context));
    }
    lines.sort_by_key(|line| line.campaign.meta.number);
    Ok(lines)
}
