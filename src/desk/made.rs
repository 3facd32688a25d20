//! Complaints in the order in which they were made, which is not that of their numbers: an import
//! brings old ones under new numbers. Beside each stands what a trend over quarters asks for, so
//! that earlier quarters are counted without reading a record.

use super::index;
use super::keyspace as keys;
use crate::domain::analysis::{self, Quarter};
use crate::domain::complaint::Complaint;
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::Stamp;

/// Behind the tag of the list of all: complaints by the time they were made.
const BY_MADE: u8 = b'4';

/// What stands beside a complaint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beside {
    /// The complaint.
    pub number: Number,
    /// When it was made.
    pub made: Stamp,
    /// When it was answered.
    pub answered: Option<Stamp>,
    /// From when on its present step is late.
    pub due: Option<Stamp>,
    /// Whether an earlier step was late.
    pub breached: bool,
}

fn prefix() -> Vec<u8> {
    let mut prefix = vec![keys::LISTS, Kind::Complaint.code()];
    prefix.extend(index::ALL.bytes());
    prefix.push(BY_MADE);
    prefix
}

fn place(at: Stamp) -> Vec<u8> {
    let mut key = prefix();
    key.extend_from_slice(&keys::stamp_bytes(at));
    key
}

/// The key of a complaint and what stands beside it.
pub(super) fn entry(complaint: &Complaint) -> (Vec<u8>, Vec<u8>) {
    let mut key = place(complaint.made_at);
    key.extend_from_slice(&complaint.meta.number.to_key());
    let answered = analysis::answered_at(complaint);
    let flags = [
        answered.is_some(),
        complaint.due_at.is_some(),
        !complaint.course.breaches.is_empty(),
    ];
    let mut value: Vec<u8> = flags.map(u8::from).to_vec();
    for at in [answered, complaint.due_at] {
        value.extend_from_slice(&at.unwrap_or_default().0.to_be_bytes());
    }
    (key, value)
}

/// The keys of a quarter, from the first to before the last.
pub(super) fn range(quarter: Quarter, offset_minutes: i32) -> (Vec<u8>, Vec<u8>) {
    let (from, to) = quarter.span(offset_minutes);
    (place(from), place(to))
}

/// What stands beside a complaint, out of its key and value.
pub(super) fn read(key: &[u8], value: &[u8]) -> Option<Beside> {
    let number = keys::number_at_end(key)?;
    let made = key.strip_prefix(prefix().as_slice())?.first_chunk()?;
    let made = Stamp((u64::from_be_bytes(*made) ^ (1 << 63)).cast_signed());
    let (&[answered, due, breached], rest) = value.split_first_chunk()?;
    let (answered_at, rest) = rest.split_first_chunk()?;
    let due_at = rest.first_chunk()?;
    let stamp =
        |is_there: u8, bytes: &[u8; 8]| (is_there != 0).then(|| Stamp(i64::from_be_bytes(*bytes)));
    Some(Beside {
        number,
        made,
        answered: stamp(answered, answered_at),
        due: stamp(due, due_at),
        breached: breached != 0,
    })
}
