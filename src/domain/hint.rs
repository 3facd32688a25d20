//! Hints by place: what whoever calls from there is told, until a moment. Ours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::follow_up::time_of;
use super::named::named;
use super::number::Number;
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
    pub fn is_for(&self, place: &str) -> bool {
        let mut places = self.places().peekable();
        if places.peek().is_none() {
            return true;
        }
        let there = clean::place(place);
        places.any(|of| begins_with(&there, &of))
    }

    /// The places it is for, as they are compared.
    fn places(&self) -> impl Iterator<Item = String> {
        let places = self.details.places.split(clean::is_between);
        places.map(clean::place).filter(|place| !place.is_empty())
    }
}

/// Whether a place lies in another: `3-1201` in `3` and in `3-12`, and not in `31`: a number is not
/// another one because it begins with it, but for the digits of a floor.
fn begins_with(there: &str, of: &str) -> bool {
    let Some(rest) = there.strip_prefix(of) else {
        return false;
    };
    // Within a building, `3-12` names the floor of `3-1201`.
    let floor = of.contains('-');
    let is_digit = |c: char| c.is_ascii_digit();
    floor || !of.ends_with(is_digit) || !rest.starts_with(is_digit)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_in_its_building_and_on_its_floor_and_in_no_other() {
        for (there, of, lies) in [
            ("3-1201", "3", true),
            ("3号楼1201", "3", true),
            ("３栋 1201", "3号楼", true),
            ("3-1201", "3-12", true),
            ("31-1201", "3", false),
            ("13-1201", "3", false),
            ("B座-301", "b", true),
            ("人民路3号", "人民路", true),
            ("", "3", false),
        ] {
            assert_eq!(
                begins_with(&clean::place(there), &clean::place(of)),
                lies,
                "{there} in {of}"
            );
        }
    }
}
