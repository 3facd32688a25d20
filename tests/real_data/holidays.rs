//! Holidays as others collected them: our calendar takes their files, and the one that comes with
//! the program says the same of every day.

use std::collections::BTreeMap;
use std::fs;

use chrono::{Datelike, NaiveDate, Weekday};
use frontdesk::domain::calendar::Calendar;

use crate::taken::data;

/// Working days of the years from 2019 on, as they were announced.
const WORKED: [usize; 8] = [250, 249, 250, 249, 249, 251, 248, 248];

fn days(year: i32) -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    first.iter_days().take_while(move |day| day.year() == year)
}

#[test]
fn a_year_read_from_its_file_has_the_working_days_of_ours() {
    let Some(folder) = data("cn-holidays") else {
        return;
    };
    let ours = Calendar::builtin();
    let mut theirs = Calendar::default();
    for year in 2007..=2026 {
        let text = fs::read_to_string(folder.join(format!("{year}.json"))).unwrap();
        theirs.lay_over(&Calendar::announced_by(&text).unwrap());
    }
    for (year, count) in (2019..).zip(WORKED) {
        let worked = |calendar: &Calendar| {
            let days = days(year).filter(|day| calendar.is_working(*day));
            days.collect::<Vec<_>>()
        };
        assert_eq!(worked(&ours), worked(&theirs), "{year}");
        assert_eq!(worked(&ours).len(), count, "{year}");
    }
    let unannounced = fs::read_to_string(folder.join("2027.json")).unwrap();
    assert!(
        Calendar::announced_by(&unannounced).is_err(),
        "a year not announced is no year without holidays"
    );
}

#[test]
fn another_collection_agrees_day_by_day() {
    let Some(folder) = data("cn-holidays") else {
        return;
    };
    let text = fs::read_to_string(folder.join("chinese-days.json")).unwrap();
    let listed: BTreeMap<String, BTreeMap<NaiveDate, String>> =
        serde_json::from_str(&text).unwrap();
    let ours = Calendar::builtin();
    for day in (2019..=2026).flat_map(days) {
        let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        let off = listed["holidays"].contains_key(&day);
        let worked = listed["workdays"].contains_key(&day) || !weekend && !off;
        assert_eq!(ours.is_working(day), worked, "{day}");
    }
}
