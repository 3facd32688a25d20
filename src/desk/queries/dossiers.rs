//! Customers' profiles beside what they belong to, and as much of them as whoever asks may see (A14-F09,
//! A14-F22, A14-N1, A14-N3).

use std::collections::BTreeSet;

use super::search::{Hunt, MOST_READ};
use super::walk::{self, Table};
use super::{Looking, MOST_ROWS, history, list};
use crate::desk::contract::{Cursor, Filter, ListQuery, Page, Profiled, Query, Reply, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::domain::context::Context;
use crate::domain::dossier;
use crate::domain::dossier::month::Then;
use crate::domain::follow_up::FollowUpKind;
use crate::domain::mask;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order};

/// The profile of a customer, if there is one: of several cards the first, under which all of it is read.
pub(super) fn of(looking: &Looking, customer: Number) -> Result<Option<Number>, Fault> {
    let dossiers = kin::dossiers(looking.overlay, customer)?;
    Ok(dossiers.first().map(|it| it.meta.number))
}

/// The number under which a profile is read: of one whose card went into another, that of the card that
/// stays.
pub(super) fn read_as(looking: &Looking, number: Number) -> Result<Number, Fault> {
    match looking.overlay.record(number)? {
        Some(Record::Dossier(dossier)) => Ok(of(looking, dossier.customer)?.unwrap_or(number)),
        _ => Ok(number),
    }
}

/// A profile as it is read: over all cards of its customer. What cannot be read is told when it is opened.
pub(super) fn whole(looking: &Looking, record: Record) -> Record {
    let Record::Dossier(dossier) = record else {
        return record;
    };
    match kin::dossier(looking.overlay, dossier.customer) {
        Ok(Some(whole)) if whole.meta.number == dossier.meta.number => Record::Dossier(whole),
        _ => Record::Dossier(dossier),
    }
}

/// A page without the profiles that are read with another one.
pub(super) fn each_once(looking: &Looking, page: Page) -> Result<Page, Fault> {
    let mut page = page;
    let before = page.rows.len();
    let mut rows = Vec::with_capacity(before);
    for (cursor, row) in page.rows {
        let number = row.record.number();
        if number.kind != Kind::Dossier || read_as(looking, number)? == number {
            rows.push((cursor, row));
        }
    }
    page.rows = rows;
    if page.rows.len() < before {
        page.total = None;
    }
    Ok(page)
}

/// What stands beside a profile: the card, and how much is filled. What cannot be read is told when it is
/// opened.
pub(super) fn beside(looking: &Looking, record: &Record) -> Option<Box<Profiled>> {
    let Record::Dossier(dossier) = record else {
        return None;
    };
    let customer = kin::card(looking.overlay, dossier.customer)
        .ok()
        .flatten()?;
    let rules = looking.known.profile.dossier.as_ref();
    Some(Box::new(Profiled {
        share: rules.map(|rules| rules.share(dossier, &customer.details)),
        customer: Some(customer),
        ..Profiled::default()
    }))
}

/// Masks the card beside a profile.
pub(super) fn veil(row: &mut Row) {
    let customer = row.profiled.as_mut().and_then(|it| it.customer.as_mut());
    if let Some(customer) = customer {
        let mut record = Record::Customer(customer.clone());
        mask::record(&mut record, None);
        if let Record::Customer(masked) = record {
            *customer = masked;
        }
    }
}

/// Takes out of a profile what whoever asks may not see; `listed` where it goes into a list or an export.
pub(in crate::desk) fn redact(record: &mut Record, listed: bool, context: &Context) {
    let Record::Dossier(dossier) = record else {
        return;
    };
    match &context.profile.dossier {
        Some(rules) => rules.redact(dossier, listed, context),
        None => dossier::close(dossier),
    }
}

/// Takes out of an answer what whoever asks may not see of profiles, and adds to visits that are to be made
/// the tastes that they may (A14-2.3).
pub(super) fn finish(
    looking: &Looking,
    context: &Context,
    query: &Query,
    mut reply: Reply,
) -> Result<Reply, Fault> {
    let opens = matches!(
        query,
        Query::Get(_) | Query::GetOnCall(_) | Query::Reveal(_) | Query::Dossier(_)
    );
    match &mut reply {
        Reply::Record(Some(row)) => one(looking, context, row, !opens)?,
        Reply::Caller(card) => {
            let only = match card.customers.as_slice() {
                [only] if card.exact => kin::dossier(looking.overlay, only.meta.number)?,
                _ => None,
            };
            if let Some((dossier, rules)) = only.zip(context.profile.dossier.as_ref()) {
                card.tastes = rules.tastes(&dossier, context);
            }
        }
        Reply::Page(page) => {
            for (_, row) in &mut page.rows {
                one(looking, context, row, true)?;
            }
        }
        _ => {}
    }
    Ok(reply)
}

fn one(looking: &Looking, context: &Context, row: &mut Row, listed: bool) -> Result<(), Fault> {
    redact(&mut row.record, listed, context);
    let (Record::FollowUp(visit), Some(rules)) = (&row.record, &context.profile.dossier) else {
        return Ok(());
    };
    let visits = matches!(
        visit.details.kind,
        FollowUpKind::Visit | FollowUpKind::Appointment
    );
    if let Some(customer) = visit.details.customer.filter(|_| visits && visit.is_open())
        && let Some(dossier) = kin::dossier(looking.overlay, customer)?
    {
        let tastes = rules.tastes(&dossier, context);
        if !tastes.is_empty() {
            row.profiled.get_or_insert_default().tastes = tastes;
        }
    }
    Ok(())
}

/// Whether a list is searched in what profiles say too: that of profiles by their customers, that of
/// customers by the organisations they belong to (A14-F24).
pub(super) fn joins(looking: &Looking, list: &ListQuery) -> bool {
    let searched = looking.known.profile.dossier.is_some() && !list.find.trim().is_empty();
    let whole = matches!(list.filter, Filter::Current | Filter::All);
    searched && whole && matches!(list.kind, Kind::Dossier | Kind::Customer)
}

/// Records of a kind that words find, so many.
fn hunted(hunt: &Hunt, kind: Kind) -> Result<Vec<Record>, Fault> {
    let mut records = hunt.records(kind, None, None);
    let mut found = Vec::new();
    while found.len() < MOST_READ
        && let Some(record) = records.next()?
    {
        found.push(record);
    }
    Ok(found)
}

/// A page of a list of customers or of profiles that words find by the one or the other.
pub(super) fn found(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let hunt = Hunt::new(looking, &query.find);
    let through = hunted(&hunt, Kind::Dossier)?;
    if query.kind == Kind::Customer && through.is_empty() {
        return list::page(looking, query);
    }
    let mut numbers: BTreeSet<Number> = BTreeSet::new();
    let of_customer = query.kind == Kind::Customer;
    for record in through {
        let number = record.number();
        numbers.insert(match record {
            Record::Dossier(dossier) if of_customer => {
                kin::survivor(looking.overlay, dossier.customer)?
            }
            _ => read_as(looking, number)?,
        });
    }
    for record in hunted(&hunt, Kind::Customer)? {
        numbers.extend(if of_customer {
            Some(record.number())
        } else {
            of(looking, record.number())?
        });
    }
    let tag = index::tag(query.kind, query.filter);
    let mut rows = Vec::new();
    for number in numbers {
        let record = looking.overlay.record(number)?;
        let placed = record.and_then(|record| {
            let place = index::list_key(&record, tag, query.sort)?;
            Some((place, record))
        });
        rows.extend(placed);
    }
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    let backward = query.sort == Sort::Newest;
    if backward {
        rows.reverse();
    }
    let turned = |key: Vec<u8>| {
        let turn = |byte: u8| if backward { !byte } else { byte };
        Cursor(key.into_iter().map(turn).collect())
    };
    let rows = rows
        .into_iter()
        .map(|(key, record)| (turned(key), looking.row(record)));
    let page = list::cut(rows.collect(), query);
    Ok(Page {
        total: page.total.filter(|_| !hunt.is_partial()),
        truncated: hunt.is_partial(),
        ..page
    })
}

/// A page of the customers with whom contacts were written down and of whom there is no profile, by the
/// number of the card that the contacts are of (A14-N1).
pub(super) fn without(looking: &Looking, query: &ListQuery) -> Result<Page, Fault> {
    let table = Table::of(keys::NOTED.to_vec(), 0);
    let order = if query.sort == Sort::Oldest {
        Order::Forward
    } else {
        Order::Backward
    };
    let there = |prefix: Vec<u8>| -> Result<bool, Fault> {
        let first = looking.overlay.scan_prefix(&prefix, Order::Forward, 1)?;
        Ok(!first.is_empty())
    };
    let customer = |_: &[u8], card: Number| -> Result<Option<Record>, Fault> {
        if there(keys::dossier_of(card))? {
            return Ok(None);
        }
        let customer = kin::survivor(looking.overlay, card)?;
        // Whoever has several cards stands at the first of them with a contact.
        for one in kin::cards(looking.overlay, customer)? {
            if one == card {
                break;
            }
            if there(keys::noted(one))? {
                return Ok(None);
            }
        }
        if of(looking, customer)?.is_some() {
            return Ok(None);
        }
        let current = index::tag(Kind::Customer, Filter::Current);
        let record = looking.overlay.record(customer)?;
        Ok(record.filter(|it| index::list_key(it, current, Sort::Oldest).is_some()))
    };
    let dress = |record| Ok(looking.row(record));
    walk::page(looking, query, (&table, order), customer, dress)
}

/// Every profile with its customer, as they were before a time (A14-N4.2).
pub(super) fn then(looking: &Looking, before: Stamp) -> Result<Vec<Then>, Fault> {
    let tag = index::tag(Kind::Dossier, Filter::All);
    let prefix = index::list_prefix(Kind::Dossier, tag, Sort::Oldest);
    let mut from = prefix.clone();
    let end = keys::end_of(&prefix);
    let mut found = Vec::new();
    loop {
        let rows = looking
            .overlay
            .scan(&from, &end, Order::Forward, MOST_ROWS)?;
        let Some((last, _)) = rows.last() else {
            return Ok(found);
        };
        from.clone_from(last);
        from.push(0);
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if read_as(looking, number)? == number {
                found.extend(one_then(looking, number, before)?);
            }
        }
    }
}

/// A profile over all cards of its customer, as it was before a time.
fn one_then(looking: &Looking, number: Number, before: Stamp) -> Result<Option<Then>, Fault> {
    let Some(Record::Dossier(now)) = looking.overlay.record(number)? else {
        return Ok(None);
    };
    let mut dossiers = Vec::new();
    for it in kin::dossiers(looking.overlay, now.customer)? {
        if let Some(Record::Dossier(then)) = history::as_of(looking, it.meta.number, before)? {
            dossiers.push(then);
        }
    }
    let Some((first, others)) = dossiers.split_first() else {
        return Ok(None);
    };
    let survivor = kin::survivor(looking.overlay, now.customer)?;
    // Before the merge the card that stays may not have been there.
    for customer in [survivor, first.customer] {
        if let Some(Record::Customer(customer)) = history::as_of(looking, customer, before)? {
            let dossier = dossier::joined(first, others);
            return Ok(Some(Then { dossier, customer }));
        }
    }
    Ok(None)
}
