//! Dates of which not everything is known: a birthday without its year, a month without its day; by the
//! solar or by the lunar calendar (A14-2.4, A14-F15, A14-F26).

use super::lunar;
use super::stamp::Day;
use crate::text::clean;

/// A date of which not everything is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartialDate {
    /// The year.
    pub year: Option<u16>,
    /// The month.
    pub month: Option<u8>,
    /// The day of the month.
    pub day: Option<u8>,
    /// By the lunar calendar.
    pub lunar: bool,
    /// In the second of a lunar month that was there twice.
    pub leap: bool,
}

/// What marks a lunar date, as people write it.
const LUNAR: [&str; 5] = ["农历", "阴历", "旧历", "lunar", "农"];
/// What marks the second of a month that is there twice.
const LEAP: [&str; 2] = ["闰", "leap"];

/// A number as it stands in a date: in digits, or in Chinese as in 廿三, 初五 and 腊.
fn numeral(written: &str) -> Option<u16> {
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return written.parse().ok();
    }
    let mut sum = 0;
    for c in written.chars() {
        let digit = match c {
            '初' => continue,
            '正' | '一' => 1,
            '二' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            '冬' => 11,
            '腊' => 12,
            '廿' => 20,
            '卅' => 30,
            '十' => {
                sum = if sum == 0 { 10 } else { sum * 10 };
                continue;
            }
            _ => return None,
        };
        sum += digit;
    }
    Some(sum).filter(|sum| *sum > 0)
}

impl PartialDate {
    /// Reads `1985-06-10`, `06-10`, `1985-06`, `1985`, `19850610`, `1985年6月10日`, and of the lunar
    /// calendar `农历五月初五`, `农历1985-05-05`, `农历闰4-15`, `lunar 05-05`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = clean::half_width(text.trim()).to_lowercase();
        let mut marked = |marks: &[&str]| {
            let found = marks.iter().find(|mark| rest.contains(*mark));
            if let Some(mark) = found {
                rest = rest.replacen(mark, "", 1);
            }
            found.is_some()
        };
        let lunar = marked(&LUNAR);
        let leap = marked(&LEAP);
        let day_words = |c: char| matches!(c, '日' | '号' | ' ');
        let rest = rest.trim_matches(day_words);
        let between = |c: char| matches!(c, '-' | '/' | '.' | '年' | '月' | ' ');
        let parts: Vec<&str> = rest.split(between).filter(|it| !it.is_empty()).collect();
        let is_year = |part: &str| part.len() == 4 && part.bytes().all(|it| it.is_ascii_digit());
        let (year, month, day) = match parts.as_slice() {
            [all] if all.len() == 8 && all.is_ascii() => {
                let part = |range| numeral(all.get(range)?);
                (Some(part(0..4)?), Some(part(4..6)?), Some(part(6..8)?))
            }
            [year] if is_year(year) => (Some(numeral(year)?), None, None),
            [year, month] if is_year(year) => (Some(numeral(year)?), Some(numeral(month)?), None),
            [month, day] => (None, Some(numeral(month)?), Some(numeral(day)?)),
            [year, month, day] if is_year(year) => (
                Some(numeral(year)?),
                Some(numeral(month)?),
                Some(numeral(day)?),
            ),
            _ => return None,
        };
        let small =
            |part: Option<u16>| part.map_or(Some(None), |it| u8::try_from(it).ok().map(Some));
        let read = Self {
            year,
            month: small(month)?,
            day: small(day)?,
            lunar,
            leap,
        };
        read.is_possible().then_some(read)
    }

    /// Whether there can be such a date.
    fn is_possible(self) -> bool {
        let years = self.year.is_none_or(|year| (1900..=2100).contains(&year));
        let months = self.month.is_none_or(|month| (1..=12).contains(&month));
        let month = self.month.unwrap_or(1);
        // A leap year, so that 29 February without a year is a date.
        let of_solar = |day: u8| {
            let year = self.year.unwrap_or(2024);
            Day::of(i32::from(year), u32::from(month), u32::from(day)).is_some()
        };
        let of_lunar = |day: u8| {
            let known = self.year.map(|year| lunar::days_in(year, month, self.leap));
            (1..=known.map_or(30, Option::unwrap_or_default)).contains(&day)
        };
        let days = match self.day {
            Some(day) if self.lunar => of_lunar(day),
            Some(day) => of_solar(day),
            None => true,
        };
        years && months && days && (self.lunar || !self.leap)
    }

    /// Its written form, which [`Self::parse`] reads: `1985-06-10`, `06-10`, `lunar 1985-05-05`,
    /// `lunar 04-15 leap`.
    pub fn written(self) -> String {
        let mut text = String::new();
        if self.lunar {
            text.push_str("lunar ");
        }
        text.push_str(&self.digits());
        if self.leap {
            text.push_str(" leap");
        }
        text
    }

    /// Year, month and day without the calendar.
    pub fn digits(self) -> String {
        let year = self.year.map(|year| format!("{year:04}"));
        let month = self.month.map(|month| format!("{month:02}"));
        let day = self.day.map(|day| format!("{day:02}"));
        let parts: Vec<String> = [year, month, day].into_iter().flatten().collect();
        parts.join("-")
    }

    /// Month and day, where both are known: what comes again every year.
    pub fn anniversary(self) -> Option<(u8, u8)> {
        self.month.zip(self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        PartialDate::parse(text)
            .map(PartialDate::written)
            .unwrap_or_default()
    }

    #[test]
    fn the_ways_people_write_a_date_are_read() {
        for (typed, written) in [
            ("1985-06-10", "1985-06-10"),
            ("1985/6/10", "1985-06-10"),
            ("19850610", "1985-06-10"),
            ("１９８５年６月１０日", "1985-06-10"),
            ("6月10日", "06-10"),
            ("6.10", "06-10"),
            ("1985-06", "1985-06"),
            ("1985年6月", "1985-06"),
            ("1985", "1985"),
            ("02-29", "02-29"),
            ("农历五月初五", "lunar 05-05"),
            ("农历1985年腊月廿三", "lunar 1985-12-23"),
            ("农历闰四月十五", "lunar 04-15 leap"),
            ("lunar 8-15", "lunar 08-15"),
            ("农历正月三十", "lunar 01-30"),
        ] {
            assert_eq!(read(typed), written, "{typed}");
            assert_eq!(read(written), written, "{written}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for typed in [
            "",
            "13-01",
            "02-30",
            "2023-02-29",
            "1885-01-01",
            "6月",
            "闰4-15",
            "阴天",
            "农历2024-01-30",
            "农历05-31",
            "1-2-3-4",
            "农历闰2024-04-15",
        ] {
            assert_eq!(read(typed), "", "{typed}");
        }
    }
}
