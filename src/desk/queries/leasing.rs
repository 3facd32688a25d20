//! The registration forms of a day, and whose customer somebody is (A12-3.1.1a, A12-3.1.3, A12-f2).

use super::access;
use super::exact::with_phone;
use super::{Looking, list, masked};
use crate::desk::contract::{Answer, CallerCard, Failure, Filter, Notice, Page, Reply, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::overlay::Overlay;
use crate::domain::context::Context;
use crate::domain::customer::CustomerDetails;
use crate::domain::look;
use crate::domain::number::Kind;
use crate::domain::operator::Operator;
use crate::domain::phone::{self, Phone, PhoneLabel};
use crate::domain::procedure::ArchiveStep;
use crate::domain::record::Record;
use crate::domain::registration::{self, Ownership, Registration, RegistrationRules};
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};
use crate::text::clean;

/// The rows of a day's forms in the order in which they were made: all of them for the keeper and for whoever
/// permits reading them, for others what is theirs; each as far as the asker may open it.
pub(super) fn forms(looking: &Looking, context: &Context, day: Day) -> Result<Page, Fault> {
    let keeps = context.may_take(ArchiveStep::KeepForms).is_ok() || look::permits_reading(context);
    let me = context.operator.meta.number;
    let prefix = keys::registered_on(day);
    let keys = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut rows = Vec::new();
    for number in keys.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let Some(record) = looking.overlay.record(number)? else {
            continue;
        };
        if !keeps && record.meta().created_by != me {
            continue;
        }
        let row = looking.row(record);
        rows.push(if access::may_read(looking, context, number) {
            row
        } else {
            masked(looking, context, row, None)
        });
    }
    Ok(list::loose_page(rows))
}

/// The registrations of one customer (A12-3.1.3).
pub(in crate::desk) fn same(
    overlay: &Overlay,
    name: &str,
    phone: &str,
    rules: Option<&RegistrationRules>,
) -> Result<Vec<Registration>, Fault> {
    let rows = with_phone(overlay, Kind::Registration, phone)?;
    let rows = rows.into_iter().filter_map(|record| match record {
        Record::Registration(row) => Some(row),
        _ => None,
    });
    let rows = rows.filter(|it| registration::is_same(it, name, phone, rules));
    Ok(rows.collect())
}

/// The registrations of the telephones of a card that are the customer's own (A12-3.1.1a).
pub(in crate::desk) fn registrations_of(
    overlay: &Overlay,
    details: &CustomerDetails,
    rules: Option<&RegistrationRules>,
) -> Result<Vec<Registration>, Fault> {
    let mut rows = Vec::new();
    let name = clean::name(&details.name);
    for phone in details.phones.iter().filter(|it| it.label.is_own()) {
        if let Ok(digits) = phone::normal(&phone.digits) {
            rows.extend(same(overlay, &name, &digits, rules)?);
        }
    }
    Ok(rows)
}

/// Whose customer somebody is by those.
pub(in crate::desk) fn by_registration(
    overlay: &Overlay,
    details: &CustomerDetails,
    today: Day,
    rules: Option<&RegistrationRules>,
) -> Result<Ownership, Fault> {
    let rows = registrations_of(overlay, details, rules)?;
    Ok(registration::ownership(&rows, today, rules))
}

/// The same of a card that is looked at; none for who may not see it, and where the site has no such forms.
pub(super) fn of_card(
    looking: &Looking,
    context: &Context,
    details: &CustomerDetails,
) -> Result<Option<Ownership>, Fault> {
    let rules = looking.known.profile.registration.as_ref();
    if rules.is_none() || look::may_see(Kind::Registration, context).is_err() {
        return Ok(None);
    }
    by_registration(looking.overlay, details, looking.today(), rules).map(Some)
}

/// Whose customer a caller is: of a customer who is known, or whose telephone is on a form.
pub(super) fn of_caller(
    looking: &Looking,
    context: &Context,
    card: &CallerCard,
    digits: &str,
) -> Result<Option<Ownership>, Fault> {
    let known = card.customers.first().filter(|_| card.exact);
    let caller = CustomerDetails {
        name: known.map(|it| it.details.name.clone()).unwrap_or_default(),
        phones: vec![Phone {
            digits: digits.to_owned(),
            label: PhoneLabel::Mobile,
        }],
        ..CustomerDetails::default()
    };
    let whose = of_card(looking, context, &caller)?;
    let told = |whose: &Ownership| known.is_some() || *whose != Ownership::NotConfirmed;
    Ok(whose.filter(told))
}

/// Whose customer somebody is, with the registrations as a list shows them.
pub(super) fn ownership(looking: &Looking, context: &Context, typed: &str) -> Answer {
    let digits =
        phone::normal(typed).map_err(|problem| Failure::Refused(problem.field("phone").into()))?;
    let found = with_phone(looking.overlay, Kind::Registration, &digits)?;
    let mut rows: Vec<Registration> = found
        .into_iter()
        .filter_map(|record| match record {
            Record::Registration(row) => Some(row),
            _ => None,
        })
        .collect();
    rows.sort_by_key(|row| (row.meta.created_at, row.meta.number));
    let rules = looking.known.profile.registration.as_ref();
    let whose = registration::ownership(&rows, looking.today(), rules);
    let rows = rows.into_iter().map(|row| {
        let row = looking.row(Record::Registration(row));
        masked(looking, context, row, Some(&digits))
    });
    Ok(Reply::Ownership(whose, rows.collect()))
}

/// What an operator is reminded of: today's form shortly before the end of work, and rows of which it is
/// past and that are not handed in (A12-3.1.1b); who keeps the forms, of those that wait for that.
pub(super) fn reminders(looking: &Looking, operator: &Operator) -> Result<Vec<Notice>, Fault> {
    let profile = &looking.known.profile;
    if profile.registration.is_none() {
        return Ok(Vec::new());
    }
    let tag = index::tag(Kind::Registration, Filter::Open);
    let prefix = index::list_prefix(Kind::Registration, tag, Sort::Due);
    let keys = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let (mut soon, mut missing) = (false, 0_u64);
    for number in keys.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        let Some(Record::Registration(row)) = looking.overlay.record(number)? else {
            continue;
        };
        if row.meta.created_by != operator.meta.number {
            continue;
        }
        if looking.now >= registration::end_of_work(row.day, profile) {
            missing += 1;
        } else {
            soon |= registration::is_to_be_reminded(row.day, looking.now, profile);
        }
    }
    let notice = |key: &str, name: &str, value: String| Notice {
        key: key.to_owned(),
        args: vec![(name.to_owned(), value)],
    };
    let until = profile.work.end.format("%H:%M").to_string();
    let soon = soon.then(|| notice("forms-to-hand-in", "until", until));
    let missing = (missing > 0).then(|| notice("forms-missing", "count", missing.to_string()));
    let to_keep = to_keep(looking, operator)?;
    let to_keep = (to_keep > 0).then(|| notice("forms-to-keep", "count", to_keep.to_string()));
    Ok(soon.into_iter().chain(missing).chain(to_keep).collect())
}

/// How many rows were handed in and wait to be kept, for whoever keeps them (A12-3.1.7a).
fn to_keep(looking: &Looking, operator: &Operator) -> Result<u64, Fault> {
    let steps = &looking.known.profile.archive.steps;
    let grant = steps.get(&ArchiveStep::KeepForms);
    if !grant.is_some_and(|it| it.roles.iter().any(|role| operator.roles.contains(role))) {
        return Ok(0);
    }
    let tag = index::tag(Kind::Registration, Filter::ToKeep);
    let key = keys::count(Kind::Registration, &tag.bytes());
    Ok(looking.overlay.unpacked(&key)?.unwrap_or(0))
}
