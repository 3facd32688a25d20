use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::context::Meta;
use crate::domain::number::{Kind, Number};
use crate::domain::operator::{Operator, OperatorDetails};
use crate::domain::profile::Profile;

/// A moment at the site, UTC+8.
fn at(text: &str) -> Stamp {
    Stamp::parse(text, 480).unwrap()
}

fn said(at: Stamp) -> String {
    at.local(480).format("%Y-%m-%d %H:%M").to_string()
}

/// Work from 09:00 to 18:00.
fn with<T>(look: impl FnOnce(&Context) -> T) -> T {
    let profile = Profile::builtin("dealership").unwrap();
    let calendar = Calendar::builtin();
    let number = Number {
        kind: Kind::Operator,
        year: 2024,
        seq: 1,
    };
    let meta = Meta {
        number,
        version: 1,
        created_at: Stamp(0),
        created_by: number,
        changed_at: Stamp(0),
        changed_by: number,
        import: None,
        void: false,
    };
    let operator = Operator::of(meta, OperatorDetails::default(), true);
    look(&Context {
        now: at("2024-06-06 15:00"),
        operator: &operator,
        profile: &profile,
        calendar: &calendar,
        accept: &[],
    })
}

fn term(amount: u32, unit: TermUnit) -> Term {
    Term {
        amount,
        unit,
        start_counts: false,
        ends: DayEnd::Work,
        pauses: true,
        clause: None,
    }
}

fn ends(term: &Term, began: &str, pauses: &[(&str, &str)]) -> String {
    let pauses: Vec<Pause> = pauses
        .iter()
        .map(|(from, to)| Pause {
            from: at(from),
            to: Some(at(to)),
        })
        .collect();
    with(|context| said(deadline(term, at(began), &pauses, context).unwrap().at))
}

#[test]
fn a08_n3b_one_working_day_ends_with_the_next_days_work_and_steps_over_the_holiday() {
    let day = term(1, TermUnit::WorkingDays);
    assert_eq!(ends(&day, "2024-06-06 15:00", &[]), "2024-06-07 18:00");
    // Monday 10 June is Dragon Boat.
    assert_eq!(ends(&day, "2024-06-07 08:59", &[]), "2024-06-11 18:00");
    // Saturday 14 September is worked.
    assert_eq!(ends(&day, "2024-09-13 10:00", &[]), "2024-09-14 18:00");
}

#[test]
fn the_first_day_counts_and_the_last_ends_at_midnight_where_the_profile_says_so() {
    let day = Term {
        start_counts: true,
        ends: DayEnd::Midnight,
        ..term(2, TermUnit::CalendarDays)
    };
    assert_eq!(ends(&day, "2024-06-06 15:00", &[]), "2024-06-08 00:00");
}

#[test]
fn working_hours_are_those_between_the_hours_of_work() {
    let hours = term(4, TermUnit::WorkingHours);
    assert_eq!(ends(&hours, "2024-06-06 10:30", &[]), "2024-06-06 14:30");
    assert_eq!(ends(&hours, "2024-06-06 16:00", &[]), "2024-06-07 11:00");
    assert_eq!(ends(&hours, "2024-06-07 17:00", &[]), "2024-06-11 12:00");
    assert_eq!(ends(&hours, "2024-06-08 12:00", &[]), "2024-06-11 13:00");
    assert_eq!(
        ends(&term(48, TermUnit::Hours), "2024-06-07 17:00", &[]),
        "2024-06-09 17:00"
    );
}

#[test]
fn a_term_stands_still_while_the_customer_is_awaited() {
    let day = term(1, TermUnit::WorkingDays);
    let away = [("2024-06-07 09:00", "2024-06-11 10:00")];
    assert_eq!(ends(&day, "2024-06-06 15:00", &away), "2024-06-11 18:00");
    let hours = term(4, TermUnit::WorkingHours);
    let lunch = [("2024-06-06 11:00", "2024-06-06 13:30")];
    assert_eq!(ends(&hours, "2024-06-06 10:00", &lunch), "2024-06-06 16:30");
    let still = [Pause {
        from: at("2024-06-06 11:00"),
        to: None,
    }];
    with(|context| {
        let began = at("2024-06-06 10:00");
        assert_eq!(deadline(&hours, began, &still, context), None);
        let strict = Term {
            pauses: false,
            ..hours.clone()
        };
        let due = deadline(&strict, began, &still, context).unwrap();
        assert_eq!(said(due.at), "2024-06-06 14:00");
    });
}

#[test]
fn waiting_that_begins_after_the_end_of_a_term_takes_nothing_back() {
    let day = term(1, TermUnit::WorkingDays);
    let from = at("2024-06-07 18:30");
    for to in [None, Some(at("2024-06-12 09:00"))] {
        with(|context| {
            let began = at("2024-06-06 15:00");
            let due = deadline(&day, began, &[Pause { from, to }], context).unwrap();
            assert_eq!(said(due.at), "2024-06-07 18:00");
        });
    }
}

#[test]
fn the_proof_names_every_day_and_why() {
    with(|context| {
        let due = deadline(
            &term(1, TermUnit::WorkingDays),
            at("2024-06-07 15:00"),
            &[],
            context,
        )
        .unwrap();
        let counted: Vec<_> = due
            .proof
            .iter()
            .map(|day| (day.date.to_string(), day.counted))
            .collect();
        let days = ["06-07", "06-08", "06-09", "06-10", "06-11"];
        let expected: Vec<_> = days
            .iter()
            .map(|day| (format!("2024-{day}"), (*day == "06-11").then_some(1)))
            .collect();
        assert_eq!(counted, expected);
        assert!(matches!(due.proof[3].kind, DayKind::Holiday(_)));
        assert!(!due.provisional);
    });
}

#[test]
fn a_term_into_a_year_that_is_not_announced_is_provisional() {
    with(|context| {
        let due = |unit| deadline(&term(3, unit), at("2026-12-30 10:00"), &[], context).unwrap();
        assert!(due(TermUnit::WorkingDays).provisional);
        assert!(!due(TermUnit::CalendarDays).provisional);
    });
}

#[test]
fn what_lay_with_somebody_is_counted_in_minutes_of_work() {
    with(|context| {
        let lay = |from, to| working_minutes(at(from), at(to), context);
        assert_eq!(lay("2024-06-06 15:00", "2024-06-06 16:30"), 90);
        assert_eq!(lay("2024-06-07 17:00", "2024-06-11 10:00"), 120);
        assert_eq!(lay("2024-06-08 09:00", "2024-06-08 18:00"), 0);
        assert_eq!(lay("2024-06-11 10:00", "2024-06-06 15:00"), 0);
    });
}

#[test]
fn a_term_of_nothing_ends_where_it_began_whatever_is_awaited() {
    with(|context| {
        let began = at("2024-01-17 00:00");
        let pause = Pause {
            from: began,
            to: Some(at("2024-01-17 18:00")),
        };
        for unit in [TermUnit::WorkingHours, TermUnit::Hours] {
            for pauses in [&[][..], &[pause]] {
                let end = deadline(&term(0, unit), began, pauses, context).unwrap().at;
                assert_eq!(end, began, "{unit:?}");
            }
        }
    });
}

proptest! {
    #[test]
    fn more_time_never_ends_earlier_and_a_pause_never_shortens(
        amount in 0_u32..40,
        minutes in 0_i64..600_000,
        away in 0_i64..20_000,
        lasts in 0_i64..20_000,
        unit in prop::sample::select(TermUnit::ALL),
    ) {
        with(|context| {
            let minute = 60_000_000;
            let began = Stamp(at("2024-01-01 00:00").0 + minutes * minute);
            let pause = Pause {
                from: Stamp(began.0 + away * minute),
                to: Some(Stamp(began.0 + (away + lasts) * minute)),
            };
            let end = |amount, pauses: &[Pause]| {
                deadline(&term(amount, unit), began, pauses, context).unwrap().at
            };
            assert!(end(amount, &[]) <= end(amount + 1, &[]));
            assert!(end(amount, &[]) <= end(amount, &[pause]));
        });
    }
}
