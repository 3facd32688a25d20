//! `compact`: gives back the room that the present state takes without need.

use serde_json::json;

use super::args::Global;
use super::console::Console;
use super::entry::enter;
use super::trouble::Trouble;
use crate::desk::contract::{Care, Cared};

/// `frontdesk compact`.
pub(super) fn compact(global: &Global, console: &mut Console) -> Result<(), Trouble> {
    let mut entry = enter(global, console)?;
    let Cared::Compacted { before, after } = entry.care(Care::Compact)? else {
        return Err(Trouble::odd());
    };
    entry.close()?;
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
