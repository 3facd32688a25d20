//! The contacts of a month: whom each operator called and visited, whom nobody visited, and promises that
//! were not kept (A01-15, A01-25, A04-6).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::customer::{Customer, Stage};
use super::fines::Month;
use super::follow_up::{FollowUp, FollowUpKind, FollowUpState};
use super::intake::Channel;
use super::number::Number;
use super::stamp::{Day, Stamp};

/// A customer in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// The customer, or the follow-up with them.
    pub number: Number,
    /// The name.
    pub name: String,
    /// The day that matters: of a customer the last visit, of a promise when it was due.
    pub day: Option<Day>,
}

/// What one operator did for the customers that are theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// The operator.
    pub operator: Number,
    /// The operator's name.
    pub name: String,
    /// Customers that are theirs.
    pub assigned: u64,
    /// Of those, the ones that were visited in the month.
    pub visited: u64,
    /// The others, who was not visited for longest first (A01-25).
    pub unvisited: Vec<Named>,
    /// Calls of the month to customers whom nobody had followed up before (A04-6).
    pub with_new: u64,
    /// Calls of the month to the others (A04-6).
    pub with_old: u64,
}

/// What was done for the customers of a stage (A01-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OfStage {
    /// The stage.
    pub stage: Stage,
    /// Customers who are there now.
    pub customers: u64,
    /// Of those, the ones that were reached in the month.
    pub reached: u64,
    /// Contacts of the month with them.
    pub contacts: u64,
}

/// The contacts of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contacts {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// Operator by operator.
    pub operators: Vec<Coverage>,
    /// Stage by stage (A01-03).
    pub stages: Vec<OfStage>,
    /// Promises due in the month that were not kept in time (A01-15).
    pub broken: Vec<Named>,
    /// Promises due in the month that were.
    pub kept: u64,
    /// Customers whom it was tried to reach in the month (A14-3.2c).
    pub attempts: Vec<Attempts>,
}

/// How often it was tried to reach a customer, and how often they were (A14-3.2c).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attempts {
    /// The customer.
    pub customer: Number,
    /// The name.
    pub name: String,
    /// Attempts of the month.
    pub tried: u64,
    /// Of those, the ones by which the customer was reached.
    pub reached: u64,
    /// The day of the next one that is planned.
    pub next: Option<Day>,
}

/// The attempts of a month at customers who were not reached at once, by number.
fn attempts(follow_ups: &[FollowUp], of_month: impl Fn(Stamp) -> bool) -> Vec<Attempts> {
    let mut found: BTreeMap<Number, Attempts> = BTreeMap::new();
    for it in follow_ups {
        let (Some(customer), Some(at)) = (it.details.customer, it.tried_at()) else {
            continue;
        };
        if of_month(at) {
            let of = found.entry(customer).or_insert_with(|| Attempts {
                customer,
                name: it.name.clone(),
                tried: 0,
                reached: 0,
                next: None,
            });
            of.tried += 1;
            of.reached += u64::from(it.is_done());
        }
    }
    found.retain(|_, of| of.reached < of.tried);
    for it in follow_ups.iter().filter(|it| it.is_open()) {
        let of = it
            .details
            .customer
            .and_then(|customer| found.get_mut(&customer));
        if let (Some(of), Some(day)) = (of, it.details.day) {
            of.next = Some(of.next.map_or(day, |known| known.min(day)));
        }
    }
    found.into_values().collect()
}

/// A customer of an operator, with the last visit up to the end of the month.
#[derive(Debug, Clone)]
pub struct Assigned {
    /// The customer.
    pub customer: Customer,
    /// The last visit.
    pub visit: Option<Day>,
}

/// Stage by stage: how many customers there are, and the stage of each contact of the month.
fn stages(counts: [(Stage, u64); 2], reached: &[(Number, Stage)]) -> Vec<OfStage> {
    let of = |(stage, customers)| {
        let theirs = reached.iter().filter(|(_, of)| *of == stage);
        let who: BTreeSet<Number> = theirs.clone().map(|(number, _)| *number).collect();
        OfStage {
            stage,
            customers,
            reached: who.len() as u64,
            contacts: theirs.count() as u64,
        }
    };
    counts.into_iter().map(of).collect()
}

/// The contacts of a month: the customers of each operator, by operator, how many there are of each stage,
/// and all follow-ups. `stage` says of a customer what stage they are in.
pub fn contacts(
    month: Month,
    assigned: Vec<(Number, String, Vec<Assigned>)>,
    follow_ups: &[FollowUp],
    counts: [(Stage, u64); 2],
    stage: impl Fn(Number) -> Option<(Number, Stage)>,
    context: &Context,
) -> Contacts {
    let offset = context.profile.utc_offset_minutes;
    let of_month = |at: Stamp| Month::of(at.day(offset)) == month;
    let done: Vec<&FollowUp> = follow_ups
        .iter()
        .filter(|it| it.reached().is_some_and(|(at, _)| of_month(at)))
        .collect();
    let of_done = done.iter().filter_map(|it| stage(it.details.customer?));
    let stages = stages(counts, &of_done.collect::<Vec<_>>());
    let operators = assigned.into_iter().filter_map(|(operator, name, theirs)| {
        let by = |it: &&&FollowUp| it.contact.as_ref().is_some_and(|it| it.said.by == operator);
        let count = |new: bool| {
            done.iter()
                .filter(by)
                .filter(|it| it.reached().is_some_and(|(_, by)| by == Channel::Call))
                .filter(|it| it.is_first == new)
                .count()
        };
        let (with_new, with_old) = (count(true) as u64, count(false) as u64);
        let all = theirs.len() as u64;
        let visited = |it: &Assigned| it.visit.is_some_and(|day| Month::of(day) == month);
        let mut unvisited: Vec<Named> = theirs
            .into_iter()
            .filter(|it| !visited(it))
            .map(|it| Named {
                number: it.customer.meta.number,
                name: it.customer.details.name,
                day: it.visit,
            })
            .collect();
        unvisited.sort_by_key(|it| (it.day, it.number));
        let empty = all == 0 && with_new + with_old == 0;
        (!empty).then(|| Coverage {
            operator,
            name,
            assigned: all,
            visited: all.saturating_sub(unvisited.len() as u64),
            unvisited,
            with_new,
            with_old,
        })
    });
    let due = |it: &&FollowUp| {
        let promise = it.details.kind == FollowUpKind::Promise;
        promise && it.details.day.is_some_and(|day| Month::of(day) == month)
    };
    let promises = || follow_ups.iter().filter(due);
    let broken = promises().filter(|it| it.is_broken(context.now));
    let in_time = |it: &&FollowUp| it.state == FollowUpState::Done && !it.is_broken(context.now);
    Contacts {
        month,
        at: context.now,
        operators: operators.collect(),
        stages,
        broken: broken
            .map(|it| Named {
                number: it.meta.number,
                name: it.name.clone(),
                day: it.details.day,
            })
            .collect(),
        kept: promises().filter(in_time).count() as u64,
        attempts: attempts(follow_ups, of_month),
    }
}
