//! `permit`: leave to read, export or back up what is otherwise closed (A12-3.1.7b).

use super::args;
use super::console::Console;
use super::entry::{Entry, enter};
use super::trouble::Trouble;
use crate::desk::contract::{At, Command, Failure, Query, Reply};
use crate::domain::number::Number;
use crate::domain::permit::{Permit, PermitDetails, PermitKind};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;

/// `frontdesk permit grant read|export|backup`: for a day where none is named.
pub(super) fn grant(
    global: &args::Global,
    wanted: &args::PermitEntry,
    console: &mut Console,
) -> Result<(), Trouble> {
    let what = PermitKind::from_id(&wanted.what)
        .ok_or_else(|| Trouble::usage("usage-value", &[("value", &wanted.what)]))?;
    let from = wanted.from.as_deref().map(day).transpose()?;
    let to = wanted.to.as_deref().map(day).transpose()?;
    let mut entry = enter(global, console)?;
    let today = match entry.look(Query::Hello)? {
        Reply::Hello { now, profile, .. } => now.day(profile.utc_offset_minutes),
        _ => return Err(Trouble::odd()),
    };
    let named = wanted.for_whom.as_deref();
    let operator = named.map(|login| operator(&entry, login)).transpose()?;
    let from = from.unwrap_or(today);
    let details = PermitDetails {
        what,
        operator,
        from,
        to: to.unwrap_or(from),
        place: wanted.place.clone().unwrap_or_default(),
        reason: wanted.reason.clone().unwrap_or_default(),
    };
    let record = entry.change(Command::GrantPermit { details })?;
    saved(entry, &record, console)
}

/// `frontdesk permit list`: newest first.
pub(super) fn list(global: &args::Global, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let permits = permits(&mut entry)?;
    if console.json {
        for permit in &permits {
            console.json(permit)?;
        }
    } else if permits.is_empty() {
        console.say("cli-nothing-found", &[])?;
    } else {
        let header = |name: &str| console.texts.get(&format!("permit-{name}")).into_owned();
        let headers = [
            "number", "what", "for", "from", "to", "place", "by", "reason",
        ]
        .map(header);
        let rows: Vec<Vec<String>> = permits
            .iter()
            .map(|permit| cells(permit, &entry, console))
            .collect();
        console.table(&headers, &rows)?;
    }
    entry.close()
}

fn cells(permit: &Permit, entry: &Entry, console: &Console) -> Vec<String> {
    let name = |number: Number| {
        let known = entry.operators.iter();
        let mut named = known.filter(|operator| operator.meta.number == number);
        named
            .next()
            .map_or_else(|| number.to_string(), |one| one.name.clone())
    };
    let details = &permit.details;
    let mut what = console.texts.name("permit-kind", details.what.id());
    if permit.revoked {
        what = format!("{what} ({})", console.texts.get("permit-revoked"));
    }
    let everybody = || console.texts.get("permit-everybody").into_owned();
    vec![
        permit.meta.number.to_string(),
        what,
        details.operator.map_or_else(everybody, name),
        details.from.to_string(),
        details.to.to_string(),
        details.place.clone(),
        name(permit.meta.created_by),
        details.reason.replace('\n', " "),
    ]
}

/// `frontdesk permit revoke NUMBER`.
pub(super) fn revoke(
    global: &args::Global,
    wanted: &str,
    console: &mut Console,
) -> Result<(), Trouble> {
    let wanted = number(wanted)?;
    let mut entry = enter(global, console)?;
    let permits = permits(&mut entry)?;
    let known = permits.iter().find(|one| one.meta.number == wanted);
    let version = known.ok_or(Failure::Missing(wanted))?.meta.version;
    let at = At {
        number: wanted,
        version,
    };
    let record = entry.change(Command::RevokePermit { at })?;
    saved(entry, &record, console)
}

fn permits(entry: &mut Entry) -> Result<Vec<Permit>, Trouble> {
    match entry.look(Query::Permits)? {
        Reply::Permits(permits) => Ok(permits),
        _ => Err(Trouble::odd()),
    }
}

/// Says under which number something is on disk now.
pub(super) fn saved(entry: Entry, record: &Record, console: &mut Console) -> Result<(), Trouble> {
    if console.json {
        console.json(record)?;
    } else {
        let number = record.number().to_string();
        console.say("operator-saved", &[("number", &number)])?;
    }
    entry.close()
}

/// A day as typed.
pub(super) fn day(text: &str) -> Result<Day, Trouble> {
    Day::parse(text).ok_or_else(|| Trouble::usage("usage-day", &[("value", text)]))
}

/// The number of a record as typed.
pub(super) fn number(text: &str) -> Result<Number, Trouble> {
    text.parse()
        .map_err(|_| Trouble::usage("usage-number", &[("value", text)]))
}

/// The operator of a login, also one who left.
pub(super) fn operator(entry: &Entry, login: &str) -> Result<Number, Trouble> {
    let folded = login.to_lowercase();
    let mut known = entry.operators.iter();
    let found = known.find(|operator| operator.login == folded);
    found
        .map(|operator| operator.meta.number)
        .ok_or_else(|| Problem::new("unknown-operator").arg("value", login).into())
}
