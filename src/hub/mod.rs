//! One process that owns the store, and the lines on which sessions reach it.
//!
//! `server` is the hub: one thread at the sockets, one thread at the desk. `client` is a session's
//! end: a `Door` over a socket, and a place for drafts. `protocol` is what goes over the line,
//! `frame` how, `place` where.
//!
//! It is not the place for what a request means: that is `desk`'s, behind its reception.

pub mod client;
pub mod frame;
pub mod place;
pub mod protocol;
pub mod server;

pub use client::{JoinFault, Line, LineDrafts, Starter};
pub use place::Place;
pub use server::{Hub, Settings, Stopper};
