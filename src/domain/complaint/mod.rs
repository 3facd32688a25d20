//! Complaints: from the record to the close, by the procedure of the site's profile.
//!
//! What may follow what are tables (`tables`); what a step asks for is a guard in them (`guards`),
//! and `machine` takes it. What the procedure gathers on its way is the `course`. This file holds
//! the record itself and the two ways it changes: recorded, and one step on.

mod bring;
pub mod course;
mod guards;
mod machine;
mod steps;
mod tables;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use course::Course;
pub use machine::{next_steps, rows, states};
pub use steps::{Step, StepKind};
pub use tables::{Guard, Switch, To, Transition, When, Who};

use super::context::{Context, Meta};
use super::customer::{self, Customer};
use super::deadline::{self, Deadline};
use super::intake::{Channel, Intake};
use super::named::named;
use super::number::Number;
use super::operator::Operator;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use super::waiver::{Rule, Waiver};
use crate::text::clean;
use course::{Hand, RuleVersion};

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
        /// A solution is proposed and waits for approval (A08-n4a).
        Proposed = "proposed",
        /// The solution is approved.
        Approved = "approved",
        /// It is known how the customer took the answer (A08-n4c).
        Reacted = "reacted",
        /// The customer was asked how satisfied they are (A08-n5).
        Asked = "asked",
        /// Summed up and evaluated (A08-n7).
        Summarised = "summarised",
        /// A major one passed on (A08-m2a).
        Escalated = "escalated",
        /// The emergency meeting was held (A08-m2b).
        Met = "met",
        /// The meeting's solution is drafted (A08-m3a).
        Planned = "planned",
        /// Negotiated with the customer (A08-m3b).
        Negotiated = "negotiated",
        /// The slip is filled in and waits to be handed over (A13-c3a).
        SlipMade = "slip-made",
        /// The department has returned the slip with its result (A13-c3c).
        Returned = "returned",
        /// Registered only: nothing needed to be done (A13-c3a).
        Noted = "noted",
    }
}

impl ComplaintState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Closed | Self::Withdrawn | Self::Noted)
    }
}

named! {
    /// Which service a complaint is about (A08-s0).
    Service {
        /// Selling.
        Sales = "sales",
        /// What comes after the sale.
        AfterSales = "after-sales",
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
    /// Whether it is about sales or after-sales; required where the profile asks for it (A08-s0).
    pub service: Option<Service>,
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
    /// The day on which the next step is due, where the profile has a term for the state it is in
    /// and the customer is not awaited.
    pub due: Option<Day>,
    /// Whether that day reaches into a year whose holidays are not announced.
    pub provisional: bool,
    /// The answer given.
    pub answer: Option<ComplaintAnswer>,
    /// Every step taken, oldest first.
    pub trail: Vec<Passage>,
    /// The moment of that day from which on it is late.
    pub due_at: Option<Stamp>,
    /// What the procedure gathered.
    pub course: Box<Course>,
    /// The measures that were drafted for it. They outlive it.
    pub measures: Vec<Number>,
}

impl Complaint {
    /// Days by which the next step is overdue on a day; 0 when it is not (A08-n3b). Computed, never
    /// stored.
    pub fn days_overdue(&self, today: Day) -> i64 {
        self.due
            .map_or(0, |due| (today.0 - due.0).num_days().max(0))
    }

    /// Whether the next step is late now.
    pub fn is_late(&self, now: Stamp) -> bool {
        self.due_at.is_some_and(|due| due < now)
    }

    /// Whether any step was late, or is.
    pub fn is_or_was_late(&self, now: Stamp) -> bool {
        self.is_late(now) || !self.course.breaches.is_empty()
    }

    /// When the next step is due and why, where the profile has a term for the state it is in and
    /// the customer is not awaited.
    pub fn deadline(&self, context: &Context) -> Option<Deadline> {
        let term = context.profile.complaints.terms.get(&self.state)?;
        let since = self.course.since.unwrap_or(self.meta.changed_at);
        deadline::deadline(term, since, &self.course.pauses, context)
    }

    /// Writes down when the next step is due.
    fn settle_due(&mut self, context: &Context) {
        let due = self.deadline(context);
        self.provisional = due.as_ref().is_some_and(|due| due.provisional);
        self.due_at = due.map(|due| due.at);
        self.due = self
            .due_at
            .map(|at| last_day(at, context.profile.utc_offset_minutes));
    }
}

/// The day that a moment ends: midnight ends the day before.
fn last_day(at: Stamp, offset_minutes: i32) -> Day {
    Stamp(at.0.saturating_sub(1)).day(offset_minutes)
}

fn checked(
    mut details: ComplaintDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<(ComplaintDetails, Vec<Waiver>), Refusal> {
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
                .rule(Rule::Plate)
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
    checks.require(!rules.service || details.service.is_some(), || {
        Problem::required("service").clause("A08-s0")
    });
    let waivers = context.judge(checks)?;
    Ok((details, waivers))
}

/// What a complaint made of a request takes from it where it says nothing of its own (A01-30).
fn carried_over(mut details: ComplaintDetails, intake: &Intake) -> ComplaintDetails {
    let said = &intake.details;
    details.channel = details.channel.or(said.channel);
    details.customer = details.customer.or(said.customer);
    for (own, theirs) in [
        (&mut details.complainant, &said.caller),
        (&mut details.phone, &said.phone),
        (&mut details.place, &said.place),
        (&mut details.text, &said.text),
    ] {
        if own.trim().is_empty() {
            own.clone_from(theirs);
        }
    }
    details
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
    let details = match intake {
        Some(intake) => carried_over(details, intake),
        None => details,
    };
    let (details, waived) = checked(details, customer, context)?;
    let state = context.profile.complaints.procedure.first_state();
    let passage = Passage {
        step: StepKind::Record,
        to: state,
        at: context.now,
        by: context.operator.meta.number,
        note: String::new(),
    };
    let course = Course {
        rules: Some(RuleVersion {
            profile: context.profile.id.clone(),
            version: context.profile.version,
        }),
        since: Some(context.now),
        waived,
        ..Course::default()
    };
    let mut complaint = Complaint {
        meta: Meta::new(number, context),
        made_at: details.made_at.unwrap_or(context.now),
        details,
        intake: intake.map(|intake| intake.meta.number),
        state,
        department: String::new(),
        handler: String::new(),
        due: None,
        provisional: false,
        answer: None,
        trail: vec![passage],
        due_at: None,
        course: Box::new(course),
        measures: Vec::new(),
    };
    complaint.settle_due(context);
    Ok(complaint)
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
    let (details, waived) = checked(details, customer, context)?;
    let mut next = Complaint {
        meta: complaint.meta.changed(context),
        details,
        ..complaint.clone()
    };
    next.course.waived.extend(waived);
    Ok(next)
}

/// An open complaint handed over to another handler, in the state it is in.
#[must_use]
pub fn hand_over(complaint: &Complaint, handler: &str, context: &Context) -> Complaint {
    let mut next = Complaint {
        meta: complaint.meta.changed(context),
        handler: handler.to_owned(),
        ..complaint.clone()
    };
    next.course.hands.push(Hand {
        department: complaint.department.clone(),
        person: handler.to_owned(),
        at: context.now,
        by: context.operator.meta.number,
        accepted: None,
    });
    next
}

/// A complaint for which a measure was drafted, in whatever state it is: measures outlive it (A08-n7).
#[must_use]
pub fn with_measure(complaint: &Complaint, measure: Number, context: &Context) -> Complaint {
    let mut next = Complaint {
        meta: complaint.meta.changed(context),
        ..complaint.clone()
    };
    next.measures.push(measure);
    next
}

/// One step on. `handler` is the operator whom the step names as handler, where somebody of that name
/// works here.
///
/// # Errors
/// Refused when the table has no such step from this state, without the permission, or when one
/// of the step's guards does not hold.
pub fn step(
    complaint: &Complaint,
    step: &Step,
    handler: Option<&Operator>,
    context: &Context,
) -> Result<Complaint, Refusal> {
    machine::step(complaint, step, handler, context)
}
