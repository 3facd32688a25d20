//! Entries on a customer's card or in a customer's file: what the customer bought and was quoted, and what
//! sales learnt of them at a visit or on the market (A03-4.1.1, A03-4.1.2a-3, A01-06, A01-13).
//!
//! An entry stays as it was made. A purchase asks whoever keeps the customer's files to bring them up to
//! date (A03-4.1.2b-2); what it adds up to is computed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::archive::{ArchiveFile, FileSort, Grade};
use super::context::{Context, Meta};
use super::customer::Customer;
use super::named::named;
use super::number::Number;
use super::preference::{self, Granted, Standing};
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
        /// A price was named for what the customer may buy (A01-06). It is no purchase yet.
        Quote = "quote",
    }
}

impl TransactionSort {
    /// Whether it is about an amount, and a preference is shown with it.
    pub const fn has_amount(self) -> bool {
        matches!(self, Self::Purchase | Self::Quote)
    }

    const fn clause(self) -> &'static str {
        match self {
            Self::Purchase => "A03-4.1.2a-3",
            Self::Quote => "A01-06",
            Self::Visit | Self::Market => "A03-4.1.1",
        }
    }
}

/// What is entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TransactionDetails {
    /// The customer; that of the file where the entry is made in one.
    pub customer: Option<Number>,
    /// The customer's file, where the entry is made in one.
    pub file: Option<Number>,
    /// Where it comes from.
    pub sort: TransactionSort,
    /// The day of it; today where nothing is entered.
    pub on: Option<Day>,
    /// What was bought or quoted, or what was learnt.
    pub text: String,
    /// What it cost or is to cost, in hundredths of a yuan; only of a purchase and of a quote.
    pub amount: Option<u64>,
    /// The salesperson, by name; whoever enters it where nothing is entered.
    pub salesperson: String,
}

/// An entry on a customer's card or in a customer's file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Transaction {
    /// Number, version, times.
    pub meta: Meta,
    /// What was entered.
    pub details: TransactionDetails,
    /// The grade of the file when it was entered (A11-22c); none without a file.
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

    /// What it cost, in hundredths of a yuan; none of what was not bought.
    pub fn paid(&self) -> Option<u64> {
        let bought = self.is_purchase();
        self.details.amount.filter(|_| bought)
    }

    /// Whether something was bought.
    pub fn is_purchase(&self) -> bool {
        self.details.sort == TransactionSort::Purchase
    }

    /// Every text in it in which something of a customer may stand.
    pub fn texts(&mut self) -> [&mut String; 2] {
        [&mut self.details.text, &mut self.details.salesperson]
    }
}

/// What the purchases among entries add up to, in hundredths of a yuan (A03-4.1.2a-3).
pub fn sum<'a>(entries: impl IntoIterator<Item = &'a Transaction>) -> u64 {
    let amounts = entries.into_iter().filter_map(Transaction::paid);
    amounts.fold(0, u64::saturating_add)
}

/// What an entry is made for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Of<'a> {
    /// The card of the customer, where there is one.
    pub card: Option<&'a Customer>,
    /// The file that it is made in.
    pub file: Option<&'a ArchiveFile>,
    /// How the customer stands before it (A01-06, A01-13).
    pub standing: Standing,
}

/// An entry on a customer's card or in a customer's file.
///
/// # Errors
/// Refused for one who does not carry it, without customer and file, for a file that is another
/// customer's or has left the archive, without what it is, for a day in the future, for a purchase or a
/// quote without an amount and an amount without either.
pub fn record(
    number: Number,
    mut details: TransactionDetails,
    of: Of,
    context: &Context,
) -> Result<Transaction, Refusal> {
    context.may_take(ArchiveStep::RecordTransaction)?;
    if let Some(file) = of.file {
        file.must_be_here()?;
    }
    let sort = details.sort;
    let mut checks = Checks::new();
    let card = of.card.map(|card| card.meta.number);
    checks.require(of.file.is_some() || card.is_some(), || {
        Problem::required("customer").clause("A03-4.1.2a-3")
    });
    details.text = clean::body(&details.text);
    details.salesperson = clean::name(&details.salesperson);
    if details.salesperson.is_empty() {
        details.salesperson.clone_from(&context.operator.name);
    }
    let today = context.today();
    let on = *details.on.get_or_insert(today);
    checks.require(on <= today, || Problem::new("in-the-future").field("on"));
    checks.require(!details.text.is_empty(), || {
        Problem::required("text").clause(sort.clause())
    });
    checks.require(!sort.has_amount() || details.amount.is_some(), || {
        Problem::required("amount").clause(sort.clause())
    });
    checks.require(sort.has_amount() || details.amount.is_none(), || {
        Problem::new("amount-of-no-purchase").field("amount")
    });
    checks.done()?;
    details.file = of.file.map(|file| file.meta.number);
    details.customer = card.or(of.file.and_then(|file| file.details.customer));
    let amount = details.amount.filter(|_| sort.has_amount());
    let granted =
        amount.map(|it| preference::granted(it, of.standing, &context.profile.preference));
    let Granted { discount, terms } = granted.unwrap_or_default();
    Ok(Transaction {
        meta: Meta::new(number, context),
        details,
        grade: of.file.map(|file| file.details.grade).unwrap_or_default(),
        discount,
        terms,
    })
}

/// Whether a purchase of its customer asks for a file to be brought up to date: a customer's own, that is
/// here (A03-4.1.2b-2). What is entered in a file is of that file, whatever it is about.
pub fn is_to_update(file: &ArchiveFile, entry: &Transaction) -> bool {
    let entered_in = entry.details.file;
    let own = file.details.sort == FileSort::Customer && entered_in.is_none();
    entry.is_purchase() && file.left_on().is_none() && (own || entered_in == Some(file.meta.number))
}

/// The file as it waits to be brought up to date with a purchase (A03-4.1.2b-2).
pub fn to_update(file: &ArchiveFile, entry: &Transaction, context: &Context) -> ArchiveFile {
    let mut next = file.clone();
    next.meta = file.meta.changed(context);
    next.custody.to_update = Some(entry.meta.number);
    next
}
