//! Rows attached to a customer who goes by another name there: a telephone may have changed hands,
//! and a person should look.

use std::collections::HashMap;

use super::asker::Asker;
use super::words::folded;
use crate::desk::contract::{Adopted, Door, Query, Reply};
use crate::domain::mask;
use crate::domain::number::Number;
use crate::domain::record::Record;

/// So many names of customers are kept in memory.
const MOST: usize = 10_000;

/// A row that was attached to a customer of another name than its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherName {
    /// The line of the row.
    pub line: u64,
    /// The name in the row.
    pub name: String,
    /// The customer.
    pub customer: Number,
    /// The customer's name.
    pub known: String,
}

/// Names of the customers to whom rows were attached.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<Number, String>,
    /// Line, name and customer of rows that were not looked at yet.
    waiting: Vec<(u64, String, Number)>,
}

impl Names {
    /// A row was attached.
    pub(super) fn attached(&mut self, line: u64, name: String, customer: Number) {
        if !name.is_empty() {
            self.waiting.push((line, name, customer));
        }
    }

    /// Which of the rows since it was last asked name somebody else than their customer. Customers
    /// who are not known yet are asked of the desk at once; of one it does not show, nothing is said.
    pub(super) fn others(&mut self, door: &mut dyn Door, asker: &mut Asker) -> Vec<OtherName> {
        let waiting = std::mem::take(&mut self.waiting);
        if self.known.len() > MOST {
            self.known.clear();
        }
        let mut unknown: Vec<Number> = waiting.iter().map(|(.., customer)| *customer).collect();
        unknown.sort_unstable();
        unknown.dedup();
        unknown.retain(|customer| !self.known.contains_key(customer));
        if !unknown.is_empty() {
            let envelopes: Vec<_> = unknown
                .iter()
                .map(|customer| asker.look(Query::Get(*customer)))
                .collect();
            for answer in door.ask_all(&envelopes) {
                if let Ok(Reply::Record(Some(row))) = answer
                    && let Record::Customer(customer) = row.record
                {
                    let number = customer.meta.number;
                    self.known.insert(number, customer.details.name);
                }
            }
        }
        let other = |(line, name, customer): (u64, String, Number)| {
            let known = self.known.get(&customer)?;
            let differs = folded(known) != folded(&name) && !mask::is_masked(known);
            differs.then(|| OtherName {
                line,
                name,
                customer,
                known: known.clone(),
            })
        };
        waiting.into_iter().filter_map(other).collect()
    }
}

/// The name of the person a row is about; empty for kinds that are attached to nobody.
pub(super) fn name_of(row: &Adopted) -> &str {
    match row {
        Adopted::Intake { details, .. } => &details.caller,
        Adopted::Complaint { details, .. } => &details.complainant,
        Adopted::Customer(_) | Adopted::File(_) | Adopted::Loan(_) => "",
    }
}
