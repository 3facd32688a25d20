//! `completions` and `man`: made of the same definition as the command line itself.

use clap_complete::{Shell, generate};
use clap_mangen::Man;

use super::console::Console;
use super::help::command;
use super::trouble::Trouble;

/// `frontdesk completions SHELL`.
pub(super) fn completions(shell: Shell, console: &mut Console) -> Result<(), Trouble> {
    let mut script = Vec::new();
    generate(shell, &mut command(console.texts), "frontdesk", &mut script);
    Ok(console.raw(&script)?)
}

/// `frontdesk man`.
pub(super) fn man(console: &mut Console) -> Result<(), Trouble> {
    let mut page = Vec::new();
    Man::new(command(console.texts)).render(&mut page)?;
    Ok(console.raw(&page)?)
}
