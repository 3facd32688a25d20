//! The order of a list: the part of its keys that a record decides.

use super::tags::{OF_OWNER, PROTECTED, Tag, is_open, tags};
use crate::desk::contract::Sort;
use crate::desk::keyspace as keys;
use crate::domain::number::Kind;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::text::pinyin;

const BY_NUMBER: u8 = b'1';
const BY_NAME: u8 = b'2';
const BY_DUE: u8 = b'3';
const BY_AGE: u8 = b'5';

pub(super) const fn sort_byte(sort: Sort) -> u8 {
    match sort {
        Sort::Newest | Sort::Oldest => BY_NUMBER,
        Sort::Name => BY_NAME,
        Sort::Due => BY_DUE,
        Sort::Age => BY_AGE,
    }
}

/// The part of a list key that the record decides, if the record has a place in that order.
pub(super) fn sort_key(record: &Record, sort: u8) -> Option<Vec<u8>> {
    match sort {
        BY_NUMBER => Some(Vec::new()),
        BY_NAME => {
            let name = match record {
                Record::Customer(customer) => &customer.details.name,
                Record::File(file) => &file.details.title,
                Record::Loan(loan) => &loan.details.borrower,
                Record::Handover(handover) => &handover.details.person,
                Record::FollowUp(follow_up) => &follow_up.name,
                Record::Occupancy(occupancy) => &occupancy.name,
                Record::Relation(relation) => &relation.from_name,
                Record::Introduction(introduction) => &introduction.names.0,
                Record::Handout(handout) => &handout.name,
                Record::ServiceItem(item) => &item.details.name,
                Record::Merge(merge) => &merge.names.0,
                Record::PlanLine(line) => &line.name,
                _ => return None,
            };
            let sound = pinyin::full(name).into_iter().next().unwrap_or_default();
            let mut key: Vec<u8> = sound.into_bytes();
            key.truncate(40);
            key.push(0);
            let end = name.floor_char_boundary(40);
            key.extend_from_slice(name.as_bytes().get(..end).unwrap_or_default());
            key.push(0);
            Some(key)
        }
        BY_AGE => {
            let since = match record {
                Record::Complaint(complaint) if !complaint.state.is_final() => complaint.made_at,
                Record::Intake(intake) if intake.is_open() => intake.started_at,
                _ => return None,
            };
            Some(keys::stamp_bytes(since).to_vec())
        }
        _ => {
            let due = match record {
                Record::Complaint(complaint) => {
                    let mut key = complaint.due?.ordinal().to_be_bytes().to_vec();
                    // Within a day the earlier hour comes first, and what has none is not late
                    // before the day is over.
                    let at = complaint.due_at.unwrap_or(Stamp(i64::MAX));
                    key.extend_from_slice(&keys::stamp_bytes(at));
                    return Some(key);
                }
                Record::Intake(intake) => {
                    let repair = intake.repair.as_ref()?;
                    let mut key = repair.due?.ordinal().to_be_bytes().to_vec();
                    let at = repair.due_at.unwrap_or(Stamp(i64::MAX));
                    key.extend_from_slice(&keys::stamp_bytes(at));
                    return Some(key);
                }
                Record::FollowUp(it) if it.is_open() => {
                    let mut key = it.details.day?.ordinal().to_be_bytes().to_vec();
                    // It is late from that moment on, and what is late now is due before now.
                    let before = Stamp(it.due_at.0.saturating_sub(1));
                    key.extend_from_slice(&keys::stamp_bytes(before));
                    return Some(key);
                }
                Record::Hint(hint) => return Some(keys::stamp_bytes(hint.until).to_vec()),
                // The longest unconfirmed first (A01-23).
                Record::Customer(customer) => customer.confirmed_on,
                Record::Measure(measure) if measure.is_to_be_done() => measure.details.due?,
                Record::Loan(loan) if loan.is_open() => loan.due,
                Record::Handover(handover) if handover.taken.is_none() && is_open(record) => {
                    handover.due
                }
                Record::Task(task) if is_open(record) => task.details.due?,
                Record::Survey(it) if it.closed.is_none() && is_open(record) => it.details.due?,
                Record::Instruction(it) if is_open(record) => it.details.due?,
                // Those that are handed in stand by their day only among what may be released.
                Record::Registration(row) => row.day,
                Record::DutyShift(duty) => duty.day,
                Record::ServiceItem(item) if item.is_open() => item.details.planned_end?,
                Record::PlanLine(line) if line.is_open() => line.ends,
                // Whose last day is past is not told of any more.
                Record::Campaign(campaign) => campaign.until(),
                // In the order in which their time is over, however long that is.
                Record::File(file) => file.filed_on,
                _ => return None,
            };
            Some(due.ordinal().to_be_bytes().to_vec())
        }
    }
}

/// The beginning of the keys of a list in an order.
pub(in crate::desk) fn list_prefix(kind: Kind, tag: Tag, sort: Sort) -> Vec<u8> {
    let mut prefix = vec![keys::LISTS, kind.code()];
    prefix.extend(tag.bytes());
    prefix.push(sort_byte(sort));
    prefix
}

/// Whether a list of a record is kept in an order: cards are walked in that of their confirmation only
/// by those whose customers they are, and registrations whose form was handed in are due in no list but
/// that of those that hold nobody off after a time.
pub(super) fn has_order(record: &Record, tag: Tag, sort: Sort) -> bool {
    match record {
        Record::Customer(_) if sort == Sort::Due => tag.letter == OF_OWNER,
        Record::Registration(row) if sort == Sort::Due => {
            row.handed_in.is_none() || tag == PROTECTED
        }
        _ => true,
    }
}

/// The place of a record in a list, if it stands there.
pub(in crate::desk) fn list_key(record: &Record, tag: Tag, sort: Sort) -> Option<Vec<u8>> {
    let number = record.number();
    if !tags(record).contains(&tag) || !has_order(record, tag, sort) {
        return None;
    }
    let mut key = list_prefix(number.kind, tag, sort);
    key.extend(sort_key(record, sort_byte(sort))?);
    key.extend_from_slice(&number.to_key());
    Some(key)
}
