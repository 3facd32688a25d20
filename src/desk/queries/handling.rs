//! Call handling: from the start of a call to its being saved, by operator (A09-2.3).

use std::collections::BTreeMap;

use super::Looking;
use crate::desk::contract::{Filter, HandlingRow, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::number::{Kind, Number};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// Rows read at once.
const ROWS: usize = 500;

/// One row for each operator who logged a call or visit between two days, both included. Reads
/// the register backwards and stops at the first row before them.
pub(super) fn rows(looking: &Looking, from: Day, to: Day) -> Result<Vec<HandlingRow>, Fault> {
    let offset = looking.known.profile.utc_offset_minutes;
    let mut seconds: BTreeMap<Number, Vec<i64>> = BTreeMap::new();
    let prefix = index::list_prefix(
        Kind::Intake,
        index::tag(Kind::Intake, Filter::All),
        Sort::Newest,
    );
    let mut end = keys::end_of(&prefix);
    'reading: loop {
        let page = looking.overlay.scan(&prefix, &end, Order::Backward, ROWS)?;
        let Some((last, _)) = page.last() else { break };
        end.clone_from(last);
        for (key, _) in &page {
            let Some(number) = keys::number_at_end(key) else {
                continue;
            };
            let Some(Record::Intake(intake)) = looking.overlay.record(number)? else {
                continue;
            };
            let day = intake.meta.created_at.day(offset);
            if day < from {
                break 'reading;
            }
            if let Some(taken) = intake.handling_seconds().filter(|_| day <= to) {
                seconds
                    .entry(intake.meta.created_by)
                    .or_default()
                    .push(taken);
            }
        }
    }
    Ok(seconds
        .into_iter()
        .map(|(operator, taken)| row(looking, operator, taken))
        .collect())
}

fn row(looking: &Looking, operator: Number, mut taken: Vec<i64>) -> HandlingRow {
    taken.sort_unstable();
    let count = i64::try_from(taken.len()).unwrap_or(i64::MAX).max(1);
    let upper = taken.get(taken.len() / 2).copied().unwrap_or(0);
    let lower = taken
        .get(taken.len().saturating_sub(1) / 2)
        .copied()
        .unwrap_or(0);
    HandlingRow {
        operator,
        name: looking.known.name(operator),
        count: taken.len() as u64,
        mean: taken.iter().sum::<i64>() / count,
        median: i64::midpoint(lower, upper),
        longest: taken.last().copied().unwrap_or(0),
    }
}
