//! Rules that a site may let people override: block, ask for a reason, or allow.
//!
//! A check that such a rule stands behind names it in its problem. What the profile says of it is
//! looked up in one place, [`Context::judge`], when the checks of a command are done; what was
//! overridden, by whom and why, is kept with the record.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::named::named;
use super::number::Number;
use super::refusal::{Checks, Problem, Refusal};
use super::role::Role;
use super::stamp::Stamp;
use crate::text::clean;

named! {
    /// A rule that a profile may let people override. Positions stand in records: variants are only
    /// appended.
    Rule {
        /// Nobody approves their own proposal (A08-n4a).
        FourEyes = "four-eyes",
        /// A major complaint goes on once everybody who is to know of it has acknowledged it (A13-c4).
        AllAcknowledged = "all-acknowledged",
        /// The two managers who negotiate are two people (A08-m3b).
        TwoManagers = "two-managers",
        /// A penalty is decided where there is a loss or a delay (A08-x1, A08-x2).
        PenaltyDecided = "penalty-decided",
        /// The plate is written down, or the word that there is none (A08-n1a).
        Plate = "plate",
        /// The telephone number of a caller who is no customer is written down (A01-11).
        CallerPhone = "caller-phone",
        /// The place of a caller who is no customer is written down (A01-11).
        CallerPlace = "caller-place",
        /// When somebody can get in is written down with a repair (A05-4.2b).
        RepairAccess = "repair-access",
    }
}

/// What happens where a rule is not kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Refused for everybody.
    #[default]
    Block,
    /// The posts named may go on with a reason; refused for everybody else.
    Ask,
    /// The rule is not held at this site.
    Allow,
}

/// What a site says of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// What happens.
    pub mode: Mode,
    /// Who may go on with a reason; nobody when empty.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// A rule that was overridden on a record. It stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Waiver {
    /// Which.
    pub rule: Rule,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Stamp,
    /// By whom.
    pub by: Number,
}

impl Context<'_> {
    /// Holds what was found against what the site lets people override. What is left are walls, or
    /// questions where there are no walls; a question about a rule ([`Problem::rule`]) wants a reason.
    ///
    /// # Errors
    /// Everything that still stands in the way.
    pub fn judge(&self, checks: Checks) -> Result<Vec<Waiver>, Refusal> {
        let mut waivers: Vec<Waiver> = Vec::new();
        let mut left = Checks::new();
        for problem in checks.into_problems() {
            let known = problem
                .rule
                .and_then(|rule| Some((rule, self.profile.overrides.get(&rule)?)));
            let Some((rule, said)) = known else {
                left.add(problem);
                continue;
            };
            match said.mode {
                Mode::Block => left.add(problem),
                Mode::Allow => {}
                Mode::Ask => match self.waived(rule, said, problem) {
                    Ok(waiver) if waivers.iter().all(|known| known.rule != rule) => {
                        waivers.push(waiver);
                    }
                    Ok(_) => {}
                    Err(problem) => left.add(problem),
                },
            }
        }
        left.done()?;
        Ok(waivers)
    }

    /// Whether the operator may go on where a rule is not kept.
    pub fn may_override(&self, rule: Rule) -> bool {
        let said = self.profile.overrides.get(&rule);
        said.is_some_and(|said| match said.mode {
            Mode::Block => false,
            Mode::Ask => said.roles.iter().any(|it| self.operator.roles.contains(it)),
            Mode::Allow => true,
        })
    }

    /// The waiver of a rule; the question for the reason from one who may give it; for anybody
    /// else the wall, with those who may.
    fn waived(&self, rule: Rule, said: &Override, problem: Problem) -> Result<Waiver, Problem> {
        let holds = |role: &Role| self.operator.roles.contains(role);
        if !said.roles.iter().any(holds) {
            let who: Vec<&str> = said.roles.iter().map(|role| role.id()).collect();
            return Err(problem.arg("overriders", who.join(" ")));
        }
        let given = self.accept.iter().find(|given| given.key == rule.id());
        let reason = given.map(|given| clean::body(&given.reason));
        match reason.filter(|reason| !reason.is_empty()) {
            Some(reason) => Ok(Waiver {
                rule,
                reason,
                at: self.now,
                by: self.operator.meta.number,
            }),
            None => Err(problem.ask()),
        }
    }
}
