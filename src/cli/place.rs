//! Where the data folder is.

use std::path::PathBuf;

use etcetera::{BaseStrategy, choose_base_strategy};

use super::args::Global;
use super::trouble::Trouble;

/// The data folder: `--data` or `FRONTDESK_DATA`, else `frontdesk` in the XDG data folder.
///
/// # Errors
/// When nothing is named and there is no home folder either.
pub(super) fn data(global: &Global) -> Result<PathBuf, Trouble> {
    if let Some(dir) = &global.data {
        return Ok(dir.clone());
    }
    let strategy = choose_base_strategy().map_err(|_| Trouble::told("cli-no-home", &[]))?;
    Ok(strategy.data_dir().join("frontdesk"))
}
