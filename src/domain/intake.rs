//! Intake: the numbered register of callers, calls and visits (A13-c2), from the first ring to
//! the outcome.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::Complaint;
use super::context::{Context, Meta};
use super::customer::Customer;
use super::named::named;
use super::next_visit::NextVisit;
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::repair::{self, Repair};
use super::stamp::Stamp;
use super::visiting;
use super::waiver::{Rule, Waiver};
use crate::text::clean;

named! {
    /// The way a request came (A13-c2: by telephone, letter and visit).
    Channel {
        /// A telephone call.
        Call = "call",
        /// A letter.
        Letter = "letter",
        /// A visit.
        Visit = "visit",
        /// Over the internet; only in imported records and from programs.
        Online = "online",
        /// Any other; only in imported records and from programs.
        Other = "other",
        /// A text message; only to customers (A14-2.9.2).
        Text = "text",
    }
}

named! {
    /// What a request is about. Positions stand in records and index keys: variants are only appended.
    #[derive(Default)]
    IntakeKind {
        /// A question.
        #[default]
        Enquiry = "enquiry",
        /// A repair request (A05-4.2b).
        Repair = "repair",
        /// A complaint; becomes a record of its own.
        Complaint = "complaint",
        /// A suggestion.
        Suggestion = "suggestion",
        /// An objection (A01-30).
        Objection = "objection",
        /// A customer moves in (A05-4.1).
        MoveIn = "move-in",
        /// Anything else.
        Other = "other",
        /// Information for a customer, or from one (A03-s).
        Information = "information",
        /// The quality of a product (A03-s).
        Quality = "quality",
        /// How satisfied a customer is (A03-s).
        Satisfaction = "satisfaction",
    }
}

named! {
    /// Where a request stands.
    IntakeState {
        /// Written down, not yet dealt with.
        Recorded = "recorded",
        /// A repair request accepted by customer service (A05-4.2b).
        Accepted = "accepted",
        /// Dealt with.
        Closed = "closed",
        /// A repair with a department and a person.
        Assigned = "assigned",
        /// A repair of which the customer was told what will be done (A05-4.3a).
        Responded = "responded",
        /// A repair that is solved (A05-4.3b).
        Solved = "solved",
        /// A repair of which the customer was told how it was solved (A05-4.3c).
        Answered = "answered",
    }
}

named! {
    /// How a request ended.
    OutcomeCode {
        /// The matter is settled.
        Resolved = "resolved",
        /// A complaint was made of it.
        TurnedIntoComplaint = "turned-into-complaint",
        /// The caller took it back.
        Withdrawn = "withdrawn",
        /// Passed on to somebody outside the desk.
        PassedOn = "passed-on",
    }
}

impl OutcomeCode {
    /// The codes an operator may choose; `TurnedIntoComplaint` follows from making one.
    pub const CHOICES: &'static [Self] = &[Self::Resolved, Self::Withdrawn, Self::PassedOn];

    /// Those for a request of a kind: an objection is dealt with here (A01-30).
    pub const fn choices(kind: IntakeKind) -> &'static [Self] {
        match kind {
            IntakeKind::Objection => &[Self::Resolved, Self::Withdrawn],
            _ => Self::CHOICES,
        }
    }
}

/// The end of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outcome {
    /// How it ended.
    pub code: OutcomeCode,
    /// What was done or said.
    pub text: String,
    /// When.
    pub at: Stamp,
}

/// What is entered of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct IntakeDetails {
    /// How it came; required (A13-c2).
    pub channel: Option<Channel>,
    /// What it is about.
    pub kind: IntakeKind,
    /// The customer, once known.
    pub customer: Option<Number>,
    /// The caller's name; the customer's where one is attached.
    pub caller: String,
    /// The number that called, digits.
    pub phone: String,
    /// The unit, room or address it is about.
    pub place: String,
    /// The request in words: the one thing always mandatory (A01-11).
    pub text: String,
    /// What the customer needs, in words and apart from what kind of request it is (A01-26).
    pub needs: String,
    /// When somebody can get in, for a repair (A05-4.2b).
    pub access: String,
    /// The department it is for.
    pub department: String,
    /// When the call or visit began; the clock at the key that opened the form (A09-2.3).
    pub started_at: Option<Stamp>,
    /// The number in the system it came from.
    pub external: String,
    /// The channel in the words of the system it came from.
    pub source: String,
    /// What the call or visit came to, from the profile's list; ours.
    pub wrap_up: String,
    /// What was agreed before the customer left (A01-12).
    pub next: NextVisit,
    /// The number is noted on the card of the customer who calls.
    pub add_phone: bool,
    /// Of a visit: the sales site of the profile that the visitor came to (A14-3.3).
    pub sales_site: String,
}

impl Default for IntakeDetails {
    fn default() -> Self {
        Self {
            channel: None,
            kind: IntakeKind::Enquiry,
            customer: None,
            caller: String::new(),
            phone: String::new(),
            place: String::new(),
            text: String::new(),
            needs: String::new(),
            access: String::new(),
            department: String::new(),
            started_at: None,
            external: String::new(),
            source: String::new(),
            wrap_up: String::new(),
            next: NextVisit::default(),
            add_phone: false,
            sales_site: String::new(),
        }
    }
}

/// One row of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Intake {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: IntakeDetails,
    /// When the call, letter or visit began.
    pub started_at: Stamp,
    /// Where it stands.
    pub state: IntakeState,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The complaint made of it.
    pub complaint: Option<Number>,
    /// What the chain of a repair gathered (A05-4.3a to A05-4.3c); none where it is no repair, and
    /// for one that was imported until its first step.
    pub repair: Option<Box<Repair>>,
    /// Rules that were overridden, with who and why.
    pub waived: Vec<Waiver>,
    /// The appointment that was made before the customer left (A01-12).
    pub next: Option<Number>,
}

impl IntakeKind {
    /// Where a request of this kind stands once it is recorded: a repair is accepted by that.
    pub const fn first_state(self) -> IntakeState {
        match self {
            Self::Repair => IntakeState::Accepted,
            _ => IntakeState::Recorded,
        }
    }
}

impl Intake {
    /// Seconds from the start to the first save; none for a letter, an import, or when the start
    /// was not taken from the clock (A09-2.3).
    pub fn handling_seconds(&self) -> Option<i64> {
        let counted = matches!(self.details.channel, Some(Channel::Call | Channel::Visit))
            && self.details.started_at.is_some()
            && self.meta.import.is_none();
        counted.then(|| self.meta.created_at.seconds_since(self.started_at))
    }

    /// Whether it still waits for somebody.
    pub fn is_open(&self) -> bool {
        self.state != IntakeState::Closed
    }
}

/// Cleans and checks what was entered, for a caller who is a customer or is not (A01-11).
fn checked(
    mut details: IntakeDetails,
    before: Option<&IntakeDetails>,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<(IntakeDetails, Vec<Waiver>), Refusal> {
    let mut checks = Checks::new();
    for text in [
        &mut details.caller,
        &mut details.place,
        &mut details.access,
        &mut details.department,
        &mut details.external,
        &mut details.source,
        &mut details.wrap_up,
    ] {
        *text = clean::name(text);
    }
    details.text = clean::body(&details.text);
    details.needs = clean::body(&details.needs);
    phone::settle(&mut details.phone, "phone", &mut checks);
    if let Some(customer) = customer {
        details.customer = Some(customer.meta.number);
        let known = &customer.details;
        if details.caller.is_empty() {
            details.caller.clone_from(&known.name);
        }
        if details.place.is_empty() {
            let place = if known.place.is_empty() {
                &known.address
            } else {
                &known.place
            };
            details.place.clone_from(place);
        }
    }
    visiting::settle(
        &mut details.sales_site,
        details.channel == Some(Channel::Visit),
        before.map_or("", |before| &before.sales_site),
        customer.map_or("", |customer| &customer.details.site),
        &context.profile.customers,
        &mut checks,
    );
    checks.require(details.channel.is_some(), || {
        Problem::required("channel").clause("A13-c2")
    });
    checks.require(!details.caller.is_empty(), || {
        Problem::required("caller").clause("A01-11")
    });
    if details.kind == IntakeKind::Repair {
        checks.require(!details.place.is_empty(), || {
            Problem::required("place").clause("A05-4.2b")
        });
        let contact = !details.phone.is_empty()
            || customer.is_some_and(|customer| !customer.details.phones.is_empty());
        checks.require(contact, || Problem::required("phone").clause("A05-4.2b"));
        checks.require(!details.access.is_empty(), || {
            Problem::required("access")
                .clause("A05-4.2b")
                .rule(Rule::RepairAccess)
        });
    }
    if customer.is_none() && details.channel == Some(Channel::Call) {
        checks.require(!details.phone.is_empty(), || {
            Problem::required("phone")
                .clause("A01-11")
                .rule(Rule::CallerPhone)
        });
        checks.require(!details.place.is_empty(), || {
            Problem::required("place")
                .clause("A01-11")
                .rule(Rule::CallerPlace)
        });
    }
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause("A01-11")
    });
    let wrap_up = &details.wrap_up;
    let mut listed = context.profile.intake.wrap_ups.iter();
    // What was kept and is on the list no more stays.
    let stays = wrap_up.is_empty() || before.is_some_and(|before| before.wrap_up == *wrap_up);
    checks.require(stays || listed.any(|it| it.id == *wrap_up), || {
        let problem = Problem::new("not-on-the-list").field("wrap_up");
        problem.arg("value", wrap_up)
    });
    if let Some(start) = details.started_at {
        checks.require(start <= context.now, || {
            Problem::new("starts-later").field("started_at")
        });
    }
    let waivers = context.judge(checks)?;
    Ok((details, waivers))
}

/// The permission that a request of this kind needs.
fn permission(kind: IntakeKind) -> Permission {
    match kind {
        IntakeKind::Repair => Permission::IntakeRepair,
        _ => Permission::IntakeLog,
    }
}

/// A request written down; a repair request is accepted by that (A05-4.2b).
///
/// # Errors
/// Refused without the permission; without a channel or a request; without name, telephone and
/// place when the caller is no customer yet (A01-11); a repair also without the time when
/// somebody can get in.
pub fn log(
    number: Number,
    details: IntakeDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<Intake, Refusal> {
    context.may(permission(details.kind))?;
    let (details, waived) = checked(details, None, customer, context)?;
    let state = details.kind.first_state();
    let mut intake = Intake {
        meta: Meta::new(number, context),
        started_at: details.started_at.unwrap_or(context.now),
        details,
        state,
        outcome: None,
        complaint: None,
        repair: None,
        waived,
        next: None,
    };
    repair::begin(&mut intake, context);
    Ok(intake)
}

/// A request changed while it is open.
///
/// # Errors
/// As [`log`]; refused for a closed one, and for another kind once a repair is under way.
pub fn change(
    intake: &Intake,
    details: IntakeDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<Intake, Refusal> {
    context.may(permission(details.kind))?;
    if !intake.is_open() {
        return Err(Problem::new("already-closed")
            .arg("number", intake.meta.number)
            .into());
    }
    let (mut details, waived) = checked(details, Some(&intake.details), customer, context)?;
    details.started_at = intake.details.started_at;
    // What was agreed was agreed then.
    details.next.clone_from(&intake.details.next);
    details.add_phone = intake.details.add_phone;
    let same = details.kind == intake.details.kind;
    let begun = !matches!(intake.state, IntakeState::Recorded | IntakeState::Accepted);
    if !same && begun {
        return Err(Problem::new("repair-under-way")
            .field("kind")
            .arg("number", intake.meta.number)
            .into());
    }
    let mut next = Intake {
        meta: intake.meta.changed(context),
        details,
        ..intake.clone()
    };
    next.waived.extend(waived);
    if !same {
        next.state = next.details.kind.first_state();
        repair::begin(&mut next, context);
    }
    Ok(next)
}

/// The caller recognised as an existing customer.
///
/// # Errors
/// Refused without the permission or when it is attached to that customer already.
pub fn attach(intake: &Intake, customer: &Customer, context: &Context) -> Result<Intake, Refusal> {
    context.may(Permission::IntakeLog)?;
    let mut details = intake.details.clone();
    if details.customer == Some(customer.meta.number) {
        return Err(Problem::new("nothing-to-change").into());
    }
    details.customer = Some(customer.meta.number);
    details.caller.clone_from(&customer.details.name);
    if details.place.is_empty() {
        details.place.clone_from(&customer.details.place);
    }
    Ok(Intake {
        meta: intake.meta.changed(context),
        details,
        ..intake.clone()
    })
}

/// A request closed with its outcome. A complaint is closed as a complaint, not here.
///
/// # Errors
/// Refused without the permission, when it is closed already, when it became a complaint, or
/// without words on what was done; an objection that is passed on (A01-30); a repair that the caller did not take back also without a response,
/// a solution or an answer (A05-4.3a to A05-4.3c).
pub fn close(
    intake: &Intake,
    code: OutcomeCode,
    text: &str,
    context: &Context,
) -> Result<Intake, Refusal> {
    context.may(Permission::IntakeClose)?;
    if !intake.is_open() {
        return Err(Problem::new("already-closed")
            .arg("number", intake.meta.number)
            .into());
    }
    let text = clean::body(text);
    let mut checks = Checks::new();
    checks.require(code != OutcomeCode::TurnedIntoComplaint, || {
        Problem::new("make-complaint-first")
            .field("code")
            .clause("A13-c2")
    });
    let is_objection = intake.details.kind == IntakeKind::Objection;
    checks.require(!(is_objection && code == OutcomeCode::PassedOn), || {
        Problem::new("objection-passed-on")
            .field("code")
            .clause("A01-30")
    });
    checks.require(!text.is_empty(), || Problem::required("text"));
    if intake.details.kind == IntakeKind::Repair && code != OutcomeCode::Withdrawn {
        for missing in repair::lacks(intake) {
            checks.add(missing);
        }
    }
    checks.done()?;
    let outcome = Some(Outcome {
        code,
        text,
        at: context.now,
    });
    let mut next = Intake {
        meta: intake.meta.changed(context),
        outcome,
        ..intake.clone()
    };
    repair::leave(&mut next, context);
    next.state = IntakeState::Closed;
    Ok(next)
}

/// A request that became a complaint: closed by that, linked both ways.
pub fn turn_into_complaint(intake: &Intake, complaint: Number, context: &Context) -> Intake {
    let mut next = Intake {
        meta: intake.meta.changed(context),
        outcome: Some(turned_into(complaint, context)),
        complaint: Some(complaint),
        ..intake.clone()
    };
    repair::leave(&mut next, context);
    next.state = IntakeState::Closed;
    next
}

/// The row in the register of a complaint that was recorded directly: all complaints stand in it
/// (A13-c2). It is closed by the complaint, and nobody took its start from the clock.
pub fn row_of(number: Number, complaint: &Complaint, context: &Context) -> Intake {
    let said = &complaint.details;
    let details = IntakeDetails {
        channel: said.channel,
        kind: IntakeKind::Complaint,
        customer: said.customer,
        caller: said.complainant.clone(),
        phone: said.phone.clone(),
        place: said.place.clone(),
        text: said.text.clone(),
        ..IntakeDetails::default()
    };
    Intake {
        meta: Meta::new(number, context),
        details,
        started_at: complaint.made_at,
        state: IntakeState::Closed,
        outcome: Some(turned_into(complaint.meta.number, context)),
        complaint: Some(complaint.meta.number),
        repair: None,
        waived: Vec::new(),
        next: None,
    }
}

fn turned_into(complaint: Number, context: &Context) -> Outcome {
    Outcome {
        code: OutcomeCode::TurnedIntoComplaint,
        text: complaint.to_string(),
        at: context.now,
    }
}
