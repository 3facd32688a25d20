//! Keys: one key, key sequences, the table of actions, keymaps.

pub mod action;

pub use action::{Action, Layer};
