//! The reports of a month: which records they are made of is read here, what they say is decided in the
//! domain (A03-4.1.1, A07-d2, A07-f1 to A07-f10, A13-a7a, A13-a7b).

use std::collections::BTreeMap;

use super::{Looking, campaigns, dealings, dossiers, surveys};
use crate::desk::contract::{Filter, Sort};
use crate::desk::fining;
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::reached;
use crate::domain::access::Purpose;
use crate::domain::archive::ArchiveFile;
use crate::domain::campaign::MonthCampaigns;
use crate::domain::contacts::{self, Assigned, Contacts};
use crate::domain::context::Context;
use crate::domain::customer::{Mark, Stage};
use crate::domain::dossier;
use crate::domain::fines::Month;
use crate::domain::monthly::{self, Monthly, MonthlyKind};
use crate::domain::number::{Kind, Number};
use crate::domain::plan;
use crate::domain::record::Record;
use crate::domain::registration;
use crate::domain::stamp::Stamp;
use crate::domain::stock::{self, Stock};
use crate::domain::survey::{self, Held, Surveys};
use crate::domain::transaction::Transaction;
use crate::domain::usage::{self, Used};
use crate::store::{Fault, Order};

/// A report of a month as it is now.
pub(super) fn report(
    looking: &Looking,
    kind: MonthlyKind,
    month: Month,
    context: &Context,
) -> Result<Monthly, Fault> {
    Ok(match kind {
        MonthlyKind::Stock => Monthly::Stock(stock(looking, month, context)?),
        MonthlyKind::NewCars => {
            let handovers = all(looking, Kind::Handover, |record| match record {
                Record::Handover(handover) => Some(handover),
                _ => None,
            })?;
            Monthly::NewCars(monthly::new_cars(month, &handovers, context))
        }
        MonthlyKind::Sources => {
            let entries = all(looking, Kind::Transaction, entry)?;
            Monthly::Sources(monthly::sources(month, &entries, context))
        }
        MonthlyKind::Registrations => {
            let rows = all(looking, Kind::Registration, |record| match record {
                Record::Registration(row) => Some(row),
                _ => None,
            })?;
            let name = |manager| looking.known.name(manager);
            Monthly::Registrations(registration::month_forms(month, &rows, name, context))
        }
        MonthlyKind::Fines => Monthly::Fines(fining::month(looking.overlay, month, context)?),
        MonthlyKind::Usage => {
            Monthly::Usage(usage::usage(month, &uses(looking, context)?, context))
        }
        MonthlyKind::Profiles => {
            let profiles = |month: Month| dossiers::then(looking, after(month, context));
            let name = |number| looking.known.name(number);
            let (now, before) = (profiles(month)?, profiles(month.before())?);
            Monthly::Profiles(dossier::month::filled(month, &now, &before, name, context))
        }
        MonthlyKind::Needs => {
            let profiles = dossiers::then(looking, after(month, context))?;
            Monthly::Needs(dossier::month::needs(month, &profiles, context))
        }
        MonthlyKind::Contacts => Monthly::Contacts(contacts(looking, month, context)?),
        MonthlyKind::Referrals => Monthly::Referrals(dealings::referrals(looking, month, context)?),
        MonthlyKind::Relationships => {
            Monthly::Relationships(dealings::relationships(looking, month, context)?)
        }
        MonthlyKind::Catalogue => Monthly::Catalogue(dealings::catalogue(looking, month, context)?),
        MonthlyKind::Surveys => Monthly::Surveys(surveyed(looking, month, context)?),
        MonthlyKind::Campaigns => Monthly::Campaigns(MonthCampaigns {
            month,
            at: context.now,
            campaigns: campaigns::month(looking, month, context)?,
        }),
        MonthlyKind::Plan => {
            let lines = all(looking, Kind::PlanLine, |record| match record {
                Record::PlanLine(line) => Some(line),
                _ => None,
            })?;
            Monthly::Plan(plan::month_plan(month, lines, context))
        }
    })
}

/// The first moment that is not of a month.
fn after(month: Month, context: &Context) -> Stamp {
    Stamp::start_of(month.next().begins(), context.profile.utc_offset_minutes)
}

fn entry(record: Record) -> Option<Transaction> {
    match record {
        Record::Transaction(entry) => Some(entry),
        _ => None,
    }
}

/// Every record of a kind that stands in its list.
pub(super) fn all<T>(
    looking: &Looking,
    kind: Kind,
    pick: impl Fn(Record) -> Option<T>,
) -> Result<Vec<T>, Fault> {
    let tag = index::tag(kind, Filter::All);
    let prefix = index::list_prefix(kind, tag, Sort::Oldest);
    let rows = looking
        .overlay
        .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
    let mut found = Vec::new();
    for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
        found.extend(looking.overlay.record(number)?.and_then(&pick));
    }
    Ok(found)
}

/// What files were ever used for: every loan, and every request but those that led to a loan.
fn uses(looking: &Looking, context: &Context) -> Result<Vec<Used>, Fault> {
    let offset = context.profile.utc_offset_minutes;
    let mut classes: BTreeMap<Number, String> = BTreeMap::new();
    for file in all(looking, Kind::File, |record| match record {
        Record::File(file) => Some(file),
        _ => None,
    })? {
        classes.insert(file.meta.number, file.details.class);
    }
    let class = |file: Option<Number>| {
        let known = file.and_then(|file| classes.get(&file));
        known.cloned().unwrap_or_default()
    };
    let mut uses = all(looking, Kind::Loan, |record| match record {
        Record::Loan(loan) => Some(Used {
            class: class(Some(loan.file)),
            unit: loan.details.unit,
            purpose: Purpose::Borrow,
            on: loan.lent_at.day(offset),
        }),
        _ => None,
    })?;
    uses.extend(all(looking, Kind::Access, |record| match record {
        Record::Access(access) if access.loan.is_none() => access.used.map(|used| Used {
            class: class(access.details.file),
            unit: access.details.unit.clone(),
            purpose: access.details.purpose,
            on: used.at.day(offset),
        }),
        _ => None,
    })?);
    Ok(uses)
}

/// The contacts of a month, with the customers of every operator who is not gone.
fn contacts(looking: &Looking, month: Month, context: &Context) -> Result<Contacts, Fault> {
    let follow_ups = all(looking, Kind::FollowUp, |record| match record {
        Record::FollowUp(it) => Some(it),
        _ => None,
    })?;
    let offset = context.profile.utc_offset_minutes;
    let mut assigned = Vec::new();
    for operator in looking.known.operators.values().filter(|it| it.active) {
        let owner = operator.meta.number;
        let prefix = keys::owned(owner);
        let rows = looking
            .overlay
            .scan_prefix(&prefix, Order::Forward, usize::MAX)?;
        let mut theirs = Vec::new();
        for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            if let Some(Record::Customer(customer)) = looking.overlay.record(number)?
                && !customer.is(Mark::Retired)
            {
                let visit = reached::visited_until(looking.overlay, number, month.ends(), offset)?;
                theirs.push(Assigned { customer, visit });
            }
        }
        assigned.push((owner, operator.name.clone(), theirs));
    }
    let count = |filter| -> Result<u64, Fault> {
        let key = keys::count(Kind::Customer, &index::tag(Kind::Customer, filter).bytes());
        Ok(looking.overlay.unpacked(&key)?.unwrap_or(0))
    };
    let counts = [
        (Stage::Existing, count(Filter::Closed)?),
        (Stage::Potential, count(Filter::Potential)?),
    ];
    // Who cannot be read is left out here; whoever asks next is told.
    let stage = |customer| {
        let card = kin::card(looking.overlay, customer).ok().flatten()?;
        Some((card.meta.number, card.stage()?))
    };
    Ok(contacts::contacts(
        month,
        assigned,
        &follow_ups,
        counts,
        stage,
        context,
    ))
}

/// The surveys of a month, each with its answers and measures.
fn surveyed(looking: &Looking, month: Month, context: &Context) -> Result<Surveys, Fault> {
    let mut held = Vec::new();
    for survey in all(looking, Kind::Survey, |record| match record {
        Record::Survey(survey) => Some(survey),
        _ => None,
    })? {
        let mut measures = Vec::new();
        for number in &survey.measures {
            if let Some(Record::Measure(measure)) = looking.overlay.record(*number)? {
                measures.push(measure);
            }
        }
        held.push(Held {
            answers: surveys::answers(looking.overlay, survey.meta.number)?,
            survey,
            measures,
        });
    }
    let (told, closed) = surveys::of_years(looking)?;
    Ok(survey::surveys(month, held, &closed, &told, context))
}

fn stock(looking: &Looking, month: Month, context: &Context) -> Result<Stock, Fault> {
    let files: Vec<ArchiveFile> = all(looking, Kind::File, |record| match record {
        Record::File(file) => Some(file),
        _ => None,
    })?;
    let destroyed = all(looking, Kind::Destruction, |record| match record {
        Record::Destruction(it) => stock::Held::destroyed(&it, context),
        _ => None,
    })?;
    let mut held: Vec<stock::Held> = files.iter().map(stock::Held::of).collect();
    held.extend(destroyed);
    let (rows, total) = stock::rows(month, &held, context);
    let runs = month.ends() >= context.today();
    Ok(Stock {
        month,
        at: context.now,
        rows,
        total,
        counted: if runs { Some(counted(looking)?) } else { None },
        incomplete: stock::incomplete(&files, context),
    })
}

/// How many files the archive has, by the counts of its lists.
fn counted(looking: &Looking) -> Result<u64, Fault> {
    let count = |filter| -> Result<u64, Fault> {
        let key = keys::count(Kind::File, &index::tag(Kind::File, filter).bytes());
        Ok(looking.overlay.unpacked(&key)?.unwrap_or(0))
    };
    Ok(count(Filter::All)?.saturating_sub(count(Filter::Left)?))
}
