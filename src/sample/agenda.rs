//! When things happen: moments of the working days before a time, and what is to be done at each.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};
use fastrand::Rng;

use super::SampleSize;
use super::jobs::Job;
use crate::domain::calendar::Calendar;
use crate::domain::profile::Profile;
use crate::domain::stamp::Stamp;

/// Moments in one working day; everything that happens at one goes into one frame.
pub(super) const MOMENTS_A_DAY: usize = 4;

/// How many of what.
#[derive(Clone, Copy)]
pub(super) struct Amounts {
    pub days: usize,
    pub customers: usize,
    pub intakes: usize,
    /// Those that are made of no request.
    pub complaints: usize,
    pub files: usize,
    pub loans: usize,
}

impl Amounts {
    pub fn of(size: SampleSize) -> Self {
        let (days, intakes) = match size {
            SampleSize::Small => (10, 40),
            SampleSize::Demo => (60, 200),
            SampleSize::Large(intakes) => (60, intakes.max(40)),
        };
        Self {
            days,
            intakes,
            customers: intakes * 3 / 5,
            // As many again are made of requests.
            complaints: intakes * 3 / 20,
            files: intakes * 3 / 10,
            loans: intakes / 5,
        }
    }
}

/// What is to be done when.
pub(super) struct Agenda {
    moments: Vec<Stamp>,
    jobs: BTreeMap<usize, Vec<Job>>,
}

impl Agenda {
    /// The moments of the last `days` working days that are over at `now`.
    pub fn before(now: Stamp, days: usize, profile: &Profile, random: &mut Rng) -> Self {
        let calendar = Calendar::builtin();
        let offset = profile.utc_offset_minutes;
        let mut worked: Vec<NaiveDate> = Vec::new();
        let mut date = now.day(offset).0;
        while worked.len() <= days {
            if calendar.is_working(date) {
                worked.push(date);
            }
            let Some(before) = date.checked_sub_days(Days::new(1)) else {
                break;
            };
            date = before;
        }
        let mut moments: Vec<Stamp> = worked
            .into_iter()
            .rev()
            .flat_map(|date| moments_of(date, profile, random))
            .filter(|moment| *moment < now)
            .collect();
        let surplus = moments.len().saturating_sub(days * MOMENTS_A_DAY);
        moments.drain(..surplus);
        let jobs = BTreeMap::new();
        Self { moments, jobs }
    }

    pub fn len(&self) -> usize {
        self.moments.len()
    }

    /// The time of a moment.
    pub fn time(&self, moment: usize) -> Option<Stamp> {
        self.moments.get(moment).copied()
    }

    /// Puts a job down; one that would come after the last moment is left undone.
    pub fn put(&mut self, moment: usize, job: Job) {
        self.jobs.entry(moment).or_default().push(job);
    }

    /// The jobs of some moments together, with the moment each is meant for.
    pub fn take(&mut self, moments: std::ops::Range<usize>) -> Vec<(usize, Job)> {
        let found = moments.filter_map(|moment| Some((moment, self.jobs.remove(&moment)?)));
        found
            .flat_map(|(moment, jobs)| jobs.into_iter().map(move |job| (moment, job)))
            .collect()
    }
}

/// One moment in each equal part of the hours of work, never in the first ten minutes of it: a
/// request may have taken that long.
fn moments_of(date: NaiveDate, profile: &Profile, random: &mut Rng) -> Vec<Stamp> {
    let (start, end) = (profile.work.start, profile.work.end);
    let day = (end - start).num_seconds().max(3_600);
    let part = day / i64::try_from(MOMENTS_A_DAY).unwrap_or(1);
    let mut moments = Vec::with_capacity(MOMENTS_A_DAY);
    let mut from: NaiveTime = start;
    for _ in 0..MOMENTS_A_DAY {
        let time = from + TimeDelta::seconds(random.i64(600..part.max(601)));
        moments.push(Stamp::from_local(
            date.and_time(time),
            profile.utc_offset_minutes,
        ));
        from += TimeDelta::seconds(part);
    }
    moments
}
