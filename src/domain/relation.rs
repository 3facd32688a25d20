//! What customers have to do with each other: who brought whom, family, employers, agents, and the groups
//! around central persons (A14-3.1, A14-3.2).
//!
//! A relation is said from one customer: `from` was introduced by `to`, is the spouse or child of `to`, is
//! employed or represented by `to`. It is never erased: it ends.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::Customer;
use super::named::named;
use super::number::Number;
use super::profile::Permission;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

/// A group is told from others by so many bytes of its name.
const GROUP_BYTES: usize = 30;

named! {
    /// What a customer is to another, or to a group. Positions stand in records: variants are only
    /// appended.
    #[derive(Default)]
    RelationKind {
        /// Was introduced by (A14-3.1).
        #[default]
        IntroducedBy = "introduced-by",
        /// Is married to.
        Spouse = "spouse",
        /// Is a child of.
        Child = "child",
        /// Is employed by.
        Employer = "employer",
        /// Is represented by.
        Agent = "agent",
        /// Is the central person of a group (A14-3.2).
        Central = "central",
        /// Belongs to a group (A14-3.2).
        Member = "member",
        /// Anything else, in words.
        Other = "other",
    }
}

impl RelationKind {
    /// Whether it is to a group and not to somebody.
    pub const fn is_of_group(self) -> bool {
        matches!(self, Self::Central | Self::Member)
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RelationDetails {
    /// Of whom it is said.
    pub from: Option<Number>,
    /// What the customer is.
    pub kind: RelationKind,
    /// To whom; none where it is to a group.
    pub to: Option<Number>,
    /// The group; empty where it is to somebody.
    pub group: String,
    /// Since when; today where nothing is entered.
    pub since: Option<Day>,
    /// Whether those it is about agreed that it is written down.
    pub consent: bool,
    /// In words.
    pub note: String,
}

/// A relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relation {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: RelationDetails,
    /// The name of whom it is said, as it was then.
    pub from_name: String,
    /// The name of the other, as it was then.
    pub to_name: String,
    /// Over, and why.
    pub ended: Option<Said>,
}

impl Relation {
    /// Whether it holds.
    pub const fn is_open(&self) -> bool {
        self.ended.is_none()
    }

    /// Who was brought, and by whom, where it says that.
    pub fn brought(&self) -> Option<(Number, Number)> {
        let introduced = self.details.kind == RelationKind::IntroducedBy;
        let both = self.details.from.zip(self.details.to);
        both.filter(|_| introduced && self.is_open())
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![
            &mut self.details.note,
            &mut self.details.group,
            &mut self.from_name,
            &mut self.to_name,
        ];
        texts.extend(self.ended.as_mut().map(|said| &mut said.text));
        texts
    }
}

/// What is known around a new relation.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// Who brought the one it is to, who brought that one, and so on: number and name, from `to` upwards.
    pub chain: Vec<(Number, String)>,
    /// The relations of the customer it is said of that hold.
    pub held: Vec<Relation>,
}

/// A relation written down.
///
/// # Errors
/// Refused without the permission, without a customer, without the other or the group, with oneself, for a
/// day in the future, when the same holds already, when the customer was brought by somebody already, and
/// when it would close a circle of introductions (A14-0).
pub fn connect(
    number: Number,
    details: RelationDetails,
    from: Option<&Customer>,
    to: Option<&Customer>,
    around: &Around,
    context: &Context,
) -> Result<Relation, Refusal> {
    context.may(Permission::CustomerChange)?;
    connected(number, details, from, to, around, context)
}

/// A friend whom an old customer sent or named: whoever may write that down may write down who brought the
/// friend (A14-3.1).
///
/// # Errors
/// As [`connect`], but for the permission.
pub fn brought(
    number: Number,
    details: RelationDetails,
    friend: &Customer,
    referrer: &Customer,
    around: &Around,
    context: &Context,
) -> Result<Relation, Refusal> {
    let (from, to) = (Some(friend), Some(referrer));
    connected(number, details, from, to, around, context)
}

fn connected(
    number: Number,
    mut details: RelationDetails,
    from: Option<&Customer>,
    to: Option<&Customer>,
    around: &Around,
    context: &Context,
) -> Result<Relation, Refusal> {
    let mut checks = Checks::new();
    details.note = clean::body(&details.note);
    details.group = clean::name(&details.group);
    let kind = details.kind;
    let clause = if kind.is_of_group() {
        "A14-3.2"
    } else {
        "A14-3.1"
    };
    let required = |field| Problem::required(field).clause(clause);
    checks.require(from.is_some(), || required("from_customer"));
    if kind.is_of_group() {
        details.to = None;
        checks.require(!details.group.is_empty(), || required("group"));
        checks.require(details.group.len() <= GROUP_BYTES, || {
            Problem::new("group-too-long").field("group")
        });
    } else {
        details.group.clear();
        checks.require(to.is_some(), || required("to_customer"));
        let same = details.from.is_some() && details.from == details.to;
        checks.require(!same, || {
            Problem::new("relation-with-oneself")
                .field("to_customer")
                .clause(clause)
        });
    }
    checks.require(
        kind != RelationKind::Other || !details.note.is_empty(),
        || Problem::required("note"),
    );
    let since = *details.since.get_or_insert(context.today());
    checks.require(since <= context.today(), || {
        Problem::new("in-the-future").field("since_day")
    });
    check_held(&details, around, &mut checks);
    check_circle(&details, from, around, &mut checks);
    checks.done()?;
    let name = |customer: Option<&Customer>| {
        customer.map_or_else(String::new, |customer| customer.details.name.clone())
    };
    Ok(Relation {
        meta: Meta::new(number, context),
        from_name: name(from),
        to_name: name(to.filter(|_| !kind.is_of_group())),
        details,
        ended: None,
    })
}

/// The same is written down once, and a customer is brought by one.
fn check_held(details: &RelationDetails, around: &Around, checks: &mut Checks) {
    let same = |held: &&Relation| {
        let known = &held.details;
        known.kind == details.kind
            && known.from == details.from
            && known.to == details.to
            && known.group == details.group
    };
    if let Some(known) = around.held.iter().find(same) {
        checks.add(Problem::new("relation-known").arg("number", known.meta.number));
        return;
    }
    let brought = |held: &&Relation| {
        held.details.from == details.from && held.details.kind == RelationKind::IntroducedBy
    };
    if details.kind == RelationKind::IntroducedBy
        && let Some(known) = around.held.iter().find(brought)
    {
        let problem = Problem::new("has-referrer")
            .field("to_customer")
            .clause("A14-0");
        let problem = problem.arg("name", &known.to_name);
        checks.add(problem.arg("number", known.meta.number));
    }
}

/// Whoever was brought cannot be among those who led to whoever brings them (A14-0).
fn check_circle(
    details: &RelationDetails,
    from: Option<&Customer>,
    around: &Around,
    checks: &mut Checks,
) {
    let (RelationKind::IntroducedBy, Some(from)) = (details.kind, from) else {
        return;
    };
    let number = from.meta.number;
    // What is said with oneself is refused as that.
    let place = around
        .chain
        .iter()
        .skip(1)
        .position(|(it, _)| *it == number);
    if let Some(place) = place {
        let circle = around.chain.iter().take(place.saturating_add(2)).rev();
        let mut names: Vec<&str> = circle.map(|(_, name)| name.as_str()).collect();
        names.push(&from.details.name);
        let problem = Problem::new("relation-closes-circle").field("to_customer");
        checks.add(problem.clause("A14-0").arg("chain", names.join(" → ")));
    }
}

/// A step of a relation with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RelationStep {
    /// It is over.
    EndRelation {
        /// Why.
        reason: String,
    },
}

impl RelationStep {
    /// The name of the step.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::EndRelation { .. } => "end-relation",
        }
    }
}

/// A relation that is over.
///
/// # Errors
/// Refused without the permission, when it is over already, and without a reason.
pub fn step(
    relation: &Relation,
    step: &RelationStep,
    context: &Context,
) -> Result<Relation, Refusal> {
    context.may(Permission::CustomerChange)?;
    if !relation.is_open() {
        let problem = Problem::new("relation-is-over");
        return Err(problem.arg("number", relation.meta.number).into());
    }
    let RelationStep::EndRelation { reason } = step;
    Ok(Relation {
        meta: relation.meta.changed(context),
        ended: Some(said(reason, "reason", context)?),
        ..relation.clone()
    })
}

/// What somebody says now.
///
/// # Errors
/// Refused where nothing is said.
pub(super) fn said(text: &str, field: &str, context: &Context) -> Result<Said, Refusal> {
    let text = clean::body(text);
    if text.is_empty() {
        return Err(Problem::required(field).into());
    }
    Ok(Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    })
}
