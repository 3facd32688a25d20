//! A customer's profile in words, and what of it stands beside other records.

use std::collections::BTreeSet;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::describe::{Line, with_name};
use super::facts::Facts;
use crate::desk::contract::{Profiled, Row};
use crate::domain::dossier::{Dossier, Entry};
use crate::domain::greeting::Greeting;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::locale::dossier as words;

/// The name of a field of the template as a form has it. A site has a few hundred of them, and they are kept
/// for as long as the program runs.
pub fn named(name: &str) -> &'static str {
    static NAMES: LazyLock<Mutex<BTreeSet<&'static str>>> = LazyLock::new(Mutex::default);
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return known;
    }
    let kept: &'static str = Box::leak(name.to_owned().into_boxed_str());
    names.insert(kept);
    kept
}

/// The fields of a profile as its history compares them.
pub(super) fn changed(dossier: &Dossier, facts: &Facts) -> Vec<Line> {
    let salesperson = facts.operator_name(dossier.salesperson);
    let mut lines = vec![
        ("customer", dossier.customer.to_string()),
        ("salesperson", salesperson),
    ];
    if let Some(rules) = &facts.profile.dossier {
        let told = words::lines(dossier, None, rules, facts.today(), &facts.texts);
        lines.extend(
            told.into_iter()
                .map(|line| (named(&line.field), line.value)),
        );
    }
    lines
}

/// How much of a profile is filled: `10/42  23.8 %` (A14-N2).
pub fn filled(row: &Row) -> String {
    let share = row.profiled.as_ref().and_then(|it| it.share);
    share.map_or_else(String::new, |share| {
        format!("{}/{}  {} %", share.filled, share.of, share.percent())
    })
}

/// What comes from the customer's profile, with the fields of the record itself.
pub(super) fn beside(row: &Row, lines: Vec<Line>, facts: &Facts) -> Vec<Line> {
    let Some(profiled) = &row.profiled else {
        return lines;
    };
    match &row.record {
        Record::Dossier(dossier) => profile(dossier, row, profiled, lines, facts),
        Record::FollowUp(_) if !profiled.tastes.is_empty() => {
            let mut lines = lines;
            let at = lines.len().min(1);
            lines.insert(at, ("tastes", tastes(&profiled.tastes, facts)));
            lines
        }
        _ => lines,
    }
}

/// Every field of a profile with the date and the author of its last change (A14-N2).
fn profile(
    dossier: &Dossier,
    row: &Row,
    profiled: &Profiled,
    lines: Vec<Line>,
    facts: &Facts,
) -> Vec<Line> {
    let customer = profiled.customer.as_ref();
    let name = customer.map_or("", |it| it.details.name.as_str());
    let mut told = vec![
        (
            "customer",
            format!("{name} {}", dossier.customer).trim().to_owned(),
        ),
        (
            "salesperson",
            with_name(Some(dossier.salesperson), &row.names, facts),
        ),
        ("filled", filled(row)),
    ];
    if let Some(rules) = &facts.profile.dossier {
        let fields = words::lines(dossier, customer, rules, facts.today(), &facts.texts);
        let dated = fields.into_iter().filter(|line| !line.value.is_empty());
        told.extend(dated.map(|line| {
            let dot = facts.glyphs.set().dot;
            let offset = facts.profile.utc_offset_minutes;
            let day = line.at.map(|at| at.day(offset).to_string());
            let by = line.by.map(|by| name_of(by, row, facts));
            let (day, by) = (day.unwrap_or_default(), by.unwrap_or_default());
            let value = format!("{}  {dot} {day} {by}", line.value);
            (named(&line.field), value.trim_end().to_owned())
        }));
    }
    let meta = ["created", "changed"];
    told.extend(lines.into_iter().filter(|(name, _)| meta.contains(name)));
    told
}

fn name_of(number: Number, row: &Row, facts: &Facts) -> String {
    let known = row.names.iter().find(|(known, _)| *known == number);
    known.map_or_else(|| facts.operator_name(number), |(_, name)| name.clone())
}

/// The tastes to be regarded on a visit, on one line (A14-2.3).
pub fn tastes(tastes: &[(String, Entry)], facts: &Facts) -> String {
    let Some(rules) = &facts.profile.dossier else {
        return String::new();
    };
    let told = tastes.iter().filter_map(|(id, entry)| {
        let field = rules.field(id)?;
        let told = words::entry(field, entry, facts.today(), &facts.texts);
        let name = rules.label(field);
        Some(format!(
            "{}: {}",
            facts.words(&name),
            told.replace('\n', " ")
        ))
    });
    told.collect::<Vec<String>>()
        .join(&format!(" {} ", facts.glyphs.set().dot))
}

/// Whose birthday it is, and when: 女儿 小雨 06-10.
pub fn greeting(greeting: &Greeting, facts: &Facts) -> String {
    let whose = facts.texts.name("birthday", greeting.whose.id());
    let born = words::partial(&greeting.born, &facts.texts);
    let said = format!("{whose} {}", greeting.name);
    format!("{}  {born}", said.trim_end())
}
