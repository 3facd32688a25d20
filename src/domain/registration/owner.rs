//! Whose customer somebody is: the wish of one who was brought, then an earlier registration of the same
//! telephone, then whoever is on duty (A12-3.1.3 to A12-3.1.5, Q8).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Collision, Registration, RegistrationDetails, RegistrationRules, RegistrationSource,
    RegistrationState,
};
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::named::named;
use crate::domain::number::Number;
use crate::domain::refusal::{Checks, Problem};
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
    /// The earliest registration of the same telephone that still holds others off.
    pub earlier: Option<Earlier>,
    /// Who is on duty now.
    pub on_duty: Option<Number>,
}

/// Whether a registration holds others off on a day: always where the site sets no protection period, and
/// always once the customer has closed or somebody decides.
pub fn protects(
    registration: &Registration,
    today: Day,
    rules: Option<&RegistrationRules>,
) -> bool {
    let Some(days) = rules.and_then(|rules| rules.protect_days) else {
        return true;
    };
    let age = (today.0 - registration.day.0).num_days();
    age <= i64::from(days) || registration.state != RegistrationState::Registered
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
        let owner = around.referrer.and_then(|it| it.details.owner);
        checks.require(around.referrer.is_none() || owner.is_some(), || {
            let problem = Problem::new("referrer-is-nobody-s").field("referrer");
            problem.clause("A12-3.1.5a")
        });
        return owner.map(|owner| (owner, OwnerRule::Wish, None));
    }
    if let Some(earlier) = &around.earlier {
        ask(details, earlier, context, checks);
        if earlier.owner == me && !details.contact_unnamed {
            return Some((me, OwnerRule::Earlier, None));
        }
        let collision = Collision {
            with: earlier.number,
            at: earlier.at,
            owner: earlier.owner,
            unnamed: details.contact_unnamed,
            ruled: None,
        };
        return Some((earlier.owner, OwnerRule::Earlier, Some(collision)));
    }
    let brought = details.referrer.is_some();
    let owned = details.source == Some(RegistrationSource::SelfDeveloped);
    match around.on_duty {
        Some(on_duty) if brought || details.contact_unnamed || !owned => {
            Some((on_duty, OwnerRule::OnDuty, None))
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
        _ => Some((me, OwnerRule::Registered, None)),
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

/// Whose customer somebody is by the registrations of a telephone (A12-3.1.1a, A12-3.1.3).
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
    there
        .first()
        .map_or(Ownership::NotConfirmed, |first| Ownership::Owned {
            owner: first.owner,
            by: first.meta.number,
            rule: first.rule,
        })
}
