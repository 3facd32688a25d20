//! What can happen to a session. The list is closed: nothing else ever changes its state.

use super::drafts::Draft;
use super::effect::Tag;
use crate::desk::contract::Answer;
use crate::keys::Input;

/// Something that happened.
#[derive(Debug, Clone)]
pub enum Event {
    /// A key or a paste.
    Input(Input),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
    /// What came of a request.
    Reply {
        /// The tag the request went out with.
        tag: Tag,
        /// The answer.
        answer: Answer,
    },
    /// The drafts that wait for this operator.
    Drafts(Vec<Draft>),
    /// Look at the desk's clock again.
    Clock,
    /// The screen was spoilt by something else: draw all of it.
    Redraw,
    /// The line is gone.
    Hangup,
}
