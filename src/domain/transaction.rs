//! Entries in a customer's file: what the customer bought, and what sales learnt of them at a visit or
//! on the market (A03-4.1.1, A03-4.1.2a-3).
//!
//! An entry stays as it was made. A purchase asks whoever keeps the file to bring it up to date
//! (A03-4.1.2b-2); what it adds up to is computed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, Grade};
use super::context::{Context, Meta};
use super::named::named;
use super::number::Number;
use super::preference::{self, Standing};
use super::procedure::ArchiveStep;
use super::profile::Words;
use super::refusal::{Checks, Problem, Refusal};
use super::stamp::Day;
use crate::text::clean;

named! {
    /// Where an entry comes from. Positions stand in records: variants are only appended.
    #[derive(Default)]
    TransactionSort {
        /// Something was bought (A03-4.1.2a-3).
        #[default]
        Purchase = "purchase",
        /// The customer was visited (A03-4.1.1).
        Visit = "visit",
        /// The market said something of the customer (A03-4.1.1).
        Market = "market",
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TransactionDetails {
    /// The customer's file.
    pub file: Option<Number>,
    /// Where it comes from.
    pub sort: TransactionSort,
    /// The day of it; today where nothing is entered.
    pub on: Option<Day>,
    /// What was bought, or what was learnt.
    pub text: String,
    /// What it cost, in hundredths of a yuan; only of a purchase.
    pub amount: Option<u64>,
    /// The salesperson, by name; whoever enters it where nothing is entered.
    pub salesperson: String,
}

/// An entry in a customer's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transaction {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: TransactionDetails,
    /// The customer of the file.
    pub customer: Option<Number>,
    /// The grade of the file when it was entered (A11-22c).
    pub grade: Grade,
    /// The discount of a customer who bought before, in hundredths of a yuan: 0 on a first purchase, none
    /// where the site has no rate (A01-13). The amount stays as it was entered.
    #[serde(default)]
    pub discount: Option<u64>,
    /// The terms of a customer of good credit, as the site had them then (A01-06).
    #[serde(default)]
    pub terms: Option<Words>,
}

impl Transaction {
    /// The day of it.
    pub fn on(&self) -> Day {
        self.details.on.unwrap_or_default()
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> [&mut String; 2] {
        [&mut self.details.text, &mut self.details.salesperson]
    }
}

/// What entries add up to, in hundredths of a yuan (A03-4.1.2a-3).
pub fn sum<'a>(entries: impl IntoIterator<Item = &'a Transaction>) -> u64 {
    let amounts = entries.into_iter().filter_map(|it| it.details.amount);
    amounts.fold(0, u64::saturating_add)
}

/// An entry made in a customer's file, and the file, which waits to be brought up to date after a
/// purchase (A03-4.1.2b-2). `standing` is how the customer stood before it (A01-06, A01-13).
///
/// # Errors
/// Refused for one who does not carry it, for a file that has left the archive, without what it is,
/// for a day in the future, for a purchase without an amount and an amount without a purchase.
pub fn record(
    number: Number,
    mut details: TransactionDetails,
    file: &ArchiveFile,
    standing: Standing,
    context: &Context,
) -> Result<(Transaction, Option<ArchiveFile>), Refusal> {
    context.may_take(ArchiveStep::RecordTransaction)?;
    file.must_be_here()?;
    let clause = match details.sort {
        TransactionSort::Purchase => "A03-4.1.2a-3",
        TransactionSort::Visit | TransactionSort::Market => "A03-4.1.1",
    };
    let mut checks = Checks::new();
    details.text = clean::body(&details.text);
    details.salesperson = clean::name(&details.salesperson);
    if details.salesperson.is_empty() {
        details.salesperson.clone_from(&context.operator.name);
    }
    details.file = Some(file.meta.number);
    let today = context.today();
    let on = *details.on.get_or_insert(today);
    checks.require(on <= today, || Problem::new("in-the-future").field("on"));
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause(clause)
    });
    let bought = details.sort == TransactionSort::Purchase;
    checks.require(!bought || details.amount.is_some(), || {
        Problem::required("amount").clause(clause)
    });
    checks.require(bought || details.amount.is_none(), || {
        Problem::new("amount-of-no-purchase").field("amount")
    });
    checks.done()?;
    let rules = &context.profile.preference;
    let transaction = Transaction {
        meta: Meta::new(number, context),
        discount: details
            .amount
            .filter(|_| bought)
            .and_then(|amount| preference::on_purchase(amount, standing, rules)),
        terms: rules
            .good_credit
            .clone()
            .filter(|_| bought && standing.good_credit),
        details,
        customer: file.details.customer,
        grade: file.details.grade,
    };
    let waits = bought.then(|| {
        let mut next = file.clone();
        next.meta = file.meta.changed(context);
        next.custody.to_update = Some(number);
        next
    });
    Ok((transaction, waits))
}
