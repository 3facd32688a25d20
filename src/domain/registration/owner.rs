//! Whose customer somebody is: the wish of one who was brought, then an earlier registration of the same
//! telephone, then whoever is on duty (A12-3.1.3 to A12-3.1.5, Q8).

use std::cmp::Reverse;

use chrono::Days;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Collision, Registration, RegistrationDetails, RegistrationRules, RegistrationSource,
    RegistrationState, SameBy,
};
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::refusal::{Checks, Problem, Refusal};
use crate::domain::stamp::{Day, Stamp};

named! {
    /// By which rule a customer is somebody's. Positions stand in records: variants are only appended.
    OwnerRule {
        /// Brought by an old customer and asks for that one's manager (A12-3.1.5a).
        Wish = "wish",
        /// The earlier registration (A12-3.1.3).
        Earlier = "earlier",
        /// Received by whoever was on duty (A12-3.1.4x, A12-3.1.5b).
        OnDuty = "on-duty",
        /// Registered by this manager, and by nobody before (A12-3.1.1a).
        Registered = "registered",
        /// Decided by the head of leasing.
        Ruled = "ruled",
        /// Handed over by a manager who left, or who gave the customer away (A11-19.1b).
        HandedOver = "handed-over",
    }
}

named! {
    /// Whose claim holds.
    Claim {
        /// That of the earlier registration.
        Earlier = "earlier",
        /// That of the later one.
        Later = "later",
    }
}

/// An earlier registration of the same telephone, as far as it is shown in a collision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Its number.
    pub number: Number,
    /// When it was made.
    pub at: Stamp,
    /// Whose customer it is.
    pub owner: Number,
    /// The owner's name.
    pub owner_name: String,
}

/// What is known beside what was entered.
#[derive(Debug, Default)]
pub struct Around<'a> {
    /// The old customer who brought this one.
    pub referrer: Option<&'a Customer>,
    /// Whose customer that one is: by the card, and where that says nothing by the registrations of its
    /// telephones.
    pub referrer_owner: Option<Number>,
    /// The earliest registration of the same customer that still holds others off.
    pub earlier: Option<Earlier>,
    /// Who is on duty now.
    pub on_duty: Option<Number>,
}

/// Whether a registration is of the customer whose name and telephone are given (A12-3.1.3).
pub fn is_same(
    registration: &Registration,
    name: &str,
    phone: &str,
    rules: Option<&RegistrationRules>,
) -> bool {
    let by_name = rules.is_some_and(|rules| rules.same_by.contains(&SameBy::Name));
    let details = &registration.details;
    details.phone == phone && (!by_name || details.name == name)
}

/// Whether a registration holds others off on a day: always where the site sets no protection period, and
/// always once the customer has closed or somebody decides.
pub fn protects(
    registration: &Registration,
    today: Day,
    rules: Option<&RegistrationRules>,
) -> bool {
    released_on(registration, rules).is_none_or(|released| today < released)
}

/// The first day on which a registration that led to nothing holds nobody off any more; none where the site
/// sets no protection period, once the customer has closed and while somebody decides.
pub fn released_on(registration: &Registration, rules: Option<&RegistrationRules>) -> Option<Day> {
    let days = rules.and_then(|rules| rules.protect_days)?;
    let waits = registration.state == RegistrationState::Registered;
    waits.then(|| registration.day.plus(u64::from(days) + 1))
}

/// The first day of which a registration that led to nothing still holds others off today; none where the
/// site sets no protection period.
pub fn first_protected(today: Day, rules: Option<&RegistrationRules>) -> Option<Day> {
    let days = rules.and_then(|rules| rules.protect_days)?;
    let first = today.0.checked_sub_days(Days::new(days.into()))?;
    Some(Day(first))
}

/// Whose customer somebody is, by which rule, and what collides with that; none where it is whoever is on
/// duty and nobody is, which is refused.
pub(super) fn decide(
    details: &RegistrationDetails,
    around: &Around,
    context: &Context,
    checks: &mut Checks,
) -> Option<(Number, OwnerRule, Option<Collision>)> {
    let me = context.operator.meta.number;
    if details.asks_for {
        let owner = around.referrer_owner;
        checks.require(around.referrer.is_none() || owner.is_some(), || {
            let problem = Problem::new("referrer-is-nobody-s").field("referrer");
            problem.clause("A12-3.1.5a")
        });
        return owner.map(|owner| (owner, OwnerRule::Wish, None));
    }
    let Some(earlier) = &around.earlier else {
        let (claimant, rule) = claimant(details, around, me, checks)?;
        return Some((claimant, rule, None));
    };
    ask(details, earlier, context, checks);
    if earlier.owner == me && !details.contact_unnamed {
        return Some((me, OwnerRule::Earlier, None));
    }
    let (claimant, _) = claimant(details, around, me, checks)?;
    // Where both lead to the same manager there is nothing to decide.
    if earlier.owner == claimant && !details.contact_unnamed {
        return Some((claimant, OwnerRule::Earlier, None));
    }
    let collision = Collision {
        with: earlier.number,
        at: earlier.at,
        owner: earlier.owner,
        claimant,
        unnamed: details.contact_unnamed,
        ruled: None,
        rules: None,
    };
    Some((earlier.owner, OwnerRule::Earlier, Some(collision)))
}

/// Whose customer somebody is whom nobody registered before, and by which rule: that of whoever is on duty
/// at that moment, or of who found the customer (A12-3.1.4x, A12-3.1.5b).
fn claimant(
    details: &RegistrationDetails,
    around: &Around,
    me: Number,
    checks: &mut Checks,
) -> Option<(Number, OwnerRule)> {
    let brought = details.referrer.is_some();
    let owned = details.source == Some(RegistrationSource::SelfDeveloped);
    match around.on_duty {
        Some(on_duty) if brought || details.contact_unnamed || !owned => {
            Some((on_duty, OwnerRule::OnDuty))
        }
        None if brought || details.contact_unnamed => {
            let clause = if details.contact_unnamed {
                "A12-3.1.4x"
            } else {
                "A12-3.1.5b"
            };
            checks.add(Problem::new("nobody-on-duty").clause(clause));
            None
        }
        _ => Some((me, OwnerRule::Registered)),
    }
}

/// Asks with both rows of a collision before anything is saved (A12-3.1.3).
fn ask(details: &RegistrationDetails, earlier: &Earlier, context: &Context, checks: &mut Checks) {
    let offset = context.profile.utc_offset_minutes;
    let time = |at: Stamp| at.local(offset).format("%Y-%m-%d %H:%M:%S").to_string();
    let (key, clause) = if details.contact_unnamed {
        ("registered-by-another-unnamed", "A12-3.1.4x")
    } else if earlier.owner == context.operator.meta.number {
        ("registered-already", "A12-3.1.3")
    } else {
        ("registered-by-another", "A12-3.1.3")
    };
    let problem = Problem::new(key)
        .field("phone")
        .clause(clause)
        .arg("number", earlier.number)
        .arg("at", time(earlier.at))
        .arg("name", &earlier.owner_name)
        .arg("own", &context.operator.name)
        .arg("now", time(context.now));
    checks.ask(context.accept, problem);
}

/// What is known of whose customer somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ownership {
    /// On no form: by word of mouth only (A12-3.1.1a).
    NotConfirmed,
    /// Waits for the head of leasing.
    Collision {
        /// The registrations, the earliest first.
        rows: Vec<Number>,
        /// Whose customer it is proposed to be.
        proposed: Option<Number>,
    },
    /// Somebody's.
    Owned {
        /// Whose.
        owner: Number,
        /// By which registration.
        by: Number,
        /// By which rule.
        rule: OwnerRule,
    },
}

/// How much a registration says of whose customer somebody is: what was ruled, the latest ruling most, then
/// a wish, then the earliest (Q8).
fn weight(row: &Registration) -> (u8, Reverse<Stamp>, Number) {
    let ruling = row.collision.as_ref().and_then(|it| it.ruled.as_ref());
    let (rank, at) = match ruling {
        Some((_, said)) => (0, Reverse(said.at)),
        None if row.rule == OwnerRule::Ruled => (1, Reverse(Stamp(0))),
        None if row.details.asks_for => (2, Reverse(Stamp(0))),
        None => (3, Reverse(Stamp(-row.meta.created_at.0))),
    };
    (rank, at, row.meta.number)
}

/// The registration of several of one customer that says whose customer it is; none where none of them
/// holds others off, or all wait for the head of leasing (Q8).
pub fn holder<'a>(
    registrations: &'a [Registration],
    today: Day,
    rules: Option<&RegistrationRules>,
) -> Option<&'a Registration> {
    let there = registrations.iter().filter(|it| {
        let waits = it.state == RegistrationState::Collision;
        !it.meta.void && !waits && protects(it, today, rules)
    });
    there.min_by_key(|it| weight(it))
}

/// Whose customer somebody is by the registrations of a telephone (A12-3.1.1a, A12-3.1.3, Q8).
pub fn ownership(
    registrations: &[Registration],
    today: Day,
    rules: Option<&RegistrationRules>,
) -> Ownership {
    let there = registrations.iter().filter(|it| !it.meta.void);
    let mut there: Vec<&Registration> = there.filter(|it| protects(it, today, rules)).collect();
    there.sort_by_key(|it| (it.meta.created_at, it.meta.number));
    let waits = |it: &&&Registration| it.state == RegistrationState::Collision;
    if let Some(waiting) = there.iter().find(waits) {
        let collision = waiting.collision.as_ref();
        return Ownership::Collision {
            rows: there.iter().map(|it| it.meta.number).collect(),
            proposed: collision.filter(|it| !it.unnamed).map(|it| it.owner),
        };
    }
    holder(registrations, today, rules).map_or(Ownership::NotConfirmed, |row| Ownership::Owned {
        owner: row.owner,
        by: row.meta.number,
        rule: row.rule,
    })
}

/// Whose customer is typed on a card, held against the registrations of its telephones: what is left empty
/// is filled in from them. `before` is what stood on the card, `name` the name of whose customer it is.
///
/// # Errors
/// Refused for another than whose customer it is by a registration (A12-3.1.1a).
pub fn on_card(
    typed: Option<Number>,
    before: Option<Number>,
    whose: &Ownership,
    name: &str,
) -> Result<Option<Number>, Refusal> {
    let Ownership::Owned { owner, by, .. } = whose else {
        return Ok(typed);
    };
    if typed.is_none() || typed == Some(*owner) {
        return Ok(Some(*owner));
    }
    if typed == before {
        return Ok(typed);
    }
    let problem = Problem::new("owned-by-registration").field("owner");
    let problem = problem.clause("A12-3.1.1a").arg("number", by);
    Err(problem.arg("name", name).into())
}

/// A registration handed over to another manager, with everything else as it was; one that waits for the
/// head of leasing is proposed to be the other's now (A11-19.1b).
#[must_use]
pub fn hand_over(registration: &Registration, to: Number, context: &Context) -> Registration {
    let from = registration.owner;
    let mut next = registration.clone();
    next.meta = registration.meta.changed(context);
    next.owner = to;
    match &mut next.collision {
        Some(collision) if registration.state == RegistrationState::Collision => {
            for claim in [&mut collision.owner, &mut collision.claimant] {
                if *claim == from {
                    *claim = to;
                }
            }
        }
        _ => next.rule = OwnerRule::HandedOver,
    }
    next
}
