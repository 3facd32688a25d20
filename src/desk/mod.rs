//! The desk: the one rule engine in front of every door. Requests in, replies and changes out.
//!
//! `contract` is what every door speaks. The rest joins `domain` and `store`, which know nothing
//! of each other: `engine` decides and writes, a frame grows in `building` and goes into store and index in `apply`, `commands` and
//! `queries` are the two sides, `stage` and `index` say what the store must hold, `open` and `verify` see that it does.

mod analyses;
mod apply;
mod building;
mod care;
pub mod clock;
mod commands;
pub mod contract;
mod credentials;
pub mod drafts;
mod engine;
mod erasing;
mod finder;
mod fining;
mod frame;
mod index;
mod keyspace;
mod kin;
mod looking;
mod looks;
mod made;
mod notices;
mod open;
mod outbox;
mod overlay;
mod queries;
mod reached;
mod reception;
mod reindex;
mod secrets;
mod stage;
mod tokens;
mod trade;
mod values;
mod verify;
mod words;

pub use engine::{Desk, SiteFile};
pub use open::Options;
pub use reception::{Counter, Peer, Reception, SeatId, Served, Work, Worked};
pub use verify::{Finding, VerifyReport};
