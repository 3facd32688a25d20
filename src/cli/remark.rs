//! `remark`: what somebody has to say on a record, beside it and never in it (A01-05).

use super::args;
use super::console::Console;
use super::entry::enter;
use super::permit::{number, saved};
use super::trouble::Trouble;
use crate::desk::contract::Command;

/// `frontdesk remark NUMBER TEXT`.
pub(super) fn remark(
    global: &args::Global,
    made: &args::Remark,
    console: &mut Console,
) -> Result<(), Trouble> {
    let about = number(&made.number)?;
    let text = made.text.join(" ");
    let mut entry = enter(global, console)?;
    let record = entry.change(Command::AddRemark { about, text })?;
    saved(entry, &record, console)
}
