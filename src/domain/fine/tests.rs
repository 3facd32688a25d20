use super::*;
use crate::domain::profile::Profile;

fn day(text: &str) -> Day {
    Day(text.parse().unwrap())
}

fn rules() -> FineRules {
    Profile::builtin("dealership").unwrap().archive.fines
}

fn violation(on: &str, post: Role, items: &[(Offence, u32)]) -> Violation {
    Violation {
        on: day(on),
        person: "李明".to_owned(),
        post,
        items: items.to_vec(),
        again: None,
    }
}

/// What each of these costs, in hundredths of a yuan.
fn sums(violations: &[Violation]) -> Vec<u64> {
    let fines = propose(violations, &rules());
    fines.iter().map(Fine::sum).collect()
}

fn late(on: &str, post: Role) -> Violation {
    violation(on, post, &[(Offence::Late, 1)])
}

#[test]
fn a_sales_consultant_pays_double_from_the_second_of_a_month_and_begins_anew_in_the_next() {
    let days = ["2024-06-03", "2024-06-13", "2024-06-30", "2024-07-01"];
    let all = days.map(|on| late(on, Role::SalesConsultant));
    let sums = sums(&all);
    assert_eq!(sums, [50_00, 100_00, 100_00, 50_00]);
    assert_eq!(sums[..3].iter().sum::<u64>(), 250_00);
    let fines = propose(&all, &rules());
    assert_eq!(fines[0].lines[0].clauses, ["A07-f1"]);
    assert_eq!(fines[1].lines[0].clauses, ["A07-f1", "A07-f6a"]);
}

#[test]
fn a_service_adviser_pays_double_from_the_third() {
    let days = ["2024-06-03", "2024-06-04", "2024-06-05", "2024-06-06"];
    let sums = sums(&days.map(|on| late(on, Role::ServiceAdviser)));
    assert_eq!(sums, [50_00, 50_00, 100_00, 100_00]);
    assert_eq!(sums.iter().sum::<u64>(), 300_00);
}

#[test]
fn two_people_of_one_month_do_not_count_for_each_other() {
    let mut other = late("2024-06-04", Role::SalesConsultant);
    other.person = "王芳".to_owned();
    assert_eq!(
        sums(&[late("2024-06-03", Role::SalesConsultant), other]),
        [50_00, 50_00]
    );
}

#[test]
fn signatures_and_papers_cost_by_the_item_and_by_the_post() {
    let of = |post, items: &[(Offence, u32)]| sums(&[violation("2024-06-06", post, items)])[0];
    let (sales, service) = (Role::SalesConsultant, Role::ServiceAdviser);
    assert_eq!(of(sales, &[(Offence::UserSignature, 2)]), 40_00);
    assert_eq!(of(service, &[(Offence::Paper, 2)]), 40_00);
    let both = [(Offence::UserSignature, 1), (Offence::Paper, 1)];
    assert_eq!(of(service, &both), 70_00);
    assert_eq!(of(service, &[(Offence::StaffSignature, 1)]), 20_00);
    assert_eq!(of(service, &[(Offence::Contact, 1)]), 50_00);
}

#[test]
fn what_is_lost_or_damaged_is_paid_besides_and_doubles_nothing() {
    let service = Role::ServiceAdviser;
    let lost = violation("2024-06-06", service, &[(Offence::Piece, 2)]);
    let all = [
        lost.clone(),
        lost.clone(),
        lost,
        late("2024-06-07", service),
    ];
    assert_eq!(sums(&all), [40_00, 40_00, 40_00, 50_00]);
}

#[test]
fn an_order_not_followed_is_missed_at_the_end_of_each_working_day() {
    let calendar = Calendar::builtin();
    let of = |corrected: Option<&str>, today: &str| {
        missed(day("2024-06-06"), corrected.map(day), day(today), &calendar)
    };
    // Friday; Saturday to Monday nobody works, for Monday is the Dragon Boat Festival.
    assert_eq!(
        of(None, "2024-06-12"),
        [day("2024-06-07"), day("2024-06-11")]
    );
    assert_eq!(of(None, "2024-06-11"), [day("2024-06-07")]);
    assert_eq!(of(Some("2024-06-07"), "2024-06-12"), []);
    let repeat = Violation {
        again: Some(50_00),
        ..violation("2024-06-11", Role::SalesConsultant, &[])
    };
    let first = late("2024-06-06", Role::SalesConsultant);
    let next = late("2024-06-12", Role::SalesConsultant);
    // The same amount each time, and yet a violation that makes the next one double.
    assert_eq!(sums(&[first, repeat, next]), [50_00, 50_00, 100_00]);
}

#[test]
fn pay_is_withheld_within_bounds_and_only_from_the_third_on() {
    let of = |violations, percent| {
        let refusal = withhold(Role::ServiceAdviser, violations, percent, &rules());
        refusal.err().map(|it| it.problems[0].key.clone())
    };
    assert_eq!(of(3, 10), None);
    assert_eq!(of(3, 30), None);
    for percent in [9, 31] {
        assert_eq!(of(3, percent).as_deref(), Some("withholding-out-of-bounds"));
    }
    assert_eq!(of(2, 10).as_deref(), Some("nothing-to-withhold"));
    assert!(withhold(Role::SalesConsultant, 5, 10, &rules()).is_err());
}

#[test]
fn a_rate_of_nothing_due_is_no_rate() {
    assert_eq!(
        (rate(8, 10), rate(9, 10), rate(0, 0)),
        (Some(800), Some(900), None)
    );
}
