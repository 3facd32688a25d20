//! What customers bought and were quoted in the last weeks. It comes last, so that everything else is as it
//! would be without it.

use super::work::Filling;
use crate::desk::contract::{Command, Failure};
use crate::domain::customer::Customer;
use crate::domain::procedure::ArchiveStep;
use crate::domain::stamp::Day;
use crate::domain::transaction::{TransactionDetails, TransactionSort};

/// So many customers bought something; the first of them came back.
const BOUGHT: usize = 4;
/// So many behind them were only quoted a price.
const QUOTED: usize = 2;
/// So many days lie between two entries.
const DAYS: u64 = 5;

impl Filling<'_> {
    /// Purchases and quotes, where the site has them entered.
    pub(super) fn deal(&mut self, customers: &[Customer], today: Day) -> Result<(), Failure> {
        let Some(by) = self.one_who_carries(ArchiveStep::RecordTransaction) else {
            return Ok(());
        };
        let sold = self.words.sold();
        let returning = customers.iter().take(1);
        let customers = customers.iter().take(BOUGHT + QUOTED).chain(returning);
        for (place, (customer, (what, yuan))) in customers.zip(sold.iter().cycle()).enumerate() {
            let quoted = (BOUGHT..BOUGHT + QUOTED).contains(&place);
            let sort = if quoted {
                TransactionSort::Quote
            } else {
                TransactionSort::Purchase
            };
            let ago = DAYS * (BOUGHT + QUOTED).saturating_sub(place) as u64;
            let details = TransactionDetails {
                customer: Some(customer.meta.number),
                sort,
                on: Some(today.minus(ago)),
                text: what.clone(),
                amount: Some(yuan * 100),
                ..TransactionDetails::default()
            };
            self.send(by, Command::RecordTransaction { details })?;
        }
        Ok(())
    }
}
