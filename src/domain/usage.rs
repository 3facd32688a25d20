//! How much the archive was used in a month, for those who decide with it (A13-a7b): files lent, read,
//! copied, carried out and given outside, by class and by the department that asked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Purpose;
use super::context::Context;
use super::fines::Month;
use super::stamp::{Day, Stamp};

/// One use of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// The class of the file; empty where the file was destroyed since.
    pub class: String,
    /// The department or firm that used it.
    pub unit: String,
    /// What for.
    pub purpose: Purpose,
    /// When.
    pub on: Day,
}

/// How often.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UseCount {
    /// Lent.
    pub lent: u64,
    /// Read at the archive.
    pub read: u64,
    /// Copied.
    pub copied: u64,
    /// Carried out.
    pub carried: u64,
    /// Given outside.
    pub given: u64,
}

impl UseCount {
    fn add(&mut self, purpose: Purpose) {
        *match purpose {
            Purpose::Borrow => &mut self.lent,
            Purpose::Read => &mut self.read,
            Purpose::Copy => &mut self.copied,
            Purpose::Carry => &mut self.carried,
            Purpose::Disclose => &mut self.given,
        } += 1;
    }

    /// All of them.
    pub const fn sum(&self) -> u64 {
        self.lent + self.read + self.copied + self.carried + self.given
    }
}

/// The use of the archive in a month (A13-a7b): both lists add up to the total.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Usage {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// By class.
    pub by_class: Vec<(String, UseCount)>,
    /// By department or firm.
    pub by_unit: Vec<(String, UseCount)>,
    /// All of them.
    pub total: UseCount,
}

/// The use of a month, the most used first.
pub fn usage(month: Month, uses: &[Used], context: &Context) -> Usage {
    let mut by_class: BTreeMap<&str, UseCount> = BTreeMap::new();
    let mut by_unit: BTreeMap<&str, UseCount> = BTreeMap::new();
    let mut total = UseCount::default();
    for used in uses.iter().filter(|used| Month::of(used.on) == month) {
        by_class.entry(&used.class).or_default().add(used.purpose);
        by_unit.entry(&used.unit).or_default().add(used.purpose);
        total.add(used.purpose);
    }
    let ordered = |counts: BTreeMap<&str, UseCount>| {
        let counts = counts.into_iter();
        let mut counts: Vec<(String, UseCount)> = counts
            .map(|(name, count)| (name.to_owned(), count))
            .collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(count.sum()));
        counts
    };
    Usage {
        month,
        at: context.now,
        by_class: ordered(by_class),
        by_unit: ordered(by_unit),
        total,
    }
}
