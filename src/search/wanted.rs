//! What is asked of the index.

/// What a record must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// This token.
    Token(Vec<u8>),
    /// All of these. Without any of them nothing is found.
    All(Vec<Self>),
    /// One of these.
    Any(Vec<Self>),
}
