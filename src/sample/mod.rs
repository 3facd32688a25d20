//! Sample data: a site that looks as if people had worked in it for weeks.
//!
//! Everything is made through the door, so every rule of the desk holds for it, by operators who
//! may do it, from the invented words in `fixtures/words.toml` and a seed. The same seed, profile
//! and time make the same records.

mod agenda;
mod course;
mod follow_ups;
mod jobs;
mod known;
mod people;
mod repairs;
mod requests;
mod steps;
mod trade;
mod words;
mod work;

#[cfg(test)]
mod tests;

use crate::desk::clock::SetClock;
use crate::desk::contract::{Door, Failure};
use crate::domain::number::Number;
use crate::domain::operator::OperatorDetails;
use crate::domain::profile::Profile;
use crate::domain::stamp::Stamp;

/// How much is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleSize {
    /// Two working weeks of a quiet desk: some forty requests. For tests.
    Small,
    /// Sixty working days: some two hundred requests, and thirty complaints beside them.
    Demo,
    /// Sixty working days with so many requests.
    Large(usize),
}

/// What is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleOptions {
    /// Decides everything that is left to chance.
    pub seed: u64,
    /// How much.
    pub size: SampleSize,
    /// Names and texts in English instead of Chinese.
    pub english: bool,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SampleReport {
    /// The operator to work as: the site's first, who may do everything the profile lets one
    /// person do.
    pub operator: Number,
    /// Customers.
    pub customers: usize,
    /// Requests.
    pub intakes: usize,
    /// Complaints.
    pub complaints: usize,
    /// Archive files.
    pub files: usize,
    /// Loans.
    pub loans: usize,
}

/// Fills a store that is not set up, or was set up before the first of its days: a rehearsal
/// store over a clock that is set from day to day and stands in the end where it stood.
///
/// # Errors
/// The first failure of the door. What was made before it stays.
pub fn fill(
    door: &mut dyn Door,
    clock: &SetClock,
    profile: &Profile,
    options: SampleOptions,
) -> Result<SampleReport, Failure> {
    use crate::desk::clock::Clock as _;
    let now = clock.now();
    let filled = work::Filling::new(door, Some(clock), now, profile, options)?.run();
    clock.set(now);
    filled
}

/// Fills a store that works by the machine's clock, where `now` is the time. It must be set up.
/// Everything is written down now. Requests are of earlier days and come as an import, so that they
/// can be taken back whole and no report takes them for calls answered today; complaints say that
/// they were made earlier.
///
/// # Errors
/// The first failure of the door. What was made before it stays.
pub fn fill_now(
    door: &mut dyn Door,
    now: Stamp,
    profile: &Profile,
    options: SampleOptions,
) -> Result<SampleReport, Failure> {
    work::Filling::new(door, None, now, profile, options)?.run()
}

/// The name proposed for a sample site of a profile, and its first operator.
pub fn site(profile: &Profile, english: bool) -> (String, OperatorDetails) {
    let words = words::Words::new(english, &profile.id);
    let first = OperatorDetails {
        login: "reception".to_owned(),
        name: jobs::operator_name(&words, crate::domain::role::Role::Reception),
        roles: profile.first_operator.clone(),
        ..OperatorDetails::default()
    };
    (words.text(&["sites", &profile.id]), first)
}
