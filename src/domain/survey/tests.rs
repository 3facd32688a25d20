use super::*;
use crate::domain::stamp::Day;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn means_are_tenths_and_half_a_tenth_goes_up() {
    for (sum, count, mean) in [
        (270, 3, "90.0"),
        (849, 10, "84.9"),
        (850, 10, "85.0"),
        (260, 3, "86.7"),
        (1699, 20, "85.0"),
        (1698, 20, "84.9"),
        (0, 1, "0.0"),
    ] {
        assert_eq!(Tenths::mean(sum, count).unwrap().to_string(), mean);
    }
    assert_eq!(Tenths::mean(0, 0), None);
}

#[test]
fn points_are_read_with_one_decimal_at_most() {
    for (text, tenths) in [
        ("85", Some(850)),
        ("84.9", Some(849)),
        ("100", Some(1000)),
        ("100.1", None),
        ("84.95", None),
        ("84.", None),
        ("-1", None),
        ("", None),
    ] {
        assert_eq!(text.parse().ok(), tenths.map(Tenths), "{text}");
    }
}

#[test]
fn a_year_is_due_from_its_day_on_and_missed_once_it_is_over() {
    let rules = SurveyRules {
        remind_on: "10-01".parse().ok(),
        ..SurveyRules::default()
    };
    let told = |closed: &[Day], today| yearly(day("2023-05-01"), closed, day(today), &rules);
    let closed = [day("2023-12-31")];
    assert_eq!(told(&closed, "2024-09-30"), Yearly::default());
    assert_eq!(told(&closed, "2024-10-01").due, Some(2024));
    assert_eq!(told(&closed, "2025-01-01").missed, [2024]);
    assert_eq!(told(&closed, "2025-01-01").due, None);
    let both = [day("2023-12-31"), day("2024-10-01")];
    assert_eq!(told(&both, "2024-12-31"), Yearly::default());
    let late = yearly(day("2024-10-02"), &[], day("2024-12-31"), &rules);
    assert_eq!(late, Yearly::default());
    let unset = SurveyRules::default();
    assert_eq!(
        yearly(day("2023-05-01"), &[], day("2025-01-01"), &unset),
        Yearly::default()
    );
}
