//! Whom a campaign is for, who is still to be told, and what came of it (A01-14, A01-28, A01-31, A14-2.7).

use super::search::{Hunt, MOST_READ};
use super::{Looking, MOST_LATE, MOST_ROWS};
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

/// Whom something is for, with those who are named as the cards that stay of them.
pub(super) fn settled(looking: &Looking, target: &Target) -> Result<Target, Fault> {
    let named = target.named.iter();
    let named = named.map(|number| kin::survivor(looking.overlay, *number));
    let mut named = named.collect::<Result<Vec<Number>, Fault>>()?;
    named.sort_unstable();
    named.dedup();
    Ok(Target {
        named,
        ..target.clone()
    })
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

/// The customers to whom something was told already, in the order of their numbers.
fn told(looking: &Looking, campaign: Number) -> Result<Vec<Number>, Fault> {
    let rows =
        looking
            .overlay
            .scan_prefix(&keys::serving(campaign, true), Order::Forward, usize::MAX)?;
    let moved = kin::moved(looking.overlay)?;
    let mut told: Vec<Number> = rows
        .iter()
        .filter_map(|(key, _)| keys::served_customer(key))
        .map(|card| moved.get(&card).copied().unwrap_or(card))
        .collect();
    told.sort_unstable();
    told.dedup();
    Ok(told)
}

/// A page of the customers who are still to be told, by number: as many are read as are shown, and of those
/// who are none of them at most [`MOST_READ`]. Of a campaign that is over there is nobody (A01-31).
pub(super) fn to_tell(looking: &Looking, number: Listed, query: &ListQuery) -> Result<Page, Fault> {
    let parsed = number.id().parse().ok();
    let record = match parsed {
        Some(number) => looking.overlay.record(number)?,
        None => None,
    };
    let Some(Record::Campaign(campaign)) = record else {
        return Ok(Page::default());
    };
    if campaign.is_over(looking.today()) {
        return Ok(Page {
            total: Some(0),
            ..Page::default()
        });
    }
    let found = walk(looking, &campaign, query)?;
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
    let serves = looking.serves(campaign.meta.number)?;
    let all = !has_cursor && !more && !found.tired;
    let total = all.then_some(rows.len() as u64);
    let rows = rows.into_iter().map(|customer| {
        let cursor = Cursor(customer.meta.number.to_key().to_vec());
        let mut row = looking.row(Record::Customer(customer));
        row.occasion = Some(Occasion::Campaign);
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

/// Those who are named, in the order of a page and from its cursor on.
fn named(target: &Target, query: &ListQuery) -> Vec<Number> {
    let beyond = |number: &Number| {
        let key = number.to_key();
        let after = query
            .after
            .as_ref()
            .is_none_or(|it| key.as_slice() > &*it.0);
        let before = query.before.as_ref();
        after && before.is_none_or(|it| key.as_slice() < &*it.0)
    };
    let mut named = target.named.clone();
    named.sort_unstable_by_key(|number| number.to_key());
    if query.before.is_some() || query.from_end {
        named.reverse();
    }
    named.retain(beyond);
    named
}

/// One more of the customers to be told than are shown, from the cursor on.
fn walk(looking: &Looking, campaign: &Campaign, query: &ListQuery) -> Result<Walked, Fault> {
    let limit = (query.limit as usize).clamp(1, MOST_ROWS);
    let find = query.find.trim();
    let hunt = (!find.is_empty()).then(|| Hunt::new(looking, find));
    let told = told(looking, campaign.meta.number)?;
    let target = &settled(looking, &campaign.details.target)?;
    let mut walked = Walked {
        customers: Vec::new(),
        tired: false,
    };
    let fits = |number: Number| -> Result<Option<Customer>, Fault> {
        let record = looking.overlay.record(number)?;
        let fits = |record: &Record| match record {
            Record::Customer(customer) => target.holds(customer),
            _ => false,
        };
        let found = record.filter(fits);
        let found = found.filter(|it| hunt.as_ref().is_none_or(|hunt| hunt.finds(it)));
        Ok(found.and_then(|record| match record {
            Record::Customer(customer) => Some(customer),
            _ => None,
        }))
    };
    if !target.named.is_empty() {
        for number in named(target, query) {
            if told.binary_search(&number).is_err() {
                walked.customers.extend(fits(number)?);
            }
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
        for number in keys.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if told.binary_search(&number).is_ok() {
                continue;
            }
            if read == MOST_READ {
                walked.tired = true;
                return Ok(walked);
            }
            read += 1;
            walked.customers.extend(fits(number)?);
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
        let target = &settled(looking, &campaign.details.target)?;
        let numbers = if target.named.is_empty() {
            let rows = prefix(target);
            let rows = looking
                .overlay
                .scan_prefix(&rows, Order::Forward, usize::MAX)?;
            let numbers = rows.iter().filter_map(|(key, _)| keys::number_at_end(key));
            numbers.collect()
        } else {
            target.named.clone()
        };
        let mut targets = Vec::new();
        for number in numbers {
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
