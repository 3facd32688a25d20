//! The desk: the one rule engine in front of every door.

pub mod contract;
