//! A history of concurrent operations held against what a desk asked one by one would have
//! answered.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

pub mod desk;
pub mod search;
pub mod sessions;
