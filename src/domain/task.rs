//! Tasks: what one department asks another for, with who is to see to it and by when, until it is
//! answered (A03-3.2, A07-d1b); whom it was dispatched to, and through which departments it went
//! (A04-4b, A04-9).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::{Kind, Number};
use super::operator::Operator;
use super::procedure::{self, ArchiveStep, Row, Stand};
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::{Day, Stamp};
use crate::text::clean;

named! {
    /// Where a task stands. Positions stand in records and index keys: variants are only appended.
    TaskState {
        /// Given to a department, which has not answered.
        Open = "open",
        /// Answered.
        Answered = "answered",
        /// Taken back. Ours.
        Withdrawn = "withdrawn",
    }
}

impl TaskState {
    /// Whether nothing more is expected of anybody.
    pub const fn is_final(self) -> bool {
        !matches!(self, Self::Open)
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TaskDetails {
    /// What is to be done, such as which paper is missing.
    pub text: String,
    /// The department or mine it is given to, from the profile.
    pub department: String,
    /// Who there is to see to it, by name.
    pub owner: String,
    /// The record it is about.
    pub about: Option<Number>,
    /// The last day on which it is answered in time.
    pub due: Option<Day>,
    /// The operator it is dispatched to at once; none where the department sees who does it (A04-4b).
    pub operator: Option<Number>,
}

/// A department that had a task, from a moment on until the next one had it (A04-9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Leg {
    /// The department.
    pub unit: String,
    /// Since when, by whom it was handed on, and why.
    pub from: Said,
}

/// An operator whom a task was dispatched to (A04-4b).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispatch {
    /// To whom.
    pub to: Number,
    /// When and by whom.
    pub given: Said,
    /// When it was accepted.
    pub accepted: Option<Stamp>,
    /// When it was handed back, and why.
    pub handed_back: Option<Said>,
}

impl Dispatch {
    /// Whether its operator has said nothing yet.
    pub const fn waits(&self) -> bool {
        self.accepted.is_none() && self.handed_back.is_none()
    }
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Task {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: TaskDetails,
    /// Where it stands.
    pub state: TaskState,
    /// The answers, oldest first.
    pub answers: Vec<Said>,
    /// Why answers did not do, oldest first.
    pub returned: Vec<Said>,
    /// Taken back, and why.
    pub withdrawn: Option<Said>,
    /// The departments that had it, the first one first (A04-9).
    pub legs: Vec<Leg>,
    /// Whom it was dispatched to, the first one first (A04-4b).
    pub dispatches: Vec<Dispatch>,
}

impl Task {
    /// Whom it was dispatched to and who has neither accepted it nor handed it back (A04-4b).
    pub fn unaccepted(&self) -> Option<&Dispatch> {
        let last = self.dispatches.last().filter(|it| it.waits());
        last.filter(|_| self.state == TaskState::Open)
    }

    /// Days by which it is late; 0 when it is answered, not late yet, or has no day.
    pub fn days_late(&self, today: Day) -> i64 {
        match self.details.due {
            Some(due) if !self.state.is_final() => (today.0 - due.0).num_days().max(0),
            _ => 0,
        }
    }

    /// Whether whoever asks accepted it and it is still theirs.
    fn is_accepted_by(&self, context: &Context) -> bool {
        let me = context.operator.meta.number;
        let last = self.dispatches.last();
        last.is_some_and(|it| it.to == me && it.accepted.is_some() && it.handed_back.is_none())
    }

    /// The file it is about, if it is about one.
    pub fn file(&self) -> Option<Number> {
        self.details.about.filter(|about| about.kind == Kind::File)
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let said = self.answers.iter_mut().chain(&mut self.returned);
        let legs = self.legs.iter_mut().map(|leg| &mut leg.from);
        let back = self.dispatches.iter_mut();
        let back = back.filter_map(|it| it.handed_back.as_mut());
        let said = said.chain(&mut self.withdrawn).chain(legs).chain(back);
        let said = said.map(|said| &mut said.text);
        let own = [&mut self.details.text, &mut self.details.owner];
        own.into_iter().chain(said).collect()
    }
}

/// What a task is raised beside.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// Whether the record it is about is there.
    pub there: bool,
    /// The operator it is dispatched to, where they work here.
    pub operator: Option<&'a Operator>,
}

/// A task given to a department, and dispatched to an operator where one is named (A04-4b).
///
/// # Errors
/// Refused for one who does not carry it, without what is to be done, by which department of the
/// profile and by whom, for a day that is past, about a record that there is not, and for an operator who
/// does not work here.
pub fn raise(
    number: Number,
    mut details: TaskDetails,
    around: Around,
    context: &Context,
) -> Result<Task, Refusal> {
    context.may_take(ArchiveStep::RaiseTask)?;
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    details.department = clean::name(&details.department);
    details.owner = clean::name(&details.owner);
    if let (true, Some(operator)) = (details.owner.is_empty(), around.operator) {
        details.owner.clone_from(&operator.name);
    }
    for (text, field) in [
        (&details.text, "text"),
        (&details.department, "department"),
        (&details.owner, "owner"),
    ] {
        checks.require(!text.is_empty(), || {
            Problem::required(field).clause("A03-3.2")
        });
    }
    let units = &context.profile.complaints.departments;
    let known = units.iter().any(|unit| unit.id == details.department);
    checks.require(details.department.is_empty() || known, || {
        Problem::new("unknown-department")
            .field("department")
            .arg("value", &details.department)
    });
    let today = context.today();
    checks.require(details.due.is_none_or(|due| due >= today), || {
        Problem::new("task-due-in-the-past").field("due")
    });
    if details.operator.is_some() {
        takes(around.operator, context, &mut checks);
    }
    if let Some(about) = details.about.filter(|_| !around.there) {
        let problem = Problem::new("no-such-record").field("about");
        checks.add(problem.arg("number", about));
    }
    checks.done()?;
    let leg = Leg {
        unit: details.department.clone(),
        from: said(String::new(), context),
    };
    let dispatch = around.operator.map(|it| dispatched(it, context));
    Ok(Task {
        meta: Meta::new(number, context),
        details,
        state: TaskState::Open,
        answers: Vec::new(),
        returned: Vec::new(),
        withdrawn: None,
        legs: vec![leg],
        dispatches: dispatch.into_iter().collect(),
    })
}

/// Checks that a task is dispatched to somebody who works here and may answer it (A04-4b).
fn takes(operator: Option<&Operator>, context: &Context, checks: &mut Checks) {
    let Some(operator) = operator else {
        return checks.add(Problem::required("operator").clause("A04-4b"));
    };
    let grant = context.profile.archive.steps.get(&ArchiveStep::AnswerTask);
    let may = grant.is_some_and(|it| it.roles.iter().any(|role| operator.roles.contains(role)));
    checks.require(may, || {
        let problem = Problem::new("takes-no-tasks").field("operator");
        problem.clause("A04-4b").arg("name", &operator.name)
    });
}

fn said(text: String, context: &Context) -> Said {
    Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    }
}

fn dispatched(operator: &Operator, context: &Context) -> Dispatch {
    Dispatch {
        to: operator.meta.number,
        given: said(String::new(), context),
        accepted: None,
        handed_back: None,
    }
}

named! {
    /// What can be done with a task.
    TaskStepKind {
        /// The department answers (A03-3.2).
        Answer = "answer-task",
        /// The answer does not do. Ours.
        Return = "return-task",
        /// Taken back. Ours.
        Withdraw = "withdraw-task",
        /// Dispatched to an operator (A04-4b).
        Dispatch = "dispatch-task",
        /// Accepted by the operator it was dispatched to (A04-4b).
        Accept = "accept-task",
        /// Handed back by them (A04-4b).
        HandBack = "hand-back-task",
        /// Handed on to another department (A04-9).
        HandOn = "hand-on-task",
    }
}

/// A step with what it asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TaskStep {
    /// The department answers.
    AnswerTask {
        /// What was done.
        text: String,
    },
    /// The answer does not do.
    ReturnTask {
        /// Why.
        reason: String,
    },
    /// It is taken back.
    WithdrawTask {
        /// Why.
        reason: String,
    },
    /// It is dispatched to an operator.
    DispatchTask {
        /// To whom.
        operator: Option<Number>,
    },
    /// The operator it was dispatched to accepts it.
    AcceptTask {},
    /// They hand it back.
    HandBackTask {
        /// Why.
        reason: String,
    },
    /// It is handed on to another department.
    HandOnTask {
        /// Which.
        department: String,
        /// Who there is to see to it, by name.
        owner: String,
        /// Why.
        reason: String,
    },
}

impl TaskStep {
    /// Which step it is.
    pub const fn kind(&self) -> TaskStepKind {
        match self {
            Self::AnswerTask { .. } => TaskStepKind::Answer,
            Self::ReturnTask { .. } => TaskStepKind::Return,
            Self::WithdrawTask { .. } => TaskStepKind::Withdraw,
            Self::DispatchTask { .. } => TaskStepKind::Dispatch,
            Self::AcceptTask {} => TaskStepKind::Accept,
            Self::HandBackTask { .. } => TaskStepKind::HandBack,
            Self::HandOnTask { .. } => TaskStepKind::HandOn,
        }
    }

    /// What is said with it, and the field it is typed in; none where nothing is.
    fn said(&self) -> Option<(&str, &'static str)> {
        Some(match self {
            Self::AnswerTask { text } => (text, "text"),
            Self::ReturnTask { reason }
            | Self::WithdrawTask { reason }
            | Self::HandBackTask { reason }
            | Self::HandOnTask { reason, .. } => (reason, "reason"),
            Self::DispatchTask { .. } | Self::AcceptTask {} => return None,
        })
    }
}

/// The procedure.
pub const ROWS: &[Row<TaskStepKind, TaskState>] = &[
    row(
        TaskStepKind::Accept,
        TaskState::Open,
        TaskState::Open,
        "A04-4b",
        true,
    ),
    row(
        TaskStepKind::Answer,
        TaskState::Open,
        TaskState::Answered,
        "A03-3.2",
        true,
    ),
    row(
        TaskStepKind::HandBack,
        TaskState::Open,
        TaskState::Open,
        "A04-4b",
        false,
    ),
    row(
        TaskStepKind::HandOn,
        TaskState::Open,
        TaskState::Open,
        "A04-9",
        false,
    ),
    row(
        TaskStepKind::Dispatch,
        TaskState::Open,
        TaskState::Open,
        "A04-4b",
        false,
    ),
    row(
        TaskStepKind::Return,
        TaskState::Answered,
        TaskState::Open,
        "",
        false,
    ),
    row(
        TaskStepKind::Withdraw,
        TaskState::Open,
        TaskState::Withdrawn,
        "",
        false,
    ),
];

const fn row(
    step: TaskStepKind,
    from: TaskState,
    to: TaskState,
    clause: &'static str,
    on: bool,
) -> Row<TaskStepKind, TaskState> {
    Row {
        step,
        from: match from {
            TaskState::Open => &[TaskState::Open],
            TaskState::Answered => &[TaskState::Answered],
            TaskState::Withdrawn => &[TaskState::Withdrawn],
        },
        to: Some(to),
        who: match step {
            TaskStepKind::Return | TaskStepKind::Withdraw | TaskStepKind::Dispatch => {
                ArchiveStep::RaiseTask
            }
            TaskStepKind::Accept
            | TaskStepKind::Answer
            | TaskStepKind::HandBack
            | TaskStepKind::HandOn => ArchiveStep::AnswerTask,
        },
        clause,
        on,
    }
}

/// The steps that lead on from where a task stands: only what was dispatched is accepted or handed back,
/// and not what nobody has accepted yet is dispatched again (A04-4b).
pub fn next_steps(task: &Task) -> Vec<&'static Row<TaskStepKind, TaskState>> {
    let mut rows = procedure::next_steps(ROWS, &task.state);
    let waits = task.unaccepted().is_some();
    rows.retain(|row| match row.step {
        TaskStepKind::Accept | TaskStepKind::HandBack => waits,
        TaskStepKind::Dispatch => !waits,
        _ => true,
    });
    rows
}

/// One step on. `operator` is whom it is dispatched to, where they work here.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it, without
/// words; for an answer, and for handing on, by somebody of another department (A07-d1b); for accepting or
/// handing back what was not dispatched to whoever asks (A04-4b), for dispatching what somebody has not
/// accepted yet, and to nobody; for handing on to no other department of the profile, or to nobody (A04-9).
pub fn step(
    task: &Task,
    step: &TaskStep,
    operator: Option<&Operator>,
    context: &Context,
) -> Result<Task, Refusal> {
    let stand = Stand {
        number: task.meta.number,
        state: task.state,
        group: "task-state",
    };
    let (id, state_id) = (TaskStepKind::id, TaskState::id);
    let row = procedure::find(ROWS, stand, step.kind(), id, state_id, context)?;
    may(task, step.kind(), context)?;
    let text = match step.said() {
        None => String::new(),
        Some((text, field)) => {
            let text = clean::body(text);
            if text.is_empty() {
                let problem = Problem::required(field);
                let problem = if row.clause.is_empty() {
                    problem
                } else {
                    problem.clause(row.clause)
                };
                return Err(problem.into());
            }
            text
        }
    };
    let said = said(text, context);
    let mut next = Task {
        meta: task.meta.changed(context),
        state: row.to.unwrap_or(task.state),
        ..task.clone()
    };
    match step {
        TaskStep::AnswerTask { .. } => next.answers.push(said),
        TaskStep::ReturnTask { .. } => next.returned.push(said),
        TaskStep::WithdrawTask { .. } => next.withdrawn = Some(said),
        TaskStep::DispatchTask { .. } => {
            let mut checks = Checks::new();
            takes(operator, context, &mut checks);
            checks.done()?;
            next.dispatches
                .extend(operator.map(|it| dispatched(it, context)));
        }
        TaskStep::AcceptTask {} => {
            if let Some(last) = next.dispatches.last_mut() {
                last.accepted = Some(context.now);
            }
        }
        TaskStep::HandBackTask { .. } => {
            if let Some(last) = next.dispatches.last_mut() {
                last.handed_back = Some(said);
            }
        }
        TaskStep::HandOnTask {
            department, owner, ..
        } => hand_on(&mut next, department, owner, said, context)?,
    }
    Ok(next)
}

/// Whether somebody may take a step of a task, apart from their post.
fn may(task: &Task, step: TaskStepKind, context: &Context) -> Result<(), Refusal> {
    let department = &task.details.department;
    let refused = |key: &str, clause: &str| {
        let problem = Problem::new(key).clause(clause);
        Err(problem
            .arg("unit", department)
            .arg("number", task.meta.number)
            .into())
    };
    match step {
        TaskStepKind::Answer | TaskStepKind::HandOn
            if !context.is_of(department) && !task.is_accepted_by(context) =>
        {
            let problem = Problem::new("another-department-s-task").clause("A07-d1b");
            Err(problem.arg("unit", department).into())
        }
        TaskStepKind::Accept | TaskStepKind::HandBack => {
            let me = context.operator.meta.number;
            match task.unaccepted() {
                Some(dispatch) if dispatch.to == me => Ok(()),
                _ => refused("not-dispatched-to-you", "A04-4b"),
            }
        }
        TaskStepKind::Dispatch if task.unaccepted().is_some() => {
            refused("dispatched-already", "A04-4b")
        }
        _ => Ok(()),
    }
}

/// The task with the department it is handed on to, whose business it is from now on who does it.
fn hand_on(
    next: &mut Task,
    department: &str,
    owner: &str,
    from: Said,
    context: &Context,
) -> Result<(), Refusal> {
    let mut checks = Checks::new();
    let unit = context.profile.department_id(department).to_owned();
    let owner = clean::name(owner);
    let units = &context.profile.complaints.departments;
    let known = units.iter().any(|it| it.id == unit);
    checks.require(known && unit != next.details.department, || {
        Problem::required("department").clause("A04-9")
    });
    checks.require(!owner.is_empty(), || {
        Problem::required("owner").clause("A04-9")
    });
    checks.done()?;
    let waits = next.dispatches.last_mut().filter(|it| it.waits());
    if let Some(waits) = waits {
        waits.handed_back = Some(from.clone());
    }
    next.details.department.clone_from(&unit);
    next.details.owner = owner;
    next.legs.push(Leg { unit, from });
    Ok(())
}

/// The same for another operator where it was dispatched to one who leaves: dispatched anew, with the name of
/// whoever sees to it (A11-19.1b).
#[must_use]
pub fn hand_over(task: &Task, from: &Operator, to: &Operator, context: &Context) -> Task {
    let mut next = task.clone();
    next.meta = task.meta.changed(context);
    if next.details.owner == from.name {
        next.details.owner.clone_from(&to.name);
    }
    next.dispatches.push(Dispatch {
        to: to.meta.number,
        given: Said {
            text: String::new(),
            at: context.now,
            by: context.operator.meta.number,
        },
        accepted: None,
        handed_back: None,
    });
    next
}
