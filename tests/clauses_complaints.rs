//! The clauses on normal complaints at a dealership, each checked as its register asks.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::dealership::{before, dealership, lacks, of_category, summary, way};
use common::staff::{Staff, judged, said};
use common::steps::whole;
use common::{at, grievance, list, numbers};
use frontdesk::desk::contract::{Command, Filter, ListQuery, Query, Reply, Sort};
use frontdesk::domain::complaint::{
    ComplaintDetails, ComplaintState as State, Service, Step, StepKind,
};
use frontdesk::domain::measure::MeasureStep;
use frontdesk::domain::number::{Kind, Number};
use frontdesk::domain::operator::OperatorDetails;
use frontdesk::domain::role::Role::{
    GeneralManager, RelationsAdviser, RelationsManager, RelationsSpecialist, SalesManager,
    ServiceManager,
};
use frontdesk::domain::stamp::Day;

/// A category is offered under its clause and kept with the complaint.
fn is_offered(clause: &str, id: &str) {
    let mut staff = dealership();
    let mut offered = staff.profile.complaints.categories.iter();
    let category = offered.find(|one| one.clause.as_deref() == Some(clause));
    assert_eq!(category.unwrap().id, id);
    let details = ComplaintDetails {
        category: id.into(),
        ..grievance("说好的赠品没有给")
    };
    let number = staff.recorded_as(RelationsSpecialist, details);
    assert_eq!(staff.complaint(number).details.category, id);
}

#[test]
fn a08_s0_a_complaint_says_whether_it_is_about_sales_or_after_sales() {
    let mut staff = dealership();
    let details = ComplaintDetails {
        service: None,
        ..grievance("说好的赠品没有给")
    };
    let record = |details: ComplaintDetails| Command::RecordComplaint {
        details,
        intake: None,
    };
    let bench = staff.is(RelationsSpecialist);
    assert_eq!(bench.lacking(record(details.clone())), ["service"]);
    let whole = ComplaintDetails {
        service: Some(Service::Sales),
        ..details
    };
    let number = staff.recorded_as(RelationsSpecialist, whole);
    assert_eq!(
        staff.complaint(number).details.service,
        Some(Service::Sales)
    );
}

#[test]
fn a08_s1_product_quality_is_a_category() {
    is_offered("A08-s1", "product");
}

#[test]
fn a08_s2_a_sales_contract_is_a_category_that_proposes_the_sales_manager() {
    is_offered("A08-s2", "contract");
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, number, &of_category("contract"));
    assert_eq!(why, ["A08-d3.1 note"]);
}

#[test]
fn a08_s3_repair_quality_is_a_category_that_proposes_the_service_manager() {
    is_offered("A08-s3", "repair");
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, number, &of_category("repair"));
    assert_eq!(why, ["A08-d3.1 note"]);
}

#[test]
fn a08_s4_service_quality_is_a_category_that_proposes_nobody() {
    is_offered("A08-s4", "service");
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let taken = staff.take(RelationsManager, number, &of_category("service"));
    assert_eq!(taken.state, State::Assigned);
}

#[test]
fn a08_s5_proposals_and_criticism_are_a_category_and_exactly_one_category_is_needed() {
    is_offered("A08-s5", "opinion");
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, number, &of_category(""));
    assert_eq!(why, ["A08-n2a2 category"]);
    let why = staff.why(RelationsManager, number, &of_category("weather"));
    assert_eq!(why, [" category"]);
}

#[test]
fn a08_r3_1_nobody_is_given_a_complaint_without_a_handlers_name() {
    let mut staff = dealership();
    let why = lacks(&mut staff, RelationsManager, StepKind::Assign);
    assert!(why.iter().any(|one| one.ends_with(" handler")), "{why:?}");
}

#[test]
fn a08_r3_2_summing_up_names_department_and_person_or_says_why_there_is_none() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::SumUp);
    let without = summary(|step| {
        if let Step::SumUp {
            cause_department,
            cause_person,
            ..
        } = step
        {
            cause_department.clear();
            cause_person.clear();
        }
    });
    let why = staff.why(RelationsManager, number, &without);
    assert_eq!(why, ["A08-r3.2 cause_department", "A08-r3.2 cause_person"]);
    let nobody = summary(|step| {
        if let Step::SumUp {
            cause_department,
            cause_person,
            no_cause,
            ..
        } = step
        {
            cause_department.clear();
            cause_person.clear();
            *no_cause = "道路飞石，与本店无关".into();
        }
    });
    let done = staff.take(RelationsManager, number, &nobody);
    assert_eq!(done.state, State::Summarised);
}

#[test]
fn a08_r3_3_a_complaint_of_which_a_step_was_late_says_who_or_what_delayed_it() {
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    for (role, step) in way(&staff) {
        if step.kind() == StepKind::Propose {
            staff.set("2024-06-11 09:30");
        }
        if step.kind() == StepKind::SumUp {
            break;
        }
        staff.take(role, number, &step);
    }
    let why = staff.why(RelationsManager, number, &summary(|_| ()));
    assert_eq!(why, ["A08-r3.3 delay", "A08-x2 penalty_handler"]);
}

#[test]
fn a08_r4_numbers_have_no_gap_and_what_is_taken_back_keeps_its_own() {
    let mut staff = dealership();
    let first = staff.recorded(RelationsSpecialist);
    let bad = Command::RecordComplaint {
        details: grievance(""),
        intake: None,
    };
    assert_eq!(staff.is(RelationsAdviser).lacking(bad), ["text"]);
    let withdraw = |reason: &str| Step::Withdraw {
        reason: reason.into(),
    };
    assert_eq!(
        staff.why(RelationsManager, first, &withdraw(" ")),
        [" reason"]
    );
    staff.take(RelationsManager, first, &withdraw("误会"));
    let second = staff.recorded(RelationsAdviser);
    assert_eq!(
        [first.to_string(), second.to_string()],
        ["CO-2024-00001", "CO-2024-00002"]
    );
    let kept = staff.complaint(first);
    assert_eq!(
        (kept.state, kept.details.text.as_str()),
        (State::Withdrawn, "刚修好又漏油")
    );
}

#[test]
fn a08_d1_adviser_and_specialist_record_and_neither_classifies_nor_approves() {
    for role in [RelationsAdviser, RelationsSpecialist] {
        let mut staff = dealership();
        let number = staff.recorded(role);
        assert_eq!(
            staff.why(role, number, &judged()),
            ["A08-d2.1 role-may-not"]
        );
        let number = before(&mut staff, StepKind::Approve);
        let yes = whole(StepKind::Approve, &staff.profile).unwrap();
        assert_eq!(staff.why(role, number, &yes), ["A08-n4a role-may-not"]);
    }
    let mut staff = dealership();
    let command = Command::RecordComplaint {
        details: grievance("漏油"),
        intake: None,
    };
    let refused = said(staff.is(SalesManager).ask(command));
    assert_eq!(refused, ["A08-d1 role-may-not"]);
}

#[test]
fn a08_d2_1_only_the_relations_manager_classifies_and_assigns() {
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    for role in [
        SalesManager,
        ServiceManager,
        GeneralManager,
        RelationsSpecialist,
    ] {
        let why = staff.why(role, number, &judged());
        assert_eq!(why, ["A08-d2.1 role-may-not"], "{role:?}");
    }
    staff.take(RelationsManager, number, &judged());
}

#[test]
fn a08_d2_2_the_managers_note_is_attached_and_the_handlers_words_stay() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::Approve);
    let proposed = staff.complaint(number);
    let text = "已与车间核对工单".into();
    staff.set("2024-06-06 16:10");
    let note = staff.is(RelationsManager).change(Command::AddRemark {
        about: number,
        text,
    });
    assert_eq!(note.meta().created_by, staff.posts[&RelationsManager]);
    assert_eq!(note.meta().created_at, at("2024-06-06 16:10"));
    assert_eq!(staff.complaint(number), proposed);
}

fn by_due(staff: &mut Staff, kind: Kind, filter: Filter) -> Vec<Number> {
    numbers(&staff.bench.page(ListQuery {
        sort: Sort::Due,
        ..list(kind, filter, Sort::Due)
    }))
}

#[test]
fn a08_d2_3_the_manager_sees_all_open_ones_with_handler_and_term_and_the_late_first() {
    let mut staff = dealership();
    let early = staff.recorded(RelationsSpecialist);
    staff.take(RelationsManager, early, &judged());
    staff.set("2024-06-07 10:00");
    let late = staff.recorded(RelationsSpecialist);
    staff.take(RelationsManager, late, &judged());
    let undated = staff.recorded(RelationsSpecialist);
    staff.set("2024-06-11 10:00");
    staff.is(RelationsManager);
    assert_eq!(
        by_due(&mut staff, Kind::Complaint, Filter::Open),
        [early, late]
    );
    assert_eq!(by_due(&mut staff, Kind::Complaint, Filter::Late), [early]);
    let row = staff.bench.get(early);
    assert_eq!((row.due, row.days_late), (Day::parse("2024-06-07"), 4));
    assert_eq!(staff.complaint(early).handler, "service-manager");
    let open = staff.bench.listed(Kind::Complaint, Filter::Open);
    assert_eq!(open, [undated, late, early]);
}

#[test]
fn a08_d3_1_the_departments_manager_is_proposed_and_another_handler_needs_a_reason() {
    let mut staff = dealership();
    let number = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, number, &of_category("repair"));
    assert_eq!(why, ["A08-d3.1 note"]);
    let with_reason = match of_category("repair") {
        Step::Assign {
            department,
            handler,
            category,
            cause,
            justified,
            reasonable,
            ..
        } => {
            let note = "服务经理休假".into();
            Step::Assign {
                department,
                handler,
                note,
                category,
                cause,
                justified,
                reasonable,
            }
        }
        other => other,
    };
    assert_eq!(
        staff.take(RelationsManager, number, &with_reason).handler,
        "别人"
    );
}

#[test]
fn a08_d3_2_a_proposal_without_cause_and_person_is_refused() {
    let why = lacks(&mut dealership(), ServiceManager, StepKind::Propose);
    assert_eq!(why[..2], ["A08-d3.2 cause", "A08-d3.2 person"]);
}

#[test]
fn a08_d3_3_a_proposal_without_a_solution_is_refused() {
    let why = lacks(&mut dealership(), ServiceManager, StepKind::Propose);
    assert_eq!(why[2..], ["A08-d3.3 solution"]);
}

#[test]
fn a08_d4_1_only_the_general_manager_approves_or_sends_back_with_a_reason() {
    let mut staff = dealership();
    let number = before(&mut staff, StepKind::Approve);
    let yes = whole(StepKind::Approve, &staff.profile).unwrap();
    for role in [RelationsManager, SalesManager, ServiceManager] {
        let why = staff.why(role, number, &yes);
        assert_eq!(why, ["A08-n4a role-may-not"], "{role:?}");
    }
    let back = |reason: &str| Step::SendBack {
        reason: reason.into(),
    };
    assert_eq!(staff.why(GeneralManager, number, &back("")), [" reason"]);
    let again = staff.take(GeneralManager, number, &back("成本不明"));
    assert_eq!(again.state, State::Assigned);
    assert_eq!(again.course.solution.unwrap().sent_back, 1);
    staff.take(
        ServiceManager,
        number,
        &whole(StepKind::Propose, &staff.profile).unwrap(),
    );
    let approved = staff.take(GeneralManager, number, &yes);
    let by = approved.course.solution.unwrap().approved.unwrap().by;
    assert_eq!(by, staff.posts[&GeneralManager]);
}

fn quarter_of(staff: &mut Staff) -> frontdesk::domain::analysis::Figures {
    let quarter = "2024Q2".parse().unwrap();
    match staff.is(GeneralManager).look(Query::Analysis(quarter)) {
        Reply::Analysis(report) => report.figures,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a08_s0_sales_and_after_sales_are_counted_apart() {
    let mut staff = dealership();
    for service in [Service::Sales, Service::AfterSales, Service::AfterSales] {
        let details = ComplaintDetails {
            service: Some(service),
            ..grievance("说好的赠品没有给")
        };
        staff.recorded_as(RelationsSpecialist, details);
    }
    let services = quarter_of(&mut staff).services;
    let counts: Vec<u64> = services.iter().map(|line| line.count).collect();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn a08_r1_what_came_twice_is_listed_with_the_preventive_measure_in_force_or_none() {
    let mut staff = dealership();
    let first = before(&mut staff, StepKind::Close);
    assert!(quarter_of(&mut staff).recurring.is_empty());
    before(&mut staff, StepKind::Close);
    let [recurring] = <[_; 1]>::try_from(quarter_of(&mut staff).recurring).unwrap();
    assert_eq!((recurring.line.count, recurring.measures.len()), (2, 0));
    // A draft is not in force; once it is approved it is.
    let measure = staff.measure(RelationsManager, first);
    assert!(quarter_of(&mut staff).recurring[0].measures.is_empty());
    let supervisor = "王经理".to_owned();
    staff.carry(GeneralManager, measure, MeasureStep::Approve { supervisor });
    assert_eq!(quarter_of(&mut staff).recurring[0].measures, [measure]);
    let reason = "改用别的办法".to_owned();
    staff.carry(GeneralManager, measure, MeasureStep::Drop { reason });
    assert!(quarter_of(&mut staff).recurring[0].measures.is_empty());
}

/// Somebody who sees complaints, of a department.
fn of_department(staff: &mut Staff, department: &str) -> Number {
    let details = OperatorDetails {
        login: department.into(),
        name: department.into(),
        roles: vec![SalesManager],
        department: department.into(),
        ..OperatorDetails::default()
    };
    let first = staff.profile.posts[0];
    let added = staff.is(first).change(Command::AddOperator { details });
    added.number()
}

#[test]
fn a08_r1_2_a_lesson_is_on_the_list_of_the_departments_chosen() {
    let mut staff = dealership();
    let share = |departments: &[&str], text: &str| Step::Share {
        departments: departments.iter().map(|one| (*one).to_owned()).collect(),
        text: text.to_owned(),
    };
    let unanswered = staff.recorded(RelationsSpecialist);
    let why = staff.why(RelationsManager, unanswered, &share(&[], "交车前核对清单"));
    assert!(why[0].contains("A08-r1.2"), "{why:?}");
    let first = before(&mut staff, StepKind::SumUp);
    let why = staff.why(RelationsManager, first, &share(&["sales"], " "));
    assert_eq!(why, ["A08-r1.2 text"]);
    let why = staff.why(RelationsManager, first, &share(&["kitchen"], "核对清单"));
    assert_eq!(why, [" department"]);
    staff.take(
        RelationsManager,
        first,
        &share(&["sales"], "交车前核对清单"),
    );
    let second = before(&mut staff, StepKind::Close);
    let close = whole(StepKind::Close, &staff.profile).unwrap();
    staff.take(RelationsManager, second, &close);
    staff.set("2024-06-07 10:00");
    let done = staff.take(RelationsManager, second, &share(&[], "到货延误要先告知"));
    assert_eq!(done.state, State::Closed);
    assert_eq!(done.course.lessons[0].departments.len(), 5);
    // By its name in words or by its id: it is the same department.
    for (department, expected) in [
        ("销售部", vec![second, first]),
        ("sales", vec![second, first]),
        ("parts", vec![second]),
    ] {
        let who = of_department(&mut staff, department);
        staff.bench.operator = who;
        let listed = staff.bench.listed(Kind::Complaint, Filter::Lessons);
        assert_eq!(listed, expected, "{department}");
    }
    let all = staff
        .is(GeneralManager)
        .listed(Kind::Complaint, Filter::Lessons);
    assert_eq!(all, [second, first]);
}

#[test]
fn open_complaints_are_sorted_by_age_whenever_they_were_written_down() {
    let mut staff = dealership();
    let mut recorded = |made: &str| {
        let details = ComplaintDetails {
            made_at: Some(at(made)),
            ..grievance("刚修好又漏油")
        };
        staff.recorded_as(RelationsSpecialist, details)
    };
    let one = recorded("2024-06-05 09:00");
    let two = recorded("2024-06-03 09:00");
    let gone = recorded("2024-06-01 09:00");
    let three = recorded("2024-06-04 09:00");
    let withdraw = Step::Withdraw {
        reason: "误会".into(),
    };
    staff.take(RelationsManager, gone, &withdraw);
    for filter in [Filter::Current, Filter::Open] {
        let aged = list(Kind::Complaint, filter, Sort::Age);
        assert_eq!(
            numbers(&staff.is(RelationsManager).page(aged)),
            [two, three, one]
        );
    }
}
