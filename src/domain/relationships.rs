//! What there was with each customer in a month: contacts, purchases, open complaints (A01-04).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::context::Context;
use super::fines::Month;
use super::number::Number;
use super::record::Record;
use super::stamp::{Day, Stamp};

/// What there was, of one customer or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dealings {
    /// The last contact up to the end of the month.
    pub last: Option<Day>,
    /// Contacts in the month.
    pub contacts: u64,
    /// Purchases in the month.
    pub purchases: u64,
    /// What they add up to, in hundredths of a yuan.
    pub amount: u64,
    /// Complaints that are open now.
    pub open: Vec<Number>,
}

impl Dealings {
    fn add(&mut self, other: &Self) {
        self.last = self.last.max(other.last);
        self.contacts = self.contacts.saturating_add(other.contacts);
        self.purchases = self.purchases.saturating_add(other.purchases);
        self.amount = self.amount.saturating_add(other.amount);
        self.open.extend(&other.open);
    }
}

/// A customer with what there was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DealingsWith {
    /// The customer.
    pub customer: Number,
    /// The name.
    pub name: String,
    /// What there was.
    pub dealings: Dealings,
}

/// The relations with all customers in a month (A01-04). The total is the sum of the rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Relationships {
    /// The month.
    pub month: Month,
    /// As it was then.
    pub at: Stamp,
    /// Customer by customer, the longest not contacted last.
    pub rows: Vec<DealingsWith>,
    /// All of them.
    pub total: Dealings,
}

/// What there was with one customer, from everything that is kept of them.
pub fn dealings(month: Month, records: &[Record], context: &Context) -> Dealings {
    let offset = context.profile.utc_offset_minutes;
    let mut dealings = Dealings::default();
    for record in records.iter().filter(|record| !record.meta().void) {
        let reached = match record {
            Record::Intake(it) => Some(it.started_at),
            Record::FollowUp(it) => it.reached().map(|(at, _)| at),
            Record::Complaint(it) => {
                if !it.state.is_final() {
                    dealings.open.push(it.meta.number);
                }
                // What was made of a request is that contact.
                it.intake.is_none().then_some(it.made_at)
            }
            Record::Transaction(it) => {
                if it.is_purchase() && Month::of(it.on()) == month {
                    dealings.purchases += 1;
                    let amount = it.paid().unwrap_or_default();
                    dealings.amount = dealings.amount.saturating_add(amount);
                }
                None
            }
            _ => None,
        };
        let Some(day) = reached.map(|at| at.day(offset)) else {
            continue;
        };
        if day <= month.ends() {
            dealings.last = dealings.last.max(Some(day));
        }
        dealings.contacts += u64::from(Month::of(day) == month);
    }
    dealings
}

/// The relations of a month, with their total.
pub fn relationships(month: Month, rows: Vec<DealingsWith>, context: &Context) -> Relationships {
    let mut rows = rows;
    rows.sort_by_key(|row| (std::cmp::Reverse(row.dealings.last), row.customer));
    let mut total = Dealings::default();
    for row in &rows {
        total.add(&row.dealings);
    }
    Relationships {
        month,
        at: context.now,
        rows,
        total,
    }
}
