//! The upkeep of the store, asked for through a door: who may, and what comes of it. Nothing here
//! changes a record.

use std::ops::Range;

use super::contract::{Answer, Care, Cared, Envelope, Failure, Reply};
use super::engine::Desk;
use crate::domain::calendar::Calendar;
use crate::domain::profile::Permission;
use crate::store::files::{read_whole, replace};
use crate::store::{Fault, Home};

/// The site's own working days, in the data folder.
const SITE_CALENDAR: &str = "calendar.toml";
/// The present state is left alone while it takes no more than this.
const COMPACT_FROM: u64 = 256 << 20;
/// It takes too much from so many times what its records take in a checkpoint. Just written anew it
/// takes about ten times as much: indexes and search tokens, and sled's own pages.
const COMPACT_RATIO: u64 = 40;
/// Once written anew it is left alone until it has grown so many times.
const REGROWN: u64 = 4;
/// The hours in which the desk may stand still for some seconds.
const QUIET: Range<i64> = 2..5;
const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;
/// No such file is longer.
const CALENDAR_LIMIT: u64 = 1 << 20;

impl Desk {
    /// Does what is asked, for somebody who may.
    pub(super) fn care(&mut self, envelope: &Envelope, care: &Care) -> Answer {
        let cared = match care {
            Care::SetCalendar { text } => {
                self.may(envelope.operator, Permission::OperatorManage)?;
                let years = self.set_site_calendar(text)?;
                Cared::Calendar { years }
            }
            Care::Compact => {
                self.may(envelope.operator, Permission::OperatorManage)?;
                let (before, after) = self.compact()?;
                Cared::Compacted { before, after }
            }
            _ => self.outbox(envelope.operator, care)?,
        };
        Ok(Reply::Cared(cared))
    }

    /// Takes in holidays and make-up workdays that were announced, in any shape that
    /// [`Calendar::announced_by`] reads: they are in `calendar.toml` in the data folder and in force
    /// from the next request on. The years they are of come back.
    ///
    /// # Errors
    /// Everything that is wrong with the text, and any fault of the disk; nothing is changed then.
    pub fn set_site_calendar(&mut self, text: &str) -> Result<Vec<i32>, Failure> {
        let new = Calendar::announced_by(text)?;
        let mut site = match &self.site_calendar {
            Some(text) => Calendar::announced_by(text).unwrap_or_default(),
            None => Calendar::default(),
        };
        site.lay_over(&new);
        let text = site.to_toml();
        let path = self.home.dir.join(SITE_CALENDAR);
        replace(&*self.home.files, &path, text.as_bytes())?;
        self.calendar.lay_over(&new);
        self.site_calendar = Some(text);
        Ok(new.announced().collect())
    }

    /// Writes the present state anew; how many bytes it took, and takes now. Nobody is served
    /// meanwhile: a tenth of a second for every thousand records or so.
    ///
    /// # Errors
    /// Any fault of the store. Nothing is lost: one that cannot be used after it is opened again, or
    /// made anew from the journal, before the next request.
    pub fn compact(&mut self) -> Result<(u64, u64), Fault> {
        let before = self.home.state_size()?;
        let done = self.home.compact();
        // Rows are written to nothing but a store that is whole and in its place.
        self.store_failed |= done.is_err();
        done?;
        // Its files hold what records were found by before they were changed.
        self.finder.make_anew(&self.home);
        let after = self.home.state_size()?;
        self.compacted = after;
        Ok((before, after))
    }

    /// What is due in a quiet hour of the night at the site: called now and then by whoever has the
    /// desk, while nobody waits. How many bytes the present state took and takes, if it was written
    /// anew.
    ///
    /// # Errors
    /// As [`Self::compact`].
    pub fn keep_house(&mut self) -> Result<Option<(u64, u64)>, Fault> {
        let offset = i64::from(self.known.profile.utc_offset_minutes) * 60;
        let hour = (self.now().0 / SECOND + offset).rem_euclid(DAY) / HOUR;
        let since = self.now().0.saturating_sub(self.kept_house.0) / SECOND;
        if !QUIET.contains(&hour) || since < HOUR {
            return Ok(None);
        }
        self.kept_house = self.now();
        if self.wants_compaction() {
            return self.compact().map(Some);
        }
        Ok(None)
    }

    /// Whether the present state takes much more room than its records need, so that it is worth
    /// [`Self::compact`] in a quiet hour. What the records need is taken from the newest checkpoint;
    /// before the first one there is little to win.
    pub fn wants_compaction(&self) -> bool {
        let size = self.home.state_size().unwrap_or(0);
        let needed = self.home.checkpoints.newest_size().unwrap_or(0);
        size > COMPACT_FROM
            && needed > 0
            && size > needed.saturating_mul(COMPACT_RATIO)
            && size > self.compacted.saturating_mul(REGROWN)
    }

    /// The site's own working days, as they are in the data folder; none where none were imported.
    pub fn site_calendar(&self) -> Option<&str> {
        self.site_calendar.as_deref()
    }
}

/// The site's own working days, and the calendar with them laid over it. A file that cannot be
/// understood is as good as none, and is told apart from none by the second being empty.
pub(super) fn read_calendar(home: &Home) -> Result<(Option<String>, Option<Calendar>), Fault> {
    let path = home.dir.join(SITE_CALENDAR);
    let found = home.files.size(&path);
    if found.ok().flatten().is_none() {
        return Ok((None, Some(Calendar::builtin())));
    }
    let bytes = read_whole(&*home.files, &path, CALENDAR_LIMIT)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let calendar = Calendar::with_site(Some(&text)).ok();
    Ok((Some(text), calendar))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::desk::Options;
    use crate::desk::clock::SetClock;
    use crate::domain::stamp::Stamp;
    use crate::store::SimulatedDisk;

    #[test]
    fn the_house_is_kept_once_an_hour_in_the_small_hours_of_the_site() {
        let at = |text: &str| Stamp::parse(text, 480).unwrap();
        let clock = SetClock::at(at("2026-05-01 01:59"));
        let options = Options {
            clock: Box::new(clock.clone()),
            site_file: None,
        };
        let home = Home::in_memory(Arc::new(SimulatedDisk::new())).unwrap();
        let mut desk = Desk::open(home, options).unwrap();
        let mut kept = |text: &str| {
            clock.set(at(text));
            assert_eq!(desk.keep_house().unwrap(), None, "there is nothing to win");
            desk.kept_house
        };
        assert_eq!(kept("2026-05-01 01:59"), Stamp(0));
        assert_eq!(kept("2026-05-01 02:00"), at("2026-05-01 02:00"));
        assert_eq!(kept("2026-05-01 02:30"), at("2026-05-01 02:00"));
        assert_eq!(kept("2026-05-01 03:10"), at("2026-05-01 03:10"));
        assert_eq!(kept("2026-05-01 05:00"), at("2026-05-01 03:10"));
    }
}
