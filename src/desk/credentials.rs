//! Credentials in the store: read for a check, and written through a frame like every record. No
//! command writes one and no look shows one.

use super::building::{Building, done};
use super::commands::Decision;
use super::contract::{Failure, Reply, RequestId};
use super::engine::Desk;
use super::keyspace::{self as keys, LookPlace};
use super::looks::Kept;
use super::overlay::Overlay;
use crate::domain::credential::Credential;
use crate::domain::look::LookKind;
use crate::domain::number::Number;
use crate::domain::operator::Operator;
use crate::domain::profile::Permission;
use crate::domain::record::Record;
use crate::domain::stamp::Stamp;
use crate::store::{Order, codec};

/// How a sign-in with a password stands in the log of looks.
pub(super) const BY_PASSWORD: &str = "password";
/// After so many wrong passwords the wait grows no more; other refused looks stand between them.
const MOST_WRONG: usize = 50;

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
        let staged = overlay.into_staged();
        match self.write(body, staged, vec![Ok(reply)]).pop() {
            Some(Ok(Reply::Done { .. })) => Ok(()),
            Some(Err(failure)) => Err(failure),
            _ => Err(Failure::internal()),
        }
    }

    /// Whether a request was done already.
    pub(super) fn was_done(&self, id: RequestId) -> Result<bool, Failure> {
        Ok(done(&Overlay::new(&*self.home.store), id)?.is_some())
    }

    /// How many passwords of an operator were wrong since a time, by the log of looks, and when the
    /// last one was. No more are counted than matter for the wait.
    pub(super) fn wrong_passwords(
        &self,
        operator: Number,
        since: Stamp,
    ) -> Result<(u32, Stamp), Failure> {
        let prefix = keys::looks_by(operator, true);
        let mut from = prefix.clone();
        from.extend_from_slice(&keys::stamp_bytes(since));
        let to = keys::end_of(&prefix);
        let rows = Overlay::new(&*self.home.store).scan(&from, &to, Order::Backward, MOST_WRONG)?;
        let mut wrong = (0, since);
        for (key, value) in rows {
            let kept: Kept = codec::unpack(&value)?;
            let place = key.get(prefix.len()..).and_then(LookPlace::read);
            if let (LookKind::SignIn, BY_PASSWORD, Some(place)) =
                (kept.what, kept.detail.as_str(), place)
            {
                wrong = (wrong.0 + 1, wrong.1.max(place.at()));
            }
        }
        Ok(wrong)
    }

    /// The operator of a login, one who left too.
    pub(super) fn operator_of(&self, login: &str) -> Option<&Operator> {
        self.operators().find(|operator| operator.login == login)
    }

    /// Refuses unless an operator may do this, with the posts they stand in for.
    pub(super) fn may(&self, operator: Number, permission: Permission) -> Result<(), Failure> {
        let Some(operator) = self.known.acting(operator, self.today()) else {
            return Err(Failure::Missing(operator));
        };
        Ok(self.context_of(&operator).may(permission)?)
    }
}
