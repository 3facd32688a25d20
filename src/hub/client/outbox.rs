//! Drafts on their way to the hub: the last state of each, one at a time, until it is
//! acknowledged.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::wire::Sending;
use super::{ANSWER_WITHIN, Line};
use crate::desk::contract::DraftPlace;
use crate::domain::number::Number;
use crate::hub::protocol::{Call, Word};

/// A line that is lost while the program ends is waited for no longer than this.
const FLUSH_WITHIN: Duration = Duration::from_secs(1);

type Name = (Number, u64);

/// Drafts that are not acknowledged yet. Clones are the same; may be used from any thread.
#[derive(Clone, Default)]
pub struct Outbox(Arc<Shared>);

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbox").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    acknowledged: Condvar,
}

#[derive(Default)]
struct State {
    waiting: BTreeMap<Name, Option<Vec<u8>>>,
    under_way: Option<(Name, Option<Vec<u8>>)>,
    sending: Option<Sending>,
    failing: bool,
}

impl State {
    /// Sends the next one, if none is under way.
    fn go_on(&mut self) {
        if self.under_way.is_some() {
            return;
        }
        let Some(sending) = &self.sending else { return };
        let Some((name, bytes)) = self.waiting.pop_first() else {
            return;
        };
        let call = Call::Draft {
            operator: name.0,
            key: name.1,
            bytes: bytes.clone(),
        };
        match sending.say(&call) {
            Ok(()) => self.under_way = Some((name, bytes)),
            Err(failure) if failure.is_line_lost() => {
                self.waiting.entry(name).or_insert(bytes);
                self.sending = None;
            }
            // Longer than a draft may be.
            Err(_) => self.failing = true,
        }
    }

    fn is_done(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_none()
    }
}

impl Outbox {
    /// Returns when every draft that was kept before is acknowledged, or after a second.
    pub fn flush(&self) {
        let state = self.state();
        // Whoever waits no longer has nothing better to do than to end.
        drop(
            self.0
                .acknowledged
                .wait_timeout_while(state, FLUSH_WITHIN, |it| !it.is_done()),
        );
    }

    fn put(&self, name: Name, bytes: Option<Vec<u8>>) {
        let mut state = self.state();
        state.waiting.insert(name, bytes);
        state.go_on();
    }

    /// The one under way is on the hub's disk, or the hub could not keep it.
    pub(super) fn kept(&self, key: u64, kept: bool) {
        let mut state = self.state();
        if state
            .under_way
            .as_ref()
            .is_some_and(|(name, _)| name.1 == key)
        {
            state.under_way = None;
            state.failing = !kept;
            state.go_on();
        }
        drop(state);
        self.0.acknowledged.notify_all();
    }

    /// The line is lost: what was under way is sent again, unless it has changed since.
    pub(super) fn detach(&self) {
        let mut state = self.state();
        state.sending = None;
        if let Some((name, bytes)) = state.under_way.take() {
            state.waiting.entry(name).or_insert(bytes);
        }
    }

    /// There is a line again.
    pub(super) fn attach(&self, sending: Sending) {
        let mut state = self.state();
        state.sending = Some(sending);
        state.go_on();
    }

    fn is_failing(&self) -> bool {
        let state = self.state();
        state.failing || (state.sending.is_none() && !state.is_done())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The drafts of the operator at a line's seat, kept by the hub.
#[derive(Debug)]
pub struct LineDrafts {
    pub(super) outbox: Outbox,
    pub(super) line: Line,
}

impl LineDrafts {
    /// What is on its way, for the thread that ends the program.
    pub fn outbox(&self) -> Outbox {
        self.outbox.clone()
    }
}

impl DraftPlace for LineDrafts {
    fn keep(&mut self, operator: Number, key: u64, bytes: Option<Vec<u8>>) {
        self.outbox.put((operator, key), bytes);
    }

    fn list(&mut self, operator: Number) -> Vec<Vec<u8>> {
        self.outbox.flush();
        let mut inner = self.line.inner();
        match inner.call(&Call::Drafts(operator), ANSWER_WITHIN) {
            Ok(Word::Drafts(drafts)) => drafts,
            _ => Vec::new(),
        }
    }

    fn is_failing(&self) -> bool {
        self.outbox.is_failing()
    }
}
