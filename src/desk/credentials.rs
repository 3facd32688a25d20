//! Credentials in the store: read for a check, and written through a frame like every record. No
//! command writes one and no look shows one.

use super::building::{Building, done};
use super::commands::Decision;
use super::contract::{Failure, Reply, RequestId};
use super::engine::Desk;
use super::overlay::Overlay;
use crate::domain::context::Context;
use crate::domain::credential::Credential;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::profile::Permission;
use crate::domain::record::Record;

impl Desk {
    /// The credential of an operator, if there is one.
    pub(super) fn credential(&self, operator: Number) -> Result<Option<Credential>, Failure> {
        let number = Credential::number_of(operator);
        match Overlay::new(&*self.home.store).record(number)? {
            Some(Record::Credential(credential)) => Ok(Some(credential)),
            _ => Ok(None),
        }
    }

    /// Writes the next version of an operator's credential, made by `fill`, as done by `by`. A
    /// request that was done already is not done again.
    pub(super) fn keep_credential(
        &mut self,
        (id, what): (RequestId, &'static str),
        operator: Number,
        by: Number,
        fill: impl FnOnce(&mut Credential),
    ) -> Result<(), Failure> {
        self.mend()?;
        if self.was_done(id)? {
            return Ok(());
        }
        let now = self.now();
        let present = self.credential(operator)?;
        let mut next = Credential::next(present.as_ref(), operator, by, now);
        fill(&mut next);
        let decision = Decision {
            what,
            records: vec![next.into()],
        };
        let mut building = Building::new(&mut self.home, now);
        let reply = building.stage(id.0, by, decision)?;
        let Building { overlay, body, .. } = building;
        let batch = overlay.into_batch();
        match self.write(body, batch, vec![Ok(reply)]).pop() {
            Some(Ok(Reply::Done { .. })) => Ok(()),
            Some(Err(failure)) => Err(failure),
            _ => Err(Failure::internal()),
        }
    }

    /// Whether a request was done already.
    pub(super) fn was_done(&self, id: RequestId) -> Result<bool, Failure> {
        Ok(done(&Overlay::new(&*self.home.store), id)?.is_some())
    }

    /// The operator of a login, one who left too.
    pub(super) fn operator_of(&self, login: &str) -> Option<&Operator> {
        self.operators().find(|operator| operator.login == login)
    }

    /// Refuses unless an operator may do this, with the posts they stand in for.
    pub(super) fn may(&self, operator: Number, permission: Permission) -> Result<(), Failure> {
        let now = self.now();
        let today = now.day(self.known.profile.utc_offset_minutes);
        let Some(operator) = self.known.acting(operator, today) else {
            return Err(Failure::Missing(operator));
        };
        let context = Context {
            now,
            operator: &operator,
            profile: &self.known.profile,
            calendar: &self.calendar,
            accept: &[],
        };
        Ok(context.may(permission)?)
    }
}
