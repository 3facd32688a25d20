//! Complaints: from the record to the close, by the procedure of the site's profile.
//!
//! What may follow what is a table (`machine`); what a step asks for is a guard in that table.
//! This file holds the record itself and the two ways it changes: recorded, and one step on.

mod machine;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use machine::{Step, StepKind, Transition, next_steps, table};

use super::calendar::{DayUnit, Due};
use super::context::{Context, Meta};
use super::customer::{self, Customer};
use super::intake::{Channel, Intake};
use super::named::named;
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// Where a complaint stands. Positions stand in records and index keys: variants are only appended.
    ComplaintState {
        /// Written down.
        Recorded = "recorded",
        /// With a department and a handler.
        Assigned = "assigned",
        /// The complainant has been answered.
        Answered = "answered",
        /// Done.
        Closed = "closed",
        /// Taken back by the complainant; the number stays.
        Withdrawn = "withdrawn",
    }
}

impl ComplaintState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn)
    }
}

/// What is entered of a complaint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ComplaintDetails {
    /// How it came; required (A13-c2).
    pub channel: Option<Channel>,
    /// The customer, once known.
    pub customer: Option<Number>,
    /// Who complains; required.
    pub complainant: String,
    /// The number to reach the complainant.
    pub phone: String,
    /// The plate of the car it is about; required where the profile says so, and there `-` says
    /// that there is none (A08-n1a).
    pub plate: String,
    /// The unit, room or address it is about.
    pub place: String,
    /// The category, from the profile's list.
    pub category: String,
    /// What is complained of.
    pub text: String,
    /// When it was made; now when empty, never later than now (A08-n1a).
    pub made_at: Option<Stamp>,
    /// The number in the system it came from.
    pub external: String,
    /// The state in the words of the system it came from.
    pub source: String,
}

/// One step that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// What was done.
    pub step: StepKind,
    /// To which state.
    pub to: ComplaintState,
    /// When.
    pub at: Stamp,
    /// By whom.
    pub by: Number,
    /// In words.
    pub note: String,
}

/// What the complainant was told (A05-4.3c: time, channel, who).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ComplaintAnswer {
    /// What was said.
    pub text: String,
    /// By which channel.
    pub channel: Channel,
    /// When.
    pub at: Stamp,
    /// By whom.
    pub by: Number,
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Complaint {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: ComplaintDetails,
    /// When it was made.
    pub made_at: Stamp,
    /// Its row in the register; none where an import brought it.
    pub intake: Option<Number>,
    /// Where it stands.
    pub state: ComplaintState,
    /// The department that has it.
    pub department: String,
    /// The person who has it.
    pub handler: String,
    /// The day by whose end a solution is due, once assigned and where the profile has a term.
    pub due: Option<Day>,
    /// Whether that day reaches into a year whose holidays are not announced.
    pub provisional: bool,
    /// The answer given.
    pub answer: Option<ComplaintAnswer>,
    /// Every step taken, oldest first.
    pub trail: Vec<Passage>,
}

impl Complaint {
    /// Days by which the solution is overdue on a day; 0 when it is not (A08-n3b). Computed,
    /// never stored.
    pub fn days_overdue(&self, today: Day) -> i64 {
        match self.due {
            Some(due) if self.state == ComplaintState::Assigned => {
                (today.0 - due.0).num_days().max(0)
            }
            _ => 0,
        }
    }
}

/// The day by whose end a complaint assigned on a day must have a solution (A08-n3b), with the
/// days counted; none where the profile has no term.
pub fn solution_due(assigned_on: Day, context: &Context) -> Option<Due> {
    let days = context.profile.complaints.solution_days?;
    Some(
        context
            .calendar
            .due(assigned_on.0, days, DayUnit::Working, false),
    )
}

fn checked(
    mut details: ComplaintDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<ComplaintDetails, Refusal> {
    let mut checks = Checks::new();
    let rules = &context.profile.complaints;
    let clause = rules.procedure.record_clause();
    for text in [
        &mut details.complainant,
        &mut details.place,
        &mut details.category,
        &mut details.external,
        &mut details.source,
    ] {
        *text = clean::name(text);
    }
    details.text = clean::body(&details.text);
    let no_plate = matches!(details.plate.trim(), "-" | "无" | "none" | "—");
    details.plate = if no_plate {
        "-".to_owned()
    } else {
        customer::plates(&[details.plate]).join("")
    };
    phone::settle(&mut details.phone, "phone", &mut checks);
    if let Some(customer) = customer {
        details.customer = Some(customer.meta.number);
        let known = &customer.details;
        if details.complainant.is_empty() {
            details.complainant.clone_from(&known.name);
        }
        if let (true, Some(main)) = (details.phone.is_empty(), known.phones.first()) {
            details.phone.clone_from(&main.digits);
        }
        if let (true, Some(plate)) = (details.plate.is_empty(), known.plates.first()) {
            details.plate.clone_from(plate);
        }
        if details.place.is_empty() {
            details.place.clone_from(&known.place);
        }
    }
    checks.require(details.channel.is_some(), || {
        Problem::required("channel").clause("A13-c2")
    });
    checks.require(!details.complainant.is_empty(), || {
        Problem::required("complainant").clause(clause)
    });
    if rules.plate {
        checks.require(!details.plate.is_empty(), || {
            Problem::new("plate-or-none")
                .field("plate")
                .clause("A08-n1a")
        });
    }
    let known = rules
        .categories
        .iter()
        .any(|category| category.id == details.category);
    checks.require(known || details.category.is_empty(), || {
        Problem::new("unknown-category")
            .field("category")
            .arg("value", &details.category)
    });
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause(clause)
    });
    if let Some(made_at) = details.made_at {
        checks.require(made_at <= context.now, || {
            Problem::new("made-later").field("made_at").clause(clause)
        });
    }
    checks.done()?;
    Ok(details)
}

/// A complaint recorded, from a request or directly; for its row in the register see
/// [`super::intake::row_of`].
///
/// # Errors
/// Refused without the permission; with one of channel, complainant or text empty; where the
/// profile asks for it also without a plate or the word that there is none (A08-n1a).
pub fn record(
    number: Number,
    details: ComplaintDetails,
    customer: Option<&Customer>,
    intake: Option<&Intake>,
    context: &Context,
) -> Result<Complaint, Refusal> {
    context.may(Permission::ComplaintRecord)?;
    if let Some(made) = intake.and_then(|intake| intake.complaint) {
        return Err(Problem::new("complaint-exists")
            .arg("complaint", made)
            .into());
    }
    let details = checked(details, customer, context)?;
    let passage = Passage {
        step: StepKind::Record,
        to: ComplaintState::Recorded,
        at: context.now,
        by: context.operator.meta.number,
        note: String::new(),
    };
    Ok(Complaint {
        meta: Meta::new(number, context),
        made_at: details.made_at.unwrap_or(context.now),
        details,
        intake: intake.map(|intake| intake.meta.number),
        state: ComplaintState::Recorded,
        department: String::new(),
        handler: String::new(),
        due: None,
        provisional: false,
        answer: None,
        trail: vec![passage],
    })
}

/// What was entered, changed while the complaint is open.
///
/// # Errors
/// As [`record`]; refused for one that is closed or withdrawn.
pub fn change(
    complaint: &Complaint,
    details: ComplaintDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<Complaint, Refusal> {
    context.may(Permission::ComplaintRecord)?;
    if complaint.state.is_final() {
        return Err(Problem::new("already-closed")
            .arg("number", complaint.meta.number)
            .into());
    }
    let details = checked(details, customer, context)?;
    Ok(Complaint {
        meta: complaint.meta.changed(context),
        details,
        ..complaint.clone()
    })
}

/// An open complaint handed over to another handler, in the state it is in.
#[must_use]
pub fn hand_over(complaint: &Complaint, handler: &str, context: &Context) -> Complaint {
    Complaint {
        meta: complaint.meta.changed(context),
        handler: handler.to_owned(),
        ..complaint.clone()
    }
}

/// One step on.
///
/// # Errors
/// Refused when the table has no such step from this state, without the permission, or when one
/// of the step's guards does not hold.
pub fn step(complaint: &Complaint, step: &Step, context: &Context) -> Result<Complaint, Refusal> {
    let transition = machine::find(complaint.state, step.kind(), context.profile)
        .ok_or_else(|| machine::no_such_step(complaint, step.kind(), context.profile))?;
    context.may(transition.permission)?;
    machine::check(transition, complaint, step, context)?;
    let mut next = Complaint {
        meta: complaint.meta.changed(context),
        ..complaint.clone()
    };
    next.state = transition.to;
    next.trail.push(Passage {
        step: step.kind(),
        to: transition.to,
        at: context.now,
        by: context.operator.meta.number,
        note: step.note(),
    });
    machine::apply(&mut next, step, context);
    Ok(next)
}
