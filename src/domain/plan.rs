//! The customer service plan: what is to be done for which customer in a month or at a holiday, by whom and
//! by which department (A01-24, A03-5.1.1 to A03-5.1.3).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::Holiday;
use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::customer::Customer;
use super::fines::Month;
use super::mask;
use super::named::named;
use super::number::Number;
use super::profile::{Permission, Words};
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// Where a line of the plan stands. Positions stand in records: variants are only appended.
    PlanState {
        /// To be done.
        Open = "open",
        /// Done with a contact.
        Done = "done",
        /// Given up. Ours.
        Dropped = "dropped",
    }
}

/// What is entered. A line is of a month or of a holiday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PlanDetails {
    /// For whom.
    pub customer: Option<Number>,
    /// What is to be done.
    pub action: String,
    /// In which month.
    pub month: Option<Month>,
    /// At which holiday: its first day (A03-5.1.2a).
    pub holiday: Option<Day>,
    /// The operator who does it; the customer's own where it is left open.
    pub owner: Option<Number>,
    /// The department that answers for it, from the profile (A03-5.1.3).
    pub department: String,
}

/// The contact with which a line was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanDone {
    /// The contact.
    pub follow_up: Number,
    /// When it was had.
    pub at: Stamp,
}

/// A line of the customer service plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanLine {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: PlanDetails,
    /// The customer's name then.
    pub name: String,
    /// The holiday's name, where it is of one.
    pub holiday: Option<Words>,
    /// The day from which it can be done: the first of the month or of the holiday.
    pub begins: Day,
    /// The last day on which it is done in time.
    pub ends: Day,
    /// Where it stands.
    pub state: PlanState,
    /// Done, and when (A01-24).
    pub done: Option<PlanDone>,
    /// Given up, and why.
    pub dropped: Option<Said>,
}

impl PlanLine {
    /// Whether it is still to be done.
    pub const fn is_open(&self) -> bool {
        matches!(self.state, PlanState::Open)
    }

    /// Days since its month or holiday is over without it; 0 while it is not, or done.
    pub fn days_late(&self, today: Day) -> i64 {
        if self.is_open() {
            (today.0 - self.ends.0).num_days().max(0)
        } else {
            0
        }
    }

    /// Whether it is on the list of a day: within its month, and for a holiday `lead` days before it
    /// (A03-5.1.2a); until it is done.
    pub fn is_due(&self, today: Day, lead: u32) -> bool {
        let lead = if self.holiday.is_some() { lead } else { 0 };
        self.is_open() && today.plus(lead.into()) >= self.begins
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let mut texts = vec![&mut self.details.action, &mut self.name];
        texts.extend(self.dropped.as_mut().map(|said| &mut said.text));
        texts
    }
}

/// A line cleaned and checked: what was entered, the holiday's name, the first and the last day.
struct Checked {
    details: PlanDetails,
    holiday: Option<Words>,
    begins: Day,
    ends: Day,
}

fn checked(
    mut details: PlanDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<Checked, Refusal> {
    let mut checks = Checks::new();
    details.action = clean::body(&details.action);
    details.department = clean::name(&details.department);
    checks.require(customer.is_some(), || {
        Problem::required("customer").clause("A01-24")
    });
    checks.require(!details.action.is_empty(), || {
        Problem::required("action").clause("A01-24")
    });
    checks.require(!details.department.is_empty(), || {
        Problem::required("department").clause("A03-5.1.3")
    });
    let units = &context.profile.complaints.departments;
    let known = units.iter().any(|unit| unit.id == details.department);
    checks.require(details.department.is_empty() || known, || {
        let problem = Problem::new("unknown-department").field("department");
        problem.arg("value", &details.department)
    });
    let found = details.holiday.map(|day| holiday_of(day, context));
    let times = match (details.month, found) {
        (Some(month), None) => Some((None, month.begins(), month.ends())),
        (None, Some(Some(holiday))) => {
            Some((Some(holiday.name), Day(holiday.first), Day(holiday.last)))
        }
        (None, Some(None)) => {
            let day = details.holiday.unwrap_or_default();
            checks.add(
                Problem::new("no-such-holiday")
                    .field("holiday")
                    .arg("value", day),
            );
            None
        }
        (Some(_), Some(_)) => {
            checks.add(Problem::new("month-and-holiday").field("holiday"));
            None
        }
        (None, None) => {
            checks.add(Problem::required("month").clause("A01-24"));
            None
        }
    };
    checks.done()?;
    let of_customer = customer.and_then(|customer| customer.details.owner);
    let owner = details.owner.or(of_customer);
    details.owner = owner.or(Some(context.operator.meta.number));
    let (holiday, begins, ends) = times.unwrap_or_default();
    Ok(Checked {
        details,
        holiday,
        begins,
        ends,
    })
}

/// The holiday that begins on a day.
fn holiday_of(day: Day, context: &Context) -> Option<Holiday> {
    let found = context.calendar.holidays(day.0, day.0);
    found.into_iter().find(|holiday| holiday.first == day.0)
}

/// A line entered.
///
/// # Errors
/// Refused for one who does not keep the plan (A03-5.1.1), without customer, action and department
/// (A01-24, A03-5.1.3), for a month or holiday that is over, and for a day on which no holiday begins.
pub fn enter(
    number: Number,
    details: PlanDetails,
    customer: Option<&Customer>,
    context: &Context,
) -> Result<PlanLine, Refusal> {
    context.may(Permission::PlanKeep)?;
    let line = checked(details, customer, context)?;
    if line.ends < context.today() {
        let field = if line.holiday.is_some() {
            "holiday"
        } else {
            "month"
        };
        return Err(Problem::new("plan-in-the-past").field(field).into());
    }
    let name = customer.map(|customer| customer.details.name.clone());
    Ok(PlanLine {
        meta: Meta::new(number, context),
        details: line.details,
        name: name.unwrap_or_default(),
        holiday: line.holiday,
        begins: line.begins,
        ends: line.ends,
        state: PlanState::Open,
        done: None,
        dropped: None,
    })
}

/// Refuses what is over already.
fn open(line: &PlanLine) -> Result<(), Refusal> {
    if line.is_open() {
        return Ok(());
    }
    let problem = Problem::new("plan-line-is-over").clause("A01-24");
    Err(problem.arg("number", line.meta.number).into())
}

/// A line changed. Its customer stays.
///
/// # Errors
/// As [`enter`], and when it is over already.
pub fn change(
    line: &PlanLine,
    details: PlanDetails,
    customer: &Customer,
    context: &Context,
) -> Result<PlanLine, Refusal> {
    context.may(Permission::PlanKeep)?;
    open(line)?;
    let details = PlanDetails {
        customer: line.details.customer,
        ..details
    };
    let changed = checked(details, Some(customer), context)?;
    Ok(PlanLine {
        meta: line.meta.changed(context),
        details: changed.details,
        holiday: changed.holiday,
        begins: changed.begins,
        ends: changed.ends,
        ..line.clone()
    })
}

/// A line given up.
///
/// # Errors
/// Refused for one who does not keep the plan (A03-5.1.1), when it is over already, and without a reason.
pub fn give_up(line: &PlanLine, reason: &str, context: &Context) -> Result<PlanLine, Refusal> {
    context.may(Permission::PlanKeep)?;
    open(line)?;
    let text = clean::body(reason);
    if text.is_empty() {
        return Err(Problem::required("reason").into());
    }
    Ok(PlanLine {
        meta: line.meta.changed(context),
        state: PlanState::Dropped,
        dropped: Some(Said {
            text,
            at: context.now,
            by: context.operator.meta.number,
        }),
        ..line.clone()
    })
}

/// A line done with a contact (A01-24). Whoever may write contacts down does it (A03-5.1.1).
///
/// # Errors
/// Refused when it is over already. That the contact is one with its customer is seen to where the line
/// is read.
pub fn done(line: &PlanLine, follow_up: Number, context: &Context) -> Result<PlanLine, Refusal> {
    open(line)?;
    Ok(PlanLine {
        meta: line.meta.changed(context),
        state: PlanState::Done,
        done: Some(PlanDone {
            follow_up,
            at: context.now,
        }),
        ..line.clone()
    })
}

/// The same with another owner, as when somebody leaves.
#[must_use]
pub fn hand_over(line: &PlanLine, to: Number, context: &Context) -> PlanLine {
    let mut next = line.clone();
    next.meta = line.meta.changed(context);
    next.details.owner = Some(to);
    next
}

/// What one department has in the plan of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanOf {
    /// The department.
    pub department: String,
    /// Its lines, by number.
    pub lines: Vec<PlanLine>,
}

/// The plan of a month: lines that end in it, by department, done and not done (A01-24, A03-5.1.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MonthPlan {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// The departments.
    pub departments: Vec<PlanOf>,
}

/// The plan of a month, without what was given up; telephones in it are masked.
pub fn month_plan(month: Month, lines: Vec<PlanLine>, context: &Context) -> MonthPlan {
    let mut departments: Vec<PlanOf> = Vec::new();
    for mut line in lines {
        if Month::of(line.ends) != month || line.state == PlanState::Dropped {
            continue;
        }
        for text in line.texts() {
            *text = mask::words(text);
        }
        let department = &line.details.department;
        match departments
            .iter_mut()
            .find(|it| it.department == *department)
        {
            Some(of) => of.lines.push(line),
            None => departments.push(PlanOf {
                department: department.clone(),
                lines: vec![line],
            }),
        }
    }
    departments.sort_by(|one, other| one.department.cmp(&other.department));
    MonthPlan {
        month,
        at: context.now,
        departments,
    }
}
