//! Fines of the archive: what is proposed for a violation, by which clause, with the sum step by
//! step (A07-f1 to A07-f10). Amounts and limits are the profile's; whether a fine is executed is the
//! customer director's to say (A07-f9), and not decided here.

use std::collections::BTreeMap;

use chrono::Datelike;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::calendar::{Calendar, DayUnit};
use super::named::named;
use super::refusal::{Problem, Refusal};
use super::role::Role;
use super::stamp::Day;

named! {
    /// What a fine is for. Positions stand in records: variants are only appended.
    Offence {
        /// Handed in or completed too late (A07-f1, A07-f4).
        Late = "late",
        /// The user's signature is missing or wrong (A07-f2, A07-f5b).
        UserSignature = "user-signature",
        /// Our own people's signature is missing or wrong (A07-f5c).
        StaffSignature = "staff-signature",
        /// A paper is missing, wrong or not as required (A07-f5a).
        Paper = "paper",
        /// The contact of a visit and the one number are not verified (A07-f3).
        Contact = "contact",
        /// A piece lost or damaged through neglect (A07-f7).
        Piece = "piece",
    }
}

/// What one item of an offence costs somebody in a post.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tariff {
    /// For what.
    pub offence: Offence,
    /// The post that pays; every post when none.
    #[serde(default)]
    pub post: Option<Role>,
    /// Hundredths of a yuan for each item.
    pub amount: u64,
    /// The clause.
    pub clause: String,
}

/// From which violation of a month on a post pays double (A07-f6a, A07-f6b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Doubling {
    /// The post.
    pub post: Role,
    /// The first violation of a calendar month that counts double.
    pub from: u32,
    /// The clause.
    pub clause: String,
}

/// How much of a month's performance pay may be withheld, and after how many violations (A07-f6c).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withholding {
    /// The post.
    pub post: Role,
    /// Violations in the month from which on it may be.
    pub from: u32,
    /// At least so many percent.
    pub least: u32,
    /// At most so many percent.
    pub most: u32,
    /// The clause.
    pub clause: String,
}

/// What a site says of fines. A site without tariffs proposes none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FineRules {
    /// What costs how much.
    pub tariffs: Vec<Tariff>,
    /// Who pays double from when on.
    pub doublings: Vec<Doubling>,
    /// Whose pay may be withheld.
    pub withholdings: Vec<Withholding>,
}

/// One thing found at one time about one case, with everything that was wrong in it. An order not
/// followed in time is another violation, of the same amount (A07-f10b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Violation {
    /// When.
    pub on: Day,
    /// Whose, by name.
    pub person: String,
    /// In which post.
    pub post: Role,
    /// What, and how many items of it.
    pub items: Vec<(Offence, u32)>,
    /// The repeat of an earlier one that was not put right, with its amount in hundredths of a yuan.
    pub again: Option<u64>,
}

/// A part of a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FineLine {
    /// For what; none for the repeat of an earlier fine.
    pub offence: Option<Offence>,
    /// How many items.
    pub count: u32,
    /// Hundredths of a yuan for each.
    pub amount: u64,
    /// 2 where it counts double.
    pub times: u64,
    /// The clauses: of the amount, and of the doubling.
    pub clauses: Vec<String>,
}

impl FineLine {
    /// Hundredths of a yuan.
    pub fn sum(&self) -> u64 {
        u64::from(self.count)
            .saturating_mul(self.amount)
            .saturating_mul(self.times)
    }
}

/// What is proposed for one violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fine {
    /// The how manieth of the person in that month and post.
    pub ordinal: u32,
    /// The parts of the sum.
    pub lines: Vec<FineLine>,
}

impl Fine {
    /// Hundredths of a yuan.
    pub fn sum(&self) -> u64 {
        self.lines.iter().map(FineLine::sum).sum()
    }
}

/// What one item costs in a post: the post's own tariff before that of every post.
fn tariff(rules: &FineRules, offence: Offence, post: Role) -> Option<&Tariff> {
    let of = |wanted| {
        let mut tariffs = rules.tariffs.iter();
        tariffs.find(move |it| it.offence == offence && it.post == wanted)
    };
    of(Some(post)).or_else(|| of(None))
}

/// What is proposed for one violation, the how manieth it is of its month.
fn fine(violation: &Violation, ordinal: u32, rules: &FineRules) -> Fine {
    if let Some(amount) = violation.again {
        let line = FineLine {
            offence: None,
            count: 1,
            amount,
            times: 1,
            clauses: vec!["A07-f10b".to_owned()],
        };
        return Fine {
            ordinal,
            lines: vec![line],
        };
    }
    let mut doublings = rules.doublings.iter();
    let double = doublings.find(|it| it.post == violation.post && ordinal >= it.from);
    let lines = violation.items.iter().filter_map(|(offence, count)| {
        let tariff = tariff(rules, *offence, violation.post)?;
        let double = double.filter(|_| *offence != Offence::Piece);
        let mut clauses = vec![tariff.clause.clone()];
        clauses.extend(double.map(|it| it.clause.clone()));
        Some(FineLine {
            offence: Some(*offence),
            count: *count,
            amount: tariff.amount,
            times: if double.is_some() { 2 } else { 1 },
            clauses,
        })
    });
    Fine {
        ordinal,
        lines: lines.collect(),
    }
}

/// What a violation costs by itself, without any doubling, in hundredths of a yuan.
pub fn base(violation: &Violation, rules: &FineRules) -> u64 {
    fine(violation, 0, rules).sum()
}

/// What is proposed for each violation, in the order given, which is that in which they were found.
///
/// Each counts in its own calendar month. What is lost or damaged is paid besides, and neither
/// doubles nor makes anything double (A07-f7). The repeat of what was not put right counts as a
/// violation and costs what the first one did (A07-f10b).
pub fn propose(violations: &[Violation], rules: &FineRules) -> Vec<Fine> {
    let mut counted: BTreeMap<(i32, u32, Role, &str), u32> = BTreeMap::new();
    let mut fines = Vec::with_capacity(violations.len());
    for violation in violations {
        let day = violation.on.0;
        let counts = violation.again.is_some()
            || (violation.items.iter()).any(|(offence, _)| *offence != Offence::Piece);
        let key = (
            day.year(),
            day.month(),
            violation.post,
            violation.person.as_str(),
        );
        let ordinal = counted.entry(key).or_default();
        *ordinal = ordinal.saturating_add(u32::from(counts));
        fines.push(fine(violation, *ordinal, rules));
    }
    fines
}

/// An order is repeated at most so often; nobody waits longer.
const MOST_REPEATS: u32 = 5_000;

/// The days on which an order to put something right was missed: the end of each working day after
/// it, until it was put right or until today (A07-f10b).
pub fn missed(ordered: Day, corrected: Option<Day>, today: Day, calendar: &Calendar) -> Vec<Day> {
    let end = corrected.unwrap_or(today).min(today);
    let due = |days: u32| Day(calendar.due(ordered.0, days, DayUnit::Working, false).date);
    (1..=MOST_REPEATS)
        .map(due)
        .take_while(|due| *due < end)
        .collect()
}

/// Holds a share of performance pay that is to be withheld against what the site allows.
///
/// # Errors
/// Refused where the post has no such rule, with too few violations in the month, and below or above
/// the bounds (A07-f6c).
pub fn withhold(
    post: Role,
    violations: u32,
    percent: u32,
    rules: &FineRules,
) -> Result<(), Refusal> {
    let rule = rules.withholdings.iter().find(|it| it.post == post);
    let Some(rule) = rule.filter(|rule| violations >= rule.from) else {
        return Err(Problem::new("nothing-to-withhold")
            .field("percent")
            .clause("A07-f6c")
            .arg("violations", violations)
            .into());
    };
    if (rule.least..=rule.most).contains(&percent) {
        return Ok(());
    }
    Err(Problem::new("withholding-out-of-bounds")
        .field("percent")
        .clause(&rule.clause)
        .arg("least", rule.least)
        .arg("most", rule.most)
        .into())
}

/// A part in tenths of a percent, and nothing where nothing was due (A07-f8).
pub fn rate(part: u64, due: u64) -> Option<u32> {
    (due > 0).then(|| super::analysis::share(part, due))
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::inconsistent_digit_grouping,
    reason = "a test fails by panicking; yuan and fen are told apart"
)]
mod tests;
