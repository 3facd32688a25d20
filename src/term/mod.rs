//! The terminal itself: what comes in from it, what is set up on it and put back, what it can do.
//!
//! This is the edge: the rest of the program sees [`Event`]s and writes frames. No meaning is
//! given to keys here (`keys`) and nothing is drawn. With `NO_COLOR` no colours are written at all,
//! and every state on the screen is told by a word or a sign as well.

pub mod backend;
mod encode;
pub mod event;
pub mod input;
pub mod join;
pub mod probe;
pub mod screen;
pub mod signals;
pub mod writer;

pub use backend::Backend;
pub use event::Event;
pub use screen::{Guard, Unfit};
pub use writer::Writer;
