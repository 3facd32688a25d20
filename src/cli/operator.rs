//! `operator`: who works at the desk, in which posts.

use super::args;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{At, Command, Row};
use crate::domain::number::Kind;
use crate::domain::operator::OperatorDetails;
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::role::Role;
use crate::exchange::cells::Style;
use crate::exchange::columns;

/// `frontdesk operator list`.
pub(super) fn list(global: &args::Global, console: &mut Console) -> Result<(), Trouble> {
    let entry = enter(global, console)?;
    if console.json {
        for operator in &entry.operators {
            console.json(operator)?;
        }
        return entry.close();
    }
    let style = Style {
        texts: console.texts,
        profile: &entry.profile,
        exact: false,
    };
    let columns = columns::columns(Kind::Operator);
    let headers: Vec<String> = columns.iter().map(|column| style.header(column)).collect();
    let rows: Vec<Vec<String>> = entry
        .operators
        .iter()
        .map(|operator| {
            let record = Record::Operator(operator.clone());
            let row = Row {
                record,
                due: None,
                days_late: 0,
                names: Vec::new(),
                masked: false,
            };
            columns
                .iter()
                .map(|column| style.cell(&row, column))
                .collect()
        })
        .collect();
    console.table(&headers, &rows)?;
    entry.close()
}

/// `frontdesk operator add LOGIN --name NAME --roles ROLE,…`.
pub(super) fn add(
    global: &args::Global,
    new: &args::OperatorEntry,
    console: &mut Console,
) -> Result<(), Trouble> {
    let details = OperatorDetails {
        login: new.login.clone(),
        name: new.name.clone().unwrap_or_else(|| new.login.clone()),
        roles: roles(&new.roles)?,
        department: new.department.clone().unwrap_or_default(),
        ..OperatorDetails::default()
    };
    let mut entry = enter(global, console)?;
    let record = entry.change(Command::AddOperator { details })?;
    saved(entry, &record, console)
}

/// `frontdesk operator change LOGIN …`: what is not named stays as it is.
pub(super) fn change(
    global: &args::Global,
    wanted: &args::OperatorEntry,
    console: &mut Console,
) -> Result<(), Trouble> {
    let roles = roles(&wanted.roles)?;
    let mut entry = enter(global, console)?;
    let login = wanted.login.to_lowercase();
    let known = entry
        .operators
        .iter()
        .find(|operator| operator.login == login)
        .ok_or_else(|| Problem::new("unknown-operator").arg("value", &wanted.login))?;
    let mut details = known.details();
    if let Some(name) = &wanted.name {
        details.name.clone_from(name);
    }
    if let Some(department) = &wanted.department {
        details.department.clone_from(department);
    }
    if !roles.is_empty() {
        details.roles = roles;
    }
    let at = At {
        number: known.meta.number,
        version: known.meta.version,
    };
    let active = wanted.active || (known.active && !wanted.inactive);
    let record = entry.change(Command::ChangeOperator {
        at,
        details,
        active,
    })?;
    saved(entry, &record, console)
}

fn saved(entry: Entry, record: &Record, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        console.json(record)?;
    } else {
        console.say(
            "operator-saved",
            &[("number", &record.number().to_string())],
        )?;
    }
    entry.close()
}

/// The posts of their ids.
fn roles(names: &[String]) -> Result<Vec<Role>, Trouble> {
    let role = |name: &String| {
        Role::ALL
            .iter()
            .copied()
            .find(|role| role.id() == name.trim())
            .ok_or_else(|| {
                let known: Vec<&str> = Role::ALL.iter().map(|role| role.id()).collect();
                Trouble::usage(
                    "usage-role",
                    &[("value", name), ("known", &known.join(", "))],
                )
            })
    };
    names.iter().map(role).collect()
}
