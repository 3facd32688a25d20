//! Properties of the rules and of the plain data below them, over values nobody thought of.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod common;

use common::tried::{any_try, check_taken};
use common::{at, cases, grievance};
use frontdesk::domain::calendar::Calendar;
use frontdesk::domain::complaint;
use frontdesk::domain::context::{Context, Meta};
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::Operator;
use frontdesk::domain::phone;
use frontdesk::domain::profile::Profile;
use frontdesk::domain::role::Role;
use frontdesk::domain::stamp::{Day, Stamp};
use proptest::prelude::*;
use proptest::sample::select;

fn number(kind: Kind, seq: u32) -> Number {
    Number {
        kind,
        year: 2024,
        seq,
    }
}

fn operator(seq: u32, roles: Vec<Role>) -> Operator {
    let number = number(Kind::Operator, seq);
    let now = at("2024-06-06 09:00");
    let meta = Meta {
        number,
        version: 1,
        created_at: now,
        created_by: number,
        changed_at: now,
        changed_by: number,
        import: None,
        void: false,
    };
    Operator {
        meta,
        login: "x".into(),
        name: "林小满".into(),
        roles,
        department: String::new(),
        active: true,
        service: false,
        account: None,
        deputies: Vec::new(),
        acknowledged: None,
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_complaint_never_reaches_a_state_the_table_does_not_allow(
        id in select(Profile::IDS),
        tries in prop::collection::vec(
            (
                any_try(),
                prop::collection::vec(select(Role::ALL), 0..3),
                1..9_u32,
                prop::bool::weighted(0.7),
                prop::bool::weighted(0.7),
                0_i64..1_000,
            ),
            0..60,
        ),
    ) {
        let profile = Profile::builtin(id).unwrap();
        let calendar = Calendar::builtin();
        let recorder = operator(1, Role::ALL.to_vec());
        let context = Context {
            now: at("2024-06-06 09:00"),
            operator: &recorder,
            profile: &profile,
            calendar: &calendar,
            accept: &[],
        };
        let recorded = number(Kind::Complaint, 1);
        let mut present =
            complaint::record(recorded, grievance("太吵"), None, None, &context).unwrap();
        let mut now = context.now;
        for (one, roles, who, everybody, goes_on, minutes) in tries {
            now = Stamp(now.0 + minutes * 60_000_000);
            let roles = if everybody { Role::ALL.to_vec() } else { roles };
            let worker = operator(who, roles);
            let context = Context { operator: &worker, now, ..context };
            let Some(step) = one.step(&present, &profile, goes_on) else { continue };
            if let Ok(next) = complaint::step(&present, &step, Some(&recorder), &context) {
                check_taken(&present, &next, &step, &worker, &profile);
                present = next;
            }
        }
    }

    #[test]
    fn a_number_reads_back_from_what_it_shows_and_from_its_key(
        kind in select(Kind::ALL), year: u16, seq: u32,
    ) {
        let number = Number { kind, year, seq };
        prop_assert_eq!(number.to_string().parse(), Ok(number));
        prop_assert_eq!(Number::from_key(&number.to_key()), Some(number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Number>(&json).unwrap(), number);
    }

    #[test]
    fn keys_of_numbers_stand_in_the_order_of_the_numbers(
        kind in select(Kind::ALL), a: (u16, u32), b: (u16, u32),
    ) {
        let [a, b] = [a, b].map(|(year, seq)| Number { kind, year, seq });
        prop_assert_eq!(a.to_key().cmp(&b.to_key()), a.cmp(&b));
    }

    #[test]
    fn no_text_stops_the_reading_of_a_number(text in "\\PC{0,20}") {
        if let Ok(number) = text.parse::<Number>() {
            prop_assert_eq!(number.to_string().parse(), Ok(number));
        }
    }

    #[test]
    fn a_telephone_in_its_normal_form_stays_as_it_is(typed in "[0+86 -]{0,20}[0-9]{0,12}|\\PC{0,30}") {
        if let Ok(digits) = phone::normal(&typed) {
            prop_assert_eq!(phone::normal(&digits), Ok(digits.clone()));
            prop_assert_eq!(phone::normal(&phone::shown(&digits)), Ok(digits));
        }
    }

    #[test]
    fn digits_with_blanks_and_dashes_between_are_the_same_telephone(
        digits in "1[3-9][0-9]{9}", gaps in prop::collection::vec(select(vec!["", " ", "-"]), 11),
    ) {
        let typed: String = digits
            .chars()
            .zip(gaps)
            .flat_map(|(c, gap)| std::iter::once(c).chain(gap.chars()))
            .collect();
        prop_assert_eq!(phone::normal(&typed), Ok(digits.clone()));
        prop_assert_eq!(phone::normal(&format!("+86 {typed}")), Ok(digits));
    }

    #[test]
    fn a_list_of_telephones_holds_each_once_in_normal_form(typed in "[0-9 ,，、;+-]{0,80}") {
        if let Ok(phones) = phone::list(&typed) {
            let digits: Vec<&String> = phones.iter().map(|phone| &phone.digits).collect();
            let distinct: std::collections::BTreeSet<_> = digits.iter().collect();
            prop_assert_eq!(distinct.len(), digits.len());
            for one in digits {
                prop_assert_eq!(&phone::normal(one).unwrap(), one);
            }
        }
    }

    #[test]
    fn a_stamp_reads_back_from_what_it_shows(micros in -10_000_000_000_000_000..10_000_000_000_000_000_i64) {
        let stamp = Stamp(micros);
        prop_assert_eq!(Stamp::parse(&stamp.to_string(), 480), Some(stamp));
        let json = serde_json::to_string(&stamp).unwrap();
        prop_assert_eq!(serde_json::from_str::<Stamp>(&json).unwrap(), stamp);
    }

    #[test]
    fn the_day_of_a_stamp_begins_and_ends_at_midnight_of_the_site(
        days in 0..80_000_u64, second in 0..86_400_u32, offset in (-14_i32 * 4..=14 * 4).prop_map(|quarter| quarter * 15),
    ) {
        let day = Day::of(1_950, 1, 1).unwrap().plus(days);
        let local = day.0.and_hms_opt(second / 3_600, second / 60 % 60, second % 60).unwrap();
        let stamp = Stamp::from_local(local, offset);
        prop_assert_eq!(stamp.day(offset), day);
        prop_assert_eq!(stamp.local(offset), local);
        let text = local.format("%Y-%m-%d %H:%M:%S").to_string();
        prop_assert_eq!(Stamp::parse(&text, offset), Some(stamp));
    }

    #[test]
    fn a_day_reads_back_from_what_it_shows(days in 0..100_000_u64) {
        let day = Day::of(1_900, 1, 1).unwrap().plus(days);
        prop_assert_eq!(Day::parse(&day.to_string()), Some(day));
        let json = serde_json::to_string(&day).unwrap();
        prop_assert_eq!(serde_json::from_str::<Day>(&json).unwrap(), day);
    }

    #[test]
    fn no_text_stops_the_reading_of_a_time(text in "\\PC{0,30}", offset: i32) {
        let _ = (Stamp::parse(&text, offset), Day::parse(&text));
    }
}
