//! `call`: a telephone system says that a telephone rings, and the caller stands on the screen of
//! whoever is to take the call (A01-11).

use serde_json::json;

use super::args;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Door as _, Reply, Request, Sitting};

/// `frontdesk call NUMBER [--to LOGIN]`.
pub(super) fn call(
    global: &args::Global,
    call: &args::Call,
    console: &mut Console,
) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let sitting = Sitting::Announce {
        digits: call.number.clone(),
        to: call.to.clone(),
    };
    let envelope = entry.asker.envelope(Request::Sit(sitting));
    let Reply::Announced { seats } = entry.desk.ask(&envelope)? else {
        return Err(Trouble::odd());
    };
    if console.json {
        console.json(&json!({ "seats": seats }))?;
    } else {
        console.say("call-announced", &[("seats", &seats.to_string())])?;
    }
    entry.close()
}
