//! What is asked of the index.

use super::TOKEN_BYTES;

/// What a record must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This token.
    Token(Vec<u8>),
    /// All of these; every record when there are none is not meant and finds nothing.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}

/// A token as it is kept: not longer than tokens may be.
pub(super) fn cut(token: &[u8]) -> &[u8] {
    token.get(..TOKEN_BYTES).unwrap_or(token)
}
