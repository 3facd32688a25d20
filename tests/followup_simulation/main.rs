//! Two years of a leasing office: five specialists look at the day's list every working morning and do most
//! of what stands there. Whatever was due stood on the list of whoever it is of, on each day from its own on
//! until it was done, and nothing else did: counted from exported CSVs, for every source of the list.
//!
//! There are 2,000 customers where `FRONTDESK_REAL_DATA` is set, and fewer where it is not.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking, wherever it stands"
)]

mod almanac;
#[path = "../common/mod.rs"]
mod common;
mod count;
mod csv;
#[path = "../importing/mod.rs"]
mod importing;
mod office;
mod rows;
mod run;

use run::{Played, Year};

/// The sources of the list, each with how often it has to be due at least in a year of 50 customers.
const SOURCES: [(&str, usize); 24] = [
    ("planned Call", 20),
    ("planned Visit", 20),
    ("planned Appointment", 20),
    ("planned Promise", 20),
    ("planned Ask for referral", 20),
    ("plan of a month", 10),
    ("plan of a holiday", 5),
    ("card", 10),
    ("closed", 10),
    ("call", 5),
    ("visit", 10),
    ("quiet", 10),
    ("holiday", 10),
    ("birthday", 5),
    ("birthday in the family", 2),
    ("birthday on 29 February", 5),
    ("lunar birthday", 5),
    ("birthday of a leap month", 1),
    ("campaign Notice", 10),
    ("campaign New product", 10),
    ("campaign Promotion", 10),
    ("campaign Gift", 10),
    ("campaign Event or site visit", 10),
    ("survey", 10),
];

/// How often something was due by a source, whosever customers those were.
fn due(played: &Played, source: &str) -> usize {
    let of = |it: &str| {
        let rest = it.strip_prefix(source);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
    };
    let rows = played.wanted.iter().filter(|(it, _)| of(it));
    rows.map(|(_, count)| count).sum()
}

/// A year in which everything that was due was listed, and every source was due often enough.
fn played(seed: u64, year: u16) {
    let whole = std::env::var_os("FRONTDESK_REAL_DATA").is_some();
    let customers = if whole { 2_000 } else { 50 };
    let played = Year::of(seed, customers, year).play();
    println!(
        "{year}, seed {seed}: {customers} customers, {} lists, {:#?}",
        played.lists, played.wanted
    );
    for (source, least) in SOURCES {
        let count = due(&played, source);
        assert!(count >= least, "{source} was due {count} times");
    }
    let sources = played.wanted.keys();
    let of_nobody = sources.filter(|it| it.ends_with("nobody's")).count();
    assert!(of_nobody > 8, "{:#?}", played.wanted);
    assert!(
        played.late > 100,
        "hardly anything was left for another day"
    );
}

#[test]
fn no_due_follow_up_is_unlisted_on_its_day_in_a_year_with_a_29_february() {
    played(1, 2024);
}

#[test]
fn no_due_follow_up_is_unlisted_on_its_day_in_a_year_with_a_month_of_the_moon_twice() {
    played(2024, 2025);
}

#[test]
fn the_calendar_knows_leap_years_and_ends_of_months() {
    assert_eq!(csv::day("1970-01-01"), 0);
    assert_eq!(csv::day("2024-03-01") - csv::day("2024-02-28"), 2);
    assert_eq!(csv::day("2025-01-01") - csv::day("2024-01-01"), 366);
}

#[test]
fn the_almanac_finds_birthdays_by_both_calendars() {
    let of = |text: &str, year: i64| {
        let born = almanac::Born::read(text);
        let found = born.between(csv::on(year, 1, 1), csv::on(year, 12, 31));
        found
            .into_iter()
            .map(|it| it - csv::on(year, 1, 1) + 1)
            .collect::<Vec<i64>>()
    };
    // The day of the year: 29 February is the 60th, the Dragon Boat Festival of 2024 on 10 June.
    assert_eq!(of("02-29", 2024), [60]);
    assert_eq!(of("1984-02-29", 2025), [59]);
    assert_eq!(of("lunar 05-05", 2024), [162]);
    assert_eq!(of("lunar leap 06-15", 2025), [220]);
    assert_eq!(of("lunar 06-15", 2025), [190]);
    assert!(of("1985-06", 2024).is_empty());
}
