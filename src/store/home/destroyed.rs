//! The list of what was destroyed. A copy of the store from before a destruction still holds what was
//! destroyed, and cannot know; this list, kept beside the copies, says what has to be destroyed again
//! when a store is made from one.

use std::collections::BTreeSet;
use std::path::Path;

use super::super::fault::Fault;
use super::super::files::{read_whole, replace};
use super::Home;

/// Its name in the data folder.
const NAME: &str = "destroyed.txt";
/// The beginning of its first line, before the store's id.
const FIRST: &str = "frontdesk destroyed ";
/// More than this is no such list: half a million lines.
const LIMIT: u64 = 16 << 20;

impl Home {
    /// What the list of this store names.
    ///
    /// # Errors
    /// [`Fault::Foreign`] when the file is something else; any fault of reading it.
    pub fn destroyed(&self) -> Result<BTreeSet<String>, Fault> {
        let path = self.dir.join(NAME);
        match self.files.size(&path) {
            Ok(None) => Ok(BTreeSet::new()),
            Ok(Some(_)) => self.read_destroyed(&path),
            Err(error) => Err(Fault::io("read", &path, error)),
        }
    }

    /// What a list of this store that lies somewhere else names.
    ///
    /// # Errors
    /// [`Fault::Foreign`] when it is no such list, or one of another store; any fault of reading it.
    pub fn read_destroyed(&self, path: &Path) -> Result<BTreeSet<String>, Fault> {
        let bytes = read_whole(&*self.files, path, LIMIT)?;
        let foreign = || Fault::Foreign {
            path: path.to_owned(),
        };
        let text = String::from_utf8(bytes).map_err(|_| foreign())?;
        let mut lines = text.lines();
        let id = lines.next().and_then(|line| line.strip_prefix(FIRST));
        if id != Some(self.id.to_string().as_str()) {
            return Err(foreign());
        }
        let names = lines.map(str::trim).filter(|line| !line.is_empty());
        Ok(names.map(str::to_owned).collect())
    }

    /// Adds to the list, durably; what it names it goes on naming.
    ///
    /// # Errors
    /// Any fault of reading or writing it.
    pub fn add_destroyed(&self, names: impl IntoIterator<Item = String>) -> Result<(), Fault> {
        let before = self.destroyed()?;
        let mut all = before.clone();
        all.extend(names);
        if all == before {
            return Ok(());
        }
        let mut text = format!("{FIRST}{}\n", self.id);
        for name in all {
            text.push_str(&name);
            text.push('\n');
        }
        replace(&*self.files, &self.dir.join(NAME), text.as_bytes())
    }
}
