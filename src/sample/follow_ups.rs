//! Contacts of the last day: some that were had, some that are planned, a notice and a line of the service
//! plan. They come last, so that everything else is as it would be without them.

use fastrand::Rng;

use super::people::one;
use super::work::{Filling, envelope};
use crate::desk::contract::{Command, Failure, Query, Reply, Request};
use crate::domain::campaign::{CampaignDetails, CampaignSort, Target};
use crate::domain::customer::{Customer, Mark};
use crate::domain::fines::Month;
use crate::domain::follow_up::{Contact, FollowUpDetails, FollowUpKind};
use crate::domain::number::Number;
use crate::domain::plan::PlanDetails;
use crate::domain::profile::{Permission, Tab};
use crate::domain::record::Record;
use crate::domain::stamp::Day;

/// So many customers are followed up: the first half of them were reached.
const FOLLOWED: usize = 14;

impl Filling<'_> {
    /// Whoever may do it: the first operator where that is one of them.
    pub(super) fn one_who_may(&self, permission: Permission) -> Option<Number> {
        let may = self
            .staff
            .iter()
            .filter(|one| self.profile.may(permission, &one.roles).is_ok());
        let able: Vec<Number> = may.map(|one| one.meta.number).collect();
        let first = able.iter().find(|number| **number == self.first);
        first.or(able.first()).copied()
    }

    pub(super) fn send(&mut self, by: Number, command: Command) -> Result<Record, Failure> {
        let answer = self.door.ask(&envelope(by, Request::Do(command)));
        self.keep(answer)
    }

    /// Contacts that were had today, and those that are planned for today and the days to come.
    pub(super) fn follow_up(&mut self) -> Result<(), Failure> {
        let Some(by) = self.one_who_may(Permission::IntakeLog) else {
            return Ok(());
        };
        if !self.profile.tabs.contains(&Tab::FollowUps) {
            return Ok(());
        }
        let hello = self.door.ask(&envelope(by, Request::Look(Query::Hello)))?;
        let Reply::Hello { now, .. } = hello else {
            return Err(Failure::internal());
        };
        let today = now.day(self.profile.utc_offset_minutes);
        let known = self.made.values().filter_map(|record| match record {
            Record::Customer(customer) if !customer.is(Mark::Retired) => Some(customer),
            _ => None,
        });
        let customers: Vec<Customer> = known.rev().take(FOLLOWED).cloned().collect();
        let mut random = Rng::with_seed(customers.len() as u64);
        for (place, customer) in customers.iter().enumerate() {
            let ahead = random.u64(1..40);
            let about = one(&mut random, &self.words.list(&["follow_ups", "about"]));
            let kind = if place % 3 == 0 {
                FollowUpKind::Visit
            } else {
                FollowUpKind::Call
            };
            let details = FollowUpDetails {
                customer: Some(customer.meta.number),
                kind,
                owner: Some(by),
                text: about,
                ..FollowUpDetails::default()
            };
            let command = if place < FOLLOWED / 2 {
                let said = one(&mut random, &self.words.list(&["follow_ups", "said"]));
                let contact = Contact {
                    text: said,
                    channel: Some(crate::domain::intake::Channel::Call),
                    next_day: (place % 2 == 0).then(|| today.plus(ahead)),
                    declined: place % 2 != 0,
                    ..Contact::default()
                };
                Command::LogContact { details, contact }
            } else {
                let day = if place % 2 == 0 {
                    today
                } else {
                    today.plus(ahead)
                };
                let details = FollowUpDetails {
                    day: Some(day),
                    ..details
                };
                Command::PlanFollowUp { details }
            };
            self.send(by, command)?;
        }
        self.plan(&customers, today)?;
        self.know(&customers, today)
    }

    /// A notice for key customers, and what is planned for one of the others.
    fn plan(&mut self, customers: &[Customer], today: Day) -> Result<(), Failure> {
        if let Some(by) = self.one_who_may(Permission::CampaignRun) {
            let details = CampaignDetails {
                sort: CampaignSort::Notice,
                title: self.words.text(&["follow_ups", "notice"]),
                from: Some(today),
                until: Some(today.plus(14)),
                target: Target {
                    key: true,
                    ..Target::default()
                },
                ..CampaignDetails::default()
            };
            self.send(by, Command::BeginCampaign { details })?;
        }
        let department = self.profile.complaints.departments.first();
        let keeper = self.one_who_may(Permission::PlanKeep);
        if let (Some(by), Some(customer), Some(department)) = (keeper, customers.last(), department)
        {
            let details = PlanDetails {
                customer: Some(customer.meta.number),
                action: self.words.text(&["follow_ups", "action"]),
                month: Some(Month::of(today)),
                department: department.id.clone(),
                owner: Some(by),
                ..PlanDetails::default()
            };
            self.send(by, Command::EnterPlanLine { details })?;
        }
        Ok(())
    }
}
