//! What a rule is handed beside the record: the clock, who is asking, the site's profile.

use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::number::Number;
use super::operator::Operator;
use super::procedure::ArchiveStep;
use super::profile::{ComplaintStep, Grant, Permission, Profile};
use super::refusal::{Assent, Problem, Refusal};
use super::role::Role;
use super::stamp::{Day, Stamp};

/// Everything a decision may depend on that is not in the records themselves.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The time of the decision.
    pub now: Stamp,
    /// Who is asking.
    pub operator: &'a Operator,
    /// The rules of this site.
    pub profile: &'a Profile,
    /// Working days.
    pub calendar: &'a Calendar,
    /// The questions that were answered with yes.
    pub accept: &'a [Assent],
}

impl Context<'_> {
    /// Today at the site.
    pub fn today(&self) -> Day {
        self.now.day(self.profile.utc_offset_minutes)
    }

    /// Refuses unless one of the operator's roles carries the permission in this profile.
    pub fn may(&self, permission: Permission) -> Result<(), Refusal> {
        if !self.operator.active {
            return Err(Problem::new("operator-inactive")
                .arg("name", &self.operator.name)
                .into());
        }
        self.profile
            .may(permission, &self.operator.roles)
            .map_err(|denied| {
                let key = if denied.who_could.is_empty() {
                    "nobody-may"
                } else {
                    "role-may-not"
                };
                let who: Vec<&str> = denied.who_could.iter().map(|role| role.id()).collect();
                let mut problem = Problem::new(key)
                    .arg("permission", permission.id())
                    .arg("name", &self.operator.name)
                    .arg("roles", who.join(" "));
                problem.clause = denied.clause;
                problem.into()
            })
    }
}

impl Context<'_> {
    /// Refuses unless one of the operator's roles carries the step in this profile. A step that
    /// nobody carries is blocked.
    pub fn may_carry(&self, step: ComplaintStep) -> Result<(), Refusal> {
        self.carries(self.profile.complaints.steps.get(&step), step.id())
    }

    /// The same for a step of the archive's procedures.
    pub fn may_take(&self, step: ArchiveStep) -> Result<(), Refusal> {
        self.carries(self.profile.archive.steps.get(&step), step.id())
    }

    fn carries(&self, grant: Option<&Grant>, step: &str) -> Result<(), Refusal> {
        let roles = grant
            .map(|grant| grant.roles.as_slice())
            .unwrap_or_default();
        let held = |role: &Role| self.operator.roles.contains(role);
        if self.operator.active && roles.iter().any(held) {
            return Ok(());
        }
        let key = match (self.operator.active, roles.is_empty()) {
            (false, _) => "operator-inactive",
            (true, true) => "nobody-may",
            (true, false) => "role-may-not",
        };
        let who: Vec<&str> = roles.iter().map(|role| role.id()).collect();
        let mut problem = Problem::new(key)
            .arg("permission", step)
            .arg("name", &self.operator.name)
            .arg("roles", who.join(" "));
        problem.clause = grant.and_then(|grant| grant.clause.clone());
        Err(problem.into())
    }

    /// Whether the operator is of a department, which operators write by its id or by one of its
    /// names.
    pub fn is_of(&self, department: &str) -> bool {
        let own = self.operator.department.trim();
        let listed = self.profile.complaints.departments.iter();
        let known = listed.filter(|known| known.id == department);
        let mut names = known.flat_map(|known| [&known.zh, &known.en]);
        !own.is_empty() && (own == department || names.any(|name| name == own))
    }
}

/// What every record carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Meta {
    /// The record's number.
    pub number: Number,
    /// 1 when made, one more with every change.
    pub version: u32,
    /// When it was made.
    pub created_at: Stamp,
    /// Who made it (A01-05).
    pub created_by: Number,
    /// When it was last changed.
    pub changed_at: Stamp,
    /// Who last changed it (A01-05).
    pub changed_by: Number,
    /// The import it came with, if any.
    pub import: Option<Number>,
    /// Taken back with its import: out of every list, its number stays used.
    pub void: bool,
}

impl Meta {
    /// The meta of a record made now.
    pub fn new(number: Number, context: &Context) -> Self {
        let by = context.operator.meta.number;
        Self {
            number,
            version: 1,
            created_at: context.now,
            created_by: by,
            changed_at: context.now,
            changed_by: by,
            import: None,
            void: false,
        }
    }

    /// The same record, changed now.
    #[must_use]
    pub fn changed(&self, context: &Context) -> Self {
        Self {
            version: self.version.saturating_add(1),
            changed_at: context.now,
            changed_by: context.operator.meta.number,
            ..self.clone()
        }
    }
}
