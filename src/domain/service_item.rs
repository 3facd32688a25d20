//! The catalogue of services: what is offered since when, when it is to be retired, and what came in its
//! place (A01-09).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::fines::Month;
use super::number::Number;
use super::procedure::ArchiveStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ServiceItemDetails {
    /// What is offered.
    pub name: String,
    /// Since when; today where nothing is entered.
    pub start: Option<Day>,
    /// The day by which it is to be retired.
    pub planned_end: Option<Day>,
    /// In words.
    pub note: String,
}

/// A service that is or was offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ServiceItem {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: ServiceItemDetails,
    /// The day on which it was retired.
    pub retired_on: Option<Day>,
    /// What came in its place.
    pub replaced_by: Option<Number>,
}

impl ServiceItem {
    /// Since when it is offered.
    pub fn start(&self) -> Day {
        self.details.start.unwrap_or_default()
    }

    /// Whether it is still offered.
    pub const fn is_open(&self) -> bool {
        self.retired_on.is_none()
    }

    /// Days by which its retirement is overdue; 0 while it is not.
    pub fn days_late(&self, today: Day) -> i64 {
        match self.details.planned_end {
            Some(end) if self.is_open() => (today.0 - end.0).num_days().max(0),
            _ => 0,
        }
    }
}

fn checked(
    mut details: ServiceItemDetails,
    context: &Context,
) -> Result<ServiceItemDetails, Refusal> {
    context.may_take(ArchiveStep::KeepCatalogue)?;
    let mut checks = Checks::new();
    details.name = clean::name(&details.name);
    details.note = clean::body(&details.note);
    checks.require(!details.name.is_empty(), || {
        Problem::required("name").clause("A01-09")
    });
    let start = *details.start.get_or_insert(context.today());
    let ends = details.planned_end;
    checks.require(ends.is_none_or(|end| end >= start), || {
        Problem::new("ends-before-start").field("planned_end")
    });
    checks.done()?;
    Ok(details)
}

/// A service taken up.
///
/// # Errors
/// Refused for one who does not keep the catalogue, without a name, and for an end before the start.
pub fn add(
    number: Number,
    details: ServiceItemDetails,
    context: &Context,
) -> Result<ServiceItem, Refusal> {
    Ok(ServiceItem {
        meta: Meta::new(number, context),
        details: checked(details, context)?,
        retired_on: None,
        replaced_by: None,
    })
}

/// A service changed while it is offered.
///
/// # Errors
/// As [`add`], and when it is retired.
pub fn change(
    item: &ServiceItem,
    details: ServiceItemDetails,
    context: &Context,
) -> Result<ServiceItem, Refusal> {
    offered(item)?;
    Ok(ServiceItem {
        meta: item.meta.changed(context),
        details: checked(details, context)?,
        ..item.clone()
    })
}

fn offered(item: &ServiceItem) -> Result<(), Refusal> {
    if item.is_open() {
        return Ok(());
    }
    let problem = Problem::new("retired-already").clause("A01-09");
    Err(problem.arg("number", item.meta.number).into())
}

/// A step of a service with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ServiceItemStep {
    /// It is retired.
    RetireItem {
        /// On which day; today where nothing is entered.
        #[serde(default)]
        on: Option<Day>,
        /// What comes in its place.
        #[serde(default)]
        replaced_by: Option<Number>,
    },
}

impl ServiceItemStep {
    /// The name of the step.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::RetireItem { .. } => "retire-item",
        }
    }
}

/// A service retired. `there` says whether what comes in its place is there.
///
/// # Errors
/// Refused for one who does not keep the catalogue, when it is retired, for a day before its start or in
/// the future, and with something in its place that is not there or is itself.
pub fn step(
    item: &ServiceItem,
    step: &ServiceItemStep,
    there: bool,
    context: &Context,
) -> Result<ServiceItem, Refusal> {
    context.may_take(ArchiveStep::KeepCatalogue)?;
    offered(item)?;
    let ServiceItemStep::RetireItem { on, replaced_by } = step;
    let today = context.today();
    let on = on.unwrap_or(today);
    let mut checks = Checks::new();
    checks.require(on <= today, || Problem::new("in-the-future").field("on"));
    checks.require(on >= item.start(), || {
        Problem::new("ends-before-start").field("on")
    });
    if let Some(other) = replaced_by.filter(|other| !there || *other == item.meta.number) {
        let problem = Problem::new("no-such-record").field("replaced_by");
        checks.add(problem.arg("number", other));
    }
    checks.done()?;
    Ok(ServiceItem {
        meta: item.meta.changed(context),
        retired_on: Some(on),
        replaced_by: *replaced_by,
        ..item.clone()
    })
}

/// The catalogue as it stands in a month (A01-09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Catalogue {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// What is to be retired already, the longest overdue first, with the days.
    pub overdue: Vec<(ServiceItem, i64)>,
    /// What was taken up in the month.
    pub new: Vec<ServiceItem>,
    /// What was retired in the month.
    pub retired: Vec<ServiceItem>,
    /// How many are offered now.
    pub offered: u64,
}

/// The catalogue in a month: overdue up to its end, or to today while it runs.
pub fn catalogue(month: Month, items: &[ServiceItem], context: &Context) -> Catalogue {
    let as_of = month.ends().min(context.today());
    let in_month = |day: Day| Month::of(day) == month;
    let late = |item: &ServiceItem| Some((item.clone(), item.days_late(as_of)));
    let mut overdue: Vec<_> = items.iter().filter_map(late).collect();
    overdue.retain(|(_, days)| *days > 0);
    overdue.sort_by_key(|(item, days)| (-days, item.meta.number));
    let new = items.iter().filter(|item| in_month(item.start()));
    let retired = items
        .iter()
        .filter(|it| it.retired_on.is_some_and(in_month));
    Catalogue {
        month,
        at: context.now,
        overdue,
        new: new.cloned().collect(),
        retired: retired.cloned().collect(),
        offered: items.iter().filter(|item| item.is_open()).count() as u64,
    }
}
