//! The forms of what happens to files: requests, inspections, leaks, and what customers bought.

use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::app::forms::making::{date, digits, hidden, note, of_all, phone, text, yes_no};
use crate::domain::access::{IdentityPaper, Purpose};
use crate::domain::inspection::{Inspection, InspectionKind, SafetyPoint, WHOLE};
use crate::domain::profile::Words;

/// The fields of a leak reported.
pub(super) fn incident_fields(facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref().map(|it| it.name.clone());
    vec![
        note("text", 4).required(),
        note("measure", 3).required(),
        text("measure_by").required().with(&me.unwrap_or_default()),
        text("file"),
    ]
}

/// The fields of a request to read, borrow or carry.
pub(super) fn access_fields(facts: &Facts) -> Vec<Field> {
    let me = facts.operator.as_ref();
    let name = me.map(|it| it.name.clone()).unwrap_or_default();
    let unit = me.map(|it| it.department.clone()).unwrap_or_default();
    vec![
        of_all("purpose", "purpose", Purpose::ALL, Purpose::id)
            .required()
            .with(Purpose::Read.id()),
        text("file").required(),
        text("object"),
        text("aim").required(),
        note("reason", 2).required(),
        text("reader").required().with(&name),
        text("unit").required().with(&unit),
        phone("phone"),
        yes_no("outsider").with("no"),
        of_all(
            "paper_kind",
            "identity-paper",
            IdentityPaper::ALL,
            IdentityPaper::id,
        )
        .unseen(),
        text("paper_no").unseen(),
        digits("copies").with("1").unseen(),
        text("which").unseen(),
        date("due").unseen(),
        text("carrier").unseen(),
        text("measure").unseen(),
        hidden("renews"),
    ]
}

/// The fields of a new inspection, of whichever kind.
pub(super) fn inspection_fields() -> Vec<Field> {
    let kinds = of_all(
        "kind_of",
        "inspection",
        InspectionKind::ALL,
        InspectionKind::id,
    );
    let mut fields = vec![
        kinds.required().with(InspectionKind::Custody.id()),
        text("temperature").unseen(),
        digits("humidity").unseen(),
    ];
    for point in SafetyPoint::ALL {
        let points = Options::yes_no();
        let field = Field::new(point.id(), FieldKind::Choice(points));
        fields.push(field.with("yes").unseen());
    }
    fields.push(note("note", 3));
    fields
}

/// Fills in the shelves that were not visited yet.
pub(super) fn fill_visit(form: &mut Form, inspection: &Inspection, facts: &Facts) {
    let whole = facts.t("shelf-whole");
    let list = inspection.unvisited().map(|shelf| {
        let shown = if shelf == WHOLE {
            whole.clone()
        } else {
            shelf.clone()
        };
        let words = Words {
            zh: shown.clone(),
            en: shown,
        };
        (shelf.clone(), words)
    });
    let list: Vec<(String, Words)> = list.collect();
    let first = list.first().map(|(id, _)| id.clone());
    if let Some(field) = form.field_mut("shelf") {
        field.kind = FieldKind::Choice(Options::Site(list));
        field.set(&first.unwrap_or_default());
    }
}
