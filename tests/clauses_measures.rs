//! The clauses on corrective and preventive measures at a dealership.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use common::dealership::{before, dealership};
use common::staff::{Staff, measure, said};
use common::{at, list, numbers};
use frontdesk::desk::contract::{Command, Filter, Sort};
use frontdesk::domain::complaint::StepKind;
use frontdesk::domain::measure::{MeasureDetails, MeasureState, MeasureStep};
use frontdesk::domain::number::Kind;
use frontdesk::domain::role::Role::{
    GeneralManager, RelationsManager, RelationsSpecialist, SalesManager, ServiceManager,
};

#[test]
fn a08_d2_4_a_measure_names_the_department_and_the_manager_who_helped() {
    let mut staff = dealership();
    let about = before(&mut staff, StepKind::SumUp);
    let nowhere = MeasureDetails {
        department: "nowhere".into(),
        ..measure(about)
    };
    let why = said(
        staff
            .is(RelationsManager)
            .ask(Command::DraftMeasure { details: nowhere }),
    );
    assert_eq!(why, ["A08-d2.4 department"]);
    let drafted = staff.measure(ServiceManager, about);
    let frontdesk::domain::record::Record::Measure(kept) = staff.bench.get(drafted).record else {
        panic!("no measure");
    };
    assert_eq!(kept.details.department, "after-sales");
    assert_eq!(kept.details.contributor, "relations-manager");
    assert_eq!(staff.complaint(about).measures, [drafted]);
    let details = measure(about);
    let why = said(
        staff
            .is(RelationsSpecialist)
            .ask(Command::DraftMeasure { details }),
    );
    assert!(why[0].ends_with("role-may-not"), "{why:?}");
}

fn approve(supervisor: &str) -> MeasureStep {
    MeasureStep::Approve {
        supervisor: supervisor.into(),
    }
}

fn carry_out(evidence: &str) -> MeasureStep {
    MeasureStep::CarryOut {
        evidence: evidence.into(),
    }
}

fn verify() -> MeasureStep {
    MeasureStep::Verify {
        note: "抽查五台，均有复核签字".into(),
    }
}

#[test]
fn a08_d2_5_a_measure_past_its_day_is_on_the_managers_list_and_only_they_verify() {
    let mut staff = dealership();
    let about = before(&mut staff, StepKind::SumUp);
    let number = staff.measure(RelationsManager, about);
    staff.carry(GeneralManager, number, approve("relations-manager"));
    let late = list(Kind::Measure, Filter::Late, Sort::Due);
    staff.set("2024-06-20 17:00");
    assert!(numbers(&staff.is(RelationsManager).page(late.clone())).is_empty());
    staff.set("2024-06-21 09:00");
    assert_eq!(
        numbers(&staff.is(RelationsManager).page(late.clone())),
        [number]
    );
    staff.carry(ServiceManager, number, carry_out("复核记录已挂车间"));
    assert!(numbers(&staff.is(RelationsManager).page(late)).is_empty());
    for role in [ServiceManager, GeneralManager, SalesManager] {
        assert_eq!(
            staff.why_not(role, number, verify()),
            ["A08-d2.5 role-may-not"]
        );
    }
    assert_eq!(
        staff.carry(RelationsManager, number, verify()).state,
        MeasureState::Verified
    );
}

#[test]
fn a08_d3_4_a_measure_has_owner_and_day_and_is_carried_out_with_evidence() {
    let mut staff = dealership();
    let about = before(&mut staff, StepKind::SumUp);
    let bare = MeasureDetails {
        owner: String::new(),
        due: None,
        ..measure(about)
    };
    let why = said(
        staff
            .is(RelationsManager)
            .ask(Command::DraftMeasure { details: bare }),
    );
    assert_eq!(why, ["A08-d3.4 owner", "A08-d3.4 due_on"]);
    let number = staff.measure(RelationsManager, about);
    let why = staff.why_not(ServiceManager, number, carry_out("做了"));
    assert_eq!(why, [" measure-not-yet"]);
    staff.carry(GeneralManager, number, approve("relations-manager"));
    assert_eq!(
        staff.why_not(ServiceManager, number, carry_out(" ")),
        ["A08-d3.4 evidence"]
    );
    staff.set("2024-06-12 11:00");
    let done = staff
        .carry(ServiceManager, number, carry_out("复核记录已挂车间"))
        .done
        .unwrap();
    assert_eq!(
        (done.text.as_str(), done.at),
        ("复核记录已挂车间", at("2024-06-12 11:00"))
    );
}

#[test]
fn a08_d4_2_no_measure_is_approved_without_a_supervisor_or_by_whoever_drafted_it() {
    let mut staff = dealership();
    let about = before(&mut staff, StepKind::SumUp);
    let number = staff.measure(RelationsManager, about);
    assert_eq!(
        staff.why_not(GeneralManager, number, approve("")),
        ["A08-d4.2 supervisor"]
    );
    let why = staff.why_not(RelationsManager, number, approve("relations-manager"));
    assert_eq!(why, ["A08-d4.2 role-may-not"]);
    let approved = staff.carry(GeneralManager, number, approve("relations-manager"));
    assert_eq!(approved.supervisor, "relations-manager");
    let everything = "[complaints.steps]\ncarry-out.roles = [\"general-manager\"]\n";
    let mut staff = Staff::with("dealership", Some(everything));
    let about = staff.recorded(RelationsSpecialist);
    let own = staff.measure(GeneralManager, about);
    assert_eq!(
        staff.why_not(GeneralManager, own, approve("别人")),
        [" own-measure"]
    );
}

#[test]
fn a08_d4_3_what_was_verified_waits_to_be_checked_by_the_general_manager() {
    let mut staff = dealership();
    let about = before(&mut staff, StepKind::SumUp);
    let number = staff.measure(RelationsManager, about);
    staff.carry(GeneralManager, number, approve("relations-manager"));
    staff.carry(ServiceManager, number, carry_out("复核记录已挂车间"));
    let check = MeasureStep::Check {
        note: "属实".into(),
    };
    let why = staff.why_not(GeneralManager, number, check.clone());
    assert_eq!(why, [" measure-not-yet"]);
    staff.carry(RelationsManager, number, verify());
    assert_eq!(staff.bench.listed(Kind::Measure, Filter::Waiting), [number]);
    let why = staff.why_not(RelationsManager, number, check.clone());
    assert_eq!(why, ["A08-d4.3 role-may-not"]);
    staff.set("2024-06-28 10:00");
    let checked = staff.carry(GeneralManager, number, check).checked.unwrap();
    assert_eq!(
        (checked.text.as_str(), checked.at),
        ("属实", at("2024-06-28 10:00"))
    );
    assert!(
        staff
            .bench
            .listed(Kind::Measure, Filter::Waiting)
            .is_empty()
    );
}
