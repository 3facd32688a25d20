//! Who lives where: a customer moves into a unit and out of it again (A05-4.1, A06-4.1).

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

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OccupancyDetails {
    /// The unit.
    pub place: String,
    /// Who moves in.
    pub customer: Option<Number>,
    /// The day of it; today where nothing is entered.
    pub moved_in: Option<Day>,
    /// The row of the register it was told in.
    pub intake: Option<Number>,
}

/// A customer who moved into a unit. Who made the record registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Occupancy {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: OccupancyDetails,
    /// The customer's name then.
    pub name: String,
    /// The day on which they moved out, and who wrote that down with what there was to say.
    pub moved_out: Option<(Day, Said)>,
}

impl Occupancy {
    /// Whether the customer still lives there.
    pub const fn is_open(&self) -> bool {
        self.moved_out.is_none()
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let said = self.moved_out.as_mut().map(|(_, said)| &mut said.text);
        [&mut self.details.place, &mut self.name]
            .into_iter()
            .chain(said)
    }
}

/// Who lives in a unit, as it stands beside whatever is about the unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Occupant {
    /// The move-in.
    pub number: Number,
    /// Who.
    pub name: String,
    /// Since when.
    pub since: Day,
}

impl Occupant {
    /// What is shown of a move-in.
    pub fn of(it: &Occupancy) -> Self {
        Self {
            number: it.meta.number,
            name: it.name.clone(),
            since: it.details.moved_in.unwrap_or_default(),
        }
    }
}

/// A move-in registered. `present` are those who live in the unit already.
///
/// # Errors
/// Refused without the permission, without unit and customer, and for a day to come. Asks while somebody
/// has not moved out of the unit (A05-4.1).
pub fn move_in(
    number: Number,
    mut details: OccupancyDetails,
    customer: Option<&Customer>,
    present: &[Occupant],
    context: &Context,
) -> Result<Occupancy, Refusal> {
    context.may(Permission::IntakeLog)?;
    let mut checks = Checks::new();
    details.place = clean::name(&details.place);
    checks.require(!details.place.is_empty(), || {
        Problem::required("place").clause("A05-4.1")
    });
    checks.require(customer.is_some(), || {
        Problem::required("customer").clause("A05-4.1")
    });
    let today = context.today();
    let on = *details.moved_in.get_or_insert(today);
    checks.require(on <= today, || {
        Problem::new("in-the-future").field("moved_in")
    });
    if let Some(first) = present.first() {
        let names: Vec<&str> = present.iter().map(|it| it.name.as_str()).collect();
        let problem = Problem::new("unit-is-occupied").field("place");
        let problem = problem.clause("A05-4.1").arg("unit", &details.place);
        let problem = problem.arg("name", names.join(" ")).arg("day", first.since);
        checks.ask(context.accept, problem);
    }
    checks.done()?;
    details.customer = customer.map(|it| it.meta.number);
    Ok(Occupancy {
        meta: Meta::new(number, context),
        details,
        name: customer.map_or_else(String::new, |it| it.details.name.clone()),
        moved_out: None,
    })
}

named! {
    /// What can be done with it.
    OccupancyStepKind {
        /// The customer moved out.
        MoveOut = "move-out",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OccupancyStep {
    /// The customer moved out.
    MoveOut {
        /// The day of it; today where nothing is entered.
        #[serde(default)]
        on: Option<Day>,
        /// What there is to say.
        #[serde(default)]
        note: String,
    },
}

impl OccupancyStep {
    /// Which step it is.
    pub const fn kind(&self) -> OccupancyStepKind {
        match self {
            Self::MoveOut { .. } => OccupancyStepKind::MoveOut,
        }
    }
}

/// One step on.
///
/// # Errors
/// Refused without the permission, for one who moved out already, for a day before the move-in or to come.
pub fn step(it: &Occupancy, step: &OccupancyStep, context: &Context) -> Result<Occupancy, Refusal> {
    let OccupancyStep::MoveOut { on, note } = step;
    context.may(Permission::IntakeLog)?;
    if !it.is_open() {
        let problem = Problem::new("moved-out-already");
        return Err(problem.arg("number", it.meta.number).into());
    }
    let today = context.today();
    let on = on.unwrap_or(today);
    let mut checks = Checks::new();
    checks.require(on <= today, || Problem::new("in-the-future").field("on"));
    let since = it.details.moved_in.unwrap_or_default();
    checks.require(on >= since, || {
        let problem = Problem::new("out-before-in").field("on");
        problem.arg("day", since)
    });
    checks.done()?;
    let said = Said {
        text: clean::body(note),
        at: context.now,
        by: context.operator.meta.number,
    };
    Ok(Occupancy {
        meta: it.meta.changed(context),
        moved_out: Some((on, said)),
        ..it.clone()
    })
}
