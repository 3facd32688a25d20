use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Calendar;
use crate::domain::complaint::course::{Attempt, Breach, Reach, Satisfaction, Summary};
use crate::domain::complaint::{Complaint, ComplaintAnswer, ComplaintDetails, ComplaintState};
use crate::domain::deadline;
use crate::domain::intake::Channel;
use crate::domain::number::Kind;
use crate::domain::operator::{Operator, OperatorDetails};
use crate::domain::profile::Profile;
use crate::domain::role::Role;
use crate::domain::stamp::Stamp;

fn number(kind: Kind, seq: u32) -> Number {
    Number {
        kind,
        year: 2024,
        seq,
    }
}

fn at(text: &str) -> Stamp {
    Stamp::parse(text, 480).unwrap()
}

fn meta(number: Number) -> Meta {
    Meta {
        number,
        version: 1,
        created_at: Stamp(0),
        created_by: number,
        changed_at: Stamp(0),
        changed_by: number,
        import: None,
        void: false,
    }
}

fn operator(seq: u32, roles: &[Role], department: &str) -> Operator {
    let details = OperatorDetails {
        login: format!("o{seq}"),
        name: format!("职员{seq}"),
        roles: roles.to_vec(),
        department: department.to_owned(),
        ..OperatorDetails::default()
    };
    Operator::of(meta(number(Kind::Operator, seq)), details, true)
}

fn complaint(seq: u32, made_at: Stamp) -> Complaint {
    Complaint {
        meta: meta(number(Kind::Complaint, seq)),
        details: ComplaintDetails {
            channel: Some(Channel::Call),
            ..ComplaintDetails::default()
        },
        made_at,
        intake: None,
        state: ComplaintState::Recorded,
        department: String::new(),
        handler: String::new(),
        due: None,
        provisional: false,
        answer: None,
        trail: Vec::new(),
        due_at: None,
        course: Box::default(),
        measures: Vec::new(),
    }
}

struct Site {
    profile: Profile,
    calendar: Calendar,
}

impl Site {
    fn new(profile: &str) -> Self {
        Self {
            profile: Profile::builtin(profile).unwrap(),
            calendar: Calendar::builtin(),
        }
    }

    fn context<'a>(&'a self, operator: &'a Operator, now: &str) -> Context<'a> {
        Context {
            now: at(now),
            operator,
            profile: &self.profile,
            calendar: &self.calendar,
            accept: &[],
        }
    }
}

fn quarter() -> Quarter {
    Quarter::of(2024, 2).unwrap()
}

fn figures(complaints: &[Complaint], context: &Context) -> Figures {
    let mut tally = Tally::new(quarter(), *context);
    for complaint in complaints {
        tally.add(complaint);
    }
    tally.figures(Vec::new())
}

fn department(name: &str, seq: u32) -> Complaint {
    Complaint {
        department: name.to_owned(),
        ..complaint(seq, at("2024-05-06 10:00"))
    }
}

fn keys<T>(outcome: Result<T, Refusal>) -> Vec<(String, Option<String>)> {
    let refusal = outcome.err().unwrap();
    let problems = refusal.problems.into_iter();
    problems.map(|it| (it.key, it.clause)).collect()
}

fn refused(key: &str, clause: &str) -> Vec<(String, Option<String>)> {
    let clause = (!clause.is_empty()).then(|| clause.to_owned());
    vec![(key.to_owned(), clause)]
}

fn part(department: &str) -> PartDetails {
    PartDetails {
        department: department.to_owned(),
        text: "巡检周期过长".to_owned(),
        measures: vec![PlannedMeasure {
            kind: MeasureKind::Preventive,
            text: "每周巡检".to_owned(),
            owner: "陈亮".to_owned(),
            due: Day::of(2024, 8, 1),
        }],
        no_measure: String::new(),
    }
}

#[test]
fn a13_c5a_only_complaints_made_in_the_quarter_are_counted() {
    let site = Site::new("property");
    let manager = operator(1, &[Role::CustomerServiceManager], "");
    let context = site.context(&manager, "2024-07-02 09:00");
    let days = ["2024-03-31", "2024-04-01", "2024-06-30", "2024-07-01"];
    let made = (1..).zip(days).map(|(seq, day)| complaint(seq, at(day)));
    assert_eq!(figures(&made.collect::<Vec<_>>(), &context).total, 2);
}

#[test]
fn a13_c5b_nothing_is_submitted_while_a_department_has_written_nothing() {
    let site = Site::new("property");
    let manager = operator(1, &[Role::CustomerServiceManager], "");
    let engineer = operator(2, &[Role::DepartmentHead], "工程部");
    let context = site.context(&manager, "2024-07-02 09:00");
    let complaints = [department("engineering", 1), department("cleaning", 2)];
    let figures = figures(&complaints, &context);
    let report = draft(number(Kind::Analysis, 1), quarter(), &context).unwrap();
    let of_engineer = site.context(&engineer, "2024-07-02 10:00");
    let report = write_part(&report, &part("engineering"), &of_engineer).unwrap();
    let submit = AnalysisStep::Submit {
        note: String::new(),
    };
    let outcome = step(&report, &submit, figures.clone(), &context);
    assert_eq!(keys(outcome), refused("parts-missing", "A13-c5b"));
    let outcome = write_part(&report, &part("cleaning"), &of_engineer);
    assert_eq!(keys(outcome), refused("not-own-department", "A13-c5b"));
    let cleaner = operator(3, &[Role::DepartmentHead], "cleaning");
    let of_cleaner = site.context(&cleaner, "2024-07-02 11:00");
    let report = write_part(&report, &part("cleaning"), &of_cleaner).unwrap();
    let report = step(&report, &submit, figures, &context).unwrap();
    assert_eq!(report.state, AnalysisState::Submitted);
}

#[test]
fn a13_c5c_a_part_has_a_measure_with_owner_and_day_or_says_why_none_is_needed() {
    let site = Site::new("property");
    let engineer = operator(2, &[Role::DepartmentHead], "engineering");
    let manager = operator(1, &[Role::CustomerServiceManager], "");
    let context = site.context(&manager, "2024-07-02 09:00");
    let report = draft(number(Kind::Analysis, 1), quarter(), &context).unwrap();
    let context = site.context(&engineer, "2024-07-02 09:00");
    let without = PartDetails {
        measures: Vec::new(),
        ..part("engineering")
    };
    let outcome = write_part(&report, &without, &context);
    assert_eq!(keys(outcome), refused("required", "A13-c5c"));
    let mut nobody = part("engineering");
    nobody.measures[0].owner.clear();
    let outcome = write_part(&report, &nobody, &context);
    assert_eq!(keys(outcome), refused("required", "A13-c5c"));
    let because = PartDetails {
        no_measure: "个别事件".to_owned(),
        ..without
    };
    assert_eq!(
        write_part(&report, &because, &context).unwrap().parts.len(),
        1
    );
}

#[test]
fn a13_c6_only_the_general_manager_approves_and_then_nothing_changes() {
    let site = Site::new("property");
    let manager = operator(1, &[Role::CustomerServiceManager], "");
    let general = operator(2, &[Role::PropertyGeneralManager], "");
    let engineer = operator(3, &[Role::DepartmentHead], "engineering");
    let context = site.context(&manager, "2024-07-02 09:00");
    let figures = figures(&[department("engineering", 1)], &context);
    let report = draft(number(Kind::Analysis, 1), quarter(), &context).unwrap();
    let of_engineer = site.context(&engineer, "2024-07-02 10:00");
    let report = write_part(&report, &part("engineering"), &of_engineer).unwrap();
    let submit = AnalysisStep::Submit {
        note: String::new(),
    };
    let early = site.context(&manager, "2024-06-30 18:00");
    let outcome = step(&report, &submit, figures.clone(), &early);
    assert_eq!(keys(outcome), refused("quarter-not-over", "A13-c5a"));
    let report = step(&report, &submit, figures.clone(), &context).unwrap();
    let approve = AnalysisStep::Approve {
        note: String::new(),
    };
    let outcome = step(&report, &approve, figures.clone(), &context);
    assert_eq!(keys(outcome), refused("role-may-not", "A13-c6"));
    let of_general = site.context(&general, "2024-07-03 09:00");
    let back = AnalysisStep::SendBack {
        reason: String::new(),
    };
    let outcome = step(&report, &back, figures.clone(), &of_general);
    assert_eq!(keys(outcome), refused("required", ""));
    let approved = step(&report, &approve, figures.clone(), &of_general).unwrap();
    assert_eq!(approved.figures.as_deref(), Some(&figures));
    let made = measures(&approved, number(Kind::Measure, 7), &of_general);
    assert_eq!(made.len(), 1);
    assert_eq!(made[0].meta.number.seq, 7);
    assert_eq!(made[0].meta.created_by, engineer.meta.number);
    let outcome = write_part(&approved, &part("engineering"), &of_engineer);
    assert_eq!(keys(outcome), refused("analysis-not-yet", "A13-c6"));
    for again in [submit, approve, back] {
        let outcome = step(&approved, &again, figures.clone(), &of_general);
        assert_eq!(keys(outcome), refused("analysis-not-yet", "A13-c6"));
    }
}

#[test]
fn nobody_approves_what_they_submitted() {
    let site = Site::new("property");
    let both = [Role::CustomerServiceManager, Role::PropertyGeneralManager];
    let one = operator(1, &both, "");
    let context = site.context(&one, "2024-07-02 09:00");
    let report = draft(number(Kind::Analysis, 1), quarter(), &context).unwrap();
    let none = figures(&[], &context);
    let submit = AnalysisStep::Submit {
        note: String::new(),
    };
    let report = step(&report, &submit, none.clone(), &context).unwrap();
    let approve = AnalysisStep::Approve {
        note: String::new(),
    };
    let outcome = step(&report, &approve, none, &context);
    assert_eq!(keys(outcome), refused("own-analysis", ""));
}

/// A complaint of anything, by a few numbers.
fn any_complaint() -> impl Strategy<Value = Complaint> {
    let who = (0_u32..6, 0_u32..6, 0_usize..4, 0_usize..4, 0_usize..5);
    let course = (
        0_u32..2,
        0_usize..6,
        proptest::bool::ANY,
        proptest::bool::ANY,
    );
    let times = (0_i64..120 * 1440, 0_i64..40 * 1440, proptest::bool::ANY);
    (who, course, times).prop_map(|(who, course, times)| {
        let (phone, plate, category, room, state) = who;
        let (reopened, said, late, summed_up) = course;
        let (made, taken, answered) = times;
        let made_at = Stamp(at("2024-03-20").0 + made * 60_000_000);
        let mut one = complaint(1, made_at);
        one.details.phone = ["", "13800138000", "13800138001", "021", "22", "13800138002"]
            [phone as usize]
            .to_owned();
        one.details.plate = ["", "-", "沪A1", "沪A2", "-", ""][plate as usize].to_owned();
        one.details.category = ["product", "repair", "service", ""][category].to_owned();
        one.department = ["sales", "after-sales", "parts", ""][room].to_owned();
        one.state = [
            ComplaintState::Recorded,
            ComplaintState::Assigned,
            ComplaintState::Answered,
            ComplaintState::Closed,
            ComplaintState::Withdrawn,
        ][state];
        if answered {
            one.answer = Some(ComplaintAnswer {
                text: String::new(),
                channel: Channel::Call,
                at: Stamp(made_at.0 + taken * 60_000_000),
                by: number(Kind::Operator, 1),
            });
        }
        one.course.reopened = reopened;
        if late {
            one.course.breaches.push(Breach {
                state: ComplaintState::Assigned,
                handler: String::new(),
                due: made_at,
                done: made_at,
            });
        }
        let words = Said {
            text: String::new(),
            at: made_at,
            by: number(Kind::Operator, 1),
        };
        if said > 0 {
            let satisfaction = Satisfaction::ALL.get(said - 1).copied();
            one.course.attempts.push(Attempt {
                reach: Reach::Reached,
                satisfaction: satisfaction.filter(|_| summed_up),
                said: words.clone(),
            });
        }
        if summed_up {
            one.course.summary = Some(Summary {
                evaluation: words,
                cause_department: one.department.clone(),
                cause_person: String::new(),
                no_cause: String::new(),
                delay: String::new(),
                loss: None,
                no_measure: String::new(),
                penalties: Vec::new(),
            });
        }
        one
    })
}

/// Every line of the figures that has a cell.
fn all_lines(figures: &Figures) -> Vec<Line> {
    let mut lines = vec![
        figures.reopened.clone(),
        figures.late.clone(),
        figures.major.clone(),
    ];
    for list in [
        &figures.categories,
        &figures.channels,
        &figures.causes,
        &figures.outcomes,
        &figures.states,
        &figures.late_in,
        &figures.satisfaction.scale,
    ] {
        lines.extend(list.iter().cloned());
    }
    lines
}

proptest! {
    #[test]
    fn each_number_is_how_many_complaints_match_its_cell(
        complaints in proptest::collection::vec(any_complaint(), 0..60)
    ) {
        let site = Site::new("dealership");
        let manager = operator(1, &[Role::RelationsManager], "");
        let context = site.context(&manager, "2024-09-02 09:00");
        let figures = figures(&complaints, &context);
        let (from, to) = (at("2024-04-01"), at("2024-07-01"));
        let of_quarter: Vec<&Complaint> = complaints
            .iter()
            .filter(|one| from <= one.made_at && one.made_at < to)
            .collect();
        prop_assert_eq!(figures.total, of_quarter.len() as u64);
        for line in all_lines(&figures) {
            let matching = of_quarter.iter().filter(|one| line.cell.matches(one, &context));
            prop_assert_eq!(line.count, matching.count() as u64, "{:?}", line.cell);
        }
        // Who complained before, seen from each complaint back.
        let repeated = of_quarter.iter().enumerate().filter(|(place, one)| {
            of_quarter[..*place].iter().any(|before| {
                let (one, before) = (&one.details, &before.details);
                (!one.phone.is_empty() && one.phone == before.phone)
                    || (one.plate.starts_with('沪') && one.plate == before.plate)
            })
        });
        prop_assert_eq!(figures.repeated.count, repeated.count() as u64);
        // Times, one by one.
        let mut taken: Vec<u64> = of_quarter
            .iter()
            .filter_map(|one| {
                let answer = one.answer.as_ref()?;
                Some(((answer.at.0 - one.made_at.0) / 60_000_000).cast_unsigned())
            })
            .collect();
        taken.sort_unstable();
        let count = taken.len();
        prop_assert_eq!(figures.times.count, count as u64);
        if count > 0 {
            let clock = figures.times.clock;
            prop_assert_eq!(u64::from(clock.mean), taken.iter().sum::<u64>() / count as u64);
            prop_assert_eq!(u64::from(clock.longest), taken[count - 1]);
            prop_assert_eq!(
                u64::from(clock.median),
                u64::midpoint(taken[count / 2], taken[(count - 1) / 2])
            );
            let work: i64 = of_quarter
                .iter()
                .filter_map(|one| {
                    let answer = one.answer.as_ref()?;
                    Some(deadline::working_minutes(one.made_at, answer.at, &context))
                })
                .sum();
            prop_assert_eq!(i64::from(figures.times.work.mean), work / i64::try_from(count).unwrap());
        }
        let mut by_department: BTreeMap<&str, u64> = BTreeMap::new();
        for one in &of_quarter {
            *by_department.entry(one.department.as_str()).or_default() += 1;
        }
        let counted = figures.departments.iter().map(|it| (it.department.as_str(), it.count));
        prop_assert_eq!(counted.collect::<BTreeMap<_, _>>(), by_department);
    }

    #[test]
    fn causes_are_sorted_and_their_shares_add_up_to_the_whole(
        complaints in proptest::collection::vec(any_complaint(), 1..60)
    ) {
        let site = Site::new("dealership");
        let manager = operator(1, &[Role::RelationsManager], "");
        let context = site.context(&manager, "2024-09-02 09:00");
        let figures = figures(&complaints, &context);
        prop_assert!(figures.causes.is_sorted_by(|one, next| one.count >= next.count));
        let last = figures.causes.last().map(|line| line.cumulative);
        prop_assert_eq!(last, (figures.total > 0).then_some(1000));
    }
}
