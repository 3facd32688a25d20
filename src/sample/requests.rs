//! Loans at a site that lends only on a request: the oldest open one is taken a step on, and where
//! there is none a new one is made.

use super::people;
use super::work::Filling;
use crate::desk::contract::Command;
use crate::domain::access::{Access, AccessDetails, AccessState, AccessStep, Purpose};
use crate::domain::number::Number;
use crate::domain::procedure::ArchiveStep;
use crate::domain::profile::Permission;
use crate::domain::record::Record;

impl Filling<'_> {
    pub(super) fn carries(&self, step: ArchiveStep) -> Vec<Number> {
        let grant = self.profile.archive.steps.get(&step);
        let roles = grant.map(|grant| grant.roles.clone()).unwrap_or_default();
        self.holding(&roles)
    }

    /// The next step towards a loan.
    pub(super) fn lend_on_request(&mut self) -> Option<(Number, Command)> {
        let open = self.made.values().find_map(|record| match record {
            Record::Access(access) if !access.state.is_final() => Some(access.clone()),
            _ => None,
        });
        match open.filter(|open| !self.touched.contains(&open.meta.number)) {
            Some(open) => self.led_on(&open),
            None => self.asked_for(),
        }
    }

    fn asked_for(&mut self) -> Option<(Number, Command)> {
        let by = self.carries(ArchiveStep::Apply);
        let by = self.random.choice(by)?;
        let shelved: Vec<(Number, u32)> = self
            .made
            .values()
            .filter_map(|record| match record {
                Record::File(file) if file.loan.is_none() => {
                    Some((file.meta.number, file.details.pieces))
                }
                _ => None,
            })
            .collect();
        let (file, pieces) = self.random.choice(shelved)?;
        let reason = self.any(&["archive", "loan_reasons"]);
        let details = AccessDetails {
            purpose: Purpose::Borrow,
            file: Some(file),
            object: self.any(&["archive", "request_objects"]),
            aim: reason.clone(),
            reason,
            reader: people::name(&self.words, &mut self.random).0,
            unit: self.any(&["archive", "borrower_units"]),
            phone: people::stranger(&mut self.random),
            copies: self.random.u32(1..=pieces),
            ..AccessDetails::default()
        };
        Some((by, Command::RequestAccess { details }))
    }

    fn led_on(&mut self, access: &Access) -> Option<(Number, Command)> {
        let at = self.at(access.meta.number)?;
        let asked = access.meta.created_by;
        let step = |step| Command::StepAccess { at, step };
        match access.state {
            AccessState::Requested => {
                let head = people::name(&self.words, &mut self.random).0;
                let stamped = true;
                Some((asked, step(AccessStep::Endorse { stamped, head })))
            }
            AccessState::Endorsed | AccessState::Registered => {
                let waits = access.waits_for(self.profile)?;
                let mut able = self.carries(waits);
                // Nobody approves their own, and nobody twice.
                able.retain(|one| {
                    *one != asked && !access.approvals.iter().any(|(_, said)| said.by == *one)
                });
                let by = self.random.choice(able)?;
                let approve = AccessStep::ApproveAccess {
                    sufficient: true,
                    complete: true,
                    note: String::new(),
                };
                Some((by, step(approve)))
            }
            AccessState::Granted if access.signed.is_none() => {
                let by = self.carries(ArchiveStep::Receive);
                let by = self.random.choice(by)?;
                Some((by, step(AccessStep::SignRegister { on_paper: true })))
            }
            AccessState::Granted => {
                let by = self.who(Permission::LoanCheckOut)?;
                Some((by, Command::Lend { at }))
            }
            _ => None,
        }
    }
}
