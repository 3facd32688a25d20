//! Forms about the one at the desk: signing in, a new password, who stands in.

use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::form::{Field, FieldKind, Form};
use crate::desk::contract::{At, Command};
use crate::domain::number::Number;
use crate::domain::operator::{Deputy, Operator};
use crate::domain::profile::Words;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;
use crate::text::width::count;

/// Who signs in, and what proves it.
pub fn sign_in(facts: &Facts) -> Vec<Field> {
    let people = people(facts, |operator| operator.login.clone());
    let login = Field::new("login", FieldKind::Choice(Options::Site(people)));
    vec![login.required(), secret("password")]
}

/// A new password, twice, and the one in force where there is one.
pub fn password() -> Vec<Field> {
    vec![
        secret("old").unseen(),
        secret("new").required(),
        secret("again").required(),
    ]
}

/// Who stands in for the operator, from and to which day.
pub fn deputy(facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref().map(|operator| operator.meta.number);
    let mut people = people(facts, |operator| operator.meta.number.to_string());
    people.retain(|(number, _)| number.parse::<Number>().ok() != me);
    let present = facts.operator.as_ref();
    let present = present.and_then(|operator| operator.deputies.first());
    let day = |day: Option<Day>| day.unwrap_or_else(|| facts.today()).to_string();
    let who = present.map(|deputy| deputy.operator.to_string());
    vec![
        Field::new("deputy", FieldKind::Choice(Options::Site(people)))
            .with(&who.unwrap_or_default()),
        Field::new("from", FieldKind::Date).with(&day(present.map(|deputy| deputy.from))),
        Field::new("to", FieldKind::Date).with(&day(present.map(|deputy| deputy.to))),
    ]
}

/// The command of the deputies' form: nobody named, and nobody stands in any more.
///
/// # Errors
/// A day that cannot be read.
pub fn deputies(form: &Form, me: &Operator, facts: &Facts) -> Result<Command, Problem> {
    let day = |name: &'static str| {
        let typed = form.value(name).trim();
        Day::parse(typed).ok_or_else(|| Problem::new("not-a-date").field(name).arg("value", typed))
    };
    let deputies = match form.value("deputy").parse() {
        Ok(operator) => vec![Deputy {
            operator,
            from: day("from")?,
            to: day("to")?,
        }],
        Err(_) => Vec::new(),
    };
    let present = facts.operators.iter();
    let present = present
        .chain([me])
        .find(|operator| operator.meta.number == me.meta.number)
        .unwrap_or(me);
    let at = At {
        number: me.meta.number,
        version: present.meta.version,
    };
    Ok(Command::SetDeputies { at, deputies })
}

/// What is wrong with a password typed twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordFault {
    /// It has too few characters.
    Short,
    /// It was typed otherwise the second time.
    Differs,
}

/// What is wrong with a password typed twice, as far as that can be told here.
pub fn password_fault(
    form: &Form,
    first: &str,
    second: &str,
    least: usize,
) -> Option<PasswordFault> {
    let typed = form.value(first);
    if count(typed) < least {
        Some(PasswordFault::Short)
    } else if typed != form.value(second) {
        Some(PasswordFault::Differs)
    } else {
        None
    }
}

/// What is typed and not shown.
pub fn secret(name: &'static str) -> Field {
    Field::new(name, FieldKind::Secret)
}

/// The people who may work here, under a code, with the names they are found by.
fn people(facts: &Facts, code: impl Fn(&Operator) -> String) -> Vec<(String, Words)> {
    let active = facts
        .operators
        .iter()
        .filter(|operator| operator.active && !operator.service);
    active
        .map(|operator| {
            let name = operator.name.clone();
            let words = Words {
                zh: name.clone(),
                en: name,
            };
            (code(operator), words)
        })
        .collect()
}
