//! What counts as a look at somebody's data and is written down (A09-2.5, A11-17).

use super::named::named;

named! {
    /// What somebody did to see something.
    LookKind {
        /// Opened a record in full.
        Open = "open",
        /// Had what is masked shown.
        Reveal = "reveal",
        /// Searched by telephone or another identity.
        Search = "search",
        /// Exported a list.
        Export = "export",
        /// Printed something.
        Print = "print",
        /// Copied the store.
        Backup = "backup",
        /// Signed in.
        SignIn = "sign-in",
    }
}
