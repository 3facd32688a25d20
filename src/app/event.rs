//! What can happen to a session. The list is closed: nothing else ever changes its state.

use std::time::Duration;

use super::drafts::Draft;
use super::effect::Tag;
use super::job::Told;
use crate::desk::contract::{Answer, News};
use crate::keys::Input;

/// How the line to the desk stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Line {
    /// The desk answers.
    #[default]
    Up,
    /// The desk cannot be asked; the session goes on trying.
    Lost,
    /// The desk closes at its end and another one is to follow.
    Leaving,
    /// The administrator closed the desk; it is waited for and not started again.
    Stopped,
}

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
    /// The desk tells something unasked.
    News(News),
    /// The line to the desk was lost, or is there again.
    Line(Line),
    /// Long work has something to tell.
    Work(Box<Told>),
    /// So much time has gone without a key.
    Idle(Duration),
    /// Look at the desk's clock again.
    Clock,
    /// The screen was spoilt by something else: draw all of it.
    Redraw,
    /// The line is gone.
    Hangup,
}
