//! `looks`: who looked at what, newest first (A09-2.5, A11-17).

use super::args;
use super::console::Console;
use super::entry::enter;
use super::permit::{day, number, operator};
use super::trouble::Trouble;
use crate::desk::contract::{LookRow, LooksQuery, Query, Reply};
use crate::exchange::cells::Style;

/// `frontdesk looks [--about NUMBER] [--by LOGIN] [--from DAY] [--to DAY] [--refused]`.
pub(super) fn looks(
    global: &args::Global,
    wanted: &args::Looks,
    console: &mut Console,
) -> Result<(), Trouble> {
    let about = wanted.about.as_deref().map(number).transpose()?;
    let from = wanted.from.as_deref().map(day).transpose()?;
    let to = wanted.to.as_deref().map(day).transpose()?;
    let mut entry = enter(global, console)?;
    let by = wanted.by.as_deref();
    let operator = by.map(|login| operator(&entry, login)).transpose()?;
    let query = LooksQuery {
        about,
        operator,
        from,
        to,
        refused: wanted.refused,
        limit: wanted.limit.max(1),
        ..LooksQuery::default()
    };
    let Reply::Looks(looks) = entry.look(Query::Looks(query))? else {
        return Err(Trouble::odd());
    };
    if console.json {
        for look in &looks {
            console.json(look)?;
        }
    } else if looks.is_empty() {
        console.say("cli-nothing-found", &[])?;
    } else {
        let style = Style {
            texts: console.texts,
            profile: &entry.profile,
            exact: false,
        };
        let header = |name: &str| console.texts.get(&format!("looks-{name}")).into_owned();
        let headers = ["at", "by", "what", "about", "permit", "detail"].map(header);
        let rows: Vec<Vec<String>> = looks.iter().map(|look| cells(look, style)).collect();
        console.table(&headers, &rows)?;
    }
    entry.close()
}

fn cells(look: &LookRow, style: Style) -> Vec<String> {
    let shown = |number: Option<crate::domain::number::Number>| {
        number.map_or_else(String::new, |number| number.to_string())
    };
    let mut what = style.texts.name("look", look.what.id());
    if look.refused {
        what = format!("{what} ({})", style.texts.get("look-refused"));
    }
    vec![
        style.stamp(look.at),
        look.name.clone(),
        what,
        shown(look.about),
        shown(look.permit),
        look.detail.clone(),
    ]
}
