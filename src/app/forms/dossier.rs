//! The form of a customer's profile. Its fields are those of the site's template, and a field that whoever
//! sits here may not see is not in it (A14-N3).

use std::collections::BTreeMap;

use super::{Field, FieldKind, Form, FormId, about_of, hidden, people, text};
use crate::app::choices::Options;
use crate::app::describe_dossier::named;
use crate::app::facts::Facts;
use crate::app::field::Slot;
use crate::desk::contract::{At, Command, Row};
use crate::domain::customer::Customer;
use crate::domain::dossier::{
    Answers, Dossier, DossierDetails, DossierField, DossierPart, DossierRules, MOST_ROWS, Shape,
    aged, name_of,
};
use crate::domain::mask;
use crate::domain::profile::{Choice, Words};
use crate::domain::record::Record;
use crate::domain::refusal::Problem;
use crate::locale::dossier as words;

/// The fields of the form.
pub fn fields(facts: &Facts) -> Vec<Field> {
    let mut fields = vec![
        text("name").required(),
        salesperson(facts).required(),
        hidden("section"),
        hidden("version"),
    ];
    if let Some(rules) = &facts.profile.dossier {
        for (id, field) in rules.asked() {
            fields.extend(of_field(id, field, rules, facts));
        }
    }
    fields
}

/// The salesperson: whoever fills it in, unless somebody else is chosen (A14-Fh2).
fn salesperson(facts: &Facts) -> Field {
    let me = facts.operator.as_ref().map(|me| me.meta.number.to_string());
    people("salesperson", facts).with(&me.unwrap_or_default())
}

/// The fields of a form that ask for a field of the template.
fn of_field(id: &str, field: &DossierField, rules: &DossierRules, facts: &Facts) -> Vec<Field> {
    let rows = if field.many { MOST_ROWS } else { 1 };
    let seen = |part: &DossierPart| facts.computed(|it| field.sees_part(part, it)) == Some(true);
    let parts: Vec<DossierPart> = field.parts().into_iter().filter(seen).collect();
    let first = parts
        .first()
        .map(|part| part.id.clone())
        .unwrap_or_default();
    let mut fields = Vec::new();
    for row in 0..rows {
        for part in &parts {
            let label = words::part_label(id, field, part, row, rules);
            let slot = |tick: Option<&Choice>| {
                Box::new(Slot {
                    section: field.section.clone(),
                    field: id.to_owned(),
                    part: part.id.clone(),
                    row,
                    tick: tick.map(|it| it.id.clone()),
                    when: part.when.clone().map(|is| (name_of(id, &first, row), is)),
                })
            };
            let name = name_of(id, &part.id, row);
            if part.shape == Shape::Choices {
                // Several of a list are ticked one by one.
                fields.extend(part.choices.iter().map(|choice| {
                    let name = format!("{name}:{}", choice.id);
                    let number = words::label(id, field, rules);
                    let options = Options::yes_no();
                    let mut tick = Field::new(named(&name), FieldKind::Choice(options));
                    tick.slot = Some(slot(Some(choice)));
                    tick.about_item(&name, ticked(&number, choice))
                }));
                continue;
            }
            let mut asked = Field::new(named(&name), kind(part));
            asked.slot = Some(slot(None));
            fields.push(asked.about_item(&name, label));
        }
    }
    fields
}

/// What one of several of a list is called: 28 a 社区规划.
fn ticked(field: &Words, choice: &Choice) -> Words {
    let joined = |field: &str, choice: &str| {
        let no = field.split(' ').next().unwrap_or_default();
        let no = no.parse::<u8>().map_or(field, |_| no);
        format!("{no} {choice}")
    };
    Words {
        zh: joined(&field.zh, &choice.zh),
        en: joined(&field.en, &choice.en),
    }
}

fn kind(part: &DossierPart) -> FieldKind {
    let both = |text: &str| Words {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    match part.shape {
        Shape::Choice => {
            let list = part.choices.iter().map(|it| {
                let words = Words {
                    zh: it.zh.clone(),
                    en: it.en.clone(),
                };
                (it.id.clone(), words)
            });
            FieldKind::Choice(Options::Site(list.collect()))
        }
        Shape::Scale => {
            let steps = (1..=5).map(|step| (step.to_string(), both(&step.to_string())));
            FieldKind::Choice(Options::Site(steps.collect()))
        }
        Shape::YesNo => FieldKind::Choice(Options::yes_no()),
        Shape::Phone => FieldKind::Phone,
        _ => FieldKind::Text,
    }
}

/// Shows the fields of the section, those that other values ask for, and of several rows one more than
/// there is something in.
pub(super) fn adjust(form: &mut Form) {
    let section = form.value("section").to_owned();
    let mut filled: BTreeMap<String, usize> = BTreeMap::new();
    let mut values: BTreeMap<&'static str, String> = BTreeMap::new();
    for field in &form.fields {
        let Some(slot) = &field.slot else { continue };
        values.insert(field.name, field.value().to_owned());
        if !field.value().is_empty() {
            let rows = filled.entry(slot.field.clone()).or_default();
            *rows = (*rows).max(slot.row + 1);
        }
    }
    for field in &mut form.fields {
        let Some(slot) = &field.slot else { continue };
        let asked = slot
            .when
            .as_ref()
            .is_none_or(|(name, is)| values.get(name.as_str()).is_some_and(|value| value == is));
        let rows = filled.get(&slot.field).copied().unwrap_or_default();
        let here = section.is_empty() || section == slot.section;
        field.shown = here && asked && slot.row <= rows;
    }
}

/// The form of a customer's profile, or of its first version where there is none yet.
pub fn form(row: &Row, section: &str, facts: &Facts) -> Option<Form> {
    let (customer, dossier) = match &row.record {
        Record::Dossier(dossier) => (row.profiled.as_ref()?.customer.as_ref()?, Some(dossier)),
        Record::Customer(customer) => (customer, None),
        _ => return None,
    };
    let at = At {
        number: customer.meta.number,
        version: customer.meta.version,
    };
    let mut form = super::blank(FormId::KeepDossier, Some(at), facts);
    form.set("section", section);
    fill(&mut form, customer, dossier, facts);
    adjust(&mut form);
    form.changed = false;
    for field in &mut form.fields {
        // What is masked is no value to go on with.
        if row.masked && mask::is_masked(field.value()) {
            field.set("");
        }
        field.was = Some(field.value().to_owned());
    }
    let first = form.fields.iter().find(|it| it.slot.is_some() && it.shown);
    if let Some(first) = first.map(|it| it.name) {
        form.go_to(first);
    }
    Some(form)
}

/// Fills in the card, and the profile where there is one.
pub(super) fn fill(form: &mut Form, customer: &Customer, dossier: Option<&Dossier>, facts: &Facts) {
    form.set("name", &customer.details.name);
    if let Some(dossier) = dossier {
        form.set("salesperson", &dossier.salesperson.to_string());
        form.set("version", &dossier.meta.version.to_string());
    }
    let Some(rules) = &facts.profile.dossier else {
        return;
    };
    for field in &mut form.fields {
        let Some(slot) = &field.slot else { continue };
        let Some(part) = rules.field(&slot.field).and_then(|it| it.part(&slot.part)) else {
            continue;
        };
        let entry = dossier.and_then(|dossier| dossier.values.get(&slot.field));
        let written = entry.and_then(|entry| entry.rows.get(slot.row)?.get(&slot.part));
        let value = match (part.card, written) {
            (Some(of), _) if slot.row == 0 => of.of(&customer.details),
            (_, Some(written)) => shown(&part, slot.tick.as_deref(), written, facts),
            _ => continue,
        };
        field.set(&value);
    }
}

/// A value as the form has it: an age as it is today, a tick of several.
fn shown(part: &DossierPart, tick: Option<&str>, written: &str, facts: &Facts) -> String {
    match (part.shape, tick) {
        (_, Some(tick)) if written.split(';').any(|it| it == tick) => "yes".to_owned(),
        (_, Some(_)) => String::new(),
        (Shape::Age, _) => {
            let age = aged(written, facts.today());
            age.map_or_else(|| written.to_owned(), |age| age.to_string())
        }
        (Shape::Date, _) => words::partial(written, &facts.texts),
        _ => written.to_owned(),
    }
}

/// The command of the form: what is asked in its section.
pub(super) fn command(form: &Form) -> Result<Command, Problem> {
    let section = form.value("section");
    let mut values: BTreeMap<String, Vec<Answers>> = BTreeMap::new();
    for field in &form.fields {
        let Some(slot) = &field.slot else { continue };
        if !section.is_empty() && slot.section != section {
            continue;
        }
        let rows = values.entry(slot.field.clone()).or_default();
        let value = if field.shown {
            field.value().trim()
        } else {
            ""
        };
        let was = field.was.as_deref().unwrap_or_default();
        if value.is_empty() && was.is_empty() {
            continue;
        }
        while rows.len() <= slot.row {
            rows.push(Answers::new());
        }
        let Some(row) = rows.get_mut(slot.row) else {
            continue;
        };
        match &slot.tick {
            Some(tick) if value == "yes" => {
                let several = row.entry(slot.part.clone()).or_default();
                if !several.is_empty() {
                    several.push(';');
                }
                several.push_str(tick);
            }
            Some(_) => {}
            None => {
                row.insert(slot.part.clone(), value.to_owned());
            }
        }
    }
    Ok(Command::KeepDossier {
        customer: about_of(form)?,
        version: form.value("version").parse().unwrap_or(0),
        details: DossierDetails {
            name: Some(form.value("name").to_owned()),
            salesperson: super::chosen_number(form, "salesperson"),
            values,
        },
    })
}
