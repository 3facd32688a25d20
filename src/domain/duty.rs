//! The duty roster: which leasing manager receives whoever comes, and when (A12-3.1.4x, A12-3.1.5b).

use chrono::NaiveTime;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::number::Number;
use super::procedure::ArchiveStep;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DutyDetails {
    /// Who is on duty.
    pub manager: Option<Number>,
    /// On which day.
    pub day: Option<Day>,
    /// From when, such as `09:00`; the start of work where it is empty.
    pub from: String,
    /// Until when; the end of work where it is empty. The moment itself is no duty any more.
    pub until: String,
}

/// A line of the roster. Of two that cover a moment the one made later holds, so that a change of
/// shifts is entered and nothing is lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Duty {
    /// Number, version, times.
    pub meta: Meta,
    /// Who is on duty.
    pub manager: Number,
    /// On which day.
    pub day: Day,
    /// From this moment on.
    pub from: Stamp,
    /// Until before this moment.
    pub until: Stamp,
}

impl Duty {
    /// Whether a moment is within it.
    pub fn covers(&self, at: Stamp) -> bool {
        self.from <= at && at < self.until
    }
}

/// Who is on duty at a moment (A12-3.1.5b): of the lines that cover it the one made last; nobody where
/// none does.
pub fn on_duty(roster: &[Duty], at: Stamp) -> Option<Number> {
    let there = roster.iter().filter(|duty| duty.covers(at));
    there
        .max_by_key(|duty| duty.meta.number)
        .map(|duty| duty.manager)
}

/// A time of day as it is typed: `9:00`, `09:00`, `0900`.
fn time(typed: &str) -> Option<NaiveTime> {
    let typed = clean::half_width(typed.trim()).replace('：', ":");
    ["%H:%M", "%H%M", "%H:%M:%S"]
        .into_iter()
        .find_map(|form| NaiveTime::parse_from_str(&typed, form).ok())
}

/// A line of the roster. `known` says whether the manager works here.
///
/// # Errors
/// Refused for one who does not carry it; without manager and day, for a day that is past, and for
/// hours that are none or end before they begin.
pub fn enter(
    number: Number,
    details: &DutyDetails,
    known: bool,
    context: &Context,
) -> Result<Duty, Refusal> {
    context.may_take(ArchiveStep::SetDuty)?;
    let mut checks = Checks::new();
    let clause = "A12-3.1.5b";
    checks.require(details.manager.is_some(), || {
        Problem::required("manager").clause(clause)
    });
    checks.require(details.manager.is_none() || known, || {
        Problem::new("no-such-operator").field("manager")
    });
    checks.require(details.day.is_some(), || {
        Problem::required("day").clause(clause)
    });
    checks.require(details.day.is_none_or(|day| day >= context.today()), || {
        Problem::new("duty-in-the-past").field("day")
    });
    let work = &context.profile.work;
    let mut hour = |typed: &str, usual: NaiveTime, field: &str| {
        if typed.trim().is_empty() {
            return usual;
        }
        let read = time(typed);
        checks.require(read.is_some(), || {
            let problem = Problem::new("not-a-time-of-day").field(field);
            problem.arg("value", typed.trim())
        });
        read.unwrap_or(usual)
    };
    let from = hour(&details.from, work.start, "from");
    let until = hour(&details.until, work.end, "until");
    checks.require(from < until, || {
        Problem::new("duty-ends-before-it-begins").field("until")
    });
    checks.done()?;
    let (Some(manager), Some(day)) = (details.manager, details.day) else {
        return Err(Problem::required("manager").clause(clause).into());
    };
    let offset = context.profile.utc_offset_minutes;
    Ok(Duty {
        meta: Meta::new(number, context),
        manager,
        day,
        from: Stamp::from_local(day.0.and_time(from), offset),
        until: Stamp::from_local(day.0.and_time(until), offset),
    })
}
