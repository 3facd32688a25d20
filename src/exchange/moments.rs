//! Points in time as people and programs write them. Which of two numbers is the day is not guessed
//! from one cell: a column settles it, or somebody is asked.

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::domain::stamp::Stamp;
use crate::text::clean;

/// In `formats` of a map: days since the end of 1899, as spreadsheets count them.
const EXCEL: &str = "excel";
/// In `formats` of a map: days since 1904, as spreadsheets of old Macs count them.
const EXCEL_1904: &str = "excel-1904";

/// What stands first where day and month are both numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// Why a text is no point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unclear {
    /// It is not written like one.
    NoTime,
    /// The calendar or the clock has no such day or hour.
    NoSuchDay,
    /// Both numbers could be the day.
    DayOrMonth,
}

impl Unclear {
    /// The key of the problem.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::NoTime => "cell-no-time",
            Self::NoSuchDay => "cell-no-such-day",
            Self::DayOrMonth => "cell-day-or-month",
        }
    }
}

/// A point in time in one of the formats given, or with the year first, which is never unclear; and
/// where no format is given, in any way in which people write one. Without a zone it is at the site's
/// clock.
///
/// # Errors
/// Why it is none.
pub fn read(
    text: &str,
    formats: &[String],
    order: Option<Order>,
    offset_minutes: i32,
) -> Result<Stamp, Unclear> {
    let local = |at| Stamp::from_local(at, offset_minutes);
    for format in formats {
        if let Some(at) = formatted(text, format, offset_minutes) {
            return Ok(at);
        }
    }
    if let Some(at) = Stamp::parse(text, offset_minutes) {
        return Ok(at);
    }
    if !formats.is_empty() {
        return Err(Unclear::NoTime);
    }
    let parts = Parts::of(text).ok_or(Unclear::NoTime)?;
    let day = parts.date.day(order)?;
    let at = day.and_time(parts.time.ok_or(Unclear::NoSuchDay)?);
    match parts.zone {
        None => Ok(local(at)),
        Some(zone) => {
            let utc = at.checked_sub_offset(zone).ok_or(Unclear::NoSuchDay)?;
            Ok(Stamp::from_utc(utc.and_utc()))
        }
    }
}

fn formatted(text: &str, format: &str, offset_minutes: i32) -> Option<Stamp> {
    if format == EXCEL || format == EXCEL_1904 {
        let at = serial(text.parse().ok()?, format == EXCEL_1904)?;
        return Some(Stamp::from_local(at, offset_minutes));
    }
    if let Ok(at) = DateTime::parse_from_str(text, format) {
        return Some(Stamp::from_utc(at.with_timezone(&Utc)));
    }
    if let Ok(at) = NaiveDateTime::parse_from_str(text, format) {
        return Some(Stamp::from_local(at, offset_minutes));
    }
    let day = NaiveDate::parse_from_str(text, format).ok()?;
    Some(Stamp::from_local(
        day.and_time(NaiveTime::MIN),
        offset_minutes,
    ))
}

/// The time of a spreadsheet's count of days.
fn serial(days: f64, since_1904: bool) -> Option<NaiveDateTime> {
    if !(1.0..2_958_466.0).contains(&days) {
        return None;
    }
    let epoch = if since_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else {
        // Spreadsheets count a 29 February 1900 that never was.
        NaiveDate::from_ymd_opt(1899, 12, if days < 60.0 { 31 } else { 30 })?
    };
    #[allow(
        clippy::cast_possible_truncation,
        reason = "held within the range of the calendar above"
    )]
    let seconds = (days * 86_400.0).round() as i64;
    epoch
        .and_time(NaiveTime::MIN)
        .checked_add_signed(Duration::seconds(seconds))
}

/// What a column's cell says of the order of its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// One of the numbers is too large for a month.
    Shows(Order),
    /// Both numbers could be the day.
    Open,
}

/// What a cell says of the order of the numbers in its column; nothing where it has none.
pub(super) fn evidence(text: &str) -> Option<Evidence> {
    if Stamp::parse(text, 0).is_some() {
        return None;
    }
    match Parts::of(text)?.date {
        Date::Numbers(first, second, _) => Some(match (first > 12, second > 12) {
            (true, _) => Evidence::Shows(Order::DayFirst),
            (_, true) => Evidence::Shows(Order::MonthFirst),
            // The same either way.
            _ if first == second => return None,
            _ => Evidence::Open,
        }),
        Date::Known(..) => None,
    }
}

/// A day as it is written.
#[derive(Debug, Clone, Copy)]
enum Date {
    /// Year, month, day.
    Known(i32, u32, u32),
    /// Two numbers, one of them the day, and the year.
    Numbers(u32, u32, i32),
}

impl Date {
    fn day(self, order: Option<Order>) -> Result<NaiveDate, Unclear> {
        let (year, month, day) = match self {
            Self::Known(year, month, day) => (year, month, day),
            Self::Numbers(first, second, year) => {
                let order = order.or(match (first > 12 || first == second, second > 12) {
                    (true, _) => Some(Order::DayFirst),
                    (_, true) => Some(Order::MonthFirst),
                    _ => None,
                });
                match order {
                    Some(Order::DayFirst) => (year, second, first),
                    Some(Order::MonthFirst) => (year, first, second),
                    None => return Err(Unclear::DayOrMonth),
                }
            }
        };
        NaiveDate::from_ymd_opt(year, month, day).ok_or(Unclear::NoSuchDay)
    }
}

/// The parts of a point in time.
struct Parts {
    date: Date,
    /// None where the clock has no such time.
    time: Option<NaiveTime>,
    zone: Option<FixedOffset>,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl Parts {
    fn of(text: &str) -> Option<Self> {
        if text.len() > 60 {
            return None;
        }
        let plain = plain(text);
        let (mut numbers, mut month) = (Vec::new(), None);
        let (mut clock, mut afternoon, mut zone) = (None, None, None);
        for token in plain.split_whitespace() {
            let (token, half) = match token.strip_suffix("am").or(token.strip_suffix("pm")) {
                Some(rest) => (rest, Some(token.ends_with("pm"))),
                None => (token, None),
            };
            afternoon = half.or(afternoon);
            if token.is_empty() {
                continue;
            }
            if clock.is_some() && (token.starts_with(['+', '-']) || token == "z" || token == "utc")
            {
                zone = Some(offset(token)?);
            } else if token.contains(':') {
                let cut = token.find(['+', 'z']);
                let (time, rest) = token.split_at_checked(cut.unwrap_or(token.len()))?;
                if !rest.is_empty() {
                    zone = Some(offset(rest)?);
                }
                clock.is_none().then(|| clock = Some(time.to_owned()))?;
            } else if WEEKDAYS.iter().any(|day| token.starts_with(day)) {
            } else {
                for part in token.split(['-', '/', '.']).filter(|part| !part.is_empty()) {
                    match part.parse::<u32>() {
                        Ok(number) => numbers.push((number, part.len())),
                        Err(_) => month.is_none().then(|| month = named(part))?,
                    }
                }
            }
        }
        let date = date(&numbers, month)?;
        let time = match clock {
            None => Some(NaiveTime::MIN),
            Some(clock) => time(&clock, afternoon),
        };
        Some(Self { date, time, zone })
    }
}

/// The text in small ASCII letters, Chinese date words as signs.
fn plain(text: &str) -> String {
    let mut plain = clean::half_width(text).to_lowercase();
    for (word, sign) in [
        ("年", "-"),
        ("月", "-"),
        ("日", " "),
        ("时", ":"),
        ("点", ":"),
        ("分", ":"),
        ("秒", " "),
        ("上午", "am "),
        ("下午", "pm "),
        (",", " "),
        (" am", "am"),
        (" pm", "pm"),
    ] {
        if plain.contains(word) {
            plain = plain.replace(word, sign);
        }
    }
    plain
}

/// The month of an English name or its first letters.
fn named(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|month| word.starts_with(month))?;
    u32::try_from(place + 1).ok()
}

fn date(numbers: &[(u32, usize)], month: Option<u32>) -> Option<Date> {
    let year = |(number, digits): (u32, usize)| {
        let number = i32::try_from(number).ok()?;
        match digits {
            4 => Some(number),
            2 if number < 70 => Some(2000 + number),
            2 => Some(1900 + number),
            _ => None,
        }
    };
    match (numbers, month) {
        ([first @ (_, 4), (day, _)], Some(month)) => Some(Date::Known(year(*first)?, month, *day)),
        ([(day, _), last], Some(month)) => Some(Date::Known(year(*last)?, month, *day)),
        ([first @ (_, 4), (month, _), (day, _)], None) => {
            Some(Date::Known(year(*first)?, *month, *day))
        }
        ([(first, 1..=2), (second, 1..=2), last], None) => {
            Some(Date::Numbers(*first, *second, year(*last)?))
        }
        ([(all, 8)], None) => Some(Date::Known(
            i32::try_from(all / 10_000).ok()?,
            all / 100 % 100,
            all % 100,
        )),
        _ => None,
    }
}

/// A time of day, to the nanosecond; with an afternoon it counts to twelve.
fn time(clock: &str, afternoon: Option<bool>) -> Option<NaiveTime> {
    let mut parts = clock.split(':').filter(|part| !part.is_empty());
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().unwrap_or("0").parse().ok()?;
    let (second, fraction) = match parts.next() {
        None => (0, 0),
        Some(text) => {
            let (second, fraction) = text.split_once('.').unwrap_or((text, ""));
            let digits: String = fraction
                .chars()
                .chain("000000000".chars())
                .take(9)
                .collect();
            (second.parse().ok()?, digits.parse().ok()?)
        }
    };
    match afternoon {
        Some(_) if hour > 12 => {}
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        _ => {}
    }
    NaiveTime::from_hms_nano_opt(hour, minute, second, fraction)
}

fn offset(token: &str) -> Option<FixedOffset> {
    if token == "z" || token == "utc" {
        return FixedOffset::east_opt(0);
    }
    let (sign, digits) = token.split_at_checked(1)?;
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at_checked(2)?;
    let minutes: i32 = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    let seconds = (hours.parse::<i32>().ok()? * 60 + minutes) * 60;
    FixedOffset::east_opt(if sign == "-" { -seconds } else { seconds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(text: &str, order: Option<Order>) -> Result<String, Unclear> {
        read(text, &[], order, 480).map(|at| at.local(480).format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn every_way_of_writing_a_moment_is_read() {
        for (text, expected) in [
            ("2019/4/25 9:32:09", "2019-04-25 09:32:09"),
            ("22-Apr-15", "2015-04-22 00:00:00"),
            ("22-04-15 3:53:50 PM", "2015-04-22 15:53:50"),
            ("Apr 22, 2015 12:05 am", "2015-04-22 00:05:00"),
            ("22 April 2015", "2015-04-22 00:00:00"),
            ("Wed Jan 19 2022 11:42", "2022-01-19 11:42:00"),
            ("2020/01/02 08:17:30.290000000", "2020-01-02 08:17:30"),
            ("2016-07-13 15:11:07+00:00", "2016-07-13 23:11:07"),
            ("2016/07/13 15:11:07 +0000", "2016-07-13 23:11:07"),
            ("21/01/2022 13:47:00", "2022-01-21 13:47:00"),
            ("2019年4月25日 9时32分", "2019-04-25 09:32:00"),
            ("2019年4月25日下午3:05", "2019-04-25 15:05:00"),
            ("20190425", "2019-04-25 00:00:00"),
            ("5/5/2021", "2021-05-05 00:00:00"),
        ] {
            assert_eq!(reads(text, None).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn day_and_month_are_told_apart_by_the_order_or_not_at_all() {
        assert_eq!(reads("04-08-15", None), Err(Unclear::DayOrMonth));
        let day = reads("04-08-15", Some(Order::DayFirst));
        assert_eq!(day.as_deref(), Ok("2015-08-04 00:00:00"));
        let month = reads("6/7/2024 12:00", Some(Order::MonthFirst));
        assert_eq!(month.as_deref(), Ok("2024-06-07 12:00:00"));
        assert_eq!(
            evidence("21/01/2022"),
            Some(Evidence::Shows(Order::DayFirst))
        );
        assert_eq!(
            evidence("01/21/2022"),
            Some(Evidence::Shows(Order::MonthFirst))
        );
        assert_eq!(evidence("01/02/2022"), Some(Evidence::Open));
        assert_eq!(evidence("2022-01-02"), None);
    }

    #[test]
    fn days_that_do_not_exist_are_told_as_such() {
        for text in ["30-Feb-21", "31/04/2021", "2021/2/29", "22-Apr-15 25:00"] {
            assert_eq!(reads(text, None), Err(Unclear::NoSuchDay), "{text}");
        }
        for text in [
            "gestern",
            "",
            "12",
            "1/2",
            "a-b-c",
            "1933-03",
            "13800138000",
        ] {
            assert_eq!(reads(text, None), Err(Unclear::NoTime), "{text}");
        }
    }

    #[test]
    fn formats_come_first_and_the_year_in_front_is_never_unclear() {
        let us = ["%m/%d/%Y %H:%M".to_owned()];
        let noon = Stamp::parse("2024-06-07 12:00", 480).ok_or(Unclear::NoTime);
        assert_eq!(read("6/7/2024 12:00", &us, None, 480), noon);
        assert_eq!(read("2024-06-07 12:00", &us, None, 480), noon);
        assert_eq!(read("7 Jun 2024", &us, None, 480), Err(Unclear::NoTime));
        let excel = ["excel".to_owned()];
        assert_eq!(read("45450.5", &excel, None, 480), noon);
        let old = ["excel-1904".to_owned()];
        assert_eq!(read("43988.5", &old, None, 480), noon);
    }
}
