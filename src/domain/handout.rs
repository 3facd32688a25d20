//! Material that old customers pass on to friends, and who came with it (A14-3.1, A14-3.1b).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::{Context, Meta};
use super::customer::Customer;
use super::number::Number;
use super::phone;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HandoutDetails {
    /// The old customer who passes it on.
    pub customer: Option<Number>,
    /// What is passed on: brochures, cards, letters.
    pub what: String,
    /// How many pieces.
    pub count: u32,
    /// The friend it is for, by name; empty where nobody is named.
    pub friend: String,
    /// The friend's telephone.
    pub phone: String,
    /// When it was given; today where nothing is entered.
    pub on: Option<Day>,
}

/// A friend who came with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Arrival {
    /// The friend's card.
    pub customer: Number,
    /// The friend's name then.
    pub name: String,
    /// When it was written down.
    pub at: Stamp,
}

/// Material that was given to be passed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Handout {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: HandoutDetails,
    /// The name of who passes it on, as it was then.
    pub name: String,
    /// The card that was made of the friend it is for (A14-3.1).
    pub friend: Option<Number>,
    /// Who came with it.
    pub arrived: Vec<Arrival>,
}

impl Handout {
    /// Whether somebody may still come with it.
    pub fn is_open(&self) -> bool {
        self.arrived.len() < self.details.count as usize
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let details = &mut self.details;
        let mut texts = vec![&mut details.what, &mut details.friend, &mut self.name];
        texts.extend(self.arrived.iter_mut().map(|one| &mut one.name));
        texts
    }
}

/// Material given to an old customer. `friend` is the card of the friend it is for, where one is named.
///
/// # Errors
/// Refused without the permission, without whom and what, without a count, for a day in the future, and
/// for a telephone without a name or one that is none.
pub fn give(
    number: Number,
    mut details: HandoutDetails,
    customer: Option<&Customer>,
    friend: Option<Number>,
    context: &Context,
) -> Result<Handout, Refusal> {
    context.may(Permission::IntakeLog)?;
    let mut checks = Checks::new();
    details.what = clean::name(&details.what);
    details.friend = clean::name(&details.friend);
    let required = |field| Problem::required(field).clause("A14-3.1b");
    checks.require(customer.is_some(), || required("customer"));
    checks.require(!details.what.is_empty(), || required("what_given"));
    checks.require(details.count > 0, || required("count_given"));
    let typed = clean::name(&details.phone);
    if !typed.is_empty() {
        checks.require(!details.friend.is_empty(), || required("friend"));
        match phone::normal(&typed) {
            Ok(digits) => details.phone = digits,
            Err(problem) => checks.add(problem.field("phone")),
        }
    }
    let today = context.today();
    let on = *details.on.get_or_insert(today);
    checks.require(on <= today, || Problem::new("in-the-future").field("on"));
    checks.done()?;
    let name = customer.map(|customer| customer.details.name.clone());
    Ok(Handout {
        meta: Meta::new(number, context),
        details,
        name: name.unwrap_or_default(),
        friend,
        arrived: Vec::new(),
    })
}

/// A step of a handout with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HandoutStep {
    /// A friend came with it: a customer, or somebody new by name and telephone.
    FriendArrived {
        /// The friend's card, where there is one.
        #[serde(default)]
        customer: Option<Number>,
        /// The friend's name, where there is none.
        #[serde(default)]
        friend: String,
        /// The friend's telephone.
        #[serde(default)]
        phone: String,
    },
}

impl HandoutStep {
    /// The name of the step.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::FriendArrived { .. } => "friend-arrived",
        }
    }
}

/// Whether a friend may be written down as come with it.
///
/// # Errors
/// Refused without the permission, and when as many came as were given.
pub fn may_arrive(handout: &Handout, context: &Context) -> Result<(), Refusal> {
    context.may(Permission::IntakeLog)?;
    if !handout.is_open() {
        let problem = Problem::new("more-than-given").clause("A14-3.1b");
        return Err(problem.arg("count", handout.details.count).into());
    }
    Ok(())
}

/// A friend came with it.
///
/// # Errors
/// As [`may_arrive`]; who passed it on does not come with it, and nobody comes twice.
pub fn arrive(handout: &Handout, friend: &Customer, context: &Context) -> Result<Handout, Refusal> {
    may_arrive(handout, context)?;
    let number = friend.meta.number;
    if handout.details.customer == Some(number) {
        return Err(Problem::new("relation-with-oneself")
            .field("customer")
            .into());
    }
    if handout.arrived.iter().any(|one| one.customer == number) {
        let problem = Problem::new("arrived-already").field("customer");
        return Err(problem.arg("name", &friend.details.name).into());
    }
    let mut next = handout.clone();
    next.meta = handout.meta.changed(context);
    next.arrived.push(Arrival {
        customer: number,
        name: friend.details.name.clone(),
        at: context.now,
    });
    Ok(next)
}
