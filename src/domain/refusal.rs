//! Refusals: what was not done, why, by which clause, and what to do next.
//!
//! A refusal is data. Its words are in the locale files under `refusal-<key>` (what is wrong) and
//! the attribute `.next` (what to do), so that every door refuses in the same words.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::waiver::Rule;

/// One thing that stands in the way of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Names the words: `refusal-<key>`.
    pub key: String,
    /// Values in those words.
    pub args: BTreeMap<String, String>,
    /// The field of the form it stands beside, if it is about one.
    pub field: Option<String>,
    /// The clause behind it, if there is one.
    pub clause: Option<String>,
    /// Whether the command may be sent again with this key among its `accept`ed ones.
    pub ask: bool,
    /// The rule behind it that a site may let people override; a question about one wants a reason.
    pub rule: Option<Rule>,
}

/// A question answered with yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assent {
    /// The key of the problem; the rule's id where it is about one.
    pub key: String,
    /// Why; needed for a rule.
    #[serde(default)]
    pub reason: String,
}

impl From<&str> for Assent {
    /// `key`, or `key=reason`.
    fn from(text: &str) -> Self {
        let (key, reason) = text.split_once('=').unwrap_or((text, ""));
        Self {
            key: key.trim().to_owned(),
            reason: reason.trim().to_owned(),
        }
    }
}

impl Problem {
    /// A problem that blocks.
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            args: BTreeMap::new(),
            field: None,
            clause: None,
            ask: false,
            rule: None,
        }
    }

    /// A required field is empty.
    pub fn required(field: &str) -> Self {
        Self::new("required").field(field)
    }

    /// Beside this field.
    #[must_use]
    pub fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    /// By this clause.
    #[must_use]
    pub fn clause(mut self, clause: &str) -> Self {
        self.clause = Some(clause.to_owned());
        self
    }

    /// With this value in its words.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.args.insert(name.to_owned(), format!("{value}"));
        self
    }

    /// With this value in the words of both languages, where the site and not the program has them.
    #[must_use]
    pub fn words(self, name: &str, zh: &str, en: &str) -> Self {
        self.arg(&format!("{name}.zh"), zh)
            .arg(&format!("{name}.en"), en)
    }

    /// By this rule, which a site may let people override.
    #[must_use]
    pub const fn rule(mut self, rule: Rule) -> Self {
        self.rule = Some(rule);
        self
    }

    /// What a yes to it names.
    pub fn assent_key(&self) -> &str {
        match self.rule {
            Some(rule) => rule.id(),
            None => &self.key,
        }
    }

    /// A question rather than a wall: the operator may go on knowingly.
    #[must_use]
    pub fn ask(mut self) -> Self {
        self.ask = true;
        self
    }
}

/// Why a command was not carried out; never empty. Nothing was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, thiserror::Error)]
#[error("refused: {}", problems.iter().map(|p| p.key.as_str()).collect::<Vec<_>>().join(", "))]
pub struct Refusal {
    /// All that was found, in the order of the form.
    pub problems: Vec<Problem>,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

/// Gathers problems, so that a form shows all of them at once.
#[derive(Debug, Default)]
pub struct Checks {
    problems: Vec<Problem>,
}

impl Checks {
    /// Nothing found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes a problem.
    pub fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Notes a problem unless the condition holds.
    pub fn require(&mut self, holds: bool, problem: impl FnOnce() -> Problem) {
        if !holds {
            self.problems.push(problem());
        }
    }

    /// Notes a question unless it was answered: its key is among the accepted ones.
    pub fn ask(&mut self, accepted: &[Assent], problem: Problem) {
        if !accepted.iter().any(|given| given.key == problem.key) {
            self.problems.push(problem.ask());
        }
    }

    /// What was found so far.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }

    /// All problems found, or none. Questions are put only when nothing blocks; what could be
    /// overridden is told all the same, for it can be mended as well.
    pub fn done(mut self) -> Result<(), Refusal> {
        if self.problems.iter().any(|problem| !problem.ask) {
            self.problems.retain(|it| !it.ask || it.rule.is_some());
        }
        if self.problems.is_empty() {
            Ok(())
        } else {
            Err(Refusal {
                problems: self.problems,
            })
        }
    }
}
