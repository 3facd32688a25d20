//! Which inspections of the archive are due, by the last one of each kind that was closed.

use super::Looking;
use crate::desk::keyspace as keys;
use crate::domain::inspection::{self, InspectionDue, InspectionKind};
use crate::domain::record::Record;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// The inspections that are due today.
pub(super) fn due(looking: &Looking) -> Result<Vec<InspectionDue>, Fault> {
    let rules = &looking.known.profile.archive.inspections;
    let mut found = Vec::new();
    for kind in InspectionKind::ALL {
        let last = last(looking, *kind)?;
        found.extend(inspection::due(*kind, last, rules, looking.today()));
    }
    Ok(found)
}

/// The day on which the last one of a kind was closed.
fn last(looking: &Looking, kind: InspectionKind) -> Result<Option<Day>, Fault> {
    let prefix = keys::inspections(kind);
    let rows = looking.overlay.scan_prefix(&prefix, Order::Backward, 1)?;
    let number = rows.first().and_then(|(key, _)| keys::number_at_end(key));
    let Some(number) = number else {
        return Ok(None);
    };
    let offset = looking.known.profile.utc_offset_minutes;
    Ok(match looking.overlay.record(number)? {
        Some(Record::Inspection(inspection)) => {
            inspection.closed.map(|closed| closed.at.day(offset))
        }
        _ => None,
    })
}
