//! A month of registration forms: who registered how many from where, which days came late, what that
//! costs, and what is missing now (A12-3.1.2a, A12-4.1).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Registration, RegistrationSource, end_of_work, last_moment};
use crate::domain::context::Context;
use crate::domain::fines::Month;
use crate::domain::number::Number;
use crate::domain::stamp::{Day, Stamp};
use crate::domain::visiting::{self, MetThere};

/// The file form of a deal of the month (A12-3.2.4, A12-4.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FileFormOf {
    /// The registration.
    pub registration: Number,
    /// The day of the deal.
    pub closed_on: Day,
    /// Days from the deal until the form was sent, or until now.
    pub days: i64,
    /// Whether it was sent.
    pub sent: bool,
    /// Whether that was too late; never where the site set no days.
    pub late: bool,
}

/// What one leasing manager has of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FormsOf {
    /// The manager.
    pub manager: Number,
    /// The manager's name.
    pub name: String,
    /// The rows, in their order.
    pub rows: Vec<Number>,
    /// How many came how.
    pub by_source: Vec<(RegistrationSource, u64)>,
    /// Walk-ins beside those whom the manager found, by where they were met (A14-3.3b).
    pub by_place: Vec<MetThere>,
    /// The days whose form came late, or did not come until it was too late for any reason.
    pub late: Vec<Day>,
    /// The file forms of the deals of the month.
    pub file_forms: Vec<FileFormOf>,
    /// What late days and late file forms cost in the month's assessment; none where the site set no points.
    pub points: Option<u32>,
    /// The days past their end of work whose form is missing now.
    pub missing: Vec<Day>,
}

/// The registration forms of a month, by manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MonthForms {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The managers, by number.
    pub managers: Vec<FormsOf>,
}

/// The registration forms of a month. `name` gives the name of an operator.
pub fn month_forms(
    month: Month,
    rows: &[Registration],
    name: impl Fn(Number) -> String,
    context: &Context,
) -> MonthForms {
    let profile = context.profile;
    let rules = profile.registration.as_ref();
    let mut managers: BTreeMap<Number, Vec<&Registration>> = BTreeMap::new();
    let mut deals: BTreeMap<Number, Vec<FileFormOf>> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.meta.void) {
        if Month::of(row.day) == month {
            managers.entry(row.meta.created_by).or_default().push(row);
        }
        if let Some(form) = file_form(row, context).filter(|it| Month::of(it.closed_on) == month) {
            managers.entry(row.owner).or_default();
            deals.entry(row.owner).or_default().push(form);
        }
    }
    let managers = managers.into_iter().map(|(manager, rows)| {
        let (mut late, mut missing) = (BTreeSet::new(), BTreeSet::new());
        let mut by_source: BTreeMap<RegistrationSource, u64> = BTreeMap::new();
        for row in &rows {
            if let Some(source) = row.details.source {
                *by_source.entry(source).or_default() += 1;
            }
            let too_late =
                |rules| context.now >= last_moment(row.day, rules, profile, context.calendar);
            match &row.handed_in {
                Some(handed) if handed.late => _ = late.insert(row.day),
                None if context.now >= end_of_work(row.day, profile) => {
                    missing.insert(row.day);
                    if rules.is_some_and(too_late) {
                        late.insert(row.day);
                    }
                }
                _ => {}
            }
        }
        let file_forms = deals.remove(&manager).unwrap_or_default();
        let points = rules.and_then(|rules| rules.points);
        let late_forms = file_forms.iter().filter(|it| it.late).count();
        let times = u32::try_from(late.len() + late_forms).unwrap_or(u32::MAX);
        FormsOf {
            manager,
            name: name(manager),
            rows: rows.iter().map(|row| row.meta.number).collect(),
            by_source: by_source.into_iter().collect(),
            by_place: visiting::by_place(&rows),
            late: late.into_iter().collect(),
            file_forms,
            points: points.map(|points| points.saturating_mul(times)),
            missing: missing.into_iter().collect(),
        }
    });
    MonthForms {
        month,
        at: context.now,
        managers: managers.collect(),
    }
}

/// The file form of a deal as it is now (A12-4.1).
fn file_form(row: &Registration, context: &Context) -> Option<FileFormOf> {
    let closing = row.closing.as_ref()?;
    let sent = closing.sent.as_ref();
    let offset = context.profile.utc_offset_minutes;
    let until = sent.map_or(context.today(), |said| said.at.day(offset));
    let days = (until.0 - closing.on.0).num_days();
    let rules = context.profile.registration.as_ref();
    let within = rules.and_then(|rules| rules.file_form_days);
    Some(FileFormOf {
        registration: row.meta.number,
        closed_on: closing.on,
        days,
        sent: sent.is_some(),
        late: within.is_some_and(|within| days > i64::from(within)),
    })
}
