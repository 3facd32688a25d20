//! `operator`: who works at the desk, in which posts, and what they sign in with.

mod import;
mod leaving;
mod proofs;

use std::fs;

use super::args::{self, Global, OperatorCommand};
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{At, Command, Issue, Reply, Row, Secret, Sitting};
use crate::domain::number::Kind;
use crate::domain::operator::{self, Operator, OperatorDetails};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::role::Role;
use crate::exchange::cells::Style;
use crate::exchange::columns;
use crate::exchange::words::Words;
use crate::locale::Texts;

/// `frontdesk operator …`.
pub(super) fn operator(
    global: &Global,
    command: &OperatorCommand,
    console: &mut Console,
) -> Result<(), Trouble> {
    match command {
        OperatorCommand::List => list(global, console),
        OperatorCommand::Add(it) => add(global, it, console),
        OperatorCommand::Change(it) => change(global, it, console),
        OperatorCommand::Import { file, passwords } => {
            import::import(global, file, passwords.as_deref(), console)
        }
        OperatorCommand::Reset { login } => proofs::reset(global, login, console),
        OperatorCommand::Key { login, out } => proofs::key(global, login, out.as_deref(), console),
        OperatorCommand::Password { new_file } => {
            proofs::password(global, new_file.as_deref(), console)
        }
        OperatorCommand::Acknowledge { yes } => proofs::acknowledge(global, *yes, console),
        OperatorCommand::Deputy(it) => leaving::deputy(global, it, console),
        OperatorCommand::HandOver { from, to } => leaving::hand_over(global, from, to, console),
        OperatorCommand::Leave { login } => leaving::leave(global, login, console),
    }
}

fn list(global: &Global, console: &mut Console) -> Result<(), Trouble> {
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
    let names: Vec<_> = entry
        .operators
        .iter()
        .map(|it| (it.meta.number, it.name.clone()))
        .collect();
    let rows: Vec<Vec<String>> = entry
        .operators
        .iter()
        .map(|operator| {
            let record = Record::Operator(operator.clone());
            let row = Row {
                record,
                due: None,
                days_late: 0,
                names: names.clone(),
                masked: false,
                waits: None,
                occasion: None,
                profiled: None,
                matters: Vec::new(),
                scored: None,
                occupants: Vec::new(),
                ties: None,
                ownership: None,
                serves: None,
                figures: None,
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

/// A new operator. A person gets a password for the first sign-in, which is shown once; a store
/// for training asks for none.
fn add(global: &Global, new: &args::OperatorEntry, console: &mut Console) -> Result<(), Trouble> {
    let details = OperatorDetails {
        login: new.login.clone(),
        name: new.name.clone().unwrap_or_else(|| new.login.clone()),
        roles: roles(&new.roles, console.texts)?,
        department: new.department.clone().unwrap_or_default(),
        service: new.service,
        account: new.account.as_deref().map(account).transpose()?.flatten(),
    };
    let mut entry = enter(global, console)?;
    let record = entry.change(Command::AddOperator { details })?;
    let password = match &record {
        Record::Operator(it) if !it.service && !entry.site.rehearsal => {
            Some(issue(&mut entry, &it.login, Issue::Password)?)
        }
        _ => None,
    };
    saved(&record, console)?;
    if let (Some(words), Record::Operator(it)) = (password, &record) {
        once(&it.login, &words, console)?;
    }
    entry.close()
}

/// What is not named stays as it is.
fn change(
    global: &Global,
    wanted: &args::OperatorEntry,
    console: &mut Console,
) -> Result<(), Trouble> {
    let roles = roles(&wanted.roles, console.texts)?;
    let mut entry = enter(global, console)?;
    let known = known(&entry, &wanted.login)?;
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
    if let Some(text) = &wanted.account {
        details.account = account(text)?;
    }
    details.service |= wanted.service;
    let active = wanted.active || (known.active && !wanted.inactive);
    let record = entry.change(Command::ChangeOperator {
        at: at(&known),
        details,
        active,
    })?;
    saved(&record, console)?;
    entry.close()
}

/// The operator of a login.
fn known(entry: &Entry, login: &str) -> Result<Operator, Trouble> {
    let folded = operator::login(login);
    let known = entry.operators.iter().find(|it| it.login == folded);
    known
        .cloned()
        .ok_or_else(|| Problem::new("unknown-operator").arg("value", login).into())
}

fn at(operator: &Operator) -> At {
    At {
        number: operator.meta.number,
        version: operator.meta.version,
    }
}

fn saved(record: &Record, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        console.json(record)?;
    } else {
        let number = record.number().to_string();
        console.say("operator-saved", &[("number", &number)])?;
    }
    Ok(())
}

/// Has a password or a key made.
fn issue(entry: &mut Entry, login: &str, what: Issue) -> Result<Secret, Trouble> {
    let login = login.to_owned();
    match entry.sit(Sitting::Issue { login, what })? {
        Reply::Issued(words) => Ok(words),
        _ => Err(Trouble::odd()),
    }
}

/// A first password, shown this once.
fn once(login: &str, words: &Secret, console: &mut Console) -> Result<(), Trouble> {
    let words = words.expose();
    if console.json {
        console.json(&serde_json::json!({ "login": login, "password": words }))?;
    } else {
        console.say(
            "operator-password-once",
            &[("login", login), ("words", words)],
        )?;
    }
    Ok(())
}

/// The posts, by id or by their names in either language.
fn roles(named: &[String], texts: &Texts) -> Result<Vec<Role>, Trouble> {
    let words = Words::new();
    let role = |name: &String| {
        let known = words.choice("role", name.trim()).and_then(Role::from_id);
        known.ok_or_else(|| {
            let all = Role::ALL.iter().map(|role| role.id());
            let all: Vec<String> = all
                .map(|id| format!("{id} ({})", texts.name("role", id)))
                .collect();
            Trouble::usage("usage-role", &[("value", name), ("known", &all.join(", "))])
        })
    };
    named.iter().map(role).collect()
}

/// The number of an account: the number itself, or that of a name this machine's own list of
/// accounts has; none for `none`.
fn account(text: &str) -> Result<Option<u32>, Trouble> {
    if text == "none" {
        return Ok(None);
    }
    if let Ok(number) = text.parse() {
        return Ok(Some(number));
    }
    let accounts = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let number = accounts.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (name == text)
            .then(|| fields.nth(1)?.parse().ok())
            .flatten()
    });
    match number {
        Some(number) => Ok(Some(number)),
        None => Err(Trouble::usage("usage-account", &[("value", text)])),
    }
}
