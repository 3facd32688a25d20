//! Hints by place: what whoever calls from there is told, until a moment. Ours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::follow_up::time_of;
use super::named::named;
use super::number::Number;
use super::place;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HintDetails {
    /// The places it is for, such as `3` or `3-12、5`; everywhere where it is empty.
    pub places: String,
    /// What is said.
    pub text: String,
    /// The last day on which it is shown; today where nothing is entered.
    pub day: Option<Day>,
    /// Until when on that day, as `18:00`; the end of it where it is empty.
    pub time: String,
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hint {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: HintDetails,
    /// The moment from which it is not shown any more.
    pub until: Stamp,
    /// Taken back before that, and why.
    pub withdrawn: Option<Said>,
}

named! {
    /// A step of a hint.
    HintStepKind {
        /// It is shown no more.
        Withdraw = "withdraw-hint",
    }
}

/// A step of a hint, with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HintStep {
    /// It is shown no more.
    WithdrawHint {
        /// Why; may be empty.
        note: String,
    },
}

impl Hint {
    /// Whether it is shown now.
    pub fn runs(&self, now: Stamp) -> bool {
        self.withdrawn.is_none() && now < self.until
    }

    /// Whether somebody at a place is told.
    pub fn is_for(&self, there: &str) -> bool {
        let places = self.details.places.split(clean::is_between);
        let mut places = places.filter(|of| !place::key(of).is_empty()).peekable();
        places.peek().is_none() || places.any(|of| place::lies_in(there, of))
    }
}

/// A hint made.
///
/// # Errors
/// Refused without the permission, without a text, and for a moment that is past or no time.
pub fn make(number: Number, mut details: HintDetails, context: &Context) -> Result<Hint, Refusal> {
    context.may(Permission::IntakeLog)?;
    let mut checks = Checks::new();
    details.places = clean::name(&details.places);
    details.text = clean::body(&details.text);
    checks.require(!details.text.is_empty(), || Problem::required("text"));
    let time = details.time.trim().to_owned();
    let at = time_of(&time);
    checks.require(time.is_empty() || at.is_some(), || {
        let problem = Problem::new("not-a-time").field("time");
        problem.arg("value", clean::name(&time))
    });
    let day = *details.day.get_or_insert(context.today());
    let offset = context.profile.utc_offset_minutes;
    let until = match at {
        Some(at) => Stamp::from_local(day.0.and_time(at), offset),
        None => Stamp::start_of(day.plus(1), offset),
    };
    checks.require(until > context.now, || {
        Problem::new("hint-is-over").field("day")
    });
    checks.done()?;
    details.time = at.map_or_else(String::new, |at| at.format("%H:%M").to_string());
    Ok(Hint {
        meta: Meta::new(number, context),
        details,
        until,
        withdrawn: None,
    })
}

/// A step taken.
///
/// # Errors
/// Refused without the permission, and when it is not shown any more.
pub fn step(hint: &Hint, step: &HintStep, context: &Context) -> Result<Hint, Refusal> {
    context.may(Permission::IntakeLog)?;
    if !hint.runs(context.now) {
        let problem = Problem::new("hint-is-over");
        return Err(problem.arg("number", hint.meta.number).into());
    }
    let HintStep::WithdrawHint { note } = step;
    Ok(Hint {
        meta: hint.meta.changed(context),
        withdrawn: Some(Said {
            text: clean::body(note),
            at: context.now,
            by: context.operator.meta.number,
        }),
        ..hint.clone()
    })
}
