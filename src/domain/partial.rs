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

/// One Chinese digit.
fn digit(c: char) -> Option<u16> {
    let place = "一二三四五六七八九".chars().position(|known| known == c)?;
    u16::try_from(place + 1).ok()
}

/// A number as it stands in a date: in digits, or in Chinese as in 廿三, 初五 and 腊. What is put together
/// otherwise is no number.
fn numeral(written: &str) -> Option<u16> {
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return written.parse().ok();
    }
    let chars: Vec<char> = written.chars().collect();
    match chars.as_slice() {
        ['正'] => Some(1),
        ['冬'] => Some(11),
        ['腊'] => Some(12),
        ['十'] | ['初', '十'] => Some(10),
        ['廿'] => Some(20),
        ['卅'] => Some(30),
        [one] | ['初', one] => digit(*one),
        ['十', one] => Some(10 + digit(*one)?),
        ['廿', one] => Some(20 + digit(*one)?),
        // No date has a number from 40 on.
        [tens @ ('一' | '二' | '三'), '十'] => Some(10 * digit(*tens)?),
        [tens @ ('一' | '二'), '十', one] => Some(10 * digit(*tens)? + digit(*one)?),
        _ => None,
    }
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
    use proptest::prelude::*;

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

    /// How 1 to 30 are written as days of a month.
    fn in_chinese(number: u16) -> Vec<String> {
        let digits: Vec<char> = "一二三四五六七八九".chars().collect();
        let one = |number: u16| match number % 10 {
            0 => String::new(),
            one => digits[usize::from(one) - 1].to_string(),
        };
        match number {
            1..10 => vec![format!("初{}", one(number)), one(number)],
            10 => vec!["初十".into(), "十".into(), "一十".into()],
            11..20 => vec![format!("十{}", one(number))],
            20 => vec!["二十".into(), "廿".into()],
            21..30 => vec![format!("廿{}", one(number)), format!("二十{}", one(number))],
            _ => vec!["三十".into(), "卅".into()],
        }
    }

    #[test]
    fn every_day_of_a_month_is_read_as_it_is_written_in_chinese() {
        for number in 1..=30 {
            for written in in_chinese(number) {
                assert_eq!(numeral(&written), Some(number), "{written}");
                assert_eq!(
                    read(&format!("农历五月{written}")),
                    format!("lunar 05-{number:02}")
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn of_chinese_numerals_only_those_that_people_write_are_numbers(
            written in "[初正一二三四五六七八九冬腊廿卅十]{1,9}",
        ) {
            let mut known: Vec<(String, u16)> = (1..=30)
                .flat_map(|number| in_chinese(number).into_iter().map(move |it| (it, number)))
                .collect();
            for (written, number) in [("正", 1), ("冬", 11), ("腊", 12)] {
                known.push((written.to_owned(), number));
            }
            known.extend((1..10).map(|one| {
                let written = format!("一十{}", in_chinese(one)[1]);
                (written, 10 + one)
            }));
            let number = known.iter().find(|(it, _)| *it == written).map(|(_, number)| *number);
            prop_assert_eq!(numeral(&written), number);
        }
    }

    #[test]
    fn what_is_no_date_is_not_read() {
        for typed in [
            "农历五月十十十十十十",
            "农历五月一二",
            "农历正一月初五",
            "农历五月廿十",
            "农历五月初",
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
