//! What can be undone: whole states of a buffer, with a run of typing as one step.
//!
//! Values are short and their number is limited, so whole states are simpler than differences
//! and cannot go wrong.

use std::collections::VecDeque;

/// How many steps can be undone.
const STEPS: usize = 200;

/// A buffer at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    pub(super) value: String,
    pub(super) caret: usize,
    pub(super) anchor: Option<usize>,
}

/// Whether a change may become one step with the change before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// One character typed.
    Typing,
    /// Anything else.
    Other,
}

#[derive(Debug, Clone, Default)]
pub(super) struct History {
    past: VecDeque<State>,
    future: Vec<State>,
    /// Where the caret stood after the last character of a run of typing.
    typing_at: Option<usize>,
}

impl History {
    /// Keeps the state that a change has just replaced; `caret` is where the change left it.
    pub(super) fn record(&mut self, last: State, caret: usize, change: Change) {
        self.future.clear();
        let continues = change == Change::Typing && self.typing_at == Some(last.caret);
        if !continues {
            self.past.push_back(last);
            if self.past.len() > STEPS {
                self.past.pop_front();
            }
        }
        self.typing_at = (change == Change::Typing).then_some(caret);
    }

    pub(super) fn undo(&mut self, state: &mut State) -> bool {
        self.typing_at = None;
        let Some(earlier) = self.past.pop_back() else {
            return false;
        };
        self.future.push(std::mem::replace(state, earlier));
        true
    }

    pub(super) fn redo(&mut self, state: &mut State) -> bool {
        self.typing_at = None;
        let Some(later) = self.future.pop() else {
            return false;
        };
        self.past.push_back(std::mem::replace(state, later));
        true
    }
}
