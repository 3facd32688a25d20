//! Points in time and days. Stored as integers, shown in the site's time zone.

use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time: microseconds since 1970-01-01T00:00:00Z. RFC 3339 in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Stamp(pub i64);

impl Stamp {
    /// The point in time of a UTC date and time.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }

    /// The same as a UTC date and time; the epoch where the number is out of chrono's range.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or_default()
    }

    /// The wall-clock time at an offset of so many minutes east of UTC.
    pub fn local(self, offset_minutes: i32) -> NaiveDateTime {
        let utc = self.utc().naive_utc();
        // At the very ends of the calendar there is no local time: it is UTC there.
        FixedOffset::east_opt(offset_minutes.saturating_mul(60))
            .and_then(|zone| utc.checked_add_offset(zone))
            .unwrap_or(utc)
    }

    /// The day at an offset of so many minutes east of UTC.
    pub fn day(self, offset_minutes: i32) -> Day {
        Day(self.local(offset_minutes).date())
    }

    /// The point in time of a wall-clock time at an offset of so many minutes east of UTC.
    pub fn from_local(at: NaiveDateTime, offset_minutes: i32) -> Self {
        let zone = FixedOffset::east_opt(offset_minutes.saturating_mul(60));
        let utc = zone
            .and_then(|zone| zone.from_local_datetime(&at).single())
            .map_or_else(|| at.and_utc(), |local| local.with_timezone(&Utc));
        Self::from_utc(utc)
    }

    /// The first moment of a day at an offset of so many minutes east of UTC.
    pub fn start_of(day: Day, offset_minutes: i32) -> Self {
        Self::from_local(day.0.and_time(chrono::NaiveTime::MIN), offset_minutes)
    }

    /// Seconds from `earlier` to this, never below zero.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0) / 1_000_000
    }

    /// Reads RFC 3339, or `2024-06-06 15:00[:00]` and `2024-06-06` as wall-clock time, of a year
    /// with at most four digits.
    pub fn parse(text: &str, offset_minutes: i32) -> Option<Self> {
        Self::read(text.trim(), offset_minutes).filter(|at| (1..=9999).contains(&at.utc().year()))
    }

    fn read(text: &str, offset_minutes: i32) -> Option<Self> {
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::from_utc(at.with_timezone(&Utc)));
        }
        for form in ["%Y-%m-%d %H:%M:%S%.f%:z", "%Y-%m-%d %H:%M:%S%.f%#z"] {
            if let Ok(at) = DateTime::parse_from_str(text, form) {
                return Some(Self::from_utc(at.with_timezone(&Utc)));
            }
        }
        let forms = [
            "%Y-%m-%d %H:%M:%S",
            "%Y-%m-%dT%H:%M:%S",
            "%Y-%m-%d %H:%M",
            "%Y-%m-%dT%H:%M",
            "%Y/%m/%d %H:%M:%S",
            "%Y/%m/%d %H:%M",
        ];
        for form in forms {
            if let Ok(at) = NaiveDateTime::parse_from_str(text, form) {
                return Some(Self::from_local(at, offset_minutes));
            }
        }
        Day::parse(text).and_then(|day| {
            Some(Self::from_local(
                day.0.and_hms_opt(0, 0, 0)?,
                offset_minutes,
            ))
        })
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.utc().format("%Y-%m-%dT%H:%M:%S%.6fZ"))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.0.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text, 0).ok_or_else(|| de::Error::custom("not a time in RFC 3339"))
        } else {
            i64::deserialize(deserializer).map(Self)
        }
    }
}

impl JsonSchema for Stamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Stamp".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date-time" })
    }
}

/// A calendar day. `2024-06-06` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub NaiveDate);

impl Day {
    /// The day of a year, month and day, where there is one.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// Reads `2024-06-06`, `2024/6/6` and `20240606`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        ["%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"]
            .into_iter()
            .find_map(|form| NaiveDate::parse_from_str(text, form).ok())
            .filter(|day| (1900..2200).contains(&day.year()))
            .map(Self)
    }

    /// So many days later.
    #[must_use]
    pub fn plus(self, days: u64) -> Self {
        self.0.checked_add_days(Days::new(days)).map_or(self, Self)
    }

    /// So many days before.
    #[must_use]
    pub fn minus(self, days: u64) -> Self {
        self.0.checked_sub_days(Days::new(days)).map_or(self, Self)
    }

    /// The year, as it stands in the numbers of records; 0 where it has no place there.
    pub fn year(self) -> u16 {
        u16::try_from(self.0.year()).unwrap_or_default()
    }

    /// Days since 0001-01-01; sorts as the days do.
    pub fn ordinal(self) -> i32 {
        self.0.num_days_from_ce()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            self.ordinal().serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            Self::parse(&text).ok_or_else(|| de::Error::custom("not a day like 2024-06-06"))
        } else {
            let days = i32::deserialize(deserializer)?;
            NaiveDate::from_num_days_from_ce_opt(days)
                .map(Self)
                .ok_or_else(|| de::Error::custom("day out of range"))
        }
    }
}

impl JsonSchema for Day {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_shows_the_day_of_the_sites_zone() {
        let late = Stamp::parse("2024-06-06T16:30:00Z", 0).unwrap();
        assert_eq!(late.day(480), Day::of(2024, 6, 7).unwrap());
        assert_eq!(late.day(0), Day::of(2024, 6, 6).unwrap());
        assert_eq!(Stamp::parse("2024-06-07 00:30", 480), Some(late));
    }

    #[test]
    fn times_beyond_four_digits_are_not_read_and_none_is_beyond_showing() {
        for text in [
            "+262142-12-31 23:00:00",
            "-0001-01-01 00:00",
            "+10000-01-01",
        ] {
            assert_eq!(Stamp::parse(text, 0), None, "{text}");
        }
        for end in [DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC] {
            for offset in [-720, 0, 480, i32::MAX] {
                let at = Stamp::from_utc(end);
                assert_eq!(at.local(offset).year(), end.year(), "{end} {offset}");
            }
        }
        assert_eq!(Stamp(i64::MAX).day(480), Stamp(0).day(0));
    }

    #[test]
    fn days_that_do_not_exist_are_not_read() {
        assert_eq!(Day::parse("2023-02-29"), None);
        assert_eq!(
            Day::parse("2024-02-29").map(|d| d.to_string()).as_deref(),
            Some("2024-02-29")
        );
        assert_eq!(Day::parse("2020/6/8"), Day::of(2020, 6, 8));
        assert_eq!(Day::parse("0024-06-08"), None);
    }

    #[test]
    fn offsets_with_a_blank_before_the_time_are_read() {
        let at = Stamp::parse("2016-07-13 15:11:07+00:00", 480).unwrap();
        assert_eq!(at.to_string(), "2016-07-13T15:11:07.000000Z");
    }
}
