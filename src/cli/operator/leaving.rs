//! Deputies, handing over, leaving (A11-19.1b).

use super::{at, known, saved};
use crate::cli::args::{Global, OperatorDeputy};
use crate::cli::console::Console;
use crate::cli::entry::enter;
use crate::cli::trouble::Trouble;
use crate::desk::contract::Command;
use crate::domain::operator::Deputy;
use crate::domain::stamp::Day;

/// Somebody stands in for an operator, who is oneself where nobody is named.
pub(super) fn deputy(
    global: &Global,
    wanted: &OperatorDeputy,
    console: &mut Console,
) -> Result<(), Trouble> {
    let day = |text: &Option<String>| -> Result<Option<Day>, Trouble> {
        let day = |text: &String| {
            Day::parse(text).ok_or_else(|| Trouble::usage("usage-day", &[("value", text)]))
        };
        text.as_ref().map(day).transpose()
    };
    let days = (day(&wanted.from)?, day(&wanted.to)?);
    let mut entry = enter(global, console)?;
    let me = &entry.seated.operator.login;
    let stood_for = known(&entry, wanted.stands_for.as_ref().unwrap_or(me))?;
    let deputy = known(&entry, &wanted.login)?.meta.number;
    let mut deputies = stood_for.deputies.clone();
    deputies.retain(|one| one.operator != deputy);
    if !wanted.remove {
        let (Some(from), Some(to)) = days else {
            return Err(Trouble::usage("usage-deputy-days", &[]));
        };
        deputies.push(Deputy {
            operator: deputy,
            from,
            to,
        });
    }
    let command = Command::SetDeputies {
        at: at(&stood_for),
        deputies,
    };
    let record = entry.change(command)?;
    saved(&record, console)?;
    entry.close()
}

/// Customers and open complaints of one operator to another, to the last.
pub(super) fn hand_over(
    global: &Global,
    from: &str,
    to: &str,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let (from, to) = (known(&entry, from)?, known(&entry, to)?);
    let mut count = 0;
    // A request hands over a part of a long list; it is sent until nothing comes along.
    loop {
        let (_, along) = entry.change_all(Command::HandOver {
            from: from.meta.number,
            to: to.meta.number,
        })?;
        if along.is_empty() {
            break;
        }
        count += along.len();
    }
    if console.json {
        let value = serde_json::json!({ "from": from.login, "to": to.login, "count": count });
        console.json(&value)?;
    } else {
        let count = count.to_string();
        let args = [("from", &*from.name), ("to", &*to.name), ("count", &*count)];
        console.say("operator-handed-over", &args)?;
    }
    entry.close()
}

/// An operator who leaves: stays in the list for the sake of the history.
pub(super) fn leave(global: &Global, login: &str, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let leaver = known(&entry, login)?;
    let record = entry.change(Command::ChangeOperator {
        at: at(&leaver),
        details: leaver.details(),
        active: false,
    })?;
    saved(&record, console)?;
    entry.close()
}
