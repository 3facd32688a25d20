use proptest::prelude::*;

use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year_days(year: i32) -> impl Iterator<Item = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    first
        .iter_days()
        .take_while(move |date| date.year() == year)
}

/// The last day of a term of working days after `from`.
fn working(from: &str, n: u32) -> NaiveDate {
    Calendar::builtin()
        .due(date(from), n, DayUnit::Working, false)
        .date
}

#[test]
fn the_years_known_today_have_the_announced_number_of_working_days() {
    let calendar = Calendar::builtin();
    let known = [
        (2019, 22, 17, 250),
        (2020, 30, 19, 249),
        (2021, 31, 18, 250),
        (2022, 32, 18, 249),
        (2023, 26, 18, 249),
        (2024, 28, 19, 251),
        (2025, 28, 18, 248),
        (2026, 33, 19, 248),
    ];
    for (year, off, on_weekdays, worked) in known {
        let holidays: Vec<NaiveDate> = year_days(year)
            .filter(|date| matches!(calendar.kind(*date).kind, DayKind::Holiday(_)))
            .collect();
        assert_eq!(holidays.len(), off, "days off in {year}");
        let weekdays = holidays
            .iter()
            .filter(|date| date.weekday().number_from_monday() < 6);
        assert_eq!(weekdays.count(), on_weekdays, "weekdays off in {year}");
        let count = year_days(year)
            .filter(|date| calendar.is_working(*date))
            .count();
        assert_eq!(count, worked, "working days in {year}");
        assert!(year_days(year).all(|date| calendar.kind(date).announced));
    }
}

#[test]
fn the_make_up_workdays_are_the_announced_ones() {
    let calendar = Calendar::builtin();
    let known = [
        (2019, "02-02 02-03 04-28 05-05 09-29 10-12"),
        (2020, "01-19 04-26 05-09 06-28 09-27 10-10"),
        (2021, "02-07 02-20 04-25 05-08 09-18 09-26 10-09"),
        (2022, "01-29 01-30 04-02 04-24 05-07 10-08 10-09"),
        (2023, "01-28 01-29 04-23 05-06 06-25 10-07 10-08"),
        (2024, "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
        (2025, "01-26 02-08 04-27 09-28 10-11"),
        (2026, "01-04 02-14 02-28 05-09 09-20 10-10"),
    ];
    for (year, expected) in known {
        let found: Vec<String> = year_days(year)
            .filter(|date| matches!(calendar.kind(*date).kind, DayKind::MakeUp(_)))
            .map(|date| date.format("%m-%d").to_string())
            .collect();
        assert_eq!(found.join(" "), expected, "{year}");
    }
}

#[test]
fn a_holiday_and_a_make_up_day_carry_the_name_in_both_languages() {
    let calendar = Calendar::builtin();
    let DayKind::Holiday(name) = calendar.kind(date("2024-06-10")).kind else {
        panic!()
    };
    assert_eq!(
        (name.zh.as_str(), name.en.as_str()),
        ("端午节", "Dragon Boat Festival")
    );
    let DayKind::MakeUp(name) = calendar.kind(date("2024-09-14")).kind else {
        panic!()
    };
    assert_eq!(
        (name.zh.as_str(), name.en.as_str()),
        ("中秋节", "Mid-Autumn Festival")
    );
}

#[test]
fn the_holidays_prolonged_in_2020_are_free_and_the_monday_after_is_worked() {
    let calendar = Calendar::builtin();
    for free in ["2020-01-31", "2020-02-01", "2020-02-02"] {
        assert!(!calendar.is_working(date(free)), "{free}");
    }
    assert_eq!(calendar.kind(date("2020-02-03")).kind, DayKind::Working);
}

#[test]
fn terms_in_working_days_skip_holidays_and_count_make_up_days() {
    assert_eq!(working("2024-06-06", 1), date("2024-06-07"));
    assert_eq!(working("2024-06-06", 3), date("2024-06-12"));
    assert_eq!(working("2024-06-07", 1), date("2024-06-11"));
    assert_eq!(working("2024-09-13", 1), date("2024-09-14"));
    assert_eq!(working("2022-12-30", 1), date("2023-01-03"));
}

#[test]
fn terms_in_calendar_days_skip_nothing() {
    let calendar = Calendar::builtin();
    let due = calendar.due(date("2024-06-06"), 3, DayUnit::Calendar, false);
    assert_eq!((due.date, due.provisional), (date("2024-06-09"), false));
    let due = calendar.due(date("2024-06-06"), 3, DayUnit::Calendar, true);
    assert_eq!(due.date, date("2024-06-08"));
    let due = calendar.due(date("2027-06-06"), 3, DayUnit::Calendar, false);
    assert!(!due.provisional, "no announcement moves calendar days");
}

#[test]
fn the_proof_lists_every_day_counted_or_skipped_and_why() {
    let due = Calendar::builtin().due(date("2024-06-07"), 2, DayUnit::Working, false);
    let lines: Vec<String> = due
        .proof
        .iter()
        .map(|day| {
            let kind = match &day.kind {
                DayKind::Working => "working",
                DayKind::Weekend => "weekend",
                DayKind::Holiday(name) | DayKind::MakeUp(name) => &name.zh,
            };
            format!("{} {kind} {:?}", day.date.format("%m-%d"), day.counted)
        })
        .collect();
    let expected = [
        "06-07 working None",
        "06-08 weekend None",
        "06-09 weekend None",
        "06-10 端午节 None",
        "06-11 working Some(1)",
        "06-12 working Some(2)",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn the_first_day_counts_only_where_it_is_said_and_worked() {
    let calendar = Calendar::builtin();
    let due = |from: &str| calendar.due(date(from), 1, DayUnit::Working, true).date;
    assert_eq!(due("2024-06-07"), date("2024-06-07"));
    assert_eq!(due("2024-06-08"), date("2024-06-11"));
}

#[test]
fn a_term_of_no_days_ends_at_once() {
    let due = Calendar::builtin().due(date("2024-06-08"), 0, DayUnit::Working, true);
    assert_eq!((due.date, due.proof.len()), (date("2024-06-08"), 1));
}

#[test]
fn a_term_that_reaches_into_2027_is_provisional_and_one_that_does_not_is_final() {
    let calendar = Calendar::builtin();
    assert!(!calendar.is_announced(2027));
    assert!(!calendar.kind(date("2027-01-01")).announced);
    let due = calendar.due(date("2026-12-30"), 1, DayUnit::Working, false);
    assert_eq!((due.date, due.provisional), (date("2026-12-31"), false));
    let due = calendar.due(date("2026-12-30"), 2, DayUnit::Working, false);
    assert_eq!((due.date, due.provisional), (date("2027-01-01"), true));
}

#[test]
fn working_days_between_leave_out_the_first_day_and_take_the_last() {
    let calendar = Calendar::builtin();
    let between = |from, to| calendar.working_days_between(date(from), date(to));
    assert_eq!(between("2024-06-06", "2024-06-06"), 0);
    assert_eq!(between("2024-06-06", "2024-06-07"), 1);
    assert_eq!(between("2024-06-07", "2024-06-11"), 1);
    assert_eq!(between("2024-06-11", "2024-06-07"), 0);
    assert_eq!(between("2023-12-31", "2024-12-31"), 251);
}

#[test]
fn a_file_of_holiday_cn_adds_its_year_and_the_december_before() {
    let json = r#"{"year": 2027, "papers": [], "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "丰收节", "date": "2027-01-09", "isOffDay": false}
    ]}"#;
    let mut calendar = Calendar::builtin();
    calendar.lay_over(&Calendar::announced_by(json).unwrap());
    assert!(calendar.is_announced(2027));
    assert!(!calendar.is_working(date("2026-12-31")));
    assert!(calendar.is_working(date("2027-01-09")));
    let DayKind::Holiday(name) = calendar.kind(date("2027-01-01")).kind else {
        panic!()
    };
    assert_eq!(name.en, "New Year's Day");
    let DayKind::MakeUp(name) = calendar.kind(date("2027-01-09")).kind else {
        panic!()
    };
    assert_eq!((name.zh.as_str(), name.en.as_str()), ("丰收节", "丰收节"));
    let due = calendar.due(date("2026-12-30"), 1, DayUnit::Working, false);
    assert_eq!((due.date, due.provisional), (date("2027-01-04"), false));
}

#[test]
fn a_later_notice_replaces_the_earlier_one_of_its_year_only() {
    let json = r#"{"year": 2022, "days": [
        {"name": "国庆节", "date": "2022-10-01", "isOffDay": true}
    ]}"#;
    let mut calendar = Calendar::builtin();
    assert!(!calendar.is_working(date("2022-05-02")));
    calendar.lay_over(&Calendar::announced_by(json).unwrap());
    assert!(
        calendar.is_working(date("2022-05-02")),
        "no longer named as free"
    );
    let december = calendar.kind(date("2022-12-31")).kind;
    assert!(
        matches!(december, DayKind::Holiday(_)),
        "announced with 2023: {december:?}"
    );
}

fn keys(text: &str) -> Vec<String> {
    let refusal = Calendar::announced_by(text).unwrap_err();
    refusal.problems.into_iter().map(|it| it.key).collect()
}

#[test]
fn a_file_without_days_is_a_year_not_announced_and_is_refused() {
    assert_eq!(
        keys(r#"{"year": 2027, "papers": [], "days": []}"#),
        ["calendar-empty"]
    );
    assert_eq!(keys("# nothing yet\n"), ["calendar-empty"]);
    assert_eq!(
        keys("[[years]]\nyear = 2027\nholidays = []\n"),
        ["calendar-empty"]
    );
}

#[test]
fn a_file_of_another_shape_or_with_a_foreign_day_is_refused_whole() {
    assert_eq!(keys(r#"{"holidays": {}}"#), ["calendar-unreadable"]);
    let json = r#"{"year": 2027, "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2026-11-30", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": false}
    ]}"#;
    assert_eq!(keys(json), ["calendar-outside-year", "calendar-twice"]);
    let table = "[[years]]\nyear = 2027\nholidays = [{ name = \"a\", of = [] }]\n";
    let refusal = Calendar::announced_by(table).unwrap_err();
    assert!(
        refusal.problems[0].args["detail"].starts_with("3: "),
        "{refusal:?}"
    );
}

#[test]
fn a_list_of_days_is_one_notice_and_tells_each_row_that_is_wrong() {
    let list =
        "# 2027\n2026-12-31,off,元旦\n2027-01-01, off, 元旦\n\n2027-01-09,work,元旦 # Saturday\n";
    let mut calendar = Calendar::builtin();
    calendar.lay_over(&Calendar::announced_by(list).unwrap());
    assert!(calendar.is_announced(2027) && calendar.is_working(date("2027-01-09")));
    assert!(!calendar.is_working(date("2026-12-31")));
    assert!(
        !calendar.is_working(date("2026-10-01")),
        "2026 stays as it was announced"
    );
    let refusal = Calendar::announced_by("2027-02-30,off,a\n2027-01-01,of,a\n2027-01-01,off\n");
    let problems = refusal.unwrap_err().problems;
    let lines: Vec<&str> = problems.iter().map(|it| it.args["line"].as_str()).collect();
    assert_eq!(lines, ["1", "2", "3"]);
}

#[test]
fn what_was_imported_year_after_year_is_kept_in_one_text() {
    let mut site = Calendar::default();
    for text in [
        "2026-12-31,off,元旦\n2027-01-01,off,元旦\n2027-01-02,work,元旦\n",
        "2028-01-03,off,丰收节\n2028-01-05,off,丰收节\n",
        "2027-01-01,off,元旦\n",
    ] {
        site.lay_over(&Calendar::announced_by(text).unwrap());
        let again = Calendar::announced_by(&site.to_toml()).unwrap();
        assert_eq!(
            (&again.listed, &again.announced),
            (&site.listed, &site.announced)
        );
    }
    let years: Vec<i32> = site.announced().collect();
    assert_eq!(years, [2027, 2028]);
    let calendar = Calendar::with_site(Some(&site.to_toml())).unwrap();
    assert!(
        calendar.is_working(date("2026-12-31")),
        "the later notice names it no more"
    );
    assert!(calendar.is_working(date("2028-01-04")));
    let builtin = Calendar::builtin();
    let again = Calendar::announced_by(&builtin.to_toml()).unwrap();
    assert_eq!(
        (again.listed, again.announced),
        (builtin.listed, builtin.announced)
    );
}

/// Compares every day with the collection the facts were carried over from, where it is at hand.
#[test]
fn every_day_from_2019_to_2026_agrees_with_the_public_collection() {
    let Some(folder) = std::env::var_os("FRONTDESK_REAL_DATA") else {
        println!("FRONTDESK_REAL_DATA is not set: the calendar was not compared");
        return;
    };
    let folder = std::path::PathBuf::from(folder).join("cn-holidays");
    let mut read = Calendar {
        names: Calendar::builtin().names,
        ..Calendar::default()
    };
    for year in 2019..=2027 {
        let json = std::fs::read_to_string(folder.join(format!("{year}.json"))).unwrap();
        if let Ok(notice) = Calendar::announced_by(&json) {
            read.lay_over(&notice);
        }
    }
    let own = Calendar::builtin();
    let days: Vec<NaiveDate> = (2019..=2026).flat_map(year_days).collect();
    for date in &days {
        assert_eq!(own.kind(*date), read.kind(*date), "{date}");
    }
    assert!(!read.is_announced(2027));
    println!("compared {} days with {}", days.len(), folder.display());
}

prop_compose! {
    fn any_day()(offset in 0_i64..3400) -> NaiveDate {
        date("2018-06-01") + chrono::TimeDelta::days(offset)
    }
}

fn any_unit() -> impl Strategy<Value = DayUnit> {
    prop_oneof![Just(DayUnit::Working), Just(DayUnit::Calendar)]
}

proptest! {
    #[test]
    fn a_term_in_working_days_ends_on_a_working_day(from in any_day(), n in 1_u32..60) {
        let calendar = Calendar::builtin();
        let due = calendar.due(from, n, DayUnit::Working, false);
        prop_assert!(calendar.is_working(due.date));
        prop_assert_eq!(calendar.working_days_between(from, due.date), n);
    }

    #[test]
    fn a_longer_term_and_a_later_start_never_end_earlier(
        from in any_day(), n in 0_u32..60, unit in any_unit(), start in any::<bool>(),
    ) {
        let calendar = Calendar::builtin();
        let due = calendar.due(from, n, unit, start).date;
        prop_assert!(calendar.due(from, n + 1, unit, start).date >= due);
        let next = from.succ_opt().unwrap();
        prop_assert!(calendar.due(next, n, unit, start).date >= due);
    }

    #[test]
    fn the_proof_is_unbroken_and_counts_exactly_to_n(
        from in any_day(), n in 0_u32..60, unit in any_unit(), start in any::<bool>(),
    ) {
        let due = Calendar::builtin().due(from, n, unit, start);
        let dates: Vec<NaiveDate> = due.proof.iter().map(|day| day.date).collect();
        let unbroken: Vec<NaiveDate> =
            from.iter_days().take_while(|date| *date <= due.date).collect();
        prop_assert_eq!(dates, unbroken);
        let counted: Vec<u32> = due.proof.iter().filter_map(|day| day.counted).collect();
        prop_assert_eq!(counted, (1..=n).collect::<Vec<u32>>());
    }
}
