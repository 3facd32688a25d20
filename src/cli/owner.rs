//! `owner`: whose customer a telephone is, by the registration forms (A12-3.1.1a, A12-3.1.3).

use super::args;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Query, Reply};
use crate::locale::ownership;

/// `frontdesk owner NUMBER`.
pub(super) fn owner(
    global: &args::Global,
    owner: &args::Owner,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let Reply::Ownership(whose, rows) = entry.look(Query::Ownership(owner.number.clone()))? else {
        return Err(Trouble::odd());
    };
    if console.json {
        let numbers: Vec<_> = rows.iter().map(|row| row.record.number()).collect();
        console.json(&serde_json::json!({ "ownership": whose, "registrations": numbers }))?;
    } else {
        let line = ownership::line(console.texts, &whose, |number| {
            let known = entry.operators.iter().find(|it| it.meta.number == number);
            known.map_or_else(|| number.to_string(), |it| it.name.clone())
        });
        console.line(&line)?;
    }
    entry.close()
}
