//! The hand-over of a shift: what is open, promised and begun, and what the next operator should know.
//! Ours.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::profile::Permission;
use super::refusal::{Problem, Refusal};
use super::stamp::Stamp;
use crate::text::clean;

/// The longest sheet of drafts, in bytes: a record holds them all.
const MOST_DRAFTS: usize = 40_000;

/// A form that was begun and not saved, as it stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BegunForm {
    /// The form, by its name.
    pub form: String,
    /// The record it is about, with the version it was begun from.
    pub about: Option<(Number, u32)>,
    /// Fields and what is in them.
    pub fields: Vec<(String, String)>,
    /// What the form about a record was filled with, where that was changed.
    pub filled: Option<Vec<(String, String)>>,
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ShiftDetails {
    /// To whom; to whoever comes next where it is empty.
    pub to: Option<Number>,
    /// What they should know.
    pub text: String,
    /// Forms that were begun and not saved.
    pub drafts: Vec<BegunForm>,
}

/// A hand-over sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ShiftSheet {
    /// Number, version, times. Who hands over is who made it.
    pub meta: Meta,
    /// What was entered.
    pub details: ShiftDetails,
    /// Requests that are open.
    pub requests: Vec<Number>,
    /// What was promised and planned until the end of the next day.
    pub promises: Vec<Number>,
    /// Where it stands.
    pub state: ShiftState,
    /// Who took it over or took it back, and when.
    pub ended: Option<(Number, Stamp)>,
}

named! {
    /// Where a hand-over stands. Positions stand in records: variants are only appended.
    ShiftState {
        /// It waits for whoever comes.
        Waiting = "waiting",
        /// Somebody took it over.
        TakenOver = "taken-over",
        /// It was taken back.
        TakenBack = "taken-back",
    }
}

named! {
    /// A step of a hand-over.
    ShiftStepKind {
        /// It is taken over by whoever came.
        TakeOver = "take-over-shift",
        /// Whoever made it takes it back.
        TakeBack = "take-back-shift",
    }
}

/// A step of a hand-over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ShiftStep {
    /// It is taken over by whoever came.
    TakeOverShift {},
    /// Whoever made it takes it back.
    TakeBackShift {},
}

impl ShiftSheet {
    /// Whether it waits for whoever comes.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, ShiftState::Waiting)
    }

    /// Whether an operator may take it over; `works_here` says whether the one it is addressed to
    /// does. What is left to somebody who is gone is for anybody.
    pub fn is_for(&self, operator: Number, works_here: bool) -> bool {
        let to = self.details.to;
        let named = to.is_none_or(|to| to == operator || !works_here);
        self.is_open() && named && self.meta.created_by != operator
    }

    /// Whether an operator sees all of it: whoever made it, whom it is for by name, and whoever took it over
    /// or back. To everybody else it is a sheet with begun forms in it, without what was typed.
    pub fn is_whole_for(&self, operator: Number) -> bool {
        let by_name = self.details.to == Some(operator);
        let ended = self.ended.is_some_and(|(by, _)| by == operator);
        self.meta.created_by == operator || by_name || ended
    }

    /// Takes out what was typed in the begun forms.
    pub fn hide_begun(&mut self) {
        for draft in &mut self.details.drafts {
            draft.fields.clear();
            draft.filled = None;
        }
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.details.text];
        for draft in &mut self.details.drafts {
            texts.extend(draft.fields.iter_mut().map(|(_, value)| value));
            let filled = draft.filled.iter_mut().flatten();
            texts.extend(filled.map(|(_, value)| value));
        }
        texts
    }
}

/// A shift handed over, with what is open and what was promised.
///
/// # Errors
/// Refused without the permission; to oneself or to nobody who works here; with nothing to hand over;
/// with more begun forms than a sheet holds.
pub fn hand_over(
    number: Number,
    mut details: ShiftDetails,
    known: bool,
    requests: Vec<Number>,
    promises: Vec<Number>,
    context: &Context,
) -> Result<ShiftSheet, Refusal> {
    context.may(Permission::IntakeLog)?;
    details.text = clean::body(&details.text);
    let me = context.operator.meta.number;
    if details.to == Some(me) || (details.to.is_some() && !known) {
        return Err(Problem::new("no-such-operator").field("to").into());
    }
    let lists = [requests.is_empty(), promises.is_empty()];
    let nothing = lists.iter().all(|empty| *empty) && details.drafts.is_empty();
    if nothing && details.text.is_empty() {
        return Err(Problem::new("nothing-to-hand-over").field("text").into());
    }
    let values = details.drafts.iter().flat_map(|draft| {
        let filled = draft.filled.iter().flatten();
        draft.fields.iter().chain(filled)
    });
    let size: usize = values.map(|(name, value)| name.len() + value.len()).sum();
    if size > MOST_DRAFTS {
        return Err(Problem::new("too-many-drafts").into());
    }
    Ok(ShiftSheet {
        meta: Meta::new(number, context),
        details,
        requests,
        promises,
        state: ShiftState::Waiting,
        ended: None,
    })
}

/// A step taken. The begun forms are with whoever took it over or back from then on, who finds them in the
/// version before; the sheet as it is now holds them no longer.
///
/// # Errors
/// Refused without the permission, when it is over already, for whoever it is not for.
pub fn step(
    sheet: &ShiftSheet,
    step: &ShiftStep,
    works_here: bool,
    context: &Context,
) -> Result<ShiftSheet, Refusal> {
    context.may(Permission::IntakeLog)?;
    if !sheet.is_open() {
        let problem = Problem::new("shift-is-over");
        return Err(problem.arg("number", sheet.meta.number).into());
    }
    let me = context.operator.meta.number;
    let (mine, state) = match step {
        ShiftStep::TakeOverShift {} => (sheet.is_for(me, works_here), ShiftState::TakenOver),
        ShiftStep::TakeBackShift {} => (sheet.meta.created_by == me, ShiftState::TakenBack),
    };
    if !mine {
        let problem = Problem::new("shift-of-another");
        return Err(problem.arg("number", sheet.meta.number).into());
    }
    Ok(ShiftSheet {
        meta: sheet.meta.changed(context),
        details: ShiftDetails {
            drafts: Vec::new(),
            ..sheet.details.clone()
        },
        state,
        ended: Some((me, context.now)),
        ..sheet.clone()
    })
}
