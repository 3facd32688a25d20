//! The forms of what people leave for one another: tasks, hints by place, the hand-over of a shift.

use crate::app::facts::Facts;
use crate::app::field::Field;
use crate::app::forms::making::{colleague, date, hidden, listed, note, text};
use crate::app::forms::{FormId, surveys};

/// The fields of a task: raised, dispatched, handed on.
pub(super) fn task_fields(id: FormId, facts: &Facts) -> Vec<Field> {
    let department = listed("department", &facts.profile.complaints.departments).required();
    let owner = text("task_owner").required();
    match id {
        FormId::DispatchTask => vec![surveys::given_to(facts).required()],
        FormId::HandOnTask => vec![department, owner, note("reason", 3).required()],
        _ => vec![
            note("matter", 4).required(),
            department,
            owner,
            date("due_on"),
            text("record"),
            surveys::given_to(facts),
        ],
    }
}

/// The fields of what is told by place, and of what one shift hands over to the next.
pub(super) fn shift_fields(id: FormId, facts: &Facts) -> Vec<Field> {
    match id {
        FormId::NewHint => vec![
            text("hint_places"),
            note("text", 3).required(),
            date("hint_day").with(&facts.today().to_string()),
            text("hint_time"),
        ],
        FormId::HandOverShift => vec![
            colleague("hand_to", facts),
            note("text", 5),
            hidden("drafts"),
        ],
        _ => vec![note("note", 2)],
    }
}
