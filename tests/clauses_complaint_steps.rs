//! The clauses on the steps of a normal complaint at a dealership, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::dealership::{before, dealership, lacks, of_category, summary};
use common::staff::{Staff, judged, said};
use common::steps::{asked, blank, holds, whole};
use common::{at, grievance};
use frontdesk::desk::contract::{Command, Filter};
use frontdesk::domain::complaint::course::{Judgement, Reach, Satisfaction};
use frontdesk::domain::complaint::{ComplaintDetails, ComplaintState as State, Step, StepKind};
use frontdesk::domain::intake::Channel;
use frontdesk::domain::number::Kind;
use frontdesk::domain::role::Role::{
    GeneralManager, RelationsAdviser, RelationsManager, RelationsSpecialist, ServiceManager,
};

#[test]
fn a08_n1a_time_text_complainant_and_plate_are_written_down() {
    let mut staff = dealership();
    let record = |change: fn(&mut ComplaintDetails)| {
        let mut details = grievance("漏油");
        change(&mut details);
        Command::RecordComplaint {
            details,
            intake: None,
        }
    };
    for (command, field) in [
        (record(|one| one.text.clear()), "A08-n1a text"),
        (record(|one| one.complainant.clear()), "A08-n1a complainant"),
        (record(|one| one.plate.clear()), "A08-n1a plate"),
        (
            record(|one| one.made_at = Some(at("2024-06-06 15:01"))),
            "A08-n1a made_at",
        ),
    ] {
        let why = said(staff.is(RelationsAdviser).ask(command));
        assert_eq!(why, [field]);
    }
    let now = staff.recorded(RelationsAdviser);
    let now = staff.complaint(now);
    assert_eq!(
        (now.made_at, now.details.plate.as_str()),
        (at("2024-06-06 15:00"), "-")
    );
    let earlier = ComplaintDetails {
        made_at: Some(at("2024-06-05 20:15")),
        ..grievance("漏油")
    };
    let earlier = staff.recorded_as(RelationsAdviser, earlier);
    assert_eq!(staff.complaint(earlier).made_at, at("2024-06-05 20:15"));
}

#[test]
fn a08_n2a_no_nature_without_what_the_manager_found() {
    let why = lacks(&mut dealership(), RelationsManager, StepKind::Assign);
    assert!(why.contains(&"A08-n2a cause".to_owned()), "{why:?}");
}

#[test]
fn a08_n2a2_the_category_comes_before_judgements_and_handler() {
    let why = lacks(&mut dealership(), RelationsManager, StepKind::Assign);
    assert!(why.contains(&"A08-n2a2 category".to_owned()), "{why:?}");
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, number, &of_category(""));
    assert_eq!(why, ["A08-n2a2 category"]);
}

#[test]
fn a08_n2b_both_judgements_are_kept_with_their_reasons_and_no_closes_nothing() {
    let mut staff = dealership();
    let why = lacks(&mut staff, RelationsManager, StepKind::Assign);
    let asked_for = [
        "justified",
        "justified-reason",
        "reasonable",
        "reasonable-reason",
    ];
    for field in asked_for {
        assert!(why.contains(&format!("A08-n2b {field}")), "{why:?}");
    }
    let number = staff.recorded(RelationsSpecialist);
    let no = Judgement {
        holds: Some(false),
        reason: "车况正常".into(),
    };
    let step = match judged() {
        Step::Assign {
            department,
            handler,
            note,
            category,
            cause,
            ..
        } => Step::Assign {
            department,
            handler,
            note,
            category,
            cause,
            justified: no.clone(),
            reasonable: holds("只要求说明"),
        },
        other => other,
    };
    let taken = staff.take(RelationsManager, number, &step);
    assert_eq!(taken.state, State::Assigned);
    let nature = taken.course.nature.unwrap();
    assert_eq!(
        (nature.justified, nature.reasonable),
        (no, holds("只要求说明"))
    );
}

#[test]
fn a08_n2d_a_department_of_the_sites_list_is_required() {
    let mut staff = dealership();
    let why = lacks(&mut staff, RelationsManager, StepKind::Assign);
    assert!(
        why.iter().any(|one| one.ends_with(" department")),
        "{why:?}"
    );
}

#[test]
fn a08_n3a_the_handler_finds_cause_and_person() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::Approve);
    let solution = staff.complaint(number).course.solution.unwrap();
    assert_eq!(solution.proposed.by, staff.posts[&ServiceManager]);
    assert!(!solution.cause.is_empty() && !solution.person.is_empty());
    let why = lacks(&mut staff, ServiceManager, StepKind::Propose);
    assert_eq!(why[..2], ["A08-d3.2 cause", "A08-d3.2 person"]);
}

#[test]
fn a08_n3b_a_solution_is_due_within_one_working_day_of_the_assignment() {
    let mut staff = dealership();
    let thursday = before(&mut staff, StepKind::Propose);
    let assigned = staff.complaint(thursday);
    assert_eq!(assigned.due_at, Some(at("2024-06-07 18:00")));
    assert!(!assigned.is_late(at("2024-06-07 18:00")));
    assert!(assigned.is_late(at("2024-06-07 18:01")));
    staff.set("2024-06-07 10:00");
    let friday = before(&mut staff, StepKind::Propose);
    // Monday 2024-06-10 is Dragon Boat.
    assert_eq!(staff.complaint(friday).due_at, Some(at("2024-06-11 18:00")));
    assert!(staff.bench.listed(Kind::Complaint, Filter::Late).is_empty());
    staff.set("2024-06-07 18:00");
    assert!(staff.bench.listed(Kind::Complaint, Filter::Late).is_empty());
    staff.set("2024-06-07 18:01");
    assert_eq!(
        staff.bench.listed(Kind::Complaint, Filter::Late),
        [thursday]
    );
}

#[test]
fn a08_n4a_the_customer_is_told_nothing_before_the_general_manager_agrees() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::Approve);
    let tell = whole(StepKind::Answer, &staff.profile).unwrap();
    let why = staff.why(RelationsSpecialist, number, &tell);
    assert_eq!(why, ["A08-n4b step-not-yet"]);
    staff.take(
        GeneralManager,
        number,
        &whole(StepKind::Approve, &staff.profile).unwrap(),
    );
    staff.take(RelationsSpecialist, number, &tell);
}

#[test]
fn a08_n4b_what_was_approved_waits_to_be_told_and_the_telling_is_kept() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::Answer);
    let approved = Filter::InState(State::Approved);
    assert_eq!(
        staff
            .is(RelationsSpecialist)
            .listed(Kind::Complaint, approved),
        [number]
    );
    assert_eq!(
        staff.complaint(number).course.since,
        Some(at("2024-06-06 15:00"))
    );
    let bare = blank(StepKind::Answer, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsSpecialist, number, &bare),
        ["A08-n4b text", "A08-n4b channel"]
    );
    staff.set("2024-06-06 15:40");
    let tell = whole(StepKind::Answer, &staff.profile).unwrap();
    let told = staff
        .take(RelationsSpecialist, number, &tell)
        .answer
        .unwrap();
    assert_eq!(
        (told.at, told.channel),
        (at("2024-06-06 15:40"), Channel::Call)
    );
    assert_eq!(told.by, staff.posts[&RelationsSpecialist]);
}

#[test]
fn a08_n4c_the_reaction_is_told_back_before_anything_follows() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::FeedBack);
    let why = staff.why(RelationsSpecialist, number, &asked(Satisfaction::Satisfied));
    assert_eq!(why, ["A08-n5 step-not-yet"]);
    let bare = blank(StepKind::FeedBack, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsSpecialist, number, &bare),
        ["A08-n4c text"]
    );
    let text = "可以接受".into();
    staff.take(RelationsSpecialist, number, &Step::FeedBack { text });
    assert_eq!(
        staff.complaint(number).course.reaction.unwrap().text,
        "可以接受"
    );
}

#[test]
fn a08_n5_nothing_is_closed_without_how_satisfied_they_are_or_enough_attempts() {
    let mut staff = Staff::with("dealership", Some("[complaints]\ntries = 2\n"));
    let number = before(&mut staff, StepKind::AskSatisfaction);
    for kind in [StepKind::SumUp, StepKind::Close] {
        let step = whole(kind, &staff.profile).unwrap();
        let why = staff.why(RelationsManager, number, &step);
        assert!(why[0].starts_with("A08-n7"), "{why:?}");
    }
    let bare = blank(StepKind::AskSatisfaction, &staff.profile).unwrap();
    assert_eq!(
        staff.why(RelationsSpecialist, number, &bare),
        ["A08-n5 reach"]
    );
    let nobody = Step::AskSatisfaction {
        reach: Some(Reach::NotReached),
        satisfaction: None,
        note: String::new(),
    };
    let once = staff.take(RelationsSpecialist, number, &nobody);
    assert_eq!(once.state, State::Reacted);
    let twice = staff.take(RelationsSpecialist, number, &nobody);
    assert_eq!(
        (twice.state, twice.course.attempts.len()),
        (State::Asked, 2)
    );
    let said = before(&mut staff, StepKind::SumUp);
    let said = staff.complaint(said).course.satisfaction();
    assert_eq!(said, Some(Satisfaction::Satisfied));
}

#[test]
fn a08_n7_nothing_is_closed_without_a_summary_and_a_word_on_improvement() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::SumUp);
    let close = whole(StepKind::Close, &staff.profile).unwrap();
    let why = staff.why(RelationsManager, number, &close);
    assert_eq!(why, ["A08-n7 answer-first"]);
    let bare = blank(StepKind::SumUp, &staff.profile).unwrap();
    let why = staff.why(RelationsManager, number, &bare);
    assert!(why.contains(&"A08-n7 evaluation".to_owned()), "{why:?}");
    assert!(why.contains(&"A08-n7 no_measure".to_owned()), "{why:?}");
    // With a measure drafted nobody asks why there is none, and it stays open after the complaint.
    let measure = staff.measure(RelationsManager, number);
    let drafted = summary(|step| {
        if let Step::SumUp { no_measure, .. } = step {
            no_measure.clear();
        }
    });
    staff.take(RelationsManager, number, &drafted);
    assert_eq!(
        staff.take(RelationsManager, number, &close).state,
        State::Closed
    );
    assert_eq!(staff.bench.listed(Kind::Measure, Filter::Open), [measure]);
}
