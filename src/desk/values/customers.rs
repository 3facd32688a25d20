//! Operators and customers as earlier schemas wrote them.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::domain::complaint::course::Said;
use crate::domain::context::Meta;
use crate::domain::customer::{Customer, CustomerDetails, Fill, Mark, Salutation};
use crate::domain::merging::{CardBefore, Merge};
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::phone::Phone;
use crate::domain::role::Role;
use crate::domain::stamp::Day;

/// An operator of schema 1: without service, account, deputies and acknowledgement.
#[derive(Deserialize)]
pub(super) struct OperatorOf1 {
    meta: Meta,
    login: String,
    name: String,
    roles: Vec<Role>,
    department: String,
    active: bool,
}

impl From<OperatorOf1> for Operator {
    fn from(old: OperatorOf1) -> Self {
        Self {
            meta: old.meta,
            login: old.login,
            name: old.name,
            roles: old.roles,
            department: old.department,
            active: old.active,
            service: false,
            account: None,
            deputies: Vec::new(),
            acknowledged: None,
        }
    }
}

/// What was entered of a customer up to schema 5: without class, sales site and source.
#[derive(Deserialize)]
struct CardOf5 {
    name: String,
    employer: String,
    position: String,
    address: String,
    phones: Vec<Phone>,
    salutation: Salutation,
    place: String,
    plates: Vec<String>,
    note: String,
    owner: Option<Number>,
    external: String,
}

impl From<CardOf5> for CustomerDetails {
    fn from(old: CardOf5) -> Self {
        Self {
            name: old.name,
            employer: old.employer,
            position: old.position,
            address: old.address,
            phones: old.phones,
            salutation: old.salutation,
            place: old.place,
            plates: old.plates,
            note: old.note,
            owner: old.owner,
            external: old.external,
            ..Self::default()
        }
    }
}

/// What an import put into a customer up to schema 5.
#[derive(Deserialize)]
struct FillOf5 {
    import: Number,
    with: CardOf5,
}

/// A customer up to schema 5: without class, sales site and source.
#[derive(Deserialize)]
pub(super) struct CustomerOf5 {
    meta: Meta,
    details: CardOf5,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
    fills: Vec<FillOf5>,
}

impl From<CustomerOf5> for Customer {
    fn from(old: CustomerOf5) -> Self {
        let fills = old.fills.into_iter().map(|fill| Fill {
            import: fill.import,
            with: fill.with.into(),
        });
        Self {
            meta: old.meta,
            details: old.details.into(),
            marks: old.marks,
            confirmed_on: old.confirmed_on,
            fills: fills.collect(),
        }
    }
}

/// A customer up to schema 2: without what imports put in.
#[derive(Deserialize)]
pub(super) struct CustomerOf2 {
    meta: Meta,
    details: CardOf5,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
}

impl From<CustomerOf2> for Customer {
    fn from(old: CustomerOf2) -> Self {
        Self {
            meta: old.meta,
            details: old.details.into(),
            marks: old.marks,
            confirmed_on: old.confirmed_on,
            fills: Vec::new(),
        }
    }
}

/// What was entered of a customer up to schema 8: without what the customer is for and whether business was
/// closed.
#[derive(Deserialize)]
struct CardOf8 {
    name: String,
    employer: String,
    position: String,
    address: String,
    phones: Vec<Phone>,
    salutation: Salutation,
    place: String,
    plates: Vec<String>,
    note: String,
    owner: Option<Number>,
    external: String,
    class: String,
    line: String,
    site: String,
    source: String,
}

impl From<CardOf8> for CustomerDetails {
    fn from(old: CardOf8) -> Self {
        Self {
            name: old.name,
            employer: old.employer,
            position: old.position,
            address: old.address,
            phones: old.phones,
            salutation: old.salutation,
            place: old.place,
            plates: old.plates,
            note: old.note,
            owner: old.owner,
            external: old.external,
            class: old.class,
            line: old.line,
            site: old.site,
            source: old.source,
            ..Self::default()
        }
    }
}

/// What an import put into a customer up to schema 8.
#[derive(Deserialize)]
struct FillOf8 {
    import: Number,
    with: CardOf8,
}

/// A customer up to schema 8.
#[derive(Deserialize)]
pub(super) struct CustomerOf8 {
    meta: Meta,
    details: CardOf8,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
    fills: Vec<FillOf8>,
}

impl From<CustomerOf8> for Customer {
    fn from(old: CustomerOf8) -> Self {
        let fills = old.fills.into_iter().map(|fill| Fill {
            import: fill.import,
            with: fill.with.into(),
        });
        Self {
            meta: old.meta,
            details: old.details.into(),
            marks: old.marks,
            confirmed_on: old.confirmed_on,
            fills: fills.collect(),
        }
    }
}

/// A card right before a merge, up to schema 8.
#[derive(Deserialize)]
struct CardBeforeOf8 {
    details: CardOf8,
    marks: BTreeSet<Mark>,
    confirmed_on: Day,
}

/// Two cards that were made one, up to schema 8.
#[derive(Deserialize)]
pub(super) struct MergeOf8 {
    meta: Meta,
    kept: Number,
    absorbed: Number,
    names: (String, String),
    version: u32,
    before: CardBeforeOf8,
    taken: Vec<String>,
    undone: Option<Said>,
}

impl From<MergeOf8> for Merge {
    fn from(old: MergeOf8) -> Self {
        Self {
            meta: old.meta,
            kept: old.kept,
            absorbed: old.absorbed,
            names: old.names,
            version: old.version,
            before: CardBefore {
                details: old.before.details.into(),
                marks: old.before.marks,
                confirmed_on: old.before.confirmed_on,
            },
            taken: old.taken,
            undone: old.undone,
        }
    }
}
