//! What lines say: the first frame of each, and its calls.

use super::guest::Why;
use super::switch::{Switch, refuse};
use super::writer::{GuestId, Matter, busy};
use crate::hub::frame::raw;
use crate::hub::protocol::{Call, First, Greeting, Hello, MOST_TOGETHER, Word, first, understood};
use crate::store::codec;

/// All calls under way together may be so many bytes long.
const MOST_WEIGHT: usize = 64 << 20;

impl Switch {
    /// The first frame of a line.
    pub(super) fn greet(&mut self, id: GuestId, frame: &[u8]) -> Result<(), Why> {
        let there = self.guests.values().filter(|it| it.greeted).count();
        let full = there >= self.settings.most_lines;
        let greeting = Greeting::Welcome {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            clock: self.settings.clock,
        };
        let Some(guest) = self.guests.get_mut(&id) else {
            return Ok(());
        };
        let greeting = match understood::<Hello>(frame) {
            First::Strange => return Err(Why::Garbage),
            First::Other(contract) => {
                guest.last_words = true;
                let uid = guest.peer.uid;
                let (contract, uid) = (contract.to_string(), uid.to_string());
                let values = [("contract", &*contract), ("uid", &*uid)];
                self.log().warning("hub-other-contract", &values);
                Greeting::Full
            }
            First::Ours(_) if full => {
                guest.last_words = true;
                let there = there.to_string();
                self.log().warning("hub-full", &[("lines", &there)]);
                Greeting::Full
            }
            First::Ours(_) => {
                guest.greeted = true;
                self.visited = true;
                let (uid, pid) = (guest.peer.uid.to_string(), guest.pid.to_string());
                let values = [("uid", &*uid), ("pid", &*pid)];
                self.settings.log.event("hub-joined", &values);
                let entering = Matter::Enter(id, guest.peer, guest.pid);
                // A desk that is gone ends the hub with the next look.
                let _ = self.ends.matters.send(entering);
                greeting
            }
        };
        let frame = first(&greeting).and_then(|bytes| raw(&bytes));
        if let (Ok(frame), Some(guest)) = (frame, self.guests.get_mut(&id)) {
            guest.put(&frame);
        }
        Ok(())
    }

    /// A call.
    pub(super) fn hear(&mut self, id: GuestId, frame: &[u8]) -> Result<(), Why> {
        let call: Call = codec::unpack(frame).map_err(|_| Why::Garbage)?;
        let weight: usize = self.guests.values().map(|guest| guest.weight).sum();
        let Some(guest) = self.guests.get_mut(&id) else {
            return Ok(());
        };
        guest.may(&call, frame.len())?;
        if matches!(call, Call::Ask(_) | Call::AskAll(_))
            && (self.hanging || guest.owes_too_much() || weight > MOST_WEIGHT)
        {
            refuse(guest, &busy());
            return Ok(());
        }
        let matter = match call {
            Call::Ping => {
                guest.say(&Word::Pong);
                return Ok(());
            }
            Call::Leave { stopped } => {
                let obeys = [0, self.me].contains(&guest.peer.uid);
                guest.settle();
                guest.say(&Word::Leaving(obeys));
                if obeys {
                    self.ends.stopper.stop(stopped);
                }
                return Ok(());
            }
            Call::AskAll(envelopes) if envelopes.is_empty() => {
                guest.settle();
                guest.say(&Word::Answers(Vec::new()));
                return Ok(());
            }
            Call::AskAll(envelopes) if envelopes.len() > MOST_TOGETHER => {
                return Err(Why::Pushing);
            }
            Call::Ask(envelope) => Matter::Ask(id, envelope),
            Call::AskAll(envelopes) => Matter::AskAll(id, envelopes),
            Call::Draft {
                operator,
                key,
                bytes,
            } => Matter::Draft(id, operator, key, bytes),
            Call::Drafts(operator) => Matter::Drafts(id, operator),
            Call::Verify { head } => Matter::Verify(id, head),
            Call::Status => Matter::Status(id),
        };
        let _ = self.ends.matters.send(matter);
        Ok(())
    }
}
