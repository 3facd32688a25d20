//! `compact`: gives back the room that the present state takes without need.

use serde_json::json;

use super::args::Global;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Care, Cared, Failure};

/// `frontdesk compact`.
pub(super) fn compact(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let cared = entry.care(Care::Compact);
    entry.close()?;
    let (before, after) = match cared {
        Ok(Cared::Compacted { before, after }) => (before, after),
        // A hub with a large store is still at it when the line has waited long enough.
        Err(Trouble::Desk(failure)) if is_under_way(&failure) => {
            return Ok(console.say("compact-under-way", &[])?);
        }
        Err(trouble) => return Err(trouble),
        Ok(_) => return Err(Trouble::odd()),
    };
    if console.json {
        return Ok(console.json(&json!({ "before": before, "after": after }))?);
    }
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20).to_string();
    let args = [
        ("before", &*megabytes(before)),
        ("after", &*megabytes(after)),
    ];
    Ok(console.say("compact-done", &args)?)
}

fn is_under_way(failure: &Failure) -> bool {
    failure.is_line_lost() || matches!(failure, Failure::Fault { key, .. } if key == "busy")
}
