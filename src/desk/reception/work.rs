//! Passwords checked and hashed: plain data that goes to any thread and comes back.

use crate::desk::contract::{RequestId, Secret};
use crate::desk::secrets;
use crate::domain::number::Number;

/// A password to be checked or hashed. It takes long on purpose.
pub struct Work {
    pub(super) purpose: Purpose,
    /// Words to be compared with a hash; a hash that is not there takes the same time.
    pub(super) check: Option<(Secret, Option<String>)>,
    /// Words to be hashed.
    pub(super) hash: Option<Secret>,
}

/// Work that was done.
pub struct Worked {
    pub(super) purpose: Purpose,
    pub(super) matches: bool,
    pub(super) hashed: Option<String>,
}

/// What the work is for.
pub(super) enum Purpose {
    /// Somebody signs in.
    SignIn(Checked),
    /// Somebody chooses a password.
    Change(RequestId, Checked),
    /// Somebody makes a password for somebody else.
    Issue(Issued),
}

/// Whose password is checked.
pub(super) struct Checked {
    /// The login as it was given, cleaned.
    pub login: String,
    /// The operator of that login; none where nobody has it.
    pub operator: Option<Number>,
    /// The version of the credential that is checked; 0 where there is none.
    pub version: u32,
}

/// For whom a password is made, and by whom: none at the console.
pub(super) struct Issued {
    pub operator: Number,
    pub by: Option<Number>,
    pub words: Secret,
}

impl Work {
    /// Does it; in any thread.
    pub fn run(self) -> Worked {
        let matches = self
            .check
            .is_none_or(|(words, hash)| secrets::matches(words.expose(), hash.as_deref()));
        // Nothing is hashed for somebody who has not shown the old password.
        let wanted = self.hash.filter(|_| matches);
        Worked {
            purpose: self.purpose,
            matches,
            hashed: wanted.and_then(|words| secrets::hash(words.expose())),
        }
    }
}
