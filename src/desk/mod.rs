//! The desk: the one rule engine in front of every door.

pub mod clock;
pub mod contract;
