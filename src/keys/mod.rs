//! Keys: one key, key sequences, the table of actions, keymaps.
//!
//! This room knows which key means which action where. It knows neither what an action does nor
//! what is on the screen, and it never reads a terminal or a file.

pub mod action;
pub mod check;
pub mod fault;
pub mod key;
pub mod keymap;
mod load;
pub mod normal;
pub mod preset;
pub mod resolve;
pub mod script;
pub mod sequence;

pub use action::{Action, Layer};
pub use fault::{Fault, Place};
pub use key::{Code, Key};
pub use keymap::Keymap;
pub use resolve::{Next, Resolver, Step};
pub use script::Input;
pub use sequence::Sequence;
