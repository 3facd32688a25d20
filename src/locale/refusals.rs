//! Refusals, faults and answers to requests in words: what is wrong, what to do next, by which
//! clause.

use super::Texts;
use crate::desk::contract::Failure;
use crate::domain::refusal::Problem;

/// A failure in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is wrong.
    pub what: String,
    /// What to do next.
    pub next: String,
    /// The clause behind it.
    pub clause: Option<String>,
    /// The field it is about.
    pub field: Option<String>,
}

impl Said {
    /// All of it in one line: `what next [clause]`.
    pub fn line(&self) -> String {
        let mut line = self.what.clone();
        for part in [
            Some(&self.next).filter(|next| !next.is_empty()).cloned(),
            self.bracket(),
        ]
        .into_iter()
        .flatten()
        {
            // A full stop of Chinese brings its own space.
            if !line.ends_with('。') {
                line.push(' ');
            }
            line.push_str(&part);
        }
        line
    }

    fn bracket(&self) -> Option<String> {
        self.clause.as_ref().map(|clause| format!("[{clause}]"))
    }
}

impl Texts {
    /// A problem in words. Values that are names of things (`field`, `permission`, `roles`,
    /// `state`, `step`) are put in as the words for those things; of a value that comes in both
    /// languages (`name.zh`, `name.en`) the one of this language.
    pub fn problem(&self, problem: &Problem) -> Said {
        let mut args: Vec<(String, String)> = problem
            .args
            .iter()
            .filter_map(|(name, value)| match name.split_once('.') {
                None => Some((name.clone(), self.value(name, value))),
                Some((name, lang)) => {
                    (lang == self.lang().code()).then(|| (name.to_owned(), value.clone()))
                }
            })
            .collect();
        if let Some(field) = &problem.field {
            args.push(("field".to_owned(), self.name("field", field)));
        }
        let refs: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let key = format!("refusal-{}", problem.key);
        let next = match problem.rule {
            Some(_) if problem.ask => "refusal-override.ask".to_owned(),
            Some(_) if problem.args.contains_key("overriders") => "refusal-override.who".to_owned(),
            _ => format!("{key}.next"),
        };
        Said {
            what: self.with(&key, &refs).into_owned(),
            next: if self.has(&next) {
                self.with(&next, &refs).into_owned()
            } else {
                String::new()
            },
            clause: problem.clause.clone(),
            field: problem.field.clone(),
        }
    }

    /// A failure in words, one for each problem.
    pub fn failure(&self, failure: &Failure) -> Vec<Said> {
        let plain = |what: String, next: String| Said {
            what,
            next,
            clause: None,
            field: None,
        };
        match failure {
            Failure::Refused(refusal) => refusal
                .problems
                .iter()
                .map(|problem| self.problem(problem))
                .collect(),
            Failure::Stale { present } => {
                let number = present.number().to_string();
                let args = [("number", number.as_str())];
                vec![plain(
                    self.with("failure-stale", &args).into_owned(),
                    self.with("failure-stale.next", &args).into_owned(),
                )]
            }
            Failure::Missing(number) => {
                let number = number.to_string();
                let args = [("number", number.as_str())];
                vec![plain(
                    self.with("failure-missing", &args).into_owned(),
                    self.with("failure-missing.next", &args).into_owned(),
                )]
            }
            Failure::Fault { key, args } => {
                let refs: Vec<(&str, &str)> = args
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                let key = format!("fault-{key}");
                vec![plain(
                    self.with(&key, &refs).into_owned(),
                    self.with(&format!("{key}.next"), &refs).into_owned(),
                )]
            }
        }
    }

    /// The word for the name of a thing: `<group>-<id>`, or the id itself where there is none.
    pub fn name(&self, group: &str, id: &str) -> String {
        let key = format!("{group}-{id}");
        if self.has(&key) {
            self.get(&key).into_owned()
        } else {
            id.to_owned()
        }
    }

    fn value(&self, name: &str, value: &str) -> String {
        let group = match name {
            "permission" => "permission",
            "roles" | "overriders" => "role",
            "permit" => "permit-kind",
            "state" => "complaint-state",
            "analysis" => "analysis-state",
            "repair-state" => "intake-state",
            "repair-step" | "repair-next" => "form",
            "liable" => "liable",
            "step" | "next" => "step",
            "archive-step" | "archive-next" => "archive-step",
            "card-fields" => "field",
            "access-state" => "access-state",
            "lack" => "lack",
            "grade" => "grade",
            "form-fields" => "file-form",
            "stand" if self.has(value) => return self.get(value).into_owned(),
            _ => return value.to_owned(),
        };
        if matches!(name, "repair-next" | "archive-next") && value.is_empty() {
            return "none".to_owned();
        }
        let words: Vec<String> = value.split(' ').map(|id| self.name(group, id)).collect();
        words.join(&self.get("list-comma"))
    }
}
