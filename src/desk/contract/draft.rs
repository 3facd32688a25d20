//! Where what is typed and not yet saved is kept, as bytes that nobody there looks into.

use crate::domain::number::Number;

/// So many drafts an operator may have; a new one beside them is not kept.
pub const MOST_DRAFTS: usize = 200;

/// A place for drafts: files beside the store, or a hub that keeps them.
pub trait DraftPlace {
    /// Keeps a draft of an operator in place of its former state; without bytes, forgets it.
    fn keep(&mut self, operator: Number, key: u64, bytes: Option<Vec<u8>>);

    /// The drafts of an operator, in no order that means anything.
    fn list(&mut self, operator: Number) -> Vec<Vec<u8>>;

    /// Whether the last draft could not be kept.
    fn is_failing(&self) -> bool;
}
