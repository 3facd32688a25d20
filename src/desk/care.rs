//! The upkeep of the store, asked for through a door: who may, and what comes of it. Nothing here
//! changes a record.

use super::contract::{Answer, Care, Envelope, Failure};
use super::engine::Desk;

impl Desk {
    /// Does what is asked, for somebody who may.
    pub(super) fn care(&mut self, _envelope: &Envelope, _care: &Care) -> Answer {
        Err(Failure::internal())
    }
}
