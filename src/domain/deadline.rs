//! Terms and deadlines: by when something is to be done, and day by day why.
//!
//! A term is profile data: so many working days, calendar days, working hours or hours. What is
//! decided here is when it ends for something that began at a moment, with the times in which it
//! stood still. Nothing is stored: a deadline follows from the record, the profile and the calendar.

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, DayKind};
use super::context::Context;
use super::named::named;
use super::profile::WorkHours;
use super::stamp::Stamp;

/// A term never reaches further than so many days; what is longer ends there.
const MOST_DAYS: usize = 20_000;

named! {
    /// What a term counts.
    TermUnit {
        /// Days that are worked, make-up days among them.
        WorkingDays = "working-days",
        /// Every day.
        CalendarDays = "calendar-days",
        /// Hours of work on days that are worked.
        WorkingHours = "working-hours",
        /// Hours by the clock.
        Hours = "hours",
    }
}

named! {
    /// At which hour the last day of a term in days ends.
    #[derive(Default)]
    DayEnd {
        /// At the end of work.
        #[default]
        Work = "work",
        /// At midnight.
        Midnight = "midnight",
    }
}

/// How long something may take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: TermUnit,
    /// Whether the day it begins on is the first of them; only for terms in days.
    #[serde(default)]
    pub start_counts: bool,
    /// When the last day ends; only for terms in days.
    #[serde(default)]
    pub ends: DayEnd,
    /// Whether it stands still while the customer is awaited. Ours: no regulation says so.
    #[serde(default)]
    pub pauses: bool,
    /// The clause that gives the figure; absent where the site set it.
    #[serde(default)]
    pub clause: Option<String>,
}

/// A time in which the customer was awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pause {
    /// From then on.
    pub from: Stamp,
    /// Until then; still when none.
    pub to: Option<Stamp>,
}

/// The end of a term, with what led to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deadline {
    /// What is not done by then is late.
    pub at: Stamp,
    /// Whether a holiday that is not announced yet could still move it.
    pub provisional: bool,
    /// Every day from the first to the last.
    pub proof: Vec<ProvedDay>,
}

/// One day of the proof.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ProvedDay {
    /// The day.
    #[schemars(with = "String")]
    pub date: NaiveDate,
    /// What kind of day it is.
    pub kind: DayKind,
    /// Its number in the count, from 1, for terms in days; none where it does not count.
    pub counted: Option<u32>,
    /// The minutes of it that count, for terms in hours.
    pub minutes: u32,
    /// The customer was awaited at its end, or for some of its hours.
    pub paused: bool,
}

impl Deadline {
    /// Seconds that are left at a moment; below zero once it is late.
    pub const fn seconds_left(&self, now: Stamp) -> i64 {
        self.at.0.saturating_sub(now.0) / 1_000_000
    }
}

/// When a term ends that began at a moment; none while it stands still. A term that had ended when
/// the waiting began is late all the same.
pub fn deadline(
    term: &Term,
    began: Stamp,
    pauses: &[Pause],
    context: &Context,
) -> Option<Deadline> {
    let offset = context.profile.utc_offset_minutes;
    let pauses = if term.pauses { pauses } else { &[] };
    let stands_since = pauses.iter().find(|pause| pause.to.is_none());
    let local = |at: Stamp| at.local(offset);
    let pauses: Vec<(NaiveDateTime, NaiveDateTime)> = pauses
        .iter()
        .filter_map(|pause| Some((local(pause.from), local(pause.to?))))
        .collect();
    let count = Count {
        term,
        began: local(began),
        pauses: &pauses,
        calendar: context.calendar,
        work: context.profile.work,
    };
    let (at, provisional, proof) = match term.unit {
        TermUnit::WorkingDays | TermUnit::CalendarDays => count.days(),
        TermUnit::WorkingHours | TermUnit::Hours => count.hours(),
    };
    let at = Stamp::from_local(at, offset);
    let stands_still = stands_since.is_some_and(|pause| pause.from <= at);
    (!stands_still).then_some(Deadline {
        at,
        provisional,
        proof,
    })
}

/// A count under way.
struct Count<'a> {
    term: &'a Term,
    began: NaiveDateTime,
    pauses: &'a [(NaiveDateTime, NaiveDateTime)],
    calendar: &'a Calendar,
    work: WorkHours,
}

type Counted = (NaiveDateTime, bool, Vec<ProvedDay>);

impl Count<'_> {
    fn days(&self) -> Counted {
        let working = self.term.unit == TermUnit::WorkingDays;
        let (mut count, mut provisional, mut proof) = (0, false, Vec::new());
        let mut last = self.began.date();
        for date in self.began.date().iter_days().take(MOST_DAYS) {
            let is_first = date == self.began.date();
            if count >= self.term.amount && !is_first {
                break;
            }
            let day = self.calendar.kind(date);
            let candidate = count < self.term.amount && (!is_first || self.term.start_counts);
            let paused = self.awaited_at(self.end_of(date));
            let counts = candidate && !paused && (!working || day.kind.is_working());
            count += u32::from(counts);
            provisional |= candidate && working && !day.announced;
            last = date;
            proof.push(ProvedDay {
                date,
                kind: day.kind,
                counted: counts.then_some(count),
                minutes: 0,
                paused,
            });
        }
        (self.end_of(last), provisional, proof)
    }

    fn hours(&self) -> Counted {
        let working = self.term.unit == TermUnit::WorkingHours;
        let mut left = Duration::minutes(i64::from(self.term.amount).saturating_mul(60));
        let (mut provisional, mut proof) = (false, Vec::new());
        let mut at = self.began;
        for date in self.began.date().iter_days().take(MOST_DAYS) {
            let day = self.calendar.kind(date);
            provisional |= working && !day.announced;
            let mut minutes = Duration::zero();
            let mut paused = false;
            for (from, to) in self.open_hours(date, &day.kind, &mut paused) {
                // A term of nothing ends where it began, not when work begins next.
                if left.is_zero() {
                    break;
                }
                let takes = (to - from).min(left);
                at = from + takes;
                left -= takes;
                minutes += takes;
            }
            proof.push(ProvedDay {
                date,
                kind: day.kind,
                counted: None,
                minutes: u32::try_from(minutes.num_minutes()).unwrap_or(0),
                paused,
            });
            if left.is_zero() {
                break;
            }
        }
        (at, provisional, proof)
    }

    /// The hours of a day that count, without those in which the customer was awaited.
    fn open_hours(
        &self,
        date: NaiveDate,
        kind: &DayKind,
        paused: &mut bool,
    ) -> Vec<(NaiveDateTime, NaiveDateTime)> {
        let midnight = date.and_time(NaiveTime::MIN);
        let (from, to) = match self.term.unit {
            TermUnit::WorkingHours if !kind.is_working() => return Vec::new(),
            TermUnit::WorkingHours => {
                (date.and_time(self.work.start), date.and_time(self.work.end))
            }
            _ => (midnight, midnight + Duration::days(1)),
        };
        let mut open = vec![(from.max(self.began), to)];
        for (begins, ends) in self.pauses {
            let mut next = Vec::with_capacity(open.len() + 1);
            for (from, to) in open {
                *paused |= *begins < to && *ends > from;
                next.push((from, to.min(*begins)));
                next.push((from.max(*ends), to));
            }
            open = next;
            open.retain(|(from, to)| from < to);
        }
        open.retain(|(from, to)| from < to);
        open
    }

    /// When a day ends for this term.
    fn end_of(&self, date: NaiveDate) -> NaiveDateTime {
        match self.term.ends {
            DayEnd::Work => date.and_time(self.work.end),
            DayEnd::Midnight => date.and_time(NaiveTime::MIN) + Duration::days(1),
        }
    }

    fn awaited_at(&self, at: NaiveDateTime) -> bool {
        let within = |(from, to): &(NaiveDateTime, NaiveDateTime)| *from <= at && at < *to;
        self.pauses.iter().any(within)
    }
}

/// Whole minutes of work between two moments: how long something lay with somebody.
pub fn working_minutes(from: Stamp, to: Stamp, context: &Context) -> i64 {
    let offset = context.profile.utc_offset_minutes;
    let (from, to) = (from.local(offset), to.local(offset));
    let work = context.profile.work;
    let days = from.date().iter_days().take(MOST_DAYS);
    let days = days.take_while(|date| *date <= to.date());
    days.filter(|date| context.calendar.is_working(*date))
        .map(|date| {
            let begins = date.and_time(work.start).max(from);
            let ends = date.and_time(work.end).min(to);
            (ends - begins).num_minutes().max(0)
        })
        .sum()
}

/// A moment to the minute, as a deadline in hours is shown.
pub fn to_the_minute(at: NaiveDateTime) -> NaiveDateTime {
    at.with_second(0)
        .and_then(|at| at.with_nanosecond(0))
        .unwrap_or(at)
}

#[cfg(test)]
mod tests;
