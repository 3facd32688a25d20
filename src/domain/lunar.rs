//! The Chinese lunar calendar of the years 1900 to 2100.
//!
//! A lunar month begins on the day of the new moon and has 29 or 30 days, so that the calendar follows
//! from no rule that is shorter than its table: one number a year says how long each month is, and
//! which one is there twice.

use super::stamp::Day;

/// The first lunar year of the table, which began on 31 January 1900.
const FIRST: u16 = 1900;
/// Days since 0001-01-01 of that day.
const BEGAN: i32 = 693_626;

/// A lunar year a number: in the lowest four bits the month that is there twice, or 0; above them from
/// the twelfth month to the first whether it has 30 days; in the highest whether the second of the month
/// that is there twice has.
#[rustfmt::skip]
const YEARS: [u32; 201] = [
    0x0_4BD8, 0x0_4AE0, 0x0_A570, 0x0_54D5, 0x0_D260, 0x0_D950, 0x1_6554, 0x0_56A0, 0x0_9AD0, 0x0_55D2, // 1900
    0x0_4AE0, 0x0_A5B6, 0x0_A4D0, 0x0_D250, 0x1_D255, 0x0_B540, 0x0_D6A0, 0x0_ADA2, 0x0_95B0, 0x1_4977, // 1910
    0x0_4970, 0x0_A4B0, 0x0_B4B5, 0x0_6A50, 0x0_6D40, 0x1_AB54, 0x0_2B60, 0x0_9570, 0x0_52F2, 0x0_4970, // 1920
    0x0_6566, 0x0_D4A0, 0x0_EA50, 0x1_6A95, 0x0_5AD0, 0x0_2B60, 0x1_86E3, 0x0_92E0, 0x1_C8D7, 0x0_C950, // 1930
    0x0_D4A0, 0x1_D8A6, 0x0_B550, 0x0_56A0, 0x1_A5B4, 0x0_25D0, 0x0_92D0, 0x0_D2B2, 0x0_A950, 0x0_B557, // 1940
    0x0_6CA0, 0x0_B550, 0x1_5355, 0x0_4DA0, 0x0_A5B0, 0x1_4573, 0x0_52B0, 0x0_A9A8, 0x0_E950, 0x0_6AA0, // 1950
    0x0_AEA6, 0x0_AB50, 0x0_4B60, 0x0_AAE4, 0x0_A570, 0x0_5260, 0x0_F263, 0x0_D950, 0x0_5B57, 0x0_56A0, // 1960
    0x0_96D0, 0x0_4DD5, 0x0_4AD0, 0x0_A4D0, 0x0_D4D4, 0x0_D250, 0x0_D558, 0x0_B540, 0x0_B6A0, 0x1_95A6, // 1970
    0x0_95B0, 0x0_49B0, 0x0_A974, 0x0_A4B0, 0x0_B27A, 0x0_6A50, 0x0_6D40, 0x0_AF46, 0x0_AB60, 0x0_9570, // 1980
    0x0_4AF5, 0x0_4970, 0x0_64B0, 0x0_74A3, 0x0_EA50, 0x0_6B58, 0x0_5AC0, 0x0_AB60, 0x0_96D5, 0x0_92E0, // 1990
    0x0_C960, 0x0_D954, 0x0_D4A0, 0x0_DA50, 0x0_7552, 0x0_56A0, 0x0_ABB7, 0x0_25D0, 0x0_92D0, 0x0_CAB5, // 2000
    0x0_A950, 0x0_B4A0, 0x0_BAA4, 0x0_AD50, 0x0_55D9, 0x0_4BA0, 0x0_A5B0, 0x1_5176, 0x0_52B0, 0x0_A930, // 2010
    0x0_7954, 0x0_6AA0, 0x0_AD50, 0x0_5B52, 0x0_4B60, 0x0_A6E6, 0x0_A4E0, 0x0_D260, 0x0_EA65, 0x0_D530, // 2020
    0x0_5AA0, 0x0_76A3, 0x0_96D0, 0x0_4AFB, 0x0_4AD0, 0x0_A4D0, 0x1_D0B6, 0x0_D250, 0x0_D520, 0x0_DD45, // 2030
    0x0_B5A0, 0x0_56D0, 0x0_55B2, 0x0_49B0, 0x0_A577, 0x0_A4B0, 0x0_AA50, 0x1_B255, 0x0_6D20, 0x0_ADA0, // 2040
    0x1_4B63, 0x0_9370, 0x0_49F8, 0x0_4970, 0x0_64B0, 0x1_68A6, 0x0_EA50, 0x0_6B20, 0x1_A6C4, 0x0_AAE0, // 2050
    0x0_92E0, 0x0_D2E3, 0x0_C960, 0x0_D557, 0x0_D4A0, 0x0_DA50, 0x0_5D55, 0x0_56A0, 0x0_A6D0, 0x0_55D4, // 2060
    0x0_52D0, 0x0_A9B8, 0x0_A950, 0x0_B4A0, 0x0_B6A6, 0x0_AD50, 0x0_55A0, 0x0_ABA4, 0x0_A5B0, 0x0_52B0, // 2070
    0x0_B273, 0x0_6930, 0x0_7337, 0x0_6AA0, 0x0_AD50, 0x1_4B55, 0x0_4B60, 0x0_A570, 0x0_54E4, 0x0_D160, // 2080
    0x0_E968, 0x0_D520, 0x0_DAA0, 0x1_6AA6, 0x0_56D0, 0x0_4AE0, 0x0_A9D4, 0x0_A2D0, 0x0_D150, 0x0_F252, // 2090
    0x0_D520, // 2100
];

/// A day of the lunar calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LunarDay {
    /// The lunar year, by the year in which it began.
    pub year: u16,
    /// The month, from 1 to 12.
    pub month: u8,
    /// The day, from 1 to 30.
    pub day: u8,
    /// Whether it is in the second of a month that is there twice.
    pub leap: bool,
}

fn of_year(year: u16) -> Option<u32> {
    YEARS.get(usize::from(year.checked_sub(FIRST)?)).copied()
}

/// The month that a lunar year has twice, if it has one.
pub fn leap_month(year: u16) -> Option<u8> {
    let month = of_year(year)? & 0xF;
    u8::try_from(month).ok().filter(|month| *month > 0)
}

/// The months of a lunar year in their order: the month, whether it is the second of its number, and
/// its days.
fn months(bits: u32) -> impl Iterator<Item = (u8, bool, u8)> {
    let leap = bits & 0xF;
    let long = move |bit: u32| if bits & bit == 0 { 29 } else { 30 };
    (1..=12_u8).flat_map(move |month| {
        let own = (month, false, long(0x1_0000 >> month));
        let again = (u32::from(month) == leap).then(|| (month, true, long(0x1_0000)));
        std::iter::once(own).chain(again)
    })
}

/// The days of a lunar month; none where the year has no such month.
pub fn days_in(year: u16, month: u8, leap: bool) -> Option<u8> {
    let mut months = months(of_year(year)?);
    let found = months.find(|(known, second, _)| (*known, *second) == (month, leap));
    found.map(|(_, _, days)| days)
}

/// The lunar day of a day between 31 January 1900 and 28 January 2101.
pub fn of(day: Day) -> Option<LunarDay> {
    let mut left = day.ordinal().checked_sub(BEGAN).filter(|days| *days >= 0)?;
    for (year, bits) in (FIRST..).zip(YEARS) {
        for (month, leap, days) in months(bits) {
            if left < i32::from(days) {
                return Some(LunarDay {
                    year,
                    month,
                    day: u8::try_from(left).ok()?.saturating_add(1),
                    leap,
                });
            }
            left -= i32::from(days);
        }
    }
    None
}

/// The day of a lunar day; none where the year has no such month, or the month no such day.
pub fn day(at: LunarDay) -> Option<Day> {
    let mut past: u64 = 0;
    for (year, bits) in (FIRST..).zip(YEARS) {
        for (month, leap, days) in months(bits) {
            if (year, month, leap) == (at.year, at.month, at.leap) {
                let within = at.day.checked_sub(1).filter(|_| at.day <= days)?;
                return Some(Day::of(1900, 1, 31)?.plus(past + u64::from(within)));
            }
            past += u64::from(days);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_festivals_of_1996_are_on_their_days() {
        let on = |month, of_month| {
            let at = LunarDay {
                year: 1996,
                month,
                day: of_month,
                leap: false,
            };
            day(at).unwrap().to_string()
        };
        for (month, of_month, expected) in [
            (1, 1, "1996-02-19"),
            (5, 5, "1996-06-20"),
            // New moons on 16 July and on 13 September.
            (6, 1, "1996-07-16"),
            (7, 7, "1996-08-20"),
            (8, 1, "1996-09-13"),
            (8, 15, "1996-09-27"),
            (9, 9, "1996-10-20"),
        ] {
            assert_eq!(on(month, of_month), expected, "{month}-{of_month}");
        }
    }

    fn new_year(year: u16) -> Day {
        day(LunarDay {
            year,
            month: 1,
            day: 1,
            leap: false,
        })
        .unwrap()
    }

    #[test]
    fn new_years_are_on_the_days_that_everybody_knows() {
        for (year, on) in [
            (1900, "1900-01-31"),
            (1949, "1949-01-29"),
            (1954, "1954-02-03"),
            (1985, "1985-02-20"),
            (2000, "2000-02-05"),
            (2023, "2023-01-22"),
            (2024, "2024-02-10"),
            (2025, "2025-01-29"),
            (2026, "2026-02-17"),
            (2027, "2027-02-06"),
            (2033, "2033-01-31"),
            (2034, "2034-02-19"),
            (2100, "2100-02-09"),
        ] {
            assert_eq!(new_year(year).to_string(), on);
        }
        assert_eq!(Day::of(1900, 1, 31).unwrap().ordinal(), BEGAN);
    }

    #[test]
    fn the_months_that_are_there_twice_are_known() {
        for (year, month) in [
            (2017, Some(6)),
            (2020, Some(4)),
            (2023, Some(2)),
            (2024, None),
            (2025, Some(6)),
            (2028, Some(5)),
            (2033, Some(11)),
            (1987, Some(6)),
        ] {
            assert_eq!(leap_month(year), month, "{year}");
        }
    }

    #[test]
    fn festivals_fall_on_their_days() {
        for (year, month, of_month, on) in [
            (2024, 5, 5, "2024-06-10"),
            (2024, 8, 15, "2024-09-17"),
            (2025, 8, 15, "2025-10-06"),
            (2026, 5, 5, "2026-06-19"),
        ] {
            let at = LunarDay {
                year,
                month,
                day: of_month,
                leap: false,
            };
            assert_eq!(day(at).unwrap().to_string(), on);
        }
    }

    #[test]
    fn every_day_of_two_hundred_years_leads_back_to_itself() {
        let mut at = Day::of(1900, 1, 31).unwrap();
        let mut before: Option<LunarDay> = None;
        let mut count = 0;
        while let Some(lunar) = of(at) {
            assert_eq!(day(lunar), Some(at));
            let follows = before.is_none_or(|it| lunar.day == 1 || lunar.day == it.day + 1);
            assert!(follows, "{at}");
            before = Some(lunar);
            at = at.plus(1);
            count += 1;
        }
        assert_eq!(at.to_string(), "2101-01-29");
        assert_eq!(count, at.ordinal() - BEGAN);
        assert_eq!(of(Day::of(1900, 1, 30).unwrap()), None);
    }
}
