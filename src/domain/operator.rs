//! Operators: who works at the desk, in which roles. Every change names one (A01-05).

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::number::Number;
use super::profile::{Permission, Profile};
use super::refusal::{Checks, Problem, Refusal};
use super::role::Role;
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// A login is part of a key on disk and typed by hand; it has at most so many bytes.
pub const LOGIN_BYTES: usize = 64;

/// What is entered of an operator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OperatorDetails {
    /// The short name used on the command line; unique, letters and digits of any script.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The posts held.
    pub roles: Vec<Role>,
    /// The department, for lists by department.
    pub department: String,
    /// A program and no person: it signs in with a key and works through `rpc` and the like.
    pub service: bool,
    /// The account of the machine that is this operator without a password: its number.
    pub account: Option<u32>,
}

/// Somebody stands in for an operator from one day to another, both included, with the operator's
/// posts beside their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deputy {
    /// Who stands in.
    pub operator: Number,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// An operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Operator {
    /// Number, version, times.
    pub meta: Meta,
    /// The short name used on the command line.
    pub login: String,
    /// The name shown.
    pub name: String,
    /// The posts held.
    pub roles: Vec<Role>,
    /// The department.
    pub department: String,
    /// Whether the operator may work; one who left stays for the sake of the history.
    pub active: bool,
    /// A program and no person.
    pub service: bool,
    /// The account of the machine that is this operator without a password.
    pub account: Option<u32>,
    /// Who stands in, and when.
    pub deputies: Vec<Deputy>,
    /// When the confidentiality text was acknowledged (A11-21).
    pub acknowledged: Option<Stamp>,
}

impl Operator {
    /// The operator of what was entered and checked.
    pub fn of(meta: Meta, details: OperatorDetails, active: bool) -> Self {
        let OperatorDetails {
            login,
            name,
            roles,
            department,
            service,
            account,
        } = details;
        Self {
            meta,
            login,
            name,
            roles,
            department,
            active,
            service,
            account,
            deputies: Vec::new(),
            acknowledged: None,
        }
    }

    /// What was entered, to fill a form with.
    pub fn details(&self) -> OperatorDetails {
        OperatorDetails {
            login: self.login.clone(),
            name: self.name.clone(),
            roles: self.roles.clone(),
            department: self.department.clone(),
            service: self.service,
            account: self.account,
        }
    }
}

/// Those who work here and for whom an operator stands in on a day.
pub fn stood_in_for<'a>(
    operator: &Operator,
    all: impl Iterator<Item = &'a Operator>,
    today: Day,
) -> impl Iterator<Item = &'a Operator> {
    let me = operator.meta.number;
    all.filter(move |other| {
        let named =
            |deputy: &Deputy| deputy.operator == me && deputy.from <= today && today <= deputy.to;
        other.active && other.meta.number != me && other.deputies.iter().any(named)
    })
}

/// An operator with the posts of those they stand in for on a day beside their own. Only posts that
/// somebody holds themselves are lent: whoever stands in for a deputy does not get what the deputy
/// was lent. The administrator's is never lent: whoever has it for a day could give themselves any
/// other for good.
pub fn acting<'a>(
    operator: &'a Operator,
    all: impl Iterator<Item = &'a Operator>,
    today: Day,
) -> Cow<'a, Operator> {
    let mut acting = Cow::Borrowed(operator);
    for role in stood_in_for(operator, all, today).flat_map(|other| &other.roles) {
        if *role != Role::Administrator && !acting.roles.contains(role) {
            acting.to_mut().roles.push(*role);
        }
    }
    acting
}

/// A login as it is kept: without blanks, in small letters.
pub fn login(entered: &str) -> String {
    clean::name(entered).to_lowercase().replace(' ', "")
}

/// Notes what is wrong with a login.
pub fn check_login(login: &str, checks: &mut Checks) {
    checks.require(!login.is_empty(), || Problem::required("login"));
    checks.require(login.len() <= LOGIN_BYTES, || {
        Problem::new("too-long")
            .field("login")
            .arg("size", login.len())
            .arg("limit", LOGIN_BYTES)
    });
}

/// What of that which was entered is somebody else's.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taken {
    /// The login.
    pub login: bool,
    /// The account of the machine: it is one operator's, or it would not say who it is.
    pub account: bool,
}

fn checked(details: OperatorDetails, taken: Taken) -> Result<OperatorDetails, Refusal> {
    let login = login(&details.login);
    let name = clean::name(&details.name);
    let mut checks = Checks::new();
    check_login(&login, &mut checks);
    checks.require(!name.is_empty(), || Problem::required("name"));
    checks.require(!details.roles.is_empty(), || Problem::required("roles"));
    checks.require(!taken.login, || {
        Problem::new("login-taken")
            .field("login")
            .arg("login", &login)
    });
    checks.require(!taken.account, || {
        Problem::new("account-taken").field("account")
    });
    checks.done()?;
    let mut roles = details.roles;
    roles.sort_unstable();
    roles.dedup();
    Ok(OperatorDetails {
        login,
        name,
        roles,
        department: clean::name(&details.department),
        service: details.service,
        account: details.account,
    })
}

/// A new operator.
///
/// # Errors
/// Refused without the permission, with an empty field, or when the login or the account is taken.
pub fn add(
    number: Number,
    details: OperatorDetails,
    taken: Taken,
    context: &Context,
) -> Result<Operator, Refusal> {
    context.may(Permission::OperatorManage)?;
    let details = checked(details, taken)?;
    Ok(Operator::of(Meta::new(number, context), details, true))
}

/// What is known of an operator beside the record, when it is changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Standing {
    /// What of it is somebody else's.
    pub taken: Taken,
    /// What the operator holds.
    pub holds: Holdings,
    /// Somebody else who works here may manage operators too.
    pub others_manage: bool,
}

/// What must not leave with a leaver (A11-19.1b).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Customers the operator looks after.
    pub customers: usize,
    /// Open complaints and repairs handled by somebody of that name.
    pub complaints: usize,
    /// Files out on loan to somebody of that name.
    pub loans: usize,
    /// Planned contacts, lines of the service plan, campaigns, open instructions and dispatched tasks.
    pub others: usize,
}

/// Whether an operator manages operators: a person who works here and holds a post that may.
pub fn manages(operator: &Operator, profile: &Profile) -> bool {
    operator.active
        && !operator.service
        && profile
            .may(Permission::OperatorManage, &operator.roles)
            .is_ok()
}

/// An operator changed; `active` false for one who left.
///
/// # Errors
/// As [`add`]; when a leaver still holds something (A11-19.1b), and when nobody would be left who
/// may manage operators.
pub fn change(
    operator: &Operator,
    details: OperatorDetails,
    active: bool,
    standing: Standing,
    context: &Context,
) -> Result<Operator, Refusal> {
    context.may(Permission::OperatorManage)?;
    let details = checked(details, standing.taken)?;
    let changed = Operator {
        deputies: operator.deputies.clone(),
        acknowledged: operator.acknowledged,
        ..Operator::of(operator.meta.changed(context), details, active)
    };
    let mut checks = Checks::new();
    let holds = standing.holds;
    let leaves = operator.active && !active;
    checks.require(!leaves || holds == Holdings::default(), || {
        Problem::new("leaver-holds")
            .clause("A11-19.1b")
            .arg("name", &operator.name)
            .arg("customers", holds.customers)
            .arg("complaints", holds.complaints)
            .arg("loans", holds.loans)
            .arg("others", holds.others)
    });
    let profile = context.profile;
    let somebody_manages = standing.others_manage || manages(&changed, profile);
    checks.require(somebody_manages || !manages(operator, profile), || {
        Problem::new("last-administrator").arg("name", &operator.name)
    });
    checks.done()?;
    Ok(changed)
}

/// Checks that what one operator holds may be handed over to another.
///
/// # Errors
/// Refused without the permission, and where the other is the same one, left, or is a program.
pub fn check_hand_over(from: &Operator, to: &Operator, context: &Context) -> Result<(), Refusal> {
    context.may(Permission::OperatorManage)?;
    let fits = to.active && !to.service && to.meta.number != from.meta.number;
    if fits {
        return Ok(());
    }
    Err(Problem::new("not-a-successor").arg("name", &to.name).into())
}

/// Who stands in for an operator, and when. Operators name their own deputies; who may manage
/// operators names anybody's. `known` gives the operator of a number.
///
/// # Errors
/// Refused for somebody else's without the permission, and where a deputy is the operator, a
/// program, somebody who left or nobody, or where the last day is before the first.
pub fn set_deputies(
    operator: &Operator,
    deputies: &[Deputy],
    known: impl Fn(Number) -> Option<Operator>,
    context: &Context,
) -> Result<Operator, Refusal> {
    let me = operator.meta.number;
    if context.operator.meta.number != me || !context.operator.active {
        context.may(Permission::OperatorManage)?;
    }
    let mut checks = Checks::new();
    for deputy in deputies {
        let may_stand_in = deputy.operator != me
            && known(deputy.operator).is_some_and(|it| it.active && !it.service);
        checks.require(may_stand_in, || {
            Problem::new("not-a-deputy")
                .field("deputy")
                .arg("number", deputy.operator)
        });
        checks.require(deputy.from <= deputy.to, || {
            Problem::new("to-before-from").field("to")
        });
    }
    checks.done()?;
    Ok(Operator {
        meta: operator.meta.changed(context),
        deputies: deputies.to_vec(),
        ..operator.clone()
    })
}

/// The confidentiality text acknowledged by the operator who asks (A11-21). Doing it again keeps
/// the first time.
///
/// # Errors
/// Refused for one who left.
pub fn acknowledge(operator: &Operator, context: &Context) -> Result<Operator, Refusal> {
    if !operator.active {
        return Err(Problem::new("operator-inactive")
            .arg("name", &operator.name)
            .into());
    }
    Ok(Operator {
        meta: operator.meta.changed(context),
        acknowledged: operator.acknowledged.or(Some(context.now)),
        ..operator.clone()
    })
}
