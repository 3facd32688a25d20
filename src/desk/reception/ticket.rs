//! Tickets: what lets somebody take the seat again after the line was lost, without the password.
//!
//! A ticket is sealed with the key of the site, so that nobody can make one up, and is good for
//! the account it was given to, for one shift, and until the operator's password or key changes.

use serde::{Deserialize, Serialize};

use super::{Reception, SeatId};
use crate::desk::contract::{Failure, Ticket};
use crate::domain::number::Number;
use crate::domain::refusal::Problem;
use crate::domain::stamp::Stamp;
use crate::store::codec;

/// What tickets are sealed for: nothing else opens under it.
const TICKET: &[u8] = b"ticket";
/// A ticket is good for so many seconds: a long shift.
const GOOD_FOR: i64 = 12 * 3_600;

/// What a ticket says.
#[derive(Debug, Serialize, Deserialize)]
struct Says {
    operator: Number,
    uid: u32,
    version: u32,
    at: Stamp,
}

impl Reception {
    /// A ticket for the operator at a seat.
    pub(super) fn ticket(&self, id: SeatId, operator: Number) -> Result<Ticket, Failure> {
        let seat = self.seats.get(&id).ok_or_else(Failure::line_lost)?;
        let says = Says {
            operator,
            uid: seat.peer.uid,
            version: self.version(operator)?,
            at: self.desk.now(),
        };
        let sealer = self.desk.draft_sealer()?.ok_or_else(Failure::internal)?;
        Ok(Ticket(sealer.seal(TICKET, &codec::pack(&says)?)?))
    }

    /// The operator a ticket is for.
    ///
    /// # Errors
    /// `sign-in-first` when it is no ticket of this site and account, too old, or from before the
    /// credential changed.
    pub(super) fn holder(&self, id: SeatId, ticket: &Ticket) -> Result<Number, Failure> {
        let refused = || Failure::Refused(Problem::new("sign-in-first").into());
        let seat = self.seats.get(&id).ok_or_else(Failure::line_lost)?;
        let sealer = self.desk.draft_sealer()?.ok_or_else(refused)?;
        let plain = sealer.unseal(TICKET, &ticket.0).map_err(|_| refused())?;
        let says: Says = codec::unpack(&plain).map_err(|_| refused())?;
        let age = self.desk.now().seconds_since(says.at);
        let is_good = says.uid == seat.peer.uid
            && age < GOOD_FOR
            && says.version == self.version(says.operator)?;
        if is_good {
            Ok(says.operator)
        } else {
            Err(refused())
        }
    }

    /// The version of an operator's credential; 0 where there is none.
    pub(super) fn version(&self, operator: Number) -> Result<u32, Failure> {
        let credential = self.desk.credential(operator)?;
        Ok(credential.map_or(0, |credential| credential.meta.version))
    }
}
