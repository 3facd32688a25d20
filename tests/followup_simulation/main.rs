//! A year of a leasing office: five specialists look at the day's list every working morning and do most of
//! what stands there. Whatever was due stood on the list of whoever it is of, on each day from its own on
//! until it was done: counted from the exported CSV.
//!
//! There are 2,000 customers where `FRONTDESK_REAL_DATA` is set, and fewer where it is not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, wherever it stands"
)]

#[path = "../common/mod.rs"]
mod common;
mod count;
#[path = "../importing/mod.rs"]
mod importing;
mod run;

use run::Year;

#[test]
fn no_due_follow_up_is_unlisted_on_its_day() {
    let whole = std::env::var_os("FRONTDESK_REAL_DATA").is_some();
    let customers = if whole { 2_000 } else { 120 };
    for seed in [1, 2024].into_iter().take(if whole { 1 } else { 2 }) {
        let played = Year::of(seed, customers).play();
        println!(
            "seed {seed}: {customers} customers, {} contacts, {} held against {} lists",
            played.contacts, played.wanted, played.lists
        );
        assert!(played.wanted > customers, "hardly anything was due");
        assert!(played.late > 10, "hardly anything was left for another day");
        assert!(played.owed > 10, "hardly anything was owed");
    }
}

#[test]
fn the_calendar_knows_leap_years_and_ends_of_months() {
    assert_eq!(count::day("1970-01-01"), 0);
    assert_eq!(count::day("2024-03-01") - count::day("2024-02-28"), 2);
    assert_eq!(count::day("2025-01-01") - count::day("2024-01-01"), 366);
}
