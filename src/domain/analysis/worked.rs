//! Minutes of work between two moments, for very many pairs of moments: what
//! [`super::super::deadline::working_minutes`] counts day by day is added up once.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::context::Context;
use crate::domain::stamp::Stamp;

/// So many days at most are added up; what reaches further ends there.
const MOST_DAYS: usize = 20_000;

/// The minutes of work before each day from a first one on.
#[derive(Debug)]
pub(super) struct Worked {
    first: NaiveDate,
    /// How many whole minutes were worked before each day, and whether it is worked.
    days: Vec<(u32, bool)>,
    start: NaiveTime,
    end: NaiveTime,
    offset: i32,
}

impl Worked {
    /// For moments from one to another.
    pub fn new(from: Stamp, to: Stamp, context: &Context) -> Self {
        let offset = context.profile.utc_offset_minutes;
        let work = context.profile.work;
        let a_day = (work.end - work.start).num_minutes().max(0);
        let a_day = u32::try_from(a_day).unwrap_or(0);
        let first = from.local(offset).date();
        let last = to.local(offset).date();
        // One day more, so that everything up to the end of the last is there.
        let last = last.succ_opt().unwrap_or(last);
        let mut before = 0_u32;
        let dates = first
            .iter_days()
            .take(MOST_DAYS)
            .take_while(|date| *date <= last);
        let days = dates.map(|date| {
            let is_worked = context.calendar.is_working(date);
            let day = (before, is_worked);
            if is_worked {
                before = before.saturating_add(a_day);
            }
            day
        });
        let days = days.collect();
        Self {
            first,
            days,
            start: work.start,
            end: work.end,
            offset,
        }
    }

    /// Minutes worked before a moment, with parts of a minute in seconds; moments outside what was
    /// added up count as its ends.
    fn before(&self, at: NaiveDateTime) -> i64 {
        let since = (at.date() - self.first).num_days();
        let Ok(place) = usize::try_from(since) else {
            return 0;
        };
        let last = self.days.len().saturating_sub(1);
        let Some((minutes, is_worked)) = self.days.get(place.min(last)).copied() else {
            return 0;
        };
        let time = if place > last {
            NaiveTime::MIN
        } else {
            at.time()
        };
        let today = if is_worked {
            (time.min(self.end) - self.start).num_seconds().max(0)
        } else {
            0
        };
        i64::from(minutes) * 60 + today
    }

    /// Whole minutes of work between two moments; 0 where the second is not later.
    pub fn minutes(&self, from: Stamp, to: Stamp) -> u32 {
        let (from, to) = (from.local(self.offset), to.local(self.offset));
        let seconds = self.before(to) - self.before(from);
        u32::try_from(seconds.max(0) / 60).unwrap_or(u32::MAX)
    }
}
