//! Where things lie in the ordered store: one tree, one letter a table, big-endian parts.
//!
//! Keys sort as the lists do. Everything but `records` follows from the records or from the
//! journal and can be made anew.

use crate::domain::inspection::{Inspection, InspectionKind};
use crate::domain::number::{Kind, Number};
use crate::domain::stamp::{Day, Stamp};

/// The records themselves: number → value.
pub(super) const RECORDS: u8 = b'r';
/// Lists: kind, tag, sort, sort key, number → nothing.
pub(super) const LISTS: u8 = b'v';
/// What is looked up in full: class, text, 0, number → nothing.
pub(super) const EXACT: u8 = b'x';
/// Search tokens of earlier programs, which kept them here.
pub(super) const TOKENS: u8 = b't';
/// Contacts of a customer: customer, time, number → nothing.
pub(super) const CONTACTS: u8 = b'c';
/// Logins: login → operator number.
pub(super) const LOGINS: u8 = b'l';
/// Rows of an import, and customers it filled: import, number → nothing.
pub(super) const IMPORTED: u8 = b'i';
/// What somebody holds: customers by owner, open complaints by handler, open loans by borrower.
pub(super) const HELD: u8 = b'w';
/// What the archive looks up: class of the key, what, number → nothing.
pub(super) const KEPT_AT: u8 = b'p';
/// When customers were last reached: order, owner, when, customer → nothing; and by customer.
pub(super) const REACHED: u8 = b'z';
/// History: number, version → place in the journal.
pub(super) const HISTORY: u8 = b'h';
/// Last number given: kind, year → sequence.
pub(super) const NUMBERS: u8 = b'n';
/// How many records carry a tag: kind, tag → count.
pub(super) const COUNTS: u8 = b'#';
/// Slot of a subject's key: number → slot.
pub(super) const SLOTS: u8 = b'k';
/// Requests done: request id → number of the record.
pub(super) const REQUESTS: u8 = b'q';
/// Remarks: record, remark → nothing.
pub(super) const REMARKS: u8 = b'e';
/// Looks by operator: operator, refused or not, place → the rest of the look.
pub(super) const LOOKS_BY: u8 = b'o';
/// Looks at a record: record, refused or not, place, operator → nothing.
pub(super) const LOOKS_AT: u8 = b'a';
/// Facts about the store itself.
pub(super) const META: u8 = b'm';

/// The sequence number and hash of the last frame the store holds.
pub(super) const APPLIED: &[u8] = b"mapplied";
/// The next free slot for a key.
pub(super) const NEXT_SLOT: &[u8] = b"mslot";

/// By which version of [`super::index`] the tables that follow from the records were made.
pub(super) const INDEX: &[u8] = b"mindex";

/// Tables that follow from the records, one by one; the counts do so too, in sums.
pub(super) const DERIVED: [u8; 10] = [
    LISTS, EXACT, TOKENS, CONTACTS, LOGINS, IMPORTED, REMARKS, HELD, KEPT_AT, REACHED,
];

/// Tables that do not follow from the records and go into a checkpoint as they are.
pub(super) const KEPT: [u8; 7] = [HISTORY, NUMBERS, SLOTS, REQUESTS, LOOKS_BY, LOOKS_AT, META];

/// Of a name in a key so many bytes; no two people of a site have longer names that begin alike.
const NAME_BYTES: usize = 96;

/// Of what is looked up in full so many bytes; who looks up something longer reads the record.
const EXACT_BYTES: usize = 200;

fn numbered(table: u8, number: Number) -> Vec<u8> {
    let mut key = vec![table];
    key.extend_from_slice(&number.to_key());
    key
}

pub(super) fn record(number: Number) -> Vec<u8> {
    numbered(RECORDS, number)
}

pub(super) fn slot(subject: Number) -> Vec<u8> {
    numbered(SLOTS, subject)
}

pub(super) fn history(number: Number, version: u32) -> Vec<u8> {
    let mut key = numbered(HISTORY, number);
    key.extend_from_slice(&version.to_be_bytes());
    key
}

pub(super) fn histories(number: Number) -> Vec<u8> {
    numbered(HISTORY, number)
}

pub(super) fn last_number(kind: Kind, year: u16) -> Vec<u8> {
    let mut key = vec![NUMBERS, kind.code()];
    key.extend_from_slice(&year.to_be_bytes());
    key
}

pub(super) fn count(kind: Kind, tag: &[u8]) -> Vec<u8> {
    let mut key = vec![COUNTS, kind.code()];
    key.extend_from_slice(tag);
    key
}

pub(super) fn login(login: &str) -> Vec<u8> {
    let mut key = vec![LOGINS];
    key.extend_from_slice(login.as_bytes());
    key
}

pub(super) fn request(id: u64) -> Vec<u8> {
    let mut key = vec![REQUESTS];
    key.extend_from_slice(&id.to_be_bytes());
    key
}

pub(super) fn imported(import: Number) -> Vec<u8> {
    numbered(IMPORTED, import)
}

pub(super) fn contacts(customer: Number) -> Vec<u8> {
    numbered(CONTACTS, customer)
}

/// The customers an operator looks after.
pub(super) fn owned(owner: Number) -> Vec<u8> {
    let mut key = vec![HELD, b'c'];
    key.extend_from_slice(&owner.to_key());
    key
}

/// The contacts an operator has planned.
pub(super) fn to_do(owner: Number) -> Vec<u8> {
    let mut key = vec![HELD, b'f'];
    key.extend_from_slice(&owner.to_key());
    key
}

/// The lines of the service plan that an operator is to do.
pub(super) fn to_plan(owner: Number) -> Vec<u8> {
    let mut key = vec![HELD, b'p'];
    key.extend_from_slice(&owner.to_key());
    key
}

/// The registrations of the customers of an operator.
pub(super) fn registered_for(owner: Number) -> Vec<u8> {
    let mut key = vec![HELD, b'r'];
    key.extend_from_slice(&owner.to_key());
    key
}

/// The profiles whose salesperson an operator is.
pub(super) fn kept_by(salesperson: Number) -> Vec<u8> {
    let mut key = vec![HELD, b'd'];
    key.extend_from_slice(&salesperson.to_key());
    key
}

/// The open complaints that somebody of a name handles.
pub(super) fn handled(handler: &str) -> Vec<u8> {
    by_name(b'h', handler)
}

/// The loans that somebody of a name has out.
pub(super) fn borrowed(borrower: &str) -> Vec<u8> {
    by_name(b'b', borrower)
}

fn by_name(class: u8, name: &str) -> Vec<u8> {
    let end = name.floor_char_boundary(NAME_BYTES);
    let mut key = vec![HELD, class];
    key.extend_from_slice(name.as_bytes().get(..end).unwrap_or_default());
    key.push(0);
    key
}

/// The records with a telephone.
pub(super) fn phone(digits: &str) -> Vec<u8> {
    exact(b'p', digits)
}

/// The records with a number in another system.
pub(super) fn external(number: &str) -> Vec<u8> {
    exact(b'x', number)
}

/// The loans to a borrower, those that are struck out too.
pub(super) fn lent_to(borrower: &str) -> Vec<u8> {
    exact(b'b', borrower)
}

/// How long a key of [`phone`], [`external`] or [`lent_to`] is that names nothing.
pub(super) const EXACT_BARE: usize = 3;

fn exact(class: u8, text: &str) -> Vec<u8> {
    let end = text.floor_char_boundary(EXACT_BYTES);
    let mut key = vec![EXACT, class];
    key.extend_from_slice(text.as_bytes().get(..end).unwrap_or_default());
    key.push(0);
    key
}

fn kept(class: u8, text: &str) -> Vec<u8> {
    let end = text.floor_char_boundary(EXACT_BYTES);
    let mut key = vec![KEPT_AT, class];
    key.extend_from_slice(text.as_bytes().get(..end).unwrap_or_default());
    key.push(0);
    key
}

fn kept_of(class: u8, number: Number) -> Vec<u8> {
    let mut key = vec![KEPT_AT, class];
    key.extend_from_slice(&number.to_key());
    key
}

/// The file that stands at a place.
pub(super) fn at_place(place: &str) -> Vec<u8> {
    kept(b'p', place)
}

/// All places that are taken.
pub(super) const PLACES: &[u8] = &[KEPT_AT, b'p'];

/// The text of a key of [`at_place`].
pub(super) fn place_in(key: &[u8]) -> Option<&str> {
    let text = key.get(2..)?.split(|byte| *byte == 0).next()?;
    std::str::from_utf8(text).ok()
}

/// The files of a class, by their number in it.
pub(super) fn class(class: &str) -> Vec<u8> {
    kept(b'n', class)
}

/// The file with a number within a class.
pub(super) fn in_class(name: &str, no: u32) -> Vec<u8> {
    let mut key = class(name);
    key.extend_from_slice(&no.to_be_bytes());
    key
}

/// The number within its class in a key of [`in_class`] with a record's number behind it.
pub(super) fn no_in_class(key: &[u8]) -> Option<u32> {
    let end = key.len().checked_sub(7)?;
    let bytes = key.get(end.checked_sub(4)?..end)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// The files of a car.
pub(super) fn of_car(car: &str) -> Vec<u8> {
    kept(b'c', car)
}

/// The files of a customer.
pub(super) fn of_customer(customer: Number) -> Vec<u8> {
    kept_of(b'f', customer)
}

/// The customer in a key of [`of_customer`].
pub(super) fn customer_in(key: &[u8]) -> Option<Number> {
    Number::from_key(key.get(2..9)?)
}

/// The requests for a file that are not over.
pub(super) fn asked(file: Number) -> Vec<u8> {
    kept_of(b'q', file)
}

/// The hand-overs signed for, by time and row.
pub(super) fn signed_for(at: Stamp, row: u32) -> Vec<u8> {
    let mut key = signed_from(at);
    key.extend_from_slice(&row.to_be_bytes());
    key
}

/// The hand-overs signed for from a time on.
pub(super) fn signed_from(at: Stamp) -> Vec<u8> {
    let mut key = vec![KEPT_AT, b's'];
    key.extend_from_slice(&stamp_bytes(at));
    key
}

/// The end of a day of the archive.
pub(super) fn ended(day: Day) -> Vec<u8> {
    let mut key = vec![KEPT_AT, b'e'];
    key.extend_from_slice(&day.ordinal().to_be_bytes());
    key
}

/// The rows of the customer registration form of a day.
pub(super) fn registered_on(day: Day) -> Vec<u8> {
    let mut key = vec![KEPT_AT, b'r'];
    key.extend_from_slice(&day.ordinal().to_be_bytes());
    key
}

/// The lines of the duty roster for a day.
pub(super) fn on_duty(day: Day) -> Vec<u8> {
    let mut key = vec![KEPT_AT, b'y'];
    key.extend_from_slice(&day.ordinal().to_be_bytes());
    key
}

/// What belongs to a file and goes with it: its loans, requests for it, papers that went into it.
pub(super) fn belongs_to(file: Number) -> Vec<u8> {
    kept_of(b'b', file)
}

/// That the data of a destruction is gone; it does not follow from the records.
pub(super) fn erased(destruction: Number) -> Vec<u8> {
    let mut key = b"merased".to_vec();
    key.extend_from_slice(&destruction.to_key());
    key
}

/// The answers to a survey.
pub(super) fn answers(survey: Number) -> Vec<u8> {
    kept_of(b'a', survey)
}

/// The customers whose place begins so, as places are looked up: a longer number does so too.
pub(super) fn placed(place: &str) -> Vec<u8> {
    let mut key = kept(b'P', place);
    key.pop();
    key
}

/// Who lives in a unit, by the unit as it is looked up.
pub(super) fn lived_in(unit: &str) -> Vec<u8> {
    kept(b'l', unit)
}

/// The contacts planned with a customer.
pub(super) fn planned(customer: Number) -> Vec<u8> {
    kept_of(b'u', customer)
}

/// The relations, introductions and material that a customer has to do with.
pub(super) fn related(customer: Number) -> Vec<u8> {
    kept_of(b'l', customer)
}

/// What was planned, said and done about a customer that is no contact, by when it was last changed.
pub(super) fn events(customer: Number) -> Vec<u8> {
    kept_of(b't', customer)
}

/// The customers of a group, its central persons before the others.
pub(super) fn in_group(group: &str) -> Vec<u8> {
    kept(b'g', group)
}

/// A customer among those of a group.
pub(super) fn in_group_as(group: &str, central: bool, customer: Number) -> Vec<u8> {
    let mut key = in_group(group);
    key.push(u8::from(!central));
    key.extend_from_slice(&customer.to_key());
    key
}

/// The merge by which a card went into another.
pub(super) fn merged(absorbed: Number) -> Vec<u8> {
    kept_of(b'm', absorbed)
}

/// All merges by which a card went into another.
pub(super) const MERGED: &[u8] = &[KEPT_AT, b'm'];

/// The merges by which cards went into one.
pub(super) fn absorbed(kept: Number) -> Vec<u8> {
    kept_of(b'a', kept)
}

/// The contacts for a campaign or a line of the plan, those that were had or those that are planned, and
/// the answers to a survey, by customer.
pub(super) fn serving(serves: Number, had: bool) -> Vec<u8> {
    let mut key = kept_of(b'v', serves);
    key.push(u8::from(had));
    key
}

/// The same with one customer.
pub(super) fn serving_with(serves: Number, had: bool, customer: Number) -> Vec<u8> {
    let mut key = serving(serves, had);
    key.extend_from_slice(&customer.to_key());
    key
}

/// The customer in a key of [`serving_with`] with a record's number behind it.
pub(super) fn served_customer(key: &[u8]) -> Option<Number> {
    let end = key.len().checked_sub(7)?;
    Number::from_key(key.get(end.checked_sub(7)?..end)?)
}

/// The greetings of a customer for the holiday that begins on a day, those that were had and those that
/// are planned (A14-2.9.2).
pub(super) fn greeted(holiday: Day, customer: Number) -> Vec<u8> {
    let mut key = vec![KEPT_AT, b'h'];
    key.extend_from_slice(&holiday.ordinal().to_be_bytes());
    key.extend_from_slice(&customer.to_key());
    key
}

/// The contacts had with a customer that were written down as such.
pub(super) fn noted(customer: Number) -> Vec<u8> {
    kept_of(b'W', customer)
}

/// All of them.
pub(super) const NOTED: &[u8] = &[KEPT_AT, b'W'];

/// The profile of a customer.
pub(super) fn dossier_of(customer: Number) -> Vec<u8> {
    kept_of(b'D', customer)
}

/// The profiles with a birthday on a day of the solar or of the lunar year.
pub(super) fn born((lunar, month, day): (bool, u8, u8)) -> Vec<u8> {
    vec![KEPT_AT, b'B', u8::from(lunar), month, day]
}

/// The destruction of a file that is on its way.
pub(super) fn to_destroy(file: Number) -> Vec<u8> {
    kept_of(b'd', file)
}

/// The inspections of a kind that are closed, by time.
pub(super) fn inspections(kind: InspectionKind) -> Vec<u8> {
    vec![KEPT_AT, b'i', kind as u8]
}

/// A closed inspection among those of its kind.
pub(super) fn inspected(inspection: &Inspection) -> Vec<u8> {
    let mut key = inspections(inspection.details.kind);
    let at = inspection.closed.as_ref().map(|said| said.at);
    key.extend_from_slice(&stamp_bytes(at.unwrap_or_default()));
    key
}

pub(super) fn remarks(about: Number) -> Vec<u8> {
    numbered(REMARKS, about)
}

/// Where a look stands in time and in the journal: 14 bytes that sort as the looks do.
#[derive(Clone, Copy)]
pub(super) struct LookPlace([u8; 14]);

impl LookPlace {
    /// The look of a time, in a frame, at a place among its looks. Two looks of one microsecond
    /// are told apart by the end of the frame's number.
    pub fn new(at: Stamp, seq: u64, place: usize) -> Self {
        let mut bytes = [0; 14];
        let [.., s0, s1, s2, s3] = seq.to_be_bytes();
        let [.., p0, p1] = place.to_be_bytes();
        let parts = stamp_bytes(at).into_iter().chain([s0, s1, s2, s3, p0, p1]);
        for (byte, part) in bytes.iter_mut().zip(parts) {
            *byte = part;
        }
        Self(bytes)
    }

    /// The place in the bytes of a key.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        bytes.first_chunk().copied().map(Self)
    }

    /// When the look was.
    pub fn at(self) -> Stamp {
        let time = self.0.first_chunk().copied().unwrap_or_default();
        Stamp((u64::from_be_bytes(time) ^ (1 << 63)).cast_signed())
    }
}

/// The looks of an operator, those that were refused or those that were not.
pub(super) fn looks_by(operator: Number, refused: bool) -> Vec<u8> {
    let mut key = numbered(LOOKS_BY, operator);
    key.push(u8::from(refused));
    key
}

pub(super) fn look_by(operator: Number, refused: bool, place: LookPlace) -> Vec<u8> {
    let mut key = looks_by(operator, refused);
    key.extend_from_slice(&place.0);
    key
}

/// The looks at a record, those that were refused or those that were not.
pub(super) fn looks_at(about: Number, refused: bool) -> Vec<u8> {
    let mut key = numbered(LOOKS_AT, about);
    key.push(u8::from(refused));
    key
}

pub(super) fn look_at(about: Number, refused: bool, place: LookPlace, operator: Number) -> Vec<u8> {
    let mut key = looks_at(about, refused);
    key.extend_from_slice(&place.0);
    key.extend_from_slice(&operator.to_key());
    key
}

/// A time as eight bytes that sort as the times do, before 1970 too.
pub(super) fn stamp_bytes(stamp: Stamp) -> [u8; 8] {
    (stamp.0.cast_unsigned() ^ (1 << 63)).to_be_bytes()
}

/// The record number in the last seven bytes of a key.
pub(super) fn number_at_end(key: &[u8]) -> Option<Number> {
    Number::from_key(key.get(key.len().checked_sub(7)?..)?)
}

/// The number of the record under a key; none where the key is of something else.
pub(super) fn number_of_record(key: &[u8]) -> Option<Number> {
    Number::from_key(key.strip_prefix(&[RECORDS])?)
}

/// The first key after all keys that begin with a prefix.
pub(super) fn end_of(prefix: &[u8]) -> Vec<u8> {
    let mut end = prefix.to_vec();
    while let Some(last) = end.pop() {
        if last < u8::MAX {
            end.push(last + 1);
            return end;
        }
    }
    vec![u8::MAX; prefix.len() + 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_is_past_all_its_keys_and_no_further() {
        assert_eq!(end_of(b"ab"), b"ac");
        assert_eq!(end_of(&[1, 255]), [2]);
        assert!(end_of(&[255]).as_slice() > [255, 255].as_slice() || end_of(&[255]).len() == 2);
    }

    #[test]
    fn the_place_of_a_look_gives_its_time_back() {
        for at in [-5, 0, 1_717_635_600_000_000] {
            assert_eq!(LookPlace::new(Stamp(at), 7, 3).at(), Stamp(at));
        }
    }

    #[test]
    fn times_before_1970_sort_before_those_after() {
        let keys = [-5, -1, 0, 1, 7].map(|micros| stamp_bytes(Stamp(micros)));
        assert!(keys.is_sorted());
    }
}
