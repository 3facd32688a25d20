//! How much of a row whoever asks gets to see.

use super::looking::Looking;
use super::{access, dossiers};
use crate::desk::contract::{CallerCard, Page, Row};
use crate::domain::context::Context;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::{look, mask};

/// A row as a list shows it. A telephone that is known already stays.
pub(super) fn masked(
    looking: &Looking,
    context: &Context,
    mut row: Row,
    known: Option<&str>,
) -> Row {
    let kind = row.record.number().kind;
    if look::is_personal(kind) || kind == Kind::Remark {
        access::veil(looking, context, &mut row.record, known);
        dossiers::veil(&mut row);
        if matches!(&row.record, Record::Transaction(it) if it.details.customer.is_none()) {
            row.names.retain(|(named, _)| named.kind == Kind::Operator);
        }
        row.masked = true;
    }
    row
}

/// A page as a list shows it.
pub(super) fn masked_page(looking: &Looking, context: &Context, page: Page) -> Page {
    let rows = page.rows.into_iter();
    let rows = rows.map(|(cursor, row)| (cursor, masked(looking, context, row, None)));
    Page {
        rows: rows.collect(),
        ..page
    }
}

/// A page of what words have found, without what whoever searched may not open (A11-22c).
pub(super) fn findable(looking: &Looking, context: &Context, page: Page) -> Page {
    let mut page = page;
    let before = page.rows.len();
    page.rows
        .retain(|(_, row)| access::may_find(looking, context, &row.record));
    if page.rows.len() < before {
        page.total = None;
    }
    page
}

/// A page of an export: in full but for what is graded and not open to whoever asks (A11-22c), and for
/// what they may not copy (A11-23.1).
pub(super) fn guarded_page(looking: &Looking, context: &Context, page: Page) -> Page {
    let rows = page.rows.into_iter().map(|(cursor, row)| {
        let open = access::may_take_out(looking, context, &row.record);
        let row = if open {
            row
        } else {
            masked(looking, context, row, None)
        };
        (cursor, row)
    });
    Page {
        rows: rows.collect(),
        ..page
    }
}

/// Whether a row may stand among those of a customer: it is of a kind that whoever asks may see, and
/// not of a graded file that is closed to them (A11-17, A11-22c).
pub(super) fn is_for(looking: &Looking, context: &Context, row: &Row) -> bool {
    look::may_see(row.record.number().kind, context).is_ok()
        && access::may_find(looking, context, &row.record)
}

/// Who calls: the telephone typed in full is known, all else is masked.
pub(super) fn masked_card(
    looking: &Looking,
    context: &Context,
    mut card: CallerCard,
    digits: &str,
) -> CallerCard {
    let known = card.exact.then_some(digits);
    for customer in &mut card.customers {
        let mut record = Record::Customer(customer.clone());
        mask::record(&mut record, known);
        if let Record::Customer(masked) = record {
            *customer = masked;
        }
    }
    for rows in [&mut card.open, &mut card.recent] {
        let open = std::mem::take(rows).into_iter();
        *rows = open
            .filter(|row| is_for(looking, context, row))
            .map(|row| masked(looking, context, row, known))
            .collect();
    }
    card
}
