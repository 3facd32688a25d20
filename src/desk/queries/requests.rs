//! What became of the requests of a quarter (A14-2.5b).

use super::Looking;
use crate::desk::contract::{Filter, Sort};
use crate::desk::index;
use crate::desk::keyspace as keys;
use crate::domain::analysis::Quarter;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::requests::{RequestFigures, Tally};
use crate::store::{Fault, Order};

/// Rows read at once.
const ROWS: usize = 500;

/// The figures of a quarter. Nothing is written down before it begins, so the register is read
/// backwards as far as what was written down in that quarter; what an import brought later is met on
/// the way.
pub(super) fn figures(looking: &Looking, quarter: Quarter) -> Result<RequestFigures, Fault> {
    let offset = looking.known.profile.utc_offset_minutes;
    let (begins, _) = quarter.span(offset);
    let mut tally = Tally::new(quarter, looking.now, offset);
    let tag = index::tag(Kind::Intake, Filter::All);
    let prefix = index::list_prefix(Kind::Intake, tag, Sort::Newest);
    let mut end = keys::end_of(&prefix);
    'reading: loop {
        let page = looking.overlay.scan(&prefix, &end, Order::Backward, ROWS)?;
        let Some((last, _)) = page.last() else { break };
        end.clone_from(last);
        for number in page.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
            let Some(Record::Intake(intake)) = looking.overlay.record(number)? else {
                continue;
            };
            if intake.meta.created_at < begins {
                break 'reading;
            }
            if !tally.holds(&intake) {
                continue;
            }
            let made = match intake.complaint {
                Some(made) => looking.overlay.record(made)?,
                None => None,
            };
            let complaint = match &made {
                Some(Record::Complaint(complaint)) => Some(complaint),
                _ => None,
            };
            tally.add(&intake, complaint);
        }
    }
    Ok(tally.figures())
}
