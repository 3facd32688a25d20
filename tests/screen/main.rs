//! The whole screen driven by keys on a terminal that is none, over a real desk in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod analysis;
mod archive;
mod calls;
mod campaigns;
mod chair;
mod complaints;
mod conduct;
mod conflict;
mod custody;
mod customers;
mod dealings;
mod drafts;
mod files;
mod filing;
mod following;
mod gate;
mod hands;
mod handy;
mod harness;
mod intake;
mod introductions;
mod keeper;
mod kin;
mod leasing;
mod line;
mod looks;
mod marking;
mod news;
mod notices;
mod odd;
mod profiles;
mod repairs;
mod reveal;
mod ringing;
mod scanning;
mod sizes;
mod surveys;
mod tapes;
mod trade;
mod veil;
mod visits;
mod whole;
