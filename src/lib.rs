//! The front desk in a terminal. ARCHITECTURE.md is the map of these rooms.

pub mod keys;
pub mod store;
