//! Leaks, and what may have been one: found, reported to the posts of the profile, acknowledged by each,
//! dealt with, closed (A11-27a to A11-27c).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::procedure::{self, ArchiveStep, Row, Stand};
use super::refusal::{Checks, Problem, Refusal};
use super::role::Role;
use super::stamp::Stamp;
use crate::text::clean;

named! {
    /// Where a leak stands. Positions stand in records and index keys: variants are only appended.
    IncidentState {
        /// Reported; not everybody who is to know has acknowledged it.
        Reported = "reported",
        /// Acknowledged by all of them.
        Acknowledged = "acknowledged",
        /// Closed with a result.
        Closed = "closed",
    }
}

/// What is entered of a leak.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IncidentDetails {
    /// When it was found; now where nothing is entered.
    pub found_at: Option<Stamp>,
    /// The file it is about.
    pub file: Option<Number>,
    /// What was found.
    pub text: String,
    /// What was done against it at once (A11-27a).
    pub measure: String,
    /// By whom.
    pub measure_by: String,
}

/// A leak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: IncidentDetails,
    /// Where it stands.
    pub state: IncidentState,
    /// The posts that are to know.
    pub told: Vec<Role>,
    /// Who acknowledged it, for which post.
    pub acknowledged: Vec<(Role, Said)>,
    /// What was done about it (A11-27c).
    pub actions: Vec<Said>,
    /// The result.
    pub closed: Option<Said>,
}

impl Incident {
    /// The posts that have not acknowledged it.
    pub fn unacknowledged(&self) -> impl Iterator<Item = Role> + '_ {
        let known = |post: &Role| self.acknowledged.iter().any(|(known, _)| known == post);
        self.told.iter().copied().filter(move |post| !known(post))
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.details.text, &mut self.details.measure];
        let said = self.acknowledged.iter_mut().map(|(_, said)| said);
        let said = said.chain(&mut self.actions).chain(&mut self.closed);
        texts.extend(said.map(|said| &mut said.text));
        texts
    }
}

/// A leak reported; everybody at the desk may.
///
/// # Errors
/// Refused without what was found, what was done against it and by whom (A11-27a), and for one found
/// in the future.
pub fn report(
    number: Number,
    mut details: IncidentDetails,
    context: &Context,
) -> Result<Incident, Refusal> {
    let mut checks = Checks::new();
    for text in [&mut details.text, &mut details.measure] {
        *text = clean::body(text);
    }
    details.measure_by = clean::name(&details.measure_by);
    let found_at = details.found_at.get_or_insert(context.now);
    let future = *found_at > context.now;
    checks.require(!future, || Problem::new("in-the-future").field("found_at"));
    for (text, field) in [
        (&details.text, "text"),
        (&details.measure, "measure"),
        (&details.measure_by, "measure_by"),
    ] {
        checks.require(!text.is_empty(), || {
            Problem::required(field).clause("A11-27a")
        });
    }
    checks.done()?;
    let told = context.profile.archive.told_of_leaks.clone();
    let state = if told.is_empty() {
        IncidentState::Acknowledged
    } else {
        IncidentState::Reported
    };
    Ok(Incident {
        meta: Meta::new(number, context),
        details,
        state,
        told,
        acknowledged: Vec::new(),
        actions: Vec::new(),
        closed: None,
    })
}

named! {
    /// What can be done with a leak.
    IncidentStepKind {
        /// Acknowledged (A11-27b).
        Acknowledge = "acknowledge-leak",
        /// Something done about it (A11-27c).
        Act = "act-on-leak",
        /// Closed with a result.
        Close = "close-leak",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentStep {
    /// Acknowledge it for every post that the asker holds.
    AcknowledgeLeak {},
    /// Something was done about it.
    ActOnLeak {
        /// What.
        text: String,
    },
    /// It is over.
    CloseLeak {
        /// With what result.
        result: String,
    },
}

impl IncidentStep {
    /// Which step it is.
    pub const fn kind(&self) -> IncidentStepKind {
        match self {
            Self::AcknowledgeLeak {} => IncidentStepKind::Acknowledge,
            Self::ActOnLeak { .. } => IncidentStepKind::Act,
            Self::CloseLeak { .. } => IncidentStepKind::Close,
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<IncidentStepKind, IncidentState>] = &[
    Row {
        step: IncidentStepKind::Acknowledge,
        from: &[IncidentState::Reported],
        to: None,
        who: ArchiveStep::HandleLeak,
        clause: "A11-27b",
        on: true,
    },
    Row {
        step: IncidentStepKind::Act,
        from: &[IncidentState::Reported, IncidentState::Acknowledged],
        to: None,
        who: ArchiveStep::HandleLeak,
        clause: "A11-27c",
        on: true,
    },
    Row {
        step: IncidentStepKind::Close,
        from: &[IncidentState::Acknowledged],
        to: Some(IncidentState::Closed),
        who: ArchiveStep::HandleLeak,
        clause: "A11-27c",
        on: true,
    },
];

/// One step on.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it or has
/// nothing to acknowledge, without words, and for closing where nothing was done (A11-27c).
pub fn step(
    incident: &Incident,
    step: &IncidentStep,
    context: &Context,
) -> Result<Incident, Refusal> {
    let stand = Stand {
        number: incident.meta.number,
        state: incident.state,
        group: "incident-state",
    };
    let (id, state_id) = (IncidentStepKind::id, IncidentState::id);
    let row = procedure::find(ROWS, stand, step.kind(), id, state_id, context)?;
    let mine: Vec<Role> = incident
        .unacknowledged()
        .filter(|post| context.operator.roles.contains(post))
        .collect();
    let mut checks = Checks::new();
    let (text, field) = match step {
        IncidentStep::AcknowledgeLeak {} => ("", ""),
        IncidentStep::ActOnLeak { text } => (text.as_str(), "text"),
        IncidentStep::CloseLeak { result } => (result.as_str(), "result"),
    };
    let text = clean::body(text);
    checks.require(field.is_empty() || !text.is_empty(), || {
        Problem::required(field).clause(row.clause)
    });
    match step {
        IncidentStep::AcknowledgeLeak {} => {
            checks.require(!mine.is_empty(), || {
                Problem::new("nothing-to-acknowledge").clause("A11-27b")
            });
        }
        IncidentStep::CloseLeak { .. } => {
            checks.require(!incident.actions.is_empty(), || {
                Problem::new("nothing-done-yet").clause("A11-27c")
            });
        }
        IncidentStep::ActOnLeak { .. } => {}
    }
    checks.done()?;
    let said = Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    };
    let mut next = Incident {
        meta: incident.meta.changed(context),
        state: row.to.unwrap_or(incident.state),
        ..incident.clone()
    };
    match step {
        IncidentStep::AcknowledgeLeak {} => {
            let posts = mine.into_iter().map(|post| (post, said.clone()));
            next.acknowledged.extend(posts);
            if next.unacknowledged().next().is_none() {
                next.state = IncidentState::Acknowledged;
            }
        }
        IncidentStep::ActOnLeak { .. } => next.actions.push(said),
        IncidentStep::CloseLeak { .. } => next.closed = Some(said),
    }
    Ok(next)
}
