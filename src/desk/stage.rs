//! From a changed record to everything the store must know of it: the record, its index
//! entries, counts, number, history, key slot; and whether other words find it. The same for a commit, a replay and a rebuild.

use super::frame::{Applied, Entry, Place};
use super::index;
use super::keyspace as keys;
use super::overlay::Overlay;
use super::reached;
use super::words::Parts;
use crate::domain::number::Number;
use crate::domain::record::Record;
use crate::store::{Fault, codec};

/// Puts a record, of which `value` is the encoded form, in the place of what was there: index
/// entries and counts by difference.
pub(super) fn put_record(
    overlay: &mut Overlay,
    record: &Record,
    value: Vec<u8>,
) -> Result<(), Fault> {
    let number = record.number();
    let before = if overlay.is_new(number)? {
        None
    } else {
        overlay.record(number)?
    };
    let old = before.as_ref().map(index::entries).unwrap_or_default();
    let new = index::entries(record);
    for (key, _) in old.difference(&new) {
        overlay.put(key.clone(), None);
    }
    for entry in new {
        if !old.contains(&entry) {
            let (key, value) = entry;
            overlay.put(key, Some(value));
        }
    }
    let old_tags = before.as_ref().map(index::tags).unwrap_or_default();
    let new_tags = index::tags(record);
    for tag in old_tags.iter().filter(|tag| !new_tags.contains(tag)) {
        count(overlay, number, *tag, -1)?;
    }
    for tag in new_tags.iter().filter(|tag| !old_tags.contains(tag)) {
        count(overlay, number, *tag, 1)?;
    }
    let parts = before.as_ref().and_then(Parts::of);
    if parts != Parts::of(record) {
        overlay.reword(number);
    }
    overlay.put(keys::record(number), Some(value));
    reached::follow(overlay, before.as_ref(), Some(record))
}

/// Takes a record out of the present state with its index entries and counts. Its number, its place
/// in the journal and the slot of its key stay.
pub(super) fn remove_record(overlay: &mut Overlay, record: &Record) -> Result<(), Fault> {
    let number = record.number();
    for (key, _) in index::entries(record) {
        overlay.put(key, None);
    }
    for tag in index::tags(record) {
        count(overlay, number, tag, -1)?;
    }
    overlay.reword(number);
    overlay.put(keys::record(number), None);
    reached::follow(overlay, Some(record), None)
}

fn count(overlay: &mut Overlay, number: Number, tag: index::Tag, by: i64) -> Result<(), Fault> {
    let key = keys::count(number.kind, &tag.bytes());
    let present: u64 = overlay.unpacked(&key)?.unwrap_or(0);
    let next = present.saturating_add_signed(by);
    let value = (next > 0).then(|| codec::pack(&next)).transpose()?;
    overlay.put(key, value);
    Ok(())
}

/// What follows from the frame and not from the record: number, history, key slot.
pub(super) fn put_facts(
    overlay: &mut Overlay,
    number: Number,
    version: u32,
    slot: (Number, u32),
    place: Place,
) -> Result<(), Fault> {
    let (subject, slot) = slot;
    let is_own = subject == number && overlay.is_new(number)?;
    let key = keys::last_number(number.kind, number.year);
    let last: u32 = overlay.unpacked(&key)?.unwrap_or(0);
    if number.seq > last {
        overlay.put(key, Some(codec::pack(&number.seq)?));
    }
    overlay.put(keys::history(number, version), Some(codec::pack(&place)?));
    let slot_key = keys::slot(subject);
    if is_own || overlay.get(&slot_key)?.is_none() {
        overlay.put(slot_key, Some(codec::pack(&slot)?));
    }
    let next: u32 = overlay.unpacked(keys::NEXT_SLOT)?.unwrap_or(0);
    if slot >= next {
        overlay.put(
            keys::NEXT_SLOT.to_vec(),
            Some(codec::pack(&slot.saturating_add(1))?),
        );
    }
    Ok(())
}

/// That a request was done, and with which record.
pub(super) fn put_request(overlay: &mut Overlay, entry: &Entry) -> Result<(), Fault> {
    if let Some(first) = entry.changes.first() {
        overlay.put(
            keys::request(entry.request),
            Some(codec::pack(&first.number)?),
        );
    }
    Ok(())
}

/// How far the journal is applied.
pub(super) fn put_applied(overlay: &mut Overlay, applied: &Applied) -> Result<(), Fault> {
    overlay.put(keys::APPLIED.to_vec(), Some(codec::pack(applied)?));
    Ok(())
}
