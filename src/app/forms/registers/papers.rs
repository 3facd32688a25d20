//! The forms of a hand-over: its checklist paper by paper, and what a violation costs.

use crate::app::choices::Options;
use crate::app::facts::Facts;
use crate::app::field::{Field, FieldKind};
use crate::app::form::Form;
use crate::app::forms::FormId;
use crate::app::forms::making::{named, note, of_all, phone, text, today, yes_no};
use crate::domain::archive::FileSort;
use crate::domain::fine::{self, Violation};
use crate::domain::handover::{self, Handover, HandoverStepKind, conditions};
use crate::domain::profile::Words;
use crate::text::show;

/// The fields of the papers of a checklist; what each asks about stands in the field.
const PAPERS: [&str; 24] = [
    "paper_1", "paper_2", "paper_3", "paper_4", "paper_5", "paper_6", "paper_7", "paper_8",
    "paper_9", "paper_10", "paper_11", "paper_12", "paper_13", "paper_14", "paper_15", "paper_16",
    "paper_17", "paper_18", "paper_19", "paper_20", "paper_21", "paper_22", "paper_23", "paper_24",
];

/// The fields of a new hand-over.
pub(super) fn handover_fields(facts: &Facts) -> Vec<Field> {
    let lists = facts.profile.archive.checklists.iter().map(|list| {
        let words = Words {
            zh: list.zh.clone(),
            en: list.en.clone(),
        };
        (list.id.clone(), words)
    });
    let lists: Vec<(String, Words)> = lists.collect();
    let first = lists.first().map(|(id, _)| id.clone());
    let first = first.unwrap_or_default();
    let sorts = [
        FileSort::NewCar,
        FileSort::AfterSalesOwn,
        FileSort::AfterSalesOther,
    ];
    let me = facts.operator.as_ref().map(|it| it.name.clone());
    vec![
        Field::new("checklist", FieldKind::Choice(Options::Site(lists)))
            .required()
            .with(&first),
        of_all("sort", "file-sort", &sorts, FileSort::id)
            .required()
            .with(FileSort::NewCar.id()),
        today("released_on", facts),
        text("giver").required().with(&me.unwrap_or_default()),
        Field::new("customer", FieldKind::Customer),
        text("person").required(),
        text("plate"),
        text("vin"),
        yes_no("company").with("no"),
        yes_no("other_proofs").with("no"),
        text("contact"),
        phone("phone"),
        phone("landline"),
        text("address"),
        note("note", 2),
    ]
}

/// Fills in what is known of a hand-over: its papers, what is missing, what is to be fined.
pub(super) fn fill_handover(form: &mut Form, handover: &Handover, facts: &Facts) {
    let lists = &facts.profile.archive.checklists;
    let list = lists.iter().find(|it| it.id == handover.details.checklist);
    let Some(list) = list else { return };
    match form.id {
        FormId::OrderCorrection => {
            form.set("person", &handover.details.giver);
            let lacks = handover.lacks(list).into_iter();
            let names: Vec<String> = lacks
                .map(|item| facts.pick(&item.zh, &item.en).to_owned())
                .collect();
            form.set("text", &names.join(&facts.t("list-comma")));
        }
        FormId::SignOver | FormId::SignFor => {
            let lacks = handover.lacks(list);
            let names: Vec<&str> = lacks
                .iter()
                .map(|item| facts.pick(&item.zh, &item.en))
                .collect();
            let noted = handover.given.as_ref().map(|said| said.text.clone());
            let proposed = if names.is_empty() {
                String::new()
            } else {
                let names = names.join(&facts.t("list-comma"));
                facts.tw("papers-missing", &[("papers", &names)])
            };
            form.set("note", &noted.unwrap_or(proposed));
            form.demand("note", true, !names.is_empty());
        }
        FormId::DecideFine => {
            let found = facts.computed(|context| handover::violations(handover, list, context));
            let mut found = found.unwrap_or_default();
            found.retain(|(key, _)| !handover.fines.iter().any(|fine| fine.key == *key));
            offer_violations(form, found, facts);
        }
        FormId::CheckPapers | FormId::ReceivePapers | FormId::CorrectPapers => {
            let first_look = form.id == FormId::CheckPapers;
            let fields = list.items.iter().zip(PAPERS).map(|(item, name)| {
                let offered = conditions(item, &handover.details);
                let ids: Vec<&'static str> = offered.iter().map(|it| it.id()).collect();
                let known = handover.papers.iter().find(|paper| paper.item == item.id);
                let now = known.map(|paper| paper.now).filter(|_| !first_look);
                let first = now
                    .filter(|it| offered.contains(it))
                    .or(offered.first().copied());
                let words = Words {
                    zh: item.zh.clone(),
                    en: item.en.clone(),
                };
                named(name, "condition", ids)
                    .required()
                    .with(first.map_or("", |it| it.id()))
                    .about_item(&item.id, words)
            });
            let fields: Vec<Field> = fields.collect();
            form.fields.splice(0..0, fields);
            form.focus = 0;
        }
        _ => {}
    }
}

/// The violations that are still to be decided, each with what it costs by itself.
pub(super) fn offer_violations(form: &mut Form, found: Vec<(String, Violation)>, facts: &Facts) {
    let rules = &facts.profile.archive.fines;
    let list = found.into_iter().map(|(key, violation)| {
        let what = violation_words(&key, facts);
        let cost = show::yuan(fine::base(&violation, rules));
        let shown = format!("{what} {} {cost}", violation.on);
        let words = Words {
            zh: shown.clone(),
            en: shown,
        };
        (key, words)
    });
    let list: Vec<(String, Words)> = list.collect();
    let first = list.first().map(|(id, _)| id.clone());
    if let Some(field) = form.field_mut("violation") {
        field.kind = FieldKind::Choice(Options::Site(list));
        field.set(&first.unwrap_or_default());
    }
}

/// What a violation is, by its key.
pub fn violation_words(key: &str, facts: &Facts) -> String {
    let kind = ["again", "piece"]
        .into_iter()
        .find(|kind| key.starts_with(kind));
    let (name, rest) = kind.map_or((key, ""), |kind| {
        (kind, key.get(kind.len() + 1..).unwrap_or_default())
    });
    let words = facts.texts.name("violation", name);
    format!("{words} {rest}").trim().to_owned()
}

/// Whether a hand-over's step shows its papers.
pub const fn shows_papers(step: HandoverStepKind) -> bool {
    matches!(
        step,
        HandoverStepKind::Check | HandoverStepKind::Receive | HandoverStepKind::Correct
    )
}
