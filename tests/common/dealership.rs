//! The normal way of a complaint at a dealership.

use frontdesk::domain::complaint::course::Satisfaction;
use frontdesk::domain::complaint::{Step, StepKind};
use frontdesk::domain::number::Number;
use frontdesk::domain::role::Role::{
    self, GeneralManager, RelationsManager, RelationsSpecialist, ServiceManager,
};

use super::staff::{Staff, judged};
use super::steps::{asked, blank, whole};

/// A dealership with its staff.
pub fn dealership() -> Staff {
    Staff::of("dealership")
}

/// The normal way, with who goes it.
pub fn way(staff: &Staff) -> Vec<(Role, Step)> {
    let step = |kind| whole(kind, &staff.profile).unwrap();
    vec![
        (RelationsManager, judged()),
        (ServiceManager, step(StepKind::Propose)),
        (GeneralManager, step(StepKind::Approve)),
        (RelationsSpecialist, step(StepKind::Answer)),
        (RelationsSpecialist, step(StepKind::FeedBack)),
        (RelationsSpecialist, asked(Satisfaction::Satisfied)),
        (RelationsManager, step(StepKind::SumUp)),
        (RelationsManager, step(StepKind::Close)),
    ]
}

/// A complaint just before a step.
pub fn before(staff: &mut Staff, kind: StepKind) -> Number {
    let number = staff.recorded(RelationsSpecialist);
    for (role, step) in way(staff) {
        if step.kind() == kind {
            break;
        }
        staff.take(role, number, &step);
    }
    number
}

/// What a step with nothing filled in is refused for.
pub fn lacks(staff: &mut Staff, role: Role, kind: StepKind) -> Vec<String> {
    let number = before(staff, kind);
    let step = blank(kind, &staff.profile).unwrap();
    staff.why(role, number, &step)
}

/// Given to somebody of no post, without a reason.
pub fn of_category(category: &str) -> Step {
    let Step::Assign {
        department,
        cause,
        justified,
        reasonable,
        ..
    } = judged()
    else {
        panic!("no assignment");
    };
    Step::Assign {
        department,
        handler: "别人".into(),
        note: String::new(),
        category: category.into(),
        cause,
        justified,
        reasonable,
    }
}

/// Summed up, on time and without a loss.
pub fn summary(change: impl FnOnce(&mut Step)) -> Step {
    let mut step = Step::SumUp {
        evaluation: "处理及时，客户认可".into(),
        cause_department: "after-sales".into(),
        cause_person: "李师傅".into(),
        no_cause: String::new(),
        delay: String::new(),
        loss: None,
        no_measure: "个别失误，已当面培训".into(),
        penalties: Vec::new(),
    };
    change(&mut step);
    step
}
