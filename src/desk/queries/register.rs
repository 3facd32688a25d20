//! The register of one day (A13-c2).

use super::Looking;
use crate::desk::contract::{Filter, Row, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// Rows read at once.
const ROWS: usize = 500;

/// The rows that began on a day, in the order in which they did. Nothing is written down before it
/// begins, so the register is read backwards as far as what was written down on that day; what an
/// import brought later is met on the way.
pub(super) fn rows(looking: &Looking, day: Day) -> Result<Vec<Row>, Fault> {
    let offset = looking.known.profile.utc_offset_minutes;
    let tag = index::tag(Kind::Intake, Filter::All);
    let prefix = index::list_prefix(Kind::Intake, tag, Sort::Newest);
    let mut end = keys::end_of(&prefix);
    let mut found = Vec::new();
    'reading: loop {
        let page = looking.overlay.scan(&prefix, &end, Order::Backward, ROWS)?;
        let Some((last, _)) = page.last() else { break };
        end.clone_from(last);
        for number in page.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            let Some(Record::Intake(intake)) = looking.overlay.record(number)? else {
                continue;
            };
            if intake.meta.created_at.day(offset) < day {
                break 'reading;
            }
            if intake.started_at.day(offset) == day {
                found.push((intake.started_at, number, intake));
            }
        }
    }
    found.sort_by_key(|(began, number, _)| (*began, *number));
    let rows = found.into_iter();
    Ok(rows
        .map(|(_, _, intake)| looking.row(Record::Intake(intake)))
        .collect())
}
