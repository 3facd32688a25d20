//! What should be known before it hurts: little room on the disk, a year without working days, a
//! clock that went back or leapt. It is told with every greeting and stops nobody.

use std::time::Duration;

use chrono::Datelike;

use super::clock::Clock;
use super::contract::{Notice, Reply};
use super::engine::Desk;
use crate::domain::stamp::Stamp;

/// Less room than this on the disk is told.
const LOW_SPACE: u64 = 512 << 20;
/// From this month on the next year's holidays should be known; they are announced in November.
const NEXT_YEAR_FROM: u32 = 11;
/// The clock may be so far behind the last frame without a word: clocks are set right by seconds.
const BEHIND: i64 = 120 * SECOND;
/// A leap ahead of more than this is told, for as long.
const LEAP: i64 = 86_400 * SECOND;
const SECOND: i64 = 1_000_000;

/// How the clock goes, beside a time that only runs forward.
#[derive(Debug, Clone, Copy)]
pub(super) struct Watch {
    now: Stamp,
    steady: Duration,
    /// How far it leapt ahead, and when by the steady time.
    leap: Option<(i64, Duration)>,
}

impl Watch {
    /// Begins to watch a clock.
    pub(super) fn begin(clock: &dyn Clock) -> Self {
        Self {
            now: clock.now(),
            steady: clock.steady(),
            leap: None,
        }
    }

    /// Looks at the clock again: what it went further than the time that passed, it leapt.
    pub(super) fn look(&mut self, clock: &dyn Clock) {
        let (now, steady) = (clock.now(), clock.steady());
        let passed = micros(steady.saturating_sub(self.steady));
        let leap = now.0.saturating_sub(self.now.0).saturating_sub(passed);
        if leap > LEAP {
            self.leap = Some((leap, steady));
        }
        (self.now, self.steady) = (now, steady);
    }

    /// How many whole days the clock leapt ahead, a day or less ago.
    fn leapt(&self) -> Option<i64> {
        let (leap, at) = self.leap?;
        let recent = micros(self.steady.saturating_sub(at)) <= LEAP;
        recent.then_some(leap / LEAP)
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}

impl Desk {
    /// Adds to a greeting what only the desk as a whole knows.
    pub(super) fn complete(&self, reply: &mut Reply) {
        if let Reply::Hello {
            calendar, notices, ..
        } = reply
        {
            calendar.clone_from(&self.site_calendar);
            notices.extend(self.notices());
        }
    }

    /// What should be known before it hurts.
    pub fn notices(&self) -> Vec<Notice> {
        let mut notices = Vec::new();
        let mut tell = |key: &str, args: &[(&str, String)]| {
            let args = args.iter().cloned();
            notices.push(Notice {
                key: key.to_owned(),
                args: args.map(|(name, value)| (name.to_owned(), value)).collect(),
            });
        };
        if let Ok(free) = self.home.free()
            && free < LOW_SPACE
        {
            tell("low-space", &[("free", (free >> 20).to_string())]);
        }
        if !self.finder.is_whole() {
            tell("search-partial", &[]);
        }
        if self.calendar_unreadable {
            tell("calendar-unreadable", &[]);
        }
        if let Some(year) = self.year_missing() {
            tell("calendar-missing", &[("year", year.to_string())]);
        }
        let behind = self.applied.at.0.saturating_sub(self.watch.now.0);
        if behind > BEHIND {
            let minutes = (behind / (60 * SECOND)).to_string();
            tell("clock-behind", &[("minutes", minutes)]);
        }
        if let Some(days) = self.watch.leapt() {
            tell("clock-leapt", &[("days", days.to_string())]);
        }
        notices
    }

    /// The year whose holidays should be known by now and are not.
    fn year_missing(&self) -> Option<i32> {
        let today = self.today().0;
        let next = (today.month() >= NEXT_YEAR_FROM).then(|| today.year() + 1);
        [Some(today.year()), next]
            .into_iter()
            .flatten()
            .find(|year| !self.calendar.is_announced(*year))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::desk::Options;
    use crate::desk::clock::SetClock;
    use crate::desk::contract::{Care, Door as _, Envelope, Request};
    use crate::domain::number::{Kind, Number};
    use crate::store::{Home, SimulatedDisk};

    fn at(text: &str) -> Stamp {
        Stamp::parse(text, 480).unwrap()
    }

    fn opened(clock: &SetClock, disk: &SimulatedDisk) -> Desk {
        let home = Home::in_memory(Arc::new(disk.clone())).unwrap();
        let options = Options {
            clock: Box::new(clock.clone()),
            site_file: None,
        };
        Desk::open(home, options).unwrap()
    }

    fn keys(desk: &mut Desk) -> Vec<String> {
        let request = Request::Care(Care::Outbox);
        let operator = Number {
            kind: Kind::Operator,
            year: 0,
            seq: 0,
        };
        let envelope = Envelope {
            id: crate::desk::contract::RequestId(0),
            operator,
            accept: Vec::new(),
            request,
        };
        // Whatever is asked, the desk looks at its clock.
        let _ = desk.ask(&envelope);
        desk.notices().into_iter().map(|it| it.key).collect()
    }

    #[test]
    fn the_next_year_is_missed_from_november_on_at_the_site() {
        let clock = SetClock::at(at("2026-10-31 23:59"));
        let mut desk = opened(&clock, &SimulatedDisk::new());
        assert_eq!(keys(&mut desk), Vec::<String>::new());
        clock.set(at("2026-11-01 00:00"));
        assert_eq!(keys(&mut desk), ["calendar-missing"]);
        assert_eq!(
            desk.notices()[0].args,
            [("year".to_owned(), "2027".to_owned())]
        );
        desk.set_site_calendar("2027-01-01,off,a\n").unwrap();
        assert_eq!(keys(&mut desk), Vec::<String>::new());
    }

    #[test]
    fn an_imported_calendar_is_in_force_at_once_and_after_a_start() {
        let clock = SetClock::at(at("2026-10-31 12:00"));
        let disk = SimulatedDisk::new();
        let mut first = opened(&clock, &disk);
        assert_eq!(first.site_calendar(), None);
        let years = first.set_site_calendar("2027-01-01,off,a\n").unwrap();
        assert_eq!(years, [2027]);
        assert!(first.calendar().is_announced(2027));
        drop(first);
        let again = opened(&clock, &disk);
        assert!(again.calendar().is_announced(2027));
        assert!(again.site_calendar().unwrap().contains("2027"));
        assert!(first_refusal(again), "a wrong text changes nothing");
    }

    fn first_refusal(mut desk: Desk) -> bool {
        let before = desk.site_calendar().map(str::to_owned);
        desk.set_site_calendar("2028-01-01,of,a\n").is_err()
            && desk.site_calendar().map(str::to_owned) == before
    }

    #[test]
    fn little_room_is_told_until_there_is_more() {
        let clock = SetClock::at(at("2026-05-01 12:00"));
        let drive = SimulatedDisk::new();
        let mut desk = opened(&clock, &drive);
        drive.set_free(Some(300 << 20));
        assert_eq!(keys(&mut desk), ["low-space"]);
        assert_eq!(desk.notices()[0].args[0].1, "300");
        drive.set_free(None);
        assert_eq!(keys(&mut desk), Vec::<String>::new());
    }

    #[test]
    fn a_clock_that_leaps_is_told_for_a_day_and_one_that_runs_is_not() {
        let clock = SetClock::at(at("2026-05-01 12:00"));
        let mut desk = opened(&clock, &SimulatedDisk::new());
        clock.advance_seconds(5 * 86_400);
        assert_eq!(keys(&mut desk), Vec::<String>::new(), "five quiet days");
        clock.leap_seconds(3 * 86_400 + 60);
        assert_eq!(keys(&mut desk), ["clock-leapt"]);
        assert_eq!(desk.notices()[0].args[0].1, "3");
        clock.advance_seconds(86_400);
        assert_eq!(keys(&mut desk), ["clock-leapt"]);
        clock.advance_seconds(60);
        assert_eq!(keys(&mut desk), Vec::<String>::new());
    }

    #[test]
    fn a_clock_behind_the_last_frame_is_told_and_time_does_not_go_back() {
        let clock = SetClock::at(at("2026-05-01 12:00"));
        let mut desk = opened(&clock, &SimulatedDisk::new());
        desk.applied.at = at("2026-05-01 12:00");
        clock.set(at("2026-05-01 11:59"));
        assert_eq!(keys(&mut desk), Vec::<String>::new());
        clock.set(at("2026-05-01 11:50"));
        assert_eq!(keys(&mut desk), ["clock-behind"]);
        assert_eq!(desk.notices()[0].args[0].1, "10");
        assert_eq!(desk.now(), at("2026-05-01 12:00"));
    }
}
