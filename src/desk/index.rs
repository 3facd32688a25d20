//! The keys under which a record is listed and found: a pure function of the record.
//!
//! A change puts and deletes the difference between the keys before and after, in the same
//! commit as the record. `verify` compares the store with what this function says. What a record is
//! found by is not here but in the search index (`tokens`).

mod lookups;
mod orders;
mod tags;

use std::collections::BTreeSet;

use super::contract::Sort;
use super::keyspace as keys;
use super::made;
use crate::domain::record::Record;

use lookups::{contacts, events, exact, held, kept};
use orders::{has_order, sort_byte, sort_key};
pub(super) use orders::{list_key, list_prefix};
pub(super) use tags::{ALL, NOBODY, Tag, tag, tags};

/// Counts up with every change of what [`entries`] and [`tags`] say, so that a store which an
/// earlier program indexed is indexed anew. What has none was made by the first.
pub(super) const VERSION: u32 = 18;

/// All keys of a record beside the record itself, with their values.
pub(super) fn entries(record: &Record) -> BTreeSet<(Vec<u8>, Vec<u8>)> {
    let number = record.number().to_key();
    let mut entries = BTreeSet::new();
    if record.meta().void {
        return entries;
    }
    if let Some(import) = record.meta().import {
        let mut key = keys::imported(import);
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Customer(customer) = record {
        for fill in &customer.fills {
            let mut key = keys::imported(fill.import);
            key.extend_from_slice(&number);
            entries.insert((key, Vec::new()));
        }
    }
    let tags = tags(record);
    for sort in [Sort::Newest, Sort::Name, Sort::Due, Sort::Age] {
        let Some(place) = sort_key(record, sort_byte(sort)) else {
            continue;
        };
        for tag in tags.iter().filter(|tag| has_order(record, **tag, sort)) {
            let mut key = list_prefix(record.number().kind, *tag, sort);
            key.extend_from_slice(&place);
            key.extend_from_slice(&number);
            entries.insert((key, Vec::new()));
        }
    }
    for mut key in exact(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    for (customer, at) in contacts(record) {
        let mut key = keys::contacts(customer);
        key.extend_from_slice(&keys::stamp_bytes(at));
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    for (customer, at) in events(record) {
        let mut key = keys::events(customer);
        key.extend_from_slice(&keys::stamp_bytes(at));
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Some(mut key) = held(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Complaint(complaint) = record {
        entries.insert(made::entry(complaint));
    }
    for mut key in kept(record) {
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Remark(remark) = record {
        let mut key = keys::remarks(remark.about);
        key.extend_from_slice(&number);
        entries.insert((key, Vec::new()));
    }
    if let Record::Operator(operator) = record {
        entries.insert((keys::login(&operator.login), number.to_vec()));
    }
    entries
}
