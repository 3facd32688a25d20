//! What profiles tell of a month: how far each consultant has filled them (A14-N4.2), and what customers
//! need, without saying who (A14-N4.3).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Dossier, DossierPart, DossierRules, Shape, Share, area};
use crate::domain::context::Context;
use crate::domain::customer::Customer;
use crate::domain::fines::Month;
use crate::domain::number::Number;
use crate::domain::stamp::Stamp;

/// From how many profiles on words of customers stand in a report: what only one has may tell who it is.
const FEWEST: u64 = 2;
/// Where one class of areas ends and the next begins, in hundredths of a square metre. Ours.
const AREAS: [u64; 3] = [9_000, 12_000, 14_400];

/// A profile with its customer, as they were at a time.
#[derive(Debug, Clone)]
pub struct Then {
    /// The profile.
    pub dossier: Dossier,
    /// The customer.
    pub customer: Customer,
}

/// How far a consultant has filled the profiles that are theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConsultantShare {
    /// The consultant.
    pub operator: Number,
    /// The name.
    pub name: String,
    /// Their profiles, with the customer's name and the share of each.
    pub profiles: Vec<(Number, String)>,
    /// Fields filled of all their profiles together.
    pub share: Share,
    /// The same at the end of the month before; none where they had no profile then.
    pub before: Option<Share>,
}

impl ConsultantShare {
    /// The change since the month before, in tenths of a percentage point.
    pub fn change(&self) -> Option<i64> {
        let before = i64::from(self.before?.permille());
        Some(i64::from(self.share.permille()) - before)
    }
}

/// How far profiles are filled at the end of a month (A14-N4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Filled {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// Consultant by consultant.
    pub consultants: Vec<ConsultantShare>,
}

fn sum(shares: impl Iterator<Item = Share>) -> Share {
    shares.fold(Share::default(), |sum, share| Share {
        filled: sum.filled.saturating_add(share.filled),
        of: sum.of.saturating_add(share.of),
    })
}

/// How far profiles are filled: as they are at the end of the month, and as they were at that of the
/// month before.
pub fn filled(
    month: Month,
    now: &[Then],
    before: &[Then],
    name: impl Fn(Number) -> String,
    context: &Context,
) -> Filled {
    let of = |rules: &DossierRules, then: &Then| rules.share(&then.dossier, &then.customer.details);
    let mut consultants: BTreeMap<Number, ConsultantShare> = BTreeMap::new();
    if let Some(rules) = &context.profile.dossier {
        for then in now {
            let operator = then.dossier.salesperson;
            let theirs = consultants.entry(operator).or_insert_with(|| {
                let theirs = before
                    .iter()
                    .filter(|it| it.dossier.salesperson == operator);
                let shares: Vec<Share> = theirs.map(|it| of(rules, it)).collect();
                ConsultantShare {
                    operator,
                    name: name(operator),
                    profiles: Vec::new(),
                    share: Share::default(),
                    before: (!shares.is_empty()).then(|| sum(shares.into_iter())),
                }
            });
            let share = of(rules, then);
            let line = format!("{}  {} %", then.customer.details.name, share.percent());
            theirs.profiles.push((then.dossier.meta.number, line));
            theirs.share = sum([theirs.share, share].into_iter());
        }
    }
    Filled {
        month,
        at: context.now,
        consultants: consultants.into_values().collect(),
    }
}

/// What customers need, counted by one part of a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Need {
    /// The field.
    pub field: String,
    /// The part.
    pub part: String,
    /// What it is: a choice of the template, words that several customers have, a class of areas, or
    /// empty for the words of one.
    pub what: String,
    /// In how many profiles it was entered or changed in the month.
    pub in_month: u64,
    /// In how many profiles it stands at the end of the month.
    pub in_all: u64,
}

/// What customers need, by month and without naming anybody (A14-N4.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Needs {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// How many profiles there were.
    pub profiles: u64,
    /// What was counted, in the order of the template.
    pub needs: Vec<Need>,
}

/// The class of an area, by the square metres it begins with.
fn band(written: &str) -> Option<String> {
    let area = area(written)?;
    let from = AREAS.iter().rev().find(|from| area >= **from);
    let below = AREAS.first().map_or(0, |first| first / 100);
    Some(from.map_or_else(|| format!("<{below}"), |from| format!("≥{}", from / 100)))
}

/// What is counted of a value.
fn counted(part: &DossierPart, value: &str) -> Vec<String> {
    let words = |text: &str| text.trim().to_owned();
    match part.shape {
        Shape::Choice | Shape::YesNo | Shape::Scale => vec![words(value)],
        Shape::Choices => value.split(';').map(words).collect(),
        Shape::Area => band(value).into_iter().collect(),
        _ => {
            let parts = value.split([',', '，', '、', ';', '；']);
            parts.map(words).filter(|it| !it.is_empty()).collect()
        }
    }
}

/// What was counted of a part, and in which order it is shown.
fn of_part(
    id: &str,
    part: &DossierPart,
    profiles: &[Then],
    in_month: &dyn Fn(Stamp) -> bool,
) -> Vec<Need> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let is_free = !matches!(
        part.shape,
        Shape::Choice | Shape::Choices | Shape::YesNo | Shape::Scale | Shape::Area
    );
    for then in profiles {
        let Some(entry) = then.dossier.values.get(id) else {
            continue;
        };
        let values = entry.rows.iter().filter_map(|row| row.get(&part.id));
        let mut here: Vec<String> = values.flat_map(|value| counted(part, value)).collect();
        here.sort();
        here.dedup();
        for what in here {
            let (new, all) = counts.entry(what).or_default();
            *all += 1;
            *new += u64::from(in_month(entry.at));
        }
    }
    let need = |what: &str, (in_month, in_all): (u64, u64)| Need {
        field: id.to_owned(),
        part: part.id.clone(),
        what: what.to_owned(),
        in_month,
        in_all,
    };
    let mut needs = Vec::new();
    // Each entry of a list is told, also that nobody has it.
    for choice in &part.choices {
        needs.push(need(
            &choice.id,
            counts.remove(&choice.id).unwrap_or_default(),
        ));
    }
    let mut rare = (0, 0);
    for (what, count) in counts {
        if is_free && count.1 < FEWEST {
            rare = (rare.0 + count.0, rare.1 + count.1);
        } else {
            needs.push(need(&what, count));
        }
    }
    if rare.1 > 0 {
        needs.push(need("", rare));
    }
    needs
}

/// What customers need at the end of a month (A14-N4.3).
pub fn needs(month: Month, profiles: &[Then], context: &Context) -> Needs {
    let offset = context.profile.utc_offset_minutes;
    let in_month = |at: Stamp| Month::of(at.day(offset)) == month;
    let mut all = Vec::new();
    if let Some(rules) = &context.profile.dossier {
        let fields = rules
            .asked()
            .filter(|(_, field)| field.need && !field.sensitive && field.sees(context));
        for (id, field) in fields {
            for part in field.parts().iter().filter(|part| !part.sensitive) {
                all.extend(of_part(id, part, profiles, &in_month));
            }
        }
    }
    Needs {
        month,
        at: context.now,
        profiles: profiles.len() as u64,
        needs: all,
    }
}
