//! Permits: leave given by the one who may to read, copy or export what is otherwise closed, once
//! or standing (A12-3.1.7b).

use std::path::{Component, Path};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::customer::Customer;
use super::named::named;
use super::number::Number;
use super::operator::Operator;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// What a permit is for.
    PermitKind {
        /// Reading a form of somebody else.
        Read = "read",
        /// Exporting a list.
        Export = "export",
        /// Copying the store.
        Backup = "backup",
    }
}

/// What is entered of a permit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PermitDetails {
    /// What for.
    pub what: PermitKind,
    /// For whom; everybody whose post may do it otherwise when none.
    pub operator: Option<Number>,
    /// From this day on.
    pub from: Day,
    /// To this day, included.
    pub to: Day,
    /// The folder or file a copy of the store may go to; anywhere when empty.
    #[serde(default)]
    pub place: String,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

/// A permit. The one who gave it is in its meta.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Permit {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: PermitDetails,
    /// Taken back before its time.
    pub revoked: bool,
}

impl Permit {
    /// Whether it is good for an operator on a day.
    pub fn is_in_force(&self, operator: Number, today: Day) -> bool {
        let details = &self.details;
        !self.revoked
            && details.operator.is_none_or(|named| named == operator)
            && (details.from..=details.to).contains(&today)
    }

    /// Whether a copy may go to this place under it.
    fn reaches(&self, place: &str) -> bool {
        let allowed = &self.details.place;
        let leaves = |part: Component| part == Component::ParentDir;
        allowed.is_empty()
            || (Path::new(place).starts_with(allowed) && !Path::new(place).components().any(leaves))
    }
}

/// A permit given.
///
/// # Errors
/// Refused without the permission (A12-3.1.7b), for days that end before they begin or are over,
/// for one who does not work here, and with a place where nothing is copied.
pub fn grant(
    number: Number,
    mut details: PermitDetails,
    named: Option<&Operator>,
    context: &Context,
) -> Result<Permit, Refusal> {
    context.may(Permission::PermitGrant)?;
    let mut checks = Checks::new();
    details.place = clean::name(&details.place);
    details.reason = clean::note(&details.reason);
    checks.require(details.from <= details.to, || {
        Problem::new("ends-before-it-begins").field("to")
    });
    checks.require(details.to >= context.today(), || {
        Problem::new("permit-over")
            .field("to")
            .arg("day", details.to)
    });
    let known = details.operator.is_none() || named.is_some_and(|named| named.active);
    checks.require(known, || Problem::new("unknown-operator").field("operator"));
    let copies = details.what == PermitKind::Backup;
    checks.require(copies || details.place.is_empty(), || {
        Problem::new("permit-place").field("place")
    });
    checks.done()?;
    Ok(Permit {
        meta: Meta::new(number, context),
        details,
        revoked: false,
    })
}

/// A permit taken back.
///
/// # Errors
/// Refused without the permission, and when it is taken back already.
pub fn revoke(permit: &Permit, context: &Context) -> Result<Permit, Refusal> {
    context.may(Permission::PermitGrant)?;
    if permit.revoked {
        return Err(Problem::new("nothing-to-change").into());
    }
    Ok(Permit {
        meta: permit.meta.changed(context),
        revoked: true,
        ..permit.clone()
    })
}

/// The permit under which something may be done: none where the site asks for none, and for those
/// who could permit it themselves. `place` is where a copy goes.
///
/// # Errors
/// Refused without a permit where one is needed, with who could give one (A12-3.1.7b).
pub fn leave<'a>(
    what: PermitKind,
    place: &str,
    permits: impl IntoIterator<Item = &'a Permit>,
    context: &Context,
) -> Result<Option<Number>, Refusal> {
    let rules = &context.profile.permits;
    let needed = match what {
        PermitKind::Read => rules.read,
        PermitKind::Export => rules.export,
        PermitKind::Backup => rules.backup,
    };
    if !needed || context.may(Permission::PermitGrant).is_ok() {
        return Ok(None);
    }
    let me = context.operator.meta.number;
    let found = permits.into_iter().find(|permit| {
        permit.details.what == what
            && permit.is_in_force(me, context.today())
            && permit.reaches(place)
    });
    if let Some(permit) = found {
        return Ok(Some(permit.meta.number));
    }
    let grant = context.profile.permissions.get(&Permission::PermitGrant);
    let who: Vec<&str> = grant
        .map(|grant| grant.roles.iter().map(|role| role.id()).collect())
        .unwrap_or_default();
    let mut problem = Problem::new("permit-needed")
        .arg("permit", what.id())
        .arg("roles", who.join(" "));
    problem.clause.clone_from(&rules.clause);
    Err(problem.into())
}

/// Whether opening a customer's form is reading somebody else's: another operator looks after the
/// customer. A form that nobody looks after is everybody's at the desk.
pub fn is_anothers(customer: &Customer, me: Number) -> bool {
    customer.details.owner.is_some_and(|owner| owner != me)
}
