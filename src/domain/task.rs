//! Tasks: what one department asks another for, with who is to see to it and by when, until it is
//! answered (A03-3.2, A07-d1b).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::complaint::course::Said;
use super::context::{Context, Meta};
use super::named::named;
use super::number::{Kind, Number};
use super::procedure::{self, ArchiveStep, Row, Stand};
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
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
}

impl Task {
    /// Days by which it is late; 0 when it is answered, not late yet, or has no day.
    pub fn days_late(&self, today: Day) -> i64 {
        match self.details.due {
            Some(due) if !self.state.is_final() => (today.0 - due.0).num_days().max(0),
            _ => 0,
        }
    }

    /// The file it is about, if it is about one.
    pub fn file(&self) -> Option<Number> {
        self.details.about.filter(|about| about.kind == Kind::File)
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> Vec<&mut String> {
        let said = self.answers.iter_mut().chain(&mut self.returned);
        let said = said.chain(&mut self.withdrawn).map(|said| &mut said.text);
        let own = [&mut self.details.text, &mut self.details.owner];
        own.into_iter().chain(said).collect()
    }
}

/// A task given to a department. `there` says whether the record it is about is there.
///
/// # Errors
/// Refused for one who does not carry it, without what is to be done, by which department of the
/// profile and by whom, for a day that is past, and about a record that there is not.
pub fn raise(
    number: Number,
    mut details: TaskDetails,
    there: bool,
    context: &Context,
) -> Result<Task, Refusal> {
    context.may_take(ArchiveStep::RaiseTask)?;
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    details.department = clean::name(&details.department);
    details.owner = clean::name(&details.owner);
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
    if let Some(about) = details.about.filter(|_| !there) {
        let problem = Problem::new("no-such-record").field("about");
        checks.add(problem.arg("number", about));
    }
    checks.done()?;
    Ok(Task {
        meta: Meta::new(number, context),
        details,
        state: TaskState::Open,
        answers: Vec::new(),
        returned: Vec::new(),
        withdrawn: None,
    })
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
}

impl TaskStep {
    /// Which step it is.
    pub const fn kind(&self) -> TaskStepKind {
        match self {
            Self::AnswerTask { .. } => TaskStepKind::Answer,
            Self::ReturnTask { .. } => TaskStepKind::Return,
            Self::WithdrawTask { .. } => TaskStepKind::Withdraw,
        }
    }

    /// What is said with it, and the field it is typed in.
    fn said(&self) -> (&str, &'static str) {
        match self {
            Self::AnswerTask { text } => (text, "text"),
            Self::ReturnTask { reason } | Self::WithdrawTask { reason } => (reason, "reason"),
        }
    }
}

/// The procedure.
pub const ROWS: &[Row<TaskStepKind, TaskState>] = &[
    Row {
        step: TaskStepKind::Answer,
        from: &[TaskState::Open],
        to: Some(TaskState::Answered),
        who: ArchiveStep::AnswerTask,
        clause: "A03-3.2",
        on: true,
    },
    Row {
        step: TaskStepKind::Return,
        from: &[TaskState::Answered],
        to: Some(TaskState::Open),
        who: ArchiveStep::RaiseTask,
        clause: "",
        on: false,
    },
    Row {
        step: TaskStepKind::Withdraw,
        from: &[TaskState::Open],
        to: Some(TaskState::Withdrawn),
        who: ArchiveStep::RaiseTask,
        clause: "",
        on: false,
    },
];

/// One step on.
///
/// # Errors
/// Refused from a state that the step does not lead on from, for one who does not carry it, without
/// words, and for an answer by somebody of another department (A07-d1b).
pub fn step(task: &Task, step: &TaskStep, context: &Context) -> Result<Task, Refusal> {
    let stand = Stand {
        number: task.meta.number,
        state: task.state,
        group: "task-state",
    };
    let (id, state_id) = (TaskStepKind::id, TaskState::id);
    let row = procedure::find(ROWS, stand, step.kind(), id, state_id, context)?;
    let department = &task.details.department;
    if step.kind() == TaskStepKind::Answer && !context.is_of(department) {
        let problem = Problem::new("another-department-s-task").clause("A07-d1b");
        return Err(problem.arg("unit", department).into());
    }
    let (text, field) = step.said();
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
    let said = Said {
        text,
        at: context.now,
        by: context.operator.meta.number,
    };
    let mut next = Task {
        meta: task.meta.changed(context),
        state: row.to.unwrap_or(task.state),
        ..task.clone()
    };
    match step {
        TaskStep::AnswerTask { .. } => next.answers.push(said),
        TaskStep::ReturnTask { .. } => next.returned.push(said),
        TaskStep::WithdrawTask { .. } => next.withdrawn = Some(said),
    }
    Ok(next)
}
