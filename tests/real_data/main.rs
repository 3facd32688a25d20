//! Imports of data that others made, where `FRONTDESK_REAL_DATA` names its folder: every row is
//! in the store or told with its place and reason, the figures are those the data is known to have,
//! and what is exported and imported again is the same.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, wherever it stands"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../importing/mod.rs"]
mod importing;

mod complaints;
mod holidays;
mod hostile;
mod lists;
mod loans;
mod messy;
mod people;
mod petitions;
mod requests;
mod taken;
