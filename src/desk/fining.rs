//! The hand-overs and loans that may have to do with the fines of a month, read for whoever asks or
//! decides (A07-f1 to A07-f10).

use super::contract::{Filter, Sort};
use super::index;
use super::keyspace as keys;
use super::overlay::Overlay;
use crate::domain::context::Context;
use crate::domain::fines::{self, Month, MonthFines};
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Fault, Order};

/// What is finished and was begun so long before the month has nothing to do with it any more.
const BEFORE_DAYS: i64 = 366;

/// The fines of a month as they are now.
pub(super) fn month(
    overlay: &Overlay,
    month: Month,
    context: &Context,
) -> Result<MonthFines, Fault> {
    let offset = context.profile.utc_offset_minutes;
    let begins = Stamp::start_of(month.begins(), offset);
    let oldest = Stamp(begins.0.saturating_sub(BEFORE_DAYS * 86_400_000_000));
    let mut handovers = Vec::new();
    let mut loans = Vec::new();
    for kind in [Kind::Handover, Kind::Loan] {
        for filter in [Filter::Open, Filter::Closed] {
            let tag = index::tag(kind, filter);
            let prefix = index::list_prefix(kind, tag, Sort::Newest);
            let rows = overlay.scan_prefix(&prefix, Order::Backward, usize::MAX)?;
            for number in rows.iter().filter_map(|(key, _)| keys::number_at_end(key)) {
                let Some(record) = overlay.record(number)? else {
                    continue;
                };
                if filter == Filter::Closed && record.meta().created_at < oldest {
                    break;
                }
                match record {
                    Record::Handover(handover) => handovers.push(handover),
                    Record::Loan(loan) => loans.push(loan),
                    _ => {}
                }
            }
        }
    }
    Ok(fines::month(month, &handovers, &loans, context))
}
