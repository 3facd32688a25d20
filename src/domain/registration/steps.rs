//! What is done with registrations: the day's form handed in and kept, a collision decided, a deal closed, its
//! file form sent and filed (A12-3.1.1b, A12-3.1.3, A12-3.1.7a, A12-3.2.4).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Claim, Closing, Filed, FormField, HandedIn, OwnerRule, Registration, RegistrationState,
    RulesOf, is_late, owner,
};
use crate::domain::archive::ArchiveFile;
use crate::domain::complaint::course::Said;
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::phone;
use crate::domain::procedure::{self, ArchiveStep, Row, Stand};
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::stamp::Day;
use crate::text::clean;

/// The rows of a day's form handed in by whoever registered them, as they are then. `rows` are those of
/// theirs of that day that were not handed in yet.
///
/// # Errors
/// Refused for one who does not register, for a day to come, and where there is nothing to hand in.
pub fn hand_in(
    day: Day,
    reason: &str,
    rows: &[Registration],
    context: &Context,
) -> Result<Vec<Registration>, Refusal> {
    context.may_take(ArchiveStep::RegisterCustomer)?;
    let Some(rules) = &context.profile.registration else {
        return Err(Problem::new("no-registration-here").into());
    };
    let mut checks = Checks::new();
    checks.require(day <= context.today(), || {
        Problem::new("in-the-future").field("day")
    });
    checks.require(!rows.is_empty(), || {
        let problem = Problem::new("nothing-to-hand-in").clause("A12-3.1.1b");
        problem.arg("day", day)
    });
    checks.done()?;
    let reason = clean::body(reason);
    let (profile, calendar) = (context.profile, context.calendar);
    let late = is_late(day, context.now, &reason, rules, profile, calendar);
    let rows = rows.iter().map(|row| Registration {
        meta: row.meta.changed(context),
        handed_in: Some(HandedIn {
            at: context.now,
            reason: reason.clone(),
            late,
        }),
        ..row.clone()
    });
    Ok(rows.collect())
}

/// The handed in rows of a day's forms taken into keeping by general services (A12-3.1.7a). `rows` are those
/// of the day that were handed in and are not kept yet. The regulation gives no term for it.
///
/// # Errors
/// Refused for one who does not keep the forms, and where there is nothing to keep.
pub fn keep(
    day: Day,
    rows: &[Registration],
    context: &Context,
) -> Result<Vec<Registration>, Refusal> {
    context.may_take(ArchiveStep::KeepForms)?;
    if context.profile.registration.is_none() {
        return Err(Problem::new("no-registration-here").into());
    }
    let rows: Vec<&Registration> = rows.iter().filter(|row| row.is_to_be_kept()).collect();
    if rows.is_empty() {
        let problem = Problem::new("nothing-to-keep").clause("A12-3.1.7a");
        return Err(problem.arg("day", day).into());
    }
    let kept = rows.into_iter().map(|row| Registration {
        meta: row.meta.changed(context),
        kept: Some(Said {
            text: String::new(),
            at: context.now,
            by: context.operator.meta.number,
        }),
        ..row.clone()
    });
    Ok(kept.collect())
}

named! {
    /// What can be done with a registration.
    RegistrationStepKind {
        /// The head of leasing decides a collision (A12-3.1.3, A12-3.1.4x).
        Rule = "rule-collision",
        /// The deal is closed, and the file form filled in from the card (A12-3.2.4).
        Close = "close-deal",
        /// The file form goes to general services (A12-3.2.4).
        Send = "send-file-form",
        /// General services files the file form, and its keeping period begins (A12-3.2.4, A12-3.2.8a).
        File = "file-form",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RegistrationStep {
    /// A collision is decided.
    RuleCollision {
        /// Whose claim holds.
        claim: Option<Claim>,
        /// Why.
        reason: String,
    },
    /// The deal is closed, or its file form filled in again from the card.
    CloseDeal {
        /// The customer's card.
        customer: Option<Number>,
        /// The day of the deal.
        on: Option<Day>,
    },
    /// The file form goes to general services.
    SendFileForm {},
    /// The file form is filed.
    FileForm {
        /// The file of the customer that it goes into; one is made where none is named.
        file: Option<Number>,
        /// The class of a file that is made, from the profile's list.
        #[serde(default)]
        class: String,
    },
}

impl RegistrationStep {
    /// Which step it is.
    pub const fn kind(&self) -> RegistrationStepKind {
        match self {
            Self::RuleCollision { .. } => RegistrationStepKind::Rule,
            Self::CloseDeal { .. } => RegistrationStepKind::Close,
            Self::SendFileForm {} => RegistrationStepKind::Send,
            Self::FileForm { .. } => RegistrationStepKind::File,
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<RegistrationStepKind, RegistrationState>] = &[
    Row {
        step: RegistrationStepKind::Rule,
        from: &[RegistrationState::Collision],
        to: Some(RegistrationState::Registered),
        who: ArchiveStep::RuleCollision,
        clause: "A12-3.1.3",
        on: true,
    },
    Row {
        step: RegistrationStepKind::Send,
        from: &[RegistrationState::Closed],
        to: Some(RegistrationState::FormSent),
        who: ArchiveStep::RegisterCustomer,
        clause: "A12-3.2.4",
        on: true,
    },
    Row {
        step: RegistrationStepKind::File,
        from: &[RegistrationState::FormSent],
        to: Some(RegistrationState::Filed),
        who: ArchiveStep::FileForm,
        clause: "A12-3.2.4",
        on: true,
    },
    Row {
        step: RegistrationStepKind::Close,
        from: &[RegistrationState::Registered, RegistrationState::Closed],
        to: Some(RegistrationState::Closed),
        who: ArchiveStep::RegisterCustomer,
        clause: "A12-3.2.4",
        on: false,
    },
];

/// What a step reads beside the registration.
#[derive(Debug, Default)]
pub struct Beside<'a> {
    /// The registrations of the same customer, itself among them.
    pub rows: &'a [Registration],
    /// The customer's card.
    pub card: Option<&'a Customer>,
    /// The name of whose customer it is.
    pub owner_name: &'a str,
    /// The file that the file form goes into, as it is then.
    pub file: Option<&'a ArchiveFile>,
}

/// The row of a step that a registration may take now.
///
/// # Errors
/// Refused from a state that the step does not lead on from, and for one who does not carry it.
pub fn may(
    registration: &Registration,
    step: RegistrationStepKind,
    context: &Context,
) -> Result<&'static Row<RegistrationStepKind, RegistrationState>, Refusal> {
    let stand = Stand {
        number: registration.meta.number,
        state: registration.state,
        group: "registration-state",
    };
    let (id, state_id) = (RegistrationStepKind::id, RegistrationState::id);
    procedure::find(ROWS, stand, step, id, state_id, context)
}

/// One step on; with a ruling the other registrations of the customer may change too.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it; a ruling
/// without a claim and a reason; a closing by another than whose customer it is, or without the card;
/// a file form that is not complete, and one filed into no file (A12-3.2.4).
pub fn step(
    registration: &Registration,
    step: &RegistrationStep,
    beside: &Beside,
    context: &Context,
) -> Result<(Registration, Vec<Registration>), Refusal> {
    let row = may(registration, step.kind(), context)?;
    let mut next = Registration {
        meta: registration.meta.changed(context),
        state: row.to.unwrap_or(registration.state),
        ..registration.clone()
    };
    let said = |text: String| Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    };
    match step {
        RegistrationStep::RuleCollision { claim, reason } => {
            let (claim, reason) = ruling(*claim, reason)?;
            let taken = ruled(&mut next, claim, said(reason), beside, context);
            return Ok((next, taken));
        }
        RegistrationStep::CloseDeal { on, .. } => {
            next.closing = Some(closing(registration, *on, beside, context)?);
        }
        RegistrationStep::SendFileForm {} => {
            may_close(registration, context)?;
            let missing: Vec<&str> = registration.missing().iter().map(|it| it.id()).collect();
            if !missing.is_empty() {
                let problem = Problem::new("file-form-incomplete").clause("A12-3.2.4");
                let problem = problem.arg("form-fields", missing.join(" "));
                return Err(problem.into());
            }
            if let Some(closing) = &mut next.closing {
                closing.sent = Some(said(String::new()));
            }
        }
        RegistrationStep::FileForm { .. } => {
            let Some(file) = beside.file else {
                return Err(Problem::required("into_file").clause("A12-3.2.4").into());
            };
            if let Some(closing) = &mut next.closing {
                closing.filed = Some(Filed {
                    file: file.meta.number,
                    said: said(String::new()),
                });
            }
        }
    }
    Ok((next, Vec::new()))
}

/// A collision decided: whose customer it is now, by whoever holds the claim at present, and the other
/// registrations of the customer with that. A deal that was closed stays its manager's; what still waits
/// for a ruling waits on, with whose customer it is now proposed.
fn ruled(
    next: &mut Registration,
    claim: Claim,
    said: Said,
    beside: &Beside,
    context: &Context,
) -> Vec<Registration> {
    let number = next.meta.number;
    let rules = context.profile.registration.as_ref();
    let holder = owner::holder(beside.rows, context.today(), rules);
    if let Some(collision) = &mut next.collision {
        let earlier = beside
            .rows
            .iter()
            .find(|it| it.meta.number == collision.with);
        let earlier = holder.or(earlier).map_or(collision.owner, |it| it.owner);
        next.owner = match claim {
            Claim::Earlier => earlier,
            Claim::Later => collision.claimant,
        };
        collision.ruled = Some((claim, said));
        collision.rules = Some(RulesOf::now(context));
    }
    next.rule = OwnerRule::Ruled;
    let owner = next.owner;
    let others = beside.rows.iter().filter(|it| {
        let there = it.meta.number != number && !it.meta.void;
        there && !it.has_closed() && it.owner != owner
    });
    let taken = others.map(|row| {
        let mut taken = row.clone();
        taken.meta = row.meta.changed(context);
        taken.owner = owner;
        match &mut taken.collision {
            Some(collision) if row.state == RegistrationState::Collision => collision.owner = owner,
            _ => taken.rule = OwnerRule::Ruled,
        }
        taken
    });
    taken.collect()
}

fn ruling(claim: Option<Claim>, reason: &str) -> Result<(Claim, String), Refusal> {
    let mut checks = Checks::new();
    let reason = clean::body(reason);
    checks.require(claim.is_some(), || {
        Problem::required("claim").clause("A12-3.1.3")
    });
    checks.require(!reason.is_empty(), || {
        Problem::required("reason").clause("A12-3.1.3")
    });
    checks.done()?;
    Ok((claim.unwrap_or(Claim::Earlier), reason))
}

/// Refuses whoever's customer it is not.
fn may_close(registration: &Registration, context: &Context) -> Result<(), Refusal> {
    if registration.owner == context.operator.meta.number {
        return Ok(());
    }
    Err(Problem::new("another-s-customer")
        .clause("A12-3.2.4")
        .into())
}

/// Refuses a registration that was released and whose customer another manager registered since.
fn may_still_close(
    registration: &Registration,
    rows: &[Registration],
    context: &Context,
) -> Result<(), Refusal> {
    let rules = context.profile.registration.as_ref();
    let today = context.today();
    let released = owner::released_on(registration, rules).filter(|day| *day <= today);
    let held = rows.iter().find(|row| {
        !row.meta.void && row.owner != registration.owner && owner::protects(row, today, rules)
    });
    match (released, held) {
        (Some(day), Some(held)) => {
            let problem = Problem::new("released-to-another").arg("day", day);
            Err(problem.arg("number", held.meta.number).into())
        }
        _ => Ok(()),
    }
}

/// The end of a deal with the file form filled in from the card (A12-f1).
fn closing(
    registration: &Registration,
    on: Option<Day>,
    beside: &Beside,
    context: &Context,
) -> Result<Closing, Refusal> {
    may_close(registration, context)?;
    may_still_close(registration, beside.rows, context)?;
    let mut checks = Checks::new();
    checks.require(beside.card.is_some(), || {
        Problem::required("customer").clause("A12-3.2.4")
    });
    let on = on.unwrap_or(context.today());
    checks.require(on <= context.today(), || {
        Problem::new("in-the-future").field("on")
    });
    checks.done()?;
    let Some(card) = beside.card else {
        return Err(Problem::required("customer").clause("A12-3.2.4").into());
    };
    let rules = context.profile.registration.as_ref();
    let fields = rules
        .map(|rules| rules.file_form.clone())
        .unwrap_or_default();
    let form = fields.into_iter().map(|field| {
        let value = value(field, registration, card, on, beside.owner_name);
        (field, value)
    });
    Ok(Closing {
        on,
        customer: card.meta.number,
        form: form.collect(),
        sent: None,
        filed: None,
    })
}

/// What stands in a field of the file form. Names of a choice stand as its id, and are shown in words.
fn value(
    field: FormField,
    registration: &Registration,
    card: &Customer,
    on: Day,
    owner: &str,
) -> String {
    let (row, details) = (&registration.details, &card.details);
    match field {
        FormField::Name => details.name.clone(),
        FormField::Phones => {
            let phones = details.phones.iter();
            let phones: Vec<String> = phones.map(|it| phone::shown(&it.digits)).collect();
            phones.join("、")
        }
        FormField::Employer => details.employer.clone(),
        FormField::Position => details.position.clone(),
        FormField::Address => details.address.clone(),
        FormField::Place => details.place.clone(),
        FormField::Business => row.business.map_or("", |it| it.id()).to_owned(),
        FormField::Intention => row.intention.clone(),
        FormField::Source => row.source.map_or("", |it| it.id()).to_owned(),
        // That there is no agent is said by a sign, so that the field is not empty.
        FormField::Agent if row.agent_name.is_empty() => "/".to_owned(),
        FormField::Agent => row.agent_name.clone(),
        FormField::Manager => owner.to_owned(),
        FormField::ClosedOn => on.to_string(),
    }
}
