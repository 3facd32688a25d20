//! `restore`: a store made from a backup, in an empty place only, and looked at before it is used.

use super::args::{self, Global};
use super::backup::{note, tell, unlike};
use super::console::Console;
use super::entry::options;
use super::place;
use super::trouble::Trouble;
use super::verify;
use crate::desk::Desk;
use crate::store::{Fault, Home, hex};

/// `frontdesk restore FILE`: into the data folder of the arguments.
pub(super) fn restore(
    global: &Global,
    restore: &args::Restore,
    console: &mut Console,
) -> Result<(), Trouble> {
    let dir = place::data(global)?;
    let contents =
        Home::restore(&restore.file, &dir).map_err(|fault| unlike(&restore.file, fault))?;
    let mut desk = Desk::open(Home::open(&dir)?, options(&dir, None)?)?;
    let again = match &restore.destroyed {
        Some(list) => Some(desk.destroy_again(list).map_err(|fault| match fault {
            Fault::Foreign { .. } => {
                let path = list.display().to_string();
                Trouble::told("restore-other-list", &[("path", &path)])
            }
            fault => fault.into(),
        })?),
        None => None,
    };
    let report = desk.verify(Some(&hex(&contents.head.hash)))?;
    // A checkpoint is what keeps the next opening short, should this one have been long.
    desk.checkpoint()?;
    desk.close()?;
    note("restored", &dir, &contents);
    tell(console, "restore-done", &restore.file, &contents)?;
    if let Some(again) = again.filter(|_| !console.json) {
        console.say("restore-destroyed", &[("count", &again.to_string())])?;
    }
    verify::tell(&report.into(), console)
}
