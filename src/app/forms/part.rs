//! The forms of a quarterly analysis: a department's part with its measures (A13-c5b, A13-c5c), and
//! submitting it (A13-c6).

use super::{about_of, by_id, listed, named, note, text};
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::app::forms::FormId;
use crate::desk::contract::{At, Command};
use crate::domain::analysis::{AnalysisStep, Part, PartDetails, PlannedMeasure};
use crate::domain::mask;
use crate::domain::measure::MeasureKind;
use crate::domain::profile;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Day;

/// The fields of a measure: what, which kind, who, by when. A further measure is asked for once the
/// one before it is named.
const MEASURES: [[&str; 4]; 3] = [
    ["measure", "measure_kind", "measure_owner", "measure_due"],
    [
        "measure_2",
        "measure_kind_2",
        "measure_owner_2",
        "measure_due_2",
    ],
    [
        "measure_3",
        "measure_kind_3",
        "measure_owner_3",
        "measure_due_3",
    ],
];

/// The fields of a form.
pub fn fields(id: FormId) -> Vec<Field> {
    if id == FormId::SubmitReport {
        return vec![note("note", 4)];
    }
    let kinds: Vec<&str> = MeasureKind::ALL.iter().map(|it| it.id()).collect();
    let mut fields = vec![listed("department", &[]), note("text", 4).required()];
    for [what, kind, owner, due] in MEASURES {
        let kind = named(kind, "measure-kind", kinds.clone());
        fields.extend([
            text(what),
            kind.with(MeasureKind::Corrective.id()),
            text(owner).required(),
            Field::new(due, FieldKind::Date).required(),
        ]);
    }
    fields.push(text("no_measure"));
    fields
}

/// Shows the fields that the values now ask for.
pub fn adjust(form: &mut Form) {
    if form.id != FormId::WritePart {
        return;
    }
    let mut asked = true;
    let mut none = true;
    for [what, kind, owner, due] in MEASURES {
        let field = form.field(what);
        let named = field.is_some_and(|field| !field.value().trim().is_empty());
        none &= !named;
        // One that is named stays when the one before it is emptied.
        form.demand(what, asked || named, false);
        form.demand(kind, named, true);
        form.demand(owner, named, true);
        form.demand(due, named, true);
        asked = named;
    }
    form.demand("no_measure", none, true);
}

/// The form of a department's part, with what it wrote before. None where it has more measures
/// than the form has room for: saving it would drop them.
pub fn form(at: Option<At>, department: &str, part: Option<&Part>, facts: &Facts) -> Option<Form> {
    let mut form = super::blank(FormId::WritePart, at, facts);
    let rules = &facts.profile.complaints;
    let known = rules.departments.iter().find(|one| one.id == department);
    let only = known.cloned().unwrap_or_else(|| profile::Choice {
        id: department.to_owned(),
        zh: department.to_owned(),
        en: department.to_owned(),
    });
    if let Some(field) = form.field_mut("department") {
        *field = listed("department", &[only]).with(department);
    }
    if let Some(part) = part {
        if part.measures.len() > MEASURES.len() {
            return None;
        }
        // What is masked is no value to go on with.
        let open = |text: &str| {
            if mask::is_masked(text) {
                String::new()
            } else {
                text.to_owned()
            }
        };
        form.set("text", &open(&part.said.text));
        form.set("no_measure", &open(&part.no_measure));
        for ([what, kind, owner, due], measure) in MEASURES.into_iter().zip(&part.measures) {
            form.set(what, &open(&measure.text));
            form.set(kind, measure.kind.id());
            form.set(owner, &open(&measure.owner));
            let day = measure.due.map(|day| day.to_string());
            form.set(due, &day.unwrap_or_default());
        }
    }
    adjust(&mut form);
    form.go_to("text");
    form.changed = false;
    Some(form)
}

/// The command of a form.
///
/// # Errors
/// A day that cannot be read.
pub fn command(form: &Form) -> Result<Command, Problem> {
    let at = about_of(form)?;
    let words = |name: &str| form.value(name).trim().to_owned();
    if form.id == FormId::SubmitReport {
        let note = words("note");
        let step = AnalysisStep::Submit { note };
        return Ok(Command::StepAnalysis { at, step });
    }
    let mut measures = Vec::new();
    for [what, kind, owner, due] in MEASURES {
        if words(what).is_empty() {
            continue;
        }
        let kind = by_id(MeasureKind::ALL, MeasureKind::id, form.value(kind));
        let typed = words(due);
        let day = Day::parse(&typed);
        if day.is_none() && !typed.is_empty() {
            return Err(Problem::new("not-a-date").field(due).arg("value", typed));
        }
        for (name, filled) in [(owner, !words(owner).is_empty()), (due, day.is_some())] {
            if !filled {
                return Err(Problem::required(name).clause("A13-c5c"));
            }
        }
        measures.push(PlannedMeasure {
            kind: kind.unwrap_or(MeasureKind::Corrective),
            text: words(what),
            owner: words(owner),
            due: day,
        });
    }
    let part = PartDetails {
        department: words("department"),
        text: words("text"),
        no_measure: if measures.is_empty() {
            words("no_measure")
        } else {
            String::new()
        },
        measures,
    };
    Ok(Command::WriteAnalysisPart { at, part })
}
