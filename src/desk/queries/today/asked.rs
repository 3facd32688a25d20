//! Whom a campaign is for who was not told yet, and who is to be greeted at a holiday (A01-28, A01-31,
//! A14-2.9.2). Both follow from the customer and from the contacts that were had for it.

use super::{CAMPAIGNS, Found, HOLIDAYS, place};
use crate::desk::keyspace as keys;
use crate::desk::kin;
use crate::desk::queries::{Looking, campaigns};
use crate::domain::campaign::Campaign;
use crate::domain::context::Context;
use crate::domain::customer::{Customer, Mark};
use crate::domain::follow_up::Occasion;
use crate::domain::number::Number;
use crate::domain::stamp::Day;
use crate::store::{Fault, Order};

/// What is asked for on a day.
pub(super) struct Asked {
    /// The campaigns that are not over.
    campaigns: Vec<Campaign>,
    /// The first days of the holidays that are there or near.
    holidays: Vec<Day>,
    /// The cards that went into others, each with the one that stays.
    absorbed: Vec<(Number, Number)>,
}

impl Asked {
    /// What is asked for today.
    pub(super) fn of(looking: &Looking, context: &Context) -> Result<Self, Fault> {
        let rules = &context.profile.follow_ups;
        let today = context.today();
        let near = today.plus(rules.holiday_days.unwrap_or_default().into());
        let holidays = if rules.holiday_greetings {
            context.calendar.holidays(today.0, near.0)
        } else {
            Vec::new()
        };
        Ok(Self {
            campaigns: campaigns::not_over(looking)?,
            holidays: holidays.iter().map(|holiday| Day(holiday.first)).collect(),
            absorbed: kin::absorbed_cards(looking.overlay)?,
        })
    }

    pub(super) const fn is_nothing(&self) -> bool {
        self.campaigns.is_empty() && self.holidays.is_empty()
    }

    /// What a customer is asked for: each campaign until they were told or it is planned, and each holiday
    /// once where business was closed with them and they are no key customer (A14-2.9.2).
    pub(super) fn gather(
        &self,
        looking: &Looking,
        customer: &Customer,
        rows: &mut Vec<Found>,
    ) -> Result<(), Fault> {
        let number = customer.meta.number;
        let theirs = self.absorbed.iter().filter(|(_, kept)| *kept == number);
        let mut cards = vec![number];
        cards.extend(theirs.map(|(card, _)| *card));
        let is_free = |key: &dyn Fn(Number) -> Vec<u8>| -> Result<bool, Fault> {
            for card in &cards {
                let rows = looking
                    .overlay
                    .scan_prefix(&key(*card), Order::Forward, 1)?;
                if !rows.is_empty() {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        let ordinary = customer.is(Mark::Closed) && !customer.is(Mark::Key);
        for holiday in self.holidays.iter().filter(|_| ordinary) {
            if !customer.is(Mark::Retired) && is_free(&|card| keys::greeted(*holiday, card))? {
                rows.push(Found {
                    since: Some(*holiday),
                    ..Found::new(place(HOLIDAYS, *holiday, number), number, Occasion::Holiday)
                });
            }
        }
        for campaign in &self.campaigns {
            let serves = campaign.meta.number;
            if campaign.details.target.holds(customer)
                && is_free(&|card| keys::serving_with(serves, true, card))?
                && is_free(&|card| keys::serving_with(serves, false, card))?
            {
                let mut place = place(CAMPAIGNS, campaign.until(), serves);
                place.extend_from_slice(&number.to_key());
                rows.push(Found {
                    serves: Some(serves),
                    ..Found::new(place, number, Occasion::Campaign)
                });
            }
        }
        Ok(())
    }
}
